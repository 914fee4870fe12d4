"""SGML of news corpora: `<DOC>` of TREC and Gigaword, and `<REUTERS>` of Reuters-21578.

Tags are taken out of the text and entities decoded; the lines stay those of the file.
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from nutgraf_index.formats.decoding.web_page import decode_entities
from nutgraf_index.formats.exports.sheet import TOP, Origin, Sheet, article_of_rows, sheet_of_text
from nutgraf_index.formats.exports.values import authors_of, date_in, place_of
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.model import Article, Role

__all__ = ["articles", "recognises"]

_OPEN = re.compile(r"<(DOC|REUTERS)\b([^<>]{0,400})>")
_TAG = re.compile(
    r"<(/?)((?:[A-Za-z]|\d\w\w_)[\w.:-]{0,30})((?:\s[^<>]{0,400})?)>|<!--.{0,2000}?-->", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_CODES = re.compile(r"&(?:UR|LR|QL|QC|QR|TL|TR|MD|HT|PD|BR|FL);")  # of typesetting, in Gigaword
_STORY = frozenset("TEXT BODY LP LEADPARA P ABSTRACT LEAD TRAILINGPARA".split())
_ROLES = {
    **dict.fromkeys("HEAD HEADLINE TITLE HL HT HEADLINES SUBHEAD".split(), Role.HEADLINE),
    **dict.fromkeys("BYLINE AUTHOR".split(), Role.BYLINE),
    **dict.fromkeys("COPYRIGHT CREDIT".split(), Role.CREDIT),
    "CORRECTION": Role.CORRECTION,
}
_NOTES = frozenset(
    "DATELINE DATE DATE_TIME DOCNO DOCID FILEID FIRST SECOND 1ST_LINE 2ND_LINE UNKNOWN TOPICS "
    "PLACES PEOPLE ORGS EXCHANGES COMPANIES NOTE SLUG HEADER TRAILER DOCTYPE KEYWORD SECTION "
    "SUBJECT GRAPHIC TYPE PUB PAGE LENGTH IN SO DD CO NS RE AN PROFILE MKT PARENT DATE1 "
    "ENDER".split()
)
_LISTS = ("TOPICS", "PLACES", "PEOPLE", "ORGS", "EXCHANGES", "COMPANIES")
_FILE_DATE = re.compile(r"-(\d\d)-(\d\d)-(\d\d)\b")
_SHORT_DATE = re.compile(r"^[A-Z]{2,4}(\d\d)(\d\d)(\d\d)-")
_SOURCES = {"APW": "AP", "AP": "AP", "NYT": "The New York Times", "XIN": "Xinhua", "AFP": "AFP",
            "LTW": "Los Angeles Times/Washington Post", "CNA": "Central News Agency",
            "WSJ": "The Wall Street Journal", "LA": "Los Angeles Times", "FT": "Financial Times",
            "WPB": "The Washington Post/Bloomberg"}  # fmt: skip
_AGENCY = re.compile(r"\(([^()]{2,40})\)")


class _Element(NamedTuple):
    name: str
    start: int  # offset in the text without tags
    end: int
    depth: int


def recognises(head: str, within: int = TOP) -> bool:
    """Return whether a text begins as SGML of a news corpus does."""
    start = head[:within].lstrip("\ufeff \t\r\n")
    if not start.startswith("<"):
        return False
    match = _OPEN.search(head[:4000])
    if match is None or not re.fullmatch(
        r"(?:\s|<[!?][^<>]*>|<\w+>)*", head[: match.start()].lstrip("\ufeff")
    ):
        return False
    after = head[match.end() : match.end() + 20_000]
    return re.search(r"<(?:TEXT|BODY|HEADLINE|HEAD|DOCNO|LP|TITLE)\b", after) is not None


def articles(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of a file; nothing for a file of an unknown variant."""
    text = sheet.text
    openings = list(_OPEN.finditer(text))
    line, counted = 1, 0
    for number, opening in enumerate(openings, start=1):
        limit = openings[number].start() if number < len(openings) else len(text)
        end = text.find(f"</{opening[1]}>", opening.end(), limit)
        line += text.count("\n", counted, opening.start())
        counted = opening.start()
        if end < 0:
            problem = f"document {number} has no end </{opening[1]}>: it is read to the next"
            yield Fault(Reason(problem, kind="a document has no end"), line)
            end = limit
        article = _article(text[opening.end() : end], opening, number, line, origin)
        if article is None:
            yield Fault(
                Reason(f"document {number} has no text", kind="a document has no text"), line
            )
        else:
            yield article


def _plain(text: str) -> tuple[str, list[_Element]]:
    """Return a text without tags and with its entities decoded, and its elements."""
    pieces: list[str] = []
    elements: list[_Element] = []
    open_elements: list[tuple[str, int]] = []
    offset = start = 0

    def add(piece: str) -> None:
        nonlocal offset
        piece = _CONTROL.sub("", decode_entities(_CODES.sub("", piece)))
        pieces.append(piece)
        offset += len(piece)

    for tag in _TAG.finditer(text):
        add(text[start : tag.start()])
        start = tag.end()
        breaks = "\n" * tag[0].count("\n")
        if tag[1] and tag[2] == "D":  # of an item of a list
            breaks = " "
        pieces.append(breaks)
        offset += len(breaks)
        if not tag[2]:
            continue
        name = tag[2].upper()
        if not tag[1]:
            if len(open_elements) < 100:
                open_elements.append((name, offset))
            continue
        for depth in range(len(open_elements) - 1, -1, -1):
            if open_elements[depth][0] == name:
                elements.append(_Element(name, open_elements[depth][1], offset, depth))
                del open_elements[depth:]
                break
    add(text[start:])
    return "".join(pieces), elements


def _article(
    inner: str, opening: re.Match[str], number: int, line: int, origin: Origin
) -> Article | None:
    plain, elements = _plain(inner)
    attributes = {
        match[1].lower(): next(filter(None, match.groups()[1:]), "")
        for match in _ATTRIBUTE.finditer(opening[2])
    }
    elements.sort(key=lambda element: (element.start, -element.end))
    values: dict[str, list[str]] = {}
    marks: list[tuple[int, int, Role]] = []
    story_end = marked_end = 0
    for element in elements:
        value = " ".join(plain[element.start : element.end].split())
        values.setdefault(element.name, []).append(value)
        if element.name in _STORY:
            story_end = max(story_end, element.end)
            continue
        role = _ROLES.get(element.name, Role.NOTE if element.name in _NOTES else None)
        if role is None and element.start >= story_end:
            role = Role.NOTE  # an unknown element outside the text
        if role is None or element.start < marked_end or not value:
            continue
        marked_end = element.end
        marks.append((element.start, element.end, role))
    if attributes.get("type") == "advis":  # an advisory to editors, no text for readers
        marks = [(0, len(plain), Role.NOTE)]
    sheet = sheet_of_text(plain)
    spans = []
    for start, end, role in marks:
        stripped = plain[start:end].strip()
        if stripped:
            first = start + plain[start:end].index(stripped[0])
            spans.append((first, first + len(stripped), role))
    last = max((row for row, text in enumerate(sheet.rows) if text), default=0)
    if sheet.rows[last] in ("Reuter", "REUTER", "Reuters") and sheet.starts[last] >= marked_end:
        spans.append((sheet.starts[last], sheet.end(last), Role.CREDIT))
    id = attributes.get("newid") or attributes.get("id") or _first(values, "DOCNO", "DOCID")
    dateline = _first(values, "DATELINE")
    agency = _AGENCY.search(dateline)
    prefix = re.match(r"[A-Za-z]+", id)
    source = _first(values, "SO", "PUB", "SOURCE") or (agency[1] if agency else "")
    if opening[1] == "REUTERS":
        source = source or "Reuters"
    bylines = values.get("BYLINE") or values.get("AUTHOR") or []
    authors = tuple(
        name for byline in bylines if re.match("(?i)by ", byline) for name in authors_of(byline)
    )
    metadata: dict[str, Any] = {"number": number}
    for name in ("SECTION", "SECOND", "SLUG", "KEYWORD", "SUBJECT", "FILEID"):
        if value := _first(values, name):
            metadata[{"SECOND": "slug"}.get(name, name.lower())] = value
    for name in _LISTS:
        if items := _items(inner, name):
            metadata[name.lower()] = items
    if "type" in attributes:
        metadata["type"] = attributes["type"]
    article = article_of_rows(
        sheet,
        range(len(sheet.rows)),
        spans,
        {
            "id": id or str(number),
            "title": _first(values, "HEADLINE", "HEAD", "TITLE", "HL"),
            "authors": authors or (authors_of(bylines[0]) if bylines else ()),
            "date": _date(values, id),
            "place": place_of(dateline),
            "source": source or _SOURCES.get(prefix[0].upper()[:3] if prefix else "", ""),
            "metadata": metadata,
        },
        origin,
    )
    if article is None:
        return None
    from dataclasses import replace

    return replace(article, line=line + article.line - 1)


def _first(values: dict[str, list[str]], *names: str) -> str:
    return next((value for name in names for value in values.get(name, ()) if value), "")


def _items(inner: str, name: str) -> list[str]:
    """Return the items `<D>` of a list of Reuters-21578."""
    match = re.search(rf"<{name}>(.{{0,2000}}?)</{name}>", inner)
    return re.findall(r"<D>([^<>]*)</D>", match[1]) if match else []


def _date(values: dict[str, list[str]], id: str) -> str:
    date = date_in(_first(values, "DATE", "DATE_TIME", "DD", "PUBDATE", "DATE1"))
    if not date and (match := _FILE_DATE.search(_first(values, "FILEID"))):
        date = date_in(f"19{match[3]}-{match[1]}-{match[2]}")
    if not date and (match := _SHORT_DATE.match(id)):
        date = date_in(f"19{match[1]}-{match[2]}-{match[3]}")
    return date or date_in(id)
