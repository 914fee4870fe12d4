"""A segment's file: its directory, however long it is, and the checksums of its blocks."""

import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment.file import CHECK_BLOCK, SegmentFile, SegmentWriter
from nutgraf_index.store.directory import DiskDirectory

KINDS = ["u1", "u2", "u4", "u8", "i4"]

# Of a kind there is not, beyond the end, before the start, no numbers, and not where one begins.
ARRAYS = [
    '["<f8", 0, 1]',
    '["<u1", 0, 5000]',
    '["<u1", 9, 1e9]',
    '["<u1", -1, 1]',
    '["<u4", "0", 1]',
    '["<u4", 4, 1]',
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
        values = file.column(f"an array of number {number:04}").view()
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
        with pytest.raises(IndexDamaged, match=f"block at byte {at - at % CHECK_BLOCK} does not"):
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
    seen = segment.column("values").view()
    segment.release()
    assert seen.tolist() == values.tolist()
    assert segment.column("values").view(5, 9).tolist() == values[5:9].tolist()


def written(**arrays: Any) -> bytes:
    file = io.BytesIO()
    out = SegmentWriter(file)
    for name, values in arrays.items():
        out.add(name, values)
    out.finish({})
    return file.getvalue()


@pytest.mark.parametrize("kind", [f"<{kind}" for kind in KINDS])
def test_every_block_is_checked_when_it_is_first_touched(kind: str) -> None:
    values = np.arange(20_000).astype(kind)
    data = written(few=np.zeros(3, "<u1"), many=values, strided=values[::7])
    size = int(kind[2:])
    column = SegmentFile(data, "x", "y").column("many")
    assert [column.item(place) for place in range(len(values))] == values.tolist()
    assert SegmentFile(data, "x", "y").column("strided").view().tolist() == values[::7].tolist()
    with pytest.raises(IndexError):
        column.item(20_000)
    at = 64 + size * 5_000
    block = at - at % CHECK_BLOCK
    spoiled_data = bytearray(data)
    spoiled_data[at] ^= 1
    spoiled = SegmentFile(bytes(spoiled_data), "x", "y").column("many")
    first, last = (block - 64) // size, (block + CHECK_BLOCK - 64) // size
    sound = [*range(max(0, first)), *range(last, 20_000)]
    assert [spoiled.item(place) for place in sound] == values[sound].tolist()
    message = f"the block at byte {block} does not match its checksum"
    for place in (max(0, first), 5_000, last - 1):
        with pytest.raises(IndexDamaged, match=message):
            spoiled.item(place)
    with pytest.raises(IndexDamaged, match=message):
        spoiled.view(last - 1, last)
    assert spoiled.view(last, 20_000).tolist() == values[last:].tolist()


def test_numbers_of_4_bytes() -> None:
    file = SegmentFile(written(**{kind: np.arange(9).astype(f"<{kind}") for kind in KINDS}), "", "")
    for kind in KINDS:
        if kind in ("u8", "i4"):
            with pytest.raises(IndexDamaged, match=f"an array has the type '<{kind}'"):
                file.column(kind).uints()
        else:
            numbers = file.column(kind).uints()
            assert (numbers.format, numbers.tolist()) == ("I", [*range(9)])


def test_a_run_is_found_by_its_offsets_and_what_leads_astray_is_found() -> None:
    offsets = np.arange(0, 60_000, 3, dtype="<u4")
    data = written(offsets=offsets)
    column = SegmentFile(data, "x", "y").column("offsets")
    for offset in (0, 2, 3, 29_999, 59_996):
        start = offset - offset % 3
        assert column.run_at(offset) == (start // 3, start, start + 3)
    for offset in (-1, 59_997):
        with pytest.raises(IndexDamaged, match=f"an array has no run that contains {offset}"):
            column.run_at(offset)
    spoiled_data = bytearray(data)
    spoiled_data[4 * 10_000 + 3] ^= 0x80  # where halving begins
    spoiled = SegmentFile(bytes(spoiled_data), "x", "y").column("offsets")
    assert spoiled.run_at(5) == (1, 3, 6)
    with pytest.raises(IndexDamaged, match=r"the block at byte 36864 does not match its checksum"):
        spoiled.run_at(59_000)
