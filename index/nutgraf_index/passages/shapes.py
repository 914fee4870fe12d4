"""Finds the passages whose words tell their role, by the table of shapes of a language."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from nutgraf_index.analysis.languages.language import NewsroomWords
from nutgraf_index.analysis.languages.shape import Shape
from nutgraf_index.properties.authors import AGENCIES, PARTICLES

__all__ = ["Shapes"]

_KEY = 3  # characters at both ends of a passage, by which nearly all are dismissed
_SEPARATORS = " \n\t\u00a0:;,.-–—)]"  # after words that are shorter than a key
# A passage that begins with a mark may be anything; a quotation mark begins a paragraph.
_MARKS = frozenset("*_ \t([{<!#>|•·∙-–—»@©~=+/\\&►▶…^$%0123456789✕×☰←→‹›«■●")
_EMPHASIS = "*_~` \t"
_BULLETS = "*_~ \t—–-•·∙»>|►▶→■●+"
_CLOSINGS = ("", ".", ").", ")", ".)", "]", ".]", ":", "*", "_", ".*", "._")
_BRACKETS = {"(": ")", "[": "]"}
_WORDS = r"[^\W\d_]"
_CAPITAL = r"[^\W\d_a-z]"
_PARTICLES = "|".join(sorted(PARTICLES))
_NAME = (
    rf"(?-i:{_CAPITAL}[\w.'-]*(?: (?:(?:{_PARTICLES}) )?(?:\"[\w. ]{{1,20}}\"|{_CAPITAL}[\w.'-]*))"
    r"{0,4})"
)
_NAMES = rf"{_NAME}(?:(?:, and |, | and | & |; |/){_NAME}){{0,9}}"
_AGENCY = f"(?:{'|'.join(map(re.escape, sorted(AGENCIES, key=len, reverse=True)))})"
_PLACEHOLDERS = {"{names}": _NAMES, "{name}": _NAME, "{agency}": _AGENCY}
_LINK = re.compile(r"!?\[([^\]\n]{0,300})\](?:\([^)\n]{0,400}\)|\[[^\]\n]{0,60}\])")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_LOWER_WORD = re.compile(r"(?<![\w'@./-])[^\W\d_A-Z][^\W\d_]*(?![\w@/-]|\.\w)")
_TYPOGRAPHY = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})


class _Row:
    """A shape with its compiled pattern, its place in the table and its plain words."""

    def __init__(self, number: int, shape: Shape) -> None:
        self.number = number
        self.shape = shape
        self.begins = tuple(filter(None, shape.begins.split("|")))
        self.ends = tuple(filter(None, shape.ends.split("|")))
        self._pattern: re.Pattern[str] | None = None

    def matches(self, text: str) -> bool:
        """Return whether the shape's pattern matches a text from end to end."""
        if self._pattern is None:  # an article needs few of them
            self._pattern = re.compile(self._expression(), re.IGNORECASE | re.DOTALL)
        return self._pattern.fullmatch(text) is not None

    def _expression(self) -> str:
        expression = self.shape.pattern
        for placeholder, words in _PLACEHOLDERS.items():
            expression = expression.replace(placeholder, words)
        if self.begins:
            expression = f"{_any_of(self.begins)}(?:{expression})"
        elif self.ends:
            expression = f"(?:{expression}){_any_of(self.ends)}"
        return rf"{expression}\W{{0,5}}"


def _any_of(phrases: Sequence[str]) -> str:
    """Return a regular expression for one of some phrases that no longer word has as a part."""
    inner = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
    return rf"(?<!\w)(?:{inner})(?:(?<!\w)|(?!\w))"


class Shapes:
    """The table of shapes of a language.

    >>> from nutgraf_index.passages.newsroom import newsroom_of
    >>> found = newsroom_of("en").shapes.find(["Read more: Ferry runs aground", "She read more."])
    >>> {index: shapes[0].role.value for index, shapes in found.items()}
    {0: 'related'}
    """

    def __init__(self, words: NewsroomWords) -> None:
        rows = [_Row(number, shape) for number, shape in enumerate(words.shapes)]
        self._credit_words = PARTICLES | words.credit_words
        self._longest = max((row.shape.longest for row in rows), default=0)
        self._beginning: dict[str, list[_Row]] = defaultdict(list)
        self._ending: dict[str, list[_Row]] = defaultdict(list)
        self._within: dict[str, list[_Row]] = defaultdict(list)
        self._free: list[_Row] = []
        self._openings: frozenset[str] = frozenset()
        self._endings: frozenset[str] = frozenset()
        openings: set[str] = set()
        endings: set[str] = set()
        for row in rows:
            for key in {phrase[:_KEY] for phrase in row.begins}:
                self._beginning[key].append(row)
            for key in {phrase[-_KEY:] for phrase in row.ends}:
                self._ending[key].append(row)
            for phrase in row.begins:
                openings.update(_keys(phrase))
            for phrase in row.ends:
                endings.update(_last_keys(phrase))
            if row.shape.within:
                self._within[row.shape.within].append(row)
            elif not (row.begins or row.ends):
                self._free.append(row)
        self._openings, self._endings = frozenset(openings), frozenset(endings)
        self._hints = [(hint, tuple(set(_cased(hint)))) for hint in self._within]

    def find(self, texts: Sequence[str]) -> dict[int, tuple[Shape, ...]]:
        """Return the shapes that each block has, in the order of the table, by the block's index.

        Blocks without a shape are left out; nearly all are, by the letters at their ends.

        Args:
            texts: the blocks, none of them empty.
        """
        openings, endings, longest = self._openings, self._endings, self._longest
        likely = {
            index
            for index, text in enumerate(texts)
            if (text[:_KEY] in openings or text[0] in _MARKS or text[-_KEY:] in endings)
            and len(text) <= longest
        }
        joined = "\n".join(texts)
        for _, cases in self._hints:
            if any(case in joined for case in cases):
                likely.update(
                    index
                    for index, text in enumerate(texts)
                    if len(text) <= longest and any(case in text for case in cases)
                )
        found = ((index, self.of(texts[index])) for index in sorted(likely))
        return {index: shapes for index, shapes in found if shapes}

    def of(self, text: str) -> tuple[Shape, ...]:
        """Return the shapes that a block has, in the order of the table."""
        if len(text) > self._longest:
            return ()
        rows: dict[int, Shape] = {}
        for form, in_brackets in _forms(text):
            for row in self._candidates(form):
                shape = row.shape
                if (
                    row.number not in rows
                    and len(form) <= shape.longest
                    and (in_brackets or not shape.bracketed)
                    and row.matches(form)
                    and (not shape.names_only or self._only_names(form))
                ):
                    rows[row.number] = shape
        return tuple(rows[number] for number in sorted(rows))

    def _candidates(self, text: str) -> Iterator[_Row]:
        """Yield the rows whose plain words a text has."""
        lowered = text.lower()
        for key in {lowered[:length] for length in range(1, _KEY + 1)}:
            for row in self._beginning.get(key, ()):
                if lowered.startswith(row.begins):
                    yield row
        bare = lowered.rstrip(" .)]:*_\"'")
        for key in {bare[-length:] for length in range(1, _KEY + 1)}:
            for row in self._ending.get(key, ()):
                if bare.endswith(row.ends):
                    yield row
        for hint, rows in self._within.items():
            if hint in lowered:
                yield from rows
        yield from self._free

    def _only_names(self, text: str) -> bool:
        """Return whether a text has only capitalised words and the words of a credit."""
        return all(
            word in self._credit_words for word in _LOWER_WORD.findall(text) if word.islower()
        )


def _forms(text: str) -> Iterator[tuple[str, bool]]:
    """Yield the forms in which a block is compared, and whether each stood in brackets.

    First as it stands, but for emphasis; then without links, tags, bullets and brackets.
    """
    squeezed = " ".join(text.translate(_TYPOGRAPHY).split()).strip(_EMPHASIS)
    if not squeezed:
        squeezed = text.strip()
    yield squeezed, False
    plain = squeezed
    if "](" in plain or "][" in plain:
        plain = _LINK.sub(r"\1", plain)
    if "<" in plain:
        plain = _TAG.sub("", plain)
    if "**" in plain or "__" in plain:
        plain = plain.replace("**", "").replace("__", "")
    plain = plain.strip().lstrip(_BULLETS)
    if plain and plain != squeezed:
        yield plain, False
    closed = plain.rstrip(" .*_")
    if plain[:1] in _BRACKETS and closed[-1:] == _BRACKETS[plain[0]]:
        inner = closed[1:-1].strip(_EMPHASIS)
        if inner and not any(bracket in inner for bracket in plain[0] + closed[-1]):
            yield inner, True
    elif plain[:1] in _BRACKETS:
        yield plain[1:].lstrip(), False


@cache
def _cased(phrase: str) -> tuple[str, str, str]:
    """Return plain words as they stand within a sentence, at its beginning and in capitals."""
    return phrase, phrase.capitalize(), phrase.upper()


def _keys(phrase: str) -> Iterator[str]:
    """Yield how passages may begin that open with a phrase."""
    for case in {*_cased(phrase), phrase.title()}:
        beginning = case[:_KEY]
        yield beginning
        if "'" in beginning:
            yield beginning.replace("'", "’")
        for separator in _SEPARATORS if len(beginning) == _KEY - 1 else "":
            yield beginning + separator


def _last_keys(phrase: str) -> Iterator[str]:
    """Yield how passages may end that close with a phrase."""
    for case in {*_cased(phrase), phrase.title()}:
        for closing in _CLOSINGS:
            yield (case + closing)[-_KEY:]
