"""Bylines: the authors of an article, and the agency or newspaper they write for."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf_index.analysis.languages.newsroom import NewsroomWords
from nutgraf_index.passages.completion.houses import (
    Houses,
    bare_line,
    is_capitalised,
    is_uncased,
    without_addresses,
)
from nutgraf_index.properties.authors import AGENCIES, PARTICLES

__all__ = ["AGENCIES", "PARTICLES", "Byline", "Bylines"]

_BOUND_PARTICLES = ("al-", "el-", "d'", "d’", "o'", "o’")
_EMPHASIS = "*_ \t"
_DEGREE = re.compile(r"(?:ph\.? ?d|m\.? ?d|m\.? ?a|esq|r\.? ?n|cpa)\.?", re.IGNORECASE)
_GENERATION = re.compile(r"(?:jr|sr)\.?|i{2,3}|iv", re.IGNORECASE)
_WORDS_IN_A_NAME = 6
_WORDS_IN_CAPITALS = 4
_WORDS_IN_A_HOUSE = 3  # more are a name and a house
_WORDS_IN_A_JOB = 9
_WORDS_IN_A_WRITER = 6  # a name and a job; more are a headline
_WORDS_IN_A_SIGNATURE = (2, 4)
_PIECES_IN_A_SIGNATURE = 4
_LONGEST_BYLINE = 200  # characters
_LONGEST_LINKED = 1000  # characters of a byline with links
_LONGEST_LINE = 100
_LONGEST_ABBREVIATION = 4  # with its full stop
_PIECES = re.compile(r"\s*,\s*|\s+[|–—-]\s+|\s*[|()/]\s*")
_PARTING = ",|–—-()/"  # one of these is between two pieces
_FIELDS = re.compile(r"\s+(?:\|\s+[^\W\d_]\w*: [^|]*+)+$")
_JOINT = re.compile(r"(?<=[a-z]{2})(?=[A-Z][a-z]+ )")
_BEFORE_CAPITALS = PARTICLES | {"mac", "fitz", "vande", "vanden", "vander"}  # "Ian MacDonald"
_DASHES = re.compile(r"[-–—―~]{1,3}\s*(?=\w)")


class Byline(NamedTuple):
    """The authors in a byline, and the agency or newspaper; each empty if the byline has none."""

    authors: tuple[str, ...]
    source: str


class Bylines:
    """Recognises and reads the bylines of a language, the lines under them, and signatures."""

    def __init__(self, words: NewsroomWords) -> None:
        def pattern(expression: str) -> re.Pattern[str]:
            return re.compile(expression, re.IGNORECASE)

        by = f"(?:{words.by})"
        self._small_by = tuple(words.by.split("|"))
        self.capital_by = tuple(
            case for word in self._small_by for case in (word.capitalize(), word.upper())
        )
        self._hint = re.compile("|".join(map(re.escape, self.capital_by)))
        joiner = f"(?:{words.joiner})"
        self.joiners = tuple(words.joiner.split("|"))
        self._joiners = tuple(f" {word}" for word in self.joiners)
        # Pages run the parts of a byline together: "byMaja Orlo", "Maja Orlo2 hours ago".
        self._glued_by = re.compile(rf"{by}(?=[^\W\d_a-z][^\W\d_A-Z])")
        self._by = pattern(
            rf"(?:(?:{words.wrote})\s+){{0,2}}{by}[\s\u00a0:]+(?=\S)|(?-i:{self._glued_by.pattern})"
        )
        self._by_break = pattern(rf"((?:(?:{words.wrote})\s+)?{by}:?)\s*\n\s*")
        self._alone = pattern(rf"(?:(?:{words.wrote})\s+)?{by}\s*:?")
        self._label = pattern(rf"(?:{words.byline_label})\s*:\s*")
        self.houses = Houses(words)
        self._office = pattern(f"(?:{words.office})s?")
        self._writer = pattern(words.writer)
        self._and = pattern(rf"\s+(?:{words.joiner}|{words.name_joiner}|&)\s+")
        self._others = pattern(rf"[\s,&]*(?:\b{joiner}\b\s*)?\b(?:{words.others})\b.*$")
        self._day_or_month = pattern("|".join((words.weekday, *words.months)))
        self._weekday = pattern(rf"\b{words.weekday}\b")
        # Pages print it beside the name: "Maja Orlo  Send an email  20 hours ago".
        self._age = re.compile(
            rf"(?:\s(?:\s+|(?<=\n))|(?<=[^\W\d_]{{2}})(?=\d))(?:{words.age})\b.*", re.I | re.S
        )
        self._placed = pattern(
            rf"(?P<name>[^()\[\]]+?)[\"”»]?\s*(?:[(\[](?P<within>[^()\[\]]+)[)\]]|\s(?:{words.name_tail})\s+"
            r"(?P<after>.+))\W*"
        )
        self._labels = words.labels
        self._not_names = words.not_names
        self._longest_by = max(map(len, self._small_by))
        self._no_name_words = self.houses.small_words - PARTICLES

    def read(self, text: str, *, lenient: bool = False) -> Byline | None:
        """Read a byline such as "By NAME", with names, agency or job title; None for other text.

        An anonymous byline ("By a Staff Reporter") has no authors. If `lenient`, anything but a
        sentence may follow a full name: "By Jane Roe, our woman in Rome".

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> Bylines(ENGLISH.newsroom).read("By Jane Roe and John Doe, Reuters")
        Byline(authors=('Jane Roe', 'John Doe'), source='Reuters')
        """
        if len(text) > (_LONGEST_LINKED if "](" in text else _LONGEST_BYLINE):
            return None
        text = bare_line(self._by_break.sub(r"\1 ", text, count=1) if "\n" in text else text)
        labelled = self._label.match(text)
        if labelled:
            # Other fields may stand in the same line: "Byline: Jane Roe | Section: Local".
            text = _FIELDS.sub("", text[labelled.end() :])
        match = self._by.match(text)
        if match is None and not labelled:
            return None
        return self._lines(text[match.end() if match else 0 :], lenient=lenient)

    def read_names(self, text: str) -> Byline | None:
        """Read what may stand after "By", without it; None for text that may not."""
        return self._lines(text) if 0 < len(text) <= _LONGEST_BYLINE else None

    def _lines(self, text: str, *, lenient: bool = False) -> Byline | None:
        """Read the names that stand after "By", and the houses in the lines below them."""
        names, *below = text.split("\n")
        byline = self._names(names, lenient=lenient)
        if byline is None or not below:
            return byline
        houses = [self.houses.second_line(line) for line in below]
        if None in houses:
            return None
        return byline._replace(source=byline.source or next(filter(None, houses), ""))

    def _names(self, text: str, *, lenient: bool = False) -> Byline | None:
        """Read what stands after "By": names, houses, jobs and places."""
        text = self._unglued(self._others.sub("", text))
        text = without_addresses(text, " ").strip(_EMPHASIS + ",;|/-–—\n")
        authors: list[str] = []
        source = ""
        anonymous = False
        is_sentence = text[-1:] in (".", "?") and len(text.split()[-1]) > _LONGEST_ABBREVIATION
        lenient = lenient and text[-1:] not in (".", "?")
        for part in self.houses.piece_break.split(text):
            piece = part.strip(_EMPHASIS)
            tail = self.houses.tail.search(piece)
            if tail and (authors or tail.start()) and self.houses.is_house(tail[1]):
                source = source or tail[1]
            name, agency = _without_agency(self.houses.tail.sub("", piece))
            is_house = self.houses.has_paper(agency) and self.houses.is_house(agency)
            if agency and not (authors or is_house):
                return None  # "By The Numbers"
            source = source or self.houses.without_article(agency)
            if authors and _GENERATION.fullmatch(name):
                authors[-1] += f", {name}"
            elif (jobs := list(self.houses.job.finditer(name))) and not is_sentence:
                holder = name[jobs[-1].end() :].strip()  # "reporter Jane Roe"
                if not (authors or holder) and (
                    author := self._before_job(name[: jobs[0].start()])
                ):
                    holder, name = author, name[len(author) :].strip()
                if len(name.split()) > _WORDS_IN_A_JOB or (holder and not _is_name(holder)):
                    return None
                anonymous = True
                authors += [holder] if " " in holder else []
                source = source or self.houses.second_line(name) or ""
            elif name and self._is_house(name, is_beside=bool(authors)):
                source = source or name
            elif authors and self._is_aside(name):
                continue
            elif _is_name(name) and self._may_be_name(name):
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

    def _is_aside(self, name: str) -> bool:
        """Return whether a piece after a name is a place, a degree or an institution."""
        is_place = name.casefold().rstrip(".") in self.houses.places
        last = name.split()[-1] if name else ""
        return is_place or bool(_DEGREE.fullmatch(name) or self._office.fullmatch(last))

    def _before_job(self, text: str) -> str:
        """Return the name before a house or beat and a job: "Jane Roe" of "Jane Roe Port Post"."""
        words = text.split()
        capitals = 0
        while capitals < len(words) and words[capitals].isupper():
            capitals += 1
        agency = next(
            (n for n in range(len(words)) if " ".join(words[n:]).casefold() in AGENCIES), 0
        )
        is_mixed = _WORDS_IN_A_SIGNATURE[0] <= capitals < len(words)
        count = agency or (capitals if is_mixed else _WORDS_IN_A_SIGNATURE[0])
        if len(words) > count and len(words[count - 1].strip(".")) == 1:
            count += 1  # "Jane B. Roe"
        name, rest = " ".join(words[:count]), " ".join(words[count:])
        is_rest = not rest or len(words) - count <= 1 or self.houses.is_house(rest)
        is_name = self._is_full_name(name) and self._may_be_name(name)
        is_house = self.houses.is_house(text.strip()) and not (
            is_mixed or (len(words) > _WORDS_IN_A_HOUSE and self.houses.is_house(rest))
        )
        return name if is_name and is_rest and not is_house else ""

    def _may_be_name(self, name: str) -> bool:
        """Return whether words that follow "By" may be a name; "Any Means" may not."""
        first = name.split()[0].casefold()
        is_known = first in self._not_names or name.casefold() in self._not_names
        is_label = not self._labels.isdisjoint(name.casefold().split())
        return not (is_known or is_label or ":" in name or self._weekday.search(name))

    def _is_house(self, name: str, *, is_beside: bool) -> bool:
        return self.houses.is_house(name) if is_beside else self.houses.is_surely_house(name)

    def begins(self, text: str) -> bool:
        """Return whether a text begins with "By" or "BY"."""
        return text.startswith(self.capital_by)

    def opens(self, text: str) -> bool:
        """Return whether a text begins with the letters of "By", in any case."""
        return text[: self._longest_by].casefold().startswith(self._small_by)

    def is_label(self, text: str) -> bool:
        """Return whether a line is "By" or "Written by" alone, with the name in the next line."""
        return self._alone.fullmatch(text) is not None

    def names_office(self, text: str) -> bool:
        """Return whether the last word of a name is that of an office, as "Harbour Board" has."""
        return self._office.fullmatch(text.split()[-1]) is not None

    def is_second_line(self, text: str) -> bool:
        """Return whether a line under a name says the writer's job, house or address."""
        return self.houses.second_line(text) is not None

    def signature(self, text: str, *, named: bool = False) -> Byline | None:
        """Read a signature: a name after a dash, or before a house; None for any other line.

        If `named`, the line is known to be a byline or a signature, and a name alone is one, too.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> bylines = Bylines(ENGLISH.newsroom)
        >>> bylines.signature("-- JANE ROE, The Post")
        Byline(authors=('JANE ROE',), source='The Post')
        >>> bylines.signature("JANE ROE"), bylines.signature("JANE ROE", named=True).authors
        (None, ('JANE ROE',))
        """
        if len(text) > _LONGEST_LINKED:
            return None
        text = self._unglued(bare_line(self._age.sub("", text)))
        if not 0 < len(text) <= _LONGEST_LINE or "\n" in text or text[-1] == ":":
            return None
        dash = _DASHES.match(text)
        text = text[dash.end() :] if dash else text
        if self._by.match(text):
            return self.read(text)
        bare = without_addresses(text)
        parts = _PIECES.split(bare) if any(map(bare.__contains__, _PARTING)) else [bare]
        pieces = list(filter(None, map(str.strip, parts)))
        if not pieces:
            return None
        first, *rest = [self.houses.tail.sub("", piece) or piece for piece in pieces]
        is_last = bool(rest) and any(f"{joiner} " in rest[-1] for joiner in self._joiners)
        others = rest[:-1] if is_last else rest
        if (is_last or len(rest) > 1) and all(map(self._is_full_name, others)):
            first, rest = text, []  # three names, or names of which the last stands after "and"
        if named and not rest and self.houses.job.search(first):
            return self._names(first)
        names = [name for part in first.split(",") for name in self._and.split(part)]
        # The agency that reports, too, may stand after a name: "Jane Roe and AP".
        persons = [name for name in names if not self.houses.agency(name)]
        if not (persons and all(map(self._is_full_name, persons))):
            return None
        if len(rest) > _PIECES_IN_A_SIGNATURE:
            return None
        houses = list(map(self.houses.second_line, rest))
        small = self.houses.small_words
        if not all(
            house is not None or is_capitalised(piece, small)
            for house, piece in zip(houses, rest, strict=True)
        ):
            return None
        agencies = [self.houses.agency(name) for name in names if name not in persons]
        source = next(filter(None, houses), agencies[0] if agencies else "")
        if not source and len(rest) == 1:
            is_day = self._day_or_month.fullmatch(rest[0])
            source = rest[0] if not is_day and self.houses.is_new_house(rest[0]) else ""
        byline = self._names(first) if dash or source or named else None
        return byline._replace(source=source) if byline and byline.authors else None

    def names_writer(self, text: str) -> bool:
        """Return whether a line without "By" says who wrote the article: with a job or its age.

        >>> from nutgraf_index.analysis.languages.english import ENGLISH
        >>> bylines = Bylines(ENGLISH.newsroom)
        >>> bylines.names_writer("Jane Roe Health editor"), bylines.names_writer("Jane Roe")
        (True, False)
        """
        if len(text) > _LONGEST_LINE:
            return False
        if text[:1].islower():
            byline = self.read(text) if self._glued_by.match(text) else None
            return byline is not None and " " in "".join(byline.authors[:1])
        first, _, _ = text.partition("\n")
        if not text.isascii() and any(map(is_uncased, text[:2] + text[-1:])):
            return self._is_placed(text)
        if self._age.search(first):
            return self._is_full_name(self._age.sub("", first).strip())
        if text != self._unglued(text):
            return True
        words = text.split()
        if len(words) > _WORDS_IN_A_WRITER or not self._writer.fullmatch(words[-1]):
            return False
        start = " ".join(words[:2])
        byline = self.signature(text, named=True) if self._is_full_name(start) else None
        return byline is not None and bool(byline.authors)

    def _unglued(self, text: str) -> str:
        """Return a line with a comma between a full name and the job or house that runs on it.

        "Maja OrloPort Editor" has a job; "Ann McDonald" has none. Only a name of two words is
        cut, as the third may be a house: "Jane Roe HuffPost Reporter". A handle of the same letters
        is left out: "Maja Orlo@MajaOrlo".
        """
        if len(text) > _LONGEST_LINE:
            return text
        name, _, handle = text.partition("@")
        if handle.casefold() == name.replace(" ", "").casefold() and self._is_full_name(name):
            return name
        for joint in _JOINT.finditer(text):
            name, rest = text[: joint.start()], text[joint.start() :]
            parts = [part for part in name.split() if len(part.strip(".")) > 1]
            if (
                len(parts) == _WORDS_IN_A_SIGNATURE[0]
                and parts[-1].casefold() not in _BEFORE_CAPITALS
                and self._is_full_name(name)
                and self.houses.second_line(rest) is not None
            ):
                return f"{name}, {rest}"
        return text

    def _is_placed(self, text: str) -> bool:
        """Return whether a line of a script without capitals is a writer with a known city.

        Without capitals nothing else tells a name: "واس (جدة)", "محمد علي من الرياض". An agency
        does, too.
        """
        text = text.replace("&nbsp;", " ").strip(' "“”«»:')
        if self.houses.agency(re.split(r"\s[-–—]\s", text)[-1]):
            return True
        match = self._placed.fullmatch(text)
        if match is None:
            return False
        least, most = _WORDS_IN_A_SIGNATURE
        count, place = len(match["name"].split()), match["within"] or match["after"]
        return count <= (most if match["within"] else least) and place.strip() in self.houses.places

    def _is_full_name(self, text: str) -> bool:
        """Return whether words may be the full name of a person, and no other words in capitals."""
        words = text.split()
        least, most = _WORDS_IN_A_SIGNATURE
        folded = text.casefold()
        return (
            least <= len(words) <= most
            and not is_uncased(words[0][0])
            and _is_name(text)
            and self._may_be_name(text)
            and len(words[-1]) > 1
            and self._no_name_words.isdisjoint(folded.split())
            and folded not in self._not_names
            and folded not in self.houses.places
            and not (self.houses.is_house(text) or self.houses.job.search(text))
        )

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
        line = bare_line(line)
        return (
            line.startswith(self.capital_by)
            and line[-1] not in ",;&"
            and (not line.lower().endswith(self._joiners) and self.read(line) is not None)
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
        and any(word[0].isupper() or is_uncased(word[0]) for word in words)
        and all(map(_is_name_word, words))
        and (text[-1] not in ".?!:" or len(words[-1]) <= 3)
        # "BY FAILING TO MEND THE OLD PIER" goes on a headline.
        and (len(words) <= _WORDS_IN_CAPITALS or not text.isupper())
    )


def _is_name_word(word: str) -> bool:
    is_free = word[0].isupper() or word.lower() in PARTICLES or is_uncased(word[0])
    is_bound = word.lower().startswith(_BOUND_PARTICLES)
    return (is_free or is_bound) and not any(character.isdigit() for character in word)
