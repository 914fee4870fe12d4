"""Postings packed and read, whatever the numbers: right, or an error."""

import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros

LIMIT = 1 << 20


def packed(docs: list[int]) -> tuple[Numbers, Numbers]:
    """Return the stream of the documents of one list, and the rows of its blocks."""
    words, sizes = uints([0] * (2 * len(docs) + 8)), memoryview(bytearray(16)).cast("q", [1, 2])
    count, freqs = uints(docs), uints([1 + doc % 3 for doc in docs])
    total, most = sum(freqs), max(docs, default=0) + 1
    blocks = -(-len(docs) // core.postings.BLOCK)
    rows = memoryview(bytearray(20 * max(blocks, 1)))
    core.postings.encode(
        memoryview(bytearray(len(docs).to_bytes(8, "little"))).cast("q"),
        count,
        freqs,
        zeros("I", total),
        zeros("H", total),
        zeros("B", most),
        zeros("I", most),
        words,
        zeros("I", total + 8),
        sizes,
        rows.cast("I", [max(blocks, 1), core.postings.ROW]),
    )
    flat = rows.cast("I")
    return words, flat if blocks > 1 else flat[:0]


@pytest.mark.parametrize("bits", [0, 1, 4, 5, 8, 9, 11, 12, 13, 16])
@pytest.mark.parametrize("count", [1, 3, 127, 128, 131, 300])
def test_gaps_of_any_width_are_read(bits: int, count: int) -> None:
    pick = random.Random(bits)
    docs, doc = [], -1
    for _ in range(count):
        doc += 1 + pick.randrange(1 << bits)
        docs.append(doc)
    limit = docs[-1] + 1
    words, _ = packed(docs)
    counts = memoryview(count.to_bytes(8, "little")).cast("q")
    read, freqs = zeros("I", count), zeros("I", count)
    core.postings.decode(words, 0, counts, limit, read, freqs)
    assert (read.tolist(), freqs.tolist()) == (docs, [1 + doc % 3 for doc in docs])
    bitmap = zeros("Q", (limit + 63) >> 6)
    core.postings.mark(words, 0, count, limit, bitmap, bitmap[:0])
    made = zeros("I", count)
    assert core.bitmaps.docs_of(bitmap, made) == count
    assert made.tolist() == docs
    for too_few in (limit - 1, 0):
        for spoilt in (
            lambda few: core.postings.decode(words, 0, counts, few, read, freqs),
            lambda few: core.postings.mark(words, 0, count, few, bitmap, bitmap[:0]),
            lambda few: core.postings.intersect(words, 0, count, few, words[:0], 0, 0, made, read),
        ):
            with pytest.raises(IndexError, match="a doc id is out of range"):
                spoilt(too_few)


numbers = st.integers(0, 1 << 32) | st.sampled_from([0, 1, 5, 128, 129, 1 << 31, (1 << 32) - 1])


@given(
    st.lists(st.integers(0, (1 << 32) - 1) | st.integers(0, 1 << 12), max_size=40),
    st.lists(st.integers(0, (1 << 32) - 1) | st.integers(0, 300), max_size=20),
    st.tuples(*[st.integers(0, 500) | numbers] * 4),
    st.sets(st.integers(0, 300) | st.integers(0, (1 << 32) - 1), max_size=12),
)
def test_impossible_numbers_are_errors_or_no_documents(
    stream: list[int], table: list[int], row: tuple[int, int, int, int], wanted: set[int]
) -> None:
    """A list whose numbers were made up ends, and gives only documents below the limit."""
    words, rows, asked = uints(stream), uints(table), uints(sorted(wanted))
    word, count, first, blocks = row
    out, bitmap = zeros("I", len(asked)), zeros("Q", 8)
    for limit in (512, LIMIT):
        try:
            number = core.postings.intersect(
                words, word, count, limit, rows, first, blocks, asked, out
            )
            assert set(out[:number]) <= {doc for doc in wanted if doc < limit}
        except IndexError:
            pass
    with contextlib.suppress(IndexError):
        core.postings.mark(words, word, count, 512, bitmap, bitmap[:0])
    docs = zeros("I", min(count, 300))
    counts = memoryview(len(docs).to_bytes(8, "little")).cast("q")
    try:
        core.postings.decode(words, word, counts, 512, docs, zeros("I", len(docs)))
        assert all(doc < 512 for doc in docs)
    except IndexError:
        pass


def test_widths_of_positions() -> None:
    rising = [0, 1, 2, 3, 4, 5, 8, 9, 1 << 30, (1 << 31) + 1, (1 << 32) - 1]
    lengths = [*rising, 7, *rising[::-1], 40, 0, 1 << 31, 1]
    for spare in (0, 2, 31):
        widths = zeros("B", len(lengths))
        core.postings.widths(uints(lengths), spare, widths)
        wanted = [
            min((length - 1).bit_length() + spare if length else spare, 31) for length in lengths
        ]
        assert widths.tolist() == wanted
    with pytest.raises(IndexError):
        core.postings.widths(uints(lengths), 0, zeros("B", 3))


def test_lengths_in_bytes() -> None:
    lengths = [0, 1, 254, 255, 256, 1 << 16, (1 << 32) - 1]
    short = zeros("B", len(lengths))
    core.postings.short_lengths(uints(lengths), short)
    assert short.tolist() == [0, 1, 254, 255, 255, 255, 255]
    with pytest.raises(IndexError):
        core.postings.short_lengths(uints(lengths), zeros("B", 3))
