"""Words of the best passages are added to a query where that is asked for."""

import pytest

from nutgraf import Article, Index, Searcher, search
from nutgraf.query.parser import parse

TEXTS = {
    "otter-1": "Otter fences stop the lutra at the weir.",
    "otter-2": "An otter, or lutra, swims under the weir.",
    "lutra": "The lutra came back.",
    "wheat": "Wheat prices fell again in spring.",
    **{f"other-{n}": f"Nothing of note happened on day {n} in the harbour." for n in range(40)},
}


@pytest.fixture
def index() -> Index:
    index = Index.in_memory()
    index.add(Article(id=id, text=text) for id, text in TEXTS.items())
    return index


def test_passages_in_other_words_are_found(index: Index) -> None:
    assert "lutra" not in [hit.article for hit in search("otter", index)]
    found = search("otter", index, expand=True)
    assert [hit.article for hit in found][:2] == [hit.article for hit in search("otter", index)]
    lutra = next(hit for hit in found if hit.article == "lutra")
    assert [lutra.text[start:end] for start, end in lutra.spans] == ["lutra"]
    assert "wheat" not in [hit.article for hit in found]


def test_added_words_are_not_missing(index: Index) -> None:
    found = search("otter", index, expand=True)
    missing = {hit.article: hit.missing for hit in found}
    assert missing["otter-1"] == missing["otter-2"] == ()
    assert missing["lutra"] == ("otter",)


def test_the_query_shown_is_the_query_asked(index: Index) -> None:
    found = search("otter", index, expand=True)
    assert found.query.startswith('otter "')
    assert '"lutra"^' in found.query
    assert str(parse(found.query).tree) == found.query
    again = search(found.query, index)
    assert [(hit.citation, hit.score) for hit in again] == [
        (hit.citation, hit.score) for hit in found
    ]


def test_added_words_weigh_a_fifth_of_the_whole(index: Index) -> None:
    _, *added = search("otter fences", index, expand=True).query.split(' "')
    total = sum(float(one.partition("^")[2]) for one in added)
    assert total == pytest.approx(2 * 0.2 / 0.8, abs=0.01)


def added_words(query: str) -> list[str]:
    """Return the words that feedback added to a query, as it is shown."""
    return [one.partition('"')[0] for one in query.split(' "')[1:]]


@pytest.mark.parametrize("having", [4, 5])
def test_no_word_of_more_than_a_tenth_of_all_passages_is_added(having: int) -> None:
    texts = [f"Passage {at} is one." + " A weir." * (at < having) for at in range(1, 40)]
    with Index.in_memory() as index:
        index.add([Article(id="a", text="\n".join(["An otter, a weir.", *texts[:39]]))])
        assert index.stats().passages == 40
        assert search("weir", index).total == having
        query = search("otter", index, expand=True).query
    assert ("weir" in added_words(query)) == (having <= 4)


def test_twenty_words_of_the_ten_best_passages_are_added() -> None:
    # The shorter, the better: each has a word of its own, and the best has thirty.
    own = [f"pond{'x' * at}" for at in range(12)]
    texts = [f"Otter {word}." + " and so on" * at for at, word in enumerate(own)]
    many = "Otter " * 9 + " ".join(f"rare{'x' * at}" for at in range(30))
    others = [f"Nothing {at}." for at in range(200)]
    with Index.in_memory() as index:
        index.add(Article(id=f"{at:03}", text=text) for at, text in enumerate([*texts, *others]))
        assert [hit.article for hit in search("otter", index, limit=20)] == [
            f"{at:03}" for at in range(12)
        ]
        told = added_words(search("otter", index, expand=True).query)
        assert set(own) & set(told) == set(own[:10])
        index.add([Article(id="many", text=many)])
        assert len(added_words(search("otter", index, expand=True).query)) == 20


def test_stop_words_numbers_and_letters_are_not_added() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="Otter while 1961 q weir.")])
        index.add(Article(id=str(at), text=f"Nothing {at}.") for at in range(30))
        assert added_words(search("otter", index, expand=True).query) == ["otter", "weir"]


def test_what_is_required_and_excluded_stays_so(index: Index) -> None:
    found = search("+otter +weir -fences", index, expand=True)
    assert [hit.article for hit in found] == ["otter-2"]
    one = search("otter -fences", index, require="all", expand=True)
    assert [hit.article for hit in one] == ["otter-2"]
    assert one.query.startswith("+otter ")
    both = search("otter fences", index, require="all", expand=True)
    assert [hit.article for hit in both] == ["otter-1"]


@pytest.mark.parametrize(
    "query", ["the", "zeppelin", "", "role:body", "zeppelin OR article:wheat", "otter^0"]
)
def test_nothing_is_added_where_nothing_tells(query: str, index: Index) -> None:
    plain, found = search(query, index), search(query, index, expand=True)
    assert (found.query, found.total, found.hits) == (plain.query, plain.total, plain.hits)


def test_the_answer_does_not_depend_on_history(index: Index) -> None:
    other = Index.in_memory()
    for id, text in reversed(TEXTS.items()):
        other.add([Article(id=id, text="Otter lutra weir fences.")])
        other.add([Article(id=id, text=text)])
    one, two = (search("otter weir", each, expand=True) for each in (index, other))
    assert one.query == two.query
    assert [(hit.citation, hit.score) for hit in one] == [(hit.citation, hit.score) for hit in two]


def test_a_searcher_expands_within_paths(index: Index) -> None:
    with Searcher(index) as searcher:
        assert searcher.search("otter", expand=True).total > searcher.search("otter").total
