"""Query expansion: the words of a segment's field that match a pattern or fuzzy word."""

import re

from nutgraf_index import core
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Numbers, copy_first, uints, zeros
from nutgraf_index.segment.term_dictionary import TermDictionary, encoded

__all__ = ["TermExpander"]

_PREFIX = r"[^*?]*"


class TermExpander:
    """Expands patterns and fuzzy words in the dictionary of words of a field of a segment."""

    def __init__(self, words: TermDictionary) -> None:
        self._words = words
        self._expansions: Cache[tuple[str, int], Numbers] = Cache(256)

    def find(self, word: str) -> Numbers:
        """Return the numbers of a word, one for each of its terms; empty for a word not there."""
        return uints(self._words.all_of(encoded(word)))

    def like(self, pattern: str) -> Numbers:
        """Return the numbers of the words that match a pattern of `*` and `?`, ascending."""
        wildcards = "*" in pattern or "?" in pattern
        return self._expansion(pattern, 0) if wildcards else self.find(pattern)

    def within(self, word: str, edits: int) -> Numbers:
        """Return the numbers of the words within `edits` edits of a word, ascending."""
        return self._expansion(word, edits)

    def _expansion(self, word: str, edits: int) -> Numbers:
        expansion = self._expansions.get((word, edits))
        if expansion is None:
            text, ends = self._words.sorted
            prefix = "" if edits else re.match(_PREFIX, word)[0]  # type: ignore[index]
            candidates = self._words.beginning(encoded(prefix))
            numbers = zeros("I", len(candidates))
            first, after = candidates.start, candidates.stop
            if edits:
                characters = uints([*map(ord, word)])
                count = core.terms.within(text, ends, first, after, characters, edits, numbers)
            else:
                pattern = memoryview(encoded(word))
                count = core.terms.like(text, ends, first, after, pattern, numbers)
            expansion = self._expansions.put((word, edits), copy_first(numbers, count))
        return expansion
