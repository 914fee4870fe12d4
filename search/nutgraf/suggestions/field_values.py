"""The values of a field of articles, such as the names of authors, found by prefixes of words."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter

import numpy as np

from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.arrays import Array
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.segment.stored_fields import StoredArticle
from nutgraf_index.segment.writing.postings_arrays import read_postings
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["Values"]

_WORD = ">u4"  # big-endian word numbers: their bytes sort as the words do
_NONE = np.zeros(0, np.int64)
_POSITION_BITS = 32


class Values:
    """The distinct values of a field in the articles of all segments, as folded words.

    Values that differ only in case, accents or punctuation are one value. The constructor reads the
    field's postings, in time linear in the articles. `beginning` takes time linear in the words of
    all distinct values, and reads a few stored articles for each value returned.
    """

    def __init__(self, readers: Sequence[SegmentReader], field: str, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._readers = readers
        self._field = field
        self._words = sorted({word for reader in readers for word in _words(reader, field)})
        numbers = {word: number for number, word in enumerate(self._words)}
        self._bases = np.cumsum([0, *(reader.counts[Level.ARTICLE] for reader in readers)])
        columns: list[tuple[Array, Array, Array]] = []
        for reader, base in zip(readers, self._bases.tolist(), strict=False):
            renumbered = np.array([numbers[word] for word in _words(reader, field)], np.int64)
            words, begins, articles = _read_values(reader, field)
            columns.append((renumbered[words], begins, articles + base))
        self._group(*map(np.concatenate, zip(*columns, strict=True)) if columns else [_NONE] * 3)

    def _group(self, words: Array, begins: Array, articles: Array) -> None:
        """Number the distinct values in the order of their words, and list the articles of each.

        Args:
            words: word numbers of all values of all articles, one after the other
            begins: whether a value begins with the word
            articles: article number of the word
        """
        starts = np.flatnonzero(begins)
        data, size = words.astype(_WORD).tobytes(), np.dtype(_WORD).itemsize
        edges = pairwise([*(starts * size).tolist(), len(data)])
        keys = [data[start:stop] for start, stop in edges]
        distinct = sorted(set(keys))
        numbers = {key: number for number, key in enumerate(distinct)}
        self._value_words = np.frombuffer(b"".join(distinct), _WORD).astype(np.int64)
        lengths = np.array([len(key) // size for key in distinct], np.int64)
        self._value_of_word = np.repeat(np.arange(len(distinct)), lengths)
        # Distinct pairs: an author named twice in an article counts once.
        count = max(int(self._bases[-1]), 1)
        values = np.fromiter(map(numbers.__getitem__, keys), np.int64, len(keys))
        pairs = np.unique(values * count + articles[starts])
        self._articles = pairs % count
        self._counts = np.bincount(pairs // count, minlength=len(distinct))
        self._ends = np.cumsum(self._counts)

    def beginning(self, text: str, most: int) -> list[tuple[str, str, int]]:
        """Return at most `most` values with `text` at the start of a word, most frequent first.

        Each entry is (folded value, value as written, number of articles). Equally frequent values
        are in the order of their words.
        """
        values = self._matching(text)
        order = values - self._counts[values] * len(self._counts)
        if most < len(values):
            values = values[np.argpartition(order, most)[:most]]
            order = values - self._counts[values] * len(self._counts)
        sorted_values = values[np.argsort(order)].tolist()
        return [(*self._spelled(value), int(self._counts[value])) for value in sorted_values]

    def _matching(self, text: str) -> Array:
        """Return the numbers of the values that have the words of `text` in a row.

        The last word of `text` may be a prefix, unless white space follows it.
        """
        *whole, prefix = self._analyzer.words(text) or [""]
        if prefix and text[-1].isspace():
            whole, prefix = [*whole, prefix], ""
        first = bisect_left(self._words, prefix)
        after = bisect_right(self._words, prefix, key=lambda word: word[: len(prefix)])
        last = np.flatnonzero((self._value_words >= first) & (self._value_words < after))
        for distance, word in enumerate(reversed(whole), 1):
            last = last[last >= distance]
            number = bisect_left(self._words, word)
            if self._words[number : number + 1] != [word]:
                return last[:0]
            before = last - distance
            same_value = self._value_of_word[before] == self._value_of_word[last]
            last = last[same_value & (self._value_words[before] == number)]
        return np.unique(self._value_of_word[last])

    def _spelled(self, value: int) -> tuple[str, str]:
        """Return a value as folded, and as written in the first article by id that has it."""
        start, stop = self._value_of_word.searchsorted([value, value + 1]).tolist()
        words = [self._words[number] for number in self._value_words[start:stop].tolist()]
        articles = self._articles[self._ends[value] - self._counts[value] : self._ends[value]]
        first: list[tuple[str, StoredArticle]] = []
        edges = pairwise(articles.searchsorted(self._bases).tolist())
        for reader, base, (start, stop) in zip(
            self._readers, self._bases.tolist(), edges, strict=False
        ):
            if start < stop:
                numbers = articles[start:stop] - base
                record = reader.article(int(numbers[np.asarray(reader.id_ranks)[numbers].argmin()]))
                first.append((record.article.id, record))
        _, record = min(first, key=itemgetter(0))
        folded = " ".join(words)
        values = attrgetter(FIELDS[self._field].attribute)(record)
        for written in values if isinstance(values, tuple) else (values,):
            if self._analyzer.words(written) == words:
                return folded, written
        return folded, folded


def _words(reader: SegmentReader, field: str) -> list[str]:
    """Return the words of a field in the order of their numbers."""
    return [reader.decode(word) for word in reader.field(field).words]


def _read_values(reader: SegmentReader, field: str) -> tuple[Array, Array, Array]:
    """Return the words of a field in all live articles, in the order of articles and positions.

    Three arrays: the number of each word, whether a value begins with it, and its article.
    """
    field_reader = reader.field(field)
    postings = read_postings(field_reader, 0, len(field_reader.terms))
    articles = postings.docs.repeat(postings.freqs).astype(np.int64)
    keys = (articles << _POSITION_BITS) + postings.positions
    word_of = np.argsort(np.asarray(field_reader.stems), kind="stable")
    counts = np.asarray(field_reader.form_counts).astype(np.int64)
    before = np.cumsum(counts) - counts
    terms = np.arange(len(postings.counts)).repeat(postings.counts).repeat(postings.freqs)
    words = word_of[before[terms] + postings.forms]
    bits = reader.live_docs(Level.ARTICLE)
    if bits is not None:
        live = np.isin(articles, np.asarray(bits.numbers()))
        keys, words = keys[live], words[live]
    order = keys.argsort()
    keys = keys[order]
    # One position is left free between two values of a multi-valued field.
    begins = np.diff(keys, prepend=-1) != 1
    begins[:1] = True
    return words[order], begins, keys >> _POSITION_BITS
