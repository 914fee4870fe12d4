"""Text to terms with offsets: the one analyser for writing, querying and highlighting.

A word is folded, then spelt in the one way of its variants and stemmed (Snowball, in C by
PyStemmer), as its language has it.
"""

import re
import threading
from collections.abc import Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import Stemmer

from nutgraf_index.analysis.folding import Edges, folded
from nutgraf_index.analysis.languages.registry import DEFAULT, LANGUAGES

__all__ = ["HYPHENS", "PLAIN", "Analyzer", "Token", "analyzer_of"]


class Token(NamedTuple):
    """One word of a text; its position is its index in the list that `Analyzer.tokens` returns.

    `word` is the folded form, `term` its stem: what the index holds. `[start, end)` are
    characters of the original text.
    """

    word: str
    term: str
    start: int
    end: int


# One token each: scripts written without spaces, where a query becomes a phrase of characters.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ANY_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|[\u0900-\u0963\u0966-\u0df3])"


def _pattern(letter: str, alone: str) -> re.Pattern[str]:
    return re.compile(
        rf"""(?P<acronym>(?<![^\W_])[a-z](?:\.[a-z])+(?![^\W_])(?:\.(?![^\W_]))?(?:'s(?![^\W_]))?)
        |(?P<number>(?<![^\W_])\d+(?:,\d{{3}})*(?:\.\d+)+(?![^\W_])
                   |(?<![^\W_])\d{{1,3}}(?:,\d{{3}})+(?![^\W_]))
        {alone}
        |{letter}+(?:'{letter}+)*""",
        re.VERBOSE,
    )


_ASCII_WORD = _pattern("[a-z0-9]", "")


@cache  # slow to compile, and not needed for ASCII
def _any_word() -> re.Pattern[str]:
    return _pattern(_ANY_LETTER, f"|[{_UNSPACED}]")


# Other inner apostrophes go, so that Sana'a is Sanaa; these would make another word (we'll).
_CONTRACTION = re.compile(r"(?:n't|'(?:ll|re|ve|d|m))$")
PLAIN = 64  # characters of the longest word that is stemmed
_LONGEST_TERM = 128
_CHUNKS = 1 << 16  # stretches between white space whose words are kept


HYPHENS = frozenset("-\u2010\u2011")


@cache
def analyzer_of(language: str = DEFAULT) -> "Analyzer":
    """Return the analyser of a language, by its code: one for all threads of the process."""
    return Analyzer(language)


class Analyzer:
    """The analyser of a language. Threads may share it; it is sent by its code."""

    def __init__(self, language: str) -> None:
        self.language = LANGUAGES[language]
        self._local = threading.local()  # a stemmer keeps state: one for each thread
        self._term = lru_cache(maxsize=200_000)(self._term_of)
        self._words_of: dict[str, list[str]] = {}
        # One query asks for the same words a few times in each segment.
        self._tokens_of = lru_cache(maxsize=64)(self.tokens)
        self.terms = lru_cache(maxsize=1024)(self._terms_of)
        self.weighted_terms = lru_cache(maxsize=1024)(self._weighted_terms_of)
        self.compound = lru_cache(maxsize=1024)(self._compound_of)
        self.lone_word = lru_cache(maxsize=1024)(self._lone_word_of)

    def __reduce__(self) -> tuple[Any, ...]:
        return analyzer_of, (self.language.code,)

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text, in order. Time is linear in the text.

        U.S. is one word "us"; a possessive 's is dropped and not part of the token; the parts of
        a hyphenated word are words of their own, next to each other.

        >>> [token.term for token in analyzer_of("en").tokens("Iran's U.S.-led missiles")]
        ['iran', 'us', 'led', 'missil']
        """
        edges, found = _words(text)
        if edges is None:
            return [Token(*self._term(word), start, end) for word, start, end in found]
        return [
            Token(*self._term(word), edges[start][0], edges[end - 1][1])
            for word, start, end in found
        ]

    def words(self, text: str) -> list[str]:
        """Return the words of a text as `tokens` folds them, in order.

        No word goes beyond white space, and what is between is often the same.
        """
        words: list[str] = []
        known = self._words_of
        for chunk in text.split():
            found = known.get(chunk)
            if found is None:
                found = [_kept(word) for word, _, _ in _words(chunk)[1]]
                if len(known) >= _CHUNKS:
                    known.clear()
                if len(chunk) <= _LONGEST_TERM:
                    known[chunk] = found
            words += found
        return words

    def stems(self, words: list[str]) -> list[str]:
        """Return the term of each word, the only one that `tokens` finds in it.

        Words have up to `PLAIN` small letters and digits of ASCII and nothing else.
        """
        stems = self._stemmer.stemWords(list(map(self.language.spelling, words)))
        variants = self._stem_variants
        return [variants.get(stem, stem) for stem in stems]

    def is_stop_word(self, word: str) -> bool:
        """Whether a folded word weighs nothing in a query unless quoted."""
        return word in self.language.stop_words

    def one_term(self, words: Iterable[str]) -> tuple[str, str] | None:
        """Return folded words written as one, and its term; None if that is a number or no word.

        >>> english = analyzer_of("en")
        >>> english.one_term(["e", "mails"]), english.one_term(["10", "12"])
        (('emails', 'email'), None)
        """
        whole = "".join(words)
        tokens = [] if whole.isdigit() else self.tokens(whole)
        return (whole, tokens[0].term) if len(tokens) == 1 else None

    def _terms_of(self, text: str) -> tuple[str, ...]:
        """Return the terms of a word or phrase."""
        return tuple(token.term for token in self._tokens_of(text))

    def _weighted_terms_of(self, text: str) -> tuple[str, ...]:
        """Return the terms of a word that count: of state-of-the-art without its stop words."""
        tokens = self._tokens_of(text)
        kept = (token.term for token in tokens if not self.is_stop_word(token.word))
        return tuple(kept) or self.terms(text)

    def _compound_of(self, text: str) -> tuple[str, str] | None:
        """Return a hyphenated word written as one, folded, and its term; None for other words.

        >>> english = analyzer_of("en")
        >>> english.compound("E-mails"), english.compound("10-12"), english.compound("email")
        (('emails', 'email'), None, None)
        """
        tokens = self._tokens_of(text)
        gaps = {text[left.end : right.start] for left, right in pairwise(tokens)}
        return self.one_term(token.word for token in tokens) if gaps and gaps <= HYPHENS else None

    def _lone_word_of(self, text: str) -> str:
        """Return the folded word that is all of a text; empty for several, none, U.S. and I.T."""
        tokens = self._tokens_of(text)
        if len(tokens) != 1 or "." in text[tokens[0].start : tokens[0].end]:
            return ""
        return tokens[0].word

    def _term_of(self, word: str) -> tuple[str, str]:
        """Return a folded word as kept, and its stem."""
        word = _kept(word)
        if len(word) > PLAIN:
            return word, word
        stem = self._stemmer.stemWord(self.language.spelling(word))
        return word, self._stem_variants.get(stem, stem)

    @cached_property
    def _stem_variants(self) -> dict[str, str]:
        return dict(self.language.stem_variants(self._stemmer.stemWord))

    @property
    def _stemmer(self) -> "Stemmer.Stemmer":
        if not hasattr(self._local, "stemmer"):
            # Without a memory of its own, whose upkeep takes ten times as long as to stem.
            self._local.stemmer = Stemmer.Stemmer(self.language.stemmer, 0)
        stemmer: Stemmer.Stemmer = self._local.stemmer
        return stemmer


def _words(text: str) -> tuple[Edges | None, Iterator[tuple[str, int, int]]]:
    """Return the folded words of a text and where each stands in the text folded.

    And what each folded character came from; see `folded`.
    """
    plain, edges = folded(text)
    pattern = _ASCII_WORD if plain.isascii() else _any_word()
    return edges, map(_word, pattern.finditer(plain))


def _word(match: re.Match[str]) -> tuple[str, int, int]:
    word = match[0]
    start, end = match.span()
    if match.lastgroup is not None or "'" in word:
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        word = _joined(word, match.lastgroup)
    return word, start, end


def _joined(word: str, kind: str | None) -> str:
    """Return a word without the signs within it: dots of U.S., commas of 1,000, apostrophes."""
    if kind == "acronym":
        return word.replace(".", "")
    if kind == "number":
        return word.replace(",", "")
    return word if _CONTRACTION.search(word) else word.replace("'", "")


def _kept(word: str) -> str:
    """Return a folded word, shortened if it is very long."""
    if len(word) <= _LONGEST_TERM:
        return word
    import hashlib  # slow to import and seldom needed

    # Equal words stay equal and different ones different, in a bounded length.
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
    return word[:_LONGEST_TERM] + digest.hexdigest()
