"""Fingerprints, against their definition run by run, and the lines that many articles share."""

import re
from array import array
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, zeros

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


CHUNKS = st.lists(
    st.text("abB-'.,\"3é\n ", max_size=6)
    | st.sampled_from(
        ["a", "b", "ab", "AB,", "(a)", "a's", "U.S.", "&amp;", "**b**", "\u00ad", "\u0420"]
    ),
    max_size=12,
).map(" ".join)
READ_OTHERWISE = re.compile(rb"[&<]|\xc2\xad")


def standing(text: Numbers) -> Counter[bytes]:
    """Return the words that stand alone in a text."""
    if READ_OTHERWISE.search(text):
        return Counter()
    chunks = re.findall(rb"[^\0-\x20]+", bytes(text).lower())
    return Counter(
        word
        for chunk in chunks
        if re.fullmatch(rb"[a-z!\"'(),.:;?-]+", chunk) and not re.search(rb"[a-z]['.][a-z]", chunk)
        for word in re.findall(rb"[a-z]+", chunk)
    )


@given(CHUNKS, CHUNKS, st.sampled_from([1, 2, 1 << 16]))
def test_common_words_are_those_that_stand_alone_in_both_texts(
    text: str, other: str, cells: int
) -> None:
    both, common = [memoryview(one.encode()) for one in (text, other)], zeros("I", 1)
    counts = core.fingerprints.common_words(both[0], both[1], zeros("I", cells), common)
    words = list(map(standing, both))
    assert counts == tuple(one.total() for one in words)
    if cells > 2 and not any(map(READ_OTHERWISE.search, both)):
        assert common[0] == (words[0] & words[1]).total()
    assert common[0] >= (words[0] & words[1]).total()


LINES = st.lists(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 2), st.integers(0, 3)), max_size=5),
    max_size=8,
)  # for each article its lines: a fingerprint, whether it is short, a role
LEAST = 2  # articles
USES = [0, 7, 5, 3]  # hidden; as a body; as a headline; as a caption


def buffer(kind: str, values: Iterable[int]) -> Any:
    return memoryview(array(kind, values))


@given(LINES, st.sets(st.integers(0, 7)), st.sampled_from([1, 2, 16]))
def test_lines_are_shared_by_the_live_articles_that_have_them(
    articles: list[list[tuple[int, int, int]]], deleted: set[int], cell_count: int
) -> None:
    flat = [line for lines in articles for line in lines]
    prints, short = buffer("Q", [line[0] for line in flat]), buffer("B", [line[1] for line in flat])
    firsts = buffer("I", accumulate(map(len, articles), initial=0))
    live = Bitmap(len(flat))
    for number, (start, stop) in enumerate(pairwise(firsts)):
        live.add(buffer("I", range(start, stop) if number not in deleted else ()))
    cells = zeros("B", cell_count)
    candidates = core.fingerprints.fill_cells(prints, short, live.words, LEAST, cells)
    having = Counter(
        one
        for number, lines in enumerate(articles)
        if number not in deleted
        for one in {line[0] for line in lines if line[1]}
    )
    wanted = {one for one, count in having.items() if count >= LEAST}
    assert candidates >= sum(count for one, count in having.items() if one in wanted)
    room = zeros("I", candidates)  # enough for all
    found = core.fingerprints.candidate_lines(prints, short, live.words, LEAST, cells, room)
    lines = [doc for doc, line in enumerate(flat) if line[1] and doc in live]
    assert found == candidates
    assert {doc for doc in lines if flat[doc][0] in wanted} <= {*room} <= {*lines}
    assert [*room] == sorted({*room})
    keys, counts, lasts = zeros("Q", 32), zeros("I", 32), zeros("q", 32)
    args = prints, room, firsts, 100, 0
    used = core.fingerprints.count_articles(*args, keys, counts, lasts)
    assert wanted <= {*keys.tolist()} <= {*having, 0}
    assert used == 32 - keys.tolist().count(0)
    if used > 1:
        small = zeros("Q", 2), zeros("I", 2), zeros("q", 2)
        assert core.fingerprints.count_articles(*args, *small) == -1
    written = core.fingerprints.shared_lines(prints, LEAST, keys, counts, room)
    assert room[:written].tolist() == [doc for doc in lines if flat[doc][0] in wanted]


@given(LINES, st.data())
def test_hidden_lines_and_the_openings_in_their_place(
    articles: list[list[tuple[int, int, int]]], data: st.DataObject
) -> None:
    flat = [line for lines in articles for line in lines]
    shared = sorted(data.draw(st.sets(st.sampled_from(range(len(flat)))))) if flat else []
    openings = buffer("I", [data.draw(st.integers(0, len(lines))) for lines in articles])
    firsts = buffer("I", accumulate(map(len, articles), initial=0))
    expected_openings, expected = openings.tolist(), []
    for number, (start, stop) in enumerate(pairwise(firsts)):
        uses = {doc: USES[flat[doc][2]] for doc in range(start, stop)}
        hidden = [doc for doc in uses if doc in shared and flat[doc][1] == 2 and uses[doc] & 2]
        if len(hidden) == sum(use & 1 for use in uses.values()):
            continue
        expected += hidden
        if openings[number] and start + openings[number] - 1 in hidden:
            rest = [doc for doc in uses if doc not in hidden]
            best = [doc for doc in rest if uses[doc] & 4] or [doc for doc in rest if uses[doc] & 1]
            expected_openings[number] = best[0] - start + 1
    out = zeros("I", len(shared))
    written = core.fingerprints.hidden_lines(
        buffer("I", shared),
        buffer("B", [line[1] for line in flat]),
        buffer("B", [line[2] for line in flat]),
        buffer("B", USES),
        firsts,
        openings,
        out,
    )
    assert out[:written].tolist() == expected
    assert openings.tolist() == expected_openings


@pytest.mark.parametrize(
    ("docs", "roles", "openings"),
    [([9], [1, 1], [1, 1]), ([0, 1], [200, 1], [1, 1]), ([0], [1, 1], []), ([0], [], [1])],
)
def test_impossible_lines_are_wrong_indexes(
    docs: list[int], roles: list[int], openings: list[int]
) -> None:
    firsts, lengths = buffer("I", [0, 2]), buffer("I", [1])
    of_docs, of_roles = buffer("I", docs), buffer("B", roles)
    short, uses = buffer("B", [2]), buffer("B", USES)
    out, bits = zeros("I", 1), zeros("Q", 1)
    with pytest.raises(IndexError):
        core.fingerprints.hidden_lines(
            of_docs, short, of_roles, uses, firsts, buffer("I", openings), out
        )
    with pytest.raises(IndexError):
        core.fingerprints.sections_under(
            buffer("I", [9]), of_roles, 1, firsts, lengths, firsts, lengths, bits
        )
