"""Matches that are copies of each other, as one.

Going through the matches in their order, each takes with it all others that match and are copies
of it (`nutgraf_index.shingles`), unless one before it took them.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from nutgraf.evaluator import Evaluator, Ranked
from nutgraf.rows import Documents, Mask
from nutgraf_index.analysis import analyse
from nutgraf_index.levels import Level
from nutgraf_index.shingles import alike, may_be_alike

__all__ = ["Copies", "Members", "Taken", "cite", "collapsed", "in_order"]

MOST_CITED = 100  # copies of one passage
_SPARE = 5  # matches beyond those wanted that are looked at, lest a few copies leave too few
_Passage = tuple[Evaluator, int]
Members = list[tuple[Evaluator, Documents]]  # some passages, by their segments
Copies = dict[_Passage, Members]
Taken = Mapping[Evaluator, Mask]


class Collapsed(NamedTuple):
    """The best matches of which none is a copy of another, and the copies of those with any."""

    best: list[Ranked]
    copies: Copies


def collapsed(
    ranked: Callable[[int, Taken], list[Ranked]],
    evaluators: Sequence[Evaluator],
    matching: Callable[[Evaluator, Documents], Mask],
    wanted: int,
    *,
    collapse: bool = True,
) -> Collapsed:
    """Return so many matches, or all there are, with the copies of each.

    `ranked` gives the first so many matches but for those that were taken, `matching` tells which
    passages are among all. Without `collapse` they are returned as they are.
    """
    if not (wanted and collapse):
        return Collapsed(ranked(wanted, {}) if wanted else [], {})
    collapsing = _Collapsing(evaluators, matching)
    depth = wanted + _SPARE
    while True:
        found = ranked(depth, collapsing.taken)
        best = collapsing.first(found, wanted)
        if len(best) == wanted or len(found) < depth:
            return Collapsed(best, collapsing.copies)
        depth *= 2


def in_order(members: Members) -> list[_Passage]:
    """Return the first of some passages by date, those without last, then by citation.

    As many as are cited of the copies of one, and one.
    """
    found = []
    for evaluator, documents in members:
        view = evaluator.view
        articles = view.unit_of(Level.ARTICLE, documents)
        days = evaluator.lists.days[articles]
        order = np.lexsort((documents, view.rank[articles], days))[: MOST_CITED + 1]
        found += [
            (day, evaluator.article_of(document), document, evaluator)
            for day, document in zip(days[order].tolist(), documents[order].tolist(), strict=True)
        ]
    found.sort(key=lambda one: one[:3])
    return [(evaluator, document) for _, _, document, evaluator in found[: MOST_CITED + 1]]


def cite(passages: Sequence[_Passage]) -> tuple[str, ...]:
    """Return the citations of the first of some passages, as many as are cited."""
    return tuple(evaluator.cite(document) for evaluator, document in passages[:MOST_CITED])


class _Collapsing:
    """Matches on the way to being collapsed; `taken` are those that are copies of others."""

    def __init__(
        self,
        evaluators: Sequence[Evaluator],
        matching: Callable[[Evaluator, Documents], Mask],
    ) -> None:
        self._evaluators = evaluators
        self._matching = matching
        self.taken: dict[Evaluator, Mask] = {}
        self.copies: Copies = {}

    def first(self, ranked: Sequence[Ranked], wanted: int) -> list[Ranked]:
        """Return the first so many of some matches that are no copies of others before them."""
        best: list[Ranked] = []
        for match, alone, sketch in zip(ranked, *self._sketched(ranked), strict=True):
            if len(best) == wanted:
                break
            _, evaluator, document = match
            if not alone and (evaluator, document) not in self.copies:
                if evaluator in self.taken and self.taken[evaluator][document]:
                    continue
                self.copies[evaluator, document] = self._take(evaluator, document, sketch)
            best.append(match)
        return best

    def _sketched(self, ranked: Sequence[Ranked]) -> tuple[list[bool], list[int]]:
        """Return which of some matches share no hash with any passage, and the sketch of each."""
        sketched = np.zeros(len(ranked), np.uint64)
        alone = np.zeros(len(ranked), bool)
        for evaluator in dict.fromkeys(evaluator for _, evaluator, _ in ranked):
            at = [place for place, match in enumerate(ranked) if match[1] is evaluator]
            documents = np.array([ranked[place][2] for place in at])
            sketches = evaluator.lists.sketches
            own = sketches.all[documents]
            shared = sketches.shared[documents]
            for other in self._evaluators:
                if other is not evaluator:
                    shared |= other.lists.sketches.known(own)
            sketched[at] = own
            alone[at] = ~shared | (own == 0)  # what has no words is no copy
        return alone.tolist(), sketched.tolist()

    def _take(self, evaluator: Evaluator, document: int, sketch: int) -> Members:
        """Take the copies of a passage that nobody took, and return them."""
        length = int(evaluator.lists.lengths[document])
        words: list[str] = []
        judged: dict[tuple[int, int], bool] = {}  # passages of the same words are judged once
        members = []
        for one in self._evaluators:
            documents = one.lists.sketches.sharing(sketch)
            if one is evaluator:
                documents = documents[documents != document]
            documents = documents[may_be_alike(length, one.lists.lengths[documents])]
            if one in self.taken:
                documents = documents[~self.taken[one][documents]]
            if not len(documents):
                continue
            documents = documents[self._matching(one, documents)]
            sketched, lengths = one.lists.sketches.all[documents], one.lists.lengths[documents]
            kept = (sketched == sketch) & (lengths == length)  # as good as the same words
            for at in np.flatnonzero(~kept).tolist():
                key = int(sketched[at]), int(lengths[at])
                if key not in judged:
                    words = words or _words(evaluator, document)
                    judged[key] = alike(words, _words(one, int(documents[at])))
                kept[at] = judged[key]
            if kept.any():
                members.append((one, documents[kept]))
                self.taken.setdefault(one, np.zeros(one.view.passages, bool))[documents[kept]] = (
                    True
                )
        return members


def _words(evaluator: Evaluator, document: int) -> list[str]:
    article = evaluator.view.unit_at(Level.ARTICLE, document)
    return [token.word for token in analyse(evaluator.view.passage(document, article).text)]
