"""Whoosh's queries over the index find what they find over Whoosh's own storage."""

import pytest
import whoosh
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query.compound import And, AndMaybe, AndNot, DisjunctionMax, Or, Require
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import TermRange
from whoosh.query.spans import SpanFirst, SpanNear, SpanNot, SpanOr
from whoosh.query.terms import FuzzyTerm, Prefix, Term, Wildcard
from whoosh.query.wrappers import Not

from english import analyse
from generated import ARTICLES, WORDS
from nutgraf import Article, Index
from nutgraf_index.indexing import writer as writers
from nutgraf_index.indexing.merge_policy import MergePolicy
from scale import examples
from stock import found_by, stock_searcher

STEMS = st.sampled_from(sorted({token.term for word in WORDS for token in analyse(word)}))
IN_TEXT = st.builds(Term, st.just("text"), STEMS)
STARTS = st.sampled_from(["m", "mis", "missile", "ir", "a", "zz", ""])
# Not joined with others: Whoosh cannot do that in its own storage (estimate_size).
SPANS = st.recursive(
    IN_TEXT,
    lambda inner: st.one_of(
        st.builds(
            lambda a, b, slop, ordered: SpanNear(a, b, slop=slop, ordered=ordered),
            inner,
            inner,
            st.integers(1, 3),
            st.booleans(),
        ),
        st.builds(lambda a, limit: SpanFirst(a, limit=limit), inner, st.integers(0, 3)),
        st.builds(lambda a, b: SpanOr([a, b]), inner, inner),
        st.builds(SpanNot, inner, inner),
    ),
    max_leaves=3,
)
DAYS = st.sampled_from(["2018", "2019", "2020", "2020-01", "2020-01-10", "2021"])
LEAVES = st.one_of(
    IN_TEXT,
    st.builds(Term, st.just("title"), STEMS),
    st.builds(Term, st.just("by"), st.sampled_from(["lee", "ann", "bo"])),
    st.builds(Term, st.just("role"), st.sampled_from(["lead", "body", "byline", "none"])),
    st.builds(Term, st.just("article"), st.sampled_from(["0", "1", "9"])),
    st.builds(Phrase, st.just("text"), st.lists(STEMS, min_size=2, max_size=3)),
    st.builds(Prefix, st.sampled_from(["words", "text", "title"]), STARTS),
    st.builds(Wildcard, st.just("words"), st.sampled_from(["m*s", "?s", "ira?", "*e", "i*"])),
    st.builds(FuzzyTerm, st.just("words"), st.sampled_from(["iran", "misile", "th", "mahdy"])),
    st.builds(TermRange, st.just("date"), DAYS, DAYS),
    st.builds(TermRange, st.just("words"), STARTS, st.sampled_from(["n", "the", "zz"])),
    st.builds(Every),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(And, st.lists(inner, min_size=1, max_size=3)),
        st.builds(Or, st.lists(inner, min_size=1, max_size=3)),
        st.builds(lambda some, out: And([some, Not(out)]), inner, inner),
        st.builds(AndNot, inner, inner),
        st.builds(AndMaybe, inner, inner),
        st.builds(Require, inner, inner),
        st.builds(lambda some: DisjunctionMax(some), st.lists(inner, min_size=1, max_size=2)),
    ),
    max_leaves=5,
)


# In whoosh-reloaded some of these queries fail in its own storage.
@pytest.mark.skipif(whoosh.__version__ < (3,), reason="needs whoosh3")
@examples(8)
@given(
    ARTICLES,
    ARTICLES,
    st.sets(st.integers(0, 4)),
    st.lists(TREES | SPANS, min_size=1, max_size=8),
)
def test_whoosh_finds_the_same_as_in_its_own_storage(
    before: list[Article], after: list[Article], gone: set[int], queries: list[Query]
) -> None:
    held = {article.id: article for article in [*before, *after]}
    with Index.in_memory() as index:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(writers, "_BYTES_PER_CHARACTER", 1 << 28)  # a segment for each article
            patch.setattr(writers, "_POLICY", MergePolicy(width=9))
            index.add(before)
            index.add(after)
            index.remove([str(number) for number in gone if str(number) in held])
        left = [article for id, article in held.items() if int(id) not in gone]
        with stock_searcher(left) as stock:
            wanted = [found_by(query, stock) for query in queries]
            for _ in ("as segments with deletions", "as one"):
                with index.as_whoosh().searcher() as searcher:
                    for query, found in zip(queries, wanted, strict=True):
                        assert found_by(query, searcher) == found, query
                    assert searcher.doc_count() == stock.doc_count()
                index.compact()


@pytest.mark.parametrize("limit", [1, 3, 10])
def test_a_page_of_whoosh_is_the_beginning_of_all_its_hits(limit: int) -> None:
    """Whoosh's collector asked a matcher for its best score as soon as a page was full."""
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(id=number, text=f"Otters swim{' and otters eat' * (number % 7)}. {number}")
                for number in range(40)
            ]
        )
        otter, eat = Term("text", "otter"), Term("text", "eat")
        queries = [otter, Or([otter, eat]), And([otter, eat]), AndMaybe(otter, eat)]
        queries += [Require(otter, eat), DisjunctionMax([otter, eat]), And([otter, Not(eat)])]
        with index.as_whoosh().searcher() as searcher:
            for query in queries:
                every = [(hit.score, hit["article"]) for hit in searcher.search(query, limit=None)]
                page = [(hit.score, hit["article"]) for hit in searcher.search(query, limit=limit)]
                assert page == every[:limit], query
            assert searcher.search_page(otter, 2, pagelen=10).total == 40
            assert "otter" in searcher.search(otter)[0].highlights("text").lower()
