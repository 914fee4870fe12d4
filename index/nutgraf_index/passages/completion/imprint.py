"""Imprints as values, and the words that a line of an imprint leaves unread."""

from typing import Any, NamedTuple

__all__ = ["Imprint", "is_sentence", "may_be_left"]

_LONGEST_UNKNOWN = 80  # characters


class Imprint(NamedTuple):
    """What the lines under a headline say: who wrote and published the article, and when.

    Attributes:
        authors: the names of the byline.
        source: the agency or newspaper.
        date: the date of publication, as `YYYY-MM-DD`.
        updated: the date of a later version.
        is_byline: whether there is a byline, though its authors may be unknown.
    """

    authors: tuple[str, ...] = ()
    source: str = ""
    date: str = ""
    updated: str = ""
    is_byline: bool = False

    def joined(self, other: "Imprint") -> "Imprint":
        """Return the imprint with the values of another one where it has none."""
        if not any(other):
            return self
        values: list[Any] = [value or given for value, given in zip(self, other, strict=True)]
        return Imprint(*values)


def may_be_left(words: str) -> bool:
    """Return whether words are short enough to be left beside a byline or date."""
    return 0 < len(words) <= _LONGEST_UNKNOWN and not is_sentence(words)


def is_sentence(words: str) -> bool:
    """Return whether words end as a sentence, and not with an abbreviation or in a bracket."""
    last = (words[-_LONGEST_UNKNOWN:].rsplit(None, 1) or [""])[-1]
    return last[-1:] in ".…" and len(last) > 4
