"""The filters of a query in one segment: which passages, or whose articles, are as they ask."""

import numpy as np

from nutgraf.matching.postings import SegmentPostings
from nutgraf.positions.patterns import like
from nutgraf.positions.phrase import DocIds, Mask
from nutgraf.query.date_ranges import date_range
from nutgraf.query.tree import Filter
from nutgraf_index.fields import FIELDS, Level, Takes
from nutgraf_index.model import Subtree

__all__ = ["Filters"]

_WILD = ("*", "?")


class Filters:
    """Finds the passages for which conditions hold; `masks` are those found so far."""

    def __init__(self, segment: SegmentPostings) -> None:
        self.masks: dict[Filter, Mask] = {}
        self._segment = segment
        self._reader = segment.reader

    def mask(self, node: Filter) -> Mask:
        """Return the passages for which a condition holds, as a mask."""
        if node not in self.masks:
            self.masks[node] = self._holding(node)
        return self.masks[node]

    def _holding(self, node: Filter) -> Mask:
        takes = FIELDS[node.field].takes
        if takes is Takes.WORDS:
            units = self._segment.phrase(node.field, self._segment.analyzer.terms(node.value))
            return self._mask(FIELDS[node.field].level, units)
        if takes is Takes.DATE:
            return self._in_dates(node.value)
        if takes is Takes.PATH:
            if any(sign in node.value for sign in _WILD):
                return self._like(node.value)
            return self._at_path(node.value.rstrip("/"))
        return self._valued(node.field, node.value)

    def _valued(self, field: str, value: str) -> Mask:
        """Return the passages whose field has exactly a value."""
        return self._mask(FIELDS[field].level, np.asarray(self._reader.find_units(field, value)))

    def _mask(self, level: Level, units: DocIds) -> Mask:
        mask = np.zeros(self._reader.counts[level], bool)
        mask[units] = True
        return self._spread(level, mask)

    def _spread(self, level: Level, mask: Mask) -> Mask:
        if level is Level.PASSAGE:
            return mask
        return mask.repeat(np.diff(np.asarray(self._reader.firsts(level))))

    def _in_dates(self, value: str) -> Mask:
        bounds = date_range(value)
        assert bounds is not None  # the parser has checked it
        start, end = (int(bound.replace("-", "")) if bound else None for bound in bounds)
        days = np.asarray(self._reader.days)
        held = days >= max(start or 0, 1)
        if end is not None:
            held &= days <= end
        return self._spread(Level.ARTICLE, held)

    def from_subtree(self, subtree: Subtree) -> Mask:
        """Return the passages that came from a file or from within a folder."""
        root = self._valued("root", subtree.root_name)
        return root & self._at_path(subtree.path) if subtree.path else root

    def _at_path(self, path: str) -> Mask:
        """Return the passages of a file, or of all within a folder."""
        terms = self._reader.field("path").terms
        exact = terms.find(_bytes(path))
        within = terms.beginning(_bytes(f"{path}/"))
        return self._of_paths([*within, *([exact] if exact >= 0 else [])])

    def _like(self, pattern: str) -> Mask:
        """Return the passages whose whole path is like a pattern of * and ?."""
        fits = like(pattern)
        terms = self._reader.field("path").terms
        paths = map(self._reader.decode, terms.slice(0, len(terms)))
        return self._of_paths([at for at, path in enumerate(paths) if fits(path)])

    def _of_paths(self, numbers: list[int]) -> Mask:
        postings = self._reader.field("path")
        units = [np.zeros(0, np.int64), *map(postings.doc_ids, numbers)]
        return self._mask(Level.ARTICLE, np.concatenate(units))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
