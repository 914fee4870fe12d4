"""Matches that are near-duplicates of each other, as one.

Going through the matches in their order, each takes with it all others that match and are its
near-duplicates (`nutgraf_index.segment.fingerprints`), unless one before it took them.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.positions.phrase import DocIds, distinct
from nutgraf.ranking.ranked import Ranked, RankedPassages
from nutgraf_index.arrays import Array, units_of
from nutgraf_index.fields import Level
from nutgraf_index.segment.fingerprint_index import Ranges
from nutgraf_index.segment.fingerprints import is_near_duplicate, may_be_near_duplicates

__all__ = ["MOST_CITED", "Members", "collapse", "in_order"]

MOST_CITED = 100  # near-duplicates of one passage
_AT_ONCE = 1 << 14  # pairs of passages that are compared at once; one may have more
_BITS = 32  # of a passage's number in a pair
_SPARE = 5  # matches beyond those wanted that are looked at, lest near-duplicates leave too few
_Passage = tuple[SegmentSearcher, int]
Members = list[tuple[SegmentSearcher, DocIds]]  # some passages, by their segments
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
        articles = units_of(reader.firsts(Level.ARTICLE), documents)
        days = searcher.segment.days[articles]
        order = np.lexsort((documents, np.asarray(reader.rank)[articles], days))[: MOST_CITED + 1]
        found += [
            (day, searcher.article_of(document), document, searcher)
            for day, document in zip(days[order].tolist(), documents[order].tolist(), strict=True)
        ]
    found.sort(key=lambda one: one[:3])
    return [(searcher, document) for _, _, document, searcher in found[: MOST_CITED + 1]]


class _Collapsing:
    """Matches on the way to being collapsed; `taken` are near-duplicates of others."""

    def __init__(self, ranked: RankedPassages) -> None:
        self._ranked = ranked
        self._searchers = ranked.searchers
        self.taken = ranked.excluded
        self.members: Collapsed = {}

    def first(self, ranked: Sequence[Ranked], wanted: int) -> list[Ranked]:
        """Return the first so many of some matches that are no near-duplicates of others before."""
        best: list[Ranked] = []
        likely: dict[_Passage, Members] = {}
        for at, match in enumerate(ranked):
            if len(best) == wanted:
                break
            passage = searcher, document = match[1:]
            if passage not in self.members:
                if searcher in self.taken and self.taken[searcher][document]:
                    continue
                if passage not in likely:
                    likely = self._likely([match[1:] for match in ranked[at:]])
                members = likely[passage]
                self.members[passage] = self._take(passage, members) if members else []
            best.append(match)
        return best

    def _likely(self, passages: Sequence[_Passage]) -> dict[_Passage, Members]:
        """Return what may be near-duplicates of each of the first of some passages.

        These are as many as can be told of at once, and one at least.
        """
        prints, lengths, owns = self._known(passages)
        pairs = np.zeros(len(passages))
        ranges = []
        for one, own in zip(self._searchers, owns, strict=True):
            found = one.reader.fingerprints.sharing(prints, own)
            pairs += np.bincount(found.which, found.counts, len(passages))
            ranges.append(found)
        some = max(int(pairs.cumsum().searchsorted(_AT_ONCE, "right")), 1)
        likely: dict[_Passage, Members] = {passage: [] for passage in passages[:some]}
        for one, own, found in zip(self._searchers, owns, ranges, strict=True):
            at_once = found.which < some
            if not at_once.any():
                continue
            found = Ranges(*(scorer[at_once] for scorer in found))
            others = one.reader.fingerprints.passages(found)
            which = found.which.repeat(found.counts)
            kept = own[which] != others
            kept &= may_be_near_duplicates(lengths[which], one.segment.lengths[others])
            if one in self.taken:
                kept &= ~self.taken[one][others]
            if not kept.any():
                continue
            # One that shares both hashes is there twice.
            both = distinct(np.sort(which[kept] << _BITS | others[kept]))
            others = both & ((1 << _BITS) - 1)
            held = self._ranked.matches(one, others)
            which, others = (both >> _BITS)[held], others[held]
            cuts = which.searchsorted(np.arange(some + 1)).tolist()
            for passage, (start, stop) in zip(likely, pairwise(cuts), strict=True):
                if start < stop:
                    likely[passage].append((one, others[start:stop]))
        return likely

    def _known(self, passages: Sequence[_Passage]) -> tuple[Array, DocIds, list[DocIds]]:
        """Return the fingerprints of some passages, and their lengths in words.

        And for each segment their numbers in it, -1 for those of others.
        """
        prints = np.zeros(len(passages), np.uint64)
        lengths = np.zeros(len(passages), np.int64)
        owns = []
        for one in self._searchers:
            own = np.array([document if of is one else -1 for of, document in passages])
            here = own >= 0
            prints[here] = one.reader.fingerprints.all[own[here]]
            lengths[here] = one.segment.lengths[own[here]]
            owns.append(own)
        return prints, lengths, owns

    def _take(self, passage: _Passage, likely: Members) -> Members:
        """Take the near-duplicates of a passage that nobody took, and return them."""
        searcher, document = passage
        fingerprint = searcher.reader.fingerprints.all[document]
        length = searcher.segment.lengths[document]
        own: list[str] = []
        judged: dict[tuple[int, int], bool] = {}  # passages of the same words are judged once
        members = []
        for one, documents in likely:
            taken = self.taken.get(one)
            if taken is not None:
                documents = documents[~taken[documents]]
            prints, lengths = one.reader.fingerprints.all[documents], one.segment.lengths[documents]
            kept = (prints == fingerprint) & (lengths == length)  # as good as the same words
            for at in np.flatnonzero(~kept).tolist():
                key = int(prints[at]), int(lengths[at])
                if key not in judged:
                    own = own or _words(searcher, document)
                    judged[key] = is_near_duplicate(own, _words(one, int(documents[at])))
                kept[at] = judged[key]
            if kept.any():
                members.append((one, documents[kept]))
                if taken is None:
                    taken = self.taken[one] = np.zeros(one.reader.passages, bool)
                taken[documents[kept]] = True
        return members


def _words(searcher: SegmentSearcher, document: int) -> list[str]:
    return searcher.analyzer.words(searcher.reader.text(document))
