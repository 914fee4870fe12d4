"""The writer: collects changes to an index and commits them together.

Added articles are divided into batches by the size of their texts alone, so the index does not
depend on how many processes prepare the batches. A segment is built from many batches. Deletions
are written to a file beside each segment. A commit merges segments according to the merge policy.
"""

import contextlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

import numpy as np

from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import ArticleError, IndexFormatError
from nutgraf_index.fields import Level
from nutgraf_index.indexing.batch import Batch
from nutgraf_index.indexing.builder import Builder
from nutgraf_index.indexing.merge_policy import MergePolicy, SegmentSize
from nutgraf_index.indexing.merger import merge
from nutgraf_index.indexing.workers import Articles, Processes, Workers
from nutgraf_index.model import Article, Passage
from nutgraf_index.names import counted
from nutgraf_index.passages.split import complete, split, with_language
from nutgraf_index.segment.file import SegmentWriter
from nutgraf_index.segment.stored_fields import StoredFile, dump_anchors, dump_metadata
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit, Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.segment_reader import Deletions, SegmentReader
from nutgraf_index.store.snapshot import Snapshot, checked

__all__ = ["Rehearsal", "Writer"]

_MEMORY_MB = 256
_BYTES_PER_CHARACTER = 1  # memory per character of text while its segment is built
_ARTICLE_CHARACTERS = 500  # size of an article without its text, in characters of text
_FILE_CHARACTERS = 1000  # size of a synced file's record, in characters of text
_BATCH = 1 << 22  # characters in a batch
_BATCH_BYTES_PER_CHARACTER = 16  # memory to prepare a batch
_POLICY = MergePolicy()
_SHARE_BEFORE_WRITING, _SHARE_BEFORE_MERGING = 0.2, 0.6  # of the work of a commit


class Writer(contextlib.AbstractContextManager["Writer"]):
    """Collects changes to an index, whose write lock the caller must hold, and commits them.

    The changes apply to `snapshot`, and deletions to its articles only: an article put into this
    writer cannot be deleted or replaced before the commit. A `with` block cancels the changes on an
    error, and commits nothing by itself. `processes` may be shared with other work. `release` is
    called at the end of `commit` or `cancel`. `replaces` is the current commit if it is of the
    previous format; then the snapshot must be empty.
    """

    def __init__(
        self,
        directory: Directory,
        snapshot: Snapshot,
        *,
        memory_mb: int = _MEMORY_MB,
        processes: int | Processes = 1,
        release: Callable[[], None] | None = None,
        replaces: Commit | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._directory = directory
        self._memory = memory_mb << 20
        self._builders: dict[str, Builder] = {}  # by language
        self._files: list[StoredFile] = []
        self._segment_characters = 0  # in the builder, the workers and the next batch
        self._batch_size = min(_BATCH, self._memory // _BATCH_BYTES_PER_CHARACTER)
        self._articles: Articles = []  # of the next batch
        self._batch_characters = 0  # of the next batch
        self._language = snapshot.commit.language
        shared = Processes(processes) if isinstance(processes, int) else processes
        self._workers = Workers(shared, self._language)
        # By segment, the numbers of the articles and of the files that this writer deletes.
        self._deleted: dict[str, tuple[set[int], set[int]]] = {}
        self._new: list[Entry] = []
        self._synonyms = snapshot.commit.synonyms
        self._names: set[str] = set()  # of the files that this writer creates
        self._release = release
        self._replaces = replaces
        commits.clean(directory, replaces or snapshot.commit)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.cancel()

    def put_article(
        self,
        article: Article,
        root: str = "",
        digest: str = "",
        passages: Sequence[Passage] = (),
        *,
        source: str = "",
    ) -> None:
        """Add an article, replacing the snapshot's article of the same id.

        Raises `ArticleError` if a program adds an article with the id of a file's article. Call
        this at most once for an id. `root` is the name of the article's root, "" for an
        article that a program adds. The article is split into passages unless `passages` has them.
        `source` is its source if neither the article nor its passages name one.
        """
        dump_metadata(article)  # raises if the metadata cannot be stored
        dump_anchors(article)
        if not root:
            self.check_id(article.id)
        if source and not article.source:
            article = with_language(article, self._language)
            passages = passages or split(article)
            article = complete(article, passages)
            article = replace(article, source=article.source or source)
        self.drop_article(article.id)
        self._articles.append((article, root, digest, passages))
        size = len(article.text) + _ARTICLE_CHARACTERS
        self._batch_characters += size
        self._grow(size)

    def check_id(self, id: str) -> None:
        """Raise `ArticleError` if an id is that of a file's article that is not deleted."""
        location = self.snapshot.find(id)
        if location is None or self.is_dropped(*location):
            return
        reader, number = location
        stored = reader.article(number)
        if stored.root:
            raise ArticleError(
                f"the id {id!r} is that of an article of the file {stored.article.path}; "
                "give the article another id, or first remove the article of the file"
            )

    def drop_article(self, id: str) -> None:
        """Delete an article of the snapshot; an unknown id is ignored."""
        location = self.snapshot.find(id)
        if location is not None:
            self.drop_number(*location)

    def drop_number(self, reader: SegmentReader, article: int) -> None:
        """Delete an article by its number in a segment of the snapshot."""
        self._deleted_in(reader)[0].add(article)

    def is_dropped(self, reader: SegmentReader, article: int) -> bool:
        """Return whether an article is deleted in the snapshot or by this writer."""
        return article in reader.deleted.articles or article in self._deleted_in(reader)[0]

    def put_file(self, file: StoredFile) -> None:
        """Add the record of a synced file, replacing the snapshot's record of the same file."""
        self.drop_file(file.root, file.path)
        self._files.append(file)
        self._grow(_FILE_CHARACTERS)

    def drop_file(self, root: str, path: str) -> None:
        """Delete the record of a file from the snapshot; an unknown file is ignored."""
        location = self.snapshot.find_file(root, path)
        if location is not None:
            self._deleted_in(location[0])[1].add(location[1])

    def keep_synonyms(self, rules: SynonymRules) -> None:
        """Keep these synonyms with the index, in place of any before; none if there is no rule."""
        if rules.rules == self.snapshot.synonyms.rules:
            return
        self._synonyms = None
        if rules:
            name = self._new_name("syn")
            with self._directory.create(name) as file:
                out = SegmentWriter(file)
                out.add("rules", rules.dump())
                self._synonyms = Entry(name, *out.finish({}))

    def commit(self, progress: Callable[[float, str], None] | None = None) -> None:
        """Commit the changes, if there are any. Raises `OSError`, `IndexWriteError`.

        `progress(share, what)` is called with the share of the work done, from 0 to 1, and with
        what is done next.
        """
        tell = progress or _tell_nobody
        tell(0.0, "preparing the last articles")
        self._flush(lambda: tell(_SHARE_BEFORE_WRITING, "writing a segment"))
        self._workers.close()
        has_other_synonyms = self._synonyms != self.snapshot.commit.synonyms
        if self._new or self._deleted or self._replaces or has_other_synonyms:
            self._publish(self._new, progress=tell)
        self._release_lock()

    def compact(self) -> None:
        """Commit all live articles as one segment."""
        self._publish([], everything=True)

    def cancel(self) -> None:
        """Discard the changes and remove the files written for them."""
        self._workers.cancel()
        # The error may have come after the commit was published: then its files are needed.
        needed = set()
        with contextlib.suppress(IndexFormatError):  # the current commit is of the previous format
            needed = commits.current(self._directory).files()
        for name in self._names - needed:
            self._directory.remove(name)
        self._release_lock()

    def _release_lock(self) -> None:
        if self._release is not None:
            self._release()
            self._release = None

    # Segments

    def _grow(self, characters: int) -> None:
        self._segment_characters += characters
        if self._segment_characters * _BYTES_PER_CHARACTER >= self._memory:
            self._flush()
        elif self._batch_characters >= self._batch_size:
            self._submit_batch(more=True)

    def _submit_batch(self, *, more: bool) -> None:
        """Let the workers prepare the next batch; `more` is whether more batches are likely."""
        articles, self._articles, self._batch_characters = self._articles, [], 0
        if articles:
            self._build(self._workers.add(articles, more=more))

    def _build(self, batches: Iterable[Batch]) -> None:
        """Add batches to the segments of their languages."""
        for batch in batches:
            if batch.language not in self._builders:
                self._builders[batch.language] = Builder(self._memory)
            self._builders[batch.language].add(batch)

    def _flush(self, before_writing: Callable[[], None] | None = None) -> None:
        """Write a segment for each language of the articles that were put since the last segments.

        The files are in the segment of the most articles.
        """
        self._submit_batch(more=False)
        self._build(self._workers.rest())
        if not self._segment_characters:
            return
        if before_writing is not None:
            before_writing()
        builders, self._builders, self._segment_characters = self._builders, {}, 0
        if not builders:
            language = self.snapshot.languages[0]
            builders = {language: Builder(self._memory)}
        first = min(builders, key=lambda code: (-builders[code].articles, code))
        builders[first].add_files(self._files)
        self._files = []
        for language in sorted(builders):
            name = self._new_name("seg")
            with self._directory.create(name) as out:
                written = builders[language].write(SegmentWriter(out))
            self._new.append(Entry(name, *written, language=language))

    def _publish(
        self,
        new: list[Entry],
        *,
        everything: bool = False,
        progress: Callable[[float, str], None] | None = None,
    ) -> None:
        """Merge segments, write deletions and publish the commit; see `commit`."""
        tell = progress or _tell_nobody
        segments = self._segments(new)
        select = _POLICY.compaction if everything else _POLICY.next_merge
        share = _SHARE_BEFORE_MERGING
        while indexes := _next_merge(segments, select):
            part = (1 - share) / 2  # other merges may follow

            def report(
                done: float, share: float = share, part: float = part, count: int = len(indexes)
            ) -> None:
                tell(share + done * part, f"merging {counted(count, 'segment')}")

            report(0.0)
            merged = self._merge([segments[index][0] for index in indexes], report)
            share += part
            for index in reversed(indexes):
                del segments[index]
            segments[indexes[0] : indexes[0]] = merged
        entries = []
        for reader, entry in segments:
            if reader.name in self._deleted:
                entry = self._write_deletions(reader, entry)
            entries.append(entry)
        tell(1.0, "committing")
        previous = self.snapshot.commit
        commit = Commit(
            previous.number + 1, tuple(entries), previous.language, synonyms=self._synonyms
        )
        commits.publish(self._directory, commit)
        commits.clean(self._directory, commit)

    def _segments(self, new: list[Entry]) -> list[tuple[SegmentReader, Entry]]:
        """Return the snapshot's and the new segments, with this writer's deletions."""
        segments = []
        for reader, entry in zip(self.snapshot.readers, self.snapshot.commit.entries, strict=True):
            articles, files = self._deleted.get(reader.name, (set(), set()))
            deleted = Deletions(
                _union(reader.deleted.articles, articles), _union(reader.deleted.files, files)
            )
            reader = SegmentReader(reader.name, reader.file, deleted, 0, entry.language)
            segments.append((reader, entry))
        for entry in new:
            file = commits.load(self._directory, *entry.files()[0])
            segments.append((SegmentReader(entry.segment, file, None, 0, entry.language), entry))
        return segments

    def _merge(
        self, readers: list[SegmentReader], progress: Callable[[float], None]
    ) -> list[tuple[SegmentReader, Entry]]:
        """Merge segments; return the merged segment, or [] if all documents are deleted."""
        if not any(
            reader.live_count(level) for reader in readers for level in (Level.ARTICLE, Level.FILE)
        ):
            return []
        name = self._new_name("seg")
        with self._directory.create(name) as file, checked(readers):
            written = merge(readers, SegmentWriter(file), memory=self._memory, progress=progress)
        segment, language = commits.load(self._directory, name, written), readers[0].language
        entry = Entry(name, *written, language=language)
        return [(SegmentReader(name, segment, None, 0, language), entry)]

    def _write_deletions(self, reader: SegmentReader, entry: Entry) -> Entry:
        """Write a segment's deletions to a new file and return the entry that names the file."""
        name = self._new_name("del")
        with self._directory.create(name) as file:
            out = SegmentWriter(file)
            out.add("articles", reader.deleted.articles)
            out.add("files", reader.deleted.files)
            written = out.finish({})
        return Entry(entry.segment, entry.size, entry.check, name, *written, entry.language)

    def _deleted_in(self, reader: SegmentReader) -> tuple[set[int], set[int]]:
        return self._deleted.setdefault(reader.name, (set(), set()))

    def _new_name(self, ending: str) -> str:
        name = commits.new_name(self._directory, self._names, ending)
        self._names.add(name)
        return name


class Rehearsal:
    """A writer that writes nothing. It has the methods of a `Writer` that a sync calls."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def put_article(self, article: Article, *_: object, **__: object) -> None:
        """Raise `ArticleError` for an article that a writer would refuse."""
        dump_metadata(article)
        dump_anchors(article)

    def cancel(self, *_: object) -> None:
        """Do nothing."""

    drop_number = put_file = drop_file = cancel


def _tell_nobody(_share: float, _what: str) -> None:
    """Take progress that nobody asked for."""


def _next_merge(
    segments: Sequence[tuple[SegmentReader, Entry]],
    select: Callable[[Sequence[SegmentSize]], list[int]],
) -> list[int]:
    """Return the indexes of segments of one language that are merged next, or an empty list.

    `select` is a method of `MergePolicy`.
    """
    for language in sorted({reader.language for reader, _ in segments}):
        indexes = [i for i, (reader, _) in enumerate(segments) if reader.language == language]
        if chosen := select([_size(segments[index][0]) for index in indexes]):
            return [indexes[choice] for choice in chosen]
    return []


def _union(stored: Numbers, added: set[int]) -> Numbers:
    return np.union1d(stored, np.array([*added], np.uint32)).data


def _size(reader: SegmentReader) -> SegmentSize:
    live = reader.live_count(Level.PASSAGE)
    whole = not (len(reader.deleted.articles) or len(reader.deleted.files))
    return SegmentSize(live, reader.passages - live, whole)
