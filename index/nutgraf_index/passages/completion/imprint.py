"""Imprints as values."""

from typing import Any, NamedTuple

__all__ = ["Imprint"]


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
        values: list[Any] = [value or given for value, given in zip(self, other, strict=True)]
        return Imprint(*values)
