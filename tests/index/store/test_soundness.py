"""What is damage: what a checksum or a bound says, and nothing that goes wrong in our own code."""

import random
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from command import Run
from hostile import rewritten, segment_file
from nutgraf import Article, Index, IndexDamaged, Searcher, search, suggest
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.matching.scored_terms import ScoredTerms
from nutgraf.positions import leaf_positions
from nutgraf.suggestions import field_values
from nutgraf_index.arrays import Array
from nutgraf_index.fields import Kind
from nutgraf_index.indexing import batch, merger
from nutgraf_index.model import Role
from nutgraf_index.segment.file import SegmentWriter
from nutgraf_index.segment.postings_reader import ROW
from nutgraf_index.segment.stored_fields import StoredFile
from nutgraf_index.segment.writing import stored_blocks
from nutgraf_index.segment.writing.stored_blocks import Compression
from nutgraf_index.store import commit as commits
from nutgraf_index.store import soundness
from nutgraf_index.store.directory import DiskDirectory
from nutgraf_index.store.segment_reader import SegmentReader
from scale import size


def article(id: str, passages: int = 40) -> Article:
    chance = random.Random(id)
    words = "otter river Istanbul missile re-entry fence".split()
    lines = ["# Tension " + id]
    lines += [" ".join(chance.choices(words, k=12)) + "." for _ in range(passages)]
    return Article(
        id=id,
        title=f"The River {id}",
        authors=("Ann Lee", "Bo Ek"),
        date="2020-01-12",
        place="Istanbul",
        source="Reuters",
        path=f"2020/{id}",
        format="markdown",
        metadata={"desk": id},
        text="\n\n".join(lines),
    )


@pytest.fixture
def sound(tmp_path: Path) -> Iterator[Index]:
    (tmp_path / "a.txt").write_text("An otter of a file.")
    with Index.open(tmp_path / "i", create=True) as index:
        index.sync([tmp_path / "a.txt"])
        index.add([article(id) for id in "bc"])
        index.add([article(id) for id in "de"])
        index.remove(["c"])
        yield index


# Faults of ours

ERRORS = (IndexError, KeyError, ValueError, TypeError, ZeroDivisionError, MemoryError, RuntimeError)
DOORS: dict[str, tuple[Any, str, Callable[[Index], Any]]] = {
    "search": (ScoredTerms, "top_k", lambda index: search("otter", index)),
    "phrase": (SegmentPostings, "phrase", lambda index: search("otter by:lee", index)),
    "expand": (
        leaf_positions,
        "choice_of_words",
        lambda index: search("ott* riv*", index, expand=True),
    ),
    "paths": (SegmentReader, "find_docs", lambda index: search("otter", index, paths=["/"])),
    "counts": (
        SnapshotPostings,
        "doc_freq",
        lambda index: search("otter zebra", index).suggestions,
    ),
    "suggest": (field_values, "_read_values", lambda index: suggest("by:an", index)),
    "article": (SegmentReader, "stored", lambda index: Searcher(index).article("b")),
    "stats": (SegmentReader, "stored_file", lambda index: index.stats()),
    "add": (SegmentReader, "find_docs", lambda index: index.add([article("f")])),
    "sync": (SegmentReader, "stored_file", lambda index: index.sync([Path(__file__)])),
    "merge": (merger, "_merged", lambda index: index.compact()),
}


@pytest.mark.parametrize("door", DOORS)
def test_an_error_of_ours_is_told_as_it_is(
    door: str, sound: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise planted

    owner, name, action = DOORS[door]
    monkeypatch.setattr(owner, name, fails)
    # An ordinary run raises each error at some doors.
    for error in ERRORS[[*DOORS].index(door) % size(4, 1) :: size(4, 1)]:
        planted = error("planted")
        with pytest.raises(error) as caught:
            action(sound)
        assert caught.value is planted


def test_what_was_found_sound_is_not_checked_again(
    sound: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise IndexError("planted")

    def check(reader: SegmentReader) -> None:
        checked.append(reader.name)
        real(reader)

    monkeypatch.setattr(ScoredTerms, "top_k", fails)
    real, checked = soundness.check_bounds, list[str]()
    monkeypatch.setattr(soundness, "check_bounds", check)
    with Searcher(sound) as searcher:
        for _ in range(3):
            with pytest.raises(IndexError, match="planted"):
                searcher.search("otter")
    assert checked == [reader.name for reader in sound.snapshot().readers]


# Impossible numbers


def one_segment(folder: Path, *articles: Article) -> Path:
    """Make an index of one segment, with a file in it."""
    (folder / "a.txt").write_text("An otter of a file.")
    with Index.open(folder / "i", create=True) as index:
        index.sync([folder / "a.txt"])
        index.add(articles)
        index.compact()
        assert len(index.snapshot().readers) == 1
        assert index.verify() == ()
    return folder / "i"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    far = " ".join(f"far{number}" for number in range(300)) + "."
    many = "\n\n".join("An otter." for _ in range(600))
    articles = (article("b"), Article(id="far", text=far), Article(id="many", text=many))
    with pytest.MonkeyPatch.context() as patch:  # so that there is a dictionary
        patch.setitem(batch.COMPRESSIONS, "passages", Compression(1 << 8))
        patch.setattr(stored_blocks, "_TRAINED_FROM", 1 << 12)
        patch.setattr(stored_blocks, "_SHARE", 4)
        return one_segment(tmp_path_factory.mktemp("small"), *articles)


# Where no bound says which number it must be. An article of an export may begin at any line.
FREE = {
    ("passage.fingerprint", "greatest"),
    ("article.title_print", "greatest"),
    ("compound.docs", "greatest"),
    ("article.line", "greatest"),
}
COMPRESSED = (".data", ".dictionaries")


def arrays(folder: Path) -> set[str]:
    return {name for name, (_, _, length) in segment_file(folder)._arrays.items() if length}


@pytest.mark.parametrize("change", ["greatest", "cut"])
def test_every_array_has_its_bounds(change: str, small: Path, tmp_path: Path) -> None:
    assert arrays(small) >= {
        "text.blocks",
        "text.occurrences",
        "by.occurrences",
        "files.at",
        "article.title.values",
        "article.authors.first",
        "root.numbers",
        "passage.gap",
        "passages.dictionaries",
        "metadata.data",
    }
    # An ordinary run changes every other array, and cuts the rest.
    first = size(["greatest", "cut"].index(change), 0)
    for name in sorted(arrays(small))[first :: size(2, 1)]:

        def spoil(of: str, values: Any, name: str = name) -> Any:
            if of == name and change == "greatest":
                at, most = len(values) // 3, np.iinfo(values.dtype).max
                values[at] = most if values[at] != most else 0
            return values[:-1] if (of, change) == (name, "cut") else values

        folder = tmp_path / name
        shutil.copytree(small, folder)
        rewritten(folder, spoil)
        with Index.open(folder) as index:
            damages = index.verify()
        # A compressed byte may be another and still make as many of what there was.
        if (name, change) in FREE or (name.endswith(COMPRESSED) and not damages):
            assert damages == ()
        else:
            assert len(damages) == 1, name
            (damage,) = damages
            assert damage.file.endswith(".seg")
            assert name.partition(".")[0] in damage.problem


def test_a_dictionary_that_a_merge_could_not_compress_with(small: Path, tmp_path: Path) -> None:
    def spoil(name: str, values: Any) -> Any:
        if name == "passages.dictionaries":
            values[4:200] = 0
        return values

    shutil.copytree(small, tmp_path / "i")
    rewritten(tmp_path / "i", spoil)
    with Index.open(tmp_path / "i") as index:
        (damage,) = index.verify()
    assert "passages has an impossible dictionary" in damage.problem


@pytest.mark.parametrize("words", [-1, 0, 2])
def test_an_average_length_that_cannot_be(words: int, sound: Index, tmp_path: Path) -> None:
    sound.compact()
    rewritten(tmp_path / "i", lambda _, values: values, lambda facts: facts | {"text.words": words})
    with pytest.raises(IndexDamaged, match="text has an impossible sum of lengths"):
        search("otter", tmp_path / "i")


@pytest.mark.parametrize(
    "fact", ["passage", "section", "article", "file", "title.words", "by.squares"]
)
def test_every_fact_has_its_bounds(fact: str, sound: Index, tmp_path: Path) -> None:
    rewritten(tmp_path / "i", lambda _, values: values, lambda facts: facts | {fact: 5})
    (damage, *_) = sound.verify()
    assert damage.file.endswith(".seg")


def swapped(name: str, at: int) -> Callable[[str, Any], Any]:
    def swap(of: str, values: Any) -> Any:
        if of == name:
            values[[at, at + 1]] = values[[at + 1, at]]
        return values

    return swap


def put(name: str, at: int, value: int) -> Callable[[str, Any], Any]:
    def change(of: str, values: Any) -> Any:
        if of == name:
            values[at] = value
        return values

    return change


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("text.docs", put("text.docs", 0, 1 << 31)),
        ("text.occurrences", put("text.occurrences", 0, 255)),
        ("title.occurrences", put("title.occurrences", 0, 3 << 6)),  # of a title of three words
        ("title.doc_at", put("title.doc_at", 1, 2)),
        ("title.occurrence_at", put("title.occurrence_at", 1, 2)),
        ("title.lengths", put("title.lengths", 0, 4)),
        ("title.terms", swapped("title.terms", 0)),
        ("title.words.ends", put("title.words.ends", 1, 0)),
        ("text.words.stems", put("text.words.stems", 0, 1)),
        ("text.at", put("text.at", 0, 1)),
        ("article.opening", put("article.opening", 0, 42)),  # of an article of 41 passages
        ("article.day", put("article.day", 0, 99_999_999)),
        ("article.day", put("article.day", 0, 2020_02_30)),
        ("article.day", put("article.day", 0, 1231)),
        ("article.at", put("article.at", 1, 2)),
        ("section.first", put("section.first", 1, 0)),
        ("passages", put("passages.raw_ends", 1, 1)),
        ("passages", put("passages.at", 1, 0)),
        ("passage.gap", put("passage.gap", 1, 250)),  # longer than its record
        ("passage.wide", put("passage.wide", 1, 1)),
        ("passage.role", put("passage.role", 1, len(Role))),
        ("passage.line", put("passage.line", 1, 99)),  # before those of later passages
        ("article.authors.numbers", put("article.authors.numbers", 0, 2)),
        ("heading.value_ends", put("heading.value_ends", 1, 99)),
        ("article.title.values", put("article.title.values", 0, 255)),
        ("article.authors.first", put("article.authors.first", 1, 1)),
        ("metadata", put("metadata.at", 1, 5)),
    ],
)
def test_a_number_out_of_bounds(
    name: str, change: Callable[[str, Any], Any], tmp_path: Path
) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add([article("b")])
        rewritten(folder, change)
        (damage,) = index.verify()
        assert name.partition(".")[0] in damage.problem
        assert "`nutgraf verify --rollback` returns to the previous commit" in damage.problem


def both(one: Callable[[str, Any], Any], other: Callable[[str, Any], Any]) -> Any:
    return lambda name, values: other(name, one(name, values))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("doc_at", put("text.doc_at", 1, 2)),
        ("block_docs", put("text.blocks", 2 * ROW + 1, 3)),
        ("block_last", put("text.blocks", 0, 126)),
        ("block_freq", put("text.blocks", 3, 2)),
        ("block_length", put("text.blocks", 4, 2)),
        ("at", both(put("text.at", 1, 1), put("text.at", 2, 5))),
        ("stems", put("text.words.stems", 1, 0)),
    ],
)
def test_numbers_that_could_be_of_another_index(
    name: str, change: Callable[[str, Any], Any], tmp_path: Path
) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add([Article(id="b", text="\n\n".join(["ant bee.", "bee ant."] + ["cow."] * 600))])
        assert index.verify() == ()
        rewritten(folder, change)
        (damage,) = index.verify()
        assert "text." in damage.problem
        assert re.search("out of bounds|impossible numbers", damage.problem)


def test_terms_that_are_not_sorted(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id=f"of-one-prefix-{id}", text="An otter.") for id in "ab"])
        rewritten(
            tmp_path / "i",
            lambda name, values: (
                np.roll(values, len(values) // 2) if name == "article.terms" else values
            ),
        )
        (damage,) = index.verify()
        assert "article.terms has numbers out of bounds" in damage.problem


def test_an_article_with_two_dates(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add(
            [Article(id=f"{year}", date=f"{year}", text="An otter.") for year in (2019, 2020)]
        )
        docs = segment_file(tmp_path / "i").column("date.docs").view()
        rewritten(tmp_path / "i", put("date.docs", 1, docs[0]))
        (damage,) = index.verify()
        assert "date.docs has numbers out of bounds" in damage.problem


def test_an_article_without_an_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(batch._INDEXED, Kind.NAME, lambda id: id if id == "a" else "")
    with Index.in_memory() as index:
        index.add([Article(id=id, text="An otter.") for id in "ab"])
        (damage,) = index.verify()
        assert "article.terms has numbers out of bounds" in damage.problem


@pytest.mark.parametrize("wrong", [b"[]", b"5", b"{", b"\xff"])
def test_metadata_that_is_none(wrong: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "dump_metadata", lambda article: wrong)
    with Index.in_memory() as index:
        index.add([article("b")])
        (damage,) = index.verify()
        assert "a record of metadata cannot be read" in damage.problem
        with pytest.raises(IndexDamaged, match="a record of metadata cannot be read"):
            search("otter", index)


def test_records_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for wrong in (
        StoredFile("r", "p", 5),  # type: ignore[arg-type]
        StoredFile("r", "p", "", (("", "x"),)),  # type: ignore[arg-type]
        StoredFile("r", "p", "", (), (5,)),  # type: ignore[arg-type]
    ):
        with Index.in_memory() as index:
            with index._writing() as writer:
                writer.put_file(wrong)
            (damage,) = index.verify()
            assert "a record of files cannot be read: a value has the wrong type" in damage.problem


def test_deletions_that_fit_nothing(sound: Index, tmp_path: Path) -> None:
    disk = DiskDirectory(tmp_path / "i")
    commit = commits.current(disk)
    (at,) = [n for n, entry in enumerate(commit.entries) if entry.deleted]
    for numbers, file in (([1, 0], ".del"), ([0, 0], ".del"), ([0, 9], ".seg")):
        name = commit.entries[at].deleted
        with disk.create(name) as out:
            writer = SegmentWriter(out)
            writer.add("articles", np.array(numbers, "<u4"))
            writer.add("files", np.zeros(0, "<u4"))
            size, check = writer.finish({})
        entries = list(commit.entries)
        entries[at] = entries[at]._replace(deleted_size=size, deleted_check=check)
        commits.publish(disk, commit._replace(entries=tuple(entries)))
        (damage,) = sound.verify()
        assert damage.file.endswith(file)
        with pytest.raises(IndexDamaged, match="delete"):
            search("otter", tmp_path / "i")


def test_an_unsound_index_is_told_and_left_by_a_rollback(
    sound: Index, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "i"
    before = commits.current(DiskDirectory(folder))
    sound.compact()
    rewritten(folder, lambda name, values: values * 0 + 65_535 if name == "text.docs" else values)
    (damage,) = sound.verify()
    assert damage.problem.startswith(f"the index is damaged: {folder}: {damage.file}: text.docs ")
    with pytest.raises(IndexDamaged, match=r"text.docs cannot be read: a doc id .* `nutgraf ver"):
        search("otter", folder)
    done = run("verify", "--index", str(folder))
    assert (done.returncode, done.stdout) == (2, "")
    assert "text.docs cannot be read: a doc id is out of range" in done.stderr
    assert run("verify", "--rollback", "--index", str(folder)).returncode == 0
    assert commits.current(DiskDirectory(folder)) == before
    assert sound.verify() == ()


@pytest.mark.parametrize("name", ["text", "text.words", "article"])
def test_terms_that_are_there_twice_are_not_merged(name: str, tmp_path: Path) -> None:
    def doubled(of: str, values: Array) -> Array:
        if of == f"{name}.terms":
            return np.frombuffer(values.tobytes().replace(b"bb", b"ba"), values.dtype)
        # A word may be there twice, with two terms.
        return np.zeros_like(values) if of == f"{name}.stems" else values

    with Index.open(tmp_path / "i", create=True) as index:
        index.add([Article(id="bb", text="bb zz."), Article(id="ba", text="ba zz.")])
        rewritten(tmp_path / "i", doubled)
        index.add([Article(id="c", text="An otter.")])
        with pytest.raises(IndexDamaged, match=rf"{name}\.?\w* has numbers out of bounds"):
            index.compact()


@pytest.mark.parametrize(
    ("array", "kind", "value", "problem"),
    [
        ("article.line", "<u4", 1 << 31, "article.line"),
        ("article.line", "<u8", (1 << 64) - 1, "article.line"),
        ("passage.short", "<u1", 3, "passage.short"),
        ("passage.role", "<u1", len(Role), "passage.role"),
    ],
)
def test_a_wrong_number_of_a_column_is_damage(
    array: str, kind: str, value: int, problem: str, small: Path, tmp_path: Path
) -> None:
    def spoil(name: str, values: Any) -> Any:
        return np.full_like(values, value, kind) if name == array else values

    shutil.copytree(small, tmp_path / "i")
    rewritten(tmp_path / "i", spoil)
    with Index.open(tmp_path / "i") as index:
        (damage,) = index.verify()
        assert problem in damage.problem
        if array != "passage.short":
            with pytest.raises(IndexDamaged, match=problem):
                search("otter", index)


def test_columns_have_the_types_of_the_table(small: Path, tmp_path: Path) -> None:
    def spoil(name: str, values: Any) -> Any:
        return values.astype("<u4") if name == "passage.short" else values

    shutil.copytree(small, tmp_path / "i")
    rewritten(tmp_path / "i", spoil)
    with (
        Index.open(tmp_path / "i") as index,
        pytest.raises(IndexDamaged, match=r"passage.short has numbers of another type than <u1"),
    ):
        search("otter", index)
