"""An index as a container of articles, one that is closed, and articles added one by one."""

import itertools
import uuid
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from nutgraf import (
    Article,
    ArticleError,
    Index,
    IndexUnusable,
    NotIndexedError,
    Searcher,
    search,
    suggest,
)
from nutgraf_index import index as module
from places import DATA


def otter(id: Any, text: str = "Otters are back.") -> Article:
    return Article(id=id, text=text)


def test_length_membership_and_iteration_follow_every_change(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        assert (len(index), list(index), "a" in index) == (0, [], False)
        assert index, "an empty index is an index all the same"
        articles = [otter("c"), otter("a"), otter("b", "A trout.\n\n  And more.\n")]
        for article in articles:
            index.add(article)
        assert len(index) == 3
        assert [article.id for article in index] == ["a", "b", "c"]
        assert index.article("b").text == "A trout.\n\n  And more.\n"
        index.remove("a")
        assert (len(index), "a" in index, "b" in index) == (2, False, True)
        index.compact()
        assert [article.id for article in index] == ["b", "c"]


def test_iteration_is_over_the_articles_of_its_start() -> None:
    with Index.in_memory() as index:
        index.add(otter(str(number)) for number in range(3))
        ids = []
        for article in index:
            index.remove(article.id)
            ids.append(article.id)
        assert (ids, len(index)) == (["0", "1", "2"], 0)


def test_articles_come_back_as_they_were_added() -> None:
    article = Article(
        id=5,
        text="By Ann Lee\n\nLONDON — Otters\n\tare\u2028 back. \n\n",
        title="News",
        date="2020-01",
        source="AA",
        url="https://example.org",
        path="a.txt",
        metadata={"k": [1, None]},
    )
    with Index.in_memory() as index, Index.in_memory() as other:
        index.add(article)
        stored = index.article(5)
        assert (stored.id, stored.text, stored.metadata) == ("5", article.text, article.metadata)
        assert (stored.authors, stored.place) == (("Ann Lee",), "LONDON")  # told by the text
        other.add(index)  # an index is an iterable of articles
        assert list(other) == list(index) == [stored]


def test_an_unknown_format_that_was_stored_before_is_plain_text() -> None:
    article = replace(otter("memo"), language="en")
    object.__setattr__(article, "format", "html")  # which `Article` took before
    with Index.in_memory() as index:
        index.add(article)
        assert (index.article("memo").format, len(index)) == ("text", 1)
        index.remove("memo")
        assert len(index) == 0


def test_articles_of_files(sample: Index) -> None:
    assert len(sample) == sample.stats().articles == len(list(sample))
    source = (DATA / "river-survey.txt").read_bytes().decode()
    (article,) = (one for one in sample if one.path.endswith("river-survey.txt"))
    assert article.text == source


def test_ids_are_texts_numbers_and_uuids() -> None:
    with Index.in_memory() as index:
        index.add([otter(7), otter(uuid.UUID(int=9))])
        for id in (7, "7", uuid.UUID(int=9), str(uuid.UUID(int=9))):
            assert id in index
            assert index.article(id).id == str(id)
        index.remove([7, uuid.UUID(int=9)])
        assert len(index) == 0
        with pytest.raises(NotIndexedError, match="there is no article '7' in memory"):
            index.article(7)


def test_an_article_has_names_and_one_id(data: Path) -> None:
    with Index.in_memory(at=data.parent / "index") as index:
        index.sync(data)
        id = "data/briefs.jsonl!brief-2020-01-09"
        for name in (id, "brief-2020-01-09", f"{data}/briefs.jsonl:2"):
            assert index.article(name).id == id
            assert (name in index) == (name == id), "membership is of ids"
        with pytest.raises(NotIndexedError, match=r"is the name of 3 articles: .*; write the id"):
            index.article(f"{data}/briefs.jsonl")
        with pytest.raises(NotIndexedError, match=r"did you mean 'data/river-survey\.txt'"):
            index.article("river-survy.txt")


def test_add_takes_one_or_several_or_what_yields_them() -> None:
    with Index.in_memory() as index:
        index.add(otter("a"))
        index.add((otter("b"), otter("c")))
        index.add(otter(number) for number in range(3))
        index.add(iter([otter("d")]))
        index.add([])
        assert [article.id for article in index] == [*"012abcd"]


def test_a_batch_is_one_commit_at_its_end(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        before = index.snapshot().commit.number
        with index.batch() as batch:
            for number in range(50):
                batch.add(otter(number))
            batch.add([otter("x"), otter("y")])
            assert (len(batch), len(index), bool(batch)) == (52, 0, True)
        assert (len(index), index.snapshot().commit.number) == (52, before + 1)
        with index.batch():
            pass
        assert index.snapshot().commit.number == before + 1


def test_the_last_article_of_an_id_stays_as_with_adds() -> None:
    with Index.in_memory() as index:
        index.add(otter("a", "A heron."))
        with index.batch() as batch:
            batch.add(otter("a", "A trout."))
            batch.add(otter("b"))
            batch.add(otter("a", "A pike."))
        assert [article.text for article in index] == ["A pike.", "Otters are back."]


def test_a_batch_that_fails_adds_nothing() -> None:
    with Index.in_memory() as index:

        def failing() -> None:
            with index.batch() as batch:
                batch.add(otter("a"))
                batch.add(otter(1 // 0))

        with pytest.raises(ZeroDivisionError):
            failing()
        assert len(index) == 0
        with index.batch() as batch:
            batch.add(otter("a"))
            for wrong, message in ((otter(" "), "id must be a text"), (otter("b", " "), "no text")):
                with pytest.raises(ArticleError, match=message):
                    batch.add(wrong)
        assert [article.id for article in index] == ["a"]
        with pytest.raises(IndexUnusable, match="write `with index"):
            batch.add(otter("b"))
        with pytest.raises(IndexUnusable, match="a batch is open in its block"):
            index.batch().add(otter("b"))


def test_others_may_write_during_a_batch(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", create=True, wait=0) as index:
        with index.batch() as batch, Index.open(tmp_path / "index", wait=0) as other:
            batch.add(otter("a"))
            other.add([otter("a", "A heron."), otter("b")])
        assert [article.text for article in index] == ["Otters are back."] * 2


METHODS: dict[str, Callable[[Index], Any]] = {
    "add": lambda index: index.add(otter("a")),
    "article": lambda index: index.article("memo"),
    "as_whoosh": lambda index: index.as_whoosh(),
    "batch": lambda index: index.batch(),
    "compact": lambda index: index.compact(),
    "keep_synonyms": lambda index: index.keep_synonyms({"lutra": ["otter"]}),
    "remove": lambda index: index.remove("memo"),
    "snapshot": lambda index: index.snapshot(),
    "stats": lambda index: index.stats(),
    "sync": lambda index: index.sync([DATA]),
    "verify": lambda index: index.verify(),
    "__contains__": lambda index: "memo" in index,
    "__enter__": lambda index: index.__enter__(),
    "__iter__": lambda index: iter(index),
    "__len__": lambda index: len(index),
    "__reduce__": lambda index: index.__reduce__(),
    "search": lambda index: search("otter", index),
    "suggest": lambda index: suggest("ott", index),
    "Searcher": lambda index: Searcher(index),
}
OPEN = {"close", "location", "open", "in_memory", "rollback", "rebuild"}  # need no open index
OPEN |= {"__init__", "__bool__", "__exit__", "__repr__"}


def test_every_method_of_a_closed_index_is_known() -> None:
    defined = {name for name, value in vars(Index).items() if callable(value) or name in OPEN}
    methods = {name for name in defined if name.startswith("__") or not name.startswith("_")}
    assert methods | OPEN == {*METHODS, *OPEN} - {"search", "suggest", "Searcher"}


@pytest.mark.parametrize("name", METHODS)
@pytest.mark.parametrize("place", ["disk", "memory"])
def test_a_closed_index_says_so(name: str, place: str, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    index = Index.open(folder, create=True) if place == "disk" else Index.in_memory()
    index.add(otter("memo"))
    index.close()
    index.close()
    again = f"open it again with Index.open('{folder}')"
    if place == "memory":
        again = "make a new one with Index.in_memory()"
    with pytest.raises(IndexUnusable) as caught:
        METHODS[name](index)
    assert str(caught.value) == f"the index {index.location} is closed: {again}"
    assert repr(index) == f"<Index {index.location}, closed>"


def test_a_batch_of_an_index_that_is_closed_meanwhile() -> None:
    index = Index.in_memory()
    batch = index.batch().__enter__()
    batch.add(otter("memo"))
    index.close()
    with pytest.raises(IndexUnusable, match="is closed"):
        batch.__exit__(None, None, None)


def test_a_searcher_answers_from_its_snapshot_after_its_index_is_closed(tmp_path: Path) -> None:
    index = Index.open(tmp_path / "index", create=True)
    index.add(otter("memo"))
    searcher = Searcher(index)
    index.close()
    assert searcher.search("ottrs").suggestions[0].total == 1
    assert searcher.passage("memo#1").text == "Otters are back."
    with pytest.raises(IndexUnusable, match="is closed: open it again"):
        searcher.refresh()


def test_an_index_shows_what_it_is(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index", create=True) as index:
        assert repr(index) == f"<Index {tmp_path / 'index'}: 0 articles, 0 passages>"
        index.add(otter("a", "One.\n\nTwo."))
        assert repr(index) == f"<Index {tmp_path / 'index'}: 1 article, 2 passages>"
        (tmp_path / "index" / "nutgraf.json").write_bytes(b"{")
        assert repr(index) == f"<Index {tmp_path / 'index'}, IndexDamaged>"


def test_help_begins_with_what_an_index_is() -> None:
    import pydoc

    lines = pydoc.plain(pydoc.render_doc(module.Index)).splitlines()
    first = [*itertools.islice(filter(None, lines), 3)]
    assert first[1:] == [
        "class Index(builtins.object)",
        " |  An index of articles on disk or in memory.",
    ]
