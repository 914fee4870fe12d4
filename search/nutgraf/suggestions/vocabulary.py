"""The words of a field in all segments: in how many live units they stand, and how written."""

from collections import Counter
from collections.abc import Iterator

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.positions.as_written import spellings
from nutgraf_index import core
from nutgraf_index.core.buffers import Bitmap, Numbers, room
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
            for number in segment.occurrences.dictionary(self.field).within(word, edits)
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
            found += field.count(field.stems[number]) if number >= 0 else 0
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
            reader, made = segment.reader, room("I", _SAMPLE)
            firsts, seen = reader.firsts(Level.ARTICLE), Bitmap(reader.passages).words
            found = core.scoring.first_cited(
                units, seen[:0], firsts, segment.by_id, units[:0], seen, made
            )
            for unit in made[:found]:
                article = reader.unit_at(Level.ARTICLE, unit)
                first.append((reader.id_of(article), unit, segment))
        first.sort(key=lambda one: one[:2])
        forms: Counter[str] = Counter()
        for _, unit, segment in first[:_SAMPLE]:
            forms.update(spellings(word, segment.reader.text(unit), self.analyzer))
        return min(forms, key=lambda form: (-forms[form], form)) if forms else word

    def units(self, word: str) -> Iterator[tuple[SegmentPostings, Numbers]]:
        """Yield for each segment the live units in which a word stands."""
        for segment in self._segments:
            field = segment.reader.field(self.field)
            number = field.words.find(_bytes(word))
            if number >= 0:
                yield segment, self._counted(segment, field.docs_of_word(number))

    def _counted(self, segment: SegmentPostings, units: Numbers) -> Numbers:
        """Return those of some units that count: which are live, and of no quiet role."""
        level = FIELDS[self.field].level
        if level is Level.PASSAGE:
            counted = segment.visible(self._quiet)
        else:
            counted = segment.reader.live_units(level)
        if counted is None:
            return units
        shown = Bitmap.of(segment.reader.counts[level], units)
        shown &= counted
        return shown.numbers()

    def _word(self, segment: SegmentPostings, number: int) -> str:
        return segment.reader.decode(segment.reader.field(self.field).words[number])


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
