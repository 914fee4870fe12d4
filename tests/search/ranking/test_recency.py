"""Scores that decay by the ages of articles, against the formula worked out for every passage."""

import re
import time
from datetime import date, datetime, timedelta
from functools import partial
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute_ranking import Archive
from hostile import rewritten
from nutgraf import ArgumentError, Article, Index, IndexDamaged, Searcher, search
from nutgraf.scoring.recency import Recency, decayed, top_k
from nutgraf_index.core.buffers import uints
from scale import examples

TODAY = date(2020, 6, 30)
BEST = 20  # passages to whose scores more is added
WORDS = ("alfa", "bravo", "charlie", "delta")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(" ".join)
# Days before today, the future among them; "" for no date, and dates that are less precise.
AGES = st.one_of(st.integers(-40, 900), st.sampled_from(["", "2012", "2015-07"]))
ARTICLES = st.lists(
    st.tuples(st.lists(TEXTS, min_size=1, max_size=3), AGES), min_size=1, max_size=30
)
HALF_LIVES = st.sampled_from([("1d", 1), ("30d", 30), ("2 weeks", 14), (timedelta(hours=60), 2.5)])
QUERIES = st.sampled_from(
    ["alfa bravo", "bravo", '"alfa bravo" charlie', "delta^3 alfa", "b* delta"]
)


@pytest.fixture(autouse=True)
def one_day() -> None:
    """Begin no test in the last minute of a day: all articles would be a day older at its end."""
    left = datetime.combine(date.today() + timedelta(1), datetime.min.time()) - datetime.now()
    if left < timedelta(minutes=1):
        time.sleep(left.total_seconds())


def articles_of(drawn: list[tuple[list[str], int | str]]) -> list[Article]:
    return [
        Article(
            id=f"{number * 7 % 31:02}",
            text="\n".join(f"{text}." for text in texts),
            date=age if isinstance(age, str) else date.today() - timedelta(days=age),
        )
        for number, (texts, age) in enumerate(drawn)
    ]


def in_segments(articles: list[Article], segments: int) -> Index:
    index = Index.in_memory(language="en")
    for at in range(segments):
        index.add(articles[at::segments])
    return index


def ages_of(articles: list[Article]) -> dict[str, int]:
    """Return the age of each article in days: a year and a month begin on their first day."""
    firsts = {
        article.id: date.fromisoformat(article.date + "-01-01"[len(article.date) - 4 :])
        for article in articles
        if article.date
    }
    oldest = min(firsts.values(), default=date.today())
    return {
        article.id: max(0, (date.today() - firsts.get(article.id, oldest)).days)
        for article in articles
    }


@examples(8, 80)
@given(
    ARTICLES, QUERIES, HALF_LIVES, st.booleans(), st.tuples(st.integers(0, 30), st.integers(0, 30))
)
def test_all_passages_are_in_the_order_of_the_decayed_formula(
    drawn: list[tuple[list[str], int | str]],
    query: str,
    half_life: tuple[Any, float],
    group: bool,
    page: tuple[int, int],
) -> None:
    articles = articles_of(drawn)
    ages = ages_of(articles)
    recent, days = half_life
    orders = []
    for segments in (1, 3, 10):
        with in_segments(articles, segments) as index, Searcher(index) as searcher:
            searched = partial(searcher.search, query, require="any", collapse=False, group=group)
            plain = list(searched(limit=1000))
            whole = list(searched(limit=1000, recent=recent))
            orders.append([(hit.citation, hit.score) for hit in whole])
            limit, offset = page
            some = searched(limit=limit, offset=offset, recent=recent)
            assert list(some) == whole[offset:][:limit]
    assert orders[0] == orders[1] == orders[2]
    assert {hit.citation for hit in whole} == {hit.citation for hit in plain}
    order = [(-hit.score, hit.article, hit.number) for hit in whole if hit.score > 1e-290]
    assert order == sorted(order)

    if group:  # how articles score is tested elsewhere; all are rescored if there are few
        scores = {hit.citation: (hit.score, 0.0) for hit in plain}
        if len(plain) > BEST:
            return
    else:
        parts = Archive(articles).parts_of_scores(query)
        scores = {
            citation: (score.value(len(parts)), more.value(len(parts)))
            for citation, (score, more) in parts.items()
        }
    logs, before = [], []
    for at, hit in enumerate(whole):
        score, more = scores[hit.citation]
        exponent = -ages[hit.article] / days
        expected = score + more if at < BEST else score
        assert hit.score == pytest.approx(expected * 2**exponent, rel=1e-9, abs=1e-290)
        logs.append(log2(expected) + exponent)
        before.append(log2(score) + exponent)
    for ordered in (logs[:BEST], logs[BEST:]):
        assert ordered == pytest.approx(sorted(ordered, reverse=True), abs=1e-9)
    # The best are the best without what is added to them.
    if before[BEST:]:
        assert min(before[:BEST]) >= max(before[BEST:]) - 1e-9


def test_more_matches_than_the_best_twenty_are_ordered_by_date() -> None:
    """The newest of 300 equal passages come first, though others rank first without a decay."""
    with Index.in_memory(language="en") as index:
        index.add(
            Article(
                id=f"{number:03}",
                text="Otters are back." + " So it is." * (number < 150),
                date=date.today() - timedelta(days=number * 7919 % 300),
            )
            for number in range(300)
        )
        hits = search("otters", index, recent="7d", limit=300, collapse=False)
        ages = [(date.today() - date.fromisoformat(hit.date)).days for hit in hits]
        assert hits.total == 300
        assert sorted(ages) == list(range(300))
        # Within a half-life, the shorter text may come first; over a month it may not.
        assert all(abs(age - rank) < 10 for rank, age in enumerate(ages))


def test_scores_too_small_for_a_number_stay_in_order() -> None:
    days = [0, 1000, 1023, 1074, 1200, 5000, 90_000]
    with Index.in_memory(language="en") as index:
        for age in days:
            day = date.today() - timedelta(age)
            index.add(Article(id=f"{99_999 - age}", text="Otters.", date=day))
        index.add(Article(id="undated", text="Otters."))
        hits = search("otters", index, recent=1, limit=None, collapse=False)
        assert [hit.article for hit in hits] == [*(f"{99_999 - age}" for age in days), "undated"]
        assert hits[0].score > 0
        assert hits[-1].score == 0


def test_undated_articles_are_as_old_as_the_oldest() -> None:
    decaying: dict[str, Any] = {"recent": "30d", "collapse": False}
    with Index.in_memory(language="en") as index:
        ages = {"old": 60, "new": 0}
        for id, age in ages.items():
            index.add(Article(id=id, text="Otters.", date=date.today() - timedelta(age)))
        index.add(Article(id="none", text="Otters."))
        found = {hit.article: hit.score for hit in search("otters", index, **decaying)}
        assert found["none"] == found["old"] == found["new"] / 4
        index.remove("old")  # a removed article counts no more
        found = {hit.article: hit.score for hit in search("otters", index, **decaying)}
        assert found["none"] == found["new"]
        index.remove("new")
        assert search("otters", index, recent="1d")[0].score == search("otters", index)[0].score


def test_of_near_duplicates_the_newest_is_shown() -> None:
    text = "The council voted on Monday to put up otter fences along the river at Varn."
    with Index.in_memory(language="en") as index:
        for id, age in (("first", 400), ("again", 3)):
            index.add(Article(id=id, text=text, date=date.today() - timedelta(age)))
        (hit,) = search("otter fences", index, recent="30d")
        assert (hit.article, hit.near_duplicates.citations) == ("again", ("first#1",))
        (hit,) = search("otter fences", index)
        assert (hit.article, hit.near_duplicates.citations) == ("first", ("again#1",))


def test_passages_with_some_of_the_words_decay_after_those_with_all() -> None:
    with Index.in_memory(language="en") as index:
        for id, text, age in (
            ("both", "Otters at the lake.", 300),
            ("old", "Otters swim.", 200),
            ("new", "Otters swim now.", 1),
        ):
            index.add(Article(id=id, text=text, date=date.today() - timedelta(age)))
        results = search("otters lake", index, recent="10d")
        assert [hit.article for hit in results] == ["both", "new", "old"]
        assert (results.total, results.further) == (1, 2)


@pytest.mark.parametrize(
    "options",
    [
        {"scope": "article"},
        {"scope": "window:2"},
        {"expand": True},
        {"require": "all"},
        {"after": 2000},
        {"group": True},
        {"synonyms": {"otters": ["lutra"]}},
    ],
)
def test_a_decay_goes_with_other_options(options: dict[str, Any]) -> None:
    with Index.in_memory(language="en") as index:
        for id, age in (("a", 800), ("b", 2), ("c", 90)):
            day = date.today() - timedelta(age)
            index.add(Article(id=id, text="Otters swim.\nIn the river.", date=day))
        plain = search("otters", index, collapse=False, **options)
        hits = search("otters", index, recent="90d", collapse=False, explain=True, **options)
        assert sorted(hit.citation for hit in hits) == sorted(hit.citation for hit in plain)
        assert [hit.article for hit in hits if hit.text == "Otters swim."] == ["b", "c", "a"]
        for hit in hits:
            assert hit.explanation is not None
            parts = [part.value for part in hit.explanation.parts]
            assert sum(parts) == pytest.approx(hit.score, abs=1e-12)


def test_the_decay_is_explained() -> None:
    with Index.in_memory(language="en") as index:
        index.add(Article(id="a", text="Otters.", date=date.today() - timedelta(45)))
        index.add(Article(id="b", text="No such words here."))
        (plain,) = search("otters", index)
        (hit,) = search("otters", index, recent="30d", explain=True)
        assert hit.explanation is not None
        *_, part = hit.explanation.parts
        assert part.label == "recency"
        assert dict(part.factors) == {"decay": 2**-1.5, "age_in_days": 45, "half_life": 30}
        assert part.value == pytest.approx(-(1 - 2**-1.5) * plain.score)
        assert str(part).endswith(" recency: decay 0.3536, age in days 45, half life 30")
        (hit,) = search("words", index, recent="30d", explain=True)
        assert hit.explanation is not None
        assert hit.explanation.parts[-1].label == "recency, no date"


@pytest.mark.parametrize(
    "recent",
    ["", "30", "soon", "d", "0d", "-3d", "1.5y", "3h", 0, -1, 1.5, True, timedelta(0), [1]],
)
def test_a_half_life_that_is_none(recent: Any, sample: Index) -> None:
    message = (
        'recent must be a half-life of at least 1 day, such as "30d", "2w", "6m" or "1y" (in '
        f"Python also a timedelta or a number of days), not {recent!r}"
    )
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("port", sample, recent=recent)


@pytest.mark.parametrize("sort", ["date", "-date", "path"])
def test_a_decay_needs_the_order_of_scores(sort: Any, sample: Index) -> None:
    message = (
        f'recent changes scores and needs sort="score", not {sort!r}: leave out one of the two'
    )
    with pytest.raises(ArgumentError, match=f"^{re.escape(message)}$"):
        search("port", sample, recent="30d", sort=sort)


@pytest.mark.parametrize(
    ("recent", "days"),
    [
        ("30d", 30),
        ("2w", 14),
        ("6M", 180),
        ("1y", 365),
        ("1 year", 365),
        (" 3 weeks", 21),
        (7, 7),
        (timedelta(days=2), 2),
        (np.int64(5), 5),
    ],
)
def test_half_lives(recent: Any, days: int) -> None:
    with Index.in_memory(language="en") as index:
        index.add(Article(id="a", text="Otters.", date=date.today() - timedelta(10)))
        (plain,) = search("otters", index)
        (hit,) = search("otters", index, recent=recent)
        assert hit.score == pytest.approx(plain.score * 2 ** (-10 / days))


def test_ages_by_the_clock() -> None:
    recency = Recency(10, 20190101, lambda: TODAY)
    days = [20200630, 20200620, 20300101, 20200101, 0, 17000101]
    assert [recency.age(day) for day in days] == [0, 10, 0, 181, 546, 117_058]
    assert recency.decay(20200620) == 0.5
    exponents, factors = recency.decays(uints(days))
    assert exponents.tolist() == [-recency.age(day) / 10 for day in days]
    assert factors.tolist() == [2 ** (-recency.age(day) / 10) for day in days]
    assert Recency(10, 0, lambda: TODAY).age(0) == 0


def test_the_best_and_their_ties() -> None:
    scores, ranks = np.array([1.0, 3, 2, 3, 2, 0]), np.array([0, 5, 4, 2, 1, 1])
    for k in range(8):
        assert top_k(np.arange(6), scores, ranks, k).tolist() == [3, 1, 4, 2, 0, 5][:k]


def test_products_too_small_for_a_number_are_logarithms() -> None:
    exponents = np.array([-1.0, -2000, -2001, -2000, -900])
    products = decayed(np.array([4.0, 4, 4, 0, 1]), exponents, 2**exponents)
    assert products.tolist() == [2, -1998, -1999, -np.inf, 2.0**-900]


def test_a_day_that_is_none_is_damage(tmp_path: Path) -> None:
    folder = tmp_path / "i"
    with Index.open(folder, create=True, language="en") as index:
        index.add(Article(id="a", text="Otters.", date="2020-02-01"))
    rewritten(folder, lambda name, values: values + 50 if name == "article.day" else values)
    with pytest.raises(IndexDamaged, match=r"article\.day has numbers out of bounds"):
        search("otters", folder, recent="30d")
