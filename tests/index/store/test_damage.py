"""Damaged and hostile indexes: the same answer or `IndexDamaged`, never another one."""

import contextlib
import errno
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hostile import rewritten, segment_file
from nutgraf import Article, Index, IndexDamaged, IndexUnusable, NotIndexedError, Searcher, search
from nutgraf_index.fields import FORMAT
from nutgraf_index.segment import term_dictionary
from nutgraf_index.store import commit as commits
from nutgraf_index.store.directory import DiskDirectory
from places import DATA, TESTS, TOP
from quick import within
from scale import SEED, chances, rounds, size
from small import changed

QUERIES = [
    "otter",
    "lutra",
    "missile iraq",
    '"the river"',
    "ott* -fence",
    "by:lee river",
    "date:2020 the",
]


def make(folder: Path) -> None:
    """Make an index of two segments, with deletions and synonyms, and a commit before."""
    with Index.open(folder, create=True) as index:
        index.sync([DATA])
        words = "the otter river missile iraq fence bank".split()
        chance = random.Random(1)
        index.add(
            Article(
                id=f"a{number}",
                title=f"River {number}",
                text="\n\n".join(" ".join(chance.choices(words, k=20)) for _ in range(30)),
                authors=("Ann Lee",),
                date="2020-01-01",
            )
            for number in range(30)
        )
        index.keep_synonyms({"lutra": ["otter"]})
        index.remove(["a3", "iraq-us-call.txt"])


def answers(folder: Path) -> list[Any]:
    with Index.open(folder) as index, Searcher(index) as searcher:
        found: list[Any] = []
        for query in QUERIES:
            results = searcher.search(query, limit=7)
            found.append((results.total, [hit.to_dict() for hit in results]))
        try:
            found.append([hit.text for hit in searcher.article("a7")])
        except NotIndexedError:  # a hostile index need not hold it
            found.append("no a7")
        stats = index.stats()
        found.append((stats.articles, stats.passages, stats.files))
        return found


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damage") / "sound"
    make(folder)
    return folder


def flip(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.choice([1, 1, 1, 2, 20])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def cut(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def lengthen(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.randint(1, 5000))


def swap(data: bytearray, chance: random.Random) -> None:
    at, other = chance.randrange(len(data)), chance.randrange(len(data))
    data[at : at + 64], data[other : other + 64] = data[other : other + 64], data[at : at + 64]


def test_damage_is_found_or_does_no_harm(sound: Path, tmp_path: Path) -> None:
    expected = answers(sound)
    chance = chances(4)
    names = sorted(path.name for path in sound.iterdir() if path.name != "write.lock")
    needed = set(names) - {
        min(name for name in names if name.startswith("commit-")),
        commits.FILE_CACHE,
    }
    told = 0
    for _ in range(rounds(10, 100)):
        folder = tmp_path / "i"
        shutil.copytree(sound, folder)
        name = chance.choice(names)
        content = (folder / name).read_bytes()
        if chance.random() < 0.1:
            (folder / name).unlink()
        else:
            data = bytearray(content)
            chance.choice([flip, flip, flip, cut, lengthen, swap])(data, chance)
            (folder / name).write_bytes(data)
        message = ""
        try:
            assert answers(folder) == expected, name
        except IndexDamaged as error:
            message = str(error)
        same = (folder / name).exists() and (folder / name).read_bytes() == content
        assert not message or (name in message and not same)
        if not same and name in needed:
            told += 1
            assert name in found_by_verify(folder), name
            try:
                Index.rollback(folder)
            except IndexDamaged:  # both commits need the file
                shutil.rmtree(folder)
                shutil.copytree(sound, folder)
            with Index.open(folder) as index:
                assert index.verify() == ()
                index.add([Article(id="new", text="A new otter.")])
        shutil.rmtree(folder)
    assert told


def found_by_verify(folder: Path) -> set[str]:
    try:
        with Index.open(folder) as index:
            return {damage.file for damage in index.verify()}
    except IndexDamaged as error:
        return {error.file}


def test_there_is_no_sound_commit_to_return_to(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    for path in folder.glob("commit-*"):
        path.write_bytes(b"{}")
    with pytest.raises(IndexDamaged, match="no other sound commit to return to"):
        Index.rollback(folder)


def test_an_index_that_lost_its_mark_is_not_made_anew(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    (folder / "nutgraf.json").unlink()
    with pytest.raises(IndexDamaged, match=r"nutgraf.json: it is missing.*--rollback"):
        Index.open(folder, create=True)
    Index.rollback(folder)
    assert answers(folder) == answers(sound)


# With a thread for each core, numpy alone would take more address space than the limit.
HOSTILE = """
import os, resource, sys
from pathlib import Path
os.environ["OPENBLAS_NUM_THREADS"] = "1"
sys.path[:0] = {paths!r}
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
from test_damage import hostile_rounds
hostile_rounds(Path({sound!r}), Path({work!r}), {rounds}, {seed})
"""


def hostile_rounds(sound: Path, work: Path, count: int, seed: int) -> None:
    """Open indexes whose checksums hold but whose numbers were chosen to do harm."""
    chance = random.Random(seed)
    for number in range(count):
        folder = work / f"h{number}"
        shutil.copytree(sound, folder)
        names = list(segment_file(folder)._arrays)
        spoiled = set(chance.sample(names, chance.choice([1, 1, 2, 5])))

        def spoil(name: str, values: Any, spoiled: set[str] = spoiled) -> Any:
            if name not in spoiled or not len(values):
                return values
            most = int(np.iinfo(values.dtype).max)
            for _ in range(chance.choice([1, 3, 100])):
                worst = [
                    0,
                    1,
                    most,
                    most // 2,
                    min(len(values), most),
                    chance.randint(0, most),
                ]
                values[chance.randrange(len(values))] = chance.choice(worst)
            if chance.random() < 0.3:
                values = values[: chance.randrange(len(values) + 1)]
            return values

        def facts(known: dict[str, int]) -> dict[str, int]:
            if chance.random() < 0.2:
                known[chance.choice(sorted(known))] = chance.choice([0, -1, 1 << 20, 1 << 62])
            return known

        rewritten(folder, spoil, facts)
        with within(20):
            for action in (answers, Index.open, rewrite):
                with contextlib.suppress(IndexUnusable):
                    action(folder)
        shutil.rmtree(folder)


def rewrite(folder: Path) -> None:
    with Index.open(folder) as index:
        index.compact()


def test_a_hostile_index_does_no_harm(sound: Path, tmp_path: Path) -> None:
    pytest.importorskip("resource", reason="needs limits of a process")
    code = HOSTILE.format(
        paths=[str(TESTS), str(Path(__file__).parent)],
        sound=str(sound),
        work=str(tmp_path),
        rounds=rounds(6, 50),
        seed=5 + SEED,
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]


def test_opening_runs_no_code() -> None:
    forbidden = ("pickle", "marshal", "eval(", "exec(", "__import__")
    sources = TOP.glob("*/nutgraf*/**/*.py")
    for path in sources:
        text = path.read_text("utf-8")
        assert not [word for word in forbidden if word in text], path


def test_a_missing_file_is_named(sound: Path, tmp_path: Path) -> None:
    for name in sorted(commits.current(DiskDirectory(sound)).files()):
        folder = tmp_path / name
        shutil.copytree(sound, folder)
        (folder / name).unlink()
        with pytest.raises(IndexDamaged, match=name) as caught:
            answers(folder)
        assert caught.value.file == name
        assert found_by_verify(folder) == {name}


def test_every_bit_of_the_mark_and_the_commit(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    number = commits.current(DiskDirectory(sound)).number
    for name, step in ((commits.MARK, 1), (f"commit-{number}.json", 7)):
        content = (sound / name).read_bytes()
        for bit in range(0, 8 * len(content), step):
            data = bytearray(content)
            data[bit // 8] ^= 1 << bit % 8
            (folder / name).write_bytes(data)
            with pytest.raises(IndexDamaged, match=name):
                Index.open(folder)
        (folder / name).write_bytes(content)


def test_no_damage_makes_it_an_older_format(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    mark = folder / commits.MARK
    content = mark.read_bytes()
    assert content.count(b"\n") == 2
    mark.write_bytes(content.replace(f'"format": {FORMAT}'.encode(), b'"format": 1'))
    with pytest.raises(IndexDamaged, match="its checksum is wrong"):
        Index.open(folder)
    mark.write_bytes(mark.read_bytes().replace(b"\n", b"\v", 1).strip())
    with pytest.raises(IndexDamaged, match=r"nutgraf.json: it cannot be read"):
        Index.open(folder)


@pytest.mark.parametrize(
    ("number", "remedy"),
    [
        (errno.EMFILE, r"close searchers and other files, or raise .* \(`ulimit -n`\)"),
        (errno.EACCES, "let this user read it"),
        (errno.ENOMEM, "free memory, and try again"),
    ],
)
@pytest.mark.parametrize("kind", ["mark", "commit", "segment"])
def test_a_file_that_the_system_refuses_to_read_is_not_damaged(
    sound: Path, monkeypatch: pytest.MonkeyPatch, kind: str, number: int, remedy: str
) -> None:
    commit = commits.current(DiskDirectory(sound))
    files = {"mark": commits.MARK, "commit": f"commit-{commit.number}.json"}
    name = files.get(kind, commit.entries[0].segment)
    mapped = DiskDirectory._mapped

    def refuse(directory: DiskDirectory, file: str) -> Any:
        if file == name:
            raise OSError(number, os.strerror(number))
        return mapped(directory, file)

    monkeypatch.setattr(DiskDirectory, "_mapped", refuse)
    for call in (search_in, Index.rollback):  # which must not return to an older commit
        with pytest.raises(IndexUnusable, match=f"{name}: {os.strerror(number)}: {remedy}") as info:
            call(sound)
        assert not isinstance(info.value, IndexDamaged)
    monkeypatch.undo()
    assert commits.current(DiskDirectory(sound)) == commit


def test_a_commit_before_that_the_system_refuses_to_read_is_kept(
    sound: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = shutil.copytree(sound, tmp_path / "i")
    number = commits.current(DiskDirectory(folder)).number
    read = DiskDirectory.read

    def refuse(directory: DiskDirectory, file: str) -> Any:
        if file == f"commit-{number}.json" and commits.read_mark(directory) > number:
            raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))
        return read(directory, file)

    with Index.open(folder) as index:
        before = index.stats().articles
        monkeypatch.setattr(DiskDirectory, "read", refuse)
        index.add([Article(id="new", text="An otter.", language="en")])
        monkeypatch.undo()
        assert index.stats().articles == before + 1
    Index.rollback(folder)
    with Index.open(folder) as index:
        assert index.stats().articles == before
        assert index.verify() == ()


def search_in(folder: Path) -> None:
    """Search an index that is opened for it."""
    search("otter", folder)


FEW_HANDLES = """
import gc, resource, sys
from nutgraf import search
search("otter", sys.argv[1])
gc.collect()
gc.disable()  # as where a process has so many objects that cycles are seldom collected
resource.setrlimit(resource.RLIMIT_NOFILE, (40, 40))
print(sum(search("otter", sys.argv[1]).total > 0 for _ in range(60)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of a process")
def test_searches_of_a_folder_do_not_run_out_of_handles(sound: Path) -> None:
    command = [sys.executable, "-c", FEW_HANDLES, str(sound)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (done.stdout, done.stderr) == ("60\n", "")


def test_articles_that_are_there_and_not_found(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add([Article(id=f"very-long-{id}", text="An otter.") for id in "abc"])

    def descending(name: str, values: Any) -> Any:
        return values.reshape(3, -1)[::-1].ravel() if name == "article.terms" else values

    rewritten(folder, descending)
    # A few terms are found whatever their order, more of them by halving.
    with Index.open(folder) as index, Searcher(index) as searcher:
        assert [hit.text for hit in searcher.article("very-long-a")] == ["An otter."]
    with (
        changed(term_dictionary, _SMALL=2),
        Index.open(folder) as index,
        Searcher(index) as searcher,
    ):
        message = "the article 'very-long-a' is stored, but not found by its id"
        with pytest.raises(IndexDamaged, match=message):
            searcher.article("very-long-a")
        with pytest.raises(NotIndexedError, match="there is no article 'very-longa'"):
            searcher.article("very-longa")


def test_arrays_of_another_kind(sound: Path, tmp_path: Path) -> None:
    chance = chances(6)
    expected, told = answers(sound), set()
    folder = tmp_path / "i"

    def change(name: str, numbers: Any) -> Any:
        if name != chosen or numbers.itemsize == 1:  # bytes, of which others are another text
            return numbers
        other = numbers.astype(kind)
        return other if (other == numbers).all() else numbers

    for name in [*segment_file(sound)._arrays][:: size(6, 1)]:
        shutil.copytree(sound, folder)
        chosen, kind = name, chance.choice(["u2", "u4", "u8", "i4"])
        rewritten(folder, change)
        try:
            assert answers(folder) == expected, name
        except IndexDamaged:
            told.add(name)
        shutil.rmtree(folder)
    assert told


@pytest.mark.parametrize("few", [2, 1 << 10])
@pytest.mark.parametrize("query", ["ott*", "*er", "otter", "oter~", "path:*.txt"])
def test_terms_that_overlap(few: int, query: str, tmp_path: Path) -> None:
    make(tmp_path / "i")

    def overlapping(name: str, values: Any) -> Any:
        if name in ("text.ends", "text.words.ends", "path.ends"):
            values[1:-1:2] = values[-1]
        return values

    rewritten(tmp_path / "i", overlapping)
    with changed(term_dictionary, _SMALL=few), pytest.raises(IndexDamaged, match="overlap"):
        search(query, tmp_path / "i")


@pytest.mark.parametrize("step", [1, 2])
def test_lists_that_are_the_same(step: int, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:
        index.add([Article(id=f"{at}", text="An otter.", path=f"{at:04}") for at in range(3000)])

    def same(name: str, values: Any) -> Any:
        count = len(values)
        if name == "path.at":  # each path in all articles, or every other one
            values = np.arange(count) * 3000 if step == 1 else np.arange(count) % 2 * 3000
            return values.astype(np.uint32)
        return values * 0 if name in ("path.docs", "path.doc_at") else values

    rewritten(folder, same)
    with pytest.raises(IndexDamaged):
        search("path:*2", folder)


def test_files_in_each_others_place(sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True) as index:  # files of deletions of the same size
        index.add([Article(id=id, text=f"An otter {id}.") for id in "abcd"])
        index.remove(["a"])
        index.remove(["b"])
    expected = [hit.citation for hit in search("otter", folder)]
    needed = commits.current(DiskDirectory(folder)).files()
    names = sorted(path.name for path in folder.glob("*.*") if path.suffix in (".seg", ".del"))
    assert len(names) == 3
    for name in names:
        content = (folder / name).read_bytes()
        for other in set(names) - {name}:
            (folder / name).write_bytes((folder / other).read_bytes())
            if name in needed:
                with pytest.raises(IndexDamaged, match=name):
                    search("otter", folder)
            else:
                assert [hit.citation for hit in search("otter", folder)] == expected
        (folder / name).write_bytes(content)


def test_a_reader_sees_past_a_rollback(tmp_path: Path) -> None:
    # The files of the new commit had the names and sizes of those the reader knew.
    with Index.open(tmp_path / "i", create=True) as index, Index.open(tmp_path / "i") as reader:
        index.add([Article(id=id, text=f"An otter {id}.") for id in "abc"])
        index.remove(["a"])
        assert [hit.article for hit in search("otter", reader)] == ["b", "c"]
        Index.rollback(tmp_path / "i")
        index.remove(["b"])
        assert [hit.article for hit in search("otter", reader)] == ["a", "c"]
