"""Title, author and date in the information of a PDF, where programs have not made them up."""

import re
from collections.abc import Mapping
from typing import Any

from nutgraf_index.properties.authors import names_of

__all__ = ["properties_of"]

_MADE_UP = re.compile(
    r"(?:microsoft (?:word|excel|powerpoint|publisher)|powerpoint presentation|untitled"
    r"|document\s*\d*$|slide \d+$|about:blank|layout \d|page \d|print|none$|null$|title$"
    r"|no job name|acr\w+\.tmp|scan\w*$|doc\d*$|presentation\d*$|book\d+$"
    r"|unknown|\(?anonymous|https?:|file:|[a-z]:\\)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:docx?|dot|pdf|indd|qxd|qxp|tex|dvi|pptx?|xlsx?|rtf|txt|html?|p65|pm\d|eps|ps|odt|pub|wpd|fm|ai)"
    r"\b",
    re.IGNORECASE,
)
_TECHNICAL = re.compile(r"[\\/_]|\d{4,}|\S[-.]\S*[-.]\S")  # signs of the name of a file or a job
_LETTERS = re.compile(r"[^\W\d_]{2}")
_DATE = re.compile(r"(?:D:)?(\d{4})(\d\d)?(\d\d)?")
_FIRST_YEAR = 1990  # before, there was no PDF
_NO_NAME = re.compile(
    r"\b(?:user|admin\w*|owner|unknown|author|guest|default|office|windows|microsoft|adobe|pc|scanner"
    r"|anonymous|test|root|acrobat|quark\w*|indesign)\b",
    re.IGNORECASE,
)


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
    if _MADE_UP.match(text) or _FILE.search(text) or not _LETTERS.search(text):
        return ""
    if " " not in text and (_TECHNICAL.search(text) or text.islower()):
        return ""
    return text


def _authors(text: str) -> tuple[str, ...]:
    if _NO_NAME.search(text) or "@" in text or "\\" in text:
        return ()
    names = names_of(text).authors
    return tuple(name for name in names if " " in name and name[:1].isupper())


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
