"""Grams and their characters score as plain counting says."""

import random

import pytest

from brute_ranking import Archive
from nutgraf import Article, Index, search
from nutgraf.ranking.characters import Characters

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


@pytest.mark.parametrize("seed", range(4))
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
def test_scores_are_those_of_plain_counting(seed: int, query: str) -> None:
    articles = archive(seed)
    index = Index.in_memory(language="en")
    index.add(articles)
    scores = Archive(articles).scores(query)
    hits = search(query, index, limit=20, collapse=False, require="any", explain=True)
    for hit in hits:
        assert hit.score == pytest.approx(scores[hit.citation], abs=1e-9), hit.citation
        assert hit.explanation is not None
        total = sum(part.value for part in hit.explanation.parts)
        assert total == pytest.approx(hit.score, abs=1e-9)


def test_only_grams_of_two_characters_have_characters() -> None:
    assert Characters(["水污", None, "污染", "otter", "ab", "กรุ", "水"]).characters == (
        *("水", "污", "染"),
    )
