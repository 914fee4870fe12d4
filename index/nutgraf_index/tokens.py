"""The words of many texts at once, as numbers: `analysis.analyse` for a whole batch.

A text is cut at characters that are never part of a word into chunks, and each distinct chunk is
analysed once. Since such a character ends a word on either side, chunk by chunk gives the same
words as the whole text (tests/test_tokens.py).
"""

import contextlib
import threading
from array import array
from collections.abc import Iterator, Sequence

import numpy as np

from nutgraf_index.analysis import analyse
from nutgraf_index.segment import Array

__all__ = ["GAP", "Tokenizer"]

GAP = "\x01"  # stands for a word that is not there: no phrase goes across it
_END = b"\0"
_KEPT = (1 << 20) * 2  # distinct chunks remembered between batches
_PIECE = 1 << 12  # texts analysed at once, to stay in the processor's cache


def _chunk_table() -> bytes:
    """Return the table that lowers letters and blanks what is neither in nor around a word."""
    table = bytearray(b" " * 256)
    for byte in range(256):
        character = chr(byte)
        if byte >= 128 or character.isalnum() or character in "'.,":
            table[byte] = ord(character.lower()) if byte < 128 else byte
    for mark in (_END, GAP.encode()):
        table[mark[0]] = mark[0]
    return bytes(table)


_TABLE = _chunk_table()
# Signs beyond ASCII that end a word and stand in most edited texts: “ ” — – …
_SIGNS = [sign.encode() for sign in "“”—–…"]
_LEAD = b"\xe2\x80"  # what they begin with


class _Chunks(dict[bytes, int]):
    """Numbers chunks as they come, and keeps the words of each."""

    def __init__(self) -> None:
        self.words: list[tuple[str, str]] = []  # a word as folded, and its stem
        self._numbers: dict[str, int] = {}
        self.flat = array("i")  # the words' numbers, chunk after chunk
        self.counts = array("i")
        self[_END] = 0
        self.counts.append(0)
        self[GAP.encode()] = 1
        self.counts.append(1)
        self.flat.append(self._number("", ""))

    def __missing__(self, chunk: bytes) -> int:
        tokens = analyse(chunk.decode("utf-8", "surrogatepass"))
        self.flat.extend(self._number(token.word, token.term) for token in tokens)
        self.counts.append(len(tokens))
        number = self[chunk] = len(self)
        return number

    def _number(self, word: str, term: str) -> int:
        number = self._numbers.setdefault(word, len(self.words))
        if number == len(self.words):
            self.words.append((word, term))
        return number


class Tokenizer:
    """Turns texts into numbers of words; what it has seen once it does not analyse again.

    What it is asked, it is asked within `alone()`.
    """

    def __init__(self) -> None:
        self._chunks = _Chunks()
        self._lock = threading.Lock()

    @property
    def words(self) -> Sequence[tuple[str, str]]:
        """The word and stem of each number; the first is `GAP`, without letters."""
        return self._chunks.words

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other threads out. Numbers are good until the end of it."""
        with self._lock:
            try:
                yield
            except BaseException:  # numbering that was interrupted may be half done
                self._chunks = _Chunks()
                raise
            if len(self._chunks) > _KEPT:
                self._chunks = _Chunks()

    def tokens(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the word's number for each token of the texts, and how many each text has."""
        parts = [self._piece(texts[at : at + _PIECE]) for at in range(0, len(texts), _PIECE)]
        if not parts:
            return np.zeros(0, np.int32), np.zeros(0, np.int64)
        return np.concatenate([part[0] for part in parts]), np.concatenate(
            [part[1] for part in parts]
        )

    def _piece(self, texts: Sequence[str]) -> tuple[Array, Array]:
        joined = "\n\0\n".join(texts)
        if joined.count("\0") != len(texts) - 1:
            joined = "\n\0\n".join(text.replace("\0", " ") for text in texts)
        data = joined.encode("utf-8", "surrogatepass")
        if _LEAD in data:
            for sign in _SIGNS:
                data = data.replace(sign, b" ")
        # A full stop or comma before a blank is no part of a word; to drop it here makes far
        # fewer distinct chunks.
        chunks = data.translate(_TABLE).replace(b". ", b" ").replace(b", ", b" ").split()
        numbers = np.fromiter(map(self._chunks.__getitem__, chunks), np.int32, len(chunks))
        counts = np.array(self._chunks.counts, np.int32)
        flat = np.array(self._chunks.flat, np.int32)
        ends = np.cumsum(counts)
        per_chunk = counts[numbers]
        upto = np.zeros(len(numbers) + 1, np.int64)
        np.cumsum(per_chunk, out=upto[1:])
        breaks = np.append(np.flatnonzero(numbers == 0), len(numbers))
        lengths = np.diff(upto[breaks], prepend=0)
        first = ends - counts
        if per_chunk.size and per_chunk.max() <= 1:
            return flat[first[numbers[per_chunk == 1]]], lengths
        within = np.arange(upto[-1]) - np.repeat(upto[:-1], per_chunk)
        return flat[np.repeat(first[numbers], per_chunk) + within], lengths
