"""Stored blocks: how many are kept, and how far what is compressed may swell."""

import io
import random
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from zstandard import ZstdCompressionParameters, ZstdCompressor

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment import stored_blocks
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.segment.stored_blocks import Block, StoredBlocks
from nutgraf_index.segment.writing import stored_blocks as writing
from nutgraf_index.segment.writing.stored_blocks import (
    CompressedRecords,
    Compression,
    Compressor,
    StoredBlocksWriter,
    _cuts,
    train,
)

SIZE = 100  # of a block, about
RECORDS = [f"record {number} ".encode() * 9 for number in range(300)]  # a block each, or half one


def blocks_of(records: CompressedRecords) -> StoredBlocks:
    writer = StoredBlocksWriter(Compression(SIZE))
    writer.take(records)
    return file_of(writer)


def file_of(writer: StoredBlocksWriter) -> StoredBlocks:
    file = io.BytesIO()
    out = SegmentWriter(file)
    writer.write("f", out)
    out.finish({})
    return StoredBlocks(SegmentFile(file.getvalue(), "x", "y"), "f")


def test_no_more_blocks_are_kept_than_may_be() -> None:
    blocks = blocks_of(Compressor(Compression(SIZE)).compress(RECORDS))
    starts = np.cumsum([0, *map(len, RECORDS)])
    assert len(blocks.ends) > 2 * stored_blocks._CACHED
    chance, kept = random.Random(1), set[int]()
    for number in [*range(300), *(chance.randrange(300) for _ in range(600))]:
        assert blocks.read(starts[number], starts[number + 1]) == RECORDS[number]
        kept.add(len(blocks._cache))
    assert max(kept) == stored_blocks._CACHED


def test_a_block_read_again_is_not_decompressed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = blocks_of(Compressor(Compression(1 << 12)).compress(RECORDS))
    counted: list[int] = []
    real = blocks._decompressed

    def decompressed(block: Block) -> bytes:
        counted.append(block[0])
        return real(block)

    monkeypatch.setattr(blocks, "_decompressed", decompressed)
    for _ in range(5):
        assert blocks.read(0, len(RECORDS[0])) == RECORDS[0]
        assert blocks.read(2000, 2010)
    assert counted == [0]


def bomb(said: int, holds: int, **frame: Any) -> CompressedRecords:
    """Return one block of so many zeros, of which it is said that it holds others."""
    parameters = ZstdCompressionParameters(**{"write_content_size": False} | frame)
    data = ZstdCompressor(compression_params=parameters).compress(bytes(holds))
    data = data[len(stored_blocks.FRAME_HEAD) :]
    sizes, raw_sizes = np.array([len(data)]), np.array([said])
    return CompressedRecords(data, sizes, raw_sizes, np.array([said]))


HUGE = 64 << 20


@pytest.mark.parametrize("said", [100, 1 << 16])
@pytest.mark.parametrize("way", ["one", "each", "a part"])
@pytest.mark.parametrize("frame", [{}, {"write_content_size": True}, {"window_log": 27}])
def test_a_block_that_swells_beyond_what_it_is_said_to_hold(
    said: int, way: str, frame: dict[str, Any]
) -> None:
    blocks = blocks_of(bomb(said, HUGE, **frame))
    ways: dict[str, Callable[[], object]] = {
        "one": lambda: blocks.read(0, said),
        "a part": lambda: blocks.read(0, said // 2),
        "each": lambda: list(blocks.read_each([(0, said)])),
    }
    tracemalloc.start()
    try:
        with pytest.raises(IndexDamaged, match="f cannot be decompressed"):
            ways[way]()
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


def test_a_block_that_is_said_to_be_huge() -> None:
    blocks = blocks_of(bomb(HUGE, HUGE))
    tracemalloc.start()
    try:
        for read in (
            lambda: blocks.read(0, 10),
            lambda: list(blocks.read_each([(0, 10)])),
        ):
            with pytest.raises(IndexDamaged, match=f"f has a block of {HUGE} bytes"):
                read()
        assert tracemalloc.get_traced_memory()[1] < 1 << 20
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("change", [-1, 1])
def test_a_block_of_another_length(change: int) -> None:
    blocks = blocks_of(bomb(1000, 1000 + change))
    message = "f cannot be decompressed" if change > 0 else "f has a block of another length"
    with pytest.raises(IndexDamaged, match=message):
        blocks.read(0, 1000)
    with pytest.raises(IndexDamaged, match=message):
        list(blocks.read_each([(0, 1000)]))


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


def test_a_block_has_one_whole_frame() -> None:
    whole = bomb(1000, 1000)
    more = whole._replace(data=whole.data + b"\0", sizes=whole.sizes + 1)
    less = whole._replace(data=b"\0", sizes=whole.sizes * 0 + 1)
    for records in (more, less):
        with pytest.raises(IndexDamaged, match="f cannot be decompressed"):
            blocks_of(records).read(0, 1000)


# Dictionaries


def written(seed: int, records: int) -> list[bytes]:
    chance = random.Random(seed)
    words = [chance.randbytes(4).hex() for _ in range(3000)]
    return [" ".join(chance.choices(words, k=40)).encode() for _ in range(records)]


def test_a_dictionary_is_trained_where_there_is_enough_and_saves_more_than_it_takes() -> None:
    how = Compression(1 << 11, level=2)
    few, many = written(1, 1000), written(1, 3000)
    assert train(few, how) == b""
    dictionary = train(many, how)
    assert 0 < len(dictionary) <= len(b"".join(many)) // writing._SHARE
    assert dictionary == train(many, how)
    without, with_it = (len(Compressor(how, use).compress(many).data) for use in (b"", dictionary))
    assert with_it + len(dictionary) < 0.95 * without


def test_blocks_of_several_dictionaries_are_copied_as_they_are() -> None:
    how = Compression(SIZE)
    dictionaries = [b"", train(written(1, 3000), how), train(written(2, 3000), how)]
    parts = [written(seed, 50) for seed in (0, 1, 2)]
    sources = [
        blocks_of(Compressor(how, dictionary).compress(part))
        for part, dictionary in zip(parts, dictionaries, strict=True)
    ]
    writer = StoredBlocksWriter(how)
    for source in sources:
        # From within the first block: what is not whole blocks is compressed anew.
        writer.copy(source, np.array([7, int(source.raw_ends.item(len(source.raw_ends) - 1))]))
    merged = file_of(writer)
    expected = b"".join(b"".join(part)[7:] for part in parts)
    assert merged.read(0, len(expected)) == expected
    for source in sources:
        assert source.data.view().tobytes()[-500:] in merged.data.view().tobytes()
    assert [len(dictionary) for dictionary in merged.dictionaries] == list(map(len, dictionaries))


def test_a_dictionary_that_is_damaged() -> None:
    how = Compression(1 << 11)
    records = written(1, 3000)
    dictionary = bytearray(train(records, how))
    whole = Compressor(how, bytes(dictionary)).compress(records[:50])
    dictionary[4:200] = bytes(196)
    writer = StoredBlocksWriter(how)
    writer.take(whole)
    writer._dictionaries = [(0, bytes(dictionary))]
    blocks = file_of(writer)
    with pytest.raises(IndexDamaged, match="f cannot be decompressed"):
        blocks.read(0, 100)


def test_threads_read_together() -> None:
    how = Compression(1 << 11)
    records = written(1, 3000)
    blocks = blocks_of(Compressor(how, train(records, how)).compress(records))
    starts = np.cumsum([0, *map(len, records)])

    def read(seed: int) -> bool:
        chance = random.Random(seed)
        numbers = [chance.randrange(len(records)) for _ in range(1000)]
        return all(blocks.read(starts[n], starts[n + 1]) == records[n] for n in numbers)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(8)))
    assert 1 <= sum(map(len, blocks._decompressors)) <= 8
