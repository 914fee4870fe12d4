"""A Whoosh index writer, which takes whole articles as documents and indexes their passages."""

import reprlib
from typing import Any

from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from nutgraf_index.errors import ArticleError, IndexUnusable
from nutgraf_index.fields import ARTICLE_PROPERTIES, Level
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.segment.stored_fields import check_article
from nutgraf_index.whoosh_adapter.reader import Reader
from nutgraf_index.whoosh_adapter.schema import schema

__all__ = ["WhooshWriter"]

# By the name of a field, the property of an article.
_PROPERTIES = {"text": "text"} | {field.name: name for name, field in ARTICLE_PROPERTIES.items()}


class WhooshWriter(IndexWriter):
    """A Whoosh writer on top of a `Writer`."""

    def __init__(self, writer: Writer) -> None:
        self.schema = schema(writer.snapshot.analyzer)
        self._writer = writer
        self._articles: dict[str, Article] = {}  # that are added, by id
        self._is_closed = False

    def add_document(self, **fields: Any) -> None:
        """Add an article, whose passages are the documents that a search finds.

        The field `article` is the article's id, `text` its text, and `by` has its authors, one a
        line or as a list; each other field is a property of `Article`. The article replaces one of
        the same id, also one that this writer added. Articles are kept in memory until the commit.
        Raises `ArticleError`, and `IndexUnusable` after the commit.
        """
        values: dict[str, Any] = {"id": None, "text": None}  # which an article does not take
        for name, value in fields.items():
            if name in _PROPERTIES or name in _PROPERTIES.values():
                values[_PROPERTIES.get(name, name)] = value
            elif not name.startswith("_"):
                raise ArticleError(
                    f"an article has no field {reprlib.repr(name)}: write {', '.join(_PROPERTIES)}"
                )
        if isinstance(values.get("authors"), str):
            values["authors"] = tuple(filter(None, values["authors"].split("\n")))
        article = Article(**values)
        check_article(article)
        self._open().check_id(article.id)
        self._articles[article.id] = article

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete the article of a passage of the commit that the changes apply to.

        Raises `NotImplementedError` if `delete` is false, and `IndexUnusable` after the commit.
        """
        if not delete:
            raise NotImplementedError("a deleted article cannot be restored; add it again")
        writer = self._open()
        reader, doc_id = writer.snapshot.reader_of(docnum)
        writer.drop_number(reader, reader.doc_at(Level.ARTICLE, doc_id))

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the article of a passage is deleted, or this writer deletes it."""
        reader, doc_id = self._writer.snapshot.reader_of(docnum)
        return self._writer.is_dropped(reader, reader.doc_at(Level.ARTICLE, doc_id))

    def commit(self, **_: Any) -> None:
        """Commit the changes, which closes the writer; nothing if it is closed.

        Raises `OSError`, `IndexWriteError`.
        """
        if self._is_closed:
            return
        self._is_closed = True
        try:
            for article in self._articles.values():
                self._writer.put_article(article)
            self._writer.commit()
        except BaseException:
            self._writer.cancel()
            raise

    def cancel(self, **_: Any) -> None:
        """Discard the changes, which closes the writer; nothing if it is closed."""
        if not self._is_closed:
            self._is_closed = True
            self._writer.cancel()

    def reader(self, **_: Any) -> IndexReader:
        """Return a Whoosh reader of the commit that the changes apply to."""
        return Reader(self._writer.snapshot)

    def add_reader(self, reader: IndexReader) -> None:
        """Raise `NotImplementedError`: the documents of another Whoosh index are not articles."""
        raise NotImplementedError("another index cannot be added; add its articles")

    def add_field(self, fieldname: str, fieldtype: object, **_: Any) -> None:
        """Raise `NotImplementedError`: the fields of an index are those of articles."""
        raise NotImplementedError(
            f"no field {reprlib.repr(fieldname)} can be added; use an article's metadata"
        )

    def remove_field(self, fieldname: str, **_: Any) -> None:
        """Raise `NotImplementedError`: the fields of an index are those of articles."""
        raise NotImplementedError(f"the field {reprlib.repr(fieldname)} cannot be removed")

    def _open(self) -> Writer:
        if self._is_closed:
            raise IndexUnusable(
                "this writer is closed; open another with index.as_whoosh().writer()"
            )
        return self._writer
