"""The counts of frequent words against plain sums, and where records are cut into blocks."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.segment.frequencies import STEP, FrequencySums
from nutgraf_index.segment.stored_blocks import _cuts


@pytest.mark.parametrize(("kind", "most"), [("<u1", 255), ("<u2", 65_535)])
@given(st.data())
def test_what_is_before_is_the_sum_of_all_before(kind: str, most: int, data: st.DataObject) -> None:
    often = data.draw(st.lists(st.sampled_from([0, 1, 2, most - 1, most]), min_size=1, max_size=70))
    values = np.zeros(-(-len(often) // STEP) * STEP, kind)
    values[: len(often)] = often
    before = FrequencySums(values).before(np.arange(len(often)))
    assert before.tolist() == [sum(often[:at]) for at in range(len(often))]


@given(st.lists(st.integers(0, 300), max_size=60))
def test_records_are_cut_only_where_they_are_longer_than_blocks(lengths: list[int]) -> None:
    size = 10
    cuts = _cuts(np.array(lengths, np.int64), size)
    ends = [0, *np.cumsum(lengths, dtype=np.int64).tolist()]
    assert cuts == sorted(set(cuts))
    assert (cuts[0], cuts[-1]) == (0, ends[-1])
    assert all(stop - start <= 8 * size for start, stop in pairwise(cuts))
    for start, stop in pairwise(ends):
        within = [cut for cut in cuts if start < cut < stop]
        assert not within or stop - start > 6 * size
