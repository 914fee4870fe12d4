"""The queries of search-benchmark-game, by their tags, beside tantivy-py: see README.md here."""

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from corpus import Query, read_queries
from peers import ENGINES
from report import Runs, median, ratio
from speed import checked, heading, machine, prepare, say, script
from timing import Taken, percentiles, taken, without_collector

PLAYERS = ("nutgraf", "tantivy")


Agreement = dict[str, tuple[float, float]]


class Played(NamedTuple):
    """A line of the game's file: in the syntax that both engines read as it is."""

    tag: str
    text: str


def read_game(path: Path) -> list[Played]:
    """Read the queries in their order, each with its first tag that tells what kind it is."""
    with path.open(encoding="utf-8") as lines:
        items = [json.loads(line) for line in lines if line.strip()]
    return [
        Played(next(tag for tag in item["tags"] if tag != "global"), item["query"])
        for item in items
    ]


def play(name: str, game: list[Played], warm: list[Query], folder: Path) -> dict[str, Any]:
    """Ask each query once for its top ten, then once for its count; milliseconds by tag."""
    load = os.getloadavg()[0]
    engine = ENGINES[name]()
    engine.open(folder)
    asked = [(one.text, Query(one.tag, ())) for one in game]
    for query in warm:
        engine.search(engine.text(query), query)
        engine.count(engine.text(query), query)
    with without_collector():
        found = [taken(engine.search, text, query) for text, query in asked]
        counted = [taken(engine.count, text, query) for text, query in asked]
    counts = [engine.count(text, query) for text, query in asked]
    engine.close()
    figures: dict[str, Any] = {"load": load, "counts": counts}
    for what, times in (("top", found), ("count", counted)):
        by_tag: dict[str, list[Taken]] = {}
        for one, time in zip(game, times, strict=True):
            by_tag.setdefault(one.tag, []).append(time)
        for tag, column in by_tag.items():
            figures |= percentiles(f"{tag}_{what}", column)
    return figures


def agreement_of(game: list[Played], counts: dict[str, list[int]]) -> Agreement:
    """Return for each tag how many of its queries both count alike, and within 2 %, as shares."""
    shares = {}
    for tag, number in Counter(one.tag for one in game).items():
        pairs = [
            (ours, theirs)
            for one, ours, theirs in zip(game, *(counts[player] for player in PLAYERS), strict=True)
            if one.tag == tag
        ]
        equal = sum(ours == theirs for ours, theirs in pairs)
        near = sum(abs(ours - theirs) <= 0.02 * theirs for ours, theirs in pairs)
        shares[tag] = equal / number, near / number
    return shares


def game_table(game: list[Played], runs: Runs, agreement: Agreement) -> str:
    """Write a row for each tag in Markdown, for the page.

    Ours and the peer's in ms, our p50 and p99 by the peer's, and how often both count the same.
    """
    titles = ["tag", "queries"]
    for what in ("top 10", "count"):
        titles += [f"{what}, p50 ms", "tantivy", "p50, p99 ratio", "CPU"]
    rows = [[*titles, "counts equal", "within 2 %"]]
    rows.append(["---"] * len(rows[0]))
    for tag, number in Counter(one.tag for one in game).items():
        row = [tag, str(number)]
        for what in ("top", "count"):
            name = f"{tag}_{what}"
            row += [_shown(median(runs, player, f"{name}_p50"), 3) for player in PLAYERS]
            for clock in ("", "cpu_"):
                figures = (f"{clock}{name}_{part}" for part in ("p50", "p99"))
                row.append(", ".join(_shown(ratio(runs, one, "tantivy"), 2) for one in figures))
        rows.append([*row, *(f"{share:.0%}" for share in agreement[tag])])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Play the queries of search-benchmark-game.")
    parser.add_argument("queries", type=Path, help="its queries.txt")
    parser.set_defaults(engines=PLAYERS, rare=False)
    options = checked(parser, passages=60_000)
    if not options.queries.is_file():
        parser.error(f"there is no file {options.queries}")
    game = read_game(options.queries)
    runs: Runs = {player: [] for player in PLAYERS}
    counts: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory(prefix="nutgraf-game-") as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        on = machine()
        corpus, drawn = prepare(options, work)
        size = json.loads(drawn.read_text("utf-8"))
        with tempfile.TemporaryDirectory(prefix="index-", dir=work) as folder:
            for player in PLAYERS:
                say(f"{player} builds")
                (Path(folder) / player).mkdir()
                script("worker.py", "build", player, corpus, Path(folder) / player)
            for repetition in range(options.repeat):
                for player in PLAYERS:
                    say(f"{repetition + 1} of {options.repeat}: {player} plays")
                    place = Path(folder) / player
                    figures = json.loads(
                        script("game.py", "play", player, options.queries, drawn, place)
                    )
                    counts[player] = figures.pop("counts")
                    runs[player].append(figures)
    agreement = agreement_of(game, counts)
    print(heading(on, size, options.repeat), game_table(game, runs, agreement), sep="\n")
    if options.json:
        shown = {
            "machine": on,
            **{name: size[name] for name in ("passages", "text_bytes")},
            "repeat": options.repeat,
            "queries": Counter(one.tag for one in game),
            "counts_equal_and_near": agreement,
            "runs": runs,
        }
        options.json.write_text(json.dumps(shown, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["play", player, queries, drawn, folder]:
            warm = read_queries(Path(drawn))["warm"]
            print(json.dumps(play(player, read_game(Path(queries)), warm, Path(folder))))
        case _:
            main()
