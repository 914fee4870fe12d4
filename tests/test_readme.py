"""The README is short, and promises what is true; test_docs.py runs its examples."""

import json
import re
from typing import Any

from pages import blocks
from places import TESTS, TOP

README = TOP / "README.md"
RUNS = TESTS / "benchmarks" / "runs"


def test_the_readme_is_short() -> None:
    assert len(README.read_bytes()) <= 6000


def test_ci_runs_the_commands_of_the_readme() -> None:
    search, test = (block.text for block in blocks(README) if block.language == "sh")
    assert search == 'pip install . && nutgraf search "ballistic missiles" data\n'
    assert test == "pip install '.[test]' && pytest -n auto\n"
    gate = (TOP / ".ci" / "run").read_text("utf-8")
    assert 'pip install -q . && nutgraf search "ballistic missiles" data' in gate
    assert "pip install -q '.[test]' && pytest -n auto\n" in gate


def _digits(value: float) -> str:
    """Return a number with two digits that count."""
    return f"{value:#.2g}".rstrip(".")


def test_the_table_shows_the_stored_runs() -> None:
    speed: dict[str, Any] = json.loads((RUNS / "200000.json").read_text("utf-8"))
    bars = {bar["bar"]: bar["measured"] for bar in speed["bars"]}
    rows = []
    for what, key, unit, engine, bar in (
        ("any of 2 to 4 words", "or_p50", "ms", "tantivy", "OR p50 / tantivy"),
        ("any of 2 to 4 words", "or_p50", "ms", "fts5", "OR p50 / FTS5"),
        ("all of 2 or 3 words", "and_p50", "ms", "tantivy", "AND p50 / tantivy"),
        ("phrase", "phrase_p50", "ms", "tantivy", "phrase p50 / tantivy"),
        ("build", "build_s", "s", "tantivy", "build, one process / tantivy, one writer thread"),
    ):
        ours, theirs = (speed["medians"][name][key] for name in ("nutgraf", engine))
        peer = {"fts5": "SQLite FTS5"}.get(engine, engine)
        numbers = (
            f"{_digits(ours)} {unit} | {_digits(theirs)} {unit}, {peer} | {_digits(bars[bar])}"
        )
        rows.append(f"| {what} | {numbers} |")
    quality = json.loads((RUNS / "quality.json").read_text("utf-8"))["figures"].values()
    ours, theirs = (
        sum(one[engine]["nDCG@10"] for one in quality) / len(quality)
        for engine in ("nutgraf", "bm25s")
    )
    rows.append(f"| nDCG@10 | {ours:.3f} | {theirs:.3f}, bm25s | {ours / theirs:.2f} |")
    shown = re.findall(r"^\| .*\d \|$", README.read_text("utf-8"), re.MULTILINE)
    assert shown == rows
