"""Phrases that stand in no passage are searched as their words."""

from collections.abc import Iterator
from typing import Any

import pytest

from nutgraf import Article, Index, Results, search
from nutgraf.query.parser import Require


def found_for(query: str, index: Index, **options: Any) -> Results:
    """Return the results of a search in which any of the words is enough, unless told otherwise."""
    return search(query, index, **{"require": "any", **options})


@pytest.fixture(scope="module")
def index() -> Iterator[Index]:
    """A few passages of two articles; `Jane Roe` stands in a byline alone."""
    text = (
        "By Jane Roe\n\nComey said the president asked him to stop.\n\nFlynn was asked.\n\n"
        "Foo met bar.\n\nAbdul-Mahdi sent an email.\n\n東京都の大学。"
    )
    with Index.in_memory() as made:
        made.add(
            [
                Article(id="a", text=text, title="River dogs"),
                Article(id="b", text="Coalition forces left.", date="2019", path="d/b.txt"),
            ]
        )
        yield made


def searched(query: str, index: Index, **options: Any) -> tuple[str, list[str]]:
    """Return the query as searched, and what is said of its phrases, as typed."""
    results = found_for(query, index, **options)
    said = [one for one in results.diagnostics if one.kind == "no-phrase"]
    return results.query, [query[one.start : one.end] for one in said]


@pytest.mark.parametrize(
    ("query", "read", "said"),
    [
        ('Comey "asked to stop" Flynn', "Comey asked to stop Flynn", ['"asked to stop"']),
        ("Comey “asked to stop” Flynn", "Comey asked to stop Flynn", ["“asked to stop”"]),
        ('"asked to stop"', "asked to stop", ['"asked to stop"']),
        ('+"asked Comey" Flynn', "+asked +Comey Flynn", ['"asked Comey"']),
        ('Flynn AND "asked Comey"', "Flynn AND asked AND Comey", ['"asked Comey"']),
        ('Flynn OR "asked Comey"', "Flynn asked Comey", ['"asked Comey"']),
        ('Foo ("asked Comey" AND bar)', "Foo (asked AND Comey AND bar)", ['"asked Comey"']),
        ('("asked Comey" OR bar) NOT Foo', "asked Comey bar -Foo", ['"asked Comey"']),
        ('"bar Comey"^2 Foo', "bar^2 Comey^2 Foo", ['"bar Comey"^2']),
        ('("bar Comey" Foo)^2', "(bar OR Comey OR Foo)^2", ['"bar Comey"']),
        ('"bar the Comey"^2 Foo', "bar^2 the Comey^2 Foo", ['"bar the Comey"^2']),
        ('"Foo bar"~0', "Foo bar", ['"Foo bar"~0']),
        ('"Foo bar"~1', '"Foo bar"~1', []),
        ('"Foo bar" "bar Foo" "Foo bar"', "Foo bar bar Foo Foo bar", ['"Foo bar"', '"bar Foo"']),
        ('+"Foo Foo"', "Foo Foo", ['"Foo Foo"']),
        # Words with a sign inside
        ("foo-bar", "foo bar", ["foo-bar"]),
        ("foo-bar AND Comey", "foo AND bar AND Comey", ["foo-bar"]),
        ("foo/bar", "foo bar", ["foo/bar"]),
        ("abdul-mahdi e-mail", "abdul-mahdi e-mail", []),
        ('"the foo-bar company"', "the foo bar company", ['"the foo-bar company"']),
        ('"the abdul-mahdi company"', "the abdul-mahdi company", ['"the abdul-mahdi company"']),
        ("大東", "大東", []),
        ('"東京の大学"', "東京 京の の大 大学", ['"東京の大学"']),
        ("foo-ba* Comey", "foo ba* Comey", ["foo-ba*"]),
        ("abdul-mah*", "abdul-mah*", []),
        ("fooo-bar~", "fooo~ bar~", ["fooo-bar~"]),
        # Signs and operators are none in quotes
        ('"Foo AND bar by:x"', 'Foo and bar "by:x"', ['"Foo AND bar by:x"']),
        # The words of these find nothing, or do not count
        ('"zebra crossing" Foo', '"zebra crossing" Foo', []),
        ('"the zebra" Foo', '"the zebra" Foo', []),
        ('"to the" Foo', '"to the" Foo', []),
        ('"Jane Roe"', '"Jane Roe"', []),
        ('"Jane Roe" role:byline', '"Jane Roe" role:byline', []),
        # A title counts as the opening passage of its article
        ('"river dogs"', '"river dogs"', []),
        # What is not a phrase, or is asked for as it stands
        ('="foo bar"', '="foo bar"', []),
        ("foo ADJ/0 bar", "foo ADJ/0 bar", []),
        ('Comey NEAR/2 "foo bar"', 'Comey NEAR/2 "foo bar"', []),
        ('Comey -"foo bar" -foo-bar', 'Comey -"foo bar" -foo-bar', []),
        ('Comey title:"dogs river"', 'Comey title:"dogs river"', []),
        ("foo@bar.org", "foo@bar.org", []),
        ("www.foo.bar", "www.foo.bar", []),
        ("https://foo.org/bar", "foo.org/bar", []),
        ("foo.org/bar", "foo.org/bar", []),
        ("foo:bar Comey", '"foo:bar" Comey', []),
        ("10:30", '"10:30"', []),
    ],
)
def test_the_words_of_a_phrase_that_stands_nowhere(
    query: str, read: str, said: list[str], index: Index
) -> None:
    assert searched(query, index) == (read, said)
    assert searched(read, index) == (read, [])


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ('"asked to stop"', "asked AND to AND stop"),
        ('"asked Comey" Flynn', "asked AND Comey AND Flynn"),
        ('"asked Comey" OR Flynn', "(asked AND Comey) OR Flynn"),
        ('"asked Comey" -Flynn', "asked AND Comey -Flynn"),
        ('("asked Comey" OR Flynn) bar', "((asked AND Comey) OR Flynn) AND bar"),
        ("foo-bar", "foo AND bar"),
    ],
)
def test_all_words_of_a_phrase_are_required_where_all_words_are(
    query: str, read: str, index: Index
) -> None:
    assert searched(query, index, require="all")[0] == read


def test_what_is_joined_by_and_is_shown_so(index: Index) -> None:
    """AND was left out, so that the query as understood was another query."""
    results = search('("asked Comey" OR zebra) AND stop', index)
    assert results.query == "((asked AND Comey) OR zebra) AND stop"
    assert (results.total, search(results.query, index).total) == (1, 1)


def test_what_is_said_names_the_phrase(index: Index) -> None:
    (said,) = found_for('Comey "asked him Flynn"', index).diagnostics
    assert said.message == '"asked him Flynn" stands in no passage; its words are searched.'
    assert (said.kind, said.start, said.end, said.suggestion) == ("no-phrase", 6, 23, "")
    long = f'"{"asked " * 12}"'
    (said,) = found_for(long, index).diagnostics
    assert said.message.startswith(f"{long[:60]}… stands in no passage;")


def test_it_is_said_after_what_the_parser_says(index: Index) -> None:
    results = found_for('"bar Foo" "Foo bar" (Comey', index)
    assert [(one.kind, one.start) for one in results.diagnostics] == [
        ("unbalanced-parenthesis", 20),
        ("no-phrase", 0),
        ("no-phrase", 10),
    ]


@pytest.mark.parametrize(
    ("query", "paths", "read"),
    [
        ('"coalition forces" date:2019', None, '"coalition forces" date:2019'),
        ('"forces coalition" date:2019', None, "forces coalition date:2019"),
        ('"coalition forces" date:2020', None, '"coalition forces" date:2020'),  # nor its words
        ('"president left" date:2019', None, "president left date:2019"),
        ('"coalition forces"', ["d"], '"coalition forces"'),
        ('"said the" "forces left"', ["d"], '"said the" "forces left"'),
        ('"left Comey" coalition', ["d"], "left Comey coalition"),
    ],
)
def test_a_phrase_stands_in_a_passage_that_is_searched(
    query: str, paths: list[str] | None, read: str, tmp_path: Any
) -> None:
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "b.txt").write_text("The coalition forces left.")
    (tmp_path / "a.txt").write_text("Comey said the president left.\n\nThe president stayed.")
    with Index.in_memory() as index:
        index.sync([tmp_path])
        index.add([Article(id="b", text="The coalition forces left.", date="2019")])
        within = None if paths is None else [tmp_path / path for path in paths]
        results = found_for(query, index, paths=within)
    assert results.query == read
    for said in results.diagnostics:
        assert "stands in no passage that the filters and paths allow; its words" in said.message
    assert bool(results.diagnostics) == (read != query)


def test_synonyms_of_a_phrase_are_found_first(index: Index) -> None:
    rules = {"river wolf": ["email"], "foo bar": ["zebra"]}
    assert searched('"river wolf"', index, synonyms=rules) == ('"river wolf" "email"^0.7', [])
    read, said = searched('"foo bar"', index, synonyms=rules)
    assert (read, said) == ('foo bar "zebra"^0.7', ['"foo bar"'])
    (hit,) = found_for('"foo bar" comey', index, synonyms=rules, limit=1)
    assert hit.missing == ("comey",)


def test_highlights_and_missing_words_are_those_of_the_words(index: Index) -> None:
    results = found_for('"asked Flynn zebra"', index)
    marked = [[hit.text[start:end] for start, end in hit.spans] for hit in results]
    assert marked == [["Flynn", "asked"], ["asked"]]
    assert [hit.missing for hit in results] == [("zebra",), ("Flynn", "zebra")]


def test_counts_are_of_the_words(index: Index) -> None:
    assert found_for('"zebra bar"', index).counts == {"zebra": 0, "bar": 1}


@pytest.mark.parametrize("scope", ["passage", "window:2", "article"])
@pytest.mark.parametrize("require", ["any", "all"])
def test_a_phrase_holds_within_a_passage_in_any_scope(
    scope: str, require: Require, index: Index
) -> None:
    # The words stand in a row across two passages.
    assert searched('"stop Flynn"', index, scope=scope, require=require)[1] == ['"stop Flynn"']
    found = found_for('"stop Flynn"', index, scope=scope, require=require)
    both = require == "any" or scope != "passage"
    assert sorted(hit.citation for hit in found) == (["a#2", "a#3"] if both else [])


def test_deleted_passages_do_not_count() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="Foo bar."), Article(id="b", text="Bar, foo.")])
        assert not found_for('"foo bar"', index).diagnostics
        index.remove(["a"])
        assert searched('"foo bar"', index) == ("foo bar", ['"foo bar"'])


def test_an_empty_index_says_nothing_of_phrases() -> None:
    with Index.in_memory() as index:
        results: Results = found_for('"foo bar" foo-bar', index)
        assert (results.query, results.diagnostics) == ('"foo bar" foo-bar', ())


@pytest.mark.parametrize("word", ["㍿", "㌔メ", "\u0f57\u0f40\u0f41", "\u0f40\u0f41\u0f57"])
def test_a_character_of_several_grams_is_searched_as_a_phrase(word: str) -> None:
    company = Article(id="company", language="ja", text="ソニー株式会社が土地を売却した。")
    with Index.in_memory() as index:
        index.add([company])
        hits = [hit.citation for hit in search(word, index)]
        assert hits == (["company#1"] if word == "㍿" else [])
