"""Compresses records in blocks and writes them; `segment/stored_blocks.py` reads them."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import zstandard

from nutgraf_index.arrays import Array, narrow
from nutgraf_index.segment.file import SegmentWriter, Spool
from nutgraf_index.segment.stored_blocks import FRAME_HEAD, StoredBlocks

__all__ = [
    "CompressedRecords",
    "Compression",
    "Compressor",
    "StoredBlocksWriter",
    "train",
]

_TRAINED_FROM = 1 << 19  # bytes of records: for fewer, a dictionary takes more than it saves
_SAMPLE = 1 << 20  # bytes to train with: four times as many save .3 % of the text more
_DICTIONARY = 1 << 16  # bytes of the largest dictionary: .11 MB is no better
_SHARE = 32  # a dictionary has at most 1/32 of the bytes of the records: more are no better
_D, _K = 8, 256  # of zstd's training: against its default k, 1,024, they save .3 % of the text
_LONGEST = 8  # a block is cut, also within a record, at this many times the usual size
_COPIED = 1 << 10  # blocks copied at once


class Compression(NamedTuple):
    """Parameters of the compression.

    Attributes:
        size: the usual size of a block in bytes, before compression.
        level: the level of zstd.
    """

    size: int
    level: int = 1


class CompressedRecords(NamedTuple):
    """Records compressed in blocks.

    Attributes:
        data: the compressed blocks, one after the other.
        sizes: the size of each block in bytes, compressed.
        raw_sizes: the size of each block in bytes, uncompressed.
        records: the length of each record in bytes, uncompressed.
        dictionary: the dictionary of all blocks; empty for none.
    """

    data: bytes
    sizes: Array
    raw_sizes: Array
    records: Array = np.zeros(0, np.int64)
    dictionary: bytes = b""


def train(records: Sequence[bytes], compression: Compression) -> bytes:
    """Train a zstd dictionary on records; return b"" if they are too few to gain from it."""
    blocks = _blocks(records, compression.size)
    size = sum(map(len, blocks))
    if size < _TRAINED_FROM:
        return b""
    sample: list[Any] = blocks[:: max(1, size // _SAMPLE)]
    size_limit = min(_DICTIONARY, size // _SHARE)
    return zstandard.train_dictionary(size_limit, sample, k=_K, d=_D, level=1).as_bytes()


class Compressor:
    """Compresses records, with a dictionary unless it is empty. One thread at a time may use it."""

    def __init__(self, compression: Compression, dictionary: bytes = b"") -> None:
        self.dictionary = dictionary
        self._size = compression.size
        # The segment stores the size and the dictionary of each block, so the frames do not.
        parameters = zstandard.ZstdCompressionParameters.from_level(
            compression.level, write_content_size=False, write_dict_id=False
        )
        trained = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        if trained:
            trained.precompute_compress(compression_params=parameters)
        self._zstd = zstandard.ZstdCompressor(compression_params=parameters, dict_data=trained)

    def compress(self, records: Sequence[bytes]) -> CompressedRecords:
        """Compress records in blocks of the usual size."""
        raw = _blocks(records, self._size)
        # One call for all blocks: it releases the GIL.
        frames: Any = self._zstd.multi_compress_to_buffer(list[Any](raw)) if raw else ()
        blocks = [frame.tobytes()[len(FRAME_HEAD) :] for frame in frames]
        sizes, raw_sizes, lengths = map(_lengths, (blocks, raw, records))
        return CompressedRecords(b"".join(blocks), sizes, raw_sizes, lengths, self.dictionary)


def _blocks(records: Sequence[bytes], size: int) -> list[bytes]:
    data = b"".join(records)
    return [data[start:stop] for start, stop in pairwise(_cuts(_lengths(records), size))]


def _cuts(lengths: Array, size: int) -> list[int]:
    """Return the n + 1 offsets of the n blocks into which records are cut.

    A block ends at the end of a record, unless it would be longer than `_LONGEST` usual blocks.
    """
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    usual = np.arange(size, total, size)
    cuts = [0, *dict.fromkeys(ends[ends.searchsorted(usual)].tolist())]
    if cuts[-1] < total:
        cuts.append(total)
    return [
        *(cut for start, stop in pairwise(cuts) for cut in range(start, stop, _LONGEST * size)),
        total,
    ]


def _lengths(items: Sequence[bytes]) -> Array:
    return np.fromiter(map(len, items), np.int64, len(items))


class StoredBlocksWriter:
    """Collects compressed records, also from existing segments, and writes their blocks."""

    def __init__(self, compression: Compression) -> None:
        self._compression = compression
        self._buffer: list[bytes] = []
        self._buffered = 0
        self._data = Spool("<u1")
        self._sizes = [np.zeros(1, np.int64)]  # of each block, compressed
        self._raw_sizes = [np.zeros(1, np.int64)]  # of each block, uncompressed
        self._records = [np.zeros(1, np.int64)]
        self._blocks = 0
        self._compressor = Compressor(compression)
        self._dictionaries: list[tuple[int, bytes]] = []  # (number of its first block, dictionary)

    def take(self, blocks: CompressedRecords) -> None:
        """Append compressed records."""
        self._flush()
        self._add(blocks)
        self._records.append(blocks.records)

    def copy(self, source: "StoredBlocks", offsets: Array) -> None:
        """Append consecutive records of another segment; copy whole blocks without decompressing.

        `offsets` are the n + 1 offsets of the n records in `source`.
        """
        self._records.append(np.diff(offsets))
        start, stop = int(offsets[0]), int(offsets[-1])
        first, last = source.whole_blocks(start, stop)
        if last > first:
            self._append(source.read(start, source.raw_ends.item(first)))
            self._flush()
            for begin, end, dictionary in source.by_dictionary(first, last):
                for number in range(begin, end, _COPIED):
                    blocks = number, min(number + _COPIED, end) + 1
                    ends, raw_ends = source.ends.view(*blocks), source.raw_ends.view(*blocks)
                    data = source.data.view(ends[0], ends[-1]).tobytes()
                    sizes, raw_sizes = (np.diff(np.asarray(e, np.int64)) for e in (ends, raw_ends))
                    self._add(CompressedRecords(data, sizes, raw_sizes, dictionary=dictionary))
            start = source.raw_ends.item(last)
        self._append(source.read(start, stop))

    def _append(self, data: bytes) -> None:
        """Compress and append bytes, in blocks of the usual size; the rest waits in a buffer."""
        self._buffer.append(data)
        self._buffered += len(data)
        if self._buffered >= self._compression.size:
            data = b"".join(self._buffer)
            size = len(data) - len(data) % self._compression.size
            self._add(self._compressor.compress([data[:size]]))
            self._buffer = [data[size:]]
            self._buffered -= size

    def _flush(self) -> None:
        if self._buffered:
            self._add(self._compressor.compress([b"".join(self._buffer)]))
            self._buffer, self._buffered = [], 0

    def _add(self, blocks: CompressedRecords) -> None:
        if blocks.dictionary != self._compressor.dictionary:
            self._compressor = Compressor(self._compression, blocks.dictionary)
            self._dictionaries.append((self._blocks, blocks.dictionary))
        self._data.append(blocks.data)
        self._sizes.append(blocks.sizes)
        self._raw_sizes.append(blocks.raw_sizes)
        self._blocks += len(blocks.raw_sizes)

    def write(self, name: str, out: SegmentWriter) -> None:
        """Write blocks and offsets of records, as arrays whose names begin with `name`."""
        self._flush()
        out.add(f"{name}.data", self._data)
        out.add(f"{name}.ends", narrow(np.cumsum(np.concatenate(self._sizes))))
        out.add(f"{name}.raw_ends", narrow(np.cumsum(np.concatenate(self._raw_sizes))))
        firsts = [first for first, _ in self._dictionaries]
        dictionaries = [dictionary for _, dictionary in self._dictionaries]
        out.add(f"{name}.dictionaries", b"".join(dictionaries))
        out.add(f"{name}.dictionary_ends", np.cumsum([0, *map(len, dictionaries)]).astype("<u4"))
        out.add(f"{name}.dictionary_from", np.array(firsts, "<u4"))
        out.add(f"{name}.at", narrow(np.cumsum(np.concatenate(self._records))))
