"""Where terms stand, against what a plain reading of the texts finds."""

import random
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index
from nutgraf.results.near import near
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, uints, zeros
from nutgraf_index.segment.postings_reader import PostingsReader
from positions import numbers, positions_of, read
from scale import examples

Texts = list[list[str]]
WORDS = ["a", "b", "c", "d", "e"]


def text_column(seed: int, count: int) -> Texts:
    """Return texts in which the words are ever rarer, and a few that are long."""
    chance = random.Random(seed)
    weights = [2.0 ** -(2 * at) for at in range(len(WORDS))]
    lengths = [chance.choice([1, 2, 5, 20, 20, 300]) for _ in range(count)]
    return [chance.choices(WORDS, weights, k=length) for length in lengths]


def reader_of(texts: Texts) -> PostingsReader:
    index = Index.in_memory()
    index.add([Article(id="1", text="\n\n".join(" ".join(text) for text in texts))])
    return index.snapshot().readers[0].field("text")


def list_of(reader: PostingsReader, word: str) -> tuple[int, ...]:
    term = reader.terms.find(word.encode())
    return reader.row(term) if term >= 0 else (0,) * 5


@cache
def several_blocks() -> PostingsReader:
    return reader_of(text_column(1, 300))


def phrase(reader: PostingsReader, words: list[str], among: Sequence[int] = ()) -> list[int]:
    rows = [list_of(reader, word) for word in words]
    docs = zeros("I", len(among) or min(row[2] for row in rows))
    rows_of_all = numbers(number for row in rows for number in row)
    distances = numbers(range(len(rows)))
    field = reader.field_postings
    found = core.positions.phrase(field, rows_of_all, distances, uints(among), docs)
    return docs[:found].tolist()


def stand(text: list[str], words: list[str]) -> bool:
    return any(text[at : at + len(words)] == words for at in range(len(text)))


@examples(6)
@given(
    st.integers(0, 1000),
    st.sampled_from([1, 5, 128, 129, 700]),
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=9),
)
def test_phrases(seed: int, count: int, rows: list[list[str]]) -> None:
    texts = text_column(seed, count)
    reader = reader_of(texts)
    for words in [*rows, texts[0][:6], texts[-1][-5:], ["a"] * 30]:
        wanted = [number for number, text in enumerate(texts) if stand(text, words)]
        assert phrase(reader, words) == wanted, words
        for step in (1, 3, 170):
            among = range(seed % 3, count, step)
            if among:
                assert phrase(reader, words, among) == [doc for doc in wanted if doc in among]


@examples(4)
@given(st.integers(0, 1000), st.sampled_from([1, 129, 400]), st.sets(st.integers(0, 399)))
def test_positions_of_words_in_documents(seed: int, count: int, asked: set[int]) -> None:
    texts = text_column(seed, count)
    reader = reader_of(texts)
    for docs in (sorted(doc for doc in asked if doc < count), list(range(count))):
        for word in WORDS:
            wanted = [[at for at, one in enumerate(texts[doc]) if one == word] for doc in docs]
            term = reader.terms.find(word.encode())
            assert positions_of(reader, [term] if term >= 0 else [], docs) == wanted
        terms = [reader.terms.find(word) for word in (b"a", b"c") if reader.terms.find(word) >= 0]
        wanted = [[at for at, one in enumerate(texts[doc]) if one in "ac"] for doc in docs]
        assert positions_of(reader, terms, docs) == wanted


def test_forms_of_a_term() -> None:
    texts = [["otter"], ["otters", "swim"], ["x"], ["an", "otters", "otter"]] * 99
    reader = reader_of(texts)
    term = reader.terms.find(b"otter")
    docs = uints(range(len(texts)))
    for form, word in enumerate(("otter", "otters")):
        forms = memoryview(bytes(int(one == form) for one in range(2)))
        rows = numbers([*reader.row(term), 0])
        bits = Bitmap(len(texts))
        core.positions.docs_with_words(reader.field_postings, rows, forms, bits.words)
        wanted = [[at for at, one in enumerate(text) if one == word] for text in texts]
        assert bits.numbers().tolist() == [doc for doc, at in enumerate(wanted) if at]
        assert positions_of(reader, [term], docs, forms) == wanted


@examples(60)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(1, 3), st.sets(st.integers(0, 24), max_size=6)),
            min_size=1,
            max_size=2,
        ),
        min_size=1,
        max_size=4,
    ),
    st.integers(0, 9),
    st.booleans(),
)
def test_parts_near_each_other(
    parts: list[list[tuple[int, set[int]]]], slop: int, ordered: bool
) -> None:
    """Against `near`, which goes through each part and not through the text."""
    leaves = [(*leaf, number) for number, part in enumerate(parts) for leaf in part]
    ranges: list[int] = []
    positions: list[int] = []
    for _, starts, _ in leaves:
        # In the first document it stands nowhere.
        ranges += [0, 0, len(positions), len(positions) + len(starts)]
        positions += sorted(starts)
    docs = zeros("I", 2)
    found = core.positions.near(
        uints(positions),
        numbers(ranges),
        numbers(one for at, leaf in enumerate(leaves) for one in (at, leaf[0], leaf[2])),
        len(parts),
        slop,
        ordered,
        uints([4, 7]),
        docs,
    )
    occurrences = [
        sorted({(start, start + words) for words, starts in part for start in starts})
        for part in parts
    ]
    wanted = all(occurrences) and near(occurrences, slop, ordered=ordered)
    assert docs[:found].tolist() == [7] * bool(wanted)


@examples(6)
@given(st.integers(0, 1000), st.sampled_from([3, 300]), st.integers(1, 3))
def test_what_terms_gather_from_each_other(seed: int, count: int, most_gap: int) -> None:
    texts = text_column(seed, count)
    reader = reader_of(texts)
    terms = ["a", "zebra", "b", "c"]
    chance = random.Random(seed)
    docs = sorted(chance.sample(range(count), min(count, 200)))
    query = [chance.randrange(-1, 4) for _ in range(chance.randrange(8))]
    wanted = [[1.0] * len(docs) for _ in terms]
    for at, doc in enumerate(docs):
        places = [(place, terms.index(one)) for place, one in enumerate(texts[doc]) if one in terms]
        for (place, one), (after, other) in pairwise(places):
            gaps = [
                stop - start
                for start, stop in combinations(range(len(query)), 2)
                if {query[start], query[stop]} == {one, other}
                and one != other
                and stop - start <= most_gap
                and -1 not in query[start:stop]
            ]
            if gaps and after - place <= most_gap:
                wanted[one][at] += 1 / min(gaps) / (after - place)
                wanted[other][at] += 1 / min(gaps) / (after - place)
    out = zeros("d", 4 * len(docs))
    for at in range(len(out)):
        out[at] = 1.0  # what is gathered is added to
    rows = numbers(number for word in terms for number in list_of(reader, word))
    cells = core.positions.add_gains(
        reader.field_postings, rows, numbers(query), most_gap, uints(docs), out
    )
    assert out.tolist() == [one for row in wanted for one in row]
    assert cells == len(out)


@given(st.integers(0, 1000), st.sampled_from([3, 300]))
def test_terms_among_the_first_words(seed: int, count: int) -> None:
    texts = text_column(seed, count)
    reader = reader_of(texts)
    terms = ["a", "zebra", "b", "c"]
    chance = random.Random(seed)
    docs = sorted(chance.sample(range(count), min(count, 200)))
    limits = [chance.randrange(12) for _ in docs]
    marks = zeros("d", 4 * len(docs))
    rows = numbers(number for word in terms for number in list_of(reader, word))
    core.positions.mark_within(reader.field_postings, rows, uints(docs), uints(limits), marks)
    begins = [texts[doc][:limit] for doc, limit in zip(docs, limits, strict=True)]
    assert marks.tolist() == [term in begin for term in terms for begin in begins]


def blocks_of_one(count: int) -> tuple[Numbers, Numbers, Numbers, Numbers, int]:
    """Return a field of a term 32 times in each document, whose blocks are all the first."""
    ones = (1 << 128 * 5) - 1
    words = (ones << 12 | 5 << 6).to_bytes(96, "little")
    rows = (number for at in range(1, count + 1) for number in (128 * at - 1, 0, 0, 32, 1))
    occurrences = b"".join(at.to_bytes(4, "little") for at in range(649))
    return (
        memoryview(words).cast("I"),
        memoryview(occurrences).cast("I"),
        uints(rows),
        memoryview(b"\5" * 128 * count),
        128 * count,
    )


def test_no_room_is_made_for_more_than_is_written() -> None:
    for count, fits in ((4, True), (40, False)):
        field = core.positions.FieldPostings(*blocks_of_one(count))
        given = numbers([0, 0, 128 * count, 0, count, -1]), memoryview(b"")
        if fits:
            found = read(field, *given, uints(range(128 * count)))
            assert [*map(len, found)] == [32] * 128 * count
        else:
            with pytest.raises(IndexError, match="impossible values"):
                read(field, *given, uints(range(128 * count)))


def damaged(data: st.DataObject, buffer: Numbers) -> Numbers:
    """Return a copy of a buffer of 4 bytes each with some other numbers."""
    bits = memoryview(bytearray(buffer)).cast("I")
    most = (1 << 32) - 1
    some = st.integers(0, most) | st.integers(0, 300) | st.just(most)
    for at, number in data.draw(
        st.lists(st.tuples(st.integers(0, len(bits) - 1), some), min_size=1, max_size=4)
    ):
        bits[at] = number
    return bits


@examples(40)
@given(st.data())
def test_impossible_numbers_give_an_error_or_some_answer(data: st.DataObject) -> None:
    reader = several_blocks()
    words, occurrences = reader.doc_words, reader.occurrence_words
    blocks, limit = reader.block_rows, reader.doc_count
    chosen = data.draw(st.integers(0, 3))
    if chosen == 0:
        words = damaged(data, words)
    elif chosen == 1:
        occurrences = damaged(data, occurrences)
    elif chosen == 2:
        blocks = damaged(data, blocks)
    lists = [number for word in "abc" for number in list_of(reader, word)]
    if chosen == 3:
        at = data.draw(st.integers(0, len(lists) - 1))
        lists[at] = data.draw(st.integers(-2, 400) | st.integers(0, 1 << 40))
    field = core.positions.FieldPostings(words, occurrences, blocks, reader.widths, limit)
    docs = uints(range(limit))
    choices = numbers([*lists[:5], -1, *lists[5:10], 0])
    forms = memoryview(b"\1")
    for call in (
        lambda: core.positions.phrase(
            field, numbers(lists), numbers(range(3)), docs[:0], zeros("I", limit)
        ),
        lambda: core.positions.phrase(
            field, numbers(lists), numbers(range(3)), docs, zeros("I", limit)
        ),
        lambda: core.positions.docs_with_words(field, choices, forms, Bitmap(limit).words),
        lambda: core.positions.add_gains(
            field, numbers(lists), numbers(range(3)), 2, docs, zeros("d", 3 * limit)
        ),
        lambda: core.positions.mark_within(
            field, numbers(lists), docs, uints([9] * limit), zeros("d", 3 * limit)
        ),
        lambda: read(field, choices, forms, docs),
    ):
        with suppress(IndexError):
            call()
