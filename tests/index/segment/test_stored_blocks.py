"""Where records are cut into blocks."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.segment.stored_blocks import _cuts


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
