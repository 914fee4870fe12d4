"""The arrays of a segment file."""

import io
from pathlib import Path

import numpy as np
import pytest

from nutgraf import IndexDamaged
from nutgraf_index.segment.file import SegmentFile, SegmentWriter
from nutgraf_index.store.directory import DiskDirectory


def test_what_is_let_go_comes_back(tmp_path: Path) -> None:
    values = np.arange(100_000, dtype="<u4")
    with open(tmp_path / "x.seg", "wb") as file:
        writer = SegmentWriter(file)
        writer.add("values", values)
        writer.finish({})
    segment = SegmentFile(DiskDirectory(tmp_path).read("x.seg"), "here", "x.seg")
    seen = segment.column("values").all()
    segment.let_go()
    assert (seen == values).all()
    assert (segment.column("values").slice(5, 9) == values[5:9]).all()


def test_values_are_checked_where_they_are_taken() -> None:
    file = io.BytesIO()
    out = SegmentWriter(file)
    out.add("few", np.zeros(3, "<u1"))
    out.add("many", np.arange(10_000, dtype="<u2"))
    out.finish({})
    places = np.array([0, 9_999, 5_000, 5_000])
    assert SegmentFile(file.getvalue(), "x", "y").column("many").take(places).tolist() == [*places]
    with pytest.raises(IndexDamaged, match="y: a place beyond its 10000 values"):
        SegmentFile(file.getvalue(), "x", "y").column("many").take(np.array([100_000]))
    data = bytearray(file.getvalue())
    data[64 + 2 * 5_000] ^= 1
    spoiled = SegmentFile(bytes(data), "x", "y").column("many")
    assert spoiled.take(np.array([0, 9_999])).tolist() == [0, 9_999]
    with pytest.raises(IndexDamaged, match=r"the bytes from 8192 are not those written"):
        spoiled.take(np.array([0, 5_000]))
