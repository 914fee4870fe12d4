"""The writer as Whoosh sees it: its documents are whole articles, stored as their passages."""

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
    """Takes documents that are articles, and commits them by a `Writer`."""

    def __init__(self, writer: Writer) -> None:
        self.schema = schema(writer.snapshot.analyzer)
        self._writer = writer

    def add_document(self, **fields: Any) -> None:
        """Add an article: `article` is its id, `text` its text, other fields as `Article` has them.

        It is stored as its passages, which are what a search finds. Raises `ArticleError`.
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
        """Delete the article that a passage belongs to."""
        if not delete:
            raise NotImplementedError("what is deleted cannot be restored")
        reader, number = self._writer.snapshot.reader_of(docnum)
        self._writer.drop_number(reader, reader.unit_at(Level.ARTICLE, number))

    def is_deleted(self, docnum: int) -> bool:
        """Whether a passage is deleted, or its article was by this writer."""
        reader, number = self._writer.snapshot.reader_of(docnum)
        return self._writer.is_dropped(reader, reader.unit_at(Level.ARTICLE, number))

    def commit(self, **_: Any) -> None:
        """Make the changes the index. Raises `OSError`, `IndexWriteError`."""
        self._writer.commit()

    def cancel(self, **_: Any) -> None:
        """Leave the index as it was."""
        self._writer.cancel()

    def reader(self, **_: Any) -> IndexReader:
        """Return Whoosh's reader of the snapshot that is changed."""
        return Reader(self._writer.snapshot)

    def add_reader(self, reader: IndexReader) -> None:
        """Add what another index holds. Only articles can be added here."""
        raise NotImplementedError("an index takes articles, not other indexes")
