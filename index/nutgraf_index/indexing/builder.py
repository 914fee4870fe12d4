"""Batches of articles to a segment: gather, invert, write."""

from collections import defaultdict
from itertools import chain

import numpy as np

from nutgraf_index.arrays import offsets
from nutgraf_index.fields import FIELDS, MULTI_VALUED, NUMBERS, TEXT_COLUMNS, Kind, Level
from nutgraf_index.indexing.batch import COMPRESSIONS, Batch
from nutgraf_index.indexing.inverter import Inverter, Vocabulary
from nutgraf_index.segment.file import SegmentWriter, Written
from nutgraf_index.segment.stored_fields import StoredFile, dump_file
from nutgraf_index.segment.writing.columns import TextColumnWriter
from nutgraf_index.segment.writing.postings import PostingsWriter
from nutgraf_index.segment.writing.postings_arrays import Postings
from nutgraf_index.segment.writing.stored_blocks import Compressor, StoredBlocksWriter

__all__ = ["Builder"]

_SHARE = 4  # of the memory, for a range of terms that is inverted


class Builder:
    """Gathers batches and files and writes them as a segment.

    The same batches give the same bytes. What they hold waits in temporary files, so that the
    memory taken is that of one batch, or of the inversion, which takes `memory` bytes.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._records = {name: StoredBlocksWriter(how) for name, how in COMPRESSIONS.items()}
        self._passages: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
        self._numbers = {name: [np.zeros(0, kind or "<u1")] for name, (_, kind) in NUMBERS.items()}
        self._columns = {
            name: TextColumnWriter(multi_valued=name in MULTI_VALUED) for name in TEXT_COLUMNS
        }
        self._files: list[StoredFile] = []
        self._values: dict[str, list[str]] = defaultdict(list)
        self._vocabulary = Vocabulary()
        self._tokens = {
            name: Inverter(self._vocabulary) for name, field in FIELDS.items() if field.analysed
        }

    def add(self, batch: Batch) -> None:
        """Add a batch."""
        for level, counts in batch.passages.items():
            self._passages[level] += counts
        for name, numbers in batch.numbers.items():
            self._numbers[name].append(numbers)
        for name, texts in batch.texts.items():
            self._columns[name].add(texts)
        for name, blocks in batch.records.items():
            self._records[name].take(blocks)
        for name, values in batch.values.items():
            self._values[name] += values
        number_of = self._vocabulary.numbers_of(batch.words)
        for name, (tokens, lengths) in batch.tokens.items():
            self._tokens[name].add(number_of[tokens], lengths)

    def add_file(self, record: StoredFile) -> None:
        """Add what is remembered of a file."""
        self._files.append(record)

    def write(self, out: SegmentWriter) -> Written:
        """Write all as a segment and return what was written."""
        self._vocabulary.end()
        files = [dump_file(record) for record in self._files]
        self._records["files"].take(Compressor(COMPRESSIONS["files"]).compress(files))
        self._values["file"] = [record.key for record in self._files]
        for name, records in self._records.items():
            records.write(name, out)
        for level, passages in self._passages.items():
            out.add(f"{level.value}.first", offsets(passages))
        for name, numbers in self._numbers.items():
            out.add(name, np.concatenate(numbers))
        for name, column in self._columns.items():
            column.write(name, out)
        counts = {level: len(passages) for level, passages in self._passages.items()}
        counts[Level.PASSAGE] = sum(self._passages[Level.ARTICLE])
        counts[Level.FILE] = len(self._files)
        facts = {level.value: count for level, count in counts.items()}
        for name, field in FIELDS.items():
            if field.analysed:
                facts |= self._tokens[name].write(name, self._memory // _SHARE, out)
            else:
                _write_values(name, self._values[name], out, field.kind)
        return out.finish(facts)


def _write_values(name: str, values: list[str], out: SegmentWriter, kind: Kind) -> None:
    """Invert a field of a value for each unit, or several, and write it; an empty one is none."""
    units, said = np.arange(len(values)), values
    if not all(values):
        units = np.array([unit for unit, value in enumerate(values) if value], np.int64)
        said = [value for value in values if value]
    if kind is Kind.COMPOUNDS:
        apart = [value.split(" ") for value in said]
        units, said = units.repeat(list(map(len, apart))), list(chain.from_iterable(apart))
    distinct = sorted(set(said))
    number_of = {value: number for number, value in enumerate(distinct)}
    numbers = np.fromiter(map(number_of.__getitem__, said), np.int32, len(said))
    docs = units[np.argsort(numbers, kind="stable")].astype(np.uint32)
    writer = PostingsWriter(np.zeros(len(values), np.uint32), analysed=False)
    counts = np.bincount(numbers, minlength=len(distinct)).astype(np.int64)
    writer.add(Postings(counts, docs))
    terms = [value.encode("utf-8", "surrogatepass") for value in distinct]
    writer.write(name, terms, [], np.zeros(0, np.int64), out)
