"""Dates and names as databases and wires write them, in the languages of their labels."""

import datetime
import re

__all__ = ["COPYRIGHT", "authors_of", "date_in", "place_of", "source_name"]

# The first letters of a month's name, in English, German, French, Spanish, Italian, Dutch and
# Portuguese, tell it; its whole name must be letters.
_MONTHS = {
    1: "jan ene gen",
    2: "feb fév fev",
    3: "mar mär mrt maa mrz",
    4: "apr abr avr",
    5: "may mai mei mag mayo maio",
    6: "jun juin giu",
    7: "jul juil lug",
    8: "aug ago aoû aou",
    9: "sep set",
    10: "oct okt ott out",
    11: "nov",
    12: "dec dez déc dic",
}
_NUMBERS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = r"([^\W\d_]{3,10})"
_DATES = (
    re.compile(rf"\b{_MONTH}\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b"),
    re.compile(
        rf"\b(\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?\s+(?:de\s+)?{_MONTH}\.?,?\s+(?:de\s+)?(\d{{4}})\b"
    ),
    re.compile(r"(?<!\d)(\d{1,2})-([A-Za-z]{3})-(\d{4})(?!\d)"),
)
_NUMERIC = re.compile(r"(?<!\d)(\d{4})(?:-| ?年 ?|/)(\d{1,2})(?:-| ?月 ?|/)(\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")

COPYRIGHT = re.compile(
    r"(?:copyright\b|©|\(c\)\s|c\.\d{4}\b|(?:all rights reserved|alle rechte vorbehalten"
    r"|tous droits réservés|todos los derechos reservados|tutti i diritti riservati"
    r"|alle rechten voorbehouden)\b)",
    re.IGNORECASE,
)

_BY = re.compile(
    r"(?:by|von|par|por|door|di|from|written by|story by)\s*:?\s+(?=\S)", re.IGNORECASE
)
_BREAK = re.compile(r"\s*(?:;|/|\||&|\b(?:and|und|et|y|e|en)\b)\s*", re.IGNORECASE)
_INVERTED = re.compile(
    r"((?:(?i:van|von|de|der|den|del|della|di|da|du|la|le|ten|ter|al|el|ibn|st\.?) )*"
    r"[^\W\d_][^\s,\d]{1,30}),\s+([^\W\d_][^,\d]{1,40})"
)
_JOB = re.compile(
    r"\b(?:writers?|correspondent(?:e|in)?|reporters?|editors?|staff|columnist|journalist(?:e|in)?"
    r"|bureau|special to|exclusive|agence|agency|agencies|press|news|times|post|guardian|reuters"
    r"|wire|services?|korrespondent|redakteur(?:in)?|critic|contributor|analyst|photographer"
    r"|chief|director|magazine|daily|tribune|herald|journal|gazette|the|political|business|sports?"
    r"|education|health|crime|foreign|in|at|of|for|with|our)\b|[.]\w{2,4}$|@|\d",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "abu al bin da das de del della den der des di do dos du el ibn la le van von y zu".split()
)
_GENERATION = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_LONGEST_BYLINE = 300


def date_in(text: str) -> str:
    """Return the first date in a text that states a day, as `YYYY-MM-DD`; empty if there is none.

    >>> date_in("December 19, 1991, Sunday, Final Edition"), date_in("29. Januar 2018 Montag")
    ('1991-12-19', '2018-01-29')
    >>> date_in("26-FEB-1987 15:01:01.79"), date_in("04/03/2021")
    ('1987-02-26', '')
    """
    found: list[tuple[int, str]] = []
    for index, pattern in enumerate(_DATES):
        for match in pattern.finditer(text):
            first, second, year = match.groups()
            month, day = (first, second) if index == 0 else (second, first)
            if date := _iso(year, _month(month), day):
                found.append((match.start(), date))
                break
    for pattern in (_NUMERIC, _COMPACT):
        number = pattern.search(text)
        if number and (date := _iso(number[1], int(number[2]), number[3])):
            found.append((number.start(), date))
    return min(found)[1] if found else ""


def _month(name: str) -> int:
    name = name.lower()
    return _NUMBERS.get(name[:4]) or _NUMBERS.get(name[:3]) or 0


def _iso(year: str, month: int, day: str) -> str:
    try:
        return datetime.date(int(year), month, int(day)).isoformat()
    except ValueError:
        return ""


def authors_of(byline: str, *, inverted: bool = False) -> tuple[str, ...]:
    """Return the names in a byline, without "By", jobs and houses.

    `inverted` means that a name may stand as "Ek, Bo".

    >>> authors_of("By Maja Orlo and BO EK, Port Press Writers")
    ('Maja Orlo', 'BO EK')
    >>> authors_of("Ek, Bo; Orlo, Maja", inverted=True)
    ('Bo Ek', 'Maja Orlo')
    """
    text = " ".join(re.sub(r"\([^()]*\)", " ", byline).split()).replace(" ,", ",")
    if len(text) > _LONGEST_BYLINE:
        return ()
    text = text.strip("*_ .")
    text = _BY.sub("", text, count=1) if _BY.match(text) else text
    names: list[str] = []
    for piece in _BREAK.split(text):
        match = _INVERTED.fullmatch(piece.strip()) if inverted else None
        if match and not _JOB.search(piece) and not _GENERATION.fullmatch(match[2]):
            names.append(f"{match[2].strip()} {match[1].strip()}")
            continue
        for part in re.split(r"\s*,\s*", piece):
            name = re.split(r"\s+(?:in|at|for)\s+", part.strip("*_ "))[0].rstrip(":-")
            if names and _GENERATION.fullmatch(name):
                names[-1] += f", {name}"
            elif _is_name(name):
                names.append(name)
    if len(names) > 1:  # a single word beside a full name is a place
        names = [name for name in names if " " in name] or names
    return tuple(dict.fromkeys(names))


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 6
        and len(text) <= 60
        and not _JOB.search(text)
        and all(word[0].isalpha() or word[0] in "'’(\"“" for word in words)
        and all(not word[0].islower() or word.lower() in _PARTICLES for word in words)
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
