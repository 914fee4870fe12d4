"""Factiva: articles with two-letter fields, or in the layout for readers, without labels."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from nutgraf_index.formats.exports.sheet import TOP, Origin, Sheet, article_of_rows, edge_words
from nutgraf_index.formats.exports.values import COPYRIGHT, authors_of, has_date, source_name
from nutgraf_index.formats.format import Fault
from nutgraf_index.model import Article, Role

__all__ = ["articles", "recognises"]

_CODES = (
    "SE HD BY CR WC PD ET SN SC NGC GC ED PG VOL LA CY LP TD CX CO IN NS RE IPC IPD PUB AN RF ART "
    "CLM CT DE TI ML"
).split()

_FIELD = re.compile(
    rf"({'|'.join(sorted(_CODES, key=len, reverse=True))})(?:[ \t\xa0|]+(.*))?", re.DOTALL
)
_OPENING = ("SE", "CLM", "HD")
_KEYS = {
    "SE": "section", "CLM": "column", "WC": "length", "ET": "time", "SC": "source-code",
    "ED": "edition", "PG": "page", "VOL": "volume", "LA": "language", "CO": "company",
    "IN": "industry", "NS": "subject", "RE": "region", "PUB": "publisher", "AN": "accession",
}  # fmt: skip
_WORDS = re.compile(
    r"\d[\d.,\u202f\xa0 ]*(?:words?|Wörter|W.rter|Worte|mots|palabras|parole|palavras|woorden"
    r"|字|語|слов\w*|文字)",
)
_COUNTED = frozenset(
    "words word Wörter W\ufffdrter Worte mots palabras parole palavras woorden 字 語 слов слова"
    " 文字".split()
)
_LONG = 60_000  # characters
_DOCUMENT = re.compile(r"(?:Document|Dokument|Documento|文件|文档|ドキュメント)\s+(\w{12,})")
_LANGUAGE = re.compile(
    r"English|Englisch|Anglais|Inglés|Inglese|German|Deutsch|Allemand|French|Französisch|Français"
    r"|Spanish|Spanisch|Español|Espagnol|Italian|Italienisch|Italiano|Portuguese|Português|Dutch"
    r"|Niederländisch|Nederlands|Russian|Russisch|Korean|Koreanisch|Japanese|Japanisch|Chinese"
    r"|[\w ]*Chinese[\w -]*|Turkish|Arabic|Polish|Swedish|Danish|Norwegian|Finnish|Czech|.{1,3}文",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}")
_TIME = re.compile(r"\d{1,2}:\d\d(?: ?[AaPp][Mm])?(?: [A-Z]{3,4})?")
_HOUSE = re.compile(r"[^.!?…\"”»。]{3,80}(?:\b(?:Inc|Ltd|Co|Corp|S\.A|B\.V|p\.A|plc|LLC)\.)?")
_ROWS_IN_HEAD = 16
_SNIFF = re.compile(r"^[ \t]*(?:HD|SE|BY|WC|PD|SN|LP|TD|AN)(?:[ \t\xa0|]|$)", re.MULTILINE)


def recognises(head: str, within: int = TOP) -> bool:
    """Return whether a text begins as an export of Factiva does.

    A label must stand `within` the first characters.
    """
    words = edge_words(head, within)
    if "HD" in words:
        codes = {match[0].strip(" \t\xa0|") for match in _SNIFF.finditer(head)}
        if {"HD", "PD", "SN"} <= codes and codes & {"LP", "TD", "WC"}:
            return True
    if _COUNTED.isdisjoint(words):
        return False
    rows = [line.strip() for line in head.split("\n")]
    counted = next((index for index, row in enumerate(rows) if _WORDS.fullmatch(row)), None)
    if counted is None:
        return False
    # The end of a first article, and so its number, may stand far below.
    numbered = any(map(_DOCUMENT.fullmatch, rows))
    return numbered or (len(head) >= _LONG and any(map(has_date, rows[counted + 1 : counted + 4])))


def articles(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export; nothing for an export of an unknown variant."""
    yield from _labelled(sheet, origin) if _is_labelled(sheet.rows) else _unlabelled(sheet, origin)


def _is_labelled(rows: list[str]) -> bool:
    codes = {match[1] for row in rows if len(row) > 1 and (match := _FIELD.fullmatch(row))}
    return {"HD", "PD", "SN"} <= codes


def _labelled(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export with two-letter fields."""
    rows = sheet.rows
    fields: list[tuple[str, int, str]] = []
    seen: set[str] = set()
    for row, text in enumerate(rows):
        match = _FIELD.fullmatch(text)
        if (
            match
            and (match[1] not in seen or match[1] in _OPENING)
            and (fields or match[1] in _OPENING)
        ):
            if match[1] in _OPENING and "AN" in seen:
                seen = set()
            if match[1] in seen:
                continue
            fields.append((match[1], row, (match[2] or "").strip()))
            seen.add(match[1])
    starts = [
        index
        for index, (code, _, _) in enumerate(fields)
        if code in _OPENING and (index == 0 or fields[index - 1][0] == "AN")
    ]
    for first, last in pairwise([*starts, len(fields)]):
        own = fields[first:last]
        end = fields[last][1] if last < len(fields) else len(rows)
        codes = {code for code, _, _ in own}
        if "HD" not in codes or not codes & {"LP", "TD", "WC"}:
            yield Fault("an article without the fields HD and LP or TD", sheet.lines[own[0][1]])
            continue
        if own[-1][0] == "AN":  # what follows an article is the page
            end = min(end, own[-1][1] + 1 + (not own[-1][2]) * 2)
        yield from filter(None, [_article_of_fields(sheet, own, end, origin)])


def _article_of_fields(
    sheet: Sheet, fields: list[tuple[str, int, str]], end: int, origin: Origin
) -> Article | None:
    values: dict[str, str] = {}
    marks: list[tuple[int, int, Role]] = []
    stops = [row for _, row, _ in fields[1:]] + [end]
    for (code, row, value), stop in zip(fields, stops, strict=True):
        written = [later for later in range(row + 1, stop) if sheet.rows[later]]
        last = sheet.end(written[-1] if written else row)
        if code in ("LP", "TD"):
            start = sheet.starts[row]
            marks.append((start, start + len(code), Role.NOTE))
            continue
        values[code] = " ".join(
            " ".join([value, *(sheet.rows[later] for later in written)]).split()
        )
        role = {"HD": Role.HEADLINE, "BY": Role.BYLINE, "CY": Role.CREDIT, "CR": Role.CREDIT}
        marks.append((sheet.starts[row], last, role.get(code, Role.NOTE)))
    accession = values.get("AN", "").rpartition(" ")[2]
    metadata: dict[str, Any] = {
        key: values[code] for code, key in _KEYS.items() if values.get(code)
    }
    if accession:
        metadata["accession"] = accession
    properties = {
        "id": accession,
        "title": values.get("HD", ""),
        "authors": authors_of(values.get("BY", "")),
        "date": values.get("PD", ""),
        "source": source_name(values.get("SN", "")),
        "metadata": metadata,
    }
    return article_of_rows(sheet, range(fields[0][1], end), marks, properties, origin)


def _unlabelled(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export whose fields are told by their order.

    Section, headline and author stand before the number of words, date and paper after it; the
    last row is the number of the document.
    """
    rows = sheet.rows
    start = 0
    for end, text in enumerate(rows):
        match = _DOCUMENT.fullmatch(text) if text else None
        if match is None:
            continue
        written = [row for row in range(start, end + 1) if rows[row]]
        start = end + 1
        counted = next((row for row in written if _WORDS.fullmatch(rows[row])), None)
        if counted is None:
            yield Fault("an article without its number of words", sheet.lines[written[0]])
            continue
        yield from filter(None, [_article_in_order(sheet, written, counted, match[1], origin)])


def _article_in_order(
    sheet: Sheet, written: list[int], counted: int, number: str, origin: Origin
) -> Article | None:
    rows, kinds = sheet.rows, sheet.kinds
    before = [row for row in written if row < counted]
    first = max((row for row in before if "start" in kinds.get(row, "")), default=0)
    before = [row for row in before if row >= first]
    headline = next((row for row in before if "headline" in kinds.get(row, "")), None)
    if headline is not None:  # the page says which row it is; what stands before is the section
        section_rows = [row for row in before if row < headline and len(rows[row]) < 100]
    else:
        before = before[-4:] if len(before) > 8 else before
        is_author = (
            len(before) > 1 and bool(authors_of(rows[before[-1]])) and len(rows[before[-1]]) < 60
        )
        headline = before[-2] if is_author else before[-1] if before else counted
        section_rows = [row for row in before if row < headline]
    after = [row for row in written if row > counted]
    properties: dict[str, Any] = {"id": number, "title": "", "source": "", "date": ""}
    metadata: dict[str, Any] = {"length": rows[counted], "accession": number}
    if section_rows:
        metadata["section"] = rows[section_rows[-1]]
    marks = dict.fromkeys([*section_rows, counted, written[-1]], Role.NOTE)
    if _HOUSE.fullmatch(rows[written[-2]]) and written[-2] > counted:
        marks[written[-2]] = Role.CREDIT
    if headline != counted:
        marks[headline] = Role.HEADLINE
        properties["title"] = " ".join(rows[headline].split())
    for row in before:
        if row > headline:
            marks[row] = Role.BYLINE
            properties["authors"] = properties.get("authors") or authors_of(rows[row])
    for place, row in enumerate(after[:_ROWS_IN_HEAD]):
        text = rows[row]
        if COPYRIGHT.match(text):
            marks[row] = Role.CREDIT
            break
        if place == 0 and has_date(text):
            properties["date"] = text
        elif _LANGUAGE.fullmatch(text):
            metadata["language"] = text
        elif _TIME.fullmatch(text):
            metadata["time"] = text
        elif not properties["source"]:
            properties["source"] = source_name(text)
        elif "source-code" not in metadata and _CODE.fullmatch(text):
            metadata["source-code"] = text
        elif "language" in metadata or len(text) > 80:
            break
        elif re.fullmatch(r"[A-Z]{0,3}\d{1,4}[A-Z]?|[A-Z]\d?", text):
            metadata["page"] = text
        else:
            metadata["edition"] = text
        marks[row] = Role.NOTE
    properties["metadata"] = metadata
    start = min(marks)
    spans = [(sheet.starts[row], sheet.end(row), role) for row, role in sorted(marks.items())]
    return article_of_rows(sheet, range(start, written[-1] + 1), spans, properties, origin)
