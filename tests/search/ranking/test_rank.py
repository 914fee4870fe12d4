"""Which passages rank first, and why."""

import pytest

from nutgraf import Article, Index, search


def citations(query: str, *articles: Article) -> list[str]:
    with Index.in_memory() as index:
        index.add(articles)
        return [hit.citation for hit in search(query, index, collapse=False)]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        # A stop word neither brings a passage, nor is it required, marked or missing.
        ("the river", {"river": ("river",), "town-river": ("river",)}),
        ("the AND river", {"river": ("river",), "town-river": ("river",)}),
        ("the OR river", {"river": ("river",), "town-river": ("river",)}),
        ("river (the of)", {"river": ("river",), "town-river": ("river",)}),
        ("find articles about the river", {"river": ("river",), "town-river": ("river",)}),
        # It counts after +, in quotes, as written, with a boost, and if there is nothing else.
        ("+the river", {"town": ("The",), "town-river": ("The", "river")}),
        ("+the +river", {"town-river": ("The", "river")}),
        ('"the" AND river', {"town-river": ("The", "river")}),
        ("=The AND river", {"town-river": ("The", "river")}),
        ("the^2 AND river", {"town-river": ("The", "river")}),
        ('"on one"', {"town-river": ("on", "one")}),
        ('"the river"', {"river": ("river",), "town-river": ("river",)}),  # nowhere in a row
        ("river -the", {"river": ("river",)}),
        ("the", {"town": ("The",), "town-river": ("The",)}),
    ],
)
def test_stop_words_neither_match_nor_count(query: str, hits: dict[str, tuple[str, ...]]) -> None:
    texts = {"town": "The town.", "river": "One river.", "town-river": "The town on one river."}
    with Index.in_memory() as index:
        index.add([Article(id=id, text=text) for id, text in texts.items()])
        results = search(query, index)
        assert results.total == len(hits)
        for hit in results:
            assert tuple(hit.text[start:end] for start, end in hit.spans) == hits[hit.article]
            assert not {"the", "of", "find", "articles", "about"} & {*hit.missing}


def test_stop_words_are_not_required_with_all() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="otters", text="Otters swim in rivers.")])
        (hit,) = search("otters in the rivers", index, require="all")
        assert hit.missing == ()
        assert [hit.text[start:end] for start, end in hit.spans] == ["Otters", "rivers"]


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
                part.value for part in hit.explanation.parts if part.label == "proximity"
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
                "proximity" in [part.label for part in hit.explanation.parts]
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


def test_more_and_rarer_words_rank_first() -> None:
    filler = [Article(id=f"f{n}", text="A common word stands here too.") for n in range(5)]
    found = citations(
        "common rare",
        Article(id="both", text="A common and a rare word."),
        Article(id="rare", text="A rare word stands here too."),
        *filler,
    )
    assert found[:2] == ["both#1", "rare#1"]
    assert found[2:] == [f"f{n}#1" for n in range(5)]  # equal scores, by citation


SAME = "One otter was seen at a bridge."


def test_a_title_lifts_a_passage_but_makes_no_other_match() -> None:
    found = citations(
        "otter",
        Article(id="a", text=SAME),
        Article(id="b", title="Otter news", text=f"Nothing is said here.\n{SAME}\nNor here."),
        Article(id="c", text="One otter, two otters, three otters."),
    )
    # b#1 opens the article and answers for its title; b#3 only stands under it.
    assert found == ["b#1", "c#1", "b#2", "a#1"]


def test_a_heading_lifts_a_passage() -> None:
    text = f"Nothing is said in the lead of this.\n- {{}}\n{SAME}"
    plain = Article(id="a", text=text.format("On the river"))
    headed = Article(id="b", text=text.format("On the otter"))
    found = citations('"otter was seen"', plain, headed)
    assert found == ["b#3", "a#3"]


@pytest.mark.parametrize("query", ["article:a", "-zebra", "role:lead"])
def test_without_words_the_order_is_that_of_citations(query: str) -> None:
    articles = [Article(id=id, text="Some words.") for id in ("b", "a", "c")]
    found = citations(query, *articles)
    assert found == sorted(found)
    assert found


def test_a_rarer_prefix_weighs_more() -> None:
    index = Index.in_memory()
    index.add([Article(id=f"{n}", text="A common word.") for n in range(5)])
    index.add([Article(id="z", text="A rare word.")])
    assert search("com* rar*", index)[0].citation == "z#1"
