"""How well the title of an article finds the article with `group`, beside bm25s: see README.md."""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from judged import Collection, Document, plain_words
from nutgraf import Searcher
from nutgraf.matching.articles import scorer
from nutgraf.ranking.orders import by_article
from nutgraf.ranking.orders.article_words import ArticleWords
from quality import bm25s_run, indexed, measure

__all__ = ["grouped_runs", "known_items"]

DEPTH = 10  # articles ranked for a query
_SEED = "nutgraf"
_ENGINES = ("nutgraf", "best passage", "bm25s")
Run = dict[str, list[str]]  # query → documents, best first


def known_items(collection: Collection, most: int | None = None) -> Collection:
    """Return a collection whose queries are the titles of its documents, which have none then.

    The only answer to a title is its document. Documents without a text are left out. With `most`,
    the queries are a sample.
    """
    titled = [one for one in collection.documents if one.text.strip()]
    queries = {one.id: one.title for one in titled if plain_words(one.title)}
    if most is not None and most < len(queries):
        chosen = sorted(random.Random(_SEED).sample(sorted(queries), most))
        queries = {id: queries[id] for id in chosen}
    return replace(
        collection,
        documents=[Document(one.id, "", one.text) for one in titled],
        queries=queries,
        qrels={id: {id: 1} for id in queries},
    )


def grouped_runs(collection: Collection) -> dict[str, Run]:
    """Rank the articles of a collection, cut into passages, with `group`.

    "nutgraf" ranks them as a search does, "best passage" by the score of the best passage alone.
    """
    with indexed(collection, split=True) as index, Searcher(index) as searcher:
        runs = {"nutgraf": _run(searcher, collection)}
        with _passages_alone():
            runs["best passage"] = _run(searcher, collection)
    return runs


def _run(searcher: Searcher, collection: Collection) -> Run:
    found = {
        id: searcher.search(
            plain_words(query), group=True, collapse=False, require="any", limit=DEPTH
        )
        for id, query in collection.queries.items()
    }
    return {id: [hit.article for hit in hits] for id, hits in found.items()}


@contextmanager
def _passages_alone() -> Iterator[None]:
    """Let neither the whole article, nor its opening, nor where words stand add to scores."""
    with (
        patch.object(scorer, "ARTICLE", 0.0),
        patch.object(by_article, "OPENING", 0.0),
        patch.object(ArticleWords, "add"),
    ):
        yield


def _report(figures: dict[str, dict[str, dict[str, float]]]) -> str:
    """Write a line for each collection and measure: the engines, and nutgraf's by the others'."""
    rows = [["", "", *_ENGINES, "/ best passage", "/ bm25s"]]
    for measured in ("nDCG@10", "MRR@10"):
        for name, found in figures.items():
            ours, alone, peer = (found[engine][measured] for engine in _ENGINES)
            values = [f"{value:.4f}" for value in (ours, alone, peer)]
            rows.append([name, measured, *values, f"{ours / alone:.3f}", f"{ours / peer:.3f}"])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join([*map(str.ljust, row[:2], widths), *map(str.rjust, row[2:], widths[2:])])
        for row in rows
    )


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="+", type=Path, help="folders of collections")
    parser.add_argument("--queries", type=int, help="titles of each collection; all by default")
    parser.add_argument(
        "--judged", action="store_true", help="asks the judged queries, with titles in place"
    )
    parser.add_argument("--json", type=Path, help="writes the figures, with the data's digests")
    options = parser.parse_args(arguments)
    figures: dict[str, dict[str, dict[str, float]]] = {}
    digests = {}
    for folder in options.collections:
        collection = Collection.read(folder)
        digests[collection.name] = collection.digest
        if not options.judged:
            collection = known_items(collection, options.queries)
        runs = {**grouped_runs(collection), "bm25s": bm25s_run(collection, depth=DEPTH)}
        figures[collection.name] = {name: measure(collection, run) for name, run in runs.items()}
        print(f"{collection.name}: {len(collection.queries):,} queries", file=sys.stderr)
    print(_report(figures))
    if options.json:
        options.json.write_text(json.dumps({"digests": digests, "figures": figures}, indent=1))


if __name__ == "__main__":
    main()
