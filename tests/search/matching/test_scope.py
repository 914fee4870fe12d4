"""Queries that passages of an article answer together, against the plain evaluator."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute import expected_together, facts_of, lit_up
from generated import ARTICLES, QUERIES
from nutgraf import ArgumentError, Article, Index, Searcher, search
from nutgraf.matching.scope import Windows
from nutgraf.query.parser import Require
from nutgraf_index.core.buffers import Bitmap
from nutgraf_index.fields import Level
from scale import examples

SCOPES = st.sampled_from([("article", 99), ("window:1", 1), ("window:2", 2), ("window:3", 3)])


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=8), SCOPES, st.sampled_from(["any", "all"]))
def test_the_hits_and_spans_are_those_of_the_plain_evaluator(
    articles: list[Article], queries: list[str], scope: tuple[str, int], require: Require
) -> None:
    everything = facts_of(articles)
    by_citation = {facts.citation: facts for facts in everything}
    with Index.in_memory() as index:
        # In more than one segment.
        index.add(articles[:2])
        index.add(articles[2:])
        with Searcher(index) as searcher:
            for query in queries:
                wanted = expected_together(query, everything, scope[1], require)
                results = searcher.search(
                    query, limit=1000, require=require, scope=scope[0], collapse=False
                )
                assert {hit.citation for hit in results} == set(wanted), query
                assert len(results) == results.total == len(wanted)
                order = [(-hit.score, hit.article, hit.number) for hit in results]
                assert order == sorted(order)
                for hit in results:
                    for number, (text, spans) in enumerate(
                        zip(
                            by_citation[hit.citation].texts,
                            (hit.spans, hit.title_spans),
                            strict=True,
                        )
                    ):
                        words = {at for of, at in wanted[hit.citation] if of == number}
                        assert list(spans) == lit_up(text, words), query


@given(ARTICLES, QUERIES, st.sampled_from(["any", "all"]))
def test_articles_of_one_passage_answer_as_passages(
    articles: list[Article], query: str, require: Require
) -> None:
    articles = [replace(one, text=one.text.partition("\n")[0]) for one in articles]
    with Index.in_memory() as index:
        index.add(articles)
        alone = search(query, index, limit=1000, require=require, collapse=False)
        article = search(query, index, limit=1000, require=require, scope="article", collapse=False)
        scores = {hit.citation: pytest.approx(hit.score, abs=1e-12) for hit in alone}
        assert {hit.citation: hit.score for hit in article} == scores
        spans = {hit.citation: (hit.spans, hit.title_spans) for hit in alone}
        assert {hit.citation: (hit.spans, hit.title_spans) for hit in article} == spans


@examples(10)
@given(st.lists(st.integers(1, 30), max_size=12), st.integers(1, 40), st.data())
def test_units_are_the_stretches_of_an_article(
    sizes: list[int], size: int, data: st.DataObject
) -> None:
    articles = [
        Article(id=str(at), text="\n".join(["A word."] * count)) for at, count in enumerate(sizes)
    ]
    with Index.in_memory() as index:
        index.add([Article(id="first", text="A word."), *articles])
        reader = index.snapshot().readers[0]
        units = Windows(reader.first_passages(Level.ARTICLE), size)
        stretches = [
            range(at, min(at + size, passages.stop))
            for passages in map(reader.passages_of, range(reader.counts[Level.ARTICLE]))
            for at in passages
            if at == passages.start or at + size <= passages.stop
        ]
        assert len(units) == len(stretches)
        some = data.draw(st.sets(st.integers(0, reader.passages - 1), max_size=9))
        having = units.having(Bitmap.of(reader.passages, sorted(some)))
        true = [at for at, stretch in enumerate(stretches) if not some.isdisjoint(stretch)]
        assert (having.size, having.numbers().tolist()) == (len(stretches), true)
        inside = {at for unit in true for at in stretches[unit]}
        passages = units.passages(having)
        assert (passages.size, passages.numbers().tolist()) == (reader.passages, sorted(inside))


STORY = Article(
    id="a", text="The port was shut.\nA storm came.\nNobody was hurt.\nThe ferry waited there."
)
OTHER = Article(id="b", text="The port is old.\nThe ferry is new.")


def citations(query: str, scope: str) -> list[str]:
    with Index.in_memory() as index:
        index.add([STORY, OTHER])
        return sorted(hit.citation for hit in search(query, index, scope=scope))


@pytest.mark.parametrize(
    ("query", "scope", "found"),
    [
        ("port AND ferry", "passage", []),
        ("port AND ferry", "article", ["a#1", "a#4", "b#1", "b#2"]),
        ("port AND ferry", "window:2", ["b#1", "b#2"]),
        ("port AND ferry", "window:4", ["a#1", "a#4", "b#1", "b#2"]),
        ("port AND ferry", f"window:{10**17}", ["a#1", "a#4", "b#1", "b#2"]),
        ("port -storm", "article", ["b#1"]),
        ("port -storm", "window:2", ["b#1"]),
        ("port ADJ/0 ferry", "article", []),
        ('"port ferry"', "article", ["a#1", "a#4", "b#1", "b#2"]),
        ("+ferry storm", "article", ["a#2", "a#4", "b#2"]),
        ("(port AND zebra) OR ferry", "article", ["a#4", "b#2"]),
        ("port AND ferry article:b", "article", ["b#1", "b#2"]),
        ("port AND ferry role:lead", "article", []),
        ("port OR NOT storm", "article", ["a#1", "b#1"]),
        ("NOT storm", "article", ["b#1", "b#2"]),
    ],
)
def test_scopes(query: str, scope: str, found: list[str]) -> None:
    assert citations(query, scope) == found


def test_a_hit_is_ranked_by_its_own_words() -> None:
    with Index.in_memory() as index:
        index.add([STORY, OTHER])
        results = search("+ferry port storm", index, scope="article", explain=True)
        scores = {hit.citation: hit.score for hit in results}
        assert scores["a#2"] == max(scores.values())
        own = {hit.citation: hit.explanation.parts[0].value for hit in results if hit.explanation}
        assert own["a#2"] == search("storm", index)[0].score
        assert own["b#1"] == own["a#1"]
        # What is around a hit is a hit as well.
        assert scores["a#1"] == pytest.approx(own["a#1"] + 0.1 * own["a#2"])
        assert scores["b#1"] == pytest.approx(own["b#1"] + 0.1 * own["b#2"])


@pytest.mark.parametrize("scope", ["", "Article", "window", "window:0", "window:-1", "window:٣", 3])
def test_a_scope_that_is_none(scope: str, sample: Index) -> None:
    message = (
        r'^scope must be "passage", "article" or "window:N" with a whole number N, 1 or more, not '
    )
    with pytest.raises(ArgumentError, match=message):
        search("port", sample, scope=scope)


@pytest.mark.parametrize("scope", ["article", "window:2"])
def test_a_segment_where_nothing_may_match(scope: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter swam.\n\nThe river ran.")
    with Index.open(tmp_path / "i", create=True) as index:
        index.sync([tmp_path / "a.txt"])
        index.add([Article(id="b", text="An otter slept.")])
        assert len(index.snapshot().readers) == 2
        found = search("otter", index, scope=scope, paths=[tmp_path / "a.txt"])
        assert [hit.citation for hit in found] == ["a.txt#1"]
