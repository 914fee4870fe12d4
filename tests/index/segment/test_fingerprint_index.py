"""Passages that may be near-duplicates, against a comparison of all fingerprints."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.segment import fingerprint_index
from nutgraf_index.segment.fingerprint_index import FingerprintIndex
from small import changed

# Two hashes of 26 bits and 12 bits of the whole; of few values, so that passages share them.
HASHES = st.sampled_from([0, 1, 5, 1 << 12, 1 << 13, (1 << 13) + 1, (1 << 26) - 1])
PRINTS = st.tuples(HASHES, HASHES, st.integers(0, 2)).map(
    lambda of: of[0] << 38 | of[1] << 12 | of[2]
)
PASSAGES = st.lists(st.tuples(PRINTS, st.integers(0, 70)), max_size=12)


def hashes_of(fingerprint: int) -> tuple[int, int]:
    return fingerprint >> 38, fingerprint >> 12 & (1 << 26) - 1


def may_be(one: tuple[int, int], other: tuple[int, int]) -> bool:
    shingles = sorted(max(length - 2, 1) for _, length in (one, other))
    pairs = zip(hashes_of(one[0]), hashes_of(other[0]), strict=True)
    return any(a == b for a, b in pairs) and shingles[0] >= 0.9 * shingles[1]


def numbers(kind: str, values: list[int]) -> Numbers:
    made = zeros(kind, len(values))
    for at, value in enumerate(values):
        made[at] = value
    return made


def columns(passages: list[tuple[int, int]]) -> tuple["array[int]", "array[int]"]:
    prints, lengths = [one[0] for one in passages], [one[1] for one in passages]
    return array("Q", prints), array("I", lengths)


def index_of(passages: list[tuple[int, int]]) -> FingerprintIndex:
    prints, lengths = [one[0] for one in passages], [one[1] for one in passages]
    return FingerprintIndex(numbers("Q", prints), uints(lengths))


@given(PASSAGES, PASSAGES, st.sets(st.integers(0, 11)), st.sampled_from([(256, 1 << 14), (1, 4)]))
def test_pairs_are_those_of_a_comparison_of_all(
    passages: list[tuple[int, int]],
    foreign: list[tuple[int, int]],
    excluded: set[int],
    size: tuple[int, int],
) -> None:
    own = array("q", [*range(len(passages)), *[-1] * len(foreign)])
    index, every = index_of(passages), [*passages, *foreign]
    left_out = excluded & {*range(len(passages))}
    bitmap = Bitmap.of(len(passages), left_out) if excluded else None
    wanted = [
        (at, number)
        for at, one in enumerate(every)
        for number, two in enumerate(passages)
        if one[0] and at != number and number not in left_out and may_be(one, two)
    ]
    with changed(fingerprint_index, _CAPACITY=size):
        which, others, done = index.pairs(*columns(every), own, bitmap)
    assert len(which) == len(others)
    assert which == sorted(which)
    found = sorted(zip(which, others, strict=True))
    assert found == [pair for pair in wanted if pair[0] < done]
    if size == (256, 1 << 14):
        assert done == len(every)
    else:  # as many as there was room for, and one at least
        assert done == len(every) or (done and len(found) <= max(8, len(passages)))


def test_numbers_beyond_the_last_are_errors() -> None:
    index, asked = index_of([(1, 3), (1, 3)]), columns([(1, 3)])
    with pytest.raises(IndexError):
        index.pairs(*asked, array("q", [200]), None)
    with pytest.raises(IndexError):
        index.gather(array("q", [2]), *asked)
    keys, ends, none = numbers("Q", [1 << 32 | 9] * 4), zeros("I", 3), zeros("Q", 1)
    of_two = numbers("Q", [1, 1]), uints([3, 3]), 26
    with pytest.raises(IndexError):
        core.fingerprints.sort(
            memoryview(asked[0]),
            26,
            zeros("Q", 1),
            zeros("Q", 1),
            zeros("I", 9),
            zeros("I", 18),
            zeros("Q", 1),
        )
    index._index = core.fingerprints.Index(*of_two, keys, ends, none)
    with pytest.raises(IndexError):  # fewer ends than a MinHash may need
        index.pairs(*columns([(63 << 58, 3)]), array("q", [-1]), None)
    ends = uints([4] * (1 << 14))
    index._index = core.fingerprints.Index(*of_two, keys, ends, none)
    with pytest.raises(IndexError):  # another passage than there are
        index.pairs(*columns([(1 << 38, 3)]), array("q", [-1]), None)


def test_the_fingerprints_of_passages_of_several_segments_are_gathered() -> None:
    first, second = index_of([(1, 3), (2, 4)]), index_of([(5, 6)])
    prints, lengths = array("Q", [0] * 3), array("I", [0] * 3)
    first.gather(array("q", [1, -1, 0]), prints, lengths)
    second.gather(array("q", [-1, 0, -1]), prints, lengths)
    assert (prints.tolist(), lengths.tolist()) == ([2, 5, 1], [4, 6, 3])


def test_passages_of_another_length_are_not_looked_at() -> None:
    lengths = [1, 2, 50, 52, 53, 55, 56, 58, 62, 70]
    index = index_of([(1, length) for length in lengths])
    asked = columns([(1, lengths[6]), (1, lengths[0])])
    which, others, _ = index.pairs(*asked, array("q", [6, 0]), None)
    found = [(number, lengths[other]) for number, other in zip(which, others, strict=True)]
    assert found == [(0, 52), (0, 53), (0, 55), (0, 58), (0, 62), (1, 2)]
