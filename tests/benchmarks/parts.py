"""What parts of a search of ours take, and two threads together: a line of JSON. See README.md."""

import argparse
import json
import statistics
import threading
import time
from pathlib import Path

from corpus import Query, read_queries
from engine import TOP
from nutgraf import Index, Searcher
from nutgraf.query.parser import parse
from ours import Nutgraf
from timing import Taken, percentiles, taken, without_collector

_WORDS = 4  # of a query that is parsed
_PAIRS = 5  # of one thread and two threads
_SHORTEST = 0.5  # seconds that one thread is asked for at least


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="folder of an index of a corpus of speed.py")
    parser.add_argument("queries", type=Path, help="its queries-N.json")
    options = parser.parse_args()
    queries = read_queries(options.queries)
    warm = [Nutgraf().text(query) for query in queries["warm"] if query.kind == "or"]
    texts = [Nutgraf().text(query) for query in queries["or"]]
    with Index.open(options.index) as index, Searcher(index) as searcher:
        figures = percentiles("parse", parsing(index, queries["or"]))
        for text in warm:
            _read(searcher, text, TOP)
        figures |= percentiles("ten_hits", ten_hits(searcher, texts))
        figures["two_threads"] = two_threads(searcher, texts)
    print(json.dumps(figures))


def parsing(index: Index, queries: list[Query]) -> list[Taken]:
    """Return what it takes to parse each text of four words of the queries."""
    words = [word for query in queries for word in query.words]
    texts = [" ".join(words[at : at + _WORDS]) for at in range(0, len(words) - _WORDS, _WORDS)]
    analyzer = index.snapshot().analyzer
    with without_collector():
        return [taken(lambda text: parse(text, analyzer=analyzer), text) for text in texts]


def ten_hits(searcher: Searcher, texts: list[str]) -> list[Taken]:
    """Return what ten hits with text add: eleven hits less one, of the same query asked again.

    Both rank as many passages. Queries with fewer hits are left out.
    """
    times = []
    with without_collector():
        for number, text in enumerate(texts):
            if searcher.search(text, limit=1, require="any").total <= TOP:
                continue
            limits = (1, TOP + 1) if number % 2 else (TOP + 1, 1)
            both = {limit: taken(_read, searcher, text, limit) for limit in limits}
            (wall, cpu), (wall_of_one, cpu_of_one) = both[TOP + 1], both[1]
            times.append((wall - wall_of_one, cpu - cpu_of_one))
    return times


def two_threads(searcher: Searcher, texts: list[str], *, shortest: float = _SHORTEST) -> float:
    """Return the throughput of two threads on one searcher by that of one.

    One thread asks for at least the `shortest` seconds. All was asked once before.
    """
    once = _together(searcher, texts, threads=1, rounds=1)
    rounds = max(1, round(shortest / once))
    return statistics.median(
        2
        * _together(searcher, texts, threads=1, rounds=rounds)
        / _together(searcher, texts, threads=2, rounds=rounds)
        for _ in range(_PAIRS)
    )


def _together(searcher: Searcher, texts: list[str], *, threads: int, rounds: int) -> float:
    """Return the seconds on the wall in which each thread asks all queries some times."""
    barrier = threading.Barrier(threads + 1)

    def ask(begin: int) -> None:
        barrier.wait()
        for _ in range(rounds):
            for text in (*texts[begin:], *texts[:begin]):
                _read(searcher, text, TOP)

    begins = [number * len(texts) // threads for number in range(threads)]
    running = [threading.Thread(target=ask, args=(begin,)) for begin in begins]
    for thread in running:
        thread.start()
    with without_collector():
        barrier.wait()
        start = time.perf_counter()
        for thread in running:
            thread.join()
        return time.perf_counter() - start


def _read(searcher: Searcher, text: str, limit: int) -> None:
    for hit in searcher.search(text, limit=limit, require="any"):
        assert hit.citation
        assert hit.text


if __name__ == "__main__":
    main()
