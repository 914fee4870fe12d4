"""The process that builds or searches one index, and prints its figures as a line of JSON."""

import json
import math
import resource
import statistics
import sys
import time
from pathlib import Path

from corpus import Query, read_queries
from peers import ENGINES, Engine

_OPENS = 5


def build(engine: Engine, corpus: Path, folder: Path) -> dict[str, float]:
    """Build an index in an empty folder; seconds, peak memory and bytes on disk."""
    start = time.perf_counter()
    engine.build(corpus, folder)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "build_s": seconds,
        "peak_mb": peak * (1 if sys.platform == "darwin" else 1024) / 1e6,
        "disk_bytes": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    }


def search(engine: Engine, queries: dict[str, list[Query]], folder: Path) -> dict[str, float]:
    """Open an index some times, then ask each query once; milliseconds, and hits in all."""
    opens = []
    for number in range(_OPENS):
        if number:
            engine.close()
        start = time.perf_counter()
        engine.open(folder)
        opens.append(time.perf_counter() - start)
    figures = {"open_ms": 1000 * statistics.median(opens), "passages": engine.size()}
    for query in queries["warm"]:
        if query.kind in engine.kinds:
            engine.search(engine.text(query), query)
    for kind in engine.kinds:
        times = []
        for query in queries[kind]:
            text = engine.text(query)
            start = time.perf_counter()
            engine.search(text, query)
            times.append(time.perf_counter() - start)
        times.sort()
        figures[f"{kind}_p50"] = 1000 * statistics.median(times)
        figures[f"{kind}_p99"] = 1000 * times[math.ceil(0.99 * len(times)) - 1]
    for kind in engine.kinds:
        figures[f"{kind}_hits"] = sum(engine.count(engine.text(q), q) for q in queries[kind])
    engine.close()
    return figures


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["build", name, corpus, folder]:
            result = build(ENGINES[name](), Path(corpus), Path(folder))
        case ["search", name, queries, folder]:
            result = search(ENGINES[name](), read_queries(Path(queries)), Path(folder))
        case _:
            sys.exit("usage: worker.py build ENGINE CORPUS FOLDER | search ENGINE QUERIES FOLDER")
    print(json.dumps(result))
