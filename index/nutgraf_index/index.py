"""`Index`: the one door to what is stored."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

from nutgraf_index import folder as folders
from nutgraf_index.dates import iso_date
from nutgraf_index.errors import (
    ArgumentError,
    ArticleError,
    IndexWriteError,
    NotIndexedError,
)
from nutgraf_index.files import MAX_BYTES
from nutgraf_index.lock import WriteLock
from nutgraf_index.names import printable
from nutgraf_index.passages import Article
from nutgraf_index.schema import FORMAT
from nutgraf_index.sources import Place, locate, places, root_path
from nutgraf_index.storage import Reader, Writer, create, open_stored
from nutgraf_index.sync import Progress, SyncReport, put, synchronise

__all__ = ["Index", "Stats"]

_TEXTS = ("id", "text", "title", "date", "place", "source", "url", "path")


@dataclass(frozen=True, slots=True)
class Stats:
    """What an index holds. `roots` are the folders synced; `bytes` is its size on disk."""

    location: str
    format: int
    files: int
    articles: int
    passages: int
    bytes: int
    roots: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the same as JSON-ready values."""
        return {name: getattr(self, name) for name in self.__slots__} | {"roots": list(self.roots)}


class Index:
    """An index of articles on disk or in memory.

    Open it with `Index.open` or `Index.in_memory`; it is a context manager and safe to share
    between threads. One process at a time writes; readers are never in its way.
    """

    def __init__(self, stored: Any, folder: Path | None, wait: float) -> None:
        self._stored = stored
        self._folder = folder
        self._wait = wait
        self._memory_lock = threading.Lock()

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, create: bool = False, wait: float = 10.0
    ) -> "Index":
        """Open the index in a folder; with `create`, make one where there is none.

        `wait` is how many seconds a change waits for another writer. Raises `IndexNotFound`,
        `IndexFormatError`, `IndexDamaged`, `IndexWriteError`.
        """
        folder = Path(os.path.abspath(path))
        if not wait >= 0:
            raise ArgumentError(f"wait must be 0 or more seconds, not {wait!r}")
        if create and not (folder / folders.MARK).exists():
            folders.make(folder, wait)
        folders.check_mark(folder)
        return cls(open_stored(str(folder)), folder, wait)

    @classmethod
    def in_memory(cls) -> "Index":
        """Return an empty index that lives as long as this object."""
        return cls(create(None), None, 0.0)

    @property
    def location(self) -> str:
        """The folder of the index; "memory" for one that has none."""
        return "memory" if self._folder is None else str(self._folder)

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles; one whose id is there already is replaced. All or nothing.

        Raises `ArticleError` for an id that is empty or given twice, and for a text without words.
        """
        articles = list(articles)
        _check(articles)
        with self._writing() as writer:
            _release(writer, [article.id for article in articles], removed=False)
            for article in articles:
                put(writer, article)

    def remove(self, ids: Iterable[str]) -> None:
        """Remove articles. Raises `NotIndexedError`, and removes none, if one is not there.

        An article whose file is still in a synced folder comes back with the next sync.
        """
        if isinstance(ids, str):
            raise ArgumentError(f"ids must be a list of ids, not the text {ids!r}")
        ids = list(ids)
        with self._writing() as writer:
            for id in ids:
                if writer.reader.article(id) is None:
                    raise NotIndexedError(f"there is no article {id!r} in {self.location}")
            _release(writer, ids, removed=True)
            for id in ids:
                writer.drop_article(id)

    def sync(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        max_bytes: int = MAX_BYTES,
        progress: Progress | None = None,
    ) -> SyncReport:
        """Make the index agree with files and folders, and say what was done. All or nothing.

        New articles are added, changed ones (told by a hash of the content) updated, those whose
        file is gone forgotten; other paths' articles stay. Ids are paths relative to the folder
        given, or the ids JSON Lines give. `progress(done, total, path)` is called for each file.
        Raises `SourceError` for a missing path; what cannot be read is in the report instead.
        """
        if max_bytes < 0:
            raise ArgumentError(f"max_bytes must be 0 or more, not {max_bytes!r}")
        if not isinstance(paths, str | os.PathLike):
            paths = list(paths)
        locate(paths, (), None)  # a missing path is an error before any waiting for the lock
        with self._writing() as writer:
            roots = {file.root for file in writer.reader.files()}
            return synchronise(
                writer,
                locate(paths, roots, self._home),
                home=self._home,
                max_bytes=max_bytes,
                leave_out=self._folder.resolve() if self._folder else None,
                progress=progress,
            )

    def places(self, paths: Iterable[str | os.PathLike[str]], reader: Reader) -> list[Place]:
        """Find all that a snapshot holds of some paths. Raises `SourceError` for a missing one."""
        return places(paths, reader.roots(), self._home)

    def reader(self) -> Reader:
        """Return a snapshot of the newest commit; close it when done."""
        return Reader(self._stored, self.location)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Reader]:
        """Give a snapshot for the length of a `with` block."""
        reader = self.reader()
        try:
            yield reader
        finally:
            reader.close()

    def resolve(self, root: str, path: str) -> str:
        """Return the full name of a file by its root's name and its path within."""
        return str(root_path(root, self._home) / path) if root else path

    def stats(self) -> Stats:
        """Count what the index holds."""
        with self.reading() as reader:
            articles = list(reader.articles())
            files = list(reader.files())
        roots = {str(root_path(file.root, self._home)) for file in files}
        return Stats(
            location=self.location,
            format=FORMAT,
            files=len({(record.root, record.article.path) for record in articles if record.root}),
            articles=len(articles),
            passages=sum(record.passages for record in articles),
            bytes=folders.size(self._folder) if self._folder else 0,
            roots=tuple(sorted(roots)),
        )

    def close(self) -> None:
        """Let go of the index."""
        self._stored.close()

    def __enter__(self) -> "Index":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _home(self) -> Path | None:
        """The folder that root names are relative to: where the index folder lies."""
        return self._folder.resolve().parent if self._folder else None

    @contextlib.contextmanager
    def _writing(self) -> Iterator[Writer]:
        """Hold the lock, give a writer, and commit what it did unless an error ends the block."""
        lock = WriteLock(self._folder, self._wait) if self._folder else self._memory_lock
        with lock, self.reading() as reader:
            writer = Writer(self._stored, reader)
            try:
                yield writer
                writer.commit()
            except OSError as error:
                writer.cancel()
                raise IndexWriteError(
                    f"cannot write the index {self.location}: {error.strerror or error}"
                ) from error
            except BaseException:
                writer.cancel()
                raise


def _release(writer: Writer, ids: list[str], *, removed: bool) -> None:
    """Note in the records of files that they no longer have these articles in the index.

    A file whose article was removed is read again by the next sync; one whose article a program
    replaced gives way to it until that is removed.
    """
    held: dict[tuple[str, str], list[str]] = {}
    for id in ids:
        record = writer.reader.article(id)
        if record is not None and record.root:
            held.setdefault((record.root, record.article.path), []).append(id)
    for file in writer.reader.files() if held else ():
        gone = held.get((file.root, file.path))
        if gone and removed:
            writer.put_file(replace(file, digest=""))
        elif gone:
            writer.put_file(replace(file, refused=(*file.refused, *gone)))


def _check(articles: list[Article]) -> None:
    seen: set[str] = set()
    for article in articles:
        if not isinstance(article, Article):
            raise ArticleError(f"only articles can be added, not {article!r}")
        for name in _TEXTS:
            if not isinstance(getattr(article, name), str):
                raise ArticleError(
                    f"the article {article.id!r}: {name} must be a text, "
                    f"not {getattr(article, name)!r}"
                )
        named = isinstance(article.authors, tuple | list) and all(
            isinstance(name, str) for name in article.authors
        )
        if not named or not isinstance(article.metadata, Mapping):
            raise ArticleError(
                f"the article {article.id!r}: authors must be a tuple of texts, "
                "and metadata a mapping"
            )
        if not article.id or article.id != printable(article.id.strip()):
            raise ArticleError(
                "an article's id must be a text without white space at its ends or lone "
                f"surrogates, not {article.id!r}"
            )
        if article.date and article.date != iso_date(article.date):
            raise ArticleError(
                f"the article {article.id!r} has the date {article.date!r}; "
                "write it as 2020-01-12, 2020-01 or 2020"
            )
        if article.id in seen:
            raise ArticleError(f"the article id {article.id!r} is given twice; ids must differ")
        if not article.text.strip():
            raise ArticleError(f"the article {article.id!r} has no text")
        seen.add(article.id)
