"""Matches that are near-duplicates of each other, as one.

Going through the matches in their order, each takes with it all others that match and are its
near-duplicates (`nutgraf_index.segment.fingerprints`), unless one before it took them.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import compress, count

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.ranked import Ranked, RankedPassages
from nutgraf_index.core.buffers import Bitmap, Numbers
from nutgraf_index.fields import Level
from nutgraf_index.segment.fingerprint_index import Asked
from nutgraf_index.segment.fingerprints import is_near_duplicate

__all__ = ["MOST_CITED", "Members", "collapse", "in_order"]

MOST_CITED = 100  # near-duplicates of one passage
_SPARE = 5  # matches beyond those wanted that are looked at, lest near-duplicates leave too few
_Passage = tuple[SegmentSearcher, int]
Members = list[tuple[SegmentSearcher, list[int]]]  # some passages, by their segments
Collapsed = dict[_Passage, Members]  # the near-duplicates of passages that have any


def collapse(ranked: RankedPassages, wanted: int) -> tuple[list[Ranked], Collapsed]:
    """Return the first `wanted` matches of which none is a near-duplicate of one before it.

    Or all there are, and with them the near-duplicates of those with any.
    """
    collapsing = _Collapsing(ranked)
    depth = wanted + _SPARE if wanted else 0
    while True:
        found = ranked.first(depth)
        best = collapsing.first(found, wanted)
        if len(best) == wanted or len(found) < depth:
            return best, collapsing.members
        depth *= 2


def in_order(members: Members) -> list[_Passage]:
    """Return the first of some passages by date, those without last, then by citation.

    As many as are cited of the near-duplicates of one, and one.
    """
    found = []
    for searcher, documents in members:
        reader = searcher.reader
        days = reader.file.column("article.day").view()
        placed = []
        for document in documents:
            article = reader.unit_at(Level.ARTICLE, document)
            day = days[article]
            placed.append((not day, day, reader.rank[article], document))
        placed.sort()
        found += [
            (undated, day, searcher.article_of(document), document, searcher)
            for undated, day, _, document in placed[: MOST_CITED + 1]
        ]
    found.sort(key=lambda one: one[:4])
    return [(searcher, document) for *_, document, searcher in found[: MOST_CITED + 1]]


class _Collapsing:
    """Matches on the way to being collapsed; `taken` are near-duplicates of others."""

    def __init__(self, ranked: RankedPassages) -> None:
        self._ranked = ranked
        self.taken = ranked.excluded
        self.members: Collapsed = {}
        self._numbers: defaultdict[str, int] = defaultdict(count().__next__)  # of words

    def first(self, ranked: Sequence[Ranked], wanted: int) -> list[Ranked]:
        """Return the first so many of some matches that are no near-duplicates of others before."""
        best: list[Ranked] = []
        likely: Collapsed = {}
        told = 0  # matches of which `likely` tells
        for at, match in enumerate(ranked):
            if len(best) == wanted:
                break
            passage = searcher, document = match[1:]
            if passage not in self.members:
                if searcher in self.taken and document in self.taken[searcher]:
                    continue
                if at >= told:
                    likely, told = self._likely(ranked, at)
                    if not (likely or self.taken or told < len(ranked)):
                        return [*best, *ranked[at : at + wanted - len(best)]]
                members = likely.get(passage)
                self.members[passage] = self._take(passage, members) if members else []
            best.append(match)
        return best

    def _likely(self, ranked: Sequence[Ranked], start: int) -> tuple[Collapsed, int]:
        """Return the passages that may be near-duplicates of matches from one on.

        And the match before which this is told of all: they are as many as can be at once, and one
        at least.
        """
        passages = [match[1:] for match in ranked[start:]]
        asked, owns = Asked(len(passages)), []
        for one in self._ranked.searchers:
            numbers = array("q", [number if of is one else -1 for of, number in passages])
            owns.append(memoryview(numbers))
            one.reader.fingerprints.take(owns[-1], asked)
        told, found = len(passages), []
        for one, own in zip(self._ranked.searchers, owns, strict=True):
            pairs = one.reader.fingerprints.pairs(asked, own, self.taken.get(one))
            told = min(told, pairs[2])
            if len(pairs[0]):
                found.append((one, pairs[0].tolist(), pairs[1].tolist()))
        likely: defaultdict[_Passage, Members] = defaultdict(list)
        for one, which, others in found:
            stop = bisect_left(which, told)
            documents = sorted(set(others[:stop]))
            if not documents:
                continue
            matching = set(compress(documents, self._ranked.matches(one, documents)))
            of_each: defaultdict[int, list[int]] = defaultdict(list)
            for number, other in zip(which[:stop], others, strict=False):
                if other in matching:
                    of_each[number].append(other)
            for number, several in of_each.items():
                likely[passages[number]].append((one, several))
        return likely, start + told

    def _take(self, passage: _Passage, likely: Members) -> Members:
        """Take the near-duplicates of a passage that nobody took, and return them."""
        searcher, document = passage
        index = searcher.reader.fingerprints
        own: Numbers | None = None
        # Passages of the same words are judged once; these have as good as its own.
        judged = {(index.prints[document], index.lengths[document]): True}
        members = []
        for one, documents in likely:
            index, taken = one.reader.fingerprints, self.taken.get(one)
            kept = []
            for other in documents:
                if taken is not None and other in taken:
                    continue
                key = index.prints[other], index.lengths[other]
                if key not in judged:
                    own = self._words(searcher, document) if own is None else own
                    judged[key] = is_near_duplicate(own, self._words(one, other))
                if judged[key]:
                    kept.append(other)
            if kept:
                members.append((one, kept))
                if taken is None:
                    taken = self.taken[one] = Bitmap(one.reader.passages)
                taken.add(memoryview(array("I", kept)))
        return members

    def _words(self, searcher: SegmentSearcher, document: int) -> Numbers:
        """Return the numbers of a passage's folded words."""
        words = searcher.analyzer.words(searcher.reader.text(document))
        return memoryview(array("I", map(self._numbers.__getitem__, words)))
