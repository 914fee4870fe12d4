"""Plain text: a file is an article, with the properties in the head of its text."""

import re
from collections.abc import Iterator
from dataclasses import replace

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.names import printable
from nutgraf_index.properties.head import head_of
from nutgraf_index.properties.keys import article_of

__all__ = ["article_of_text", "is_prose", "read"]

# Words one after the other; in scripts without spaces, letters.
_WORDS = re.compile(
    r"(?<!\S)(?:[A-Za-z\x80-\U0010ffff'-]++[,;:.!?\"]*+(?:\s++|\Z)){5}"
    r"|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{10}"
)
_FEW = 16  # control characters of a story as a wire sends it
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


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
    yield article_of_text(text, path, encoding, options, format=format)


def article_of_text(
    text: str, path: str, encoding: str, options: ReadOptions, *, format: str = "text"
) -> Article:
    """Return the article that a whole file is, with the properties in the head of its text.

    Raises `ArticleError` if it says that it is not to be shown.
    """
    id = printable(path)
    if (head := head_of(text)) is None:
        return Article(id=id, path=path, text=text, encoding=encoding, format=format)
    article = article_of(
        head.values(),
        path=path,
        encoding=encoding,
        text=text,
        format=format,
        date_order=options.date_order,
        now=options.now,
    )
    return replace(article, id=id)


def is_prose(head: str) -> bool:
    """Return whether a file without an extension is text for people, given its beginning.

    It has five words one after the other, is no script, and is not binary. So are a licence and a
    makefile with comments; only names could tell these from an article.
    """
    if head.startswith("#!") or "\0" in head:
        return False
    if len(_CONTROL.findall(head)) > max(_FEW, len(head) // 100):
        return False
    return _WORDS.search(head) is not None
