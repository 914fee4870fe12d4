"""Wrong arguments of the public functions are errors that tell the right ones."""

import dataclasses
import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import nutgraf
from nutgraf import (
    ArgumentError,
    Article,
    Index,
    IndexNotFound,
    Searcher,
    SearchOptions,
    SourceError,
    search,
    suggest,
)
from nutgraf_index.analysis.languages.registry import LANGUAGES

LANGUAGES_ARE = f"the languages are {', '.join(LANGUAGES)}"


@pytest.fixture
def index() -> Iterator[Index]:
    with Index.in_memory() as index:
        index.add(Article(id="memo", text="Otters are back."))
        yield index


Call = Callable[[Any], Any]
nut: Any = nutgraf  # without types, since the calls are wrong
WRONG: list[tuple[Call, str]] = [
    (
        lambda index: nut.search(index, "otter"),
        "a query must be a text, not <Index memory: 1 article, 1 passage>: the query comes first, "
        "as in search(query, index)",
    ),
    (lambda index: nut.search("otter"), "search() needs index: write search(query, index)"),
    (lambda index: nut.search(index=index), "search() needs query: write search(query, index)"),
    (lambda index: nut.search(None, index), "a query must be a text, not None"),
    (
        lambda index: nut.search(b"otter", index),
        "a query must be a text, not b'otter': decode it first",
    ),
    (
        lambda index: nut.search("otter", index, limt=5),
        "search() has no option 'limt'; did you mean limit?",
    ),
    (  # the first of several, not one that differs from run to run
        lambda index: nut.search("otter", index, limt=5, **dict.fromkeys("abcdefghijk", 1)),
        "search() has no option 'limt'; did you mean limit?",
    ),
    (
        lambda index: nut.search("otter", index, fuzziness=5),
        "search() has no option 'fuzziness'; the options are after, before, by, collapse, expand, "
        "explain, group, kept_synonyms, language, limit, offset, paths, per_article, place, "
        "recent, require, rerank, rerank_weight, scope, sort, source, synonyms, variants",
    ),
    (
        lambda index: nut.search("otter", index, 5),
        "write search(query, index): options are given by name, as in limit=5 or "
        "**options.keywords(), not 5 alone",
    ),
    (
        lambda index: nut.search("otter", query="otter", index=index),
        "query is given twice: write search(query, index)",
    ),
    (
        lambda index: nut.search("otter", None),
        "index must be an Index, the folder of an index, or a list of them, not None",
    ),
    (
        lambda index: nut.search("otter", []),
        "index must be one index or several, not an empty list",
    ),
    (
        lambda index: nut.search("otter", ""),
        "path must be the folder of an index, a text or a Path, not ''",
    ),
    (
        lambda index: nut.search("otter", nut.Searcher(index)),
        "index must be an Index, the folder of an index, or a list of them, not <Searcher of "
        "memory: 1 article, 1 passage>: call its own search()",
    ),
    (
        lambda index: nut.Searcher(index).search("otter", index),
        "write Searcher.search(query): options are given by name, as in limit=5 or "
        "**options.keywords(), not <Index memory...le, 1 passage> alone",
    ),
    (
        lambda index: nut.Searcher(index).search_many("otter"),
        "queries must be a list of texts, not 'otter': search() answers a single query",
    ),
    (
        lambda index: nut.Searcher(index).search_many(None),
        "queries must be a list of texts, not None: search() answers a single query",
    ),
    (lambda index: [*nut.Searcher(index).search_many([5])], "a query must be a text, not 5"),
    (
        lambda index: nut.Searcher(index).search_many(["otter"], lmit=5),
        "Searcher.search_many() has no option 'lmit'; did you mean limit?",
    ),
    (lambda index: nut.suggest(5, index), "a query must be a text, not 5"),
    (
        lambda index: nut.suggest("ot", index, limit=-1),
        "limit must be a whole number, 0 or more, not -1",
    ),
    (lambda index: nut.Searcher(index).passage(5), "a citation must be a text, not 5"),
    (
        lambda index: nut.Searcher(index).neighbours("memo#1", 1, 1),
        "hit must be a Hit, not 'memo#1': searcher.passage(citation) returns one",
    ),
    (
        lambda index: nut.Searcher(index).neighbours(nut.search("otter", index)[0], -1, 1),
        "before must be a whole number, 0 or more, not -1",
    ),
    (lambda index: nut.search("otter", index, group="no"), "group must be True or False, not 'no'"),
    (
        lambda index: nut.search("otter", index, scope="window"),
        'scope must be "passage", "article" or "window:N" with a whole number N, 1 or more, '
        "not 'window'",
    ),
    (
        lambda index: nut.search("otter", index, sort="newest"),
        'sort must be one of "score", "date", "-date", "path", not \'newest\'',
    ),
    (
        lambda index: nut.Index("archive"),
        "Index() opens nothing: use Index.open(folder), Index.open(folder, create=True) or "
        "Index.in_memory()",
    ),
    (
        lambda index: nut.Index.open(None),
        "path must be the folder of an index, a text or a Path, not None",
    ),
    (lambda index: nut.Index.open("x", wait="1"), "wait must be 0 or more seconds, not '1'"),
    (lambda index: nut.Index.open("x", create="no"), "create must be True or False, not 'no'"),
    (
        lambda index: index.add("memo"),
        "articles must be an Article or several, not 'memo': write Article(id=…, text=…)",
    ),
    (
        lambda index: index.add({"id": 5}),
        "articles must be an Article or several, not {'id': 5}: write Article(id=…, text=…)",
    ),
    (
        lambda index: None in index,
        "an article's id must be a text, a whole number or a UUID, not None",
    ),
    (lambda index: index.sync(5), "a path must be a text or a Path, not 5"),
    (lambda index: index.sync([5]), "a path must be a text or a Path, not 5"),
    (lambda index: index.sync(None), "a path must be a text or a Path, not None"),
    (lambda index: index.sync(np.array(5)), "a path must be a text or a Path, not array(5)"),
    (lambda index: index.sync([], exclude=None), "exclude must be a list of patterns, not None"),
    (lambda index: index.sync([], prune="no"), "prune must be True or False, not 'no'"),
    (lambda index: index.sync([], dry_run=None), "dry_run must be True or False, not None"),
    (
        lambda index: index.sync([], commit_every_seconds="5"),
        "commit_every_seconds must be more than 0, not '5'",
    ),
    (
        lambda index: index.sync([], progress=5),
        "progress must be a function of the work done, all work and what follows, not 5",
    ),
    (
        lambda index: index.sync([], encoding=["cp1254"]),
        "there is no encoding ['cp1254']: write a name such as 'cp1254', or leave it out to have "
        "the encoding guessed",
    ),
    (lambda index: index.remove(paths=None), "a path must be a text or a Path, not None"),
    (lambda index: index.remove(paths=5), "a path must be a text or a Path, not 5"),
    (
        lambda index: index.remove(np.array(5.5)),
        "an article's id must be a text, a whole number or a UUID, not array(5.5)",
    ),
    (
        lambda index: index.add(np.array(5)),
        "articles must be an Article or several, not array(5): write Article(id=…, text=…)",
    ),
    (
        lambda index: nut.search("otter", np.array(5)),
        "index must be an Index, the folder of an index, or a list of them, not array(5)",
    ),
    (
        lambda index: nut.search("otter", index, by=np.array(5)),
        "by must be a text with a word, or several, not array(5)",
    ),
    (
        lambda index: nut.search("otter", index, sort=np.array(["date"])),
        'sort must be one of "score", "date", "-date", "path", not '
        "array(['date'], dtype='<U4')",
    ),
    (
        lambda index: nut.search("otter", index, require=np.array(["all"])),
        'require must be "auto", "all" or "any", not array([\'all\'], dtype=\'<U3\')',
    ),
    (
        lambda index: nut.search("otter", index, scope=np.array([])),
        'scope must be "passage", "article" or "window:N" with a whole number N, 1 or more, not '
        "array([], dtype=float64)",
    ),
    (
        lambda index: nut.search("otter", "a\0b"),
        "path must be the folder of an index, a text or a Path, not 'a\\x00b'",
    ),
    (
        lambda index: nut.search("otter", "\ud800"),
        "path must be the folder of an index, a text or a Path, not '\\ud800'",
    ),
    (lambda index: nut.Index.in_memory(at=5), "at must be a folder, a text or a Path, not 5"),
    (
        lambda index: nut.Index.in_memory(language=["en"]),
        f"language must be the code or name of a language, not ['en']; {LANGUAGES_ARE}",
    ),
    (lambda index: nut.Index.rollback("x", wait="1"), "wait must be 0 or more seconds, not '1'"),
    (lambda index: nut.Index.rebuild("x", wait=True), "wait must be 0 or more seconds, not True"),
    (lambda index: nut.split("text"), "only an Article can be split, not 'text'"),
    (
        lambda index: nut.search("otter", index, language="germn"),
        "language must be the code or name of a language, not 'germn' (did you mean de, German?); "
        f"{LANGUAGES_ARE}",
    ),
    (
        lambda index: nut.split(Article(id="memo", text="Otters."), "xx"),
        f"language must be the code or name of a language, not 'xx'; {LANGUAGES_ARE}",
    ),
]


@pytest.mark.parametrize(("call", "message"), WRONG, ids=[message[:50] for _, message in WRONG])
def test_a_wrong_call_says_what_to_write(index: Index, call: Call, message: str) -> None:
    with pytest.raises(ArgumentError) as caught:
        call(index)
    assert str(caught.value) == message


def test_a_query_and_the_folder_of_an_index_swapped(tmp_path: Path) -> None:
    folder = str(tmp_path / "archive")
    Index.open(folder, create=True).close()
    with pytest.raises(ArgumentError) as caught:
        search(folder, "otter")
    assert str(caught.value) == (
        f"{folder!r} is an index and 'otter' is none: write search(query, index)"
    )
    with pytest.raises(ArgumentError, match="the query comes first"):
        nut.search(Path(folder), "otter")
    with pytest.raises(IndexNotFound, match="there is no index in"):
        search("otter", str(tmp_path / "elsewhere"))


def test_an_index_is_given_by_its_folder(tmp_path: Path) -> None:
    with Index.open(tmp_path / "archive", create=True) as index:
        index.add(Article(id="memo", text="Otters are back."))
    for folder in (tmp_path / "archive", str(tmp_path / "archive")):
        assert search("otter", folder).total == 1
        assert len(suggest("ot", folder)) == 1
        with Searcher(folder) as searcher:
            assert searcher.search("otter").total == 1
            (opened,) = searcher._indexes
        with pytest.raises(Exception, match="is closed"):
            len(opened)  # the searcher had opened it


def test_a_searcher_does_not_close_the_index_it_was_given(index: Index) -> None:
    with Searcher(index) as searcher:
        searcher.search("otter")
    assert len(index) == 1


def test_no_limit_is_all(index: Index) -> None:
    index.add(Article(id=number, text=f"Otter {number} swims {number}.") for number in range(30))
    options: dict[str, Any]
    for options in ({}, {"sort": "path"}, {"group": True}, {"collapse": False}):
        results = search("otter", index, limit=None, **options)
        assert len(results) == results.total == 31
        assert len(search("otter", index, limit=None, offset=30, **options)) == 1
    assert len(suggest("o", index, limit=None)) == 2
    assert SearchOptions(limit=None).keywords()["limit"] is None


def test_a_number_of_numpy_is_a_limit(index: Index) -> None:
    limit: Any = np.int64(1)
    assert type(SearchOptions(limit=limit, offset=np.int64(0)).limit) is int  # type: ignore[arg-type]
    assert len(search("otter", index, limit=limit)) == 1


def test_a_single_path_is_a_list_of_one(sample: Index, data: Path) -> None:
    from places import DATA

    for path in (DATA / "river-survey.txt", str(DATA / "river-survey.txt")):
        assert (
            search("otter", sample, paths=path).hits == search("otter", sample, paths=[path]).hits
        )


def test_options_that_were_taken_before_are_checked_as_at_first(index: Index) -> None:
    assert search("otters", index, limit=1, group=True).total == 1
    options: dict[str, Any] = {"limit": 1, "group": True}
    for wrong, message in (
        ({"limit": True}, "limit must be a whole number, 0 or more, not True"),
        ({"limit": 1.0}, "limit must be a whole number, 0 or more, not 1.0"),
        ({"group": 1}, "group must be True or False, not 1"),
    ):
        with pytest.raises(ArgumentError, match=message):
            search("otters", index, **(options | wrong))


def test_a_file_of_synonyms_is_read_for_each_search(index: Index, tmp_path: Path) -> None:
    file = tmp_path / "synonyms.txt"
    totals = []
    for rule in ("lutra => otters\n", "fox => otters\n"):
        file.write_text(rule)
        totals.append([search(q, index, synonyms=str(file)).total for q in ("lutra", "fox")])
    assert totals == [[1, 0], [0, 1]]


def test_dates_are_compared_on_the_day_of_the_search(
    index: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    def search_on(day: datetime.date) -> None:
        class Today(datetime.date):
            @classmethod
            def today(cls) -> "Today":
                return cls(day.year, day.month, day.day)

        monkeypatch.setattr("nutgraf.options.datetime.date", Today)
        search("otters", index, after="yesterday", before="2020-01-10")

    search_on(datetime.date(2020, 1, 10))
    with pytest.raises(ArgumentError, match="after, yesterday, is later than before, 2020-01-10"):
        search_on(datetime.date(2020, 1, 20))


OPTIONS = [field.name for field in dataclasses.fields(SearchOptions)]
SYNC = ["exclude", "prune", "dry_run", "progress", "processes", "memory_mb", "commit_every"]
SYNC += ["commit_every_seconds", "encoding", "source_from", "date_order", "now"]


@pytest.mark.parametrize(
    "long", ["x" * 5000, ["x" * 5000], {"x": "x" * 5000}, -(10**300)], ids=type
)
def test_a_message_does_not_repeat_a_long_value(index: Index, long: object, tmp_path: Path) -> None:
    calls: list[Call] = [
        *(lambda _, name=name: nut.search("otter", index, **{name: long}) for name in OPTIONS),
        *(lambda _, name=name: nut.Index.sync(index, [tmp_path], **{name: long}) for name in SYNC),
        lambda _: nut.search(["x" * 5000], index),
        lambda _: nut.suggest("o", index, limit=long),
        lambda _: nut.Index.open(tmp_path / "i", create=True, wait=long),
        lambda _: nut.Index.sync(index, [5, long]),
    ]
    messages = []
    for call in calls:
        try:
            call(index)
        except ArgumentError as error:
            messages.append(str(error))
        except SourceError:  # names a path
            pass
    assert len(messages) > 25
    assert [message for message in messages if len(message) > 330] == []
