"""Stored blocks: how many are kept, and how far what is compressed may swell."""

import io
import random
import tracemalloc
import zlib
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment import stored_blocks
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.segment.stored_blocks import (
    CompressedRecords,
    Compression,
    StoredBlocks,
    StoredBlocksWriter,
    _cuts,
    compress,
)

SIZE = 100  # of a block, about
RECORDS = [f"record {number} ".encode() * 9 for number in range(300)]  # a block each, or half one


def blocks_of(records: CompressedRecords) -> StoredBlocks:
    file = io.BytesIO()
    out = SegmentWriter(file)
    writer = StoredBlocksWriter(Compression(SIZE))
    writer.take(records)
    writer.write("f", out)
    out.finish({})
    return StoredBlocks(SegmentFile(file.getvalue(), "x", "y"), "f")


def test_no_more_blocks_are_kept_than_may_be() -> None:
    blocks = blocks_of(compress(RECORDS, Compression(SIZE)))
    starts = np.cumsum([0, *map(len, RECORDS)])
    assert len(blocks.ends) > 2 * stored_blocks._CACHED
    chance = random.Random(1)
    for number in [*range(300), *(chance.randrange(300) for _ in range(600))]:
        assert blocks.read(starts[number], starts[number + 1]) == RECORDS[number]
        assert len(blocks._cache) <= stored_blocks._CACHED
    assert len(blocks._cache) == stored_blocks._CACHED


def test_a_block_read_again_is_not_decompressed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of(compress(RECORDS, Compression(1 << 12)))
    counted: list[tuple[int, bool]] = []
    real = blocks._decompressed

    def decompressed(number: int, size: int, *, whole: bool) -> bytes:
        counted.append((number, whole))
        return real(number, size, whole=whole)

    monkeypatch.setattr(blocks, "_decompressed", decompressed)
    for _ in range(5):
        assert blocks.read(0, len(RECORDS[0])) == RECORDS[0]
        assert blocks.read(2000, 2010)
    assert counted == [(0, False), (0, True)]


def bomb(said: int, holds: int) -> CompressedRecords:
    """Return one block of so many zeros, of which it is said that it holds others."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = packer.compress(bytes(holds)) + packer.flush()
    sizes, raw_sizes = np.array([len(data)]), np.array([said])
    return CompressedRecords(data, sizes, raw_sizes, np.array([said]))


HUGE = 64 << 20


@pytest.mark.parametrize("said", [100, 1 << 16])
@pytest.mark.parametrize("way", ["one", "each", "a part"])
def test_a_block_that_swells_beyond_what_it_is_said_to_hold(said: int, way: str) -> None:
    blocks = blocks_of(bomb(said, HUGE))
    tracemalloc.start()
    try:
        if way == "a part":
            assert blocks.read(0, said // 2) == bytes(said // 2)  # more is not looked at
        else:
            read: Callable[[], object] = lambda: blocks.read(0, said)  # noqa: E731
            if way == "each":
                read = lambda: list(blocks.read_each(np.array([0]), np.array([said])))  # noqa: E731
            with pytest.raises(IndexDamaged, match="f has a block of another length"):
                read()
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_a_block_that_is_said_to_be_huge() -> None:
    blocks = blocks_of(bomb(HUGE, HUGE))
    tracemalloc.start()
    try:
        for read in (
            lambda: blocks.read(0, 10),
            lambda: list(blocks.read_each(np.array([0]), np.array([10]))),
        ):
            with pytest.raises(IndexDamaged, match="f has blocks that cannot be"):
                read()
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("change", [-1, 1])
def test_a_block_of_another_length(change: int) -> None:
    blocks = blocks_of(bomb(1000, 1000 + change))
    with pytest.raises(IndexDamaged, match="f has a block of another length"):
        blocks.read(0, 1000)
    with pytest.raises(IndexDamaged, match="f has a block of another length"):
        list(blocks.read_each(np.array([0]), np.array([1000])))


@given(st.lists(st.integers(0, 300), max_size=60))
def test_records_are_cut_only_where_they_are_longer_than_blocks(lengths: list[int]) -> None:
    size = 10
    cuts = _cuts(np.array(lengths, np.int64), size)
    ends = [0, *np.cumsum(lengths, dtype=np.int64).tolist()]
    assert cuts == sorted(set(cuts))
    assert (cuts[0], cuts[-1]) == (0, ends[-1])
    assert all(stop - start <= 8 * size for start, stop in pairwise(cuts))
    for start, stop in pairwise(ends):
        within = [cut for cut in cuts if start < cut < stop]
        assert not within or stop - start > 6 * size
