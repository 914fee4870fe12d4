"""What each word weighs, and the order that comes of it."""

import doctest

import pytest

from nutgraf import Article, Index, search
from nutgraf_index.analysis.languages.english_spelling import american
from places import TOP

RANKING = TOP / "docs" / "ranking.md"


def citations(query: str, *articles: Article) -> list[str]:
    with Index.in_memory() as index:
        index.add(articles)
        return [hit.citation for hit in search(query, index)]


def test_words_without_weight_match_and_are_marked() -> None:
    articles = [Article(id="a", text="The town."), Article(id="b", text="One river.")]
    with Index.in_memory() as index:
        index.add(articles)
        results = search("the river", index)
        assert [hit.citation for hit in results] == ["b#1", "a#1"]
        assert results[1].spans == ((0, 3),)


def test_words_that_stand_together_rank_first() -> None:
    found = citations(
        "grain silo",
        Article(id="apart", text="A silo was built for a farmer who had grain."),
        Article(id="near", text="A farmer had a grain silo that was built well."),
    )
    assert found == ["near#1", "apart#1"]


def test_words_with_one_other_between_in_the_query_are_neighbours_of_half_the_weight() -> None:
    beside = Article(id="beside", text="A farmer had steel, then a grain silo built for cattle.")
    skipped = Article(id="skipped", text="A farmer had grain, then a steel silo built for cattle.")
    apart = Article(id="apart", text="A grain farmer had steel, then built for cattle a silo.")
    with Index.in_memory() as index:
        index.add([apart, skipped, beside])
        near = {
            hit.article: sum(
                part.value for part in hit.explanation.parts if part.label == "nearness"
            )
            for hit in search("steel grain silo", index, explain=True)
            if hit.explanation
        }
    assert near["beside"] > near["skipped"] > near["apart"] == 0


def test_a_passage_whose_neighbours_answer_ranks_first() -> None:
    alone = Article(id="alone", text="Wheat is cheap.\nNo more of it.")
    others = "Nothing.\n" * 3
    apart = Article(id="apart", text=f"Wheat is cheap.\n{others}The price of wheat.")
    beside = Article(id="beside", text=f"Wheat is cheap.\n{others[9:]}The price of wheat.")
    with Index.in_memory() as index:
        index.add([alone, apart, beside])
        found = {hit.citation: hit.score for hit in search("wheat", index, collapse=False)}
        assert found["beside#1"] == pytest.approx(1.1 * found["alone#1"], rel=0.02)
        assert found["apart#1"] == found["alone#1"]
        # What does not match says nothing, though it stands under the same title.
        (hit,) = search("wheat -price article:beside", index)
        assert hit.score == found["alone#1"]


@pytest.mark.parametrize("passages", [19, 20, 21, 30])
def test_the_best_twenty_are_refined(passages: int) -> None:
    lines = [f"Some grain silo {'and more ' * at}here." for at in range(passages)]
    with Index.in_memory() as index:
        index.add(Article(id=f"{at:02}", text=text) for at, text in enumerate(lines))
        for offset in (0, 5):
            hits = search(
                "grain silo", index, limit=30, offset=offset, collapse=False, explain=True
            )
            refined = [
                "nearness" in [part.label for part in hit.explanation.parts]
                for hit in hits
                if hit.explanation
            ]
            assert refined == [at < 20 for at in range(offset, passages)]


@pytest.mark.parametrize("apart", [1, 2, 3, 4])
def test_a_match_within_three_passages_lifts_another(apart: int) -> None:
    with Index.in_memory() as index:
        text = "\n".join(["Wheat.", *["Nothing."] * (apart - 1), "Wheat."])
        index.add([Article(id="a", text=text), Article(id="b", text="Wheat.")])
        scores = {hit.citation: hit.score for hit in search("wheat", index, collapse=False)}
    first, last, alone = scores["a#1"], scores[f"a#{apart + 1}"], scores["b#1"]
    assert first == last == pytest.approx(alone * (1.1 if apart <= 3 else 1))


def test_the_parts_of_a_word_count_where_it_does_not_stand() -> None:
    found = citations(
        "quasi-conical flow",
        Article(id="one", text="The flow is steady."),
        Article(id="parts", text="The flow is conical."),
    )
    assert found == ["parts#1", "one#1"]


def test_a_word_is_found_in_two_parts_with_a_hyphen_between() -> None:
    articles = [
        Article(id="a", text="The E-mails, the (re-election) and state-of-the-art news."),
        Article(id="b", text="An e mail, an e--mail; reelection of theart."),
        Article(
            id="c", title="E-mail", text="Some e-mail\u2014an email; 10-12 of re\u2011election."
        ),
    ]
    with Index.in_memory() as index:
        index.add(articles)
        marked = {
            hit.article: [hit.text[start:end] for start, end in hit.spans]
            for hit in search("email", index)
        }
        assert marked == {"a": ["E", "mails"], "c": ["e", "mail", "email"]}
        assert {hit.article for hit in search("reelections", index)} == {"a", "b", "c"}
        assert not search("1012", index)
        assert [hit.article for hit in search("theart", index)] == ["b"]
        # As it is written: in quotes, beside others, and with =.
        for query in ('"email"', "=email", "email NEAR/9 some", "emai*", "emial~"):
            assert [hit.article for hit in search(query, index)] == ["c"], query
        (first, second) = search("email", index, explain=True)
        assert "text: frequency 2, length" in str(first.explanation)
        assert "text: frequency 1, length" in str(second.explanation)
        assert first.score > second.score
        assert [hit.article for hit in search("news -email", index)] == []


def test_a_hyphenated_word_is_found_where_it_is_written_as_one() -> None:
    articles = [
        Article(id="two", text="An e-mail of health\u2011care."),
        Article(id="one", text="Some emails; she healthcares."),
        Article(id="title", title="Email", text="A letter."),
        Article(id="apart", text="An e came by mail, 1012 of them."),
    ]
    with Index.in_memory() as index:
        index.add(articles)
        marked = {
            hit.citation: [hit.text[start:end] for start, end in hit.spans]
            for hit in search("E-mail", index)
        }
        assert marked == {"two#1": ["e", "mail"], "one#1": ["emails"], "title#1": []}
        assert {hit.article for hit in search("health\u2010care", index)} == {"two", "one"}
        # What is quoted or has its distance told is as it is written; numbers are no words.
        assert [hit.article for hit in search('"e-mail"', index)] == ["two"]
        assert [hit.article for hit in search("e-mail NEAR/9 of", index)] == ["two"]
        assert not search("10-12", index)
        told = [str(hit.explanation) for hit in search("e-mail", index, explain=True)]
        assert sum(" email: weight 1" in one for one in told) == 2


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("colouring", "coloring"),
        ("organisation", "organization"),
        ("paralysed", "paralyzed"),
        ("theatre", "theater"),
        ("recognisably", "recognizably"),
        ("moralisings", "moralizings"),
        ("favouritism", "favoritism"),
        ("characterised", "characterized"),
        ("neighbourhood", "neighborhood"),
    ],
)
def test_spellings_find_each_other(british: str, other: str) -> None:
    assert american(british) == american(other) == other
    assert citations(other, Article(id="a", text=f"Some {british} here.")) == ["a#1"]


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("theatres", "theaters"),
        ("moulded", "molding"),
        ("spectres", "specters"),
        ("ploughing", "plowed"),
        ("sceptically", "skeptics"),
        ("pretences", "pretenses"),
        ("gynaecologists", "gynecologist"),
        ("honourableness", "honors"),
        ("uprisings", "uprising"),
        ("skilfully", "skillful"),
    ],
)
def test_all_with_the_stem_of_a_spelling_go_with_it(british: str, other: str) -> None:
    for one, found in ((british, other), (other, british)):
        assert citations(one, Article(id="a", text=f"Some {found} here.")) == ["a#1"]


@pytest.mark.parametrize(("one", "other"), [("programmers", "programs"), ("Wil", "will")])
def test_stems_of_other_words_are_left_alone(one: str, other: str) -> None:
    assert citations(one, Article(id="a", text=f"Some {other} here.")) == []


@pytest.mark.parametrize(
    "word",
    "hour four tour contour surprise enterprise likewise pairwise exercises rise advised "
    "uprising fundraisers comprised disenfranchised".split(),
)
def test_words_that_are_spelt_so_everywhere(word: str) -> None:
    assert american(word) == word


def test_the_example_in_the_documentation() -> None:
    outcome = doctest.testfile(str(RANKING), module_relative=False)
    assert outcome.attempted > 5
    assert not outcome.failed
