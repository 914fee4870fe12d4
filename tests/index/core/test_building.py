"""Chunks cut and numbered, against Python's own dictionary."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core

SEEDS = [0, 0x9E37_79B9_7F4A_7C15]  # with the first, all chunks meet in one slot
BYTES = st.lists(st.sampled_from([*b"ab0\xff", *b"  -'.,"]), max_size=60).map(bytes)


def chunks_of(text: bytes) -> list[bytes]:
    bare = (chunk.strip(b"',-.") for chunk in text.replace(b"--", b" ").split(b" "))
    return [chunk for chunk in bare if chunk]


class Table:
    """A table of so many slots, and what is read with it."""

    def __init__(self, slots: int, seed: int, data: bytes) -> None:
        self.data, self.seed = data, seed
        self.state, self.table = array("q", [0] * 4), array("q", [0] * 2)
        self.slots, self.known = array("I", [0] * (2 * slots)), bytearray(len(data))
        self.chunks, self.counts = array("I", [0] * len(data)), array("q", [0] * len(data))

    def read(self) -> None:
        core.building.number_chunks(
            memoryview(self.data),
            self.state,
            self.table,
            self.seed,
            memoryview(self.slots),
            self.known,
            self.chunks,
            self.counts,
        )


@pytest.mark.parametrize("seed", SEEDS)
@given(st.lists(BYTES, max_size=5))
def test_chunks_are_numbered_as_they_come(seed: int, texts: list[bytes]) -> None:
    table = Table(256, seed, b"".join(text + b"\0" for text in texts))
    table.read()
    numbers: dict[bytes, int] = {}
    found = [chunk for text in texts for chunk in chunks_of(text)]
    wanted = [numbers.setdefault(chunk, len(numbers) + 1) for chunk in found]
    known = b"".join(chunk + b" " for chunk in numbers)
    assert table.state.tolist() == [len(table.data), len(wanted), len(texts), 0]
    assert table.chunks.tolist()[: len(wanted)] == wanted
    assert table.counts.tolist()[: len(texts)] == [len(chunks_of(text)) for text in texts]
    assert table.table.tolist() == [len(numbers), len(known)]
    assert table.known[: len(known)] == known


@pytest.mark.parametrize("seed", SEEDS)
def test_a_full_table_stops_before_a_new_chunk(seed: int) -> None:
    table = Table(8, seed, b"a b, a c d a 'e f\0")
    for _ in range(2):
        table.read()
        assert table.state.tolist() == [table.data.index(b"e"), 6, 0, 6]
        assert table.chunks.tolist()[:6] == [1, 2, 1, 3, 4, 1]
        assert table.table.tolist() == [4, len(b"a b c d ")]


def test_what_has_no_room_is_an_error() -> None:
    for spoilt in ("known", "chunks", "counts"):
        table = Table(8, SEEDS[1], b"abc abc\0")
        setattr(table, spoilt, getattr(table, spoilt)[:0])
        with pytest.raises(IndexError):
            table.read()
    table = Table(8, SEEDS[1], b"no end")
    with pytest.raises(IndexError):
        table.read()


# Chunks from 1: one token; two and a compound of both; none; a gap.
ENDS = array("I", [0, 0, 1, 1, 3, 4, 4, 4, 5, 5])
NUMBERS = array("I", [7, 8, 9, 2, 0])


def test_chunks_become_tokens_and_compounds() -> None:
    chunks, counts = array("I", [2, 1, 3, 4, 2, 3]), array("q", [2, 0, 3, 1])
    tokens, compounds = array("q", [0] * 4), array("q", [0] * 4)
    core.building.measure_texts(chunks, memoryview(counts), ENDS, tokens, compounds)
    assert (tokens.tolist(), compounds.tolist()) == ([3, 0, 3, 0], [1, 0, 1, 0])
    new_of, old_of = array("I", [0] * 10), array("I", [0] * 10)
    found, wholes = array("I", [0] * 6), array("I", [0] * 2)
    count = core.building.expand_chunks(
        memoryview(chunks), ENDS, NUMBERS, new_of, old_of, 0, found, wholes
    )
    assert (found.tolist(), wholes.tolist()) == ([1, 2, 3, 0, 1, 2], [2, 2])
    assert (count, old_of.tolist()[:4]) == (3, [0, 8, 9, 7])
    one = memoryview(array("I", [1]))
    assert core.building.expand_chunks(one, ENDS, NUMBERS, new_of, old_of, 3, found, wholes) == 3
    assert found[0] == 3


def test_numbers_out_of_bounds_are_errors() -> None:
    rest = (array("I", [0] * 10), array("I", [0] * 10), 0, array("I", [0] * 6), array("I", [0] * 2))
    for chunk in (5, 1 << 31):
        with pytest.raises(IndexError):
            core.building.expand_chunks(memoryview(array("I", [chunk])), ENDS, NUMBERS, *rest)
    with pytest.raises(IndexError):
        core.building.expand_chunks(memoryview(array("I", [2])), ENDS, array("I", [77] * 5), *rest)
