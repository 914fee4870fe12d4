"""Changes to an index, collected and committed together.

What is put is made ready in batches by the size of the text alone, here or in other processes:
the outcome is the same. Batches are gathered to a segment. Deletions are noted beside the segments
they are in. A commit then merges segments as the merge policy says.
"""

import contextlib
from collections.abc import Callable, Sequence

import numpy as np

from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import IndexFormatError
from nutgraf_index.fields import Level
from nutgraf_index.indexing.builder import Builder
from nutgraf_index.indexing.merge_policy import MergePolicy, SegmentSize
from nutgraf_index.indexing.merger import merge
from nutgraf_index.indexing.workers import Articles, Workers
from nutgraf_index.model import Article, Passage
from nutgraf_index.segment.file import SegmentWriter
from nutgraf_index.segment.stored_fields import StoredFile, dump_metadata
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Commit, Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.segment_reader import Deletions, SegmentReader
from nutgraf_index.store.snapshot import Snapshot, checked

__all__ = ["Writer"]

_MEMORY_MB = 256
_BYTES_EACH = 1  # memory taken by a character of text while its segment is gathered
_ARTICLE_CHARACTERS = 500  # beside those of its text
_FILE_CHARACTERS = 1000
_BATCH = 1 << 22  # characters made ready at once,
_BATCH_BYTES_EACH = 16  # which takes so many bytes for each
_POLICY = MergePolicy()


class Writer:
    """Collects changes to the index in a folder, whose lock must be held, and commits them.

    `snapshot` is the commit that is changed. Deletions apply to what it holds, so that an id can
    be put once in a batch whether it was there before or not. `release` is called when the writer
    is done. `replaces` is the commit that stands where it is one of the format before, and the
    snapshot is empty.
    """

    def __init__(
        self,
        folder: Directory,
        snapshot: Snapshot,
        *,
        memory_mb: int = _MEMORY_MB,
        processes: int = 1,
        release: Callable[[], None] | None = None,
        replaces: Commit | None = None,
    ) -> None:
        self.snapshot = snapshot
        self._folder = folder
        self._memory = memory_mb << 20
        self._builder = Builder(self._memory)
        self._gathered = 0  # characters in it, or on the way
        self._batch_size = min(_BATCH, self._memory // _BATCH_BYTES_EACH)
        self._articles: Articles = []  # of the next batch
        self._waits = 0  # their characters
        self._workers = Workers(processes, folder.where, snapshot.analyzer.language.code)
        self._deleted: dict[str, tuple[set[int], set[int]]] = {}  # articles, files
        self._new: list[Entry] = []
        self._taken: set[str] = set()
        self._release = release
        self._replaces = replaces
        commits.clean(folder, replaces or snapshot.commit)

    def put_article(
        self,
        article: Article,
        root: str = "",
        digest: str = "",
        passages: Sequence[Passage] = (),
    ) -> None:
        """Add an article, or replace the one of its id. Raises `ArticleError`.

        It is split, unless its passages are given.
        """
        dump_metadata(article)  # raises for what cannot be kept
        self.drop_article(article.id)
        self._articles.append((article, root, digest, passages))
        size = len(article.text) + _ARTICLE_CHARACTERS
        self._waits += size
        self._grow(size)

    def drop_article(self, id: str) -> None:
        """Delete an article of the snapshot, if it is there."""
        found = self.snapshot.find(id)
        if found is not None:
            self.drop_number(*found)

    def drop_number(self, reader: SegmentReader, number: int) -> None:
        """Delete an article by its number in a segment of the snapshot."""
        self._of(reader)[0].add(number)

    def is_dropped(self, reader: SegmentReader, number: int) -> bool:
        """Whether an article of a segment is deleted, or was by this writer."""
        return number in reader.deleted.articles or number in self._of(reader)[0]

    def put_file(self, record: StoredFile) -> None:
        """Remember a file."""
        self.drop_file(record.root, record.path)
        self._builder.add_file(record)
        self._grow(_FILE_CHARACTERS)

    def drop_file(self, root: str, path: str) -> None:
        """Forget a file of the snapshot, if it is there."""
        found = self.snapshot.find_file(root, path)
        if found is not None:
            self._of(found[0])[1].add(found[1])

    def commit(self) -> None:
        """Make the changes the index, if there are any. Raises `OSError`, `IndexWriteError`."""
        self._flush()
        self._workers.close()
        if self._new or self._deleted or self._replaces:
            self._publish(self._new)
        self._let_go()

    def compact(self) -> None:
        """Commit everything as one segment, without what is deleted."""
        self._publish([], everything=True)

    def cancel(self) -> None:
        """Leave the index as it was."""
        self._workers.close()
        # An error may come when the commit stands already: then it needs its files.
        needed = set()
        with contextlib.suppress(IndexFormatError):  # what is replaced stands, and needs none
            needed = commits.current(self._folder).files()
        for name in self._taken - needed:
            self._folder.remove(name)
        self._let_go()

    def _let_go(self) -> None:
        if self._release is not None:
            self._release()
            self._release = None

    # Segments

    def _grow(self, characters: int) -> None:
        self._gathered += characters
        if self._gathered * _BYTES_EACH >= self._memory:
            self._flush()
        elif self._waits >= self._batch_size:
            self._hand_over(more=True)

    def _hand_over(self, *, more: bool) -> None:
        """Have the articles that wait made ready; with `more`, others are likely to follow."""
        articles, self._articles, self._waits = self._articles, [], 0
        if articles:
            for batch in self._workers.add(articles, more=more):
                self._builder.add(batch)

    def _flush(self) -> None:
        """Make a segment of what was gathered."""
        self._hand_over(more=False)
        for batch in self._workers.rest():
            self._builder.add(batch)
        if not self._gathered:
            return
        builder, self._builder, self._gathered = self._builder, Builder(self._memory), 0
        name = self._name("seg")
        with self._folder.create(name) as file:
            self._new.append(Entry(name, *builder.write(SegmentWriter(file))))

    def _publish(self, built: list[Entry], *, everything: bool = False) -> None:
        readers = self._readers(built)
        choose = _POLICY.compaction if everything else _POLICY.next_merge
        while chosen := choose([_size(reader) for reader, _ in readers]):
            merged = self._merge([readers[number][0] for number in chosen])
            for number in reversed(chosen):
                del readers[number]
            readers[chosen[0] : chosen[0]] = merged
        final = []
        for reader, entry in readers:
            if reader.name in self._deleted:
                entry = self._write_deleted(reader, entry)
            final.append(entry)
        before = self.snapshot.commit
        commit = Commit(before.number + 1, tuple(final), before.language)
        commits.publish(self._folder, commit)
        commits.clean(self._folder, commit)

    def _readers(self, built: list[Entry]) -> list[tuple[SegmentReader, Entry]]:
        """Return all segments, old and new, with what is deleted by now, and their entries."""
        found = []
        for reader, entry in zip(self.snapshot.readers, self.snapshot.commit.entries, strict=True):
            articles, files = self._deleted.get(reader.name, (set(), set()))
            deleted = Deletions(
                _joined(reader.deleted.articles, articles), _joined(reader.deleted.files, files)
            )
            found.append((SegmentReader(reader.name, reader.file, deleted, 0), entry))
        for entry in built:
            segment = commits.load(self._folder, *entry.files()[0])
            found.append((SegmentReader(entry.segment, segment, None, 0), entry))
        return found

    def _merge(self, readers: list[SegmentReader]) -> list[tuple[SegmentReader, Entry]]:
        """Merge segments to one; to none if nothing in them is live."""
        if not any(
            reader.live_count(level) for reader in readers for level in (Level.ARTICLE, Level.FILE)
        ):
            return []
        name = self._name("seg")
        with self._folder.create(name) as file, checked(readers):
            written = merge(readers, SegmentWriter(file), memory=self._memory)
        segment = commits.load(self._folder, name, written)
        return [(SegmentReader(name, segment, None, 0), Entry(name, *written))]

    def _write_deleted(self, reader: SegmentReader, entry: Entry) -> Entry:
        name = self._name("del")
        with self._folder.create(name) as file:
            out = SegmentWriter(file)
            out.add("articles", reader.deleted.articles)
            out.add("files", reader.deleted.files)
            written = out.finish({})
        return Entry(entry.segment, entry.size, entry.check, name, *written)

    def _of(self, reader: SegmentReader) -> tuple[set[int], set[int]]:
        return self._deleted.setdefault(reader.name, (set(), set()))

    def _name(self, ending: str) -> str:
        name = commits.new_name(self._folder, self._taken, ending)
        self._taken.add(name)
        return name


def _joined(numbers: Numbers, more: set[int]) -> Numbers:
    return np.union1d(numbers, np.array([*more], np.uint32)).data


def _size(reader: SegmentReader) -> SegmentSize:
    live = reader.live_count(Level.PASSAGE)
    whole = not (len(reader.deleted.articles) or len(reader.deleted.files))
    return SegmentSize(live, reader.passages - live, whole)
