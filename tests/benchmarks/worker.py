"""The process that builds or searches one index, and prints its figures as a line of JSON."""

import json
import os
import resource
import statistics
import sys
import time
from pathlib import Path

from corpus import Query, read_queries
from engine import Engine
from peers import ENGINES
from timing import percentiles, taken, without_collector

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
    load = os.getloadavg()[0]
    opens = []
    for number in range(_OPENS):
        if number:
            engine.close()
        opens.append(taken(engine.open, folder)[0])
    figures = {
        "load": load,
        "open_ms": 1000 * statistics.median(opens),
        "passages": engine.size(),
    }
    for query in queries["warm"]:
        if query.kind in engine.kinds:
            engine.search(engine.text(query), query)
    for kind in engine.kinds:
        with without_collector():
            times = [taken(engine.search, engine.text(query), query) for query in queries[kind]]
        figures |= percentiles(kind, times)
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
