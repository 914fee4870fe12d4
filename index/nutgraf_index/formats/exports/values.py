"""Dates and names as databases and wires write them, in the languages of their labels."""

import re
from operator import itemgetter

from nutgraf_index.properties.authors import PARTICLES, names_of
from nutgraf_index.properties.written_dates import Moment, read_moment

__all__ = [
    "COPYRIGHT",
    "authors_of",
    "date_in",
    "doubtful_date",
    "has_date",
    "place_of",
    "source_name",
]

_MONTH = r"[^\W\d_]{3,10}"
# Where a date may be in a text; `properties.written_dates` reads it.
_DATES = (
    re.compile(rf"\b{_MONTH}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"),
    re.compile(
        rf"\b\d{{1,2}}(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+)?{_MONTH}\.?,?\s+(?:de\s+)?\d{{4}}\b"
    ),
    re.compile(r"(?<!\d)\d{1,2}-[A-Za-z]{3}-\d{4}(?!\d)"),
    re.compile(r"(?<!\d)\d{4}([-/])\d{1,2}\1\d{1,2}(?!\d)"),
    re.compile(r"(?<!\d)\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日"),
    re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)"),
    re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{4}(?![\d/])"),
)

COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\)\s|c\.\d{4}\b|(?:all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|tutti i diritti riservati"
    r"|alle rechten voorbehouden)\b)",
    re.IGNORECASE,
)

_BY = re.compile(
    r"(?:by|von|par|por|door|di|from|written by|story by)\s*:?\s+(?=\S)", re.IGNORECASE
)
# In the languages of labels. In "José Ortega y Gasset" one word follows: it is a surname.
_AND = re.compile(r"\s+(?:und|et|(?:y|e|en)(?=\s+\S+\s+\S))\s+", re.IGNORECASE)
_JOB = re.compile(
    r"\b(?:writers?|correspondent(?:e|in)?|reporters?|editors?|staff|columnist|journalist(?:e|in)?"
    r"|bureau|special to|exclusive|agence|agency|agencies|press|news|times|post|guardian|reuters"
    r"|wire|services?|korrespondent|redakteur(?:in)?|critic|contributor|analyst|photographer"
    r"|chief|director|magazine|daily|tribune|herald|journal|gazette|the|political|business|sports?"
    r"|education|health|crime|foreign|in|at|of|for|with|our)\b|[.]\w{2,4}$|@|\d",
    re.IGNORECASE,
)
_GENERATION = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_LONGEST_BYLINE = 300


def date_in(text: str, order: str = "") -> str:
    """Return the first date in a text that states a day, as `YYYY-MM-DD`; empty if there is none.

    `order` is as in `ReadOptions.date_order`.

    >>> date_in("December 19, 1991, Sunday, Final Edition"), date_in("29. Januar 2018 Montag")
    ('1991-12-19', '2018-01-29')
    >>> date_in("26-FEB-1987 15:01:01.79"), date_in("04/03/2021"), date_in("04/03/2021", "dmy")
    ('1987-02-26', '', '2021-03-04')
    """
    moment = _first_moment(text, order)
    return moment[1].date if moment else ""


def has_date(text: str) -> bool:
    """Return whether a text states a day, even if its day and month could be either."""
    return _first_moment(text, "") is not None


def doubtful_date(text: str) -> str:
    """Return the first date in a text if its day and month could be either; else empty.

    >>> doubtful_date("on 04/03/2021, Final Edition"), doubtful_date("25/03/2021")
    ('04/03/2021', '')
    """
    moment = _first_moment(text, "")
    return moment[0] if moment and moment[1].other else ""


def _first_moment(text: str, order: str) -> tuple[str, Moment] | None:
    """Return the first date in a text, as it is written and as it is read."""
    found: list[tuple[int, str, Moment]] = []
    for pattern in _DATES:
        for match in pattern.finditer(text):
            moment = read_moment(match[0], order)
            if moment and (moment.other or len(moment.date) == len("2021-03-04")):
                found.append((match.start(), match[0], moment))
                break
    return min(found, key=itemgetter(0))[1:] if found else None


def authors_of(byline: str, *, inverted: bool = False) -> tuple[str, ...]:
    """Return the names in a byline, without "By", jobs and houses.

    `inverted` means that a name may stand as "Ek, Bo".

    >>> authors_of("By Maja Orlo and BO EK, Port Press Writers")
    ('Maja Orlo', 'BO EK')
    >>> authors_of("Ek, Bo; Orlo, Maja", inverted=True)
    ('Bo Ek', 'Maja Orlo')
    """
    text = " ".join(re.sub(r"\([^()]*\)", " ", byline).split()).replace("/", " / ")
    if len(text) > _LONGEST_BYLINE:
        return ()
    text = text.strip("*_ ")
    if by := _BY.match(text):
        text = text[by.end() :]
    found = names_of(_AND.sub("; ", text)).authors
    if inverted:
        found = tuple(map(_in_order, found))
    names = [name for name in (name.strip("*_ :-") for name in found) if _is_name(name)]
    if len(names) > 1:  # a single word beside a full name is a place
        names = [name for name in names if " " in name] or names
    return tuple(dict.fromkeys(names))


def _in_order(name: str) -> str:
    """Return a name with the given name first: "Ek, Bo" is Bo Ek, "King, M, Jr." M King, Jr."""
    last, *rest = name.split(", ")
    if not rest or _GENERATION.fullmatch(rest[0]):
        return name
    return ", ".join([f"{rest[0]} {last}", *rest[1:]])


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 6
        and len(text) <= 60
        and not _JOB.search(text)
        and all(word[0].isalpha() or word[0] in "'’(\"“" for word in words)
        and all(not word[0].islower() or word.lower() in PARTICLES for word in words)
        and len(text.replace(".", "")) > 2
    )


def source_name(text: str) -> str:
    """Return the name of a paper without its place in brackets or a full stop at its end.

    >>> source_name("The Lindholm Post (Sweden)"), source_name("Lindholm Post, The (Sweden)")
    ('The Lindholm Post', 'The Lindholm Post')
    """
    name = re.sub(r"\s*[(\[][^()\[\]]*[)\]]\.?$", "", " ".join(text.split())).rstrip(". ")
    name = re.sub(r"\s+-- (?:English|French|German|Spanish)$", "", name)
    article = re.fullmatch(r"(.+), (The|Die|Der|Das|Le|La|Les|El)", name)
    return f"{article[2]} {article[1]}" if article else name


def place_of(dateline: str) -> str:
    """Return the place of a dateline, without the date after it and the agency.

    >>> place_of("BEIRUT, March 14 2013"), place_of("SALVADOR, Feb 26 -"), place_of("LINDHOLM (PP)")
    ('BEIRUT', 'SALVADOR', 'LINDHOLM')
    """
    place = re.sub(r"\s*\([^()]*\)\s*[-–—_]*\s*$", "", dateline).rstrip(" -–—_")
    return re.sub(
        r",?\s*(?:[^\W\d_]{3,9}\.? \d{1,2}|\d{1,2}\.? [^\W\d_]{3,9})(?:,? \d{4})?$", "", place
    ).strip(" ,")
