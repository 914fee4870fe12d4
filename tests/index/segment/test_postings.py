"""Postings are read as they were written."""

import io
import random
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, uints, zeros
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment import postings_reader
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.segment.postings_reader import PostingsList, PostingsReader
from nutgraf_index.segment.writing.postings import PostingsWriter, length_facts
from nutgraf_index.segment.writing.postings_arrays import Postings, read_postings
from positions import positions_of
from small import changed

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
    segment = SegmentFile(bytearray(file.getvalue()), "x", "y")
    return PostingsReader(segment, "f", DOCUMENTS, analysed=analysed)


def check(lists: Lists, reader: PostingsReader, *, analysed: bool = True) -> None:
    wanted = postings_of(lists)
    got = read_postings(reader, 0, len(lists))
    for part, values in zip(got[: None if analysed else 2], wanted, strict=False):
        assert part.tolist() == values.tolist()
    for term, one in enumerate(lists):
        alone = read_postings(reader, term, term + 1)
        assert reader.doc_freq(term) == len(one)
        assert reader.doc_ids(term).tolist() == alone.docs.tolist() == sorted(one)
        assert PostingsList(reader, term).bitmap().numbers().tolist() == sorted(one)
        if analysed:
            docs, freqs = reader.postings(term)
            assert docs.tolist() == sorted(one)
            assert freqs.tolist() == [len(one[doc]) for doc in sorted(one)]
            positions = [at for doc in sorted(one) for at in sorted(one[doc])]
            assert alone.positions.tolist() == positions


def check_among(lists: Lists, reader: PostingsReader, asked: set[int]) -> None:
    """Check every way to intersect postings lists with a set of documents."""
    none = zeros("I", len(asked))
    for term, one in enumerate(lists):
        docs, found = uints(sorted(asked)), sorted(asked & one.keys())
        word, _, count, first, blocks = reader.row(term)
        limits = reader.doc_words, word, count, DOCUMENTS
        number = core.postings.intersect(*limits, reader.block_rows, first, blocks, docs, docs)
        assert docs[:number].tolist() == found
        # Without its rows the list is read block by block.
        docs = uints(sorted(asked))
        number = core.postings.intersect(*limits, none[:0], 0, 0, docs, none)
        assert none[:number].tolist() == found
        postings = PostingsList(reader, term)
        assert postings.intersect(uints(sorted(asked))).tolist() == found
        for twice in (None, Bitmap(DOCUMENTS)):
            marked = Bitmap.of(DOCUMENTS, asked)
            postings.mark(marked, twice)
            assert marked.numbers().tolist() == sorted(asked | one.keys())
            assert twice is None or twice.numbers().tolist() == found
        number = core.bitmaps.filter_docs(postings.bitmap().words, docs, docs)
        assert docs[:number].tolist() == found


def check_found(lists: Lists, reader: PostingsReader, asked: set[int]) -> None:
    for term, one in enumerate(lists):
        documents = sorted(asked)
        wanted = [sorted(one.get(doc, ())) for doc in documents]
        assert positions_of(reader, [term], documents) == wanted
    check_among(lists, reader, asked)


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
    assert [part.tolist() for part in read_postings(reader, 0, 0)] == [[]] * 5
    assert reader.terms.find(b"x") == -1


def test_more_occurrences_than_are_written_are_not_looked_for() -> None:
    """Arrays are allocated for the occurrences that are found."""
    lists = [{3: dict.fromkeys(range(LENGTH), 0)}]
    reader = written(lists)
    check_found(lists, reader, {3})
    reader.__dict__["occurrence_words"] = reader.occurrence_words[:-20]
    del reader.__dict__["field_postings"]
    with pytest.raises(IndexError, match="a postings list has impossible values"):
        positions_of(reader, [0], [3])


def test_documents_that_do_not_ascend_are_not_packed() -> None:
    freqs, one = np.ones(2, np.uint32), np.zeros(2, np.uint32)
    for docs in ([5, 3], [5, 5]):
        lists = Postings(
            np.array([2]), np.array(docs, np.uint32), freqs, one, one.astype(np.uint16)
        )
        writer = PostingsWriter(np.ones(9, np.uint32), analysed=True)
        with pytest.raises(IndexError, match="the doc ids of a term do not ascend"):
            writer.add(lists)


def test_bitmaps_of_dense_terms_are_kept() -> None:
    lists = [{doc: {0: 0} for doc in range(0, 40, 2)}, {3: {0: 0}}]
    reader = written(lists)
    first, second = (PostingsList(reader, term) for term in (0, 1))
    assert [first.is_dense, second.is_dense] == [False, False]
    assert first.bitmap() is not first.bitmap()
    with changed(postings_reader, _DENSE_FREQ=20, _DENSE_SHARE=3501):
        assert [first.is_dense, second.is_dense] == [True, False]
        assert first.bitmap() is PostingsList(reader, 0).bitmap()
        assert second.bitmap() is not second.bitmap()
    with changed(postings_reader, _DENSE_FREQ=20, _DENSE_SHARE=3500):  # not more than 1 of 3500
        assert not first.is_dense


def test_the_only_document_of_each_term() -> None:
    one = {0: 0}
    assert written([{7: one}, {2: one}, {9: one}]).sole_doc_ids().tolist() == [7, 2, 9]
    with pytest.raises(IndexDamaged, match="f has a term in several documents"):
        written([{7: one, 8: one}, {2: one}]).sole_doc_ids()
    reader = written([{7: one, 8: one}, {2: one}])
    reader.__dict__["posting_offsets"] = uints([0, 2, 2])
    with pytest.raises(IndexError, match="a term has more documents than there are"):
        reader.sole_doc_ids()


def test_numbers_of_postings_of_8_bytes_are_read() -> None:
    lists = [{doc: {0: 0} for doc in range(300)}, {3: {0: 0}}]
    reader, wide = written(lists), zeros("Q", 3)
    for term, before in enumerate(reader.posting_offsets):
        wide[term] = before
    rows = [reader.row(term) for term in (0, 1)]
    assert [row[2:] for row in rows] == [(300, 0, 3), (1, 3, 0)]
    again = written(lists)
    again.__dict__["posting_offsets"] = wide
    assert [again.row(term) for term in (0, 1)] == rows
    wide[1] = 1 << 40
    again = written(lists)
    again.__dict__["posting_offsets"] = wide
    with pytest.raises(IndexError):
        again.row(0)
    with pytest.raises(IndexDamaged, match="f has a term with more documents than there are"):
        again.doc_freq(0)


def test_only_the_lists_that_are_read_are_checked() -> None:
    pick = random.Random(1)
    lists = [{doc: {600: 0} for doc in pick.sample(range(DOCUMENTS), 20_000)} for _ in range(3)]
    for stream, ends in (("docs", "doc_at"), ("occurrences", "occurrence_at")):
        reader = written(lists)
        column, at = reader.column(stream), reader.column(ends).view()
        assert at[2] - at[1] > 2000  # words: of several blocks that are checked
        reader._file.data[column._offset + 2 * (at[1] + at[2])] ^= 4
        for term in (0, 2):
            assert reader.doc_ids(term).tolist() == sorted(lists[term])
            few = sorted(lists[term])[::999]
            assert positions_of(reader, [term], few) == [[600]] * len(few)
        with pytest.raises(IndexDamaged, match="does not match its checksum"):
            reader.row(1)
        with pytest.raises(IndexDamaged, match="does not match its checksum"):
            read_postings(reader, 1, 2)
        if stream == "docs":
            for reading in (reader.doc_ids, reader.postings, partial(PostingsList, reader)):
                with pytest.raises(IndexDamaged, match="does not match its checksum"):
                    reading(1)
