"""Shared lines: short lines that stand in 25 or more articles of an archive, such as adverts.

A shared line heads nothing: the heading of the passages under it is neither shown, filtered nor
scored. Where it carries no sentence, it is hidden like a passage of a hidden role: only a query
that names its role finds it. A headline is never hidden, nor is a line of an article that has
nothing else.

Two lines are the same if they have the same words, so case, accents, white space and punctuation do
not count. Roles, numbers and stored headings stay as they are. The counts are those of the live
articles of all segments, so the answer does not depend on the history of an index.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nutgraf_index import core
from nutgraf_index.core.buffers import NO_BITS, Bitmap, Numbers, zeros
from nutgraf_index.fields import Level
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.segment.stored_fields import ROLES
from nutgraf_index.store.segment_reader import SegmentReader

__all__ = ["ARTICLES", "SharedLines", "shared_lines"]

ARTICLES = 25  # with a short line that make it a shared line
_CELLS = (1 << 10, 1 << 24)  # at least, and at most; about one for each passage
_SLOTS = 1 << 8  # at least; about two for each line that may be shared
_VISIBLE, _MAY_BE_HIDDEN, _MAY_OPEN = 1, 2, 4


class SharedLines(NamedTuple):
    """The shared lines of one segment.

    Attributes:
        hidden: the lines that are hidden.
        headed: the sections whose heading is no shared line; None for all.
        openings: `SegmentReader.openings` without the lines that are hidden.
    """

    hidden: Bitmap
    headed: Bitmap | None
    openings: Numbers


def shared_lines(readers: Sequence[SegmentReader]) -> list[SharedLines | None]:
    """Return the shared lines of each segment of a snapshot; None for a segment without them."""
    passages = sum(reader.passages for reader in readers)
    size = min(max(_CELLS[0], 1 << passages.bit_length()), _CELLS[1])
    cells = zeros("B", size)
    lines = [
        (
            reader.file.column("passage.fingerprint").view(),
            reader.file.column("passage.short").view(),
            NO_BITS if reader.live is None else reader.live.words,
        )
        for reader in readers
    ]
    fill_cells = core.fingerprints.fill_cells
    candidates = sum(fill_cells(*of_segment, ARTICLES, cells) for of_segment in lines)
    if not candidates:
        return [None] * len(readers)
    docs = zeros("I", candidates)
    found: list[Numbers] = []
    for of_segment in lines:
        count = core.fingerprints.candidate_lines(*of_segment, ARTICLES, cells, docs)
        found.append(docs[:count])
        docs = docs[count:]
    slots = max(_SLOTS, 1 << (2 * candidates // ARTICLES).bit_length())
    while (table := _counted(readers, lines, found, slots)) is None:
        slots *= 2
    shared: list[SharedLines | None] = []
    for reader, (prints, short, _), doc_ids in zip(readers, lines, found, strict=True):
        count = core.fingerprints.shared_lines(prints, ARTICLES, *table, doc_ids)
        shared.append(_of_segment(reader, short, doc_ids[:count]) if count else None)
    return shared


def _counted(
    readers: Sequence[SegmentReader],
    lines: Iterable[tuple[Numbers, Numbers, Numbers]],
    candidates: Iterable[Numbers],
    slots: int,
) -> tuple[Numbers, Numbers] | None:
    """Return the lines that may be shared, with the number of articles that have each.

    They are a hash table of so many slots, by fingerprint; None if it is too small.
    """
    keys, counts, lasts = zeros("Q", slots), zeros("I", slots), zeros("q", slots)
    base = used = 0
    for reader, (prints, _, _), doc_ids in zip(readers, lines, candidates, strict=True):
        firsts = reader.first_passages(Level.ARTICLE)
        used = core.fingerprints.count_articles(
            prints, doc_ids, firsts, base, used, keys, counts, lasts
        )
        if used < 0:
            return None
        base += len(firsts) - 1
    return keys, counts


def _of_segment(reader: SegmentReader, short: Numbers, doc_ids: Numbers) -> SharedLines:
    roles = reader.roles
    firsts = reader.first_passages(Level.ARTICLE)
    openings: Numbers = memoryview(bytearray(reader.openings)).cast("I")
    hidden = zeros("I", len(doc_ids))
    count = core.fingerprints.hidden_lines(doc_ids, short, roles, _USES, firsts, openings, hidden)
    sections = reader.first_passages(Level.SECTION)
    under_shared = Bitmap(len(sections) - 1)
    core.fingerprints.sections_under(
        doc_ids,
        roles,
        ROLES.index(Role.SUBHEAD),
        firsts,
        reader.field("text").lengths,
        sections,
        reader.field("heading").lengths,
        under_shared.words,
    )
    headed = None
    if len(under_shared):
        headed = Bitmap.full(under_shared.size)
        headed -= under_shared
    return SharedLines(Bitmap.of(reader.passages, hidden[:count]), headed, openings)


def _use(role: Role) -> int:
    """Return what is done with passages of a role; see `core.fingerprints.hidden_lines`."""
    if role in HIDDEN_ROLES:
        return 0
    opens = 0 if role is Role.CAPTION else _MAY_OPEN
    return _VISIBLE | opens | (0 if role is Role.HEADLINE else _MAY_BE_HIDDEN)


_USES = memoryview(bytes(map(_use, ROLES)))
