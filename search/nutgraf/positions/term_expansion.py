"""Patterns and fuzzy words to the words of a segment's field that they stand for."""

import re

from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Numbers, cut, room, uints
from nutgraf_index.segment.term_dictionary import TermDictionary

__all__ = ["TermExpander"]

_BEGINNING = re.compile(r"[^*?]*")


class TermExpander:
    """The words of one field in a segment, as they are looked through."""

    def __init__(self, words: TermDictionary) -> None:
        self._words = words
        self._expanded: Cache[tuple[str, int], Numbers] = Cache(256)

    def find(self, word: str) -> Numbers:
        """Return the number of a word, if it is there."""
        number = self._words.find(_bytes(word))
        return uints([number] if number >= 0 else [])

    def like(self, pattern: str) -> Numbers:
        """Return the numbers of the words like a pattern of `*` and `?`, ascending."""
        signed = "*" in pattern or "?" in pattern
        return self._expansion(pattern, 0) if signed else self.find(pattern)

    def within(self, word: str, edits: int) -> Numbers:
        """Return the numbers of the words at most some edits from one, ascending."""
        return self._expansion(word, edits)

    def _expansion(self, word: str, edits: int) -> Numbers:
        found = self._expanded.get((word, edits))
        if found is None:
            text, ends = self._words.sorted
            beginning = "" if edits else _BEGINNING.match(word)[0]  # type: ignore[index]
            chosen = self._words.beginning(_bytes(beginning))
            numbers = room("I", len(chosen))
            if edits:
                wanted = uints([*map(ord, word)])
                count = core.terms.within(text, ends, 0, len(chosen), wanted, edits, numbers)
            else:
                pattern = memoryview(_bytes(word))
                count = core.terms.like(text, ends, chosen.start, chosen.stop, pattern, numbers)
            found = self._expanded.put((word, edits), cut(numbers, count))
        return found


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
