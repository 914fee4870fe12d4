"""The words of many texts at once, as numbers: `Analyzer.tokens` for a whole batch.

A text is cut at characters that are never part of a word into chunks, and each distinct chunk is
analysed once. Since such a character ends a word on either side, chunk by chunk gives the same
words as the whole text (test_batch_tokenizer.py). Chunks are found and looked up on arrays, with
their bytes as their keys.
"""

import contextlib
import os
import threading
import zlib
from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from nutgraf_index.analysis.analyzer import PLAIN, Analyzer
from nutgraf_index.arrays import Array, expand

__all__ = ["GAP", "Tokenizer", "word_hash"]

GAP = "\x01"  # stands for a word that is not there: no phrase goes across it
_KEPT = (1 << 20) * 2  # distinct chunks remembered between batches
_PIECE = 1 << 19  # characters looked at at once, to stay in the processor's cache

# What a byte becomes: letters are lowered; what is neither in nor around a word is a blank. Then
# the end of a text, blanks, marks and letters come in this order.
_END, _BLANK, _GAP = 0, 0x20, 0x7F
_MARKS = b"',."  # part of a word only within it
_FIRST_LETTER = ord("0")
# Signs beyond ASCII that end a word and stand in most edited texts.
_SIGNS = "“”—–…"
_APOSTROPHE = "’"

_WIDTH = 8  # bytes in a number
_MASKS = np.array([(1 << 8 * width) - 1 for width in range(_WIDTH + 1)], np.uint64)
_NEW = np.iinfo(np.int32).min


def _byte_table() -> bytes:
    table = bytearray([_BLANK]) * 256
    for byte in range(256):
        if byte >= 128 or chr(byte).isalnum() or byte in _MARKS:
            table[byte] = ord(chr(byte).lower()) if byte < 128 else byte
    table[_END] = _END
    table[ord(GAP)] = _GAP
    return bytes(table)


_TABLE = _byte_table()


class _Table:
    """Maps keys, each of one or more numbers, to numbers: many at once, by open addressing.

    The first number of a key is not 0.
    """

    def __init__(self, width: int) -> None:
        # Drawn anew, lest a text be made whose chunks all meet in one slot.
        self._factors = [
            np.uint64(int.from_bytes(os.urandom(8), "little") | 1) for _ in range(width)
        ]
        self._size = 0
        self._grow(1 << 12)

    def __len__(self) -> int:
        return self._size

    def _grow(self, slots: int) -> None:
        self._shift = np.uint64(64 - slots.bit_length() + 1)
        self._keys = [np.zeros(slots, np.uint64) for _ in self._factors]
        self._values = np.full(slots, _NEW, np.int32)

    def _home(self, keys: list[Array]) -> Array:
        mixed = keys[0] * self._factors[0]
        for key, factor in zip(keys[1:], self._factors[1:], strict=True):
            mixed ^= key * factor
        return (mixed >> self._shift).astype(np.int64)

    def find(self, keys: list[Array]) -> Array:
        """Return the value of each key, `_NEW` for those without."""
        at = self._home(keys)
        values = self._values[at]
        other = np.flatnonzero(self._differ(at, keys))
        while len(other):
            other = other[self._keys[0][at[other]] != 0]
            at[other] = (at[other] + 1) & (len(self._values) - 1)
            values[other] = self._values[at[other]]
            other = other[self._differ(at[other], [key[other] for key in keys])]
        return values

    def _differ(self, at: Array, keys: list[Array]) -> Array:
        differ: Array = self._keys[0][at] != keys[0]
        for held, key in zip(self._keys[1:], keys[1:], strict=True):
            differ |= held[at] != key
        return differ

    def add(self, keys: list[Array], values: Array) -> None:
        """Add keys, each once and none there before, with their values."""
        self._size += len(values)
        if 2 * self._size > len(self._values):
            here = np.flatnonzero(self._keys[0])
            keys = [np.append(held[here], key) for held, key in zip(self._keys, keys, strict=True)]
            values = np.append(self._values[here], values)
            self._grow(1 << (2 * self._size).bit_length())
        at = self._home(keys)
        left = np.arange(len(at))
        while len(left):
            free = left[self._keys[0][at[left]] == 0]
            self._values[at[free]] = free  # of several for one slot, the last has it
            won = free[self._values[at[free]] == free]
            for held, key in zip(self._keys, keys, strict=True):
                held[at[won]] = key[won]
            self._values[at[won]] = values[won]
            waits = np.ones(len(at), bool)
            waits[won] = False
            left = left[waits[left]]
            at[left] = (at[left] + 1) & (len(self._values) - 1)


class _Chunks:
    """Numbers the words of chunks as they come.

    A chunk's code is the number of its word; for one of no or several words it is -1 less the
    place of these in `first` and `counts`, of numbers in `flat`.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self.words: list[tuple[str, str]] = [("", "")]  # a word as folded, and its stem
        self.hashes = array("I", [0])
        self._numbers: dict[str, int] = {"": 0}
        self._tables = [_Table(1), _Table(2)]  # of chunks up to 8 bytes, and up to 16
        self._long: dict[bytes, int] = {}
        self.flat: list[int] = []
        self.first: list[int] = []
        self.counts: list[int] = []
        self._tables[0].add([np.array([_GAP], np.uint64)], np.zeros(1, np.int32))

    def __len__(self) -> int:
        return len(self._long) + sum(map(len, self._tables))

    def codes(self, data: bytes, starts: Array, ends: Array) -> Array:
        """Return the code of each chunk `data[start:end]`; 16 bytes more follow the last."""
        eights = np.ndarray((len(data) - _WIDTH + 1,), "<u8", data, strides=(1,))
        widths = ends - starts
        key = eights[starts] & _MASKS[np.minimum(widths, _WIDTH)]
        codes = self._tables[0].find([key])
        self._learn(self._tables[0], [key], codes, (codes == _NEW) & (widths <= _WIDTH))
        wide = np.flatnonzero(widths > _WIDTH)
        rest = widths[wide] - _WIDTH
        more = eights[starts[wide] + _WIDTH] & _MASKS[np.minimum(rest, _WIDTH)]
        keys = [key[wide], more]
        found = self._tables[1].find(keys)
        self._learn(self._tables[1], keys, found, (found == _NEW) & (rest <= _WIDTH))
        codes[wide] = found
        wider = wide[rest > _WIDTH]
        for at in wider.tolist():
            chunk = data[starts[at] : ends[at]]
            if chunk not in self._long:
                self._long[chunk] = self._new([chunk])[0]
            codes[at] = self._long[chunk]
        return codes

    def _learn(self, table: _Table, keys: list[Array], codes: Array, new: Array) -> None:
        """Analyse the chunks that are new, and set their codes."""
        places = np.flatnonzero(new)
        if not len(places):
            return
        kind, width = f"S{_WIDTH * len(keys)}", len(keys)
        bare = np.stack([key[places] for key in keys], axis=1).astype("<u8")
        chunks: list[bytes] = bare.view(kind).ravel().tolist()
        distinct = list(dict.fromkeys(chunks))
        known = dict(zip(distinct, self._new(distinct), strict=True))
        parts = np.array(distinct, kind).view("<u8").reshape(-1, width).astype(np.uint64)
        table.add(list(parts.T), np.array(list(known.values()), np.int32))
        codes[places] = np.fromiter(map(known.__getitem__, chunks), np.int32, len(chunks))

    def _new(self, chunks: list[bytes]) -> list[int]:
        """Analyse chunks, each once; return their codes."""
        plain = [chunk.decode() for chunk in chunks if chunk.isalnum() and len(chunk) <= PLAIN]
        terms = iter(zip(plain, self._analyzer.stems(plain), strict=True))
        return [
            self._number(*next(terms))
            if chunk.isalnum() and len(chunk) <= PLAIN
            else self._several(chunk)
            for chunk in chunks
        ]

    def _several(self, chunk: bytes) -> int:
        tokens = self._analyzer.tokens(chunk.decode("utf-8", "surrogatepass"))
        numbers = [self._number(token.word, token.term) for token in tokens]
        if len(numbers) == 1:
            return numbers[0]
        self.first.append(len(self.flat))
        self.counts.append(len(numbers))
        self.flat += numbers
        return -len(self.first)

    def _number(self, word: str, term: str) -> int:
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append((word, term))
            self.hashes.append(word_hash(word))
        return number


class Tokenizer:
    """Turns texts into numbers of words; what it has seen once it does not analyse again.

    Its methods are called within `alone()`.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._chunks = _Chunks(analyzer)
        self._lock = threading.Lock()

    @property
    def words(self) -> Sequence[tuple[str, str]]:
        """The word and stem of each number; the first is `GAP`, without letters."""
        return self._chunks.words

    @property
    def hashes(self) -> Array:
        """The hash of the word of each number."""
        return np.array(self._chunks.hashes, np.uint32)

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads out. Numbers are good until the end of it."""
        with self._lock:
            try:
                yield
            except BaseException:  # numbering that was interrupted may be half done
                self._chunks = _Chunks(self.analyzer)
                raise
            if len(self._chunks) > _KEPT:
                self._chunks = _Chunks(self.analyzer)

    def tokens(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the word's number for each token of the texts, and how many each text has."""
        numbers, lengths = [np.zeros(0, np.int32)], [np.zeros(0, np.int64)]
        piece: list[str] = []
        size = 0
        for text in texts:
            piece.append(text)
            size += len(text)
            if size >= _PIECE:
                self._add(piece, numbers, lengths)
                piece, size = [], 0
        self._add(piece, numbers, lengths)
        return np.concatenate(numbers), np.concatenate(lengths)

    def _add(self, texts: list[str], numbers: list[Array], lengths: list[Array]) -> None:
        if not texts:
            return
        data = _bytes(texts)
        letters = np.frombuffer(data, np.uint8)
        kept = letters > _BLANK
        # A mark at the end of a chunk is no part of a word; to drop it here makes far fewer
        # distinct chunks. Two are dropped, such as a full stop in quotation marks.
        marks = kept & (letters < _FIRST_LETTER)
        for _ in range(2):
            kept[:-1] &= ~(marks[:-1] & ~kept[1:])
            kept[1:] &= ~(marks[1:] & ~kept[:-1])
        edges = np.flatnonzero(kept[1:] != kept[:-1]) + 1
        starts, ends = edges[::2], edges[1::2]
        codes = self._chunks.codes(data, starts, ends)
        breaks = starts.searchsorted(np.flatnonzero(letters == _END))
        if len(codes) and codes.min() < 0:
            codes, breaks = self._spread(codes, breaks)
        numbers.append(codes)
        lengths.append(np.diff(breaks))

    def _spread(self, codes: Array, breaks: Array) -> tuple[Array, Array]:
        """Put words for codes of none or several, and move the breaks along."""
        several = codes < 0
        places = -1 - codes[several]
        counts = np.ones(len(codes), np.int64)
        counts[several] = np.array(self._chunks.counts)[places]
        upto = np.append(0, np.cumsum(counts))
        words = np.repeat(codes, counts)
        flat = np.array(self._chunks.flat, np.int32)
        firsts = np.array(self._chunks.first)[places]
        words[words < 0] = flat[expand(firsts, counts[several])]
        return words, upto[breaks]


def word_hash(word: str) -> int:
    """Return a number of 32 bits for a folded word, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _bytes(texts: list[str]) -> bytes:
    """Return texts as bytes of `_TABLE`, an end before the first and after each."""
    joined = "\0".join(["", *texts, " " * (2 * _WIDTH)])
    if joined.count("\0") != len(texts) + 1:
        return _bytes([text.replace("\0", " ") for text in texts])
    if not joined.isascii():
        for sign in _SIGNS:
            joined = joined.replace(sign, " ")
        joined = joined.replace(_APOSTROPHE, "'")
    return joined.encode("utf-8", "surrogatepass").translate(_TABLE)
