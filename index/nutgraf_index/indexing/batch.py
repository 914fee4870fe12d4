"""Some megabytes of articles made ready for a segment: split, compressed, their words numbered.

What is made depends on the articles alone, so that any process may make it.
"""

import zlib
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np

from nutgraf_index.analysis.batch_tokenizer import GAP, Tokenizer
from nutgraf_index.arrays import Array
from nutgraf_index.fields import FIELDS, NUMBERS, RECORDS, Kind, Level
from nutgraf_index.model import Article, Passage, Role
from nutgraf_index.names import printable
from nutgraf_index.passages.split import complete, split
from nutgraf_index.segment.fingerprints import fingerprints
from nutgraf_index.segment.stored_blocks import CompressedRecords, Compression, compress
from nutgraf_index.segment.stored_fields import StoredArticle, dump_article, dump_passage, opening

__all__ = ["COMPRESSIONS", "Batch", "prepare"]

# A hit decompresses a block of passages, and one of articles.
COMPRESSIONS = dict.fromkeys(RECORDS, Compression(1 << 10, strategy=zlib.Z_FIXED))
COMPRESSIONS["passages"] = Compression(1 << 11, learning=True)
_ROLES = {role: role.value for role in Role}  # sooner looked up than asked of an enum


class Batch(NamedTuple):
    """What a segment takes in at once.

    `passages` is how many passages each section has, and each article. `numbers` and `records`, the
    latter compressed, are by the name they are stored under. `values` and `tokens` are by field: a
    value for each unit, or the numbers of its words and for each unit how many. The numbers are
    those of `words`, each as folded and stemmed; the first stands for a gap.
    """

    passages: dict[Level, list[int]]
    numbers: dict[str, Array]
    records: dict[str, CompressedRecords]
    values: dict[str, list[str]]
    tokens: dict[str, tuple[Array, Array]]
    words: list[tuple[str, str]]


def prepare(
    articles: list[tuple[Article, str, str, Sequence[Passage]]], tokenizer: Tokenizer
) -> Batch:
    """Make a batch of articles, with their root and digest.

    What is given with its passages is complete; the others are split.
    """
    language = tokenizer.analyzer.language.code
    counts: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
    units: dict[Level, list[Any]] = {Level.PASSAGE: [], Level.SECTION: [], Level.ARTICLE: []}
    openings: list[int] = []
    for known, root, digest, passages in articles:
        if not passages:
            passages = split(known, language)
            known = complete(known, passages, language)
        heading = None
        for passage in passages:
            if passage.heading != heading:
                heading = passage.heading
                units[Level.SECTION].append(passage)  # its first
                counts[Level.SECTION].append(0)
            counts[Level.SECTION][-1] += 1
        units[Level.PASSAGE] += passages
        units[Level.ARTICLE].append(StoredArticle(known, root, digest, len(passages)))
        counts[Level.ARTICLE].append(len(passages))
        openings.append(opening(known, passages))
    records = {
        name: compress(list(map(_DUMPS[name], units[level])), COMPRESSIONS[name])
        for name, level in RECORDS.items()
        if level in units
    }
    values = {
        name: list(map(_INDEXED[field.kind], map(attrgetter(field.attribute), units[field.level])))
        for name, field in FIELDS.items()
        if field.level in units and field.kind in _INDEXED
    }
    days = list(map(_day, values["date"]))
    texts = {name: values.pop(name) for name in [*values] if FIELDS[name].analysed}
    tokenized = tokenizer.tokenize(texts)
    values |= {name: tokenized.compounds[text] for name, text in _COMPOUNDS.items()}
    prints = fingerprints(*tokenized.tokens["text"], tokenized.hashes)
    numbers = {"article.opening": openings, "article.day": days, "passage.fingerprint": prints}
    arrays = {name: np.array(numbers[name], kind) for name, (_, kind) in NUMBERS.items()}
    return Batch(counts, arrays, records, values, tokenized.tokens, tokenized.words)


def _day(date: str) -> int:
    """Return a date's first day as a number that sorts as the days do; 0 for none."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", "")) if date else 0


# From the value of a property to what is indexed of it, and from units to their records.
_INDEXED: dict[Kind, Callable[[Any], str]] = {
    Kind.TERMS: str,
    Kind.MULTI_VALUED: f" {GAP} ".join,
    Kind.VALUE: lambda value: _ROLES.get(value, value),
    Kind.NAME: printable,
}
# The compounds of a property are indexed beside its terms.
_COMPOUNDS = {
    name: next(one for one, other in FIELDS.items() if other.attribute == field.attribute)
    for name, field in FIELDS.items()
    if field.kind is Kind.COMPOUNDS
}
_DUMPS: dict[str, Callable[[Any], bytes]] = {
    "passages": dump_passage,
    "headings": lambda passage: passage.heading.encode("utf-8", "surrogatepass"),
    "articles": dump_article,
}
