"""Bylines: the authors of an article, and the agency they write for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf_index.analysis.languages.language import NewsroomWords
from nutgraf_index.properties.authors import AGENCIES, PARTICLES

__all__ = ["AGENCIES", "PARTICLES", "Byline", "Bylines"]

_BOUND_PARTICLES = ("al-", "el-", "d'", "d’", "o'", "o’")
_EMPHASIS = "*_ \t"
_GENERATION = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_WORDS_IN_A_NAME = 6
_LONGEST_BYLINE = 200  # characters


class Byline(NamedTuple):
    """The authors in a byline, and the agency or newspaper; each empty if the byline has none."""

    authors: tuple[str, ...]
    source: str


class Bylines:
    """Recognises and reads the bylines of a language."""

    def __init__(self, words: NewsroomWords) -> None:
        def pattern(expression: str) -> re.Pattern[str]:
            return re.compile(expression, re.IGNORECASE)

        self._capital_by = (words.by.capitalize(), words.by.upper())
        self._hint = re.compile("|".join(map(re.escape, self._capital_by)))
        self._joiner = f" {words.joiner}"
        self._by = pattern(rf"{words.by}[ \t\u00a0:]+(?=\S)")
        self._name_break = pattern(rf"\s*(?:[,;|/&]|\b{words.joiner}\b)\s*")
        self._name_tail = re.compile(rf"(?:^|\s+)(?:{words.name_tail})\s+[^\W\d_a-z].*$")
        self._job = pattern(rf"\b(?:{words.job})\b")
        self._day_or_month = pattern(f"{words.weekday}|{'|'.join(words.months)}")

    def read(self, text: str, *, lenient: bool = False) -> Byline | None:
        """Read a byline such as "By NAME", with names, agency or job title; None for other text.

        An anonymous byline ("By a Staff Reporter") has no authors. If `lenient`, anything but a
        sentence may follow a full name: "By Jane Roe, our woman in Rome".

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> Bylines(ENGLISH.newsroom).read("By Jane Roe and John Doe, Reuters")
        Byline(authors=('Jane Roe', 'John Doe'), source='Reuters')
        """
        if len(text) > _LONGEST_BYLINE:
            return None
        text = text.strip(_EMPHASIS)
        match = self._by.match(text)
        if match is None:
            return None
        authors: list[str] = []
        source = ""
        anonymous = False
        lenient = lenient and text[-1] not in ".?"
        for piece in self._name_break.split(text[match.end() :]):
            name, agency = _without_agency(self._name_tail.sub("", piece.strip(_EMPHASIS)))
            source = source or agency
            if authors and _GENERATION.fullmatch(name):
                authors[-1] += f", {name}"
            elif self._job.search(name):
                anonymous = True
            elif _is_name(name):
                authors.append(name)
            elif name and not (lenient and " " in "".join(authors[:1])):
                return None
        if len(authors) > 1:  # a single word beside a full name is a place
            authors = [name for name in authors if " " in name] or authors
        if authors and all(map(self._day_or_month.fullmatch, authors)):
            return None
        if authors and not source and not any(" " in name for name in authors):
            return None  # more often the title of a table: "By Age"
        return Byline(tuple(authors), source) if authors or source or anonymous else None

    def lines(self, text: str, lines: Sequence[str]) -> set[int]:
        """Return the numbers of the lines of a text that are bylines.

        `lines` are the lines of the text without white space at both ends. Only lines with "By" or
        "BY" are parsed.
        """
        numbers: set[int] = set()
        number = start = 0
        for hint in self._hint.finditer(text):
            number += text.count("\n", start, hint.start())
            start = hint.start()
            numbers.add(number)
        return {number for number in numbers if self.is_byline(lines[number])}

    def is_byline(self, line: str) -> bool:
        """Return whether a line of wrapped text is a byline and nothing else.

        A sentence may wrap before "by Jane Roe and". So "By" must be capitalised, and the
        line must not end with a comma or a joiner.
        """
        line = line.strip(_EMPHASIS)
        return (
            line.startswith(self._capital_by)
            and line[-1] not in ",;&"
            and (not line.lower().endswith(self._joiner) and self.read(line) is not None)
        )


def _without_agency(name: str) -> tuple[str, str]:
    """Return the name and the agency in a part of a byline; "The Times" has no name."""
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
    is_free = word[0].isupper() or word.lower() in PARTICLES
    is_bound = word.lower().startswith(_BOUND_PARTICLES)
    return (is_free or is_bound) and not any(character.isdigit() for character in word)
