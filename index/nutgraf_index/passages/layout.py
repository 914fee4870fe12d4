"""How a plain text marks its paragraphs, told from the text itself.

Blank lines and rules (___, * * *, ###) always separate. What a break between two written lines
means is decided once per text, by evidence from all such breaks: paragraphs of one line each, or
wrapped lines; wrapped lines may mark a paragraph by indenting its first line.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from nutgraf_index.passages.blocks import Block, BlockKind, Line, block_of, lines

__all__ = ["plain_blocks"]

# Lines longer than this are paragraphs, unless nearly all are filled to one width.
_WIDEST_WRAP = 120
_BREAKS_TO_TELL = 5  # of two or three long lines nearly all are of one width by chance
_SENTENCE_END = re.compile(r"[.!?:…。！？।؟][\"'”’»」』)\]*_]*$")
_RULE_MARKS = "-_*=~#"
_RULE = re.compile(r"[-_*=~#](?:\s*[-_*=~#]){2,}")
# A list item's bullet or number. A dash as a bullet needs white space after it; an em dash opens
# dialogue and is text.
_ITEM = re.compile(r"(?:(?P<bullet>[-*•·▪◦‣–])|\(?\d{1,2}[.)])[ \t\u00a0]+(?=\S)")


def plain_blocks(text: str, is_byline: Callable[[str], bool]) -> Iterator[Block]:
    """Yield the blocks of a plain text in reading order.

    A line that `is_byline` is a paragraph on its own, whatever the layout.
    """
    runs = list(_runs(lines(text)))

    def stands_alone(above: Line, below: Line) -> bool:
        return is_byline(above.text) or is_byline(below.text)

    breaks = [pair for run in runs for pair in pairwise(run) if not stands_alone(*pair)]
    width = _wrap_width(breaks)
    indents = _indents_open_paragraphs(breaks, width)
    telling = _within_paragraphs(breaks) if indents else breaks
    one_line_each = _breaks_end_paragraphs(telling, width, apart=len(runs) > 1)
    sole = len(runs) == 1 and not indents
    for run in runs:
        if len(run) == 1:
            yield _block(run)
            continue
        margin = min(line.indent for line in run) if indents else None
        group = [run[0]]
        for above, below in pairwise(run):
            if (
                one_line_each
                or stands_alone(above, below)
                or _opens_block(group, below, margin, width)
                or (sole and _ends_sentence(above) and not _is_full(above, below, width))
            ):
                yield _block(group)
                group = []
            group.append(below)
        yield _block(group)


def _runs(source: Iterable[Line]) -> Iterator[list[Line]]:
    """Group the written lines that no blank line and no rule separates."""
    run: list[Line] = []
    for line in source:
        text = line.text
        if text and not (text[0] in _RULE_MARKS and _RULE.fullmatch(text)):
            run.append(line)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _wrap_width(breaks: list[tuple[Line, Line]]) -> int:
    """Return the width lines would be wrapped at: the longest, but for a tenth of outliers."""
    lengths = sorted(line.indent + len(line.text) for line, _ in breaks)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_full(above: Line, below: Line, width: int) -> bool:
    """Whether the next line's first word would not have fitted: the mark of a wrapped line."""
    return above.indent + len(above.text) + 1 + len(below.text.split(None, 1)[0]) > width


def _breaks_end_paragraphs(breaks: list[tuple[Line, Line]], width: int, *, apart: bool) -> bool:
    """Decide whether line breaks in this text end paragraphs.

    `apart` tells that blank lines separate something here already.
    """
    if not breaks:
        return False
    full = sum(_is_full(above, below, width) for above, below in breaks) / len(breaks)
    closed = sum(_ends_sentence(above) for above, _ in breaks) / len(breaks)
    if width > _WIDEST_WRAP:
        return full < 0.9 or closed >= 0.5 or len(breaks) < _BREAKS_TO_TELL
    indented = any(below.indent > above.indent for above, below in breaks)
    if closed >= 0.5:
        return full < 0.8 or closed >= 0.8
    # Ragged lines that end nowhere near a common width: verse where blank lines set stanzas
    # apart, otherwise a list of lines.
    return full < 0.5 and not apart and not indented


def _ends_sentence(line: Line) -> bool:
    return _SENTENCE_END.search(line.text[-8:]) is not None


def _indents_open_paragraphs(breaks: list[tuple[Line, Line]], width: int) -> bool:
    """Whether indented lines start paragraphs: mostly what stands above them has ended.

    Otherwise they hang under a first line, or are verse.
    """
    ups = [(above, below) for above, below in breaks if below.indent > above.indent]
    ended = [_ends_sentence(above) or not _is_full(above, below, width) for above, below in ups]
    return 2 * sum(ended) > len(ups)


def _within_paragraphs(breaks: list[tuple[Line, Line]]) -> list[tuple[Line, Line]]:
    """Return the breaks before lines that are not indented, where indents open paragraphs."""
    margin = min((line.indent for pair in breaks for line in pair), default=0)
    return [pair for pair in breaks if pair[1].indent == margin] or breaks


def _opens_block(group: list[Line], below: Line, margin: int | None, width: int) -> bool:
    """Whether `below` starts a block though the text's lines are wrapped."""
    above = group[-1]
    in_list = _ITEM.match(group[0].text) is not None
    continues = _is_full(above, below, width) and not _ends_sentence(above)
    if _ITEM.match(below.text):
        return in_list or not continues
    if margin is None or in_list or below.indent <= margin:
        return False
    return above.indent <= margin or not continues


def _block(group: list[Line]) -> Block:
    text = group[0].text
    item = None if text[0].isalpha() else _ITEM.match(text)
    if item is None:
        return block_of(group)
    # A bullet is left out as a marker; a number says something.
    return block_of(group, BlockKind.ITEM, marker=item.end() if item["bullet"] else 0)
