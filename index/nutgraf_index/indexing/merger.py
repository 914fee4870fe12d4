"""The merger: writes the live documents of several segments as one segment.

It works on arrays, a range of terms at a time. Documents keep their order, segment after segment,
so the postings list of a term is the concatenation of its lists in the segments, renumbered.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

import numpy as np

from nutgraf_index import core
from nutgraf_index.arrays import Array, offsets, typed
from nutgraf_index.fields import FIELDS, MULTI_VALUED, NUMBERS, RECORDS, TEXT_COLUMNS, Level
from nutgraf_index.indexing.batch import COMPRESSIONS
from nutgraf_index.segment.file import SegmentWriter, Written
from nutgraf_index.segment.postings_reader import PostingsReader
from nutgraf_index.segment.writing.columns import TextColumnWriter
from nutgraf_index.segment.writing.postings import PostingsWriter, ranges
from nutgraf_index.segment.writing.postings_arrays import (
    Postings,
    doc_freqs_of,
    forms_of,
    read_postings,
)
from nutgraf_index.segment.writing.stored_blocks import Compressor, StoredBlocksWriter, train
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["merge"]

_Entry = TypeVar("_Entry", bytes, tuple[bytes, int])
_TEXTS = 1 << 12  # texts copied at a time
_SHARE = 4  # a range of terms may use a quarter of the memory
_POSTING, _OCCURRENCE = 16, 12  # bytes of memory each, as read and as merged
_RECOMPRESSED = 1 << 22  # bytes of stored passages compressed at a time
_CHUNK = 1 << 20  # postings of a segment read at a time
# Of the work of a merge: stored fields and columns, the postings of the text, of any other field.
_SHARE_OF_STORED, _SHARE_OF_TEXT = 0.3, 0.5
_SHARE_OF_FIELD = (1 - _SHARE_OF_STORED - _SHARE_OF_TEXT) / (len(FIELDS) - 1)


def merge(
    readers: list[SegmentReader],
    out: SegmentWriter,
    *,
    memory: int,
    progress: Callable[[float], None],
) -> Written:
    """Write one segment with the live documents of several; return its size and checksum.

    `memory` is the limit of memory in bytes; a term that needs more may exceed it. `progress` is
    called with the share of the work done, from 0 to 1.
    """
    live = {
        level: [np.asarray(reader.live_numbers(level)) for reader in readers] for level in Level
    }
    for name, level in RECORDS.items():
        _merge_stored_fields(name, readers, live[level], out)
        progress(_SHARE_OF_STORED / 2)
    for level in (Level.SECTION, Level.ARTICLE):
        passage_counts = [
            np.diff(np.asarray(reader.first_passages(level)))[docs]
            for reader, docs in zip(readers, live[level], strict=True)
        ]
        out.add(f"{level.value}.first", offsets(np.concatenate(passage_counts)))
    for name, level in TEXT_COLUMNS.items():
        column = TextColumnWriter(multi_valued=name in MULTI_VALUED)
        for reader, docs in zip(readers, live[level], strict=True):
            for first in range(0, len(docs), _TEXTS):
                chunk = docs[first : first + _TEXTS].tolist()
                column.add([*map(reader.text_column(name).read, chunk)])
            reader.file.release()
        column.write(name, out)
    for name, (level, kind) in NUMBERS.items():
        columns = [
            np.asarray(reader.file.column(name).view())[docs]
            for reader, docs in zip(readers, live[level], strict=True)
        ]
        out.add(name, typed(np.concatenate(columns), kind))
    facts = {level.value: sum(map(len, live[level])) for level in Level}
    share = _SHARE_OF_STORED
    for name in FIELDS:
        progress(share)
        weight = _SHARE_OF_TEXT if name == "text" else _SHARE_OF_FIELD

        def report(part: float, done: float = share, weight: float = weight) -> None:
            progress(done + part * weight)

        of_level = live[FIELDS[name].level]
        facts |= _merge_field(name, readers, of_level, memory // _SHARE, out, report)
        share += weight
    return out.finish(facts)


def _merge_stored_fields(
    name: str, readers: list[SegmentReader], live: list[Array], out: SegmentWriter
) -> None:
    """Write the stored fields of the live documents of each segment, under a name of `RECORDS`.

    Blocks are copied without decompressing where possible.
    """
    blocks = StoredBlocksWriter(COMPRESSIONS[name])
    compressor = Compressor(COMPRESSIONS[name], _train_dictionary(name, readers, live))
    for reader, docs in zip(readers, live, strict=True):
        ends = np.asarray(reader.file.column(f"{name}.at").view()).astype(np.int64)
        if compressor.dictionary and not reader.blocks(name).has_dictionary:
            for first, last in ranges(ends[docs + 1] - ends[docs], _RECOMPRESSED):
                passages = reader.stored_passages(docs[first:last].tolist())
                blocks.take(compressor.compress(list(passages)))
        elif len(docs):
            cuts = np.flatnonzero(np.diff(docs) != 1) + 1  # between runs of consecutive documents
            for run in np.split(docs, cuts):
                blocks.copy(reader.blocks(name), ends[run[0] : int(run[-1]) + 2])
        reader.file.release()  # so that memory does not grow with the size of the index
    blocks.write(name, out)


def _train_dictionary(name: str, readers: list[SegmentReader], live: list[Array]) -> bytes:
    """Train a compression dictionary with the passages of the segments that have no dictionary.

    Return b"" if there are too few such passages, and for metadata and files.
    """
    sample: list[bytes] = []
    size = 0
    for reader, docs in zip(readers, live, strict=True) if name == "passages" else ():
        if not reader.blocks(name).has_dictionary:
            for passage in reader.stored_passages(docs.tolist()):
                sample.append(passage)
                size += len(passage)
                if size >= _RECOMPRESSED:
                    return train(sample, COMPRESSIONS[name])
    return train(sample, COMPRESSIONS[name])


class _FieldPart(NamedTuple):
    """One segment's postings of a field, and the new numbers of documents, terms and forms."""

    field: PostingsReader
    new_docs: Array  # new doc id of each document, -1 if it is deleted
    new_terms: Array  # new number of each term
    new_forms: Array  # new form of each word, in the order of terms and forms
    first_form: Array  # index in `new_forms` of each term's first word


def _merge_field(
    name: str,
    readers: list[SegmentReader],
    live: list[Array],
    memory: int,
    out: SegmentWriter,
    progress: Callable[[float], None],
) -> dict[str, int]:
    """Write the merged inverted index of one field; return the field's facts.

    `live` has the live documents of each segment. `memory` is the limit of memory in bytes; a term
    that needs more may exceed it. `progress` is called with the share of the work done.
    """
    fields, analysed = [reader.field(name) for reader in readers], FIELDS[name].analysed
    terms, new_terms = _merged([field.terms.__iter__ for field in fields])
    words: list[bytes] = []
    lengths, stems, spare = np.zeros(sum(map(len, live)), np.uint32), np.zeros(0, np.int64), 0
    forms = [(np.zeros(1, np.uint16), np.zeros(len(field.terms), np.int64)) for field in fields]
    if analysed:
        pairs = zip(fields, live, strict=True)
        lengths = np.concatenate([np.asarray(field.lengths)[docs] for field, docs in pairs])
        spare = max(field.spare for field in fields)
        words, stems, forms = _merge_words(fields, new_terms)
    base, parts = 0, []
    for field, docs, numbers, field_forms in zip(fields, live, new_terms, forms, strict=True):
        new_docs = np.full(field.doc_count, -1, np.int64)
        new_docs[docs] = np.arange(base, base + len(docs))
        base += len(docs)
        parts.append(_FieldPart(field, new_docs, numbers, *field_forms))
    doc_freqs, total_freqs = _live_freqs(parts, len(terms))
    writer = PostingsWriter(lengths, analysed=analysed, spare=spare)
    for start, stop in ranges(_POSTING * doc_freqs + _OCCURRENCE * total_freqs, memory):
        postings = _merge_postings(parts, start, doc_freqs[start:stop], total_freqs[start:stop])
        writer.add(postings._replace(counts=postings.counts[postings.counts > 0]))
        progress(stop / len(terms))
    live_terms = np.flatnonzero(doc_freqs)  # terms whose documents are all deleted are dropped
    live_words = np.flatnonzero(doc_freqs[stems])
    return writer.write(
        name,
        [terms[term] for term in live_terms.tolist()],
        [words[word] for word in live_words.tolist()],
        live_terms.searchsorted(stems[live_words]),
        out,
    )


def _merge_words(
    fields: list[PostingsReader], new_terms: list[Array]
) -> tuple[list[bytes], Array, list[tuple[Array, Array]]]:
    """Merge the words of segments; they are sorted by themselves and the numbers of their terms.

    Returns the sorted words, the number of each word's term, and for each segment the `new_forms`
    and the `first_form` of its `_FieldPart`.
    """

    def pairs(field: PostingsReader, terms: Array) -> Iterator[tuple[bytes, int]]:
        return zip(field.words, terms[np.asarray(field.stems)].tolist(), strict=True)

    lists = [partial(pairs, *one) for one in zip(fields, new_terms, strict=True)]
    merged, new_words = _merged(lists)
    words = [word for word, _ in merged]
    stems = np.array([term for _, term in merged], np.int64)
    merged_forms, forms = forms_of(stems), []
    for field, numbers in zip(fields, new_words, strict=True):
        counts = np.asarray(field.form_counts).astype(np.int64)
        first_form = np.cumsum(counts) - counts
        new_forms = np.empty(len(numbers), np.uint16)
        new_forms[first_form[np.asarray(field.stems)] + field.form_of_word] = merged_forms[numbers]
        forms.append((new_forms, first_form))
    return words, stems, forms


def _live_freqs(parts: list[_FieldPart], terms: int) -> tuple[Array, Array]:
    """Return the number of live documents and of live occurrences of each merged term."""
    doc_freqs, total_freqs = np.zeros((2, terms), np.int64)
    for part in parts:
        for first, last in ranges(doc_freqs_of(part.field), _CHUNK):
            postings = read_postings(part.field, first, last, occurrences=False)
            core.building.count_live(
                postings.counts.data,
                postings.docs.data,
                postings.freqs.data,
                part.new_docs.data,
                part.new_terms[first:last].data,
                doc_freqs.data,
                total_freqs.data,
            )
        part.field.release()
    return doc_freqs, total_freqs


def _merge_postings(
    parts: list[_FieldPart], start: int, doc_freqs: Array, total_freqs: Array
) -> Postings:
    """Return the live postings of the merged terms `[start, start + len(doc_freqs))`.

    `doc_freqs` and `total_freqs` are the numbers of live documents and of live occurrences of each
    of these terms.
    """
    merged = Postings.empty(doc_freqs, total_freqs)
    next_posting, next_occurrence = (np.cumsum(n) - n for n in (doc_freqs, total_freqs))
    for part in parts:
        begin, end = part.new_terms.searchsorted([start, start + len(doc_freqs)]).tolist()
        for first, last in ranges(doc_freqs_of(part.field)[begin:end], _CHUNK):
            chunk = slice(begin + first, begin + last)
            postings = read_postings(part.field, chunk.start, chunk.stop)
            core.building.fill_live(
                postings.counts.data,
                postings.docs.data,
                postings.freqs.data,
                postings.positions.data,
                postings.forms.data,
                part.new_docs.data,
                (part.new_terms[chunk] - start).data,
                part.first_form[chunk].data,
                part.new_forms.data,
                next_posting.data,
                next_occurrence.data,
                merged.docs.data,
                merged.freqs.data,
                merged.positions.data,
                merged.forms.data,
            )
        part.field.release()
    return merged


def _merged(lists: Sequence[Callable[[], Iterator[_Entry]]]) -> tuple[list[_Entry], list[Array]]:
    """Return the sorted entries of all lists, and the new numbers of each list's entries.

    A list is a function that yields its entries. Raises `IndexError` if they do not ascend.
    """
    union: set[_Entry] = set()
    for entries in lists:  # one by one, since reading all at once takes much memory
        union.update(entries())
    merged = sorted(union)
    number_of = {entry: number for number, entry in enumerate(merged)}
    new_numbers = [
        np.fromiter(map(number_of.__getitem__, entries()), np.int64) for entries in lists
    ]
    if any((np.diff(numbers) <= 0).any() for numbers in new_numbers):
        raise IndexError("the terms of a segment do not ascend")
    return merged, new_numbers
