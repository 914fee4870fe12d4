"""What is stored of passages and their articles, as hits."""

from collections.abc import Sequence
from typing import Any

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Hit, hits_by
from nutgraf.results.marks import NO_MARKS, Marks
from nutgraf_index.errors import IndexDamaged, NotIndexedError, NutgrafError
from nutgraf_index.index import Index
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["article", "hits_of"]

# Of a passage that is no match.
_NONE = {
    "score": 0.0,
    "near_duplicates": NO_NEAR_DUPLICATES,
    "more": 0,
    "explanation": None,
    "marks": NO_MARKS,
}


def hits_of(matches: list[Match], query: Node, index: Index) -> tuple[Hit, ...]:
    """Return the hits of some matches of a query.

    They are read in the order of storage: neighbours share what is unpacked.
    """
    hits: dict[int, Hit] = {}
    of_searchers: dict[SegmentSearcher, list[tuple[int, int]]] = {}
    for at, match in enumerate(matches):
        of_searchers.setdefault(match[0], []).append((match[1], at))
    for searcher, stored in of_searchers.items():
        stored.sort()
        documents, places = zip(*stored, strict=True)
        values = _stored(searcher.reader, documents, index)
        found = zip(*(matches[at] for at in places), strict=True)
        values |= zip(Match._fields, found, strict=True)
        titles = zip(values["title"], values["opening"], values["number"], strict=True)
        values["marks"] = [
            Marks(tree, text, title if opening == number else "", filters, query, searcher.analyzer)
            for text, (title, opening, number), (tree, filters) in zip(
                values["text"], titles, map(searcher.evidence, documents), strict=True
            )
        ]
        hits.update(zip(places, hits_by(values), strict=True))
    return tuple(map(hits.__getitem__, range(len(matches))))


def article(id: str, snapshot: Snapshot, index: Index) -> list[Hit]:
    """Return all passages of an article as hits, in reading order.

    Raises `NotIndexedError` for an id that is not in the index.
    """
    found = snapshot.find(id)
    if found is None:
        raise _unknown(id, snapshot)
    reader, number = found
    passages = reader.passages_of(number)
    if not passages:
        return []
    values = _stored(reader, passages, index)
    values |= {name: [value] * len(passages) for name, value in _NONE.items()}
    return hits_by(values)


def _stored(
    reader: SegmentReader, documents: Sequence[int], index: Index
) -> dict[str, Sequence[Any]]:
    """Return what is stored of passages and their articles, by the names of fields of `Hit`."""
    values = reader.stored(documents)
    ids = values["article"] = values["id"]
    values["citation"] = [
        f"{id}#{number}" for id, number in zip(ids, values["number"], strict=True)
    ]
    values["role"] = [role._value_ for role in values["role"]]
    values["path"] = [*map(index.resolve, values["root"], values["path"])]
    return values


def _unknown(id: str, snapshot: Snapshot) -> NutgrafError:
    """Return the error for an article that is not found; it tells which may have been meant."""
    known = {record.article.id: record.article.path for record in snapshot.articles()}
    if id in known:
        return IndexDamaged.of(
            snapshot.where, "", f"the article {id!r} is there and cannot be found"
        )
    near = [
        other
        for other, path in known.items()
        for name in (other, path)
        if name and (id == name or id.endswith(f"/{name}") or name.endswith(f"/{id}"))
    ]
    import difflib  # slow to import and seldom needed

    close = sorted(set(near)) or difflib.get_close_matches(id, known, n=1)
    more = " or another of its file" if len(close) > 1 else ""
    hint = f"; did you mean {close[0]!r}{more}?" if close else ""
    return NotIndexedError(f"there is no article {id!r} in {snapshot.where}{hint}")
