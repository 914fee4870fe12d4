"""The languages there are: a file each, and a row here."""

from functools import cache

from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.language import Language

__all__ = ["DEFAULT", "LANGUAGES", "month_numbers"]

LANGUAGES: dict[str, Language] = {language.code: language for language in (ENGLISH,)}
DEFAULT = ENGLISH.code


def month_numbers() -> list[tuple[str, int]]:
    """Return the names of months in all languages, folded to lower case, with their numbers."""
    return _month_numbers(tuple(LANGUAGES))


@cache
def _month_numbers(codes: tuple[str, ...]) -> list[tuple[str, int]]:
    return [
        (month.lower(), number)
        for code in codes
        for number, month in enumerate(LANGUAGES[code].newsroom.months, start=1)
    ]
