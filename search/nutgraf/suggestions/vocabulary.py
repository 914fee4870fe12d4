"""The words of a field in all segments: in how many live units they stand, and how written."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.positions.as_written import spellings
from nutgraf.positions.phrase import DocIds
from nutgraf_index.arrays import units_of
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.model import Role

__all__ = ["Vocabulary"]

_SAMPLE = 8  # passages from which is told how a word is written


class Vocabulary:
    """The folded words of one field; passages of the roles in `quiet` do not count."""

    def __init__(
        self, postings: SnapshotPostings, field: str, quiet: frozenset[Role] = frozenset()
    ) -> None:
        self.analyzer = postings.analyzer
        self._segments = postings.segments
        self.field = field
        self._quiet = quiet

    def near(self, word: str, edits: int) -> set[str]:
        """Return the words that at most 1 or 2 edits make of one."""
        return {
            self._word(segment, number)
            for segment in self._segments
            for number in segment.occurrences.dictionary(self.field).within(word, edits).tolist()
        }

    def beginning(self, prefix: str) -> dict[str, int]:
        """Return the words that begin so, each with the most units that it can stand in."""
        found: Counter[str] = Counter()
        for segment in self._segments:
            field = segment.reader.field(self.field)
            numbers = field.words.beginning(_bytes(prefix))
            words = field.words.slice(numbers.start, numbers.stop) if numbers else []
            stems = field.stems[numbers.start : numbers.stop].tolist()
            for word, stem in zip(words, stems, strict=True):
                found[segment.reader.decode(word)] += field.count(stem)
        return found

    def most(self, word: str) -> int:
        """Return the most units that a word can stand in: those of its stem."""
        found = 0
        for segment in self._segments:
            field = segment.reader.field(self.field)
            number = field.words.find(_bytes(word))
            found += field.count(int(field.stems[number])) if number >= 0 else 0
        return found

    def count(self, word: str) -> int:
        """Return how many units a word stands in."""
        return sum(len(units) for _, units in self.units(word))

    def side_by_side(self, *words: str) -> int:
        """Return in how many units words stand in a row, whatever their endings."""
        terms = [term for word in words for term in self.analyzer.terms(word)]
        rows = ((segment, segment.phrase(self.field, terms)) for segment in self._segments)
        return sum(len(self._counted(segment, units)) for segment, units in rows)

    def written(self, word: str) -> str:
        """Return a word of the passages' text as it is most often written.

        Told from the first passages that have it, by citation.
        """
        first: list[tuple[str, int, SegmentPostings]] = []
        for segment, units in self.units(word):
            reader = segment.reader
            articles = units_of(reader.firsts(Level.ARTICLE), units)
            keys = (np.asarray(reader.rank)[articles].astype(np.int64) << 32) + units
            some = np.argsort(keys)[:_SAMPLE] if len(keys) <= _SAMPLE else _least(keys)
            first += [(reader.id_of(int(articles[at])), int(units[at]), segment) for at in some]
        first.sort(key=lambda one: one[:2])
        forms: Counter[str] = Counter()
        for _, unit, segment in first[:_SAMPLE]:
            forms.update(spellings(word, segment.reader.text(unit), self.analyzer))
        return min(forms, key=lambda form: (-forms[form], form)) if forms else word

    def units(self, word: str) -> Iterator[tuple[SegmentPostings, DocIds]]:
        """Yield for each segment the live units in which a word stands."""
        for segment in self._segments:
            numbers = segment.occurrences.dictionary(self.field).find(word)
            if not len(numbers):
                continue
            field = segment.reader.field(self.field)
            stem = int(field.stems[numbers[0]])
            if field.form_counts[stem] == 1:
                units = field.doc_ids(stem)
            else:
                # Which of its forms a stem has in a unit is told for each time it stands there.
                lists = field.read(stem, stem + 1)
                is_word = lists.forms == field.form_of_word[numbers[0]]
                firsts = np.cumsum(lists.freqs, dtype=np.int64) - lists.freqs
                units = lists.docs[np.logical_or.reduceat(is_word, firsts)].astype(np.int64)
            yield segment, self._counted(segment, units)

    def _counted(self, segment: SegmentPostings, units: DocIds) -> DocIds:
        """Return those of some units that count: which are live, and of no quiet role."""
        level = FIELDS[self.field].level
        mask = segment.visible(self._quiet) if level is Level.PASSAGE else segment.live(level)
        return units if mask is None else units[mask[units]]

    def _word(self, segment: SegmentPostings, number: int) -> str:
        return segment.reader.decode(segment.reader.field(self.field).words[number])


def _least(keys: DocIds) -> DocIds:
    """Return the places of the least of many keys."""
    return np.argpartition(keys, _SAMPLE)[:_SAMPLE]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
