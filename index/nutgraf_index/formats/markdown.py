"""Markdown: a file is an article, as in plain text; its passages are told by Markdown's marks."""

from collections.abc import Iterator

from nutgraf_index.formats import text
from nutgraf_index.model import Article

__all__ = ["read"]


def read(path: str, data: bytes) -> Iterator[Article]:
    """Yield the article of a file. Raises `ArticleError` as plain text does."""
    return text.read(path, data, format="markdown")
