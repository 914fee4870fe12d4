"""Articles are ranked by their best passage, their opening and their whole text."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brute_ranking import OPENING, Archive, Wholes
from generated import ARTICLES, QUERIES
from nutgraf import Article, Index, Results, Searcher, search, split
from nutgraf_index.model import Role
from scale import examples

SCOPES = st.sampled_from(["passage", "passage", "article", "window:2"])
EVERY: dict[str, Any] = {"limit": 1000, "require": "any", "collapse": False}
NOTHING = "Nothing of it."


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=4), st.booleans())
def test_scores_of_articles_are_those_of_the_plain_formula(
    articles: list[Article], queries: list[str], deleted: bool
) -> None:
    archive = Archive(articles)
    with Index.in_memory(language="en") as index:
        if deleted:  # what is gone changes nothing
            index.add(Article(id="x", title="Iran", text="Missile, iran, us.\nWho."))
        for at in range(2):  # in more than one segment
            index.add(articles[at::2])
        if deleted:
            index.remove(["x"])
        with Searcher(index) as searcher:
            for query in queries:
                searched = partial(
                    searcher.search, query, limit=1000, require="any", collapse=False
                )
                passages = searched()
                if not passages:
                    continue
                parts, wholes = archive.parts_of_scores(query), Wholes(articles, query)
                of_articles, openings = wholes.whole_scores(), wholes.openings()
                standing = wholes.standing()
                found = {hit.citation for hit in passages}
                for hit in searched(group=True):
                    score, more = parts[hit.citation]
                    passage = score + more
                    if (opening := openings[hit.article]) in found:
                        passage += parts[opening][0].times(OPENING)
                    expected = passage.value(archive.passages)
                    of_article = of_articles[hit.article] + standing[hit.article]
                    expected += of_article.value(wholes.passages)
                    assert hit.score == pytest.approx(expected, abs=1e-6), (query, hit)


@examples(8)
@given(ARTICLES, QUERIES, SCOPES, st.sampled_from(["auto", "all", "any"]), st.booleans())
def test_the_parts_of_an_explanation_add_up(
    articles: list[Article], query: str, scope: str, require: str, collapse: bool
) -> None:
    with Index.in_memory(language="en") as index:
        index.add(articles)
        options = {"scope": scope, "require": require, "collapse": collapse, "explain": True}
        for hit in search(query, index, group=True, **options):  # type: ignore[arg-type]
            assert hit.explanation is not None
            adding_up(hit.explanation, query)


def adding_up(explanation: object, query: str) -> None:
    parts = explanation.parts  # type: ignore[attr-defined]
    if parts:
        value = explanation.value  # type: ignore[attr-defined]
        assert sum(part.value for part in parts) == pytest.approx(value, abs=1e-9), query
    for part in parts:
        adding_up(part, query)


def cited(results: Results) -> list[str]:
    return [hit.citation for hit in results]


def found(query: str, *articles: Article, **options: object) -> list[str]:
    with Index.in_memory(language="en") as index:
        index.add(articles)
        options = {"collapse": False, **options}
        return cited(search(query, index, group=True, **options))  # type: ignore[arg-type]


OF_WHEAT = Article(
    id="wheat", text=f"Wheat is up.\n{NOTHING}\nMore wheat.\n{NOTHING}\nWheat again."
)
ONCE = Article(id="once", text="\n".join([NOTHING, "Wheat is up.", *[NOTHING] * 3]))


def test_an_article_that_is_about_the_words_comes_before_one_that_has_them_once() -> None:
    filler = [Article(id=f"f{n}", text="Of barley.\nAnd rye.") for n in range(9)]
    assert found("wheat", ONCE, OF_WHEAT, *filler) == ["wheat#3", "once#2"]


def test_words_in_different_passages_count_together() -> None:
    together = Article(id="b", text=f"Grain is up.\n{NOTHING}\nThe silo is full.")
    apart = Article(id="a", text=f"Grain is up.\n{NOTHING}\nThe house is full.")
    filler = [Article(id=f"f{n}", text="Of barley.\nAnd rye.") for n in range(9)]
    assert found("grain silo", apart, together, *filler, require="any")[0] in {"b#1", "b#3"}


def test_of_two_articles_the_one_that_opens_with_the_words_comes_first() -> None:
    first = Article(id="b", text=f"Wheat is up.\n{NOTHING}\n{NOTHING}")
    last = Article(id="a", text=f"{NOTHING}\n{NOTHING}\nWheat is up.")
    assert found("wheat", first, last) == ["b#1", "a#3"]


def test_of_two_articles_the_one_that_begins_with_the_words_comes_first() -> None:
    first = Article(id="b", text=f"Wheat is up.\n{NOTHING * 8}")
    last = Article(id="a", text=f"{NOTHING * 8}\nWheat is up.")
    assert found("wheat", first, last) == ["b#1", "a#2"]


def test_of_two_articles_the_one_with_the_words_together_comes_first() -> None:
    # The best passages are the same, and so are the words that the articles begin with.
    best = "Wheat is dear. So are prices."
    apart, together = "Prices are, of all of the wheat and rye.", "Of all of the, wheat prices are."
    articles = [
        Article(id=id, text=f"{best}\n{NOTHING * 8}\n{text}{NOTHING * 8}")
        for id, text in (("a", apart + " Of it."), ("b", together + " Of it all."))
    ]
    assert found("wheat prices", *articles) == ["b#1", "a#1"]
    of_b, of_a = parts_of("wheat prices", *articles)
    assert set(of_b) - set(of_a) == {"words together"}
    assert of_a["first words"] == of_b["first words"] == 2 * of_b["words together"]


def test_the_first_words_are_those_of_the_title_or_else_of_visible_passages() -> None:
    text = f"{NOTHING}\nSo it is said of wheat.\n{NOTHING * 8}\nOf barley."
    for query, title, counts in (
        ("wheat", "", True),
        ("barley", "", False),
        ("wheat", "The rye", False),
        ("rye", "The rye of it all", True),
    ):
        (parts,) = parts_of(query, Article(id="a", title=title, text=text))
        assert ("first words" in parts) == counts, (query, title)


def parts_of(query: str, *articles: Article, **options: object) -> list[dict[str, float]]:
    """Return for each hit the values of the parts of its score, by their labels."""
    with Index.in_memory(language="en") as index:
        index.add(articles)
        options = {"collapse": False, "explain": True, **options}
        hits = search(query, index, group=True, **options)  # type: ignore[arg-type]
        explanations = [hit.explanation for hit in hits]
    return [{part.label: part.value for part in one.parts} for one in explanations if one]


def test_an_opening_that_does_not_match_adds_nothing() -> None:
    article = Article(id="a", text="Wheat and barley.\nWheat.")
    with Index.in_memory(language="en") as index:
        index.add([article, Article(id="b", text="Rye.")])
        for query, labels in (("wheat", ["opening", "article"]), ("wheat -barley", ["article"])):
            (hit,) = search(query, index, group=True, explain=True)
            assert hit.explanation is not None
            parts = [part.label for part in hit.explanation.parts]
            assert [part for part in parts if part in ("opening", "article")] == labels


def test_what_is_hidden_counts_for_an_article_only_if_its_role_is_named() -> None:
    texts = {"a": "Wheat is up.\n- Editing by Ann Wheat", "b": "Wheat is up.\n- Editing by Ann Lee"}
    articles = [Article(id=id, text=text) for id, text in texts.items()]
    roles = [passage.role for passage in split(articles[0])]
    assert roles[-1] is Role.CREDIT
    with Index.in_memory(language="en") as index:
        index.add(articles)
        hits = search("wheat", index, group=True, collapse=False)
        plain = {hit.article: hit.score for hit in hits}
        assert plain["a"] == plain["b"]
        named = search("wheat AND (role:credit OR role:lead)", index, group=True, collapse=False)
        scores = {hit.article: hit.score for hit in named}
        assert scores["a"] > scores["b"]


def test_words_together_in_what_is_hidden_count_only_if_its_role_is_named() -> None:
    text = "Wheat is up.\nPrices are of all.\n- Editing by Wheat Prices"
    article = Article(id="a", text=text, language="en")
    assert [*split(article)][-1].role is Role.CREDIT
    assert "words together" not in parts_of("wheat prices", article)[0]
    named = "wheat prices (role:credit OR role:lead OR role:body)"
    assert "words together" in parts_of(named, article)[0]


def test_filters_and_paths_decide_which_articles_are_found_and_not_their_scores() -> None:
    articles = [
        Article(id="a", date="2020", path="x/a.txt", text="Wheat is up.\nWheat and rye."),
        Article(id="b", date="2021", path="y/b.txt", text=f"{NOTHING}\nWheat is up."),
    ]
    with Index.in_memory(language="en") as index:
        index.add(articles)
        hits = search("wheat", index, group=True, collapse=False)
        every = {hit.citation: hit.score for hit in hits}
        for query, options in (("wheat date:2020", {}), ("wheat", {"after": "2021"})):
            hits = search(query, index, group=True, **options)  # type: ignore[arg-type]
            assert len(hits) == hits.articles == 1
            assert hits[0].score == every[hits[0].citation]


def test_a_passage_that_is_shown_for_a_near_duplicate_has_the_score_of_its_own_article() -> None:
    line = "The price of wheat rose for the third month in a row, the board of trade said."
    late = Article(id="late", date="2021", text=f"{line}\nWheat, wheat and wheat.\nOf wheat.")
    early = Article(id="early", date="2020", text=f"{NOTHING}\n{line}")
    with Index.in_memory(language="en") as index:
        index.add([late, early, Article(id="f", text="Barley.\nRye.")])
        query = '"price of wheat rose"'
        scores = {h.citation: h.score for h in search(query, index, group=True, collapse=False)}
        assert scores["late#1"] > scores["early#2"]
        (hit,) = search(query, index, group=True)
        assert (hit.citation, hit.near_duplicates.citations) == ("early#2", ("late#1",))
        assert hit.score == scores["early#2"]


def test_statistics_are_those_of_the_articles_in_a_language() -> None:
    german = [Article(id=f"d{n}", language="de", text="Der Film ist gut.\nEin Film.") for n in "ab"]
    english = [Article(id=f"e{n}", language="en", text="The film is good.\nFilm.") for n in "abc"]
    with Index.in_memory() as index:
        index.add([*german, *english])
        hits = search("film", index, group=True, explain=True, collapse=False)
        counted = {}
        for hit in hits:
            assert hit.explanation is not None
            (article,) = (part for part in hit.explanation.parts if part.label == "article")
            counted[hit.language] = dict(article.parts[0].factors)["n"]
        assert counted == {"de": 2, "en": 3}


def test_the_counts_are_of_all_that_match() -> None:
    with Index.in_memory(language="en") as index:
        index.add([OF_WHEAT, ONCE])
        hits = search("wheat", index, group=True, limit=1)
        assert (len(hits), hits.total, hits.articles, hits[0].more) == (1, 4, 2, 2)
        hits = search("article:wheat", index, group=True)  # no word scores
        assert [(hit.citation, hit.more, hit.score) for hit in hits] == [("wheat#1", 4, 0)]
