"""Query tree against a snapshot: which passages match, and their scores.

Set at a time: every node of the tree gives the sorted document numbers of all its passages with
their scores, and a group joins them. Whoosh's matchers give those of single words and phrases.

What matches is decided by the passage's own text. A title that stands nowhere in the text
belongs to its article's opening passage, so that words found only there still find the article.
Titles and headings otherwise only add to the score.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.query.compound import Or
from whoosh.query.positional import Sequence
from whoosh.query.qcore import Every
from whoosh.query.qcore import Query as WhooshQuery
from whoosh.query.ranges import TermRange
from whoosh.query.terms import Prefix as WhooshPrefix
from whoosh.query.terms import Term, Wildcard
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher as WhooshSearcher

from nutgraf.dates import date_range
from nutgraf.fields import FIELDS, Takes
from nutgraf.ranking import FIELD_WEIGHTS, rarity, weighting
from nutgraf.tree import Filter, Group, Node, Prefix, leaves
from nutgraf_index.analysis import Token, analyse
from nutgraf_index.passages import SILENT_ROLES, Role
from nutgraf_index.storage import Reader
from nutgraf_index.sync import Source

__all__ = ["Match", "evaluate"]

_Documents = npt.NDArray[np.int64]
_WILD = ("*", "?")


class Match(NamedTuple):
    """A passage that matched, by its document number in the snapshot.

    `filters` are those of the query's filters that hold for it; `opening` tells that it answers
    for its article's title.
    """

    document: int
    score: float
    filters: frozenset[Filter] = frozenset()
    opening: bool = False


@dataclass(frozen=True, slots=True)
class _Scored:
    """Document numbers, ascending and each once, and a score for each."""

    documents: _Documents
    scores: npt.NDArray[np.float64]


def evaluate(
    tree: Node, reader: Reader, *, within: Iterable[Source] | None, first: int
) -> tuple[int, list[Match]]:
    """Return how many passages match, and the best `first` of them.

    Equal scores are ordered by citation: the article's id, then the passage's number. `within`
    restricts the answer to what came from these files and folders.
    """
    evaluator = _Evaluator(reader)
    found = _keep(evaluator.matches(tree), evaluator.with_roles(tree))
    if within is not None:
        places = [evaluator.from_source(source) for source in within]
        found = _keep(found, _union(places))
    found = evaluator.with_context(found, tree)
    best = _best(found, reader, first)
    return len(found.documents), [evaluator.explained(match) for match in best]


class _Evaluator:
    """The nodes of one query against one snapshot."""

    def __init__(self, reader: Reader) -> None:
        self.searcher = WhooshSearcher(reader.whoosh, weighting=weighting())
        self.filtered: dict[Filter, _Documents] = {}
        self.opening = self._documents(Every("opening"))

    def matches(self, node: Node) -> _Scored:
        """Return the passages for which a node is true."""
        if isinstance(node, Group):
            return self._group(node)
        if isinstance(node, Filter):
            return _unscored(self._filter(node))
        tokens = analyse(node.text)
        if isinstance(node, Prefix):
            # A stem may not begin as its word does (missile*): prefixes look at words.
            found = self._documents(_prefix("words", tokens))
            score = rarity(len(found), self.searcher.doc_count())
            text = _Scored(found, np.full(len(found), score))
            title = self._documents(_prefix("opening", tokens))
        else:
            text = self._scored(_row("text", tokens))
            title = self._documents(_row("title", tokens))
        return _sum([text, _unscored(_common(self.opening, title))])

    def with_roles(self, tree: Node) -> _Documents:
        """Return the passages whose roles take part: the silent ones only if asked for."""
        quiet = SILENT_ROLES - _named_roles(tree)
        roles = [Term("role", role.value) for role in Role if role not in quiet]
        return _union([self._documents(role) for role in roles])

    def with_context(self, found: _Scored, tree: Node) -> _Scored:
        """Add to the scores what words of the query in title and heading are worth."""
        words = {token.term: None for leaf in leaves(tree) for token in analyse(leaf.text)}
        parts = [found]
        for field, weight in FIELD_WEIGHTS.items():
            for word in words:
                part = self._scored(Term(field, word))
                part = _Scored(part.documents, part.scores * weight)
                parts.append(_keep(part, found.documents))
        return _sum(parts)

    def explained(self, match: Match) -> Match:
        """Note what holds for a match, for the highlighter."""
        held = [node for node, kept in self.filtered.items() if match.document in kept]
        opening = match.document in self.opening
        return match._replace(filters=frozenset(held), opening=opening)

    def from_source(self, source: Source) -> _Documents:
        """Return the passages that came from a file or from within a folder."""
        root = self._documents(Term("root", source.root_name))
        if not source.path:
            return root
        return _common(root, self._documents(_at_path(source.path)))

    def _group(self, group: Group) -> _Scored:
        must = [self.matches(node) for node in group.must]
        should = [self.matches(node) for node in group.should]
        if must:
            common = reduce(_common, [part.documents for part in must])
            found = _sum([_keep(part, common) for part in must + should])
        elif should:
            found = _sum(should)
        else:
            found = _unscored(self._documents(Every("role")))
        for condition in group.filters:
            found = _keep(found, self._filter(condition))
        for node in group.exclude:
            found = _keep(found, self.matches(node).documents, inverted=True)
        return found

    def _filter(self, node: Filter) -> _Documents:
        """Return the passages for which a condition holds."""
        if node not in self.filtered:
            self.filtered[node] = self._documents(_condition(node))
        return self.filtered[node]

    def _documents(self, query: WhooshQuery) -> _Documents:
        """Return the passages a Whoosh query matches."""
        return self._scored(query).documents

    def _scored(self, query: WhooshQuery) -> _Scored:
        """Run a Whoosh query's matcher over every segment."""
        documents: list[int] = []
        scores: list[float] = []
        context = self.searcher.context(weighting=self.searcher.weighting)
        for segment, offset in self.searcher.leaf_searchers():
            try:
                matcher = query.matcher(segment, context)
            except TermNotFound:
                continue
            while matcher.is_active():
                documents.append(matcher.id() + offset)
                scores.append(matcher.score())
                matcher.next()
        return _Scored(np.array(documents, np.int64), np.array(scores, np.float64))


def _prefix(field: str, tokens: list[Token]) -> WhooshQuery:
    *before, last = tokens
    return _joined([*(Term(field, token.word) for token in before), WhooshPrefix(field, last.word)])


def _row(field: str, tokens: list[Token]) -> WhooshQuery:
    """Return the query for words that stand in a row."""
    return _joined([Term(field, token.term) for token in tokens])


def _joined(parts: list[Any]) -> WhooshQuery:
    return parts[0] if len(parts) == 1 else Sequence(parts)


def _condition(node: Filter) -> WhooshQuery:
    takes = FIELDS[node.field].takes
    if takes is Takes.DATE:
        return _in_dates(node.value)
    if takes is Takes.PATH and any(sign in node.value for sign in _WILD):
        return Wildcard("path", node.value)
    if takes is Takes.PATH:
        return _at_path(node.value.rstrip("/"))
    if takes is Takes.WORDS:
        return _row(node.field, analyse(node.value))
    return Term(node.field, node.value)


def _at_path(path: str) -> WhooshQuery:
    """Return the query for a file, or all within a folder."""
    return Or([Term("path", path), WhooshPrefix("path", f"{path}/")])


def _in_dates(value: str) -> WhooshQuery:
    bounds = date_range(value)
    assert bounds is not None  # the parser has checked it
    # Dates are texts in their own order; "2020" stands for its first day, and sorts as one.
    start, end = bounds
    for part in ("-01", "-01"):
        start = start.removesuffix(part)
    return TermRange("date", start or None, end or None)


def _named_roles(node: Node) -> set[Role]:
    """Return the roles a query asks for anywhere but to exclude them."""
    if isinstance(node, Filter):
        return {Role(node.value)} if node.field == "role" else set()
    if isinstance(node, Group):
        asked = (*node.must, *node.should, *node.filters)
        return set().union(*map(_named_roles, asked))
    return set()


def _unscored(documents: _Documents) -> _Scored:
    return _Scored(documents, np.zeros(len(documents)))


def _keep(found: _Scored, documents: _Documents, *, inverted: bool = False) -> _Scored:
    """Keep those of the found that are, or are not, among the documents."""
    kept = np.isin(found.documents, documents, assume_unique=True, invert=inverted)
    return _Scored(found.documents[kept], found.scores[kept])


def _common(one: _Documents, other: _Documents) -> _Documents:
    return one[np.isin(one, other, assume_unique=True)]


def _union(sets: list[_Documents]) -> _Documents:
    """Return what is in any of the sets; `np.unique` would import a third of numpy for it."""
    everything = np.sort(np.concatenate([np.array([], np.int64), *sets]))
    first = np.ones(len(everything), bool)
    first[1:] = everything[1:] != everything[:-1]
    return everything[first]


def _sum(parts: list[_Scored]) -> _Scored:
    """Join sets, adding up the scores of a document in the order of the parts."""
    documents = _union([part.documents for part in parts])
    scores = np.zeros(len(documents))
    for part in parts:
        scores[np.searchsorted(documents, part.documents)] += part.scores
    return _Scored(documents, scores)


def _best(found: _Scored, reader: Reader, first: int) -> list[Match]:
    """Return the best matches in order; citations are looked up for those in question only."""
    if first < len(found.scores):
        threshold = np.partition(found.scores, -first)[-first] if first else np.inf
        kept = found.scores >= threshold
        found = _Scored(found.documents[kept], found.scores[kept])
    keyed = []
    for document, score in zip(found.documents.tolist(), found.scores.tolist(), strict=True):
        article, number = reader.citation(document)
        keyed.append((-score, article, number, document))
    return [Match(document, -negated) for negated, _, _, document in sorted(keyed)[:first]]
