"""The tables of docs/ that registries make: `python tests/tables.py` writes them anew."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from nutgraf.output.registry import describe_outputs
from nutgraf.query.fields import FILTERS, syntax_help
from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.language import Language
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM
from nutgraf_index.analysis.languages.registry import LANGUAGES, UNDETERMINED
from nutgraf_index.analysis.words import gram_size
from nutgraf_index.formats.registry import describe_formats
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.properties.keys import KEYS, LISTS, SUMMARIES
from nutgraf_index.properties.release import EMBARGOES, FLAGS, PUBLISH, STATUSES, WITHHELD
from places import TESTS, TOP

__all__ = ["DOCS", "TABLES", "Rows", "rows", "stored_run", "tables", "with_table"]

DOCS = TOP / "docs"
BENCHMARKS = TESTS / "benchmarks"
Rows = list[tuple[str, ...]]
_HEADER = r"(?<=\n)\| (?P<header>[^\n]+) \|\n(?:\|---)+\|\n(?P<rows>(?:\|[^\n]*\n)*)"


def _forms() -> Rows:
    return [(f"`{example}`", about) for example, about in syntax_help()[: -len(FILTERS)]]


def _filters() -> Rows:
    return [
        (f"`{field.example}`", field.about, field.takes.value)
        for field in FILTERS.values()
        if field.takes
    ]


def stored_run(name: str) -> dict[str, Any]:
    """Return a stored run of the benchmarks."""
    run: dict[str, Any] = json.loads((BENCHMARKS / "runs" / f"{name}.json").read_text("utf-8"))
    return run


def _keys() -> Rows:
    summaries = {"text, if there is a title and none of these": SUMMARIES}
    metadata = {f"metadata: {name}": keys for name, keys in LISTS.items()}
    text, others = {"text": KEYS["text"]}, {**KEYS}
    del others["text"]
    table = {**text, **summaries, **others, **metadata}
    return [(name, _code(keys)) for name, keys in table.items()]


def _code(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _release() -> Rows:
    true = [key for key, forbidden in FLAGS.items() if forbidden]
    false = [key for key, forbidden in FLAGS.items() if not forbidden]
    return [
        (_code(STATUSES), f"is one of {', '.join(WITHHELD)}"),
        (_code(STATUSES), "is future or scheduled, until the date of publication"),
        (_code(true), "is true"),
        (_code(false), "is false"),
        (_code(EMBARGOES), "is true, or until the time that it states"),
        (_code(PUBLISH), "until the time that it states"),
    ]


# What the words of a passage alone do not tell; the other roles have rows in the table of shapes.
_EXAMPLES = {
    Role.HEADLINE: "Pier closes at Lindholm",
    Role.BYLINE: "By Maja Orlo",
    Role.LEAD: "LINDHOLM - The harbour board voted on Tuesday to close the old pier.",
    Role.BODY: "Ferries will call at Brunnvik until June.",
    Role.SUBHEAD: "What happens to the ferries?",
    Role.LIST: "- 23 berths",
}


def _roles() -> Rows:
    about = dict(re.findall(r"- ([A-Z]+): (.*?)\.(?=\n)", Role.__doc__ or "", re.S))
    shapes = {shape.role: shape.example for shape in reversed(ENGLISH.newsroom.shapes)}
    return [
        (
            f"`{role}`",
            " ".join(about[role.name].split()),
            f"`{_EXAMPLES.get(role) or shapes[role]}`",
            "no" if role in HIDDEN_ROLES else "yes",
        )
        for role in Role
    ]


# Of languages without spaces, a letter.
_UNSPACED = dict(zip("zh ja ko th lo km my".split(), "水水한กກកက", strict=True))


def _languages() -> Rows:
    return [
        (
            f"`{code}`",
            language.name,
            _matched_by(language),
            f"{len(language.stop_words):,}" if language.stop_words else "none",
            "no" if language.newsroom is NO_NEWSROOM else "yes",
        )
        for code, language in LANGUAGES.items()
        if code != UNDETERMINED
    ]


def _matched_by(language: Language) -> str:
    """Return how words of a language match, from its rules."""
    if letter := _UNSPACED.get(language.code):
        return f"{gram_size(letter)} characters in a row"
    if language.stemmer:
        return "stem (Snowball)"
    has_rules = language.spelling is not Language("", "").spelling
    return "stem (nutgraf)" if has_rules else "the whole word"


_RUNS = ("60000-rare", "200000", "1000000", "10000000")
# What a table of speed has of a run: the name, the figure, and the digits after the point.
_SPEED = (
    ("OR, ms", "or_p50", 2),
    ("AND, ms", "and_p50", 2),
    ("phrase, ms", "phrase_p50", 2),
    ("filtered OR, ms", "filtered_p50", 2),
    ("OR, p99, ms", "or_p99", 1),
    ("build, s", "build_s", 1),
    ("peak memory of the build, MB", "peak_mb", 0),
    ("disk / text", "disk_ratio", 2),
    ("opening, ms", "open_ms", 1),
)


def _speed(run: str, *engines: str) -> Rows:
    medians = stored_run(run)["medians"]
    return [
        (name, *(f"{medians[engine][figure]:,.{digits}f}" for engine in engines))
        for name, figure, digits in _SPEED
    ]


def _hits() -> Rows:
    medians = stored_run("200000")["medians"]
    return [
        (name, *(f"{medians[engine][figure]:,.0f}" for engine in ("nutgraf", "tantivy", "fts5")))
        for name, figure in (
            ("OR", "or_hits"),
            ("AND", "and_hits"),
            ("phrase", "phrase_hits"),
            ("filtered OR", "filtered_hits"),
        )
    ]


def _runs() -> Rows:
    made: Rows = []
    for name in _RUNS:
        run = stored_run(name)
        machine, versions = run["machine"], run["machine"]["versions"]
        made.append(
            (
                f"`{name}.json`",
                machine["date"][:10],
                f"{run['repeat']}",
                f"{machine['cores']} cores, {machine['memory_gb']:.0f} GB",
                f"Python {versions['python']}, tantivy {versions['tantivy']}, "
                f"SQLite {versions['sqlite']}",
            )
        )
    return made


def _bars() -> Rows:
    from report import BARS  # of the benchmarks

    runs = [stored_run(name)["runs"] for name in _RUNS]
    return [
        (
            bar.name,
            *(
                _measured(bar.measured(run), limit, bar.unit)
                for run, limit in zip(runs, bar.limits, strict=True)
            ),
        )
        for bar in BARS
    ]


def _measured(value: float | None, limit: float | None, unit: str) -> str:
    """Return what was measured, and the bar if there is one."""
    bound = "" if limit is None else f"({limit:g}{unit})"
    if value is None:
        return bound
    digits = 0 if value >= 100 else 1 if unit else 2 if value >= 0.1 else 3
    return f"{value:,.{digits}f}{unit} {bound}".rstrip()


# By page and header, the rows.
TABLES: dict[tuple[Path, str], Callable[[], Rows]] = {
    (DOCS / "query-language.md", "query | finds passages"): _forms,
    (DOCS / "query-language.md", "filter | by | takes"): _filters,
    (
        DOCS / "languages.md",
        "code | language | words are matched by | small words | newsroom words",
    ): _languages,
    (DOCS / "formats.md", "files | format"): lambda: [*describe_formats()],
    (DOCS / "formats.md", "property | keys, the first before the others"): _keys,
    (DOCS / "formats.md", "key | an article is left out if its value"): _release,
    (DOCS / "formats.md", "role | what the passage is | example | found by plain words"): _roles,
    (DOCS / "command-line.md", "`--format` | what is printed"): lambda: [
        (f"`{name}`", about) for name, about in describe_outputs()
    ],
    (DOCS / "benchmarks.md", "200,000 passages | nutgraf | tantivy | FTS5"): partial(
        _speed, "200000", "nutgraf", "tantivy", "fts5"
    ),
    (DOCS / "benchmarks.md", "1,000,000 passages | nutgraf | tantivy | FTS5"): partial(
        _speed, "1000000", "nutgraf", "tantivy", "fts5"
    ),
    (DOCS / "benchmarks.md", "10,000,000 passages | nutgraf | tantivy"): partial(
        _speed, "10000000", "nutgraf", "tantivy"
    ),
    (DOCS / "benchmarks.md", "matches of 200 queries | nutgraf | tantivy | FTS5"): _hits,
    (DOCS / "benchmarks.md", "run | date | repetitions | machine | versions"): _runs,
    (
        DOCS / "benchmarks.md",
        "ratio | 60,000 and rarer words | 200,000 | 1,000,000 | 10,000,000",
    ): _bars,
}


def tables(text: str, header: str) -> Iterator[re.Match[str]]:
    """Yield the tables of a Markdown text that have a header."""
    return (match for match in re.finditer(_HEADER, text) if match["header"] == header)


def rows(text: str, header: str) -> Rows:
    """Return the rows of all tables of a text that have a header."""
    lines = [line for match in tables(text, header) for line in match["rows"].splitlines()]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]


def with_table(text: str, header: str, made: Rows) -> str:
    """Return a text with the rows of the one table that has a header replaced."""
    (match,) = tables(text, header)
    lines = "".join(f"| {' | '.join(row)} |\n" for row in made)
    return text[: match.start("rows")] + lines + text[match.end("rows") :]


if __name__ == "__main__":
    sys.path.append(str(BENCHMARKS))
    for (page, header), made in TABLES.items():
        page.write_text(with_table(page.read_text("utf-8"), header, made()), "utf-8", newline="\n")
