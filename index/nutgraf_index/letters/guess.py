"""Guesses the encoding of a text: the one in which its letters and words are most probable.

Each language of the table is tried in each of its encodings. Naive Bayes: the probability of a text
is that of its words; that of a word is the product over its letters, each after the letter before.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from operator import mul
from typing import NamedTuple

from nutgraf_index.letters.languages import EDGE, LanguageLetters, languages

__all__ = ["guesses"]

_WORD = re.compile(rb"[A-Za-z\x80-\xff]+")
_WIDE_WORD = re.compile(r"[A-Za-z\x80-\U0010ffff]+")
_HIGH = re.compile(rb"[\x80-\xff]")
_MULTIBYTE = frozenset("gb18030 big5 shift_jis euc_jp euc_kr".split())
_OPENING = 4096  # bytes whose common words count, besides those of the sample
_MOST_LINES = 200  # of a sample
_LINE = 400  # bytes of a line in a sample
_MOST_WORDS = 40  # different words with letters beyond ASCII
_MOST_REPEATS = 3  # of a word: a name that stands in each line says no more than that
_MOST_ENCODINGS = 12  # that are compared by pairs of letters; of a long text fewer
_LEAST_ENCODINGS = 5
_LONG = 20  # different words
_MOST_LANGUAGES = 3  # for each encoding
_FOREIGN = math.log(0.003)  # a word, mostly a name, of another language than the text's
_ELSEWHERE = math.log(0.02)  # a text in an encoding that its language does not use
_NOT_ITS_WORD = math.log(1e-4)  # a common word of other languages
_OTHER_WORD = math.log(1e-3)  # the same in a text of a language that the table lacks
_UNLISTED = math.log(0.15)  # a text of such a language
_MOST_BY_WORDS = 40.0  # greatest difference that the common words of ASCII make
# How much less usual an encoding is than the first of its languages, as a logarithm.
_UNUSUAL = {
    **dict.fromkeys("iso8859-2 iso8859-7 iso8859-9 koi8-r koi8-u".split(), 0.5),
    **dict.fromkeys("iso8859-6 iso8859-8 iso8859-13 iso8859-15 cp866 mac-roman".split(), 1),
    **dict.fromkeys("cp437 cp737 cp775 cp850 cp852 cp857 cp862".split(), 2),
    **dict.fromkeys("iso8859-5 mac-cyrillic".split(), 2),
    **dict.fromkeys("cp860 cp865 iso8859-16 mac-latin2".split(), 3),
}
# Probabilities of characters that are no letters, in any language.
_SYMBOLS = {
    **dict.fromkeys("’–", 3e-3),
    **dict.fromkeys("“”", 2e-3),
    **dict.fromkeys("‘„—…«»\xa0", 1e-3),
    **dict.fromkeys("•¿¡\xad", 3e-4),
    **dict.fromkeys("°§€£", 2e-4),
    **dict.fromkeys("©®™º·‚№", 1e-4),
    **dict.fromkeys("½²ª", 5e-5),
    **dict.fromkeys("¼¾³×±´", 2e-5),
    **dict.fromkeys("、。「」・ー，：；？！（）《》", 1e-2),
}
_WITHIN_WORDS = "’·\xad—–…"  # symbols that stand between letters
_REPEATED = math.log(0.3)  # a symbol after the same symbol
_LATIN = "\u036f"  # letters beyond are not Latin
_MIXED_SCRIPTS = math.log(1e-3)  # a letter of ASCII beside one of a script other than Latin
_BETWEEN_LETTERS = math.log(0.02)  # any other symbol between two letters; a soft hyphen elsewhere


class _Word(NamedTuple):
    """A decoded word.

    Attributes:
        pairs: its letters in lower case, each with the letter before; see `languages.EDGE`.
        shape: the logarithm of the probability of its capitals and symbols.
    """

    text: str
    pairs: tuple[str, ...]
    shape: float


def guesses(data: bytes) -> Iterator[tuple[str, float]]:
    """Yield encodings of a text in order of probability, the most probable first.

    `data` is a text with bytes beyond ASCII that is not UTF-8. The number is the logarithm of the
    probability of its words, for each character in them.
    """
    sample = _sample(data)
    counts = Counter(_WORD.findall(sample))
    opening = _WORD.findall(data[:_OPENING])  # its lines may be in ASCII
    plain = {word.decode().lower() for word in {*counts, *opening} if word.isascii()}
    by_words = _by_words(plain)
    words = {
        word: min(count, _MOST_REPEATS)
        for word, count in counts.most_common()
        if not word.isascii()
    }
    candidates = _likely(words, by_words)
    words = dict(list(words.items())[:_MOST_WORDS])
    split: dict[str, _Word] = {}
    scores: dict[str, tuple[float, float]] = {}
    for encoding, spoken in candidates.items():
        decoded = _decoded(encoding, words, sample, split)
        if decoded is not None:
            usual = any(not by_words[each.code] for each in _languages_by_encoding()[encoding])
            score = _score(decoded, spoken, by_words, 0.0 if usual else _ELSEWHERE)
            length = sum(len(word.text) * count for word, count in decoded)
            scores[encoding] = score - _UNUSUAL.get(encoding, 0), score / (length or 1)
    for encoding, (_, mean) in sorted(scores.items(), key=lambda item: -item[1][0]):
        yield encoding, mean


def _sample(data: bytes) -> bytes:
    """Return up to `_MOST_LINES` lines of all parts of the data that have bytes beyond ASCII."""
    lines = [line for line in data.splitlines() if not line.isascii()]
    every = -(-len(lines) // _MOST_LINES) or 1
    sample = []
    for line in lines[::every]:
        start, end = 0, len(line)
        if end > _LINE:
            high = _HIGH.search(line)
            assert high is not None
            start = line.rfind(b" ", 0, high.start()) + 1
            end = line.find(b" ", start + _LINE)
        sample.append(line[start : end if end >= 0 else None])
    return b"\n".join(sample)


def _by_words(plain: set[str]) -> dict[str, float]:
    """Return for each language the logarithm of the probability of the common words of a text.

    `plain` are the words of ASCII letters. The most probable language has 0.
    """
    common = plain & _common_words()
    scores = {
        language.code: sum(language.words.get(word, _NOT_ITS_WORD) for word in common)
        if language.words
        else (_OTHER_WORD if language.code == "xx" else _NOT_ITS_WORD) * len(common)
        for language in languages()
    }
    best = max(scores.values())
    by_words = {code: max(score - best, -_MOST_BY_WORDS) for code, score in scores.items()}
    return by_words | {"xx": by_words["xx"] + _UNLISTED}


@cache
def _common_words() -> frozenset[str]:
    return frozenset(word for language in languages() for word in language.words if word.isascii())


def _likely(
    words: Mapping[bytes, int], by_words: Mapping[str, float]
) -> dict[str, list[LanguageLetters]]:
    """Return the encodings to compare, each with its languages, by the single letters alone."""
    counts: Counter[int] = Counter()
    for word, count in words.items():
        for byte in word:
            counts[byte] += count
    foreign = _FOREIGN * sum(words.values())
    scores: dict[str, list[tuple[float, LanguageLetters]]] = {}
    for encoding, spoken in _languages_by_encoding().items():
        if encoding in _MULTIBYTE:
            continue
        for language in spoken:
            table = _bytes(encoding, language.code)
            score = sum(map(mul, counts.values(), map(table.__getitem__, counts)))
            score += max(by_words[language.code], foreign) - _UNUSUAL.get(encoding, 0)
            scores.setdefault(encoding, []).append((score, language))
    for ranked in scores.values():
        ranked.sort(key=lambda item: -item[0])
    most = _LEAST_ENCODINGS if len(words) > _LONG else _MOST_ENCODINGS
    best = sorted(scores, key=lambda encoding: -scores[encoding][0][0])[:most]
    usual = [language.encodings[0] for language in languages() if not by_words[language.code]]
    best += [encoding for encoding in usual if encoding in scores]
    likely = {
        encoding: [language for _, language in scores[encoding][:_MOST_LANGUAGES]]
        for encoding in best
    }
    return likely | {
        encoding: spoken
        for encoding, spoken in _languages_by_encoding().items()
        if encoding in _MULTIBYTE
    }


@cache
def _languages_by_encoding() -> dict[str, list[LanguageLetters]]:
    encodings: dict[str, list[LanguageLetters]] = {}
    for language in languages():
        for encoding in language.encodings:
            encodings.setdefault(encoding, []).append(language)
    return encodings


@cache
def _bytes(encoding: str, code: str) -> list[float]:
    """Return the logarithm of the probability of each byte, as a character of a language."""
    (language,) = (language for language in languages() if language.code == code)
    characters = bytes(range(0x100)).decode(encoding, "replace")
    return [
        language.letter(_lower(character)) if _is_letter(character) else _symbol(character)
        for character in characters
    ]


def _decoded(
    encoding: str, words: Mapping[bytes, int], sample: bytes, split: dict[str, _Word]
) -> list[tuple[_Word, int]] | None:
    """Return the words in an encoding with their counts; None if they are not valid in it."""
    try:
        if encoding in _MULTIBYTE:
            found = Counter(_WIDE_WORD.findall(sample.decode(encoding)))
            texts = [(text, min(n, _MOST_REPEATS)) for text, n in found.items()]
            texts = [(text, n) for text, n in texts if not text.isascii()][:_MOST_WORDS]
        else:
            texts = [(word.decode(encoding), n) for word, n in words.items()]
    except UnicodeDecodeError:
        return None
    for text, _ in texts:
        if text not in split:
            split[text] = _split(text)
    return [(split[text], count) for text, count in texts]


def _score(
    words: list[tuple[_Word, int]],
    spoken: list[LanguageLetters],
    by_words: Mapping[str, float],
    elsewhere: float,
) -> float:
    """Return the logarithm of the probability of words in the most probable language.

    `elsewhere` is that of a text of a language that is not spoken where the encoding is used.
    """
    table = [[_probability(word, language) for word, _ in words] for language in spoken]
    best = [max(scores) for scores in zip(*table, strict=True)]
    totals = [by_words[language.code] for language in spoken]
    # A text of any other language, in which each of these words is foreign.
    foreign = elsewhere + sum(
        (highest + _FOREIGN) * count for highest, (_, count) in zip(best, words, strict=True)
    )
    for i, row in enumerate(table):
        for score, highest, (_, count) in zip(row, best, words, strict=True):
            totals[i] += max(score, highest + _FOREIGN) * count
    shapes = sum(word.shape * count for word, count in words)
    return float(max(foreign, *totals)) + shapes


def _probability(word: _Word, language: LanguageLetters) -> float:
    """Return the logarithm of the probability of a word, by its letters or as a common word."""
    return max(language.of_pairs(word.pairs), language.words.get(word.text.lower(), -math.inf))


def _split(text: str) -> _Word:
    """Return a word as its pairs of letters, with the probability of its capitals and symbols."""
    pairs: list[str] = []
    shape = 0.0
    previous, before_upper, letters = EDGE, False, 0
    for i, character in enumerate(text):
        if not _is_letter(character):
            if i and text[i - 1] == character:
                shape += _REPEATED
            elif not character.isascii():
                shape += _symbol(character)
            between = letters and i + 1 < len(text) and _is_letter(text[i + 1])
            if (character not in _WITHIN_WORDS) if between else (character == "\xad"):
                shape += _BETWEEN_LETTERS
            if letters:
                pairs.append(previous + EDGE)
            previous, before_upper, letters = EDGE, False, 0
            continue
        if letters and (
            (previous.isascii() and character > _LATIN)
            or (previous > _LATIN and character.isascii())
        ):
            shape += _MIXED_SCRIPTS
        lower = _lower(character)
        pairs.append(previous + lower)
        upper = character != lower
        if not letters:
            shape += math.log(0.12 if upper else 0.88)
        elif before_upper:
            another, lower_case = (0.4, 0.6) if letters == 1 else (0.97, 0.03)
            shape += math.log(another if upper else lower_case)
        elif upper:
            shape += math.log(0.002)
        previous, before_upper, letters = lower, upper, letters + 1
    if letters:
        pairs.append(previous + EDGE)
    return _Word(text, tuple(pairs), shape)


def _is_letter(character: str) -> bool:
    return character.isalpha() and character not in "ªº"


def _lower(letter: str) -> str:
    return letter.lower()[0]  # of İ Python gives two characters


@cache
def _symbol(character: str) -> float:
    """Return the logarithm of the probability of a character that is no letter."""
    code = ord(character)
    if (probability := _SYMBOLS.get(character)) is not None:
        return math.log(probability)
    if code < 0xA0 or code == 0xFFFD or 0xE000 <= code < 0xF900:  # controls and private use
        return math.log(1e-9)
    return math.log(1e-7 if 0x2500 <= code < 0x2600 else 2e-6)  # drawing of lines
