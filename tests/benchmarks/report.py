"""The runs of the engines to tables: all figures, then our bars and whether they are reached."""

import statistics
from collections.abc import Callable, Iterable
from typing import NamedTuple

from corpus import KINDS

__all__ = ["BARS", "Bar", "Runs", "bars_table", "engines_table", "median", "queries_table"]

Runs = dict[str, list[dict[str, float]]]  # engine → the figures of each repetition
_LARGE = 600_000  # passages from which the bars for a million are shown


class Bar(NamedTuple):
    """What we measure ourselves by: at most so much at 200,000 passages, and at 1,000,000."""

    name: str
    at_200k: float
    at_1m: float
    measure: Callable[[Runs], float | None]
    unit: str = ""


def median(runs: Runs, engine: str, figure: str) -> float | None:
    """Return the median of a figure; None where no run has it."""
    return _median(run[figure] for run in runs.get(engine, ()) if figure in run)


def _median(values: Iterable[float]) -> float | None:
    found = list(values)
    return statistics.median(found) if found else None


def _ratio(peer: str, figure: str, own: str = "") -> Callable[[Runs], float | None]:
    """Compare within each repetition, where the machine was the same, and take the median."""
    own = own or figure
    return lambda runs: _median(
        ours[own] / theirs[figure]
        for ours, theirs in zip(runs.get("nutgraf", ()), runs.get(peer, ()), strict=False)
        if own in ours and figure in theirs
    )


def _own(figure: str) -> Callable[[Runs], float | None]:
    return lambda runs: median(runs, "nutgraf", figure)


BARS = (
    Bar("build, one process / tantivy, one writer thread", 1, 1, _ratio("tantivy", "build_s")),
    Bar("build, one process / FTS5", 1.2, 1, _ratio("fts5", "build_s")),
    Bar("build, all cores / one process", 0.6, 0.6, _ratio("nutgraf", "build_s", "all_cores_s")),
    Bar("ranked OR p50 / tantivy", 1.5, 1.2, _ratio("tantivy", "or_p50")),
    Bar("ranked OR p99 / tantivy", 2, 2, _ratio("tantivy", "or_p99")),
    Bar("ranked OR p50 / FTS5", 0.2, 0.05, _ratio("fts5", "or_p50")),
    Bar("AND p50 / FTS5", 1, 0.6, _ratio("fts5", "and_p50")),
    Bar("phrase p50 / FTS5", 1, 0.6, _ratio("fts5", "phrase_p50")),
    Bar("bytes on disk, text included / bytes of the text", 1.05, 1, _own("disk_ratio")),
    Bar("peak memory of the build", 300, 600, _own("peak_mb"), " MB"),
    Bar("opening an index, imports done", 10, 10, _own("open_ms"), " ms"),
    Bar("`nutgraf search` / importing what it needs, CPU", 1.25, 1.25, _own("process_cpu")),
    Bar("`nutgraf search` / importing what it needs, wall", 1.25, 1.25, _own("process_wall")),
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


def bars_table(runs: Runs, passages: int) -> str:
    """Write each bar, what was measured, and whether it was reached."""
    large = passages >= _LARGE
    rows = [["at most, for " + ("1,000,000" if large else "200,000"), "bar", "measured", "reached"]]
    for bar in BARS:
        limit, measured = bar.at_1m if large else bar.at_200k, bar.measure(runs)
        if measured is None:
            shown, reached = "-", "-"
        else:
            shown = f"{measured:,.{0 if measured >= 100 else 2}f}{bar.unit}"
            reached = "yes" if measured <= limit else "no"
        rows.append([bar.name, f"{limit:g}{bar.unit}", shown, reached])
    return _table(rows)


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _table(rows: list[list[str]]) -> str:
    """Align columns: the first to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = (
        "  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]) for row in rows
    )
    return "\n".join(lines)
