"""Sets of passages with scores, and the words' sets as Whoosh's matchers give them."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import Any

import numpy as np
import numpy.typing as npt
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Prefix, Term
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher

from nutgraf.ranking import rarity, weighting
from nutgraf_index.passages import Role
from nutgraf_index.storage import Reader

__all__ = ["Documents", "Postings", "Scored", "common", "keep", "total", "union", "unscored"]

Documents = npt.NDArray[np.int64]
_TERMS_KEPT = 256


@dataclass(frozen=True, slots=True)
class Scored:
    """Document numbers, ascending and each once, and a score for each."""

    documents: Documents
    scores: npt.NDArray[np.float64]


class Postings:
    """The passages of words in one snapshot. What does not depend on a query is kept."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._roles: dict[Role, Documents] = {}
        self._terms: dict[tuple[str, str], Scored] = {}
        self._searcher = Searcher(reader.whoosh, weighting=weighting())

    @cached_property
    def opening(self) -> Documents:
        """The passages that answer for their article's title."""
        return self.documents(Every("opening"))

    def role(self, role: Role) -> Documents:
        """Return the passages of a role."""
        if role not in self._roles:
            self._roles[role] = self.documents(Term("role", role.value))
        return self._roles[role]

    def documents(self, query: Query) -> Documents:
        """Return the passages a Whoosh query matches."""
        return self.scored(query).documents

    def scored(self, query: Query) -> Scored:
        """Return the passages a Whoosh query matches, with its score."""
        documents: list[int] = []
        scores: list[float] = []
        for matcher, offset in self._matchers(query):
            while matcher.is_active():
                documents.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        return Scored(np.array(documents, np.int64), np.array(scores, np.float64))

    def row(self, field: str, terms: list[str]) -> Scored:
        """Return the passages where terms stand in a row; their scores are the terms' sum."""
        parts = {term: self._term(field, term) for term in terms}
        if len(parts) == 1 == len(terms):
            return parts[terms[0]]
        candidates = reduce(common, [part.documents for part in parts.values()])
        places = {term: self._positions(field, term, candidates) for term in parts}
        found = _in_a_row(candidates, [places[term] for term in terms])
        return total([keep(parts[term], found) for term in terms])

    def _term(self, field: str, term: str) -> Scored:
        """Return the passages of a term; a query may name it in many phrases."""
        if (field, term) not in self._terms:
            if len(self._terms) >= _TERMS_KEPT:
                self._terms.clear()
            self._terms[field, term] = self.scored(Term(field, term))
        return self._terms[field, term]

    def prefix_row(self, field: str, words: list[str]) -> Scored:
        """Return the passages where words stand in a row, the last of them only begun.

        The score is that of a word as rare as the whole.
        """
        *before, last = words
        found = self.documents(Prefix(field, last))
        if before:
            found = reduce(common, [self.documents(Term(field, word)) for word in before], found)
            ends: dict[int, set[int]] = {}
            for begun in self.reader.whoosh.expand_prefix(field, last):
                word = begun.decode()
                for document, positions in self._positions(field, word, found).items():
                    ends.setdefault(document, set()).update(positions)
            places = [self._positions(field, word, found) for word in before]
            found = _in_a_row(found, [*places, ends])
        score = rarity(len(found), self._searcher.doc_count())
        return Scored(found, np.full(len(found), score))

    def _positions(self, field: str, term: str, within: Documents) -> dict[int, set[int]]:
        """Return where a term stands, for those passages."""
        wanted = set(within.tolist())
        found: dict[int, set[int]] = {}
        for matcher, offset in self._matchers(Term(field, term)):
            while matcher.is_active():
                document = matcher.id() + offset
                if document in wanted:
                    found[document] = set(matcher.value_as("positions"))
                matcher.next()
        return found

    def _matchers(self, query: Query) -> Iterator[tuple[Any, int]]:
        """Yield a query's matcher for every segment, and the segment's first number."""
        context = self._searcher.context(weighting=self._searcher.weighting)
        for segment, offset in self._searcher.leaf_searchers():
            with contextlib.suppress(TermNotFound):
                yield query.matcher(segment, context), offset


def _in_a_row(candidates: Documents, places: list[dict[int, set[int]]]) -> Documents:
    """Return the candidates where some position of each place follows one of the place before."""
    kept = []
    for document in candidates.tolist():
        ends = places[0].get(document, set())
        for place in places[1:]:
            following = place.get(document, set())
            ends = {at + 1 for at in ends} & following
            if not ends:
                break
        if ends:
            kept.append(document)
    return np.array(kept, np.int64)


def unscored(documents: Documents) -> Scored:
    """Return documents with scores of zero."""
    return Scored(documents, np.zeros(len(documents)))


def keep(found: Scored, documents: Documents, *, inverted: bool = False) -> Scored:
    """Keep those of the found that are, or are not, among the documents."""
    kept = np.isin(found.documents, documents, assume_unique=True, invert=inverted)
    return Scored(found.documents[kept], found.scores[kept])


def common(one: Documents, other: Documents) -> Documents:
    """Return what is in both."""
    return one[np.isin(one, other, assume_unique=True)]


def union(sets: list[Documents]) -> Documents:
    """Return what is in any of the sets; `np.unique` would import a third of numpy for it."""
    everything = np.sort(np.concatenate([np.array([], np.int64), *sets]))
    first = np.ones(len(everything), bool)
    first[1:] = everything[1:] != everything[:-1]
    return everything[first]


def total(parts: list[Scored]) -> Scored:
    """Join sets, adding up the scores of a document in the order of the parts."""
    documents = union([part.documents for part in parts])
    scores = np.zeros(len(documents))
    for part in parts:
        scores[np.searchsorted(documents, part.documents)] += part.scores
    return Scored(documents, scores)
