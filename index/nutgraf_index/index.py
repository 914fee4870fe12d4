"""`Index`: open, change, verify and rebuild an index of articles."""

import contextlib
import inspect
import os
import reprlib
import threading
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from nutgraf_index.analysis.synonym_rules import SynonymSource
from nutgraf_index.arguments import (
    LazyModule,
    check_callback,
    check_flags,
    check_min,
    check_seconds,
    check_wait,
    is_single,
    listed,
    path_text,
)
from nutgraf_index.cache import without_collections
from nutgraf_index.core import compiled
from nutgraf_index.errors import (
    ArgumentError,
    ArticleError,
    IndexNotFound,
    IndexUnusable,
    IndexWriteError,
    NutgrafError,
)
from nutgraf_index.fields import FORMAT, Level
from nutgraf_index.model import Article, article_name, checked_id
from nutgraf_index.names import archive_of, root_folder
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit
from nutgraf_index.store.directory import (
    Directory,
    DiskDirectory,
    MemoryDirectory,
    Unconfirmed,
    home_of,
)
from nutgraf_index.store.snapshot import Snapshot, checked, open_snapshot

if TYPE_CHECKING:  # a search needs none of these: methods import them when called
    from nutgraf_index.indexing import rebuild
    from nutgraf_index.indexing.writer import Writer
    from nutgraf_index.store import verification
    from nutgraf_index.store.lock import WriteLock
    from nutgraf_index.sync import citations, report
    from nutgraf_index.whoosh_adapter import reader
    from nutgraf_index.whoosh_adapter.writer import WhooshWriter
else:  # `typing.get_type_hints` imports the types of public methods
    rebuild = LazyModule("nutgraf_index.indexing.rebuild")
    verification = LazyModule("nutgraf_index.store.verification")
    citations = LazyModule("nutgraf_index.sync.citations")
    report = LazyModule("nutgraf_index.sync.report")
    reader = LazyModule("nutgraf_index.whoosh_adapter.reader")

__all__ = ["MAX_BYTES", "Batch", "Index"]

MAX_BYTES = 64 * 1024 * 1024  # default size limit of a file that `sync` reads


class Index:
    """An index of articles on disk or in memory.

    Open it with `Index.open` or `Index.in_memory`. It is a context manager, and threads may share
    it. Only one process can write at a time; readers and the writer do not wait for each other.
    After `close`, its methods raise `IndexUnusable`.

    `len(index)` is the number of articles, `id in index` says whether an article has exactly that
    id, and iteration yields the articles in the order of their ids. An index is true in a
    condition, even if it is empty. An index on disk can be sent to another process, which opens it
    again.

    >>> from nutgraf import Article, Index, search
    >>> with Index.in_memory() as index:
    ...     index.add(Article(id="memo", text="Otters are back in the river."))
    ...     [hit.citation for hit in search("otter", index)]
    ...     len(index), "memo" in index, [article.id for article in index]
    ['memo#1']
    (1, True, ['memo'])
    """

    __signature__ = inspect.Signature()  # `help` shows none

    def __init__(self, *_arguments: object, **_keywords: object) -> None:
        raise ArgumentError(
            "Index() opens nothing: use Index.open(folder), Index.open(folder, create=True) or "
            "Index.in_memory()"
        )

    @classmethod
    def _of(cls, directory: Directory, wait: float) -> "Index":
        index = cls.__new__(cls)
        index._start(directory, wait)
        return index

    def _start(self, directory: Directory, wait: float) -> None:
        self._directory = directory
        self._folder = directory.path if isinstance(directory, DiskDirectory) else None
        self._wait = wait
        self._memory_lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._closed = False

    @classmethod
    def open(
        cls,
        path: str | os.PathLike[str],
        *,
        create: bool = False,
        language: str | None = None,
        wait: float = 10.0,
    ) -> "Index":
        """Open the index in a folder.

        Args:
            path: The folder of the index.
            create: Create an empty index if the folder is missing or empty.
            language: The code of the language of articles that state none, such as "de". By default
                the language of each article is detected. An index keeps what it was created with.
            wait: How many seconds each change waits for another writer to finish, 0 or more.

        Raises:
            IndexNotFound: The folder has no index, and `create` is false or the folder has other
                files.
            IndexFormatError: The index has the format of another version of nutgraf.
            IndexDamaged: `nutgraf.json` or the current commit file is damaged.
            IndexUnusable: The system refuses to read a file of the index.
            IndexWriteError: The system refused to create the index.
            IndexLocked: Another process was writing for longer than `wait` seconds.
            ArgumentError: The language is unknown, the index was created with another one, or
                `wait` is negative.

        >>> import os, tempfile
        >>> from nutgraf import Index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     with Index.open(os.path.join(folder, "archive"), create=True) as index:
        ...         index.stats().articles
        0
        """
        first = commits.empty(language)
        check_wait(wait)
        check_flags(create=create)
        directory = _disk_directory(path)
        if create and not _is_index(directory):
            _create(directory, wait, first)
        existing = commits.current(directory).language
        if first.language not in ("", existing):
            raise ArgumentError(
                f"the index {directory.where} was made {_made_for(existing)}, "
                f"not for {language!r}; name another folder, or state the language of each article "
                "or sync"
            )
        return cls._of(directory, wait)

    @classmethod
    def in_memory(
        cls, *, language: str | None = None, at: str | os.PathLike[str] | None = None
    ) -> "Index":
        """Create an empty index that lives as long as the returned object.

        `language` is as in `open`. With `at`, files get the ids that they would get in an index in
        that folder, which need not exist. Raises `ArgumentError` for an unknown language, and for
        an `at` that is no folder.

        >>> from nutgraf import Index
        >>> Index.in_memory().location
        'memory'
        """
        if at is not None and path_text(at) is None:
            raise ArgumentError(f"at must be a folder, a text or a Path, not {reprlib.repr(at)}")
        directory = MemoryDirectory(None if at is None else home_of(at))
        commits.publish(directory, commits.empty(language))
        return cls._of(directory, 0.0)

    @classmethod
    def rollback(cls, path: str | os.PathLike[str], *, wait: float = 10.0) -> None:
        """Roll the index in a folder back to another sound commit.

        If the current commit is sound, the index returns to the newest sound commit before it;
        else, to the newest sound commit. This also works for an index too damaged to open.

        Args:
            path: The folder of the index.
            wait: How many seconds to wait for another writer, 0 or more.

        Raises:
            IndexNotFound: The folder has no index.
            IndexFormatError: The index has the format of another version of nutgraf.
            IndexDamaged: No other commit is sound.
            IndexUnusable: The system refuses to read a file of the index.
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than `wait` seconds.
            ArgumentError: `wait` is negative.
        """
        from nutgraf_index.store.verification import rollback

        check_wait(wait)
        directory = _disk_directory(path)
        names = directory.names() if os.path.isdir(directory.path) else ()
        if not any(map(commits.is_commit, names)):
            commits.current(directory)  # raises the error that says why it is not an index
        with _locked(directory.path, wait), _write_errors(directory.where):
            rollback(directory)

    @classmethod
    def rebuild(
        cls,
        path: str | os.PathLike[str],
        *,
        wait: float = 10.0,
        memory_mb: int = 256,
        processes: int = 1,
        progress: "report.Progress | None" = None,
    ) -> "rebuild.Rebuilt | None":
        """Convert the index in a folder from the previous format to this format.

        The new index is made from the articles stored in the old one, so articles that a program
        added and the list of synced files are kept. An article of a file gets the id by today's
        rule if it has another id, in an index of this format too; see `sync`. Either the whole
        index is converted or none of it; the old files are removed after the new commit is written.

        Args:
            path: The folder of the index.
            wait: How many seconds to wait for another writer, 0 or more.
            memory_mb: As in `sync`.
            processes: As in `sync`.
            progress: Called as `progress(done, total, what)` with the work done and all work, in
                articles, and the id of the next article or the name of the work that follows ("" at
                the end). To write the segments counts as a quarter of the articles. If only ids
                change, the work is counted in files.

        Returns:
            The old format, the counts of articles, passages and files, and the old and the new id
            of each article whose id changed; None if the index has this format and its ids.

        Raises:
            IndexNotFound: The folder has no index.
            IndexFormatError: The format is neither this one nor the previous one.
            IndexDamaged: The old index is damaged.
            IndexUnusable: The system refuses to read a file of the index.
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than `wait` seconds.
            ArgumentError: `memory_mb` or `processes` is less than 1, or `wait` is negative.
        """
        from nutgraf_index.indexing.rebuild import rebuild

        check_wait(wait)
        check_min(memory_mb=(memory_mb, 1), processes=(processes, 1))
        check_callback(progress)
        directory = _disk_directory(path)
        with _write_errors(directory.where):
            return rebuild(directory, wait, memory_mb, processes, progress)

    @property
    def location(self) -> str:
        """The folder of the index, or "memory" for an index in memory."""
        return "memory" if self._folder is None else self._folder

    def add(self, articles: Article | Iterable[Article]) -> None:
        """Add an article or several, each replacing an article of the same id that a program added.

        All or none are added, in one commit. `batch` collects articles that come one by one.

        Raises:
            ArticleError: An article has no id or no text, two articles have the same id, the id
                is that of an article of a file, or metadata cannot be stored as JSON.
            ArgumentError: `articles` are no articles.
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than the index waits.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add(Article(id="memo", text="Otters are back.", authors="Ann Lee"))
        >>> index.add(Article(id=number, text="No news.") for number in range(3))
        >>> len(index)
        4
        """
        from nutgraf_index.sync.synchroniser import digest_of

        self._check_open()
        articles = _articles(articles)
        _check_articles(articles)
        with self._writing() as writer:
            for article in articles:
                writer.put_article(article, digest=digest_of(article))

    def batch(self) -> "Batch":
        """Return a context manager that collects articles and adds all of them when it ends.

        Each commit takes as long as a hundred short articles, so a batch is far faster than one
        `add` for each article. After an exception in the block, none is added. The articles are
        kept in memory until then, and the index is not locked. See `Batch`.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> with index.batch() as batch:
        ...     for number in range(3):
        ...         batch.add(Article(id=number, text="Otters are back."))
        >>> len(index)
        3
        """
        self._check_open()
        return Batch(self)

    def article(self, id: "citations.Name") -> Article:
        r"""Return an article with its text, and with what its text told: authors, place, date.

        It may also be named by its path or in the other ways of `Searcher.article`. Raises
        `NotIndexedError` if no article has that name, or several have, and `ArgumentError` for a
        value that is no name.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add(Article(id="memo", text="By Ann Lee\n\nOtters are back."))
        >>> index.article("memo").authors
        ('Ann Lee',)
        """
        from nutgraf_index.sync.citations import find_article

        snapshot = self.snapshot()
        with checked(snapshot.readers):
            reader, number = find_article(article_name(id), snapshot)
            return reader.whole_article(number)

    def __len__(self) -> int:
        snapshot = self.snapshot()
        with checked(snapshot.readers):
            return snapshot.count(Level.ARTICLE)

    def __bool__(self) -> bool:
        return True  # else `index or other` would be the other index while there is no article

    def __contains__(self, id: object) -> bool:
        snapshot = self.snapshot()
        with checked(snapshot.readers):
            return snapshot.find(checked_id(id)) is not None

    def __iter__(self) -> Iterator[Article]:
        snapshot = self.snapshot()  # of now, not of the first article that is asked for
        return snapshot.whole_articles()

    def __repr__(self) -> str:
        if self._closed:
            return f"<Index {self.location}, closed>"
        try:
            counts = self.snapshot().described
        except NutgrafError as error:
            return f"<Index {self.location}, {type(error).__name__}>"
        return f"<Index {self.location}: {counts}>"

    def __reduce__(self) -> tuple[Any, ...]:
        self._check_open()
        if self._folder is None:
            raise IndexUnusable(
                "an index in memory cannot be sent to another process or copied: "
                "make it on disk with Index.open(folder, create=True)"
            )
        return _reopened, (self._folder, self._wait)

    def remove(
        self,
        ids: "citations.Name | Iterable[citations.Name]" = (),
        *,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] = (),
    ) -> tuple[str, ...]:
        """Remove an article or several by their ids, or all that were indexed from paths.

        All or none are removed. Return their sorted ids. An article may also be named by its path
        or in the other ways of `Searcher.article`. If the file of a removed article is still in a
        synced folder, the next sync adds the article again. The `paths` may be gone; nothing is
        remembered of them.

        Raises:
            NotIndexedError: The index has no article of one of the names, or several, or nothing
                was indexed from one of the paths.
            ArgumentError: `ids` are no ids, or `paths` no paths.
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than the index waits.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> index.remove(["memo"])
        ('memo',)
        >>> index.stats().articles
        0
        """
        self._check_open()
        from nutgraf_index.sync.citations import find_article
        from nutgraf_index.sync.roots import files_from

        names = [article_name(id) for id in listed(ids)]
        paths = listed(paths)
        with self._writing() as writer:
            snapshot = writer.snapshot
            files = dict.fromkeys(files_from(paths, snapshot))
            found = {find_article(name, snapshot): None for name in names}
            found |= {one: None for file in files for one in snapshot.find_articles(*file)}
            for reader, number in found:
                writer.drop_number(reader, number)
            for file in files:
                writer.drop_file(*file)
            articles = [reader.article(number) for reader, number in found]
            changed = [(one.root, one.article.path) for one in articles]
            changed += [(root, archive_of(path)) for root, path in files]
            for root, path in dict.fromkeys(changed):
                location = snapshot.find_file(root, path) if root else None
                if location is not None and (root, path) not in files:
                    reader, number = location  # the next sync is to read the file again
                    writer.put_file(reader.stored_file(number)._replace(digest=""))
        return tuple(sorted(stored.article.id for stored in articles))

    def sync(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        max_bytes: int = MAX_BYTES,
        max_pages: int = 10_000,
        memory_mb: int = 256,
        processes: int = 1,
        encoding: str | None = None,
        date_order: "Literal['dmy', 'mdy'] | None" = None,
        language: str | None = None,
        exclude: Iterable[str] = (),
        source_from: str | None = None,
        prune: bool = False,
        dry_run: bool = False,
        now: datetime | None = None,
        commit_every: int | None = None,
        commit_every_seconds: float | None = None,
        progress: "report.Progress | None" = None,
    ) -> "report.SyncReport":
        """Make the index agree with files and folders. Either all changes are made or none.

        New articles are added, articles whose content changed are updated, and articles whose
        file is gone are removed. Articles of other paths stay.

        The id of an article is the path of its file from the folder that holds the folder of the
        index, or the full path for an index in memory. In a file of several articles it is
        followed by `!` and the id that the file states, or the number of the line. An article that
        has another id, since the index is older or was moved, is renamed.

        A file is read only if its size, its times or its inode differ from those of the last sync,
        or if it changed less than two seconds before that sync began. The index remembers them in
        the file `files.cache`, which may be removed at any time.

        Args:
            paths: A file or folder to index, or several.
            max_bytes: Skip files larger than this many bytes; so are members of archives, and
                compressed files that expand to more.
            max_pages: Skip PDFs with more pages than this.
            memory_mb: Memory for building a segment, in MiB, in addition to Python itself and the
                files being read. A segment gets about this many MiB of text.
            processes: How many processes read files and build the index. The number does not
                change the index. If the system ends one of them, the others do its work.
                A script that uses more than one must be importable, with its main code under
                `if __name__ == "__main__":`, as `multiprocessing` requires.
            encoding: The encoding of the files that do not declare theirs, such as "cp1254". A byte
                order mark or valid UTF-8 goes before it. A file that is not valid in it is skipped.
                By default the encoding of each such file is guessed, and reported. An unchanged
                file keeps its encoding until another is given.
            date_order: Whether the day or the month is first in dates such as 04/03/2021: "dmy" or
                "mdy". By default the other dates of the same file decide, such as 25/12/2020; if
                none does, the article has no date, and `doubtful` of the report counts it. A file
                keeps the order that was given until another is given.
            language: The language of articles that state none, such as "de" or "German". By default
                it is that of the index or, if the index has none, detected for each article. A file
                keeps the language that was given until another is given.
            exclude: Patterns of files to leave out, in the syntax of gitignore and relative to the
                folder given, such as `"*.log"` or `"drafts/"`. They come before the patterns of
                the files `.nutgrafignore` in the folders. Articles of excluded files are removed.
            source_from: Regular expression with a group, searched in the path of each file
                relative to the folder that holds the index (its full path if it is elsewhere).
                The group named `source`, else the first, is the source of the articles that name
                none. An unchanged file is read again if it gets another source. Without this
                argument, files keep the source that their path gave before.
            prune: Remove the articles of a folder that has no file any more. By default they stay,
                since the folder may be on a disk that is not mounted; `emptied` reports them.
            now: The time that embargoes and dates of publication are judged by, with a time zone;
                by default the present. With `dry_run`, a later time tells what it will add.
            dry_run: Report what a sync would do, and change nothing.
            commit_every: Commit the changes so far whenever files of this many bytes were read.
                Then a sync that is interrupted keeps these commits, and the next one continues.
                A sync that renames articles commits only at its end.
            commit_every_seconds: Commit the changes so far also after this many seconds.
            progress: Called as `progress(done, total, what)` with the work done and all work, in
                bytes, and the path of the file being read or the name of the work that follows
                the reading ("" at the end). To write the segments counts as a quarter of the
                bytes read.

        Returns:
            Counts of the files found and indexed, the ids of the articles added, updated,
            unchanged, removed and renamed, and every skipped file or line with the reason.

        Raises:
            SourceError: A path does not exist, or a `.nutgrafignore` cannot be read. A file that
                cannot be read raises nothing: the report lists it as skipped.
            ArgumentError: A number is too small, a pattern is invalid, the encoding or language is
                unknown, or `paths` are no paths.
            IndexWriteError: The system refused to write. A sync that finds nothing to change
                writes nothing.
            IndexLocked: Another process was writing for longer than the index waits.

        >>> import pathlib, tempfile
        >>> from nutgraf import Index
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     _ = pathlib.Path(folder, "memo.txt").write_text("Otters are back.")
        ...     with Index.open(f"{folder}/index", create=True) as index:
        ...         index.sync([folder]).added
        ('memo.txt',)
        """
        from nutgraf_index.analysis.languages.registry import checked_code
        from nutgraf_index.sync.ignore_rules import IgnoreRules
        from nutgraf_index.sync.options import (
            SyncOptions,
            checked_order,
            checked_time,
            given_encoding,
            source_pattern,
        )
        from nutgraf_index.sync.survey import Survey

        self._check_open()
        check_min(max_bytes=(max_bytes, 0), memory_mb=(memory_mb, 1), processes=(processes, 1))
        check_min(max_pages=(max_pages, 1))
        if commit_every is not None:
            check_min(commit_every=(commit_every, 1))
        check_seconds("commit_every_seconds", commit_every_seconds)
        check_flags(prune=prune, dry_run=dry_run)
        check_callback(progress)
        paths = listed(paths)
        options = SyncOptions(
            max_bytes,
            IgnoreRules.excluding(exclude),
            given_encoding(encoding),
            source_pattern(source_from),
            prune,
            checked_order(date_order),
            checked_time(now),
            max_pages,
            checked_code(language),
        )
        snapshot = self.snapshot()
        with checked(snapshot.readers), without_collections():
            survey = Survey(self._directory, snapshot, paths, options)
            if survey.is_current(progress):
                if not dry_run:
                    survey.refresh()
                if progress is not None:
                    progress(1, 1, "")
                report = survey.report()
                del survey  # before collections start again
                return report
        # Only a sync that finds a change imports the modules that read and write.
        from nutgraf_index.indexing.workers import Processes
        from nutgraf_index.indexing.writer import Rehearsal, Writer
        from nutgraf_index.sync.synchroniser import synchronise

        with contextlib.ExitStack() as stack:
            shared = stack.enter_context(Processes(processes))
            if dry_run:
                stack.enter_context(checked(snapshot.readers))
                return synchronise(survey, lambda: snapshot, Rehearsal, shared, progress=progress)

            def new_writer(snapshot: Snapshot) -> Writer:
                return Writer(self._directory, snapshot, memory_mb=memory_mb, processes=shared)

            stack.enter_context(self._lock())
            stack.enter_context(_write_errors(self.location))
            newest = self.snapshot()
            stack.enter_context(checked(newest.readers))
            if newest.commit != snapshot.commit:  # another process wrote meanwhile
                survey = Survey(self._directory, newest, paths, options)
            return synchronise(
                survey,
                self.snapshot,
                new_writer,
                shared,
                commit_every=commit_every,
                commit_every_seconds=commit_every_seconds,
                progress=progress,
            )

    @property
    def synonyms(self) -> tuple[str, ...]:
        """The synonyms that are kept with the index, as lines of a file; see `keep_synonyms`."""
        snapshot = self.snapshot()
        with checked(snapshot.readers):
            return tuple(snapshot.synonyms.lines())

    def keep_synonyms(self, synonyms: SynonymSource | None) -> None:
        """Keep synonyms with the index: from then on, each search uses them.

        They take the place of the synonyms that were kept before; None or `{}` drops these. The
        file is copied, so a later change of it changes nothing here.

        Args:
            synonyms: A file of synonyms, or a mapping from a word to a list of its synonyms; the
                same as the option `synonyms` of a search.

        Raises:
            SourceError: The file cannot be read, is not UTF-8, or has more than 4 MiB.
            ArgumentError: A line or a value does not have the form of synonyms.
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than the index waits.

        >>> from nutgraf import Article, Index, search
        >>> index = Index.in_memory()
        >>> index.add(Article(id="memo", text="Otters are back."))
        >>> index.keep_synonyms({"lutra": ["otter", "river dog"]})
        >>> index.synonyms, [hit.citation for hit in search("lutra", index)]
        (('lutra => otter, river dog',), ['memo#1'])
        """
        from nutgraf_index.analysis.synonym_rules import read_synonyms

        self._check_open()
        rules = read_synonyms({} if synonyms is None else synonyms)
        with self._writing() as writer:
            writer.keep_synonyms(rules)

    def compact(self) -> None:
        """Merge all segments into one, without the deleted articles, so that searches are faster.

        Raises:
            IndexWriteError: The system refused to write.
            IndexLocked: Another process was writing for longer than the index waits.
        """
        with self._writing() as writer:
            writer.compact()

    def verify(self) -> "tuple[verification.Damage, ...]":
        """Read every byte of the current commit; return its damaged files, or () if it is sound.

        Raises `IndexUnusable` where the system refuses to read a file.

        >>> from nutgraf import Index
        >>> Index.in_memory().verify()
        ()
        """
        from nutgraf_index.store.verification import verify

        self._check_open()
        return tuple(verify(self._directory))

    def as_whoosh(self) -> "reader.WhooshIndex":
        """Return the index as a `whoosh.index.Index`, on which any Whoosh query runs.

        Its documents are passages of all roles: those that `search` hides are found, too. Its
        `writer()` takes whole articles as documents, and holds the write lock until it commits or
        cancels.

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

    def snapshot(self, commit: Commit | None = None) -> Snapshot:
        """Return a snapshot of a commit, by default of the current one; for rooms of nutgraf alone.

        Its files stay open while it exists. Raises `IndexUnusable` if the commit is gone.
        """
        self._check_open()
        self._newest = newest = open_snapshot(self._directory, self._newest)
        if commit in (None, newest.commit):
            return newest
        try:
            return Snapshot(self._directory, commit, newest)
        except FileNotFoundError:
            raise IndexUnusable(
                f"commit {commit.number} of the index {self.location} is gone: the index has "
                "changed; make a new Searcher, or refresh() it"
            ) from None

    def stats(self) -> "report.Stats":
        """Return the location, format, counts, size and roots of the index.

        >>> from nutgraf import Article, Index
        >>> index = Index.in_memory()
        >>> index.add([Article(id="memo", text="Otters are back.")])
        >>> stats = index.stats()
        >>> stats.articles, stats.passages
        (1, 1)
        """
        from nutgraf_index.sync.file_records import load_records
        from nutgraf_index.sync.report import Stats
        from nutgraf_index.sync.survey import articles_by_format

        snapshot = self.snapshot()
        with checked(snapshot.readers):
            roots = {root_folder(root, self._home) for root in snapshot.synced_roots()}
            return Stats(
                location=self.location,
                format=FORMAT,
                files=snapshot.count(Level.FILE),
                articles=snapshot.count(Level.ARTICLE),
                passages=snapshot.count(Level.PASSAGE),
                bytes=snapshot.commit.bytes(),
                roots=tuple(sorted(roots)),
                synonyms=len(snapshot.synonyms),
                compiled=compiled,
                formats=articles_by_format(load_records(self._directory, snapshot)[0]),
                languages=snapshot.by_language(Level.ARTICLE),
            )

    def close(self) -> None:
        """Release the files of the index, once no searcher uses them.

        The other methods of a closed index raise `IndexUnusable`. A `Searcher` made before goes on
        to answer from its snapshot.
        """
        self._closed = True
        self._newest = None

    def _check_open(self) -> None:
        if self._closed:
            again = f"open it again with Index.open({self._folder!r})"
            gone = "make a new one with Index.in_memory()"
            raise IndexUnusable(
                f"the index {self.location} is closed: {again if self._folder else gone}"
            )

    def __enter__(self) -> "Index":
        self._check_open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def _home(self) -> str | None:
        """The folder that the names of roots are relative to: the parent of the index folder."""
        return self._directory.home

    def _lock(self) -> contextlib.AbstractContextManager[Any]:
        self._check_open()
        return _locked(self._folder, self._wait) if self._folder else self._memory_lock

    def _whoosh_writer(self) -> "WhooshWriter":
        from nutgraf_index.indexing.writer import Writer
        from nutgraf_index.whoosh_adapter.writer import WhooshWriter

        lock = contextlib.ExitStack()
        lock.enter_context(self._lock())
        return WhooshWriter(Writer(self._directory, self.snapshot(), release=lock.close))

    @contextlib.contextmanager
    def _writing(self) -> "Iterator[Writer]":
        """Yield a writer while holding the lock; commit at the end, or cancel on an error."""
        from nutgraf_index.indexing.writer import Writer

        with self._lock(), _write_errors(self.location):
            snapshot = self.snapshot()
            with Writer(self._directory, snapshot) as writer, checked(snapshot.readers):
                yield writer
                writer.commit()


class Batch:
    """Collects articles, and adds them to an index in one commit when its block ends.

    Made by `Index.batch`. An exception in the block adds none of them.

    >>> from nutgraf import Article, Index
    >>> index = Index.in_memory()
    >>> with index.batch() as batch:
    ...     batch.add(Article(id="memo", text="Otters are back."))
    ...     batch.add(Article(id="memo", text="Otters are gone."))  # replaces the one before
    ...     len(batch), len(index)
    (1, 0)
    >>> index.article("memo").text
    'Otters are gone.'
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._articles: dict[str, Article] = {}
        self._is_open = False

    def add(self, articles: Article | Iterable[Article]) -> None:
        """Add an article or several, each replacing an earlier article of the same id.

        Raises `ArticleError` for an article that cannot be indexed, and `IndexUnusable` outside the
        block.
        """
        from nutgraf_index.segment.stored_fields import check_article

        if not self._is_open:
            raise IndexUnusable(
                "a batch is open in its block: write `with index.batch() as batch:`"
            )
        articles = _articles(articles)
        for article in articles:
            check_article(article)
        self._articles.update((article.id, article) for article in articles)

    def __len__(self) -> int:
        return len(self._articles)

    def __bool__(self) -> bool:
        return True

    def __enter__(self) -> "Batch":
        self._is_open = True
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._is_open = False
        articles, self._articles = self._articles, {}
        if kind is None and articles:
            self._index.add(articles.values())


def _reopened(folder: str, wait: float) -> Index:
    """Return an index that another process sent; its first use raises the errors of `open`."""
    return Index._of(DiskDirectory(folder), wait)


def _articles(articles: object) -> list[Article]:
    """Return one article or several as a list. Raises `ArgumentError` for anything else."""
    if isinstance(articles, Article):
        return [articles]
    if is_single(articles):
        raise ArgumentError(
            f"articles must be an Article or several, not {reprlib.repr(articles)}: "
            "write Article(id=…, text=…)"
        )
    return listed(articles)


def _disk_directory(path: str | os.PathLike[str]) -> DiskDirectory:
    if not path_text(path):
        raise ArgumentError(
            f"path must be the folder of an index, a text or a Path, not {reprlib.repr(path)}"
        )
    return DiskDirectory(os.path.abspath(path))


def _made_for(language: str) -> str:
    """Return for which language an index was made, as a part of a message."""
    return f"for the language {language!r}" if language else "to detect languages"


def _is_index(directory: DiskDirectory) -> bool:
    return os.path.exists(os.path.join(directory.path, commits.MARK))


def _locked(folder: str, wait: float) -> "WriteLock":
    from nutgraf_index.store.lock import WriteLock

    return WriteLock(folder, wait)


@contextlib.contextmanager
def _write_errors(where: str) -> Iterator[None]:
    """Convert an `OSError` into an `IndexWriteError` that names the index."""
    try:
        yield
    except Unconfirmed as error:
        raise IndexWriteError(
            f"the index {where} is written, but the system did not confirm that it is on the disk "
            f"({error.strerror}): check the disk, and the index with `nutgraf verify`"
        ) from error
    except OSError as error:
        raise IndexWriteError(
            f"cannot write the index {where}: {error.strerror or error}. It is as it was before."
        ) from error


def _create(directory: DiskDirectory, wait: float, first: Commit) -> None:
    """Create an empty index; the mark is written last, so that a crash leaves no incomplete index.

    Raises `IndexNotFound` if the folder has other files, `IndexWriteError` if the system refuses.
    """
    folder = directory.path
    is_file = os.path.exists(folder) and not os.path.isdir(folder)
    names = os.listdir(folder) if os.path.isdir(folder) else []
    if is_file or not all(map(commits.is_index_file, names)):
        raise IndexNotFound(
            f"{folder} is neither an index nor an empty folder to make one in; name another folder"
        )
    try:
        os.makedirs(folder, exist_ok=True)
        with _locked(folder, wait):
            if not _is_index(directory):
                if any(map(commits.is_commit, directory.names())):
                    commits.current(directory)  # a commit without a mark: raises `IndexDamaged`
                commits.publish(directory, first)
    except OSError as error:
        raise IndexWriteError(
            f"cannot make an index in {folder}: {error.strerror or error}"
        ) from error


def _check_articles(articles: list[Article]) -> None:
    """Raise `ArticleError` for an article that cannot be indexed, or for an id given twice."""
    from nutgraf_index.segment.stored_fields import check_article

    ids: set[str] = set()
    for article in articles:
        check_article(article)
        if article.id in ids:
            raise ArticleError(f"the article id {article.id!r} is given twice; ids must differ")
        ids.add(article.id)
