"""Retrieval quality does not fall: floors on judged collections, where these are at hand."""

import math
import os
import sys
from pathlib import Path

import pytest

from judged import Collection, plain_words
from nutgraf import Article, Index, Searcher

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

HERE = Path(__file__).parent
COLLECTIONS = Path(
    os.environ.get("NUTGRAF_COLLECTIONS") or HERE.parents[1] / "shared" / "collections"
)
FLOORS = tomllib.loads((HERE / "quality.toml").read_text("utf-8"))


def gain(grades: list[int]) -> float:
    """Return the discounted cumulative gain of the first ten."""
    return sum(grade / math.log2(at + 2) for at, grade in enumerate(grades[:10]))


def quality(collection: Collection) -> float:
    """Return nDCG@10 of plain words, each document an article of one passage."""
    total = 0.0
    with Index.in_memory() as index:
        index.add(
            Article(id=one.id, title=one.title, text=" ".join((one.text or one.title).split()))
            for one in collection.documents
            if one.text or one.title
        )
        with Searcher(index) as searcher:
            for id, query in collection.queries.items():
                grades = collection.qrels[id]
                found = [hit.article for hit in searcher.search(plain_words(query))]
                best = sorted(grades.values(), reverse=True)
                total += gain([grades.get(one, 0) for one in found]) / gain(best)
    return total / len(collection.queries)


@pytest.mark.parametrize("name", FLOORS)
def test_quality_is_not_below_its_floor(name: str) -> None:
    folder = COLLECTIONS / name
    if not folder.is_dir():
        pytest.skip(f"no judged collection {name}: NUTGRAF_COLLECTIONS names their folder")
    collection = Collection.read(folder)
    assert collection.digest == FLOORS[name]["digest"], "other data: its floor is another one"
    assert quality(collection) >= FLOORS[name]["ndcg"]
