"""The names of authors in a value: a text of one or many, a list of names, objects with names."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.registry import LANGUAGES, newsrooms
from nutgraf_index.properties.values import is_none, plain_name, written_list

__all__ = ["AGENCIES", "PARTICLES", "Names", "names_of"]

# The names of agencies, in lower case. In a byline they are the source, not an author. Names that
# are also names of persons or plain words (Petra, Trend) are left out.
AGENCIES = words("""
    aa|aap|abc|abc news|accesswire|afp|agence france presse|agence france-presse|agencies|agerpres|
    al jazeera|anadolu agency|anadolu|anc|ani|anp|ansa|antara|ap|apa|associated press|
    the associated press|australian associated press|bbc|bbc news|belga|belta|bernama|bloomberg|
    bloomberg news|bss|business wire|businesswire|canada newswire|canadian press|cbc|cbc news|
    cbs|cbs news|china news service|cision|cna|cnn|cnn business|cnw|cox news service|
    deutsche presse-agentur|deutsche welle|dow jones|dow jones newswires|dpa|efe|ein presswire|
    fox news|globe newswire|globenewswire|hina|ians|inter press service|interfax|ips|irna|itar-tass|
    itv|jiji|jiji press|jta|knight ridder|knight ridder/tribune|kuna|kyodo|kyodo news|lusa|
    marketwire|marketwired|mct|mti|nbc|nbc news|newsfile|newsfile corp.|newhouse news service|npr|
    ntb|pa|pa media|pap|pbs|pr newswire|press association|press trust of india|prnewswire|prweb|ptc|
    pti|qna|rfe/rl|ria novosti|ritzau|rns|reuter|reuters|saba|sana|scripps howard news service|spa|
    sputnik|tanjug|tass|the canadian press|the press association|thomson reuters foundation|tns|
    tribune news service|ukrinform|unb|uni|united press international|upi|voa|wafa|wam|
    xinhua|xinhua news agency|yonhap|yonhap news agency|zenit|adnkronos|agência brasil|
    agência estado|agência lusa|agencia efe|askanews|afx|apa|dha|dpa-afx|epd|estadão conteúdo|
    europa press|folhapress|i̇ha|iha|keystone-sda|kna|notimex|sid|polska agencja prasowa|télam|
    telam|agencias|agências|agences|agenturen|тасс|итар-тасс|риа новости|ria новости|интерфакс|
    регнум|росбалт|укринформ|унн|рбк|белта|رويترز|أ ف ب|أ.ف.ب|فرانس برس|أ ب|أ.ب|أسوشيتد برس|
    د ب أ|د.ب.أ|أ ش أ|أ.ش.أ|الأناضول|واس|وام|قنا|سانا|وفا|كونا|بترا|وات|وكالات|شينخوا|سبوتنيك
""")
PARTICLES = spaced(
    "abu al bin bint da das de del della der des di do dos du el ibn la le st ten ter van von y zu"
)
_WORDS_IN_AGENCY = 3  # at most, of those that stand after a name
_MOST_WORDS = 5  # of a name beside another name
_LONGEST = 2_000  # characters
_SUFFIX = re.compile(
    r"(?:jr|sr|ph\.? ?d|m\.? ?d|m\.? ?a|esq|r\.? ?n|d\.? ?phil|cpa|obe|mbe)\.?|i{2,3}|iv", re.I
)
_INITIAL = re.compile(r"\b[^\W\d_a-z]\b")
_HAN = re.compile("[\u2e80-\u9fff\uac00-\ud7af]{2,5}")  # names without a blank
_BRACKETS = re.compile(r"(\S[^()]*?)\s*\(([^()]+)\)")
_WORD = re.compile(r"[^\W_]+")
# Words of houses and offices, which "and" does not part.
_HOUSE = re.compile(
    r"\b(?:agency|associat\w+|authority|board|bureau|center|centre|committee|company|corp\w*|"
    r"council|department|dept|executive|foundation|fund|group|guild|inc|institute|journal|llc|ltd|"
    r"magazine|media|ministry|network|news|newspaper|office|organi[sz]ation|post|press|quarterly|"
    r"review|school|service|services|society|sons|times|tribune|union|university)\b",
    re.I,
)
_ADDRESS = re.compile(r"\s*[<(]?\S+@\S+\.\w+[>)]?\s*")
_OTHER_JOINER = re.compile(r"\s+(?:und|et|y|e|ed|en|och|og|i|oraz|и|й|ve)\s+")
# Between a name and the agency that it is written with or for.
_BEFORE_AGENCY = spaced(
    "and at avec by com con e ed en et for from i in med met mit och of og und ve via with y z и с"
)
# What begins bylines in other languages, before a full name: "Von" and "Di" also begin names.
_OTHER_BY = re.compile(
    r"(?:(?i:(?:escrito |redactado )?por|par|door|von)\s+|di\s+|"
    r"(?:بقلم|كتب|كتبت|إعداد)(?:\s*:\s*|\s+)|"
    r"(?i:texte?|texto|testo|автор|текст|autor|autorin|tekst|yazan|haber)\s*:\s*)"
    r"(?=[^\W\d_a-z]\S*\s+(?:\S+\s+)?[^\W\d_a-z])"
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.I)
_FIRST = ("first", "firstname", "first_name", "given", "given_name", "givenName", "forename")
_MIDDLE = ("middle", "middlename", "middle_name")
_LAST = ("last", "lastname", "last_name", "family", "family_name", "familyName", "surname")
_WHOLE = (
    "name", "fullname", "full_name", "displayname", "display_name", "displayName", "original",
    "rendered", "byline", "author", "creator", "title", "value", "text", "#text", "$t", "label",
)  # fmt: skip


class Names(NamedTuple):
    """The authors that a value names, the house it names beside them, and whether words are left.

    `rest` is whether the value says more: jobs, places, addresses.
    """

    authors: tuple[str, ...] = ()
    source: str = ""
    rest: bool = False


def names_of(value: object) -> Names:
    """Return the names of authors in a value, in order and each once.

    >>> names_of("By Ann Lee and Bo Ek, Reuters")
    Names(authors=('Ann Lee', 'Bo Ek'), source='Reuters', rest=True)
    >>> names_of([{"name": "Ann Lee"}, "Lee, Bo; King, Martin, Jr."]).authors
    ('Ann Lee', 'Lee, Bo', 'King, Martin, Jr.')
    """
    authors: dict[str, None] = {}
    source, rest = "", False
    for text in _texts(value):
        found = _names_in(text)
        authors.update(dict.fromkeys(found.authors))
        source = source or found.source
        rest = rest or found.rest
    return Names(tuple(authors), source, rest)


def _texts(value: object, levels: int = 4) -> Iterator[str]:
    """Yield the texts of a value that may hold names."""
    if isinstance(value, str):
        if not is_none(value):
            yield from written_list(value) or [value]
    elif isinstance(value, list | tuple) and levels:
        for one in value:
            yield from _texts(one, levels - 1)
    elif isinstance(value, Mapping) and levels:
        first, middle, last = (_value_of(value, keys) for keys in (_FIRST, _MIDDLE, _LAST))
        for key in _WHOLE:
            if key in value and not is_none(value[key]):
                yield from _texts(value[key], levels - 1)
                return
        if first or last:
            yield " ".join(filter(None, (first, middle, last)))
            return
        people = (value[key] for key in ("person", "persons", "@list", "authors") if key in value)
        for one in people:
            yield from _texts(one, levels - 1)


def _value_of(value: Mapping[str, object], keys: tuple[str, ...]) -> str:
    found = (value[key] for key in keys if key in value)
    return next((one.strip() for one in found if isinstance(one, str) and not is_none(one)), "")


def _names_in(text: str) -> Names:
    """Return the names in a text: of one author, or of several between commas, "and" and so on."""
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    text = plain_name(" ".join("; ".join(lines).replace("By; ", "By ").split()))
    if len(text) > _LONGEST or _URL.fullmatch(text):
        return Names(rest=True)
    bare = _ADDRESS.sub(" ", text).strip(" ()<>") if "@" in text else text
    text, had_address = bare or text, bool(bare) and bare != text
    words = _words()
    text = words.by.sub("", text, count=1)
    if match := _OTHER_BY.match(text):
        text = text[match.end() :]
    authors: list[str] = []
    source = ""
    for part in re.split(r"\s*[;|、，]\s*|\s/\s", text.strip(" ,;|")):
        for piece in _parted(part, words):
            name, house = _without_house(piece)
            source = source or house
            short = words.tail.sub("", name)
            name = name if _HOUSE.search(short) else short
            is_name = not is_none(name) and any(map(str.isalpha, name))  # no number
            if is_name and not words.job.search(name):
                authors.append(name)
    said = {word for name in authors for word in _WORD.findall(name)}
    rest = had_address or any(
        word not in said and not words.link.fullmatch(word) for word in _WORD.findall(text)
    )
    return Names(tuple(authors), source, rest)


class _Words(NamedTuple):
    """The words around names in bylines, of all languages."""

    by: re.Pattern[str]
    joiner: re.Pattern[str]
    link: re.Pattern[str]
    tail: re.Pattern[str]
    job: re.Pattern[str]


@cache
def _words() -> _Words:
    known = [LANGUAGES[code].newsroom for code in newsrooms()]
    by = "|".join(words.by for words in known)
    joiner = "|".join((*(words.joiner for words in known), "with"))
    tail = "|".join(words.name_tail for words in known)
    job = "|".join(words.job for words in known)
    label = r"(?:author|byline|reporter|story|text|words|writer)s?\s*:\s*"
    return _Words(
        re.compile(
            rf"(?:(?:\w+ed|written|story|text|words)\s+)?(?:{by})(?::\s*|\s+)(?=\S)|{label}", re.I
        ),
        re.compile(rf",?\s+(?:(?:{joiner})\s+|&\s*)", re.I),
        re.compile(joiner, re.I),
        re.compile(rf"\s+(?i:{tail})\s+(?:(?i:the)\s+)?[^\W\d_a-z].*$"),
        re.compile(rf"\b(?:{job})\b", re.I),
    )


def _parted(text: str, words: _Words) -> list[str]:
    """Return the names that commas and "and" part."""
    by_joiner = [words.tail.sub("", part.strip(" ,")) for part in words.joiner.split(text)]
    if len(by_joiner) > 1:
        names = [name for part in by_joiner for name in _between_commas(part)]
        if all(_may_be_name(name) for name in names):
            return names
    # Of languages without a file: "José Ortega y Gasset" is one, and so both must be full names.
    others = [name for part in _OTHER_JOINER.split(text) for name in _between_commas(part)]
    is_full = (" " in name or name.casefold() in AGENCIES for name in others)
    if _OTHER_JOINER.search(text) and all(is_full) and all(map(_may_be_name, others)):
        return others
    return _between_commas(text)


def _between_commas(text: str) -> list[str]:
    """Return the names between commas; "Lee, Ann" and "Ann Lee, Jr." are one."""
    pieces: list[str] = []
    for piece in filter(None, (piece.strip() for piece in text.split(","))):
        if pieces and _SUFFIX.fullmatch(piece):
            pieces[-1] += f", {piece}"
        else:
            pieces.append(piece)
    if len(pieces) < 2 or (_HOUSE.search(text) and not _has_agency(pieces)):
        return [text.strip()] if len(pieces) < 2 else _without_jobs(pieces, text)
    if all(map(_HAN.fullmatch, pieces)):
        return pieces
    if len(pieces) % 2 == 0 and all(map(_is_surname, pieces[::2])):
        given = pieces[1::2]
        abbreviated = any(map(_INITIAL.search, given)) and all(map(_is_given, given))
        if abbreviated or (len(pieces) == 2 and _is_given(given[0])):
            return [f"{last}, {first}" for last, first in zip(pieces[::2], given, strict=True)]
    if any(" " in piece for piece in pieces):  # a single word beside a full name is a place
        full = [piece for piece in pieces if " " in piece or _has_agency([piece])]
        pieces = full if len(full) > 1 or len(pieces) == 2 else pieces
    return pieces


def _without_jobs(pieces: list[str], text: str) -> list[str]:
    """Return the names before the house that a text ends with, or the text whole."""
    names = [piece for piece in pieces if not _HOUSE.search(piece)]
    return names if names and " " in names[0] and names[0] == pieces[0] else [text.strip()]


def _is_surname(piece: str) -> bool:
    words = piece.split()
    free = [word for word in words if word.lower() not in PARTICLES]
    return len(free) == 1 and piece.casefold() not in AGENCIES


def _is_given(piece: str) -> bool:
    """Return whether a piece may be the given names after a surname: "Ann", "Ann B."."""
    words = piece.split()
    return (
        0 < len(words) <= 3 and piece.casefold() not in AGENCIES and not _words().job.search(piece)
    )


def _has_agency(pieces: list[str]) -> bool:
    return any(piece.casefold() in AGENCIES for piece in pieces)


def _may_be_name(text: str) -> bool:
    words = text.split()
    return (
        (
            0 < len(words) <= _MOST_WORDS
            and not _HOUSE.search(text)
            and all(
                word[0].isupper() or not word[0].isascii() or word.lower() in PARTICLES
                for word in words
            )
        )
        or text.casefold() in AGENCIES
        or bool(_words().job.search(text))
    )


def _without_house(name: str) -> tuple[str, str]:
    """Return the name and the house in a part of a byline; "The Times" has no name."""
    if match := _BRACKETS.fullmatch(name):
        within = match[2]
        is_house = within.casefold() in AGENCIES or _HOUSE.search(within)
        return match[1], within if is_house else ""
    if name.casefold() in AGENCIES or name.startswith(("The ", "THE ")):
        return "", name
    words, house, is_upper = name.split(), "", name.isupper()
    while size := _size_of_agency(words):
        before = words[-size - 1]
        joined = (before.lower() if is_upper else before) in _BEFORE_AGENCY  # not E of "John E AFP"
        if not joined and len(words) == size + 1:
            break  # "Port Reuters" is a house
        house = " ".join(words[-size:])
        words = words[: -size - joined]
    if not house:
        return name, ""
    name = " ".join(words)
    return ("", name) if name.casefold() in AGENCIES else (name, house)


def _size_of_agency(words: list[str]) -> int:
    """Return of how many words the agency is that stands after other words; 0 without one."""
    sizes = range(min(_WORDS_IN_AGENCY, len(words) - 1), 0, -1)
    return next((n for n in sizes if " ".join(words[-n:]).casefold() in AGENCIES), 0)
