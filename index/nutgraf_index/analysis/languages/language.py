"""The definition of a language: its rules for terms, and where the words of its newsrooms are."""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, NamedTuple

__all__ = ["Compounding", "Language", "entries", "spaced", "words"]

_UNKNOWN = "nutgraf_index.analysis.languages.newsroom"  # has words that match nothing


class Compounding(NamedTuple):
    """How a language writes compounds: two words as one.

    Attributes:
        links: the folded linking elements that may stand between the words, as the s of Landtag
            and the n of Sonnenschein.
        shortest: the number of letters of the shortest word that counts as a part.
        fewest: the number of passages that must have a part, in its own or another form, by itself.
    """

    links: tuple[str, ...] = ()
    shortest: int = 4
    fewest: int = 2


def entries(text: str) -> list[str]:
    """Return the entries of a text that bars part, also over several lines.

    >>> entries("más noticias | portada |")
    ['más noticias', 'portada']
    """
    return [" ".join(entry.split()) for entry in text.split("|") if entry.strip()]


def words(text: str) -> frozenset[str]:
    """Return the entries of a text that bars part, as a set."""
    return frozenset(entries(text))


def spaced(text: str) -> frozenset[str]:
    """Return the words of a text that blanks part, as a set."""
    return frozenset(text.split())


class Language(NamedTuple):
    """A language of articles and queries.

    Attributes:
        code: the code of ISO 639-1, or of ISO 639-3 if there is none.
        name: the English name.
        stemmer: the name of a Snowball algorithm; empty for a language without a stemmer.
        stop_words: folded words that a query searches only in quotes.
        request_words: folded words that a query does not search at its beginning.
        question_words: folded words that begin a question.
        newest_words: folded words that ask for the newest articles, as "latest"; up to three
            words in a row are one entry.
        after_hyphens: folded words that may follow a hyphen, as in "pre- and post-war".
        clipped: the ends of contractions whose apostrophe became a blank (don t), each with the
            words before it, which do not count either; without any, the end follows any word and
            a word follows it (Ann s hat).
        newsroom_module: the name of the module with the constants `NEWSROOM`, the words of its
            newsrooms, and `SENTENCES`, the words by which layout tells where sentences end; empty
            if they are not known. It is imported on first use: only articles are read by them.
        letters: returns a text with characters that another one stands for in this language (I
            for ı in Turkish), each in place of one; None for a language without any.
        keeps_accents: whether words are stemmed in lower case with their accents, and the stem is
            folded; else the folded word is stemmed.
        spelling: returns the normalised spelling of a word, before stemming.
        stem_variants: takes the stemmer; returns stems with the stems that replace them.
        folded_stem: returns the term of a stem with accents; None for the folding of words.
        stem_length: the number of letters after which a stem is cut; 0 for whole stems.
        elision: the pattern of an elided article at the beginning of a folded word, with its
            apostrophe; empty for a language without any. The word without it is a word as well.
        article: the pattern of an elided article at the beginning of a folded word, with its
            apostrophe, which is not part of the word.
        suffix: the pattern of a suffix at the end of a folded word, with its apostrophe, which is
            not part of the word.
        compounding: how compounds are written; None for a language without compounds.
        has_pieces: whether pieces of the query's words add to the scores of the best passages.
        sounds: rules, a regular expression and its replacement each, applied in order; they turn
            words that sound alike into the same key.
    """

    code: str
    name: str
    stemmer: str = ""
    stop_words: frozenset[str] = frozenset()
    request_words: frozenset[str] = frozenset()
    newsroom_module: str = ""
    question_words: frozenset[str] = frozenset()
    newest_words: frozenset[str] = frozenset()
    after_hyphens: frozenset[str] = frozenset()
    letters: Callable[[str], str] | None = None
    keeps_accents: bool = False
    spelling: Callable[[str], str] = lambda word: word
    stem_variants: Callable[[Callable[[str], str]], Mapping[str, str]] = lambda stem: {}
    folded_stem: Callable[[str], str] | None = None
    stem_length: int = 0
    clipped: Mapping[str, frozenset[str]] = {}
    elision: str = ""
    article: str = ""
    suffix: str = ""
    compounding: Compounding | None = None
    has_pieces: bool = True
    sounds: tuple[tuple[str, str], ...] = ()

    @property
    def newsroom(self) -> Any:
        """The words of its newsrooms, of the type `newsroom.NewsroomWords`."""
        return import_module(self.newsroom_module or _UNKNOWN).NEWSROOM

    @property
    def sentences(self) -> Any:
        """The words by which layout tells where sentences end: `newsroom.SentenceWords`."""
        return import_module(self.newsroom_module or _UNKNOWN).SENTENCES

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
