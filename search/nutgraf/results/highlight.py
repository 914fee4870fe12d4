"""Which words of a passage make the query true. Pure.

The tree is evaluated anew on the passage's words: a word counts where it matches, a phrase's words
only where they stand in a row, a group's only if the group is true, an excluded word never. Places
are sets of bits, a whole number with bit n set for the passage's word n, so that a row of many
words costs a shift for each.
"""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property, partial, reduce
from operator import or_
from typing import TYPE_CHECKING

from nutgraf.query.leaves import written
from nutgraf.query.tree import (
    Boost,
    Exact,
    Filter,
    Fuzzy,
    Group,
    Leaf,
    MultiTerm,
    Near,
    Node,
    Words,
)
from nutgraf_index.analysis.analyzer import Analyzer, analyzer_of
from nutgraf_index.analysis.compounds import compounds

if TYPE_CHECKING:  # what few queries need is imported for them
    from nutgraf.results.near import Occurrence
    from nutgraf.results.snippet import Span, Word

    _BothSpans = tuple[tuple[Span, ...], tuple[Span, ...]]  # of the text, and of the title

__all__ = ["Highlighted", "highlight"]


def highlight(
    tree: Node,
    text: str,
    *,
    title: str = "",
    filters: Collection[Filter] = (),
    analyzer: Analyzer | None = None,
) -> "_BothSpans":
    """Return the spans of `text` that make the tree true, and those of `title`.

    `title` is given for a passage that answers for its article's title; `filters` are those of
    the tree's filters that hold for the passage. Spans are half-open characters, sorted and
    disjoint; there are none where the tree is false.

    >>> from nutgraf.query.parser import parse
    >>> highlight(parse('"ballistic missiles"').tree, "A ballistic missile; missiles.")
    (((2, 11), (12, 19)), ())
    """
    return Highlighted(tree, text, title, filters, analyzer=analyzer).spans


class Highlighted:
    """The words of a passage's text and title that are a query's.

    `tree` is what makes it match, None if no word does; `query` is the whole of what was asked.
    """

    def __init__(
        self,
        tree: Node | None,
        text: str,
        title: str,
        filters: Collection[Filter],
        query: Node | None = None,
        analyzer: Analyzer | None = None,
    ) -> None:
        self._asked = (tree, text, title, filters)
        self._analyzer = analyzer or analyzer_of()
        self._query = query

    @cached_property
    def spans(self) -> "_BothSpans":
        """The spans of the text, and those of the title."""
        text, title = self._places
        if not (text or title):
            return (), ()
        return self._fields[0].spans(text), self._fields[1].spans(title)

    @cached_property
    def words(self) -> "tuple[Word, ...]":
        """The words of the text that are marked, for each leaf that they are of."""
        tree, places = self._asked[0], self._places[0]
        if tree is None or not places:
            return ()
        text = self._fields[0]
        found = [
            (at, leaf)
            for leaf, node in enumerate(dict.fromkeys(tree.leaves()))
            for at in _ones(text.find(node) & places)
        ]
        return tuple((*text.tokens[at][2:], leaf) for at, leaf in sorted(found))

    @cached_property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that stand nowhere in the passage."""
        asked = () if self._query is None else dict.fromkeys(self._query.leaves())
        return tuple(
            str(leaf) for leaf in asked if not any(field.find(leaf) for field in self._fields)
        )

    @cached_property
    def _fields(self) -> "tuple[_Text, _Text]":
        _, text, title, _ = self._asked
        return _Text(text, self._analyzer), _Text(title, self._analyzer)

    @cached_property
    def _places(self) -> "_Places":
        tree, _, _, filters = self._asked
        return (tree is not None and _evaluate(tree, self._fields, filters)) or (0, 0)


_Bits = int
_Places = tuple[_Bits, _Bits]  # the words of the text, and of the title


class _Text:
    """The words of a text, and where they stand."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self.text = text
        self.tokens = analyzer.tokens(text)
        self._analyzer = analyzer

    def spans(self, places: _Bits) -> "tuple[Span, ...]":
        """Return the characters of words, joining those that touch.

        Words touch in unspaced scripts, and share characters where one stands for several words.
        """
        spans: list[Span] = []
        for at in _ones(places):
            _, _, start, end = self.tokens[at]
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
        return tuple(spans)

    def find(self, node: Node) -> _Bits:
        """Return the places of all words that take part in an occurrence."""
        if isinstance(node, Near):
            from nutgraf.results.near import near

            parts = [self._occurrences(part) for part in node.parts]
            found = near(parts, node.slop, ordered=node.ordered) if all(parts) else ()
            return reduce(or_, (1 << place for place in found), 0)
        assert isinstance(node, Leaf)
        starts, length = self._starts(node)
        places = starts
        for at in range(1, length):
            places |= starts << at
        if isinstance(node, Words) and not node.quoted:
            if length == 1:
                places |= self.compounds.get(self._analyzer.terms(node.text)[0], 0)
            elif whole := self._analyzer.compound(node.text):
                places |= self.stems.get(whole[1], 0)
        return places

    def _occurrences(self, part: tuple[Leaf, ...]) -> "list[Occurrence]":
        """Return the first place and the place after the last of all occurrences of a part."""
        found: set[Occurrence] = set()
        for leaf in part:
            starts, length = self._starts(leaf)
            found.update((start, start + length) for start in _ones(starts))
        return sorted(found)

    def _starts(self, leaf: Leaf) -> tuple[_Bits, int]:
        """Return where the occurrences of a leaf begin, and of how many words they are."""
        row = self._row(leaf)
        starts = row[0]
        for at, places in enumerate(row):
            starts &= places >> at
        return starts, len(row)

    def _row(self, leaf: Leaf) -> list[_Bits]:
        """Return the places of each word of a leaf."""
        if isinstance(leaf, Words):
            return [self.stems.get(term, 0) for term in self._analyzer.terms(leaf.text)]
        if isinstance(leaf, Exact):
            return [self.written.get(form, 0) for form in written(leaf.text, self._analyzer)]
        fitting: list[Callable[[str], object]]
        if isinstance(leaf, Fuzzy):
            from nutgraf.positions.edit_distance import within

            fitting = [partial(within, word, most=leaf.edits) for word in leaf.words]
        else:
            assert isinstance(leaf, MultiTerm)
            from nutgraf.positions.patterns import like

            fitting = [like(word) for word in leaf.words]
        return [
            reduce(or_, (bits for word, bits in self.words.items() if fits(word)), 0)
            for fits in fitting
        ]

    @cached_property
    def stems(self) -> dict[str, _Bits]:
        """The places of each stem."""
        return _places(token.term for token in self.tokens)

    @cached_property
    def compounds(self) -> dict[str, _Bits]:
        """The places of the parts of each word of two with a hyphen between, by its stem as one."""
        places: dict[str, _Bits] = {}
        for at, term in compounds(self.text, self.tokens, self._analyzer):
            places[term] = places.get(term, 0) | 0b11 << at
        return places

    @cached_property
    def words(self) -> dict[str, _Bits]:
        """The places of each folded word."""
        return _places(token.word for token in self.tokens)

    @cached_property
    def written(self) -> dict[str, _Bits]:
        """The places of each word as it is written."""
        return _places(written(self.text, self._analyzer))


def _places(words: Iterable[str]) -> dict[str, _Bits]:
    places: dict[str, _Bits] = {}
    for at, word in enumerate(words):
        places[word] = places.get(word, 0) | 1 << at
    return places


def _ones(bits: _Bits) -> list[int]:
    """Return the places that are set, ascending."""
    return [at for at, sign in enumerate(bin(bits)[:1:-1]) if sign == "1"]


def _evaluate(
    node: Node, fields: tuple[_Text, _Text], filters: Collection[Filter]
) -> _Places | None:
    """Return the places that make a node true, or None where it is false."""
    if isinstance(node, Filter):
        return (0, 0) if node in filters else None
    if isinstance(node, Boost):
        return _evaluate(node.node, fields, filters)
    if not isinstance(node, Group):
        text, title = (words.find(node) for words in fields)
        return (text, title) if text or title else None
    must = [_evaluate(part, fields, filters) for part in (*node.must, *node.filters)]
    should = [_evaluate(part, fields, filters) for part in node.should]
    if None in must or (should and not node.must and not any(should)):
        return None
    if any(_evaluate(part, fields, filters) for part in node.exclude):
        return None
    text = title = 0
    for found in must + should:
        if found is not None:
            text |= found[0]
            title |= found[1]
    return text, title
