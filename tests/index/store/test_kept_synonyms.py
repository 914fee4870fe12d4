"""Synonyms that are kept with an index: in each commit, found damaged, dropped and rolled back."""

import json
import re
import shutil
import zlib
from pathlib import Path

import pytest

from nutgraf import (
    ArgumentError,
    Article,
    Index,
    IndexDamaged,
    Searcher,
    SourceError,
    search,
)
from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.segment.file import SegmentWriter
from nutgraf_index.store import commit as commits
from nutgraf_index.store.directory import DiskDirectory
from previous_index import files_of

RULES = {"lutra": ["otter", "river dog"]}
LINES = ("lutra => otter, river dog",)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "i"
    with Index.open(path, create=True) as index:
        index.add([Article(id=id, text=f"{id} otters.") for id in ("one", "two")])
    return path


def found(index: Index | Path, **options: object) -> list[str]:
    return [hit.citation for hit in search("lutra", index, **options)]  # type: ignore[arg-type]


def syn_files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.syn"))


def test_each_search_uses_them_until_they_are_dropped(folder: Path) -> None:
    assert found(folder) == []
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
        assert (index.synonyms, index.stats().synonyms) == (LINES, 1)
        assert found(index) == ["one#1", "two#1"]
    assert found(folder) == ["one#1", "two#1"]
    assert found(folder, kept_synonyms=False) == []
    with Index.open(folder) as index:
        index.keep_synonyms(None)
        assert (index.synonyms, index.stats().synonyms, found(index)) == ((), 0, [])
    assert found(folder) == []


def test_they_stand_beside_synonyms_that_are_given(folder: Path) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms({"lutra": ["one"]})
        assert found(index, synonyms={"lutra": ["two"]}) == ["one#1", "two#1"]
        assert found(index, synonyms={"lutra": ["two"]}, kept_synonyms=False) == ["two#1"]
        results = search("lutra", index, synonyms={"lutra": ["two", "one"]})
        assert results.query == 'lutra OR "two"^0.7 OR "one"^0.7'  # each once


def test_a_file_is_copied(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    file.write_text("# animals\nlutra, otter\n\nny, nyc => new york\n", "utf-8")
    with Index.open(folder) as index:
        index.keep_synonyms(file)
        file.unlink()
        assert index.synonyms == ("lutra, otter", "ny, nyc => new york")
        assert found(index) == ["one#1", "two#1"]
        again = tmp_path / "again.txt"
        again.write_text("\n".join(index.synonyms), "utf-8")
        number = index.snapshot().commit.number
        index.keep_synonyms(again)  # the same rules: there is nothing to write
        assert index.snapshot().commit.number == number


def test_an_index_in_memory_keeps_them() -> None:
    with Index.in_memory() as index:
        index.add(Article(id="one", text="Otters."))
        index.keep_synonyms(RULES)
        assert found(index) == ["one#1"]
        assert index.verify() == ()


def test_changes_and_compacting_keep_them(folder: Path) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
        index.add(Article(id="three", text="An otter."))
        index.remove(["one"])
        index.compact()
        assert index.synonyms == LINES
        assert found(index) == ["three#1", "two#1"]
        assert index.verify() == ()
        assert len(syn_files(folder)) == 1
        index.keep_synonyms({"lutra": ["river dog"]})
        assert len(syn_files(folder)) == 2  # that of the commit before
        index.compact()
        assert len(syn_files(folder)) == 1


def test_a_rebuild_keeps_them(previous: Path) -> None:
    """The commit of the format before may name a file of synonyms, as this format's does."""
    directory = DiskDirectory(previous)
    with directory.create("0000ffff.syn") as file:
        out = SegmentWriter(file)
        out.add("rules", SynonymRules((([*RULES], RULES["lutra"]),)).dump())
        written = out.finish({})
    name = max(path.name for path in previous.glob("commit-*.json"))
    content = json.loads((previous / name).read_bytes().splitlines()[0])
    content["synonyms"] = commits.Entry("0000ffff.syn", *written)._asdict()
    line = json.dumps(content).encode()
    (previous / name).write_bytes(line + b"\n%08x\n" % zlib.crc32(line))
    assert Index.rebuild(previous) is not None
    with Index.open(previous) as index:
        assert index.synonyms == LINES
        assert index.verify() == ()
    assert "0000ffff.syn" in files_of(previous)


def test_a_rollback_returns_to_those_before(folder: Path) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
        index.keep_synonyms({"lutra": ["one"]})
    Index.rollback(folder)
    with Index.open(folder) as index:
        assert index.synonyms == LINES


def test_a_searcher_keeps_the_synonyms_of_its_snapshot(folder: Path) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
        with Searcher(index) as searcher:
            index.keep_synonyms({"lutra": ["one"]})
            index.keep_synonyms(None)  # now the first file is gone
            assert searcher.search("lutra").total == 2
            searcher.refresh()
            assert searcher.search("lutra").total == 0


def test_several_indexes_share_theirs(folder: Path) -> None:
    with Index.in_memory() as other, Index.open(folder) as index:
        other.add(Article(id="three", text="A ferry."))
        other.keep_synonyms({"lutra": ["ferry"]})
        index.keep_synonyms({"lutra": ["one"]})
        results = search("lutra", [index, other])
        assert sorted(hit.citation for hit in results) == ["one#1", "three#1"]


def test_a_damaged_file_is_told(folder: Path) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
    (name,) = syn_files(folder)
    content = (folder / name).read_bytes()
    for damaged in (content.replace(b"otter", b"outer"), content[:-1], b""):
        (folder / name).write_bytes(damaged)
        with pytest.raises(IndexDamaged, match=name):
            search("lutra", folder)
    (folder / name).unlink()
    with pytest.raises(IndexDamaged, match=f"{name} is missing|{name}.*it is missing"):
        search("lutra", folder)


@pytest.mark.parametrize(
    "data", [b"", b"{", b"7", b"[7]", b"[[[], 7]]", b'[[["a"], [7]]]', b'[["a", "b"]]', b"\xff"]
)
def test_sound_files_without_rules_are_damage(data: bytes, folder: Path) -> None:
    directory = DiskDirectory(folder)
    with directory.create("0000ffff.syn") as file:
        out = SegmentWriter(file)
        out.add("rules", data)
        written = out.finish({})
    commit = commits.current(directory)
    commits.publish(directory, commit._replace(synonyms=commits.Entry("0000ffff.syn", *written)))
    with pytest.raises(IndexDamaged, match="its synonyms cannot be read"):
        search("lutra", folder)
    with Index.open(folder) as index:
        (damage,) = index.verify()
    assert damage.file == "0000ffff.syn"


def test_a_commit_without_synonyms_does_not_name_them(folder: Path) -> None:
    name = max(path.name for path in folder.glob("commit-*.json"))
    assert b"synonyms" not in (folder / name).read_bytes()


def test_a_commit_names_a_file_of_the_index_alone(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "j")
    directory = DiskDirectory(folder)
    commit = commits.current(directory)
    commits.publish(directory, commit._replace(synonyms=commits.Entry("../x.syn", 1, 1)))
    with pytest.raises(IndexDamaged, match=re.escape("it names the file '../x.syn'")):
        Index.open(folder)


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        (7, ArgumentError, "synonyms must be a file or a mapping of words, not 7"),
        ({"car": "auto"}, ArgumentError, "synonyms of 'car' must be a list of words, not 'auto'"),
        ("none.txt", SourceError, "cannot read the synonyms in none.txt"),
    ],
)
def test_invalid_synonyms_change_nothing(
    given: object, error: type[Exception], message: str, folder: Path
) -> None:
    with Index.open(folder) as index:
        index.keep_synonyms(RULES)
        with pytest.raises(error, match=message):
            index.keep_synonyms(given)  # type: ignore[arg-type]
        assert index.synonyms == LINES
