"""Words that the stored text spells like the query: `=US`, and words with signs, as C++ or #tag."""

import re
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import NamedTuple

from nutgraf.query.leaves import forms_of
from nutgraf.query.tree import Exact, Written
from nutgraf_index.analysis.analyzer import Analyzer, Token
from nutgraf_index.analysis.reading import is_address, may_change, read, read_with_edges
from nutgraf_index.analysis.signs import FORMS, JOINS, Signs, are_the_same, signs_of
from nutgraf_index.analysis.words import gram_size
from nutgraf_index.cache import Cache

__all__ = ["AsWritten", "WrittenText", "as_written", "spellings"]

# Characters around a word that show where the word begins and ends, without tokenizing.
_BEFORE = r'[^\s("\[“—–-]'
_AFTER = r"""(?=[.,;:!?)"'\]”’…-]*(?:\s|\Z)|[—–-])"""
_SIMPLE = re.compile(r"[A-Za-z0-9]{1,64}(?:'[A-Za-z]{1,64})?")
_SIMPLE_SIGNED = r"(?a)[$€£¥#@]?[A-Za-z0-9]+(?:\.[0-9]+)?[%+]*(?: [A-Za-z]+)*"
_BLANK = "[ \u00a0\u2009\u202f]"
_NOT_ASCII = r"\u0080-\U0010ffff"
# After a number, what is part of it: $1.5m and $1,000 are not $1.
_MORE_DIGITS = r"(?:\.[0-9]+|,[0-9]{3})[A-Za-z]*(?!\w)"
_GROUP = 4  # digits of a number that may be written in groups
_BETWEEN = "[ -]"
_CACHED = 1 << 14  # characters of leaves, more than a query has; each takes about 1 KB of memory
_KELVIN = "K"  # also the NFC form of the Kelvin sign, which is not ASCII


class _Asked(NamedTuple):
    """A word of a leaf: how it is compared ("form", "word" or "term"), the text, and its signs.

    "character" compares as "form" does, whatever the signs. Of a script without spaces, the text's
    gram must begin with `gram`.
    """

    kind: str
    text: str
    before: str = ""
    after: str = ""
    gram: str = ""


class WrittenText:
    """A text with its tokens, the forms of its words, and their signs.

    `tokens` are those of the text, if they are known. Entities are decoded, and marks of emphasis
    within a word are left out: see `reading.read`.

    Sets of positions are integers with bit n set for position n.
    """

    def __init__(self, text: str, analyzer: Analyzer, tokens: list[Token] | None = None) -> None:
        self._plain, self._edges = read_with_edges(text)
        if tokens is None or self._edges is not None:
            tokens = analyzer.tokens_as_read(self._plain)
        self._tokens = tokens
        self._positions: dict[_Asked, int] = {}

    @cached_property
    def forms(self) -> list[str]:
        """The words as written, see `leaves.written`."""
        return forms_of(self._plain, self._tokens)

    @cached_property
    def signs(self) -> dict[int, Signs]:
        """The signs of the words that have any, by position, with offsets in the original text."""
        signs, edges = signs_of(self._plain, self._tokens), self._edges
        if edges is None:
            return signs
        return {
            position: Signs(before, after, edges[start][0], edges[end - 1][1])
            for position, (before, after, start, end) in signs.items()
        }

    def positions(self, word: _Asked) -> int:
        """Return the positions at which a word of a leaf stands."""
        if word not in self._positions:
            bits = 0
            for position, text in enumerate(self._texts(word.kind)):
                if (
                    text == word.text
                    and self._tokens[position].word.startswith(word.gram)
                    and (
                        word.kind in ("term", "character")
                        or self._has_signs(word.before, word.after, position)
                    )
                ):
                    bits |= 1 << position
            self._positions[word] = bits
        return self._positions[word]

    def starts(self, words: Sequence[_Asked]) -> int:
        """Return the positions at which words in a row begin."""
        starts = self.positions(words[0])
        for distance, word in enumerate(words):
            starts &= self.positions(word) >> distance
        return starts

    def _texts(self, kind: str) -> list[str]:
        if kind in ("form", "character"):
            return self.forms
        return [getattr(token, kind) for token in self._tokens]

    def _has_signs(self, before: str, after: str, position: int) -> bool:
        return are_the_same(before, after, self.signs.get(position))


class AsWritten:
    """Finds a leaf that the text decides.

    Tokenizing a text takes fifty times as long as reading it, so it is done only where regular
    expressions cannot decide.
    """

    def __init__(self, leaf: Written, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        #: The number of characters of the leaf, by which its memory grows.
        self.length = len(leaf.text)
        plain = read(leaf.text)
        tokens = analyzer.tokens_as_read(plain)
        forms, signs = forms_of(plain, tokens), signs_of(plain, tokens)
        is_exact = isinstance(leaf, Exact)
        #: The words of the leaf in their order.
        self.words = []
        for position, (form, token) in enumerate(zip(forms, tokens, strict=True)):
            beside = signs[position][:2] if position in signs else ("", "")
            gram = token.word if gram_size(token.word[0]) else ""
            if is_exact or (gram and position in signs):
                self.words.append(_Asked("form", form, *beside, gram=gram))
            elif gram:
                self.words.append(_Asked("character", form, gram=gram))
            elif position in signs:
                self.words.append(_Asked("word", token.word, *beside))
            else:
                self.words.append(_Asked("term", token.term))
        self._literal = all(form.isascii() and _KELVIN not in form for form in forms) and not any(
            is_address(token.word) for token in tokens
        )
        self._pieces = {piece for form in forms for piece in form.split("'")} if is_exact else ()
        self._needed = _needed(signs, self._pieces if self._literal else ())
        simple = is_exact and not signs and all(map(_SIMPLE.fullmatch, forms))
        self._forms = forms
        self._clear = _clear(forms, 0) if simple else None
        self._any_case = _clear(forms, re.IGNORECASE) if simple else None
        self._possible = _possible(forms, tokens, signs, is_exact=is_exact)
        is_plain = not is_exact and re.fullmatch(_SIMPLE_SIGNED, plain) is not None
        self._clear_signed = _clear_signed(plain) if is_plain else None

    def may_be_in(self, data: bytes) -> bool:
        """Whether the leaf may stand in a text of which `data` are the bytes, or a part of them."""
        needed, *others = self._needed
        return (
            needed in data
            or (bool(others) and not data.isascii() and any(form in data for form in others))
            or may_change(data)
        )

    def stands_in(self, text: str) -> bool:
        """Whether the leaf stands in a text that has its words in a row, apart from their forms."""
        plain = read(text)
        if self._literal or plain.isascii():
            if not all(piece in plain for piece in self._pieces):
                return False
            if self._clear and self._clear.search(plain):
                return True
        if self._clear_signed and self._clear_signed.search(plain):
            return True
        if self._possible and not self._possible.search(plain):
            return False
        return WrittenText(text, self._analyzer).starts(self.words) != 0

    def among(self, text: str, positions: list[int]) -> list[int]:
        """Return the positions at which the leaf begins.

        `positions` are all positions in `text` at which the words stand in a row apart from their
        forms, ascending.
        """
        plain = read(text)
        if (self._literal or plain.isascii()) and not all(piece in plain for piece in self._pieces):
            return []
        if self._clear and self._any_case:
            # Each match is at one of the positions: if the numbers are equal, all positions match.
            if len(self._clear.findall(plain)) == len(positions):
                return positions
            matches = self._any_case.findall(plain)
            if len(matches) == len(positions):
                return [
                    position
                    for position, form in zip(positions, matches, strict=True)
                    if re.split(_BETWEEN, form.replace("’", "'")) == self._forms
                ]
        starts = WrittenText(text, self._analyzer).starts(self.words)
        return [position for position in positions if starts >> position & 1]


_finders: Cache[tuple[Written, Analyzer], AsWritten] = Cache(_CACHED, lambda finder: finder.length)


def as_written(leaf: Written, analyzer: Analyzer) -> AsWritten:
    """Return the finder of a leaf, cached: a query asks for it in each segment and each hit.

    Its regular expressions take longer to compile than most texts to search.
    """
    key = leaf, analyzer
    return _finders.get(key) or _finders.put(key, AsWritten(leaf, analyzer))


def spellings(word: str, text: str, analyzer: Analyzer) -> list[str]:
    """Return the spellings of a folded word in a text, one for each occurrence found.

    The text is tokenized only if a regular expression finds no occurrence.
    """
    text = read(text)
    forms = _clear([word], re.IGNORECASE).findall(text) if _SIMPLE.fullmatch(word) else []
    tokens = () if forms else analyzer.tokens_as_read(text)
    return forms or [text[token.start : token.end] for token in tokens if token.word == word]


def _clear(forms: list[str], flags: int) -> re.Pattern[str]:
    """Return a regular expression for forms in a row that punctuation or blanks surround.

    It begins with the forms, because literal prefixes make a search fast; a look-behind then checks
    the character before them.
    """
    words = _BETWEEN.join(form.replace("'", "['’]") for form in forms)
    before = rf"(?:(?<!{_BEFORE}{words})|(?<=\s['‘]{words}))"
    return re.compile(words + before + _AFTER, flags | re.ASCII)


def _needed(signs: dict[int, Signs], pieces: Collection[str]) -> list[bytes]:
    """Return bytes of which one is in every text that has a leaf: the forms of a sign, or a piece.

    `pieces` are texts that every such text has.
    """
    for before, after, *_ in signs.values():
        sign = (before or after)[0]
        if sign != JOINS:
            return [form.encode() for form in (sign, *FORMS.get(sign, ""))]
    return [max(pieces, key=len).encode() if pieces else b""]


def _clear_signed(text: str) -> re.Pattern[str]:
    """Return a regular expression for a simple word with a sign, or a phrase with one.

    Blanks or punctuation surround the text, so it is cut into the same words there.
    """
    before, after = r"(?:\A|(?<=[\s(\[\"“]))", r"(?=[.,;:!?)\]\"”’]*(?:\s|\Z))"
    return re.compile(before + re.escape(text) + after, re.IGNORECASE | re.ASCII)


def _possible(
    forms: list[str], tokens: Sequence[Token], signs: dict[int, Signs], *, is_exact: bool
) -> re.Pattern[str] | None:
    """Return a regular expression that each text with the words matches; None for any text.

    It has one word: for a word with a sign, the sign and the letter beside it, or all digits of a
    short number; else a word as written with no letter beside it. A letter or digit may be written
    with a character that is not ASCII.
    """
    for position, (before, after, *_) in signs.items():
        word = tokens[position].word
        is_short = word.isascii() and word.isdigit() and len(word) < _GROUP
        if before and before != JOINS and word[0].isascii():
            first = rf"{word}(?![0-9]|{_MORE_DIGITS})" if is_short else re.escape(word[0])
            sign = f"[{re.escape(before[-1] + FORMS.get(before[-1], ''))}]"
            return re.compile(rf"{sign}{_BLANK}?(?:{first}|[{_NOT_ASCII}])", re.IGNORECASE)
        if after and after != JOINS and word[-1].isascii():
            # Digits after a point are part of the number before it: 0.5% is not 5%.
            last = rf"(?<![0-9])(?<![0-9]\.){word}" if is_short else re.escape(word[-1])
            sign = f"[{re.escape(after[0] + FORMS.get(after[0], ''))}]"
            return re.compile(rf"(?:{last}|[{_NOT_ASCII}])\.?{_BLANK}?{sign}", re.IGNORECASE)
    if is_exact and all(map(_SIMPLE.fullmatch, forms)):
        longest = max(forms, key=len)
        if longest.isalpha():
            ascii_only = rf"(?<![A-Za-z]){longest}(?![A-Za-z])"
            return re.compile(rf"{ascii_only}|[{_NOT_ASCII}]")
    return None
