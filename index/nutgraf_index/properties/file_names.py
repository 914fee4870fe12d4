"""Dates in the names of files, as Jekyll, Hugo and people write them."""

import re

from nutgraf_index.dates import iso_date

__all__ = ["date_in_name"]

_EXTENSIONS = re.compile(r"\.(?:md|markdown|txt|text)$", re.IGNORECASE)
_PAGE_OF_A_FOLDER = ("index", "_index")  # the article is the folder, in Hugo
_DATE = re.compile(r"(?<!\d)(\d{4})([-_.])(\d{1,2})\2(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(1[6-9]\d\d|20\d\d)(\d\d)(\d\d)(?=[-_ .]|$)")
_FOLDERS = re.compile(r"(?:^|/)(\d{4})/(\d\d)/(\d\d)/[^/]*$")


def date_in_name(path: str) -> str:
    """Return the day in the name of a file of text or Markdown; empty if it names none or several.

    Folders of year, month and day count as well. The day of another file may be that of its export.

    >>> date_in_name("posts/2020-01-12-otters.md"), date_in_name("2020/01/12/otters.md")
    ('2020-01-12', '2020-01-12')
    """
    path, count = _EXTENSIONS.subn("", path.replace("\\", "/"))
    if not count:
        return ""
    folder, _, name = path.rpartition("/")
    if name in _PAGE_OF_A_FOLDER:
        folder, _, name = folder.rpartition("/")
    days = {f"{year}-{month}-{day}" for year, _, month, day in _DATE.findall(name)}
    if match := _COMPACT.match(name):
        days.add("-".join(match.groups()))
    if not days and (match := _FOLDERS.search(path)):
        days.add("-".join(match.groups()))
    return (iso_date(days.pop()) or "") if len(days) == 1 else ""
