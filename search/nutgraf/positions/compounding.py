"""Compounds: words of an index of which a query word is a part, as Dampfschiff has Schiff.

No dictionary tells compounds. A word is a compound if it is the query word and another word of the
index, with or without a linking element between them. Which words those are depends on nothing but
the live passages of the language, so the history of an index does not matter.
"""

from collections.abc import Callable, Iterator
from functools import lru_cache

from nutgraf.positions.occurrences import choice_of_words, documents_of
from nutgraf.positions.term_expansion import TermExpander
from nutgraf_index.analysis.analyzer import PLAIN, Analyzer
from nutgraf_index.analysis.languages.language import Compounding
from nutgraf_index.cache import Cache
from nutgraf_index.core.buffers import Numbers, uints
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["Compounds"]

_CACHED = 256  # terms of a field
_CHANGED = 2  # letters at the end of a stem
_LONGEST_ENDING = 8  # letters of an inflected first part, with its linking element


class Compounds:
    """The compounds of a language, by their parts.

    Args:
        rules: those of the language
        analyzer: that of the language
        stands: returns whether at least `rules.fewest` passages of the language have a term
    """

    def __init__(
        self, rules: Compounding, analyzer: Analyzer, stands: Callable[[str], bool]
    ) -> None:
        self._rules = rules
        self._analyzer = analyzer
        self._term = lru_cache(maxsize=1 << 16)(self._term_of)
        self._stands = lru_cache(maxsize=1 << 16)(stands)
        self._words: Cache[tuple[PostingsReader, str], tuple[Numbers, frozenset[str]]] = Cache(
            _CACHED
        )

    def doc_ids(self, field: PostingsReader, dictionary: TermExpander, term: str) -> Numbers:
        """Return the documents of a field that have a compound with a term as a part."""
        numbers, _ = self._compounds(field, dictionary, term)
        if not len(numbers):
            return numbers
        return documents_of(field, [choice_of_words(field, numbers)]).numbers()

    def words(self, field: PostingsReader, dictionary: TermExpander, term: str) -> frozenset[str]:
        """Return the folded words of a field that are compounds with a term as a part."""
        return self._compounds(field, dictionary, term)[1]

    def _compounds(
        self, field: PostingsReader, dictionary: TermExpander, term: str
    ) -> tuple[Numbers, frozenset[str]]:
        """Return the compounds with a part: their numbers in the dictionary, and the words.

        The dictionary is scanned once. The result is cached.
        """
        compounds = self._words.get((field, term))
        if compounds is None:
            numbers: list[int] = []
            words: list[str] = []
            if len(term) >= self._rules.shortest and term.isalpha():
                text, ends = field.words.sorted
                own = field.terms.find(encoded(term))
                for number in dictionary.like(f"*{self._root(term)}*"):
                    if field.stems[number] == own:
                        continue
                    data = text[ends[number] : ends[number + 1]].tobytes()
                    word = data.decode("utf-8", "replace")
                    if self.has_part(word, term):
                        numbers.append(number)
                        words.append(word)
            compounds = self._words.put((field, term), (uints(numbers), frozenset(words)))
        return compounds

    def has_part(self, word: str, term: str) -> bool:
        """Return whether a folded word is a compound of a term and another word."""
        shortest, root = self._rules.shortest, self._root(term)
        if len(word) < len(root) + shortest or len(word) > PLAIN or not word.isalpha():
            return False
        if word.startswith(root):
            longest = min(len(word) - shortest, len(term) + _LONGEST_ENDING)
            for stop in range(len(root), longest + 1):
                # Many words have the same first part, so its term is cached.
                if any(
                    self._is_of(part, term) for part in self._unlinked(word[:stop])
                ) and self._is_word(word[stop:]):
                    return True
        start = word.find(root, shortest)
        while start >= 0:
            if self._is_of(word[start:], term) and any(
                self._is_word(part) for part in self._unlinked(word[:start])
            ):
                return True
            start = word.find(root, start + 1)
        return False

    def _root(self, term: str) -> str:
        """Return the letters that all words of a term begin with.

        Stemmers change the last letters of words, as those of Dutch regering to regeer.
        """
        return term[: max(self._rules.shortest, len(term) - _CHANGED)]

    def _unlinked(self, part: str) -> Iterator[str]:
        """Yield the first part of a compound as it is, and without each linking element."""
        yield part
        for link in self._rules.links:
            if part.endswith(link):
                yield part[: -len(link)]

    def _is_of(self, part: str, term: str) -> bool:
        """Return whether a part of a compound is a term or has it."""
        return part == term or self._term(part) == term

    def _is_word(self, part: str) -> bool:
        """Return whether a part of a compound, or its stem, is a word that stands often enough."""
        return (
            len(part) >= self._rules.shortest
            and part not in self._analyzer.language.stop_words
            and (self._stands(part) or self._stands(self._term(part)))
        )

    def _term_of(self, word: str) -> str:
        """Return the term of a folded word."""
        if word.isascii():
            return self._analyzer.stems([word])[0]
        word_and_term = self._analyzer.one_term([word])
        return word_and_term[1] if word_and_term else word
