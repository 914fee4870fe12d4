"""Reads the articles and files of an index of the previous format, 13, for a rebuild.

The code is separate from the readers of the current format, so that these can change; only segment
files, marks, commits and stored files are read by the same code. At the next change of format, a
reader of the current format replaces this module. Impossible values raise `IndexDamaged`.
"""

import json
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import islice, pairwise, repeat
from typing import Any, NamedTuple, TypeVar

import zstandard

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.model import Article, MarkedArticle, Passage, Role
from nutgraf_index.names import printable
from nutgraf_index.segment.file import Column
from nutgraf_index.segment.stored_fields import StoredFile, load_anchors, load_file
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.layout import PREVIOUS

__all__ = ["PreviousArticle", "PreviousIndex"]

_TEXTS = (
    *("article.place", "article.source", "article.date", "article.title", "article.path"),
    *("article.url", "article.format", "article.encoding", "article.language"),
    *("root", "digest", "tail"),
)
_ROLES = [
    *(Role.HEADLINE, Role.BYLINE, Role.LEAD, Role.BODY, Role.SUBHEAD, Role.LIST, Role.NOTE),
    *(Role.CORRECTION, Role.CREDIT, Role.RELATED, Role.CAPTION, Role.FURNITURE),
]
_PASSAGE = ("passage.role", "passage.line", "passage.gap")
# Blocks are stored without the beginning of a zstd frame: its magic number, and no flags.
_FRAME_HEAD = zstandard.FRAME_HEADER + b"\0"
_MAX_BLOCK = 1 << 20  # bytes of a decompressed block
_MAX_RECORD = 1 << 28  # bytes
_CHUNK = 1 << 16  # offsets read at a time
_CACHED = 1 << 14  # values of a column of texts
_Loaded = TypeVar("_Loaded")


class PreviousArticle(NamedTuple):
    """An article as it was stored, with its text, and its passages.

    `root` is the name of its root, "" for an article that a program added; `digest` is the digest
    of the whole article.
    """

    article: Article
    root: str
    digest: str
    passages: list[Passage]


class PreviousIndex:
    """An index of the previous format, whose write lock the caller must hold.

    `commit` is its current commit; `len()` is the number of live articles.
    """

    def __init__(self, directory: Directory) -> None:
        self.commit = commits.current(directory, PREVIOUS)
        self._segments = [_Segment(directory, entry) for entry in self.commit.entries]

    def __len__(self) -> int:
        return sum(map(len, self._segments))

    def articles(self) -> Iterator[PreviousArticle]:
        """Yield all live articles."""
        ids: set[str] = set()
        for segment in self._segments:
            for stored in segment.articles():
                id = printable(stored.article.id)
                if not id or id in ids:
                    raise segment.file.damage(f"the article {id!r} is stored twice, or has no id")
                ids.add(id)
                yield stored

    def files(self) -> Iterator[StoredFile]:
        """Yield all synced files."""
        keys: set[str] = set()
        for segment in self._segments:
            for stored in segment.files():
                if stored.key in keys:
                    raise segment.file.damage(f"the file {stored.path!r} is stored twice")
                keys.add(stored.key)
                yield stored


class _Segment:
    """A segment of format 13 and its deletions; `len()` is the number of live articles."""

    def __init__(self, directory: Directory, entry: Entry) -> None:
        try:
            self.file, *deleted = (commits.load(directory, *written) for written in entry.files())
        except FileNotFoundError as error:
            name = os.path.basename(error.filename or str(error))
            raise IndexDamaged.of(directory.where, name, "it is missing") from error
        self._counts = {
            name: self.file.facts.get(name, -1)
            for name in ("passage", "section", "article", "file")
        }
        self._deleted: dict[str, set[int]] = {"article": set(), "file": set()}
        for file in deleted:
            for name, numbers in self._deleted.items():
                numbers.update(file.column(f"{name}s").view().tolist())
                if max(numbers, default=-1) >= self._counts[name]:
                    raise file.damage(f"the number of a deleted {name} is too large")

    def __len__(self) -> int:
        return self._counts["article"] - len(self._deleted["article"])

    def articles(self) -> Iterator[PreviousArticle]:
        """Yield the live articles."""
        count = self._counts["article"]
        firsts = self._runs("article.first", count, self._counts["passage"])
        records = self._records("passages", "passage")
        passages = zip(records, *map(self._numbers, _PASSAGE), self._headings(), strict=True)
        columns = zip(
            firsts,
            self._ids(),
            self._records("metadata", "article"),
            self._records("anchors", "article"),
            self._numbers("article.line", "article"),
            self._authors(),
            *(self._texts(name, "article") for name in _TEXTS),
            strict=True,
        )
        for number, ((start, stop), *values) in enumerate(columns):
            article_passages = list(islice(passages, stop - start))
            if number not in self._deleted["article"]:
                yield self._load(_load_article, values, article_passages)
        self.file.release()

    def files(self) -> Iterator[StoredFile]:
        """Yield the live files."""
        for number, data in enumerate(self._records("files", "file")):
            if number not in self._deleted["file"]:
                yield self._load(load_file, data)

    def _load(self, load: Callable[..., _Loaded], *arguments: Any) -> _Loaded:
        """Call a loader; convert every error into `IndexDamaged`."""
        try:
            return load(*arguments)
        except Exception as error:  # a malicious record can have a correct checksum
            raise self.file.damage(f"a record cannot be read: {error}") from error

    def _headings(self) -> Iterator[str]:
        """Yield the heading of each passage."""
        runs = self._runs("section.first", self._counts["section"], self._counts["passage"])
        for (start, stop), text in zip(runs, self._texts("heading", "section"), strict=True):
            yield from repeat(text, stop - start)

    def _numbers(self, name: str, level: str = "passage") -> Iterator[int]:
        """Yield the number of each document of a level."""
        column, count = self.file.column(name), self._counts[level]
        if len(column) != count:
            raise self.file.damage(f"{name} has too few or too many values")
        return _items(column, count)

    def _texts(self, name: str, level: str) -> Iterator[str]:
        """Yield the text of each document of a level in a column of texts."""
        values = self._values(name)
        if len(self.file.column(f"{name}.value_ends")) == 2 and not len(
            self.file.column(f"{name}.numbers")
        ):
            yield from repeat(values(0), self._counts[level])  # the text of all
        else:
            yield from map(values, self._numbers(f"{name}.numbers", level))

    def _authors(self) -> Iterator[tuple[str, ...]]:
        """Yield the authors of each article."""
        name = "article.authors"
        values, numbers = self._values(name), self.file.column(f"{name}.numbers")
        for start, stop in self._runs(f"{name}.first", self._counts["article"], len(numbers)):
            yield tuple(map(values, numbers.view(start, stop).tolist()))

    def _values(self, name: str) -> Callable[[int], str]:
        """Return the function from the number of a value in a column of texts to the value."""
        ends, values = self.file.column(f"{name}.value_ends"), self.file.column(f"{name}.values")

        def value(number: int) -> str:
            if not 0 <= number < len(ends) - 1:
                raise self.file.damage(f"{name} has numbers out of bounds")
            return self._load(_text, values.view(ends.item(number), ends.item(number + 1)))

        return lru_cache(_CACHED)(value)

    def _ids(self) -> Iterator[str]:
        """Yield the id of each article.

        An id is a term of the field `article`, and its postings list is the number of its article:
        6 bits with the width of the number, 6 bits that have no meaning here, and the number.
        """
        count = self._counts["article"]
        terms, words = self.file.column("article.terms"), self.file.column("article.docs").view()
        numbers: dict[int, int] = {}
        # Each list begins one or two words after the list before it.
        starts = self._numbers_of("article.doc_at", count + 1)
        for term, word in enumerate(islice(starts, count)):
            if not word < len(words) - 1:
                raise self.file.damage("article.doc_at has numbers out of bounds")
            bits = words[word] | words[word + 1] << 32
            numbers[(bits >> 12) & ((1 << (bits & 63)) - 1)] = term
        if numbers.keys() != set(range(count)):
            raise self.file.damage("article.docs has numbers out of bounds")
        ids = [*self._runs("article.ends", count, len(terms))]
        for number in range(count):
            yield self._load(_text, terms.view(*ids[numbers[number]]))

    def _numbers_of(self, name: str, count: int) -> Iterator[int]:
        column = self.file.column(name)
        if len(column) != count:
            raise self.file.damage(f"{name} has numbers out of bounds")
        return iter(column.view().tolist())

    def _records(self, name: str, level: str) -> Iterator[bytes]:
        """Yield the records stored under a name, one for each document of a level."""
        blocks = self._blocks(name)
        block, offset = b"", 0
        for start, stop in self._runs(
            f"{name}.at", self._counts[level], self._last(f"{name}.raw_ends")
        ):
            remaining, pieces = stop - start, []
            if remaining > _MAX_RECORD:
                raise self.file.damage(f"{name} has a record of {remaining} bytes")
            while remaining > len(block) - offset:
                pieces.append(block[offset:])
                remaining -= len(pieces[-1])
                block, offset = next(blocks), 0
            pieces.append(block[offset : offset + remaining])
            offset += remaining
            yield b"".join(pieces)

    def _blocks(self, name: str) -> Iterator[bytes]:
        """Yield the decompressed blocks stored under a name."""
        data = self.file.column(f"{name}.data")
        dictionaries = self.file.column(f"{name}.dictionaries")
        first_blocks = self.file.column(f"{name}.dictionary_from").view().tolist()
        ranges = self._runs(f"{name}.dictionary_ends", len(first_blocks), len(dictionaries))
        dictionary_at = dict(zip(first_blocks, ranges, strict=True))
        count = len(self.file.column(f"{name}.ends")) - 1
        if first_blocks != sorted(dictionary_at) or (first_blocks and first_blocks[-1] >= count):
            raise self.file.damage(f"{name}.dictionary_from has numbers out of bounds")
        ends = self._runs(f"{name}.ends", count, len(data))
        raw_ends = self._runs(f"{name}.raw_ends", count, self._last(f"{name}.raw_ends"))
        decompressor = zstandard.ZstdDecompressor(max_window_size=_MAX_BLOCK)
        for number, (byte_range, (start, stop)) in enumerate(zip(ends, raw_ends, strict=True)):
            size = stop - start
            if size > _MAX_BLOCK:  # the decompressor would allocate this size
                raise self.file.damage(f"{name} has a block of {size} bytes")
            try:
                if number in dictionary_at:
                    dictionary = dictionaries.view(*dictionary_at[number]).tobytes()
                    decompressor = zstandard.ZstdDecompressor(
                        zstandard.ZstdCompressionDict(dictionary), max_window_size=_MAX_BLOCK
                    )
                frame = _FRAME_HEAD + data.view(*byte_range)
                block = decompressor.decompress(frame, size, False, False)
            except zstandard.ZstdError as error:
                raise self.file.damage(f"{name} cannot be decompressed: {error}") from error
            if len(block) != size:
                raise self.file.damage(f"{name} has a block of another length than stated")
            yield block

    def _runs(self, name: str, count: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the start and stop of each of `count` consecutive runs, which span 0 to `end`."""
        column = self.file.column(name)
        if not 0 < len(column) == count + 1 or column.item(0) or self._last(name) != end:
            raise self.file.damage(f"{name} has numbers out of bounds")
        for start, stop in pairwise(_items(column, count + 1)):
            if not start <= stop <= end:
                raise self.file.damage(f"{name} has numbers out of bounds")
            yield start, stop

    def _last(self, name: str) -> int:
        column = self.file.column(name)
        if not len(column):
            raise self.file.damage(f"{name} has numbers out of bounds")
        return column.item(len(column) - 1)


def _items(column: Column, count: int) -> Iterator[int]:
    """Yield the first numbers of an array, without having all in memory."""
    for first in range(0, count, _CHUNK):
        yield from column.view(first, min(first + _CHUNK, count)).tolist()


def _load_article(values: list[Any], stored_passages: list[tuple[Any, ...]]) -> PreviousArticle:
    """Return an article from its stored values, and its passages from theirs.

    Impossible values raise an error of any type.
    """
    id, metadata, anchors, line, authors, *texts = values
    fields = dict(zip(_TEXTS, texts, strict=True))
    root, digest, tail = (fields.pop(name) for name in ("root", "digest", "tail"))
    properties = {name.removeprefix("article."): text for name, text in fields.items()}
    if line >= 1 << 31:
        raise ValueError("a value is out of bounds")
    if properties["date"] and properties["date"] != iso_date(properties["date"]):
        raise ValueError(f"it has the date {properties['date']!r}")
    if properties["format"] != "markdown":
        properties["format"] = "text"  # as which a program's article of any other format was split
    known = json.loads(metadata.decode(), parse_constant=_refuse) if metadata else {}
    if not isinstance(known, dict):
        raise TypeError("a value has the wrong type")
    passages: list[Passage] = []
    pieces: list[str] = []
    end = last_line = 0
    for number, (record, role, passage_line, gap, heading) in enumerate(stored_passages, 1):
        if gap >= len(record) or passage_line < last_line or passage_line >= 1 << 31:
            raise ValueError("a passage is out of bounds")
        before, text = _text(record[:gap]), _text(record[gap:])
        start = end + len(before)
        end, last_line = start + len(text), passage_line
        pieces += before, text
        passages.append(
            Passage(
                number=number,
                role=_ROLES[role],
                heading=heading,
                start=start,
                end=end,
                line=passage_line + (line or 1),
                text=text,
            )
        )
    article = MarkedArticle(
        id=id,
        text="".join([*pieces, tail]),
        authors=authors,
        line=line,
        metadata=known,
        anchors=load_anchors(anchors) if anchors else (),
        **properties,
    )
    return PreviousArticle(article, root, digest, passages)


def _text(data: Any) -> str:
    return str(data, "utf-8", "surrogatepass")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
