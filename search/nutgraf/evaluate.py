"""Query tree against a snapshot: which passages match, and their scores.

Set at a time: every node of the tree gives the sorted document numbers of all its passages with
their scores, and a group joins them. `Postings` gives those of words, phrases and prefixes.

What matches is decided by the passage's own text. A title that stands nowhere in the text
belongs to its article's opening passage, so that words found only there still find the article.
Titles and headings otherwise only add to the score.
"""

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple

import numpy as np
from whoosh.query.compound import Or
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import TermRange
from whoosh.query.terms import Prefix as WhooshPrefix
from whoosh.query.terms import Term, Wildcard

from nutgraf.dates import date_range
from nutgraf.fields import FIELDS, Takes
from nutgraf.postings import Documents, Postings, Scored, common, keep, total, union, unscored
from nutgraf.ranking import FIELD_WEIGHTS
from nutgraf.tree import Filter, Group, Node, Prefix, leaves
from nutgraf_index.analysis import analyse
from nutgraf_index.passages import SILENT_ROLES, Role
from nutgraf_index.sources import Place
from nutgraf_index.storage import Reader

__all__ = ["Match", "evaluate"]

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


def evaluate(
    tree: Node, postings: Postings, *, within: Iterable[Place] | None, first: int
) -> tuple[int, list[Match]]:
    """Return how many passages match, and the best `first` of them.

    Equal scores are ordered by citation: the article's id, then the passage's number. `within`
    restricts the answer to what came from these files and folders.
    """
    evaluator = _Evaluator(postings)
    found = evaluator.without_silent(evaluator.matches(tree), tree)
    if within is not None:
        found = keep(found, union([evaluator.from_place(place) for place in within]))
    found = evaluator.with_context(found, tree)
    best = _best(found, postings.reader, first)
    return len(found.documents), [evaluator.explained(match) for match in best]


class _Evaluator:
    """The nodes of one query against one snapshot."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings
        self.filtered: dict[Filter, Documents] = {}

    def matches(self, node: Node) -> Scored:
        """Return the passages for which a node is true."""
        if isinstance(node, Group):
            return self._group(node)
        if isinstance(node, Filter):
            return unscored(self._filter(node))
        tokens = analyse(node.text)
        if isinstance(node, Prefix):
            # A stem may not begin as its word does (missile*): prefixes look at words.
            words = [token.word for token in tokens]
            text = self.postings.prefix_row("words", words)
            title = self.postings.prefix_row("opening", words)
        else:
            stems = [token.term for token in tokens]
            text = self.postings.row("text", stems)
            title = self.postings.row("title", stems)
        return total([text, unscored(common(self.postings.opening, title.documents))])

    def without_silent(self, found: Scored, tree: Node) -> Scored:
        """Leave out the passages whose roles are silent unless asked for."""
        quiet = SILENT_ROLES - _named_roles(tree)
        return keep(found, union([self.postings.role(role) for role in quiet]), inverted=True)

    def with_context(self, found: Scored, tree: Node) -> Scored:
        """Add to the scores what words of the query in title and heading are worth."""
        words = {token.term: None for leaf in leaves(tree) for token in analyse(leaf.text)}
        parts = [found]
        for field, weight in FIELD_WEIGHTS.items():
            for word in words:
                part = self.postings.row(field, [word])
                part = Scored(part.documents, part.scores * weight)
                parts.append(keep(part, found.documents))
        return total(parts)

    def explained(self, match: Match) -> Match:
        """Note what holds for a match, for the highlighter."""
        held = [node for node, kept in self.filtered.items() if match.document in kept]
        opening = match.document in self.postings.opening
        return match._replace(filters=frozenset(held), opening=opening)

    def from_place(self, place: Place) -> Documents:
        """Return the passages that came from a file or from within a folder."""
        root = self.postings.documents(Term("root", place.root_name))
        if not place.path:
            return root
        return common(root, self.postings.documents(_at_path(place.path)))

    def _group(self, group: Group) -> Scored:
        must = [self.matches(node) for node in group.must]
        should = [self.matches(node) for node in group.should]
        if must:
            everywhere = reduce(common, [part.documents for part in must])
            found = total([keep(part, everywhere) for part in must + should])
        elif should:
            found = total(should)
        else:
            found = unscored(self.postings.documents(Every("role")))
        for condition in group.filters:
            found = keep(found, self._filter(condition))
        for node in group.exclude:
            found = keep(found, self.matches(node).documents, inverted=True)
        return found

    def _filter(self, node: Filter) -> Documents:
        """Return the passages for which a condition holds."""
        if node not in self.filtered:
            self.filtered[node] = self._holding(node)
        return self.filtered[node]

    def _holding(self, node: Filter) -> Documents:
        if FIELDS[node.field].takes is Takes.WORDS:
            return self.postings.row(
                node.field, [token.term for token in analyse(node.value)]
            ).documents
        return self.postings.documents(_condition(node))


def _condition(node: Filter) -> Query:
    takes = FIELDS[node.field].takes
    if takes is Takes.DATE:
        return _in_dates(node.value)
    if takes is Takes.PATH and any(sign in node.value for sign in _WILD):
        return Wildcard("path", node.value.replace("[", "[[]"))  # no classes of characters
    if takes is Takes.PATH:
        return _at_path(node.value.rstrip("/"))
    return Term(node.field, node.value)


def _at_path(path: str) -> Query:
    """Return the query for a file, or all within a folder."""
    return Or([Term("path", path), WhooshPrefix("path", f"{path}/")])


def _in_dates(value: str) -> Query:
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


def _best(found: Scored, reader: Reader, first: int) -> list[Match]:
    """Return the best matches in order; citations are looked up for those in question only."""
    if first < len(found.scores):
        threshold = np.partition(found.scores, -first)[-first] if first else np.inf
        kept = found.scores >= threshold
        found = Scored(found.documents[kept], found.scores[kept])
    keyed = []
    for document, score in zip(found.documents.tolist(), found.scores.tolist(), strict=True):
        article, number = reader.citation(document)
        keyed.append((-score, article, number, document))
    return [Match(document, -negated) for negated, _, _, document in sorted(keyed)[:first]]
