"""The readers of bylines, datelines, shapes and imprints of a language."""

import re
from functools import cache

from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, NewsroomWords
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.cache import lazy
from nutgraf_index.passages.bylines import Bylines
from nutgraf_index.passages.completion.imprints import Imprints
from nutgraf_index.passages.completion.titles import Titles
from nutgraf_index.passages.datelines import Datelines
from nutgraf_index.passages.shapes import Shapes

__all__ = ["Newsroom", "newsroom_of"]


class Newsroom:
    """The readers of a language, made from its `NewsroomWords`.

    A reader is made when it is first asked for: a search that compares two headlines needs
    `titles` alone, and the patterns of `shapes` take a tenth of a second to compile.

    `page_words` are the lines of menus and footers, `labels_below` the labels below the title of
    another story; both in lower case. `comments` is a label above what readers say.
    """

    def __init__(self, language: str) -> None:
        words: NewsroomWords = LANGUAGES[language].newsroom
        if words is NO_NEWSROOM:
            from nutgraf_index.analysis.languages.newsrooms.neutral import NEUTRAL_NEWSROOM

            words = NEUTRAL_NEWSROOM
        self._words = words
        self.bylines = Bylines(words)
        self.page_words = words.page_words
        self.labels_below = words.labels_below
        self.function_words = LANGUAGES[language].stop_words

    @lazy
    def datelines(self) -> Datelines:
        """The reader of datelines."""
        return Datelines(self._words, self.bylines)

    @lazy
    def shapes(self) -> Shapes:
        """The shapes of passages."""
        return Shapes(self._words)

    @lazy
    def imprints(self) -> Imprints:
        """The reader of imprints."""
        return Imprints(self._words, self.bylines)

    @lazy
    def titles(self) -> Titles:
        """The reader of titles."""
        return Titles(self._words, self.bylines)

    @lazy
    def comments(self) -> re.Pattern[str]:
        """A label above what readers say."""
        return re.compile(self._words.comments, re.IGNORECASE)


@cache
def newsroom_of(language: str) -> Newsroom:
    """Return the readers of a language, given by its code."""
    return Newsroom(language)
