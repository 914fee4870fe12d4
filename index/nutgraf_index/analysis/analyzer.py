"""Text to terms with offsets: the one analyser for indexing, querying and highlighting.

The words of a text are the same in all languages. Their terms depend on the language: the spelling
of a word is normalised, and the word is stemmed (by Snowball, in PyStemmer). English and languages
without accents stem the folded word; others stem the word as it is written, and fold the stem.
"""

import re
import threading
import unicodedata
from collections.abc import Iterable
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

import Stemmer

from nutgraf_index.analysis.folding import APOSTROPHES, fold
from nutgraf_index.analysis.languages.language import Language
from nutgraf_index.analysis.languages.registry import DEFAULT, row_of
from nutgraf_index.analysis.reading import is_address, read, read_with_edges
from nutgraf_index.analysis.words import HYPHENS, Cut, gram_size, is_lettered, words_of

__all__ = ["PLAIN", "Analyzer", "Asked", "Lookup", "Token", "analyzer_of"]


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


class Lookup(NamedTuple):
    """A token of a query as it is looked up; see `Analyzer.row`.

    Attributes:
        word: the folded word, or the gram.
        term: its term.
        distance: the position of the token in the text, from 0.
        length: the number of positions that it covers: the characters of a gram; 1 for a word.
        begins: whether all grams that begin with it are looked up: it is a run of fewer characters
            than a gram has.
    """

    word: str
    term: str
    distance: int
    length: int = 1
    begins: bool = False


class Asked(NamedTuple):
    """A word or phrase of a query, analysed; see `Analyzer.asked`.

    Attributes:
        span: the number of positions that it covers.
        row: its tokens to look up, in order; see `Analyzer.row`.
        terms: the terms of the row.
        sole_term: its term, if it is looked up by that alone; else None.
        weighted_terms: the terms without those of stop words; all terms if it has nothing else.
        lone_word: its folded word, if it is one word or gram; empty for others and for U.S.
        is_stop_word: whether the lone word is a stop word.
    """

    span: int
    row: tuple[Lookup, ...]
    terms: tuple[str, ...]
    sole_term: str | None
    weighted_terms: tuple[str, ...]
    lone_word: str
    is_stop_word: bool


PLAIN = 64  # characters; a longer word is not stemmed
_LONGEST_TERM = 128  # characters
# At the end of the term of a word that is stemmed as a stop word: no word ends so.
_APART = "·"
_MOST_CHUNKS = 1 << 16  # chunks of text, between white space, whose words are cached


class _Stemmers(threading.local):
    """A stemmer for each thread, since it has state."""

    def __init__(self, algorithm: str) -> None:
        if algorithm:
            # Without PyStemmer's own cache, which takes ten times as long as stemming.
            self.stemmer = Stemmer.Stemmer(algorithm, 0)


@cache
def analyzer_of(language: str = DEFAULT) -> "Analyzer":
    """Return the analyser of a language, given by its tag; all threads share it."""
    return _analyzer_of(row_of(language).code)


@cache
def _analyzer_of(code: str) -> "Analyzer":
    return Analyzer(code)


class Analyzer:
    """The analyser of a language. Threads may share it; other processes get its language code."""

    def __init__(self, language: str) -> None:
        self.language = row_of(language)
        self._cut = _cut_of(self.language)
        self._folded_stem = self.language.folded_stem or fold
        self._has_letters = self.language.letters is not None
        self._local = _Stemmers(self.language.stemmer)
        self._term = lru_cache(maxsize=200_000)(self._term_of)
        self._term_of_written = lru_cache(maxsize=200_000)(self._term_as_written)
        self._words_of: dict[str, list[str]] = {}
        # All stages of a query, and all segments, ask for the same few words.
        self.asked = lru_cache(maxsize=1024)(self._asked_of)
        self.compound = lru_cache(maxsize=1024)(self._compound_of)

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
        plain = self.lettered(plain)
        words = words_of(plain, self._cut)
        if not self.language.keeps_accents:
            return [Token(*self._term(word), start, end) for word, start, end in words]
        return [
            Token(*self._term_of_written(word, plain[start:end]), start, end)
            for word, start, end in words
        ]

    def form(self, plain: str, token: Token) -> str:
        """Return the word of a token of a text as it is stemmed: with its accents, or folded."""
        if not self.language.keeps_accents:
            return token.word
        return _form(token.word, self.lettered(plain[token.start : token.end]))

    def lettered(self, plain: str) -> str:
        """Return a text of the same length with signs that stand for others replaced.

        They are the quotation marks within acronyms of Hebrew, and `Language.letters`.
        """
        if '"' in plain and not plain.isascii():
            plain = _hebrew_quote().sub("\u05f4", plain)
        return plain if self.language.letters is None else self.language.letters(plain)

    def words(self, text: str) -> list[str]:
        """Return the folded words of the tokens of a text, in order.

        The words of a chunk, between white space, are cached: no word goes beyond white space.
        """
        words: list[str] = []
        cache = self._words_of
        for chunk in self.lettered(read(text)).split():
            words_of_chunk = cache.get(chunk)
            if words_of_chunk is None:
                words_of_chunk = [_shortened(word) for word, _, _ in words_of(chunk, self._cut)]
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
        stems = self._stems(words)
        if not self._stop_terms.isdisjoint(stems):
            return list(map(self._apart, words, stems))
        return stems

    def is_stop_word(self, word: str) -> bool:
        """Return whether a folded word is a stop word, which a query searches only in quotes.

        The word of an address, such as https, is a stop word too.
        """
        return word in self.language.stop_words or is_address(word)

    def one_term(self, words: Iterable[str]) -> tuple[str, str] | None:
        """Join words; return the folded word and its term, or None if it is not one token.

        Return None for a number, too.

        >>> english = analyzer_of("en")
        >>> english.one_term(["e", "mails"]), english.one_term(["10", "12"])
        (('emails', 'email'), None)
        """
        joined = "".join(words)
        tokens = [] if joined.isdigit() else self.tokens(joined)
        if len(tokens) != 1:
            return None
        return joined if joined.isascii() else tokens[0].word, tokens[0].term

    def row(self, text: str) -> tuple[Lookup, ...]:
        """Return the tokens of a text to look up for the text as a phrase, in order.

        The words at the end of a run without spaces have fewer characters than a gram. The grams
        before them have their characters, so they are not looked up.

        >>> [(one.term, one.distance, one.length) for one in analyzer_of("zh").row("水污染 law")]
        [('水污', 0, 2), ('污染', 1, 2), ('law', 3, 1)]
        """
        return self.asked(text).row

    def terms(self, text: str) -> tuple[str, ...]:
        """Return the terms of a word or phrase, as `row` has them."""
        return self.asked(text).terms

    def _asked_of(self, text: str) -> Asked:
        """Return a word or phrase of a query, analysed."""
        has_dots = False
        if is_lettered(text) and len(text) <= PLAIN and (text.islower() or not self._has_letters):
            words = text.lower().split()
            row, span = tuple(map(Lookup, words, self.stems(words), range(len(words)))), len(words)
        else:
            tokens = self.tokens(text)
            row, span = _row_of(tokens), len(tokens)
            has_dots = span == 1 and "." in text[tokens[0].start : tokens[0].end]
        if len(row) != 1:
            terms = tuple([look.term for look in row])
            counting = tuple([look.term for look in row if not self.is_stop_word(look.word)])
            return Asked(span, row, terms, None, counting or terms, "", False)
        ((word, term, _, length, begins),) = row
        is_lone = span == 1 or length == span
        if has_dots:
            is_lone = is_address(word)
        lone_word = word if is_lone else ""
        terms, sole = (term,), None if begins else term
        return Asked(span, row, terms, sole, terms, lone_word, self.is_stop_word(lone_word))

    def _compound_of(self, text: str) -> tuple[str, str] | None:
        """Return a hyphenated word as one folded word, and its term; None for any other text.

        >>> english = analyzer_of("en")
        >>> english.compound("E-mails"), english.compound("10-12"), english.compound("email")
        (('emails', 'email'), None, None)
        """
        tokens = self.tokens(text)
        gaps = {text[left.end : right.start] for left, right in pairwise(tokens)}
        forms = [self.form(text, token) for token in tokens]
        return self.one_term(forms) if gaps and gaps <= HYPHENS else None

    def _term_of(self, word: str) -> tuple[str, str]:
        """Return a folded word, shortened if it is very long, and its term."""
        if len(word) > PLAIN:
            word = _shortened(word)
            return word, word
        return word, self._apart(word, *self._stems([word]))

    def _term_as_written(self, word: str, written: str) -> tuple[str, str]:
        """Return a folded word, shortened if it is very long, and the term of the text it is of."""
        form = _form(word, written)
        if form == word:
            return self._term(word)
        return word, self._apart(word, *self._stems([form]))

    def _stems(self, words: list[str]) -> list[str]:
        """Return the stem of each word, without accents, if the language stems words with them."""
        language = self.language
        stems = list(map(language.spelling, words))
        if language.stemmer:
            stems = self._local.stemmer.stemWords(stems)
        variants = self._stem_variants
        stems = [variants.get(stem, stem) for stem in stems]
        if language.stem_length:
            stems = [stem[: language.stem_length] for stem in stems]
        if language.keeps_accents:
            stems = [stem if stem.isascii() else self._folded_stem(stem) for stem in stems]
        return stems

    def _apart(self, word: str, term: str) -> str:
        """Return the term of a folded word, apart from the terms of stop words unless it is one.

        A search for Orly or willing finds no "or" and no "will". Words that are stemmed alike still
        have the same term.
        """
        if term in self._stop_terms and not self.is_stop_word(word):
            return term + _APART
        return term

    @cached_property
    def _stop_terms(self) -> frozenset[str]:
        """The terms of the stop words."""
        return frozenset(self._stems([*self.language.stop_words]))

    def span(self, text: str) -> int:
        """Return the number of positions that a text covers."""
        return self.asked(text).span

    def is_unspaced(self, text: str) -> bool:
        """Return whether all words of a text are of scripts without spaces."""
        row = () if text.isascii() else self.row(text)
        return bool(row) and all(gram_size(look.word[0]) for look in row)

    @cached_property
    def elision(self) -> re.Pattern[str] | None:
        """The pattern of an elided article at the beginning of a folded word; None without any."""
        return re.compile(self.language.elision) if self.language.elision else None

    @cached_property
    def _stem_variants(self) -> dict[str, str]:
        if not self.language.stemmer:
            return {}
        return dict(self.language.stem_variants(self._local.stemmer.stemWord))


def _row_of(tokens: list[Token]) -> tuple[Lookup, ...]:
    """Return the tokens of a text that are looked up; see `Analyzer.row`."""
    row: list[Lookup] = []
    is_covered = False  # whether a gram before the token has its characters
    for distance, (word, term, _, _) in enumerate(tokens):
        size = gram_size(word[0])
        if not size:
            row.append(Lookup(word, term, distance))
            is_covered = False
        elif len(word) == size:
            row.append(Lookup(word, term, distance, size))
            is_covered = True
        elif not is_covered:
            row.append(Lookup(word, term, distance, len(word), begins=True))
            is_covered = len(word) > 1
        elif len(word) == 1:  # the end of the run
            is_covered = False
    return tuple(row)


def _cut_of(language: Language) -> Cut | None:
    """Return what cuts the articles and suffixes of words with an apostrophe; None for nothing."""
    if not (language.article or language.suffix):
        return None
    article = re.compile(language.article or "(?!)").match
    suffix = re.compile(rf"(?:{language.suffix or '(?!)'})\Z").search

    def cut(word: str) -> tuple[int, int]:
        before, after = article(word), suffix(word)
        start = before.end() if before else 0
        return start, len(word) - after.start() if after and after.start() > start else 0

    return cut


def _form(word: str, written: str) -> str:
    """Return a word in lower case with its accents: of acronyms, numbers and grams the word."""
    if written.isascii() or len(word) > PLAIN:
        return word
    form = unicodedata.normalize("NFKC", written).lower()
    if not form.isalnum():
        form = "".join([sign for sign in form if not _is_unseen(sign)])
    return form if fold(form) == word else word


@cache
def _hebrew_quote() -> re.Pattern[str]:
    return re.compile('"(?<=[\u05d0-\u05ea]")(?=[\u05d0-\u05ea])')


def _is_unseen(character: str) -> bool:
    """Return whether folding drops a character, as an apostrophe within a word or a joiner."""
    return character in APOSTROPHES or unicodedata.category(character) == "Cf"


def _shortened(word: str) -> str:
    """Return a folded word; a very long word becomes its first characters and a digest."""
    if len(word) <= _LONGEST_TERM:
        return word
    import hashlib  # slow to import and seldom needed

    # Equal words stay equal, and different words different.
    digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8)
    return word[:_LONGEST_TERM] + digest.hexdigest()
