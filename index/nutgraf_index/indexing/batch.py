"""Batches: articles prepared together for a segment, by one worker.

The articles are split into passages, their stored fields compressed and their texts tokenized. A
batch depends on its articles and the dictionary alone, so any process can prepare it.
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
    shortness,
)
from nutgraf_index.segment.writing.stored_blocks import (
    CompressedRecords,
    Compression,
    Compressor,
    train,
)

__all__ = ["COMPRESSIONS", "Batch", "prepare"]

# Reading a hit decompresses one block of passages, and one of metadata if the article has any.
COMPRESSIONS = {
    # 3 % smaller than at level 1; level 3 would take a fifth longer.
    "passages": Compression(1 << 11, level=2),
    "metadata": Compression(1 << 12),
    "files": Compression(1 << 12),
}
_HEADING = attrgetter("heading")


class Batch(NamedTuple):
    """Articles prepared together, as the arrays that a segment is built from.

    `passages` has the number of passages of each section and of each article. `numbers`, `texts`
    and `stored_fields` are keyed by the names of `NUMBERS`, `TEXT_COLUMNS` and `RECORDS`; a
    document has one text, or in a multi-valued column a tuple of texts. `values` and `tokens` are
    keyed by field: `values` has one value per document; `tokens` has the tokens of all documents,
    as indexes of `words` (0 for a gap), and the number of tokens of each document.
    """

    passages: dict[Level, list[int]]
    numbers: dict[str, Array]
    texts: dict[str, list[Any]]
    stored_fields: dict[str, CompressedRecords]
    values: dict[str, list[str]]
    tokens: dict[str, tuple[Array, Array]]
    words: Words


def prepare(
    articles: list[tuple[Article, str, str, Sequence[Passage]]],
    tokenizer: Tokenizer,
    dictionary: bytes | None = None,
) -> Batch:
    """Prepare a batch of articles, each given with its root, its digest and its passages.

    An article without passages is split into passages, which also complete its properties. Passages
    are compressed with `dictionary`; if it is None, a dictionary is trained with them.
    """
    language = tokenizer.analyzer.language.code
    counts: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
    docs: dict[Level, list[Any]] = {Level.PASSAGE: [], Level.SECTION: [], Level.ARTICLE: []}
    openings: list[int] = []
    stored_passages: list[bytes] = []
    passage_numbers: tuple[list[int], ...] = ([], [], [], [])
    tails: list[str] = []
    for article, root, digest, passages in articles:
        if not passages:
            passages = split(article, language)
            article = complete(article, passages, language)
        for _, run in groupby(passages, _HEADING):
            section = list(run)
            docs[Level.SECTION].append(section[0])
            counts[Level.SECTION].append(len(section))
        docs[Level.PASSAGE] += passages
        docs[Level.ARTICLE].append(StoredArticle(article, root, digest, len(passages)))
        counts[Level.ARTICLE].append(len(passages))
        openings.append(opening(article, passages))
        tails.append(dump_passages(article, passages, stored_passages, passage_numbers))
    if dictionary is None:
        dictionary = train(stored_passages, COMPRESSIONS["passages"])
    metadata = [dump_metadata(stored.article) for stored in docs[Level.ARTICLE]]
    stored_fields = {"metadata": Compressor(COMPRESSIONS["metadata"]).compress(metadata)}
    pool = ThreadPoolExecutor(1)  # compresses while this thread tokenizes
    compressor = Compressor(COMPRESSIONS["passages"], dictionary)
    compressed = pool.submit(compressor.compress, stored_passages)
    pool.shutdown(wait=False)
    columns = {
        name: list(map(attrgetter(name), docs[level]))
        for name, level in TEXT_COLUMNS.items()
        if name != "tail"
    }
    values = {
        name: _values(field, docs[field.level])
        for name, field in FIELDS.items()
        if field.level in docs and field.kind in _INDEXED
    }
    days = list(map(_day, values["date"]))
    texts = {name: values.pop(name) for name in [*values] if FIELDS[name].analysed}
    passage_texts = texts["text"]
    tokenized = tokenizer.tokenize(texts)
    values |= {name: tokenized.compounds[text] for name, text in _COMPOUNDS.items()}
    tokens, lengths = tokenized.tokens["text"]
    extra: dict[str, Any] = {
        "article.opening": openings,
        "article.day": days,
        "passage.short": list(map(shortness, passage_texts, lengths.tolist())),
        "passage.fingerprint": fingerprints(tokens.data, lengths.data, tokenized.hashes.data),
        **dict(zip(PASSAGE_NUMBERS, passage_numbers, strict=True)),
    }
    arrays = {
        name: typed(extra[name] if name in extra else [*map(attrgetter(name), docs[level])], kind)
        for name, (level, kind) in NUMBERS.items()
    }
    columns["tail"] = tails
    stored_fields["passages"] = compressed.result()
    return Batch(counts, arrays, columns, stored_fields, values, tokenized.tokens, tokenized.words)


def _values(field: Field, docs: list[Any]) -> list[str]:
    """Return the text or value to index in a field for each document of the field's level."""
    values, to_indexed = map(attrgetter(field.attribute), docs), _INDEXED[field.kind]
    return list(values if to_indexed is None else map(to_indexed, values))


def _day(date: str) -> int:
    """Return the first day of a date as the number YYYYMMDD; 0 for no date."""
    return int((date + "-01-01"[len(date) - 4 :]).replace("-", "")) if date else 0


# For each indexed kind, the function from a property's value to the text that is indexed.
_INDEXED: dict[Kind, Callable[[Any], str] | None] = {
    Kind.TERMS: without_gaps,
    Kind.MULTI_VALUED: with_gaps,
    Kind.VALUE: None,
    Kind.NAME: printable,
}
# For each field of compounds, the field of terms with the same attribute.
_COMPOUNDS = {
    name: next(terms for terms, source in FIELDS.items() if source.attribute == field.attribute)
    for name, field in FIELDS.items()
    if field.kind is Kind.COMPOUNDS
}
