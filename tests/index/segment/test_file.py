"""A segment's file: its directory, however long it is, and the checksums of its blocks."""

import io
import json
from pathlib import Path

import numpy as np
import pytest

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment.file import CHECK_BLOCK, SegmentFile, SegmentWriter
from nutgraf_index.store.directory import DiskDirectory

# Of a kind there is not, beyond the end, before the start, and no numbers.
ARRAYS = [
    '["<f8", 0, 1]',
    '["<u1", 0, 5000]',
    '["<u1", 9, 1e9]',
    '["<u1", -1, 1]',
    '["<u4", "0", 1]',
]


def file_of(arrays: int) -> bytes:
    file = io.BytesIO()
    out = SegmentWriter(file)
    for number in range(arrays):
        out.add(f"an array of number {number:04}", np.arange(number, dtype="<u2"))
    out.finish({f"fact {number}": number for number in range(arrays)})
    return file.getvalue()


@pytest.mark.parametrize("arrays", [0, 1, 60, 700])
def test_a_directory_may_be_of_any_length(arrays: int) -> None:
    data = file_of(arrays)
    start = data.find(b'{"facts"')
    end = data.rfind(b"}}") + 2
    blocks = -(-end // CHECK_BLOCK) - start // CHECK_BLOCK
    assert (blocks > 1) == (arrays >= 60)
    file = SegmentFile(data, "x", "y")
    assert len(file._arrays) == arrays
    assert file.facts == {f"fact {number}": number for number in range(arrays)}
    for number in range(arrays):
        values = file.column(f"an array of number {number:04}").all()
        assert values.tolist() == list(range(number))
    file.check_all()


def test_a_change_anywhere_in_a_long_directory_is_found() -> None:
    content = file_of(700)
    start, end = content.find(b'{"facts"'), content.rfind(b"}}") + 2
    assert end - start > 5 * CHECK_BLOCK
    digits = [at for at in range(start, end) if content[at : at + 1].isdigit()]
    for at in (digits[0], digits[-1], *digits[::97]):
        data = bytearray(content)
        data[at] = ord("9") if data[at] != ord("9") else ord("8")  # it is JSON still
        with pytest.raises(IndexDamaged, match=f"the bytes from {at - at % CHECK_BLOCK} are not"):
            SegmentFile(bytes(data), "x", "y")


@pytest.mark.parametrize(
    "directory",
    ["{}", "[]", "{", '{"facts": {}}', '{"facts": {"a": Infinity}, "arrays": {}}', "[" * 10_000]
    + [f'{{"facts": {{}}, "arrays": {{"a": {array}}}}}' for array in ARRAYS],
)
def test_a_directory_that_is_none(directory: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = io.BytesIO()
    monkeypatch.setattr(json, "dumps", lambda _: directory)
    SegmentWriter(data).finish({})
    with pytest.raises(IndexDamaged, match="its directory cannot be read"):
        SegmentFile(data.getvalue(), "x", "y")


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
