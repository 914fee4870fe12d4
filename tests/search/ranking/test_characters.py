"""Grams and their characters score as plain counting says."""

import math
import random

import pytest

from brute_ranking import Archive
from nutgraf import Article, Index, search
from scale import size

SIGNS = "水污染治理北京下雪今年"


def archive(seed: int) -> list[Article]:
    chance = random.Random(seed)

    def run() -> str:
        return "".join(chance.choices(SIGNS, k=chance.randint(1, 9)))

    return [
        Article(
            id=str(number),
            language="en",
            text="\n\n".join(f"otter {run()} {run()},{run()}。" for _ in range(3)),
            title=run() if number % 2 else "",
        )
        for number in range(6)
    ]


@pytest.fixture(scope="module", params=range(size(2, 4)))
def counted(request: pytest.FixtureRequest) -> tuple[Index, Archive]:
    articles = archive(request.param)
    index = Index.in_memory(language="en")
    index.add(articles)
    return index, Archive(articles)


@pytest.mark.parametrize(
    "query",
    [
        "水污染",
        '"污染" 治理',
        "水",
        "otter 北京下",
        "水污染^2 雪",
        "水污染 AND 治理",
        "=北京",
        "A水污",
    ],
)
def test_scores_are_those_of_plain_counting(counted: tuple[Index, Archive], query: str) -> None:
    index, plain = counted
    scores = plain.scores(query)
    hits = search(query, index, limit=20, collapse=False, require="any", explain=True)
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.citation], abs=1e-9), hit.citation
        assert hit.explanation is not None
        total = sum(part.value for part in hit.explanation.parts)
        assert total == pytest.approx(hit.score, abs=1e-9)


def characters_of(query: str, text: str, language: str) -> dict[str, float]:
    """Return the scores of characters and of words by their pieces, of the one passage."""
    index = Index.in_memory(language=language)
    index.add(Article(id="1", language=language, text=text))
    ((hit,),) = [search(query, index, require="any", explain=True).hits]
    assert hit.explanation is not None
    return {
        part.label: part.value
        for parts in hit.explanation.parts
        if parts.label == "characters"
        for part in parts.parts
    }


def test_only_grams_of_two_characters_have_characters() -> None:
    text = "水污染 otter ab กรุงเทพ"
    assert [*characters_of("水污染 otter ab กรุ", text, "en")] == ["水", "污", "染"]


def test_words_in_other_languages_than_english_have_pieces() -> None:
    idf = math.log(1 + 0.5 / 1.5)
    norm = 1.5  # k1, at a length norm of 1
    text = "Die Muslimbrüder und ein Muslim, 2014"
    assert characters_of("Muslimbruderschaft 2014 ein", text, "de") == {
        # 12 letters of 18 stand in the text, the first six twice: 3 pieces of 15 twice, 6 once
        "muslimbruderschaft": pytest.approx(idf * (3 * 2 / (2 + norm) + 6 / (1 + norm)) / 15)
    }
    assert characters_of("muslim", text, "en") == {}
    assert characters_of("die", text, "und") == {}


def test_beside_english_only_the_language_of_the_query_has_pieces() -> None:
    index = Index.in_memory()
    index.add(
        Article(id=code, language=code, text=text)
        for code, text in (("en", "Otto Brandt of Varn."), ("de", "Otto Brandt aus Varn."))
    )

    def with_pieces(query: str) -> list[str]:
        hits = search(query, index, explain=True).hits
        return [hit.article for hit in hits if "characters" in str(hit.explanation)]

    assert with_pieces("Otto Brandt") == []
    assert with_pieces("wer ist Otto Brandt") == ["de"]
    assert with_pieces("who is Otto Brandt") == []
    index.remove(ids=["en"])
    assert with_pieces("Otto Brandt") == ["de"]
