"""What is stored of passages and their articles, as hits."""

from dataclasses import fields
from operator import itemgetter
from typing import Any

from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.hits import Hit, hit_of
from nutgraf.results.marks import NO_MARKS, Marks
from nutgraf_index.errors import IndexDamaged, NotIndexedError, NutgrafError
from nutgraf_index.fields import ARTICLE_PROPERTIES
from nutgraf_index.index import Index
from nutgraf_index.model import Passage
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["article", "hits_of"]

# The values that a hit is made of, in the order in which `_hit` has them; of those of a name the
# last is shown. Properties of articles are named as attributes and as fields.
_FOUND = (*Match._fields[2:], "marks")
_NONE = 0.0, NO_NEAR_DUPLICATES, 0, None, NO_MARKS
_VALUES = (*ARTICLE_PROPERTIES, "root", *Passage._fields, *_FOUND, "citation", "role", "path")
_PLACES = {field.name: at for at, field in enumerate(ARTICLE_PROPERTIES.values())}
_PLACES |= {name: at for at, name in enumerate(_VALUES)}
_SHOWN = itemgetter(*(_PLACES[field.name] for field in fields(Hit)))
_ID, _TITLE, _PATH = map([*ARTICLE_PROPERTIES].index, ("id", "title", "path"))


def hits_of(matches: list[Match], query: Node, index: Index) -> tuple[Hit, ...]:
    """Return the hits of some matches of a query.

    They are read in the order of storage: neighbours share what is unpacked.
    """
    hits: dict[int, Hit] = {}
    of_readers: dict[SegmentReader, list[tuple[int, int]]] = {}
    for at, match in enumerate(matches):
        of_readers.setdefault(match.searcher.reader, []).append((match.document, at))
    for reader, stored in of_readers.items():
        stored.sort()
        openings = reader.openings
        passages = reader.passages_at([document for document, _ in stored])
        for (article, passage), (document, at) in zip(passages, stored, strict=True):
            match = matches[at]
            properties = reader.properties(article)
            title = properties[_TITLE] if openings[article] == passage[0] else ""
            tree, filters = match[0].evidence(document)
            marks = Marks(tree, passage[-1], title, filters, query, match[0].analyzer)
            hits[at] = _hit(properties, passage, index, (*match[2:], marks))
    return tuple(hits[at] for at in range(len(matches)))


def article(id: str, snapshot: Snapshot, index: Index) -> list[Hit]:
    """Return all passages of an article as hits, in reading order.

    Raises `NotIndexedError` for an id that is not in the index.
    """
    found = snapshot.find(id)
    if found is None:
        raise _unknown(id, snapshot)
    reader, number = found
    properties = reader.properties(number)
    passages = reader.passages_at(reader.passages_of(number))
    return [_hit(properties, passage, index) for _, passage in passages]


def _hit(
    properties: tuple[Any, ...],
    passage: Passage,
    index: Index,
    found: tuple[Any, ...] = _NONE,
) -> Hit:
    """Return a stored passage as a hit, with what was found out about it as a match."""
    citation = f"{properties[_ID]}#{passage[0]}"
    path = index.resolve(properties[-1], properties[_PATH])
    return hit_of(*_SHOWN((*properties, *passage, *found, citation, passage[1]._value_, path)))


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
