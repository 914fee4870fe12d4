"""Lines and blocks: the values that the readers of layout and Markdown return."""

from collections.abc import Iterable, Sequence
from enum import Enum, IntFlag
from functools import cache
from itertools import accumulate
from operator import sub
from typing import NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros

__all__ = [
    "NO_MARKERS",
    "SEEN",
    "Block",
    "BlockKind",
    "Blocks",
    "Lines",
    "Sign",
    "Traits",
    "columns",
    "likely_table",
    "may_be_hint",
    "signs_of",
    "traits_of",
]


class BlockKind(Enum):
    """The kind of a block, as its layout shows it. Those after `HIDDEN` are of Markdown only.

    In Python 3.11 access to a member costs as much as a function call, so modules unpack members.
    """

    PARAGRAPH = "paragraph"
    TITLE = "heading of the first level"
    HEADING = "heading of a lower level"
    ITEM = "item"
    HIDDEN = "hidden"  # front matter, a comment or a link definition, which readers do not see
    IMAGE = "image"  # the markup of images, and nothing else
    CAPTION = "caption"  # the line in emphasis or brackets right below an image
    FOOTNOTE = "footnote"
    ROW = "row of a table"
    CODE = "code"
    HTML = "block of HTML"
    TAG = "tag of a site generator"
    TERM = "term of a definition list"
    DESCRIPTION = "description of a term"

    __hash__ = object.__hash__  # the hash of `Enum` is far slower


# A block is a span of a text that the layout separates, without its marker: start, end, kind, and
# the number of its first line, from 0. `Blocks` are the same values as columns.
Block = tuple[int, int, BlockKind, int]
Blocks = tuple[Sequence[int], Sequence[int], Sequence[BlockKind], Sequence[int]]


def columns(blocks: Iterable[Block]) -> Blocks:
    """Return blocks as columns."""
    rows = list(blocks)
    starts, ends = [row[0] for row in rows], [row[1] for row in rows]
    return starts, ends, [row[2] for row in rows], [row[3] for row in rows]


# Most lines begin with one of these characters; no bullet, rule or other marker does.
NO_MARKERS = frozenset("\"'“‘«").union(filter(str.isalpha, map(chr, range(0x600))))


class Lines:
    r"""The lines of a text whose line breaks are all ``\n``, in lists by line number from 0.

    Attributes:
        offsets: the offset of each line in the text.
        texts: each line without white space at both ends; empty for a blank line.
        indents: the number of white-space characters before each text.
        widths: the number of characters of indent and text; 0 for a blank line.
    """

    def __init__(self, text: str) -> None:
        lines = text.split("\n")
        self.texts = list(map(str.strip, lines))
        self.widths = list(map(len, lines))
        self.offsets = list(accumulate([width + 1 for width in self.widths], initial=0))
        self.indents = [0] * len(lines)
        if self.texts != lines:
            stripped = list(map(str.rstrip, lines))
            self.widths = list(map(len, stripped))
            self.indents = list(map(sub, self.widths, map(len, self.texts)))

    def keep(self, numbers: Sequence[int]) -> None:
        """Leave out all lines but those with these numbers, which are numbered anew."""
        self.offsets = [self.offsets[number] for number in numbers]
        self.texts = [self.texts[number] for number in numbers]
        self.widths = [self.widths[number] for number in numbers]
        self.indents = [self.indents[number] for number in numbers]

    def start(self, number: int) -> int:
        """Return the offset of a line's first character that is not white space."""
        return self.offsets[number] + self.indents[number]

    def end(self, number: int) -> int:
        """Return the offset after a line's last character that is not white space."""
        return self.offsets[number] + self.widths[number]


class Sign(IntFlag):
    """The bits of a character in the traits of a text. Modules keep them as numbers, see below."""

    SPACE = 1 << 0  # white space; the core knows this bit, and the next one
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
    RARE = 1 << 29  # a character that few words have; of a text: it may have a hint of a role
    CLOSES = 1 << 30  # of a text: it may end as a passage of some role does
    OPENS = 1 << 31  # of a text: it may begin so


_RARE = ":bfvkjqxz@©"
_SIGNS = {
    Sign.NEWLINE: "\n",
    Sign.STOP: ".",
    Sign.OTHER_END: "?!…؟।",
    Sign.QUOTE: "\"'“”‘’«»„`",
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
    Sign.OPENING: "*_ \t([{<!#>|•·∙-–—»@©~=+/\\&►▶…^$%✕×☰←→‹›«■●",
}
_CLASSES = (
    Sign.SPACE,
    Sign.SMALL,
    Sign.LETTER,
    Sign.ALNUM,
    Sign.CAPITAL,
    Sign.DIGIT,
)
_FIRST_MARK = 5  # the bits of letters are lower
_KNOWN = 0x3001  # code points of known characters; all white space is among them
SEEN = 600  # characters of a text that are described; no row of shapes has a longer `within`


class Traits(NamedTuple):
    """Numbers that tell most texts without a look at their characters.

    All are lists by the number of a text, and have one more value at their end: the bits of all
    texts, or their sum. Texts longer than 600 characters are described by these and their last.

    Attributes:
        sizes: the number of characters.
        heads: the bits of the first character; see `Sign`. 0 for an empty text.
        tails: the bits of the last character.
        signs: the bits that any character has.
        words: the number of words.
        small_words: the number of words that begin with a small letter.
    """

    sizes: list[int]
    heads: list[int]
    tails: list[int]
    signs: list[int]
    words: list[int]
    small_words: list[int]


_NOTHING_LIKELY = zeros("B", 1 << 18)
_OPENING_BYTES = (7, 4, 3)
_ENDING_BYTES = 5  # and of hints


def likely_table(
    openings: Iterable[str], endings: Iterable[str], hints: Iterable[str] = ()
) -> Numbers:
    """Return the table by which `traits_of` tells texts that may begin or end as some others do.

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


def traits_of(texts: Sequence[str], likely: Numbers = _NOTHING_LIKELY) -> Traits:
    """Return the traits of texts. Time is linear in their number and their first 600 characters.

    `likely` is a table of `likely_table`.

    >>> traits = traits_of(["Otters are back.", "1999"])
    >>> traits.words, traits.small_words, [bool(tail & Sign.STOP) for tail in traits.tails]
    ([3, 1, 4], [2, 0, 2], [True, False, True])
    """
    sizes = list(map(len, texts))
    count = len(sizes) + 1
    data = "".join(texts).encode("utf-8", "surrogatepass")
    flat = zeros("I", 5 * count)
    rows = flat.cast("B").cast("I", (5, count))
    core.building.describe_texts(memoryview(data), uints(sizes), _table(), likely, SEEN, rows)
    numbers = flat.tolist()
    return Traits(
        [*sizes, len(data)],
        numbers[:count],
        numbers[count : 2 * count],
        numbers[2 * count : 3 * count],
        numbers[3 * count : 4 * count],
        numbers[4 * count :],
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
        for sign in map(chr, range(_KNOWN))
    ]
    for kind, characters in _SIGNS.items():
        for character in characters:
            if ord(character) < _KNOWN:
                bits[ord(character)] |= kind
    return uints([*[bit or Sign.MARK for bit in bits], Sign.BEYOND])


def signs_of(characters: Iterable[str]) -> int:
    """Return bits of which each of some characters has one, and few others have any."""
    table = _table()
    bits = 0
    for character in characters:
        known = table[min(ord(character), _KNOWN)] & ~Sign.RARE
        marks = known >> _FIRST_MARK << _FIRST_MARK
        bits |= marks & -marks if marks else 1 << known.bit_length() - 1
    return bits
