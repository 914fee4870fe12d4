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
        # A stop word neither brings a passage, nor is it required, marked alone or missing.
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


@pytest.mark.parametrize(
    ("query", "first", "marked"),
    [
        ("will hurd", "will", "Will Hurd"),
        ("Hurd will", "leaves", "Hurd will"),
        ("hurd", "hurd", "Hurd Hurd Hurd Hurd"),
        ("will hurd texas", "will", "Will Hurd Texas"),
        ("texas will hurd", "will", "Will Hurd Texas"),
        ("me too movement", "me", "movement Me Too movement movement"),
        ("not guilty", "not", "guilty not guilty"),
        ("the U.S. army", "army", "the U.S. Army army us"),
        ("the us army", "army", "the U.S. Army army us"),
        ("can tho", "tho", "Can Tho tho"),
        ("the who tour", "who", "The Who tour"),
        ("it follows", "it", "It Follows follows"),
        ("who killed rabbits", "killed", "who killed rabbits"),
        ("may election", "may", "May election election"),
        ('"will hurd retires"', "will", "Will Hurd"),  # nowhere in a row
        # What does not gain: a request, a stop word of another clause, a boosted word.
        ("find articles about hurd", "hurd", "Hurd Hurd Hurd Hurd"),
        ("find articles about will hurd", "hurd", "Hurd Hurd Hurd Hurd"),
        ("will (hurd)^2", "hurd", "Hurd Hurd Hurd Hurd"),
        ("will date:2019.. hurd", "will", "Will Hurd"),
    ],
)
def test_a_stop_word_counts_beside_its_word(query: str, first: str, marked: str) -> None:
    texts = {
        "hurd": "Hurd, Hurd and Hurd met with Hurd.",
        "leaves": "He said that Hurd will leave. Nobody will.",
        "will": "On Monday it was said that Will Hurd of Texas may leave.",
        "me": "The movement began early, and so the Me Too movement was a movement.",
        "too": "The movement was too much for the movement, movement and movement.",
        "not": "She is guilty, he is not guilty, and it will rain again tomorrow.",
        "guilty": "Guilty, guilty, guilty.",
        "army": "At noon the U.S. Army met an army of ants, and us, for a long time.",
        "ants": "An army, another army, one more army, and us.",
        "tho": "Rain fell in Can Tho and tho it was late they can go on with it.",
        "tho-tho": "Tho, tho and tho.",
        "who": "The year 1979 was that of The Who tour that nobody in this town saw.",
        "tours": "The tour, a tour, and who went on tour?",
        "it": "In the film It Follows a girl is sought; a boy follows, and so it went.",
        "follow": "A boy follows; a girl follows; follows.",
        "killed": "It was asked who killed rabbits in the old garden.",
        "rabbits": "Rabbits are not killed by other rabbits.",
        "may": "In the year of the May election there was another election, and more.",
        "elections": "An election may be an election, election.",
    }
    with Index.in_memory(language="en") as index:
        index.add(
            [Article(id=id, text=text, date="2020", language="en") for id, text in texts.items()]
        )
        results = search(query, index, collapse=False)
        hit = results[0]
        assert hit.article == first, f"{query}: {hit.article} is first"
        found = " ".join(hit.text[start:end] for start, end in hit.spans)
        assert found == marked, f"{query} marks {found}"


def test_a_stop_word_beside_its_word_finds_and_requires_nothing() -> None:
    texts = ["Will Hurd left.", "Hurd left.", "Who will go?", "Will, not Hurd, left."]
    with Index.in_memory(language="en") as index:
        index.add(Article(id=f"{at}", text=text, language="en") for at, text in enumerate(texts))
        for require in ("auto", "any", "all"):
            for scope in ("passage", "article"):
                results = search("will hurd", index, require=require, scope=scope, collapse=False)
                assert [hit.article for hit in results] == ["0", "1", "3"], (require, scope)
                assert [len(hit.spans) for hit in results] == [2, 1, 1], (require, scope)
                assert not any(hit.missing for hit in results)


def test_a_stop_word_beside_its_word_counts_in_a_title() -> None:
    with Index.in_memory(language="en") as index:
        index.add(
            [
                Article(id="a", title="Hurd, Hurd and Hurd", text="Some words.", language="en"),
                Article(id="b", title="Why Will Hurd left", text="Some words.", language="en"),
            ]
        )
        best, other = search("will hurd", index, collapse=False)
        assert best.article == "b"
        assert [best.title[start:end] for start, end in best.title_spans] == ["Will", "Hurd"]
        assert len(other.title_spans) == 3


@pytest.mark.parametrize(("passages", "counts"), [(32, True), (33, False)])
def test_common_words_make_no_names(passages: int, counts: bool) -> None:
    texts = [f"Nobody sat on the bank of river {at}." for at in range(passages - 1)]
    with Index.in_memory(language="en") as index:
        index.add(Article(id=f"{at:02}", text=text) for at, text in enumerate(texts))
        index.add(Article(id="on", text="They rowed on rivers of it.", language="en"))
        hits = {hit.article: hit for hit in search("on river", index, limit=99, explain=True)}
        labels = {part.label for part in hits["on"].explanation.parts}  # type: ignore[union-attr]
        assert ("stop words beside their words" in labels) == counts
        marked = [hits["on"].text[start:end] for start, end in hits["on"].spans]
        assert marked == ["on", "rivers"]


def test_a_stop_word_counts_in_each_language() -> None:
    with Index.in_memory() as index:
        index.add(
            [
                Article(id="en", text="They met Will Hurd of Texas today.", language="en"),
                Article(id="de", text="Sie trafen Will Hurd aus Texas heute.", language="de"),
                Article(id="de-2", text="Hurd, Hurd, Hurd und Hurd.", language="de"),
            ]
        )
        results = search("will hurd", index, collapse=False)
        assert {hit.article for hit in results[:2]} == {"en", "de"}
        for hit in results[:2]:
            assert [hit.text[start:end] for start, end in hit.spans] == ["Will", "Hurd"]


def test_a_snippet_shows_the_stop_word_beside_its_word() -> None:
    filler = "The committee met again and nothing at all was said. " * 12
    text = f"Hurd spoke. {filler}Then Will Hurd left. {filler}Hurd returned."
    with Index.in_memory(language="en") as index:
        index.add(Article(id="a", text=text, language="en"))
        (hit,) = search("will hurd", index)
        start, end = hit.snippet
        assert "Will Hurd" in hit.text[start:end]


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
    assert found == ["c#1", "b#1", "b#2", "a#1"]


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
