"""Scores are those of the formula, worked out by the plain evaluator."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute_ranking
from brute_ranking import Archive
from generated import ARTICLES, LONG_ARTICLES, NEARS, QUERIES, SINGLES, at_the_256th
from nutgraf import Article, Index, search
from nutgraf.matching import scored_terms
from nutgraf.scoring.bm25f import WINDOW
from nutgraf_index.segment import postings_reader as inversion
from scale import examples
from small import SMALL, changed


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=6), st.booleans(), st.sampled_from([1, 3]))
def test_scores_are_those_of_the_plain_formula(
    articles: list[Article], queries: list[str], dense: bool, around: int
) -> None:
    archive = Archive(articles)
    with (
        changed(inversion, **(SMALL if dense else {})),
        changed(brute_ranking, AROUND=around),
        changed(scored_terms, CONTEXT_REACH=around),
        Index.in_memory(language="en") as index,
    ):
        index.add(articles)
        for text in queries:
            expected = archive.scores(text) if search(text, index, require="any").total else {}
            assert len(expected) <= WINDOW  # so that all hits are refined
            for hit in search(text, index, limit=1000, require="any"):
                assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), text


@examples(4)
@given(LONG_ARTICLES, st.lists(st.one_of(SINGLES, NEARS), min_size=1, max_size=4))
def test_scores_beyond_the_256th_word_of_a_passage(
    articles: list[Article], queries: list[str]
) -> None:
    articles = [replace(article, language="en") for article in articles]  # w0 w1 is like Polish
    archive = Archive(articles)
    with Index.in_memory(language="en") as index:
        index.add(articles)
        for text in (*queries, *at_the_256th(articles[0])[:6]):
            expected = archive.scores(text) if search(text, index, require="any").total else {}
            for hit in search(text, index, limit=1000, require="any"):
                assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), text
