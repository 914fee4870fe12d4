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
from nutgraf_index.segment.file import SegmentWriter, Written
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.term_dictionary import TermDictionary
from nutgraf_index.segment.writing.columns import TextColumnWriter
from nutgraf_index.segment.writing.postings import PostingsWriter, ranges
from nutgraf_index.segment.writing.postings_arrays import Postings, counts_of, forms_of, read
from nutgraf_index.segment.writing.stored_blocks import Compressor, StoredBlocksWriter, train
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["merge"]

_TEXTS = 1 << 12  # copied together
_SHARE = 4  # of the memory, for a range of terms
_POSTING, _OCCURRENCE = 16, 12  # bytes of each in it, as read and as merged
_RECORDS = 1 << 22  # bytes of records that are compressed anew together
_AT_ONCE = 1 << 20  # postings of a segment that are read together


def merge(readers: list[SegmentReader], out: SegmentWriter, *, memory: int) -> Written:
    """Write one segment that holds what is live in several; return what was written.

    `memory` is how many bytes to take for it, as far as the longest list allows.
    """
    kept = {
        level: [np.asarray(reader.live_numbers(level)) for reader in readers] for level in Level
    }
    for name, level in RECORDS.items():
        _merge_records(name, readers, kept[level], out)
    for level in (Level.SECTION, Level.ARTICLE):
        counts = [
            np.diff(np.asarray(reader.firsts(level)))[units]
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
            np.asarray(reader.file.column(name).view())[units]
            for reader, units in zip(readers, kept[level], strict=True)
        ]
        out.add(name, typed(np.concatenate(parts), kind))
    facts = {level.value: sum(map(len, kept[level])) for level in Level}
    for name in FIELDS:
        facts |= _merge_field(name, readers, kept[FIELDS[name].level], memory // _SHARE, out)
    return out.finish(facts)


def _merge_records(
    name: str, readers: list[SegmentReader], kept: list[Array], out: SegmentWriter
) -> None:
    blocks = StoredBlocksWriter(COMPRESSIONS[name])
    compressor = Compressor(COMPRESSIONS[name], _dictionary(name, readers, kept))
    for reader, units in zip(readers, kept, strict=True):
        ends = np.asarray(reader.file.column(f"{name}.at").view()).astype(np.int64)
        if compressor.dictionary and not reader.blocks(name).has_dictionary:
            for first, last in ranges(ends[units + 1] - ends[units], _RECORDS):
                records = reader.records(units[first:last].tolist())
                blocks.take(compressor.compress(list(records)))
        elif len(units):
            cuts = np.flatnonzero(np.diff(units) != 1) + 1  # runs of units side by side
            for run in np.split(units, cuts):
                blocks.copy(reader.blocks(name), ends[run[0] : int(run[-1]) + 2])
        _let_go([reader])
    blocks.write(name, out)


def _dictionary(name: str, readers: list[SegmentReader], kept: list[Array]) -> bytes:
    """Return a dictionary for the passages that were written without, a few at a time.

    It is empty if they are few all together, and for other records.
    """
    sample: list[bytes] = []
    size = 0
    for reader, units in zip(readers, kept, strict=True) if name == "passages" else ():
        if not reader.blocks(name).has_dictionary:
            for record in reader.records(units.tolist()):
                sample.append(record)
                size += len(record)
                if size >= _RECORDS:
                    return train(sample, COMPRESSIONS[name])
    return train(sample, COMPRESSIONS[name])


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


def _merge_field(
    name: str, readers: list[SegmentReader], kept: list[Array], memory: int, out: SegmentWriter
) -> dict[str, int]:
    """Merge one field of several segments with about `memory` bytes; return its facts."""
    fields, analysed = [reader.field(name) for reader in readers], FIELDS[name].analysed
    terms, new_terms = _united([field.terms for field in fields])
    words: list[bytes] = []
    lengths, stems, spare = np.zeros(sum(map(len, kept)), np.uint32), np.zeros(0, np.int64), 0
    forms = [(np.zeros(1, np.uint16), np.zeros(len(field.terms), np.int64)) for field in fields]
    if analysed:
        pairs = zip(fields, kept, strict=True)
        lengths = np.concatenate([np.asarray(field.lengths)[docs] for field, docs in pairs])
        spare = max(field.spare for field in fields)
        words, stems, forms = _united_forms(fields, new_terms)
    base, parts = 0, []
    for field, docs, numbers, (form, first) in zip(fields, kept, new_terms, forms, strict=True):
        renumbered = np.full(field.units, -1, np.int64)
        renumbered[docs] = np.arange(base, base + len(docs))
        base += len(docs)
        parts.append(_Part(field, renumbered, numbers, form, first))
    postings, occurrences = _counts(parts, len(terms))
    writer = PostingsWriter(lengths, analysed=analysed, spare=spare)
    for start, stop in ranges(_POSTING * postings + _OCCURRENCE * occurrences, memory):
        lists = _merged(parts, start, postings[start:stop], occurrences[start:stop])
        writer.add(lists._replace(counts=lists.counts[lists.counts > 0]))
    live = np.flatnonzero(postings)  # of the others all is deleted
    live_words = np.flatnonzero(postings[stems])
    return writer.write(
        name,
        [terms[term] for term in live.tolist()],
        [words[word] for word in live_words.tolist()],
        live.searchsorted(stems[live_words]),
        out,
    )


def _united_forms(
    fields: list[PostingsReader], new_terms: list[Array]
) -> tuple[list[bytes], Array, list[tuple[Array, Array]]]:
    """Return the words of several segments, their terms, and for each `_Part` its forms."""
    words, new_words = _united([field.words for field in fields])
    stems = np.zeros(len(words), np.int64)
    for field, numbers, terms in zip(fields, new_words, new_terms, strict=True):
        stems[numbers] = terms[np.asarray(field.stems)]
    new_forms, forms = forms_of(stems), []
    for field, numbers in zip(fields, new_words, strict=True):
        counts = np.asarray(field.form_counts).astype(np.int64)
        first = np.cumsum(counts) - counts
        table = np.empty(len(numbers), np.uint16)
        table[first[np.asarray(field.stems)] + field.form_of_word] = new_forms[numbers]
        forms.append((table, first))
    return words, stems, forms


def _counts(parts: list[_Part], terms: int) -> tuple[Array, Array]:
    """Count the live postings and occurrences of each term."""
    postings, occurrences = np.zeros((2, terms), np.int64)
    for part in parts:
        for a, b in ranges(counts_of(part.field), _AT_ONCE):
            lists = read(part.field, a, b, occurrences=False)
            core.building.count_live(
                lists.counts.data,
                lists.docs.data,
                lists.freqs.data,
                part.renumbered.data,
                part.terms[a:b].data,
                postings.data,
                occurrences.data,
            )
        part.field.let_go()
    return postings, occurrences


def _merged(parts: list[_Part], start: int, postings: Array, occurrences: Array) -> Postings:
    """Return the live postings of terms from `start` on, whose counts are known."""
    merged = Postings.empty(postings, occurrences)
    posting, occurrence = (np.cumsum(counts) - counts for counts in (postings, occurrences))
    for part in parts:
        begin, end = part.terms.searchsorted([start, start + len(postings)]).tolist()
        for a, b in ranges(counts_of(part.field)[begin:end], _AT_ONCE):
            some = slice(begin + a, begin + b)
            lists = read(part.field, some.start, some.stop)
            core.building.fill_live(
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
        part.field.let_go()
    return merged


def _united(dictionaries: list[TermDictionary]) -> tuple[list[bytes], list[Array]]:
    """Return the sorted terms of all dictionaries, and for each the new numbers of its terms."""
    every: set[bytes] = set()
    for terms in dictionaries:  # one after the other, since all at once take much memory
        every.update(terms)
    union = sorted(every)
    number_of = {term: number for number, term in enumerate(union)}
    numbers = [
        np.fromiter(map(number_of.__getitem__, terms), np.int64, len(terms))
        for terms in dictionaries
    ]
    if any((np.diff(of_terms) <= 0).any() for of_terms in numbers):
        raise IndexError("terms that do not ascend")
    return union, numbers
