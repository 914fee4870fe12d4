"""What is stored of passages and their articles, as hits."""

from dataclasses import fields, replace
from operator import attrgetter

from nutgraf.query.tree import Node
from nutgraf.ranking.ranked import Match
from nutgraf.results.highlight import Marks
from nutgraf.results.hits import Hit
from nutgraf_index.errors import IndexDamaged, NotIndexedError, NutgrafError
from nutgraf_index.fields import ARTICLE_PROPERTIES, PROPERTIES, Level
from nutgraf_index.index import Index
from nutgraf_index.model import Passage
from nutgraf_index.segment.stored_fields import StoredArticle
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["article", "hits_of"]

# What a hit shows of the table's properties: attributes of its passage, and else of its article.
_SHOWN = {field.name for field in fields(Hit)}
_OF_PASSAGE = _SHOWN & {
    field.attribute for field in PROPERTIES if field.level in (Level.PASSAGE, Level.SECTION)
}
_OF_ARTICLE = {
    name: attribute
    for attribute, field in ARTICLE_PROPERTIES.items()
    for name in {attribute, field.name} & _SHOWN - _OF_PASSAGE
}
_NAMES = (*_OF_ARTICLE, *_OF_PASSAGE)
_VALUES = attrgetter(*_OF_ARTICLE.values()), attrgetter(*_OF_PASSAGE)


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
    return replace(
        _hit(record, passage, index),
        score=match.score,
        more=match.more,
        near_duplicates=match.near_duplicates,
        marks=Marks(tree, passage.text, title, filters, query, searcher.analyzer),
        explanation=match.explanation,
    )


def _hit(record: StoredArticle, passage: Passage, index: Index) -> Hit:
    article = record.article
    values = dict(zip(_NAMES, _VALUES[0](article) + _VALUES[1](passage), strict=True))
    values["role"] = passage.role.value
    values["path"] = index.resolve(record.root, article.path)
    return Hit(citation=f"{article.id}#{passage.number}", **values)


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
