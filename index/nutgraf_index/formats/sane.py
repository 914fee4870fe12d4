"""What a document says of itself: the properties that a person has filled in.

Programs fill in the rest: the name of a template, of the user of the computer, or their own.
"""

import re
from collections.abc import Iterable

from nutgraf_index.properties.written_dates import read_moment

__all__ = ["sane_authors", "sane_date", "sane_title"]

_PROGRAMS = frozenset(
    """
    python-docx|docx4j|apache poi|openpyxl|libreoffice|openoffice|openoffice.org|microsoft|ms|
    microsoft word|microsoft office|microsoft user|microsoft office user|microsoft account|
    office user|word|google docs|pandoc|calibre|aspose|wps office|un-named|unnamed|unknown|
    unknown author|author|
    anonymous|none|n/a|no author|user|users|username|user name|windows user|pc user|registered user|
    utilisateur|utilisateur windows|benutzer|windows-benutzer|usuario|usuario de windows|utente|
    utente windows|gebruiker|windows-gebruiker|anwender|användare|bruger|bruker|uživatel|
    użytkownik|użytkownik systemu windows|usuário|usuário do windows|пользователь|
    пользователь windows|автор|autor|auteur|autore|kullanıcı|用户|使用者|ユーザー|作成者|作者|
    admin|administrator|administrateur|administrador|root|owner|default|standard|guest|gast|client|
    customer|employee|staff|student|test|tester|temp|home|office|work|pc|laptop|computer|desktop|
    hp|dell|acer|asus|lenovo|toshiba|sony|samsung|compaq|packard bell|ibm|apple|mac
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_MACHINE = re.compile(r"(?:user|pc|hp|dell|admin|client|desktop|laptop|win)[-_ ]?\d*", re.I)
_TITLES = re.compile(
    r"(?:microsoft (?:office )?(?:word|powerpoint)|word|openoffice|libreoffice)?[-\s]*"
    r"(?:(?:document|dokument|documento|doc|untitled|unbenannt|sans titre|sin título|senza titolo|"
    r"unknown|no title|presentation|powerpoint presentation|normal|template|vorlage|title|titel|"
    r"titre|título|untitled document|new document|blank|blank document|文档|文書|документ)"
    r"[-_ ]?\d*)?",
    re.I,
)
_PREFIX = re.compile(r"microsoft (?:office )?word\s*[-–:]\s*", re.I)
_FILE = re.compile(r"\S+\.(?:docx?|docm|dotx?|odt|ott|rtf|txt|pdf|html?|wpd|pages|indd|epub)", re.I)
_PROMPT = re.compile(r"\[[^\]]*\]|<[^>]*>|\{[^}]*\}")  # "[Document title]"
_WRITTEN = re.compile(r"[^\W_]")
_LONGEST_TITLE = 400  # characters
_FIRST_YEAR = 1981  # before it there were no word processors, but there are zeros of clocks


def sane_title(title: str) -> str:
    """Return a title, or an empty text for one that a program has filled in.

    >>> sane_title("Microsoft Word - Otters are back"), sane_title("Document1"), sane_title("a.doc")
    ('Otters are back', '', '')
    """
    title = _PREFIX.sub("", " ".join(title.split()))
    is_none = _TITLES.fullmatch(title) or _FILE.fullmatch(title) or _PROMPT.fullmatch(title)
    return "" if is_none or len(title) > _LONGEST_TITLE or not _WRITTEN.search(title) else title


def sane_authors(names: str | Iterable[str]) -> list[str]:
    """Return the names of people, without the users and programs that are named in their place.

    >>> sane_authors("Ann Lee; user"), sane_authors("Microsoft Office User")
    (['Ann Lee'], [])
    """
    texts = names.split(";") if isinstance(names, str) else names
    names = (" ".join(name.split()) for name in texts)
    return [
        name
        for name in names
        if name
        and name.casefold() not in _PROGRAMS
        and not _MACHINE.fullmatch(name)
        and "\\" not in name
    ]


def sane_date(date: str, *, first_year: int = _FIRST_YEAR) -> str:
    """Return a date, or an empty text for none and for one before the first year.

    >>> sane_date("2020-01-10T09:00:00Z"), sane_date("1601-01-01T00:00:00Z")
    ('2020-01-10T09:00:00Z', '')
    """
    moment = read_moment(date)
    is_sane = moment is not None and moment.date and int(moment.date[:4]) >= first_year
    return date if is_sane else ""
