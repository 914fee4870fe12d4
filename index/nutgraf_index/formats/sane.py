"""What a document says of itself: the properties that a person has filled in.

Programs fill in the rest: the name of a template, of the user of the computer, or their own.
"""

import re
from collections.abc import Iterable

from nutgraf_index.analysis.languages.language import words
from nutgraf_index.properties.written_dates import read_moment

__all__ = ["sane_authors", "sane_date", "sane_title"]

_PROGRAMS = words("""
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
    scanner|pc user|hp|dell|acer|asus|lenovo|toshiba|sony|samsung|compaq|packard bell|ibm|apple|mac
""")
_MACHINE = re.compile(r"(?:user|pc|hp|dell|admin|client|desktop|laptop|win|scan\w*)[-_ ]?\d*", re.I)
_PROGRAM = re.compile(
    r"\b(?:microsoft|adobe|acrobat|quark\w*|indesign|libreoffice|openoffice|windows user)\b", re.I
)
_TITLES = re.compile(
    r"(?:microsoft (?:office )?(?:word|excel|powerpoint|publisher)|word|openoffice|libreoffice)?"
    r"[-\s]*(?:(?:document|dokument|documento|doc|untitled|unbenannt|sans titre|sin título"
    r"|senza titolo|unknown|anonymous|\(anonymous\)|no title|none|null|presentation"
    r"|powerpoint presentation|normal|template|vorlage|title|titel|titre|título"
    r"|untitled document|new document|blank|blank document|no job name|print|scan|slide|page|layout"
    r"|book(?=\d)|文档|文書|документ)[-_ ]?\d*)?",
    re.I,
)
_PREFIX = re.compile(r"microsoft (?:office )?(?:word|excel|powerpoint|publisher)\s*[-–:]\s*", re.I)
_ADDRESS = re.compile(r"(?:https?:|file:|about:|[a-z]:\\)", re.I)
_FILE = re.compile(
    r".*\.(?:docx?|docm|dotx?|odt|ott|rtf|txt|pdf|html?|wpd|indd|qxd|qxp|tex|dvi|pptx?|xlsx?|pub"
    r"|epub|tmp)|\S+\.(?:pages|p65|pm\d|eps|ps|fm|ai)",
    re.I,
)
# Signs of the name of a file or a job in a title of one word.
_TECHNICAL = re.compile(r"[\\/_]|[^\W\d]\d{4,}|\d{4,}[^\W\d]|\S[-.]\S*[-.]\S")
_SCANNED = re.compile(r"scan\w*", re.I)
_PROMPT = re.compile(r"\[[^\]]*\]|<[^>]*>|\{[^}]*\}")  # "[Document title]"
_WRITTEN = re.compile(r"[^\W_]")
_LONGEST_TITLE = 400  # characters
_FIRST_YEAR = 1981  # before it there were no word processors, but there are zeros of clocks


def sane_title(title: str, *, may_be_job: bool = False) -> str:
    """Return a title, or an empty text for one that a program has filled in.

    `may_be_job` is whether programs fill in the name of a printed job, as in a PDF: then a word in
    lower case is none of a person.

    >>> sane_title("Microsoft Word - Otters are back"), sane_title("Document1"), sane_title("a.doc")
    ('Otters are back', '', '')
    """
    title = _PREFIX.sub("", " ".join(title.split()))
    is_none = (
        _TITLES.fullmatch(title)
        or _FILE.fullmatch(title)
        or _PROMPT.fullmatch(title)
        or _ADDRESS.match(title)
        or (" " not in title and _TECHNICAL.search(title))
        or (may_be_job and " " not in title and (title.islower() or _SCANNED.fullmatch(title)))
    )
    return "" if is_none or len(title) > _LONGEST_TITLE or not _WRITTEN.search(title) else title


def sane_authors(names: str | Iterable[str], *, may_be_account: bool = False) -> list[str]:
    """Return the names of people, without the users and programs that are named in their place.

    `may_be_account` is whether programs fill in the account of the user, as in a PDF: then a name
    has two words and begins with a capital letter.

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
        and not _PROGRAM.search(name)
        and "\\" not in name
        and not (may_be_account and not (" " in name and name[:1].isupper() and "@" not in name))
    ]


def sane_date(date: str, *, first_year: int = _FIRST_YEAR) -> str:
    """Return a date, or an empty text for none and for one before the first year.

    >>> sane_date("2020-01-10T09:00:00Z"), sane_date("1601-01-01T00:00:00Z")
    ('2020-01-10T09:00:00Z', '')
    """
    moment = read_moment(date)
    is_sane = moment is not None and moment.date and int(moment.date[:4]) >= first_year
    return date if is_sane else ""
