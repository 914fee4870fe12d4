"""Batches: articles prepared together for a segment, by one worker.

The articles are split into passages, their stored fields compressed and their texts tokenized. A
batch depends on its articles and the dictionary alone, so any process can prepare it.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.batch_tokenizer import Tokenizer, Words, with_gaps, without_gaps
from nutgraf_index.analysis.languages.registry import code_of
from nutgraf_index.arrays import Array, typed
from nutgraf_index.cache import without_collections
from nutgraf_index.fields import FIELDS, NUMBERS, TEXT_COLUMNS, Field, Kind, Level
from nutgraf_index.model import Article, Passage
from nutgraf_index.names import printable
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.split import complete, split, with_language
from nutgraf_index.segment.fingerprints import fingerprints, title_print
from nutgraf_index.segment.stored_fields import (
    LONGEST_SHORT,
    PASSAGE_NUMBERS,
    Short,
    StoredArticle,
    dump_anchors,
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

__all__ = ["COMPRESSIONS", "Batch", "prepare", "tokenizer_of"]

# Reading a hit decompresses one block of passages, and one of metadata if the article has any.
COMPRESSIONS = {
    # 3 % smaller than at level 1; level 3 would take a fifth longer.
    "passages": Compression(1 << 11, level=2),
    "metadata": Compression(1 << 12),
    "anchors": Compression(1 << 12),
    "files": Compression(1 << 12),
}
_NO = Short.NO


class Batch(NamedTuple):
    """Articles of one language prepared together, as the arrays that a segment is built from.

    `language` is the code of the language in which they are analysed. `passages` has the number of
    passages of each section and of each article. `numbers`, `texts` and `stored_fields` are keyed
    by the names of `NUMBERS`, `TEXT_COLUMNS` and `RECORDS`; a document has one text, or in a multi-
    valued column a tuple of texts. `values` and `tokens` are keyed by field: `values` has one value
    per document; `tokens` has the tokens of all documents, as indexes of `words` (0 for a gap), and
    the number of tokens of each document.
    """

    language: str
    passages: dict[Level, list[int]]
    numbers: dict[str, Array]
    texts: dict[str, list[Any]]
    stored_fields: dict[str, CompressedRecords]
    values: dict[str, list[str]]
    tokens: dict[str, tuple[Array, Array]]
    words: Words


# An article with its root, its digest, and its passages unless it is still to be split.
_Given = tuple[Article, str, str, Sequence[Passage]]


def prepare(articles: list[_Given], language: str, dictionary: bytes | None = None) -> list[Batch]:
    """Prepare articles, each given with its root, its digest and its passages; a batch a language.

    An article without passages is split into passages, which also complete its properties. An
    article that states no language gets `language`, or the language detected if that is empty.
    Passages are compressed with `dictionary`; if it is None, the batch of the most articles is
    first and trains a dictionary, with which all are compressed.
    """
    by_language: dict[str, list[_Given]] = {}
    batches: list[Batch] = []
    with without_collections():
        for article, root, digest, passages in articles:
            article = with_language(article, language)
            group = by_language.setdefault(code_of(article.language), [])
            group.append((article, root, digest, passages))
        for code, group in sorted(by_language.items(), key=lambda item: (-len(item[1]), item[0])):
            batches.append(_prepare(group, tokenizer_of(code), dictionary))
            dictionary = batches[0].stored_fields["passages"].dictionary
    return batches


@cache
def tokenizer_of(language: str) -> Tokenizer:
    """Return this process's tokenizer of a language, which remembers the words of past batches."""
    return Tokenizer(analyzer_of(language))


def _prepare(articles: list[_Given], tokenizer: Tokenizer, dictionary: bytes | None) -> Batch:
    """Prepare a batch of articles that are in the language of the tokenizer."""
    language = tokenizer.analyzer.language.code
    counts: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
    docs: dict[Level, list[Any]] = {Level.PASSAGE: [], Level.SECTION: [], Level.ARTICLE: []}
    split_articles: list[tuple[Article, Sequence[Passage]]] = []
    stored_passages: list[bytes] = []
    passage_numbers: tuple[list[int], ...] = ([], [], [], [])
    tails: list[str] = []
    for article, root, digest, passages in articles:
        if not passages:
            passages = split(article)
            article = complete(article, passages)
        first = 0
        for _, run in groupby([passage.heading for passage in passages]):
            docs[Level.SECTION].append(passages[first])
            counts[Level.SECTION].append(len(list(run)))
            first += counts[Level.SECTION][-1]
        docs[Level.PASSAGE] += passages
        docs[Level.ARTICLE].append(StoredArticle(article, root, digest, len(passages)))
        counts[Level.ARTICLE].append(len(passages))
        split_articles.append((article, passages))
        tails.append(dump_passages(article, passages, stored_passages, passage_numbers))
    if dictionary is None:
        dictionary = train(stored_passages, COMPRESSIONS["passages"])
    records = {
        "metadata": [dump_metadata(stored.article) for stored in docs[Level.ARTICLE]],
        "anchors": [dump_anchors(stored.article) for stored in docs[Level.ARTICLE]],
    }
    stored_fields = {
        name: Compressor(COMPRESSIONS[name]).compress(data) for name, data in records.items()
    }
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
    without_house = newsroom_of(language).titles.without_house
    words_of = tokenizer.analyzer.words
    title_prints = [title_print(words_of(without_house(title))) for title in texts["title"]]
    tokenized = tokenizer.tokenize(texts)
    values |= {name: tokenized.compounds[text] for name, text in _COMPOUNDS.items()}
    tokens, lengths = tokenized.tokens["text"]
    numbers_of_words = lengths.tolist()
    lines = [
        _NO if words > LONGEST_SHORT else shortness(text, words)
        for text, words in zip(passage_texts, numbers_of_words, strict=True)
    ]
    extra: dict[str, Any] = {
        "article.opening": _openings(split_articles, numbers_of_words, lines),
        "article.title_print": title_prints,
        "article.day": days,
        "passage.short": lines,
        "passage.fingerprint": fingerprints(tokens.data, lengths.data, tokenized.hashes.data),
        **dict(zip(PASSAGE_NUMBERS, passage_numbers, strict=True)),
    }
    arrays = {
        name: typed(extra[name] if name in extra else [*map(attrgetter(name), docs[level])], kind)
        for name, (level, kind) in NUMBERS.items()
    }
    columns["tail"] = tails
    stored_fields["passages"] = compressed.result()
    return Batch(
        language,
        counts,
        arrays,
        columns,
        stored_fields,
        values,
        tokenized.tokens,
        tokenized.words,
    )


def _openings(
    articles: Iterable[tuple[Article, Sequence[Passage]]],
    lengths: list[int],
    lines: list[Short],
) -> list[int]:
    """Return the number of the opening of each article; see `opening`."""
    openings, first = [], 0
    for article, passages in articles:
        own = slice(first, first := first + len(passages))
        openings.append(opening(article, passages, lengths[own], lines[own]))
    return openings


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
