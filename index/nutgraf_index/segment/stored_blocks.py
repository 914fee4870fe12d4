"""A byte string compressed in blocks, of which any range can be read."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from itertools import pairwise

import zstandard

from nutgraf_index.segment.file import SegmentFile

__all__ = ["FRAME_HEAD", "Block", "StoredBlocks"]

_CACHED = 32  # blocks: enough for neighbouring passages
_LARGEST = 1 << 20  # bytes of the largest block, uncompressed
_MOST_READ = 1 << 28  # bytes of the largest range; a larger one was never written
# The first bytes of every zstd frame, which the blocks are stored without: its magic number, and
# flags for no size, checksum or dictionary id. A frame's own size would be allocated unchecked.
FRAME_HEAD = zstandard.FRAME_HEADER + b"\0"

# A block: its number, its range in the byte string, and its range in the file, which was checked.
Block = tuple[int, int, int, int, int]


class StoredBlocks:
    """Reads the blocks that a `StoredBlocksWriter` wrote.

    Attributes:
        data: the compressed blocks, one after the other.
        ends: the offsets of the blocks in `data`.
        raw_ends: the offsets of the blocks in the byte string.
    """

    def __init__(self, file: SegmentFile, name: str) -> None:
        self._file = file
        self._name = name
        self.data = file.column(f"{name}.data")
        self.ends = file.column(f"{name}.ends")
        self.raw_ends = file.column(f"{name}.raw_ends")
        if len(self.raw_ends) != len(self.ends) or not len(self.raw_ends):
            raise file.damage(f"{name} has blocks with impossible bounds")
        self._cache: dict[int, bytes] = {}

    @property
    def has_dictionary(self) -> bool:
        """Whether any block is compressed with a dictionary."""
        return bool(self._dictionary_from)

    def whole_blocks(self, start: int, stop: int) -> tuple[int, int]:
        """Return the range of the numbers of the blocks that lie within bytes `[start, stop)`."""
        starts = self.raw_ends.view()
        first, last = bisect_left(starts, start), bisect_right(starts, stop) - 1
        return first, max(first, last)

    def by_dictionary(self, first: int, last: int) -> Iterator[tuple[int, int, bytes]]:
        """Yield (begin, end, dictionary) for each run of one dictionary in `[first, last)`."""
        while first < last:
            number = bisect_right(self._dictionary_from, first)
            end = min([last, *self._dictionary_from[number : number + 1]])
            yield first, end, self.dictionaries[number]
            first = end

    @cached_property
    def _dictionary_from(self) -> list[int]:
        """The number of the first block that uses each dictionary, ascending."""
        return self._file.column(f"{self._name}.dictionary_from").view().tolist()

    @cached_property
    def dictionaries(self) -> list[bytes]:
        """An empty dictionary, for the first blocks, then the dictionaries in order of blocks."""
        ends = self._file.column(f"{self._name}.dictionary_ends").view().tolist()
        dictionaries = self._file.column(f"{self._name}.dictionaries")
        if len(ends) != len(self._dictionary_from) + 1:
            raise self._file.damage(f"{self._name} has dictionaries with impossible bounds")
        return [b"", *(dictionaries.view(*pair).tobytes() for pair in pairwise(ends))]

    def texts(
        self, starts: Iterable[int], stops: Iterable[int], blocks: Iterable[Block]
    ) -> list[str]:
        """Return the texts of the byte ranges `[start, stop)`.

        `blocks` has for each range the block that probably contains it. Raises `ValueError` for an
        empty range.
        """
        texts = []
        cached = self._cache.get
        for start, stop, block in zip(starts, stops, blocks, strict=True):
            number, begin, end, _, _ = block
            if begin <= start < stop <= end:
                data = cached(number) or self._cached(block)
                data = data[start - begin : stop - begin]
            elif start < stop:
                data = self.read(start, stop)
            else:
                raise ValueError("a passage has no text")
            texts.append(data.decode("utf-8", "surrogatepass"))
        return texts

    def read(self, start: int, stop: int) -> bytes:
        """Return the bytes `[start, stop)`. Raises `IndexDamaged` if they are out of bounds."""
        if not 0 <= start <= stop <= self._length or stop - start > _MOST_READ:
            raise self._file.damage(f"{self._name} has no range {start} to {stop}")
        pieces = []
        while start < stop:
            block = self._block_at(start)
            number, begin, end, _, _ = block
            data = self._cache.get(number) or self._cached(block)
            pieces.append(data[start - begin : stop - begin])
            start = end
        return b"".join(pieces)

    def read_each(self, ranges: Iterable[tuple[int, int]]) -> Iterator[bytes]:
        """Yield the bytes of many ranges `[start, stop)`, which are sorted.

        Each block is decompressed once, and none is cached.
        """
        begin, end, data = 0, 0, b""
        for start, stop in ranges:
            if begin <= start <= stop <= end:
                yield data[start - begin : stop - begin]
                continue
            if not 0 <= start <= stop <= self._length:
                raise self._file.damage(f"{self._name} has no range {start} to {stop}")
            offset, pieces = start, []
            while offset < stop:
                if not begin <= offset < end:
                    block = self._block_at(offset)
                    _, begin, end, _, _ = block
                    data = self._decompressed(block)
                pieces.append(data[offset - begin : stop - begin])
                offset = end
            yield b"".join(pieces)

    def read_possible(
        self, ranges: Iterable[tuple[int, int]], is_possible: Callable[[bytes], bool]
    ) -> Iterator[bytes]:
        """Yield the bytes of many ranges as `read_each` does, but b"" for what is not possible.

        `is_possible` is true for bytes if it is true for a part of them. A block for which it is
        false is looked at once, whatever the number of its ranges.
        """
        begin, end, data, possible = 0, 0, b"", False
        for start, stop in ranges:
            if not begin <= start < end and 0 <= start < stop <= self._length:
                block = self._block_at(start)
                _, begin, end, _, _ = block
                data = self._decompressed(block)
                possible = is_possible(data)
            if not begin <= start <= stop <= end:
                yield self.read(start, stop)
            else:
                piece = data[start - begin : stop - begin] if possible else b""
                yield piece if piece and is_possible(piece) else b""

    @cached_property
    def _length(self) -> int:
        if self.raw_ends.item(0):
            raise self._file.damage(f"{self._name} has blocks with impossible bounds")
        return self.raw_ends.item(len(self.raw_ends) - 1)

    def _block_at(self, offset: int) -> Block:
        number, begin, end = self.raw_ends.run_at(offset)
        compressed = self.data.span(self.ends.item(number), self.ends.item(number + 1))
        return number, begin, end, *compressed

    def _cached(self, block: Block) -> bytes:
        """Return the bytes of a block, and cache them: the next range is likely in this block."""
        if len(self._cache) >= _CACHED:
            self._cache.clear()
        data = self._cache[block[0]] = self._decompressed(block)
        return data

    def _decompressed(self, block: Block) -> bytes:
        """Decompress a block. Raises `IndexDamaged` if its size is not the stored size."""
        number, begin, end, start, stop = block
        size = end - begin
        # The decompressor allocates this size before it can find that the size is wrong.
        if size > _LARGEST:
            raise self._file.damage(f"{self._name} has a block of {size} bytes")
        dictionary_number = bisect_right(self._dictionary_from, number)
        idle = self._decompressors[dictionary_number]
        try:
            try:
                decompressor = idle.pop()
            except IndexError:
                decompressor = self._new_decompressor(dictionary_number)
            frame = FRAME_HEAD + self._file.data[start:stop]
            # One frame only, and no data after it.
            data = decompressor.decompress(frame, size, False, False)
        except zstandard.ZstdError as error:
            raise self._file.damage(f"{self._name} cannot be decompressed: {error}") from error
        idle.append(decompressor)
        if len(data) != size:
            raise self._file.damage(f"{self._name} has a block of another length")
        return data

    @cached_property
    def _decompressors(self) -> list[list[zstandard.ZstdDecompressor]]:
        """The idle decompressors of each dictionary; one thread at a time uses a decompressor."""
        return [[] for _ in self.dictionaries]

    def _new_decompressor(self, dictionary_number: int) -> zstandard.ZstdDecompressor:
        dictionary = self.dictionaries[dictionary_number]
        return zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None,
            max_window_size=_LARGEST,
        )
