"""`nutgraf index` at a terminal: the bar, Ctrl-C, what is left behind; `list` and `remove`."""

import contextlib
import json
import math
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from types import SimpleNamespace

import pytest

from alive import group_ends
from command import Run, environment, run_in_terminal, without_seconds
from made_mail import message
from nutgraf import Article, Index, Searcher
from nutgraf.cli import console, session
from nutgraf.cli.terminal import progress
from nutgraf_index.store.lock import WriteLock
from scale import rounds

PATIENCE = 120  # seconds until what does not end counts as hanging


def test_the_bar_moves_and_names_what_is_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setattr(progress, "_TICK", 0.02)
    monkeypatch.setenv("COLUMNS", "70")
    shown = ""

    def work(progress: Callable[[int, int, str], None]) -> str:
        nonlocal shown
        progress(1, 4, "a file\x1b.txt")
        progress(2, 4, "merging 4 segments")
        given_up = time.monotonic() + PATIENCE
        while shown.count("merging 4 segments") < 4 and time.monotonic() < given_up:
            time.sleep(0.02)
            shown += capsys.readouterr().err
        progress(4, 4, "")
        return "done"

    assert progress.with_bar(work, "Indexing") == "done"
    shown += capsys.readouterr().err
    lines = shown.strip("\r\n").split("\r")
    assert all(len(line) <= 69 for line in lines)
    assert "\x1b" not in shown
    assert any(" 25%" in line and "a file" in line for line in lines)
    merging = [line for line in lines if "merging 4 segments" in line]
    assert len(merging) > 3  # it is drawn again while nothing is reported
    done = [line for line in lines if "100%" in line]
    assert len(done) > 1
    assert done == lines[-len(done) :]
    assert shown.endswith("\n")


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (80, "Indexing  [##########----------]  50%  0 s  a long name of a file.txt"),
        (50, "Indexing  [##########----------]  50%  0 s  a lon"),
        (40, "Indexing  [########---------]  50%  0 s"),
        (24, "Indexing  [-]  50%  0 s"),
        (20, "Indexing  50%  0 s"),
        (10, "Indexing "),
    ],
)
def test_the_bar_fits_the_terminal(
    columns: int,
    shown: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    monkeypatch.setattr(progress, "_TICK", PATIENCE)
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: 0.0))
    monkeypatch.setenv("COLUMNS", str(columns))
    progress.with_bar(lambda progress: progress(1, 2, "a long name of a file.txt"), "Indexing")
    lines = capsys.readouterr().err.strip("\r\n").split("\r")
    assert max(map(len, lines)) < columns
    assert lines[1].rstrip() == shown.rstrip()


def test_a_long_command_says_how_long_it_took(data: Path, run: Run) -> None:
    assert run("index", "data").stderr.endswith("articles: 7 added\n")
    for command in (["index", "data"], ["compact"], ["verify"]):
        assert re.search(r" in \d+\.\d s\n$", run(*command, long=0.0).stderr), command


@pytest.mark.parametrize("command", [["index"], ["search", "otter"]])
def test_an_index_without_articles_leaves_no_folder(
    command: list[str], data: Path, run: Run
) -> None:
    odd = data.parent / "odd"
    odd.mkdir()
    (odd / "a.txt").write_bytes(b"\0")
    for where in (".nutgraf", "x/y"):
        assert run(*command, "odd", "--index", where).returncode == 1
        assert sorted(os.listdir(data.parent)) == ["data", "odd"]
    (data.parent / "made").mkdir()  # a folder that was there stays, with its index
    assert run(*command, "odd", "--index", "made").returncode == 1
    assert (data.parent / "made" / "nutgraf.json").exists()
    assert run("index", "data", "--index", "x/y").returncode == 0
    assert (data.parent / "x" / "y" / "nutgraf.json").exists()


def test_an_index_that_another_command_writes_stays(tmp_path: Path) -> None:
    """Two commands made one index; the one that had no article removed the files of the other."""
    folder = tmp_path / "i"
    with contextlib.ExitStack() as other:
        with session.writable(str(folder), 0):
            other.enter_context(WriteLock(folder, 0))
        assert (folder / "nutgraf.json").exists()
        shutil.rmtree(folder)
    with session.writable(str(folder), 0):
        assert (folder / "nutgraf.json").exists()
    assert not folder.exists()  # nobody writes in it


def test_an_interrupt_at_the_end_keeps_what_is_committed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_: Index) -> None:
        raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt), session.writable(f"{tmp_path}/i", 0) as index:
        index.add([Article(id="a", text="An otter.")])
        monkeypatch.setattr(Index, "snapshot", interrupt)
    monkeypatch.undo()
    with Index.open(tmp_path / "i") as index:
        assert index.stats().articles == 1


def test_a_dry_run_makes_no_folder(data: Path, run: Run) -> None:
    done = run("index", "data", "--dry-run", "--json", "--index", "x/y")
    assert len(json.loads(done.stdout)["added"]) == 7
    assert os.listdir(data.parent) == ["data"]
    (data.parent / "other").mkdir()
    (data.parent / "other" / "file").write_text("x")
    assert run("index", "data", "--dry-run", "--index", "other").returncode == 2


def test_an_unmounted_disk_is_told_with_the_way_out(data: Path, run: Run) -> None:
    run("index", "data")
    for path in data.iterdir():
        path.unlink()
    for command in (["index", "data"], ["search", "otter", "--in", "data"]):
        assert run(*command).stderr.startswith(
            f"nutgraf: {data} has no file any more, so its 7 articles stay in the index in case a "
            f"disk is not mounted: `nutgraf index --prune {data}` removes them\n"
        )
    assert run("search", "otter", "-c").stdout == "6\n"
    assert "7 removed" in run("index", "data", "--prune").stderr


def test_numbers_have_separators(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "An otter."}\n' * 1200 + "bad\n" * 1100)
    shown = run("index", "a.jsonl").stderr
    assert "nutgraf: skipped 1,100: 1,100 not JSON; nutgraf index -v lists them\n" in shown
    assert "nutgraf: articles without date: 1,200, title: 1,200, author: 1,200\n" in shown
    assert shown.endswith("nutgraf: 1 file found; articles: 1,200 added\n")


def test_articles_that_no_plain_query_finds_are_told(tmp_path: Path, run: Run) -> None:
    for count, told in (
        (1, "1 article has only hidden passages, such as notes or furniture: a query finds it if"),
        (2, "2 articles have only hidden passages, such as notes or furniture: a query finds them"),
    ):
        (tmp_path / f"{count}.eml").write_bytes(message("-- \nAnn Lee\n", own="a@x").as_bytes())
        shown = run("index", ".", cwd=tmp_path).stderr
        assert f"nutgraf: {told}" in shown
        assert " it names the role, as role:note does\n" in shown
    assert "hidden" not in run("search", "lee", "--in", ".", cwd=tmp_path).stderr


def test_articles_of_a_searcher(data: Path) -> None:
    with Index.open(data.parent / "index", create=True) as index:
        index.sync([data])
        with Searcher(index) as searcher:
            names = [stored.article.id for stored in searcher.articles()]
            assert names == sorted(names)
            assert len(names) == 7
            by_query = searcher.articles("otters OR ballistic", paths=[data / "briefs.jsonl"])
            wanted = {hit.article for hit in searcher.search("otters OR ballistic", limit=99)}
            briefs = {name for name in wanted if name.startswith("data/brief")}
            assert {stored.article.id for stored in by_query} == briefs
            assert searcher.articles("?!") == []
            some = searcher.articles("museum otters")  # no passage has both
            wanted = {hit.article for hit in searcher.search("museum OR otters", limit=99)}
            assert {stored.article.id for stored in some} == wanted
            (only,) = searcher.articles("museum missile")  # other articles have one of the words
            assert only.article.id == "data/briefs.jsonl!brief-2020-01-10"
            assert searcher.articles(paths=[data.parent / "gone"]) == []


def test_articles_are_listed_by_words_without_quotes(data: Path, run: Run) -> None:
    run("index", "data")
    listed = run("list", "museum", "missile")
    assert (listed.stdout, listed.stderr) == ("data/briefs.jsonl!brief-2020-01-10\n", "")
    for arguments in (["zebra"], ["--in", "gone"]):
        nothing = run("list", *arguments)
        assert (nothing.returncode, nothing.stdout) == (1, "")
        assert nothing.stderr == "nutgraf: no article matches\n"


def test_a_folder_without_an_article_is_forgotten(tmp_path: Path, run: Run) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "a.txt").write_text("An otter.")
    run("index", "d")
    run("remove", "d/a.txt")
    assert "folder " in run("status").stdout
    done = run("remove", "--in", "d")
    assert (done.returncode, done.stderr) == (0, "nutgraf: removed 0 articles\n")
    assert "folder " not in run("status").stdout


@pytest.mark.skipif(sys.platform == "win32", reason="needs names with line breaks")
def test_messages_show_a_line_break_in_a_name(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a\nb.txt").write_text("An otter.")
    (tmp_path / "c\nd.psd").write_text("x")
    done = run("index", ".", "-v")
    assert "nutgraf: skipped c␊d.psd: unknown extension .psd\n" in done.stderr
    assert run("remove", "a␊b.txt").stderr == "nutgraf: removed a␊b.txt\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs names with line breaks")
def test_a_path_is_taken_as_it_is_printed(tmp_path: Path, run: Run) -> None:
    """The name of a hit was no name for --in and `path:`, and only the article's name elsewhere."""
    folder = tmp_path / "d\te"
    folder.mkdir()
    for name, text in {"a\nb.txt": "An otter.", "c.txt": "An otter swims."}.items():
        (folder / name).write_text(text)
    run("index", ".", "-q")
    for line in run("search", "otter").stdout.splitlines():
        printed = line.split(":")[0]
        assert printed in ("d␉e/a␊b.txt", "d␉e/c.txt")
        assert run("search", "otter", "--in", printed).stdout == f"{line}\n"
        assert run("search", "otter", f'path:"{printed}"').stdout == f"{line}\n"
        assert run("list", "--in", printed).stdout == f"{printed}\n"
    for path in ("d␉e", "d␉e/*.txt", "*␉*/?␊b.*", "d␉e/c*"):
        found = 2 if path in ("d␉e", "d␉e/*.txt") else 1
        assert run("search", "otter", f'path:"{path}"', "-c").stdout == f"{found}\n", path
    assert run("index", "d␉e").stderr.endswith("2 files found; articles: 2 unchanged\n")
    done = run("index", "d␉e/a␊c.txt")
    assert "Path 'd␉e/a␊c.txt' does not exist." in done.stderr
    (folder / "a\nb.txt").unlink()  # a file that is gone is named as it was printed, too
    assert run("list", "--in", "d␉e/a␊b.txt").stdout == "d␉e/a␊b.txt\n"
    assert run("remove", "--in", "d␉e/a␊b.txt").stderr == "nutgraf: removed 1 article\n"
    assert run("remove", "--in", "d␉e").stderr == "nutgraf: removed 1 article\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs names with line breaks")
def test_a_member_is_named_as_it_is_printed(tmp_path: Path, run: Run) -> None:
    with zipfile.ZipFile(tmp_path / "z\ta.zip", "w") as archive:
        archive.writestr("in\tner/a.txt", "An otter.")
        archive.writestr("b.txt", "An otter.")
    run("index", ".", "-q")
    for path, found in {"z␉a.zip": 2, "z␉a.zip!in␉ner": 1, "z␉a.zip!in␉ner/a.txt": 1}.items():
        for arguments in (["--in", path], [f'path:"{path}"']):
            assert run("search", "otter", "-c", *arguments).stdout == f"{found}\n", arguments
        assert run("list", "--in", path).stdout.count("\n") == found


def test_a_path_that_is_no_article_is_removed_with_in(data: Path, run: Run) -> None:
    run("index", "data")
    briefs = run("remove", "data/briefs.jsonl").stderr
    assert "'data/briefs.jsonl' is the name of 3 articles: " in briefs
    assert briefs.endswith(
        "; to remove all articles of a path: nutgraf remove --in data/briefs.jsonl\n"
    )
    done = run("remove", "data", "--index", ".nutgraf")
    assert (done.returncode, done.stdout) == (2, "")
    index = data.parent / ".nutgraf"
    hint = "to remove all articles of a path: nutgraf remove --in data --index .nutgraf"
    assert done.stderr == f"nutgraf: there is no article 'data' in {index}; {hint}\n"
    assert run("remove", "--in", "data", "--index", ".nutgraf").returncode == 0


# Ctrl-C

ROUNDS = rounds(2)
TEXT = "An otter swims in the river near the old bridge, and nobody looks.\n\n" * 100


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """About 9 MB of text: more than one batch, so that worker processes start."""
    folder = tmp_path_factory.mktemp("archive") / "data"
    folder.mkdir()
    for number in range(1300):
        (folder / f"{number}.txt").write_text(f"Story {number}\n\n{TEXT}")
    return folder


def is_starting(process: int) -> bool:
    """Return whether Python itself still starts, so that nothing handles SIGTERM, if Linux says."""
    status = Path(f"/proc/{process}/status")
    told = re.search(
        r"^SigCgt:\s*(\w+)", status.read_text() if status.exists() else "", re.MULTILINE
    )
    return told is not None and not int(told[1], 16) >> (signal.SIGTERM - 1) & 1


def interrupted(archive: Path, delay: float) -> tuple[int, str]:
    """Index in a terminal and press Ctrl-C; return the exit status and what is shown."""
    pty = pytest.importorskip("pty", reason="needs a pseudo-terminal")
    try:
        pid, terminal = pty.fork()
    except OSError:
        pytest.skip("needs a pseudo-terminal")
    if not pid:
        os.chdir(archive.parent)
        command = [sys.executable, "-m", "nutgraf", "index", "data", "--index", "i"]
        os.execve(sys.executable, [*command, "--processes", "3"], environment(TERM="xterm"))
    shown, pressed, started = b"", False, time.monotonic()
    while True:
        if select.select([terminal], [], [], 0.01)[0]:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            shown += part
        if is_starting(pid):
            started = time.monotonic()
        if not pressed and time.monotonic() - started >= delay:
            os.write(terminal, b"\x03")
            pressed = True
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(terminal)
    return status, shown.decode(errors="replace").replace("\r\n", "\n")


def test_ctrl_c_at_random_instants(archive: Path) -> None:
    chance = random.Random(5)
    for _ in range(rounds(1)):  # the next test has more signals
        # The time in which Python itself starts is left out: it is not ours to interrupt.
        status, shown = interrupted(archive, chance.uniform(0.15, 2.0))
        assert "Traceback" not in shown
        assert status in (128 + signal.SIGINT, 0)
        if (archive.parent / "i").exists():
            with Index.open(archive.parent / "i") as index:
                assert index.verify() == ()
                assert index.stats().articles == 1300  # else the folder was removed
            for path in (archive.parent / "i").iterdir():
                path.unlink()
            (archive.parent / "i").rmdir()


def test_what_excludes_each_other(run: Run, data: Path) -> None:
    for arguments, words in (
        (["data", "-q", "-v"], "-q prints only errors and -v more than usual: leave out one"),
        (["--formats", "data"], "--formats prints a table, and indexes nothing: leave out PATH..."),
        (["--formats", "--dry-run"], "--formats prints a table, and indexes nothing: leave out --"),
    ):
        done = run("index", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert words in done.stderr
        assert not (data.parent / ".nutgraf").exists()


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals that kill")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_signals_end_it_quietly(archive: Path, name: str) -> None:
    """The process alone gets the signal, or with its worker processes; none of these is left."""
    number = signal.Signals[name]
    chance = random.Random(name)
    command = [sys.executable, "-m", "nutgraf", "index", "data", "--processes", "3"]
    place = archive.parent / name
    for kill in islice(cycle((os.killpg, os.kill)), ROUNDS):
        process = subprocess.Popen(
            [*command, "--index", place],
            cwd=archive.parent,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        # As with Ctrl-C: the time in which Python itself starts is left out.
        while process.poll() is None and is_starting(process.pid):
            time.sleep(0.01)
        time.sleep(chance.uniform(0.2, 1.4))
        kill(process.pid, number)
        out, said = process.communicate(timeout=PATIENCE)  # until all that could write have ended
        assert process.returncode in (128 + number, 0)
        assert out == ""
        whole = "nutgraf: 1,300 files found; articles: 1,300 added"
        undated = "nutgraf: articles without date: 1,300, author: 1,300"
        none = "nutgraf: interrupted: the index is as it was before, with 0 articles"
        # The last two if the signal comes after the commit.
        kept = "nutgraf: interrupted: 1,300 articles are kept; the same command continues from here"
        assert without_seconds(said.strip()) in ("", none, f"{undated}\n{whole}", kept, undated)
        assert group_ends(process.pid)
        if place.exists():
            with Index.open(place) as index:
                assert index.verify() == ()
                assert index.stats().articles == 1300
            shutil.rmtree(place)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals that kill")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_a_worker_starts_waits_for_its_start(archive: Path, name: str) -> None:
    """Another thread gets it; the worker process, half started, would print a traceback."""
    usual = "default_int_handler" if name == "SIGINT" else "SIG_DFL"
    code = (
        "import os, signal, sys, threading, time\n"
        f"signal.signal(signal.{name}, signal.{usual})\n"  # the tests may be run with nohup
        "from multiprocessing import util\n"
        "threading.Thread(target=time.sleep, args=(999,), daemon=True).start()\n"
        "start = util.spawnv_passfds\n"
        "def spawn(path, words, fds):\n"
        "    pid = start(path, words, fds)\n"
        "    if 'spawn_main' in str(words):\n"
        f"        os.kill(os.getpid(), signal.{name})\n"
        "        time.sleep(.5)\n"
        "    return pid\n"
        "util.spawnv_passfds = spawn\n"
        "sys.argv = ['nutgraf', 'index', 'data', '--index', 'half', '--processes', '3']\n"
        "import nutgraf.__main__\n"
        "nutgraf.__main__.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=archive.parent,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 128 + signal.Signals[name]
    assert done.stdout == ""
    whole = "nutgraf: interrupted: the index is as it was before, with 0 articles"
    assert without_seconds(done.stderr.strip()) == whole


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs signals that kill")
def test_a_signal_while_the_workers_end_leaves_nothing(archive: Path) -> None:
    """Another process warned of semaphores that were left behind."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # it may be ignored
        "from concurrent.futures import ProcessPoolExecutor\n"
        "end = ProcessPoolExecutor.shutdown\n"
        "def shutdown(self, **more):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "    end(self, **more)\n"
        "ProcessPoolExecutor.shutdown = shutdown\n"
        "sys.argv = ['nutgraf', 'index', 'data', '--index', 'end', '--processes', '3']\n"
        "import nutgraf.__main__\n"
        "nutgraf.__main__.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=archive.parent,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 128 + signal.SIGINT
    whole = "nutgraf: interrupted: the index is as it was before, with 0 articles"
    assert (done.stdout, without_seconds(done.stderr.strip())) == ("", whole)
    assert not (archive.parent / "end").exists()


def test_an_ignored_signal_stays_ignored(archive: Path) -> None:
    """As with nohup."""
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.SIG_IGN)\n"
        "sys.argv = ['nutgraf', 'status', '--index', 'none']\n"
        "import nutgraf.__main__\n"
        "import nutgraf.cli.main as main\n"
        "def run(): os.kill(os.getpid(), signal.SIGINT); print('goes on')\n"
        "main.main = run\n"
        "nutgraf.__main__.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True
    )
    assert (done.stdout.strip(), done.stderr) == ("goes on", "")


def assert_interrupted(code: str, name: str, printed: str) -> None:
    """Assert that code prints a text and nothing else, and ends by the signal of a name."""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == 128 + signal.Signals[name]
    assert (done.stdout.strip(), done.stderr) == (printed, "")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs signals that kill")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupt_that_python_drops_comes_again(name: str) -> None:
    """Python prints and drops an error in the callback of a weak reference."""
    usual = "default_int_handler" if name == "SIGINT" else "SIG_DFL"
    code = (
        "import signal, sys, time, weakref\n"
        f"signal.signal(signal.{name}, signal.{usual})\n"  # the tests may be run with nohup
        "sys.argv = ['nutgraf', 'status', '--index', 'none']\n"
        "import nutgraf.__main__\n"
        "import nutgraf.cli.main as main\n"
        "class Thing: pass\n"
        f"def gone(_): signal.raise_signal(signal.{name})\n"
        "def run():\n"
        "    thing = Thing()\n"
        "    kept = weakref.ref(thing, gone)\n"
        "    del thing\n"
        "    print('goes on', flush=True)\n"
        "    time.sleep(999)\n"
        "main.main = run\n"
        "nutgraf.__main__.main()"
    )
    assert_interrupted(code, name, "goes on")


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs signals that kill")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_an_interrupt_while_a_module_is_loaded_waits_for_it(name: str, tmp_path: Path) -> None:
    """A module in C, such as PyStemmer's, made an ImportError of it, and decimal's a warning."""
    usual = "default_int_handler" if name == "SIGINT" else "SIG_DFL"
    (tmp_path / "inner.py").write_text(f"import signal; signal.raise_signal(signal.{name})")
    (tmp_path / "outer.py").write_text(
        "try:\n    import inner\nexcept BaseException as error:\n    raise ImportError from error\n"
        "import time; time.sleep(.1); print('loaded', flush=True)"
    )
    code = (
        "import signal, sys, time\n"
        f"signal.signal(signal.{name}, signal.{usual})\n"  # the tests may be run with nohup
        f"sys.path.append({str(tmp_path)!r})\n"
        "import nutgraf.__main__\n"
        "import nutgraf.cli.main as main\n"
        "def run():\n"
        "    import outer\n"
        "    time.sleep(999)\n"
        "main.main = run\n"
        "nutgraf.__main__.main()"
    )
    assert_interrupted(code, name, "loaded")


def test_an_interrupted_index_says_what_it_kept(
    archive: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from nutgraf_index.sync.synchroniser import _Synchroniser

    real = _Synchroniser.read

    def stop(self: _Synchroniser, key: tuple[str, str], *rest: object) -> bool:
        if key[1] == "500.txt":
            raise KeyboardInterrupt
        return real(self, key, *rest)  # type: ignore[arg-type]

    command = ["index", str(archive), "--index", "kept", "--processes", "1"]
    said: list[str] = []
    monkeypatch.setattr(console, "say", said.append)
    monkeypatch.setattr(session, "COMMIT_EVERY_SECONDS", math.inf)
    for every, words in (
        (1 << 40, "interrupted: the index is as it was before, with 0 articles"),
        (1 << 20, "interrupted: 316 articles are kept; the same command continues from here"),
        (1 << 40, "interrupted: the index is as it was before, with 316 articles"),
    ):
        monkeypatch.setattr(session, "COMMIT_EVERY", every)
        with monkeypatch.context() as patch:
            patch.setattr(_Synchroniser, "read", stop)
            with pytest.raises(KeyboardInterrupt):
                run(*command)
        assert re.sub(r"\d{2,}", "316", said[-1]) == words
    assert run(*command).returncode == 0
    added, unchanged = re.findall(r"([\d,]+) (?:added|unchanged)", said[-1])
    assert int(added.replace(",", "")) + int(unchanged.replace(",", "")) == 1300


def test_a_terminal_shows_the_end(data: Path) -> None:
    shown = run_in_terminal("index", "data", cwd=data.parent)
    assert "100%" in shown
    assert shown.splitlines()[-1] == "nutgraf: 5 files found; articles: 7 added"
