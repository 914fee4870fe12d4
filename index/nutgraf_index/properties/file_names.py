"""Dates in the names of files and in addresses, as Jekyll, Hugo and people write them."""

import re

from nutgraf_index.dates import iso_date

__all__ = ["date_in_address", "date_in_name"]

_EXTENSIONS = re.compile(r"\.(?:md|markdown|txt|text)$", re.IGNORECASE)
_CONTAINER = re.compile(r"^.*\.\w+!")  # of a member, such as `dump.zip!2020/a.md`
_PAGE_OF_A_FOLDER = ("index", "_index")  # the article is the folder, in Hugo
_LIKELY = re.compile(r"\d{4}[-_./]?\d")  # most paths are not like this
_DATE = re.compile(r"(?<!\d)(\d{4})([-_.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(1[6-9]\d\d|20\d\d)(\d\d)(\d\d)(?=[-_ .]|$)")
_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d\d)/(\d\d)/")


def date_in_name(path: str) -> str:
    """Return the day in the name of a file of text or Markdown; empty if it names none or several.

    Folders of year, month and day count as well. The day of another file may be that of its export.

    >>> date_in_name("posts/2020-01-12-otters.md"), date_in_name("2020/01/12/otters.md")
    ('2020-01-12', '2020-01-12')
    """
    if not _LIKELY.search(path):
        return ""
    path, count = _EXTENSIONS.subn("", _CONTAINER.sub("", path.replace("\\", "/")))
    if not count:
        return ""
    folder, _, name = path.rpartition("/")
    if name in _PAGE_OF_A_FOLDER:
        folder, _, name = folder.rpartition("/")
    days = {f"{year}-{month}-{day}" for year, _, month, day in _DATE.findall(name)}
    if match := _COMPACT.match(name):
        days.add("-".join(match.groups()))
    day = days.pop() if len(days) == 1 else ""
    return (iso_date(day) or "") if day or days else date_in_address(path)


def date_in_address(address: str) -> str:
    """Return the day in the folders of an address; empty if it has none.

    >>> date_in_address("https://news.example/2020/01/12/otters")
    '2020-01-12'
    """
    match = _FOLDERS.search(address)
    return (iso_date("-".join(match.groups())) or "") if match else ""
