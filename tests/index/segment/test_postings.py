"""Postings are read as they were written."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index
from nutgraf.positions import phrase as rows
from nutgraf_index.segment import postings_reader as inverted
from nutgraf_index.segment import postings_writer as inversion
from small import SMALL, changed


@given(
    st.lists(st.sets(st.integers(0, 200_000), min_size=1, max_size=40), min_size=1, max_size=8),
    st.sets(st.integers(0, 200_000), max_size=40),
    st.booleans(),
)
def test_lists_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, lists: list[set[int]], wanted: set[int], dense: bool
) -> None:
    import io

    from nutgraf_index.segment.file import SegmentFile, SegmentWriter

    units = 200_001
    file = io.BytesIO()
    out = SegmentWriter(file)
    with changed(inversion, **(SMALL | {"_SHARE": 1 << 20} if dense else {})):
        made = inversion.PostingsWriter(units, None)
        joined = np.array([unit for one in lists for unit in sorted(one)])
        made.add(np.array([len(one) for one in lists]), np.zeros(0, np.int64), joined)
    terms = [b"%d" % number for number in range(len(lists))]
    made.write("f", terms, [], np.zeros(0), out)
    out.finish({})
    read = inverted.PostingsReader(
        SegmentFile(file.getvalue(), "x", "y"), "f", units, analysed=False
    )
    assert read.bulk(0, len(lists)).tolist() == joined.tolist()
    asked = np.array(sorted(wanted), np.int64)
    for number, one in enumerate(lists):
        assert read.count(number) == len(one)
        assert read.doc_ids(number).tolist() == sorted(one)
        held, places = rows.look_up(read.doc_ids(number), asked)
        assert held.tolist() == [unit in one for unit in asked.tolist()]
        assert [sorted(one)[place] for place in places[held]] == sorted(wanted & one)


@given(st.lists(st.lists(st.integers(0, 700), max_size=5), min_size=1, max_size=120), st.data())
def test_positions_in_some_units_are_those_written(
    lists: list[list[int]], data: st.DataObject
) -> None:
    texts = [" ".join("x" if at in one else "y" for at in range(702)) for one in lists]
    for dense in (False, True):
        with (
            changed(inversion, **(SMALL if dense else {})),
            Index.in_memory() as index,
        ):
            index.add([Article(id="a", text="\n".join(f"{text}." for text in texts))])
            field = index.snapshot().readers[0].field("text")
            number = field.terms.find(b"x")
            if number < 0:
                continue
            assert field.is_dense(number) == (dense and field.count(number) > 1)
            units = sorted(data.draw(st.sets(st.integers(0, len(lists) - 1))))
            other = field.terms.find(b"y")
            terms = [number, other] if other >= 0 else [number]  # x comes before y
            own = [sorted(set(lists[unit])) for unit in units]
            others = [sorted({*range(702)} - {*one}) for one in own]
            wanted = [own, others][: len(terms)]
            found = [field.stands(term, np.array(units, np.int64)) for term in terms]
            for known, (held, often, starts) in zip(wanted, found, strict=True):
                assert held.tolist() == [at for at, one in enumerate(known) if one]
                assert often.tolist() == [len(one) for one in known if one]
                positions = field.positions_of(starts, often)
                assert positions.tolist() == [at for one in known for at in one]
