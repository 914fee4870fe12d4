"""Tells where sentences end, and which lines go on in the line below, in one language."""

from functools import cache

from nutgraf_index.analysis.languages.newsroom import SentenceWords
from nutgraf_index.analysis.languages.registry import LANGUAGES

__all__ = [
    "CONTINUING",
    "IN_ADDRESS",
    "LAST",
    "POSSESSIVES",
    "Sentences",
    "sentences_of",
]

_SENTENCE_END = frozenset(".!?:…。！？।؟")
_AFTER_SENTENCE = "\"'”’»」』)]*_"
# The last character of a line that ends a sentence is one of these.
LAST = _SENTENCE_END.union(_AFTER_SENTENCE)
_LONGEST_END = 16  # characters of a line's end that are read
# A line that begins with one of these goes on with the sentence above it.
CONTINUING = frozenset(",;.:)]}?!%’”")
IN_ADDRESS = ("://", "www.", "@")  # one of these is in the address of a page or of mail
POSSESSIVES = ("'s", "’s", "s'", "s’")


class Sentences:
    """Recognises the ends of sentences, and lines that are no whole sentence."""

    def __init__(self, words: SentenceWords) -> None:
        self._abbreviations = words.abbreviations
        self._small_words = words.small_words
        self._openings = words.unfinished
        self.speech_dashes = tuple(words.speech_dashes)

    def ends(self, line: str) -> bool:
        """Return whether a line, without white space at its end, ends a sentence.

        An abbreviation or an initial ends none.

        >>> english = sentences_of("en")
        >>> [english.ends(line) for line in ("It is over.", "(It is.)", "Mr.", "by A.", "in Oslo")]
        [True, True, False, False, False]
        """
        if line[-1] not in LAST:
            return False
        bare = line[-_LONGEST_END:].rstrip(_AFTER_SENTENCE)
        return bare[-1:] in _SENTENCE_END and not (bare[-1] == "." and self.is_abbreviated(bare))

    def is_abbreviated(self, line: str) -> bool:
        """Return whether the full stop at the end of a line belongs to its last word."""
        word = line.rsplit(None, 1)[-1][:-1].lstrip("(\"'“‘[").casefold()
        return (len(word) == 1 and word.isalpha()) or word in self._abbreviations

    def is_unfinished(self, line: str) -> bool:
        """Return whether the last word of a line does not end a sentence or a headline."""
        return line.rsplit(None, 1)[-1].casefold() in self._openings or (
            " " in line and line.endswith(POSSESSIVES)
        )

    def is_function_word(self, line: str) -> bool:
        """Return whether a line is a single word that no sentence, title or menu consists of."""
        return line.casefold() in self._openings

    def is_name(self, line: str) -> bool:
        """Return whether a line may name a speaker: in capitals, or a capital in each word."""
        return line.isupper() or self.is_title(line)

    def is_title(self, line: str) -> bool:
        """Return whether all words of a line but the small ones begin with a capital or a digit."""
        words = line.split()
        small = [word for word in words if word[0].islower()]
        return (
            2 * len(small) <= len(words)
            and any(word[0].isupper() for word in words)
            and all(word in self._small_words for word in small)
        )


@cache
def sentences_of(language: str) -> Sentences:
    """Return the reader of sentences of a language, given by its code."""
    return Sentences(LANGUAGES[language].sentences)
