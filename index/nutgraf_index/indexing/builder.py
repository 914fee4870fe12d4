"""The builder: writes a segment from batches of articles."""

from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
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

_SHARE = 5  # the inverter of a field may use a fifth of the memory


class Builder:
    """Collects batches and synced files, and writes them as a segment.

    The same batches give the same bytes. Tokens, texts and stored fields wait in temporary files.
    So the builder needs about as much memory as one batch; `write` inverts one field at a time, in
    a fifth of `memory` bytes.
    """

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._stored_fields = {key: StoredBlocksWriter(COMPRESSIONS[key]) for key in COMPRESSIONS}
        self._passages: dict[Level, list[int]] = {Level.SECTION: [], Level.ARTICLE: []}
        self._numbers = {name: [np.zeros(0, kind or "<u1")] for name, (_, kind) in NUMBERS.items()}
        self._columns = {
            name: TextColumnWriter(multi_valued=name in MULTI_VALUED) for name in TEXT_COLUMNS
        }
        self._files: list[StoredFile] = []
        self._values: dict[str, list[str]] = defaultdict(list)
        self._vocabulary = Vocabulary()
        self._inverters = {
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
        for name, blocks in batch.stored_fields.items():
            self._stored_fields[name].take(blocks)
        for name, values in batch.values.items():
            self._values[name] += values
        word_numbers = self._vocabulary.numbers_of(batch.words)
        for name, (tokens, sizes) in batch.tokens.items():
            self._inverters[name].add(word_numbers[tokens], sizes)

    @property
    def articles(self) -> int:
        """The number of articles added."""
        return len(self._passages[Level.ARTICLE])

    def add_files(self, files: list[StoredFile]) -> None:
        """Add synced files."""
        self._files += files

    def write(self, out: SegmentWriter) -> Written:
        """Write the segment and return its size and checksum. The builder cannot be used again."""
        self._vocabulary.close()
        files = [dump_file(file) for file in self._files]
        self._stored_fields["files"].take(Compressor(COMPRESSIONS["files"]).compress(files))
        self._values["file"] = [file.key for file in self._files]
        with ThreadPoolExecutor(1) as pool:  # inverts values while words are inverted
            inverted_values = {
                name: pool.submit(_inverted_values, self._values[name], field.kind)
                for name, field in FIELDS.items()
                if not field.analysed
            }
            for name, blocks in self._stored_fields.items():
                blocks.write(name, out)
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
            for name in FIELDS:
                if name in self._inverters:
                    facts |= self._inverters[name].write(name, self._memory // _SHARE, out)
                else:
                    writer, terms = inverted_values.pop(name).result()
                    writer.write(name, terms, [], np.zeros(0, np.int64), out)
        return out.finish(facts)


def _inverted_values(values: list[str], kind: Kind) -> tuple[PostingsWriter, list[bytes]]:
    """Return the postings of a field without positions, whose terms are whole values; its terms.

    `values` has one value per document, "" for none; a value of compounds is several terms with
    blanks between them.
    """
    docs, terms = np.arange(len(values)), values
    if not all(values):
        docs = np.array([doc for doc, value in enumerate(values) if value], np.int64)
        terms = [value for value in values if value]
    if kind is Kind.COMPOUNDS:
        compounds = [value.split(" ") for value in terms]
        docs, terms = docs.repeat(list(map(len, compounds))), list(chain.from_iterable(compounds))
    dictionary = sorted(set(terms))
    number_of = {term: number for number, term in enumerate(dictionary)}
    numbers = np.fromiter(map(number_of.__getitem__, terms), np.int32, len(terms))
    postings = docs[np.argsort(numbers, kind="stable")].astype(np.uint32)
    writer = PostingsWriter(np.zeros(len(values), np.uint32), analysed=False)
    doc_freqs = np.bincount(numbers, minlength=len(dictionary)).astype(np.int64)
    writer.add(Postings(doc_freqs, postings))
    return writer, [term.encode("utf-8", "surrogatepass") for term in dictionary]
