"""Text to terms with offsets: the one analyser for indexing, querying and highlighting.

A word is folded; then its spelling is normalised and it is stemmed (by Snowball, in PyStemmer),
both by the rules of the language.
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
from nutgraf_index.analysis.reading import THOUSANDS, TIME, is_address, read, read_with_edges

__all__ = [
    "DESIGNATION",
    "HYPHENS",
    "MEASURE",
    "PLAIN",
    "Analyzer",
    "Token",
    "analyzer_of",
]


class Token(NamedTuple):
    """One word of a text. Its position is its index in the list that `Analyzer.tokens` returns.

    Attributes:
        word: the folded word.
        term: its stem, which is indexed.
        start: the offset of its first character in the original text.
        end: the offset after its last character.
    """

    word: str
    term: str
    start: int
    end: int


# Scripts without spaces: each character is a token, and a word of a query becomes a phrase.
_UNSPACED = (
    "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u3041-\u30fa\u30fc-\u30ff"
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_ANY_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|[\u0900-\u0963\u0966-\u0df3])"


# The units that are words of their own right after a whole number, as in 10km. Not among them is
# what makes one word with a number: 1st, 1990s, 5G, 3D, 4K, 50p, 5in.
_UNITS = "|".join(
    # Length, area, volume, weight
    "nm|mm|cm|m|km|metres?|meters?|kilomet(?:re|er)s?|ft|foot|feet|inch|inches|yd|yds|yards?|mi|miles?|m2|m3|km2|cm2|cm3|ha|acres?"
    "|sqm|sqft|sqkm|ml|cl|l|litres?|liters?|gal|gallons?|cc|mg|kg|kilos?|kt|tons?|tonnes?|lbs?|oz"
    # Speed, energy, frequency, data, temperature
    "|mph|kph|kmh|kmph|knots?|kts|mpg|rpm|fps|w|kw|mw|gw|tw|wh|kwh|mwh|gwh|twh|v|kv|kj|mj|kcal|cal"
    "|hp|bhp|psi|hz|khz|mhz|ghz|kb|mb|gb|tb|pb|kib|mib|gib|kbps|mbps|gbps|c|f"
    # Time, money, shares
    "|am|pm|ms|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|wks?|weeks?|months?|yrs?|years?"
    "|m|mn|mln|mio|mil|b|bn|bln|tn|trn|trln|hundred|thousand|million|billion|trillion|lakhs?|crores?"
    "|euros?|dollars?|pounds?|yen|pct|pc|percent|bps?".split("|")
)
# Codes of currencies, which stand before a number too, but not before one digit: DKK1 is a gene.
_CODES = "usd|eur|gbp|cad|aud|nzd|hkd|sgd|chf|jpy|cny|rmb|inr|sek|nok|dkk"
# 500g, but not 5G.
_UNIT = rf"(?:{_UNITS}|{_CODES}|(?<=\d\d)g)"
# Words of letters and digits alone in which a number is a word of its own.
MEASURE = rf"(?<![a-z0-9])(?:\d+{_UNIT}(?![a-z0-9])|(?:{_CODES})\d(?:\d|{_UNIT}(?![a-z0-9])))"


# Abbreviations of Latin degrees, in all languages, which have parts of several letters.
_DEGREES = (
    r"(?:ph|pharm|psy|th|ed|sc|litt|d\.?min|ll|mus)\.d|d\.(?:phil|sc|litt|mus|min|eng|ed|th|tech)"
    r"|[bm]\.(?:sc|phil|ed|eng|tech|com|arch|mus|th|litt|pharm|res|div|ch|chir|arts)"
    r"|[bm]\.a\.sc|ll\.[bm]|ed\.[ms]"
)


def _pattern(letter: str, digit: str, alone: str = "") -> re.Pattern[str]:
    """Return the pattern of words of some letters and digits, and of characters `alone`."""
    end = f"(?!{letter})"
    letters = rf"(?:(?!{digit}){letter})"
    in_groups = rf"\d{{1,3}}(?:[,'{THOUSANDS}]\d{{3}})+"
    # Few copies of `letter` and `end`: they are slow to compile.
    signed = rf"""(?:{in_groups}(?:st|nd|rd|th|s){end}
        |(?:\d+(?:[,'{THOUSANDS}]\d{{3}})*(?:[.{TIME}]\d+)+
            |\d{{1,2}}(?:,\d\d){{1,9}},\d{{3}}(?:\.\d+)?|{in_groups})(?={letters}*{end}))"""
    return re.compile(
        rf"""(?P<acronym>(?:(?<![^\W_])|(?<=\d)(?=[ap]\.m{end}))
                (?:[a-z](?:\.[a-z])+|(?:{_DEGREES})(?:\.?s)?){end}(?:\.{end})?(?:'s{end})?)
        |(?P<number>{signed}|\d+(?=(?:{_UNIT}|[ap]\.m){end}))
        |{letters}+(?={signed})
        |(?<![^\W_])(?:{_CODES})(?=\d(?:\d|{_UNIT}{end}))
        |(?P<and>&)
        {alone}
        |{letter}+(?:'(?:(?<!\d')|(?!\d)){letter}+)*""",
        re.VERBOSE,
    )


_ASCII_WORD = _pattern("[a-z0-9]", "[0-9]")


@cache  # slow to compile, and not needed for ASCII
def _any_word() -> re.Pattern[str]:
    return _pattern(_ANY_LETTER, r"\d", f"|[{_UNSPACED}]")


# Inner apostrophes are removed (Sana'a becomes Sanaa), but not these: we'll would become well.
_CONTRACTION = re.compile(r"(?:n't|'(?:ll|re|ve|d|m))$")
_IN_NUMBERS = str.maketrans(TIME, ".", f",'{THOUSANDS}")
PLAIN = 64  # characters; a longer word is not stemmed
_LONGEST_TERM = 128  # characters
_MOST_CHUNKS = 1 << 16  # chunks of text, between white space, whose words are cached


HYPHENS = frozenset("-\u2010\u2011")
# What is before the number of a designation and its plural s, as in F-16s and 737-800s. Not
# mid-1990s.
DESIGNATION = re.compile(
    r"(?<![^\W_])(?!(?:early|late|mid|post|pre)[-\u2010\u2011]\d+0s)"
    r"(?:[^\W\d_]+|[^\W\d_]*\d{3})"
    r"[-\u2010\u2011](?=\d+s(?![^\W_]))"
)
_LONGEST_DESIGNATION = 16  # characters before the number


@cache
def analyzer_of(language: str = DEFAULT) -> "Analyzer":
    """Return the analyser of a language, given by its code; all threads share it."""
    return Analyzer(language)


class Analyzer:
    """The analyser of a language. Threads may share it; other processes get its language code."""

    def __init__(self, language: str) -> None:
        self.language = LANGUAGES[language]
        self._local = threading.local()  # a stemmer for each thread, since it has state
        self._term = lru_cache(maxsize=200_000)(self._term_of)
        self._words_of: dict[str, list[str]] = {}
        # A query analyses the same words several times in each segment.
        self._tokens_of = lru_cache(maxsize=64)(self.tokens)
        self.terms = lru_cache(maxsize=1024)(self._terms_of)
        self.weighted_terms = lru_cache(maxsize=1024)(self._weighted_terms_of)
        self.compound = lru_cache(maxsize=1024)(self._compound_of)
        self.lone_word = lru_cache(maxsize=1024)(self._lone_word_of)
        self.is_stop_word = lru_cache(maxsize=1024)(self._is_stop_word_of)

    def __reduce__(self) -> tuple[Any, ...]:
        return analyzer_of, (self.language.code,)

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a text, in order. Time is linear in the length of the text.

        U.S. and Ph.D. are one word each, "us" and "phd". A possessive 's is not part of the token.
        Nor is the plural s of F-16s. The parts of a hyphenated word, and a number and its unit, are
        tokens at consecutive positions.

        >>> [token.term for token in analyzer_of("en").tokens("Iran's U.S.-led missiles, $1.5m")]
        ['iran', 'us', 'led', 'missil', '1.5', 'm']
        """
        plain, edges = read_with_edges(text)
        tokens = self.tokens_as_read(plain)
        if edges is None:
            return tokens
        return [
            Token(word, term, edges[start][0], edges[end - 1][1])
            for word, term, start, end in tokens
        ]

    def tokens_as_read(self, plain: str) -> list[Token]:
        """Return the tokens of a text that was read already; see `reading.read`."""
        edges, words = _words(plain)
        if edges is None:
            return [Token(*self._term(word), start, end) for word, start, end in words]
        return [
            Token(*self._term(word), edges[start][0], edges[end - 1][1])
            for word, start, end in words
        ]

    def words(self, text: str) -> list[str]:
        """Return the folded words of the tokens of a text, in order.

        The words of a chunk, between white space, are cached: no word goes beyond white space.
        """
        words: list[str] = []
        cache = self._words_of
        for chunk in read(text).split():
            words_of_chunk = cache.get(chunk)
            if words_of_chunk is None:
                words_of_chunk = [_shortened(word) for word, _, _ in _words(chunk)[1]]
                if len(cache) >= _MOST_CHUNKS:
                    cache.clear()
                if len(chunk) <= _LONGEST_TERM:
                    cache[chunk] = words_of_chunk
            words += words_of_chunk
        return words

    def stems(self, words: list[str]) -> list[str]:
        """Return the term of each word.

        Words must consist of 1 to `PLAIN` lower-case letters and digits of ASCII.
        """
        stems = self._stemmer.stemWords(list(map(self.language.spelling, words)))
        variants = self._stem_variants
        return [variants.get(stem, stem) for stem in stems]

    def _is_stop_word_of(self, word: str) -> bool:
        """Return whether a folded word is a stop word, which a query searches only in quotes.

        The word of an address, such as https, is a stop word too.
        """
        return word in self.language.stop_words or is_address(word)

    def one_term(self, words: Iterable[str]) -> tuple[str, str] | None:
        """Join folded words; return the joined word and its term, or None if it is not one token.

        Return None for a number, too.

        >>> english = analyzer_of("en")
        >>> english.one_term(["e", "mails"]), english.one_term(["10", "12"])
        (('emails', 'email'), None)
        """
        joined = "".join(words)
        tokens = [] if joined.isdigit() else self.tokens(joined)
        return (joined, tokens[0].term) if len(tokens) == 1 else None

    def _terms_of(self, text: str) -> tuple[str, ...]:
        """Return the terms of a word or phrase."""
        return tuple(token.term for token in self._tokens_of(text))

    def _weighted_terms_of(self, text: str) -> tuple[str, ...]:
        """Return the terms of a word except its stop words; all terms if it has only stop words."""
        tokens = self._tokens_of(text)
        terms = (token.term for token in tokens if not self.is_stop_word(token.word))
        return tuple(terms) or self.terms(text)

    def _compound_of(self, text: str) -> tuple[str, str] | None:
        """Return a hyphenated word as one folded word, and its term; None for any other text.

        >>> english = analyzer_of("en")
        >>> english.compound("E-mails"), english.compound("10-12"), english.compound("email")
        (('emails', 'email'), None, None)
        """
        tokens = self._tokens_of(text)
        gaps = {text[left.end : right.start] for left, right in pairwise(tokens)}
        return self.one_term(token.word for token in tokens) if gaps and gaps <= HYPHENS else None

    def _lone_word_of(self, text: str) -> str:
        """Return the folded word of a text of one word; empty for other texts and for U.S."""
        tokens = self._tokens_of(text)
        if len(tokens) != 1:
            return ""
        word, _, start, end = tokens[0]
        return word if is_address(word) or "." not in text[start:end] else ""

    def _term_of(self, word: str) -> tuple[str, str]:
        """Return a folded word, shortened if it is very long, and its term."""
        word = _shortened(word)
        if len(word) > PLAIN:
            return word, word
        stem = self._stemmer.stemWord(self.language.spelling(word))
        return word, self._stem_variants.get(stem, stem)

    @cached_property
    def elision(self) -> re.Pattern[str] | None:
        """The pattern of an elided article at the beginning of a folded word; None without any."""
        return re.compile(self.language.elision) if self.language.elision else None

    @cached_property
    def _stem_variants(self) -> dict[str, str]:
        return dict(self.language.stem_variants(self._stemmer.stemWord))

    @property
    def _stemmer(self) -> "Stemmer.Stemmer":
        if not hasattr(self._local, "stemmer"):
            # Without PyStemmer's own cache, which takes ten times as long as stemming.
            self._local.stemmer = Stemmer.Stemmer(self.language.stemmer, 0)
        stemmer: Stemmer.Stemmer = self._local.stemmer
        return stemmer


def _words(text: str) -> tuple[Edges | None, Iterator[tuple[str, int, int]]]:
    """Return the edges of a text as it is read (see `folded`), and its folded words.

    The offsets of the words are offsets in the folded text.
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
    elif word[-1] == "s" and word[:-1].isdigit() and start and match.string[start - 1] in HYPHENS:
        window = DESIGNATION.finditer(match.string, max(start - _LONGEST_DESIGNATION, 0), end + 1)
        if start in {before.end() for before in window}:
            word, end = word[:-1], end - 1
    return word, start, end


def _joined(word: str, kind: str | None) -> str:
    """Return a word without its inner signs: dots of U.S., commas of 1,000, apostrophes."""
    if kind == "acronym":
        return word.replace(".", "")
    if kind == "number":
        return word.translate(_IN_NUMBERS)
    if kind == "and":
        return kind
    return word if _CONTRACTION.search(word) else word.replace("'", "")


def _shortened(word: str) -> str:
    """Return a folded word; a very long word becomes its first characters and a digest."""
    if len(word) <= _LONGEST_TERM:
        return word
    import hashlib  # slow to import and seldom needed

    # Equal words stay equal, and different words different.
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
    return word[:_LONGEST_TERM] + digest.hexdigest()
