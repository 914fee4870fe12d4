"""Where words stand in titles: the passages under them, each once, with the most these add."""

import random

import numpy as np

from nutgraf import Article, Index
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.scorer import Scores
from nutgraf.matching.term_scorer import documents_under_fields
from nutgraf.scoring.bm25f import OPENING


def test_passages_under_titles_are_found_with_the_most_that_these_add() -> None:
    chance = random.Random(1)
    articles = [
        Article(
            id=f"{at:03}",
            title=" ".join(
                chance.sample(["otter", "fence", "river", "mill"], chance.randint(0, 3))
            ),
            text="\n\n".join("## otter" if chance.random() < 0.2 else "A fence." for _ in range(5)),
            format="markdown",
        )
        for at in range(60)
    ]
    with Index.in_memory() as index:
        index.add(articles)
        lists = SnapshotPostings(index.snapshot()).segments[0]
        everything = np.arange(lists.reader.passages)
        assert lists.term("otter").titled.keys() == {"title", "heading"}
        for words in (["mill"], ["otter", "river"], ["fence", "mill", "otter"], ["boat"], []):
            terms = [lists.term(word) for word in words]
            bits = np.array([chance.random() < 0.7 for _ in everything], np.uint8)
            documents, most = documents_under_fields(terms, bits)
            added = sum(
                (term.worth * _part(over.often_at(everything)))
                for term in terms
                for over in term.titled.values()
            ) + np.zeros(len(everything))
            assert documents.tolist() == np.flatnonzero((added > 0) & (bits > 0)).tolist()
            assert (most >= added[documents] - 1e-9).all()
            lifted = sum(
                term.worth * _part((OPENING if name == "title" else 1) * over.often_at(everything))
                for term in terms
                for name, over in term.titled.items()
            ) + np.zeros(len(everything))
            assert (most <= lifted[documents] + 1e-9).all()


def _part(often: Scores) -> Scores:
    part: Scores = often / (often + 1)
    return part
