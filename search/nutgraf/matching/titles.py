"""Titles that are a query, word by word, and the passages that represent them."""

import re
from collections.abc import Sequence

from nutgraf.matching.doc_id_sets import NO_DOC_IDS
from nutgraf.matching.postings import SegmentPostings
from nutgraf_index import core
from nutgraf_index.analysis.reading import read
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.fields import Level
from nutgraf_index.model import Role
from nutgraf_index.segment.fingerprints import title_print
from nutgraf_index.segment.stored_fields import ROLES
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["titled", "titles_like", "without_house"]

_HEADLINE = ROLES.index(Role.HEADLINE)
# What may stand before the name of a house at the end of a title; see `Titles.without_house`.
_SEPARATOR = r"\s(?:[|»·•]|::|--?|[–—])\s"
_IN_SEPARATOR = frozenset("|»·•:-–—")


def titled(segment: SegmentPostings, text: str) -> Numbers:
    """Return the passages that represent titles which are a text, word by word; ascending.

    The name of a house at the end of either is left out. A title that is a line of its article is
    represented by this line.
    """
    reader, analyzer = segment.reader, segment.analyzer
    own = without_house(text, reader.language)
    articles = _with_titles_of(segment, own)
    if not len(articles):
        return articles
    terms, words, out = analyzer.terms(own), analyzer.words(own), zeros("I", len(articles))
    title = title_print(words)
    out = out[: core.scoring.with_value(articles, reader.title_prints, title, out)]
    firsts, openings = reader.first_passages(Level.ARTICLE), segment.openings
    return uints(
        firsts[article] + openings[article] - 1
        if openings[article]
        else _headline(segment, range(firsts[article], firsts[article + 1]), terms, len(words))
        for article in out
        if firsts[article] < firsts[article + 1]
    )


def titles_like(segment: SegmentPostings, text: str) -> list[str]:
    """Return the titles that are a text, word by word; see `titled`."""
    reader, passages = segment.reader, segment.visible_among(titled(segment, text))
    articles = [reader.doc_at(Level.ARTICLE, doc_id) for doc_id in passages]
    return [*map(reader.text_column("article.title").text, articles)]


def without_house(text: str, language: str) -> str:
    """Return a title without the name of a house at its end; see `Titles.without_house`."""
    if _IN_SEPARATOR.isdisjoint(text) or not re.search(_SEPARATOR, text):
        return text
    from nutgraf_index.passages.newsroom import newsroom_of  # few queries need it

    return newsroom_of(language).titles.without_house(text)


def _with_titles_of(segment: SegmentPostings, text: str) -> Numbers:
    """Return the articles with the rarest word of a text in their titles.

    Return none if no title has one of the words, which is the case for nearly all queries. So the
    text is analysed word by word: no word goes beyond white space.
    """
    titles, rarest, least = segment.reader.field("title"), -1, 0
    for chunk in read(text).split():
        for term in segment.analyzer.terms(chunk.strip('"')):  # of a phrase as it is typed
            number = titles.terms.find(encoded(term))
            if number < 0:
                return NO_DOC_IDS
            doc_freq = titles.doc_freq(number)
            if rarest < 0 or doc_freq < least:
                rarest, least = number, doc_freq
    return titles.doc_ids(rarest) if rarest >= 0 else NO_DOC_IDS


def _headline(segment: SegmentPostings, passages: range, terms: Sequence[str], words: int) -> int:
    """Return the first headline of an article that has the terms of its title.

    If none has them all, return the first passage.

    Args:
        words: the number of words of the title
    """
    reader = segment.reader
    roles, lengths = reader.roles, segment.lengths
    headlines = [
        doc_id for doc_id in passages if roles[doc_id] == _HEADLINE and lengths[doc_id] >= words
    ]
    if len(headlines) > 1:
        for doc_id in headlines:
            found = {token.term for token in segment.analyzer.tokens(reader.text(doc_id))}
            if found.issuperset(terms):
                return doc_id
    return (headlines or passages)[0]
