"""What newsrooms write around a story: bylines, datelines, notes, corrections and credits.

Each function looks at the words of one block and tells what it is, or what it says.
"""

import re
from typing import NamedTuple

from nutgraf_index.dates import iso_date

__all__ = ["Byline", "Dateline", "apparatus", "is_byline", "read_byline", "read_dateline"]

# How agencies and their short forms sign; a byline naming one tells the source, not an author.
_AGENCIES = frozenset(
    name.strip()
    for name in """
    aa|afp|agence france-presse|agencies|anadolu agency|anadolu|ani|ansa|ap|associated press
    the associated press|bbc|bbc news|bloomberg|cnn|dpa|efe|ians|irna|interfax|kyodo|kyodo news
    pa|pa media|press association|pti|reuters|tass|united press international|upi
    xinhua|yonhap
    """.replace("\n", "|").split("|")
    if name.strip()
)
_PARTICLES = frozenset(
    "abu al bin bint da das de del della der des di do dos du el ibn la le st ten ter van von "
    "y zu".split()
)
_JOBS = re.compile(
    r"\b(?:writers?|correspondents?|editors?|reporters?|staff|special to|contribut\w+|bureau|"
    r"columnist|analyst|chief)\b",
    re.IGNORECASE,
)
_EMPHASIS = "*_ \t"
_BY = re.compile(r"by[ \t\u00a0:]+(?=\S)", re.IGNORECASE)
_NAME_BREAK = re.compile(r"\s*(?:[,;|/&]|\band\b)\s*", re.IGNORECASE)
_NAME_TAIL = re.compile(r"\s+(?:in|for|at|of)\s+[A-Z].*$")
_WORDS_IN_A_NAME = 6
_LONGEST_BYLINE = 200

_MONTH = (
    r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
)
_DATE = rf"(?P<date>(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)"
_UPPER_WORD = r"[^\W\d_a-z][^\W\d_a-z.'’/\-]+"
_PLACE_CAPS = rf"(?:(?:St|Mt)\.\s+)?{_UPPER_WORD}(?:\s+(?:{_UPPER_WORD}|de|do|di|la|al))*"
_PLACE_ANY = r"[^\W\d_a-z][\w.'’/\-]*(?:\s+[^\W\d_a-z][\w.'’/\-]*){0,3}"
_REGION = r"(?:,\s+(?!\s)(?:[^\W\d_][\w.'’\-]*)(?:\s+[^\W\d_][\w.'’\-]*){0,2})"
_DASH = r"\s*(?:--?|[–—―])\s+|\s+[–—―]\s*"
_SOURCE = r"\(\s*(?P<source>[^()\n]{2,60}?)\s*\)"
_DATELINES = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        # ISTANBUL (AA) -        LONDON, Feb 1 (Reuters) -        Paris (AFP) –
        rf"(?P<place>{_PLACE_CAPS}{_REGION}??|{_PLACE_ANY}{_REGION}??)(?:,?\s+{_DATE})?,?\s*{_SOURCE}"
        rf"(?:{_DASH})",
        # WASHINGTON, Jan. 3 —   BEIRUT, Lebanon, June 2.
        rf"(?P<place>{_PLACE_CAPS}{_REGION}??),\s+{_DATE}(?:{_DASH}|\.\s+)(?P<source>)",
        # WASHINGTON —           KHAN YOUNIS, Gaza Strip --
        rf"(?P<place>{_PLACE_CAPS}{_REGION}?)(?:\s*--\s+|\s+[–—―]\s+|\s*[—―]\s*)(?P<source>)(?P<date>)",
    )
)

_PEOPLE = r"(?-i:[A-Z])"
_CREDIT = re.compile(
    r"(?:\(\s*)?(?:(?:additional |further )?"
    r"(?:reporting|writing|editing|compil(?:ed|ing)|translat(?:ed|ion|ing)|written|edited|"
    r"reported|produced|photos?|photographs?|graphics?|research)"
    r"(?:(?:,| and|/| &)+ (?:reporting|writing|editing|written|edited|translated|graphics?))*"
    rf" by:? {_PEOPLE}|©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|(?:19|20)\d\d)|"
    r"all rights reserved)",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r".{2,300}? contributed (?:to this (?:article|story|report)|(?:additional |to )?reporting)\b",
    re.IGNORECASE | re.DOTALL,
)
_CORRECTION = re.compile(
    r"\(?\s*(?:corrections?|clarifications?|corrected|corrects|corrigendum|erratum)"
    r"(?:\s+(?:to|in|of|on|and)\b|\s+\w+day\b|\s*[:—–(]|\s+-)|"
    r"\((?:corrects|clarifies) |"
    r"(?:an? )?(?:earlier|previous) version of this (?:article|story|report|item)|"
    r"\(?this (?:article|story|report) "
    r"(?:(?:has been|was) (?:corrected|amended|clarified)|corrects)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"[(\[]?\s*(?:editor[s'’]*\s+note|editorial note|note to (?:editors|readers)|"
    r"publisher[s'’]*\s+note|disclaimer|disclosure)\s*(?:[:.—–)]|\s-)|"
    r"\((?:adds|updates|recasts|refiles|repeats|rewrites|releads) |"
    r"this (?:article|story|report) (?:has been|was) (?:updated|(?:first|originally) published)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"\(?(?:read (?:also|more|next)|see also|also read|also see|related(?: (?:stories|articles|"
    r"story|article|links|topics?))?|more on this|for more)\s*(?:[:>»]|$)",
    re.IGNORECASE,
)
_LONGEST_CREDIT = 400


class Byline(NamedTuple):
    """The people a byline names, and the agency if it names one."""

    authors: tuple[str, ...]
    source: str


class Dateline(NamedTuple):
    """Where and when a report was filed and by which agency, as far as it says.

    `date` is ISO 8601 and empty unless the year was given; `end` is where the story's words begin.
    """

    place: str
    date: str
    source: str
    end: int


def read_byline(text: str) -> Byline | None:
    """Read "By NAME", with several names, an agency or a job title; None if it is no byline.

    >>> read_byline("By Jane Roe and John Doe, Reuters")
    Byline(authors=('Jane Roe', 'John Doe'), source='Reuters')
    """
    text = text.strip(_EMPHASIS)
    match = _BY.match(text) if len(text) <= _LONGEST_BYLINE else None
    if match is None:
        return None
    authors: list[str] = []
    source = ""
    for piece in _NAME_BREAK.split(text[match.end() :]):
        name = _NAME_TAIL.sub("", piece.strip(_EMPHASIS))
        if name.casefold() in _AGENCIES:
            source = source or name
        elif _is_name(name):
            authors.append(name)
        elif name and not _JOBS.search(name):
            return None
    return Byline(tuple(authors), source) if authors or source else None


def is_byline(text: str) -> bool:
    """Whether a line is a byline and nothing else."""
    return read_byline(text) is not None


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        0 < len(words) <= _WORDS_IN_A_NAME
        and any(word[0].isupper() for word in words)
        and all(
            (word[0].isupper() or word.lower() in _PARTICLES or word.lower().startswith("al-"))
            and not any(character.isdigit() for character in word)
            for word in words
        )
        and not _JOBS.search(text)
        and (text[-1] not in ".?!:" or len(words[-1]) <= 3)
    )


def read_dateline(text: str) -> Dateline | None:
    """Read the dateline at the head of a lead; None if there is none.

    >>> read_dateline("LONDON, Feb 1 (Reuters) - Shares rose.")
    Dateline(place='LONDON', date='', source='Reuters', end=26)
    """
    head = text[:200]
    for pattern in _DATELINES:
        if (match := pattern.match(head)) and match.end() < len(text):
            place, source = " ".join(match["place"].split()), match["source"]
            date = iso_date(" ".join((match["date"] or "").split())) or ""
            # "The President (left) - " is no dateline: a place not in capitals needs an agency.
            if place.partition(",")[0].isupper() or source.casefold() in _AGENCIES:
                return Dateline(place, date, source, match.end())
    return None


def apparatus(text: str) -> str | None:
    """Tell "correction", "note", "credit" or "related" for a block that is no part of the story.

    None for all other blocks, and for long ones: a paragraph may begin like a credit.
    """
    text = text.strip(_EMPHASIS)
    if _CORRECTION.match(text):
        return "correction"
    if _NOTE.match(text):
        return "note"
    if len(text) > _LONGEST_CREDIT:
        return None
    if _CREDIT.match(text) or _CONTRIBUTED.match(text):
        return "credit"
    return "related" if _RELATED.match(text) else None
