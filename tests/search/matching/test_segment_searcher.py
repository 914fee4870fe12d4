"""What matches, against the plain evaluator."""

from functools import partial
from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from brute import expected, facts_of, holds, lit_up, marked_beside, meant, searched, spans
from generated import ARTICLES, LONG_ARTICLES, NEARS, QUERIES, SINGLES, at_the_256th
from nutgraf import Article, Index, Searcher, search
from nutgraf.query.parser import Require
from nutgraf.ranking import rescore
from scale import examples
from small import changed


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=10), st.sampled_from(["any", "any", "all"]))
def test_the_matches_are_those_of_the_plain_evaluator(
    articles: list[Article], queries: list[str], require: Require
) -> None:
    everything = facts_of(articles)
    by_citation = {facts.citation: facts for facts in everything}
    # No two passages are near-equals, which are not ordered by score.
    with Index.in_memory() as index, changed(rescore, NEAR_EQUAL=2):
        index.add(articles)
        with Searcher(index) as searcher:
            for query in queries:
                results = searcher.search(query, limit=1000, require=require, collapse=False)
                found = [hit.citation for hit in results]
                assert set(found) == expected(query, everything, require), query
                assert len(found) == len(set(found)) == results.total
                order = [(-hit.score, hit.article, hit.number) for hit in results]
                assert order == sorted(order)
                tree = searched(query, everything, require)
                for hit in results:
                    assert tree is not None
                    facts = by_citation[hit.citation]
                    words = marked_beside(tree, facts.texts, partial(holds, facts=facts))
                    for number, (found_spans, text) in enumerate(
                        zip((hit.spans, hit.title_spans), facts.texts, strict=True)
                    ):
                        own = {at for of, at in words or () if of == number}
                        assert list(found_spans) == lit_up(text, own), query


@examples(3, 25)
@given(LONG_ARTICLES, st.lists(st.one_of(SINGLES, NEARS), min_size=1, max_size=6))
def test_words_beyond_the_256th_of_a_passage(articles: list[Article], queries: list[str]) -> None:
    everything = facts_of(articles)
    with Index.in_memory() as index:
        for article in articles:
            index.add([article])
        for _ in ("segments", "one segment"):
            for query in (*queries, *chain.from_iterable(map(at_the_256th, articles))):
                hits = search(query, index, limit=1000, collapse=False)
                assert {hit.citation for hit in hits} == expected(query, everything), query
                for hit in hits:
                    tree = searched(query, everything)
                    assert tree is not None
                    assert list(hit.spans) == spans(meant(tree)[0], hit.text), query
            index.compact()


@given(ARTICLES, QUERIES, st.integers(0, 6), st.integers(0, 6))
def test_a_page_is_a_part_of_the_whole(
    articles: list[Article], query: str, limit: int, offset: int
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        whole = search(query, index, limit=1000)
        page = search(query, index, limit=limit, offset=offset)
        assert page.total == whole.total
        assert list(page) == list(whole)[offset : offset + limit]
