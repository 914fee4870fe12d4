"""Bylines: who wrote an article, and for which agency."""

import re
from typing import NamedTuple

__all__ = ["AGENCIES", "PARTICLES", "Byline", "is_byline", "read_byline"]

# How agencies and their short forms sign; a byline naming one tells the source, not an author.
AGENCIES = frozenset(
    name.strip()
    for name in """
    aa|afp|agence france-presse|agencies|anadolu agency|anadolu|ani|ansa|ap|associated press
    the associated press|bbc|bbc news|bloomberg|cnn|dpa|efe|ians|irna|interfax|kyodo|kyodo news
    pa|pa media|press association|pti|reuters|tass|united press international|upi
    xinhua|yonhap
    """.replace("\n", "|").split("|")
    if name.strip()
)
PARTICLES = frozenset(
    "abu al bin bint da das de del della der des di do dos du el ibn la le st ten ter van von "
    "y zu".split()
)
_BOUND_PARTICLES = ("al-", "el-", "d'", "d’", "o'", "o’")
_JOBS = re.compile(
    r"\b(?:writers?|correspondents?|editors?|reporters?|staff|special to|contribut\w+|bureau|"
    r"columnist|analyst|chief)\b",
    re.IGNORECASE,
)
_EMPHASIS = "*_ \t"
_BY = re.compile(r"by[ \t\u00a0:]+(?=\S)", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:[,;|/&]|\band\b)\s*", re.IGNORECASE)
_NAME_TAIL = re.compile(r"(?:^|\s+)(?:in|for|at|of)\s+[^\W\d_a-z].*$")
_GENERATION = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_DAY_OR_MONTH = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|"
    r"september|october|november|december",
    re.IGNORECASE,
)
_WORDS_IN_A_NAME = 6
_LONGEST_BYLINE = 200


class Byline(NamedTuple):
    """The people a byline names, and the agency or paper if it names one."""

    authors: tuple[str, ...]
    source: str


def read_byline(text: str) -> Byline | None:
    """Read "By NAME", with several names, an agency or a job title; None if it is no byline.

    A byline that names nobody ("By a Staff Reporter") has no authors.

    >>> read_byline("By Jane Roe and John Doe, Reuters")
    Byline(authors=('Jane Roe', 'John Doe'), source='Reuters')
    """
    if len(text) > _LONGEST_BYLINE:
        return None
    text = text.strip(_EMPHASIS)
    match = _BY.match(text)
    if match is None:
        return None
    authors: list[str] = []
    source = ""
    anonymous = False
    for piece in _NAME_BREAK.split(text[match.end() :]):
        name, agency = _without_agency(_NAME_TAIL.sub("", piece.strip(_EMPHASIS)))
        source = source or agency
        if authors and _GENERATION.fullmatch(name):
            authors[-1] += f", {name}"
        elif _JOBS.search(name):
            anonymous = True
        elif _is_name(name):
            authors.append(name)
        elif name:
            return None
    if len(authors) > 1:  # a single word after a full name is where the writer is
        authors = [name for name in authors if " " in name] or authors
    if authors and all(_DAY_OR_MONTH.fullmatch(name) for name in authors):
        return None
    if authors and not source and not any(" " in name for name in authors):
        return None  # "By Age" heads a table more often than one name signs a story
    return Byline(tuple(authors), source) if authors or source or anonymous else None


def is_byline(line: str) -> bool:
    """Whether a line amid wrapped text is a byline and nothing else.

    A sentence may wrap before "by Jane Roe and": the By must be a capital, and nothing follow.
    """
    line = line.strip(_EMPHASIS)
    return (
        line.startswith(("By", "BY"))
        and line[-1] not in ",;&"
        and (not line.lower().endswith(" and") and read_byline(line) is not None)
    )


def _without_agency(name: str) -> tuple[str, str]:
    """Part a name from the agency or paper after it."""
    if name.casefold() in AGENCIES or name.startswith(("The ", "THE ")):
        return "", name
    words = name.split()
    for count in (1, 2, 3):
        tail = " ".join(words[-count:])
        if len(words) > count + 1 and tail.casefold() in AGENCIES:
            return " ".join(words[:-count]), tail
    return name, ""


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _WORDS_IN_A_NAME
        and any(word[0].isupper() for word in words)
        and all(map(_is_name_word, words))
        and (text[-1] not in ".?!:" or len(words[-1]) <= 3)
    )


def _is_name_word(word: str) -> bool:
    fits = word[0].isupper() or word.lower() in PARTICLES
    bound = word.lower().startswith(_BOUND_PARTICLES)
    return (fits or bound) and not any(character.isdigit() for character in word)
