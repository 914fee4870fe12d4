"""Columns of texts: what is written is read, in bounded memory."""

import io
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment import columns
from nutgraf_index.segment.columns import TextColumn
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.segment.writing import columns as writing
from nutgraf_index.segment.writing.columns import TextColumnWriter
from small import changed

TEXTS = st.sampled_from(["", "a", "ä", "\udfff", "Reuters", "AP", "a\0b", "x" * 300])
FEW = {"_MOST_DISTINCT": 2}, {"_MOST_CACHED": 3}


def column_of(writer: TextColumnWriter, doc_count: int, *, multi_valued: bool) -> TextColumn:
    file = io.BytesIO()
    out = SegmentWriter(file)
    writer.write("c", out)
    out.finish({})
    segment = SegmentFile(file.getvalue(), "x", "y")
    return TextColumn(segment, "c", doc_count, multi_valued=multi_valued)


def column(*batches: list[Any], multi_valued: bool = False) -> TextColumn:
    writer = TextColumnWriter(multi_valued=multi_valued)
    for batch in batches:
        writer.add(batch)
    return column_of(writer, sum(map(len, batches)), multi_valued=multi_valued)


@pytest.mark.parametrize("bounds", [({}, {}), FEW])
@pytest.mark.parametrize("multi_valued", [False, True])
@given(st.data())
def test_texts_are_read_as_written(
    bounds: tuple[dict[str, int], dict[str, int]], multi_valued: bool, data: st.DataObject
) -> None:
    value: st.SearchStrategy[Any] = TEXTS
    if multi_valued:
        value = st.lists(TEXTS, max_size=3).map(tuple)
    batches = data.draw(st.lists(st.lists(value, max_size=6), max_size=3))
    with changed(writing, **bounds[0]), changed(columns, **bounds[1]):
        merged = TextColumnWriter(multi_valued=multi_valued)
        expected = []
        for batch in (*batches, list(chain.from_iterable(batches))):
            read = column(batch, multi_valued=multi_valued)
            assert [read.read(doc_id) for doc_id in range(len(batch))] == batch
            merged.add(batch)
            expected += batch
        whole = column_of(merged, len(expected), multi_valued=multi_valued)
        assert [whole.read(doc_id) for doc_id in range(len(expected))] == expected


def test_values_are_kept_once_and_no_numbers_for_one() -> None:
    several = column(["AP", "Reuters", "AP"], ["AP", "AFP"])
    assert several._values.view().tobytes() == b"APReutersAFP"
    assert len(several._numbers) == 5
    constant = column(["AP"] * 3, ["AP"])
    assert len(constant._numbers) == 0
    assert constant.text(3) == "AP"


def test_values_beyond_those_told_apart_may_stand_twice() -> None:
    with changed(writing, **FEW[0]), changed(columns, **FEW[1]):
        many = column(["a", "b", "c", "c", "a"])
        assert [many.text(doc_id) for doc_id in range(5)] == ["a", "b", "c", "c", "a"]
        assert len(many._ends) - 1 == 4
        assert many._texts == {}
        few = column(["a", "b", "a"])
        assert [few.text(doc_id) for doc_id in range(3)] == ["a", "b", "a"]
        assert few._texts == {0: "a", 1: "b"}


@pytest.mark.parametrize("doc_count", [0, 2, 4])
@pytest.mark.parametrize(
    ("batch", "multi_valued"), [(["a", "b", "a"], False), ([("a", "b"), (), ("c",)], True)]
)
def test_another_number_of_documents(doc_count: int, batch: list[Any], multi_valued: bool) -> None:
    writer = TextColumnWriter(multi_valued=multi_valued)
    writer.add(batch)
    with pytest.raises(IndexDamaged, match="the column c has too few or too many values"):
        column_of(writer, doc_count, multi_valued=multi_valued)
