"""What each word of a query weighs, by cases and against the plain evaluator."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute_ranking import Archive
from english import ENGLISH
from generated import ASKING, ASKS
from nutgraf import Article, Index, search, split
from nutgraf.query.parser import parse
from nutgraf.query.tree import as_group
from nutgraf.rewriting.stop_words import without_stop_words
from nutgraf.scoring.query_boosts import QueryBoosts
from scale import examples


def weights(query: str) -> dict[str, float]:
    tree = parse(query).tree
    assert tree is not None
    group = as_group(without_stop_words(tree, ENGLISH))
    query_boosts = QueryBoosts(group, ENGLISH)
    return {
        str(node): one
        for part in (group.must, group.should)
        for node, one in query_boosts.boosts(part)
    }


@pytest.mark.parametrize(
    ("query", "boosted"),
    [
        ("what is the price of wheat", ["price", "wheat"]),
        ("find articles about paper recycling", ["paper", "recycling"]),
        ("I am interested in reports on wheat", ["wheat"]),
        ("paper recycling", ["paper", "recycling"]),
        ("report wheat", ["report", "wheat"]),  # no stop word ends the request
        ("find articles about", ["find", "articles"]),  # nothing else is asked for
        ("to be or not to be", ["to", "be", "or", "not"]),
        ('"who is who"', ['"who is who"']),
        ('the "who is who"', ['"who is who"']),
        ("the WHO says IT pays", ["WHO", "says", "IT", "pays"]),
        ("WHAT IS WHEAT", ["WHEAT"]),
        ("tell us", ["tell", "us"]),
        ("is I.T. a word", ["I.T.", "word"]),
        ("+the wheat", ['"the"', "wheat"]),
        ("the*", ["the*"]),
        ("(the OR wheat) AND of", ["wheat"]),
    ],
)
def test_words_that_weigh(query: str, boosted: list[str]) -> None:
    assert [word for word, weight in weights(query).items() if weight] == boosted


def test_a_word_said_again_weighs_more() -> None:
    assert weights("wheat price wheats wheat") == {"wheat": 2.5, "price": 1.0}
    assert weights("the the wheat") == {"wheat": 1.0}


@pytest.fixture(scope="module")
def archive() -> Iterator[tuple[Archive, Index]]:
    """As many passages as are refined, in which each of the words stands beside others."""
    chance = random.Random(3)
    lines = [" ".join(chance.choices(ASKING, k=chance.randint(1, 7))) + "." for _ in range(18)]
    lines[4] += "\n\n## Articles about it"
    lines[13] += "\n\n## Iran"
    articles = [
        Article(
            id=f"{at}",
            title="State of the art" * (at > 9),
            text="\n\n".join(lines[at : at + 3]),
            format="markdown",
        )
        for at in range(0, 18, 3)
    ]
    with Index.in_memory(language="en") as index:
        index.add(articles)
        assert {one.heading for article in articles for one in split(article)} == {
            *("", "Articles about it", "Iran")
        }
        yield Archive(articles), index


@examples(8, 100)
@given(st.lists(st.one_of(ASKS, ASKS, ASKS.map(str.upper)), min_size=3, max_size=6))
def test_weights_are_those_of_the_plain_rules(
    archive: tuple[Archive, Index], queries: list[str]
) -> None:
    plain, index = archive
    for query in queries:
        if parse(query).tree is None:
            continue
        expected = plain.scores(query)
        for hit in search(query, index, limit=50, require="any", collapse=False):
            assert hit.score == pytest.approx(expected[hit.citation], abs=1e-6), query
