"""Synonyms of a file or mapping widen the words of a query."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import nutgraf.rewriting.synonyms
import nutgraf_index.analysis.synonym_rules
from english import ENGLISH
from nutgraf import (
    ArgumentError,
    Article,
    Index,
    NutgrafError,
    QueryError,
    Searcher,
    SourceError,
    search,
)
from nutgraf.query.parser import parse
from nutgraf.rewriting.synonyms import with_synonyms
from nutgraf_index.analysis.synonym_rules import read_synonyms

FILE = """\
# cars
Car, automobile, motor car

us, united states, u.s.a.
nyc => new york , big apple
who => world health organization
c#, csharp
"""
TEXTS = {
    "car": "A car hit the fence.",
    "cars": "Cars and automobiles race.",
    "auto": "The automobile hit the fence.",
    "motor": "The motor car hit a wall.",
    "motors": "A car has a motor.",
    "us": "The US sent troops.",
    "states": "The United States sent aid.",
    "apart": "States that are united.",
    "nyc": "NYC votes.",
    "york": "New York votes and New York waits.",
    "who": "Who votes?",
    "health": "The World Health Organization warned.",
}


@pytest.fixture
def index() -> Index:
    index = Index.in_memory()
    index.add(Article(id=id, text=text) for id, text in TEXTS.items())
    return index


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "synonyms.txt"
    path.write_text(FILE, encoding="utf-8")
    return path


CASES = {
    "car": 'car "automobile"^0.7 "motor car"^0.7',
    "cars": 'cars "automobile"^0.7 "motor car"^0.7',
    "car fence": 'car fence "automobile"^0.7 "motor car"^0.7',
    "car automobile": 'car automobile "motor car"^0.7',
    "+car fence": '+(car OR "automobile"^0.7 OR "motor car"^0.7) fence',
    "fence car^2": 'fence (car OR "automobile"^0.7 OR "motor car"^0.7)^2',
    "fence -car": "fence -car",
    'fence "car"': 'fence "car"',
    "=car ca* car~ title:car car NEAR/3 fence": None,
    '"motor car"': '"motor car" "Car"^0.7 "automobile"^0.7',
    '"motor cars"~3': None,
    '"united states"': '"united states" "us"^0.7 "u.s.a."^0.7',
    "united states": 'united states "us"^0.7 "u.s.a."^0.7',
    "+united +states +troops": '((united AND states) OR "us"^0.7 OR "u.s.a."^0.7) AND troops',
    "united AND states": '(united AND states) "us"^0.7 "u.s.a."^0.7',
    "votes OR (united AND states)": 'votes (united AND states) "us"^0.7 "u.s.a."^0.7',
    "votes AND (nyc OR fence)": 'votes AND (nyc OR fence OR "new york"^0.7 OR "big apple"^0.7)',
    "new york": "new york",
    "who votes": "who votes",
    "WHO votes": '"WHO" votes "world health organization"^0.7',
    "WHO": '"WHO" "world health organization"^0.7',
    "nyc role:body": 'nyc "new york"^0.7 "big apple"^0.7 role:body',
}


@pytest.mark.parametrize("query", CASES)
def test_the_query_shown_is_the_query_asked(query: str, index: Index, file: Path) -> None:
    found = search(query, index, synonyms=file, limit=50, require="any")
    if CASES[query] is None:
        assert found.query == str(parse(query).tree)
    else:
        assert found.query == CASES[query]
    tree = parse(query).tree
    assert tree is not None
    assert with_synonyms(tree, [read_synonyms(file)], query, ENGLISH) == parse(found.query).tree
    again = search(found.query, index, limit=50, require="any")
    assert [(hit.citation, hit.score, hit.spans) for hit in found] == [
        (hit.citation, hit.score, hit.spans) for hit in again
    ]


ORACLE = {
    "car": 'car OR automobile OR "motor car"',
    "+car +fence": '+(car OR automobile OR "motor car") +fence',
    "+united +states": "(united AND states) OR us OR usa",
    "nyc": 'nyc OR "new york" OR "big apple"',
    "votes AND nyc": 'votes AND (nyc OR "new york" OR "big apple")',
    "fence -cars": "fence -cars",
    "troops OR (aid AND us)": 'troops OR (aid AND (us OR "united states" OR usa))',
}


@pytest.mark.parametrize("query", ORACLE)
@pytest.mark.parametrize("scope", ["passage", "article"])
def test_matches_are_those_of_the_query_written_out(
    query: str, scope: str, index: Index, file: Path
) -> None:
    found = search(query, index, synonyms=str(file), scope=scope, limit=50)
    plain = search(ORACLE[query], index, scope=scope, limit=50)
    assert {hit.citation: hit.spans for hit in found} == {hit.citation: hit.spans for hit in plain}
    assert found.total == plain.total > 0


def test_all_words_are_required_or_their_synonyms(index: Index, file: Path) -> None:
    found = search("united states troops", index, require="all", synonyms=file)
    assert [hit.article for hit in found] == ["us"]
    assert found.query == '((united AND states) OR "us"^0.7 OR "u.s.a."^0.7) AND troops'


def test_all_words_of_a_row_are_needed_or_its_synonym(index: Index) -> None:
    found = search("motor car", index, synonyms={"motor car": ["automobile"]})
    assert found.query == '(motor AND car) OR "automobile"^0.7'
    assert (found.total, found.further) == (4, 1)  # "A car hit the fence." has one word
    assert {hit.article for hit in found[:4]} == {"motor", "motors", "auto", "cars"}
    again = search(found.query, index)
    assert [(hit.citation, hit.score) for hit in again] == [
        (hit.citation, hit.score) for hit in found[:4]
    ]


def test_words_as_written_differ_by_case() -> None:
    """=US was taken for the same as =us, and not added beside it."""
    index = Index.in_memory()
    texts = {"country": "The US said so.", "pronoun": "Tell us.", "name": "America."}
    index.add(Article(id=id, text=text, language="en") for id, text in texts.items())
    for query, synonyms, understood, found in (
        ("america", ["=US", "=us"], "america =US^0.7 =us^0.7", 3),
        ("=us america", ["=US"], "=us america =US^0.7", 3),
        ("=US america", ["=US"], "=US america", 2),
    ):
        results = search(query, index, synonyms={"america": synonyms}, require="any")
        assert (results.query, results.total) == (understood, found)


def test_a_synonym_as_written(index: Index) -> None:
    """Without the sign, WHO would also find the word who."""
    rules = {"health organization": ["=WHO"], "nobody": ["=who"]}
    index.add(Article(id="acronym", text="The WHO left."))
    found = search('"health organization"', index, synonyms=rules)
    assert found.query == '"health organization" OR =WHO^0.7'
    assert [hit.article for hit in found] == ["health", "acronym"]
    assert search("nobody", index, synonyms=rules).query == "nobody OR =who^0.7"
    assert search("nobody", index, synonyms=rules).total == 0  # Who stands there


def test_the_synonym_that_stands_there_is_marked(index: Index, file: Path) -> None:
    found = search("car fence", index, synonyms=file)
    places = {hit.article: hit for hit in found}
    auto = places["auto"]
    assert [auto.text[start:end] for start, end in auto.spans] == ["automobile", "fence"]
    assert auto.missing == ("car",)
    motor = places["motor"]
    assert [motor.text[start:end] for start, end in motor.spans] == ["motor", "car"]


def test_of_two_as_rare_the_word_asked_for_comes_first() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="An automobile."), Article(id="b", text="A car.")])
    known = {"car": ["automobile"]}
    auto, car = (search(word, index, synonyms=known) for word in ("automobile", "car"))
    assert [hit.article for hit in car] == ["b", "a"]
    assert car[1].score == pytest.approx(0.7 * auto[0].score)


def test_a_mapping_is_one_way(index: Index) -> None:
    known = {"nyc": ["new york"], "Cars": ("automobile", "car")}
    assert search("nyc", index, synonyms=known).query == 'nyc OR "new york"^0.7'
    assert search("new york", index, synonyms=known).query == "new york"
    assert search("car", index, synonyms=known).query == 'car OR "automobile"^0.7'
    assert search("car", index, synonyms={}).query == "car"


def test_feedback_is_of_the_widened_query(index: Index) -> None:
    with Searcher(index) as searcher:
        found = searcher.search("nyc", synonyms={"nyc": ["new york"]}, expand=True)
    assert found.query.startswith('nyc "new york"^0.7')


def test_suggestions_are_searched_with_the_synonyms(index: Index) -> None:
    found = search("+nyc +zeppelin", index, synonyms={"nyc": ["new york"]})
    assert found.total == 0
    assert found.counts == {"nyc": 1, "zeppelin": 0}
    best = found.suggestions[-1]
    asked = {"synonyms": {"nyc": ["new york"]}, **best.options}
    assert best.total == search(best.query, index, **asked).total > 1


WORDS = st.sampled_from(["car", "nyc", "fence", "+us", "-car", "united", "states", "(", ")", "OR"])


@given(st.lists(WORDS, max_size=8).map(" ".join), st.sampled_from(["any", "all"]))
def test_what_is_printed_is_read_as_the_same(
    query: str, require: "nutgraf.query.parser.Require"
) -> None:
    known = read_synonyms({"car": ["automobile"], "nyc": ["new york"], "united states": ["us"]})
    tree = parse(query, require=require).tree
    if tree is not None:
        wider = with_synonyms(tree, [known], query, ENGLISH)
        assert parse(str(wider)).tree == wider


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("car", "line 2: 'car' has no synonym; write synonyms as in: car, automobile; or one-way"),
        ("car,, auto", "line 2: there is no word in ''; write synonyms"),
        ("car => ", "line 2: there is no word in ''; write synonyms"),
        ("--, auto", "line 2: there is no word in '--'; write synonyms"),
        ("a => b => c", "line 2: there is more than one =>; write synonyms"),
    ],
)
def test_a_line_in_error_is_named(line: str, message: str, index: Index, file: Path) -> None:
    file.write_text(f"# fine\n{line}\n", encoding="utf-8")
    with pytest.raises(ArgumentError) as caught:
        search("car", index, synonyms=file)
    assert str(caught.value).startswith(f"{file}, {message}")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (7, "synonyms must be a file or a mapping of words, not 7"),
        ({"car": "auto"}, "synonyms of 'car' must be a list of words, not 'auto'"),
        ({"car": [7]}, "synonyms of 'car': there is no word in 7; write"),
        ({"!": ["car"]}, "synonyms of '!': there is no word in '!'; write"),
    ],
)
def test_a_mapping_in_error_is_told(given: object, message: str, index: Index) -> None:
    with pytest.raises(ArgumentError) as caught:
        search("", index, synonyms=given)  # type: ignore[arg-type]
    assert str(caught.value).startswith(message)


def test_a_file_that_cannot_be_read_is_told(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "none.txt"
    with pytest.raises(SourceError, match=r"cannot read the synonyms in .*none.txt: No such file"):
        search("car", index, synonyms=path)
    path.write_bytes(b"car, auto\n\xe9t\xe9, summer\n")
    with pytest.raises(SourceError, match=r"none.txt, line 2: this is not UTF-8; save the file as"):
        search("car", index, synonyms=path)
    monkeypatch.setattr(nutgraf_index.analysis.synonym_rules, "_MOST_BYTES", 0)
    with pytest.raises(SourceError, match="more than 0 MiB of synonyms; make it smaller"):
        search("car", index, synonyms=path)


def test_a_file_has_at_most_4_mebibytes(index: Index, file: Path) -> None:
    line = b"\ncar, auto\n"
    file.write_bytes(b"#" * ((4 << 20) - len(line)) + line)
    assert search("car", index, synonyms=file).query == 'car OR "auto"^0.7'
    file.write_bytes(b"#" + file.read_bytes())
    with pytest.raises(SourceError, match="more than 4 MiB of synonyms; make it smaller"):
        search("car", index, synonyms=file)


def test_a_query_takes_so_many_synonyms(index: Index) -> None:
    most = search("car", index, synonyms={"car": [f"w{n}" for n in range(1000)]})
    assert most.query.count("^0.7") == 1000
    many = {"car": [f"w{n}" for n in range(1001)]}
    with pytest.raises(QueryError, match="have 1,001 synonyms, 1,000 allowed; write fewer words"):
        search("car", index, synonyms=many)


def test_many_queries_read_the_file_once(index: Index, file: Path) -> None:
    with Searcher(index) as searcher:
        answers = searcher.search_many(["nyc", "car"], synonyms=file)
        first = next(answers)
        file.unlink()
        second = next(answers)
    assert not isinstance(first, NutgrafError)
    assert not isinstance(second, NutgrafError)
    assert first.query == 'nyc OR "new york"^0.7 OR "big apple"^0.7'
    assert second.query == 'car OR "automobile"^0.7 OR "motor car"^0.7'
