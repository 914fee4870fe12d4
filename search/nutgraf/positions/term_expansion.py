"""Patterns and fuzzy words to the words of a segment's field that they stand for."""

import re
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nutgraf.positions.patterns import like
from nutgraf.positions.phrase import DocIds
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = ["TermExpander"]

_KEPT = 256  # expansions
_Cells = npt.NDArray[np.uint8]
_BEGINNING = re.compile(r"[^*?]*")


class TermExpander:
    """The words of one field in a segment, as they are looked through."""

    def __init__(self, postings: PostingsReader) -> None:
        self._words = postings.words
        self._kept: dict[tuple[str, int], DocIds] = {}

    def find(self, word: str) -> DocIds:
        """Return the number of a word, if it is there."""
        number = self._words.find(_bytes(word))
        return np.array([number] if number >= 0 else [], np.int64)

    def like(self, pattern: str) -> DocIds:
        """Return the numbers of the words like a pattern."""
        signed = "*" in pattern or "?" in pattern
        return self._expanded(pattern, 0) if signed else self.find(pattern)

    def within(self, word: str, edits: int) -> DocIds:
        """Return the numbers of the words at most some edits from one."""
        return self._expanded(word, edits)

    def _expanded(self, word: str, edits: int) -> DocIds:
        found = self._kept.get((word, edits))
        if found is None:
            found = self._near(word, edits) if edits else self._like(word)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[word, edits] = found
        return found

    def _like(self, pattern: str) -> DocIds:
        beginning = _BEGINNING.match(pattern)[0]  # type: ignore[index]  # may be empty
        chosen = self._words.beginning(_bytes(beginning))
        if pattern == f"{beginning}*":
            return np.arange(chosen.start, chosen.stop)
        fits = like(pattern)
        if beginning:
            words = self._words.slice(chosen.start, chosen.stop)
            texts = [word.decode("utf-8", "surrogatepass") for word in words]
        else:
            texts = self._texts
        return np.array([at for at, text in enumerate(texts, chosen.start) if fits(text)], np.int64)

    def _near(self, word: str, edits: int) -> DocIds:
        found = []
        for length in range(max(len(word) - edits, 1), len(word) + edits + 1):
            if length in self._by_length:
                numbers, letters = self._by_length[length]
                found.append(numbers[_edits(word, letters) <= edits])
        return np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)

    @cached_property
    def _texts(self) -> list[str]:
        return [word.decode("utf-8", "surrogatepass") for word in self._words]

    @cached_property
    def _by_length(self) -> dict[int, tuple[DocIds, npt.NDArray[np.uint32]]]:
        """The words of each length: their numbers, and their characters, a row for each place."""
        lengths = np.fromiter(map(len, self._texts), np.int64, len(self._texts))
        found = {}
        for length in np.flatnonzero(np.bincount(lengths)).tolist():
            numbers = np.flatnonzero(lengths == length)
            texts = np.array([self._texts[at] for at in numbers.tolist()], f"<U{length}")
            letters = texts.view("<u4").reshape(len(texts), length)
            found[length] = numbers, np.ascontiguousarray(letters.T)
        return found


def _edits(word: str, letters: npt.NDArray[np.uint32]) -> _Cells:
    """Return how many edits each of some words of one length is from another word.

    As `patterns.within` counts them, for all words at once.
    """
    length, words = letters.shape
    before: list[_Cells] = []
    row = [np.full(words, at, np.uint8) for at in range(length + 1)]
    for at, character in enumerate(word):
        earlier, before = before, row
        row = [np.full(words, at + 1, np.uint8)]
        same = letters == ord(character)
        for to in range(length):
            edits = before[to] + ~same[to]
            np.minimum(edits, before[to + 1] + 1, out=edits)
            np.minimum(edits, row[to] + 1, out=edits)
            if at and to:
                swapped = same[to - 1] & (letters[to] == ord(word[at - 1]))
                np.minimum(edits, earlier[to - 1] + 1, out=edits, where=swapped)
            row.append(edits)
    return row[-1]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
