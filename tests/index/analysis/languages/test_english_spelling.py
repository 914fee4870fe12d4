"""British and American spellings find each other."""

import pytest

from nutgraf import Article, Index, search
from nutgraf_index.analysis.languages import english_spelling
from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.english_spelling import american


def citations(query: str, *articles: Article) -> list[str]:
    with Index.in_memory() as index:
        index.add(articles)
        return [hit.citation for hit in search(query, index)]


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
        ("haematopoietic", "hematopoietic"),
        ("hyperglycaemic", "hyperglycemic"),
        ("paedophile", "pedophile"),
        ("archaeologists", "archeologists"),
        ("oestradiol", "estradiol"),
        ("lymphoedema", "lymphedema"),
        ("apnoea", "apnea"),
        ("sulphites", "sulfites"),
        ("watercolour", "watercolor"),
        ("enamoured", "enamored"),
    ],
)
def test_spellings_find_each_other(british: str, other: str) -> None:
    assert american(british) == american(other) == other
    assert citations(other, Article(id="a", text=f"Some {british} here.")) == ["a#1"]


@pytest.mark.parametrize(
    ("british", "other"),
    [
        ("theatres", "theaters"),
        ("fibred", "fibers"),
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
    "uprising fundraisers comprised disenfranchised aemilius haemon poem shoes phoenix caesar "
    "aerial michael israel".split(),
)
def test_words_that_are_spelt_so_everywhere(word: str) -> None:
    assert american(word) == word


def test_stop_words_compile_no_pattern() -> None:
    patterns = (english_spelling._ligature, english_spelling._yse, english_spelling._our_word)
    for pattern in patterns:
        pattern.cache_clear()
    for word in ENGLISH.stop_words:
        assert american(word) == word
    assert not any(pattern.cache_info().currsize for pattern in patterns)
    for word in ("archaeology", "oedema", "analyse", "colours"):
        assert american(word) != word
    assert all(pattern.cache_info().currsize for pattern in patterns)
