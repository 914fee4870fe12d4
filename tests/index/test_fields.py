"""The table of properties: it has all of them, and what it says of one is what is done with it."""

import json
import shutil
import subprocess
import sys
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from english import ENGLISH
from nutgraf import Article, ArticleError, Hit, Index, Passage, Searcher, search, suggest
from nutgraf.query.fields import FILTERS
from nutgraf_index.fields import (
    ARTICLE_PROPERTIES,
    FIELDS,
    NUMBERS,
    PROPERTIES,
    RECORDS,
    TEXT_COLUMNS,
    Field,
    Kind,
    Level,
    Takes,
)
from nutgraf_index.segment.stored_fields import StoredArticle, StoredFile
from nutgraf_index.whoosh_adapter.schema import schema
from places import TOP

ARTICLE = Article(
    id="a.txt",
    title="The Lighthouse",
    authors=("Ann Lee", "Bo Ek"),
    date="2020-01-12",
    place="Istanbul",
    source="Reuters",
    language="en",
    url="https://example.org/a",
    path="2020/a.txt",
    line=7,
    encoding="utf-8",
    metadata={"desk": "foreign"},
    text="A plain opening of some length stands here.\n\nTension\n\nA re-entry, (as told).",
)
# What a hit does not show, since it would be nothing to a reader.
HIDDEN = {"article_line", "format", "encoding", "root", "compound", "compound_title", "file"}


def names(of: type) -> set[str]:
    return {field.name for field in fields(of)}


def test_every_property_has_a_row() -> None:
    assert len({field.name for field in PROPERTIES}) == len(PROPERTIES)
    assert set(ARTICLE_PROPERTIES) == names(Article) - {"text"}
    of_passages = {f.attribute for f in PROPERTIES if f.level in (Level.PASSAGE, Level.SECTION)}
    assert of_passages == set(Passage._fields)
    record, file = StoredArticle(ARTICLE), StoredFile("r", "p", "")
    for field in PROPERTIES:
        if field.level in (Level.ARTICLE, Level.FILE):
            attrgetter(field.attribute)(file if field.level is Level.FILE else record)


@pytest.mark.parametrize("field", PROPERTIES, ids=lambda field: field.name)
def test_a_row_agrees_with_itself(field: Field) -> None:
    indexed = {
        Takes.WORDS: (Kind.TERMS, Kind.MULTI_VALUED),
        Takes.NAME: (Kind.NAME,),
        Takes.PATH: (Kind.NAME,),
        Takes.ROLE: (Kind.VALUE,),
        Takes.DATE: (Kind.VALUE,),
        Takes.LANGUAGE: (Kind.VALUE,),
    }
    if field.takes is None:
        assert (field.about, field.example, field.completed) == ("", "", False)
    else:
        assert field.kind in indexed[field.takes]
        assert field.about
        assert field.example.startswith(f"{field.name}:")
    assert not field.completed or (field.level is Level.ARTICLE and field.analysed)
    of_names = Article.__dataclass_fields__["authors"]
    known = Article.__dataclass_fields__.get(field.attribute.removeprefix("article."), of_names)
    assert (field.kind is Kind.MULTI_VALUED) == (known is of_names and field.name == "by")
    assert field.level is not Level.FILE or field.takes is None


def test_every_row_is_in_the_schema_and_in_whoosh_s_documents() -> None:
    known = {field.name for field in PROPERTIES if field.level is not Level.FILE}
    assert set(schema(ENGLISH).names()) == known | {"words"}
    with Index.in_memory() as index:
        index.add([ARTICLE])
        reader = index.as_whoosh().reader()
        stored = reader.stored_fields(1)
        assert set(stored) == known - {"compound", "compound_title"}
        assert stored["by"] == "Ann Lee\nBo Ek"
        assert (stored["role"], stored["article_line"], stored["line"]) == ("subhead", 7, 7)
        assert set(reader.indexed_field_names()) == {*FIELDS, "words"} - {"file"}
        with index.as_whoosh().writer() as writer:
            of_article = {field.name for field in ARTICLE_PROPERTIES.values()}
            values = {name: stored[name] for name in of_article} | {"article": "b.txt"}
            writer.add_document(text="Another.", **values)
        record = index.snapshot().article("b.txt")
        assert record is not None
        given = {name: getattr(ARTICLE, name) for name in ARTICLE_PROPERTIES} | {"id": "b.txt"}
        assert record.article == Article(text="", **given)


def test_every_row_is_in_the_segment() -> None:
    with Index.in_memory() as index:
        index.add([ARTICLE])
        (reader,) = index.snapshot().readers
        arrays = set(reader.file._arrays)
    assert {f"{name}.terms" for name in FIELDS} <= arrays
    assert {f"{name}.lengths" for name in FIELDS if FIELDS[name].analysed} <= arrays
    assert {*NUMBERS, *(f"{name}.at" for name in RECORDS)} <= arrays
    assert {f"{name}.values" for name in TEXT_COLUMNS} <= arrays


def test_every_row_is_in_hits_and_their_json() -> None:
    assert names(Hit) >= {
        name
        for field in PROPERTIES
        if field.name not in HIDDEN
        for name in [field.attribute.removeprefix("article.")]
        if name != "id"
    }
    with Index.in_memory() as index:
        index.add([ARTICLE])
        (hit,) = search("re-entry", index)
        shown = json.loads(json.dumps(hit.to_dict()))
        for name, field in ARTICLE_PROPERTIES.items():
            if field.name not in HIDDEN:
                value = getattr(ARTICLE, name)
                label = "article" if name == "id" else name
                assert getattr(hit, label) == value
                assert shown[label] == (list(value) if isinstance(value, tuple) else value)
        assert (hit.number, hit.role, hit.heading) == (3, "body", "Tension")
        assert (hit.line, hit.start, hit.end) == (7, 54, 76)
        assert ARTICLE.text[hit.start : hit.end] == hit.text


ASKED = {
    "by": 'by:"ann lee"',
    "place": "place:istanbul",
    "source": "source:reuters",
    "language": "language:en",
    "date": "date:2020-01",
    "title": "title:lighthouse",
    "heading": "heading:tension",
    "role": "role:body",
    "article": "article:a.txt",
    "path": "path:2020/*.txt",
}


def test_every_filter_filters() -> None:
    assert list(ASKED) == list(FILTERS) == [f.name for f in PROPERTIES if f.takes is not None]
    with Index.in_memory() as index:
        index.add([ARTICLE, Article(id="b", text="Another re-entry.")])
        for name, query in ASKED.items():
            hits = search(f"re-entry {query}", index)
            assert {hit.citation for hit in hits} >= {"a.txt#3"}, name
            others = search(f"re-entry -{query}", index)
            assert "a.txt#3" not in {hit.citation for hit in others}, name


def test_every_completed_field_is_completed() -> None:
    completed = [field.name for field in PROPERTIES if field.completed]
    assert completed == ["by", "place", "source"]
    with Index.in_memory() as index:
        index.add([ARTICLE])
        for name, begun in (("by", "an"), ("place", "ist"), ("source", "reu")):
            (found,) = suggest(f"{name}:{begun}", index)
            assert found.field == name


@pytest.mark.parametrize("name", ["text", *ARTICLE_PROPERTIES])
def test_every_property_is_checked(name: str) -> None:
    forms = {
        "id": "a text, a whole number or a UUID",
        "text": "a text",
        "authors": "a name or a list of names",
        "date": "a date, a datetime or a text such as 2020-01-12, 2020-01 or 2020",
        "line": "a whole number, 0 or more",
        "format": '"text" or "markdown"',
        "metadata": "a mapping",
    }
    message = f"{name} must be {forms.get(name, 'a text or None')}, not 5.5"
    given: dict[str, Any] = {"id": "a", "text": "An otter.", name: 5.5}
    with Index.in_memory() as index:
        with pytest.raises(ArticleError, match=message):
            index.add([Article(**given)])
        with index.as_whoosh().writer() as out:
            fields = {"article" if key == "id" else key: value for key, value in given.items()}
            if name == "line":
                fields["article_line"] = fields.pop("line")
            if name != "authors":
                with pytest.raises(ArticleError, match=message):
                    out.add_document(**fields)


# What it takes to have another property, and another filter: as many files as are changed here.

CHANGES = {
    "a property `section`": {
        "index/nutgraf_index/model.py": ('    url: str = ""\n', '    section: str = ""\n'),
        "index/nutgraf_index/fields.py": (
            '    Field("url"',
            '    Field("section", Level.ARTICLE, Kind.TERMS, "article.section",\n'
            '          Takes.WORDS, "its part of the paper", "section:sports", completed=True),\n',
        ),
        "search/nutgraf/results/hits.py": ("    url: str\n", "    section: str\n"),
    },
    "a filter by `url`": {
        "index/nutgraf_index/fields.py": (
            '    Field("url", Level.ARTICLE, Kind.STORED, "article.url"),\n',
            '    Field("url", Level.ARTICLE, Kind.NAME, "article.url",\n'
            '          Takes.NAME, "the article of this address", "url:https://x.org/1"),\n',
        ),
    },
}
PROBES = {
    "a property `section`": """
index.add([Article(id="a", text="An otter.", section="Sports of Winter", url="u")])
for _ in range(2):
    (hit,) = search("otter section:winter", index)
    assert hit.section == hit.to_dict()["section"] == "Sports of Winter"
    assert search("otter -section:winter", index).total == 0
    assert suggest("section:spo", index)[0].text == 'section:"Sports of Winter"'
    assert index.as_whoosh().reader().stored_fields(hit.number - 1)["section"] == hit.section
    index.add([Article(id="b", text="A heron.")])
    index.compact()
try:
    index.add([Article(id="c", text="x", section=5)])
    raise SystemExit("it is not checked")
except ArticleError as error:
    assert "section must be a text" in str(error)
assert "section:sports" in dict(syntax_help())
""",
    "a filter by `url`": """
index.add([Article(id=id, text="An otter.", url=f"https://x.org/{id}") for id in "ab"])
for _ in range(2):
    assert [hit.url for hit in search("otter url:https://x.org/b", index)] == ["https://x.org/b"]
    assert [hit.article for hit in search('otter -url:"https://x.org/b"', index)] == ["a"]
    assert search("otter url:x.org", index).total == 0
    index.add([Article(id="c", text="A heron.")])
    index.compact()
assert "url:https://x.org/1" in dict(syntax_help())
""",
}
PREPARED = """
from nutgraf import Article, ArticleError, Index, search, suggest
from nutgraf.query.fields import syntax_help
from nutgraf_index.store.layout import LAYOUT
index = Index.in_memory()
{probe}
print(LAYOUT)
"""


@pytest.mark.parametrize("change", CHANGES)
def test_what_it_takes(change: str, tmp_path: Path) -> None:
    from nutgraf_index.store.layout import LAYOUT

    for package in ("index/nutgraf_index", "search/nutgraf"):
        shutil.copytree(TOP / package, tmp_path / package)
    for name, (before, added) in CHANGES[change].items():
        source = (tmp_path / name).read_text("utf-8")
        assert source.count(before) == 1
        replaced = added if before.endswith("),\n") else added + before
        (tmp_path / name).write_text(source.replace(before, replaced), "utf-8")
    code = f"import sys\nsys.path[:0] = {[str(tmp_path / 'index'), str(tmp_path / 'search')]!r}\n"
    code += PREPARED.format(probe=PROBES[change])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() != LAYOUT  # which tells the indexes apart


def test_an_article_is_stored_and_merged_as_it_was(tmp_path: Path) -> None:
    with Index.open(tmp_path / "i", create=True) as index:
        index.add([ARTICLE])
        index.add([Article(id="b", text="Another.")])
        for _ in range(2):
            with Searcher(index) as searcher:
                record = index.snapshot().article("a.txt")
                assert record is not None
                assert record.article == Article(
                    text="", **{name: getattr(ARTICLE, name) for name in ARTICLE_PROPERTIES}
                )
                assert searcher.passage("a.txt#3").text == "A re-entry, (as told)."
            index.compact()
