"""The runs of the engines to tables: all figures, then our bars and whether they are reached."""

import statistics
from collections.abc import Iterable
from typing import Any, NamedTuple

from corpus import KINDS

__all__ = [
    "BARS",
    "COLUMNS",
    "Bar",
    "Runs",
    "bars_table",
    "column_of",
    "engines_table",
    "median",
    "queries_table",
    "ratio",
    "stored_bars",
]

Runs = dict[str, list[dict[str, float]]]  # engine → the figures of each repetition
# What the bars are for, and the passages from which those of a column are shown.
COLUMNS = ("60,000 and rarer words", "200,000", "1,000,000", "10,000,000")
_FROM = (0, 0, 600_000, 6_000_000)


class Bar(NamedTuple):
    """What we measure ourselves by: at most so much, or at least, in each of the columns.

    A figure of ours by one of a peer's, or by itself where none is named. A column without a
    limit is shown all the same.
    """

    name: str
    limits: tuple[float | None, float | None, float | None, float | None]
    own: str
    peer: str = ""
    other: str = ""  # the peer's figure, where it is not the same
    unit: str = ""
    least: bool = False

    def measured(self, runs: Runs, clock: str = "") -> float | None:
        """Return what the runs give; `clock` is "cpu_" for processor time, and else nothing."""
        own, other = clock + self.own, clock + (self.other or self.own)
        if not self.peer:
            return median(runs, "nutgraf", own)
        return ratio(runs, own, self.peer, other)

    def reached(self, limit: float | None, measured: float | None) -> str:
        """Say whether a limit was reached."""
        if limit is None or measured is None:
            return "-"
        return "yes" if (measured >= limit if self.least else measured <= limit) else "no"


def median(runs: Runs, engine: str, figure: str) -> float | None:
    """Return the median of a figure; None where no run has it."""
    return _median(run[figure] for run in runs.get(engine, ()) if figure in run)


def ratio(runs: Runs, own: str, peer: str, other: str = "") -> float | None:
    """Return a figure of ours by a peer's, the same one unless another is named.

    They are compared within each repetition, where the machine was the same; of that the median.
    """
    other = other or own
    return _median(
        ours[own] / theirs[other]
        for ours, theirs in zip(runs.get("nutgraf", ()), runs.get(peer, ()), strict=False)
        if own in ours and other in theirs
    )


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.median(found) if found else None


BARS = (
    Bar("OR p50 / tantivy", (1.3, 0.9, 0.8, 1.0), "or_p50", "tantivy"),
    Bar("OR p99 / tantivy", (None, 0.9, 0.9, None), "or_p99", "tantivy"),
    Bar("AND p50 / tantivy", (1.3, 1.2, 1.0, 1.2), "and_p50", "tantivy"),
    Bar("AND p99 / tantivy", (None, 1.3, 1.5, None), "and_p99", "tantivy"),
    Bar("phrase p50 / tantivy", (1.3, 1.1, 1.3, 1.3), "phrase_p50", "tantivy"),
    Bar("phrase p99 / tantivy", (None, 1.0, 1.0, None), "phrase_p99", "tantivy"),
    Bar("filtered OR p50 / tantivy", (None, 0.9, 0.9, None), "filtered_p50", "tantivy"),
    Bar("filtered OR p99 / tantivy", (None, 0.9, 0.9, None), "filtered_p99", "tantivy"),
    Bar("OR p50 / FTS5", (None, 0.02, 0.02, None), "or_p50", "fts5"),
    Bar("AND p50 / FTS5", (None, 0.5, 0.3, None), "and_p50", "fts5"),
    Bar("phrase p50 / FTS5", (None, 0.5, 0.3, None), "phrase_p50", "fts5"),
    Bar("filtered OR p50 / FTS5", (None, 0.5, 0.3, None), "filtered_p50", "fts5"),
    Bar(
        "OR p50 / plain BM25 in the same engine", (None, 1.3, 1.2, None), "or_p50", "nutgraf-plain"
    ),
    Bar(
        "parsing four words / tantivy's OR p50",
        (None, 0.1, None, None),
        "parse_p50",
        "tantivy",
        "or_p50",
    ),
    Bar(
        "ten hits with text / tantivy's OR p50",
        (None, 0.3, None, None),
        "ten_hits_p50",
        "tantivy",
        "or_p50",
    ),
    Bar(
        "OR in two threads / one, throughput, at least",
        (None, None, 1.7, None),
        "two_threads",
        least=True,
    ),
    Bar("cold `nutgraf search` / `import click`, CPU", (None, 2, 2, None), "cpu_process"),
    Bar(
        "build, one process / tantivy, one writer thread", (None, 1, 1, None), "build_s", "tantivy"
    ),
    Bar("build, one process / FTS5", (None, 1.2, 1, None), "build_s", "fts5"),
    Bar(
        "build, all cores / one process",
        (None, 0.6, 0.6, None),
        "all_cores_s",
        "nutgraf",
        "build_s",
    ),
    Bar("bytes on disk, text included / bytes of the text", (None, 1.05, 1, None), "disk_ratio"),
    Bar("peak memory of the build", (None, 300, 600, None), "peak_mb", unit=" MB"),
    Bar("opening an index, imports done", (None, 10, 10, None), "open_ms", unit=" ms"),
)


def engines_table(runs: Runs) -> str:
    """Write the builds: an engine a row."""
    columns = (
        ("passages", "passages", 0),
        ("build s", "build_s", 2),
        ("all cores s", "all_cores_s", 2),
        ("peak MB", "peak_mb", 0),
        ("disk MB", "disk_mb", 1),
        ("disk/text", "disk_ratio", 2),
        ("open ms", "open_ms", 2),
        ("load", "load", 1),
    )
    rows = [["engine", *(title for title, _, _ in columns)]]
    for engine in runs:
        cells = (_number(median(runs, engine, key), digits) for _, key, digits in columns)
        rows.append([engine, *cells])
    return _table(rows)


def queries_table(runs: Runs) -> str:
    """Write the latencies in ms, and the hits of all queries together: an engine a row."""
    rows = [["engine", *(f"{kind} {what}" for kind in KINDS for what in ("p50", "p99", "hits"))]]
    for engine in runs:
        cells = (
            _number(median(runs, engine, f"{kind}_{what}"), 0 if what == "hits" else 3)
            for kind in KINDS
            for what in ("p50", "p99", "hits")
        )
        rows.append([engine, *cells])
    return _table(rows)


def column_of(passages: int, *, rare: bool) -> int:
    """Return the number of the column of bars for a run."""
    return 0 if rare else max(at for at, least in enumerate(_FROM) if at and passages >= least)


def bars_table(runs: Runs, column: int) -> str:
    """Write each bar, what was measured, and whether it was reached, by the clock on the wall."""
    rows = [[f"at most, for {COLUMNS[column]}", "bar", "measured", "CPU", "reached"]]
    for bar in BARS:
        limit, measured = bar.limits[column], bar.measured(runs)
        shown = (_of_bar(one, bar.unit) for one in (measured, bar.measured(runs, "cpu_")))
        bound = "-" if limit is None else f"{limit:g}{bar.unit}"
        rows.append([bar.name, bound, *shown, bar.reached(limit, measured)])
    return _table(rows)


def stored_bars(runs: Runs, column: int) -> list[dict[str, Any]]:
    """Return the bars and what was measured, for the stored run."""
    return [
        {
            "bar": bar.name,
            "for": COLUMNS[column],
            "limit": bar.limits[column],
            "measured": bar.measured(runs),
            "measured_cpu": bar.measured(runs, "cpu_"),
        }
        for bar in BARS
    ]


def _of_bar(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.{0 if value >= 100 else 2 if value >= 0.1 else 3}f}{unit}"


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _table(rows: list[list[str]]) -> str:
    """Align columns: the first to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )
    return "\n".join(lines)
