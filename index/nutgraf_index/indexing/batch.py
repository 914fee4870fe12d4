"""Some megabytes of articles made ready for a segment: split, packed, their words numbered.

What is made depends on the articles alone, so that any process may make it.
"""

import zlib
from typing import NamedTuple

import numpy as np

from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.batch_tokenizer import GAP, Tokenizer
from nutgraf_index.analysis.compounds import compound_terms
from nutgraf_index.fields import FIELDS
from nutgraf_index.model import Article, Role
from nutgraf_index.names import printable
from nutgraf_index.passages.split import complete, split
from nutgraf_index.segment.file import Array
from nutgraf_index.segment.fingerprints import fingerprints
from nutgraf_index.segment.stored_blocks import CompressedRecords, Compression, compress
from nutgraf_index.segment.stored_fields import StoredArticle, dump_article, dump_passage, opening

__all__ = ["COMPRESSIONS", "Batch", "prepare"]

# A hit unpacks a block of passages, and one of articles.
COMPRESSIONS = {
    "passages": Compression(1 << 11, learning=True),
    "articles": Compression(1 << 10, strategy=zlib.Z_FIXED),
    "headings": Compression(1 << 10, strategy=zlib.Z_FIXED),
    "files": Compression(1 << 10, strategy=zlib.Z_FIXED),
}
_ROLES = {role: role.value for role in Role}  # sooner looked up than asked of an enum


class Batch(NamedTuple):
    """What a segment takes in at once.

    `passages` is how many passages each article has, `sections` how many each section has,
    `openings` and `days` one number for each article. `records` are packed by the name they are
    stored under, `values` and `tokens` are by field: a value for each unit, or the numbers of its
    words and for each unit how many. The numbers are those of `words`, each as folded and
    stemmed; the first stands for a gap. `fingerprints` has a number for each passage.
    """

    passages: list[int]
    sections: list[int]
    openings: list[int]
    days: list[int]
    records: dict[str, CompressedRecords]
    values: dict[str, list[str]]
    tokens: dict[str, tuple[Array, Array]]
    words: list[tuple[str, str]]
    fingerprints: Array


def prepare(articles: list[tuple[Article, str, str]], tokenizer: Tokenizer) -> Batch:
    """Make a batch of articles, with their root and digest."""
    analyzer = tokenizer.analyzer
    language = analyzer.language.code
    counts: list[int] = []
    sections: list[int] = []
    openings: list[int] = []
    stored: list[bytes] = []
    records: list[bytes] = []
    texts: list[str] = []
    roles: list[str] = []
    headings: list[str] = []
    told: list[Article] = []
    for article, root, digest in articles:
        passages = split(article, language)
        known = complete(article, passages, language)
        heading = None
        for passage in passages:
            if passage.heading != heading:
                heading = passage.heading
                sections.append(0)
                headings.append(heading)
            sections[-1] += 1
            texts.append(passage.text)
            roles.append(_ROLES[passage.role])
            stored.append(dump_passage(passage))
        records.append(dump_article(StoredArticle(known, root, digest, len(passages))))
        counts.append(len(passages))
        openings.append(opening(known, passages))
        told.append(known)
    spoken = [heading.encode("utf-8", "surrogatepass") for heading in headings]
    named = {"passages": stored, "articles": records, "headings": spoken}
    packed = {name: compress(of_name, COMPRESSIONS[name]) for name, of_name in named.items()}
    analysed = {
        "text": texts,
        "heading": headings,
        "title": [article.title for article in told],
        "by": [f" {GAP} ".join(article.authors) for article in told],
        "place": [article.place for article in told],
        "source": [article.source for article in told],
    }
    tokens, words, prints = _numbered(analysed, tokenizer)
    values = {
        "joined": [_compounds(text, analyzer) for text in texts],
        "joined_title": [_compounds(article.title, analyzer) for article in told],
        "role": roles,
        "article": [article.id for article in told],
        "date": [article.date for article in told],
        "path": [printable(article.path) for article in told],
        "root": [root for _, root, _ in articles],
    }
    days = [_day(article.date) for article in told]
    return Batch(counts, sections, openings, days, packed, values, tokens, words, prints)


def _numbered(
    texts: dict[str, list[str]], tokenizer: Tokenizer
) -> tuple[dict[str, tuple[Array, Array]], list[tuple[str, str]], Array]:
    """Return the tokens of each field, the words of their numbers, and the texts' fingerprints."""
    with tokenizer.alone():
        known = tokenizer.words
        found = {name: tokenizer.tokens(texts[name]) for name in FIELDS if name in texts}
        here = np.zeros(len(known), bool)
        here[0] = True
        for numbers, _ in found.values():
            here[numbers] = True
        words = [known[number] for number in np.flatnonzero(here).tolist()]
        numbers, lengths = found["text"]
        prints = fingerprints(tokenizer.hashes[numbers], lengths)
    number_of = np.cumsum(here, dtype=np.int32) - 1
    tokens = {name: (number_of[n], lengths) for name, (n, lengths) in found.items()}
    return tokens, words, prints


def _compounds(text: str, analyzer: Analyzer) -> str:
    """Return the terms of a text's words of two parts, with blanks between; of most texts none."""
    found = compound_terms(text, analyzer)
    return " ".join(sorted(found)) if found else ""


def _day(date: str) -> int:
    """Return a date's first day as a number that sorts as the days do; 0 for none."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", "")) if date else 0
