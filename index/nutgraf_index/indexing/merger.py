"""Several segments to one, without what is deleted: on arrays, a range of terms at a time.

Numbers of units go up from segment to segment, so that the lists of a term, one after the other
in the order of the segments, are the list of the whole.
"""

from typing import NamedTuple

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import Array, offsets, typed
from nutgraf_index.fields import FIELDS, MULTI_VALUED, NUMBERS, RECORDS, TEXT_COLUMNS, Level
from nutgraf_index.indexing.batch import COMPRESSIONS
from nutgraf_index.segment.columns import TextColumnWriter
from nutgraf_index.segment.file import SegmentWriter, Written
from nutgraf_index.segment.postings_reader import Postings, PostingsReader, forms_of
from nutgraf_index.segment.postings_writer import PostingsWriter, ranges
from nutgraf_index.segment.stored_blocks import StoredBlocksWriter
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["merge"]

_TEXTS = 1 << 12  # copied together
_SHARE = 4  # of the memory, for a range of terms
_POSTING, _OCCURRENCE = 16, 12  # bytes of each in it, as read and as merged
_AT_ONCE = 1 << 20  # postings of a segment that are read together


def merge(readers: list[SegmentReader], out: SegmentWriter, *, memory: int) -> Written:
    """Write one segment that holds what is live in several; return what was written.

    `memory` is how many bytes to take for it, as far as the longest list allows.
    """
    kept = {level: [reader.live_numbers(level) for reader in readers] for level in Level}
    for name, level in RECORDS.items():
        _merge_records(name, readers, kept[level], out)
    for level in (Level.SECTION, Level.ARTICLE):
        counts = [
            np.diff(reader.firsts(level))[units]
            for reader, units in zip(readers, kept[level], strict=True)
        ]
        out.add(f"{level.value}.first", offsets(np.concatenate(counts)))
    for name, level in TEXT_COLUMNS.items():
        column = TextColumnWriter(multi_valued=name in MULTI_VALUED)
        for reader, units in zip(readers, kept[level], strict=True):
            for at in range(0, len(units), _TEXTS):
                column.add([*map(reader.texts_of(name).read, units[at : at + _TEXTS].tolist())])
            _let_go([reader])
        column.write(name, out)
    for name, (level, kind) in NUMBERS.items():
        parts = [
            reader.file.column(name).all()[units]
            for reader, units in zip(readers, kept[level], strict=True)
        ]
        out.add(name, typed(np.concatenate(parts), kind))
    facts = {level.value: sum(map(len, kept[level])) for level in Level}
    for name in FIELDS:
        facts |= _Fields(name, readers, kept[FIELDS[name].level], memory // _SHARE).write(out)
    return out.finish(facts)


def _merge_records(
    name: str, readers: list[SegmentReader], kept: list[Array], out: SegmentWriter
) -> None:
    blocks = StoredBlocksWriter(COMPRESSIONS[name])
    for reader, units in zip(readers, kept, strict=True):
        ends = reader.file.column(f"{name}.at").all().astype(np.int64)
        if len(units):
            cuts = np.flatnonzero(np.diff(units) != 1) + 1  # runs of units side by side
            for run in np.split(units, cuts):
                blocks.copy(reader.blocks(name), ends[run[0] : run[-1] + 2])
        _let_go([reader])
    blocks.write(name, out)


def _let_go(readers: list[SegmentReader]) -> None:
    """Let go what was read, so that a merge takes no more memory for a larger index."""
    for reader in readers:
        reader.file.let_go()


class _Part(NamedTuple):
    """A segment's lists of the field that is merged."""

    field: PostingsReader
    renumbered: Array  # the new number of each document, -1 for those deleted
    terms: Array  # the new number of each term
    forms: Array  # the new form of each word, in the order of terms and forms
    first_form: Array  # the index there of each term's first word


class _Fields:
    """One field of several segments."""

    def __init__(
        self,
        name: str,
        readers: list[SegmentReader],
        kept: list[Array],
        memory: int,
    ) -> None:
        self.name = name
        self.analysed = FIELDS[name].analysed
        self.readers = readers
        self.kept = kept
        self.memory = memory
        fields = [reader.field(name) for reader in readers]
        self.terms, of_terms = _united([f.terms.slice(0, len(f.terms)) for f in fields])
        self.words: list[bytes] = []
        self.stems = np.zeros(0, np.int64)
        forms = [(np.zeros(1, np.uint16), np.zeros(len(f.terms), np.int64)) for f in fields]
        if self.analysed:
            forms = self._united_forms(fields, of_terms)
        base = 0
        self.parts = []
        for field, docs, terms, (form, first) in zip(fields, kept, of_terms, forms, strict=True):
            renumbered = np.full(field.units, -1, np.int64)
            renumbered[docs] = np.arange(base, base + len(docs))
            base += len(docs)
            self.parts.append(_Part(field, renumbered, terms, form, first))

    def _united_forms(
        self, fields: list[PostingsReader], of_terms: list[Array]
    ) -> list[tuple[Array, Array]]:
        self.words, of_words = _united([f.words.slice(0, len(f.words)) for f in fields])
        self.stems = np.zeros(len(self.words), np.int64)
        for field, words, terms in zip(fields, of_words, of_terms, strict=True):
            self.stems[words] = terms[field.stems]
        form = forms_of(self.stems)
        found = []
        for field, words in zip(fields, of_words, strict=True):
            first = np.cumsum(field.form_counts) - field.form_counts
            table = np.empty(len(words), np.uint16)
            table[first[field.stems] + field.form_of_word] = form[words]
            found.append((table, first))
        return found

    def write(self, out: SegmentWriter) -> dict[str, int]:
        """Write the field; return its facts."""
        documents = sum(map(len, self.kept))
        lengths, spare = np.zeros(documents, np.uint32), 0
        if self.analysed:
            lengths = np.concatenate(
                [part.field.lengths[docs] for part, docs in zip(self.parts, self.kept, strict=True)]
            )
            spare = max(part.field.spare for part in self.parts)
        postings, occurrences = self._counts()
        live = np.flatnonzero(postings)  # of the others all is deleted
        number_of = np.cumsum(postings > 0) - 1
        writer = PostingsWriter(lengths, analysed=self.analysed, spare=spare)
        for first, last in ranges(_POSTING * postings + _OCCURRENCE * occurrences, self.memory):
            lists = self._merged(first, postings[first:last], occurrences[first:last])
            writer.add(lists._replace(counts=lists.counts[lists.counts > 0]))
            _let_go(self.readers)
        words = np.flatnonzero(postings[self.stems])
        return writer.write(
            self.name,
            [self.terms[term] for term in live.tolist()],
            [self.words[word] for word in words.tolist()],
            number_of[self.stems[words]],
            out,
        )

    def _counts(self) -> tuple[Array, Array]:
        """Count the live postings and occurrences of each term."""
        postings, occurrences = np.zeros((2, len(self.terms)), np.int64)
        for part in self.parts:
            for a, b in ranges(np.diff(part.field.at.astype(np.int64)), _AT_ONCE):
                lists = part.field.read(a, b, occurrences=False)
                core.merging.count_live(
                    lists.counts.data,
                    lists.docs.data,
                    lists.freqs.data,
                    part.renumbered.data,
                    part.terms[a:b].data,
                    postings.data,
                    occurrences.data,
                )
        return postings, occurrences

    def _merged(self, start: int, postings: Array, occurrences: Array) -> Postings:
        """Return the live postings of terms from `start` on, of which it is given how many."""
        merged = Postings.empty(postings, occurrences)
        posting, occurrence = (np.cumsum(counts) - counts for counts in (postings, occurrences))
        for part in self.parts:
            begin, end = part.terms.searchsorted([start, start + len(postings)]).tolist()
            counts = np.diff(part.field.at[begin : end + 1].astype(np.int64))
            for a, b in ranges(counts, _AT_ONCE):
                some = slice(begin + a, begin + b)
                lists = part.field.read(some.start, some.stop)
                core.merging.place(
                    lists.counts.data,
                    lists.docs.data,
                    lists.freqs.data,
                    lists.positions.data,
                    lists.forms.data,
                    part.renumbered.data,
                    (part.terms[some] - start).data,
                    part.first_form[some].data,
                    part.forms.data,
                    posting.data,
                    occurrence.data,
                    merged.docs.data,
                    merged.freqs.data,
                    merged.positions.data,
                    merged.forms.data,
                )
        return merged


def _united(lists: list[list[bytes]]) -> tuple[list[bytes], list[Array]]:
    """Return the sorted union of sorted lists, and the places there of each one's items."""
    union = sorted(set().union(*lists))
    place = {item: number for number, item in enumerate(union)}
    return union, [
        np.fromiter(map(place.__getitem__, items), np.int64, len(items)) for items in lists
    ]
