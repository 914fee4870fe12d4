"""A paragraph of a PDF: its lines, and its kind."""

from dataclasses import dataclass
from typing import Literal

from nutgraf_index.formats.pdf.lines.rows import Line

__all__ = ["Kind", "Paragraph"]

Kind = Literal["text", "heading", "item", "note", "caption", "row"]


@dataclass(slots=True)
class Paragraph:
    """Lines that are one passage, in reading order; they may stand on several pages.

    `level` is that of a heading, from 1.
    """

    lines: list[Line]
    right: float  # the margin of the column in which its last line stands
    kind: Kind = "text"
    level: int = 0
    bullet: bool = False  # whether its first word begins with the sign of an item

    @property
    def size(self) -> float:
        """The font size of its first line."""
        return self.lines[0].size

    @property
    def text(self) -> str:
        """The words of its lines, with blanks between."""
        return " ".join(line.text for line in self.lines)
