"""Fields of other products: which filter here has their meaning."""

import datetime
import re
from collections.abc import Callable

from nutgraf.query.date_ranges import absolute, date_range
from nutgraf.query.fields import FILTERS
from nutgraf.query.lexer import Diagnostics, Lexeme, is_operator
from nutgraf.query.tree import Filter

__all__ = [
    "CALLED",
    "COMPARED",
    "EQUATED",
    "TAGS",
    "date_form",
    "distributed",
    "read_filter",
    "unknown_field",
]

# By field here, its names elsewhere.
_NAMES = {
    "by": "author authors from writer writers byline reporter au",
    "title": "headline intitle allintitle inheadline subject hl hd ti",
    "source": "publisher publication newspaper paper agency outlet journal site",
    "place": "dateline location city",
    "path": "in file filename folder dir directory filetype ext extension",
    "language": "lang",
    "date": "before after since until year published pubdate",
}
_FIELDS = {name: field for field, names in _NAMES.items() for name in names.split()}
# Fields that have no filter of just their meaning here, and the closest filter.
_CLOSE = {"type": "role", "kind": "role", "section": "heading", "subhead": "heading"}
_CLOSE |= {"id": "article", "doc": "article", "docid": "article"}
# Fields of plain words.
_TEXT = frozenset(("text", "body", "content", "intext", "allintext", "fulltext"))
# Fields written as functions, as in `headline(otter)`.
CALLED = {name: _FIELDS[name] for name in ("headline", "hl", "hd", "byline", "author", "dateline")}
CALLED |= {"hlead": "title", "title": "title", "publication": "source"}
# Fields written with =, as in `by=lee`.
EQUATED = CALLED | {name: name for name in FILTERS}
_EXTENSIONS = frozenset(("filetype", "ext", "extension"))
_FILES = frozenset(("file", "filename"))
# Fields written after a word or with =, as in `otter[ti]`.
TAGS = {"tiab": "title", "ti": "title", "au": "by", "so": "source", "dp": "date", "py": "date"}
# The signs of `date_ranges` that stand for a field.
_DATES = {"before": "<", "after": ">=", "since": ">=", "until": "<="}
COMPARED = ("<", ">", "=")  # the ends of names of fields that compare, as in `date>=2019`
_WITH_VALUES = {*_DATES, *_EXTENSIONS, *_FILES, "from", "site"}


def distributed(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens with `by:(a OR b)` as `(by:a OR by:b)`."""
    result: list[Lexeme] = []
    names: list[str] = []  # the field of each open parenthesis, or ""
    for token in tokens:
        name = names[-1] if names else ""
        if token.kind == "open":
            names.append(name or _field_before(token, result, diagnostics))
            if names[-1] and not name:
                result.pop()
        elif token.kind == "close":
            names.pop()
        elif name and token.kind == "word" and token.text in ("and", "or", "not"):
            diagnostics.read_as(token, token.text.upper())
            token = token._replace(text=token.text.upper())
        elif name and token.kind in ("word", "phrase", "exact") and not is_operator(token):
            value = token.text if token.kind == "phrase" else diagnostics.typed(token)
            token = Lexeme("field", value, token.start, token.end, name)
        result.append(token)
    return result


def _field_before(token: Lexeme, before: list[Lexeme], diagnostics: Diagnostics) -> str:
    """Return the filter of the field right before a parenthesis; "" if no field stands there.

    Return "" for prose, too, and, with a diagnostic, for a field that is not known.
    """
    if not before or before[-1].kind != "word" or before[-1].end != token.start:
        return ""
    field = re.fullmatch(r"([A-Za-z][\w-]*):", diagnostics.typed(before[-1]))
    if field is None:
        return ""
    name = field[1].lower()
    if name in FILTERS:
        return name
    if diagnostics.register != "keywords":
        return ""
    if name not in _FIELDS:
        message, suggestion = unknown_field(field[1], "")
        diagnostics.report("unknown-field", message, before[-1], suggestion)
        return ""
    if name in _WITH_VALUES:  # each value is read on its own
        return name
    diagnostics.read_as(before[-1], f"{_FIELDS[name]}:")
    return _FIELDS[name]


def read_filter(name: str, value: str, clock: Callable[[], datetime.date]) -> Filter | None:
    """Return a filter with the meaning of a field of another product.

    Return None if the name is not known or the value does not fit.
    """
    field = _FIELDS.get(name)
    value = " ".join(value.split())
    if name[-1] in COMPARED:
        dates = absolute(name.lstrip("dateyr") + value, clock)
        return Filter("date", dates) if date_range(dates) else None
    if field == "date" or (name == "from" and value[:4].isdecimal()):
        dates = absolute(_DATES.get(name, ">=" if name == "from" else "") + value, clock)
        return Filter("date", dates) if date_range(dates) else None
    if name == "site" and "." in value:  # an address, but a source is a name
        return None
    if name in _EXTENSIONS:
        return Filter("path", f"*.{value.lstrip('*.')}")
    if name in _FILES and not any(sign in value for sign in "/*?"):
        return Filter("path", f"*{value}")
    return Filter(field, value) if field else None


def unknown_field(name: str, value: str) -> tuple[str, str]:
    """Return the message of a field that is not read as a filter, and what to write instead.

    The field is found by its meaning or its spelling; "" if none is close.
    """
    if name.lower() in _DATES:
        return f"{name}: needs a date, as in {name}:2019-05-01; it is searched as words.", ""
    fields = ", ".join(FILTERS)
    message = f"There is no field {name!r}; it is searched as words. The fields are {fields}."
    return message, _close_filter(name.lower(), value)


def _close_filter(name: str, value: str) -> str:
    """Return the closest filter of a value, or only its name and colon without a value."""
    if name in _TEXT:
        return value
    if name == "site":
        return f"source:{value.lower().removeprefix('www.').partition('.')[0]}"
    import difflib  # slow to import and seldom needed

    names = {**dict.fromkeys(FILTERS, ""), **_FIELDS, **_CLOSE}
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.7)
    if not close:
        return ""
    field = names[close[0]] or close[0]
    if field == "date" and close[0] != "date":
        return date_form(value)
    return str(Filter(field, value)) if value else f"{field}:"


def date_form(value: str) -> str:
    """Return the `date:` filter of a value such as `>2019`; "" if the value is no date."""
    dates = absolute(value, datetime.date.today)
    return f"date:{dates}" if date_range(dates) else ""
