"""Retrieval quality does not fall: floors on judged collections, where these are at hand."""

import math
import os
import tomllib
from pathlib import Path

import pytest

from judged import Collection, plain_words
from nutgraf import Article, Index, Searcher, search

HERE = Path(__file__).parent
COLLECTIONS = Path(
    os.environ.get("NUTGRAF_COLLECTIONS") or HERE.parents[1] / "shared" / "collections"
)
FLOORS = tomllib.loads((HERE / "quality.toml").read_text("utf-8"))
OWN = FLOORS.pop("data")  # of the sample articles, which are always here
JUDGED = tomllib.loads((HERE / "judged.toml").read_text("utf-8"))["query"]


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
                found = [hit.article for hit in searcher.search(plain_words(query), collapse=False)]
                best = sorted(grades.values(), reverse=True)
                total += gain([grades.get(one, 0) for one in found]) / gain(best)
    return total / len(collection.queries)


@pytest.mark.parametrize("name", FLOORS)
def test_quality_is_not_below_its_floor(name: str) -> None:
    folder = COLLECTIONS / name
    if not folder.is_dir():
        pytest.skip("needs the judged collections: NUTGRAF_COLLECTIONS names their folder")
    collection = Collection.read(folder)
    assert collection.digest == FLOORS[name]["digest"], "other data: its floor is another one"
    assert quality(collection) >= FLOORS[name]["ndcg"]


def test_quality_on_the_sample_articles(sample: Index) -> None:
    total = 0.0
    for query in JUDGED:
        grades = {citation: said[0] for citation, said in query.items() if citation != "text"}
        found = [hit.citation for hit in search(query["text"], sample)]
        best = sorted(grades.values(), reverse=True)
        total += gain([grades.get(one, 0) for one in found]) / gain(best)
    assert total / len(JUDGED) >= OWN["ndcg"]


def test_what_is_judged_is_there(sample: Index) -> None:
    with Searcher(sample) as searcher:
        for query in JUDGED:
            for citation in query.keys() - {"text"}:
                assert searcher.passage(citation).citation == citation
