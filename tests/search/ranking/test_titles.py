"""A query that is the title of an article, word by word, finds that article first."""

import random
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from brute_ranking import Archive
from nutgraf import Article, Index, Searcher, search
from nutgraf.options import Require
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.merge_policy import MergePolicy
from scale import size

WORDS = "storm port ferry toll bridge senate mole otter late again new by the of and to".split()
LINES = [
    "ANALYSIS/OPINION:",
    "Photo: the port at noon (Ann Lee/The Post)",
    "The ferry letter brings all the news of the port and the bridge to you by noon.",
    "This column was first read aloud to the senate of the port, late in the storm.",
]


def archive() -> list[Article]:
    """Return articles whose titles are of a few words, and whose texts begin with the same lines.

    Every fourth has its title as a line of the text.
    """
    chance = random.Random(3)
    titles: dict[str, None] = {}
    while len(titles) < 240:
        titles[" ".join(chance.choices(WORDS, k=chance.randint(2, 6))).capitalize()] = None
    articles = []
    for number, title in enumerate(titles):
        told = [" ".join(chance.choices(WORDS, k=chance.randint(3, 30))) + "." for _ in range(3)]
        lines = [chance.choice(LINES), *told]
        if number % 4 == 0:
            lines.insert(0, title)
        articles.append(
            Article(
                id=f"{number:03}",
                title=title + " | The Post" * (number % 3 == 0),
                text="\n\n".join(lines),
                date=f"2020-01-{1 + number % 28:02}",
                language="en",
            )
        )
    return articles


@pytest.fixture(scope="module", params=[1, 4])
def titled(request: pytest.FixtureRequest) -> Iterator[tuple[list[Article], Searcher]]:
    """The archive, and a searcher of it in one segment or several."""
    articles = archive()
    with Index.in_memory() as index, pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "_POLICY", MergePolicy(width=11))
        for part in range(request.param):
            index.add(articles[part :: request.param])
        assert len(index.snapshot().readers) == request.param
        with Searcher(index) as searcher:
            yield articles, searcher


@pytest.mark.parametrize("require", ["auto", "any", "all"])
@pytest.mark.parametrize("options", [{}, {"collapse": False}, {"group": True}])
def test_the_article_of_a_headline_is_first(
    titled: tuple[list[Article], Searcher], options: dict[str, Any], require: Require
) -> None:
    articles, searcher = titled
    for article in articles[:: size(11, 1)]:
        query = article.title.partition(" |")[0]
        found = searcher.search(query.upper(), require=require, limit=1, **options)
        assert [hit.article for hit in found] == [article.id], query


def test_without_a_word_it_is_not_hidden_by_another(
    titled: tuple[list[Article], Searcher],
) -> None:
    articles, searcher = titled
    for number, article in enumerate(articles[: size(24, 60)]):
        if number % 4:  # a passage represents the title, and has all of its words
            query = " ".join(article.title.partition(" |")[0].split()[:-1])
            hits = searcher.search(query, require="any", limit=1000)
            assert article.id in {hit.article for hit in hits}, query


def test_the_order_is_one_for_all_pages(titled: tuple[list[Article], Searcher]) -> None:
    articles, searcher = titled
    plain = Archive(articles)
    pages: tuple[dict[str, Any], ...] = ({}, {"group": True}, {"collapse": False})
    for article in articles[:: size(70, 20)]:
        query = article.title.partition(" |")[0]
        (first,) = plain.titled(query)
        for options in pages:
            searched = partial(searcher.search, query, **options)
            whole = [hit.citation for hit in searched(limit=60)]
            assert whole[0] == first
            parts = [searched(limit=7, offset=at) for at in range(0, 56, 7)]
            assert [hit.citation for part in parts for hit in part] == whole[:56]


# Where its words are common, and the formula has others first

REQUIRED: tuple[Require, ...] = ("auto", "any", "all")
OTHERS = [
    Article(id=f"x{number:02}", text=f"{'Toll of the bridge. ' * 5}The toll, the bridge! {number}")
    for number in range(40)
]
LONG = "Nobody in Port Ellery knew of it before the last of the lamps went out that night. " * 9


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("The toll of the bridge", ["the toll of the bridge", "THE TOLL… of the BRIDGE!"]),
        ("The toll of the bridge", ['"the toll of the bridge"', 'the "toll of the" bridge']),
        ("The bridge", ["the bridge", "“The Bridge”"]),
        ("Toll", ["toll", "+toll", '"toll"', "toll?"]),
        ("The toll of the bridge | The Post", ["The toll of the bridge"]),
        (
            '"The toll": bridge (of) tolls?',
            ['"The toll": bridge (of) tolls?', "toll bridge of the"],
        ),
        ("The toll of the bridge", ["The toll of the bridge | The Post"]),
        (
            "The toll is NOT the bridge",
            [
                "The toll is NOT the bridge",
                "the toll is not the bridge",
                '"The toll is NOT the bridge"',
            ],
        ),
        ("The toll -the bridge", ["The toll -the bridge", "the TOLL - the bridge"]),
        ("The toll: NOT a bridge | The Post", ["The toll: NOT a bridge"]),
        ("What the f*** is a toll?", ["What the f*** is a toll?"]),
        ("Source: toll of bridge", ["Source: toll of bridge"]),
        ("Toll AND bridge OR not", ["Toll AND bridge OR not", "toll and bridge or not"]),
        ("C++ & AT&T: 50% toll/bridge-of", ["C++ & AT&T: 50% toll/bridge-of"]),
    ],
)
@pytest.mark.parametrize("heads", [False, True])
def test_titles_as_they_are_typed(title: str, queries: list[str], *, heads: bool) -> None:
    text = f"{title}\n\n{LONG}" if heads else LONG
    with Index.in_memory(language="en") as index:
        index.add([*OTHERS[:20], Article(id="a", title=title, text=text)])
        index.add(OTHERS[20:])
        plain = Archive([Article(id="a", title=title, text=text)])
        for query in queries:
            first = plain.titled(query) or {"no title"}
            for require in REQUIRED:
                for group in (False, True):
                    hits = search(query, index, require=require, group=group)
                    assert ({hits[0].citation} == first) == (query != "toll bridge of the"), query


def test_articles_of_one_title_are_before_all_others_by_score() -> None:
    title = "The toll of the bridge"
    texts = [
        "Of tolls.",
        LONG,
        "A bridge stands there, and a toll is paid on it by all who come.",
        f"{title}\n\n{LONG}",
        "Of tolls!",
    ]
    articles = [
        Article(id=id, title=title, text=text, date="2020", language="en")
        for id, text in zip("badce", texts, strict=True)
    ]
    with Index.in_memory() as index:
        index.add([*OTHERS, *articles[:2]])
        index.add(articles[2:])
        hits = search(title, index, limit=99, explain=True)
        # The titles of `b` and `e` have the same story.
        assert {hit.citation for hit in hits[:4]} == {"a#1", "b#1", "c#1", "d#1"}
        scores = [hit.score for hit in hits]
        assert scores[:4] == sorted(scores[:4], reverse=True)
        assert scores[4:] == sorted(scores[4:], reverse=True)
        assert min(scores[:4]) < max(scores[4:])
        named = ["the query is the title, word by word" in str(hit.explanation) for hit in hits]
        assert named == [True] * 4 + [False] * (len(hits) - 4)
        assert all(hit.explanation.value == hit.score for hit in hits if hit.explanation)
        by_date = search(title, index, sort="date", explain=True)
        assert not any("is the title" in str(hit.explanation) for hit in by_date)


def test_orders_by_date_and_path_show_the_passage_with_the_highest_score() -> None:
    best = "Toll, toll: the toll of the bridge is a bridge toll."
    with Index.in_memory(language="en") as index:
        index.add(Article(id="a", title="Toll bridge", text=f"{LONG}\n{best}", date="2020"))
        index.add(Article(id=f"b{number}", text=f"A toll {number}.") for number in range(9))
        for sort, first in (("score", "a#1"), ("date", "a#2"), ("-date", "a#2"), ("path", "a#2")):
            options: dict[str, Any] = {"sort": sort, "require": "all"}
            hits = search("toll bridge", index, group=True, **options)
            assert [hit.citation for hit in hits] == [first], sort
            scores = {hit.citation: hit.score for hit in search("toll bridge", index, **options)}
            assert max(scores, key=scores.__getitem__) == "a#2"


def test_a_title_shows_its_own_passage_in_place_of_an_earlier_copy() -> None:
    text = "The toll of the bridge was paid at noon by all who were there."
    before = "Nobody in Port Ellery knew why, and {} of them asked for it."
    lines = [before.format(word) for word in ("few", "none", "ten")]
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(
                    id="early", title="Paid at noon", text="\n".join([*lines, text]), date="2019"
                ),
                Article(id="sought", title="PAID, at noon", text=text, date="2021"),
            ]
        )
        shown = {hit.citation: hit.near_duplicates.citations for hit in search("bridge", index)}
        assert shown == {"early#4": ("sought#1",)}
        hits = search("paid at noon", index)
        shown = {hit.citation: hit.near_duplicates.citations for hit in hits}
        assert shown == {"early#1": (), "sought#1": ("early#4",)}


def test_an_article_without_passages_puts_no_other_first() -> None:
    with Index.in_memory(language="en") as index:
        index.add([Article(id=id, title="Toll", text="---") for id in ("a", "y")])
        index.add(Article(id=f"b{number:02}", text="A toll. No more.") for number in range(64))
        index.compact()
        hits = search("toll", index, limit=99, collapse=False, explain=True)
        assert len(hits) == 64
        assert not any("is the title" in str(hit.explanation) for hit in hits)


def test_what_does_not_match_is_not_found_by_its_title() -> None:
    with Index.in_memory(language="en") as index:
        index.add([*OTHERS, Article(id="a", title="Toll bridge", text=LONG, date="2020")])
        assert [hit.article for hit in search("toll bridge", index, limit=1)] == ["a"]
        assert not len(search("toll bridge", index, by="Ann Lee"))
        assert not len(search("toll bridge", index, before="2019"))
        for query in ("toll bridge -lamps", "toll bridge role:body", "toll bridge path:x"):
            assert all(hit.article != "a" for hit in search(query, index, limit=1)), query
        index.remove(["a"])
        assert all(hit.article != "a" for hit in search("toll bridge", index))


def test_operators_of_a_query_that_is_no_title_as_printed_are_operators() -> None:
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(id="a", title="Toll, not bridge", text=LONG),
                Article(id="b", title="The toll -bridge | The Post", text="Nobody paid."),
                Article(id="c", text="A toll."),
            ]
        )
        for query in ("Toll NOT bridge", "the toll -bridge"):
            results = search(query, index)
            assert [hit.article for hit in results] == ["c"], query
            assert "title" not in [one.kind for one in results.diagnostics]
        for query in ("The toll -bridge", "The  toll -bridge | The Post"):
            results = search(query, index, require="all")
            assert [hit.article for hit in results][:1] == ["b"], query
            assert results.query == "The AND toll AND bridge"
            (diagnostic,) = results.diagnostics
            assert (diagnostic.kind, diagnostic.start, diagnostic.end) == ("title", 0, len(query))
            assert diagnostic.message == (
                "The query is the title of an article; it is searched as the words The toll bridge."
            )
        index.add([Article(id="d", title="Toll NOT ferry", text="Nobody paid.")])
        results = search("Toll NOT ferry", index, require="all")
        assert [hit.article for hit in results] == ["d"]
        assert [one.kind for one in results.diagnostics] == ["title"]
        index.remove(["b"])
        assert [hit.article for hit in search("The toll -bridge", index)] == ["c", "d"]


def test_the_headline_of_a_title_is_the_one_with_its_words() -> None:
    body = "Nobody in the village knew of it before the last of the lamps went out that night."
    over = "Senate business of the week in the capital"
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(id="x", text="Senate rejects toll, senate rejects toll, and so on again."),
                Article(
                    id="z",
                    title="Senate rejects toll",
                    text=f"{over}\n\nSenate rejects toll\n\n{body}",
                ),
            ]
        )
        for group in (False, True):
            hit = search("senate rejects toll", index, require="any", group=group, explain=True)[0]
            assert hit.citation == "z#2"
            assert "the query is the title" in str(hit.explanation)
