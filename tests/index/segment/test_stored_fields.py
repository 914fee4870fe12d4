"""Stored passages read many at a time."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.fields import Level
from scale import examples


@examples(30)
@given(st.lists(st.integers(1, 1500), min_size=1, max_size=40), st.data())
def test_texts_read_in_bulk_are_those_of_the_passages(
    sizes: list[int], data: st.DataObject
) -> None:
    text = "\n".join(
        f"{random.Random(at).randbytes(size).hex()} é." for at, size in enumerate(sizes)
    )
    with Index.in_memory() as index:
        index.add([Article(id="0", text="First."), Article(id="1", text=text)])
        reader = index.snapshot().readers[0]
        chosen = sorted(data.draw(st.sets(st.integers(0, reader.passages - 1))))
        texts = [reader.passage(at, reader.unit_at(Level.ARTICLE, at)).text for at in chosen]
        assert list(reader.texts(np.array(chosen, np.int64))) == texts
        for start, stop in ((10**9, 10**9 + 1), (-1, 3), (5, 4)):
            with pytest.raises(IndexDamaged, match="ranges of passages"):
                list(reader.blocks("passages").read_each(np.array([start]), np.array([stop])))
