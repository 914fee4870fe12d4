"""The words of many texts at once, as numbers: `Analyzer.tokens` for a whole batch.

A text is cut at characters that are never part of a word into chunks, and each distinct chunk is
analysed once. Since such a character ends a word on either side, chunk by chunk gives the same
words as the whole text, and the same words of two parts (test_batch_tokenizer.py).
"""

import os
import re
import threading
import zlib
from array import array
from collections.abc import Iterable
from itertools import count, islice
from typing import Any, NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.analysis.analyzer import PLAIN, Analyzer, Token
from nutgraf_index.analysis.compounds import compounds
from nutgraf_index.arrays import Array

__all__ = ["GAP", "Tokenized", "Tokenizer", "Words", "with_gaps", "without_gaps", "word_hash"]

GAP = "\x01"  # stands for a word that is not there: no phrase goes across it
_KEPT = 1 << 21  # distinct chunks remembered between batches
_PIECE = 256  # texts made bytes at once, to stay in the processor's cache
_SLOTS = 1 << 12  # of a new table of chunks

# What a byte becomes, as `core.building` has them: letters are lowered; what is neither in nor
# around a word is a blank. A hyphen may tie two words.
_END, _BLANK, _GAP = 0, 0x20, 0x7F
_MARKS = b"',-."  # part of a chunk only within it
# Signs beyond ASCII that end a word and stand in most edited texts.
_SIGNS = "“”—–…"
_APOSTROPHE = "’"
_NO_WORD = Token("", "", 0, 0)  # of a gap
# Chunks told apart at a glance: words of letters and digits of ASCII, with hyphens between.
_PLAIN = re.compile(f"[a-z0-9-]{{0,{PLAIN - 1}}}[a-z0-9]").fullmatch


def _byte_table() -> bytes:
    table = bytearray([_BLANK]) * 256
    for byte in range(256):
        if byte >= 128 or chr(byte).isalnum() or byte in _MARKS:
            table[byte] = ord(chr(byte).lower()) if byte < 128 else byte
    table[_END] = _END
    table[ord(GAP)] = _GAP
    return bytes(table)


_TABLE = _byte_table()


class Words(NamedTuple):
    """Distinct words by their index, each with its term.

    `numbers` are those of a lexicon, which `lexicon` names: whoever knows the words of its numbers
    need not look them up again. `words` and `terms` are all of the lexicon, if `whole`, or else
    those of the numbers.
    """

    lexicon: bytes
    numbers: Array
    words: list[str]
    terms: list[str]
    whole: bool = True

    def at(self, index: int) -> tuple[str, str]:
        """Return a word as folded, and its term."""
        number = self.numbers.item(index) if self.whole else index
        return self.words[number], self.terms[number]

    def __reduce__(self) -> tuple[Any, ...]:
        words, terms = zip(*map(self.at, range(len(self.numbers))), strict=True)
        return Words, (self.lexicon, self.numbers, words, terms, False)


class Tokenized(NamedTuple):
    """The texts of each field as indexes of words.

    `tokens` are these indexes, 0 for a gap, and how many each text has; `compounds` the terms of
    each text's words of two parts, with blanks between. `words` has the word of each index, and
    `hashes` its hash.
    """

    tokens: dict[str, tuple[Array, Array]]
    compounds: dict[str, list[str]]
    words: Words
    hashes: Array


class Tokenizer:
    """Turns texts into numbers of words; what it has seen once it does not analyse again.

    Threads may share it: each waits for the one before.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._chunks, self._lexicon = _Chunks(), _Lexicon(self.analyzer)

    def tokenize(self, texts: dict[str, list[str]]) -> Tokenized:
        """Return the tokens of the texts of each field."""
        with self._lock:
            try:
                return self._tokenized(texts)
            except BaseException:  # what was interrupted may be half done
                self._forget()
                raise
            finally:
                if len(self._chunks) > _KEPT:
                    self._forget()

    def _tokenized(self, texts: dict[str, list[str]]) -> Tokenized:
        lexicon, tokens, compounds = self._lexicon, {}, {}
        chunks = {name: self._chunks.of(of_field) for name, of_field in texts.items()}
        lexicon.learn(self._chunks.new())
        new_of, old_of = (np.zeros(len(lexicon.words), np.uint32) for _ in range(2))
        ends, numbers = memoryview(lexicon.ends), memoryview(lexicon.numbers)
        distinct = 0
        for name, (of_field, counts) in chunks.items():
            lengths, wholes = np.empty((2, len(counts)), np.int64)
            core.building.measure_texts(of_field.data, counts.data, ends, lengths.data, wholes.data)
            numbered, joined = (np.empty(each.sum(), np.uint32) for each in (lengths, wholes))
            distinct = core.building.expand_chunks(
                of_field.data,
                ends,
                numbers,
                new_of.data,
                old_of.data,
                distinct,
                numbered.data,
                joined.data,
            )
            tokens[name] = numbered, lengths
            compounds[name] = lexicon.joined(joined, wholes)
        used = old_of[: distinct + 1]
        words = Words(lexicon.name, used, lexicon.words, lexicon.terms)
        return Tokenized(tokens, compounds, words, np.array(lexicon.hashes, np.uint32)[used])


class _Chunks:
    """Numbers distinct chunks, from 1, as they come: the table of `core.building`."""

    def __init__(self) -> None:
        # Drawn anew, lest a text be made whose chunks all meet in one slot.
        self._seed = int.from_bytes(os.urandom(8), "little")
        self._known = bytearray()  # with a blank after each
        self._taken = 0  # bytes of it
        self._make(_SLOTS)

    def _make(self, slots: int) -> None:
        self._slots = np.zeros(2 * slots, np.uint32)
        self._table = array("q", [0, 0])

    def __len__(self) -> int:
        return self._table[0]

    def new(self) -> list[str]:
        """Return the chunks that were not there when this was called before."""
        new = self._known[self._taken : self._table[1]]
        self._taken = self._table[1]
        return new.decode("utf-8", "surrogatepass").split(" ")[:-1]

    def of(self, texts: list[str]) -> tuple[Array, Array]:
        """Return the numbers of the texts' chunks, and how many each text has."""
        pieces = [_bytes(texts[at : at + _PIECE]) for at in range(0, len(texts), _PIECE)]
        most = sum(map(len, pieces)) // 2  # a chunk, and a blank or an end after it
        chunks, counts = np.empty(most, np.uint32), np.empty(len(texts), np.int64)
        state = array("q", [0] * 4)
        for data in pieces:
            self._read(data, state, chunks, counts)
        return chunks[: state[1]], counts

    def _read(self, data: bytes, state: "array[int]", chunks: Array, counts: Array) -> None:
        state[0] = 0
        self._known += bytes(max(self._table[1] + len(data) - len(self._known), 0))
        while state[0] < len(data):
            if 4 * len(self) >= len(self._slots):
                # The chunks are a text of their own: read anew, they have the same numbers.
                every = bytes(self._known[: self._table[1]])
                numbers = np.empty(len(self), np.uint32)
                self._make(len(self._slots))
                self._read(every, array("q", [0] * 4), numbers, counts)
            core.building.number_chunks(
                memoryview(data),
                state,
                self._table,
                self._seed,
                self._slots.data,
                self._known,
                chunks.data,
                counts.data,
            )


class _Lexicon:
    """What chunks stand for: each for words, and for compounds, that is words of two parts as one.

    The numbers of chunk i are `numbers[ends[2 * i - 1] : ends[2 * i + 1]]`: up to `ends[2 * i]` of
    words, then of compounds.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.name = os.urandom(8)  # no other has it, in no process
        self._analyzer = analyzer
        self._number_of: dict[str, int] = {}
        self.words: list[str] = []  # of each number, as folded,
        self.terms: list[str] = []  # and its term
        self.hashes = array("I")
        self.ends, self.numbers = array("I", [0, 0]), array("I")
        self._add([""], [""])

    def _add(self, words: list[str], terms: list[str]) -> None:
        self._number_of.update(zip(words, count(len(self.words))))
        self.words += words
        self.terms += terms
        self.hashes.extend(map(word_hash, words))

    def learn(self, chunks: list[str]) -> None:
        """Analyse the chunks that come next, each once."""
        number_of, numbers, ends = self._number_of, self.numbers, self.ends
        bare = [chunk.removesuffix("'s") for chunk in chunks]
        plain = [words if _PLAIN(words) else "" for words in bare]
        found = " ".join(plain).replace("-", " ").split()
        found += [words.replace("-", "") for words in plain if words.count("-") == 1]
        new = [word for word in dict.fromkeys(found) if word not in number_of]
        self._add(new, self._analyzer.stems(new))  # many at once, in a third of the time
        for chunk, words in zip(chunks, plain, strict=True):
            if not words:
                self._analyse(chunk)
                continue
            if "-" not in words:
                numbers.append(number_of[words])
                ends.append(len(numbers))
            else:
                parts, whole = words.split("-"), words.replace("-", "")
                numbers.extend([number_of[word] for word in parts])
                ends.append(len(numbers))
                if len(parts) == 2 and not whole.isdigit():
                    numbers.append(number_of[whole])
            ends.append(len(numbers))

    def _analyse(self, chunk: str) -> None:
        """Add the numbers of a chunk of any kind."""
        tokens = self._analyzer.tokens(chunk) if chunk != chr(_GAP) else [_NO_WORD]
        wholes = [
            (tokens[at].word + tokens[at + 1].word, term)
            for at, term in compounds(chunk, tokens, self._analyzer)
        ]
        for words in [(token.word, token.term) for token in tokens], wholes:
            for word, term in words:
                if word not in self._number_of:
                    self._add([word], [term])
                self.numbers.append(self._number_of[word])
            self.ends.append(len(self.numbers))

    def joined(self, numbers: Array, counts: Array) -> list[str]:
        """Return the terms of each text's words, so many of `numbers`, with blanks between."""
        texts = [""] * len(counts)
        rest = iter(numbers.tolist())
        for text in np.flatnonzero(counts).tolist():
            terms = {self.terms[number] for number in islice(rest, int(counts[text]))}
            texts[text] = " ".join(sorted(terms))
        return texts


def without_gaps(text: str) -> str:
    """Return a text in which no character stands for a gap."""
    return text.replace(GAP, " ")


def with_gaps(texts: Iterable[str]) -> str:
    """Return texts as one, with a gap between each two."""
    return f" {GAP} ".join(map(without_gaps, texts))


def word_hash(word: str) -> int:
    """Return a number of 32 bits for a folded word, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def _bytes(texts: list[str]) -> bytes:
    joined = "\0".join([*texts, ""])
    if joined.count("\0") != len(texts):
        return _bytes([text.replace("\0", " ") for text in texts])
    if not joined.isascii():
        for sign in _SIGNS:
            joined = joined.replace(sign, " ")
        joined = joined.replace(_APOSTROPHE, "'")
    return joined.encode("utf-8", "surrogatepass").translate(_TABLE)
