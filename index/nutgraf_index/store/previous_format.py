"""Reads the articles and files of an index of the previous format, 8, for a rebuild.

The code is separate from the readers of the current format, so that these can change; only segment
files, marks, commits and stored files are read by the same code. At the next change of format, a
reader of the current format replaces this module. Impossible values raise `IndexDamaged`.
"""

import json
import os
import struct
import zlib
from collections.abc import Callable, Iterator
from itertools import chain, islice, pairwise, repeat
from typing import Any, NamedTuple, TypeVar

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.model import Article, Passage, Role
from nutgraf_index.names import printable
from nutgraf_index.segment.stored_fields import StoredFile, load_file
from nutgraf_index.store import commit as commits
from nutgraf_index.store.commit import Entry
from nutgraf_index.store.directory import Directory
from nutgraf_index.store.layout import PREVIOUS

__all__ = ["PreviousArticle", "PreviousIndex"]

_PROPERTIES = (
    *("authors", "place", "source", "date", "title", "id"),
    *("path", "url", "line", "format", "encoding", "metadata"),
)
_ROLES = [
    *(Role.HEADLINE, Role.BYLINE, Role.LEAD, Role.BODY, Role.SUBHEAD),
    *(Role.LIST, Role.NOTE, Role.CORRECTION, Role.CREDIT, Role.RELATED),
]
_PASSAGE = struct.Struct("<IIB")  # start, line, role
_MAX_BLOCK = 1 << 20  # bytes of a decompressed block
_MAX_RECORD = 1 << 28  # bytes
_MAX_GAPS = 1 << 28  # characters of an article outside its passages
_CHUNK = 1 << 16  # offsets read at a time
_Loaded = TypeVar("_Loaded")


class PreviousArticle(NamedTuple):
    """An article as it was stored, without its text, and its passages.

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
    """A segment of format 8 and its deletions; `len()` is the number of live articles."""

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
        passages = zip(self._records("passages", "passage"), self._headings(), strict=True)
        firsts = self._runs("article.first", self._counts["article"], self._counts["passage"])
        records = self._records("articles", "article")
        for number, ((start, stop), data) in enumerate(zip(firsts, records, strict=True)):
            article_passages = list(islice(passages, stop - start))
            if number not in self._deleted["article"]:
                yield self._load(_load_article, data, article_passages)
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

    def _headings(self) -> Iterator[bytes]:
        """Yield the heading of each passage."""
        runs = self._runs("section.first", self._counts["section"], self._counts["passage"])
        for (start, stop), data in zip(runs, self._records("headings", "section"), strict=True):
            yield from repeat(data, stop - start)

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
        dictionary = b""
        for number, (byte_range, (start, stop)) in enumerate(zip(ends, raw_ends, strict=True)):
            if number in dictionary_at:
                dictionary = dictionaries.view(*dictionary_at[number]).tobytes()
            size = stop - start
            try:
                # Ask for one byte more than the stated size, to detect a longer block.
                compressed = data.view(*byte_range) if size <= _MAX_BLOCK else b""
                block = zlib.decompressobj(-15, dictionary).decompress(compressed, size + 1)
            except zlib.error as error:
                raise self.file.damage(f"{name} cannot be decompressed: {error}") from error
            if len(block) != size:
                raise self.file.damage(f"{name} has a block of another length than stated")
            yield block

    def _runs(self, name: str, count: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the start and stop of each of `count` consecutive runs, which span 0 to `end`."""
        column = self.file.column(name)
        if len(column) != count + 1 or column.item(0) or self._last(name) != end:
            raise self.file.damage(f"{name} has numbers out of bounds")
        chunks = (
            column.view(first, min(first + _CHUNK, count + 1)).tolist()
            for first in range(0, count + 1, _CHUNK)
        )
        for start, stop in pairwise(chain.from_iterable(chunks)):
            if not start <= stop <= end:
                raise self.file.damage(f"{name} has numbers out of bounds")
            yield start, stop

    def _last(self, name: str) -> int:
        column = self.file.column(name)
        return column.item(len(column) - 1)


def _load_article(data: bytes, stored_passages: list[tuple[bytes, bytes]]) -> PreviousArticle:
    """Return an article from its record and the (record, heading) of each of its passages.

    Impossible bytes raise an error of any type.
    """
    values, root, digest, count = json.loads(data.decode(), parse_constant=_refuse)
    fields = dict(zip(_PROPERTIES, values, strict=True))
    line, metadata, authors = fields["line"], fields["metadata"], tuple(fields["authors"])
    texts = [fields[name] for name in _PROPERTIES if name not in ("line", "metadata", "authors")]
    texts += [*authors, root, digest]
    if {*map(type, texts)} != {str} or {type(line), type(count)} != {int}:
        raise TypeError("a value has the wrong type")
    if not (isinstance(metadata, dict) and 0 <= line < 1 << 31 and count == len(stored_passages)):
        raise ValueError("a value is out of bounds")
    if fields["date"] and fields["date"] != iso_date(fields["date"]):
        raise ValueError(f"it has the date {fields['date']!r}")
    if fields["format"] != "markdown":
        fields["format"] = "text"  # as which a program's article of any other format was split
    passages: list[Passage] = []
    end = gaps = 0
    previous_line = line or 1
    for number, (record, heading) in enumerate(stored_passages, 1):
        start, line, role = _PASSAGE.unpack_from(record)
        text = _text(record[_PASSAGE.size :])
        gaps += start - end
        if start < end or line < previous_line or gaps > _MAX_GAPS:
            raise ValueError("a passage is out of bounds")
        end, previous_line = start + len(text), line
        passages.append(
            Passage(
                number=number,
                role=_ROLES[role],
                heading=_text(heading),
                start=start,
                end=end,
                line=line,
                text=text,
            )
        )
    return PreviousArticle(
        Article(**fields | {"text": "", "authors": authors}), root, digest, passages
    )


def _text(data: bytes) -> str:
    return str(data, "utf-8", "surrogatepass")


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
