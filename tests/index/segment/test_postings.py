"""Postings are read as they were written."""

import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.segment.postings_reader import Postings, PostingsReader
from nutgraf_index.segment.postings_writer import PostingsWriter, length_facts
from positions import positions_of

# Of one term: for each of some documents its positions there, each with the form of the word.
Lists = list[dict[int, dict[int, int]]]
DOCUMENTS = 70_000
LENGTH = 700


def postings_of(lists: Lists) -> Postings:
    docs = [sorted(one) for one in lists]
    places = [sorted(one[doc].items()) for one in lists for doc in sorted(one)]
    return Postings(
        np.array(list(map(len, docs)), np.int64),
        np.array([doc for one in docs for doc in one], np.uint32),
        np.array(list(map(len, places)), np.uint32),
        np.array([at for one in places for at, _ in one], np.uint32),
        np.array([form for one in places for _, form in one], np.uint16),
    )


def lengths_for(lists: Lists) -> list[int]:
    """Return lengths that have room for all positions, and no more."""
    lengths = [0] * DOCUMENTS
    for one in lists:
        for doc, places in one.items():
            lengths[doc] = max(lengths[doc], max(places) + 1)
    return lengths


def written(lists: Lists, *, analysed: bool = True, spare: int = 0) -> PostingsReader:
    """Write lists, the terms being numbers, and open what was written."""
    lengths = np.array([-(-one >> spare) for one in lengths_for(lists)], np.uint32)
    writer = PostingsWriter(lengths, analysed=analysed, spare=spare)
    postings = postings_of(lists)
    writer.add(postings if analysed else Postings(*postings[:2]))
    terms = [b"%04d" % number for number in range(len(lists))]
    file = io.BytesIO()
    out = SegmentWriter(file)
    facts = writer.write("f", terms, terms, np.arange(len(terms)), out)
    assert not analysed or facts == {**length_facts("f", lengths), "f.spare": spare}
    out.finish(facts)
    segment = SegmentFile(file.getvalue(), "x", "y")
    return PostingsReader(segment, "f", DOCUMENTS, analysed=analysed)


def check(lists: Lists, reader: PostingsReader, *, analysed: bool = True) -> None:
    wanted = postings_of(lists)
    got = reader.read(0, len(lists))
    for part, values in zip(got[: None if analysed else 2], wanted, strict=False):
        assert part.tolist() == values.tolist()
    for term, one in enumerate(lists):
        alone = reader.read(term, term + 1)
        assert reader.count(term) == len(one)
        assert reader.doc_ids(term).tolist() == alone.docs.tolist() == sorted(one)
        if analysed:
            assert reader.frequencies(term).tolist() == [len(one[doc]) for doc in sorted(one)]
            positions = [at for doc in sorted(one) for at in sorted(one[doc])]
            assert alone.positions.tolist() == positions
            assert reader.spread(term).nonzero()[0].tolist() == sorted(one)


def check_found(lists: Lists, reader: PostingsReader, asked: set[int]) -> None:
    for term, one in enumerate(lists):
        documents = sorted(asked)
        wanted = [sorted(one.get(doc, ())) for doc in documents]
        assert positions_of(reader, [term], documents) == wanted


documents = st.integers(0, 40) | st.integers(0, DOCUMENTS - 1)
places = st.dictionaries(st.integers(0, LENGTH), st.integers(0, 3), min_size=1, max_size=4)


@given(
    st.lists(st.dictionaries(documents, places, min_size=1, max_size=12), min_size=1, max_size=6),
    st.sets(documents, max_size=30),
    st.integers(0, 3),
)
def test_lists_are_read_as_they_were_written(lists: Lists, asked: set[int], spare: int) -> None:
    reader = written(lists, spare=spare)
    check(lists, reader)
    check_found(lists, reader, asked)
    check(lists, written(lists, analysed=False), analysed=False)


@pytest.mark.parametrize("size", [1, 127, 128, 129, 256, 257, 1000])
@pytest.mark.parametrize("step", [1, 2, 69])
def test_lists_of_several_blocks(size: int, step: int) -> None:
    long = {
        step * at: {(at * 7 + k) % LENGTH: (at * k) % 300 for k in range(1 + at % 5)}
        for at in range(size)
    }
    lists = [{5: {0: 0}}, long, {step * (size - 1): {3: 1}}]
    reader = written(lists)
    check(lists, reader)
    last = step * (size - 1)
    check_found(lists, reader, set(range(last + 5)))
    check_found(lists, reader, {0, 1, last - 1, last, last + 1, DOCUMENTS - 1} - {-1})
    for doc in (0, step * (size // 2), last):
        check_found(lists, reader, {doc})


def test_a_field_without_terms() -> None:
    reader = written([])
    assert [part.tolist() for part in reader.read(0, 0)] == [[]] * 5
    assert reader.terms.find(b"x") == -1


def test_more_occurrences_than_are_written_are_not_looked_for() -> None:
    """Room is made for what is found."""
    lists = [{3: dict.fromkeys(range(LENGTH), 0)}]
    reader = written(lists)
    check_found(lists, reader, {3})
    reader.__dict__["occurrence_words"] = reader.occurrence_words[:-20]
    with pytest.raises(IndexError, match="a list has numbers that fit nothing"):
        positions_of(reader, [0], [3])


def test_documents_that_do_not_ascend_are_not_packed() -> None:
    freqs, one = np.ones(2, np.uint32), np.zeros(2, np.uint32)
    for docs in ([5, 3], [5, 5]):
        lists = Postings(
            np.array([2]), np.array(docs, np.uint32), freqs, one, one.astype(np.uint16)
        )
        writer = PostingsWriter(np.ones(9, np.uint32), analysed=True)
        with pytest.raises(IndexError, match="documents that do not ascend"):
            writer.add(lists)
