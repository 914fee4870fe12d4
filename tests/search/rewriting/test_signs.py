"""What is searched for a word with a sign, and what is said of it."""

import pytest

from nutgraf import Article, Index, Results, Searcher

TEXTS = [
    *("She wrote it in C++.", "She learnt C.", "The net profit.", "It fell 50 points."),
    *("The #tag is new.", "Thanks, @ann.", "It is #1 again.", "A C compiler."),
]


def found(query: str, **options: object) -> Results:
    with Index.in_memory() as index:
        index.add([Article(id=f"{n}", text=text) for n, text in enumerate(TEXTS)])
        with Searcher(index) as searcher:
            results = searcher.search(query, **options)  # type: ignore[arg-type]
            results.suggestions  # noqa: B018  computed while the index is open
            return results


def told(results: Results) -> list[tuple[str, str]]:
    return [(one.kind, one.message) for one in results.diagnostics]


WORDS = ("C++", "C++^2", ".NET", "50%", "$50", "#1", "#50", "-50%")
WITH = "C++ is searched with its sign; without it, write C."
EXCLUDED = "-50% excludes 50%; to search for it, leave out the minus."
WITHOUT = "No passage has {} as written; searched for {}."


@pytest.mark.parametrize(
    ("query", "read", "ids", "diagnostics"),
    [
        ("C++", "C++", ["0"], [("with-sign", WITH)]),
        ("+C++", "C++", ["0"], [("with-sign", WITH)]),
        ("C++^2", "C++^2", ["0"], [("with-sign", WITH)]),
        ("C++ NEAR/5 wrote", "C++ NEAR/5 wrote", ["0"], [("with-sign", WITH)]),
        (".NET", "NET", ["2"], [("no-sign", WITHOUT.format(".NET", "NET"))]),
        ("+50%", "50", ["3"], [("no-sign", WITHOUT.format("50%", "50"))]),
        ("$50 points", "50 points", ["3"], [("no-sign", WITHOUT.format("$50", "50"))]),
        ("50% NEAR/2 fell", "50 NEAR/2 fell", ["3"], [("no-sign", WITHOUT.format("50%", "50"))]),
        (
            "(.NET AND profit)^2",
            "(NET AND profit)^2",
            ["2"],
            [("no-sign", WITHOUT.format(".NET", "NET"))],
        ),
        ("#1", "#1", ["6"], [("with-sign", "#1 is searched with its sign; without it, write 1.")]),
        ("#50", "50", ["3"], [("no-sign", WITHOUT.format("#50", "50"))]),
        # These need their signs.
        ('"C++"', '"C++"', ["0"], []),
        ("=C++", "=C++", ["0"], []),
        ('"50%"', '"50%"', [], []),
        ("=50%", "=50%", [], []),
        ("#tag", "#tag", ["4"], []),
        ('"#tag"', '"#tag"', ["4"], []),
        ("@tag", "@tag", [], []),
        ("@ann", "@ann", ["5"], []),
        ("#new_tag", "#new_tag", [], []),
        ('"@is_new"', '"@is_new"', [], []),
        ('"C++20"', '"C++20"', [], []),
        ("fell -50%", "fell NOT 50%", ["3"], [("number-sign", EXCLUDED)]),
        ("learnt -C#", "learnt -C#", ["1"], []),
        ("title:C++", "title:C++", [], []),
    ],
)
def test_what_is_searched(
    query: str, read: str, ids: list[str], diagnostics: list[tuple[str, str]]
) -> None:
    results = found(query)
    assert results.query == read
    assert [hit.article for hit in results] == ids
    assert results.total == len(ids)
    assert told(results) == diagnostics
    for one in results.diagnostics:
        assert query[one.start : one.end] in WORDS
    again = found(results.query)
    assert [hit.citation for hit in again] == [hit.citation for hit in results]


@pytest.mark.parametrize(
    ("query", "read", "used"),
    [
        ("C++/C", "C++ AND C", "C++ C"),
        ("C/C++", "C AND C++", "C C++"),
        ("C++,C#", "C++ AND C", "C++ C"),
        ("J++/C++", "J AND C++", "J C++"),
        ("50%/C++", "50 AND C++", "50 C++"),
        ("50%/C#", "50-C", "50-C"),  # C may be a unit, which is not searched by itself
        ("C++/C NEAR/5 wrote", "C-C NEAR/5 wrote", "C-C"),
    ],
)
def test_words_with_signs_that_no_passage_has_side_by_side(
    query: str, read: str, used: str
) -> None:
    results = found(query, require="any" if "%/C#" in query else "all")
    assert results.query == read
    assert told(results) == [("no-sign", WITHOUT.format(query.split()[0], used))]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("20 °C", "20-C"),
        ("20℃", "20-c"),
        ("½℃", "½ AND ℃"),
        ("½", "½"),
        ("½%", "½"),
        ("＃½℉＿", "＃½℉＿"),
        ("3½", "3½"),
    ],
)
def test_one_character_may_be_a_sign_and_a_word_or_two_words(query: str, read: str) -> None:
    results = found(query, require="all")
    assert (results.query, results.total) == (read, 0)


def test_a_sign_may_be_written_as_an_entity() -> None:
    for query, read, ids in (
        ("C&#43;&#43;", "C++", ["0"]),
        ('"C&plus;&plus;"', '"C++"', ["0"]),
        ("=C&#x2b;&#x2B;", "=C++", ["0"]),
        ("&commat;ann", "@ann", ["5"]),
        ("&num;tag", "#tag", ["4"]),
        ("L&egrave;arnt", "Lèarnt", ["1"]),
    ):
        results = found(query)
        assert (results.query, [hit.article for hit in results]) == (read, ids)


def test_the_word_alone_is_suggested() -> None:
    (one,) = found("C++").diagnostics
    assert one.suggestion == "C"
    assert [(one.query, one.total) for one in found("@tag").suggestions] == [("tag", 1)]
    assert [(one.query, one.total) for one in found('"50%"').suggestions] == [("50", 1)]


def test_filters_and_paths_restrict_the_passages_that_have_the_sign() -> None:
    results = found("C++ article:1")
    assert [hit.article for hit in results] == ["1"]
    message = "No passage that the filters and paths allow has C++ as written; searched for C."
    assert told(results) == [("no-sign", message)]


def test_a_phrase_with_a_sign_that_stands_nowhere_is_searched_as_its_words() -> None:
    results = found('"C++ compiler"')
    assert results.query == "C++ compiler"
    assert told(results)[0] == (
        "no-phrase",
        '"C++ compiler" stands in no passage; its words are searched.',
    )
    assert {hit.article for hit in results} == {"0", "7"}


def test_a_synonym_may_have_a_sign() -> None:
    results = found("cpp", synonyms={"cpp": ["C++"]})
    assert [hit.article for hit in results] == ["0"]
    assert results.query == 'cpp OR "C++"^0.7'
    assert [hit.article for hit in found("C++ ", synonyms={"C++": ["points"]})] == ["0", "3"]
    assert [hit.article for hit in found("C", synonyms={"C++": ["points"]})] == ["1", "7", "0"]


@pytest.mark.parametrize(
    ("query", "read", "message"),
    [
        ("C++~", "C++", "A word with a sign cannot be fuzzy; the ~ of C++~ is ignored."),
        ("C++*", "C++", "The * has no meaning in C++*, which is searched as words."),
        ("#ta*", "ta*", "A pattern has no signs; #ta* is searched without them."),
    ],
)
def test_patterns_and_fuzzy_words_have_no_signs(query: str, read: str, message: str) -> None:
    results = found(query)
    assert results.query == read
    assert told(results)[0] == ("no-pattern", message)
