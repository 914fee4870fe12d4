"""Plain text: a file is an article."""

from collections.abc import Iterator

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.names import printable

__all__ = ["read"]


def read(
    path: str, data: bytes, options: ReadOptions = AS_FOUND, *, format: str = "text"
) -> Iterator[Article]:
    """Yield the article of a file. `format` is the format of its text; see `model.Article`.

    Raises `ArticleError` for binary data and for a text of white space only.
    """
    text, encoding = decode(data, options.encoding)
    del data  # frees memory while the article is indexed
    if not text or text.isspace():
        raise ArticleError("empty")
    yield Article(id=printable(path), path=path, text=text, encoding=encoding, format=format)
