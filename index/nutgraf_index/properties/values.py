"""Reads values of any type: texts, names and lists, as exports of databases and programs give them.

A value may be a text, a number, a list, or an object that holds what is wanted under another key.
"""

import datetime
import html
import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["as_json", "date_of_object", "is_none", "list_of", "name_of", "plain_name", "text_of"]

# Texts that say that there is no value, in lower case.
_NONE = frozenset(
    "null none nan nat nil n/a #n/a undefined unknown - -- [] {} () (none) <na>".split()
)
_LONGEST_NONE = 40  # characters
# "Not available", "Source not visible", "Unknown date".
_NOT_THERE = re.compile(
    r"(?:\w+ )?(?:is )?not (?:available|visible|known|given|stated|specified|legible|applicable)|"
    r"unknown \w+|\w+ unknown",
    re.IGNORECASE,
)
_MOST_LEVELS = 8  # of lists and objects in a value that are searched
# The keys that hold the text of an object, the most plain first.
_TEXT_KEYS = (
    "rendered", "raw", "plain", "plaintext", "text", "content", "value", "body", "main", "original",
    "#text", "$t", "_", "name", "title", "summary", "headline", "sections", "paragraphs", "blocks",
)  # fmt: skip
# The parts of an object that are its text together, as of Fundus's articles.
_PARTS = ("summary", "lead", "headline", "heading", "sections", "paragraphs", "items")
_NAME_KEYS = (
    "name", "main", "fullname", "full_name", "displayname", "display_name", "displayName", "title",
    "rendered", "label", "value", "original", "code", "slug", "id", "#text", "$t",
)  # fmt: skip
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6}|#x[\da-fA-F]{2,5});")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|i|p|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.I
)


def is_none(value: object) -> bool:
    """Return whether a value says that there is none: null, "", "N/A", an empty list, a NaN."""
    if isinstance(value, str):
        return not value or value.isspace() or (len(value) < _LONGEST_NONE and _is_none_word(value))
    if isinstance(value, float):
        return math.isnan(value)
    return value is None or (isinstance(value, list | tuple | Mapping) and not value)


def _is_none_word(text: str) -> bool:
    text = text.strip()
    word = text.lower()
    if "not" in word or "unknown" in word:  # few names have it, and the pattern is slow
        return word in _NONE or _NOT_THERE.fullmatch(text) is not None
    return word in _NONE


def text_of(value: object, levels: int = _MOST_LEVELS) -> str:
    r"""Return the text of a value; empty if it has none.

    A list of paragraphs is joined by blank lines. Numbers are their digits.

    >>> text_of({"rendered": "One."}), text_of(["One.", {"text": "Two."}])
    ('One.', 'One.\n\nTwo.')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or value is None or levels == 0:
        return ""
    if isinstance(value, int | float):
        return "" if isinstance(value, float) and not math.isfinite(value) else str(value)
    if isinstance(value, list | tuple):
        return _joined(text_of(one, levels - 1) for one in value)
    if isinstance(value, Mapping):
        parts = [value[key] for key in _PARTS if key in value]
        if len(parts) > 1:
            return _joined(text_of(part, levels - 1) for part in parts)
        for key in _TEXT_KEYS:
            if key in value and (text := text_of(value[key], levels - 1)).strip():
                return text
    return ""


def _joined(parts: Iterable[str]) -> str:
    return "\n\n".join(part for part in parts if part.strip())


def name_of(value: object, levels: int = 3) -> str:
    """Return a name that a value gives: a text, `{"name": …}`, `{"id": …}`, the first of a list."""
    if isinstance(value, str):
        return "" if is_none(value) else plain_name(value)
    if isinstance(value, bool) or value is None or levels == 0:
        return ""
    if isinstance(value, int | float):
        return "" if is_none(value) else str(value)
    if isinstance(value, list | tuple):
        return next(filter(None, (name_of(one, levels - 1) for one in value)), "")
    if isinstance(value, Mapping):
        found = (name_of(value[key], levels - 1) for key in _NAME_KEYS if key in value)
        return next(filter(None, found), "")
    return ""


def date_of_object(value: Mapping[str, object]) -> object:
    """Return the date in an object, as of MongoDB: `{"$date": …}`."""
    for key in ("$date", "$numberLong", "date", "iso"):
        if key in value:
            inner = value[key]
            return date_of_object(inner) if isinstance(inner, Mapping) else inner
    return name_of(value)


def plain_name(text: str) -> str:
    """Return a title or name without entities and inline tags of HTML."""
    if "<" in text:
        text = _INLINE_TAG.sub("", text)
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def list_of(value: object) -> list[Any]:
    """Return tags or keywords as a list: of texts, `{"name": …}` and numbers, or of one text.

    >>> list_of("ferries, harbour"), list_of([{"name": "ferries"}, 7])
    (['ferries', 'harbour'], ['ferries', 7])
    """
    if isinstance(value, str):
        parts = written_list(value)
        if parts is None:
            parts = re.split(r"[;|]" if re.search(r"[;|]", value) else ",", value)
        return [part.strip() for part in parts if not is_none(part)]
    if isinstance(value, Mapping):
        return [name_of(value) or as_json(value)]
    items = value if isinstance(value, list | tuple | set | frozenset) else [value]
    named = (
        name_of(one) or as_json(one) if isinstance(one, Mapping) else as_json(one) for one in items
    )
    return [one for one in named if not is_none(one)]


def written_list(text: str) -> list[str] | None:
    """Return the texts of a list that a program wrote, such as "['Ann Lee', 'Bo Ek']"; else None.

    Tables have lists in this form.
    """
    text = text.strip()
    if not (text.startswith("[") and text.endswith("]")) or len(text) > 10_000:
        return None
    quoted = [first or second for first, second in _QUOTED.findall(text[1:-1])]
    left = _QUOTED.sub("", text[1:-1])
    return quoted if quoted and not left.strip(" ,") else None


_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")


def as_json(value: object, levels: int = 100) -> Any:
    """Return a value as JSON can store it: dates become texts, and so do numbers without a size.

    Keys become texts. Lists and objects nested more deeply than `levels` become a text.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None if math.isnan(value) else str(value)
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if levels == 0:
        return "…"
    if isinstance(value, Mapping):
        return {str(key): as_json(one, levels - 1) for key, one in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, bytes | bytearray):
        return [as_json(one, levels - 1) for one in value]
    return str(value)
