"""What is stored of passages and their articles, as hits."""

from dataclasses import fields
from operator import attrgetter, itemgetter
from typing import Any

from nutgraf.query.tree import Node
from nutgraf.ranking.annotations import NO_NEAR_DUPLICATES
from nutgraf.ranking.ranked import Match
from nutgraf.results.highlight import NO_MARKS, Marks
from nutgraf.results.hits import Hit
from nutgraf_index.errors import IndexDamaged, NotIndexedError, NutgrafError
from nutgraf_index.fields import ARTICLE_PROPERTIES, PROPERTIES, Level
from nutgraf_index.index import Index
from nutgraf_index.model import Passage
from nutgraf_index.segment.stored_fields import StoredArticle
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["article", "hits_of"]

# What a hit shows of the table's properties: attributes of its passage, and else of its article.
_SHOWN = [field.name for field in fields(Hit)]
_OF_PASSAGE = {*_SHOWN} & {
    field.attribute for field in PROPERTIES if field.level in (Level.PASSAGE, Level.SECTION)
}
_OF_ARTICLE = {
    name: attribute
    for attribute, field in ARTICLE_PROPERTIES.items()
    for name in {attribute, field.name} & {*_SHOWN} - _OF_PASSAGE
}
_FOUND = ("score", "more", "near_duplicates", "marks", "explanation")
_NONE = 0.0, 0, NO_NEAR_DUPLICATES, NO_MARKS, None
_MADE = ("citation", "role", "path")
_OF_RECORD, _OF_STORED = attrgetter(*_OF_ARTICLE.values()), attrgetter(*_OF_PASSAGE)
_NAMES = [*_FOUND, *_MADE, *_OF_ARTICLE, *_OF_PASSAGE]
_IN_ORDER = itemgetter(*map(_NAMES.index, _SHOWN))


def hits_of(matches: list[Match], query: Node, index: Index) -> tuple[Hit, ...]:
    """Return the hits of some matches of a query.

    They are read in the order of storage: neighbours share what is unpacked.
    """
    stored = sorted(range(len(matches)), key=lambda at: _place(matches[at]))
    hits = {at: _found(matches[at], query, index) for at in stored}
    return tuple(hits[at] for at in range(len(matches)))


def article(id: str, snapshot: Snapshot, index: Index) -> list[Hit]:
    """Return all passages of an article as hits, in reading order.

    Raises `NotIndexedError` for an id that is not in the index.
    """
    record = snapshot.article(id)
    if record is None:
        raise _unknown(id, snapshot)
    return [_hit(record, passage, index) for passage in snapshot.passages_of(id)]


def _place(match: Match) -> tuple[int, int]:
    return match.searcher.reader.base, match.document


def _found(match: Match, query: Node, index: Index) -> Hit:
    searcher, number = match.searcher, match.document
    reader = searcher.reader
    article = reader.unit_at(Level.ARTICLE, number)
    record, passage = reader.article(article), reader.passage(number, article)
    tree, filters, opening = searcher.evidence(number)
    title = record.article.title if opening else ""
    marks = Marks(tree, passage.text, title, filters, query, searcher.analyzer)
    found = match.score, match.more, match.near_duplicates, marks, match.explanation
    return _hit(record, passage, index, found)


def _hit(
    record: StoredArticle, passage: Passage, index: Index, found: tuple[Any, ...] = _NONE
) -> Hit:
    """Return a stored passage as a hit, with what was found out about it as a match."""
    article = record.article
    made = (
        f"{article.id}#{passage.number}",
        passage.role.value,
        index.resolve(record.root, article.path),
    )
    return Hit(*_IN_ORDER(found + made + _OF_RECORD(article) + _OF_STORED(passage)))


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
