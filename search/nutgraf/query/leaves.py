"""Makes the leaves of a query tree from the text of words and phrases. Pure.

The text of a leaf is normalised: it begins and ends with a word, and words are separated by single
blanks. Parsing the printed leaf gives an equal leaf.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutgraf.query.tree import Exact, Fuzzy, Node, Pattern, Signed, Words, is_word
from nutgraf_index.analysis.analyzer import Analyzer, Lookup, Token
from nutgraf_index.analysis.reading import bare_address, is_plain, read
from nutgraf_index.analysis.words import gram_size

if TYPE_CHECKING:
    from nutgraf_index.analysis.signs import Signs

__all__ = [
    "AND",
    "AND_SIGNS",
    "counted",
    "exact_of",
    "forms_of",
    "fuzzy_of",
    "has_grams",
    "has_signs",
    "operands_in",
    "pattern_of",
    "signed_terms",
    "with_signs",
    "without_signs",
    "words_of",
    "written",
]

# Rare letters that replace the wildcards while a pattern is tokenized.
_LETTERS = {"*": "\ua78f", "?": "\ua7f7"}
_TO_LETTERS = str.maketrans(_LETTERS)
_TO_WILDCARDS = str.maketrans({letter: wildcard for wildcard, letter in _LETTERS.items()})
#: Signs that are a word by themselves, and that word.
AND_SIGNS, AND = ("&", "＆", "﹠"), "and"
_ADDRESS = r"(?i)://|[@=&]|\Awww\."
_ENTITY = r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,31});"


def words_of(text: str, analyzer: Analyzer, *, quoted: bool = False) -> Words | Signed | None:
    """Return a leaf of the words of a text, `Signed` if any has a sign; None if it has no word.

    An address without quotes is asked for without its scheme, `www.` and tracking part. A sign `&`
    by itself is the word "and".
    """
    if is_plain(text):
        return Words(" ".join(text.split()) if " " in text else text, quoted)
    normalized = _normalized(text if quoted else bare_address(text), analyzer)
    if normalized in AND_SIGNS:
        normalized = AND
    if not normalized.strip("&"):
        return None
    return (Signed if has_signs(normalized, analyzer) else Words)(normalized, quoted)


def counted(node: Node, analyzer: Analyzer) -> Node:
    """Return a node; a stop word without quotes is put in quotes, so that it counts."""
    is_stop_word = is_word(node) and analyzer.asked(node.text).is_stop_word
    return node.replaced(quoted=True) if is_stop_word else node


def operands_in(text: str, analyzer: Analyzer) -> list[tuple[int, int]]:
    """Return the spans of a word without blanks that are operands of a query side by side.

    Scripts without spaces are read as grams, each an operand. Other words in between, and runs that
    are shorter than a gram, are operands too. Any other word is one operand.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text = "iPhone手机壳"
    >>> [text[start:end] for start, end in operands_in(text, analyzer_of("zh"))]
    ['iPhone', '手机', '机壳']
    """
    whole = [(0, len(text))]
    row = () if text.isascii() else analyzer.row(text)
    if len(row) < 2 or not any(_is_gram(look) for look in row):
        return whole
    tokens = analyzer.tokens(text)
    spans: list[tuple[int, int]] = []
    is_open = False  # whether the last operand is words, which go on
    for look in row:
        start = tokens[look.distance].start
        if is_open and spans:
            spans[-1] = spans[-1][0], start
        if _is_gram(look):
            spans.append((start, tokens[look.distance + look.length - 1].end))
        elif not is_open:
            spans.append((start if spans else 0, len(text)))
        is_open = not _is_gram(look)
    if is_open:
        spans[-1] = spans[-1][0], len(text)
    return _outermost(spans)


def _outermost(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans that lie in no other one; a character such as ㍿ is several grams."""
    kept: list[tuple[int, int]] = []
    for start, end in spans:
        if kept and start == kept[-1][0]:
            kept[-1] = start, max(end, kept[-1][1])
        elif not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept


def _is_gram(look: Lookup) -> bool:
    return look.length > 1 and not look.begins


def has_grams(text: str, analyzer: Analyzer) -> bool:
    """Whether a word of a text is of a script without spaces."""
    return not text.isascii() and any(gram_size(word[0]) for word in analyzer.words(text))


def has_signs(text: str, analyzer: Analyzer) -> bool:
    """Whether a word of a text has a sign, see `analysis/signs.py`."""
    return not is_plain(text) and bool(_signs_of(text, analyzer.tokens(text)))


def without_signs(leaf: Signed, analyzer: Analyzer) -> Words:
    """Return the words of a leaf without their signs.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> [str(without_signs(Signed(text), analyzer_of("en"))) for text in ("C++11", "#1", "20℃")]
    ['C-11', '1', '20-c']
    """
    text, tokens = leaf.text, analyzer.tokens(leaf.text)
    signs = _signs_of(text, tokens)
    pieces, last = [], 0
    for position, token in enumerate(tokens):
        if token.start < last:
            continue  # one character is two words: ½ is 1 and 2
        gap, word = text[last : token.start], text[token.start : token.end]
        if position - 1 in signs and signs[position - 1].end > token.start:
            gap, word = "-", token.word  # one character is a sign and a word: ℃ is ° and C
        elif gap and (position in signs or position - 1 in signs):
            gap = " " if any(map(str.isspace, gap)) else "-"
        pieces += [gap if position else "", word]
        last = token.end
    words = words_of("".join(pieces), analyzer, quoted=leaf.quoted)
    assert isinstance(words, Words)
    return words


def with_signs(leaf: Signed, analyzer: Analyzer) -> list[str]:
    """Return the words of a leaf as written, each with its signs.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> [with_signs(Signed(text), analyzer_of("en")) for text in ("C/C++", "$5m", "20℃")]
    [['C', 'C++'], ['$5m'], ['20℃']]
    """
    text, tokens = leaf.text, analyzer.tokens(leaf.text)
    signs = _signs_of(text, tokens)
    spans: list[tuple[int, int]] = []
    for position, token in enumerate(tokens):
        start, end = signs[position][2:] if position in signs else (token.start, token.end)
        # Words that touch are one: a number and its unit, and ½.
        if spans and start <= spans[-1][1]:
            start = spans.pop()[0]
        spans.append((start, end))
    return [text[start:end] for start, end in spans]


def signed_terms(text: str, analyzer: Analyzer) -> list[str]:
    """Return the terms of the words of a text; of a word with a sign, the word and its signs.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> signed_terms("C++ costs $1.5 billion", analyzer_of("en"))
    ['c++', 'cost', '$1.5', 'billion']
    """
    tokens = analyzer.tokens(text)
    signs = _signs_of(text, tokens)
    return [
        f"{signs[position].before}{token.word}{signs[position].after}"
        if position in signs
        else token.term
        for position, token in enumerate(tokens)
    ]


def exact_of(text: str, analyzer: Analyzer) -> Exact | None:
    """Return a leaf that matches the words of a text as written; None if it has no word."""
    normalized = _normalized(text, analyzer)
    return Exact(normalized) if normalized else None


def written(text: str, analyzer: Analyzer) -> list[str]:
    """Return the words of a text as written, in NFC, with every apostrophe as `'`.

    Gershayim, the sign within Hebrew abbreviations, become `"`. Entities are decoded, and marks
    of emphasis within a word are left out: see `reading.read`.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> written("Élysée’s U.S. aides don’t", analyzer_of("en"))
    ['Élysée', 'U.S.', 'aides', "don't"]
    """
    plain = read(text)
    return forms_of(plain, analyzer.tokens_as_read(plain))


def forms_of(plain: str, tokens: Sequence[Token]) -> list[str]:
    """Return the words as written of a text as it is read; `tokens` are its tokens."""
    forms = [plain[token.start : token.end] for token in tokens]
    return [
        unicodedata.normalize("NFC", form).replace("’", "'").replace("\u05f4", '"')
        for form in forms
    ]


def fuzzy_of(text: str, edits: int, analyzer: Analyzer) -> Fuzzy | None:
    """Return a leaf that matches each word of a text within `edits` edits.

    Return None if the text has no word or a word of a script without spaces, or if hyphens between
    its words would change the words.
    """
    words = analyzer.words(text)
    joined = "-".join(words)
    is_fuzzy = words and not has_grams(text, analyzer) and analyzer.words(joined) == words
    return Fuzzy(joined, edits) if is_fuzzy else None


def pattern_of(text: str, analyzer: Analyzer) -> Pattern | None:
    """Return the pattern of a text; None if the text has no `*` or `?` that is a wildcard.

    Scripts without spaces have no wildcards: a run of them is found wherever it stands.

    A `?` at the end of the text is a question mark, and `**` is Markdown. `*` and `?` are not
    wildcards in an address, or if a word consists of nothing else.
    """
    words = None if "**" in text or re.search(_ADDRESS, text) else _pattern_words(text, analyzer)
    if not words or not any("*" in word or "?" in word for word in words):
        return None
    if has_grams(text, analyzer):
        return None
    joined = "-".join(words)
    return Pattern(joined) if _pattern_words(joined, analyzer) == words else None


def _normalized(text: str, analyzer: Analyzer) -> str:
    """Return a text cut to its first and last word, with single blanks; empty without a word.

    The signs of these words are kept.
    """
    if is_plain(text):
        return " ".join(text.split())
    if "&" in text:
        text = re.sub(_ENTITY, _decoded, text)
    tokens = analyzer.tokens(text)
    if not tokens:
        return ""
    start, end = tokens[0].start, tokens[-1].end
    if signs := _signs_of(text, tokens):
        start = signs[0].start if 0 in signs else start
        end = signs[len(tokens) - 1].end if len(tokens) - 1 in signs else end
    cut = text[start:end]
    if len(cut) != len(text) and analyzer.words(cut) != [token.word for token in tokens]:
        cut = text
    return " ".join(cut.split())


def _signs_of(text: str, tokens: Sequence[Token]) -> "dict[int, Signs]":
    """Return the signs of the tokens of a text; see `analysis/signs.py`."""
    from nutgraf_index.analysis.signs import signs_of  # most queries are plain words

    return signs_of(text, tokens)


def _decoded(entity: re.Match[str]) -> str:
    """Return the letter or sign of an entity; any other entity as it is."""
    from nutgraf_index.analysis.signs import is_sign

    character = read(entity[0])
    return character if character.isalnum() or is_sign(character) else entity[0]


def _pattern_words(text: str, analyzer: Analyzer) -> list[str] | None:
    """Return the pattern of each word of a text; None if a word has only wildcards."""
    end = len(text)
    while end and not _ends_word(text[end - 1]):
        end -= 1
    stem = text[:end].removesuffix("*")
    tokens = analyzer.tokens(stem.translate(_TO_LETTERS))
    # Folding drops an apostrophe between two stars: they become one star.
    words = [re.sub(r"\*+", "*", token.word.translate(_TO_WILDCARDS)) for token in tokens]
    if not all(word.strip("*?") for word in words):
        return None
    if len(stem) < end:
        if not tokens or tokens[-1].end < len(stem):
            return None
        words[-1] += "*"
    return words


def _ends_word(character: str) -> bool:
    return character == "*" or character.isalnum() or unicodedata.category(character)[0] == "M"
