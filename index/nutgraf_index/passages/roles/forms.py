"""The form of a block: prose, a line, a question, an address, or marks without a letter.

Forms come from length, sentence ends and capitals alone; no words of a language are needed.
"""

import re
from collections.abc import Sequence
from enum import IntEnum

from nutgraf_index.passages.traits import (
    CLOSERS,
    LONG,
    LONGEST_QUESTION,
    PLAINLY_LONG,
    SMALL_IN_PROSE,
    SURELY_PROSE,
    WORDS_IN_CRY,
    Class,
    Describer,
    Traits,
)

__all__ = [
    "CLOSING_QUOTES",
    "EMPHASIS",
    "LONGEST_TEXT_LABEL",
    "OPENING_QUOTES",
    "PHONE",
    "ROMAN",
    "Form",
    "bare",
    "first_word_of",
    "form_of",
    "forms_of",
    "is_label",
    "is_link",
    "is_number",
    "is_picture",
    "is_post",
    "is_speech",
    "is_text_label",
    "is_wire_code",
    "without_links",
    "words_of",
]


class Form(IntEnum):
    """What a block looks like, whatever its words mean.

    - PROSE: running text with a sentence.
    - LINE: words without a sentence, such as headlines, names and menu entries.
    - QUESTION: a short question, which may be a subhead or a sentence of the story.
    - ADDRESS: addresses of pages or mail, and handles, only.
    - MARK: no letter, such as separators and page numbers.
    """

    PROSE = 0
    LINE = 1
    QUESTION = 2
    ADDRESS = 3
    MARK = 4


_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_PLAIN_PROSE, _PLAIN_LINE = int(Class.PROSE), int(Class.LINE)
_PLAIN_QUESTION = int(Class.QUESTION)
_DESCRIBER = Describer()
EMPHASIS = "*_~ \t\n\r"
OPENING_QUOTES = "\"'“‘«„`"
CLOSING_QUOTES = "\"'”’»"
_ENDS = frozenset(".?!…。！？؟।")
_CLOSING = frozenset(CLOSERS) | _ENDS
_UNCASED = 20  # characters of a sentence in a script without capitals
_SHORT = 20
_SMALL_WORDS = re.compile(r"(?:\s[^\W\d_A-Z]\w*){2}.*\s[^\W\d_A-Z]", re.DOTALL)
_STOPS = (".", '."', ".”", ".'", ".’", '?"', "?”", '!"', "!”")
_HALTS = ("?", "!", "…", ";")
# A line of words that has no mark within: no sentence ends in it, and it is no address.
_PLAIN = re.compile(r"[\"'“‘]?[^\W\d_][^.?!。！？@:/{}<>&]*")
_PAUSES = frozenset(",;-–—")
_THREE_SMALL = re.compile(r"(?:[^\s]*\s+(?:[^\sa-z]\S*\s+)*[a-z]){3}")
_NINE_WORDS = re.compile(r"(?:\S+\s+){8}\S")
PHONE = re.compile(r"\(?\d{3}\)?[ .\u00a0/-]{1,2}\d{3}[ .-]\d{4}|\+\d[\d ()/-]{7,}|\S@\S+\.\w")
ROMAN = re.compile(r"[IVX]{1,5}\.")  # the number of a part of an opinion or an essay
_FENCES = ("```", "~~~")
_WIDE_ENDS = frozenset("。！？")  # of Chinese and Japanese, which write no blanks
_SHORTEST_WIDE = 10
_MARKUP_OPENINGS = frozenset("{<&[")
# Tags, templates and embeds without words of their own.
_MARKUP = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^%]*%\}|&#123;[^%]*%[^%]*%\}|\[\w+=[^\]\s]*\]|(?:</?\w[^<>]*>\s*)+"
)
_WORD = re.compile(r"\w+")
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\w+|@\w+|<\S+@\S+>")
# A sentence ends within: not after an abbreviation (Rep. Sen. Inc. vs.), but before a capital. The
# core tells the same of the first characters of all texts, as `Sign.BREAK`.
_BREAK = re.compile(
    r"(?:(?<![\w.'’])(?!vs?\b)[^\WA-Z_]+|[\w'’]{5,})[.?!][\"'”’)]*\s+[\"'“‘(]?[^\W\d_a-z]"
)
_PICTURE = re.compile(r"!\[[^\]]*\](?:\([^)]*\)|\[[^\]]*\])")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_LETTER = re.compile(r"[^\W\d_]")
_MARKS_WITHIN = (". ", "? ", "! ", '" ', "” ", "’ ", "' ", ".\n", "?\n", "!\n")
_ABBREVIATION = re.compile(r"(?:[A-Z][\w]{0,3}|[A-Za-z](?:\.[A-Za-z])+)\.$")
_TEXT_LABELS = frozenset(("body", "full text"))
LONGEST_TEXT_LABEL = 12
# The header of a dispatch has control characters, and its slug a count of words.
_WIRE_CODE = re.compile(
    r"[A-Za-z]{1,3}\d{3,5}[a-z]*-*|[a-z]{1,3}\d{3,5}\s[^.]{0,40}|[^\n]{0,30}[\x10-\x1f][^\n]{0,80}|"
    r"[A-Z]{2}-[^\n.]{2,60},\s?\d{1,4}"
)
_LONGEST_POSTER = 64
_POST_DASHES = frozenset("-–—")
_POST = re.compile(
    r"[-–—]{1,3} ?[^()\n]{1,60} ?\(@\w+\),?(?:\s.{0,40}\d{4})?|"
    r"[^()\n]{1,60} \(@\w+\),? .{0,40}\d{4}"
)
_LABEL = re.compile(r"[^\W\d_](?:[^:?!\n]{0,38}[\w)’'])?:(?=\s)")


def forms_of(texts: Sequence[str], traits: Traits | None = None) -> list[Form]:
    """Return the form of each block; no block is empty or has white space at its ends."""
    traits = traits or _DESCRIBER.traits(texts)
    words, small_words = traits.words, traits.small_words
    return [
        _PROSE
        if classes & _PLAIN_PROSE
        else _LINE
        if classes & _PLAIN_LINE
        else _QUESTION
        if classes & _PLAIN_QUESTION
        else _form(texts[index], words[index], small_words[index])
        for index, classes in enumerate(traits.classes[:-1])
    ]


def _form(text: str, words: int, small: int) -> Form:
    """Return the form of a block that is not told by its class; see `Class`.

    `words` and `small` are the numbers of its words, and of those that begin with a small letter.
    """
    size = len(text)
    if text[0] not in _MARKUP_OPENINGS:
        if size > PLAINLY_LONG:
            if text[-1] in _CLOSING:
                return _PROSE
        elif small >= SMALL_IN_PROSE and (end := text.rstrip(CLOSERS)[-1:]) in ".?!":
            is_long = size > LONGEST_QUESTION if end == "?" else words > WORDS_IN_CRY
            if end == "." or is_long:
                return _PROSE
    if (
        size <= SURELY_PROSE
        and ((last := text[-1]).isalnum() or last in _PAUSES)
        and _PLAIN.fullmatch(text)
    ):
        return _LINE
    if (
        size > SURELY_PROSE
        and (text.endswith(_STOPS) or (size > LONG and text.endswith(_HALTS)))
        and text[0] not in _MARKUP_OPENINGS
    ) or (size > _SHORT and text.endswith(_STOPS) and _SMALL_WORDS.search(text)):
        return _PROSE
    return form_of(text)


def form_of(text: str) -> Form:
    """Return the form of a block, which is not empty and has no white space at its ends."""
    size = len(text)
    if size > PLAINLY_LONG and text[-1] in _CLOSING and text[0] not in _MARKUP_OPENINGS:
        return _PROSE
    if text.startswith(_FENCES):
        return _PROSE
    end = text.rstrip(CLOSERS)[-1:]
    # Most sentences are told without a look at each word.
    if (
        size <= PLAINLY_LONG
        and end in _ENDS
        and text[0] not in _MARKUP_OPENINGS
        and (size > LONGEST_QUESTION or end not in "?？؟")
        and (end != "!" or _NINE_WORDS.match(text))
        and _THREE_SMALL.match(text)
    ):
        return _PROSE
    if text[0] in _MARKUP_OPENINGS and _MARKUP.fullmatch(text):
        return _MARK
    if text[-1] in _WIDE_ENDS and size >= _SHORTEST_WIDE:
        return _PROSE
    words = text.split()
    if len(words) <= 2:
        return _form_of_few(text, words, end)
    small = sum([word[0].islower() for word in words])
    if size > PLAINLY_LONG:
        return _PROSE if 2 * small >= len(words) or _has_break(text) else _LINE
    if end in _ENDS and end:
        if end in "?？؟" and size <= LONGEST_QUESTION and not _has_break(text):
            return _QUESTION
        if end == "!" and len(words) <= WORDS_IN_CRY and not _has_break(text):
            return _LINE
        if small:
            is_short_for = small < 3 and _ABBREVIATION.search(words[-1])
            return _LINE if is_short_for else _PROSE
        return _PROSE if _is_uncased(text) else _LINE
    if small > 3 and _has_break(text):
        return _PROSE
    if size > LONG and end in ":;," and (3 if end == ":" else 2) * small >= len(words):
        return _PROSE
    if not any(map(str.isalpha, text)):
        return _MARK
    return _ADDRESS if all(map(_WEB_ADDRESS.fullmatch, words)) else _LINE


def _form_of_few(text: str, words: list[str], end: str) -> Form:
    """Return the form of a block of one or two words; `end` is its last mark or letter."""
    if not any(map(str.isalpha, text)):
        return _MARK
    if all(map(_WEB_ADDRESS.fullmatch, words)):
        return _ADDRESS
    if end in "?？؟" and end:
        return _QUESTION
    if len(words) == 1 and ROMAN.fullmatch(text):
        return _LINE
    if end in _ENDS and end and (len(words) == 1 or words[-1][0].islower() or _is_uncased(text)):
        return _PROSE
    return _PROSE if len(text) > PLAINLY_LONG else _LINE


def _has_break(text: str) -> bool:
    """Return whether a sentence ends within a text."""
    # The pattern is slow, and most lines have no such mark before a blank.
    return any(mark in text for mark in _MARKS_WITHIN) and _BREAK.search(text) is not None


def _is_uncased(text: str) -> bool:
    """Return whether a text is long enough for a sentence of a script without capitals."""
    return len(text) >= _UNCASED and text.casefold() == text == text.upper()


def without_links(text: str) -> str:
    """Return a text of Markdown with the words of its links only, and without its pictures."""
    if "](" not in text and "][" not in text:
        return text
    return _LINK.sub(r"\1", _PICTURE.sub("", text)).strip()


def is_link(text: str) -> bool:
    """Return whether a text of Markdown has no words outside of links and pictures."""
    return "](" in text and not _LETTER.search(_LINK.sub("", _PICTURE.sub("", text)))


def is_picture(text: str) -> bool:
    """Return whether a text of Markdown is a picture, or a link around one, and nothing else."""
    return "![" in text and not _LETTER.search(_LINK.sub(r"\1", _PICTURE.sub("", text)))


def bare(text: str) -> str:
    """Return a text without emphasis and white space around it."""
    return text.strip(EMPHASIS)


def words_of(text: str) -> list[str]:
    """Return the words of a text without case and punctuation."""
    return _WORD.findall(text.casefold().replace("’", "'"))


def first_word_of(text: str) -> str:
    """Return the first of the words of a text; empty if it has none."""
    match = _WORD.search(text)
    return match[0].casefold() if match else ""


def is_label(text: str) -> bool:
    """Return whether a text begins with a label and a colon, such as the name of a speaker."""
    return ":" in text and _LABEL.match(text.replace("**", "").lstrip(EMPHASIS)) is not None


def is_post(text: str) -> bool:
    """Return whether a text tells who wrote the post above it: "— Port Watch (@portwatch)"."""
    is_likely = text[0] in _POST_DASHES or "(@" in text[:_LONGEST_POSTER]
    return is_likely and _POST.fullmatch(text) is not None


def is_speech(text: str) -> bool:
    """Return whether a text begins with a label in capitals and goes on: "MS. ORLO: Thank you"."""
    match = _LABEL.match(text) if ":" in text else None
    return match is not None and match[0].isupper() and len(text[match.end() :].split()) > 1


def is_wire_code(text: str) -> bool:
    """Return whether a text is the code of a dispatch: "w1532 cc", "W2870asian"."""
    return _WIRE_CODE.fullmatch(text.partition("\n")[0]) is not None


def is_text_label(text: str) -> bool:
    """Return whether a line is the label above the text of an article in an export."""
    return len(text) <= LONGEST_TEXT_LABEL and text.rstrip(": ").casefold() in _TEXT_LABELS


def is_number(text: str) -> bool:
    """Return whether a text without letters has a number: of a page, or in a table."""
    return any(map(str.isdigit, text))
