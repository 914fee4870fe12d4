"""The layouts of exports, and the readers of the files that have them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.beginning import BEGINNING
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.exports import factiva, newsbank, nexis, proquest, sgml
from nutgraf_index.formats.exports.sheet import Origin, Sheet, sheet_of_paragraphs, sheet_of_text
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.text import article_of_text
from nutgraf_index.model import Article

__all__ = ["LAYOUTS", "Layout", "articles_of_export", "is_export", "read_page", "read_text"]


class Layout(NamedTuple):
    """A layout of exports.

    Attributes:
        name: the name in sentences.
        about: a description for tables.
        extensions: of its text files.
        recognises: whether a text, of which the first 64 KiB are given, has the layout, given also
            within how many characters a label must stand; without it, near the top.
        articles: yields the articles of a sheet, and faults; nothing if the variant is unknown.
    """

    name: str
    about: str
    extensions: tuple[str, ...]
    recognises: Callable[..., bool]
    articles: Callable[[Sheet, Origin], Iterator[Article | Fault]]


_TEXT = (".txt", ".text", "")
_SGML = (".sgm", ".sgml", *_TEXT)
# fmt: off
LAYOUTS = (
    Layout("LexisNexis", "an export of LexisNexis or Nexis Uni as text",
           _TEXT, nexis.recognises, nexis.articles),
    Layout("Factiva", "an export of Factiva as text",
           _TEXT, factiva.recognises, factiva.articles),
    Layout("ProQuest", "an export of ProQuest as text",
           _TEXT, proquest.recognises, proquest.articles),
    Layout("NewsBank", "an export of NewsBank as text",
           _TEXT, newsbank.recognises, newsbank.articles),
    Layout("news SGML", "articles in <DOC> or <REUTERS>, as in Gigaword and Reuters-21578",
           _SGML, sgml.recognises, sgml.articles),
)
# fmt: on


def read_text(
    layout: Layout, path: str, data: bytes, options: ReadOptions = AS_FOUND
) -> Iterator[Article | Fault]:
    """Yield the articles of a text file; see `Format.read`. Raises `ArticleError`."""
    text, encoding = decode(data, options.encoding)
    del data
    if not text.strip():
        raise ArticleError("empty")
    if not layout.recognises(text[:BEGINNING]):
        raise ArticleError(f"not {layout.about}")
    yield from _articles(layout, sheet_of_text(text), Origin(path, encoding, options))


def read_page(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the articles of an export as web page. Raises `ArticleError`."""
    from nutgraf_index.formats.decoding.web_page import paragraphs_of_page  # slow to import

    page, encoding = decode(data, options.encoding)
    sheet = sheet_of_paragraphs(*paragraphs_of_page(page))
    if not sheet.text:
        raise ArticleError("empty")
    layout = _layout_of(sheet.text[:BEGINNING])
    if layout is None:
        raise ArticleError("a web page that is no export of a news database that can be read")
    yield from _articles(layout, sheet, Origin(path, encoding, options))


def is_export(page: str) -> bool:
    """Return whether a web page is an export, given its beginning."""
    from nutgraf_index.formats.decoding.web_page import paragraphs_of_page  # slow to import

    sheet = sheet_of_paragraphs(*paragraphs_of_page(page))
    return _layout_of(sheet.text[:BEGINNING]) is not None


def _layout_of(head: str) -> Layout | None:
    """Return the layout of a document, given its beginning."""
    return next((layout for layout in LAYOUTS if layout.recognises(head, BEGINNING)), None)


def articles_of_export(sheet: Sheet, origin: Origin) -> list[Article | Fault]:
    """Return what a document gives that is an export; nothing if it is none.

    Documents that people write have some label of an export, too, such as "End of Document": that
    of a variant which is not known is none.
    """
    layout = _layout_of(sheet.text[:BEGINNING])
    entries = list(layout.articles(sheet, origin)) if layout else []
    return entries if any(isinstance(entry, Article) for entry in entries) else []


def _articles(layout: Layout, sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of a sheet; the whole as one, and a notice, if its variant is unknown."""
    faults: list[Fault] = []
    known = False
    for entry in layout.articles(sheet, origin):
        if isinstance(entry, Fault) and not known:
            faults.append(entry)
            continue
        if not known:
            known = True
            yield from faults
        yield entry
    if not known:
        path, encoding, options = origin
        yield replace(article_of_text(sheet.text, path, encoding, options), id="1")
        yield Fault(
            f"it looks like an export of {layout.name}, but of a variant that is not known: "
            "it is read as one article"
        )
