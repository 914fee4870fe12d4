"""The words of a query in one segment: their segment, and what titles and headings add."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nutgraf.matching.scorer import (
    NO_DOCS,
    Bits,
    DocScores,
    FieldOccurrences,
    Scorer,
    Scores,
    sum_scores,
    total_weight,
)
from nutgraf.positions.phrase import DocIds, Mask, look_up, union
from nutgraf.scoring.bm25f import max_score, on_grid, saturated
from nutgraf_index.arrays import expand
from nutgraf_index.segment.postings_reader import BLOCK, PostingsReader
from nutgraf_index.segment.writing.postings_arrays import block_bounds

__all__ = [
    "CompoundScorer",
    "TermScorer",
    "TextNorms",
    "documents_under_fields",
    "with_compounds",
]


class TextNorms:
    """What a segment says of the words in its passages' texts whichever word it is.

    `length_norm` is what a frequency is weighed against in each passage; `bounds` are the upper
    bounds of a term of weight 1 in each block of postings.
    """

    def __init__(self, postings: PostingsReader, length_norm: Scores, average: float) -> None:
        self.postings = postings
        self.length_norm = length_norm
        self.bounds = max_score(*block_bounds(postings), average)


class TermScorer(Scorer):
    """The list of one word in the text, and what its title and heading add to a passage.

    `number` is -1 for a word that stands in no text. `openings` are passages that match because
    they answer for their article's title, and do not have the word in their own text. What stands
    over the text gives something to passages that do not match as well. In `joined` it stands once
    more, in two parts with a hyphen between.
    """

    def __init__(
        self,
        weights: TextNorms,
        number: int,
        weight: float,
        other_fields: Mapping[str, FieldOccurrences],
        openings: DocScores,
        joined: DocIds = NO_DOCS.documents,
    ) -> None:
        self.weight = weight
        self.other_fields = other_fields
        self.over = [(weight, field) for field in other_fields.values()]
        self._openings = openings
        self._field = weights.postings
        self._number = number
        self._length_norm = weights.length_norm
        self._joined = joined
        self._listed = self._field.count(number) if number >= 0 else 0
        if len(joined):
            self._listed = len(self._documents)
        self.count = self._listed + openings.count
        self._dense = number >= 0 and not len(joined) and self._field.is_dense(number)
        self._bounds_of_all = weights.bounds

    @cached_property
    def _bounds(self) -> Scores:
        """The most it gives to a passage of each block of postings, for a weight of 1."""
        alone = self._number >= 0 and not len(self._joined)
        _, _, _, first, blocks = self._field.row(self._number) if alone else (0, 0, 0, 0, 0)
        return self._bounds_of_all[first : first + blocks]

    @cached_property
    def max_score(self) -> float:
        """The upper bound of its scores in this segment, by the text."""
        if not self._listed:
            return 0.0
        return self.weight * (float(self._bounds.max()) if len(self._bounds) else 1)

    @cached_property
    def _documents(self) -> DocIds:
        return union(self._written, self._joined)

    @property
    def _written(self) -> DocIds:
        """The passages where it is written as one."""
        return self._listing[0]

    @cached_property
    def _frequencies(self) -> npt.NDArray[np.unsignedinteger]:
        return with_compounds(*self._listing, self._joined)[1]

    @cached_property
    def _listing(self) -> tuple[DocIds, npt.NDArray[np.unsignedinteger]]:
        if self._number < 0:
            return NO_DOCS.documents, np.zeros(0, np.uint8)
        docs, freqs = map(np.asarray, self._field.postings(self._number))
        return docs.astype(np.int64), freqs

    @cached_property
    def _spread(self) -> npt.NDArray[np.uint32]:
        row = np.zeros(self._field.units, np.uint32)
        docs, freqs = self._listing
        row[docs] = freqs
        return row

    @cached_property
    def documents(self) -> DocIds:
        """Its passages."""
        return np.sort(self.listed) if self._openings.count else self._documents

    @cached_property
    def listed(self) -> DocIds:
        """Its passages in the order of its list."""
        if not self._openings.count:
            return self._documents
        return np.concatenate([self._documents, self._openings.documents])

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of some passages, 0 for those over and in which it does not stand."""
        if not self.weight:
            return np.zeros(len(documents))
        freqs = self._frequencies_at(documents) / self._length_norm.take(documents)
        if other_fields:
            for field in self.other_fields.values():
                freqs += field.freqs_at(documents)
        return self._scored(freqs)

    def _frequencies_at(self, documents: DocIds) -> npt.NDArray[np.unsignedinteger]:
        """Return how often it stands in some passages."""
        if self._dense:
            return self._spread.take(documents)
        if not self._listed:
            return np.zeros(len(documents), np.uint8)
        held, places = look_up(self._documents, documents)
        return self._frequencies.take(places, mode="clip") * held

    def has(self, documents: DocIds) -> Mask:
        """Return which of some passages it has."""
        held: Mask
        if self._dense:
            held = self._spread[documents] != 0
        else:
            held = look_up(self._documents, documents)[0]
        return held | self._openings.has(documents) if self._openings.count else held

    def mark(self, bits: Bits, bit: int) -> None:
        """Set a bit of all its passages."""
        if self._dense:
            bits |= (self._spread != 0).view(np.uint8) * np.uint8(bit)
        else:
            bits[self._documents] |= bit
        if self._openings.count:
            self._openings.mark(bits, bit)

    def reaching(self, limit: float) -> DocIds | None:
        """Return the places in its list whose score by the text may reach a limit; None for all.

        And those of openings.
        """
        if limit <= 0 or not (len(self._bounds) and self.weight):
            return None
        chosen = np.flatnonzero(self._bounds >= limit / self.weight)
        if 2 * len(chosen) > len(self._bounds):
            return None
        places: DocIds = (chosen[:, None] * BLOCK + np.arange(BLOCK)).ravel()
        places = places[places < self._listed]
        if not self._openings.count:
            return places
        return np.concatenate([places, np.arange(self._listed, self.count)])

    def scores(self, places: DocIds | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        frequencies = self._frequencies
        if self._openings.count:
            frequencies = np.concatenate([frequencies, np.zeros(self._openings.count, np.uint8)])
        documents = self.listed
        if places is not None:
            frequencies, documents = frequencies[places], documents[places]
        return self._scored(frequencies / self._length_norm[documents])

    def _scored(self, freqs: Scores) -> Scores:
        """Return the scores by frequencies, each divided by its length norm."""
        scores = saturated(freqs)
        scores *= self.weight
        return on_grid(scores)


def with_compounds(
    units: DocIds, freqs: npt.NDArray[np.unsignedinteger], also: DocIds
) -> tuple[DocIds, npt.NDArray[np.unsignedinteger]]:
    """Return where a word stands and how often, if in some units it stands once more."""
    if not len(also):
        return units, freqs
    every = union(units, also)
    found = np.zeros(len(every), np.uint32)
    found[every.searchsorted(units)] = freqs
    found[every.searchsorted(also)] += 1
    return every, found


class CompoundScorer(Scorer):
    """A word of several parts: where it stands it matches, but each of them counts anywhere."""

    def __init__(self, documents: DocIds, terms: Sequence[TermScorer]) -> None:
        self.weight = total_weight(terms)
        self.background = sum(term.max_score for term in terms)
        self.over = [field for term in terms for field in term.over]
        self.documents = documents
        self.count = len(documents)
        self._terms = terms

    def scores_at(self, documents: DocIds, *, other_fields: bool = True) -> Scores:
        """Return the scores of some passages, 0 for those that do not have any of its parts."""
        return sum_scores(self._terms, documents)


def documents_under_fields(
    fields: Sequence[tuple[float, FieldOccurrences]], bits: Bits
) -> tuple[DocIds, Scores]:
    """Return the passages with any bit under titles or headings that have one of some terms.

    And the most that these add to the score of each. `fields` are the weights of the terms, and
    where they stand.
    """
    if not fields:
        return NO_DOCS.documents, np.zeros(0)
    counts = np.concatenate([over.counts for _, over in fields])
    documents = expand(np.concatenate([over.starts for _, over in fields]), counts)
    extra = np.concatenate([weight * over.most for weight, over in fields]).repeat(counts)
    some = bits.take(documents).nonzero()[0]
    if len(fields) > 1:
        some = some[documents[some].argsort(kind="stable")]  # which merges what is sorted
    documents, extra = documents[some], extra[some]
    first = np.ones(len(some), bool)
    first[1:] = documents[1:] != documents[:-1]
    begins = first.nonzero()[0]
    if len(begins) == len(some):
        return documents, extra
    return documents[begins], np.add.reduceat(extra, begins)
