"""Fingerprints, against their definition run by run."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core

FULL = (1 << 64) - 1
FACTOR, MIXER = 0x9E37_79B9_7F4A_7C15, 0xD6E8_FEB8_6659_FD93
HASHES = array("I", [0, 1, 0xFFFF_FFFF, 0x1234_5678, 0x9E37_79B9])


def fingerprint(words: list[int], run: int, bits: int) -> int:
    hashes = []
    for first in range(max(len(words) - run + 1, 1)):
        mixed = 0
        for word in words[first : first + run]:
            mixed = mixed * FACTOR + HASHES[word] & FULL
        mixed = (mixed ^ mixed >> 32) * MIXER & FULL
        hashes.append(mixed ^ mixed >> 32)
    one = min(number >> 32 for number in hashes) % (1 << bits)
    other = min(number & 0xFFFF_FFFF for number in hashes) % (1 << bits)
    whole = sum(hashes) * MIXER & FULL
    return one << 64 - bits | other << 64 - 2 * bits | whole >> 2 * bits


@given(
    st.lists(st.lists(st.integers(0, len(HASHES) - 1), max_size=12), max_size=5),
    st.integers(1, 6),
    st.sampled_from([8, 26, 31]),
)
def test_a_fingerprint_is_of_all_runs_of_words(texts: list[list[int]], run: int, bits: int) -> None:
    tokens = memoryview(array("I", [word for text in texts for word in text]))
    lengths = memoryview(array("q", map(len, texts)))
    prints = array("Q", [1] * len(texts))
    core.fingerprints.fingerprints(tokens, lengths, HASHES, run, bits, prints)
    assert prints.tolist() == [fingerprint(text, run, bits) if text else 0 for text in texts]


def test_numbers_out_of_bounds_are_errors() -> None:
    tokens, lengths = memoryview(array("I", [1, 99])), memoryview(array("q", [2]))
    for of_text, room in ((lengths, 1), (memoryview(array("q", [3])), 1), (lengths[:1], 0)):
        with pytest.raises(IndexError):
            core.fingerprints.fingerprints(tokens, of_text, HASHES, 6, 26, array("Q", [0] * room))
