"""The usual sizes, distances of lines and margins of a document."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from nutgraf_index.formats.pdf.lines.rows import LONG_WORD, Region

__all__ = ["FULL_REGION", "SMALL", "Style", "count_distances", "pitch_of"]

FULL_REGION = 8  # lines: the margin of so long a region is that of its column
SMALL = 0.94  # of the size of the body: notes and captions


@dataclass(slots=True)
class Style:
    """What is usual in a document.

    Attributes:
        size: the font size of most of its text.
        bold: whether most of its text is bold.
        pitches: the usual distance of lines by rounded font size.
        margins: the right margins of long columns by their rounded left margins.
        indented: whether first lines of paragraphs are indented, and no gap is above them.
    """

    size: float = 10.0
    bold: bool = False
    pitches: dict[int, float] = field(default_factory=dict)
    margins: dict[int, float] = field(default_factory=dict)
    indented: bool = False

    @classmethod
    def of(cls, regions: Iterable[Region]) -> "Style":
        """Return the style of a document, from all its regions."""
        sizes: Counter[float] = Counter()
        bold = 0
        distances: dict[int, Counter[float]] = {}
        margins: dict[int, list[float]] = {}
        for region in regions:
            for line in region.lines:
                sizes[_rounded(line.size)] += len(line.text)
                bold += len(line.text) * (1 if line.bold else -1)
            count_distances(region, distances)
            if len(region.lines) >= FULL_REGION:
                margins.setdefault(round(region.left / 4), []).append(_margin(region))
        pitches = {key: pitch_of(counts) for key, counts in distances.items()}
        return cls(
            size=sizes.most_common(1)[0][0] if sizes else 10.0,
            bold=bold > 0,
            pitches=pitches,
            margins={left: sorted(rights)[len(rights) // 2] for left, rights in margins.items()},
        )

    def pitch(self, size: float) -> float:
        """Return the usual distance of lines of a font size."""
        return self.pitches.get(round(2 * size), 1.2 * size)

    def right(self, region: Region) -> float:
        """Return the right margin of a region."""
        own = _margin(region)
        of_column = max(self.margins.get(round(region.left / 4) + by, own) for by in (-1, 0, 1))
        return of_column if own < of_column < own + (own - region.left) / 2 else own


def _rounded(size: float) -> float:
    return round(2 * size) / 2


def count_distances(region: Region, distances: dict[int, Counter[float]]) -> None:
    """Count the distances of the lines of a region by rounded font size."""
    for line, after in pairwise(region.lines):
        if _rounded(line.size) == _rounded(after.size):
            distance = round(2 * (after.base - line.base)) / 2
            if 0 < distance < 3 * line.size:
                distances.setdefault(round(2 * line.size), Counter())[distance] += 1


def pitch_of(distances: Counter[float]) -> float:
    """Return the least distance that is frequent: the greater ones are between paragraphs."""
    most = distances.most_common(1)[0][1]
    return min(distance for distance, count in distances.items() if 3 * count >= most)


def _margin(region: Region) -> float:
    """Return the right end of most lines: few may be longer than the column is wide."""
    rights = sorted(
        [line.right for line in region.lines if len(line.words[-1].text) < LONG_WORD]
        or [line.right for line in region.lines]
    )
    return rights[len(rights) - 1 - len(rights) // 40]
