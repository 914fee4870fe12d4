"""The words of a text, and where they stand; the same in all languages, but for elided articles.

Scripts that write no spaces between words (Chinese, Japanese, Thai, ...) are cut into grams: the
word at a character is the n characters from there. So is Korean, whose words end in particles.
"""

import re
import zlib
from collections.abc import Callable
from functools import cache, lru_cache

from nutgraf_index.analysis.folding import folded
from nutgraf_index.analysis.reading import THOUSANDS, TIME

__all__ = [
    "DESIGNATION",
    "HYPHENS",
    "MEASURE",
    "Cut",
    "gram_size",
    "has_grams",
    "is_lettered",
    "word_hash",
    "words_of",
]

#: A folded word and its span in the text.
Word = tuple[str, int, int]
#: Returns the length of the article at the beginning of a folded word with an apostrophe, and the
#: length of the suffix at its end; neither is part of the word.
Cut = Callable[[str], tuple[int, int]]

# Ideographs, bopomofo, kana and Hangul: grams of two characters.
_PAIRS = (
    "\u1100-\u11ff\u3005-\u3007\u3021-\u3029\u3041-\u30fa\u30fc-\u30ff\u3105-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# Thai, Lao, Tibetan, Burmese, Khmer: grams of three.
_TRIPLES = (
    "\u0e01-\u0e3a\u0e40-\u0eff\u0f00\u0f18-\u0fff\u1000-\u1049\u104c-\u109f\u1780-\u17d3\u17d7"
    "\u17dc-\u17ff"
)
_UNSPACED = _TRIPLES + _PAIRS
_MARKS = "\u0900-\u0963\u0966-\u0df3\u07a6-\u07b0"  # vowel signs are letters
# No character is of both kinds: a long word would be tried in exponentially many ways.
_ANY_LETTER = rf"(?:(?![{_UNSPACED}])[^\W_]|(?!\w)[{_MARKS}])"
# Within a run: the place where a line may end, and what ends a syllable in Tibetan.
_NO_SPACE = "\u200b\u0f0b\u0f0c"


# The units that are words of their own right after a whole number, as in 10km. Not among them is
# what makes one word with a number: 1st, 1990s, 5G, 3D, 4K, 50p, 5in.
_UNITS = "|".join(
    # Length, area, volume, weight
    "nm|mm|cm|m|km|metres?|meters?|kilomet(?:re|er)s?|ft|foot|feet|inch|inches|yd|yds|yards?|mi|miles?|m2|m3|km2|cm2|cm3|ha|acres?"
    "|sqm|sqft|sqkm|ml|cl|l|litres?|liters?|gal|gallons?|cc|mg|kg|kilos?|kt|tons?|tonnes?|lbs?|oz"
    # Speed, energy, frequency, data, temperature
    "|mph|kph|kmh|kmph|knots?|kts|mpg|rpm|fps|w|kw|mw|gw|tw|wh|kwh|mwh|gwh|twh|v|kv|kj|mj|kcal|cal"
    "|hp|bhp|psi|hz|khz|mhz|ghz|kb|mb|gb|tb|pb|kib|mib|gib|kbps|mbps|gbps|c|f"
    # Time, money, shares
    "|am|pm|ms|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|days?|wks?|weeks?|months?|yrs?|years?"
    "|m|mn|mln|mio|mil|b|bn|bln|tn|trn|trln|hundred|thousand|million|billion|trillion|lakhs?|crores?"
    "|euros?|dollars?|pounds?|yen|pct|pc|percent|bps?".split("|")
)
# Codes of currencies, which stand before a number too, but not before one digit: DKK1 is a gene.
_CODES = "usd|eur|gbp|cad|aud|nzd|hkd|sgd|chf|jpy|cny|rmb|inr|sek|nok|dkk"
# 500g, but not 5G.
_UNIT = rf"(?:{_UNITS}|{_CODES}|(?<=\d\d)g)"
# Words of letters and digits alone in which a number is a word of its own.
MEASURE = rf"(?<![a-z0-9])(?:\d+{_UNIT}(?![a-z0-9])|(?:{_CODES})\d(?:\d|{_UNIT}(?![a-z0-9])))"


# Abbreviations of Latin degrees, in all languages, which have parts of several letters.
_DEGREES = (
    r"(?:ph|pharm|psy|th|ed|sc|litt|d\.?min|ll|mus)\.d|d\.(?:phil|sc|litt|mus|min|eng|ed|th|tech)"
    r"|[bm]\.(?:sc|phil|ed|eng|tech|com|arch|mus|th|litt|pharm|res|div|ch|chir|arts)"
    r"|[bm]\.a\.sc|ll\.[bm]|ed\.[ms]"
)


def _pattern(letter: str, digit: str, alone: str = "") -> re.Pattern[str]:
    """Return the pattern of words of some letters and digits, and of characters `alone`."""
    end = f"(?!{letter})"
    letters = rf"(?:(?!{digit}){letter})"
    in_groups = rf"\d{{1,3}}(?:[,'{THOUSANDS}]\d{{3}})+"
    # Few copies of `letter` and `end`: they are slow to compile.
    signed = rf"""(?:{in_groups}(?:st|nd|rd|th|s){end}
        |(?:\d+(?:[,'{THOUSANDS}]\d{{3}})*(?:[.{TIME}]\d+)+
            |\d{{1,2}}(?:,\d\d){{1,9}},\d{{3}}(?:\.\d+)?|{in_groups})(?={letters}*{end}))"""
    return re.compile(
        rf"""(?P<acronym>(?:(?<![^\W_])|(?<=\d)(?=[ap]\.m{end}))
                (?:[a-z](?:\.[a-z])+|(?:{_DEGREES})(?:\.?s)?){end}(?:\.{end})?(?:'s{end})?)
        |(?P<number>{signed}|\d+(?=(?:{_UNIT}|[ap]\.m){end}))
        |{letters}+(?={signed})
        |(?<![^\W_])(?:{_CODES})(?=\d(?:\d|{_UNIT}{end}))
        |(?P<and>&)
        {alone}
        |{letter}+(?:'(?:(?<!\d')|(?!\d)){letter}+)*""",
        re.VERBOSE,
    )


@cache  # slow to compile, and a search for plain words reads no text
def _word_pattern(*, is_ascii: bool) -> re.Pattern[str]:
    """Return the pattern of the words of a folded text."""
    if is_ascii:
        return _pattern("[a-z0-9]", "[0-9]")
    return _pattern(_ANY_LETTER, r"\d", f"|[{_UNSPACED}]")


@cache
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of characters in grams of three, and in grams of any size."""
    return re.compile(f"[{_TRIPLES}]"), re.compile(f"[{_UNSPACED}]")


# Inner apostrophes are removed (Sana'a becomes Sanaa), but not these: we'll would become well.
_CONTRACTIONS = ("n't", "'ll", "'re", "'ve", "'d", "'m")
_IN_NUMBERS = str.maketrans(TIME, ".", f",'{THOUSANDS}")

HYPHENS = frozenset("-\u2010\u2011")
# What is before the number of a designation and its plural s, as in F-16s and 737-800s. Not
# mid-1990s.
DESIGNATION = (
    r"(?<![^\W_])(?!(?:early|late|mid|post|pre)[-\u2010\u2011]\d+0s)"
    r"(?:[^\W\d_]+|[^\W\d_]*\d{3})"
    r"[-\u2010\u2011](?=\d+s(?![^\W_]))"
)
_LONGEST_DESIGNATION = 16  # characters before the number


def words_of(plain: str, cut: Cut | None = None) -> list[Word]:
    """Return the words of a text that was read already (see `reading.read`), in order."""
    text, edges = folded(plain)
    if edges is None and is_lettered(text):
        return _between_blanks(text)
    is_ascii = text.isascii()
    words = [_word(match, cut) for match in _word_pattern(is_ascii=is_ascii).finditer(text)]
    if edges is not None:
        words = [(word, edges[start][0], edges[end - 1][1]) for word, start, end in words]
    if not is_ascii and has_grams(text):
        return _with_grams(plain, words)
    return words


def is_lettered(text: str) -> bool:
    """Return whether a text has letters of ASCII and blanks alone: blanks separate its words."""
    return text.isascii() and (text.isalpha() or text.replace(" ", "").isalpha())


def _between_blanks(text: str) -> list[Word]:
    """Return the words of a folded text of letters of ASCII and blanks."""
    words: list[Word] = []
    end = 0
    for word in text.split():
        start = text.index(word, end)
        end = start + len(word)
        words.append((word, start, end))
    return words


def word_hash(word: str) -> int:
    """Return the hash of a folded word: 32 bits, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def has_grams(folded: str) -> bool:
    """Return whether a folded text has characters of a script that is cut into grams."""
    return not folded.isascii() and _unspaced()[1].search(folded) is not None


@lru_cache(maxsize=1 << 15)
def gram_size(character: str) -> int:
    """Return the number of characters of a gram that begins with a character; 0 without grams."""
    if character.isascii():
        return 0  # without the patterns, which are slow to compile
    triples, unspaced = _unspaced()
    return (3 if triples.match(character) else 2) if unspaced.match(character) else 0


def _with_grams(plain: str, words: list[Word]) -> list[Word]:
    """Return the words with each character of an unspaced script replaced by its gram."""
    sizes = [gram_size(word) if len(word) == 1 else 0 for word, _, _ in words]
    grams = words.copy()
    start, count = 0, len(words)
    while start < count:
        size, stop = sizes[start], start + 1
        if size:
            while (
                stop < count
                and sizes[stop] == size
                and (
                    words[stop - 1][2] == words[stop][1]
                    or not plain[words[stop - 1][2] : words[stop][1]].strip(_NO_SPACE)
                )
            ):
                stop += 1
            run = "".join([word for word, _, _ in words[start:stop]])
            grams[start:stop] = [
                (run[index : index + size], first, end)
                for index, (_, first, end) in enumerate(words[start:stop])
            ]
        start = stop
    return grams


def _word(match: re.Match[str], cut: Cut | None) -> Word:
    word = match[0]
    start, end = match.span()
    if match.lastgroup is not None or "'" in word:
        if word.endswith("'s"):
            word, end = word[:-2], end - 2
        if cut is not None and "'" in word:
            before, after = cut(word)
            word = word[before : len(word) - after]
            start, end = start + before, end - after
        word = _joined(word, match.lastgroup)
    elif word[-1] == "s" and word[:-1].isdigit() and start and match.string[start - 1] in HYPHENS:
        first = max(start - _LONGEST_DESIGNATION, 0)
        designations = re.compile(DESIGNATION).finditer(match.string, first, end + 1)
        if start in {before.end() for before in designations}:
            word, end = word[:-1], end - 1
    return word, start, end


def _joined(word: str, kind: str | None) -> str:
    """Return a word without its inner signs: dots of U.S., commas of 1,000, apostrophes."""
    if kind == "acronym":
        return word.replace(".", "")
    if kind == "number":
        return word.translate(_IN_NUMBERS)
    if kind == "and":
        return kind
    return word if word.endswith(_CONTRACTIONS) else word.replace("'", "")
