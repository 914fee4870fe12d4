"""The paragraphs of Word documents (DOCX), by the standard library."""

import io
from collections.abc import Iterator

from nutgraf_index.errors import ArticleError

__all__ = ["paragraphs_of_word"]

_LARGEST = 256 << 20  # bytes of the unpacked text part
_RATIO = 200  # unpacked to packed; real documents have less than 30
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}


def paragraphs_of_word(data: bytes) -> Iterator[str]:
    """Yield the paragraphs of a document, those in tables too; empty ones as empty texts.

    Raises `ArticleError` for data that is no Word document or that unpacks to far more than it is.
    """
    import zipfile  # slow to import
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            part = archive.getinfo("word/document.xml")
            if part.file_size > max(_LARGEST // 16, part.compress_size * _RATIO) or (
                part.file_size > _LARGEST
            ):
                raise ArticleError(
                    f"its text unpacks to {part.file_size:,} bytes, too many to read"
                )
            with archive.open(part) as file:
                xml = file.read(part.file_size + 1)
    except (KeyError, zipfile.BadZipFile):
        raise ArticleError("not a Word document that can be read") from None
    except ArticleError:
        raise
    except (OSError, RuntimeError, NotImplementedError, ValueError, EOFError, zlib.error):
        raise ArticleError("a Word document that is damaged or encrypted") from None
    yield from _paragraphs(xml)


def _paragraphs(xml: bytes) -> Iterator[str]:
    from xml.etree.ElementTree import ParseError, iterparse  # slow to import

    head = xml[:4096]
    if b"<!DOCTYPE" in head or b"<!ENTITY" in xml or b"\0<\0!\0D" in head:
        raise ArticleError("a Word document with a document type: not read, as that is a trick")
    open_paragraphs: list[list[str]] = []
    try:
        for event, element in iterparse(io.BytesIO(xml), ("start", "end")):
            tag = element.tag.removeprefix(_W).removeprefix(_STRICT)
            if event == "start":
                if tag == "p":
                    open_paragraphs.append([])
            elif tag == "t" and open_paragraphs:
                open_paragraphs[-1].append(element.text or "")
            elif tag in _BREAKS and open_paragraphs:
                open_paragraphs[-1].append(_BREAKS[tag])
            elif tag == "p" and open_paragraphs:
                yield "".join(open_paragraphs.pop())
                element.clear()
    except (ParseError, RecursionError, LookupError, ValueError):
        raise ArticleError("a Word document whose text is damaged") from None
