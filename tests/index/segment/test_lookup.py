"""Lookups of documents from array to array, and the checks of the blocks they read."""

import io
import random
from typing import Any

import numpy as np
import pytest

from nutgraf_index.core.buffers import uints
from nutgraf_index.errors import IndexDamaged
from nutgraf_index.segment.file import CHECK_SHIFT, SegmentFile, SegmentWriter
from nutgraf_index.segment.lookup import Lookup

COUNT = 40_000
WORDS = [f"w\u00f6rd {number}" * (number % 3) for number in range(COUNT)]

BESIDE = uints([3 * number for number in range(COUNT)])


def written(**arrays: Any) -> bytes:
    file = io.BytesIO()
    writer = SegmentWriter(file)
    for name, values in arrays.items():
        writer.add(name, values)
    writer.finish({})
    return file.getvalue()


def of_words(**more: Any) -> bytes:
    words = [word.encode() for word in WORDS]
    ends = np.cumsum([0, *map(len, words)]).astype("<u4")
    shuffled = np.random.default_rng(1).permutation(COUNT)
    arrays = {
        "numbers": shuffled.astype("<u2"),
        "more": (shuffled % 7).astype("<u1"),
        "ends": ends,
        "texts": np.frombuffer(b"".join(words), "u1"),
        "long": np.full(COUNT + 1, 1 << 61, "<u8"),
    }
    return written(**arrays | more)


ROWS = ("number", "next", "sum", "difference", "beside", "text", "byte", "run", "same")


def found(file: SegmentFile, doc_ids: list[int]) -> dict[str, list[Any]]:
    rows = lookup_of(file).execute(doc_ids)
    return {name: rows[name] for name in ROWS}


def lookup_of(file: SegmentFile) -> Lookup:
    lookup = Lookup(file, "doc_id", BESIDE)
    lookup.take("number", "numbers", "doc_id")
    lookup.take("next", "numbers", "doc_id", 1)
    lookup.take("_more", "more", "doc_id")
    lookup.add("sum", "number", "_more")
    lookup.add("difference", "number", "next", -1, 5)
    lookup.pick("beside", "number")
    lookup.text("text", "ends", "texts", "number")
    lookup.take("byte", "ends", "number")
    lookup.find("run", "ends", "byte")
    lookup.give("same", "all")
    return lookup


def test_each_step_gives_what_it_says() -> None:
    file = SegmentFile(of_words(), "x", "y")
    numbers, more, ends = (file.column(name).view() for name in ("numbers", "more", "ends"))
    file.checked[:] = bytes(len(file.checked))
    lookup, chance = lookup_of(file), random.Random(2)
    for count in (1, 2, 10, 500):
        doc_ids = [chance.randrange(COUNT - 1) for _ in range(count)]
        values = lookup.execute(doc_ids)
        assert values["number"] == [numbers[doc_id] for doc_id in doc_ids]
        assert values["next"] == [numbers[doc_id + 1] for doc_id in doc_ids]
        assert values["sum"] == [numbers[doc_id] + more[doc_id] for doc_id in doc_ids]
        assert values["text"] == [WORDS[numbers[doc_id]] for doc_id in doc_ids]
        pairs = zip(values["number"], values["next"], strict=True)
        assert values["difference"] == [number - after + 5 for number, after in pairs]
        assert values["beside"] == [3 * number for number in values["number"]]
        assert values["byte"] == [ends[numbers[doc_id]] for doc_id in doc_ids]
        assert [ends[run] for run in values["run"]] == values["byte"]
        assert all(run == COUNT or ends[run + 1] > ends[run] for run in values["run"])
        assert values["same"] == ["all"] * count
        for hidden in ("doc_id", "_more"):
            with pytest.raises(KeyError, match=hidden):
                values[hidden]


def test_only_the_blocks_that_are_read_are_checked() -> None:
    file = SegmentFile(of_words(), "x", "y")
    before = sum(file.checked)
    lookup_of(file).execute([7])
    assert 0 < sum(file.checked) - before <= 7


@pytest.mark.parametrize("flipped", [None, 0, 1, 2, 3, 4])
def test_each_block_of_a_long_text_is_checked(flipped: int | None) -> None:
    long = "a" * (5 << CHECK_SHIFT)
    file = texts_of([b"b", long.encode()])
    if flipped is not None:
        start, _, _ = file.column("texts").layout
        file.data[start + (flipped << CHECK_SHIFT) + 9] ^= 1
    lookup = Lookup(file, "doc_id", BESIDE)
    lookup.text("text", "ends", "texts", "doc_id")
    if flipped is None:
        assert lookup.execute([1, 0, 1])["text"] == [long, "b", long]
        return
    with pytest.raises(IndexDamaged, match="does not match its checksum"):
        lookup.execute([1, 0, 1])


def test_a_flipped_byte_is_found_where_it_is_read() -> None:
    data = of_words()
    sound = SegmentFile(data, "x", "y")
    doc_ids = [*range(0, COUNT - 1, 100)]
    wanted = found(sound, doc_ids)
    read = [at for at, checked in enumerate(sound.checked) if checked]
    assert len(read) > 100
    for block in range(len(sound.checked)):
        damaged = bytearray(data)
        damaged[(block << CHECK_SHIFT) + 5] ^= 1
        if block in read:
            with pytest.raises(IndexDamaged, match="does not match its checksum"):
                lookup_of(SegmentFile(damaged, "x", "y")).execute(doc_ids)
        else:
            assert found(SegmentFile(damaged, "x", "y"), doc_ids) == wanted


@pytest.mark.parametrize("doc_ids", [[-1], [COUNT - 1], [COUNT], [0, 1 << 62], [-(1 << 63)]])
def test_an_index_beyond_the_last_is_an_error(doc_ids: list[int]) -> None:
    with pytest.raises(IndexError, match="an index is out of range"):
        lookup_of(SegmentFile(of_words(), "x", "y")).execute(doc_ids)


HOSTILE = {
    "numbers": np.full(COUNT, COUNT + 1, "<u4"),
    "ends of nothing": np.arange(COUNT + 1, 0, -1).astype("<u4"),
    "ends beyond": np.arange(COUNT + 1).astype("<u8") << 48,
    "ends of 64 bits": np.full(COUNT + 1, (1 << 64) - 1, "<u8"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_numbers_are_an_error(name: str) -> None:
    data = of_words(**{name.partition(" ")[0]: HOSTILE[name]})
    with pytest.raises(IndexError):
        lookup_of(SegmentFile(data, "x", "y")).execute([*range(50)])


def test_what_is_beside_ends_too() -> None:
    lookup = Lookup(SegmentFile(of_words(), "x", "y"), "doc_id", BESIDE[:10])
    lookup.pick("beside", "doc_id")
    assert lookup.execute([9, 0])["beside"] == [27, 0]
    for doc_id in (-1, 10, 1 << 62):
        with pytest.raises(IndexError, match="an index is out of range"):
            lookup.execute([doc_id])


def test_numbers_must_be_below_a_bound() -> None:
    file = SegmentFile(of_words(), "x", "y")
    number = file.column("numbers").view()[3]
    for below, is_sound in ((number + 1, True), (number, False), (1, False)):
        lookup = Lookup(file, "doc_id", BESIDE)
        lookup.take("number", "numbers", "doc_id", below=below)
        if is_sound:
            assert lookup.execute([3])["number"] == [number]
            continue
        with pytest.raises(IndexError, match="an index is out of range"):
            lookup.execute([3])


def test_large_numbers_are_added_without_a_wrap() -> None:
    file = SegmentFile(of_words(), "x", "y")
    lookup = Lookup(file, "doc_id", BESIDE)
    lookup.take("one", "long", "doc_id")
    lookup.add("sum", "one", "one")
    lookup.find("run", "long", "sum")
    rows = lookup.execute([3])
    assert [rows[name] for name in ("one", "sum", "run")] == [[1 << 61], [1 << 62], [COUNT]]


def texts_of(pieces: list[bytes]) -> SegmentFile:
    ends = [sum(map(len, pieces[:number])) for number in range(len(pieces) + 1)]
    texts = memoryview(b"".join(pieces))
    return SegmentFile(bytearray(written(ends=uints(ends), texts=texts)), "x", "y")


def test_texts_are_read_before_the_file_goes() -> None:
    file = texts_of(["h\u00e4\U0001f9a6".encode(), b"", b"\xed\xa0\x80", b"b"])
    lookup = Lookup(file, "doc_id", BESIDE)
    lookup.text("text", "ends", "texts", "doc_id")
    lookup.text("again", "ends", "texts", "doc_id")
    rows = lookup.execute([2, 0, 3, 1])
    file.data[:] = bytes(len(file.data))
    assert rows["text"] == rows["again"] == ["\ud800", "h\u00e4\U0001f9a6", "b", ""]


@pytest.mark.parametrize("pieces", [[b"a\xc3", b"\xa4b"], [b"\xff"], [b"a", b"\x80"]])
def test_a_text_that_is_no_utf_8_is_an_error_when_it_is_found(pieces: list[bytes]) -> None:
    lookup = Lookup(texts_of(pieces), "doc_id", BESIDE)
    lookup.text("text", "ends", "texts", "doc_id")
    with pytest.raises((IndexError, UnicodeDecodeError), match=r"within a character|can't decode"):
        lookup.execute([*range(len(pieces))])
