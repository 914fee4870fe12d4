"""Lines of many articles: no headings, and hidden where they carry no sentence."""

import math
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import brute
from brute import expected, expected_together, facts_of
from brute_ranking import Archive
from nutgraf import Article, Index, Passage, Role, Searcher, search
from nutgraf.matching import shared_lines
from nutgraf.matching.shared_lines import ARTICLES
from nutgraf_index.indexing import writer
from nutgraf_index.indexing.merge_policy import MergePolicy
from nutgraf_index.segment.stored_fields import Short, opening, shortness
from scale import examples
from small import changed


def story(number: int, *lines: str, title: str = "") -> Article:
    """Return an article of two paragraphs, and of the lines between them."""
    first = f"Harbour {number} was calm, and the pilots of the port went home in the evening."
    last = f"The ferry of pier {number} left on time, and nobody on board was sick on the way."
    return Article(
        id=f"s{number:03}", text="\n\n".join([first, *lines, last]), title=title or f"Port {number}"
    )


def stories(count: int, *lines: str) -> list[Article]:
    return [story(number, *lines) for number in range(count)]


def found(query: str, index: Index, **options: Any) -> list[str]:
    return [hit.citation for hit in search(query, index, limit=None, collapse=False, **options)]


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        yield index


# What is shared


@pytest.mark.parametrize("count", [ARTICLES - 1, ARTICLES])
def test_a_line_of_25_articles_heads_nothing_and_is_hidden(count: int, index: Index) -> None:
    index.add(stories(count, "Gull watch"))
    is_shared = count == ARTICLES
    assert len(found("gull", index)) == (0 if is_shared else count)
    assert len(found("role:subhead gull", index)) == count
    assert len(found('heading:"gull watch"', index)) == (0 if is_shared else count)
    with Searcher(index) as searcher:
        passages = searcher.article("s000")
        assert [hit.role for hit in passages] == ["lead", "subhead", "body"]
        assert [hit.number for hit in passages] == [1, 2, 3]
        assert [hit.heading for hit in passages] == ["", "", "" if is_shared else "Gull watch"]
        assert searcher.passage("s000#2").text == "Gull watch"
    # What is stored is the article's own.
    stored = index.snapshot().passages_of("s000")
    assert [passage.heading for passage in stored] == ["", "", "Gull watch"]


def test_lines_are_the_same_by_their_words(index: Index) -> None:
    forms = ["Gull watch", "GULL WATCH", "Gull  watch!", "gull-watch", "Gúll watch"]
    index.add(story(number, forms[number % len(forms)]) for number in range(ARTICLES))
    index.add([story(99, "Gull watches here")])
    assert found("gull OR watches", index) == ["s099#2"]
    assert len(found("(role:subhead OR role:body) gull", index)) == ARTICLES + 1


def test_an_article_counts_once(index: Index) -> None:
    index.add(stories(ARTICLES - 1, "Gull watch", "The tide was low, and all slept.", "Gull watch"))
    assert len(found('"gull watch"', index)) > 0
    index.add([story(99, "- Gull watch", "- Nets")])  # whatever the role
    assert found('"gull watch"', index) == []
    assert found('role:list "gull watch"', index) == ["s099#2"]
    assert found("(role:lead OR role:list) gull", index) == ["s099#2"]


def test_a_sentence_is_no_heading_but_is_found(index: Index) -> None:
    index.add(stories(ARTICLES, "Nobody was hurt."))
    assert len(found("hurt", index)) == ARTICLES


@pytest.mark.parametrize(
    ("text", "words", "short"),
    [
        ("Nobody was hurt.", 3, Short.SENTENCE),
        ("“Nobody was hurt.”", 3, Short.SENTENCE),
        ("**Nobody was hurt!**", 3, Short.SENTENCE),
        ("Who was hurt?", 3, Short.SENTENCE),
        ("Nobody was hurt", 3, Short.NO_SENTENCE),
        ("Read more.", 2, Short.NO_SENTENCE),
        ("Advertisement", 1, Short.NO_SENTENCE),
        ("no " * 15, 15, Short.NO_SENTENCE),
        ("no " * 16, 16, Short.NO),
        ("* * *", 0, Short.NO),
    ],
)
def test_which_lines_are_short_and_carry_a_sentence(text: str, words: int, short: Short) -> None:
    assert shortness(text, words) is short
    assert brute.is_sentence(text) is (short is Short.SENTENCE)


def test_headlines_are_never_hidden(index: Index) -> None:
    index.add(
        Article(id=f"n{number}", text=f"Harbour letter\n\nStory {number} of the day was long.")
        for number in range(2 * ARTICLES)
    )
    with Searcher(index) as searcher:
        assert searcher.passage("n0#1").role == "headline"
    assert len(found('"harbour letter"', index)) == 2 * ARTICLES


def test_an_article_of_nothing_else_keeps_its_lines(index: Index) -> None:
    index.add(Article(id=f"b{number:02}", text="Market closed") for number in range(ARTICLES))
    index.add([Article(id="c", text="Market closed\n\n(Reporting by Ann Lee)")])
    index.add([story(1, "- Market closed", "- A list of two")])
    closed = found("market", index)
    assert len(closed) == ARTICLES + 1
    assert "s001#2" not in closed


@pytest.mark.parametrize(
    "text",
    [
        "Words from the pond\n\nOtters of pond {} swim far and sleep long at noon.",
        "Words from the pond\n\nOtters of pond {}.",  # no prose
    ],
)
def test_an_opening_that_is_hidden_leaves_the_title_to_the_story(text: str, index: Index) -> None:
    index.add(
        Article(id=f"a{number}", title=f"Lutra {number}", text=text.format(number))
        for number in range(ARTICLES)
    )
    (hit,) = search("lutra 7", index, require="all")
    assert (hit.citation, hit.number) == ("a7#2", 2)
    assert hit.title_spans == ((0, 5), (6, 7))
    (explained,) = search("lutra", index, limit=1, explain=True)
    assert "lift 2" in str(explained.explanation)


PROSE = "The ferry was late again, and nobody on the quay knew why."


@pytest.mark.parametrize(
    ("passages", "number"),
    [
        ((("lead", PROSE), ("body", PROSE)), 1),
        ((("caption", PROSE), ("lead", PROSE)), 2),
        ((("list", PROSE), ("note", PROSE), ("body", PROSE)), 3),
        ((("lead", "ANALYSIS/OPINION:"), ("body", PROSE)), 2),
        ((("lead", "Nobody knew why."), ("body", PROSE)), 2),  # of fewer than eight words
        ((("lead", "no " * 15), ("body", PROSE)), 2),  # a line without a sentence
        ((("lead", "no " * 16), ("body", PROSE)), 1),
        ((("lead", "Lutra is gone."), ("body", PROSE), ("body", f"{PROSE} Lutra!")), 2),
        # Without prose
        ((("list", "One."), ("lead", "Two.")), 2),
        ((("caption", "One."), ("lead", "Two.")), 2),
        ((("caption", "One."), ("note", "Two."), ("furniture", "Three."), ("body", "Four.")), 4),
        ((("furniture", "One."), ("note", "Two."), ("related", "Three."), ("caption", "Four.")), 4),
        ((("furniture", PROSE), ("note", PROSE), ("byline", PROSE)), 0),
        # A title that is a line of the text
        ((("headline", "Lutra, the otter"), ("lead", PROSE)), 0),
        ((("headline", "The otter"), ("headline", "A lutra"), ("lead", PROSE)), 3),
        ((("body", "The lutra."),), 0),
        ((("body", "The lutra!"), ("body", PROSE)), 2),
    ],
)
def test_which_passage_represents_the_title(
    passages: tuple[tuple[str, str], ...], number: int
) -> None:
    split = [
        Passage(number=n, role=Role(role), heading="", start=0, end=1, line=1, text=text)
        for n, (role, text) in enumerate(passages, 1)
    ]
    lengths = [len(one.text.split()) for one in split]
    lines = [shortness(one.text, length) for one, length in zip(split, lengths, strict=True)]

    def opened(title: str) -> int:
        return opening(Article(id="a", text="x", title=title), split, lengths, lines)

    assert opened("The Lutra") == number
    assert opened("") == 0


# Counts


def test_deleted_articles_do_not_count(index: Index) -> None:
    index.add(stories(ARTICLES, "Gull watch"))
    assert found('"gull watch"', index) == []
    index.remove(["s003"])
    assert len(found('"gull watch" -ferry', index)) == ARTICLES - 1
    index.add([story(3, "Gull watch")])
    assert found('"gull watch"', index) == []


def test_all_segments_and_indexes_count_together() -> None:
    articles = stories(ARTICLES, "Gull watch")
    with Index.in_memory() as one, Index.in_memory() as other:
        with changed(writer, _POLICY=MergePolicy(width=9)):
            one.add(articles[:10])
            one.add(articles[10:14])
        other.add(articles[14:])
        for index in (one, other):
            assert len(found('"gull watch" -ferry', index)) > 0
        with Searcher([one, other]) as searcher:
            assert searcher.search('"gull watch" -ferry').total == 0
            assert searcher.search("role:subhead gull").total == ARTICLES
            assert {hit.heading for hit in searcher.search("ferry", limit=None)} == {""}


def test_the_answer_does_not_depend_on_history() -> None:
    articles = stories(
        2 * ARTICLES, "Gull watch", "Otters and ferries swim\nin the port.", "- Nets"
    )
    answers = []
    with Index.in_memory() as whole, Index.in_memory() as parts, Index.in_memory() as merged:
        whole.add(articles)
        with changed(writer, _POLICY=MergePolicy(width=20)):
            for start in range(0, len(articles), 7):
                parts.add(articles[start : start + 7])
        assert len(parts.snapshot().readers) == 8
        merged.add([*articles, *(story(900 + number, "Gull watch") for number in range(9))])
        merged.remove([f"s{900 + number}" for number in range(9)])
        for index in (whole, parts, merged):
            answers.append([hits(index, query) for query in ("gull", "ferry gull", "role:list s*")])
        merged.compact()
        answers.append([hits(merged, query) for query in ("gull", "ferry gull", "role:list s*")])
    assert answers[1:] == answers[:-1]


def hits(index: Index, query: str) -> list[tuple[str, float, str]]:
    every = search(query, index, limit=None)
    return [(hit.citation, hit.score, hit.heading) for hit in every]


# At the doors


def test_a_shared_heading_does_not_score_and_explain_says_so(index: Index) -> None:
    index.add(stories(ARTICLES, "Gull watch"))
    (first, *_) = search("ferry gull", index, explain=True)
    assert first.explanation is not None
    assert "heading" not in {part.label for one in first.explanation.parts for part in one.parts}
    last = first.explanation.parts[-1]
    assert (last.label, last.value) == (
        f"heading 'Gull watch', a line of {ARTICLES} articles or more",
        0,
    )
    assert math.isclose(sum(part.value for part in first.explanation.parts), first.score)


def test_suggestions_tell_of_hidden_lines(index: Index) -> None:
    index.add(stories(ARTICLES, "Gull watch"))
    results = search("gull", index)
    (suggestion,) = [one for one in results.suggestions if one.kind == "role"]
    assert (suggestion.query, suggestion.total) == ("gull role:subhead", ARTICLES)
    with Searcher(index) as searcher:
        assert searcher.suggest("gul") == ()
        assert [one.text for one in searcher.suggest("ferr")] == ["ferry"]


def test_names_in_hidden_lines_are_not_learnt_nor_neighbours_of_hits(index: Index) -> None:
    index.add(stories(ARTICLES, "Gull watch"))
    whole = search("gull OR ferry", index, scope="article", limit=None, collapse=False)
    assert {hit.number for hit in whole} == {3}
    assert search('"gull watch" ferry', index, scope="article", require="all").total == 0


# Compared with the plain evaluator

LINES = st.sampled_from(
    [
        *("Iran", "IRAN", "Missiles of Iran", "- Iran", "- missile", "Missile, Iraq", "By Ann Lee"),
        *("Iran met Iraq.", "Iraq has a missile.", "- Iran met Iraq.", "## Iran", "## Missile"),
        *("Photo: Iran", "Missile and missile of the US went to Iran and to Iraq, said Iran."),
    ]
)
ARTICLE_LISTS = st.lists(
    st.tuples(
        st.lists(LINES, min_size=1, max_size=6),
        st.sampled_from(["", "Missile", "Iran and Iraq"]),
        st.sampled_from(["text", "markdown"]),
    ),
    min_size=2,
    max_size=7,
).map(
    lambda many: [
        Article(
            id=f"{number}",
            text="\n\n".join(lines),
            title=title,
            format=format,
            language="en",
        )
        for number, (lines, title, format) in enumerate(many)
    ]
)
WORDS = st.sampled_from(["iran", "iraq", "missile", '"met iraq"', "us", "m*", "+iran", "-iraq"])
FILTERS = st.sampled_from(
    ["", "role:subhead", "role:list", "role:lead", "heading:iran", "heading:missile"]
)
QUERIES = st.builds(lambda words, role: " ".join([*words, role]), st.lists(WORDS), FILTERS)


@examples(8, 100)
@given(ARTICLE_LISTS, st.lists(QUERIES, min_size=1, max_size=8), st.integers(0, 7))
def test_the_answers_are_those_of_the_plain_evaluator(
    articles: list[Article], queries: list[str], cut: int
) -> None:
    with changed(shared_lines, ARTICLES=2), changed(brute, MANY=2):  # lines of two are shared
        check_answers(articles, queries, cut)


def check_answers(articles: list[Article], queries: list[str], cut: int) -> None:
    everything = facts_of(articles)
    archive = Archive(articles)
    known = {facts.citation: facts for facts in everything}
    with Index.in_memory() as index:
        with changed(writer, _POLICY=MergePolicy(width=9)):
            index.add(
                [*articles[:cut], Article(id="gone", text="Iran\n\nMissile\n\nIraq", language="en")]
            )
            index.add(articles[cut:])
            index.remove(["gone"])
        with Searcher(index) as searcher:
            for query in queries:
                results = searcher.search(query, limit=1000, require="any", collapse=False)
                assert {hit.citation for hit in results} == expected(query, everything), query
                assert results.total == len(results)
                scores = archive.scores(query) if len(results) else {}
                for hit in results:
                    assert hit.heading == known[hit.citation].heading
                    assert math.isclose(hit.score, scores[hit.citation], abs_tol=1e-9), (query, hit)
                wide = searcher.search(
                    query, limit=1000, require="any", collapse=False, scope="article"
                )
                together = expected_together(query, everything, 1000)
                assert {hit.citation for hit in wide} == {*together}, query
