"""Buffers and sets of documents as bits, against sets of Python's."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, uints, widen, zeros

SIZE = 200
NUMBERS = st.sets(st.integers(0, SIZE - 1))


def bitmap(numbers: set[int]) -> Bitmap:
    return Bitmap.of(SIZE, numbers)


@given(NUMBERS, NUMBERS)
def test_bitmaps_are_sets(one: set[int], other: set[int]) -> None:
    either, both, rest = (bitmap(one).copy() for _ in range(3))
    either |= bitmap(other)
    both &= bitmap(other)
    rest -= bitmap(other)
    for made, wanted in ((either, one | other), (both, one & other), (rest, one - other)):
        assert made.numbers().tolist() == sorted(wanted)
        assert len(made) == len(wanted)
        assert all((number in made) == (number in wanted) for number in range(SIZE))
    assert Bitmap.full(SIZE).numbers().tolist() == [*range(SIZE)]


@given(st.lists(NUMBERS, max_size=4))
def test_what_is_added_twice_is_told(sets: list[set[int]]) -> None:
    wanted = {n for n in range(SIZE) if sum(n in one for one in sets) > 1}
    for add in (Bitmap.unite, lambda made, one, twice: made.add(one.numbers(), twice)):
        made, twice = Bitmap(SIZE), Bitmap(SIZE)
        for one in sets:
            add(made, bitmap(one), twice)
        assert made.numbers().tolist() == sorted(set().union(*sets))
        assert twice.numbers().tolist() == sorted(wanted)


@given(NUMBERS, NUMBERS)
def test_units_and_their_documents(docs: set[int], cuts: set[int]) -> None:
    edges = sorted({0, SIZE, *cuts})
    starts, stops = uints(edges[:-1]), uints(edges[1:])
    touched = bitmap(docs).touched(starts, stops)
    units = [u for u in range(len(starts)) if docs.intersection(range(starts[u], stops[u]))]
    assert touched.numbers().tolist() == units
    wanted = [doc for u in units for doc in range(starts[u], stops[u])]
    assert touched.spread(starts, stops, SIZE).numbers().tolist() == wanted


@given(NUMBERS, NUMBERS, st.integers(1, 9))
def test_units_that_overlap_or_stand_apart(docs: set[int], firsts: set[int], size: int) -> None:
    ranges = [(start, min(start + size, SIZE)) for start in sorted(firsts)]
    starts, stops = uints(start for start, _ in ranges), uints(stop for _, stop in ranges)
    touched = bitmap(docs).touched(starts, stops)
    units = [u for u, bounds in enumerate(ranges) if docs.intersection(range(*bounds))]
    assert touched.numbers().tolist() == units
    wanted = sorted({doc for u in units for doc in range(*ranges[u])})
    assert touched.spread(starts, stops, SIZE).numbers().tolist() == wanted


@given(NUMBERS, st.integers(0, SIZE), st.integers(0, SIZE))
def test_the_numbers_of_a_range_are_counted(numbers: set[int], start: int, stop: int) -> None:
    assert bitmap(numbers).count(start, stop) == len(numbers.intersection(range(start, stop)))


def test_a_range_beyond_a_bitmap_cannot_be_counted() -> None:
    with pytest.raises(IndexError):
        bitmap({1}).count(0, 64 * len(bitmap(set()).words) + 1)


@given(NUMBERS, st.lists(st.integers(0, SIZE - 1)))
def test_numbers_that_are_in_a_set(numbers: set[int], given: list[int]) -> None:
    assert bitmap(numbers).among(uints(given)).tolist() == [one for one in given if one in numbers]


@given(NUMBERS, st.lists(st.integers(0, 1 << 31), max_size=SIZE))
def test_the_numbers_of_the_documents_in_a_set(docs: set[int], numbers: list[int]) -> None:
    counted = [number for doc, number in enumerate(numbers) if doc in docs]
    tally = core.bitmaps.tally(bitmap(docs).words, uints(numbers))
    assert tally == (sum(counted), sum(number**2 for number in counted) % 2**64)


@given(NUMBERS, st.lists(st.integers(0, 5) | st.just((1 << 32) - 1), max_size=SIZE))
def test_the_least_number_of_the_documents_in_a_set(docs: set[int], numbers: list[int]) -> None:
    counted = [number for doc, number in enumerate(numbers) if doc in docs and number]
    assert core.bitmaps.least(bitmap(docs).words, uints(numbers)) == min(counted, default=0)
    assert core.bitmaps.least(NO_BITS, uints(numbers)) == min(filter(None, numbers), default=0)
    with pytest.raises(IndexError):
        core.bitmaps.least(bitmap(docs).words[:1], uints([0] * 64 + [1]))


@given(st.lists(st.integers(0, 9)), st.integers(0, 3))
def test_whether_numbers_ascend(numbers: list[int], least: int) -> None:
    wanted = all(after >= before + least for before, after in pairwise(numbers))
    assert core.bitmaps.ascend(uints(numbers), least) == wanted


@given(st.permutations(range(30)))
def test_where_numbers_stand(numbers: list[int]) -> None:
    places = zeros("I", 30)
    core.bitmaps.inverse(uints(numbers), places)
    assert [numbers[place] for place in places] == [*range(30)]
    with pytest.raises(IndexError):
        core.bitmaps.inverse(uints([30]), places)


@given(NUMBERS, st.integers(1, SIZE))
def test_units_that_overlap(docs: set[int], width: int) -> None:
    starts = uints(range(SIZE - width + 1))
    stops = uints(range(width, SIZE + 1))
    wanted = [u for u in range(len(starts)) if docs.intersection(range(u, u + width))]
    assert bitmap(docs).touched(starts, stops).numbers().tolist() == wanted


def test_a_number_beyond_the_last_is_an_error() -> None:
    with pytest.raises(IndexError):
        bitmap({256})
    units = Bitmap.of(2, {1})
    with pytest.raises(IndexError):
        units.spread(uints([0, 60]), uints([60, 300]), SIZE)


@pytest.mark.parametrize("kind", ["B", "H", "I"])
def test_numbers_are_widened(kind: str) -> None:
    numbers = zeros(kind, 3)
    numbers[2] = 200
    assert widen(numbers).tolist() == [0, 0, 200]
    assert widen(numbers).format == "I"
