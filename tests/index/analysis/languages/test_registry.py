"""A new language through the command line: a file and a row of the registry."""

import json
import re
from pathlib import Path

import pytest

from command import without_seconds
from nutgraf.cli.main import _run
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.errors import ArgumentError, IndexFormatError
from nutgraf_index.index import Index
from toy_language import GERMAN

STORY = """\
Die Häuser der Stadt

Von Anna Weber

Berlin, 3. Mai 2020

Die Vögel in den Häusern und Gärten der Stadt.

Das Haus der Otter.
"""


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy language, registered."""
    monkeypatch.setitem(LANGUAGES, GERMAN.code, GERMAN)


def test_a_new_language_is_indexed_searched_and_listed(
    german: None,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def run(*arguments: str) -> tuple[int, str, str]:
        status = _run(list(arguments))
        out, said = capsys.readouterr()
        return status, out, without_seconds(said)

    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NUTGRAF_INDEX", raising=False)
    (tmp_path / "haus.txt").write_text(STORY, "utf-8")
    assert run("index", "haus.txt", "--language", "gsw")[0] == 0
    status, out, said = run("search", "finde die Haus", "--json")
    hits = [json.loads(line) for line in out.splitlines()]
    assert (status, said) == (0, "nutgraf: 3 passages\n")
    assert [(hit["citation"], hit["authors"]) for hit in hits] == [
        ("haus.txt#1", ["Anna Weber"]),
        ("haus.txt#5", ["Anna Weber"]),
        ("haus.txt#4", ["Anna Weber"]),
    ]
    marked = [hit["text"][start:end] for hit in hits for start, end in hit["spans"]]
    assert marked == ["Häuser", "Haus", "Häusern"]
    out = run("search", "haus die", "--explain")[2]
    assert re.search(r"haus: weight [\d.]+ = boost 1 ×", out)
    assert re.search(r"die: weight [\d.]+ = boost 0\.1 ×", out)
    assert run("search", "voegel", "-c")[:2] == (0, "1\n")
    assert "did you mean: nutgraf search 'Vögel' (1 passage)" in run("search", "fögel")[2]
    # The language of its files is kept: it need not be named again, and can be changed.
    assert run("index", "haus.txt")[2] == (
        "nutgraf: articles without date: 1\nnutgraf: 1 file found; articles: 1 unchanged\n"
    )
    assert run("index", "haus.txt", "--language", "en")[2].endswith("1 updated\n")


def test_a_language_that_is_not_known_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ArgumentError, match=r"not 'xx'; the languages are en, de, "):
        Index.in_memory(language="xx")
    with pytest.raises(ArgumentError, match=r"not 'gsw'; the languages are en, "):
        Index.open(tmp_path / "new", create=True, language="gsw")
    assert not (tmp_path / "new").exists()
    with monkeypatch.context() as patched:
        patched.setitem(LANGUAGES, GERMAN.code, GERMAN)
        Index.open(tmp_path / "index", create=True, language="gsw").close()
    with pytest.raises(IndexFormatError) as error:
        Index.open(tmp_path / "index")
    assert str(error.value) == (
        f"the index {tmp_path / 'index'} is in the language 'gsw', and this nutgraf knows "
        f"{', '.join(LANGUAGES)}: use the nutgraf that made it, or remove the folder and index the "
        "articles again"
    )
