"""PDF: a file is an article, whose text is that of its pages in reading order."""

import datetime
from collections.abc import Iterator

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions, Reason
from nutgraf_index.formats.pdf.information import properties_of
from nutgraf_index.model import Anchor, Article, Mark, MarkedArticle, Role
from nutgraf_index.names import counted, printable

__all__ = ["read"]

_HEAD = 1024  # bytes in which readers of PDFs look for its first sign


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the article of a PDF, with its pages as anchors.

    An encrypted or damaged file, and one without a text layer, yields a fault. Raises
    `ArticleError` for what is no PDF.
    """
    from nutgraf_index.formats.pdf.process import ask  # it imports modules that are slow to import

    if not data.strip():
        raise ArticleError("empty")
    if b"%PDF-" not in data[:_HEAD]:
        raise ArticleError("no PDF: it does not begin as one")
    answer = ask(data, options.max_pages)
    del data
    if "not_loaded" in answer:
        raise ImportError(answer["not_loaded"])
    if reason := answer.get("reason"):
        yield Fault(reason, again=answer.get("again", False))  # another limit may be given
        return
    now = options.now or datetime.datetime.now(datetime.UTC)
    metadata: dict[str, object] = {"pages": answer["count"]}
    if answer["scanned"]:
        metadata["pages_without_text"] = answer["scanned"]
    yield MarkedArticle(
        id=printable(path),
        path=path,
        text=answer["text"],
        marks=tuple(
            Mark(start, end, Role(role) if role else None, level, item)
            for start, end, role, level, item in answer["marks"]
        ),
        anchors=tuple(Anchor(*anchor) for anchor in answer["anchors"]),
        metadata=metadata,
        **properties_of(answer["information"], now.year),
    )
    if answer["scanned"]:
        pages = counted(len(answer["scanned"]), "page")
        yield Fault(
            Reason(
                f"no text layer on {pages} of {answer['count']:,}",
                kind="no text layer on some pages",
            ),
            1,
        )
