"""The filters of a query in one segment: the passages whose properties meet a condition."""

from collections.abc import Iterable

from nutgraf.matching.postings import SegmentPostings
from nutgraf.query.leaves import has_signs
from nutgraf.query.tree import Filter, Signed
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers
from nutgraf_index.fields import FIELDS, Level, Takes
from nutgraf_index.model import Subtree
from nutgraf_index.names import is_archive, member_path, unprinted
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["Filters"]

_WILDCARDS = ("*", "?")
_LATEST_DAY = 0xFFFF_FFFF


class Filters:
    """Evaluates the filters of a query in a segment; `masks` caches the passages of each filter."""

    def __init__(self, segment: SegmentPostings) -> None:
        self.masks: dict[Filter, Bitmap] = {}
        self._segment = segment
        self._reader = segment.reader

    def mask(self, node: Filter) -> Bitmap:
        """Return the passages that meet a filter."""
        if node not in self.masks:
            self.masks[node] = self._evaluate(node)
        return self.masks[node]

    def _evaluate(self, node: Filter) -> Bitmap:
        takes = FIELDS[node.field].takes
        if takes is Takes.WORDS:
            if has_signs(node.value, self._segment.analyzer):
                signed = self._segment.positions.doc_ids(node.field, Signed(node.value))
                doc_ids = self._segment.headed(node.field, signed)
            else:
                doc_ids = self._segment.phrase(node.field, node.value)
            return self._passages_of(FIELDS[node.field].level, [doc_ids])
        if takes is Takes.DATE:
            return self._in_date_range(node.value)
        if takes is Takes.LANGUAGE:
            return self._in_language(node.field, node.value)
        if takes is Takes.PATH:
            if any(sign in node.value for sign in _WILDCARDS):
                return self._like_path(node.value)
            return self._at_path(node.value)
        if node.field == "article":
            return self._passages_of(Level.ARTICLE, [self._segment.articles_named(node.value)])
        return self._with_value(node.field, node.value)

    def _with_value(self, field: str, value: str) -> Bitmap:
        """Return the passages whose field has exactly this value."""
        return self._passages_of(FIELDS[field].level, [self._reader.find_docs(field, value)])

    def _in_language(self, field: str, wanted: str) -> Bitmap:
        """Return the passages of articles in a language; see `is_in`."""
        from nutgraf.query.language_tags import is_in  # few queries have such a filter

        languages = self._reader.field(field)
        numbers = [
            number
            for number, tag in enumerate(languages.terms)
            if is_in(self._reader.decode(tag), wanted)
        ]
        return self._passages_of(FIELDS[field].level, map(languages.doc_ids, numbers))

    def _passages_of(self, level: Level, doc_ids: Iterable[Numbers]) -> Bitmap:
        """Return the passages of documents of a level, given as buffers of doc ids."""
        bits = Bitmap(self._reader.counts[level])
        for part in doc_ids:
            bits.add(part)
        return self._reader.passages_in(level, bits)

    def _in_date_range(self, value: str) -> Bitmap:
        from nutgraf.query.date_ranges import date_range  # few queries have such a filter

        bounds = date_range(value)
        assert bounds is not None  # the parser has checked it
        start, end = (int(bound.replace("-", "")) if bound else None for bound in bounds)
        days = self._reader.days
        articles = Bitmap(len(days))
        # An article without a date has the day 0.
        last = _LATEST_DAY if end is None else end
        core.bitmaps.between(days, max(start or 0, 1), last, articles.words)
        return self._reader.passages_in(Level.ARTICLE, articles)

    def from_subtree(self, subtree: Subtree) -> Bitmap:
        """Return the passages of one file, or of all files in a folder."""
        passages = self._with_value("root", subtree.root_name)
        if subtree.path:
            passages &= self._under_path(subtree.path)
        return passages

    def _at_path(self, path: str) -> Bitmap:
        """Return the passages of a file or folder, whose path may be relative to any root."""
        from nutgraf_index.sync.citations import subtrees_named  # few queries name a path

        within = path.rstrip("/")
        if not path.isascii():  # names may be in another Unicode normalisation, or as printed
            passages = self._like_path(within)
            passages |= self._like_path(f"{within}/*")
            if is_archive(within):
                passages |= self._like_path(member_path(within, "*"))
            return passages
        passages = self._under_path(within)
        for subtree in subtrees_named(path, self._segment.part):
            passages |= self.from_subtree(subtree)
        return passages

    def _under_path(self, path: str) -> Bitmap:
        """Return the passages of the file at a path, and of all files in the folder or archive."""
        terms = self._reader.field("path").terms
        file = terms.find(encoded(path))
        numbers = [*terms.beginning(encoded(f"{path}/")), *([file] if file >= 0 else [])]
        if is_archive(path):
            numbers += terms.beginning(encoded(member_path(path, "")))
        return self._with_paths(numbers)

    def _like_path(self, pattern: str) -> Bitmap:
        """Return the passages whose whole path, in a root or in full, matches a pattern.

        The pattern may have the signs that are printed for control characters.
        """
        from nutgraf.positions.patterns import like  # few queries name a path
        from nutgraf_index.sync.citations import patterns_named

        paths = [*map(self._reader.decode, self._reader.field("path").terms)]
        if not pattern.isascii():
            import unicodedata

            pattern = unicodedata.normalize("NFC", pattern)
            paths = [unicodedata.normalize("NFC", path) for path in paths]

        def matching(folder: str, pattern: str) -> Bitmap:
            matches = like(pattern)
            numbers = [number for number, path in enumerate(paths) if matches(folder + path)]
            return self._with_paths(numbers)

        passages = self._with_paths(())
        for form in dict.fromkeys((pattern, unprinted(pattern))):
            passages |= matching("", form)
            for root, folder, full_pattern in patterns_named(form, self._segment.part):
                of_root = matching(folder, full_pattern)
                of_root &= self._with_value("root", root)
                passages |= of_root
        return passages

    def _with_paths(self, terms: Iterable[int]) -> Bitmap:
        """Return the passages of files, given by the term numbers of their paths."""
        return self._passages_of(Level.ARTICLE, map(self._reader.field("path").doc_ids, terms))
