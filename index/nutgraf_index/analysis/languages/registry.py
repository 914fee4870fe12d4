"""The registry of languages: each has a file in a folder beside this one, and a row here."""

import re
import reprlib
from collections import UserDict
from functools import cache
from importlib import import_module
from typing import Any

from nutgraf_index.analysis.languages.language import Language
from nutgraf_index.errors import ArgumentError

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "UNDETERMINED",
    "checked_code",
    "code_of",
    "month_numbers",
    "months_by_language",
    "nearest_code",
    "newsrooms",
    "row_of",
]

DEFAULT = "en"
UNDETERMINED = "und"  # the code of a language that has no row
# For each code the name of the language, its names in itself and others, and the module with the
# constant `LANGUAGE`. It is imported on first use: most indexes need one.
_ROWS = {
    "en": ("English", "eng", "english"),
    "de": ("German", "deutsch ger deu", "germanic.german"),
    "nl": ("Dutch", "nederlands flemish dut nld", "germanic.dutch"),
    "da": ("Danish", "dansk dan", "germanic.danish"),
    "no": ("Norwegian", "norsk bokmål bokmal nynorsk nor nob nno nb nn", "germanic.norwegian"),
    "sv": ("Swedish", "svenska swe", "germanic.swedish"),
    "yi": ("Yiddish", "yid ji ייִדיש", "germanic.yiddish"),
    "fr": ("French", "français francais fre fra", "romance.french"),
    "es": ("Spanish", "español espanol castellano castilian spa", "romance.spanish"),
    "pt": ("Portuguese", "português portugues por", "romance.portuguese"),
    "it": ("Italian", "italiano ita", "romance.italian"),
    "ca": ("Catalan", "català catala valencian cat", "romance.catalan"),
    "ro": ("Romanian", "română romana moldavian rum ron mo", "romance.romanian"),
    "ru": ("Russian", "русский rus", "slavic.russian"),
    "uk": ("Ukrainian", "українська ukr", "slavic.ukrainian"),
    "bg": ("Bulgarian", "български bul", "slavic.bulgarian"),
    "sr": ("Serbian", "српски srpski srp", "slavic.serbian"),
    "cs": ("Czech", "čeština cesky česky cze ces", "slavic.czech"),
    "pl": ("Polish", "polski pol", "slavic.polish"),
    "fi": ("Finnish", "suomi fin", "european.finnish"),
    "et": ("Estonian", "eesti est", "european.estonian"),
    "hu": ("Hungarian", "magyar hun", "european.hungarian"),
    "el": ("Greek", "ελληνικά gre ell", "european.greek"),
    "ga": ("Irish", "gaeilge gle", "european.irish"),
    "lt": ("Lithuanian", "lietuvių lit", "european.lithuanian"),
    "hy": ("Armenian", "հայերեն arm hye", "european.armenian"),
    "eu": ("Basque", "euskara baq eus", "european.basque"),
    "eo": ("Esperanto", "epo", "european.esperanto"),
    "ar": ("Arabic", "العربية ara", "middle_eastern.arabic"),
    "fa": ("Persian", "farsi فارسی per fas prs", "middle_eastern.persian"),
    "he": ("Hebrew", "עברית heb iw", "middle_eastern.hebrew"),
    "tr": ("Turkish", "türkçe turkce tur", "middle_eastern.turkish"),
    "hi": ("Hindi", "हिन्दी hin", "asian.hindi"),
    "ur": ("Urdu", "اردو urd", "asian.urdu"),
    "ne": ("Nepali", "नेपाली nep", "asian.nepali"),
    "ta": ("Tamil", "தமிழ் tam", "asian.tamil"),
    "id": ("Indonesian", "bahasa ind in", "asian.indonesian"),
    "vi": ("Vietnamese", "vie tiếng", "asian.vietnamese"),
    "st": ("Sesotho", "sotho sot", "asian.sesotho"),
    "zh": ("Chinese", "中文 汉语 漢語 mandarin cantonese chi zho cmn yue", "unspaced.chinese"),
    "ja": ("Japanese", "日本語 jpn", "unspaced.japanese"),
    "ko": ("Korean", "한국어 kor", "unspaced.korean"),
    "th": ("Thai", "ไทย tha", "unspaced.thai"),
    "lo": ("Lao", "lao", "unspaced.lao"),
    "km": ("Khmer", "khm", "unspaced.khmer"),
    "my": ("Burmese", "myanmar bur mya", "unspaced.burmese"),
    "und": ("undetermined", "unknown mul mis zxx", "undetermined"),
}
_SHORT = 3  # letters of codes, which are too short to be corrected
# Codes that stand for the language of another code.
_ALIASES: dict[str, str] = {}


class _Languages(UserDict[str, Any]):
    """The languages by their codes; a language is imported when it is looked up."""

    def __getitem__(self, code: str) -> Language:
        if self.data[code] is None:
            self.data[code] = import_module(f"{__package__}.{_ROWS[code][2]}").LANGUAGE
        language: Language = self.data[code]
        return language


LANGUAGES = _Languages(dict.fromkeys(_ROWS))


def row_of(tag: str) -> Language:
    """Return the language of a tag or name; the undetermined one if it is unknown.

    >>> [row_of(tag).code for tag in ("de-AT", "pt_BR", "nb", "German", "tlh", "")]
    ['de', 'pt', 'no', 'de', 'und', 'und']
    """
    language = LANGUAGES.get(tag)
    return LANGUAGES[code_of(tag)] if language is None else language


def checked_code(language: str | None) -> str:
    """Return the code of a language given by its code, tag or name; "" for None.

    Raises `ArgumentError` for an unknown language.

    >>> checked_code("pt-BR"), checked_code("German"), checked_code(None)
    ('pt', 'de', '')
    """
    if language is None:
        return ""
    code = code_of(language)
    if code == UNDETERMINED and language != UNDETERMINED:
        near = nearest_code(language)
        meant = f" (did you mean {near}, {_ROWS[near][0]}?)" if near else ""
        raise ArgumentError(
            f"language must be the code or name of a language, not {reprlib.repr(language)}"
            f"{meant}; the languages are {', '.join(LANGUAGES)}"
        )
    return code


def nearest_code(name: object) -> str:
    """Return the code of the language whose name is the most similar; "" if none is.

    >>> nearest_code("Germn"), nearest_code("xx")
    ('de', '')
    """
    from difflib import get_close_matches  # slow to import, and needed for errors only

    names = [one for one in _names() if len(one) > _SHORT]
    near = get_close_matches(str(name).strip().lower(), names, n=1, cutoff=0.7)
    return _names()[near[0]] if near else ""


def code_of(tag: str) -> str:
    """Return the code of the language of a tag or name; "und" if it is unknown."""
    if not isinstance(tag, str):
        return UNDETERMINED
    name = tag.strip().lower()
    code = _names().get(name, name)
    if code not in LANGUAGES:
        primary = re.split(r"[-_.@ ,;(/]", name, maxsplit=1)[0]
        code = _names().get(primary, primary)
    return code if code in LANGUAGES else UNDETERMINED


@cache
def _names() -> dict[str, str]:
    """Return the code of each further name of a language, in lower case."""
    names = {
        name.lower(): code
        for code, (english, others, _) in _ROWS.items()
        for name in (english, *others.split())
    }
    return names | _ALIASES


def month_numbers() -> list[tuple[str, int]]:
    """Return the names of months in all languages, in lower case, with their numbers from 1.

    No language of the table of rows is imported for it.
    """
    return [name for names in months_by_language() for name in names]


def months_by_language() -> list[list[tuple[str, int]]]:
    """Return the names of months, as `month_numbers`, a list for each language; English first."""
    return _month_numbers(tuple(LANGUAGES[code] for code in LANGUAGES if code not in _ROWS))


def newsrooms() -> list[str]:
    """Return the codes of the languages whose words are known around names in fields."""
    return [code for code in LANGUAGES if code == DEFAULT or code not in _ROWS]


@cache
def _month_numbers(languages: tuple[Language, ...]) -> list[list[tuple[str, int]]]:
    from nutgraf_index.analysis.languages.newsrooms.months import MONTHS, months_of

    names = [*map(months_of, MONTHS), *(language.newsroom.months for language in languages)]
    return [
        [(month.lower(), index % 12 + 1) for index, month in enumerate(months)] for months in names
    ]
