"""Words find the compounds that they are a part of, whatever the history of the index."""

import random
import re
from collections import Counter
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index, search
from scale import examples

GERMAN = [
    "Das Dampfschiff fuhr auf der Donau.",
    "Die Donaudampfschiffe fahren wieder.",
    "Ein Schiff aus Holz.",
    "Der Dampf stieg.",
    "Noch ein Schiff, mit Dampf betrieben.",
    "Der Häusermarkt in Köln.",
    "Das Haus am Markt.",
    "Die Häuser und der Markt.",
    "Staatsbesitz wird verkauft.",
    "Der Staat hat Besitz.",
    "Der Besitz des Staates.",
    "Sie überließen es ihm. Ließen sie es? Wir ließen es.",
    "Sie ließen das Kistenholz.",
    "Die Regierungspartei hat gewonnen.",
    "Eine Partei, zwei Regierungen.",
    "Die Regierung und die Parteien.",
]


def index_of(texts: list[str], language: str) -> Index:
    index = Index.in_memory(language=language)
    index.add(
        Article(id=f"{number:02}", language=language, text=text)
        for number, text in enumerate(texts)
    )
    return index


def marked(query: str, index: Index, **options: Any) -> list[str]:
    """Return the marked texts of all hits, in the order of the articles."""
    hits = sorted(search(query, index, limit=None, collapse=False, **options), key=str)
    return [hit.text[start:end] for hit in hits for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("Schiff", ["Dampfschiff", "Schiff", "Schiff"]),
        ("Schiffe", ["Dampfschiff", "Schiff", "Schiff"]),
        ("Dampf", ["Dampfschiff", "Dampf", "Dampf"]),
        ("Haus", ["Häusermarkt", "Haus", "Häuser"]),
        ("Markt", ["Häusermarkt", "Markt", "Markt"]),
        ("Staat", ["Staatsbesitz", "Staat", "Staates"]),
        ("Besitz", ["Staatsbesitz", "Besitz", "Besitz"]),
        ("Regierung", ["Regierungspartei", "Regierungen", "Regierung"]),
        ("Schiff AND Donau", ["Dampfschiff", "Donau"]),
        ("Staat -Besitz", []),  # an excluded word excludes its compounds
        # as typed, but for endings
        ('"Schiff"', ["Schiff", "Schiff"]),
        ("=Schiff", ["Schiff", "Schiff"]),
        ("Schiff NEAR/9 Donau", []),
        # a compound is not found by its parts
        ("Dampfschiff", ["Dampfschiff"]),
        # the other part stands in one passage only, is a stop word, or is too short
        ("Holz", ["Holz"]),
        ("ließen", ["Ließen", "ließen", "ließen"]),
    ],
)
def test_german_compounds(query: str, wanted: list[str]) -> None:
    assert marked(query, index_of(GERMAN, "de")) == wanted


@pytest.mark.parametrize(
    ("language", "query", "text", "others"),
    [
        ("nl", "regering", "De regeringspartij won.", ["partij", "Partijen en regeringen"]),
        ("nl", "boek", "Het boekenbeurs begint.", ["Een beurs", "De beurs"]),
        ("sv", "regering", "Ett regeringsbeslut.", ["beslut", "Dessa beslut"]),
        ("da", "minister", "En statsministerpost. Hun er energiminister.", ["energi", "energi"]),
        ("no", "avis", "Hun leser avisartikkel.", ["artikkel", "en artikkel"]),
        ("fi", "kauppa", "Kirjakauppa avattiin.", ["kirja", "Uusi kirja"]),
        ("hu", "miniszter", "A honvédelmiminiszter és a belügyminiszter.", ["belügy", "a belügy"]),
    ],
)
def test_languages_with_compounds(language: str, query: str, text: str, others: list[str]) -> None:
    index = index_of([text, *others, query, query], language)
    assert any(hit.article == "00" for hit in search(query, index))
    assert not any(hit.article == "00" for hit in search(f'"{query}"', index))


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_other_languages_have_no_compounds(language: str) -> None:
    index = index_of(["A steamship.", "Steam.", "Steam.", "A ship.", "A ship."], language)
    assert marked("steam", index) == ["Steam", "Steam"]


def test_an_explanation_names_the_compounds() -> None:
    hits = search("Schiff", index_of(GERMAN, "de"), explain=True).hits
    assert "text with dampfschiff: freq 0.5 /" in str(hits[-1].explanation)
    for hit in hits:
        assert hit.explanation is not None
        total = sum(part.value for part in hit.explanation.parts)
        assert total == pytest.approx(hit.score, abs=1e-9)


PARTS = ["brand", "schutz", "stadt", "wald", "licht"]
LINKS = ["", "s", "en"]
WORDS = [*PARTS, *("".join(three) for three in product(PARTS[:4], LINKS, PARTS[1:])), "abendrot"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=9)


def expected(query: str, texts: list[list[str]]) -> list[str]:
    """Return the words that are a query word, or it and another word of two texts."""
    count = Counter(word for text in texts for word in {*text})
    known = {word for word, number in count.items() if number >= 2}

    def fits(word: str) -> bool:
        link = "(?:s|n|en|es|er|e|ns|ens)?"
        return word == query or any(
            re.fullmatch(f"{query}{link}{other}|{other}{link}{query}", word) for other in known
        )

    return [word for text in texts for word in text if fits(word)]


@given(texts=TEXTS, query=st.sampled_from(PARTS))
def test_compounds_are_those_of_the_plain_evaluator(texts: list[list[str]], query: str) -> None:
    index = index_of([" | ".join(text) for text in texts], "de")
    assert marked(query, index) == expected(query, texts)


@examples(8, 100)
@given(texts=TEXTS, seed=st.integers(0, 99))
def test_the_history_of_an_index_does_not_matter(texts: list[list[str]], seed: int) -> None:
    articles = [
        Article(id=f"{number:02}", language="de", text=" | ".join(text))
        for number, text in enumerate(texts)
    ]
    plain = Index.in_memory(language="de")
    plain.add(articles)
    other = Index.in_memory(language="de")
    chance = random.Random(seed)
    for number in range(3):  # deleted below: words and parts that stand nowhere else
        text = " ".join(chance.choices(WORDS, k=9))
        other.add(Article(id=f"x{number}", language="de", text=text))
    chance.shuffle(articles)
    for article in articles:
        other.add(article)
    other.remove(ids=["x0", "x1", "x2"])
    for query in PARTS:
        hits = [
            [(hit.citation, hit.score, hit.spans) for hit in search(query, index, limit=None)]
            for index in (plain, other)
        ]
        assert hits[0] == hits[1]
