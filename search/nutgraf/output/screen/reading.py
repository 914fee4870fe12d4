"""How files would be read: the format, and the articles with their passages."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from nutgraf.output.control_characters import visible
from nutgraf.output.screen.direction import in_order
from nutgraf.output.screen.properties import passage_lines, property_lines, property_record
from nutgraf.output.style import Style
from nutgraf_index.formats.decoding.encodings import is_guess
from nutgraf_index.formats.registry import extension_of, format_of
from nutgraf_index.model import Article
from nutgraf_index.names import counted, printable

__all__ = ["reading_lines"]

_MOST_ARTICLES = 5  # of a file that are shown
_WITHOUT = ("path", "format", "encoding")  # properties that are those of the file

Read = tuple[Article, list[Any]]


def reading_lines(
    articles: Iterable[Read],
    recognised: Mapping[str, str],
    style: Style,
    *,
    given: str = "",
    all: bool = False,
) -> Iterator[str]:
    """Yield how files are read, from their articles in order.

    Args:
        articles: the articles, each with its passages.
        recognised: the formats of the files whose content told the format, by path.
        style: the style of the output.
        given: the encoding that the caller gives.
        all: whether to show all articles, not only the first ones of each file.
    """
    for number, (path, group) in enumerate(groupby(articles, key=lambda read: read[0].path)):
        read = list(group)
        encoding = read[0][0].encoding
        name = recognised.get(path) or format_of(path).name
        sign = "content" if path in recognised or not extension_of(path) else "extension"
        guess = " (guessed)" if is_guess(encoding, given) else ""
        read_in = f"in {encoding}{guess}; " if encoding else ""  # Word and RTF declare theirs
        if number:
            yield ""
        yield (
            f"{in_order(visible(printable(path)), style)}: {name}, told by the {sign}; {read_in}"
            f"{counted(len(read), 'article')}"
        )
        shown = read if all else read[:_MOST_ARTICLES]
        for article, passages in shown:
            yield ""
            record = property_record(article, (passage.role for passage in passages))
            yield from property_lines(
                {name: value for name, value in record.items() if name not in _WITHOUT}, style
            )
            yield from passage_lines(passages, style, article.language)
        if len(shown) < len(read):
            yield ""
            yield f"{counted(len(read) - len(shown), 'more article')} (-vv shows all)"
