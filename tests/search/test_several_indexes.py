"""Several indexes answer as if one index had the articles of all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nutgraf import (
    ArgumentError,
    Article,
    Index,
    NotIndexedError,
    Results,
    Searcher,
    search,
    suggest,
)
from places import DATA
from scale import size
from small import crowd

CITIES = ("Varn", "Ellery", "Skarra")


def archive() -> list[Article]:
    """Articles in words of very different frequency, with near-duplicates and equal scores."""
    articles = []
    for number, article in enumerate(crowd(5, 700)):
        articles.append(
            Article(
                id=article.id,
                text=f"# Heading {number % 7}\n\n{article.text}\n\nw3x and w5x, told alike.",
                title=article.title if number % 3 else "",
                authors=("Ann Lee", "Bo Ray")[: number % 3],
                date=f"20{10 + number % 9}-0{1 + number % 8}-11" if number % 5 else None,
                place=CITIES[number % 3],
                source="AA" if number % 2 else None,
                format="markdown",
            )
        )
    return articles


@pytest.fixture(scope="module")
def whole() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(archive())
        yield index


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Index]]:
    """Two indexes on disk, with several segments and deletions, and one in memory."""
    folder = tmp_path_factory.mktemp("parts")
    indexes = [
        Index.open(folder / "a", create=True),
        Index.open(folder / "b", create=True),
        Index.in_memory(),
    ]
    articles = archive()
    for start, stop in ((0, 80), (80, 97), (97, 100)):  # commits that make several segments
        for number, index in enumerate(indexes):
            index.add(articles[start + number : stop : 3])
    indexes[1].add(Article(id="gone", text="w1x w2x w0x"))
    indexes[1].remove("gone")
    assert sum(len(index.snapshot().readers) for index in indexes) > 3
    yield indexes
    for index in indexes:
        index.close()


QUERIES = [
    "w0x",
    "w2x w9x w30x",
    "+w4x w11x",
    "w1x AND w3x -w0x",
    '"w0x w1x"',
    "w0x NEAR/2 w3x",
    "w1*",
    "w33x~1",
    "w3x by:ray",
    "heading:4 w0x",
    "title:w1x",
    "date:2012.. w1x w0x",
    "place:ellery w7x OR w8x",
    "w40x^3 w0x",
    "by:lee",
    "=w3x",
]
OPTIONS: list[dict[str, Any]] = [
    {},
    {"limit": None},
    {"limit": 7, "offset": 5, "collapse": False},
    {"require": "all", "group": True},
    {"require": "any", "group": True, "explain": True},
    {"require": "any", "per_article": 2, "limit": 30},
    {"scope": "article", "limit": 50},
    {"scope": "window:2", "sort": "-date", "limit": 30},
    {"sort": "date", "limit": 40},
    {"sort": "path", "limit": 40, "group": True},
    {"expand": True, "explain": True},
    {"recent": "3y", "limit": 40, "explain": True},
    {"recent": 1, "group": True},
    {"rerank": lambda query, hits: [len(hit.text) for hit in hits], "limit": 120},
    {"synonyms": {"w9x": ["w10x", "w11x w1x"]}, "by": ["Lee", "Ray"], "after": "2011"},
]


def without_path(results: Results) -> list[dict[str, Any]]:
    return [hit.to_dict() | {"metadata": None} for hit in results]


@pytest.mark.parametrize("number", range(len(OPTIONS)), ids=lambda at: ",".join(OPTIONS[at]))
def test_the_answer_is_that_of_one_index_to_the_last_bit(
    whole: Index, parts: list[Index], number: int
) -> None:
    options = OPTIONS[number]
    step = size(5, 1)  # an ordinary run asks each query with some of the options
    for query in QUERIES[number % step :: step]:
        expected = search(query, whole, **options)
        for indexes in (parts, parts[::-1]):
            results = search(query, indexes, **options)
            assert results.to_dict() == expected.to_dict(), query


def test_suggestions_and_completions_are_those_of_one_index(
    whole: Index, parts: list[Index]
) -> None:
    for query in ("w33y", "w0x w99x zebra", '"w40x w50x w51x"', "by:rey w1x", "w5x place:vern"):
        expected = search(query, whole, require="all")
        results = search(query, parts, require="all")
        assert (results.counts, results.suggestions) == (expected.counts, expected.suggestions)
    for prefix in ("w1", "by:", "w0x ann", "place:e", "role:", "source:a"):
        assert suggest(prefix, parts, limit=None) == suggest(prefix, whole, limit=None)


def test_articles_and_passages_are_found_in_all(whole: Index, parts: list[Index]) -> None:
    with Searcher(parts) as searcher, Searcher(whole) as one:
        for article in [*whole][:20]:
            assert searcher.article(article.id) == one.article(article.id)
            citation = f"{article.id}#2"
            hit = searcher.passage(citation)
            assert searcher.neighbours(hit, 1, 1) == one.neighbours(hit, 1, 1)
        with pytest.raises(
            NotIndexedError, match=r"there is no article 'nothing' in .*/a and .*/b"
        ):
            searcher.article("nothing")


def test_a_searcher_of_several_stays_on_its_snapshots_until_refreshed() -> None:
    with Index.in_memory() as first, Index.in_memory() as second:
        first.add(Article(id="a", text="An otter."))
        with Searcher([first, second]) as searcher:
            second.add(Article(id="b", text="An otter."))
            assert searcher.search("otter").total == 1
            searcher.refresh()
            assert searcher.search("otter", collapse=False).total == 2
            assert repr(searcher) == "<Searcher of memory 1 and memory 2: 2 articles, 2 passages>"


def test_an_id_of_two_indexes_gets_the_location_of_its_index(tmp_path: Path) -> None:
    first, second = str(tmp_path / "first"), str(tmp_path / "second")
    for folder, word in ((first, "river"), (second, "lake")):
        with Index.open(folder, create=True) as index:
            index.add(Article(id="memo", text=f"Otters are back in the {word}."))
            index.add(Article(id=word, text=f"No otter is in this {word}, says one."))
    results = search("otters", [first, second], explain=True, limit=None)
    assert {hit.citation: hit.text for hit in results if "back" in hit.text} == {
        f"{first}:memo#1": "Otters are back in the river.",
        f"{second}:memo#1": "Otters are back in the lake.",
    }
    assert {hit.article for hit in results} == {
        *(f"{first}:memo", f"{second}:memo", "river", "lake")
    }
    with Searcher([first, second]) as searcher:
        for hit in results:
            again = searcher.search(f'article:"{hit.article}"')
            assert [one.article for one in again] == [hit.article]
            assert searcher.passage(hit.citation).text == hit.text
            assert searcher.article(hit.article)[0].citation == hit.citation
            assert searcher.neighbours(hit, 1, 1) == ([], [])
        with pytest.raises(NotIndexedError) as caught:
            searcher.article("memo")
    assert str(caught.value) == (
        f"2 indexes have an article 'memo': write '{first}:memo' or '{second}:memo'"
    )


def test_names_and_lists_of_articles_have_the_ids_of_the_hits(data: Path, tmp_path: Path) -> None:
    folders = [str(tmp_path / name) for name in ("first", "second")]
    for folder in folders:
        with Index.open(folder, create=True) as index:
            index.sync(data)
    id = f"{data.name}/river-survey.txt"
    with Searcher(folders) as searcher:
        for query in ("", "otters"):
            ids = [stored.article.id for stored in searcher.articles(query)]
            assert {f"{folder}:{id}" for folder in folders} <= set(ids)
            assert all(len(searcher.article(id)) > 0 for id in ids)
        choices = " or ".join(repr(f"{folder}:{id}") for folder in folders)
        for name, message in (
            (
                "river-survey.txt",
                f"'river-survey.txt' is the name of 2 articles: {choices.replace(' or', ',')}; "
                "write the id of one",
            ),
            (
                "river-survy.txt",
                f"there is no article 'river-survy.txt' in {folders[0]} and {folders[1]}; "
                f"did you mean {choices}?",
            ),
        ):
            with pytest.raises(NotIndexedError) as caught:
                searcher.article(name)
            assert str(caught.value) == message


@pytest.mark.parametrize(
    "options",
    [
        {"collapse": False},
        {"collapse": False, "group": True},
        {"collapse": False, "sort": "date"},
        {"collapse": False, "sort": "path", "group": True},
        {},
    ],
    ids=",".join,
)
def test_articles_that_share_an_id_stand_in_one_order_whatever_the_segments(
    tmp_path: Path, options: dict[str, Any]
) -> None:
    names = ("first", "second")
    for name, ids in (("first", "abc"), ("second", "cba")):
        for kind in ("whole", "pieces"):
            with Index.open(tmp_path / name / kind, create=True) as index:
                articles = [
                    *(Article(id=id, text="An otter.\nAn otter.", date="2020") for id in ids),
                    *(Article(id=f"{id}{name}", text="A ferry. " * 99) for id in "xyz"),
                ]
                if kind == "pieces" and name == "first":
                    for article in articles:
                        index.add(article)
                else:
                    index.add(articles)
    answers = []
    for kinds in (("whole", "whole"), ("pieces", "pieces")):
        indexes = [tmp_path / name / kind for name, kind in zip(names, kinds, strict=True)]
        for order in (indexes, indexes[::-1]):
            hits = search("otter", order, limit=None, **options)
            answers.append(
                [
                    [citation.replace("pieces", "whole") for citation in (hit.citation, *copies)]
                    for hit in hits
                    for copies in [hit.near_duplicates.citations]
                ]
            )
    expected = [f"{tmp_path / name / 'whole'}:{id}" for id in "abc" for name in names]
    found = [citation.partition("#")[0] for row in answers[0] for citation in row]
    assert [*dict.fromkeys(found)] == expected
    assert answers == [answers[0]] * 4


def test_near_duplicates_of_two_indexes_are_one_hit() -> None:
    with Index.in_memory() as first, Index.in_memory() as second:
        first.add(Article(id="memo", text="Otters are back in the river.", date="2020"))
        second.add(Article(id="memo", text="Otters are back in the river.", date="2019"))
        (hit,) = search("otter", [first, second])
        assert (hit.citation, hit.near_duplicates.citations) == (
            "memory 2:memo#1",
            ("memory 1:memo#1",),
        )


def test_paths_are_those_of_each_index(data: Path, tmp_path: Path) -> None:
    """Both indexes have a root of the same name, relative to where the index is."""
    for name in ("one", "two"):
        (tmp_path / name / "wire").mkdir(parents=True)
        (tmp_path / name / "wire" / f"{name}.txt").write_text(f"An otter of {name}.")
    indexes = [Index.open(tmp_path / name / "index", create=True) for name in ("one", "two")]
    for index, name in zip(indexes, ("one", "two"), strict=True):
        index.sync([tmp_path / name / "wire"])
    hits = search("otter", indexes, limit=None, collapse=False)
    assert {hit.path: Path(hit.path).read_text() for hit in hits} == {
        hit.path: hit.text for hit in hits
    }
    assert len(hits) == 2
    (only,) = search("otter", indexes, paths=tmp_path / "two" / "wire")
    assert only.text == "An otter of two."
    assert search("otter", indexes, paths=[tmp_path], collapse=False).total == 2
    for index in indexes:
        index.close()


def test_an_index_on_disk_and_one_in_memory(sample: Index, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        index.add(Article(id="memo", text="Otters are ballistic."))
        results = search("ballistic", [index, sample], limit=None)
        assert {hit.path for hit in results} > {str(DATA / "iraq-us-call.txt"), ""}


def test_one_in_a_list_is_as_without(sample: Index) -> None:
    assert search("otter", [sample]) == search("otter", sample)


def test_what_cannot_be_searched_together(sample: Index, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    Index.open(folder, create=True).close()
    with pytest.raises(ArgumentError) as caught:
        search("otter", [folder, str(folder)])
    assert str(caught.value) == f"the index {folder} is given twice: give it once"
    with pytest.raises(ArgumentError, match="the index memory is given twice"):
        Searcher([sample, sample])


def test_indexes_of_different_languages_are_searched_together() -> None:
    english, german = Index.in_memory(language="en"), Index.in_memory(language="de")
    english.add(Article(id="en", text="The minister visits the new bridge in Cologne."))
    german.add(Article(id="de", text="Die Ministerin besucht die neuen Brücken in Köln."))
    with Searcher([english, german]) as searcher:
        assert [hit.article for hit in searcher.search("bridges")] == ["en"]
        assert [hit.article for hit in searcher.search("Brücke")] == ["de"]
        assert searcher.search("bridges").hits[0].language == "en"
        (hit,) = searcher.search("neue Brücke").hits
        assert [hit.text[start:end] for start, end in hit.spans] == ["neuen", "Brücken"]
        assert {hit.language for hit in searcher.search("minister* in")} == {"en", "de"}
