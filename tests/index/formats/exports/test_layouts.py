"""Variants of the layouts of exports, and the dates and names in them."""

import pytest

from nutgraf_index.formats.exports.values import authors_of, date_in, place_of, source_name
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.passages.split import split


def article_of(text: str, path: str = "a.txt") -> Article:
    (article,) = [e for e in read_articles(path, text.encode()) if isinstance(e, Article)]
    return article


def passages_of(text: str) -> list[str]:
    return [f"{p.role.value}: {' '.join(p.text.split())}" for p in split(article_of(text))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("May 25, 2015 Monday 9:03 AM GMT", "2015-05-25"),
        ("December 19, 1991, Sunday, An Edition", "1991-12-19"),
        ("27. Februar 2012 Montag 9:50 PM GMT+1", "2012-02-27"),
        ("lundi 1er mars 2021", "2021-03-01"),
        ("7 août 2015", "2015-08-07"),
        ("12 de enero de 2020", "2020-01-12"),
        ("30 mei 2014 vrijdag", "2014-05-30"),
        ("2018 年 10 月 7 日 17:04", "2018-10-07"),
        ("26-FEB-1987 15:01:01.79", "1987-02-26"),
        ("APW_ENG_19941101.0001", "1994-11-01"),
        ("Sept. 9, 2001", "2001-09-09"),
        ("February 30, 2015", ""),
        ("04/03/2021", ""),
        ("May 2015", ""),
        ("", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert date_in(text) == date


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Maja Orlo and BO EK, Post Staff Writers", ("Maja Orlo", "BO EK")),
        ("Orlo, Maja; Ek, Bo", ("Maja Orlo", "Bo Ek")),
        ("Maja Orlo, Bo Ek", ("Maja Orlo", "Bo Ek")),
        ("Von Maja Orlo und Bo Ek", ("Maja Orlo", "Bo Ek")),
        ("Par Maja Orlo", ("Maja Orlo",)),
        ("Maja Orlo (now), Bo Ek (earlier)", ("Maja Orlo", "Bo Ek")),
        ("By Maja Orlo, --(Reuter)", ("Maja Orlo",)),
        ("Maja Orlo, post.example.com", ("Maja Orlo",)),
        ("Bo Ek, Jr., in Lindholm", ("Bo Ek, Jr.",)),
        ("Our Correspondent", ()),
        ("Special to The Post", ()),
        ("", ()),
    ],
)
def test_authors(byline: str, authors: tuple[str, ...]) -> None:
    assert authors_of(byline, inverted=True) == authors


def test_places_and_papers() -> None:
    assert place_of("INDIAN WELLS, California, March 13 2013") == "INDIAN WELLS, California"
    assert place_of("LINDHOLM, Sweden (PP) _") == "LINDHOLM, Sweden"
    assert source_name("Guardian.com.") == "Guardian.com"
    assert source_name("Post, The [Lindholm]") == "The Post"


def test_a_correction_and_a_second_edition_of_lexisnexis() -> None:
    text = (
        "                  7 of 9 DOCUMENTS\n\n\n              Copyright 1999 The Post Company\n"
        "                  The Post\n\n        January 28, 1999, Late Edition - Final\n\n"
        "First part;\nSecond part\n\nBYLINE: MAJA ORLO\n\nLENGTH: 12 words\n\n"
        "The board voted.\n\nNOTES: of the day was this.\n\n"
        "CORRECTION-DATE: January 30, 1999\n\nCORRECTION:\nIt was the mayor who voted.\n\n"
        "GRAPHIC: Table (source: board)\n\nLANGUAGE: ENGLISH\n"
    )
    article = article_of(text)
    assert (article.title, article.source) == ("First part; Second part", "The Post")
    assert article.metadata["correction-date"] == "January 30, 1999"
    assert passages_of(text) == [
        "note: 7 of 9 DOCUMENTS",
        "credit: Copyright 1999 The Post Company",
        "note: The Post",
        "note: January 28, 1999, Late Edition - Final",
        "headline: First part; Second part",
        "byline: BYLINE: MAJA ORLO",
        "note: LENGTH: 12 words",
        "lead: The board voted.",
        "note: NOTES: of the day was this.",
        "note: CORRECTION-DATE: January 30, 1999",
        "correction: CORRECTION: It was the mayor who voted.",
        "note: GRAPHIC: Table (source: board)",
        "note: LANGUAGE: ENGLISH",
    ]
