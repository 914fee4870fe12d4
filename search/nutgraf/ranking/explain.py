"""What a passage's score comes from: a tree of which word gave what in which field.

Each node of a query is asked what it gives to the one passage, as it is when passages are ranked.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Boost, Filter, Group, Leaf, MultiTerm, Near, Node, Words
from nutgraf.ranking.annotations import Explanation
from nutgraf.ranking.proximity import Proximity
from nutgraf.ranking.ranked import Match
from nutgraf.ranking.rescore import context_of
from nutgraf.scoring.bm25f import CONTEXT, LIGHT, OPENING, OTHER_FIELDS, length_norm
from nutgraf_index.fields import FIELDS, Level

__all__ = ["explained"]


def explained(matches: list[Match], rescored: int) -> list[Match]:
    """Return matches with what their scores come from; the first `rescored` were rescored."""
    explainers = {searcher: _Explainer(searcher) for searcher in {one.searcher for one in matches}}
    return [
        one._replace(explanation=explainers[one.searcher].explanation(one, rescored=at < rescored))
        for at, one in enumerate(matches)
    ]


class _Explainer:
    """What one query gives to the passages of one segment."""

    def __init__(self, searcher: SegmentSearcher) -> None:
        self._searcher = searcher
        self._segment = searcher.segment
        self._analyzer = searcher.analyzer
        self._values: dict[tuple[Node, float, int], float] = {}
        self._forms: dict[str, str] = {}
        for leaf in searcher.tree.leaves():
            for token in self._analyzer.tokens(leaf.text):
                self._forms.setdefault(token.term, token.word)
            if joined := self._analyzer.compound(leaf.text):
                self._forms.setdefault(joined[1], joined[0])

    def explanation(self, match: Match, *, rescored: bool) -> Explanation:
        """Return what a match's score comes from."""
        document = match.doc_id
        parts = self._nodes(self._searcher.boosts(document), document)
        if rescored:
            parts += self._rescoring(document)
        return Explanation("score", match.score, parts)

    def _rescoring(self, document: int) -> tuple[Explanation, ...]:
        """Return what only the best passages are given."""
        row, light = self._searcher.query_weights.row()
        near = tuple(
            one
            for term, score in Proximity(row).by_term(self._segment, document).items()
            for one in _any(Explanation(self._forms[term], score))
        )
        return (
            *_sum("nearness", near),
            *_sum("context", self._context(document)),
            *_sum("without weight", self._terms(light, LIGHT, document)),
        )

    def _context(self, document: int) -> tuple[Explanation, ...]:
        """Return what the best passage around one gives to it."""
        other, score, added = context_of(self._searcher, document)
        factors = (("share", CONTEXT), ("score", score))
        return _any(Explanation(self._searcher.cite(other), added, factors=factors))

    def _nodes(
        self, boosted: Iterable[tuple[Node, float]], document: int
    ) -> tuple[Explanation, ...]:
        """Return what some nodes give that do give something."""
        return tuple(one for node, boost in boosted for one in self._node(node, boost, document))

    def _node(
        self, node: Node, boost: float, document: int, label: str = ""
    ) -> tuple[Explanation, ...]:
        """Return what a node gives, and how; nothing if it gives nothing."""
        label = label or str(node)
        if isinstance(node, Boost):
            return self._node(node.node, boost * node.factor, document, label)
        if isinstance(node, Filter):
            return ()
        value = self._value(node, boost, document)
        if isinstance(node, MultiTerm):
            idf = self._searcher.postings.idf_of_any(node)
            return _any(Explanation(label, value, factors=(("weight", boost), ("rarity", idf))))
        if not value:
            return ()
        if isinstance(node, Group | Near):
            return (Explanation(label, value, self._nodes(self._inner(node, boost), document)),)
        terms = self._terms_of(node)
        if len(terms) == 1:
            joined = isinstance(node, Words) and not node.quoted
            return self._term(terms[0], boost, document, label, joined=joined)
        return (Explanation(label, value, self._terms(terms, boost, document)),)

    def _inner(self, node: Group | Near, boost: float) -> list[tuple[Node, float]]:
        """Return the nodes of which what they give is added up in a node, with their weights."""
        if isinstance(node, Near):
            return [(leaf, boost) for leaf in node.leaves()]
        weigh = self._searcher.query_weights.weigh
        inner = [*weigh(node.must), *weigh(node.should)]
        return [(one, boost * own) for one, own in inner]

    def _value(self, node: Node, boost: float, document: int) -> float:
        key = node, boost, document
        if key not in self._values:
            self._values[key] = self._searcher.value(node, boost, document)
        return self._values[key]

    def _terms(self, terms: Iterable[str], boost: float, document: int) -> tuple[Explanation, ...]:
        """Return what some words give, each by itself."""
        return tuple(
            one
            for term in terms
            for one in self._term(term, boost, document, self._forms.get(term, term))
        )

    def _term(
        self, term: str, boost: float, document: int, label: str, *, joined: bool = False
    ) -> tuple[Explanation, ...]:
        """Return what a word gives, by the fields it stands in: each as its part of the whole.

        With `joined` it may be written in two parts.
        """
        segment = self._segment
        known = segment.term(term, joined=joined)
        value = self._searcher.term_value(term, boost, document, joined=joined)
        if not value:
            return ()
        found = {
            field: self._found(field, term, document, joined=joined)
            for field in ("text", *OTHER_FIELDS)
        }
        average = self._searcher.postings.snapshot.average_length("text")
        norm = length_norm("text", segment.lengths[document], average)
        freqs = {"text": found["text"] / norm}
        for field, (spans, values) in zip(OTHER_FIELDS, known.ranges, strict=True):
            at = bisect_right(spans[1::2], document)
            under = at < len(values) and spans[2 * at] <= document
            freqs[field] = values[at] if under else 0.0
        whole = sum(freqs.values())
        fields = tuple(
            Explanation(
                field, value * share / whole, factors=self._factors(field, found[field], document)
            )
            for field, share in freqs.items()
            if share
        )
        factors = (("weight", boost), ("rarity", segment.idf(term)))
        return (Explanation(label, value, fields, factors),)

    def _factors(self, field: str, found: int, document: int) -> tuple[tuple[str, float], ...]:
        """Return how often a word stands in a field, which is given, and how long that is."""
        lengths = self._segment.reader.field(field).lengths
        average = self._searcher.postings.snapshot.average_length(field)
        factors = (
            ("frequency", found),
            ("length", lengths[self._unit(field, document)]),
            ("average", average),
        )
        lifted = field == "title" and self._segment.is_opening(document)
        return (*factors, ("lift", OPENING)) if lifted else factors

    def _found(self, field: str, term: str, document: int, *, joined: bool) -> int:
        """Return how often a word stands in a field of a passage, or over it."""
        unit = self._unit(field, document)
        found = 0
        number = self._segment.number(field, term)
        if number >= 0:
            docs, freqs = self._segment.reader.field(field).postings(number)
            at = bisect_left(docs, unit)
            found = freqs[at] if at < len(docs) and docs[at] == unit else 0
        if joined and field != "heading":
            found += unit in self._segment.joined(field, term)
        return found

    def _terms_of(self, leaf: Node) -> tuple[str, ...]:
        """Return the terms by which a leaf gives."""
        assert isinstance(leaf, Leaf)
        if not isinstance(leaf, Words) or leaf.quoted:
            return self._analyzer.terms(leaf.text)
        joined = self._analyzer.compound(leaf.text)
        terms = self._analyzer.weighted_terms(leaf.text)
        return terms if joined is None else (*terms, joined[1])

    def _unit(self, field: str, document: int) -> int:
        level = FIELDS[field].level
        return document if level is Level.PASSAGE else self._segment.reader.unit_at(level, document)


def _sum(label: str, parts: tuple[Explanation, ...]) -> tuple[Explanation, ...]:
    """Return an explanation of what parts give together, if there are any."""
    return _any(Explanation(label, sum(part.value for part in parts), parts))


def _any(explanation: Explanation) -> tuple[Explanation, ...]:
    """Return an explanation if it gives anything."""
    return (explanation,) if explanation.value else ()
