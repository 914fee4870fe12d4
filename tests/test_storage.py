"""The storage engine against brute force, stock Whoosh, and itself by other ways."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import fields, scoring
from whoosh import query as whoosh_query
from whoosh.filedb.filestore import RamStorage
from whoosh.query import spans

from brute import Archive
from nutgraf import Article, Hit, Index, Searcher, search
from nutgraf_index import inversion, inverted, writer
from nutgraf_index.schema import NamesAnalyzer, StemAnalyzer, WordAnalyzer
from scale import examples, rounds
from test_evaluate import ARTICLES, QUERIES

query: Any = whoosh_query  # its names are not exported to type checkers
SMALL = {"_FREQUENT": 2, "_SHARE": 1000}  # then nearly every list is kept as bits


@contextmanager
def changed(module: Any, **values: int) -> Iterator[None]:
    """Set constants of a module for a while, so that small archives use what large ones do."""
    before = {name: getattr(module, name) for name in values}
    try:
        for name, value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def answer(index: Index, text: str) -> list[tuple[str, float, tuple[Any, ...]]]:
    return [(hit.citation, hit.score, hit.spans) for hit in search(text, index, limit=1000)]


@examples(60)
@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=5), st.booleans())
def test_scores_are_those_of_the_plain_formula(
    articles: list[Article], queries: list[str], dense: bool
) -> None:
    archive = Archive(articles)
    with changed(inversion, **(SMALL if dense else {})), Index.in_memory() as index:
        index.add(articles)
        for text in queries:
            expected = (
                {facts.citation: archive.score(text, facts) for facts in archive.facts}
                if search(text, index).total
                else {}
            )
            for hit in search(text, index, limit=1000):
                assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), text


CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("add"), ARTICLES),
        st.tuples(st.just("remove"), st.sets(st.sampled_from("01234"), min_size=1)),
        st.tuples(st.just("compact"), st.none()),
    ),
    max_size=6,
)


@examples(25)
@given(ARTICLES, CHANGES, st.lists(QUERIES, min_size=1, max_size=4), st.integers(1, 3))
def test_the_answer_does_not_depend_on_history(
    articles: list[Article], changes: list[Any], queries: list[str], batch: int
) -> None:
    with Index.in_memory() as index, Index.in_memory() as fresh:
        # Batches of a few articles, each a segment, and merges of two.
        limits = {"_BYTES_EACH": (256 << 20) // (30 * batch), "_WIDTH": 1 + batch}
        with changed(writer, **limits), changed(inversion, **SMALL):
            for kind, what in changes:
                held = {record.article.id for record in index.snapshot().articles()}
                if kind == "add":
                    index.add(what)
                elif kind == "remove":
                    index.remove(held & what)
                else:
                    index.compact()
            wanted = {article.id for article in articles}
            index.remove({record.article.id for record in index.snapshot().articles()} - wanted)
            index.add(articles)
        fresh.add(articles)
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text
        assert index.stats().passages == fresh.stats().passages
        index.compact()
        for text in queries:
            assert answer(index, text) == answer(fresh, text), text


def crowd(seed: int, passages: int) -> list[Article]:
    """Articles of short passages in words of very different frequency."""
    chance = random.Random(seed)
    vocabulary = [f"w{number}x" for number in range(60)]
    weights = [1 / (number + 1) for number in range(60)]
    lines = [
        " ".join(chance.choices(vocabulary, weights, k=chance.randint(1, 12)))
        for _ in range(passages)
    ]
    return [
        Article(id=f"a{at:05}", text="\n\n".join(lines[at : at + 7]), title=lines[at])
        for at in range(0, passages, 7)
    ]


@pytest.mark.parametrize("segments", [1, 3])
def test_long_lists_are_pruned_to_the_same_answer(
    segments: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nutgraf.choice._SHORT", 16)
    monkeypatch.setattr("nutgraf.choice._BEGIN", 2)
    articles = crowd(1, 5000)
    chance = random.Random(2)
    with Index.in_memory() as index:
        part = -(-len(articles) // segments)
        for at in range(0, len(articles), part):
            index.add(articles[at : at + part])
        if segments > 1:
            index.remove([article.id for article in chance.sample(articles, 100)])
        with Searcher(index) as searcher:
            for _ in range(rounds(25)):
                words = chance.sample(range(60), chance.randint(1, 4))
                text = " ".join(f"w{word}x" for word in words)
                whole = searcher.search(text, limit=100_000)
                for limit in (1, 10):
                    page = searcher.search(text, limit=limit)
                    assert page.total == whole.total == len(whole)
                    assert shown(page) == shown(whole)[:limit], text


def shown(hits: Any) -> list[tuple[str, float]]:
    return [(hit.citation, hit.score) for hit in hits]


# Whoosh on top


def stock(index: Index) -> Any:
    """Return a stock Whoosh index of the same passages."""
    stem = StemAnalyzer()
    schema = fields.Schema(
        text=fields.TEXT(analyzer=stem),
        words=fields.TEXT(analyzer=WordAnalyzer()),
        heading=fields.TEXT(analyzer=stem),
        title=fields.TEXT(analyzer=stem),
        by=fields.TEXT(analyzer=NamesAnalyzer()),
        date=fields.ID,
        role=fields.ID,
        article=fields.ID(stored=True),
        number=fields.STORED,
    )
    made = RamStorage().create_index(schema)
    out = made.writer()
    with Searcher(index) as searcher:
        for record in index.snapshot().articles():
            for hit in searcher.article(record.article.id):
                values = {
                    "text": hit.text,
                    "words": hit.text,
                    "heading": hit.heading,
                    "title": hit.title,
                    "by": "\n".join(hit.authors),
                    "date": hit.date,
                    "role": hit.role,
                    "article": hit.article,
                }
                told = {name: value for name, value in values.items() if value}
                out.add_document(number=hit.number, **told)
    out.commit()
    return made


WHOOSH = [
    query.Term("text", "iran"),
    query.Term("title", "iran"),
    query.Term("role", "lead"),
    query.Phrase("text", ["iran", "iraq"]),
    query.Phrase("text", ["the", "us"], slop=3),
    query.Prefix("words", "miss"),
    query.Wildcard("words", "mi*l?s"),
    query.FuzzyTerm("words", "misile", maxdist=1),
    query.TermRange("date", "2019", "2020-01"),
    query.TermRange("date", None, "2019", endexcl=True),
    query.Every("text"),
    query.Every(),
    query.Regex("words", "i.a[nq]"),
    query.Or([query.Term("text", "missil"), query.Phrase("title", ["the", "mahdi"])]),
    query.And([query.Term("text", "us"), query.Not(query.Term("by", "lee"))]),
    query.AndMaybe(query.Term("text", "the"), query.Term("text", "us")),
    query.Require(query.Term("text", "the"), query.Term("text", "us")),
    spans.SpanNear(query.Term("text", "iran"), query.Term("text", "us"), slop=2, ordered=False),
    spans.SpanFirst(query.Term("text", "the"), limit=1),
    spans.SpanNot(query.Term("text", "iran"), query.Term("text", "us")),
]


@examples(15)
@given(ARTICLES, ARTICLES, st.sets(st.sampled_from("01234")))
def test_whoosh_runs_on_top(
    articles: list[Article], more: list[Article], removed: set[str]
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        index.add(more)
        held = {record.article.id for record in index.snapshot().articles()}
        index.remove(held & removed)
        plain = stock(index)
        for compacted in (False, True):
            if compacted:
                index.compact()
            ours = index.as_whoosh()
            assert ours.doc_count() == plain.doc_count()
            for asked in WHOOSH:
                assert documents(ours, asked) == documents(plain, asked), asked
            reader, other = ours.reader(), plain.reader()
            for name in ("text", "words", "title", "date"):
                assert list(reader.lexicon(name)) == list(other.lexicon(name))
                for term in other.lexicon(name):
                    found = reader.doc_frequency(name, term), reader.frequency(name, term)
                    assert found == (
                        other.doc_frequency(name, term),
                        other.frequency(name, term),
                    )


def documents(index: Any, asked: Any) -> set[tuple[str, int]]:
    with index.searcher(weighting=scoring.TF_IDF()) as searcher:
        found = searcher.search(asked, limit=None)
        return {(hit["article"], hit["number"]) for hit in found}


def test_whoosh_writes_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter."), Article(id="b", text="Two otters.")])
        with index.as_whoosh().writer() as out:
            out.add_document(article="c", text="Three otters.\nAnd a heron.", by="Ann Lee\nBo Ek")
            out.delete_by_term("article", "a")
        hits: list[Hit] = list(search("otter", index))
        assert sorted(hit.citation for hit in hits) == ["b#1", "c#1"]
        assert search("by:lee", index).total == 2


# Forms of the lists


@given(
    st.lists(st.sets(st.integers(0, 200_000), min_size=1, max_size=40), min_size=1, max_size=8),
    st.sets(st.integers(0, 200_000), max_size=40),
    st.booleans(),
)
def test_lists_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, lists: list[set[int]], wanted: set[int], dense: bool
) -> None:
    import io

    import numpy as np

    from nutgraf_index.segment import Segment, SegmentWriter

    units = 200_001
    file = io.BytesIO()
    out = SegmentWriter(file)
    with changed(inversion, **(SMALL | {"_SHARE": 1 << 20} if dense else {})):
        made = inversion.InvertedWriter(units, None)
        joined = np.array([unit for one in lists for unit in sorted(one)])
        made.add(np.array([len(one) for one in lists]), np.zeros(0, np.int64), joined)
    terms = [b"%d" % number for number in range(len(lists))]
    made.write("f", terms, [], np.zeros(0), out)
    out.finish({})
    read = inverted.Inverted(Segment(file.getvalue(), "x", "y"), "f", units, analysed=False)
    assert read.bulk(0, len(lists)).tolist() == joined.tolist()
    asked = np.array(sorted(wanted), np.int64)
    for number, one in enumerate(lists):
        assert read.count(number) == len(one)
        assert read.lists(number).tolist() == sorted(one)
        held, places = read.find(number, asked)
        assert held.tolist() == [unit in one for unit in asked.tolist()]
        assert [sorted(one)[place] for place in places] == sorted(wanted & one)


def test_processes_make_the_same_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import json

    lines = [
        json.dumps({"id": one.id, "title": one.title, "text": one.text}) for one in crowd(3, 3000)
    ]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    monkeypatch.setattr(writer, "_BYTES_EACH", (1 << 20) // 30_000)
    made = []
    for processes in (1, 2):
        folder = tmp_path / f"i{processes}"
        with Index.open(folder, create=True) as index:
            index.sync([tmp_path / "a.jsonl"], processes=processes, memory_mb=1)
        made.append({path.name: path.read_bytes() for path in folder.glob("*.seg")})
    assert made[0] == made[1]
    assert len(made[0]) > 1
