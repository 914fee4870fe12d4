"""The merge policy: when segments are merged, and which."""

from pathlib import Path

import pytest

from nutgraf import Article, Index, search
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.merge_policy import MergePolicy, SegmentSize
from nutgraf_index.store.commit import Entry

POLICY = MergePolicy(small=10, width=4)


def sized(*live: int) -> list[SegmentSize]:
    return [SegmentSize(passages) for passages in live]


@pytest.mark.parametrize(
    ("live", "merged"),
    [
        ([], []),
        ([5, 5, 5], []),  # three are not enough
        ([5, 5, 5, 5], [0, 1, 2, 3]),
        ([5, 5, 5, 5, 5], [0, 1, 2, 3, 4]),  # all of the size, not four of them
        ([0, 1, 10, 39], [0, 1, 2, 3]),  # small ones are of one size, whatever they have
        ([39, 39, 39, 40], []),  # forty are the next size
        ([40, 40, 159, 159], [0, 1, 2, 3]),
        ([40, 40, 159, 160], []),
        ([160, 639, 160, 639, 640], [0, 1, 2, 3]),
        ([5, 5, 40, 40, 40, 40, 5], [2, 3, 4, 5]),
        ([40, 40, 5, 5, 40, 40, 5, 5], [2, 3, 6, 7]),  # the smallest size first
        ([5, 40, 160, 640, 2560], []),
    ],
)
def test_segments_of_one_size(live: list[int], merged: list[int]) -> None:
    assert POLICY.next_merge(sized(*live)) == merged


@pytest.mark.parametrize(
    ("segments", "merged"),
    [
        ([SegmentSize(5, 5)], []),  # a half is not more than a half
        ([SegmentSize(5, 6)], [0]),
        ([SegmentSize(0, 1)], [0]),
        ([SegmentSize(0, 0)], []),
        ([SegmentSize(50), SegmentSize(50, 51), SegmentSize(5, 6)], [1]),  # the first alone
        ([SegmentSize(5, 90), *sized(5, 5, 5)], [0, 1, 2, 3]),  # what is live is its size
        (
            [SegmentSize(900, 901), *sized(5, 5, 5, 5)],
            [1, 2, 3, 4],
        ),  # sizes first, then deletions
    ],
)
def test_segments_with_much_deleted(segments: list[SegmentSize], merged: list[int]) -> None:
    assert POLICY.next_merge(segments) == merged


def test_a_segment_of_which_nothing_is_left_and_one_of_the_usual_sizes() -> None:
    usual = MergePolicy()
    assert usual.next_merge(sized(1, 3999, 999, 3999)) == [0, 1, 2, 3]
    assert usual.next_merge(sized(1, 3999, 999, 4000)) == []
    assert usual.next_merge([SegmentSize(4000, 4001)]) == [0]


@pytest.mark.parametrize(
    ("segments", "merged"),
    [
        ([], []),
        (sized(5), []),
        (sized(5, 900), [0, 1]),
        ([SegmentSize(5, 1, whole=False)], [0]),
        ([SegmentSize(5, 0, whole=False)], [0]),  # an article without passages, or a file
        ([SegmentSize(5, 1, whole=False), *sized(7, 8)], [0, 1, 2]),
    ],
)
def test_compaction_leaves_one_segment_without_deletions(
    segments: list[SegmentSize], merged: list[int]
) -> None:
    assert POLICY.compaction(segments) == merged


def passages(index: Index) -> list[int]:
    return [reader.passages for reader in index.snapshot().readers]


def article(id: str, count: int) -> Article:
    return Article(id=id, text="\n\n".join(f"An otter {id} {n}." for n in range(count)))


def test_commits_merge_as_the_policy_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_POLICY", POLICY)
    with Index.open(tmp_path / "i", create=True) as index:
        for number, expected in enumerate(([12], [12, 12], [12, 12, 12], [48])):
            index.add([article(f"a{number}", 12)])
            assert passages(index) == expected
        index.add([article("b", 3)])
        assert passages(index) == [48, 3]
        index.remove(["a1", "a2"])  # a half
        assert passages(index) == [48, 3]
        index.remove(["a0"])
        assert passages(index) == [12, 3]
        index.add([article("c", 2)])
        index.add([article("d", 60)])
        assert passages(index) == [12, 3, 2, 60]
        index.add([article("e", 1)])  # of four small ones: one, where the first of them was
        assert passages(index) == [18, 60]
        assert search("otter", index).total == 78


def test_merges_follow_one_from_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "_POLICY", POLICY)
    with Index.open(tmp_path / "i", create=True) as index:
        for id in "abc":
            index.add([article(id, 40)])
        for id in "defg":
            index.add([article(id, 10)])
        assert passages(index) == [160]  # four of ten are the fourth of forty


def test_compaction(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([article("a", 2)])
        index.add([article("b", 3)])
        index.remove(["a"])
        index.compact()
        assert passages(index) == [3]
        (entry,) = index.snapshot().commit.entries
        assert entry == Entry(entry.segment, entry.size, entry.check, language="en")
        index.compact()
        assert index.snapshot().commit.entries == (entry,)  # it was not rewritten
        index.add([article("c", 1)])
        index.compact()
        index.remove(["b"])
        assert passages(index) == [1]  # of four, more than a half were deleted
        index.add([article("d", 4)])
        index.compact()
        index.remove(["c"])
        assert passages(index) == [5]
        index.compact()
        assert passages(index) == [4]  # of one segment as well
        index.remove(["d"])
        index.compact()
        assert index.snapshot().commit.entries == ()
