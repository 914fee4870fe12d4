"""Traits: numbers by which most blocks of an article are told without a look at their words.

Nearly all blocks are plain prose. Rules of numbers put each block into classes, in one compiled
pass; what follows decides plain prose in bulk, and reads the other blocks one by one.
"""

from collections.abc import Iterable, Sequence
from enum import IntFlag
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.passages.layout.rows import PICTOGRAPHS

__all__ = [
    "CLOSERS",
    "LONG",
    "LONGEST_QUESTION",
    "PLAINLY_LONG",
    "SEEN",
    "SMALL_IN_PROSE",
    "SURELY_PROSE",
    "WORDS_IN_CRY",
    "Class",
    "Describer",
    "Rule",
    "Sign",
    "Traits",
    "likely_table",
    "may_be_hint",
    "signs_of",
]


class Sign(IntFlag):
    """The bits of a character in the traits of a text. Modules keep them as numbers, see below."""

    SPACE = 1 << 0  # white space; the core knows this bit, the next one and `ALNUM`
    SMALL = 1 << 1  # a small letter
    LETTER = 1 << 2  # a word character that is neither a decimal digit nor "_"
    ALNUM = 1 << 3  # a letter or a number
    CAPITAL = 1 << 4
    DIGIT = 1 << 5
    NEWLINE = 1 << 6
    STOP = 1 << 7  # a full stop
    OTHER_END = 1 << 8  # another mark that ends a sentence
    QUOTE = 1 << 9
    PAUSE = 1 << 10  # a mark after which a sentence goes on
    COLON = 1 << 11
    SLASH = 1 << 12
    AT = 1 << 13
    MARKUP = 1 << 14  # a bracket or sign that begins a tag, a template, an entity or a link
    BRACKET = 1 << 15
    BAR = 1 << 16
    DASH = 1 << 17
    COPYRIGHT = 1 << 18
    OPENING = 1 << 19  # a mark that a passage of any role may begin with
    MARK = 1 << 20  # any other mark
    BEYOND = 1 << 21  # a character of whose bits nothing is known
    ASKS = 1 << 22  # a question mark
    CRIES = 1 << 23
    APOSTROPHE = 1 << 24
    FOREIGN = 1 << 25  # a letter beyond ASCII
    BREAK = 1 << 26  # may end a sentence, or close one; of a text: a sentence ends within it
    CLOSER = 1 << 27  # a quotation mark, bracket or emphasis that closes what stands before it
    INITIAL = 1 << 28  # may begin a name; of a text: the second or third word begins so
    RARE = 1 << 29  # a character that few words have; of a text: it may have a hint of a role
    CLOSES = 1 << 30  # of a text: it may end as a passage of some role does
    OPENS = 1 << 31  # of a text: it may begin so


CLOSERS = "\"'”’»)]*_ \t」』）"  # after the mark that ends a sentence
SURELY_PROSE = 60  # characters of a block that ends with a full stop
LONG = 90  # a line of mostly small words that is longer is prose without its end
PLAINLY_LONG = 200  # characters; a longer block that ends a sentence is prose
LONGEST_QUESTION = 90
SMALL_IN_PROSE = 3  # words with small letters before a full stop
WORDS_IN_CRY = 8  # "Ferries are back!" is a headline as often as a sentence
_RARE = ":bfvkjqxz@©"
_SIGNS = {
    Sign.NEWLINE: "\n",
    Sign.STOP: ".",
    Sign.OTHER_END: "?!…؟।",
    Sign.ASKS: "?",
    Sign.CRIES: "!",
    Sign.CLOSER: CLOSERS,
    Sign.QUOTE: "\"'“”‘’«»„",
    Sign.APOSTROPHE: "'’",
    Sign.BREAK: ".?!\"”’')",
    Sign.PAUSE: ",;-–—",
    Sign.COLON: ":",
    Sign.SLASH: "/",
    Sign.AT: "@",
    Sign.MARKUP: "{<&[>}",
    Sign.BRACKET: "()[]",
    Sign.BAR: "|•·∙",
    Sign.DASH: "-–—―−_~",
    Sign.COPYRIGHT: "©",
    Sign.RARE: _RARE,
    Sign.OPENING: "*_ \t([{<!#>|•·∙-–—»@©~=+/\\&►▶…^$%✕×☰←→‹›«■●" + "".join(PICTOGRAPHS),
}
_CLASSES = (
    Sign.SPACE,
    Sign.SMALL,
    Sign.LETTER,
    Sign.ALNUM,
    Sign.CAPITAL,
    Sign.DIGIT,
)
_KNOWN_TO_CORE = int(Sign.RARE | Sign.INITIAL | Sign.BREAK)
_OPENING, _QUOTE = int(Sign.OPENING), int(Sign.QUOTE)
_FIRST_MARK = 5  # the bits of letters are lower
_KNOWN = 0x3001  # code points of known characters; all white space is among them
SEEN = 600  # characters of a text that are described; no row of shapes has a longer `within`


class Class(IntFlag):
    """What the numbers of a text say of it; texts of none of the first three are in doubt."""

    PROSE = 1  # running text
    LINE = 2  # words without a sentence
    QUESTION = 4  # a short question
    MARKED = 8  # its ends or signs are those of a shape
    NAMED = 16  # it may begin with a full name


_ANY = (1 << 32) - 1


class Rule(NamedTuple):
    """What must be true of the numbers of a text that is in a class; see `Traits`.

    Each of `head`, `tail`, `closed` and `signs` has bits of which the text has one; 0 is no
    condition. `not_head`, `not_closed` and `not_signs` have bits of which it has none. `most_small`
    is the greatest number of words with small letters, and `share` one by their least share; 0 is
    no condition.
    """

    kind: Class
    least: int = 1
    most: int = _ANY
    words: int = 0
    small_words: int = 0
    head: int = 0
    not_head: int = 0
    tail: int = 0
    closed: int = 0  # of the last character that is no closer
    not_closed: int = 0
    signs: int = 0
    not_signs: int = 0
    most_small: int = _ANY
    share: int = 0


_END = Sign.STOP | Sign.OTHER_END | Sign.CLOSER
_SENTENCE = Rule(Class.PROSE, small_words=SMALL_IN_PROSE, not_head=Sign.MARKUP)
# Without letters a text may be a mark, and with these signs an address.
_LETTERS = Sign.SMALL | Sign.CAPITAL
_IN_ADDRESS = Sign.AT | Sign.SLASH
_WORDED = Rule(
    Class.LINE, head=Sign.LETTER | Sign.QUOTE, signs=_LETTERS, not_signs=Sign.BREAK | Sign.BEYOND
)
# A line of words that has no mark within: no sentence ends in it, and it is no address.
_WORDS = Rule(
    Class.LINE,
    most=PLAINLY_LONG,
    head=Sign.LETTER,
    not_signs=Sign.STOP | Sign.OTHER_END | Sign.COLON | Sign.MARKUP | Sign.BEYOND | _IN_ADDRESS,
)
# Nor does a sentence end in others; an address begins with a small letter.
_UNBROKEN = Rule(Class.LINE, most=PLAINLY_LONG, head=Sign.CAPITAL, not_signs=Sign.BREAK)
_TITLED = Rule(
    Class.LINE,
    most=PLAINLY_LONG,
    head=Sign.CAPITAL,
    not_signs=Sign.AT | Sign.BEYOND,
    most_small=SMALL_IN_PROSE,
)
_UNADDRESSED = _WORDED._replace(not_signs=_WORDED.not_signs | _IN_ADDRESS | Sign.STOP)
_ASKING = Rule(
    Class.QUESTION,
    most=LONGEST_QUESTION,
    head=Sign.LETTER | Sign.QUOTE,
    tail=Sign.ASKS | Sign.APOSTROPHE,
    closed=Sign.ASKS,
    not_signs=Sign.BREAK | Sign.BEYOND,
)
_GOING_ON = Rule(
    Class.PROSE, least=LONG + 1, most=PLAINLY_LONG, words=3, small_words=1, not_head=Sign.MARKUP
)
_PLAIN = (
    _SENTENCE._replace(closed=Sign.STOP),
    _SENTENCE._replace(closed=Sign.ASKS, least=LONGEST_QUESTION + 1),
    _SENTENCE._replace(closed=Sign.CRIES, words=WORDS_IN_CRY + 1, small_words=1),
    # No abbreviation ends with a quotation mark.
    _SENTENCE._replace(closed=Sign.STOP, tail=Sign.QUOTE, words=3, small_words=1),
    _SENTENCE._replace(small_words=4, signs=Sign.BREAK, not_signs=Sign.BEYOND),
    Rule(Class.PROSE, least=SURELY_PROSE + 1, not_head=Sign.MARKUP, tail=Sign.STOP),
    Rule(Class.PROSE, least=PLAINLY_LONG + 1, not_head=Sign.MARKUP, tail=_END),
    # Half of the words of a long text have small letters, or a sentence ends in it.
    _SENTENCE._replace(least=PLAINLY_LONG + 1, most=SEEN, words=3, small_words=0, share=2),
    _SENTENCE._replace(
        least=PLAINLY_LONG + 1, words=3, small_words=0, signs=Sign.BREAK, not_signs=Sign.BEYOND
    ),
    _WORDED._replace(least=PLAINLY_LONG + 1, most=SEEN, words=3, tail=Sign.ALNUM | Sign.COLON),
    # So has a shorter one that goes on below.
    _GOING_ON._replace(closed=Sign.COLON, share=3),
    _GOING_ON._replace(closed=Sign.PAUSE, not_closed=Sign.DASH, share=2),
    _WORDS._replace(most=SURELY_PROSE, tail=Sign.ALNUM | Sign.PAUSE),
    _WORDS._replace(tail=Sign.ALNUM),
    _UNBROKEN._replace(most=LONGEST_QUESTION, tail=Sign.ALNUM | Sign.PAUSE),
    _UNBROKEN._replace(tail=Sign.ALNUM),
    _UNADDRESSED._replace(most=LONGEST_QUESTION, tail=Sign.ALNUM | Sign.PAUSE),
    _UNADDRESSED._replace(most=PLAINLY_LONG, tail=Sign.ALNUM),
    _WORDED._replace(
        most=LONGEST_QUESTION,
        words=3,
        small_words=1,
        tail=Sign.CRIES | Sign.APOSTROPHE,
        closed=Sign.CRIES,
    ),
    _WORDED._replace(
        most=SURELY_PROSE,
        words=3,
        most_small=0,
        closed=Sign.STOP,
        signs=Sign.CAPITAL,
        not_signs=_WORDED.not_signs | Sign.FOREIGN,
    ),
    # Without four small words no sentence ends within, and an address begins with a small letter.
    _TITLED._replace(most=LONGEST_QUESTION, tail=Sign.ALNUM | Sign.PAUSE),
    _TITLED._replace(tail=Sign.ALNUM),
    _TITLED._replace(
        most=SURELY_PROSE,
        words=2,
        most_small=0,
        closed=Sign.STOP,
        not_signs=_TITLED.not_signs | Sign.BREAK | Sign.FOREIGN,
    ),
    _ASKING._replace(words=3),
    _ASKING._replace(signs=_LETTERS, not_signs=_ASKING.not_signs | _IN_ADDRESS | Sign.STOP),
)


class Traits(NamedTuple):
    """Numbers that tell most texts without a look at their characters.

    All are columns by the number of a text, and have one more value at their end: the bits of all
    texts, or their sum. Texts longer than 600 characters are described by these and their last.

    Attributes:
        sizes: the number of characters.
        heads: the bits of the first character; see `Sign`. 0 for an empty text.
        tails: the bits of the last character.
        signs: the bits that any character has.
        words: the number of words.
        small_words: the number of words that begin with a small letter.
        classes: the classes; see `Class`.
    """

    sizes: list[int]
    heads: Numbers
    tails: Numbers
    signs: list[int]
    words: Numbers
    small_words: Numbers
    classes: list[int]


_NOTHING_LIKELY = zeros("B", 1 << 18)
_OPENING_BYTES = (7, 4, 3)
_ENDING_BYTES = 5  # and of hints


def likely_table(
    openings: Iterable[str], endings: Iterable[str], hints: Iterable[str] = ()
) -> Numbers:
    """Return the table by which a `Describer` tells texts that may begin or end as some others do.

    Args:
        openings: what the first 7, 4 or 3 characters of a text may be, or the whole text.
        endings: what the last 5 characters of a text may be, or the whole text.
        hints: what may be anywhere in a text; see `may_be_hint`.
    """
    likely = zeros("B", 1 << 18)
    pieces: list[set[bytes]] = [set() for _ in range(len(_OPENING_BYTES) + 1)]
    for text in openings:
        # A text is compared with the most of its characters that an opening has.
        length = next((size for size in _OPENING_BYTES if len(text) >= size), len(text))
        for number, size in enumerate(_OPENING_BYTES):
            if size == length or len(text) < size:
                pieces[number].add(text.encode("utf-8")[:size])
    pieces[-1].update(text.encode("utf-8")[-_ENDING_BYTES:] for text in endings)
    pieces.append({text[: _end_of_hint(text)].encode("utf-8")[-_ENDING_BYTES:] for text in hints})
    for number, parts in enumerate(pieces):
        offsets = list(accumulate(map(len, parts), initial=0))
        core.building.mark_likely(memoryview(b"".join(parts)), uints(offsets), 1 << number, likely)
    return likely


def may_be_hint(text: str) -> bool:
    """Return whether the table of `likely_table` can have a text as a hint, by a rare letter."""
    return _end_of_hint(text) > 0


def _end_of_hint(text: str) -> int:
    """Return the offset after the first rare character with four bytes before it; 0 if none."""
    ends = (end for end, sign in enumerate(text, 1) if sign in _RARE)
    return next((end for end in ends if len(text[:end].encode("utf-8")) >= _ENDING_BYTES), 0)


class Describer:
    """Tells the traits of texts by a table of `likely_table`, and by rules beside those of prose.

    >>> traits = Describer().traits(["Otters are back.", "1999"])
    >>> traits.words.tolist(), [bool(tail & Sign.STOP) for tail in traits.tails]
    ([3, 1, 4], [True, False, True])
    """

    def __init__(self, likely: Numbers = _NOTHING_LIKELY, rules: Iterable[Rule] = ()) -> None:
        rows = [*_PLAIN, *rules]
        self._likely = likely
        self._rules = uints([int(number) for row in rows for number in row])

    def traits(self, texts: Sequence[str]) -> Traits:
        """Return the traits of texts. Time is linear in their number and 600 characters of each."""
        sizes = list(map(len, texts))
        count = len(sizes) + 1
        data = "".join(texts).encode("utf-8", "surrogatepass")
        flat = zeros("I", 6 * count)
        core.building.describe_texts(
            memoryview(data),
            uints(sizes),
            _table(),
            self._likely,
            self._rules,
            SEEN,
            flat,
        )
        sizes.append(len(data))
        return Traits(
            sizes,
            heads=flat[:count],
            tails=flat[count : 2 * count],
            signs=flat[2 * count : 3 * count].tolist(),
            words=flat[3 * count : 4 * count],
            small_words=flat[4 * count : 5 * count],
            classes=flat[5 * count :].tolist(),
        )


@cache
def _table() -> Numbers:
    """Return the bits of each character, by its code point."""
    space, small, letter, number, capital, digit = map(int, _CLASSES)
    bits = [
        space * sign.isspace()
        | small * sign.islower()
        | letter * (sign.isalnum() and not sign.isdecimal())
        | number * sign.isalnum()
        | capital * sign.isupper()
        | digit * sign.isdigit()
        | Sign.FOREIGN * (sign >= "\x80" and sign.isalpha())
        | Sign.INITIAL * (sign.isalnum() and not sign.isdecimal() and not "a" <= sign <= "z")
        for sign in map(chr, range(_KNOWN))
    ]
    for kind, characters in _SIGNS.items():
        for character in characters:
            if ord(character) < _KNOWN:
                bits[ord(character)] |= kind
    return uints([*[bit or Sign.MARK for bit in bits], Sign.BEYOND | Sign.INITIAL])


def signs_of(characters: Iterable[str]) -> int:
    """Return bits of which each of some characters has one, and few others have any."""
    table = _table()
    bits = 0
    for character in characters:
        known = table[min(ord(character), _KNOWN)] & ~_KNOWN_TO_CORE
        marks = known >> _FIRST_MARK << _FIRST_MARK
        if marks & _OPENING:
            marks &= ~_QUOTE  # passages end with quotation marks more often than with others
        bits |= marks & -marks if marks else 1 << known.bit_length() - 1
    return bits
