"""Readers of what the newsrooms of a language write around a story."""

from functools import cache

from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.passages.bylines import Bylines
from nutgraf_index.passages.datelines import Datelines
from nutgraf_index.passages.furniture import Furniture

__all__ = ["Newsroom", "newsroom_of"]


class Newsroom:
    """Readers of bylines, datelines and furniture; `head_notes` open notes in the head."""

    def __init__(self, language: str) -> None:
        words = LANGUAGES[language].newsroom
        self.bylines = Bylines(words)
        self.datelines = Datelines(words)
        self.furniture = Furniture(words)
        self.head_notes = words.head_notes


@cache
def newsroom_of(language: str) -> Newsroom:
    """Return the readers of a language, by its code."""
    return Newsroom(language)
