"""Some megabytes of articles made ready for a segment: split, compressed, their words numbered.

What is made depends on the articles alone, so that any process may make it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from nutgraf_index.analysis.batch_tokenizer import Tokenizer, Words, with_gaps, without_gaps
from nutgraf_index.arrays import Array, typed
from nutgraf_index.fields import FIELDS, NUMBERS, TEXT_COLUMNS, Field, Kind, Level
from nutgraf_index.model import Article, Passage
from nutgraf_index.names import printable
from nutgraf_index.passages.split import complete, split
from nutgraf_index.segment.fingerprints import fingerprints
from nutgraf_index.segment.stored_fields import (
    PASSAGE_NUMBERS,
    StoredArticle,
    dump_metadata,
    dump_passages,
    opening,
)
from nutgraf_index.segment.writing.stored_blocks import (
    CompressedRecords,
    Compression,
    Compressor,
    train,
)

__all__ = ["COMPRESSIONS", "Batch", "prepare"]

# A hit decompresses a block of passages, and one of metadata if there is any.
COMPRESSIONS = {
    "passages": Compression(1 << 11, level=2),  # 3 % less than at level 1; 3 takes a fifth longer
    "metadata": Compression(1 << 12),
    "files": Compression(1 << 12),
}
_HEADING = attrgetter("heading")


class Batch(NamedTuple):
    """What a segment takes in at once.

    `passages` is how many passages each section has, and each article. `numbers`, `texts` (for each
    unit one or, in a tuple, several) and `records`, which are compressed, are by the name they are
    stored under. `values` and `tokens` are by field: a value for each unit, or the numbers of its
    words and for each unit how many: indexes of `words`, of which the first stands for a gap.
    """

    passages: dict[Level, list[int]]
    numbers: dict[str, Array]
    texts: dict[str, list[Any]]
    records: dict[str, CompressedRecords]
    values: dict[str, list[str]]
    tokens: dict[str, tuple[Array, Array]]
    words: Words


def prepare(
    articles: list[tuple[Article, str, str, Sequence[Passage]]],
    tokenizer: Tokenizer,
    dictionary: bytes | None = None,
) -> Batch:
    """Make a batch of articles, with their root and digest.

    What is given with its passages is complete; the others are split. Passages are compressed with
    the dictionary, or one that is trained with them if it is None.
    """
    language = tokenizer.analyzer.language.code
    counts: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
    units: dict[Level, list[Any]] = {Level.PASSAGE: [], Level.SECTION: [], Level.ARTICLE: []}
    openings: list[int] = []
    stored: list[bytes] = []
    of_passages: tuple[list[int], ...] = ([], [], [], [])
    tails: list[str] = []
    for known, root, digest, passages in articles:
        if not passages:
            passages = split(known, language)
            known = complete(known, passages, language)
        for _, run in groupby(passages, _HEADING):
            section = list(run)
            units[Level.SECTION].append(section[0])
            counts[Level.SECTION].append(len(section))
        units[Level.PASSAGE] += passages
        units[Level.ARTICLE].append(StoredArticle(known, root, digest, len(passages)))
        counts[Level.ARTICLE].append(len(passages))
        openings.append(opening(known, passages))
        tails.append(dump_passages(known, passages, stored, of_passages))
    if dictionary is None:
        dictionary = train(stored, COMPRESSIONS["passages"])
    metadata = [dump_metadata(article) for article, *_ in articles]
    records = {"metadata": Compressor(COMPRESSIONS["metadata"]).compress(metadata)}
    pool = ThreadPoolExecutor(1)
    compressor = Compressor(COMPRESSIONS["passages"], dictionary)
    compressed = pool.submit(compressor.compress, stored)
    pool.shutdown(wait=False)
    columns = {
        name: list(map(attrgetter(name), units[level]))
        for name, level in TEXT_COLUMNS.items()
        if name != "tail"
    }
    values = {
        name: _values(field, units[field.level])
        for name, field in FIELDS.items()
        if field.level in units and field.kind in _INDEXED
    }
    days = list(map(_day, values["date"]))
    texts = {name: values.pop(name) for name in [*values] if FIELDS[name].analysed}
    tokenized = tokenizer.tokenize(texts)
    values |= {name: tokenized.compounds[text] for name, text in _COMPOUNDS.items()}
    tokens, lengths = tokenized.tokens["text"]
    made: dict[str, Any] = {
        "article.opening": openings,
        "article.day": days,
        "passage.fingerprint": fingerprints(tokens.data, lengths.data, tokenized.hashes.data),
        **dict(zip(PASSAGE_NUMBERS, of_passages, strict=True)),
    }
    arrays = {
        name: typed(made[name] if name in made else [*map(attrgetter(name), units[level])], kind)
        for name, (level, kind) in NUMBERS.items()
    }
    columns["tail"] = tails
    records["passages"] = compressed.result()
    return Batch(counts, arrays, columns, records, values, tokenized.tokens, tokenized.words)


def _values(field: Field, units: list[Any]) -> list[str]:
    """Return what is indexed of a field's units."""
    values, indexed = map(attrgetter(field.attribute), units), _INDEXED[field.kind]
    return list(values if indexed is None else map(indexed, values))


def _day(date: str) -> int:
    """Return a date's first day as a number that sorts as the days do; 0 for none."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", "")) if date else 0


# From the value of a property to what is indexed of it.
_INDEXED: dict[Kind, Callable[[Any], str] | None] = {
    Kind.TERMS: without_gaps,
    Kind.MULTI_VALUED: with_gaps,
    Kind.VALUE: None,
    Kind.NAME: printable,
}
# The compounds of a property are indexed beside its terms.
_COMPOUNDS = {
    name: next(one for one, other in FIELDS.items() if other.attribute == field.attribute)
    for name, field in FIELDS.items()
    if field.kind is Kind.COMPOUNDS
}
