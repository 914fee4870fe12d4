"""Stored fields of passages and their articles, read into hits."""

from collections.abc import Sequence
from typing import Any

from nutgraf.matching.postings import SegmentPostings
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Hit, hits_by
from nutgraf.results.origin import NO_EVIDENCE, Columns, Evidence, Origin
from nutgraf.results.snippet import WIDTH
from nutgraf_index.store.segment_reader import StoredPassages
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["hits_of", "passages_of"]

_HYPHENS = ("-", "\u2010", "\u00ad")
_OF_MATCH = Match._fields[2:]  # the fields of a hit that are those of its match
# Their values for a hit that was not searched for.
_NO_MATCH = {"score": 0.0, "near_duplicates": NO_NEAR_DUPLICATES, "more": 0, "explanation": None}


def hits_of(matches: list[Match], query: Node) -> tuple[Hit, ...]:
    """Return the hits for the matches of a query, in the same order.

    Stored fields are read by ascending doc ids, so that neighbours share decompressed blocks.
    """
    doc_ids_by_rank = [match.doc_id for match in matches]
    hits: dict[int, Hit] = {}
    for searcher in dict.fromkeys([match.searcher for match in matches]):
        ranks = [rank for rank, match in enumerate(matches) if match.searcher is searcher]
        ranks.sort(key=doc_ids_by_rank.__getitem__)
        _, doc_ids, *values = zip(*[matches[rank] for rank in ranks], strict=True)
        columns: Columns = dict(zip(_OF_MATCH, values, strict=True))
        stored = searcher.reader.stored(doc_ids)
        how = [query, searcher.analyzer, searcher.compounds]
        if max(map(len, stored["text"])) > WIDTH:
            how.append(searcher.leaf_weights)
        evidence = searcher.evidence(doc_ids)
        of_stored = _hits(searcher.segment, stored, columns, evidence, *how)
        hits.update(zip(ranks, of_stored, strict=True))
    return tuple(map(hits.__getitem__, range(len(matches))))


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
    columns: Columns = {name: [value] * len(passages) for name, value in _NO_MATCH.items()}
    evidence = [NO_EVIDENCE] * len(passages)
    return _hits(segment, segment.reader.stored(passages), columns, evidence)


def _hits(
    segment: SegmentPostings,
    stored: StoredPassages,
    columns: Columns,
    evidence: Sequence[Evidence],
    *how: Any,
) -> list[Hit]:
    """Return the hits for stored passages.

    A heading that is a shared line is left out. The title of an article is highlighted only in the
    passage that represents it.

    Args:
        columns: the fields of their matches
        evidence, how: see `Origin`: how they were found
    """
    reader, snapshot, shared = segment.reader, segment.snapshot, segment.shared_lines
    texts, ids = stored["text"], stored["id"]
    if len(snapshot.parts) > 1:
        ids = [snapshot.qualified(reader, id) for id in ids]
    headed = None
    if shared is not None:
        headed = shared.headed
        columns["opening"] = [shared.openings[article] for article in stored["article"]]
    columns["article"], columns["number"] = ids, stored["number"]
    columns["breaks"] = [
        _breaks(text, snapshot) if "\n" in text or "\r" in text else () for text in texts
    ]
    resolve = snapshot.part_of(reader).resolve
    folders = {root: resolve(root, "") for root in {*stored["root"]}}
    origin = Origin(stored, columns, folders, headed, evidence, *how)
    pairs = zip(ids, columns["number"], strict=True)
    return hits_by(origin, [f"{id}#{number}" for id, number in pairs], texts)
