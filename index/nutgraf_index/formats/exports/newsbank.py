"""NewsBank: articles that end with a "Record Number:", with fields on lines or after bars."""

import re
from collections.abc import Iterator
from typing import Any

from nutgraf_index.formats.exports.sheet import TOP, Origin, Sheet, article_of_rows, edge_words
from nutgraf_index.formats.exports.values import COPYRIGHT, authors_of, has_date, source_name
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.model import Article, Role

__all__ = ["articles", "recognises"]

_LABELS = {
    "title": "title", "headline": "title", "paper": "source", "publication": "source",
    "newspaper": "source", "source": "source", "date": "date", "publication date": "date",
    "author": "authors", "author/byline": "authors", "byline": "authors", "authors": "authors",
    "section": "section", "page": "page", "edition": "edition", "column": "column",
    "dateline": "dateline", "estimated printed pages": "pages", "article text": "text",
    "text": "text", "full text": "text", "record number": "record", "index terms": "subject",
    "subject": "subject", "subjects": "subject", "memo": "memo", "caption": "caption",
    "illustration/foto": "caption", "illustration": "caption", "copyright": "copyright",
    "openurl link": "url", "url": "url", "link": "url", "readability": "readability",
    "location": "location", "locations": "location", "correction": "correction",
    "series": "series", "abstract": "abstract", "article id": "record", "length": "length",
    "citation": "citation", "type": "type", "zone": "zone", "product": "product",
}  # fmt: skip
_LABEL = re.compile(r"([A-Z][A-Za-z /]{2,24}) ?: ?[\xa0 ]*(.*)", re.DOTALL)
_WORDS = re.compile(r"\d[\d,]* Words\b.*", re.IGNORECASE)
_LAST = frozenset(("record", "url", "copyright", "citation"))
_KEPT = "section page edition column subject record length series location".split()
_LABELS_AT_TOP = frozenset(
    "Author/Byline: Author: Article Record Paper: Section: Title: Headline: Edition: Page:".split()
)
_SNIFF = re.compile(
    r"^[ \t]*(?:Record Number ?:|OpenURL Link ?:.*newsbank|Article Text ?:|Author/Byline ?:)",
    re.MULTILINE | re.IGNORECASE,
)
_ROWS_BEFORE = 6


def recognises(head: str, within: int = TOP) -> bool:
    """Return whether a text begins as an export of NewsBank does.

    A label must stand `within` the first characters.
    """
    if _LABELS_AT_TOP.isdisjoint(edge_words(head, within)):
        return False
    labels = {match[0].strip().lower()[:10] for match in _SNIFF.finditer(head)}
    return len(labels) > 1 or ("newsbank" in head.lower() and bool(labels))


def articles(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export; nothing for an export of an unknown variant."""
    rows = sheet.rows
    start = 0
    number = 0
    keys = [_label(text)[0] for text in rows]
    records = [row for row, key in enumerate(keys) if key == "record"]
    for index, record in enumerate(records):
        stop = record + 1
        limit = records[index + 1] if index + 1 < len(records) else len(rows)
        for row in range(record + 1, limit):  # copyright and link may follow the number
            if not rows[row]:
                continue
            if keys[row] in _LAST or COPYRIGHT.match(rows[row]):
                stop = row + 1
            else:
                break
        number += 1
        article = _article(sheet, range(start, stop), number, origin)
        if article is not None:
            yield article
        else:
            yield Fault(
                Reason(
                    f"article {number} has no title and no date",
                    kind="an article has no title and no date",
                ),
                sheet.lines[record],
            )
        start = stop
    rest = next((row for row in range(start, len(rows)) if rows[row]), None)
    if records and rest is not None and sum(map(len, rows[rest:])) > 1000:
        yield Fault("text after the last record number is left out", sheet.lines[rest])


def _label(text: str) -> tuple[str, str]:
    """Return the key and the value of a labelled row; an empty key for any other row."""
    match = _LABEL.match(text)
    key = _LABELS.get(match[1].strip().lower(), "") if match else ""
    return (key, match[2].strip()) if match and key else ("", "")


def _article(sheet: Sheet, document: range, number: int, origin: Origin) -> Article | None:
    rows = sheet.rows
    written = [row for row in document if rows[row]]
    values: dict[str, str] = {}
    marks: dict[int, Role] = {}
    text_row = next((row for row in written if _label(rows[row])[0] == "text"), None)
    unlabelled: list[int] = []
    story: int | None = None
    label_spans: dict[int, int] = {}
    for row in written:  # the fields before the text
        key, value = _label(rows[row])
        bars = [part.strip() for part in rows[row].split("|")]
        if key == "text":
            marks[row] = Role.NOTE
            if value:
                label_spans[row] = rows[row].index(":") + 1
            story = row + 1 if not value else row
            break
        if len(bars) > 1 and len(rows[row]) < 300 and (key or _date_or_words(bars[0])):
            for part in bars:
                _add(part, values)
            marks[row] = Role.BYLINE if key == "authors" and len(bars) == 1 else Role.NOTE
        elif _WORDS.fullmatch(rows[row]) and len(rows[row]) < 200:
            values["length"] = rows[row].split("|")[0].strip()
            marks[row] = Role.NOTE
        elif key and key not in ("record", "copyright", "url"):
            values.setdefault(key, value)
            marks[row] = {"authors": Role.BYLINE, "title": Role.HEADLINE}.get(key, Role.NOTE)
        elif text_row is not None or (len(unlabelled) < _ROWS_BEFORE and not _has_head(values)):
            if len(rows[row]) > 300:
                story = row
                break
            unlabelled.append(row)
        else:
            story = row
            break
    if story is None:
        story = document.stop
    dated = next((row for row in unlabelled if has_date(rows[row][:60])), None)
    if dated is not None:
        values.setdefault("date", rows[dated])
        marks[dated] = Role.NOTE
        before = [row for row in unlabelled if row < dated]
        if before and "source" not in values:
            values["source"] = rows[before[-1]]
            marks[before[-1]] = Role.NOTE
    for row in unlabelled:
        if row not in marks:
            values["title"] = f"{values.get('title', '')} {rows[row]}".strip()
            marks[row] = Role.HEADLINE
    last = max((row for row in written if _label(rows[row])[0] == "record"), default=story)
    for row in written:  # the fields after the text
        key, value = _label(rows[row])
        if row >= story and row > last - 12:
            if key in ("record", "copyright", "url", "subject", "memo", "caption", "citation"):
                values.setdefault(key, value)
                marks[row] = Role.CREDIT if key == "copyright" else Role.NOTE
            elif COPYRIGHT.match(rows[row]) and len(rows[row]) < 200:
                marks[row] = Role.CREDIT
    if not values.get("title") and not values.get("date"):
        return None
    metadata: dict[str, Any] = {"number": number}
    metadata.update({key: values[key] for key in _KEPT if values.get(key)})
    properties = {
        "id": values.get("record", "").split(" ")[0] or str(number),
        "title": values.get("title", ""),
        "authors": authors_of(values.get("authors", "")),
        "date": values.get("date", ""),
        "place": values.get("dateline", ""),
        "source": source_name(values.get("source", "")),
        "url": values.get("url", "").split(" ")[0],
        "metadata": metadata,
    }
    spans = [
        (sheet.starts[row], sheet.starts[row] + label_spans.get(row, len(rows[row])), role)
        for row, role in sorted(marks.items())
    ]
    return article_of_rows(sheet, document, spans, properties, origin)


def _has_head(values: dict[str, str]) -> bool:
    return "date" in values and ("source" in values or "length" in values)


def _date_or_words(text: str) -> bool:
    return has_date(text) or _WORDS.fullmatch(text) is not None


def _add(part: str, values: dict[str, str]) -> None:
    """Add a value that stands between bars: a field, a date, a number of words, or the paper."""
    key, value = _label(part)
    if key:
        values.setdefault(key, value)
    elif _WORDS.fullmatch(part):
        values.setdefault("length", part)
    elif has_date(part):
        values.setdefault("date", part)
    elif part and "source" not in values:
        values["source"] = part
