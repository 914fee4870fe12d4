"""What the ranking costs: whole searches with it and with plain BM25, in one engine. See README.md.

Plain BM25 counts the words of the text alone: no titles, no headings, and none of what refines the
best.
"""

import argparse
import json
import statistics
import time
from pathlib import Path
from unittest.mock import patch

from corpus import KINDS, Query, read_queries
from nutgraf import Index, Searcher
from nutgraf.matching import postings
from nutgraf.ranking import rank
from peers import Nutgraf

_PLAIN, _WHOLE = 0, 1


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="folder of an index of a corpus of speed.py")
    parser.add_argument("queries", type=Path, help="its queries-N.json")
    options = parser.parse_args()
    queries = read_queries(options.queries)
    with Index.open(options.index) as index:
        searchers = Searcher(index), Searcher(index)
        for query in queries["warm"]:
            for how in (_PLAIN, _WHOLE):
                taken(searchers[how], query, how)
        for kind in KINDS:
            times = pairs(searchers, queries[kind])
            plain, whole = (1000 * statistics.median(column) for column in times)
            figures = {"plain_ms": plain, "whole_ms": whole, "ratio": whole / plain}
            print(json.dumps({"kind": kind, **figures}))


def pairs(
    searchers: tuple[Searcher, Searcher], queries: list[Query]
) -> tuple[list[float], list[float]]:
    """Return the seconds of each query, plain and whole; the one, then the other comes first."""
    times: tuple[list[float], list[float]] = [], []
    for at, query in enumerate(queries):
        for how in (_PLAIN, _WHOLE) if at % 2 else (_WHOLE, _PLAIN):
            times[how].append(taken(searchers[how], query, how))
    return times


def taken(searcher: Searcher, query: Query, how: int) -> float:
    """Return the seconds of processor time that a query takes, to ten hits with text."""
    text = Nutgraf().text(query)
    if how == _WHOLE:
        return _timed(searcher, text)
    with (
        patch.object(postings, "OTHER_FIELDS", ()),
        patch.object(rank, "rescore", lambda ranked: ranked),
    ):
        return _timed(searcher, text)


def _timed(searcher: Searcher, text: str) -> float:
    begun = time.process_time()
    for hit in searcher.search(text):
        assert hit.text
    return time.process_time() - begun


if __name__ == "__main__":
    main()
