"""How fast nutgraf is, beside its peers, in one run: see README.md here.

Every build and every search is a process of its own. This one stays small and imports no engine:
on Linux the peak memory of a child counts from the size of its parent.
"""

import argparse
import datetime
import importlib.metadata
import importlib.util
import json
import os
import platform
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from peers import ALL_CORES, ENGINES, VARIANTS, WHOOSH_CAP
from report import (
    Runs,
    bars_table,
    column_of,
    engines_table,
    median,
    queries_table,
    stored_bars,
)

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
BOOKS = TOP.parent / "shared" / "corpora" / "books.jsonl.gz"
BUILD_ONCE_FROM = 200_001  # passages; beyond, the repetitions search one index
PROCESS_RUNS = 11
QUERY = "otters"
PROCESS_IMPORTS = "import click"


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Run nutgraf and its peers side by side.")
    alone = [name for name in ENGINES if name not in {*VARIANTS, *ALL_CORES.values()}]
    parser.add_argument("--engines", nargs="+", choices=alone, default=alone)
    parser.add_argument("--rare", action="store_true", help="ask for words that few passages have")
    return checked(parser, passages=200_000)


def checked(parser: argparse.ArgumentParser, *, passages: int) -> argparse.Namespace:
    """Add the options that all runs have, and return those given; end the process for bad ones."""
    add = parser.add_argument
    add("--passages", type=int, default=passages, help=f"size of the corpus (default: {passages})")
    add("--corpus", type=Path, help="JSON Lines to use instead of the books, all of it")
    add("--books", type=Path, default=BOOKS, help="books.jsonl.gz, which the corpus is made of")
    add("--work", type=Path, help="folder that keeps the corpus (default: a temporary one)")
    add("--repeat", type=int, default=3, help="repetitions, of which medians are shown")
    add("--json", type=Path, help="file to write all figures to")
    options = parser.parse_args()
    if options.passages < 1 or options.repeat < 1:
        parser.error("--passages and --repeat must be 1 or more")
    for name in options.engines:
        if importlib.util.find_spec("sqlite3" if name == "fts5" else name) is None:
            parser.error(f"{name} is not installed: pip install '.[bench]', or choose --engines")
    if options.corpus and not options.corpus.is_file():
        parser.error(f"--corpus: there is no file {options.corpus}")
    return options


def script(name: str, *arguments: object) -> str:
    """Run a module of this folder as a process; return what it prints."""
    command = [sys.executable, str(HERE / name), *map(str, arguments)]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=False, env=environment()
    )
    if done.returncode:
        sys.exit(f"speed.py: {' '.join(command)} failed")
    return done.stdout


def prepare(options: argparse.Namespace, work: Path) -> tuple[Path, Path]:
    """Return the files of the corpus and of the queries; make those that are not there."""
    corpus, name = options.corpus, "given"
    if corpus is None:
        name = str(options.passages)
        corpus = work / f"corpus-{name}.jsonl"
        if not corpus.exists():
            if not options.books.is_file():
                sys.exit(
                    f"speed.py: there are no books at {options.books}; "
                    "name them with --books, or another corpus with --corpus"
                )
            say(f"making {corpus}")
            script("corpus.py", "corpus", options.books, name, corpus)
    queries = work / f"queries-{name}{'-rare' * options.rare}.json"
    if options.corpus or not queries.exists():
        say(f"making {queries}")
        script("corpus.py", "rare-queries" if options.rare else "queries", corpus, queries)
    return corpus, queries


def measure(options: argparse.Namespace, corpus: Path, queries: Path, folder: Path) -> Runs:
    """Run the engines in turn, so that what else the machine does hits all alike."""
    size = json.loads(queries.read_text("utf-8"))
    runs: Runs = {}
    for repetition in range(options.repeat):
        for name in options.engines:
            place, figures = folder / name, {}
            if not repetition or size["passages"] < BUILD_ONCE_FROM:
                say(f"{repetition + 1} of {options.repeat}: {name} builds")
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir(parents=True)
                figures = json.loads(script("worker.py", "build", name, corpus, place))
                figures["disk_mb"] = figures["disk_bytes"] / 1e6
                if name != "whoosh" or size["passages"] <= WHOOSH_CAP:
                    figures["disk_ratio"] = figures["disk_bytes"] / size["text_bytes"]
                if name in ALL_CORES:
                    say(f"{repetition + 1} of {options.repeat}: {name} builds with all cores")
                    other = folder / ALL_CORES[name]
                    shutil.rmtree(other, ignore_errors=True)
                    other.mkdir()
                    built = json.loads(script("worker.py", "build", ALL_CORES[name], corpus, other))
                    figures["all_cores_s"] = built["build_s"]
                os.sync()  # its last pages are not written in another's time
            say(f"{repetition + 1} of {options.repeat}: {name} searches")
            figures |= json.loads(script("worker.py", "search", name, queries, place))
            runs.setdefault(name, []).append(figures)
            for variant in (other for other, base in VARIANTS.items() if base == name):
                found = json.loads(script("worker.py", "search", variant, queries, place))
                runs.setdefault(variant, []).append(found)
            if name == "nutgraf":
                figures |= json.loads(script("parts.py", place, queries))
                figures |= whole_process(folder / "sample")
    return runs


def whole_process(index: Path) -> dict[str, float]:
    """Compare a search of the sample articles, from start to exit, with importing click alone."""
    nutgraf = [sys.executable, "-m", "nutgraf"]
    ours = [*nutgraf, "search", QUERY, "--index", str(index)]
    imports = [sys.executable, "-c", PROCESS_IMPORTS]
    run([*nutgraf, "index", "--index", str(index), str(TOP / "data")])
    for command in (ours, imports):
        run(command)  # so that both come from a warm disk
    times = [(run(ours), run(imports)) for _ in range(PROCESS_RUNS)]
    cpu, wall, cpu_of_imports, wall_of_imports = (
        statistics.median(column) for column in zip(*(a + b for a, b in times), strict=True)
    )
    return {
        "cpu_process_ms": 1000 * cpu,
        "process_ms": 1000 * wall,
        "cpu_process": cpu / cpu_of_imports,
        "process": wall / wall_of_imports,
    }


def environment() -> dict[str, str]:
    """Return the environment of the processes that are measured.

    An installed package has its bytecode, which a checkout may be told not to write.
    """
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def run(command: list[str]) -> tuple[float, float]:
    """Run a command; return its CPU time and wall time in seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True, env=environment()
    )
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def machine() -> dict[str, Any]:
    """Say what the figures were measured on and with."""
    cpu = platform.processor()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        cpu = next((line.partition(": ")[2] for line in lines if "model name" in line), cpu)
    commit = subprocess.run(
        ["git", "-C", str(TOP), "describe", "--always", "--dirty"],
        capture_output=True,
        text=True,
        check=False,
    )
    versions = {"python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for package in ("nutgraf", "tantivy", "bm25s", "whoosh3", "numpy", "PyStemmer"):
        try:
            versions[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            versions[package] = "-"
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "cpu": cpu,
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "os": platform.platform(),
        "load": round(os.getloadavg()[0], 2),
        "commit": commit.stdout.strip() or "-",
        "versions": versions,
    }


def say(text: str) -> None:
    print(f"speed.py: {text}", file=sys.stderr)


def heading(on: dict[str, Any], size: dict[str, Any], repeat: int) -> str:
    """Say what was measured, and on what."""
    versions = ", ".join(f"{name} {version}" for name, version in on["versions"].items())
    return (
        f"{on['cpu']}, {on['cores']} cores, {on['memory_gb']} GB, {on['os']}, {on['date']}\n"
        f"load {on['load']}, commit {on['commit']}; {versions}\n"
        f"{size['passages']:,} passages, {size['text_bytes']:,} bytes of text; "
        f"medians of {repeat}\n"
    )


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="nutgraf-speed-") as temporary:
        work = options.work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        on = machine()
        corpus, queries = prepare(options, work)
        size = json.loads(queries.read_text("utf-8"))
        with tempfile.TemporaryDirectory(prefix="index-", dir=work) as folder:
            runs = measure(options, corpus, queries, Path(folder))
    column = column_of(size["passages"], rare=options.rare)
    print(heading(on, size, options.repeat))
    print(engines_table(runs), queries_table(runs), bars_table(runs, column), sep="\n\n")
    if "whoosh" in runs and size["passages"] > WHOOSH_CAP:
        print(f"\nwhoosh: only the first {WHOOSH_CAP:,} passages, the same queries")
    if options.json:
        shown = {
            "machine": on,
            "passages": size["passages"],
            "text_bytes": size["text_bytes"],
            "rare": options.rare,
            "repeat": options.repeat,
            "medians": {
                engine: {figure: median(runs, engine, figure) for figure in repetitions[0]}
                for engine, repetitions in runs.items()
            },
            "bars": stored_bars(runs, column),
            "runs": runs,
        }
        options.json.write_text(json.dumps(shown, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
