"""A long string of bytes, compressed in blocks, of which any part can be read by itself."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import zstandard

from nutgraf_index.arrays import Array, narrow
from nutgraf_index.cache import Cache
from nutgraf_index.segment.file import SegmentFile, SegmentWriter, Spool

__all__ = [
    "CompressedRecords",
    "Compression",
    "Compressor",
    "StoredBlocks",
    "StoredBlocksWriter",
    "train",
]

_TRAINED_FROM = 1 << 19  # bytes: a dictionary for less takes more than it saves
_SAMPLED = 1 << 20  # bytes to train with: of four times as many it is better by .3 % of the text
_DICTIONARY = 1 << 16  # bytes of one, at most: of .11 MB it is no better,
_SHARE = 32  # nor where it is more than one of so many bytes
_COVERED, _SEGMENT = 8, 256  # zstd's d and k: .3 % of the text less than with its k of 1,024
_LONGEST = 8  # times the size of a block, before a record is cut
_COPIED = 1 << 10  # blocks copied at once
_CACHED = 32  # blocks: what neighbouring passages need
_LARGEST = 1 << 20  # bytes of one block
_MOST_READ = 1 << 28  # bytes read at once; more is nothing that was written
# What every frame begins with, left out of each block: zstd's mark, and that the frame tells
# neither size, checksum nor dictionary. Room would be made for the size that a frame tells.
_HEAD = zstandard.FRAME_HEADER + b"\0"


class Compression(NamedTuple):
    """How bytes are compressed: about `size` of them in one block, records whole if they can be.

    `level` is zstd's.
    """

    size: int
    level: int = 1


class CompressedRecords(NamedTuple):
    """Compressed records.

    Concatenated blocks, compressed and raw block sizes, record lengths, and the dictionary.
    """

    data: bytes
    sizes: Array
    raw_sizes: Array
    records: Array = np.zeros(0, np.int64)
    dictionary: bytes = b""


def train(records: Sequence[bytes], how: Compression) -> bytes:
    """Train a zstd dictionary on records; return b"" when they are too few to profit."""
    blocks = _blocks(records, how.size)
    size = sum(map(len, blocks))
    if size < _TRAINED_FROM:
        return b""
    sample: list[Any] = blocks[:: max(1, size // _SAMPLED)]
    most = min(_DICTIONARY, size // _SHARE)
    return zstandard.train_dictionary(most, sample, k=_SEGMENT, d=_COVERED, level=1).as_bytes()


class Compressor:
    """Compresses records, with a dictionary or an empty one. One thread may use it at a time."""

    def __init__(self, how: Compression, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._size = how.size
        # The segment tells what frames need not.
        parameters = zstandard.ZstdCompressionParameters.from_level(
            how.level, write_content_size=False, write_dict_id=False
        )
        trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        if trained:
            trained.precompute_compress(compression_params=parameters)
        self._zstd = zstandard.ZstdCompressor(compression_params=parameters, dict_data=trained)

    def compress(self, records: Sequence[bytes]) -> CompressedRecords:
        """Compress records."""
        raw = _blocks(records, self._size)
        # All in one call: meanwhile other threads have the interpreter.
        frames: Any = self._zstd.multi_compress_to_buffer(list[Any](raw)) if raw else ()
        blocks = [frame.tobytes()[len(_HEAD) :] for frame in frames]
        sizes, raw_sizes, lengths = map(_lengths, (blocks, raw, records))
        return CompressedRecords(b"".join(blocks), sizes, raw_sizes, lengths, self.dictionary)


def _blocks(records: Sequence[bytes], size: int) -> list[bytes]:
    whole = b"".join(records)
    return [whole[start:stop] for start, stop in pairwise(_cuts(_lengths(records), size))]


def _cuts(lengths: Array, size: int) -> list[int]:
    """Return where blocks of records begin, and the last ends: records are as seldom cut as can be.

    So a record is in one block, unless it is longer than several.
    """
    ends = np.cumsum(lengths)
    whole = int(ends[-1]) if len(ends) else 0
    wanted = np.arange(size, whole, size)
    cuts = [0, *dict.fromkeys(ends[ends.searchsorted(wanted)].tolist())]
    if cuts[-1] < whole:
        cuts.append(whole)
    return [
        *(at for start, stop in pairwise(cuts) for at in range(start, stop, _LONGEST * size)),
        whole,
    ]


def _lengths(items: Sequence[bytes]) -> Array:
    return np.fromiter(map(len, items), np.int64, len(items))


class StoredBlocksWriter:
    """Takes compressed records, and copies those of other segments."""

    def __init__(self, how: Compression) -> None:
        self._how = how
        self._waiting: list[bytes] = []
        self._waits = 0
        self._data = Spool("<u1")
        self._sizes = [np.zeros(1, np.int64)]  # of each block, compressed,
        self._raw_sizes = [np.zeros(1, np.int64)]  # and as it was
        self._records = [np.zeros(1, np.int64)]
        self._blocks = 0
        self._compressor = Compressor(how)
        self._dictionaries: list[tuple[int, bytes]] = []  # with the first block each is for

    def take(self, blocks: CompressedRecords) -> None:
        """Append compressed records."""
        self._flush()
        self._add(blocks)
        self._records.append(blocks.records)

    def copy(self, source: "StoredBlocks", offsets: Array) -> None:
        """Append consecutive records of another by their offsets; take whole blocks as they are."""
        self._records.append(np.diff(offsets))
        start, stop = int(offsets[0]), int(offsets[-1])
        first, last = source.whole_blocks(start, stop)
        if last > first:
            self._append(source.read(start, source._starts.item(first)))
            self._flush()
            for begin, end, dictionary in source.by_dictionary(first, last):
                for at in range(begin, end, _COPIED):
                    cut = slice(at, min(at + _COPIED, end) + 1)
                    ends, raw = source._ends[cut], source._starts[cut]
                    data = source.data.slice(ends[0], ends[-1]).tobytes()
                    self._add(
                        CompressedRecords(data, np.diff(ends), np.diff(raw), dictionary=dictionary)
                    )
            start = source._starts.item(last)
        self._append(source.read(start, stop))

    def _append(self, data: bytes) -> None:
        """Append bytes that whole records are made of."""
        self._waiting.append(data)
        self._waits += len(data)
        if self._waits >= self._how.size:
            waiting = b"".join(self._waiting)
            whole = len(waiting) - len(waiting) % self._how.size
            self._add(self._compressor.compress([waiting[:whole]]))
            self._waiting = [waiting[whole:]]
            self._waits -= whole

    def _flush(self) -> None:
        if self._waits:
            self._add(self._compressor.compress([b"".join(self._waiting)]))
            self._waiting, self._waits = [], 0

    def _add(self, blocks: CompressedRecords) -> None:
        if blocks.dictionary != self._compressor.dictionary:
            self._compressor = Compressor(self._how, blocks.dictionary)
            self._dictionaries.append((self._blocks, blocks.dictionary))
        self._data.append(np.frombuffer(blocks.data, "<u1"))
        self._sizes.append(blocks.sizes)
        self._raw_sizes.append(blocks.raw_sizes)
        self._blocks += len(blocks.raw_sizes)

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write the blocks under a name, and where each record begins and the last ends."""
        self._flush()
        out.add(f"{name}.data", self._data)
        out.add(f"{name}.ends", narrow(np.cumsum(np.concatenate(self._sizes))))
        out.add(f"{name}.raw_ends", narrow(np.cumsum(np.concatenate(self._raw_sizes))))
        dictionaries = [dictionary for _, dictionary in self._dictionaries]
        out.add(f"{name}.dictionaries", np.frombuffer(b"".join(dictionaries), "<u1"))
        out.add(f"{name}.dictionary_ends", np.cumsum([0, *map(len, dictionaries)]).astype("<u4"))
        out.add(f"{name}.dictionary_from", np.array([at for at, _ in self._dictionaries], "<u4"))
        out.add(f"{name}.at", narrow(np.cumsum(np.concatenate(self._records))))


class StoredBlocks:
    """Reads what a `StoredBlocksWriter` wrote.

    `raw_ends` and `ends` tell where each block begins, as it was and compressed.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self.data = file.column(f"{name}.data")
        self.ends = file.column(f"{name}.ends")
        self.raw_ends = file.column(f"{name}.raw_ends")
        if len(self.raw_ends) != len(self.ends) or not len(self.raw_ends):
            raise file.damage(f"{name} has blocks that cannot be")
        self._cache: Cache[int, bytes] = Cache(_CACHED)

    @property
    def has_dictionary(self) -> bool:
        """Whether any block was compressed with a dictionary."""
        return bool(self._dictionary_from)

    def whole_blocks(self, start: int, stop: int) -> tuple[int, int]:
        """Return the numbers, first and after the last, of the blocks within `[start, stop)`."""
        starts = self._starts
        first, last = int(starts.searchsorted(start)), int(starts.searchsorted(stop, "right")) - 1
        return first, max(first, last)

    def by_dictionary(self, first: int, last: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield runs of the blocks `[first, last)` that have a dictionary in common, and that."""
        while first < last:
            use = bisect_right(self._dictionary_from, first)
            end = min([last, *self._dictionary_from[use : use + 1]])
            yield first, end, self._dictionaries[use]
            first = end

    @cached_property
    def _dictionary_from(self) -> list[int]:
        """The first block of each dictionary."""
        first: list[int] = self._file.column(f"{self._name}.dictionary_from").all().tolist()
        return first

    @cached_property
    def _dictionaries(self) -> list[bytes]:
        """None, for the blocks before the first, and all dictionaries."""
        ends = self._file.column(f"{self._name}.dictionary_ends").all().tolist()
        dictionaries = self._file.column(f"{self._name}.dictionaries")
        if len(ends) != len(self._dictionary_from) + 1:
            raise self._file.damage(f"{self._name} has dictionaries that cannot be")
        return [b"", *(dictionaries.slice(*pair).tobytes() for pair in pairwise(ends))]

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes `[start, stop)`."""
        start, stop = int(start), int(stop)
        starts = self._starts
        if not 0 <= start <= stop <= self._length or stop - start > _MOST_READ:
            raise self._file.damage(f"a range {start} to {stop} of {self._name}")
        if start == stop:
            return b""
        number = int(starts.searchsorted(start, "right")) - 1
        begin, end = starts.item(number), starts.item(number + 1)
        data = self._block(number, end - begin)
        if stop <= end:
            return data[start - begin : stop - begin]
        pieces = [data[start - begin :]]
        while end < stop:
            number += 1
            begin, end = end, starts.item(number + 1)
            pieces.append(self._block(number, end - begin)[: stop - begin])
        return b"".join(pieces)

    def read_each(self, starts: Array, stops: Array) -> Iterator[bytes]:
        """Yield the bytes of each range `[starts[i], stops[i])`, which are sorted.

        For many: every block is decompressed once, whole, and none is kept.
        """
        sizes = stops - starts
        if len(sizes) and not (
            starts.min() >= 0 and stops.max() <= self._length and sizes.min() >= 0
        ):
            raise self._file.damage(f"ranges of {self._name}")
        begin, end, block = 0, 0, b""
        for start, stop in zip(starts.tolist(), stops.tolist(), strict=True):
            if begin <= start and stop <= end:
                yield block[start - begin : stop - begin]
                continue
            at, pieces = start, []
            while at < stop:
                if not begin <= at < end:
                    number = int(self._starts.searchsorted(at, "right")) - 1
                    begin, end = self._starts.item(number), self._starts.item(number + 1)
                    block = self._decompressed(number, end - begin)
                pieces.append(block[at - begin : stop - begin])
                at = end
            yield b"".join(pieces)

    @cached_property
    def _length(self) -> int:
        return int(self._starts[-1])

    @cached_property
    def _starts(self) -> Array:
        starts = self.raw_ends.all().astype(np.int64)
        sizes = np.diff(starts)
        # A block that is said to be huge would be made before it could be found wrong.
        if starts[0] or (len(sizes) and (sizes.min() <= 0 or sizes.max() > _LARGEST)):
            raise self._file.damage(f"{self._name} has blocks that cannot be")
        return starts

    @cached_property
    def _ends(self) -> Array:
        return self.ends.all().astype(np.int64)

    def _block(self, number: int, size: int) -> bytes:
        """Return a block of so many bytes, and keep it: its neighbours are likely to be next."""
        block = self._cache.get(number)
        return block or self._cache.put(number, self._decompressed(number, size))

    def _decompressed(self, number: int, size: int) -> bytes:
        """Return a block, which has to have so many bytes."""
        data = self.data.slice(self._ends.item(number), self._ends.item(number + 1))
        use = bisect_right(self._dictionary_from, number)
        idle = self._decompressors[use]
        try:
            try:
                decompressor = idle.pop()
            except IndexError:
                decompressor = self._decompressor(use)
            frame = b"".join((_HEAD, data.data))
            block = decompressor.decompress(frame, max_output_size=size, allow_extra_data=False)
        except zstandard.ZstdError as error:
            raise self._file.damage(f"{self._name} cannot be decompressed: {error}") from error
        idle.append(decompressor)
        if len(block) != size:
            raise self._file.damage(f"{self._name} has a block of another length")
        return block

    @cached_property
    def _decompressors(self) -> list[list[zstandard.ZstdDecompressor]]:
        """Idle decompressors per dictionary; a decompressor serves one thread at a time."""
        return [[] for _ in self._dictionaries]

    def check_dictionaries(self) -> None:
        """Raise `IndexDamaged` for a dictionary that a merge could not compress with."""
        try:
            for dictionary in self._dictionaries:
                Compressor(Compression(1), dictionary)
        except zstandard.ZstdError as error:
            raise self._file.damage(f"{self._name} has a dictionary that cannot be") from error

    def _decompressor(self, use: int) -> zstandard.ZstdDecompressor:
        dictionary = self._dictionaries[use]
        return zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None,
            max_window_size=_LARGEST,
        )
