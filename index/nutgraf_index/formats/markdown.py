"""Markdown: a file is an article, as in plain text; Markdown syntax separates its passages."""

from collections.abc import Iterator

from nutgraf_index.formats import text
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Article

__all__ = ["read"]


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article]:
    """Yield the article of a file. Raises `ArticleError`; see `text.read`."""
    return text.read(path, data, options, format="markdown")
