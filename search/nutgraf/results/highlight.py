"""Highlights: the words of a passage that make the query true. Pure.

The tree is evaluated on the tokens of the passage. A word is marked where it matches, the words of
a phrase only where they stand in a row, the words of a group only if the group is true. A stop word
is marked where it stands beside its word as in the query. Excluded words are never marked. Sets of
positions are integers with bit n set for position n, so a phrase takes one shift for each of its
words. Two more bits for each position tell whether the sign before or after the word is marked with
it.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from nutgraf.positions.as_written import WrittenText, as_written
from nutgraf.query.tree import (
    Boost,
    Filter,
    Fuzzy,
    Group,
    Leaf,
    MultiTerm,
    Near,
    Node,
    Words,
    Written,
    marked_leaves,
)
from nutgraf_index.analysis.analyzer import Analyzer, Lookup, Token, analyzer_of
from nutgraf_index.analysis.compounds import compounds, is_broken

if TYPE_CHECKING:  # at run time imported on first use: few queries need them
    from nutgraf.results.near import Occurrence
    from nutgraf.results.snippet import Span, Word

    _BothSpans = tuple[tuple[Span, ...], tuple[Span, ...]]  # of the text and of the title

__all__ = ["Highlighted", "highlight"]

_NO_COMPOUNDS: Mapping[str, frozenset[str]] = {}


def highlight(
    tree: Node,
    text: str,
    *,
    title: str = "",
    filters: Collection[Filter] = (),
    analyzer: Analyzer | None = None,
) -> "_BothSpans":
    """Return the spans of `text` and the spans of `title` that make the tree true.

    Spans are half-open character offsets, sorted and disjoint; there are none if the tree is false.

    Args:
        title: the article's title, for the passage that represents it; else empty
        filters: the filters of the tree that hold for the passage

    >>> from nutgraf.query.parser import parse
    >>> highlight(parse('"ballistic missiles"').tree, "A ballistic missile; missiles.")
    (((2, 11), (12, 19)), ())
    """
    return Highlighted(tree, text, title, filters, analyzer=analyzer).spans


class Highlighted:
    """The words of a passage's text and title that a query matches.

    Args:
        tree: the tree whose words are marked; None marks no words
        text: the passage's text
        title: the article's title, for the passage that represents it; else empty
        filters: the filters of the tree that hold for the passage
        query: the tree of the whole query, for `missing`
        analyzer: English by default
        compounds: for each term the folded words that are compounds with the term as a part
    """

    def __init__(
        self,
        tree: Node | None,
        text: str,
        title: str,
        filters: Collection[Filter],
        query: Node | None = None,
        analyzer: Analyzer | None = None,
        compounds: Mapping[str, frozenset[str]] = _NO_COMPOUNDS,
    ) -> None:
        self._arguments = (tree, text, title, filters)
        self._compounds = compounds
        self._analyzer = analyzer or analyzer_of()
        self._query = query

    @cached_property
    def spans(self) -> "_BothSpans":
        """The spans of the text and the spans of the title."""
        text, title = self._positions
        if not (text or title):
            return (), ()
        return self._fields[0].spans(text), self._fields[1].spans(title)

    @cached_property
    def words(self) -> "tuple[Word, ...]":
        """The marked words of the text in their order, once for each leaf that they match."""
        tree, marked = self._arguments[0], self._positions[0]
        if tree is None or not marked:
            return ()
        text = self._fields[0]
        words = [
            (position, leaf)
            for leaf, node in enumerate(marked_leaves(tree))
            for position in text.words_among(text.find(node) & marked)
        ]
        return tuple((*text.tokens[position][2:], leaf) for position, leaf in sorted(words))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The leaves of the query, as printed, that match neither the text nor the title."""
        leaves = () if self._query is None else dict.fromkeys(self._query.leaves())
        return tuple(
            str(leaf) for leaf in leaves if not any(field.find(leaf) for field in self._fields)
        )

    @cached_property
    def _fields(self) -> "tuple[_Text, _Text]":
        _, text, title, _ = self._arguments
        return tuple(  # type: ignore[return-value]
            _Text(one, self._analyzer, self._compounds) for one in (text, title)
        )

    @cached_property
    def _positions(self) -> "_BothPositions":
        tree, _, _, filters = self._arguments
        return (tree is not None and _evaluate(tree, self._fields, filters)) or (0, 0)


_Positions = int  # bit n is set for position n
_BothPositions = tuple[_Positions, _Positions]  # of the text and of the title


class _Text:
    """The tokens of a text, with the positions of each word."""

    def __init__(
        self,
        text: str,
        analyzer: Analyzer,
        compounds: Mapping[str, frozenset[str]] = _NO_COMPOUNDS,
    ) -> None:
        self.text = text
        self._with_part = compounds
        self.tokens = analyzer.tokens(text)
        self.written = WrittenText(text, analyzer, self.tokens)
        self._analyzer = analyzer

    def spans(self, positions: _Positions) -> "tuple[Span, ...]":
        """Return the spans of tokens, sorted; spans that touch or overlap are joined.

        Tokens touch in scripts without spaces. Tokens of one compound word overlap. The parts of
        a word that a line end breaks have one span.
        """
        spans: list[Span] = []
        for position in self.words_among(positions):
            _, _, start, end = token = self.tokens[position]
            if positions >> self._before(position) & 1:
                start = self.written.signs[position].start
            if positions >> self._after(position) & 1:
                end = self.written.signs[position].end
            if spans and (start <= spans[-1][1] or self._is_broken(position, token, spans[-1][1])):
                start = spans.pop()[0]
            spans.append((start, end))
        return tuple(spans)

    def words_among(self, positions: _Positions) -> list[int]:
        """Return the positions of words, ascending, without the bits of signs."""
        return _ones(positions & ((1 << len(self.tokens)) - 1))

    def _before(self, position: int) -> int:
        """Return the bit of the sign before a word."""
        return len(self.tokens) + position

    def _after(self, position: int) -> int:
        """Return the bit of the sign after a word."""
        return 2 * len(self.tokens) + position

    def _is_broken(self, position: int, token: Token, end: int) -> bool:
        """Whether a line end breaks the word of a token and the token before it, which ends so."""
        before = self.tokens[position - 1]
        return before.end == end and is_broken(self.text, before, token, self._analyzer)

    def find(self, node: Node) -> _Positions:
        """Return the positions of all words of the occurrences of a leaf or NEAR node."""
        if isinstance(node, Near):
            from nutgraf.results.near import near

            parts = [self._occurrences(part) for part in node.parts]
            positions = near(parts, node.slop, ordered=node.ordered) if all(parts) else ()
            bits = reduce(or_, (1 << position for position in positions), 0)
            for leaf in node.leaves() if bits else ():
                if isinstance(leaf, Written):
                    starts, length = self._starts(leaf)
                    whole = (
                        start
                        for start in _ones(starts)
                        if all(start + i in positions for i in range(length))
                    )
                    bits |= self._signs(leaf, whole)
            return bits
        assert isinstance(node, Leaf)
        starts, length = self._starts(node)
        bits = starts
        for distance in range(1, length):
            bits |= starts << distance
        bits &= (1 << len(self.tokens)) - 1
        if isinstance(node, Written):
            return bits | self._signs(node, _ones(starts))
        if isinstance(node, Words) and not node.quoted:
            if length == 1:
                term = self._analyzer.terms(node.text)[0]
                bits |= self.compounds.get(term, 0)
                for word in self._with_part.get(term, frozenset()) & self.words.keys():
                    bits |= self.words[word]
            elif joined := self._analyzer.compound(node.text):
                bits |= self.stems.get(joined[1], 0)
        return bits

    def _signs(self, leaf: Written, starts: Iterable[int]) -> _Positions:
        """Return the bits of the signs that a leaf asks for, where it begins at `starts`."""
        signed = [
            (distance, word)
            for distance, word in enumerate(as_written(leaf, self._analyzer).words)
            if word.before or word.after
        ]
        bits = 0
        for start in starts if signed else ():
            for distance, word in signed:
                bits |= bool(word.before) << self._before(start + distance)
                bits |= bool(word.after) << self._after(start + distance)
        return bits

    def _occurrences(self, part: tuple[Leaf, ...]) -> "list[Occurrence]":
        """Return the occurrences of all leaves of a part, sorted."""
        occurrences: set[Occurrence] = set()
        for leaf in part:
            starts, length = self._starts(leaf)
            occurrences.update((start, start + length) for start in _ones(starts))
        return sorted(occurrences)

    def _starts(self, leaf: Leaf) -> tuple[_Positions, int]:
        """Return the positions at which a leaf begins, and the number of positions it covers."""
        if isinstance(leaf, Words):
            looks = self._analyzer.row(leaf.text)
            row = [self._like(look) for look in looks]
            distances = [look.distance for look in looks]
            length = self._analyzer.span(leaf.text)
        else:
            row = self._row(leaf)
            distances, length = [*range(len(row))], len(row)
        starts = row[0]
        for distance, positions in zip(distances, row, strict=True):
            starts &= positions >> distance
        return starts, length

    def _like(self, look: Lookup) -> _Positions:
        """Return the positions that match a word of a leaf."""
        if not look.begins:
            return self.stems.get(look.term, 0)
        return reduce(
            or_, (bits for stem, bits in self.stems.items() if stem.startswith(look.word)), 0
        )

    def _row(self, leaf: Leaf) -> list[_Positions]:
        """Return the positions that match each word of a leaf that is not plain words."""
        if isinstance(leaf, Written):
            return [*map(self.written.positions, as_written(leaf, self._analyzer).words)]
        tests: list[Callable[[str], object]]
        if isinstance(leaf, Fuzzy):
            from nutgraf.positions.edit_distance import within

            tests = [partial(within, word, most=leaf.edits) for word in leaf.words]
        else:
            assert isinstance(leaf, MultiTerm)
            from nutgraf.positions.patterns import like

            tests = [like(word) for word in leaf.words]
        return [
            reduce(or_, (bits for word, bits in self.words.items() if test(word)), 0)
            for test in tests
        ]

    @cached_property
    def stems(self) -> dict[str, _Positions]:
        """The positions of each stem."""
        return _positions(token.term for token in self.tokens)

    @cached_property
    def compounds(self) -> dict[str, _Positions]:
        """The positions of the tokens of each compound, by its term."""
        positions: dict[str, _Positions] = {}
        for position, length, _, term in compounds(self.text, self.tokens, self._analyzer):
            bits = ((1 << length) - 1) << position
            positions[term] = positions.get(term, 0) | bits
        return positions

    @cached_property
    def words(self) -> dict[str, _Positions]:
        """The positions of each folded word."""
        return _positions(token.word for token in self.tokens)


def _positions(words: Iterable[str]) -> dict[str, _Positions]:
    positions: dict[str, _Positions] = {}
    for position, word in enumerate(words):
        positions[word] = positions.get(word, 0) | 1 << position
    return positions


def _ones(bits: _Positions) -> list[int]:
    """Return the numbers of the bits that are set, ascending."""
    return [number for number, digit in enumerate(bin(bits)[:1:-1]) if digit == "1"]


def _evaluate(
    node: Node, fields: tuple[_Text, _Text], filters: Collection[Filter]
) -> _BothPositions | None:
    """Return the positions of the words that make a node true; None if it is false."""
    if isinstance(node, Filter):
        return (0, 0) if node in filters else None
    if isinstance(node, Boost):
        return _evaluate(node.node, fields, filters)
    if not isinstance(node, Group):
        text, title = (field.find(node) for field in fields)
        return (text, title) if text or title else None
    must = [_evaluate(part, fields, filters) for part in (*node.must, *node.filters)]
    should = [_evaluate(part, fields, filters) for part in node.should]
    if None in must or (should and not node.must and not any(should)):
        return None
    if any(_evaluate(part, fields, filters) for part in node.exclude):
        return None
    text = title = 0
    for positions in must + should:
        if positions is not None:
            text |= positions[0]
            title |= positions[1]
    for beside in node.beside:
        text |= fields[0].find(beside.row)
        title |= fields[1].find(beside.row)
    return text, title
