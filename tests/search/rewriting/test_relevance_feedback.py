"""Words of the best passages are added to a query where that is asked for."""

from pathlib import Path

import pytest

from command import Run
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


def test_the_command_expands(run: Run, data: Path) -> None:
    plain, more = (run("search", "otter", "data", "-c", *one) for one in ([], ["--expand"]))
    assert int(more.stdout) > int(plain.stdout)
    assert 'otter "' in more.stderr  # the query as it was asked
