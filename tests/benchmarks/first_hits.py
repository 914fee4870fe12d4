"""Two-word queries whose first hit lacks a word, though another passage has both words.

The words are drawn by a fixed seed from passages of an index that speed.py has built:

    python first_hits.py INDEX [--queries 400]
"""

import argparse
import random
from collections import Counter
from functools import partial
from pathlib import Path

from nutgraf import Index, Searcher
from nutgraf.options import Require, Sort

_SEED = 18
_MOST = 200  # passages that have both words


def drawn(index: Index, searcher: Searcher, count: int) -> list[str]:
    """Return queries of two words that stand together in 1 to 200 passages."""
    chance = random.Random(_SEED)
    snapshot = index.snapshot()
    analyzer = snapshot.analyzer
    queries: list[str] = []
    while len(queries) < count:
        reader = chance.choice(snapshot.readers)
        text = reader.text(chance.randrange(reader.passages))
        words = sorted({word for word in analyzer.words(text) if word.isalpha()})
        words = [word for word in words if not analyzer.is_stop_word(word)]
        if len(words) < 2:
            continue
        query = " ".join(chance.sample(words, 2))
        if 1 <= searcher.search(query, require="all", limit=0).total <= _MOST:
            queries.append(query)
    return queries


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="folder of an index")
    parser.add_argument("--queries", type=int, default=400, help="number of queries")
    options = parser.parse_args(arguments)
    with Index.open(options.index) as index, Searcher(index) as searcher:
        queries = drawn(index, searcher, options.queries)
        for require in ("any", "auto", "all"):
            counts = measured(searcher, queries, require)
            print(f"{require}: {dict(counts)} of {len(queries)} queries")


def measured(searcher: Searcher, queries: list[str], require: Require) -> Counter[str]:
    """Return the number of queries with each fault."""
    faults: Counter[str] = Counter()
    sorts: tuple[Sort, ...] = ("date", "path")
    for query in queries:
        searched = partial(searcher.search, query, require=require, collapse=False)
        results = searched()
        faults["first hit lacks a word"] += bool(results[0].missing)
        faults["hit of ten lacks a word"] += any(hit.missing for hit in results)
        by_score = {hit.citation for hit in searched(limit=results.total)}
        for sort in sorts:
            found = {hit.citation for hit in searched(limit=results.total, sort=sort)}
            faults[f"other passages by {sort}"] += found != by_score
    return faults


if __name__ == "__main__":
    main()
