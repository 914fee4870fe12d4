"""Titles: the headline of an article as printed, without labels, marks and the house's name."""

import re
from collections import Counter
from collections.abc import Sequence, Set

from nutgraf_index.analysis.languages.newsroom import NewsroomWords
from nutgraf_index.passages.bylines import Bylines
from nutgraf_index.passages.completion.houses import bare_line
from nutgraf_index.properties.header_block import field_of
from nutgraf_index.properties.keys import property_of

__all__ = ["Titles"]

_WORDS_IN_A_HOUSE = 7
_MOST_HOUSES = 3  # "Pier closes | News | The Post"
_WORDS_IN_A_TITLE = 2  # at least, before the name of a house
_SHARED_IN_PAGE_TITLE = 1 / 3  # of the words of the shorter of a page's title and a headline
_SHARED = 0.4  # of the words of the longer of two headlines with one meaning
_LONGEST_HEADLINE = 250  # characters
_EMPHASIS = re.compile(r"([*_]{1,3})(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\]\n]*)\]\([^)\n]*\)")
_SEPARATOR = re.compile(r"\s+(?:[|»·•]|::|--?|[–—])\s+")
# Where the headline stands alone as well, and shows where the name begins or ends.
_ANY_SEPARATOR = re.compile(r"\s+[-–—|•·:»«/]+\s+")
_BARS = "|»·•:"
# "PHOTO ESSAY;" and "COUNTY ROUNDUP: CITYWIDE;" over the headline; a longer line is a headline.
_KICKER = re.compile(r"(?:[^a-z;]{3,60}: )?[^a-z;\s]+(?: [^a-z;\s]+){0,2};")
# A line of a wire's header: "r i &Cx13; &Cx11; BC-Pier 06-04 0680", "BC-Pier, 2nd Ld".
_WIRE_LINE = re.compile(r".*&Cx\w\w;.*|[A-Z]{2}-{1,2}[A-Z]\S*(?:[, ].{0,30})?")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,6}", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_NO_HEADLINES: Counter[str] = Counter()


class Titles:
    """Reads titles from the headlines of a language."""

    def __init__(self, words: NewsroomWords, bylines: Bylines) -> None:
        self._office = re.compile(rf"(?:{words.office})s?", re.IGNORECASE)
        self._small = words.house_words
        self._bylines = bylines

    def read(self, headlines: Sequence[str], decks: Set[int] = frozenset()) -> str:
        """Return the title that the headlines of an article give, in order; empty if none does.

        A headline that is printed twice is the title. The title of a page ends with the name of its
        house; the headline of the article may have other words. `decks` are the numbers of the
        headlines that stand right below another one: such a line is no second form of the title.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").titles.read(["Pier closes | The Post", "Nobody was asked"])
        'Pier closes'
        """
        rows = [
            (line, number in decks)
            for number, text in enumerate(headlines)
            if (line := _as_printed(_without_desk_lines(text)))
        ]
        if not rows:
            return ""
        if len(rows) > 1 and _KICKER.fullmatch(rows[0][0]):
            rows = rows[1:]  # "ROUNDUP: COUNTY;" over the headline
        printed = [line for line, _ in rows]
        known = Counter(map(_folded, printed))
        bare = [self.without_house(line, known) for line in printed]
        counts = known if bare == printed else Counter(map(_folded, bare))
        first, is_page_title = bare[0], bare[0] != printed[0]
        if counts[_folded(first)] > 1 or len(bare) == 1:
            return first
        openings = [_as_printed(text.partition("\n")[0]) for text in headlines if "\n" in text]
        if is_page_title and (
            opening := next((line for line in openings if _folded(line) == _folded(first)), "")
        ):
            return opening
        for line, (_, is_deck) in zip(bare[1:], rows[1:], strict=True):
            if is_deck and not is_page_title:
                continue
            shorter, longer = _shared(first, line)
            is_same = longer >= _SHARED or (is_page_title and shorter >= _SHARED_IN_PAGE_TITLE)
            if is_same and len(line) <= _LONGEST_HEADLINE and line[-1] != ".":
                return line
        return first

    def without_house(self, title: str, known: Counter[str] = _NO_HEADLINES) -> str:
        """Return a title without the name of the house that a page adds at its end.

        `known` are the folded headlines of the article: a headline that stands without the name
        shows where the name begins.
        """
        for last in list(_SEPARATOR.finditer(title))[: -_MOST_HOUSES - 1 : -1]:
            head, tail = title[: last.start()].rstrip(), title[last.end() :].strip()
            is_long = len(_WORD.findall(head)) >= _WORDS_IN_A_TITLE
            if not (is_long and tail and self._is_house(last[0].strip(), head, tail, known)):
                break
            title = head
        return title

    def are_same(self, headline: str, other: str) -> bool:
        """Return whether two headlines of an article differ at most by the name of a house.

        The name is at the end or at the beginning of one of them: the other shows where it is.
        Longer texts than headlines are not compared.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").titles.are_same("The Post: news | PIER closes", "Pier closes")
        True
        """
        shorter, longer = sorted((headline, other), key=len)
        if len(longer) > _LONGEST_HEADLINE:
            return False
        alone = _folded(shorter)
        if not alone or alone == _folded(longer):
            return bool(alone)
        for sign in _ANY_SEPARATOR.finditer(longer):
            parts = [_folded(longer[: sign.start()]), _folded(longer[sign.end() :])]
            if alone in parts:
                parts.remove(alone)
                return 0 < len(parts[0].split()) <= _WORDS_IN_A_HOUSE
        return False

    def _is_house(self, sign: str, head: str, tail: str, known: Counter[str]) -> bool:
        words = tail.split()
        if known[_folded(head)]:
            return True
        if len(words) > _WORDS_IN_A_HOUSE:
            return False
        if self._bylines.houses.agency(tail) or _DOMAIN.fullmatch(tail):
            return True
        is_capitalised = all(word[0].isupper() or word in self._small for word in words)
        if sign in _BARS or sign == "::":
            return is_capitalised or not tail.islower()
        if not is_capitalised or tail[-1] in ".?!":
            return False
        return self._bylines.houses.is_house(tail) or bool(
            len(words) > 1 and self._office.fullmatch(words[-1].strip(".,"))
        )


def _without_desk_lines(headline: str) -> str:
    r"""Return a headline without a line said twice, the desk's word above it, and a speaker below.

    >>> _without_desk_lines("Debate Question 6\nQuestion 6\nMS. ORLO:")
    'Question 6'
    """
    if "\n" not in headline:
        return headline
    lines = [line.strip() for line in headline.split("\n")]
    while len(lines) > 1 and _WIRE_LINE.fullmatch(lines[0]):
        lines.pop(0)
    if lines[0].isalpha() and lines[0].islower() and lines[1:] and not lines[1][:1].islower():
        lines = lines[1:]  # "usa" over "Pier Closes"
    while len(lines) > 1 and lines[-1].endswith(":"):
        lines.pop()
    if len(lines) == 2 and f" {lines[0]}".endswith(f" {lines[1]}"):
        lines = lines[1:]
    return "\n".join(lines)


def _as_printed(headline: str) -> str:
    """Return a headline in one line, without a label, emphasis, links and the marks of agencies."""
    text = " ".join(bare_line(" ".join(headline.split())).split())
    if (field := field_of(text)) and property_of(field.key) == "title" and field.value:
        text = field.value
    text = _LINK.sub(r"\1", text) if "](" in text else text
    if text[:1] in ("*", "_") and (match := _EMPHASIS.fullmatch(text)):
        text = match[2]
    return text.strip()


def _folded(line: str) -> str:
    return " ".join(_WORD.findall(line.casefold()))


def _shared(first: str, second: str) -> tuple[float, float]:
    """Return the shares of the words of the shorter and of the longer line that both have."""
    one, other = set(_WORD.findall(first.casefold())), set(_WORD.findall(second.casefold()))
    count, sizes = len(one & other), sorted((len(one), len(other)))
    return count / max(1, sizes[0]), count / max(1, sizes[1])
