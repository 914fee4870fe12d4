"""What is equal by the formula is equal, and stands by citation. The plain evaluator is exact."""

import random
from collections import defaultdict
from collections.abc import Set
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute_ranking import OPENING, Archive, Score, Wholes, in_order
from nutgraf import Article, Hit, Index, Results, Searcher
from nutgraf.options import Sort
from scale import examples

REFINED = 20
# Each word stands in every passage that has any of its row, as often as another does elsewhere.
IN_TURN = st.tuples(st.permutations(["alfa", "bravo", "charlie"]), st.integers(0, 2)).map(
    lambda drawn: " ".join([*drawn[0], *drawn[0][1:], drawn[0][2], *["mill"] * drawn[1]])
)
PASSAGES = st.one_of(
    IN_TURN,
    IN_TURN,
    st.sampled_from(["Great expectations of alfa", "Expectations, great bravo", "charlie bravo"]),
    st.integers(1, 9).map(lambda words: " ".join(["Nothing"] * words)),
)
TITLES = st.sampled_from(
    [
        *(
            "",
            "",
            "Great Expectations",
            "Expectations Great",
            "Alfa, Bravo and Charlie",
            "Of mills",
        ),
        *("Great expectations | The Post", "Great Expectations of Charlie"),
    ]
)
ARCHIVES = st.lists(
    st.tuples(st.lists(PASSAGES, min_size=1, max_size=3), TITLES), min_size=1, max_size=24
).map(
    lambda drawn: [
        Article(
            id=f"{number * 11 % 25:02}",
            title=title,
            text="\n".join(f"{passage}." for passage in passages),
            path=f"{number % 3}.txt",
            date="2020" if number % 2 else "",
        )
        for number, (passages, title) in enumerate(drawn)
    ]
)
QUERIES = st.sampled_from(
    [
        *("great^3 expectations", "great expectations^0.7", "alfa bravo charlie", "bravo"),
        *("charlie^0.3 alfa^0.3 bravo^0.3", "alfa bravo bravo charlie", "mill alfa charlie"),
        *('"alfa bravo" charlie', "+alfa bravo^2 charlie", "(alfa bravo charlie)^0.1 great"),
        *("of alfa", "expectations of alfa and bravo", "the mills and charlie"),
        *("alfa AND bravo AND charlie", "nothing^0.7 great alfa", "alf* bravo charlie"),
        # Titles, and the words of titles that are none
        *("great expectations", "EXPECTATIONS great!", "alfa bravo charlie and", "of mills"),
        *("Alfa, Bravo AND Charlie", '"great expectations"', "Great Expectations | The Post"),
    ]
)
EVERY: dict[str, Any] = {"limit": 1000, "require": "any", "collapse": False}


def indexes(articles: list[Article]) -> dict[str, Index]:
    """Return the same articles in several segments, in one, and in several made one."""
    found = {name: Index.in_memory(language="en") for name in ("several", "one", "compacted")}
    found["one"].add(articles)
    for name in ("several", "compacted"):
        for at in range(3):
            found[name].add(articles[at::3])
    found["compacted"].compact()
    return found


def told(results: Results) -> list[tuple[str, float]]:
    return [(hit.citation, hit.score) for hit in results]


def equal_by_the_formula(
    hits: list[Hit],
    archive: Archive,
    query: str,
    *,
    refined: int,
    wholes: Wholes | None = None,
    found: Set[str] = frozenset(),
) -> list[list[Hit]]:
    """Return the hits in groups of those that have the same score, without any rounding.

    With `wholes`, the hits are scored with their articles; `found` are all passages that match.
    """
    parts = archive.parts_of_scores(query)
    of_articles = wholes.whole_scores() if wholes else {}
    standing = wholes.standing() if wholes else {}
    groups: defaultdict[object, list[Hit]] = defaultdict(list)
    for at, hit in enumerate(hits):
        score, more = parts[hit.citation]
        passage = score + more if at < refined else score
        if wholes and (opening := wholes.openings()[hit.article]) in found:
            passage += parts[opening][0].times(OPENING)
        article = of_articles.get(hit.article, Score())
        if at < refined:
            article += standing.get(hit.article, Score())
        groups[frozenset(passage.items()), frozenset(article.items())].append(hit)
        value = passage.value(archive.passages) + article.value(wholes.passages if wholes else 0)
        assert hit.score == pytest.approx(value, abs=1e-9)
    return list(groups.values())


def in_their_order(hits: list[Hit], archive: Archive, query: str, *, group: bool) -> list[str]:
    """Return the citations of hits by their scores, near-equals by what they lack."""
    by_score = sorted(hits, key=lambda hit: (-hit.score, hit.article, hit.number))
    told = [(hit.citation, hit.score) for hit in by_score]
    if not group:
        lacking = archive.lacking(query) if told else {}
        told = in_order(told[:REFINED], lacking) + told[REFINED:]
    titled = archive.titled(query)
    return sorted((citation for citation, _ in told), key=lambda citation: citation not in titled)


@examples(6, 60)
@given(ARCHIVES, QUERIES, st.sampled_from(["score", "score", "date", "path"]), st.booleans())
def test_scores_that_are_equal_by_the_formula_are_equal(
    articles: list[Article], query: str, sort: Sort, group: bool
) -> None:
    archive = Archive(articles)
    refined = REFINED if sort == "score" else 0
    for name, index in indexes(articles).items():
        with index, Searcher(index) as searcher:
            results = searcher.search(query, sort=sort, group=group, **EVERY)
            hits = list(results)
            # A title that is pasted as it is printed is read without the name of the house.
            is_pasted = any(one.kind == "title" for one in results.diagnostics)
            asked = query.partition(" | ")[0] if is_pasted else query
            wholes = Wholes(articles, asked) if group and sort == "score" else None
            found = {hit.citation for hit in searcher.search(query, **EVERY)}
            groups = equal_by_the_formula(
                hits, archive, asked, refined=refined, wholes=wholes, found=found
            )
            for equal in groups:
                assert len({hit.score for hit in equal}) == 1, (name, query)


@examples(6, 60)
@given(
    ARCHIVES,
    QUERIES,
    st.sampled_from(["score", "score", "date", "-date", "path"]),
    st.booleans(),
    st.booleans(),
    st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_pages_are_slices_of_one_order_in_which_equal_scores_stand_by_citation(
    articles: list[Article],
    query: str,
    sort: str,
    group: bool,
    collapse: bool,
    page: tuple[int, int],
) -> None:
    options: dict[str, Any] = {"sort": sort, "group": group, "collapse": collapse}
    orders, archive = [], Archive(articles)
    for index in indexes(articles).values():
        with index, Searcher(index) as searcher:
            searched = partial(searcher.search, query, **options)
            whole = searched(limit=1000)
            orders.append(told(whole))
            limit, offset = page
            assert told(searched(limit=limit, offset=offset)) == told(whole)[offset:][:limit]
            if sort == "score" and not collapse:
                hits = list(searched(limit=1000, require="any"))
                assert [hit.citation for hit in hits] == in_their_order(
                    hits, archive, query, group=group
                )
    assert orders[0] == orders[1] == orders[2]


def test_a_title_alone_gives_the_same_to_texts_of_any_length() -> None:
    articles = [
        Article(
            id=f"{number:02}",
            title="Great Expectations",
            text=" ".join(["Nothing"] * (1 + 5 * number % 23)) + ".",
        )
        for number in range(22)
    ]
    articles += [Article(id=f"x{number}", title="Hard Times", text="Some.") for number in range(9)]
    archive = Archive(articles)
    query = "great^3 expectations"
    for name, index in indexes(articles).items():
        with index, Searcher(index) as searcher:
            hits = list(searcher.search(query, **EVERY))
            (equal,) = equal_by_the_formula(hits, archive, query, refined=REFINED)
            assert len({hit.score for hit in equal}) == 1, name
            assert [hit.article for hit in hits] == [f"{number:02}" for number in range(22)]


def test_scores_of_heavy_words_are_the_same_whatever_is_asked_for() -> None:
    chance = random.Random(1)
    words = [f"w{at}" for at in range(12)]
    with Index.in_memory(language="en") as index:
        index.add(
            Article(
                id=f"{at:03}",
                title=chance.choice(["", *words]),
                text=" ".join(chance.choices(words, k=chance.randint(1, 9))),
            )
            for at in range(600)
        )
        query = " ".join(f"{word}^{1000 - at / 7:.4f}" for at, word in enumerate(words[:9]))
        with Searcher(index) as searcher:
            every, *some = (
                [
                    (hit.citation, hit.score)
                    for hit in searcher.search(query, limit=limit, collapse=False)
                ]
                for limit in (600, 25, 60, 120)
            )
    assert every[0][1] > 2048
    for first in some:
        assert first == every[: len(first)]
