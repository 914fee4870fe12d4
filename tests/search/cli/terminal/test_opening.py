"""`nutgraf open`: a hit of the last search, a citation, editors and browsers."""

import json
import os
import stat
import sys
import zipfile
from pathlib import Path

import pytest

from command import Run, run_in_terminal
from made_pdfs import lines, pdf
from nutgraf import Article, Index
from nutgraf.cli.terminal.last_search import Place, folder, recall
from nutgraf.cli.terminal.opening import editor_command
from nutgraf_index.errors import NutgrafError
from office_files import docx

pytest.importorskip("pty", reason="needs a pseudo-terminal")


@pytest.fixture
def states(data: Path, run: Run) -> dict[str, str]:
    """Variables with a folder of states, and an editor that prints its arguments."""
    run("index", "data")
    (data.parent / "states").mkdir()
    return {"XDG_STATE_HOME": str(data.parent / "states"), "EDITOR": "echo edit"}


def test_a_hit_of_the_last_search_is_opened(data: Path, states: dict[str, str]) -> None:
    home = data.parent
    shown = run_in_terminal("search", "ballistic", "missiles", cwd=home, env=states)
    assert "1. The cold-war museum" in shown
    assert "2. Iran's IRGC launched" in shown
    story = data / "iraq-us-call.txt"
    assert run_in_terminal("open", "2", cwd=home, env=states) == f"edit +13 {story}\n"
    # A page goes on with its numbers.
    run_in_terminal("search", "otters", "-n", "2", "--offset", "2", cwd=home, env=states)
    assert run_in_terminal("open", "3", cwd=home, env=states).startswith("edit +")
    told = run_in_terminal("open", "1", cwd=home, env=states)
    assert told == (
        "nutgraf: there is no hit 1: the last search here, 'otters', printed hits 3 to 4\n"
    )
    run_in_terminal("search", "zeppelins", cwd=home, env=states)
    told = run_in_terminal("open", "3", cwd=home, env=states)
    assert told.endswith("the last search here, 'zeppelins', printed no hit\n")


def test_the_numbers_are_those_shown(data: Path, states: dict[str, str]) -> None:
    """Hits of one article stand together, so that the numbers are not the ranks."""
    home = data.parent
    for more in ([], ["--no-group"]):
        shown = run_in_terminal(
            "search", "otters", *more, cwd=home, env=states, columns=200, rows=99
        )
        texts = dict(line.split(". ", 1) for line in shown.splitlines() if line[:1].isdigit())
        assert len(texts) == 6
        for number, text in texts.items():
            opened = run_in_terminal("open", number, cwd=home, env=states)
            _, place, path = opened.split()
            lines = Path(path).read_text("utf-8").splitlines()
            assert text.replace("**", "")[:40] in lines[int(place) - 1]


def test_what_is_remembered_is_private_and_only_of_terminals(
    data: Path, states: dict[str, str], run: Run
) -> None:
    home, kept = data.parent, Path(states["XDG_STATE_HOME"]) / "nutgraf"
    run("search", "otters", env=states)
    for option in ("--json", "-c", "-l", "-q"):
        run_in_terminal("search", "otters", option, cwd=home, env=states)
    assert not kept.exists()
    run_in_terminal("search", "otters", cwd=home, env=states)
    (file,) = kept.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700
    assert json.loads(file.read_text())["query"] == "otters"
    # Another terminal in the folder finds it; another folder does not.
    assert run("open", "1", env=states).returncode == 0
    elsewhere = run("open", "1", env=states, cwd=data)
    assert elsewhere.returncode == 2
    assert elsewhere.stderr == (
        "nutgraf: no search was printed in this terminal or folder: `nutgraf search WORDS` numbers "
        "its hits, and `nutgraf open CITATION` needs no search\n"
    )


def test_a_folder_of_states_that_cannot_be_written_is_no_fault(
    data: Path, states: dict[str, str]
) -> None:
    (data.parent / "file").write_text("")
    env = {**states, "XDG_STATE_HOME": str(data.parent / "file")}
    shown = run_in_terminal("search", "otters", "-n", "1", cwd=data.parent, env=env)
    assert shown.endswith("nutgraf: 1 to 1 of 6 passages\n")


def test_a_damaged_record_is_none(data: Path, states: dict[str, str], run: Run) -> None:
    kept = Path(states["XDG_STATE_HOME"]) / "nutgraf"
    kept.mkdir()
    for damaged in ("", "{", "[]", '{"hits": {"1": 3}}', '{"hits": []}', "\ufeff"):
        (kept / "terminal.json").write_text(damaged, "utf-8")
        done = run("open", "1", env=states)
        assert (done.returncode, "no search was printed" in done.stderr) == (2, True)


def test_the_folder_of_states(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    monkeypatch.setenv("XDG_STATE_HOME", "/states")
    assert folder() == os.path.join("/states", "nutgraf")
    for value in ("", "relative"):
        monkeypatch.setenv("XDG_STATE_HOME", value)
        assert folder() == os.path.join("/home/ann", ".local", "state", "nutgraf")


def test_a_citation_or_an_article_is_opened(data: Path, states: dict[str, str], run: Run) -> None:
    story = data / "iraq-us-call.txt"
    for target, line in (("iraq-us-call.txt#13", 13), ("iraq-us-call.txt", 1)):
        done = run("open", target, env={**states, "EDITOR": sys.executable + " -c pass"})
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        printed = run_in_terminal("open", target, cwd=data.parent, env=states)
        assert printed == f"edit +{line} {story}\n"


@pytest.mark.parametrize(
    ("target", "env", "message"),
    [
        ("nothing.txt", {}, "there is no article 'nothing.txt'"),
        ("iraq-us-call.txt#99", {}, "has no passage 99; its last passage is 18"),
        ("iraq-us-call.txt", {"EDITOR": "no-such-editor -x"}, "the editor 'no-such-editor' of "
         "$EDITOR cannot be run: No such file or directory; set EDITOR"),
        ("iraq-us-call.txt", {"VISUAL": "false"}, "the editor 'false' ended with status 1"),
        ("iraq-us-call.txt", {"EDITOR": "vi 'x"}, "$EDITOR is no command: No closing quotation"),
        ("iraq-us-call.txt", {"EDITOR": " ", "PATH": "/nowhere"}, "no editor is known: set EDITOR, "
         "as in EDITOR=nano"),
        ("memo", {}, "memo#1 has neither a file nor a URL to open"),
        ("lighthouse.md", {}, "of data/lighthouse.md#1 is gone; `nutgraf show` prints"),
    ],
)  # fmt: skip
def test_what_cannot_be_opened(
    target: str, env: dict[str, str], message: str, data: Path, states: dict[str, str], run: Run
) -> None:
    with Index.open(data.parent / ".nutgraf") as index:
        index.add([Article(id="memo", text="No file.", url="javascript:alert(1)")])
    (data / "lighthouse.md").unlink()
    done = run("open", target, env=states | env)
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.startswith("nutgraf: ")


def test_a_member_of_an_archive_is_in_no_editor(data: Path, run: Run) -> None:
    with zipfile.ZipFile(data.parent / "dump.zip", "w") as archive:
        archive.writestr("memo.txt", "Otters are back.")
    run("index", "dump.zip", "-q")
    done = run("open", "dump.zip!memo.txt")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("nutgraf: dump.zip!memo.txt#1 is in the archive /")
    assert done.stderr.endswith("/dump.zip, which no editor opens; `nutgraf show` prints it\n")


def test_an_article_without_a_file_is_opened_at_its_url(
    data: Path, states: dict[str, str], run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    found = True

    def browse(url: str) -> bool:
        opened.append(url)
        return found

    monkeypatch.setattr("webbrowser.open", browse)
    with Index.open(data.parent / ".nutgraf") as index:
        index.add([Article(id="memo", text="No file.", url="https://example.org/memo")])
    done = run("open", "memo#1", env=states)
    assert (done.returncode, done.stderr) == (0, "nutgraf: opening https://example.org/memo\n")
    found = False
    done = run("open", "memo#1", env=states)
    assert done.returncode == 2
    assert "there is no browser to open https://example.org/memo: set BROWSER" in done.stderr
    assert opened == ["https://example.org/memo"] * 2


def test_a_pdf_is_opened_at_its_page(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    (tmp_path / "a b.pdf").write_bytes(pdf([lines(["Otters swim."]), lines(["Boats wait."])]))
    run("index", ".")
    assert run("open", "a b.pdf#2").returncode == 0
    assert opened == [f"file://{str(tmp_path).replace(' ', '%20')}/a%20b.pdf#page=2"]


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        (["vi"], ["vi", "+7", "/a b.txt"]),
        (["/usr/bin/nvim"], ["/usr/bin/nvim", "+7", "/a b.txt"]),
        (["emacsclient", "-nw"], ["emacsclient", "-nw", "+7", "/a b.txt"]),
        (["code"], ["code", "-g", "/a b.txt:7"]),
        (["code", "--wait"], ["code", "--wait", "-g", "/a b.txt:7"]),
        (["Code.exe"], ["Code.exe", "-g", "/a b.txt:7"]),
        (["cursor"], ["cursor", "-g", "/a b.txt:7"]),
        (["subl"], ["subl", "/a b.txt:7"]),
        (["hx"], ["hx", "/a b.txt:7"]),
        (["kate"], ["kate", "--line", "7", "/a b.txt"]),
        (["notepad.exe"], ["notepad.exe", "/a b.txt"]),
    ],
)
def test_how_editors_take_a_line(editor: list[str], command: list[str]) -> None:
    assert editor_command(editor, Place("a#1", "/a b.txt", 7, "")) == command


def test_visual_goes_before_editor(data: Path, states: dict[str, str]) -> None:
    env = {**states, "VISUAL": "echo visual"}
    printed = run_in_terminal("open", "river-survey.txt", cwd=data.parent, env=env)
    assert printed == f"visual +1 {data / 'river-survey.txt'}\n"


def test_a_number_without_a_search(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    with pytest.raises(NutgrafError, match="no search was printed"):
        recall(1)


def test_a_document_is_opened_by_the_program_that_the_system_has_for_it(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def browse(url: str) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("webbrowser.open", browse)
    (tmp_path / "a.docx").write_bytes(docx("<w:p><w:r><w:t>Otters swim.</w:t></w:r></w:p>"))
    (tmp_path / "b.rtf").write_bytes(b"{\\rtf1 Otters dive.}")
    assert run("index", ".").returncode == 0
    assert run("open", "a.docx#1").returncode == 0
    assert run("open", "b.rtf").returncode == 0
    assert opened == [f"{tmp_path.as_uri()}/a.docx", f"{tmp_path.as_uri()}/b.rtf"]
