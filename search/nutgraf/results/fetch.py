"""Stored fields of passages and their articles, read into hits."""

from collections.abc import Sequence
from itertools import repeat
from operator import eq
from typing import Any

from nutgraf.matching.postings import SegmentPostings
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Columns, Hit, hits_by
from nutgraf.results.origin import NO_EVIDENCE, Evidence, Origin
from nutgraf.results.snippet import WIDTH
from nutgraf_index.store.segment_reader import StoredPassages
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["hits_of", "passages_of"]

_HYPHENS = ("-", "\u2010", "\u00ad")
# The fields of a hit that was not searched for.
_NO_MATCH = {"score": 0.0, "near_duplicates": NO_NEAR_DUPLICATES, "more": 0, "explanation": None}


def hits_of(matches: list[Match], query: Node) -> tuple[Hit, ...]:
    """Return the hits for the matches of a query, in the same order.

    Stored fields are read by ascending doc ids, so that neighbours share decompressed blocks.
    """
    hits: list[tuple[int, Hit]] = []
    for searcher in dict.fromkeys([match.searcher for match in matches]):
        of_segment = sorted(
            [(one.doc_id, rank) for rank, one in enumerate(matches) if one.searcher is searcher]
        )
        doc_ids, ranks = zip(*of_segment, strict=True)
        stored = searcher.reader.stored(doc_ids)
        how = [query, searcher.analyzer, searcher.compounds]
        if max(map(len, stored["text"])) > WIDTH:
            how.append(searcher.leaf_weights)
        columns = _columns(searcher.segment, stored, searcher.evidence(doc_ids), *how)
        values = zip(*[matches[rank] for rank in ranks], strict=True)
        columns |= zip(Match._fields, values, strict=True)
        hits += zip(ranks, hits_by(columns), strict=True)
    return tuple([hit for _, hit in sorted(hits)])


def _breaks(text: str, snapshot: Snapshot) -> tuple[tuple[int, int], ...]:
    """Return the breaks of words of a text of several lines that other passages have unbroken."""
    *lines, _ = text.replace("\r", "\n").split("\n")
    if not any(line.rstrip(" \t").endswith(_HYPHENS) for line in lines):
        return ()
    from nutgraf.results.breaks import breaks_in  # most texts need it not

    return breaks_in(text, snapshot)


def passages_of(segment: SegmentPostings, article: int) -> list[Hit]:
    """Return all passages of an article as hits, in reading order."""
    passages = segment.reader.passages_of(article)
    if not passages:
        return []
    evidence = [NO_EVIDENCE] * len(passages)
    columns = _columns(segment, segment.reader.stored(passages), evidence)
    columns |= {name: [value] * len(passages) for name, value in _NO_MATCH.items()}
    return hits_by(columns)


def _columns(
    segment: SegmentPostings, stored: StoredPassages, evidence: Sequence[Evidence], *how: Any
) -> Columns:
    """Return columns of the fields of hits that are not those of their matches.

    A heading that is a shared line is left out. The title of an article is highlighted only in the
    passage that represents it.

    Args:
        evidence, how: see `Origin`: how they were found
    """
    reader, snapshot = segment.reader, segment.snapshot
    texts, numbers, openings = stored["text"], stored["number"], stored["opening"]
    if segment.shared_lines is not None:
        openings = [*map(segment.openings.__getitem__, stored["article"])]
    titled = [*map(eq, openings, numbers)]
    resolve = snapshot.part_of(reader).resolve
    folders = {root: resolve(root, "") for root in {*stored["root"]}}
    origin = Origin(stored, folders, segment.headed_sections, titled, evidence, *how)
    ids = stored["id"]
    if len(snapshot.parts) > 1:
        ids = [snapshot.qualified(reader, id) for id in ids]
    return {
        "_source": [*zip(repeat(origin), range(len(ids)), strict=False)],
        "article": ids,
        "number": numbers,
        "citation": [f"{id}#{number}" for id, number in zip(ids, numbers, strict=True)],
        "text": texts,
        "breaks": [
            _breaks(text, snapshot) if "\n" in text or "\r" in text else () for text in texts
        ],
    }
