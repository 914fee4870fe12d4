"""Tells the lines of a story that head the text after them."""

import re
from itertools import islice
from math import ceil

from nutgraf_index.analysis.languages.newsroom import Zone
from nutgraf_index.model import Role
from nutgraf_index.passages.bylines import AGENCIES
from nutgraf_index.passages.layout.blocks import BlockKind
from nutgraf_index.passages.layout.sentences import IN_ADDRESS
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import (
    CLOSING_QUOTES,
    OPENING_QUOTES,
    ROMAN,
    Form,
    bare,
    form_of,
    is_label,
)
from nutgraf_index.passages.roles.zones import Zones

__all__ = [
    "heads_list",
    "is_bare_label",
    "is_bold_label",
    "is_picture_credit",
    "is_portrait",
    "is_subhead",
]

_PARAGRAPH, _TITLE, _HEADING, _ITEM, _HIDDEN, *_ = BlockKind
_PROSE, _LINE, _QUESTION, _ADDRESS, _MARK = Form
_LONGEST_SUBHEAD = 90  # characters
_MOST_LINES = 0.8
_WORDS_IN_LABEL = 5
_ASKS = ("Q ", "Q: ", "Q. ")  # of transcripts
_BOLD = "**"
_WORDS_IN_NAME = 4
_WORDS_IN_HOUSE = 3
_LEAST_LABELS = 3
_CLOSED = frozenset(".,;!…。！，、；،؛-–—")
_ENDS = tuple(".!?…。！？")
_HAS_ADDRESS = re.compile(r"https?://|www\.\w|\S@\S+\.\w")
_PIECES = re.compile(r"\s*[|/]\s*")
_NAMED = re.compile(r"[“\"][^“”\".!?]{2,60}[”\"] \([^()]{1,20}\)")
_QUOTED = re.compile(r"[‘“\"'][^“”‘\"]{6,80}[’”\"']: [^\W\d_a-z][\w .&'’-]{1,40}")
_NEAR_QUOTED, _LEAST_QUOTED = 24, 2  # blocks, lines
_OPEN_DASHES = (" -", " –", " —")
_MOST_PORTRAITS = 2  # more lines with a dash at their ends are labels
_ABOUT = "About "
_DASHES = ("-", "–", "—", "_ ", "(", "[", "@", "|")


def heads_list(draft: Draft, start: int, end: int) -> bool:
    """Return whether the first line of a run differs from the others, as their heading does."""
    text = bare(draft.texts[start])
    if len(text) > _LONGEST_SUBHEAD:
        return False
    if text.endswith(":"):
        return True
    rest = [bare(draft.texts[index]) for index in range(start + 1, end)]
    if text.isupper() and not any(map(str.isupper, rest)):
        return True
    # The lines of a table have numbers or colons, and their heading has neither.
    if text[-1] in _CLOSED or any(map(str.isdigit, text)):
        return False
    most_without = len(rest) - ceil(_MOST_LINES * len(rest))
    without = (line for line in rest if ":" not in line and not any(map(str.isdigit, line)))
    return next(islice(without, most_without, None), None) is None


def is_picture_credit(draft: Draft, text: str) -> bool:
    """Return whether a line names who made a picture, and a house: "Bo Ek/Port Sports"."""
    if not ("/" in text or "|" in text):
        return False
    pieces = [piece.strip("() \t") for piece in _PIECES.split(text)]
    if not 2 <= len(pieces) <= 3:
        return False
    houses = [piece.casefold().removesuffix(" file") for piece in pieces[1:]]
    if not AGENCIES.isdisjoint(houses):
        return True
    words = pieces[-1].split()  # most houses are no agencies
    return (
        len(pieces) == 2
        and "/" in text
        and text[-1].isalpha()
        and len(words) <= _WORDS_IN_HOUSE
        and all(word[0].isupper() for word in words)
        and draft.newsroom.imprints.is_name(pieces[0])
    )


def is_portrait(draft: Draft, index: int) -> bool:
    """Return whether a line is a name with a dash after it, as under a portrait: "Bo Ek -"."""
    text = draft.texts[index]
    dashed = filter(lambda other: other.endswith(_OPEN_DASHES), draft.texts)
    return (
        text.endswith(_OPEN_DASHES)
        and draft.newsroom.imprints.is_name(text[:-1].rstrip())
        and not draft.is_of_common_words(index)
        and len([*islice(dashed, _MOST_PORTRAITS + 1)]) <= _MOST_PORTRAITS
    )


def is_subhead(draft: Draft, zones: Zones, index: int, end: int) -> bool:
    """Return whether a line heads the text after it."""
    text = bare(draft.texts[index])
    if not text or len(text) > _LONGEST_SUBHEAD or text[0].islower() or text.count("\n") > 1:
        return False
    if draft.markdown and is_bold_label(draft, index):
        return True
    if draft.forms[index] is _QUESTION and text.startswith(_ASKS):
        return False
    if text[-1] == "." and ROMAN.fullmatch(text):
        return index + 1 < zones.tail
    last = text[-1]
    is_house = last == "." and text.startswith(_ABOUT) and form_of(text) is _LINE  # "Inc."
    if (last in _CLOSED and not is_house) or text.startswith(_DASHES) or draft.is_date(index):
        return False
    is_quoted = text[0] in OPENING_QUOTES and last in CLOSING_QUOTES
    if is_quoted and text.rstrip(CLOSING_QUOTES)[-1:] in _ENDS:
        return False
    if last == ":":
        if not (
            is_bare_label(draft, text, index + 1)
            or (index in draft.labels and len(draft.labels) >= _LEAST_LABELS)
        ):
            return False
    elif is_label(text) and _is_spoken(text):
        return False
    # “Orlo's Pier” ($30) names what the text below is about; other quotations go on.
    if (
        text[0] in OPENING_QUOTES
        and last not in CLOSING_QUOTES
        and not (_NAMED.fullmatch(text) or _is_quoted_often(draft, index))
    ):
        return False
    if draft.forms[index] is _QUESTION and draft.has_speakers:
        return False
    above = draft.texts[index - 1]
    if _tells_speaker(draft, text, above):
        return False
    is_named = last.isalnum() and len(text.split()) <= _WORDS_IN_NAME
    below = min(index + 1, len(draft) - 1)
    if is_named and not draft.is_prose(below) and draft.is_date(below):
        return False  # who wrote the comment below
    is_led = draft.roles[index - 1] in (Role.BODY, Role.LEAD) and above[-1] in ",;:"
    if is_led and (draft.forms[index - 1] is _PROSE or above[-1] != ":"):
        return False
    if is_picture_credit(draft, text) or (
        any(map(text.__contains__, IN_ADDRESS)) and _HAS_ADDRESS.search(text)
    ):
        return False
    following = index + 1
    while following < zones.tail and _is_between(draft, following):
        following += 1
    if following < zones.tail:
        if draft.texts[following][0].islower():
            return False
        if following < end and draft.texts[following][0] not in OPENING_QUOTES:
            return not is_quoted and draft.forms[index] is not _QUESTION
        return True
    subheads = draft.roles.count(Role.SUBHEAD)
    return subheads > 0 and last != ":" and not is_quoted


def _is_quoted_often(draft: Draft, index: int) -> bool:
    """Return whether a line is a quotation and who says it, as another line near it is.

    "‘It was too low’: Maja Orlo" heads what she says.
    """
    near = draft.texts[max(index - _NEAR_QUOTED, 0) : index + _NEAR_QUOTED + 1]
    return _QUOTED.fullmatch(draft.texts[index]) is not None and (
        sum(_QUOTED.fullmatch(text) is not None for text in near) >= _LEAST_QUOTED
    )


def is_bold_label(draft: Draft, index: int) -> bool:
    """Return whether a line of a Markdown text is bold, with a colon at its end and items below."""
    text = draft.texts[index]
    return (
        text.startswith(_BOLD)
        and text.endswith((f":{_BOLD}", f"{_BOLD}:"))
        and text.count(_BOLD) == 2
        and len(text) <= _LONGEST_SUBHEAD
        and draft.kinds[index + 1 : index + 2] == [_ITEM]
    )


def _tells_speaker(draft: Draft, text: str, above: str) -> bool:
    """Return whether a line says of whom the quotation above it is: "Maja Orlo, captain"."""
    name, comma, _ = text.partition(",")
    return bool(comma) and above[-1] in CLOSING_QUOTES and draft.newsroom.imprints.is_name(name)


def _is_between(draft: Draft, index: int) -> bool:
    """Return whether a block stands between a subhead and its text, as a picture does."""
    shape = draft.shape(index, Zone.STORY)
    return draft.forms[index] is _MARK or (
        shape is not None and shape.role in (Role.CAPTION, Role.CREDIT, Role.FURNITURE, Role.NOTE)
    )


def is_bare_label(draft: Draft, text: str, below: int) -> bool:
    """Return whether a line with a colon at its end is a label and no beginning of a sentence.

    A label has capitals, or items below it; "Orlo said:" and "The board adds:" have neither.
    """
    words = text[:-1].split()
    if not 0 < len(words) <= _WORDS_IN_LABEL:
        return False
    is_titled = all(word[0].isupper() or word[0].isdigit() for word in words)
    if is_titled and len(words) > 1:
        return True  # "This Week:"
    if any(word.casefold() in draft.newsroom.function_words for word in words):
        return False
    return is_titled or draft.kinds[below : below + 1] == [_ITEM]


def _is_spoken(text: str) -> bool:
    """Return whether a label is followed by what its speaker says, or by what it names."""
    return len(text.partition(":")[2].split()) > 1 and not text.isupper()
