"""Near-duplicates among the passages that match, collapsed to one match each.

In ranked order, each match takes all matches that are its near-duplicates and that no match before
it has taken; see `nutgraf_index.segment.fingerprints`. A passage that represents a title has none
in articles with another title: the article that was sought would be hidden. A headline also takes a
headline of its article that differs by the name of the house alone, as the title of a page does:
"Otters return | The Post".
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from itertools import count

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.ranking.ranked import Ranked, RankedPassages
from nutgraf_index.cache import lazy
from nutgraf_index.core.buffers import Bitmap, Numbers, uints
from nutgraf_index.fields import Level
from nutgraf_index.model import Role
from nutgraf_index.segment.fingerprints import is_near_duplicate, may_be_near_duplicates
from nutgraf_index.segment.stored_fields import ROLES
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["MOST_CITED", "Members", "collapse", "in_order"]

MOST_CITED = 100  # near-duplicates of one passage
_HEADLINE, _SUBHEAD = (ROLES.index(role) for role in (Role.HEADLINE, Role.SUBHEAD))
_HEADLINES = _HEADLINE, _SUBHEAD
_MOST_HEADLINES = 16  # of an article: the same headline stands at its top
_SPARE = 5  # matches ranked beyond those asked for, since near-duplicates are collapsed
_Passage = tuple[SegmentSearcher, int]
Members = list[tuple[SegmentSearcher, list[int]]]  # passages, by their segments
Collapsed = dict[_Passage, Members]  # the near-duplicates of each passage


def collapse(
    ranked: RankedPassages, size: int, before: Sequence[Ranked] = ()
) -> tuple[list[Ranked], Collapsed]:
    """Return the first `size` matches that are not near-duplicates of an earlier match.

    Also return the near-duplicates of each of these matches. Near-duplicates of the passages in
    `before` are left out.
    """
    collapsing = _Collapsing(ranked)
    collapsing.leave_out(before)
    depth = size + _SPARE if size else 0
    while True:
        matches = ranked.first(depth)
        best = collapsing.first(matches, size)
        if len(best) == size or len(matches) < depth:
            return best, collapsing.members
        depth *= 2


def in_order(members: Members) -> list[_Passage]:
    """Return the first `MOST_CITED` + 1 passages by date, undated last, then by citation."""
    ordered = []
    for searcher, doc_ids in members:
        reader = searcher.reader
        of_segment = []
        for doc_id in doc_ids:
            article = reader.doc_at(Level.ARTICLE, doc_id)
            day = reader.days[article]
            of_segment.append((not day, day, reader.id_ranks[article], doc_id))
        of_segment.sort()
        ordered += [
            (undated, day, searcher.tie(doc_id), searcher, doc_id)
            for undated, day, _, doc_id in of_segment[: MOST_CITED + 1]
        ]
    ordered.sort(key=lambda entry: entry[:3])
    return [(searcher, doc_id) for *_, searcher, doc_id in ordered[: MOST_CITED + 1]]


class _Collapsing:
    """The state of `collapse`; `taken` has the near-duplicates of the matches so far."""

    def __init__(self, ranked: RankedPassages) -> None:
        self._ranked = ranked
        self.taken = ranked.excluded
        self.members: Collapsed = {}
        self._same_headlines: dict[_Passage, list[int]] = {}
        self._word_numbers: defaultdict[str, int] = defaultdict(count().__next__)

    def first(self, ranked: Sequence[Ranked], size: int) -> list[Ranked]:
        """Return the first `size` matches that are not near-duplicates of an earlier match."""
        best: list[Ranked] = []
        candidates: Collapsed = {}
        looked_up = 0  # `candidates` has the candidates of the matches before this index
        for index, match in enumerate(ranked):
            if len(best) == size:
                break
            passage = searcher, doc_id = match[1:]
            if passage not in self.members:
                if searcher in self.taken and doc_id in self.taken[searcher]:
                    continue
                if index >= looked_up:
                    candidates, looked_up = self._candidates(ranked, index)
                    if not (candidates or self.taken or looked_up < len(ranked)):
                        return [*best, *ranked[index : index + size - len(best)]]
                members = candidates.get(passage)
                self.members[passage] = self._take(passage, members) if members else []
            best.append(match)
        return best

    def leave_out(self, before: Sequence[Ranked]) -> None:
        """Take the near-duplicates of passages that are shown before the matches."""
        looked_up = 0
        while looked_up < len(before):
            candidates, end = self._candidates(before, looked_up)
            for _, searcher, doc_id in before[looked_up:end]:
                if members := candidates.get((searcher, doc_id)):
                    self._take((searcher, doc_id), members)
            looked_up = end

    def _candidates(self, ranked: Sequence[Ranked], start: int) -> tuple[Collapsed, int]:
        """Return the matches that share a hash with each match from index `start` on.

        Also return the index, at least `start` + 1, of the first match that was not looked up: if
        there are many candidates, not all fit into one call of the core.
        """
        passages = [match[1:] for match in ranked[start:]]
        # Their doc ids in each segment, and -1 for those of another one.
        own = {
            searcher: array("q", [doc_id if one is searcher else -1 for one, doc_id in passages])
            for searcher in self._ranked.searchers
        }
        prints, lengths = array("Q", bytes(8 * len(passages))), array("I", bytes(4 * len(passages)))
        for searcher, doc_ids in own.items():
            searcher.reader.fingerprints.gather(doc_ids, prints, lengths)
        complete, pairs = len(passages), []
        for searcher, doc_ids in own.items():
            index, taken = searcher.reader.fingerprints, self.taken.get(searcher)
            of_pair, others, done = index.pairs(prints, lengths, doc_ids, taken)
            complete = min(complete, done)
            if of_pair:
                pairs.append((searcher, of_pair, others))
        candidates: defaultdict[_Passage, Members] = defaultdict(list)
        for searcher, of_pair, others in pairs:
            stop = bisect_left(of_pair, complete)
            matching = {*self._ranked.among(searcher, uints(sorted({*others[:stop]})))}
            by_passage: defaultdict[int, list[int]] = defaultdict(list)
            for number, candidate in zip(of_pair[:stop], others, strict=False):
                if candidate in matching:
                    by_passage[number].append(candidate)
            for number, of_passage in by_passage.items():
                candidates[passages[number]].append((searcher, of_passage))
        for searcher, doc_id in passages[:complete]:
            if searcher.reader.roles[doc_id] in _HEADLINES:
                headlines = self._headlines_like((searcher, doc_id))
                if headlines:
                    candidates[searcher, doc_id].append((searcher, headlines))
        return candidates, start + complete

    def _headlines_like(self, passage: _Passage) -> list[int]:
        """Return the matching passages of an article that say the same headline as its passage.

        The second headline of an article may have the role of a subhead.
        """
        searcher, doc_id = passage
        if passage not in self._same_headlines:
            reader = searcher.reader
            article = reader.passages_of(reader.doc_at(Level.ARTICLE, doc_id))
            roles = reader.roles
            alike = _HEADLINES if roles[doc_id] == _HEADLINE else (_HEADLINE,)
            others = [one for one in article if roles[one] in alike and one != doc_id]
            matching = self._ranked.among(searcher, uints(others[:_MOST_HEADLINES]))
            self._same_headlines[passage] = _same_headlines(reader, doc_id, matching)
        return self._same_headlines[passage]

    def _take(self, passage: _Passage, candidates: Members) -> Members:
        """Take the near-duplicates of a passage that were not taken before, and return them."""
        searcher, doc_id = passage
        index = searcher.reader.fingerprints
        text: _Text | None = None
        # Passages of equal fingerprint and length have the same words, and are compared once.
        compared = {(index.prints[doc_id], index.lengths[doc_id]): True}
        members = []
        headlines = self._same_headlines.get(passage, ())
        title, is_opening = searcher.segment.title_of(doc_id)
        for owner, doc_ids in candidates:
            index, taken = owner.reader.fingerprints, self.taken.get(owner)
            near_duplicates = []
            for candidate in owner.segment.of_one_title(doc_ids, title, is_opening=is_opening):
                if taken is not None and candidate in taken:
                    continue
                key = index.prints[candidate], index.lengths[candidate]
                if key not in compared:
                    text = text or _Text(searcher, doc_id)
                    compared[key] = self._are_alike(text, _Text(owner, candidate))
                if compared[key] or (owner is searcher and candidate in headlines):
                    near_duplicates.append(candidate)
            if near_duplicates:
                members.append((owner, near_duplicates))
                if taken is None:
                    taken = Bitmap(owner.reader.passages)
                    self.taken[owner] = taken
                taken.add(memoryview(array("I", near_duplicates)))
        return members

    def _are_alike(self, one: "_Text", other: "_Text") -> bool:
        """Return whether two passages are near-duplicates. Most are told apart by their bytes."""
        may_be = may_be_near_duplicates((one.encoded, other.encoded), (one.length, other.length))
        return may_be and is_near_duplicate(*map(self._numbers, (one.words, other.words)))

    def _numbers(self, words: list[str]) -> Numbers:
        return uints(map(self._word_numbers.__getitem__, words))


class _Text:
    """The text of a passage, its length in words, and its folded words."""

    def __init__(self, searcher: SegmentSearcher, doc_id: int) -> None:
        self._text, self._analyzer = searcher.reader.text(doc_id), searcher.analyzer
        self.encoded = self._text.encode("utf-8", "surrogatepass")
        self.length: int = searcher.segment.lengths[doc_id]

    @lazy
    def words(self) -> list[str]:
        """Its folded words."""
        return self._analyzer.words(self._text)


def _same_headlines(reader: SegmentReader, doc_id: int, others: Numbers) -> list[int]:
    """Return the headlines that differ from a headline at most by the name of the house."""
    if not len(others):
        return []
    from nutgraf_index.passages.newsroom import newsroom_of  # few queries need it

    titles, headline = newsroom_of(reader.language).titles, reader.text(doc_id)
    return [other for other in others if titles.are_same(headline, reader.text(other))]
