"""What a passage's score comes from: a tree of which word gave what in which field.

Each node of a query is asked what it gives to the one passage, as it is when passages are ranked.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from nutgraf.matching.scorer import Scorer
from nutgraf.matching.segment_searcher import Match, SegmentSearcher
from nutgraf.positions.phrase import look_up
from nutgraf.query.tree import (
    Boost,
    Exact,
    Filter,
    Fuzzy,
    Group,
    Near,
    Node,
    Pattern,
    Words,
    leaves,
)
from nutgraf.ranking.context import best_around
from nutgraf.ranking.proximity import proximity_by_term
from nutgraf.results.hits import Explanation
from nutgraf.scoring.bm25f import CONTEXT, LIGHT, OPENING
from nutgraf.scoring.query_weights import joined_of, parts_of, terms_of
from nutgraf_index.analysis.analyzer import analyse
from nutgraf_index.fields import FIELDS, Level

__all__ = ["explanations"]


def explanations(
    matches: Sequence[Match], segment_searchers: Iterable[SegmentSearcher], refined: int
) -> Iterator[Explanation]:
    """Yield what the score of each match comes from; the first `refined` are those of the best."""
    explainers = {searcher.reader: _Explainer(searcher) for searcher in segment_searchers}
    for at, match in enumerate(matches):
        yield explainers[match.reader].explanation(match, refined=at < refined)


class _Explainer:
    """What one query gives to the passages of one segment."""

    def __init__(self, searcher: SegmentSearcher) -> None:
        self._searcher = searcher
        self._segment = searcher.segment
        self._parts: dict[tuple[Node, float], Scorer] = {}
        self._forms: dict[str, str] = {}
        for leaf in leaves(searcher.tree):
            for token in analyse(leaf.text):
                self._forms.setdefault(token.term, token.word)
            if joined := joined_of(leaf.text):
                self._forms.setdefault(joined[1], joined[0])

    def explanation(self, match: Match, *, refined: bool) -> Explanation:
        """Return what a match's score comes from."""
        document = match.passage
        parts = self._nodes(self._searcher.asked(document), document)
        if refined:
            parts += self._refinement(document)
        return Explanation("score", match.score, parts)

    def _refinement(self, document: int) -> tuple[Explanation, ...]:
        """Return what only the best passages are given."""
        row, light = self._searcher.query_weights.row()
        near = tuple(
            one
            for term, scores in proximity_by_term(self._segment, row, np.array([document])).items()
            for one in _any(Explanation(self._forms[term], float(scores[0])))
        )
        return (
            *_sum("nearness", near),
            *_sum("context", self._context(document)),
            *_sum("without weight", self._terms(light, LIGHT, document)),
        )

    def _context(self, document: int) -> tuple[Explanation, ...]:
        """Return what the best passage around one gives to it."""
        others, scores = best_around(self._searcher, np.array([document]))
        other, score = others.item(), scores.item()
        if not score:
            return ()
        factors = (("share", CONTEXT), ("score", score))
        return (Explanation(self._searcher.cite(other), CONTEXT * score, factors=factors),)

    def _nodes(
        self, weighed: Iterable[tuple[Node, float]], document: int
    ) -> tuple[Explanation, ...]:
        """Return what some nodes give that do give something."""
        return tuple(one for node, weight in weighed for one in self._node(node, weight, document))

    def _node(
        self, node: Node, weight: float, document: int, label: str = ""
    ) -> tuple[Explanation, ...]:
        """Return what a node gives, and how; nothing if it gives nothing."""
        label = label or str(node)
        if isinstance(node, Boost):
            return self._node(node.node, weight * node.factor, document, label)
        if isinstance(node, Filter):
            return ()
        value = self._value(node, weight, document)
        if isinstance(node, Pattern | Fuzzy):
            idf = self._searcher.postings.idf_of_any(node)
            return _any(Explanation(label, value, factors=(("weight", weight), ("rarity", idf))))
        if not value:
            return ()
        if isinstance(node, Group | Near):
            return (Explanation(label, value, self._nodes(self._inner(node, weight), document)),)
        terms = _terms_of(node)
        if len(terms) == 1:
            joined = isinstance(node, Words) and not node.quoted
            return self._term(terms[0], weight, document, label, joined=joined)
        return (Explanation(label, value, self._terms(terms, weight, document)),)

    def _inner(self, node: Group | Near, weight: float) -> list[tuple[Node, float]]:
        """Return the nodes of which what they give is added up in a node, with their weights."""
        if isinstance(node, Near):
            return [(leaf, weight) for leaf in leaves(node)]
        weigh = self._searcher.query_weights.weigh
        inner = [*weigh(node.must), *weigh(node.should)]
        return [(one, weight * own) for one, own in inner]

    def _value(self, node: Node, weight: float, document: int) -> float:
        key = node, weight
        if key not in self._parts:
            self._parts[key] = self._searcher.part(node, weight)
        return float(self._parts[key].scores_at(np.array([document]))[0])

    def _terms(self, terms: Iterable[str], weight: float, document: int) -> tuple[Explanation, ...]:
        """Return what some words give, each by itself."""
        return tuple(
            one
            for term in terms
            for one in self._term(term, weight, document, self._forms.get(term, term))
        )

    def _term(
        self, term: str, weight: float, document: int, label: str, *, joined: bool = False
    ) -> tuple[Explanation, ...]:
        """Return what a word gives, by the fields it stands in: each as its part of the whole.

        With `joined` it may be written in two parts.
        """
        segment = self._segment
        part = segment.term(term, weight, joined=joined)
        value = float(part.scores_at(np.array([document]))[0])
        if not value:
            return ()
        found = {
            field: self._found(field, term, document, joined=joined)
            for field in ("text", *part.titled)
        }
        often = {"text": found["text"] / segment.length_norm.item(document)}
        for field, over in part.titled.items():
            often[field] = float(over.often_at(np.array([document]))[0])
        whole = sum(often.values())
        fields = tuple(
            Explanation(
                field, value * share / whole, factors=self._factors(field, found[field], document)
            )
            for field, share in often.items()
            if share
        )
        factors = (("weight", weight), ("rarity", segment.idf(term)))
        return (Explanation(label, value, fields, factors),)

    def _factors(self, field: str, found: int, document: int) -> tuple[tuple[str, float], ...]:
        """Return how often a word stands in a field, which is given, and how long that is."""
        lengths = self._segment.reader.file.column(f"{field}.lengths")
        average = self._searcher.postings.snapshot.average_length(field)
        factors = (
            ("frequency", found),
            ("length", int(lengths.all()[self._unit(field, document)])),
            ("average", average),
        )
        lifted = field == "title" and self._segment.is_opening(document)
        return (*factors, ("lift", OPENING)) if lifted else factors

    def _found(self, field: str, term: str, document: int, *, joined: bool) -> int:
        """Return how often a word stands in a field of a passage, or over it."""
        unit = np.array([self._unit(field, document)])
        found = 0
        number = self._segment.number(field, term)
        if number >= 0:
            postings = self._segment.reader.field(field)
            held, place = look_up(postings.doc_ids(number), unit)
            found = int(postings.frequencies(number)[place[0]]) if held[0] else 0
        if joined and field != "heading":
            found += int(look_up(self._segment.joined(field, term), unit)[0][0])
        return found

    def _unit(self, field: str, document: int) -> int:
        level = FIELDS[field].level
        return document if level is Level.PASSAGE else self._segment.reader.unit_at(level, document)


def _sum(label: str, parts: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Return an explanation of what parts give together, if there are any."""
    return _any(Explanation(label, sum(part.value for part in parts), parts))


def _any(explanation: Explanation) -> tuple[Explanation, ...]:
    """Return an explanation if it gives anything."""
    return (explanation,) if explanation.value else ()


def _terms_of(leaf: Words | Exact) -> tuple[str, ...]:
    """Return the terms by which a leaf gives."""
    if not isinstance(leaf, Words) or leaf.quoted:
        return terms_of(leaf.text)
    joined = joined_of(leaf.text)
    return parts_of(leaf.text) if joined is None else (*parts_of(leaf.text), joined[1])
