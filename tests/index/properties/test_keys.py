"""The table of key names: which value of which key an article gets."""

import datetime
from typing import Any

import pytest

from nutgraf_index.errors import ArticleError
from nutgraf_index.model import Article
from nutgraf_index.properties.keys import (
    KEYS,
    LISTS,
    NO_TEXT,
    SUMMARIES,
    article_of,
    has_doubtful_date,
    property_of,
)


def made(values: dict[str, Any], **more: Any) -> Article:
    return article_of(values, path="a.json", **more)


VALUES = {
    "id": "x7", "text": "The pier closed.", "title": "Pier", "date": "2021-03-04",
    "authors": "Ann Lee", "place": "LINDHOLM", "source": "Port Post", "url": "https://example.org/7",
    "language": "pt-BR",
}  # fmt: skip


@pytest.mark.parametrize(
    ("property", "key"), [(name, key) for name, keys in KEYS.items() for key in keys]
)
def test_every_key_of_the_table(property: str, key: str) -> None:
    for written in (key, key.upper(), key.replace("_", "-"), key.replace("_", " ").title()):
        text = {} if property == "text" else {"text": "The pier closed."}
        article = made({**text, written: VALUES[property]})
        wanted = ("Ann Lee",) if property == "authors" else VALUES[property]
        assert getattr(article, property) == wanted
        assert article.metadata == {}
        assert property_of(written) == property


def test_no_key_is_of_two_properties() -> None:
    found = [
        property_of(key)
        for name, keys in {**KEYS, **LISTS, "summary": SUMMARIES}.items()
        for key in keys
        if property_of(key) != name
    ]
    assert found == []
    assert property_of("shoe size") == ""


def test_the_first_usable_value_of_the_table_counts() -> None:
    article = made(
        {
            "content": "Whole.", "body": "<p>Whole.</p>", "headline": "H", "title": "T",
            "publishedAt": "soon", "pub_date": "2021-03-04", "created_at": "2020-01-01",
            "author": None, "byline": "By Bo Ek", "publisher": {"name": "P"}, "domain": "p.example",
            "url": "u", "canonical_url": "c", "shoe": 43,
        }
    )  # fmt: skip
    assert (article.text, article.title, article.date) == ("Whole.", "T", "2021-03-04")
    assert (article.authors, article.source, article.url) == (("Bo Ek",), "P", "c")
    assert article.metadata == {
        "body": "<p>Whole.</p>", "headline": "H", "publishedAt": "soon", "created_at": "2020-01-01",
        "domain": "p.example", "url": "u", "shoe": 43,
    }  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [None, {}, [], [1], [[]], {"x": {"y": [None]}}, True, 5, -1.5, "", "null", float("inf")],
)
def test_no_value_of_any_type_costs_the_article(value: object) -> None:
    for key in {key for keys in (*KEYS.values(), *LISTS.values()) for key in keys} - {"text"}:
        assert made({"text": "The pier closed.", key: value}).text == "The pier closed."


def test_values_of_other_types_are_read() -> None:
    article = made(
        {
            "text": ["One.", {"type": "p", "content": "Two."}, None, 3],
            "title": {"rendered": "Tom &amp; <em>Ann</em>"},
            "authors": [{"name": "Ann Lee"}],
            "source": {"id": None, "name": "Port Post"},
            "url": ["https://example.org/7"],
            "place": {"name": "Lindholm"},
            "date": {"$date": 1614848400000},
            "_id": {"$oid": "5f"},
            "tags": "ferries, harbour",
            "category": [{"name": "News"}, 7],
            "section_name": "World",
            "lang": "sv",
        }
    )
    assert article.text == "One.\n\nTwo.\n\n3"
    assert (article.id, article.title, article.authors) == ("5f", "Tom & Ann", ("Ann Lee",))
    assert (article.source, article.place, article.date) == ("Port Post", "Lindholm", "2021-03-04")
    assert article.url == "https://example.org/7"
    assert article.metadata == {
        "date": {"$date": 1614848400000},
        "tags": ["ferries", "harbour"],
        "categories": ["News", 7],
        "section": ["World"],
    }
    assert article.language == "sv"


def test_what_a_value_says_beside_the_property_is_metadata() -> None:
    article = made({"text": "a", "date": "2021-03-04T23:30:00-05:00", "author": "Ann Lee, Reuters"})
    assert (article.date, article.authors, article.source) == (
        "2021-03-04",
        ("Ann Lee",),
        "Reuters",
    )
    assert article.metadata == {"date": "2021-03-04T23:30:00-05:00", "author": "Ann Lee, Reuters"}
    assert made({"text": "a", "author": "Reuters", "source": "P"}).source == "P"


def test_without_a_text_a_title_and_its_summary_are_the_text() -> None:
    article = made({"title": "Pier", "description": "It closed.", "abstract": "", "n": 1})
    assert (article.title, article.text) == ("Pier", "It closed.")
    article = made({"title": "Pier", "n": 1})
    assert (article.title, article.text) == ("", "Pier")
    for values in ({}, {"description": "x"}, {"text": " "}, {"text": {}, "author": "A"}, {"n": 1}):
        with pytest.raises(ArticleError) as caught:
            made(values)
        assert str(caught.value) == NO_TEXT
    # A format may have the text elsewhere.
    assert made({"title": "Pier"}, text="It closed.").title == "Pier"


def test_objects_within_hold_properties() -> None:
    for key in ("_source", "fields", "properties", "attributes", "article", "metadata"):
        article = made({"id": 7, "title": "Outer", key: {"title": "T", "text": "a", "n": 1}})
        assert (article.id, article.title, article.text) == ("7", "Outer", "a")
        assert article.metadata == {"title (2)": "T", "n": 1}
    assert made({"text": "a", "metadata": {"pages": 3}}).metadata == {"metadata": {"pages": 3}}


@pytest.mark.parametrize(
    ("values", "title", "authors", "date", "source", "url"),
    [
        pytest.param(  # news-please
            {"authors": ["Ann Lee"], "date_publish": "2021-03-04 09:00:00", "maintext": "The text.",
             "date_download": "2022-01-01 00:00:00", "source_domain": "post.example", "title": "T",
             "url": "u", "text": None, "description": "D", "language": "en", "title_rss": None},
            "T", ("Ann Lee",), "2021-03-04", "post.example", "u", id="news-please",
        ),
        pytest.param(
            {"title": "T", "body": {"summary": ["The text."], "sections": []}, "topics": ["a"],
             "authors": ["Ann Lee"], "publishing_date": "2021-03-04 09:00:00+00:00"},
            "T", ("Ann Lee",), "2021-03-04", "", "", id="Fundus",
        ),
        pytest.param(
            {"source": {"id": None, "name": "Port Post"}, "author": "Ann Lee", "title": "T",
             "description": "D", "url": "u", "publishedAt": "2021-03-04T09:00:00Z",
             "content": "The text."},
            "T", ("Ann Lee",), "2021-03-04", "Port Post", "u", id="NewsAPI",
        ),
        pytest.param(
            {"id": "f0", "indexed_date": "2022-01-01", "language": "en",
             "media_url": "post.example", "media_name": "post.example",
             "publish_date": "2021-03-04", "title": "The text.", "url": "u"},
            "", (), "2021-03-04", "post.example", "u", id="Media Cloud",
        ),
        pytest.param(
            {"id": 7, "access": "public", "canonical_url": "u", "created_at": "2021-03-04 09:00Z",
             "description": "The text.", "publish_at": None, "source": "Harbour board",
             "status": "success", "title": "T"},
            "T", (), "2021-03-04", "Harbour board", "u", id="DocumentCloud",
        ),
        pytest.param(
            {"id": "a1", "schema": "HyperText", "properties": {"title": ["T"],
             "author": ["Ann Lee"], "publishedAt": ["2021-03-04"], "bodyText": ["The text."],
             "sourceUrl": ["u"]}},
            "T", ("Ann Lee",), "2021-03-04", "", "u", id="Aleph",
        ),
        pytest.param(
            {"_id": "d1", "_source": {"content": "The text.", "contentType": "text/html",
             "status": "INDEXED", "metadata": {"tika_metadata_dc_title": "T",
             "tika_metadata_dcterms_created": "2021-03-04T09:00:00Z",
             "tika_metadata_dc_creator": "Ann Lee"}}},
            "T", ("Ann Lee",), "2021-03-04", "", "", id="Datashare",
        ),
        pytest.param(
            {"id": "w/1", "webTitle": "T", "webPublicationDate": "2021-03-04T09:00:00Z",
             "webUrl": "u", "sectionName": "World",
             "fields": {"byline": "Ann Lee", "bodyText": "The text.", "body": "<p>The text.</p>"}},
            "T", ("Ann Lee",), "2021-03-04", "", "u", id="The Guardian",
        ),
        pytest.param(
            {"abstract": "A", "web_url": "u", "lead_paragraph": "The text.", "source": "The Post",
             "headline": {"main": "T", "kicker": None}, "pub_date": "2021-03-04T09:00:00+0000",
             "byline": {"original": "By Ann Lee", "person": []}},
            "T", ("Ann Lee",), "2021-03-04", "The Post", "u", id="The New York Times",
        ),
        pytest.param(
            {"url": "u", "title": "The text.", "seendate": "20210304T091500Z",
             "domain": "post.example", "language": "English"},
            "", (), "2021-03-04", "post.example", "u", id="GDELT",
        ),
        pytest.param(
            {"id": 1, "date": "2021-03-04T09:00:00", "status": "publish", "link": "u", "author": 5,
             "title": {"rendered": "T"}, "content": {"rendered": "The text.", "protected": False},
             "_embedded": {"author": [{"name": "Ann Lee"}]}},
            "T", ("Ann Lee",), "2021-03-04", "", "u", id="WordPress",
        ),
        pytest.param(
            {"@type": "NewsArticle", "headline": "T", "articleBody": "The text.", "url": "u",
             "author": [{"@type": "Person", "name": "Ann Lee"}], "datePublished": "2021-03-04",
             "publisher": {"@type": "Organization", "name": "Port Post"}},
            "T", ("Ann Lee",), "2021-03-04", "Port Post", "u", id="schema.org",
        ),
        pytest.param(
            {"uri": "u", "pubstatus": "usable", "versioncreated": "2021-03-04T09:00:00Z",
             "headline": "T", "byline": "Ann Lee", "body_text": "The text."},
            "T", ("Ann Lee",), "2021-03-04", "", "u", id="ninjs",
        ),
        pytest.param(
            {"title": "T", "text": "The text.", "domain": "post.example", "url": "u",
             "date": "2021-03-04 00:00:00", "description": "D", "image_url": "i"},
            "T", (), "2021-03-04", "post.example", "u", id="cc_news",
        ),
        pytest.param(
            {"thread": {"site": "post.example"}, "uuid": "5", "url": "u", "author": "Ann Lee",
             "published": "2021-03-04T09:00:00.000+02:00", "title": "T", "text": "The text."},
            "T", ("Ann Lee",), "2021-03-04", "", "u", id="webz.io",
        ),
    ],
)  # fmt: skip
def test_exports(
    values: dict[str, Any], title: str, authors: tuple[str, ...], date: str, source: str, url: str
) -> None:
    article = made(values)
    assert article.text == "The text."
    assert (article.title, article.authors, article.date) == (title, authors, date)
    assert (article.source, article.url) == (source, url)


def test_a_date_in_doubt_is_told() -> None:
    article = made({"text": "a", "date": "04/03/2021", "pubDate": "March 5, 2021"})
    assert (article.date, article.metadata) == ("2021-03-05", {"date": "04/03/2021"})
    asked: list[int] = []

    def order() -> str:
        asked.append(1)
        return "dmy"

    assert made({"text": "a", "date": "2021-03-04"}, date_order=order).date == "2021-03-04"
    assert asked == []
    assert made({"text": "a", "date": "04/03/2021"}, date_order=order).date == "2021-03-04"
    assert asked == [1]
    assert has_doubtful_date({"pubDate": "04/03/2021"})
    assert not has_doubtful_date({"pubDate": "2021", "updated": "04/03/2021"})


def test_values_that_only_yaml_has() -> None:
    article = made(
        {
            "text": "a",
            "date": datetime.datetime(2021, 3, 4, 9, 0),
            "updated": datetime.date(2021, 3, 5),
            "n": {1: {datetime.date(2020, 1, 1)}},
            "nan": float("nan"),
        }
    )
    assert article.date == "2021-03-04"
    assert article.metadata == {
        "date": "2021-03-04T09:00:00",
        "updated": "2021-03-05",
        "n": {"1": ["2020-01-01"]},
        "nan": None,
    }
