"""Plain text: a file is an article."""

import re
from collections.abc import Iterator

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.format import AS_FOUND, ReadOptions
from nutgraf_index.model import Article
from nutgraf_index.names import printable

__all__ = ["is_prose", "read"]

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

    Raises `ArticleError` for binary data and for a text of white space only.
    """
    text, encoding = decode(data, options.encoding)
    del data  # frees memory while the article is indexed
    if not text or text.isspace():
        raise ArticleError("empty")
    yield Article(id=printable(path), path=path, text=text, encoding=encoding, format=format)


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
