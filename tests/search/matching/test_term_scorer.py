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
        assert lists.term("otter").other_fields.keys() == {"title", "heading"}
        for words in (["mill"], ["otter", "river"], ["fence", "mill", "otter"], ["boat"], []):
            terms = [lists.term(word) for word in words]
            bits = np.array([chance.random() < 0.7 for _ in everything], np.uint8)
            documents, most = documents_under_fields(
                [field for term in terms for field in term.over], bits
            )
            added = sum(
                (term.weight * _scorer(over.freqs_at(everything)))
                for term in terms
                for over in term.other_fields.values()
            ) + np.zeros(len(everything))
            assert documents.tolist() == np.flatnonzero((added > 0) & (bits > 0)).tolist()
            assert (most >= added[documents] - 1e-9).all()
            lifted = sum(
                term.weight
                * _scorer((OPENING if name == "title" else 1) * over.freqs_at(everything))
                for term in terms
                for name, over in term.other_fields.items()
            ) + np.zeros(len(everything))
            assert (most <= lifted[documents] + 1e-9).all()


def _scorer(freqs: Scores) -> Scores:
    scorer: Scores = freqs / (freqs + 1)
    return scorer
