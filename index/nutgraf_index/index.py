"""`Index`: the one door to what is stored."""

import contextlib
import os
import threading
from collections.abc import Iterable, Iterator
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nutgraf_index.core import compiled
from nutgraf_index.errors import (
    ArgumentError,
    ArticleError,
    IndexNotFound,
    IndexWriteError,
    NotIndexedError,
)
from nutgraf_index.fields import FORMAT, Level
from nutgraf_index.model import Article, Subtree
from nutgraf_index.names import root_folder
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import Directory, DiskDirectory, MemoryDirectory, Unconfirmed
from nutgraf_index.store.snapshot import Snapshot, checked, open_snapshot

if TYPE_CHECKING:  # what a search does not need is imported where it is called
    from nutgraf_index.indexing.rebuild import Rebuilt
    from nutgraf_index.indexing.writer import Writer
    from nutgraf_index.store.lock import WriteLock
    from nutgraf_index.store.verification import Damage
    from nutgraf_index.sync.report import Progress, Stats, SyncReport
    from nutgraf_index.whoosh_adapter.reader import WhooshIndex
    from nutgraf_index.whoosh_adapter.writer import WhooshWriter

__all__ = ["MAX_BYTES", "Index"]

MAX_BYTES = 64 * 1024 * 1024  # of a file that is read, unless more are asked for


class Index:
    """An index of articles on disk or in memory.

    Open it with `Index.open` or `Index.in_memory`; it is a context manager and safe to share
    between threads. One process at a time writes; readers are never in its way.

    >>> from nutgraf import Article, Index, search
    >>> with Index.in_memory() as index:
    ...     index.add([Article(id="memo", text="Otters are back in the river.")])
    ...     [hit.citation for hit in search("otter", index)]
    ['memo#1']
    """

    def __init__(self, folder: Directory, wait: float) -> None:
        self._store = folder
        self._folder = folder.path if isinstance(folder, DiskDirectory) else None
        self._wait = wait
        self._memory_lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._roots: dict[str, str] = {}

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        language: str | None = None,
        wait: float = 10.0,
    ) -> "Index":
        """Open the index in a folder; with `create`, make one where there is none.

        `language` is the ISO 639-1 code of its articles' language, "en" for a new one unless
        given; an index keeps the one it was made with. `wait` is how many seconds a change waits
        for another writer. Raises `IndexNotFound`, `IndexFormatError`, `IndexDamaged`,
        `IndexWriteError`, and `ArgumentError` for another language than the index has.

        >>> import os, tempfile
        >>> from nutgraf import Index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Index.open(os.path.join(folder, "archive"), create=True) as index:
        ...         index.stats().articles
        0
        """
        first = commits.empty(language)
        if not wait >= 0:
            raise ArgumentError(f"wait must be 0 or more seconds, not {wait!r}")
        store = _directory(path)
        if create and not _is_index(store):
            _make(store, wait, first)
        known = commits.current(store).language
        if language not in (None, known):
            raise ArgumentError(
                f"the index {store.where} is in the language {known!r}, not {language!r}; name "
                "another folder, or remove this one and index the articles again"
            )
        return cls(store, wait)

    @classmethod
    def in_memory(cls, *, language: str | None = None) -> "Index":
        """Return an empty index that lives as long as this object; for `language` see `open`.

        >>> from nutgraf import Index
        >>> Index.in_memory().location
        'memory'
        """
        folder = MemoryDirectory()
        commits.publish(folder, commits.empty(language))
        return cls(folder, 0.0)

    @classmethod
    def rollback(cls, path: str | os.PathLike[str], *, wait: float = 10.0) -> None:
        """Return the index in a folder to the commit before, or to the newest that is sound.

        It need not be possible to open it. Raises `IndexDamaged` if there is no sound commit to
        return to, and else what `open` does.
        """
        from nutgraf_index.store.verification import rollback

        store = _directory(path)
        if not any(map(commits.is_commit, store.names() if os.path.isdir(store.path) else ())):
            commits.current(store)  # says that, or why, it is no index
        with _locked(store.path, wait), _writes(store.where):
            rollback(store)

    @classmethod
    def rebuild(
        cls,
        path: str | os.PathLike[str],
        *,
        wait: float = 10.0,
        memory_mb: int = 256,
        processes: int = 1,
        progress: "Progress | None" = None,
    ) -> "Rebuilt | None":
        """Make the index in a folder, of the format before, one of this format. All or nothing.

        It is made of the articles stored in it: those that a program added are kept as well, and
        all ids, citations and records of files. The old files are removed once the new commit
        stands. Returns what was rebuilt, or None if the index has this format already.
        `progress(done, total, id)` is called with the articles that are done, of all, and the one
        in hand. The other parameters are those of `open` and `sync`; raises what `open` does.
        """
        from nutgraf_index.indexing.rebuild import rebuild

        _check_least(memory_mb=(memory_mb, 1), processes=(processes, 1))
        store = _directory(path)
        with _writes(store.where):
            return rebuild(store, wait, memory_mb, processes, progress)

    @property
    def location(self) -> str:
        """The folder of the index; "memory" for one that has none."""
        return "memory" if self._folder is None else self._folder

    def add(self, articles: Iterable[Article]) -> None:
        """Add articles; one whose id is there already is replaced. All or nothing.

        Raises `ArticleError` for an id that is empty or given twice, and for a text without words.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.", authors=("Ann Lee",))])
        >>> index.stats().articles
        1
        """
        from nutgraf_index.sync.synchroniser import digest_of

        articles = list(articles)
        _check(articles)
        with self._writing() as writer:
            _release(writer, [article.id for article in articles], removed=False)
            for article in articles:
                writer.put_article(article, digest=digest_of(article))

    def remove(self, ids: Iterable[str]) -> None:
        """Remove articles. Raises `NotIndexedError`, and removes none, if one is not there.

        An article whose file is still in a synced folder comes back with the next sync.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> index.remove(["memo"])
        >>> index.stats().articles
        0
        """
        if isinstance(ids, str):
            raise ArgumentError(f"ids must be a list of ids, not the text {ids!r}")
        ids = list(ids)
        with self._writing() as writer:
            for id in ids:
                if writer.snapshot.article(id) is None:
                    raise NotIndexedError(f"there is no article {id!r} in {self.location}")
            _release(writer, ids, removed=True)
            for id in ids:
                writer.drop_article(id)

    def sync(
        self,
        paths: Iterable[str | os.PathLike[str]],
        *,
        max_bytes: int = MAX_BYTES,
        memory_mb: int = 256,
        processes: int = 1,
        progress: "Progress | None" = None,
    ) -> "SyncReport":
        """Make the index agree with files and folders, and say what was done. All or nothing.

        New articles are added, changed ones (told by a hash of the content) updated, those whose
        file is gone forgotten; other paths' articles stay. Ids are paths relative to the folder
        given, or the ids JSON Lines give. `progress(done, total, path)` is called with the bytes
        of the files that are done, of all, and the file in hand; once all is read, with an empty
        path.

        `memory_mb` is about how much memory, in MiB, building takes beside Python itself and the
        bytes of the file in hand; it also is how many MiB of text make a segment. More `processes`
        than one give the same index sooner. A script that asks for them must be
        importable (`if __name__ == "__main__":`), as Python's multiprocessing wants it.
        Raises `SourceError` for a missing path; what cannot be read is in the report instead.

        >>> import pathlib, tempfile
        >>> from nutgraf import Index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = pathlib.Path(folder, "memo.txt").write_text("Otters are back.")
        ...     report = Index.in_memory().sync([folder])
        >>> report.added
        ('memo.txt',)
        """
        from nutgraf_index.sync.roots import sync_targets
        from nutgraf_index.sync.synchroniser import synchronise

        _check_least(max_bytes=(max_bytes, 0), memory_mb=(memory_mb, 1), processes=(processes, 1))
        if not isinstance(paths, str | os.PathLike):
            paths = list(paths)
        sync_targets(paths, (), None)  # a missing path is an error before any waiting for the lock
        with self._writing(memory_mb=memory_mb, processes=processes) as writer:
            roots = {file.root for file in writer.snapshot.files()}
            return synchronise(
                writer,
                sync_targets(paths, roots, self._home),
                home=self._home,
                max_bytes=max_bytes,
                index_folder=os.path.realpath(self._folder) if self._folder else None,
                progress=progress,
            )

    def compact(self) -> None:
        """Rewrite the index as one segment, without what was deleted: the fastest to search."""
        with self._writing() as writer:
            writer.compact()

    def verify(self) -> "tuple[Damage, ...]":
        """Read every byte of the index and return the files that are not what was written.

        >>> from nutgraf import Index
        >>> Index.in_memory().verify()
        ()
        """
        from nutgraf_index.store.verification import verify

        return tuple(verify(self._store))

    def as_whoosh(self) -> "WhooshIndex":
        """Return the index as Whoosh's: its `searcher()` runs any of Whoosh's queries.

        A document there is a passage. Its `writer()` takes whole articles, and holds the lock until
        it commits or cancels.

        >>> from nutgraf import Article, Index
        >>> from whoosh.query import Term
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> with index.as_whoosh().searcher() as searcher:
        ...     [hit["article"] for hit in searcher.search(Term("text", "otter"))]
        ['memo']
        """
        from nutgraf_index.whoosh_adapter.reader import WhooshIndex

        return WhooshIndex(self.snapshot, self._whoosh_writer)

    def subtrees(
        self, paths: Iterable[str | os.PathLike[str]], snapshot: Snapshot
    ) -> list[Subtree]:
        """Find all that a snapshot holds of some paths. Raises `SourceError` for a missing one."""
        from nutgraf_index.sync.roots import subtrees

        return subtrees(paths, snapshot.roots(), self._home)

    def snapshot(self) -> Snapshot:
        """Return a snapshot of the newest commit. It holds its files until it is let go."""
        self._newest = open_snapshot(self._store, self._newest)
        return self._newest

    def resolve(self, root: str, path: str) -> str:
        """Return the full name of a file by its root's name and its path within."""
        if not root:
            return path
        if root not in self._roots:
            self._roots[root] = os.path.join(root_folder(root, self._home), "")
        return self._roots[root] + path

    def stats(self) -> "Stats":
        """Count what the index holds.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> stats = index.stats()
        >>> stats.articles, stats.passages
        (1, 1)
        """
        from nutgraf_index.sync.report import Stats

        snapshot = self.snapshot()
        with checked(snapshot.readers):
            roots = {root_folder(file.root, self._home) for file in snapshot.files()}
            return Stats(
                location=self.location,
                format=FORMAT,
                files=snapshot.count_files(),
                articles=snapshot.count(Level.ARTICLE),
                passages=snapshot.count(Level.PASSAGE),
                bytes=snapshot.commit.bytes(),
                roots=tuple(sorted(roots)),
                compiled=compiled,
            )

    def close(self) -> None:
        """Let go of the index."""
        self._newest = None

    def __enter__(self) -> "Index":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def _home(self) -> str | None:
        """The folder that root names are relative to: where the index folder lies."""
        return os.path.dirname(os.path.realpath(self._folder)) if self._folder else None

    def _lock(self) -> contextlib.AbstractContextManager[Any]:
        return _locked(self._folder, self._wait) if self._folder else self._memory_lock

    def _whoosh_writer(self) -> "WhooshWriter":
        from nutgraf_index.indexing.writer import Writer
        from nutgraf_index.whoosh_adapter.writer import WhooshWriter

        held = contextlib.ExitStack()
        held.enter_context(self._lock())
        return WhooshWriter(Writer(self._store, self.snapshot(), release=held.close))

    @contextlib.contextmanager
    def _writing(self, *, memory_mb: int = 256, processes: int = 1) -> "Iterator[Writer]":
        """Hold the lock, give a writer, and commit what it did unless an error ends the block."""
        from nutgraf_index.indexing.writer import Writer

        with self._lock(), _writes(self.location):
            snapshot = self.snapshot()
            writer = Writer(self._store, snapshot, memory_mb=memory_mb, processes=processes)
            try:
                with checked(snapshot.readers):
                    yield writer
                    writer.commit()
            except BaseException:
                writer.cancel()
                raise


def _directory(path: str | os.PathLike[str]) -> DiskDirectory:
    return DiskDirectory(os.path.abspath(path))


def _is_index(store: DiskDirectory) -> bool:
    return os.path.exists(os.path.join(store.path, commits.MARK))


def _locked(folder: str, wait: float) -> "WriteLock":
    from nutgraf_index.store.lock import WriteLock

    return WriteLock(folder, wait)


@contextlib.contextmanager
def _writes(where: str) -> Iterator[None]:
    """Turn the system's refusal into an error that says what it was about."""
    try:
        yield
    except Unconfirmed as error:
        raise IndexWriteError(
            f"the index {where} is written, but the system did not confirm that it is on the disk "
            f"({error.strerror}): look after the disk, and at the index with `nutgraf verify`"
        ) from error
    except OSError as error:
        raise IndexWriteError(
            f"cannot write the index {where}: {error.strerror or error}. It is as it was before."
        ) from error


def _check_least(**given: tuple[Any, int]) -> None:
    """Raise `ArgumentError` for a value that is no number, or less than the least it may be."""
    for name, (value, least) in given.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ArgumentError(f"{name} must be {least} or more, not {value!r}")


def _make(store: DiskDirectory, wait: float, first: Commit) -> None:
    """Make an empty index; the mark comes last, so that half an index is none."""
    folder = store.path
    taken = os.path.exists(folder) and not os.path.isdir(folder)
    if taken or (os.path.isdir(folder) and not all(map(commits.is_ours, os.listdir(folder)))):
        raise IndexNotFound(
            f"{folder} is not an index, and not an empty folder to make one in; name another"
        )
    try:
        os.makedirs(folder, exist_ok=True)
        with _locked(folder, wait):
            if not _is_index(store):
                if any(map(commits.is_commit, store.names())):
                    commits.current(store)  # its mark is lost: that is damage
                commits.publish(store, first)
    except OSError as error:
        raise IndexWriteError(
            f"cannot make an index in {folder}: {error.strerror or error}"
        ) from error


def _release(writer: "Writer", ids: list[str], *, removed: bool) -> None:
    """Note in the records of files that they no longer have these articles in the index.

    A file whose article was removed is read again by the next sync; one whose article a program
    replaced gives way to it until that is removed.
    """
    held: dict[tuple[str, str], list[str]] = {}
    for id in ids:
        record = writer.snapshot.article(id)
        if record is not None and record.root:
            held.setdefault((record.root, record.article.path), []).append(id)
    for file in writer.snapshot.files() if held else ():
        gone = held.get((file.root, file.path))
        if gone and removed:
            writer.put_file(file._replace(digest=""))
        elif gone:
            writer.put_file(file._replace(refused=(*file.refused, *gone)))


def _check(articles: list[Article]) -> None:
    from nutgraf_index.segment.stored_fields import check_article

    seen: set[str] = set()
    for article in articles:
        check_article(article)
        if article.id in seen:
            raise ArticleError(f"the article id {article.id!r} is given twice; ids must differ")
        seen.add(article.id)
