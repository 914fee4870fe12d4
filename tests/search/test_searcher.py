"""Search as a program calls it."""

import json
import threading
from dataclasses import FrozenInstanceError
from pathlib import Path
from uuid import UUID

import pytest

from nutgraf import ArgumentError, Article, Index, IndexUnusable, NotIndexedError, Searcher, search
from places import DATA


def test_a_hit_tells_all_there_is(sample: Index) -> None:
    (hit,) = search("+ballistic +irgc", sample)
    record = hit.to_dict()
    assert json.loads(json.dumps(record)) == record
    text = (DATA / "iraq-us-call.txt").read_bytes().decode()
    start = text.index("Iran's IRGC launched")
    assert record == {
        "schema": 2,
        "citation": "data/iraq-us-call.txt#13",
        "article": "data/iraq-us-call.txt",
        "number": 13,
        "role": "body",
        "heading": "US, Iran tension in Iraq",
        "title": "",
        "authors": ["Idris Okuducu"],
        "date": "",
        "place": "ISTANBUL",
        "source": "AA",
        "language": "en",
        "url": "",
        "path": str(DATA / "iraq-us-call.txt"),
        "line": 13,
        "start": start,
        "end": start + len(hit.text),
        "text": text[start : text.index("\n", start)],
        "score": pytest.approx(hit.score),
        "more": 0,
        "near_duplicates": {"count": 0, "citations": []},
        "page": 0,
        "page_end": 0,
        "element": "",
        "pointer": "",
        "spans": [[7, 11], [42, 51]],
        "title_spans": [],
        "missing": [],
        "snippet": [0, len(hit.text)],
        "metadata": {},
    }
    assert hit.score > 0
    with pytest.raises(FrozenInstanceError):
        hit.text = "other"  # type: ignore[misc]
    assert len({hit, hit}) == 1


def test_every_passage_can_be_cited(sample: Index) -> None:
    with Searcher(sample) as searcher:
        for record in sample.snapshot().articles():
            for hit in searcher.article(record.article.id):
                assert searcher.passage(hit.citation) == hit
                if not hit.path.endswith(".jsonl"):
                    source = Path(hit.path).read_bytes().decode()
                    assert source[hit.start : hit.end] == hit.text
                    assert source[: hit.start].count("\n") + 1 == hit.line


def test_what_a_json_item_says_of_itself(sample: Index) -> None:
    (hit,) = search("grey heron tankers role:body date:2020", sample)
    assert (hit.title, hit.date, hit.line) == (
        "Port of Ellery reopens after storm",
        "2020-01-08",
        1,
    )
    assert hit.metadata == {"section": ["shipping"]}


def test_results_are_a_sequence_that_outlives_the_searcher() -> None:
    with Index.in_memory() as index:
        index.add([Article(id=f"a{n}", text=f"An otter, {n}.") for n in range(12)])
        results = search("otter", index)
    assert (len(results), results.total, results.query) == (10, 12, "otter")
    assert results[0].citation == "a0#1"
    assert results[-1] in results
    assert [hit.citation for hit in results[1:3]] == ["a1#1", "a10#1"]
    assert next(reversed(results)) == results[9]


def test_limit_and_offset(sample: Index) -> None:
    everything = search("the", sample, limit=1000)
    assert len(everything) == everything.total
    assert list(search("the", sample, limit=0)) == []
    assert search("the", sample, limit=0).total == everything.total
    assert list(search("the", sample, offset=3, limit=4)) == list(everything)[3:7]
    assert list(search("the", sample, offset=10_000)) == []


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"limit": -1}, "limit must be a whole number, 0 or more, not -1"),
        ({"offset": 1.5}, "offset must be a whole number, 0 or more, not 1.5"),
        ({"limit": True}, "limit must be a whole number, 0 or more, not True"),
        ({"paths": 5}, "paths must be a path, or several, not 5"),
        ({"paths": ["data", b"data"]}, "paths must be a path, or several, not b'data'"),
    ],
)
def test_bad_arguments(sample: Index, options: dict[str, object], message: str) -> None:
    with pytest.raises(ArgumentError, match=message):
        search("otter", sample, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("query", ["", "  ", "?!", '"', "()", "🚀"])
def test_a_query_without_words_finds_nothing_and_says_why(sample: Index, query: str) -> None:
    results = search(query, sample)
    assert (len(results), results.total, results.query) == (0, 0, "")
    assert results.diagnostics


def test_only_the_paths_given_answer(sample: Index) -> None:
    assert {hit.article for hit in search("otter", sample, paths=[DATA / "river-survey.txt"])} == {
        "data/river-survey.txt"
    }
    assert search("otter", sample, paths=[DATA]).total == search("otter", sample).total
    assert search("otter", sample, paths=[]).total == 0


@pytest.mark.parametrize(
    ("citation", "message"),
    [
        (
            "data/iraq-us-call.txt",
            "is no citation: write an article's id, # and a passage's number",
        ),
        ("iraq-us-call.txt#x", "is no citation"),
        ("data/iraq-us-call.txt#0", "has no passage 0; its last passage is 18"),
        ("iraq-us-call.txt#" + "9" * 5000, "has no passage 9"),
        (
            "iraq-us-call#1",
            "there is no article 'iraq-us-call' in memory; did you mean 'data/iraq-us-call.txt'",
        ),
    ],
)
def test_citations_of_nothing(sample: Index, citation: str, message: str) -> None:
    with Searcher(sample) as searcher, pytest.raises(NotIndexedError, match=message):
        searcher.passage(citation)


def test_neighbours_stop_at_the_ends(sample: Index) -> None:
    with Searcher(sample) as searcher:
        first = searcher.passage("data/iraq-us-call.txt#1")
        before, after = searcher.neighbours(first, 2, 2)
        assert [hit.number for hit in before + after] == [2, 3]
        assert searcher.neighbours(first, 0, 0) == ([], [])


def test_a_searcher_stays_on_its_snapshot_until_refreshed() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="An otter.")])
    with Searcher(index) as searcher:
        index.add([Article(id="b", text="An otter.")])
        assert searcher.search("otter").total == 1
        searcher.refresh()
        assert searcher.search("otter").total == 2


def test_one_searcher_in_many_threads(sample: Index) -> None:
    queries = ["ballistic missiles", "otter", '"phone conversation"', "the", "missil*"]
    expected = {query: list(search(query, sample)) for query in queries}
    wrong: list[str] = []

    def work() -> None:
        for query in queries * 20:
            if list(searcher.search(query)) != expected[query]:
                wrong.append(query)

    with Searcher(sample) as searcher:
        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []


def test_a_closed_searcher_says_so(sample: Index) -> None:
    searcher = Searcher(sample)
    searcher.close()
    with pytest.raises(IndexUnusable, match="this searcher is closed; make a new Searcher"):
        searcher.search("otter")
    with pytest.raises(IndexUnusable, match="this searcher is closed"):
        searcher.refresh()
    with pytest.raises(IndexUnusable, match="this searcher is closed"):
        searcher.neighbours(search("otter", sample)[0], 0, 0)
    with pytest.raises(IndexUnusable, match="this searcher is closed"), searcher:
        pass
    searcher.close()


def test_names_are_texts_numbers_uuids_and_paths(data: Path) -> None:
    with Index.in_memory() as index:
        index.sync(data)
        index.add([Article(id=id, text="Otters are back.") for id in (5, UUID(int=6))])
        with Searcher(index) as searcher:
            for name, id in (
                (5, "5"),
                (UUID(int=6), str(UUID(int=6))),
                (data / "river-survey.txt", f"{data.as_posix()}/river-survey.txt"),
                (Path("river-survey.txt"), f"{data.as_posix()}/river-survey.txt"),
            ):
                assert searcher.article(name)[0].article == searcher.find(name)[0][0].article == id
                assert index.article(name).id == id
            for wrong in (None, 1.5, b"5", True, [5]):
                with pytest.raises(
                    ArgumentError, match="must be a text, a whole number or a UUID, not"
                ):
                    searcher.article(wrong)  # type: ignore[arg-type]
        assert index.remove([data / "river-survey.txt", 5])[-1] == "5"


def test_articles_come_from_one_path_or_several(data: Path) -> None:
    with Index.in_memory() as index, Searcher(index) as searcher:
        index.sync(data)
        searcher.refresh()
        (survey,) = searcher.articles(paths=data / "river-survey.txt")
        assert searcher.articles(paths=[str(data / "river-survey.txt")]) == [survey]
        assert len(searcher.articles("otters", paths=str(data))) == 2
        with pytest.raises(ArgumentError, match="paths must be a path, or several, not 5"):
            searcher.articles(paths=5)  # type: ignore[arg-type]
        with pytest.raises(ArgumentError, match="a query must be a text, not None"):
            searcher.articles(None)  # type: ignore[arg-type]


def test_all_words_can_be_required(sample: Index) -> None:
    some = search("otter bridge", sample, require="any")
    every = search("otter bridge", sample, require="all")
    assert 0 < every.total < some.total
    assert every.hits == search("otter AND bridge", sample).hits
    with pytest.raises(ArgumentError, match='require must be "auto", "all" or "any", not \'most\''):
        search("otter", sample, require="most")  # type: ignore[arg-type]


def test_the_query_is_printed_when_it_is_asked_for(sample: Index) -> None:
    with Searcher(sample) as searcher:
        results = searcher.search("the ballistic missiles")
        again = searcher.search("the ballistic missiles")
    assert results.query == "the ballistic missiles"
    assert results == again


def test_words_stemmed_as_a_stop_word_do_not_find_it() -> None:
    index = Index.in_memory()
    lines = ("Planes land at Orly.", "Tea or coffee?", "She is willing.", "Of her own will.")
    index.add([Article(id="a", text="\n\n".join(lines), language="en")])
    with Searcher(index) as searcher:
        found = {
            query: [hit.text for hit in searcher.search(query, sort="path")]
            for query in ("orly", "Willing", "willed", '"will"', "or*")
        }
    assert found == {
        "orly": [lines[0]],
        "Willing": [lines[2]],
        "willed": [lines[2]],
        '"will"': [lines[3]],
        "or*": [lines[0], lines[1]],
    }
