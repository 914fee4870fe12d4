"""A Whoosh index writer, which takes whole articles as documents and indexes their passages."""

from typing import Any

from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from nutgraf_index.fields import ARTICLE_PROPERTIES, Level
from nutgraf_index.indexing.writer import Writer
from nutgraf_index.model import Article
from nutgraf_index.segment.stored_fields import check_article
from nutgraf_index.whoosh_adapter.reader import Reader
from nutgraf_index.whoosh_adapter.schema import schema

__all__ = ["WhooshWriter"]

_PROPERTIES = {field.name: name for name, field in ARTICLE_PROPERTIES.items()}


class WhooshWriter(IndexWriter):
    """A Whoosh writer on top of a `Writer`."""

    def __init__(self, writer: Writer) -> None:
        self.schema = schema(writer.snapshot.analyzer)
        self._writer = writer

    def add_document(self, **fields: Any) -> None:
        """Add an article, whose passages are the documents that a search finds.

        The field `article` is the article's id, `text` its text, and `authors` has one author per
        line; each other field is a property of `Article`. Raises `ArticleError`.
        """
        values = {
            _PROPERTIES.get(name, name): value
            for name, value in fields.items()
            if not name.startswith("_")
        }
        authors = values.pop("authors", "").split("\n")
        article = Article(authors=tuple(filter(None, authors)), **values)
        check_article(article)
        self._writer.put_article(article)

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Delete the article of a passage. Raises `NotImplementedError` if `delete` is false."""
        if not delete:
            raise NotImplementedError("a deleted article cannot be restored; add it again")
        reader, doc_id = self._writer.snapshot.reader_of(docnum)
        self._writer.drop_number(reader, reader.doc_at(Level.ARTICLE, doc_id))

    def is_deleted(self, docnum: int) -> bool:
        """Return whether the article of a passage is deleted, or this writer deletes it."""
        reader, doc_id = self._writer.snapshot.reader_of(docnum)
        return self._writer.is_dropped(reader, reader.doc_at(Level.ARTICLE, doc_id))

    def commit(self, **_: Any) -> None:
        """Commit the changes. Raises `OSError`, `IndexWriteError`."""
        self._writer.commit()

    def cancel(self, **_: Any) -> None:
        """Discard the changes."""
        self._writer.cancel()

    def reader(self, **_: Any) -> IndexReader:
        """Return a Whoosh reader of the commit that the changes apply to."""
        return Reader(self._writer.snapshot)

    def add_reader(self, reader: IndexReader) -> None:
        """Raise `NotImplementedError`: the documents of another Whoosh index are not articles."""
        raise NotImplementedError("another index cannot be added; add its articles")
