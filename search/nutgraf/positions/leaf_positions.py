"""Where patterns, fuzzy words, words as written, and NEAR stand in one segment."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from nutgraf.positions.as_written import AsWritten
from nutgraf.positions.near import Stretches, near_units
from nutgraf.positions.phrase import (
    POSITION_BITS,
    DocIds,
    Mask,
    PositionKeys,
    distinct,
    phrase_of_choices,
    phrase_positions,
)
from nutgraf.positions.term_expansion import TermExpander
from nutgraf.query.leaves import written
from nutgraf.query.tree import Exact, Fuzzy, Leaf, MultiTerm, Near, Words
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.cache import Cache
from nutgraf_index.fields import FIELDS
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["LeafPositions"]


class LeafPositions:
    """Finds them in the passages' texts ("text") and in the articles' titles ("title")."""

    def __init__(self, reader: SegmentReader, analyzer: Analyzer) -> None:
        self._reader = reader
        self._analyzer = analyzer
        self._dictionaries: dict[str, TermExpander] = {}
        self._units: Cache[tuple[str, Leaf | Near], DocIds] = Cache(64)

    def dictionary(self, field: str) -> TermExpander:
        """Return the words of an analysed field."""
        if field not in self._dictionaries:
            self._dictionaries[field] = TermExpander(self._reader.field(field))
        return self._dictionaries[field]

    def units(self, field: str, node: Leaf | Near) -> DocIds:
        """Return the passages or articles for which a node is true."""
        found = self._units.get((field, node))
        if found is None:
            if isinstance(node, Near):
                found = self._near(field, node)
            else:
                found = distinct(self.places(field, node) >> POSITION_BITS)
            self._units.put((field, node), found)
        return found

    def words(self, field: str, leaf: MultiTerm) -> list[DocIds]:
        """Return the numbers of the words that may stand for each of a leaf's."""
        dictionary = self.dictionary(field)
        if isinstance(leaf, Fuzzy):
            return [dictionary.within(word, leaf.edits) for word in leaf.words]
        return [dictionary.like(word) for word in leaf.words]

    def places(self, field: str, leaf: Leaf) -> PositionKeys:
        """Return where the occurrences of a leaf begin."""
        postings = self._reader.field(field)
        if isinstance(leaf, Words):
            terms = [postings.terms.find(term.encode()) for term in self._analyzer.terms(leaf.text)]
            return phrase_positions(postings, terms)
        if isinstance(leaf, Exact):
            return self._as_written(field, leaf)
        assert isinstance(leaf, MultiTerm)
        return phrase_of_choices(postings, self.words(field, leaf))

    def _as_written(self, field: str, leaf: Exact) -> PositionKeys:
        """Return where words stand as they are written: the stored text tells."""
        forms = written(leaf.text, self._analyzer)
        words = [self.dictionary(field).find(word) for word in self._analyzer.words(leaf.text)]
        starts = phrase_of_choices(self._reader.field(field), words)
        units, first = np.unique(starts >> POSITION_BITS, return_index=True)
        places = starts.tolist()
        spelled = AsWritten(forms, self._analyzer)
        found: list[int] = []
        edges = pairwise([*first.tolist(), len(places)])
        for text, (begin, end) in zip(self._texts(field, units), edges, strict=True):
            found += spelled.among(text, places[begin:end])
        return np.array(found, np.int64)

    def _texts(self, field: str, units: DocIds) -> Iterator[str]:
        if field == "title":
            return map(self._reader.texts_of("article.title").text, units.tolist())
        return self._reader.texts(units)

    def _near(self, field: str, node: Near) -> DocIds:
        parts = {part: self._stretches(field, part) for part in node.parts}
        holding = np.ones(self._reader.counts[FIELDS[field].level], bool)
        for starts, _ in parts.values():
            has = np.zeros(len(holding), bool)
            has[starts >> POSITION_BITS] = True
            holding &= has
        within = {part: _within(holding, stretches) for part, stretches in parts.items()}
        return near_units([within[part] for part in node.parts], node.slop, ordered=node.ordered)

    def _stretches(self, field: str, part: tuple[Leaf, ...]) -> Stretches:
        """Return where the occurrences of any of a part's leaves begin and have ended."""
        starts = [self.places(field, leaf) for leaf in part]
        ends = [found + len(self._words(leaf)) for found, leaf in zip(starts, part, strict=True)]
        return np.concatenate(starts), np.concatenate(ends)

    def _words(self, leaf: Leaf) -> list[str]:
        if isinstance(leaf, MultiTerm):
            return leaf.words
        return self._analyzer.words(leaf.text)


def _within(holding: Mask, stretches: Stretches) -> Stretches:
    starts, ends = stretches
    kept = holding[starts >> POSITION_BITS]
    return starts[kept], ends[kept]
