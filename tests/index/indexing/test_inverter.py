"""Terms are inverted in ranges, as many at a time as there is memory for."""

import contextlib
from pathlib import Path

import pytest

from nutgraf import Article, Index
from nutgraf_index.indexing import inverter
from nutgraf_index.segment import file
from nutgraf_index.segment.writing import postings as postings_writer
from scale import size
from small import changed, crowd


def test_a_range_of_terms_at_a_time_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = []
    for name, ranges, packed, pieces in (
        ("all at once", {}, {}, {}),
        ("in ranges", {"_POSTING": 1 << 20}, {}, {}),
        ("packed in parts", {}, {"_AT_ONCE": 50}, {}),
        ("read in pieces that end amid a unit", {}, {}, {"_MOST_BUFFERED": 1, "_PIECE": 12}),
        ("all", {"_POSTING": 1 << 20}, {"_AT_ONCE": 50}, {"_MOST_BUFFERED": 1, "_PIECE": 12}),
    ):
        with (
            changed(inverter, **ranges),
            changed(postings_writer, **packed),
            changed(file, **pieces),
            Index.open(tmp_path / name, create=True) as index,
        ):
            index.add(
                [
                    *crowd(4, size(400, 900)),
                    Article(id="long", text="word " * 300 + "w1x " * 300),
                    Article(id="several", text="x", authors=("A. Roe", "Bo Doe", "A. Poe")),
                ]
            )
        made.append([path.read_bytes() for path in (tmp_path / name).glob("*.seg")])
    assert len(made[0]) == 1
    assert all(others == made[0] for others in made)


def test_an_error_does_not_wait_for_ranges_that_nobody_takes() -> None:
    asked = []

    def work(first: int, last: int) -> int:
        asked.append(first)
        return last

    ranges = [(number, number + 1) for number in range(50)]
    assert list(inverter._by_threads(work, ranges)) == list(range(1, 51))
    assert sorted(asked) == list(range(50))
    asked.clear()
    with contextlib.closing(inverter._by_threads(work, ranges)) as made:
        assert next(made) == 1
    assert len(asked) < 10
