"""A long string of bytes, compressed in blocks, of which any part can be read by itself."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import zstandard

from nutgraf_index.segment.file import SegmentFile

__all__ = ["FRAME_HEAD", "Block", "StoredBlocks"]

_CACHED = 32  # blocks: what neighbouring passages need
_LARGEST = 1 << 20  # bytes of one block
_MOST_READ = 1 << 28  # bytes read at once; more is nothing that was written
# What every frame begins with, left out of each block: zstd's mark, and that the frame tells
# neither size, checksum nor dictionary. Room would be made for the size that a frame tells.
FRAME_HEAD = zstandard.FRAME_HEADER + b"\0"

# The number of a block, where it begins and ends, and between which bytes of the file, which are
# checked, it is compressed.
Block = tuple[int, int, int, int, int]


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
        self._cache: dict[int, bytes] = {}

    @property
    def has_dictionary(self) -> bool:
        """Whether any block was compressed with a dictionary."""
        return bool(self._dictionary_from)

    def whole_blocks(self, start: int, stop: int) -> tuple[int, int]:
        """Return the numbers, first and after the last, of the blocks within `[start, stop)`."""
        starts = self.raw_ends.view()
        first, last = bisect_left(starts, start), bisect_right(starts, stop) - 1
        return first, max(first, last)

    def by_dictionary(self, first: int, last: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield runs of the blocks `[first, last)` that have a dictionary in common, and that."""
        while first < last:
            use = bisect_right(self._dictionary_from, first)
            end = min([last, *self._dictionary_from[use : use + 1]])
            yield first, end, self.dictionaries[use]
            first = end

    @cached_property
    def _dictionary_from(self) -> list[int]:
        """The first block of each dictionary."""
        return self._file.column(f"{self._name}.dictionary_from").view().tolist()

    @cached_property
    def dictionaries(self) -> list[bytes]:
        """None, for the blocks before the first, and all dictionaries."""
        ends = self._file.column(f"{self._name}.dictionary_ends").view().tolist()
        dictionaries = self._file.column(f"{self._name}.dictionaries")
        if len(ends) != len(self._dictionary_from) + 1:
            raise self._file.damage(f"{self._name} has dictionaries that cannot be")
        return [b"", *(dictionaries.view(*pair).tobytes() for pair in pairwise(ends))]

    def texts(
        self, starts: Iterable[int], stops: Iterable[int], blocks: Iterable[Block]
    ) -> list[str]:
        """Return the texts that begin and end at some bytes; each block may hold the first.

        Raises `ValueError` for one without bytes.
        """
        texts = []
        cached = self._cache
        for start, stop, block in zip(starts, stops, blocks, strict=True):
            number, begin, end, _, _ = block
            if begin <= start < stop <= end:
                data = cached.get(number) or self._kept(block)
                data = data[start - begin : stop - begin]
            elif start < stop:
                data = self.read(start, stop)
            else:
                raise ValueError("less than a passage")
            texts.append(data.decode("utf-8", "surrogatepass"))
        return texts

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes `[start, stop)`."""
        if not 0 <= start <= stop <= self._length or stop - start > _MOST_READ:
            raise self._file.damage(f"a range {start} to {stop} of {self._name}")
        pieces = []
        while start < stop:
            block = self._block_at(start)
            number, begin, end, _, _ = block
            data = self._cache.get(number) or self._kept(block)
            pieces.append(data[start - begin : stop - begin])
            start = end
        return b"".join(pieces)

    def read_each(self, ranges: Iterable[tuple[int, int]]) -> Iterator[bytes]:
        """Yield the bytes of each half-open range; the ranges are sorted.

        For many: every block is decompressed once, whole, and none is kept.
        """
        begin, end, data = 0, 0, b""
        for start, stop in ranges:
            if begin <= start <= stop <= end:
                yield data[start - begin : stop - begin]
                continue
            if not 0 <= start <= stop <= self._length:
                raise self._file.damage(f"a range {start} to {stop} of {self._name}")
            at, pieces = start, []
            while at < stop:
                if not begin <= at < end:
                    block = self._block_at(at)
                    _, begin, end, _, _ = block
                    data = self._decompressed(block)
                pieces.append(data[at - begin : stop - begin])
                at = end
            yield b"".join(pieces)

    @cached_property
    def _length(self) -> int:
        if self.raw_ends.item(0):
            raise self._file.damage(f"{self._name} has blocks that cannot be")
        return self.raw_ends.item(len(self.raw_ends) - 1)

    def _block_at(self, offset: int) -> Block:
        number, begin, end = self.raw_ends.run_at(offset)
        packed = self.data.span(self.ends.item(number), self.ends.item(number + 1))
        return number, begin, end, *packed

    def _kept(self, block: Block) -> bytes:
        """Return a block's bytes, and keep them: its neighbours are likely to be next."""
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        data = self._cache[block[0]] = self._decompressed(block)
        return data

    def _decompressed(self, block: Block) -> bytes:
        """Return a block's bytes, which have to be as many as is said."""
        number, begin, end, start, stop = block
        size = end - begin
        # A block that is said to be huge would be made before it could be found wrong.
        if size > _LARGEST:
            raise self._file.damage(f"{self._name} has blocks that cannot be")
        use = bisect_right(self._dictionary_from, number)
        idle = self._decompressors[use]
        try:
            try:
                decompressor = idle.pop()
            except IndexError:
                decompressor = self._decompressor(use)
            frame = FRAME_HEAD + self._file.data[start:stop]
            # No second frame, and no data after the first.
            data = decompressor.decompress(frame, size, False, False)
        except zstandard.ZstdError as error:
            raise self._file.damage(f"{self._name} cannot be decompressed: {error}") from error
        idle.append(decompressor)
        if len(data) != size:
            raise self._file.damage(f"{self._name} has a block of another length")
        return data

    @cached_property
    def _decompressors(self) -> list[list[zstandard.ZstdDecompressor]]:
        """Idle decompressors per dictionary; a decompressor serves one thread at a time."""
        return [[] for _ in self.dictionaries]

    def _decompressor(self, use: int) -> zstandard.ZstdDecompressor:
        dictionary = self.dictionaries[use]
        return zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None,
            max_window_size=_LARGEST,
        )
