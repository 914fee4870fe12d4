"""Indexes of another format: told as that at every door, and never as damage."""

import json
import re
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from command import Run
from english import analyse
from nutgraf import Article, Index, IndexDamaged, IndexFormatError, Searcher, search, suggest
from nutgraf_index.fields import FORMAT
from nutgraf_index.store.commit import MARK
from nutgraf_index.store.layout import LAYOUT, PREVIOUS
from previous_index import FILES, KEPT, files_of, marked

SAMPLE = (
    "Abdul-Mahdi’s U.S. e-mails, re-entered in colour: 1,000 otters don’t swim 2.5km at 6:30pm. "
    "AT&amp;T’s inter*nal*ly bro-\nken at Orly pic.twitter.com/Ab, https://e.org/a?utm_source=b."
)


def test_the_format_number_is_that_of_the_layout() -> None:
    """If this fails, indexes written before would be read wrongly.

    Raise FORMAT, write the new digest here, and do what the next test says.
    """
    with Index.in_memory() as index:
        index.add([Article(id="a", text=SAMPLE, title=SAMPLE)])
        (reader,) = index.snapshot().readers
        file = reader.file
        arrays = sorted(
            (name, file.column(name).kind.replace("<u1", "|u1")) for name in file._arrays
        )
    terms = [(token.word, token.term) for token in analyse(SAMPLE)]
    digest = zlib.crc32(repr((LAYOUT, arrays, sorted(reader.file.facts), terms)).encode())
    assert (FORMAT, f"{digest:08x}") == (14, "5ff5c489")


def test_the_articles_of_the_format_before_can_be_read() -> None:
    """If this fails, FORMAT was raised, and what programs added to older indexes would be lost.

    With the code that still writes the format that ends, make an index of it:
    `python tests/kept_archive.py tests/index/store/format-N`. Make `store/previous_format.py` read
    its articles and files, by itself, in place of those of the format before; and write its number
    and layout into PREVIOUS of `store/layout.py`. `test_rebuild.py` and `test_previous_format.py`
    then hold for it. Remove the index of the format before.
    """
    assert PREVIOUS[0] == FORMAT - 1
    assert [path.name for path in Path(__file__).parent.glob("format-*")] == [KEPT.name]
    mark = json.loads((KEPT / MARK).read_bytes().splitlines()[0])
    assert (mark["format"], mark["layout"]) == PREVIOUS


MARKS = {
    "format 1": b'{"index": "nutgraf", "format": 1}\n',
    **{
        f"format {number}": marked({"index": "nutgraf", "format": number, "commit": 2})
        for number in (*range(2, PREVIOUS[0]), FORMAT + 1, 999)
    },
    **{
        f"format {number} with another layout": marked(
            {"index": "nutgraf", "format": number, "layout": "0123abcd", "commit": 2}
        )
        for number in (PREVIOUS[0], FORMAT)
    },
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("format") / "i"
    with Index.open(folder, create=True) as index:
        index.add([Article(id="a", text="An otter.")])
        index.add([Article(id="b", text="Two otters.")])
    return folder


DOORS: dict[str, Callable[[Path], object]] = {
    "open": Index.open,
    "open, create": lambda folder: Index.open(folder, create=True),
    "rollback": Index.rollback,
    "search": lambda folder: search("otter", folder),
    "suggest": lambda folder: suggest("ott", folder),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("mark", MARKS)
def test_a_folder_of_another_format(mark: str, door: str, sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    (folder / MARK).write_bytes(MARKS[mark])
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    message = f"has {mark}, and this nutgraf reads format {FORMAT}: use the nutgraf that made it"
    with pytest.raises(IndexFormatError, match=message):
        DOORS[door](folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize("door", DOORS)
def test_a_folder_of_the_format_before(door: str, previous: Path) -> None:
    message = (
        f"the index {previous} has format {PREVIOUS[0]}, and this nutgraf reads format {FORMAT}: "
        f"convert it with `nutgraf rebuild --index {previous}` (in Python, `Index.rebuild`), "
        "which keeps all its articles"
    )
    with pytest.raises(IndexFormatError, match=f"^{re.escape(message)}$"):
        DOORS[door](previous)
    assert files_of(previous) == FILES


METHODS: dict[str, Callable[[Index, Searcher], object]] = {
    "snapshot": lambda index, _: index.snapshot(),
    "stats": lambda index, _: index.stats(),
    "verify": lambda index, _: index.verify(),
    "compact": lambda index, _: index.compact(),
    "add": lambda index, _: index.add([Article(id="c", text="x")]),
    "remove": lambda index, _: index.remove(["a"]),
    "keep_synonyms": lambda index, _: index.keep_synonyms({"lutra": ["otter"]}),
    "sync": lambda index, _: index.sync([Path(__file__).parent]),
    "whoosh": lambda index, _: index.as_whoosh().reader(),
    "search": lambda index, _: search("otter", index),
    "refresh": lambda _, searcher: searcher.refresh(),
}


@pytest.mark.parametrize("method", METHODS)
def test_a_folder_that_was_rewritten_meanwhile(method: str, sound: Path, tmp_path: Path) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    with Index.open(folder) as index, Searcher(index) as searcher:
        assert searcher.search("otter").total == 2
        (folder / MARK).write_bytes(MARKS[f"format {FORMAT} with another layout"])
        with pytest.raises(IndexFormatError, match=f"has format {FORMAT} with another layout, and"):
            METHODS[method](index, searcher)
        assert searcher.search("otter").total == 2  # what it has open it reads on


def test_commits_tell_their_format_as_well(sound: Path, tmp_path: Path) -> None:
    # With the mark gone, nothing else could keep a rollback from marking them as of this format.
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    for path in folder.glob("commit-*.json"):
        known = json.loads(path.read_bytes().splitlines()[0])
        del known["format"], known["layout"]
        path.write_bytes(marked(known))
    (folder / MARK).unlink()
    with pytest.raises(IndexDamaged, match=f"{MARK}: it is missing"):
        Index.open(folder)
    with pytest.raises(IndexFormatError, match=f"has format 'before {FORMAT}', and this nutgraf"):
        Index.rollback(folder)
    assert not (folder / MARK).exists()


@pytest.mark.parametrize("mark", MARKS)
def test_a_flipped_bit_is_damage_whatever_the_format(
    mark: str, sound: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "i"
    shutil.copytree(sound, folder)
    content = MARKS[mark]
    for bit in range(0, 8 * len(content), 5):
        data = bytearray(content)
        data[bit // 8] ^= 1 << bit % 8
        (folder / MARK).write_bytes(data)
        with pytest.raises(IndexDamaged, match=MARK):
            Index.open(folder)


COMMANDS = [
    ("search", "otter"),
    ("status",),
    ("verify",),
    ("verify", "--rollback"),
    ("compact",),
    ("remove", "a"),
    ("index", "here"),
]


def test_commands(sound: Path, run: Run, tmp_path: Path) -> None:
    shutil.copytree(sound, tmp_path / ".nutgraf")
    (tmp_path / "here").mkdir()
    (tmp_path / "here/x.txt").write_text("An otter.")
    (tmp_path / ".nutgraf" / MARK).write_bytes(MARKS[f"format {FORMAT} with another layout"])
    for command in COMMANDS:
        done = run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert re.fullmatch(r"nutgraf: the index .* has format .* articles again\n", done.stderr)


def test_commands_on_the_format_before(previous: Path, run: Run, tmp_path: Path) -> None:
    previous.rename(tmp_path / ".nutgraf")
    (tmp_path / "here").mkdir()
    for command in COMMANDS:
        done = run(*command)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"`nutgraf rebuild --index {tmp_path / '.nutgraf'}`" in done.stderr
        assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("language", "problem"),
    [
        ("", "a segment has no language"),
        (None, "a language is not a text"),
        (5, "a language is not a text"),
        (["de"], "a language is not a text"),
    ],
)
def test_a_segment_whose_language_cannot_be_is_damage(
    tmp_path: Path, run: Run, language: object, problem: str
) -> None:
    folder = tmp_path / "index"
    with Index.open(folder, create=True, language="de") as index:
        index.add([Article(id="a", text="Die alten Häuser")])
    path = folder / "commit-1.json"
    content = json.loads(path.read_bytes().partition(b"\n")[0])
    assert content["entries"][0]["language"] == "de"
    content["entries"][0]["language"] = language
    path.write_bytes(marked(content))
    message = f"commit-1.json: it cannot be read ({problem})"
    with pytest.raises(IndexDamaged, match=re.escape(message)):
        Index.open(folder)
    for arguments in (["search", "Haus"], ["status"], ["verify"]):
        done = run(*arguments, "--index", str(folder))
        assert done.returncode == 2
        assert message in done.stderr
    assert run("verify", "--rollback", "--index", str(folder)).returncode == 0
    assert Index.open(folder).stats().articles == 0
