"""Plain text: a file is an article, with the properties in the head of its text."""

from collections.abc import Iterator
from dataclasses import replace

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.names import printable
from nutgraf_index.properties.head import head_of
from nutgraf_index.properties.keys import article_of

__all__ = ["read"]


def read(
    path: str, data: bytes, options: ReadOptions = AS_FOUND, *, format: str = "text"
) -> Iterator[Article]:
    """Yield the article of a file. `format` is the format of its text; see `model.Article`.

    Raises `ArticleError` for binary data, for a text of white space only, and for an article that
    says that it is not to be shown.
    """
    text, encoding = decode(data, options.encoding)
    del data  # frees memory while the article is indexed
    if not text or text.isspace():
        raise ArticleError("empty")
    id = printable(path)
    if (head := head_of(text)) is None:
        yield Article(id=id, path=path, text=text, encoding=encoding, format=format)
        return
    article = article_of(
        head.values(),
        path=path,
        encoding=encoding,
        text=text,
        format=format,
        date_order=options.date_order,
        now=options.now,
    )
    yield replace(article, id=id)
