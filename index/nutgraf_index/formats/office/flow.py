"""The paragraphs of a document, and the article that they are."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.exports.readers import articles_of_export
from nutgraf_index.formats.exports.sheet import Origin, sheet_of_paragraphs
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.model import Anchor, Article, Mark, MarkedArticle, Role
from nutgraf_index.properties.keys import article_of

__all__ = [
    "DEEPEST",
    "Document",
    "NoTextError",
    "Paragraph",
    "article_of_document",
    "articles_of_document",
]

DEEPEST = 50  # paragraphs in text boxes of paragraphs, below which all stand at one level
# Hints of where a line may break, and marks of the order of bytes, are no part of a word.
_HINTS = re.compile("[\xad\u200b\u2060\ufeff\0]")
_BULLET = re.compile(r"[•·‣▪■●○◦▫□➢➤\uf0b7\uf0a7][ \t\xa0]+(?=\S)")
_WORD = re.compile(r"\w+")
_SHORT = 80  # characters, as of a subhead
_AT_TOP = 6  # paragraphs with text, of which a headline without a style of its own is one
_SPACES = re.compile(r"[ \t]+(?=\n|\Z)")


class NoTextError(ArticleError):
    """A document has no text: it may have pictures."""

    def __init__(self) -> None:
        super().__init__("no text in it")


@dataclass(slots=True)
class Paragraph:
    """A paragraph of a document.

    Attributes:
        text: its text, with line breaks; empty for a blank one.
        role: its role, if the document states it; else None.
        level: the level of a heading, from 1; 0 for any other paragraph.
        item: whether it is an item of a list.
        element: the id of the element that it begins in, or of the last one before it.
        cell: whether it is in a table, where a short line is no subhead.
    """

    text: str
    role: Role | None = None
    level: int = 0
    item: bool = False
    element: str = ""
    cell: bool = False


@dataclass(slots=True)
class Document:
    """The paragraphs of a document, and what it says of itself.

    Attributes:
        paragraphs: in reading order, each note after the paragraph that refers to it.
        values: its properties by key, as `properties.keys.article_of` takes them.
        unread: what of it is not read, in words; empty if it is read as a whole.
    """

    paragraphs: list[Paragraph]
    values: dict[str, object] = field(default_factory=dict)
    unread: str = ""


def articles_of_document(
    document: Document, path: str, options: ReadOptions
) -> Iterator[Article | Fault]:
    """Yield the article that a document is, or those of an export of a news database.

    Raises `ArticleError` before it yields; see `article_of_document`.
    """
    texts = [paragraph.text for paragraph in document.paragraphs]
    exported = articles_of_export(sheet_of_paragraphs(texts), Origin(path, "", options))
    if exported:
        yield from exported
    else:
        yield article_of_document(document, path, options)
    if document.unread:
        yield Fault(f"not read: {document.unread}")


def article_of_document(
    document: Document,
    path: str,
    options: ReadOptions,
    *,
    id: str = "",
    title: str | None = None,
) -> MarkedArticle:
    """Return the article that a document is.

    Its title is `title`, if given; else that of the paragraph that is styled as title; else that of
    the properties; else the first heading of the first level, if it stands at the top.

    Raises `ArticleError` if it has no text, or says that it is not to be shown.
    """
    paragraphs = [*filter(None, map(_cleaned, document.paragraphs))]
    if not paragraphs:
        raise NoTextError
    stated = " ".join(str(document.values.get("title") or "").split())
    paragraphs, headline = _with_headline(paragraphs, stated if title is None else "")
    title = (headline or stated) if title is None else title
    values = {**document.values, "title": title}
    # The author that readers see goes before the one whose computer it was.
    if bylines := [one.text for one in paragraphs if one.role is Role.BYLINE]:
        values["authors"] = bylines
    values = {key: value for key, value in values.items() if value}
    text, marks, anchors = _joined(paragraphs)
    article = article_of(
        values,
        path=path,
        text=text,
        date_order=options.date_order,
        own_id=False,
        now=options.now,
    )
    known = {one.name: getattr(article, one.name) for one in fields(Article)}
    known |= {"id": id, "title": title}
    return MarkedArticle(**known, marks=marks, anchors=anchors)


def _cleaned(paragraph: Paragraph) -> Paragraph | None:
    """Return a paragraph without hints and the sign of its bullet; None if it is blank."""
    text = paragraph.text
    if not text.isascii():
        text = _HINTS.sub("", text)
    text = _SPACES.sub("", text).strip()
    if not text:
        return None
    item = paragraph.item
    if bullet := _BULLET.match(text):
        text, item = text[bullet.end() :], True
    is_plain = paragraph.role is None and not (paragraph.level or item)
    role = Role.BODY if is_plain and paragraph.cell and len(text) <= _SHORT else paragraph.role
    return replace(paragraph, text=text, role=role, item=item)


def _with_headline(paragraphs: Sequence[Paragraph], stated: str) -> tuple[list[Paragraph], str]:
    """Return the paragraphs, of which one is the headline if there is one, and its text.

    All other headings are subheads. `stated` is the title of the properties.
    """
    found = _headline(paragraphs, stated)
    done = []
    for index, paragraph in enumerate(paragraphs):
        if index == found:
            paragraph = replace(paragraph, role=Role.HEADLINE)
        elif paragraph.level == 1:
            paragraph = replace(paragraph, level=2)
        done.append(paragraph)
    return done, "" if found is None else " ".join(paragraphs[found].text.split())


def _headline(paragraphs: Sequence[Paragraph], stated: str) -> int | None:
    for index, paragraph in enumerate(paragraphs):
        if paragraph.role is Role.HEADLINE:
            return index
    top = [
        index
        for index, paragraph in enumerate(paragraphs)
        if paragraph.role not in (Role.NOTE, Role.FURNITURE)
    ][:_AT_TOP]
    if words := _words(stated):
        return next((index for index in top if _words(paragraphs[index].text) == words), None)
    return next((index for index in top if paragraphs[index].level == 1), None)


def _words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFKC", text[:1000]).casefold())


def _joined(
    paragraphs: Iterable[Paragraph],
) -> tuple[str, tuple[Mark, ...], tuple[Anchor, ...]]:
    """Return the text of paragraphs with blank lines between them, their marks and anchors."""
    pieces: list[str] = []
    marks: list[Mark] = []
    anchors: list[Anchor] = []
    start, element = 0, ""
    for paragraph in paragraphs:
        end = start + len(paragraph.text)
        level = 0 if paragraph.role else paragraph.level
        marks.append(Mark(start, end, paragraph.role, level, paragraph.item and not level))
        if paragraph.element != element:
            element = paragraph.element
            anchors.append(Anchor(start, element=element))
        pieces.append(paragraph.text)
        start = end + 2
    return "\n\n".join(pieces), tuple(marks), tuple(anchors)
