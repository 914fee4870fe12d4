"""The registry of languages: each has a file in this folder, and a row here."""

from functools import cache

from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.language import Language

__all__ = ["DEFAULT", "LANGUAGES", "month_numbers"]

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH,)}
DEFAULT = ENGLISH.code


def month_numbers() -> list[tuple[str, int]]:
    """Return the names of months in all languages, in lower case, with their numbers from 1."""
    return _month_numbers(tuple(LANGUAGES))


@cache
def _month_numbers(codes: tuple[str, ...]) -> list[tuple[str, int]]:
    return [
        (month.lower(), number)
        for code in codes
        for number, month in enumerate(LANGUAGES[code].newsroom.months, start=1)
    ]
