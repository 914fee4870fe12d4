"""ProQuest: documents between rules of underscores, with fields such as "Full text:"."""

import re
from collections.abc import Iterator
from typing import Any

from nutgraf_index.formats.exports.sheet import TOP, Origin, Sheet, article_of_rows, edge_words
from nutgraf_index.formats.exports.values import COPYRIGHT, authors_of, source_name
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.model import Article, Role

__all__ = ["articles", "recognises"]

_RULE = re.compile(r"[_*]{30,}")
_NUMBER = re.compile(r"(?:Document )?(\d{1,6}) of (\d{1,6})")
_LABELS = {
    "title": "title", "author": "authors", "publication title": "source",
    "publication date": "date", "publication info": "publication-info", "full text": "text",
    "abstract": "abstract", "abstract (summary)": "abstract", "links": "links",
    "subject": "subject", "subjects": "subject", "location": "location", "people": "person",
    "company / organization": "company", "company": "company", "classification": "classification",
    "identifier / keyword": "keyword", "business indexing term": "business-term",
    "pages": "page", "start page": "page", "first page": "page", "column": "column",
    "section": "section", "publication year": "year", "year": "year", "publisher": "publisher",
    "place of publication": "place-of-publication", "volume": "volume", "issue": "issue",
    "country of publication": "country", "publication subject": "publication-subject",
    "issn": "issn", "source type": "source-type", "language of publication": "language",
    "document type": "document-type", "proquest document id": "id", "document url": "url",
    "copyright": "copyright", "last updated": "updated", "database": "database",
    "credit": "credit", "illustration": "illustration", "caption": "caption",
    "ethnicity": "ethnicity", "number of pages": "length", "dateline": "dateline",
    "publication frequency": "frequency", "document feature": "feature", "edition": "edition",
    "alternate title": "subtitle", "correspondence author": "contact", "e-issn": "e-issn",
    "ethnic newswatch": "collection", "supplement": "supplement", "dek": "subtitle",
    "publication note": "publication-note", "accession number": "accession",
}  # fmt: skip
_LABEL = re.compile(r"([A-Za-z][A-Za-z /()-]{2,30}?) ?: ?[\xa0 ]*(.*)", re.DOTALL)
_KEPT = (
    "section page edition subject location person company keyword language document-type abstract "
    "updated year publisher"
).split()
_ROLES = {"title": Role.HEADLINE, "authors": Role.BYLINE, "copyright": Role.CREDIT}
_LAST_FIELD = re.compile(r"Database: ")
# Rows in front of a title: of a mail, of a list, or a citation.
_FRONT = re.compile(
    r"All documents are reproduced|Please do not reply|.* sent you the following|Email \d+ of \d+"
    r"|Table of contents|Report Information|ProQuest document link|\d+\. |.*\[.*\].*\d{4}[:.]",
    re.IGNORECASE | re.DOTALL,
)
_EDITION = re.compile(r"\s*;.*|, [\w ]* ?[Ee]dition\b.*", re.DOTALL)
_URL = re.compile(r"https?://\S+")
_LAST = frozenset(("bibliography", "citation style", "contact proquest", "terms and conditions"))
_INFO = re.compile(r"([^;\[\]:]+?)\s*[;:]")
_LABELS_AT_TOP = frozenset(
    "Full Publication ProQuest Report Abstract: Author: Title: Document".split()
)
_SNIFF = re.compile(
    r"^[ \t]*(?:Full [Tt]ext|ProQuest document ID|Publication title) ?:", re.MULTILINE
)


def recognises(head: str, within: int = TOP) -> bool:
    """Return whether a text begins as an export of ProQuest does.

    A label must stand `within` the first characters.
    """
    if _LABELS_AT_TOP.isdisjoint(edge_words(head, within)) and "______" not in head[:within]:
        return False
    if "ProQuest" not in head and "proquest" not in head:
        return False
    labels = {match[0].strip().lower() for match in _SNIFF.finditer(head)}
    return "Report Information from ProQuest" in head or (
        len(labels) > 1 or ("full text:" in labels and "proquest.com/docview" in head)
    )


def articles(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export; nothing for an export of an unknown variant."""
    rows = sheet.rows
    # A document ends with its last field or with a rule.
    rules = [
        row for row, text in enumerate(rows) if _RULE.fullmatch(text) or _LAST_FIELD.match(text)
    ]
    starts = [-1, *rules]
    stops = [*(row + bool(_LAST_FIELD.match(rows[row])) for row in rules), len(rows)]
    if any(
        _ids(rows, range(start + 1, stop)) > 1 for start, stop in zip(starts, stops, strict=True)
    ):
        return
    number = total = 0
    for start, stop in zip(starts, stops, strict=True):
        document = range(start + 1, stop)
        fields = _fields(rows, document)
        keys = {key for key, *_ in fields}
        if not ("text" in keys and keys & {"source", "id", "publication-info", "date"}) and not (
            "id" in keys and keys & {"source", "date"}
        ):
            continue
        number += 1
        counted = next(
            filter(None, map(_NUMBER.fullmatch, (rows[row] for row in document[:6]))), None
        )
        total = int(counted[2]) if counted else total
        article = _article(sheet, document, fields, number, origin)
        if article is not None:
            yield article
    if number and total and number != total:
        yield Fault(
            Reason(
                f"it says that it has {total} documents, and has {number}",
                kind="it has not as many documents as it says",
            )
        )


def _ids(rows: list[str], document: range) -> int:
    """Return the number of documents that rows state the numbers of."""
    return len({rows[row] for row in document if rows[row].startswith("ProQuest document ID")})


def _fields(rows: list[str], document: range) -> list[tuple[str, int, int, str]]:
    """Return the fields of a document: key, first row, row after the last, value.

    The text goes on until a field follows a blank row.
    """
    fields: list[tuple[str, int, int, str]] = []
    blank = True
    in_text = False
    for row in document:
        text = rows[row]
        match = _LABEL.match(text) if text and (blank or not in_text) else None
        key = _LABELS.get(match[1].strip().lower(), "") if match else ""
        if (
            in_text
            and key in ("text", "abstract", "section", "people", "column", "title")
            and (key != "title" or not _is_tail(rows, row, document.stop))
        ):
            key = ""
        if key and match:
            fields.append((key, row, row + 1, match[2].strip()))
            in_text = key == "text" or (in_text and key in ("illustration", "caption"))
        elif text and fields and not in_text and not blank and fields[-1][2] == row:
            name, first, _, value = fields[-1]
            fields[-1] = (name, first, row + 1, f"{value} {text}")
        blank = not text
    return fields


def _is_tail(rows: list[str], row: int, stop: int) -> bool:
    """Return whether another field follows soon after a row."""
    later = [text for text in rows[row + 1 : min(row + 4, stop)] if text]
    return any(
        (match := _LABEL.match(text)) and match[1].strip().lower() in _LABELS for text in later
    )


def _article(
    sheet: Sheet,
    document: range,
    fields: list[tuple[str, int, int, str]],
    number: int,
    origin: Origin,
) -> Article | None:
    rows = sheet.rows
    values: dict[str, str] = {}
    for key, _, _, value in fields:
        if value:
            values.setdefault(key, value)
    text_row = next((row for key, row, *_ in fields if key == "text"), None)
    after_text = next(
        (row for key, row, *_ in fields if text_row is not None and row > text_row), document.stop
    )
    marks: dict[int, tuple[int, int, Role]] = {}
    for key, row, end, _ in fields:
        start = sheet.starts[row]
        if key == "text":
            label = rows[row].index(":") + 1
            marks[row] = (start, start + label, Role.NOTE)
            continue
        role = _ROLES.get(key, Role.NOTE)
        if key == "title" and text_row is not None and row > text_row:
            role = Role.NOTE  # again
        marks[row] = (start, sheet.end(end - 1), role)
    taken = {row for _, first, end, _ in fields for row in range(first, end)}
    first_field = min((first for _, first, *_ in fields), default=document.start)
    title_row = next(
        (
            row
            for row in range(first_field - 1, document.start - 1, -1)
            if rows[row] and not any(p.match(rows[row]) for p in (_FRONT, _NUMBER, _URL, COPYRIGHT))
        ),
        None,
    )
    for row in document:
        is_story = text_row is not None and text_row < row < after_text
        if not rows[row] or row in taken or is_story:
            continue
        role = Role.HEADLINE if row == title_row else Role.NOTE
        if COPYRIGHT.match(rows[row]):
            role = Role.CREDIT
        marks[row] = (sheet.starts[row], sheet.end(row), role)
    info = values.get("publication-info", "")
    paper = values.get("source") or ((match := _INFO.match(info)) and match[1]) or ""
    link = _URL.search(values.get("url", "")) or next(
        filter(None, (_URL.match(rows[row]) for row in document if "docview/" in rows[row])), None
    )
    id = values.get("id", "") or (
        (found := re.search(r"docview/(\d+)", link[0])) and found[1] if link else ""
    )
    metadata: dict[str, Any] = {"number": number}
    metadata.update({key: values[key] for key in _KEPT if key in values})
    if id:
        metadata["document"] = id
    properties = {
        "id": id or str(number),
        "title": values.get("title") or (rows[title_row] if title_row is not None else ""),
        "authors": authors_of(values.get("authors", ""), inverted=True),
        "date": f"{values.get('date', '')} | {info}",
        "place": "" if re.search(r"\d", values.get("dateline", "")) else values.get("dateline", ""),
        "source": source_name(_EDITION.sub("", paper)),
        "url": link[0] if link else "",
        "metadata": metadata,
    }
    last = next((row for row in document if rows[row].lower() in _LAST), document.stop)
    spans = [marks[row] for row in sorted(marks) if row < last]
    return article_of_rows(sheet, range(document.start, last), spans, properties, origin)
