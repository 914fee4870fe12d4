"""Patterns and fuzzy words to the words of a segment's field that they stand for."""

import re
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nutgraf.positions.edit_distance import within
from nutgraf.positions.patterns import like
from nutgraf.positions.phrase import DocIds
from nutgraf_index.cache import Cache
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = ["TermExpander"]

_KINDS = 32  # letters that are counted together
_BEGINNING = re.compile(r"[^*?]*")


class TermExpander:
    """The words of one field in a segment, as they are looked through."""

    def __init__(self, postings: PostingsReader) -> None:
        self._words = postings.words
        self._expanded: Cache[tuple[str, int], DocIds] = Cache(256)

    def find(self, word: str) -> DocIds:
        """Return the number of a word, if it is there."""
        number = self._words.find(_bytes(word))
        return np.array([number] if number >= 0 else [], np.int64)

    def like(self, pattern: str) -> DocIds:
        """Return the numbers of the words like a pattern."""
        signed = "*" in pattern or "?" in pattern
        return self._expansion(pattern, 0) if signed else self.find(pattern)

    def within(self, word: str, edits: int) -> DocIds:
        """Return the numbers of the words at most some edits from one."""
        return self._expansion(word, edits)

    def _expansion(self, word: str, edits: int) -> DocIds:
        found = self._expanded.get((word, edits))
        if found is None:
            found = self._near(word, edits) if edits else self._like(word)
            self._expanded.put((word, edits), found)
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
        """Return the numbers of the words at most some edits from one, ascending.

        An edit changes the length by 1 at most, and how often letters stand in a word by 2.
        """
        lengths, letters = self._letters
        chosen = np.flatnonzero(np.abs(lengths - len(word)) <= edits)
        own = _letter_counts([word])[1]
        differ = np.abs(letters[chosen].astype(np.int16) - own).sum(1)
        chosen = chosen[differ <= 2 * edits]
        texts = self._texts
        found = [number for number in chosen.tolist() if within(word, texts[number], edits)]
        return np.array(found, np.int64)

    @cached_property
    def _texts(self) -> list[str]:
        return [word.decode("utf-8", "surrogatepass") for word in self._words]

    @cached_property
    def _letters(self) -> tuple[DocIds, npt.NDArray[np.uint8]]:
        return _letter_counts(self._texts)


def _letter_counts(texts: list[str]) -> tuple[DocIds, npt.NDArray[np.uint8]]:
    """Return the length of each word, and how often letters of each of `_KINDS` stand in it."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    kinds = np.repeat(np.arange(len(texts)) * _KINDS, lengths) + codes % _KINDS
    counts = np.bincount(kinds, minlength=len(texts) * _KINDS)
    return lengths, counts.reshape(-1, _KINDS).astype(np.uint8)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
