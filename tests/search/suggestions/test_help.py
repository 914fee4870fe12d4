"""What helps when a query finds little: counts, other spellings, and what asks for less."""

import pickle
import random
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index, Results, Searcher, Suggestion, search
from nutgraf.query.parser import Require
from nutgraf.results.hits import FEW_RESULTS
from nutgraf_index.model import HIDDEN_ROLES

WORDS = ["missile", "otter", "Otters", "iraq", "Fences", "fence", "credit", "forces", "U.S.", "the"]


def kinds(query: str, index: Index, **options: Any) -> list[tuple[str, str, int]]:
    results = search(query, index, **options)
    return [(one.kind, one.query, one.total) for one in results.suggestions]


def checked(query: str, index: Index, **options: Any) -> Results:
    """Search, and see that every count and suggestion is what running it gives."""
    results = search(query, index, **options)
    roles = " role:credit" * bool(re.search("(?<!-)role:credit", results.query))
    for leaf, count in results.counts.items():
        assert (
            search(leaf + roles, index, **{**options, "require": "any", "expand": False}).total
            == count
        )
    few = results.total < FEW_RESULTS
    for one in results.suggestions:
        assert (one.kind == "spelling") == bool(one.words)
        assert one.total > (results.total if few and all(one.words.values()) else 0)
        again = search(one.query, index, **{**options, **one.options})
        assert again.total == one.total
        if not (options.get("expand") or again.diagnostics):
            assert again.query == one.query
    assert results.spellings == tuple(s for s in results.suggestions if s.kind == "spelling")
    if not few:
        assert results.suggestions == results.spellings
    return results


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("missle", [("spelling", "missile", 2)]),
        ("misile-museum", [("spelling", "missile-museum", 1)]),
        ("+irak +missle", [("spelling", "Iraq AND missile", 1)]),
        ("missel~", [("spelling", "missile", 2)]),
        # Stop words do not count, so they are neither corrected nor corrections.
        ("either or", []),
        ("will smith", [("spelling", "will MIT", 1)]),
        ("misile or kort", [("spelling", "missile or port", 5)]),
        ('"coalitoin forces"', [("spelling", '"Coalition forces"', 1)]),
        ("iran by:okudcu", [("spelling", "iran by:okuducu", 5), ("filter", "iran", 5)]),
        ("aksut", [("role", "aksut role:credit", 1)]),
        ("otter by:okuducu", [("filter", "otter", 6)]),
        ("+otters +fences -trust", [("word", "otters -trust", 5)]),
        ("+otters -river -trust -fences", [("exclusion", "otters -trust -fences", 4)]),
        ('"trust otters"', []),  # whose words are searched
        ('"zebra zoo"', []),
        ("otters NEAR/1 trust", [("apart", "otters AND trust", 1)]),
        ("missle by:nobody", [("filter", "missile", 2)]),
        ("zeppelin", []),
        ("1961 1962", []),
        ("", []),
        ("-otter", []),
    ],
)
def test_what_is_suggested(query: str, suggested: list[object], sample: Index) -> None:
    checked(query, sample)
    assert kinds(query, sample) == suggested


def test_words_are_dropped_before_any_will_do(sample: Index) -> None:
    wanted = {"require": "all"}
    assert kinds("otter fences zeppelin", sample, **wanted) == [("word", "otter AND fences", 2)]
    (one,) = search("otter zeppelin irq2", sample, require="all").suggestions
    assert one == Suggestion("any", "otter zeppelin irq2", {"require": "any"}, 6)


def test_an_article_may_have_what_no_passage_has() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter.\n\nA heron.\n\nA heron.")])
        (one,) = search("+otter +heron", index).suggestions
        assert one == Suggestion("article", "otter AND heron", {"scope": "article"}, 3)
        assert search("+otter +heron +newt", index, scope="article").suggestions[0].kind == "word"


def test_counts_are_of_each_word_alone(sample: Index) -> None:
    results = search('+otter +zeppelin "coalition forces" -fences', sample)
    assert results.counts == {"otter": 6, "zeppelin": 0, '"coalition forces"': 1}
    assert search("role:credit +aksut +zeppelin", sample).counts == {"aksut": 1, "zeppelin": 0}


def test_a_query_that_finds_enough_is_not_relaxed(sample: Index) -> None:
    results = checked("otter -trust by:nobody OR otter", sample)
    assert results.total >= FEW_RESULTS
    assert results.suggestions == ()
    assert search("otter river", sample).counts == {"otter": 6, "river": 5}


@pytest.mark.parametrize("found", [0, 2, 3, 4])
def test_other_queries_are_tried_where_fewer_than_three_passages_are_found(found: int) -> None:
    with Index.in_memory() as index:
        index.add(Article(id=f"{at}", text="An otter, a heron.") for at in range(found))
        index.add(Article(id=f"alone{at}", text="An otter.") for at in range(9))
        results = (
            checked("+otter +heron +of", index) if not found else checked("+otter +heron", index)
        )
        assert results.total == found
        assert bool(results.suggestions) == (found < 3)


@pytest.mark.parametrize("tried", [23, 24, 25])
def test_at_most_24_queries_are_tried(tried: int) -> None:
    # First all words in each role that is not searched, and in the whole article; then without
    # each word in turn. Without the last of these there is a passage.
    words = [f"{chr(97 + at)}{chr(97 + at)}" for at in range(26)]
    lacking = words[tried - len(HIDDEN_ROLES) - 1 - 1]
    with Index.in_memory() as index:
        index.add([Article(id="a", text=" ".join(set(words) - {lacking}))])
        index.add([Article(id="b", text=lacking)])
        suggested = kinds(" ".join(f"+{word}" for word in words), index)
    assert [kind for kind, _, _ in suggested] == ["word"] * (tried <= 24)


def test_the_first_32_words_are_counted() -> None:
    with Index.in_memory() as index:
        words = [f"w{at}x" for at in range(34)]
        index.add([Article(id="a", text="An otter.")])
        for count in (31, 32, 33):
            assert [*search(" ".join(words[:count]), index).counts] == words[: min(count, 32)]


def test_a_word_that_is_there_gives_way_only_to_a_far_commoner_one() -> None:
    texts = ["The minister spoke.", "The minster was restored."]
    with Index.in_memory() as index:
        index.add([Article(id="m", text="\n\n".join([*texts, *["A minister spoke."] * 30]))])
        assert kinds("minster", index) == []
        index.add([Article(id="n", text="\n\n".join(["The minister left."] * 30))])
        assert kinds("minster", index) == [("spelling", "minister", 61)]


def test_a_form_of_a_word_that_is_there_is_not_mistyped() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="m", text="\n\n".join(["He asks.", *["An asket."] * 40]))])
        assert kinds("asked", index) == []
        assert kinds("asced", index) == [("spelling", "asket", 40)]


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("database", [("spelling", "data-base", 1)]),
        ('"f16 jets"', []),  # whose words are searched, and found in F-16 jets
        ("covid19", []),  # which is found in COVID-19
        ("alot", [("spelling", "a-lot", 1), ("spelling", "lot", 1)]),
        ("healthcare", []),  # which is there
        ("costjets", []),  # both words are, but nowhere side by side
    ],
)
def test_words_may_be_of_two(query: str, suggested: list[object]) -> None:
    text = "COVID-19 and healthcare.\nThe F-16 jets cost a lot.\nSome data base of health-care."
    with Index.in_memory() as index:
        index.add([Article(id="a", text=text)])
        checked(query, index)
        assert kinds(query, index) == suggested


def test_a_word_that_is_there_is_divided_only_where_that_is_far_commoner() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="m", text="\n\n".join(["An email.", *["An e mail sent."] * 50]))])
        assert kinds("email", index) == []
        index.add([Article(id="n", text="An e mail.")])
        assert kinds("email", index) == [("spelling", "e-mail", 52), ("spelling", "mail", 51)]


def test_suggestions_are_of_the_snapshot_and_outlive_it() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter.")])
        with Searcher(index) as searcher:
            results = searcher.search("ottter")
            index.add([Article(id="b", text="Another otter.")])
            searcher.refresh()
        again = pickle.loads(pickle.dumps(search("ottter", index)))
    (one,) = results.suggestions
    assert (one.query, one.total) == ("otter", 1)
    assert [one.total for one in again.suggestions] == [2]
    assert again.counts == {"ottter": 0}


def test_paths_restrict_what_is_announced(data: Any) -> None:
    with Index.in_memory() as index:
        index.sync([data])
        assert kinds("missle", index, paths=[data / "iraq-us-call.txt"]) == [
            ("spelling", "missile", 1)
        ]
        assert search("otter", index, paths=[data / "iraq-us-call.txt"]).counts == {"otter": 0}


def test_a_long_query_is_helped_in_bounded_steps(sample: Index) -> None:
    words = [f"w{'abcdefgh'[n % 8]}{'ijklmnop'[n // 8 % 8]}x{'qrst'[n // 64]}" for n in range(200)]
    results = checked(" ".join(words), sample, require="all")
    assert len(results.counts) == 32
    assert len(results.suggestions) <= 4
    too_long = " ".join(["+abc/def"] * 1100)
    assert checked(too_long, sample).total == 0


@st.composite
def queries(draw: st.DrawFn) -> str:
    word = st.sampled_from([*WORDS, "missle", "oter", "irak", "zeppelin", "forecs", "aksut"])
    leaf = st.one_of(
        word,
        st.lists(word, min_size=2, max_size=3).map(lambda words: f'"{" ".join(words)}"'),
        st.tuples(word, word).map(" NEAR/2 ".join),
        st.sampled_from(["mis*", "missle~", "=US", "by:okuducu", "by:nobody", "role:credit"]),
    )
    sign = st.sampled_from(["", "+", "+", "-"])
    parts = draw(st.lists(st.tuples(sign, leaf), min_size=1, max_size=4))
    return " ".join(f"{sign}({leaf})" if " " in leaf else sign + leaf for sign, leaf in parts)


@given(
    queries(),
    st.sampled_from(["any", "all"]),
    st.sampled_from(["passage", "window:2", "article"]),
    st.booleans(),
)
def test_what_is_announced_is_what_running_it_gives(
    query: str, require: Require, scope: str, expand: bool
) -> None:
    checked(query, _index(), require=require, scope=scope, expand=expand)


_made: list[Index] = []


def _index() -> Index:
    if not _made:
        rng = random.Random(7)
        passages = [" ".join(rng.choices(WORDS, k=5)) for _ in range(40)]
        index = Index.in_memory()
        for at in range(4):
            text = "\n\n".join(passages[10 * at : 10 * at + 10])
            credit = "(Reporting by Ann Aksut)"
            index.add([Article(id=f"a{at}", text=f"{text}\n\n{credit}", authors=("I. Okuducu",))])
        _made.append(index)
    return _made[0]


def test_the_help_does_not_depend_on_history() -> None:
    articles = [
        Article(id=f"{at}", text=f"{text} here.\n\nMore of it.")
        for at, text in enumerate(["Otter", "otter", "OTTER", "otters", "outer", "Missile"])
    ]
    gone = Article(id="gone", text="ottre ottre\n\nottre\n\nMissile\n\nmissle")
    with Index.in_memory() as one, Index.in_memory() as other:
        one.add(articles)
        other.add([gone])
        for article in reversed(articles):
            other.add([article])
        other.remove(["gone"])
        for query in ("ottre", "missle", "+ottre +missle", "ottr"):
            assert search(query, one).suggestions == search(query, other).suggestions
            assert search(query, one).suggestions
