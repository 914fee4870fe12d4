"""Records in and out of Whoosh's stock storage: the only place that knows its documents.

A `Reader` is a snapshot of one commit; a `Writer` makes the next one, all or nothing.
"""

import contextlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from typing import Any

from whoosh.filedb.filestore import FileStorage, RamStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound
from whoosh.writing import IndexWriter

from nutgraf_index.errors import ArgumentError, ArticleError, IndexDamaged
from nutgraf_index.names import printable
from nutgraf_index.passages import SILENT_ROLES, Article, Passage, Role
from nutgraf_index.schema import schema

__all__ = ["ArticleRecord", "FileRecord", "Reader", "Writer", "create", "open_stored"]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """An article as stored: all but its text, which its passages hold.

    `root` is the folder its path is relative to, empty for articles made by a program;
    `digest` is that of the whole article, to tell a changed one; `passages` counts them.
    """

    article: Article
    root: str = ""
    digest: str = ""
    passages: int = 0


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What `sync` remembers of a file.

    `digest` is that of its bytes, empty to have it read again; `faults` are (reason, line);
    `refused` are ids it has that another source had first.
    """

    root: str
    path: str
    digest: str
    faults: tuple[tuple[str, int], ...] = ()
    refused: tuple[str, ...] = ()


def create(folder: str | None) -> FileIndex:
    """Make an empty index in a folder, or in memory for None."""
    storage = RamStorage() if folder is None else FileStorage(folder)
    created: FileIndex = FileIndex.create(storage, schema())
    return created


def open_stored(folder: str) -> FileIndex:
    """Open the index in a folder. Raises `IndexDamaged`."""
    try:
        return FileIndex(FileStorage(folder))
    except Exception as error:  # whatever unpickling damaged bytes ends in
        raise _damage(folder, error) from error


def _damage(where: str, error: Exception) -> IndexDamaged:
    return IndexDamaged(
        f"the index {where} is damaged ({type(error).__name__}: {error}). Remove the folder and "
        "index the articles again."
    )


def _file_key(root: str, path: str) -> str:
    return f"{root}\n{printable(path)}"


class Reader:
    """A snapshot of an index: what writers do later does not change it.

    `whoosh` is the Whoosh reader, for evaluation. Safe to share between threads.
    """

    def __init__(self, stored: FileIndex, where: str) -> None:
        self.where = where
        try:
            self.whoosh: IndexReader = stored.reader()
        except Exception as error:
            raise _damage(where, error) from error

    def close(self) -> None:
        """Let go of the files."""
        self.whoosh.close()

    def passage(self, document: int) -> tuple[str, Passage]:
        """Return the passage of a document number, and its article's id."""
        fields = self._fields(document)
        record = json.loads(fields["record"])
        passage = Passage(number=fields["number"], **record | {"role": Role(record["role"])})
        return fields["article"], passage

    def citation(self, document: int) -> tuple[str, int]:
        """Return the article's id and the passage's number of a document number."""
        fields = self._fields(document)
        return fields["article"], fields["number"]

    def passages(self, article: str) -> list[Passage]:
        """Return the passages of an article in reading order; none for an unknown id."""
        found = [self.passage(document)[1] for document in self._documents("article", article)]
        return sorted(found, key=lambda passage: passage.number)

    def article(self, id: str) -> ArticleRecord | None:
        """Return what is known of an article, or None."""
        for document in self._documents("id", id):
            return self._article(document)
        return None

    def articles(self) -> Iterator[ArticleRecord]:
        """Yield all articles, in no particular order."""
        return map(self._article, self._documents("kind", "article"))

    def articles_of(self, root: str, path: str) -> list[ArticleRecord]:
        """Return the articles that came from a file."""
        found = [self._json(at) for at in self._documents("file", _file_key(root, path))]
        return [_load_article(record) for record in found if "article" in record]

    def roots(self) -> list[str]:
        """Return the names of the roots that passages came by, and perhaps some that are gone."""
        return [root.decode() for root in self.whoosh.lexicon("root")]

    def files(self) -> Iterator[FileRecord]:
        """Yield what is remembered of each file."""
        for document in self._documents("kind", "file"):
            record = self._json(document)
            faults = tuple((reason, line) for reason, line in record["faults"])
            yield FileRecord(**record | {"faults": faults, "refused": tuple(record["refused"])})

    def documents_of_article(self, id: str) -> list[int]:
        """Return the document numbers to delete when an article goes."""
        return [*self._documents("article", id), *self._documents("id", id)]

    def documents_of_file(self, root: str, path: str) -> list[int]:
        """Return the document numbers to delete when a file's record goes."""
        found = self._documents("file", _file_key(root, path))
        return [document for document in found if "article" not in self._json(document)]

    def _article(self, document: int) -> ArticleRecord:
        return _load_article(self._json(document))

    def _json(self, document: int) -> dict[str, Any]:
        record: dict[str, Any] = json.loads(self._fields(document)["record"])
        return record

    def _fields(self, document: int) -> dict[str, Any]:
        try:
            fields: dict[str, Any] = self.whoosh.stored_fields(document)
        except Exception as error:
            raise _damage(self.where, error) from error
        return fields

    def _documents(self, field: str, value: str) -> list[int]:
        if not isinstance(value, str):
            raise ArgumentError(f"an article's id is a text, not {value!r}")
        try:
            return list(self.whoosh.postings(field, value).all_ids())
        except (TermNotFound, UnicodeEncodeError):  # what cannot be a term was not indexed
            return []
        except Exception as error:
            raise _damage(self.where, error) from error


class Writer:
    """Collects changes to an index and commits them together.

    `reader` is a snapshot of the commit that is changed. Deletions apply to what it holds, so
    that an id can be put once in a batch whether it was there before or not.
    """

    def __init__(self, stored: FileIndex, reader: Reader) -> None:
        self.reader = reader
        self._stored = stored
        self._deleted: set[int] = set()

    @cached_property
    def _whoosh(self) -> IndexWriter:
        """Whoosh's writer, made by the first change: without one there is nothing to commit."""
        writer: IndexWriter = self._stored.writer()
        return writer

    def put_article(self, record: ArticleRecord, passages: Iterable[Passage]) -> None:
        """Add an article, or replace the one of its id."""
        article = record.article
        self.drop_article(article.id)
        passages = list(passages)
        shared = {
            "kind": "passage",
            "article": article.id,
            "title": article.title,
            "by": "\n".join(article.authors),  # an author a line: see `NamesAnalyzer`
            "place": article.place,
            "source": article.source,
            "date": article.date,
            "path": printable(article.path),
            "root": record.root,
        }
        opening = _opening(article, passages)
        for passage in passages:
            values = shared | {
                "number": passage.number,
                "role": passage.role.value,
                "heading": passage.heading,
                "text": passage.text,
                "words": passage.text,
                "opening": article.title if passage.number == opening else "",
                "record": _dump_passage(passage),
            }
            self._whoosh.add_document(**{name: value for name, value in values.items() if value})
        self._whoosh.add_document(
            kind="article",
            id=article.id,
            record=_dump_article(replace(record, passages=len(passages))),
            **({"file": _file_key(record.root, article.path)} if record.root else {}),
        )

    def drop_article(self, id: str) -> None:
        """Delete an article of the snapshot, if it is there."""
        self._delete(self.reader.documents_of_article(id))

    def put_file(self, record: FileRecord) -> None:
        """Remember a file."""
        self.drop_file(record.root, record.path)
        self._whoosh.add_document(
            kind="file", file=_file_key(record.root, record.path), record=json.dumps(asdict(record))
        )

    def drop_file(self, root: str, path: str) -> None:
        """Forget a file of the snapshot, if it is there."""
        self._delete(self.reader.documents_of_file(root, path))

    def commit(self) -> None:
        """Make the changes the index, if there are any."""
        if "_whoosh" in self.__dict__:
            self._whoosh.commit()

    def cancel(self) -> None:
        """Leave the index as it was."""
        with contextlib.suppress(OSError):  # Whoosh writes even to cancel; the disk may be full
            if "_whoosh" in self.__dict__:
                self._whoosh.cancel()

    def _delete(self, documents: Iterable[int]) -> None:
        for document in documents:
            if document not in self._deleted:  # Whoosh refuses to delete twice
                self._deleted.add(document)
                self._whoosh.delete_document(document)


def _opening(article: Article, passages: list[Passage]) -> int:
    """Return the number of the passage that answers for a title standing nowhere in the text."""
    if not article.title or any(passage.role is Role.HEADLINE for passage in passages):
        return 0
    told = [passage.number for passage in passages if passage.role not in SILENT_ROLES]
    leads = [passage.number for passage in passages if passage.role is Role.LEAD]
    return (leads or told or [0])[0]


def _dump_passage(passage: Passage) -> str:
    record = asdict(passage)
    del record["number"]
    return json.dumps(record)


def _dump_article(record: ArticleRecord) -> str:
    article = record.article
    known = {
        name: getattr(article, name) for name in Article.__dataclass_fields__ if name != "text"
    }
    known["metadata"] = dict(article.metadata)
    try:
        return json.dumps(
            {
                "article": known,
                "root": record.root,
                "digest": record.digest,
                "passages": record.passages,
            },
            allow_nan=False,
        )
    except (TypeError, ValueError, RecursionError) as error:
        raise ArticleError(
            f"article {article.id!r}: its metadata cannot be kept as JSON ({error})"
        ) from error


def _load_article(record: dict[str, Any]) -> ArticleRecord:
    known = record["article"]
    known["authors"] = tuple(known["authors"])
    return ArticleRecord(
        Article(text="", **known), record["root"], record["digest"], record["passages"]
    )
