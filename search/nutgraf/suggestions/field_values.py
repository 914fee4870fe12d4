"""The values of a field of articles, such as the names of authors, by how their words begin."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise
from operator import attrgetter, itemgetter

import numpy as np

from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.arrays import Array
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.segment.stored_fields import StoredArticle
from nutgraf_index.segment.writing.postings_arrays import read
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["Values"]

_WORD = ">u4"  # in bytes that sort as the words do
_NONE = np.zeros(0, np.int64)
_POSITION_BITS = 32


class Values:
    """The values that a field has in the articles of some segments, by their words as folded.

    Values that differ in case, accents or punctuation alone are one. They are gathered from the
    field's postings once, in time in proportion to the articles. To find values then takes the time
    to compare the words of all distinct values with a number, and to read the first article by id
    of each that is returned, which tells how it is written.
    """

    def __init__(self, readers: Sequence[SegmentReader], field: str, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._readers = readers
        self._field = field
        self._words = sorted({word for reader in readers for word in _words(reader, field)})
        numbers = {word: number for number, word in enumerate(self._words)}
        self._bases = np.cumsum([0, *(reader.counts[Level.ARTICLE] for reader in readers)])
        found: list[tuple[Array, Array, Array]] = []
        for reader, base in zip(readers, self._bases.tolist(), strict=False):
            known = np.array([numbers[word] for word in _words(reader, field)], np.int64)
            words, begins, articles = _gathered(reader, field)
            found.append((known[words], begins, articles + base))
        self._group(*map(np.concatenate, zip(*found, strict=True)) if found else [_NONE] * 3)

    def _group(self, words: Array, begins: Array, articles: Array) -> None:
        """Number the distinct values as their words sort, and tell the articles of each."""
        starts = np.flatnonzero(begins)
        data, size = words.astype(_WORD).tobytes(), np.dtype(_WORD).itemsize
        edges = pairwise([*(starts * size).tolist(), len(data)])
        keys = [data[start:stop] for start, stop in edges]
        known = sorted(set(keys))
        number = {key: at for at, key in enumerate(known)}
        self._flat = np.frombuffer(b"".join(known), _WORD).astype(np.int64)
        lengths = np.array([len(key) // size for key in known], np.int64)
        self._owners = np.repeat(np.arange(len(known)), lengths)
        # An author named twice is of one article.
        every = max(int(self._bases[-1]), 1)
        values = np.fromiter(map(number.__getitem__, keys), np.int64, len(keys))
        pairs = np.unique(values * every + articles[starts])
        self._articles = pairs % every
        self._counts = np.bincount(pairs // every, minlength=len(known))
        self._ends = np.cumsum(self._counts)

    def beginning(self, text: str, most: int) -> list[tuple[str, str, int]]:
        """Return the most frequent values that have words in a row that begin so.

        Each as folded, as written, and how many articles have it; equal ones as their words sort.
        """
        values = self._beginning(text)
        order = values - self._counts[values] * len(self._counts)
        if most < len(values):
            values = values[np.argpartition(order, most)[:most]]
            order = values - self._counts[values] * len(self._counts)
        chosen = values[np.argsort(order)].tolist()
        return [(*self._told(value), int(self._counts[value])) for value in chosen]

    def _beginning(self, text: str) -> Array:
        """Return the numbers of the values that have words in a row of which the last begins so."""
        *whole, begun = self._analyzer.words(text) or [""]
        if begun and text[-1].isspace():
            whole, begun = [*whole, begun], ""
        first = bisect_left(self._words, begun)
        after = bisect_right(self._words, begun, key=lambda word: word[: len(begun)])
        places = np.flatnonzero((self._flat >= first) & (self._flat < after))
        for back, word in enumerate(reversed(whole), 1):
            places = places[places >= back]
            number = bisect_left(self._words, word)
            if self._words[number : number + 1] != [word]:
                return places[:0]
            before = places - back
            same_value = self._owners[before] == self._owners[places]
            places = places[same_value & (self._flat[before] == number)]
        return np.unique(self._owners[places])

    def _told(self, value: int) -> tuple[str, str]:
        """Return a value as folded, and as the first article by id that has it writes it."""
        start, stop = self._owners.searchsorted([value, value + 1]).tolist()
        words = [self._words[number] for number in self._flat[start:stop].tolist()]
        articles = self._articles[self._ends[value] - self._counts[value] : self._ends[value]]
        first: list[tuple[str, StoredArticle]] = []
        edges = pairwise(articles.searchsorted(self._bases).tolist())
        for reader, base, (start, stop) in zip(
            self._readers, self._bases.tolist(), edges, strict=False
        ):
            if start < stop:
                numbers = articles[start:stop] - base
                record = reader.article(int(numbers[np.asarray(reader.rank)[numbers].argmin()]))
                first.append((record.article.id, record))
        _, record = min(first, key=itemgetter(0))
        folded = " ".join(words)
        known = attrgetter(FIELDS[self._field].attribute)(record)
        for written in known if isinstance(known, tuple) else (known,):
            if self._analyzer.words(written) == words:
                return folded, written
        return folded, folded


def _words(reader: SegmentReader, field: str) -> list[str]:
    """Return the words of a field in the order of their numbers."""
    return [reader.decode(word) for word in reader.field(field).words]


def _gathered(reader: SegmentReader, field: str) -> tuple[Array, Array, Array]:
    """Return the words of a field, by their numbers, article by article as they stand there.

    For each as well, whether a value begins with it, and its article. Deleted ones are left out.
    """
    postings = reader.field(field)
    lists = read(postings, 0, len(postings.terms))
    articles = lists.docs.repeat(lists.freqs).astype(np.int64)
    keys = (articles << _POSITION_BITS) + lists.positions
    word_of = np.argsort(np.asarray(postings.stems), kind="stable")
    counts = np.asarray(postings.form_counts).astype(np.int64)
    before = np.cumsum(counts) - counts
    terms = np.arange(len(lists.counts)).repeat(lists.counts).repeat(lists.freqs)
    words = word_of[before[terms] + lists.forms]
    bits = reader.live_units(Level.ARTICLE)
    if bits is not None:
        live = np.isin(articles, np.asarray(bits.numbers()))
        keys, words = keys[live], words[live]
    order = keys.argsort()
    keys = keys[order]
    # Between two authors there is a place without a word.
    begins = np.diff(keys, prepend=-1) != 1
    begins[:1] = True
    return words[order], begins, keys >> _POSITION_BITS
