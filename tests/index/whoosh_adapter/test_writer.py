"""Articles written through Whoosh's interface."""

import re
import reprlib
from collections.abc import Callable
from pathlib import Path

import pytest
from whoosh.fields import TEXT
from whoosh.writing import IndexWriter

from memory import index_at
from nutgraf import Article, ArticleError, Hit, Index, IndexUnusable, search
from nutgraf_index.indexing.writer import Writer


def test_whoosh_writes_articles() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="An otter."), Article(id="b", text="Two otters.")])
        with index.as_whoosh().writer() as out:
            out.add_document(article="c", text="Three otters.\nAnd a heron.", by="Ann Lee\nBo Ek")
            out.delete_by_term("article", "a")
        hits: list[Hit] = list(search("otter", index))
        assert sorted(hit.citation for hit in hits) == ["b#1", "c#1"]
        assert search("by:lee", index).total == 2


def test_whoosh_does_not_overwrite_the_article_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("An otter.")
    with index_at(tmp_path) as index:
        index.sync([tmp_path / "a.txt"])
        writer = index.as_whoosh().writer()
        with pytest.raises(
            ArticleError, match=r"the id 'a\.txt' is that of an article of the file"
        ):
            writer.add_document(article="a.txt", text="A heron.")
        writer.cancel()
        assert search("otter", index).total == 1
        with index.as_whoosh().writer() as out:
            out.delete_by_term("article", "a.txt")
            out.add_document(article="a.txt", text="A heron.")
        assert search("heron", index).total == 1


def written(*changes: Callable[[IndexWriter], None]) -> list[tuple[str, str]]:
    """Return the ids and texts of the articles after some changes through one Whoosh writer."""
    with Index.in_memory() as index:
        writer = index.as_whoosh().writer()
        for change in changes:
            change(writer)
        assert index.verify() == ()
        return [(article.id, article.text) for article in index]


def add(text: str) -> Callable[[IndexWriter], None]:
    return lambda writer: writer.add_document(article="a", text=text)


def update(text: str) -> Callable[[IndexWriter], None]:
    return lambda writer: writer.update_document(article="a", text=text)


def commit(writer: IndexWriter) -> None:
    writer.commit()


@pytest.mark.parametrize("last", [add, update])
def test_an_article_that_whoosh_writes_twice_is_the_last(
    last: Callable[[str], Callable[[IndexWriter], None]],
) -> None:
    """The commit had two articles of one id, and could not be read any more."""
    assert written(add("An otter."), last("A heron."), commit) == [("a", "A heron.")]
    assert written(update("An otter."), last("A heron."), commit) == [("a", "A heron.")]


def test_a_whoosh_writer_is_closed_by_its_commit() -> None:
    """It went on to write without the lock, and made two articles of one id."""
    closed = r"this writer is closed; open another with index\.as_whoosh\(\)\.writer\(\)"
    for change in (add("A heron."), update("A heron."), lambda writer: writer.delete_document(0)):
        for end in (commit, lambda writer: writer.cancel()):
            with pytest.raises(IndexUnusable, match=closed):
                written(add("An otter."), end, change)
    assert written(add("An otter."), commit, commit) == [("a", "An otter.")]
    with Index.in_memory() as index, index.as_whoosh().writer() as writer:
        writer.add_document(article="a", text="An otter.")
        writer.commit()
        assert len(index) == 1


def test_a_commit_of_whoosh_that_fails_gives_up_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left")

    with Index.open(tmp_path / "i", create=True, wait=0) as index:
        with monkeypatch.context() as patches:
            writer = index.as_whoosh().writer()
            writer.add_document(article="a", text="An otter.")
            patches.setattr(Writer, "commit", fail)
            with pytest.raises(OSError, match="no space left"):
                writer.commit()
        assert len(index) == 0
        index.add(Article(id="b", text="Two otters."))
        assert len(index) == 1


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"text": "An otter."}, "the article None: id must be a text, a whole number or a UUID"),
        ({"article": "a"}, "the article 'a': text must be a text, not None"),
        ({"article": "a", "text": " "}, "the article 'a' has no text"),
        (
            {"article": "a", "text": "An otter.", "river": "Varn"},
            "an article has no field 'river': write text, by, place, source, language, date",
        ),
        (
            {"article": "a", "text": "An otter.", "river" * 99: "Varn"},
            f"an article has no field {reprlib.repr('river' * 99)}: write text, by, place",
        ),
        (
            {"article": "a", "text": "An otter.", "by": 5},
            "the article 'a': authors must be a name or a list of names, not 5",
        ),
    ],
)
def test_a_document_of_whoosh_that_is_no_article(fields: dict[str, object], message: str) -> None:
    with Index.in_memory() as index:
        writer = index.as_whoosh().writer()
        with pytest.raises(ArticleError, match=re.escape(message)):
            writer.add_document(**fields)
        writer.cancel()
        assert len(index) == 0


def test_the_authors_of_a_document_of_whoosh() -> None:
    for by in ("Ann Lee\nBo Ek", ["Ann Lee", "Bo Ek"]):
        with Index.in_memory() as index:
            with index.as_whoosh().writer() as writer:
                writer.add_document(article=5, text="An otter.", by=by, title=None)
            assert index.article("5").authors == ("Ann Lee", "Bo Ek")


def test_the_fields_of_a_whoosh_index_cannot_be_changed() -> None:
    with Index.in_memory() as index, index.as_whoosh().writer() as writer:
        with pytest.raises(NotImplementedError, match="no field 'river' can be added; use"):
            writer.add_field("river", TEXT())
        with pytest.raises(NotImplementedError, match="the field 'text' cannot be removed"):
            writer.remove_field("text")
