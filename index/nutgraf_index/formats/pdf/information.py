"""Title, author and date in the information of a PDF, where programs have not made them up."""

import re
from collections.abc import Mapping
from typing import Any

from nutgraf_index.formats.sane import sane_authors, sane_title
from nutgraf_index.properties.authors import names_of

__all__ = ["properties_of"]

_LETTERS = re.compile(r"[^\W\d_]{2}")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_FIRST_YEAR = 1990  # before, there was no PDF


def properties_of(information: Mapping[str, Any], this_year: int) -> dict[str, Any]:
    """Return title, authors and date as properties of an article, where the PDF's are sane.

    `information` has the keys of the PDF's document information. A title of one word that may be
    the name of a file, and the name of an account, are not sane.

    >>> properties_of({"Title": "Microsoft Word - a.doc", "CreationDate": "D:20200112"}, 2021)
    {'date': '2020-01-12'}
    """
    properties: dict[str, Any] = {}
    if title := _title(_clean(information.get("Title"))):
        properties["title"] = title
    if authors := _authors(_clean(information.get("Author"))):
        properties["authors"] = authors
    if date := _date(_clean(information.get("CreationDate")), this_year):
        properties["date"] = date
    return properties


def _clean(value: object) -> str:
    text = " ".join(value.replace("\0", "").split()) if isinstance(value, str) else ""
    return text if text.isprintable() and "\ufffd" not in text else ""


def _title(text: str) -> str:
    return sane_title(text, may_be_job=True) if _LETTERS.search(text) else ""


def _authors(text: str) -> tuple[str, ...]:
    return tuple(sane_authors(names_of(text).authors, may_be_account=True))


def _date(text: str, this_year: int) -> str:
    match = _DATE.match(text)
    if match is None or not _FIRST_YEAR <= int(match[1]) <= this_year:
        return ""
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= 12:
        return str(year)
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{month}"
    return f"{year}-{month}-{day}"
