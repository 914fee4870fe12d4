"""The words of a field in all segments, with document frequencies and spellings.

A document is a passage for the fields of passages, and an article for the fields of articles.
"""

from collections import Counter
from collections.abc import Iterator

from nutgraf.matching.doc_id_sets import union
from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.positions.as_written import spellings
from nutgraf_index.analysis.words import gram_size
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.fields import FIELDS, Level
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["Vocabulary"]

_SAMPLE = 8  # passages whose texts decide how a word is written


class Vocabulary:
    """The folded words of one field.

    Deleted documents do not count. Hidden passages count unless only the `visible` do. With the
    code of a `language`, only articles in it count.
    """

    def __init__(
        self,
        postings: SnapshotPostings,
        field: str,
        *,
        visible: bool = False,
        language: str | None = None,
    ) -> None:
        self.analyzer = postings.analyzer
        self._segments = [
            segment for segment in postings.segments if language in (None, segment.reader.language)
        ]
        self.field = field
        self._only_visible = visible

    def near(self, word: str, edits: int) -> set[str]:
        """Return the words within `edits` edits, 1 or 2, of a word."""
        return {
            self._word(segment, number)
            for segment in self._segments
            for number in segment.positions.dictionary(self.field).within(word, edits)
        }

    def beginning(self, prefix: str) -> dict[str, int]:
        """Return the words with a prefix, each with an upper bound of its document frequency."""
        bounds: Counter[str] = Counter()
        for segment in self._segments:
            field = segment.reader.field(self.field)
            numbers = field.words.beginning(encoded(prefix))
            words = field.words.slice(numbers.start, numbers.stop) if numbers else []
            stems = field.stems[numbers.start : numbers.stop].tolist()
            for word, stem in zip(words, stems, strict=True):
                bounds[segment.reader.decode(word)] += field.doc_freq(stem)
        return bounds

    def most(self, word: str) -> int:
        """Return an upper bound of a word's document frequency: the frequency of its stem."""
        bound = 0
        for segment in self._segments:
            field = segment.reader.field(self.field)
            for number in field.words.all_of(encoded(word)):
                bound += field.doc_freq(field.stems[number])
        return bound

    def count(self, word: str) -> int:
        """Return the document frequency of a word."""
        return sum(len(doc_ids) for _, doc_ids in self.postings(word))

    def side_by_side(self, *words: str) -> int:
        """Return the number of documents where the stems of folded words stand in a row."""
        count = 0
        for segment in self._segments:
            doc_ids = segment.phrase(self.field, " ".join(words))
            if len(words) == 1:  # a folded word may be of several stems
                field = segment.reader.field(self.field)
                stems = {field.stems[number] for number in field.words.all_of(encoded(words[0]))}
                doc_ids = union([doc_ids, *map(field.doc_ids, stems)])
            count += len(self._visible(segment, doc_ids))
        return count

    def written(self, word: str) -> str:
        """Return the most frequent spelling of a folded word of the text.

        Only the first eight passages by citation that have the word are read. A gram is written as
        it is folded.
        """
        if gram_size(word[:1]):
            return word
        first: list[tuple[str, int, SegmentPostings]] = []
        for segment, doc_ids in self.postings(word):
            reader = segment.reader
            for doc_id in segment.first_cited(doc_ids, _SAMPLE):
                article = reader.doc_at(Level.ARTICLE, doc_id)
                first.append((reader.id_of(article), doc_id, segment))
        first.sort(key=lambda passage: passage[:2])
        forms: Counter[str] = Counter()
        for _, doc_id, segment in first[:_SAMPLE]:
            forms.update(spellings(word, segment.reader.text(doc_id), segment.analyzer))
        return min(forms, key=lambda form: (-forms[form], form)) if forms else word

    def postings(self, word: str) -> Iterator[tuple[SegmentPostings, Numbers]]:
        """Yield each segment where documents that count have a word, with their doc ids."""
        for segment in self._segments:
            doc_ids = self._visible(segment, segment.docs_of_word(self.field, word))
            if len(doc_ids):
                yield segment, doc_ids

    def _visible(self, segment: SegmentPostings, doc_ids: Numbers) -> Numbers:
        """Return the doc ids of the documents that count."""
        level, doc_ids = FIELDS[self.field].level, segment.headed(self.field, doc_ids)
        if level is Level.PASSAGE and self._only_visible:
            return segment.visible_among(doc_ids)
        return segment.reader.live_among(level, doc_ids)

    def _word(self, segment: SegmentPostings, number: int) -> str:
        return segment.reader.decode(segment.reader.field(self.field).words[number])
