"""The counts of frequent words against plain sums."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index.segment.frequencies import STEP, FrequencySums


@pytest.mark.parametrize(("kind", "most"), [("<u1", 255), ("<u2", 65_535)])
@given(st.data())
def test_what_is_before_is_the_sum_of_all_before(kind: str, most: int, data: st.DataObject) -> None:
    often = data.draw(st.lists(st.sampled_from([0, 1, 2, most - 1, most]), min_size=1, max_size=70))
    values = np.zeros(-(-len(often) // STEP) * STEP, kind)
    values[: len(often)] = often
    before = FrequencySums(values).before(np.arange(len(often)))
    assert before.tolist() == [sum(often[:at]) for at in range(len(often))]
