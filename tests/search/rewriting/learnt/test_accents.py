"""Words that are typed without accents, where the stemmer tells endings by them."""

import pytest

from nutgraf import Article, Index, search

TEXTS = {
    "a": "L’université de Nîmes. La SÉCURITÉ et la sécurité.",
    "b": "Une soirée à l’Élysée.",
    "c": "Il a pêché, il a commis un péché.",
}


def made(texts: dict[str, str], language: str = "fr") -> Index:
    index = Index.in_memory()
    index.add(Article(id=id, text=text, language=language) for id, text in texts.items())
    return index


@pytest.mark.parametrize(
    ("query", "understood", "marked"),
    [
        ("universite", 'universite OR "université"^0.7', ["université"]),
        ("Elysee", 'Elysee OR "élysée"^0.7', ["Élysée"]),
        ("securite", 'securite OR "sécurité"^0.7', ["SÉCURITÉ", "sécurité"]),
        (
            "securite nimes",
            '(securite OR "sécurité"^0.7) nimes',
            ["Nîmes", "SÉCURITÉ", "sécurité"],
        ),
        ("+soiree zebre", '+(soiree OR "soirée"^0.7) zebre', ["soirée"]),
        # The words have the same term as with the accents, or are meant as they are written.
        ("nimes", "nimes", ["Nîmes"]),
        ("université", "université", ["université"]),
        ('"universite"', '"universite"', []),
        ("=universite", "=universite", []),
        ("-universite soirée", "soirée -universite", ["soirée"]),
        ("zebre", "zebre", []),
    ],
)
def test_accents_need_not_be_typed(query: str, understood: str, marked: list[str]) -> None:
    """French words in -é, -ée, -ès and the like were not found without their accents."""
    index = made(TEXTS)
    results = search(query, index)
    assert results.query == understood
    assert [hit.text[start:end] for hit in results for start, end in hit.spans] == marked
    again = search(results.query, index)
    assert again.query == understood
    assert [(hit.citation, hit.score) for hit in again] == [
        (hit.citation, hit.score) for hit in results
    ]


@pytest.mark.parametrize(
    ("language", "text", "word"),
    [
        ("es", "No volverá jamás.", "jamas"),
        ("pt", "A cidade de São Paulo.", "sao"),
        ("it", "Disse la verità.", "verita"),
        ("ca", "Parla català.", "catala"),
        ("ro", "Primarul din București.", "bucuresti"),
        ("cs", "Město Plzeň.", "plzen"),
    ],
)
def test_it_holds_in_other_languages(language: str, text: str, word: str) -> None:
    index = made({"x": text, **TEXTS}, language)
    assert [hit.article for hit in search(word, index)] == ["x"]


def test_a_word_that_a_passage_has_as_typed_stays_as_it_is() -> None:
    index = made({**TEXTS, "d": "Universite sans accent."})
    results = search("universite", index)
    assert (results.query, [hit.article for hit in results]) == ("universite", ["d"])
    index.remove("d")
    results = search("universite", index)
    assert (results.query, [hit.article for hit in results]) == (
        'universite OR "université"^0.7',
        ["a"],
    )


def test_articles_in_several_languages_and_segments() -> None:
    index = made({"e": "The president spoke of security."}, "en")
    for id, text in TEXTS.items():
        index.add(Article(id=id, text=text, language="fr"))
    assert [hit.article for hit in search("securite", index)] == ["a"]
    assert [hit.article for hit in search("elysee", index)] == ["b"]
    # An English article writes it without accents, and French ones still do not.
    index.add(Article(id="f", text="The Elysee declined.", language="en"))
    assert {hit.article for hit in search("elysee", index)} == {"b", "f"}
    english = made({"e": "The président spoke of sécurité."}, "en")
    results = search("securite", english)
    assert (results.query, results.total) == ("securite", 1)


@pytest.mark.parametrize("query", ["elysee", "Elysee palais"])
def test_a_word_that_only_titles_have_is_found_without_its_accents(query: str) -> None:
    with Index.in_memory() as index:
        for id in ("b", "a", "c"):
            index.add(
                Article(
                    id=id,
                    title=f"L’Élysée {id}",
                    text=f"Rien de neuf au palais {id}.",
                    language="fr",
                )
            )
        index.remove("c")
        results = search(query, index, collapse=False)
        assert results.total == 2
        assert '"élysée"^0.7' in results.query
