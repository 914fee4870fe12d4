"""Compresses records in blocks, and writes these; `segment/stored_blocks.py` reads them."""

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

_TRAINED_FROM = 1 << 19  # bytes: a dictionary for less takes more than it saves
_SAMPLED = 1 << 20  # bytes to train with: of four times as many it is better by .3 % of the text
_DICTIONARY = 1 << 16  # bytes of one, at most: of .11 MB it is no better,
_SHARE = 32  # nor where it is more than one of so many bytes
_COVERED, _SEGMENT = 8, 256  # zstd's d and k: .3 % of the text less than with its k of 1,024
_LONGEST = 8  # times the size of a block, before a record is cut
_COPIED = 1 << 10  # blocks copied at once


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
        blocks = [frame.tobytes()[len(FRAME_HEAD) :] for frame in frames]
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
            self._append(source.read(start, source.raw_ends.item(first)))
            self._flush()
            for begin, end, dictionary in source.by_dictionary(first, last):
                for at in range(begin, end, _COPIED):
                    cut = at, min(at + _COPIED, end) + 1
                    ends, raw = source.ends.view(*cut), source.raw_ends.view(*cut)
                    data = source.data.view(ends[0], ends[-1]).tobytes()
                    sizes, raw_sizes = (np.diff(np.asarray(one, np.int64)) for one in (ends, raw))
                    self._add(CompressedRecords(data, sizes, raw_sizes, dictionary=dictionary))
            start = source.raw_ends.item(last)
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
        self._data.append(blocks.data)
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
        out.add(f"{name}.dictionaries", b"".join(dictionaries))
        out.add(f"{name}.dictionary_ends", np.cumsum([0, *map(len, dictionaries)]).astype("<u4"))
        out.add(f"{name}.dictionary_from", np.array([at for at, _ in self._dictionaries], "<u4"))
        out.add(f"{name}.at", narrow(np.cumsum(np.concatenate(self._records))))
