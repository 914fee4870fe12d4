"""A search with variants is the search of the query with the variants as alternatives."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from memory import index_at
from nutgraf import Article, Index, Results, Searcher, Suggestion, search
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.parser import parse
from nutgraf.rewriting.learnt.variants import variants_of
from places import TESTS

STORIES = TESTS / "cases" / "variants"


@pytest.fixture(scope="module")
def searcher() -> Searcher:
    index = index_at(STORIES)
    index.sync([STORIES])
    return Searcher(index)


VARIANTS = {
    "gaddafi": ["Gadhafi", "Qaddafi"],
    "Gadhafi": ["Gaddafi", "Qaddafi"],
    "qaddafi": ["Gaddafi", "Gadhafi"],
    "muammar": ["Moammar"],
    "irgc": ["Islamic Revolutionary Guard Corps"],
    "AP": ["Associated Press", "access points"],
    "tripoli": [],
    "otters": [],
    "khan": [],
    "iran": [],
}


def found(results: Results) -> list[Any]:
    return [(hit.citation, hit.score, hit.spans, hit.title_spans) for hit in results]


def alternatives(word: str) -> str:
    others = [f'"{variant}"^0.7' for variant in VARIANTS[word]]
    return f"({' OR '.join([word, *others])})" if others else word


WORDS = st.sampled_from(sorted(VARIANTS))


@given(st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["all", "any", "auto"]))
def test_it_is_the_search_of_the_alternatives(
    searcher: Searcher, words: list[str], require: Any
) -> None:
    words = list(dict.fromkeys(words))
    variants = searcher.search(" ".join(words), variants=True, limit=50, require=require)
    written = " ".join(map(alternatives, words))
    options = {"limit": 50, "require": require}
    same = searcher.search(written, **options)
    assert {hit.citation for hit in variants} == {hit.citation for hit in same}
    assert (variants.total, variants.further) == (same.total, same.further)
    assert found(searcher.search(variants.query, **options)) == found(variants)


@given(st.lists(WORDS, min_size=2, max_size=3, unique=True), WORDS)
def test_operators_and_exclusions(searcher: Searcher, words: list[str], excluded: str) -> None:
    query = f"{' AND '.join(words)} -{excluded}"
    written = f"{' AND '.join(map(alternatives, words))} -{excluded}"
    variants = searcher.search(query, variants=True, limit=50)
    assert found(variants) == found(searcher.search(written, limit=50))


def told(results: Results) -> list[str]:
    return [one.message for one in results.diagnostics if one.kind == "variants"]


def test_a_diagnostic_names_what_is_searched(searcher: Searcher) -> None:
    assert told(searcher.search("gaddafi irgc", variants=True)) == [
        "Variants: gaddafi also as Gadhafi, Qaddafi; "
        "irgc also as Islamic Revolutionary Guard Corps."
    ]
    health = searcher.search('"world health organization"', variants=True)
    assert told(health) == ["Variants: world health organization also as WHO."]
    assert health.query == '"world health organization" OR =WHO^0.7'
    none = "Variants: the archive has none for this query."
    assert told(searcher.search("otters", variants=True)) == [none]
    assert told(searcher.search("gaddafi")) == []
    assert told(searcher.search("", variants=True)) == []


@pytest.mark.parametrize(
    "query",
    [
        '"gaddafi"',
        "=gaddafi",
        "gadd*",
        "gaddafi~1",
        "gaddafi NEAR/3 tripoli",
        "by:gaddafi",
        "otters -gaddafi",
        "who",
        "the who of it",
    ],
)
def test_what_has_no_variants(searcher: Searcher, query: str) -> None:
    plain, variants = (searcher.search(query, variants=one) for one in (False, True))
    assert (plain.query, found(plain)) == (variants.query, found(variants))


def rules(searcher: Searcher, query: str) -> list[Any]:
    postings = SnapshotPostings(searcher._current().snapshot)
    tree = parse(query).tree
    assert tree is not None
    return [(left[0], right) for left, right in variants_of(tree, postings).rules]


def test_hyphenated_words_and_phrases(searcher: Searcher) -> None:
    phrases = ["Muammar Qaddafi", "Moammar Gadhafi"]
    assert rules(searcher, '"Muammar Gaddafi"') == [("Muammar Gaddafi", phrases)]
    # Spellings that stand in no passage are left out.
    assert rules(searcher, "Muammar-Gaddafi") == [
        ("Muammar-Gaddafi", ["Muammar-Qaddafi", "Moammar-Gadhafi"])
    ]
    assert rules(searcher, '"the Gaddafi tent"') == []


def test_rows_within_a_query(searcher: Searcher) -> None:
    (rule,) = rules(searcher, "general of the islamic revolutionary guard corps denied")
    assert rule == ("islamic revolutionary guard corps", ["IRGC"])
    assert rules(searcher, "(gaddafi OR irgc)^2")[0] == ("gaddafi", VARIANTS["gaddafi"])


def variants_offered(results: Results) -> list[Suggestion]:
    return [one for one in results.suggestions if one.kind == "variants"]


@pytest.mark.parametrize("options", [{}, {"require": "all"}, {"require": "any"}, {"by": "Lee"}])
@pytest.mark.parametrize("query", ["gaddafi", "irgc missile", '"associated press"', "gaddafi tent"])
def test_they_are_offered_with_true_counts(
    searcher: Searcher, query: str, options: dict[str, Any]
) -> None:
    for one in variants_offered(searcher.search(query, **options)):
        again = searcher.search(one.query, **{**options, **one.options})
        assert again.total == one.total > searcher.search(query, **options).total
        for variant, count in one.words.items():
            assert searcher.search(f'"{variant}"', paths=options.get("paths")).total == count


def test_what_is_offered(searcher: Searcher) -> None:
    (offered,) = variants_offered(searcher.search("gaddafi"))
    assert offered == Suggestion(
        "variants", "gaddafi", {"variants": True}, 6, {"Gadhafi": 2, "Qaddafi": 1}
    )
    (health,) = variants_offered(searcher.search('"World Health Organization"'))
    assert (health.total, health.words) == (3, {"WHO": 2})  # as written


@pytest.mark.parametrize(
    "query", ["otters", "", "-gaddafi", "khan", "who", '"gaddafi"', "AP press"]
)
def test_nothing_is_offered_that_finds_no_more(searcher: Searcher, query: str) -> None:
    assert variants_offered(searcher.search(query)) == []


def test_nothing_is_offered_for_what_is_searched(searcher: Searcher) -> None:
    assert variants_offered(searcher.search("gaddafi", variants=True)) == []
    assert searcher.search("gaddafi").spellings == ()


def test_a_word_with_variants_is_not_mistyped() -> None:
    """The archive writes Gadhafi 150 times and Gaddafi twice: the one is not the other mistyped."""
    spoken = "The Libyan leader Moammar {} met envoys in Tripoli number {}."
    with Index.in_memory() as index:
        index.add(Article(id=f"a{n}", text=spoken.format("Gadhafi", n)) for n in range(150))
        index.add(Article(id=f"b{n}", text=spoken.format("Gaddafi", n)) for n in range(2))
        index.add(Article(id=f"c{n}", text=f"Otter {n} swam in the river.") for n in range(300))
        assert search("gaddafi tripoli", index, variants=True).spellings == ()
        assert search("gaddafi", index, variants=True).total == 152


def test_they_are_learnt_from_all_indexes() -> None:
    one, two = Index.in_memory(), Index.in_memory()
    texts = ["The Libyan leader Moammar {} spoke in Tripoli.", "In Tripoli Moammar {} was leader."]
    one.add(Article(id=f"a{n}", text=text.format("Gaddafi")) for n, text in enumerate(texts))
    two.add(Article(id=f"b{n}", text=text.format("Qaddafi")) for n, text in enumerate(texts))
    for index in (one, two):
        index.add(Article(id=f"{id(index)}{n}", text=f"Otter {n} swam far.") for n in range(10))
    assert search("gaddafi", one, variants=True).total == 2
    assert search("gaddafi", [one, two], variants=True).total == 4


def test_a_stop_word_of_another_language_has_variants() -> None:
    """The German "als" has none; searched for first, it had none in English queries either."""
    spoken = "The Amyotrophic Lateral Sclerosis (ALS) fund met on day {}. Later ALS members spoke."
    with Index.in_memory() as index:
        index.add(Article(id=f"a{n}", language="en", text=spoken.format(n)) for n in range(6))
        index.add(
            Article(id=f"b{n}", language="de", text=f"Mehr als {n} Otter leben hier.")
            for n in range(4)
        )
        with Searcher(index) as searcher:
            assert [
                told(searcher.search("als", language=language, variants=True))
                for language in ("de", "en")
            ] == [
                ["Variants: the archive has none for this query."],
                ["Variants: als also as Amyotrophic Lateral Sclerosis."],
            ]
