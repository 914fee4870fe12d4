"""Words like a pattern, and words by edits, in a dictionary: against one word at a time."""

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from nutgraf.positions.edit_distance import within
from nutgraf.positions.patterns import like
from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros

LETTERS = "ab[é中\U0001f600\ud800"
words = st.sets(st.text(LETTERS, min_size=1, max_size=7), max_size=40).map(sorted)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def dictionary(words: list[str]) -> tuple[list[str], Numbers, Numbers]:
    """Return words in the order of their bytes, these, and where each begins and the last ends."""
    ordered = sorted(words, key=encoded)
    parts = [encoded(word) for word in ordered]
    ends = [sum(map(len, parts[:at])) for at in range(len(parts) + 1)]
    return ordered, memoryview(b"".join(parts)), uints(ends)


@given(words, st.text(LETTERS + "***??", max_size=9), st.integers(0, 9))
def test_words_like_a_pattern(words: list[str], pattern: str, first: int) -> None:
    ordered, text, ends = dictionary(words)
    first = min(first, len(ordered))
    out = zeros("I", len(ordered))
    sought = memoryview(encoded(pattern))
    number = core.terms.like(text, ends, first, len(ordered), sought, out)
    fits = like(pattern)
    wanted = [at for at in range(first, len(ordered)) if fits(ordered[at])]
    assert out[:number].tolist() == wanted


@given(words, st.text(LETTERS, max_size=8), st.sampled_from([1, 2]))
def test_words_by_edits(words: list[str], word: str, edits: int) -> None:
    ordered, text, ends = dictionary(words)
    out = zeros("I", len(ordered))
    sought = uints([*map(ord, word)])
    number = core.terms.within(text, ends, 0, len(ordered), sought, edits, out)
    wanted = [at for at, one in enumerate(ordered) if within(word, one, edits)]
    assert out[:number].tolist() == wanted


@given(st.binary(max_size=30), st.lists(st.integers(0, 40), min_size=2, max_size=9), st.binary())
def test_bytes_that_are_no_words_give_an_error_or_some_answer(
    text: bytes, ends: list[int], pattern: bytes
) -> None:
    out, count = zeros("I", len(ends)), len(ends) - 1
    where = memoryview(text), uints(ends), 0, count
    with suppress(IndexError):
        assert 0 <= core.terms.like(*where, memoryview(pattern), out) <= count
    with suppress(IndexError):
        assert 0 <= core.terms.within(*where, uints([*pattern]), 2, out) <= count
