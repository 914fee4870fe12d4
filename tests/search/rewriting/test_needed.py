"""Which words are needed: all of two or three where a passage has them all, else any."""

import random
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

import generated
from brute import expected, facts_of
from generated import ARTICLES
from nutgraf import Article, Index, Searcher, search
from nutgraf.options import Require, Sort

NOTES = {
    "both": "Otters swim past the ferry.",
    "again": "The ferry scared an otter.",
    "otter": "An otter swims.",
    "ferry": "The ferry is late, the ferry is slow.",
    "storm": "A storm came.",
}


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(
            Article(id=id, text=text, date=f"20{18 + day}", authors=("Ann Lee",) * (id == "both"))
            for day, (id, text) in enumerate(NOTES.items())
        )
        yield index


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("otter ferry", 2),
        ("ferry the otter", 2),
        ("otter ferry swim", 1),
        ('otter "the ferry"', 2),
        ("ott* ferry", 2),
        ("oter~ =ferry", 1),
        ("otter ferry -scared", 1),
        ("otter ferry by:lee", 1),
        ("by:lee OR by:ray otter ferry", 1),
        ("otter^2 ferry", 2),
        ("(otter OR storm) ferry", 2),
        ("otter OR storm ferry", 2),
        # Any of the words is enough:
        ("otter OR ferry", 4),
        ("(otter ferry)", 4),
        ("otter otters", 3),
        ("+otter ferry", 3),
        ("otter", 3),
        ("the otter", 3),
        ("otter ferry swim past", 4),
        ("otter ferry?", 4),
        ("where otters ferry", 4),
        ("find articles about otter ferry", 4),
        # An operator that joins nothing is a stop word:
        ("otter AND", 3),
        ("OR otter ferry", 2),
        ("ferry otter NOT", 2),
        ("otter storm", 4),
        ("otter zeppelin", 3),
        ("otter by:lee", 1),
    ],
)
def test_the_passages_that_are_counted(index: Index, query: str, total: int) -> None:
    assert search(query, index).total == total


def test_passages_with_some_of_the_words_fill_the_page(index: Index) -> None:
    results = search("otter ferry", index)
    assert [hit.article for hit in results] == ["again", "both", "ferry", "otter"]
    assert (results.total, results.further) == (2, 2)
    assert [hit.missing for hit in results] == [(), (), ("otter",), ("ferry",)]
    assert results.query == "otter ferry"
    assert not results.diagnostics
    full = search("otter ferry", index, limit=2)
    assert (full.total, full.further, list(full)) == (2, 0, list(results)[:2])


@pytest.mark.parametrize("require", ["auto", "any", "all"])
@pytest.mark.parametrize("synonyms", [None, {"ferry": ["swim past"], "storm": ["came"]}])
@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("otter ferry", "otter ferry"),
        ("otter OR ferry", "otter OR ferry"),
        ("(otter ferry)", "otter OR ferry"),
        ("+(otter OR ferry)", "otter OR ferry"),
        ("(otter OR ferry) by:lee", "(otter OR ferry) by:lee"),
        ("(otter OR storm) ferry", "(otter OR storm) ferry"),
        ("otter (ferry OR by:lee)", "otter (ferry OR by:lee)"),
        ("otter AND ferry by:lee", "otter AND ferry by:lee"),
        ("(otter AND ferry) late", "(otter AND ferry) late"),
        ("(ferry (late swim)^2)", "ferry OR (late OR swim)^2"),
        ("otter ferry?", "otter OR ferry"),
        ("ferry was on otters?", "ferry OR was OR on OR otters"),
        ("where otters ferry", "where otters ferry"),
        ("otter OR ferry OR swim OR late", "otter ferry swim late"),
        ('"ferry otter"', "ferry otter"),
        ('"ferry otter" OR storm', "ferry OR otter OR storm"),
        ('"ferry otter" swim', "ferry otter swim"),
        ('"who scared the otter"', "who AND scared AND the AND otter"),
        ('storm AND "ferry otter"', "storm AND ferry AND otter"),
        ("(otter OR ferry) zeppelin", "otter ferry zeppelin"),
        ("+otter ferry", "+otter ferry"),
    ],
)
def test_the_query_as_read_finds_the_same_if_it_is_typed(
    index: Index, query: str, read: str, synonyms: dict[str, list[str]] | None, require: Require
) -> None:
    results = search(query, index, require=require, synonyms=synonyms)
    if require == "auto" and not synonyms:
        assert results.query == read
    again = search(results.query, index, require=require)
    first = [(hit.citation, hit.score) for hit in results][: results.total]
    assert [(hit.citation, hit.score) for hit in again][: again.total] == first
    assert again.total == results.total


@pytest.mark.parametrize("sort", ["date", "-date", "path"])
def test_a_sorted_search_has_the_same_passages(index: Index, sort: Sort) -> None:
    by_score = search("otter ferry", index)
    found = search("otter ferry", index, sort=sort)
    assert {hit.citation for hit in found} == {hit.citation for hit in by_score}
    assert (found.total, found.further) == (2, 2)
    first = [hit.article for hit in found][:2]
    assert first == (["again", "both"] if sort != "date" else ["both", "again"])
    # Passages with some of the words follow by score.
    assert [hit.article for hit in found][2:] == ["ferry", "otter"]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("otter storm", "No passage has both words; 4 passages have one of them."),
        ("otter storm zeppelin", "No passage has all 3 words; 4 passages have some."),
        ("storm zeppelin", "No passage has both words; 1 passage has one of them."),
    ],
)
def test_it_is_said_that_no_passage_has_all(index: Index, query: str, message: str) -> None:
    (diagnostic,) = search(query, index).diagnostics
    assert (diagnostic.kind, diagnostic.message) == ("not-all", message)
    assert (diagnostic.start, diagnostic.end) == (0, len(query))


def test_no_wider_query_is_suggested_where_passages_with_some_words_follow(index: Index) -> None:
    assert search("otter ferry", index).suggestions == ()
    assert search("otter ferry", index, require="all").suggestions


def test_nothing_is_said_where_nothing_is_found(index: Index) -> None:
    results = search("zeppelin airship", index)
    assert (results.total, results.further, results.diagnostics) == (0, 0, ())


def test_a_near_duplicate_that_lacks_a_word_is_left_out() -> None:
    text = "A ship of 4000 tons ran aground off the cape in the night."
    with Index.in_memory() as index:
        articles = [("a", "Ship aground"), ("b", "Ship aground | The Update")]
        index.add(Article(id=id, title=title, text=text) for id, title in articles)
        index.add([Article(id="c", text="An update on other things.")])
        results = search("update aground", index)
        assert [hit.article for hit in results] == ["b", "c"]
        results = search("update aground", index, collapse=False)
        assert [hit.article for hit in results] == ["b", "c", "a"]


def test_an_article_is_a_hit_once_if_hits_are_grouped() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="Otters.\nOtters and ferries.\nFerries.")])
        index.add([Article(id="b", text="Otters.")])
        results = search("otter ferry", index, group=True)
        assert [hit.citation for hit in results] == ["a#2", "b#1"]
        assert (results.total, results.articles) == (1, 1)


def test_an_article_is_a_hit_once_beside_a_near_duplicate_of_its_other_passage() -> None:
    text = "Otter, otter, otter: tons of it ran aground off the cape in the night."
    late = "which was late as it is on all days of the year, " * 4
    with Index.in_memory() as index:
        first = Article(id="a", date="2018", text=f"The ferry, {late}met an otter.\n\n{text}")
        index.add([first, Article(id="b", date="2019", text=text)])
        index.add(Article(id=f"c{number}", text=f"A ferry {number}.") for number in range(9))
        results = search("otter ferry", index, group=True, limit=3)
        assert [hit.citation for hit in results] == ["a#1", "b#1", "c0#1"]


def test_with_windows_all_words_may_stand_in_different_passages() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="Otters.\nFerries.")])
        index.add([Article(id="b", text="Other otters.")])
        results = search("otter ferry", index, scope="article")
        assert [hit.citation for hit in results] == ["a#2", "a#1", "b#1"]
        assert (results.total, results.further) == (2, 1)


def test_with_windows_and_added_words_all_passages_are_counted() -> None:
    # Each of the two queries adds words of its own best passages. In a window with all words, a
    # passage may have only a word that the first query added.
    words = "otter ferry port storm heron newt river lake pond gull mole pier".split()
    for seed in (97, 104):
        chance = random.Random(seed)
        with Index.in_memory(language="en") as index:
            index.add(
                Article(
                    id=f"{number:02}",
                    language="en",
                    text="\n".join(
                        " ".join(chance.choices(words, k=chance.randint(1, 4))) + "."
                        for _ in range(chance.randint(1, 6))
                    ),
                )
                for number in range(chance.randint(12, 40))
            )
            with Searcher(index) as searcher:
                for query in ("otter ferry", "otter ferry port"):
                    for scope in ("passage", "window:3", "article"):
                        results = searcher.search(
                            query, limit=500, scope=scope, expand=True, collapse=False
                        )
                        assert len(results) == results.total + results.further, (seed, scope)


def test_added_words_are_not_needed(index: Index) -> None:
    synonyms = {"ferry": ["boat"], "otter": ["lutra"]}
    results = search("lutra boat", index, synonyms={"boat": ["ferry"], "lutra": ["otter"]})
    assert results.total == 2
    results = search("otter ferry", index, synonyms=synonyms, expand=True)
    assert results.total == 2
    again = search(results.query, index)
    assert [(hit.citation, hit.score) for hit in again] == [
        (hit.citation, hit.score) for hit in results
    ]


WORDS = st.sampled_from(["iran", "missiles", "the", '"the us"', "mis*", "zeppelin", "mahdi"])
QUERIES = st.lists(WORDS, min_size=1, max_size=4, unique=True).map(" ".join)


@given(ARTICLES, QUERIES, st.sampled_from(["score", "date", "path"]), st.integers(0, 5))
def test_passages_with_all_words_come_first(
    articles: list[Article], query: str, sort: Sort, offset: int
) -> None:
    everything = facts_of(articles)
    words = [word for word in query.split(" ") if word not in ("the", '"the', 'us"')]
    needed = 2 <= len(words) + ('"the us"' in query) <= 3
    every = expected(query, everything, "all") if needed else set()
    some = expected(query, everything)
    with Index.in_memory() as index:
        index.add(articles[:1])
        index.add(articles[1:])
        with Searcher(index) as searcher:
            searched = partial(searcher.search, query, sort=sort, collapse=False)
            results = searched(limit=1000)
            page = searched(limit=3, offset=offset)
    found = [hit.citation for hit in results]
    assert {*found[: len(every)]} == every
    assert {*found} == some
    assert len(found) == len(some)
    assert results.total == (len(every) or len(some))
    assert results.further == (len(some) - len(every) if every else 0)
    assert list(page) == list(results)[offset : offset + 3]
    assert page.total == results.total


@given(
    ARTICLES,
    st.lists(generated.QUERIES, min_size=1, max_size=3),
    st.sampled_from(["auto", "auto", "any", "all"]),
    st.booleans(),
    st.integers(0, 4),
)
def test_what_holds_for_every_query(
    articles: list[Article], queries: list[str], require: Require, group: bool, offset: int
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        with Searcher(index) as searcher:
            for query in queries:
                searched = partial(searcher.search, require=require, limit=1000, group=group)
                results = searched(query)
                assert searched(query, limit=2, offset=offset).hits == results[offset : offset + 2]
                if group:
                    assert len({hit.article for hit in results}) == len(results)
                whole = searched(query, group=False, collapse=False)
                assert len(whole) == whole.total + whole.further
                first = {hit.citation for hit in whole[: whole.total]}
                # A text of the same query, and the other orders, find the same.
                texts: dict[Sort, str] = {"score": results.query, "date": query, "path": query}
                for sort, text in texts.items():
                    again = searched(text, group=False, collapse=False, sort=sort)
                    assert {hit.citation for hit in again[: again.total]} == first, (query, text)
                    assert again.query == results.query or text != query
