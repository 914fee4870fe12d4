"""Words that a line end breaks, as "gov-" and "ernment": shown joined where the archive has them.

Only what people read on a terminal or in HTML is joined. The text of a hit, its spans and its
citation stay those of the source.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from nutgraf_index.analysis.compounds import BREAK
from nutgraf_index.store.snapshot import Snapshot

__all__ = ["breaks_in", "joined"]

_Span = tuple[int, int]

_LETTERS = r"[^\W\d_]+"
_BREAK = rf"[-\u2010\u00ad]{BREAK}"
_BROKEN = rf"{_LETTERS}(?:{_BREAK}{_LETTERS})+"


def breaks_in(text: str, snapshot: Snapshot) -> tuple[_Span, ...]:
    """Return the hyphens and line ends that break words which other passages have unbroken.

    Half-open offsets in `text`, sorted. A part after a break begins with a small letter.
    """
    breaks: list[_Span] = []
    for word in re.finditer(_BROKEN, text):
        found = [match.span() for match in re.finditer(_BREAK, word[0])]
        edges = [(0, 0), *found, (len(word[0]), len(word[0]))]
        parts = [word[0][end:start] for (_, end), (start, _) in pairwise(edges)]
        may_join = [part[0].islower() for part in parts[1:]]
        if not (all(may_join) and _has("".join(parts), snapshot)):
            pairs = zip(pairwise(parts), may_join, strict=True)
            may_join = [joins and _has("".join(pair), snapshot) for pair, joins in pairs]
        breaks += [
            (word.start() + start, word.start() + end)
            for (start, end), joins in zip(found, may_join, strict=True)
            if joins
        ]
    return tuple(breaks)


def joined(
    text: str,
    spans: Iterable[_Span],
    breaks: Sequence[_Span],
    start: int = 0,
    end: int | None = None,
) -> tuple[str, list[_Span]]:
    r"""Return the characters `[start, end)` of a text without breaks, and the spans in the result.

    Spans and breaks are sorted and disjoint. Spans at both sides of a break become one.

    >>> joined("A gov-\nernment", [(2, 5), (7, 14)], [(5, 7)])
    ('A government', [(2, 12)])
    """
    end = len(text) if end is None else end
    breaks = [(max(a, start), min(b, end)) for a, b in breaks if a < end and b > start]
    begins = [begin for begin, _ in breaks]
    dropped = [0, *accumulate(stop - begin for begin, stop in breaks)]

    def moved(offset: int) -> int:
        before = bisect_right(begins, offset)
        inside = max(0, breaks[before - 1][1] - offset) if before else 0
        return offset - start - dropped[before] + inside

    seams = {moved(begin) for begin in begins}
    result: list[_Span] = []
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        first, last = moved(first), moved(last)
        if result and result[-1][1] == first and first in seams:
            first = result.pop()[0]
        if first < last:
            result.append((first, last))
    edges = [(start, start), *breaks, (end, end)]
    return "".join(text[stop:begin] for (_, stop), (begin, _) in pairwise(edges)), result


def _has(word: str, snapshot: Snapshot) -> bool:
    """Whether a live passage has a word, in any form, in one piece."""
    for reader in snapshot.readers:
        terms = reader.analyzer.terms(word)
        if len(terms) != 1:
            return False
        if reader.live_doc_freq(reader.field("text").terms.find(terms[0].encode())):
            return True
    return False
