"""The filters of a query in one segment: which passages, or whose articles, are as they ask."""

from collections.abc import Iterable

from nutgraf.matching.postings import SegmentPostings
from nutgraf.positions.patterns import like
from nutgraf.query.date_ranges import date_range
from nutgraf.query.tree import Filter
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers
from nutgraf_index.fields import FIELDS, Level, Takes
from nutgraf_index.model import Subtree

__all__ = ["Filters"]

_WILD = ("*", "?")
_LATEST = 0xFFFF_FFFF


class Filters:
    """Finds the passages for which conditions hold; `masks` are those found so far."""

    def __init__(self, segment: SegmentPostings) -> None:
        self.masks: dict[Filter, Bitmap] = {}
        self._segment = segment
        self._reader = segment.reader

    def mask(self, node: Filter) -> Bitmap:
        """Return the passages for which a condition holds."""
        if node not in self.masks:
            self.masks[node] = self._holding(node)
        return self.masks[node]

    def _holding(self, node: Filter) -> Bitmap:
        takes = FIELDS[node.field].takes
        if takes is Takes.WORDS:
            units = self._segment.phrase(node.field, self._segment.analyzer.terms(node.value))
            return self._of_units(FIELDS[node.field].level, [units])
        if takes is Takes.DATE:
            return self._in_dates(node.value)
        if takes is Takes.PATH:
            if any(sign in node.value for sign in _WILD):
                return self._like(node.value)
            return self._at_path(node.value.rstrip("/"))
        return self._valued(node.field, node.value)

    def _valued(self, field: str, value: str) -> Bitmap:
        """Return the passages whose field has exactly a value."""
        return self._of_units(FIELDS[field].level, [self._reader.find_units(field, value)])

    def _of_units(self, level: Level, units: Iterable[Numbers]) -> Bitmap:
        bits = Bitmap(self._reader.counts[level])
        for some in units:
            bits.add(some)
        return self._reader.spread(level, bits)

    def _in_dates(self, value: str) -> Bitmap:
        bounds = date_range(value)
        assert bounds is not None  # the parser has checked it
        start, end = (int(bound.replace("-", "")) if bound else None for bound in bounds)
        days = self._reader.days
        bits = Bitmap(len(days))
        # An article without a date has the day 0.
        core.bitmaps.between(days, max(start or 0, 1), _LATEST if end is None else end, bits.words)
        return self._reader.spread(Level.ARTICLE, bits)

    def from_subtree(self, subtree: Subtree) -> Bitmap:
        """Return the passages that came from a file or from within a folder."""
        placed = self._valued("root", subtree.root_name)
        if subtree.path:
            placed &= self._at_path(subtree.path)
        return placed

    def _at_path(self, path: str) -> Bitmap:
        """Return the passages of a file, or of all within a folder."""
        terms = self._reader.field("path").terms
        exact = terms.find(_bytes(path))
        within = terms.beginning(_bytes(f"{path}/"))
        return self._of_paths([*within, *([exact] if exact >= 0 else [])])

    def _like(self, pattern: str) -> Bitmap:
        """Return the passages whose whole path is like a pattern of * and ?."""
        fits = like(pattern)
        terms = self._reader.field("path").terms
        paths = map(self._reader.decode, terms.slice(0, len(terms)))
        return self._of_paths([at for at, path in enumerate(paths) if fits(path)])

    def _of_paths(self, numbers: Iterable[int]) -> Bitmap:
        return self._of_units(Level.ARTICLE, map(self._reader.field("path").docs, numbers))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
