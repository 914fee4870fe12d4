"""What the core reads of a field, for tests."""

from array import array
from collections.abc import Iterable, Sequence

from nutgraf_index import core
from nutgraf_index.core.buffers import Numbers, uints, zeros
from nutgraf_index.segment.postings_reader import PostingsReader

__all__ = ["numbers", "positions_of", "read"]

_NONE = memoryview(b"")


def numbers(some: Iterable[int]) -> Numbers:
    """Return whole numbers in a buffer of 8 bytes each."""
    return memoryview(array("q", some))


def positions_of(
    reader: PostingsReader, terms: Sequence[int], docs: Sequence[int], forms: Numbers = _NONE
) -> list[list[int]]:
    """Return where any of some terms stands in each of some documents; with forms, only these."""
    form = 0 if len(forms) else -1
    rows = numbers(number for term in terms for number in (*reader.row(term), form))
    return read(reader.field_postings, rows, forms, uints(docs))


def read(
    field: core.positions.FieldPostings,
    rows: Numbers,
    forms: Numbers,
    docs: Numbers,
) -> list[list[int]]:
    """Return the positions that `core.positions.read` finds in each of some documents."""
    ranges = zeros("q", 2 * len(docs))
    of_words = field, rows, forms, docs
    positions = zeros("I", core.positions.read(*of_words, 0, ranges, zeros("I", 0)))
    core.positions.read(*of_words, -1, ranges, positions)
    edges = zip(ranges[::2].tolist(), ranges[1::2].tolist(), strict=True)
    return [positions[begin:stop].tolist() for begin, stop in edges]
