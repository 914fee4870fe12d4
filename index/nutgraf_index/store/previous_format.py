"""The articles and files that an index of the format before stores, for a rebuild.

This reads format 8 by itself, so that what reads the format of today can change. It shares the file
of named arrays, marks, commits and the records of files. When the format changes again, a reader of
the one that ends takes its place. Whatever does not fit raises `IndexDamaged`.
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
_LARGEST_BLOCK = 1 << 20  # bytes of one, decompressed
_LONGEST_RECORD = 1 << 28  # bytes
_MOST_BLANKS = 1 << 28  # characters of an article that no passage has
_AT_ONCE = 1 << 16  # numbers read together
_Loaded = TypeVar("_Loaded")


class PreviousArticle(NamedTuple):
    """An article as it was stored, without its text; where it came from, and its passages."""

    article: Article
    root: str
    digest: str
    passages: list[Passage]


class PreviousIndex:
    """What stands in a folder, which has an index of the format before and is locked."""

    def __init__(self, folder: Directory) -> None:
        self.commit = commits.current(folder, PREVIOUS)
        self._segments = [_Segment(folder, entry) for entry in self.commit.entries]

    def __len__(self) -> int:
        return sum(map(len, self._segments))

    def articles(self) -> Iterator[PreviousArticle]:
        """Yield all articles."""
        known: set[str] = set()
        for segment in self._segments:
            for record in segment.articles():
                id = printable(record.article.id)
                if not id or id in known:
                    raise segment.file.damage(f"the article {id!r} is there twice, or has no id")
                known.add(id)
                yield record

    def files(self) -> Iterator[StoredFile]:
        """Yield what `sync` remembered of each file."""
        known: set[str] = set()
        for segment in self._segments:
            for record in segment.files():
                if record.key in known:
                    raise segment.file.damage(f"the file {record.path!r} is there twice")
                known.add(record.key)
                yield record


class _Segment:
    """A segment and its deletions."""

    def __init__(self, folder: Directory, entry: Entry) -> None:
        try:
            self.file, *deleted = (commits.load(folder, *written) for written in entry.files())
        except FileNotFoundError as error:
            name = os.path.basename(error.filename or str(error))
            raise IndexDamaged.of(folder.where, name, "it is missing") from error
        self._counts = {
            name: self.file.facts.get(name, -1)
            for name in ("passage", "section", "article", "file")
        }
        self._deleted: dict[str, set[int]] = {"article": set(), "file": set()}
        for file in deleted:
            for name, numbers in self._deleted.items():
                numbers.update(file.column(f"{name}s").view().tolist())
                if max(numbers, default=-1) >= self._counts[name]:
                    raise file.damage(f"a deleted {name} is beyond the last")

    def __len__(self) -> int:
        return self._counts["article"] - len(self._deleted["article"])

    def articles(self) -> Iterator[PreviousArticle]:
        """Yield the articles that are not deleted."""
        passages = zip(self._records("passages", "passage"), self._headings(), strict=True)
        firsts = self._runs("article.first", self._counts["article"], self._counts["passage"])
        records = self._records("articles", "article")
        for number, ((start, stop), data) in enumerate(zip(firsts, records, strict=True)):
            stored = list(islice(passages, stop - start))
            if number not in self._deleted["article"]:
                yield self._loaded(_article, data, stored)
        self.file.let_go()

    def files(self) -> Iterator[StoredFile]:
        """Yield the records of files that are not deleted."""
        for number, data in enumerate(self._records("files", "file")):
            if number not in self._deleted["file"]:
                yield self._loaded(load_file, data)

    def _loaded(self, load: Callable[..., _Loaded], *stored: Any) -> _Loaded:
        try:
            return load(*stored)
        except Exception as error:  # what its checksum lets by, someone made to do harm
            raise self.file.damage(f"a record cannot be read: {error}") from error

    def _headings(self) -> Iterator[bytes]:
        """Yield the heading of each passage."""
        runs = self._runs("section.first", self._counts["section"], self._counts["passage"])
        for (start, stop), data in zip(runs, self._records("headings", "section"), strict=True):
            yield from repeat(data, stop - start)

    def _records(self, name: str, counted: str) -> Iterator[bytes]:
        """Yield all records of a name, however they lie in blocks."""
        blocks = self._blocks(name)
        block, at = b"", 0
        for start, stop in self._runs(
            f"{name}.at", self._counts[counted], self._last(f"{name}.raw_ends")
        ):
            left, pieces = stop - start, []
            if left > _LONGEST_RECORD:
                raise self.file.damage(f"{name} has a record of {left} bytes")
            while left > len(block) - at:
                pieces.append(block[at:])
                left -= len(pieces[-1])
                block, at = next(blocks), 0
            pieces.append(block[at : at + left])
            at += left
            yield b"".join(pieces)

    def _blocks(self, name: str) -> Iterator[bytes]:
        """Yield the blocks of a name, decompressed."""
        data = self.file.column(f"{name}.data")
        dictionaries = self.file.column(f"{name}.dictionaries")
        uses = self.file.column(f"{name}.dictionary_from").view().tolist()
        cuts = self._runs(f"{name}.dictionary_ends", len(uses), len(dictionaries))
        dictionary_at = dict(zip(uses, cuts, strict=True))
        count = len(self.file.column(f"{name}.ends")) - 1
        if uses != sorted(dictionary_at) or (uses and uses[-1] >= count):
            raise self.file.damage(f"{name}.dictionary_from has numbers out of bounds")
        ends = self._runs(f"{name}.ends", count, len(data))
        raw_ends = self._runs(f"{name}.raw_ends", count, self._last(f"{name}.raw_ends"))
        dictionary = b""
        for number, (cut, (start, stop)) in enumerate(zip(ends, raw_ends, strict=True)):
            if number in dictionary_at:
                dictionary = dictionaries.view(*dictionary_at[number]).tobytes()
            size = stop - start
            try:
                # One byte more than it has is asked for, to see that there is none.
                packed = data.view(*cut) if size <= _LARGEST_BLOCK else b""
                block = zlib.decompressobj(-15, dictionary).decompress(packed, size + 1)
            except zlib.error as error:
                raise self.file.damage(f"{name} cannot be decompressed: {error}") from error
            if len(block) != size:
                raise self.file.damage(f"{name} has a block of another length")
            yield block

    def _runs(self, name: str, count: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield where each of so many runs begins and ends, one after the other from 0 to `end`."""
        column = self.file.column(name)
        if len(column) != count + 1 or column.item(0) or self._last(name) != end:
            raise self.file.damage(f"{name} has numbers out of bounds")
        parts = (
            column.view(at, min(at + _AT_ONCE, count + 1)).tolist()
            for at in range(0, count + 1, _AT_ONCE)
        )
        for start, stop in pairwise(chain.from_iterable(parts)):
            if not start <= stop <= end:
                raise self.file.damage(f"{name} has numbers out of bounds")
            yield start, stop

    def _last(self, name: str) -> int:
        column = self.file.column(name)
        return column.item(len(column) - 1)


def _article(data: bytes, stored: list[tuple[bytes, bytes]]) -> PreviousArticle:
    """Return an article of its record and those of its passages, each with its heading.

    Raises any error for other bytes.
    """
    values, root, digest, count = json.loads(data.decode(), parse_constant=_refused)
    known = dict(zip(_PROPERTIES, values, strict=True))
    line, metadata, authors = known["line"], known["metadata"], tuple(known["authors"])
    texts = [known[name] for name in _PROPERTIES if name not in ("line", "metadata", "authors")]
    texts += [*authors, root, digest]
    if {*map(type, texts)} != {str} or {type(line), type(count)} != {int}:
        raise TypeError("a value is of another type")
    if not (isinstance(metadata, dict) and 0 <= line < 1 << 31 and count == len(stored)):
        raise ValueError("a value is out of bounds")
    if known["date"] and known["date"] != iso_date(known["date"]):
        raise ValueError(f"it has the date {known['date']!r}")
    passages: list[Passage] = []
    end = blanks = 0
    above = line or 1
    for number, (record, heading) in enumerate(stored, 1):
        start, line, role = _PASSAGE.unpack_from(record)
        text = _text(record[_PASSAGE.size :])
        blanks += start - end
        if start < end or line < above or blanks > _MOST_BLANKS:
            raise ValueError("a passage is out of bounds")
        end, above = start + len(text), line
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
        Article(**known | {"text": "", "authors": authors}), root, digest, passages
    )


def _text(data: bytes) -> str:
    return str(data, "utf-8", "surrogatepass")


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
