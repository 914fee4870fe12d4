"""Documents of LibreOffice and other programs (ODT), and the same in one file of XML (FODT)."""

import re
from collections.abc import Callable, Iterator, Mapping

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.office.flow import DEEPEST, Document, Paragraph, articles_of_document
from nutgraf_index.formats.office.package import (
    ENCRYPTED,
    Handler,
    Names,
    Package,
    Values,
    number_in,
    read_xml,
)
from nutgraf_index.formats.office.styles import Style, Styles
from nutgraf_index.formats.sane import sane_authors, sane_date, sane_title
from nutgraf_index.model import Article, Role

__all__ = ["read"]

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = Names(
    {
        **{f"{_ODF}{name}:1.0": name for name in ("office", "text", "table", "style", "meta")},
        f"{_ODF}drawing:1.0": "draw",
        f"{_ODF}xsl-fo-compatible:1.0": "fo",
        "http://purl.org/dc/elements/1.1/": "dc",
    }
)
_SKIPPED = frozenset(
    "text:tracked-changes text:ruby-text text:note-citation text:hidden-text office:forms"
    " office:scripts office:master-styles office:meta office:settings office:font-face-decls"
    " text:variable-decls text:sequence-decls text:user-field-decls table:covered-table-cell"
    " table:tracked-changes draw:object svg:title svg:desc ?:title ?:desc ?:creator-initials"
    " dc:date meta:creator-initials ?:sender-initials office:binary-data"
    " text:index-title-template text:table-of-content-source".split()
)
_INDEXES = frozenset(
    "text:table-of-content text:illustration-index text:table-index text:object-index"
    " text:user-index text:alphabetical-index".split()
)
_WHITE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000  # that one element stands for
_XML = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff")


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the article that a document is, or those of an export of a news database.

    Raises `ArticleError` for a file that is none, or that is encrypted, damaged or without text.
    """
    if data.lstrip(b" \t\r\n").startswith(_XML):
        document = _document([data], data)
    else:
        package = Package(data, options.max_bytes)
        manifest = package.optional("META-INF/manifest.xml")
        if b"encryption-data" in manifest or "encrypted-package" in package:
            raise ArticleError(ENCRYPTED)
        content = package.part("content.xml")
        document = _document(
            [package.optional("styles.xml"), content], package.optional("meta.xml")
        )
    del data
    yield from articles_of_document(document, path, options)


def _document(parts: list[bytes], meta: bytes) -> Document:
    """Return the document whose styles and text are in some parts."""
    body = _Body()
    for part in filter(None, parts):
        read_xml(part, body, _NAMES)
    if not body.is_text:
        raise ArticleError("it has no text document in it: it is a table, a drawing or slides")
    return Document(body.paragraphs, _values(meta))


def _values(xml: bytes) -> dict[str, object]:
    try:
        values = Values(xml)
    except ArticleError:  # its text can be read
        values = Values(b"")
    return {
        "title": sane_title(values.first("dc:title")),
        "authors": sane_authors(values.first("meta:initial-creator"))
        or sane_authors(values.first("dc:creator")),
        "created": sane_date(values.first("meta:creation-date")),
        "modified": sane_date(values.first("dc:date")),
        "language": values.first("dc:language"),
        "keywords": values.all("meta:keyword"),
    }


class _Open:
    """An open paragraph, and the paragraphs that go after it."""

    __slots__ = ("after", "level", "pieces", "spaces", "style")

    def __init__(self, style: str, level: int) -> None:
        self.pieces: list[str] = []
        self.after: list[Paragraph] = []
        self.style = style
        self.level = level
        self.spaces = True  # whether a space or nothing stands before what comes next


class _Body(Handler):
    """Reads styles and text.

    Attributes:
        paragraphs: those read, blank ones too.
        is_text: whether there was a text document.
    """

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.is_text = False
        self._styles: dict[str, Style] = {}
        self._known = Styles(self._styles)
        self._style = Style()
        self._depth = self._skipped = 0
        self._open: list[_Open] = []
        self._items: list[bool] = [False]  # of each open list and text box, if it is in an item
        self._roles: list[Role | None] = [None]  # of what stands in notes and indexes
        self._cells = 0  # that are open
        self._author: list[str] | None = None  # the pieces of the author of a comment
        self._signature = ""
        starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "office:text": self._start_document,
            "style:style": self._start_style,
            "style:text-properties": self._take_properties,
            "text:section": self._start_section,
            "text:p": self._start_paragraph,
            "text:h": self._start_paragraph,
            "text:hidden-paragraph": self._hide,
            "text:span": self._start_span,
            "text:s": self._add_spaces,
            "text:tab": lambda _: self._add("\t"),
            "text:line-break": lambda _: self._add("\n"),
            "text:list-item": lambda _: self._items.append(True),
            "text:list-header": lambda _: self._items.append(False),
            "text:numbered-paragraph": lambda _: self._items.append(True),
            "table:table-cell": self._start_cell,
            "text:note-body": lambda _: self._start_apart(Role.NOTE),
            "office:annotation": lambda _: self._start_apart(Role.NOTE),
            "dc:creator": self._start_author,
            "draw:text-box": lambda _: self._start_apart(None),
            **dict.fromkeys(_INDEXES, lambda _: self._start_apart(Role.FURNITURE)),
        }
        ends: dict[str, Callable[[], None]] = {
            "style:style": self._end_style,
            "style:default-style": self._end_style,
            "text:p": self._end_paragraph,
            "text:h": self._end_paragraph,
            "text:list-item": self._end_item,
            "text:list-header": self._end_item,
            "text:numbered-paragraph": self._end_item,
            "table:table-cell": self._end_cell,
            "dc:creator": self._end_author,
            "office:annotation": self._end_annotation,
            **dict.fromkeys(("text:note-body", "draw:text-box", *_INDEXES), self._end_apart),
        }
        self._starts, self._ends = starts, ends

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start an element."""
        self._depth += 1
        if self._skipped:
            return
        if name in _SKIPPED:
            self._skipped = self._depth
        elif start := self._starts.get(name):
            start(attributes)

    def end(self, name: str) -> None:
        """End an element."""
        if self._skipped:
            if self._depth == self._skipped:
                self._skipped = 0
                # An element that was started before it was found to be hidden.
                if name in ("text:p", "text:h"):
                    self._end_paragraph()
        elif end := self._ends.get(name):
            end()
        self._depth -= 1

    def text(self, text: str) -> None:
        """Take text; white space is one space, and none at the beginning of a paragraph."""
        if self._skipped:
            return
        if self._author is not None:
            self._author.append(text)
        elif self._open:
            paragraph = self._open[-1]
            text = _WHITE.sub(" ", text)
            if paragraph.spaces and text.startswith(" "):
                text = text[1:]
            if text:
                paragraph.pieces.append(text)
                paragraph.spaces = text.endswith(" ")

    def _add(self, text: str) -> None:
        if self._open:
            self._open[-1].pieces.append(text)
            self._open[-1].spaces = False

    def _add_spaces(self, attributes: Mapping[str, str]) -> None:
        self._add(" " * max(0, min(number_in(attributes.get("text:c"), 1), _MOST_SPACES)))

    # Styles.

    def _start_document(self, _: Mapping[str, str]) -> None:
        self.is_text = True

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        family, name = attributes.get("style:family", ""), attributes.get("style:name", "")
        self._style = Style(attributes.get("style:display-name", ""), _plain(name))
        self._style.parent = f"{family} {attributes.get('style:parent-style-name', '')}"
        level = attributes.get("style:default-outline-level")
        if level is not None:
            self._style.level = number_in(level, 0)
        self._styles[f"{family} {name}"] = self._style

    def _end_style(self) -> None:
        self._style = Style()

    def _take_properties(self, attributes: Mapping[str, str]) -> None:
        display = attributes.get("text:display")
        if display is not None:
            self._style.hidden = display == "none"

    def _is_hidden(self, family: str, attributes: Mapping[str, str]) -> bool:
        style = attributes.get("text:style-name", "")
        return bool(style) and bool(self._known.of(f"{family} {style}").hidden)

    # Paragraphs.

    def _start_section(self, attributes: Mapping[str, str]) -> None:
        display = attributes.get("text:display", "true")
        if display == "none" or attributes.get("text:is-hidden") == "true":
            self._skipped = self._depth

    def _start_paragraph(self, attributes: Mapping[str, str]) -> None:
        level = number_in(attributes.get("text:outline-level"), 0)
        self._open.append(_Open(attributes.get("text:style-name", ""), level))
        if self._is_hidden("paragraph", attributes):
            self._skipped = self._depth

    def _hide(self, attributes: Mapping[str, str]) -> None:
        """Take away a paragraph that a field hides."""
        if attributes.get("text:is-hidden") == "true" and self._open:
            self._open[-1] = _Open("", 0)
            # The paragraph is the nearest one around the field.
            self._open[-1].style = _HIDDEN

    def _start_span(self, attributes: Mapping[str, str]) -> None:
        if self._is_hidden("text", attributes):
            self._skipped = self._depth

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        if paragraph.style == _HIDDEN:
            paragraph.pieces.clear()
        kind = self._known.of(f"paragraph {paragraph.style}")
        role = self._roles[-1] or kind.role
        level = 0 if role else (paragraph.level or kind.level)
        text = "".join(paragraph.pieces)
        if self._signature and role is Role.NOTE and text.strip():
            text, self._signature = f"{self._signature}: {text}", ""
        target = self.paragraphs
        if self._open:
            target = self._open[min(len(self._open), DEEPEST) - 1].after
        target.append(Paragraph(text, role, level, self._items[-1], cell=self._cells > 0))
        target.extend(paragraph.after)

    def _end_item(self) -> None:
        if len(self._items) > 1:
            self._items.pop()

    def _start_cell(self, _: Mapping[str, str]) -> None:
        self._cells += 1

    def _end_cell(self) -> None:
        self._cells -= 1

    # Notes, text boxes and indexes, whose paragraphs have a role of their own.

    def _start_apart(self, role: Role | None) -> None:
        self._roles.append(role or self._roles[-1])
        self._items.append(False)

    def _end_apart(self) -> None:
        self._end_item()
        if len(self._roles) > 1:
            self._roles.pop()

    def _end_annotation(self) -> None:
        self._signature = ""
        self._end_apart()

    def _start_author(self, _: Mapping[str, str]) -> None:
        self._author = []

    def _end_author(self) -> None:
        self._signature = " ".join("".join(self._author or ()).split())
        self._author = None


_HIDDEN = "\0"


def _plain(name: str) -> str:
    """Return the name of a style, whose other signs are written as their numbers: `_20_`."""
    return re.sub(r"_([0-9a-f]{1,4})_", lambda code: chr(int(code[1], 16)), name)
