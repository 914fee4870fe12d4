"""The words of many texts as numbers: `Analyzer.tokens` for a whole batch.

A text is split into chunks at characters that are never part of a word, and each distinct chunk is
analysed once. The chunks of a text as it is read (see `reading`) give the same words and compounds
as the whole text (test_batch_tokenizer.py).
"""

import os
import re
import threading
from array import array
from collections.abc import Iterable
from itertools import count, islice
from typing import Any, NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.analysis.analyzer import PLAIN, Analyzer, Token
from nutgraf_index.analysis.compounds import BREAK, compounds_as_read
from nutgraf_index.analysis.reading import read
from nutgraf_index.analysis.words import DESIGNATION, MEASURE, word_hash
from nutgraf_index.arrays import Array

__all__ = ["GAP", "Tokenized", "Tokenizer", "Words", "with_gaps", "without_gaps"]

GAP = "\x01"  # a character that takes a position but is no word: no phrase matches across it
_MOST_CHUNKS = 1 << 21  # distinct chunks remembered between batches
_MOST_NUMBERS = 1 << 23  # words in them: without spaces a chunk is a whole clause
_PIECE = 256  # texts encoded at once, to stay in the processor's cache
_SLOTS = 1 << 12  # of a new hash table of chunks

# The bytes of a text as `core.building` reads them: lower-case letters; the end of a text; a gap; a
# blank in place of characters that are not part of a chunk.
_END, _BLANK, _GAP = 0, 0x20, 0x7F
_MARKS = b"',-."  # part of a chunk, except at its ends
_BREAK = "+"  # and so is this mark, in place of a hyphen and the end of a line
_BREAK_IN_TEXT, _NO_TEXT = "\x02", "\x7f"
# Signs that ASCII has too; signs beyond ASCII that end a word, and are in most edited texts.
_IN_ASCII = {"’": "'", "‐": "-", "‑": "-", "＆": "&", "﹠": "&"}
_SIGNS = "“”—–…"
# And the signs of texts that have the first one: of East Asia, whose comma groups digits as well;
# of Europe, of Arabic and of India.
_SIGNS_OF_SCRIPTS = {
    "。": r"[、。・！？；：（）「」『』【】〈〉《》〔〕\u3000]|，(?!\d)|(?<!\d)，",
    "»": r"[«»„‚‹›]",
    "،": r"[،؛؟۔«»]",
    "।": r"[।॥]",
}
_NO_WORD = Token("", "", 0, 0)  # the token of a gap
# Chunks that need no analyser: ASCII letters and digits, with hyphens between.
_PLAIN = re.compile(f"[a-z0-9-]{{0,{PLAIN - 1}}}[a-z0-9]").fullmatch
_HAS_MEASURE = re.compile(MEASURE).search
_BROKEN = re.compile(rf"-(?<=[^\W\d_]-){BREAK}(?=[^\W\d_])")


def _byte_table() -> bytes:
    table = bytearray([_BLANK]) * 256
    for byte in range(256):
        if byte >= 128 or chr(byte).isalnum() or byte in _MARKS:
            table[byte] = ord(chr(byte).lower()) if byte < 128 else byte
    table[_END] = _END
    table[ord(GAP)] = _GAP
    table[ord(_BREAK_IN_TEXT)] = ord(_BREAK)
    return bytes(table)


_TABLE = _byte_table()


class Words(NamedTuple):
    """The distinct words of a batch by their index, with their terms.

    Attributes:
        lexicon: the unique name of the lexicon that numbers the words, so that a caller can
            remember words by their numbers.
        numbers: the number of each word in the lexicon.
        words: all folded words of the lexicon if `whole`; otherwise the words of `numbers`.
        terms: the term of each of `words`.
        whole: whether `words` has the whole lexicon; false once sent to another process.
    """

    lexicon: bytes
    numbers: Array
    words: list[str]
    terms: list[str]
    whole: bool = True

    def at(self, index: int) -> tuple[str, str]:
        """Return the folded word of an index, and its term."""
        number = self.numbers.item(index) if self.whole else index
        return self.words[number], self.terms[number]

    def __reduce__(self) -> tuple[Any, ...]:
        numbers = self.numbers.tolist() if self.whole else range(len(self.numbers))
        words, terms = ([texts[number] for number in numbers] for texts in (self.words, self.terms))
        return Words, (self.lexicon, self.numbers, words, terms, False)


class Tokenized(NamedTuple):
    """The texts of each field as indexes of words.

    Attributes:
        tokens: for each field the word index of each token, 0 for a gap, and the number of tokens
            of each text.
        compounds: for each field the terms of the compounds of each text, joined by blanks.
        words: the word of each index.
        hashes: the hash of the word of each index.
    """

    tokens: dict[str, tuple[Array, Array]]
    compounds: dict[str, list[str]]
    words: Words
    hashes: Array


class Tokenizer:
    """Turns texts into indexes of words, and remembers the analysis of each distinct chunk.

    Threads may share it; one thread at a time works.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._lock = threading.Lock()
        self._forget()

    def _forget(self) -> None:
        self._chunks, self._lexicon = _Chunks(self.analyzer), _Lexicon(self.analyzer)

    def tokenize(self, texts: dict[str, list[str]]) -> Tokenized:
        """Return the tokens of the texts of each field; the keys are the names of the fields."""
        with self._lock:
            try:
                return self._tokenized(texts)
            except BaseException:  # the tables may be inconsistent
                self._forget()
                raise
            finally:
                if len(self._chunks) > _MOST_CHUNKS or len(self._lexicon.numbers) > _MOST_NUMBERS:
                    self._forget()

    def _tokenized(self, texts: dict[str, list[str]]) -> Tokenized:
        lexicon, tokens, compounds = self._lexicon, {}, {}
        chunks_of = {name: self._chunks.of(field_texts) for name, field_texts in texts.items()}
        lexicon.learn(self._chunks.new())
        index_of, number_of = (np.zeros(len(lexicon.words), np.uint32) for _ in range(2))
        ends, numbers = memoryview(lexicon.ends), memoryview(lexicon.numbers)
        distinct = 0
        for name, (chunks, counts) in chunks_of.items():
            lengths, n_joined = np.empty((2, len(counts)), np.int64)
            core.building.measure_texts(chunks.data, counts.data, ends, lengths.data, n_joined.data)
            indexes, joined = (np.empty(sizes.sum(), np.uint32) for sizes in (lengths, n_joined))
            distinct = core.building.expand_chunks(
                chunks.data,
                ends,
                numbers,
                index_of.data,
                number_of.data,
                distinct,
                indexes.data,
                joined.data,
            )
            tokens[name] = indexes, lengths
            compounds[name] = lexicon.joined(joined, n_joined)
        used = number_of[: distinct + 1]
        words = Words(lexicon.name, used, lexicon.words, lexicon.terms)
        return Tokenized(tokens, compounds, words, np.array(lexicon.hashes, np.uint32)[used])


class _Chunks:
    """The hash table of `core.building`: it numbers distinct chunks from 1, in order of arrival."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        # Random, so that nobody can write a text whose chunks all collide.
        self._seed = int.from_bytes(os.urandom(8), "little")
        self._distinct = bytearray()  # the chunks, each with a blank after it
        self._returned = 0  # bytes of `_distinct` that `new` has returned
        self._make(_SLOTS)

    def _make(self, slots: int) -> None:
        self._slots = np.zeros(2 * slots, np.uint32)
        self._table = array("q", [0, 0])

    def __len__(self) -> int:
        return self._table[0]

    def new(self) -> list[str]:
        """Return the chunks that were added since the last call."""
        new = self._distinct[self._returned : self._table[1]]
        self._returned = self._table[1]
        return new.decode("utf-8", "surrogatepass").split(" ")[:-1]

    def of(self, texts: list[str]) -> tuple[Array, Array]:
        """Return the chunk numbers of all texts, and the number of chunks of each text."""
        pieces = [
            _encode(texts[i : i + _PIECE], self._analyzer) for i in range(0, len(texts), _PIECE)
        ]
        capacity = sum(map(len, pieces)) // 2  # a chunk has one byte or more, and a byte after it
        chunks, counts = np.empty(capacity, np.uint32), np.empty(len(texts), np.int64)
        state = array("q", [0] * 4)
        for data in pieces:
            self._read(data, state, chunks, counts)
        return chunks[: state[1]], counts

    def _read(self, data: bytes, state: "array[int]", chunks: Array, counts: Array) -> None:
        state[0] = 0
        self._distinct += bytes(max(self._table[1] + len(data) - len(self._distinct), 0))
        while state[0] < len(data):
            if 4 * len(self) >= len(self._slots):
                # The distinct chunks form a text; numbering its chunks gives the same numbers.
                text = bytes(self._distinct[: self._table[1]])
                numbers = np.empty(len(self), np.uint32)
                self._make(len(self._slots))
                self._read(text, array("q", [0] * 4), numbers, counts)
            core.building.number_chunks(
                memoryview(data),
                state,
                self._table,
                self._seed,
                self._slots.data,
                self._distinct,
                chunks.data,
                counts.data,
            )


class _Lexicon:
    """The words of each chunk, and its compounds: see `compounds`.

    The numbers of chunk i are `numbers[ends[2 * i - 1] : ends[2 * i + 1]]`: up to `ends[2 * i]` its
    words, then its compounds.

    Attributes:
        name: unique among the lexicons of all processes.
        words: the folded word of each number; number 0 is a gap.
        terms: the term of each number.
        hashes: the hash of the word of each number.
    """

    def __init__(self, analyzer: Analyzer) -> None:
        self.name = os.urandom(8)
        self._analyzer = analyzer
        # The number of a plain word by the word; of other words, which may share a folded form but
        # not the term, by word and term.
        self._number_of: dict[str | tuple[str, str], int] = {}
        self._has_pairs = analyzer.language.keeps_accents
        self.words: list[str] = []
        self.terms: list[str] = []
        self.hashes = array("I")
        self.ends, self.numbers = array("I", [0, 0]), array("I")
        self._add([""], [""])

    def _add(self, words: list[str], terms: list[str]) -> None:
        self._number_of.update(zip(words, count(len(self.words))))
        if self._has_pairs:
            pairs = zip(words, terms, strict=True)
            self._number_of.update(zip(pairs, count(len(self.words))))
        self.words += words
        self.terms += terms
        self.hashes.extend(map(word_hash, words))

    def learn(self, chunks: list[str]) -> None:
        """Add the words and compounds of new chunks, in the order of the chunks' numbers."""
        number_of, numbers, ends = self._number_of, self.numbers, self.ends
        bare = [chunk.removesuffix("'s") for chunk in chunks]
        plain = [
            words
            if (words.isalpha() and words.isascii() and len(words) <= PLAIN)  # nearly all
            or (_PLAIN(words) and not _is_special(words))
            else ""
            for words in bare
        ]
        candidates = " ".join(plain).replace("-", " ").split()
        candidates += [words.replace("-", "") for words in plain if words.count("-") == 1]
        new = [word for word in dict.fromkeys(candidates) if word not in number_of]
        self._add(new, self._analyzer.stems(new))  # in one call, which takes a third of the time
        for chunk, words in zip(chunks, plain, strict=True):
            if not words:
                self._analyse(chunk)
                continue
            if "-" not in words:
                numbers.append(number_of[words])
                ends.append(len(numbers))
            else:
                parts, compound = words.split("-"), words.replace("-", "")
                numbers.extend([number_of[word] for word in parts])
                ends.append(len(numbers))
                if len(parts) == 2 and (
                    compound.isalpha() or not (compound.isdigit() or _HAS_MEASURE(compound))
                ):
                    numbers.append(number_of[compound])
            ends.append(len(numbers))

    def _analyse(self, chunk: str) -> None:
        """Add the words and compounds of a chunk that only the analyser can split."""
        text = chunk.replace(_BREAK, "-\n")
        tokens = self._analyzer.tokens_as_read(text) if chunk != chr(_GAP) else [_NO_WORD]
        joined = [
            (compound.word, compound.term)
            for compound in compounds_as_read(text, tokens, self._analyzer)
        ]
        for words in [(token.word, token.term) for token in tokens], joined:
            for word, term in words:
                self.numbers.append(self._number(word, term))
            self.ends.append(len(self.numbers))

    def _number(self, word: str, term: str) -> int:
        key = (word, term) if self._has_pairs else word
        number = self._number_of.get(key)
        if number is None:
            number = self._number_of[key] = len(self.words)
            self.words.append(word)
            self.terms.append(term)
            self.hashes.append(word_hash(word))
        return number

    def joined(self, numbers: Array, counts: Array) -> list[str]:
        """Return the distinct terms of each text, joined by blanks.

        `numbers` are the word numbers of all texts; `counts` is how many each text has.
        """
        texts = [""] * len(counts)
        rest = iter(numbers.tolist())
        for text in np.flatnonzero(counts).tolist():
            terms = {self.terms[number] for number in islice(rest, int(counts[text]))}
            texts[text] = " ".join(sorted(terms))
        return texts


def _is_special(chunk: str) -> bool:
    """Return whether only the analyser can split a chunk of letters, digits and hyphens."""
    return bool(_HAS_MEASURE(chunk) or ("-" in chunk and re.search(DESIGNATION, chunk)))


def without_gaps(text: str) -> str:
    """Return a text without the character `GAP`."""
    return text.replace(GAP, " ")


def with_gaps(texts: Iterable[str]) -> str:
    """Join texts into one, with a gap between neighbours."""
    return f" {GAP} ".join(map(without_gaps, texts))


def _encode(texts: list[str], analyzer: Analyzer) -> bytes:
    joined = "\0".join([*texts, ""])
    if _BREAK_IN_TEXT in joined or joined.count("\0") != len(texts):
        no_text = str.maketrans(dict.fromkeys(("\0", _BREAK_IN_TEXT), _NO_TEXT))
        joined = "\0".join([*(text.translate(no_text) for text in texts), ""])
    joined = analyzer.lettered(read(joined))
    if not joined.isascii():
        for sign, ascii_sign in _IN_ASCII.items():
            joined = joined.replace(sign, ascii_sign)
    if "\n" in joined or "\r" in joined:
        joined = _BROKEN.sub(_break, joined)
    if "&" in joined:
        joined = joined.replace("&", " and ")
    if not joined.isascii():
        for sign in _SIGNS:
            joined = joined.replace(sign, " ")
        for first, signs in _SIGNS_OF_SCRIPTS.items():
            if first in joined:
                joined = re.sub(signs, " ", joined)
    return joined.encode("utf-8", "surrogatepass").translate(_TABLE)


def _break(match: re.Match[str]) -> str:
    return _BREAK_IN_TEXT if match.string[match.end()].islower() else match[0]
