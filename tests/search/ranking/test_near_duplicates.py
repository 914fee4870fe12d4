"""Hits that say the same are one: against a plain rule on all pairs, and on planted edits."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute import facts_of
from copies import likeness, planted, words_of
from memory import index_at
from nutgraf import Article, Hit, Index, NearDuplicates, Results, Searcher, search
from nutgraf.options import Sort
from nutgraf_index.model import Mark, MarkedArticle, Role
from scale import rounds

# Without repeats in a text, all of its words in their order are told by three in a row.
WORDS = ["storm", "port", "The", "ferry", "Ferries", "night", "Írán", "closed"]
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6, unique=True).map(
        lambda words: " ".join(words) + "."
    ),
    min_size=1,
    max_size=4,
).map("\n".join)
TITLES = st.sampled_from(["", "Storm", "STORM!", "Storm closed | The Post", "Storm closed", "Port"])
ARCHIVES = st.lists(
    st.tuples(TEXTS, st.sampled_from(["", "2020", "2019-06", "2020-01-05"]), TITLES), max_size=6
)
QUERIES = st.sampled_from(
    ["storm", "port ferry", "storm port night", "+port -storm", '"ferry night" storm', "-closed"]
)


def age(hit: Hit) -> tuple[Any, ...]:
    return hit.date == "", f"{hit.date}-01-01"[:10], hit.article, hit.number


Titles = dict[str, tuple[list[str], bool]]


def titles_of(articles: list[Article]) -> Titles:
    """Return the words of the title of a passage's article, and whether it represents it."""
    return {
        one.citation: (words_of(one.article.title.partition("|")[0]), one.opening)
        for one in facts_of(articles)
    }


def plainly(hits: list[Hit], titles: Titles, *, earliest: bool) -> list[tuple[Hit, Hit, list[str]]]:
    """Return hits of which none says what another before it says.

    Each with the one that is shown for it, and the citations of the others. `titles` are as from
    `titles_of`.
    """

    def are_one(hit: Hit, other: Hit) -> bool:
        (title, opens), (other_title, other_opens) = titles[hit.citation], titles[other.citation]
        alike = likeness(words_of(hit.text), words_of(other.text)) >= 0.9
        return alike and (title == other_title or not (opens or other_opens))

    left, found = hits, []
    while left:
        same = [one for one in left if one is left[0] or are_one(left[0], one)]
        ordered = sorted(same, key=age)
        first, left = left[0], [one for one in left if one not in same]
        shown = ordered[0] if earliest else first
        found.append((first, shown, [one.citation for one in ordered if one is not shown]))
    return found


@given(
    ARCHIVES,
    QUERIES,
    st.sampled_from(["score", "score", "date", "-date", "path"]),
    st.sampled_from(["passage", "passage", "article", "window:2"]),
    st.booleans(),
    st.tuples(st.integers(0, 3), st.integers(0, 4)),
    st.booleans(),
    st.sampled_from([2, 1000]),
)
def test_copies_are_those_of_a_plain_comparison_of_all(
    archive: list[tuple[str, str, str]],
    query: str,
    sort: Sort,
    scope: str,
    group: bool,
    page: tuple[int, int],
    compacted: bool,
    window: int,
) -> None:
    articles = [
        Article(id=str(number), title=title, text=text, date=date, language="en")
        for number, (text, date, title) in enumerate(archive)
    ]
    titles = titles_of(articles)
    with Index.in_memory() as index, pytest.MonkeyPatch.context() as patch:
        index.add(articles[1:4])
        index.add(articles[4:])
        index.add(articles[:2])  # one of them again
        if compacted:
            index.compact()
        with Searcher(index) as searcher:
            searched = partial(
                searcher.search, query, require="any", sort=sort, scope=scope, group=group
            )
            set_window(patch, 1000)  # so that all hits are refined
            every = searched(limit=1000, collapse=False)
            expected = plainly(list(every), titles, earliest=False)
            if sort == "score":
                expected = refined_by_hand(searched, every, titles, window)
            set_window(patch, window)
            found = searched(limit=1000)
            told = [(hit.citation, list(hit.near_duplicates.citations)) for hit in found]
            assert told == [(hit.citation, copies) for _, hit, copies in expected]
            assert [hit.near_duplicates.count for hit in found] == [
                len(copies) for _, _, copies in expected
            ]
            assert [(hit.score, hit.more) for hit in found] == [
                (hit.score, hit.more) for _, hit, _ in expected
            ]
            assert (found.total, found.articles) == (every.total, every.articles)
            offset, limit = page
            assert (
                list(searched(limit=limit, offset=offset)) == list(found)[offset : offset + limit]
            )


def test_what_is_shown_has_its_own_refined_score() -> None:
    text = "The storm closed port and ferry."
    with Index.in_memory() as index:
        index.add(
            [
                Article(id="a", text=text, date="2020"),
                Article(id="b", text=f"{text}\nThe port saw a storm.", date="2019"),
                Article(id="c", text=f"{text}\nNothing else.", date="2021"),
            ]
        )
        alone = {hit.citation: hit.score for hit in search("storm port", index, collapse=False)}
        found = {hit.citation: hit for hit in search("storm port", index)}
        assert found["b#1"].near_duplicates.citations == (
            "a#1",
            "c#1",
        )  # a#1 is the best of equal ones
        assert found["b#1"].score == alone["b#1"] > alone["a#1"]


def set_window(patch: pytest.MonkeyPatch, window: int) -> None:
    for module in ("ranking.rank", "ranking.rescore"):
        patch.setattr(f"nutgraf.{module}.WINDOW", window)


def refined_by_hand(
    searched: Callable[..., Results], every: Results, titles: Titles, window: int
) -> list[tuple[Hit, Hit, list[str]]]:
    """Return what `plainly` does by score, where so many of the best are refined, as all are here.

    The others stay as they were before it.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("nutgraf.ranking.rank.rescore", lambda ranked, _: ranked)
        expected = plainly(list(searched(limit=1000, collapse=False)), titles, earliest=True)
    best = {hit.citation: hit for hit in every}
    places = list(best)
    head = [(first, best[shown.citation], others) for first, shown, others in expected[:window]]
    head.sort(key=lambda one: places.index(one[0].citation))
    return head + expected[window:]


def test_passages_that_represent_other_titles_are_no_copies() -> None:
    text = "The storm letter of the port tells all of it by noon."
    titles = {"a": "Ferries stop", "b": "Storm passes", "c": "FERRIES stop | The Post", "d": ""}
    with Index.in_memory() as index:
        for day, (id, title) in enumerate(titles.items(), 1):  # a segment each
            index.add([Article(id=id, title=title, text=text, date=f"2020-01-0{day}")])
        # Passages that represent nothing are copies of each other, whatever the titles.
        more = f"The port was shut for a night and a day.\n{text}"
        index.add(Article(id=id, title=f"Port {id}", text=more, date="2021") for id in "ef")
        index.add([Article(id="g", text=text, date="2019")])
        expected = {
            "a#1": NearDuplicates(1, ("c#1",)),
            "b#1": NearDuplicates(),
            "g#1": NearDuplicates(3, ("d#1", "e#2", "f#2")),
        }
        for group in (False, True):
            searched = partial(search, "storm letter", index, group=group)
            found = {hit.citation: hit.near_duplicates for hit in searched()}
            assert found == expected
            pages = [searched(limit=1, offset=at) for at in range(4)]
            assert [hit.citation for page in pages for hit in page] == [*found]
            newest = [hit.citation for hit in searched(sort="-date")]
            assert newest == ["e#2", "c#1", "b#1"]


# Planted edits; on real text: tests/benchmarks/copies.py


@pytest.fixture(scope="module")
def words() -> Sequence[str]:
    """Words as often as in a language: few stand everywhere, many seldom."""
    return random.Random(1).choices(
        [f"{one}{other}" for one in "abcdefghijklmno" for other in map(chr, range(97, 117))],
        [1 / rank for rank in range(1, 301)],
        k=60_000,
    )


def text_column(words: Sequence[str], count: int) -> list[str]:
    pick = random.Random(2)
    starts = [pick.randrange(len(words) - 200) for _ in range(count)]
    return [" ".join(words[start : start + pick.randint(20, 200)]) for start in starts]


def test_planted_copies_are_found(words: Sequence[str]) -> None:
    found = planted(text_column(words, rounds(20)), each=2)
    assert set(found) == {percent / 100 for percent in range(11)}
    assert found[0.0].told == found[0.0].right == found[0.0].copies > 0  # the same words
    copies, told, right = map(sum, zip(*found.values(), strict=True))
    assert copies > found[0.0].copies
    assert right >= 0.99 * told
    assert right >= 0.95 * copies


@pytest.mark.parametrize("copies", [99, 100, 101])
def test_the_first_100_copies_are_cited(copies: int) -> None:
    with newsletter(copies + 1) as index:
        hit = search("storm letter", index)[0]
    assert hit.near_duplicates.count == copies
    assert len(hit.near_duplicates.citations) == min(copies, 100)


# What a user sees

LINE = "The storm letter brings you all the news of the port by noon."


def newsletter(count: int) -> Index:
    index = Index.in_memory()
    index.add(
        Article(id=f"a{number:03}", date=f"{2020 - number % 10}", text=f"Storm {number}.\n{LINE}")
        for number in range(count)
    )
    return index


def test_the_earliest_stands_for_a_line_that_is_everywhere() -> None:
    with newsletter(130) as index:
        results = search("storm letter", index, require="any")
    hit = results[0]
    # The first of those of 2011.
    assert (hit.citation, hit.date, hit.near_duplicates.count) == ("a009#2", "2011", 129)
    assert len(hit.near_duplicates.citations) == 100
    of_2011 = (f"a{number:03}#2" for number in range(19, 130, 10))
    assert hit.near_duplicates.citations[:13] == (*of_2011, "a008#2")
    assert hit.to_dict()["near_duplicates"] == {
        "count": 129,
        "citations": list(hit.near_duplicates.citations),
    }
    assert (len(results), results.total) == (10, 260)
    assert [other.near_duplicates for other in results[1:]] == [NearDuplicates()] * 9
    assert [other.text for other in results[1:]] == [f"Storm {n}." for n in range(9)]


def test_a_page_is_full_where_copies_would_leave_it_short() -> None:
    with Index.in_memory() as index:
        # 40 sentences that stand in each of 60 articles, the first ones best.
        lines = [" ".join(f"storm x{n}y{m}" for m in range(42 - n)) + "." for n in range(40)]
        index.add(Article(id=str(n), text="\n".join(lines)) for n in range(60))
        whole = search("storm", index, limit=50)
        assert [hit.text for hit in whole] == lines
        assert {hit.near_duplicates.count for hit in whole} == {59}
        pages = [search("storm", index, limit=7, offset=at) for at in range(0, 42, 7)]
        assert [hit.citation for page in pages for hit in page] == [hit.citation for hit in whole]


def test_a_segment_of_no_passages_has_no_copies(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A storm.", "utf-8")
    (tmp_path / "empty.txt").write_text("", "utf-8")
    with index_at(tmp_path) as index:
        index.sync([tmp_path / "a.txt"])
        index.sync([tmp_path / "empty.txt"])
        assert [hit.citation for hit in search("storm", index)] == ["a.txt#1"]


def test_a_copy_is_scored_and_explained_as_itself() -> None:
    with Index.in_memory() as index:
        for id, title, date in (("new", "Harbour", "2021"), ("old", "Letters", "2020")):
            text = f"{title} of the day are read aloud at noon.\nThe {title} again.\n{LINE}"
            index.add([Article(id=id, title=title, date=date, text=text)])
        every, (hit,) = (
            [
                one
                for one in search(
                    "storm harbour", index, require="any", collapse=collapse, explain=True
                )
                if one.number == 3
            ]
            for collapse in (False, True)
        )
    assert [one.citation for one in every] == ["new#3", "old#3"]  # by its title
    assert (hit.citation, hit.near_duplicates.citations) == ("old#3", ("new#3",))
    assert (hit.score, hit.explanation) == (every[1].score, every[1].explanation)


def test_without_words_there_are_no_copies() -> None:
    with Index.in_memory() as index:
        index.add(Article(id=id, text="§ § §") for id in "ab")
        assert [hit.citation for hit in search("role:lead", index)] == ["a#1", "b#1"]


@pytest.mark.parametrize(
    "title",
    [
        "Otters return to Varda pond",
        "OTTERS RETURN to Varda pond",
        "Otters return to Varda pond | The Post",
        "Otters return to Varda pond - The Lindholm Post",
        "The Post – Otters return to Varda pond",
    ],
)
@pytest.mark.parametrize("markdown", [False, True])
def test_a_headline_shown_twice_is_one_hit(title: str, *, markdown: bool) -> None:
    heads = "{}\n\nOtters return to Varda pond", "# {}\n\n# Otters return to Varda pond"
    with Index.in_memory() as index:
        text = f"{heads[markdown]}\n\nBy Ann Lee\n\nThey were gone for ten years.".format(title)
        index.add([Article(id="a", text=text, format="markdown" if markdown else "text")])
        every = search("otters", index, collapse=False)
        assert sorted(hit.citation for hit in every) == ["a#1", "a#2"]
        with Searcher(index) as searcher:
            assert searcher.passage("a#1").role == "headline"
        results = search("otters", index)
        assert [hit.citation for hit in results] == ["a#1"]
        assert results.total == 2
        assert results[0].near_duplicates == NearDuplicates(1, ("a#2",))
        if "Post" in title:
            (hit,) = search("post", index)
            assert hit.near_duplicates == NearDuplicates()


def test_a_subhead_that_ranks_before_its_headline_is_one_hit_with_it() -> None:
    headline, subhead = (
        "Otters return to Varda pond - The Lindholm Post",
        "Otters return to Varda pond",
    )
    text = f"{headline}\n\n{subhead}\n\nThey were gone for ten years."
    second = len(headline) + 2
    marks = (
        Mark(0, len(headline), Role.HEADLINE),
        Mark(second, second + len(subhead), Role.SUBHEAD),
    )
    with Index.in_memory() as index:
        index.add([MarkedArticle(id="a", text=text, marks=marks)])
        every = search("otters", index, collapse=False)
        assert [(hit.citation, hit.role) for hit in every] == [
            ("a#2", "subhead"),
            ("a#1", "headline"),
        ]
        (hit,) = search("otters", index)
    assert (hit.citation, hit.near_duplicates) == ("a#1", NearDuplicates(1, ("a#2",)))


def test_other_headlines_of_an_article_are_hits_of_their_own() -> None:
    text = "# Otters return\n\nThey were gone.\n\n# Otters return - Live\n\n# Otters and geese"
    twin = "# Otters return - The Post\n\nThey were here."
    with Index.in_memory() as index:
        index.add([Article(id="a", text=text, format="markdown")])
        index.add([Article(id="b", text=twin, format="markdown")])
        found = search("otters", index)
    # Only headlines of one article are compared so.
    assert sorted(hit.citation for hit in found) == ["a#1", "a#4", "b#1"]
