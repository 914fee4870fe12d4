"""The readers of bylines, datelines, shapes and imprints of a language."""

import re
from functools import cache

from nutgraf_index.analysis.languages.language import NO_NEWSROOM
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.passages.bylines import Bylines
from nutgraf_index.passages.completion.imprints import Imprints
from nutgraf_index.passages.completion.titles import Titles
from nutgraf_index.passages.datelines import Datelines
from nutgraf_index.passages.shapes import Shapes

__all__ = ["Newsroom", "newsroom_of"]


class Newsroom:
    """The readers of a language, made from its `NewsroomWords`.

    `page_words` are the lines of menus and footers, `labels_below` the labels below the title of
    another story; both in lower case. `comments` is a label above what readers say.
    """

    def __init__(self, language: str) -> None:
        words = LANGUAGES[language].newsroom
        if words is NO_NEWSROOM:
            from nutgraf_index.analysis.languages.newsrooms.neutral import NEUTRAL_NEWSROOM

            words = NEUTRAL_NEWSROOM
        self.bylines = Bylines(words)
        self.datelines = Datelines(words, self.bylines)
        self.shapes = Shapes(words)
        self.imprints = Imprints(words, self.bylines)
        self.titles = Titles(words, self.bylines)
        self.page_words = words.page_words
        self.labels_below = words.labels_below
        self.comments = re.compile(words.comments, re.IGNORECASE)
        self.function_words = LANGUAGES[language].stop_words


@cache
def newsroom_of(language: str) -> Newsroom:
    """Return the readers of a language, given by its code."""
    return Newsroom(language)
