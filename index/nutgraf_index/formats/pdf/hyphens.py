"""Lines joined to a text: which hyphens at their ends are those of the words."""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

from nutgraf_index.formats.pdf.characters import HYPHEN, SOFT_HYPHEN
from nutgraf_index.formats.pdf.lines.rows import Region

__all__ = ["DASHES", "Hyphens", "breaks_address"]

DASHES = "-‐"
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_ADDRESS = re.compile(r"(?:https?://|www\.|[\w-]+\.[\w.-]+/)\S*$")
_WITHIN_ADDRESS = f"{HYPHEN}{SOFT_HYPHEN}-/?&=_%#~"  # the rest of it may stand in another line
_WORD = re.compile(r"[^\W\d_]+(?:[-‐][^\W\d_]+)*")


class Hyphens:
    """Tells whether a hyphen at the end of a line is one of the word, by the words elsewhere."""

    def __init__(self, areas: Iterable[Iterable[Region]]) -> None:
        self._words: Counter[str] = Counter()
        broken: list[tuple[str, str]] = []
        for area in areas:
            for region in area:
                for line in region.lines:
                    text = line.text
                    whole = text.rpartition(" ")[0] if _breaks(text) else text
                    self._words.update(word.casefold() for word in _WORD.findall(whole))
                for line, after in pairwise(region.lines):
                    if _breaks(line.text):
                        broken.append((line.text, after.text))
        # Where the document breaks words, a mark of pdfium is that of a broken word.
        votes = [self._vote(*_halves(first, after)) for first, after in broken]
        self._breaks_words = sum(votes) >= 0

    def _vote(self, start: str, end: str) -> int:
        """Return 1 if the document has the word in one piece, -1 if it has it with a hyphen."""
        whole = self._words[f"{start}{end}".casefold()]
        compound = self._words[f"{start}-{end}".casefold()]
        return (whole > compound) - (whole < compound)

    def join(self, first: str, after: str) -> str:
        """Return two lines as one text."""
        if breaks_address(first, after):
            return f"{first[:-1]}-{after}" if first[-1] in (HYPHEN, SOFT_HYPHEN) else first + after
        if not _breaks(first):
            is_close = first[-1:] == "—" or (_CJK.match(first[-1:]) and _CJK.match(after[:1]))
            return f"{first}{'' if is_close else ' '}{after}"
        bare, mark = first[:-1], first[-1]
        start, end = _halves(first, after)
        if mark in (SOFT_HYPHEN, "‐"):
            return bare + after
        vote = self._vote(start, end) if start and end else 0
        is_marked = mark == HYPHEN and after[:1].islower()
        if vote > 0 or (vote == 0 and is_marked and self._breaks_words):
            return bare + after
        return f"{bare}-{after}" if vote < 0 else f"{bare}-\n{after}"


def breaks_address(first: str, after: str) -> bool:
    """Return whether an address of a page goes on in the next line."""
    return first[-1:] in _WITHIN_ADDRESS and after[:1].isalnum() and bool(_ADDRESS.search(first))


def _breaks(text: str) -> bool:
    """Return whether a line ends with a hyphen that may break a word."""
    return text[-1:] in (HYPHEN, SOFT_HYPHEN, *DASHES) and text[-2:-1].isalnum()


def _halves(first: str, after: str) -> tuple[str, str]:
    """Return the letters before the hyphen at the end of a line, and those after it."""
    starts = _WORD.findall(first[:-1].rpartition(" ")[2])
    end = _WORD.match(after)
    return starts[-1] if starts else "", end[0] if end else ""
