"""Hits as `path:line:text`, one per line, as grep prints matches."""

from collections.abc import Iterable, Iterator

from nutgraf.output.control_characters import visible
from nutgraf.output.style import (
    CITATION,
    LINE,
    PATH,
    HitWithContext,
    Style,
    flowed,
    location,
    marked,
    paint,
)
from nutgraf_index.names import printable

__all__ = ["hit_lines"]


def hit_lines(hits: Iterable[HitWithContext], style: Style) -> Iterator[str]:
    """Yield a line for each hit and each neighbouring passage.

    Lines of neighbours have `-` instead of `:`. A line `--` separates hits that have neighbours.
    On a terminal, right-to-left texts and names are isolated; in a pipe no character is added.
    """
    for i, group in enumerate(hits):
        if i and (group.before or group.after):
            yield paint("--", CITATION, style.color)
        for hit in (*group.before, group.hit, *group.after):
            mark = paint(":" if hit is group.hit else "-", CITATION, style.color)
            path = visible(printable(location(hit, style.folder)))
            spans = hit.spans if style.color else ()  # they are computed on first access
            text = marked(*flowed(hit.text, spans), style.color)
            if style.isolates:
                from nutgraf.output.screen.direction import isolate_of, isolated, isolated_words
                from nutgraf.query.language_tags import unordered

                isolate = isolate_of(unordered(hit.text), hit.language)
                path, text = isolated_words(path), isolated(unordered(text), isolate)
            path = paint(path, PATH, style.color)
            line = paint(str(hit.line), LINE, style.color)
            yield f"{path}{chr(0) if style.null else mark}{line}{mark}{text}"
