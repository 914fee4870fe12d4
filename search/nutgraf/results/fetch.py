"""Stored fields of passages and their articles, read into hits."""

from collections.abc import Sequence
from typing import Any

from nutgraf.matching.postings import SegmentPostings
from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Hit, hits_by
from nutgraf.results.marks import NO_MARKS, Marks
from nutgraf.results.snippet import WIDTH
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["hits_of", "passages_of"]

_HYPHENS = ("-", "\u2010", "\u00ad")
# The fields of a hit that was not searched for.
_NO_MATCH = {
    "score": 0.0,
    "near_duplicates": NO_NEAR_DUPLICATES,
    "more": 0,
    "explanation": None,
    "_source": NO_MARKS,
}


def hits_of(matches: list[Match], query: Node) -> tuple[Hit, ...]:
    """Return the hits for the matches of a query, in the same order.

    Stored fields are read by ascending doc ids, so that neighbours share decompressed blocks.
    """
    hits: dict[int, Hit] = {}
    by_searcher: dict[SegmentSearcher, list[tuple[int, int]]] = {}
    for rank, match in enumerate(matches):
        by_searcher.setdefault(match.searcher, []).append((match.doc_id, rank))
    for searcher, of_segment in by_searcher.items():
        of_segment.sort()
        doc_ids, ranks = zip(*of_segment, strict=True)
        values = _stored_fields(searcher.segment, doc_ids)
        columns = zip(*(matches[rank] for rank in ranks), strict=True)
        values |= zip(Match._fields, columns, strict=True)
        is_long = any(len(text) > WIDTH for text in values["text"])
        weights = searcher.leaf_weights if is_long else {}
        compounds = searcher.compounds
        titles = zip(values["title"], values["opening"], values["number"], strict=True)
        values["_source"] = [
            Marks(
                tree,
                text,
                title if opening == number else "",
                filters,
                query,
                searcher.analyzer,
                weights,
                compounds,
            )
            for text, (title, opening, number), (tree, filters) in zip(
                values["text"], titles, map(searcher.evidence, doc_ids), strict=True
            )
        ]
        hits.update(zip(ranks, hits_by(values), strict=True))
    return tuple(map(hits.__getitem__, range(len(matches))))


def _breaks(text: str, snapshot: Snapshot) -> tuple[tuple[int, int], ...]:
    """Return the breaks of words of a text that other passages have unbroken."""
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
    values = _stored_fields(segment, passages)
    values |= {name: [value] * len(passages) for name, value in _NO_MATCH.items()}
    return hits_by(values)


def _stored_fields(segment: SegmentPostings, doc_ids: Sequence[int]) -> dict[str, Sequence[Any]]:
    """Return the stored fields of passages and their articles: a column for each field of `Hit`.

    A heading that is a shared line is left out.
    """
    reader, snapshot = segment.reader, segment.snapshot
    values = reader.stored(doc_ids)
    if segment.shared_lines is not None:
        values["heading"] = [
            "" if heading and segment.has_shared_heading(doc_id) else heading
            for doc_id, heading in zip(doc_ids, values["heading"], strict=True)
        ]
        values["opening"] = [segment.openings[article] for article in values["article"]]
    ids = values["article"] = [snapshot.qualified(reader, id) for id in values["id"]]
    values["citation"] = [
        f"{id}#{number}" for id, number in zip(ids, values["number"], strict=True)
    ]
    values["role"] = [role._value_ for role in values["role"]]
    values["breaks"] = [_breaks(text, snapshot) for text in values["text"]]
    part = snapshot.part_of(reader)
    values["path"] = [*map(part.resolve, values["root"], values["path"])]
    return values
