"""The chapters of a book, which are pages of XHTML."""

import re
from collections.abc import Mapping
from html import unescape
from typing import NamedTuple

from nutgraf_index.errors import ArgumentError, ArticleError
from nutgraf_index.formats.decoding.encodings import checked_encoding, decode
from nutgraf_index.formats.office.flow import Paragraph
from nutgraf_index.formats.office.package import DeclaresError, Handler, Names, read_xml
from nutgraf_index.model import Role

__all__ = ["Chapter", "chapter_of"]

_NAMES = Names(
    {
        "http://www.w3.org/1999/xhtml": "",
        "http://www.daisy.org/z3986/2005/dtbook/": "",
        "http://www.idpf.org/2007/ops": "epub",
        "http://www.w3.org/1998/Math/MathML": "math",
        "http://www.w3.org/2000/svg": "svg",
    }
)
# Elements that begin and end paragraphs; the last ones are those of DTBook.
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset"
    " figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav"
    " ol p pre section summary title table tbody td tfoot th thead tr ul"
    " bodymatter book docauthor doctitle frontmatter level level1 level2 level3 level4 level5"
    " level6 line linegroup list poem rearmatter sidebar".split()
)
_SKIPPED = frozenset(
    "script style template noscript audio video canvas iframe object svg:svg svg rp rt rtc select"
    " textarea button math:annotation math:annotation-xml epub:case pagenum".split()
)
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)} | {"doctitle": 1}
_CAPTIONS = frozenset(("caption", "figcaption"))
_NOTES = frozenset(
    "footnote footnotes endnote endnotes rearnote rearnotes note doc-footnote doc-endnote"
    " doc-endnotes".split()
)
_NOTE_REFERENCES = frozenset(("noteref", "doc-noteref"))
_FURNITURE = frozenset(
    "toc landmarks page-list loi lot lov index doc-toc doc-pagelist doc-index pagebreak"
    " doc-pagebreak cover titlepage halftitlepage".split()
)
_PAGE_BREAKS = frozenset(("pagebreak", "doc-pagebreak"))
_NOTE_SIGN = re.compile(r"\s*[\[(]?(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z])[\])]?\s*")
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\r\n\f]+")
# The parser of the standard library takes quadratic time for tags that do not end.
_TAG = re.compile(
    r"<!--(?:(?!-->).)*+(?:-->|\Z)|<[!?][^<>]*>|<(/?)([A-Za-z][\w:.-]{0,60})([^<>]*)>", re.DOTALL
)
_ATTRIBUTE = re.compile(r"([A-Za-z_:][\w:.-]{0,60})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_ENCODING = re.compile(rb"""^<\?xml[^>]{0,100}encoding\s*=\s*["']([\w.-]{1,40})""")
_DECLARES = re.compile(rb"<!DOCTYPE[^>\[]{0,1000}\[|<!ENTITY", re.IGNORECASE)
_CLOSED_BY_ITSELF = frozenset("p li dt dd tr td th option".split())  # by the next one
_LOOKED_AT = 60  # open elements, among which that of an end tag is looked for


class _Level(NamedTuple):
    """What an open element says of the text in it."""

    name: str = ""
    role: Role | None = None
    level: int = 0
    item: bool = False
    is_cell: bool = False
    is_pre: bool = False
    is_link: bool = False
    is_raised: bool = False
    is_reference: bool = False

    def within(self, name: str, kinds: list[str]) -> "_Level":
        """Return the level of an element in this one; `kinds` are its types and roles."""
        role = self.role
        if role is None and not _NOTES.isdisjoint(kinds):
            role = Role.NOTE
        elif role is None and (name == "nav" or not _FURNITURE.isdisjoint(kinds)):
            role = Role.FURNITURE
        elif role is None and name in _CAPTIONS:
            role = Role.CAPTION
        return _Level(
            name,
            role,
            _HEADINGS.get(name, self.level),
            self.item or name == "li",
            self.is_cell or name in ("td", "th"),
            self.is_pre or name == "pre",
            self.is_link or name == "a",
            self.is_raised or name == "sup",
            self.is_reference or not _NOTE_REFERENCES.isdisjoint(kinds),
        )


class Chapter(Handler):
    """A chapter as it was read.

    Attributes:
        paragraphs: those in it, each with the id that leads to it.
        title: the title in its head; often that of the book.
        language: the language that it states; empty if it does not.
        linked: the share of its characters that are in links.
    """

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self.title = self.language = ""
        self._levels = [_Level()]
        self._pieces: list[str] = []
        self._id = ""
        self._began = ("", self._levels[0])  # the id and the level at the first piece
        self._ends_in_space = True
        self._skipped = 0  # open elements in one that is left out, with it
        self._all_characters = self._linked_characters = 0

    @property
    def linked(self) -> float:
        """The share of the characters that are in links; 0 without any."""
        return self._linked_characters / self._all_characters if self._all_characters else 0.0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start an element."""
        is_void = name in _VOID
        if self._skipped:
            self._skipped += not is_void
            return
        if name in _BLOCKS or name == "hr":
            self.end_paragraph()
        if id := attributes.get("id") or (attributes.get("name") if name == "a" else ""):
            self._id = id
        kinds = f"{attributes.get('epub:type', '')} {attributes.get('role', '')}".split()
        is_hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style", ""))
        if name in _SKIPPED or is_hidden or not _PAGE_BREAKS.isdisjoint(kinds):
            self._skipped = int(not is_void)
        elif name == "br":
            self._add("\n", "\n")
        elif not is_void:
            if name == "html":
                self.language = attributes.get("xml:lang", "") or attributes.get("lang", "")
            self._levels.append(self._levels[-1].within(name, kinds))

    def end(self, name: str) -> None:
        """End an element."""
        if name in _VOID:
            return
        if self._skipped:
            self._skipped -= 1
        elif len(self._levels) > 1:
            if name == "title":
                self.title = self.title or " ".join("".join(self._pieces).split())
                self._pieces.clear()
            if name in _BLOCKS:
                self.end_paragraph()
            self._levels.pop()

    def text(self, text: str) -> None:
        """Take text; outside of `pre`, white space is one space."""
        level = self._levels[-1]
        if self._skipped or level.is_reference:
            return
        if level.is_link and level.is_raised and _NOTE_SIGN.fullmatch(text):
            return
        self._add(text if level.is_pre else _WHITE.sub(" ", text), " " if level.is_pre else "")

    def _add(self, text: str, kept: str) -> None:
        """Add text without a space after another one; `kept` are spaces that stay."""
        if self._ends_in_space and not kept:
            text = text.removeprefix(" ")
        if not text:
            return
        level = self._levels[-1]
        if not self._pieces:
            self._began = (self._id, level)
        self._pieces.append(text)
        self._ends_in_space = text.endswith((" ", "\n"))
        self._all_characters += len(text)
        self._linked_characters += len(text) * level.is_link

    def end_paragraph(self) -> None:
        """End a paragraph, if one has begun."""
        text = "".join(self._pieces).strip()
        self._pieces.clear()
        self._ends_in_space = True
        if text:
            id, level = self._began
            heading = 0 if level.role else level.level
            self.paragraphs.append(
                Paragraph(text, level.role, heading, level.item, id, level.is_cell)
            )


def chapter_of(data: bytes) -> Chapter:
    """Return a chapter, from its bytes.

    Damaged XHTML is read as browsers read HTML. Raises `ArticleError` for a page that declares
    entities, and for one that is no text.
    """
    chapter = Chapter()
    try:
        read_xml(data, chapter, _NAMES, is_page=True)
    except DeclaresError:
        raise
    except ArticleError:
        if _DECLARES.search(data):
            raise DeclaresError from None
        chapter = Chapter()
        _read_damaged(data, chapter)
    chapter.end_paragraph()
    return chapter


def _read_damaged(data: bytes, chapter: Chapter) -> None:
    """Pass the elements of damaged XHTML to a chapter, in linear time."""
    declared = _ENCODING.match(data[:200])
    try:
        given = checked_encoding(declared[1].decode()) if declared else ""
    except ArgumentError:
        given = ""
    try:
        page, _ = decode(data, given)
    except ArticleError:
        page, _ = decode(data.replace(b"\0", b""), given)
    page = page.replace("\0", "")  # as browsers do
    names: list[str] = []  # of open elements
    position = 0
    while tag := _TAG.search(page, position):
        chapter.text(unescape(page[position : tag.start()]))
        position = tag.end()
        if not tag[2]:
            continue
        name = tag[2].lower().removeprefix("xhtml:").removeprefix("html:")
        if tag[1]:
            if name in names[-_LOOKED_AT:]:
                _close(names, name, chapter)
            continue
        if name in _CLOSED_BY_ITSELF or name in _BLOCKS:
            last = names[-1] if names else ""
            if last == "p" or (last == name and name in _CLOSED_BY_ITSELF):
                _close(names, last, chapter)
        chapter.start(name, _attributes(tag[3]))
        if name not in _VOID:
            names.append(name)
            if tag[3].endswith("/"):
                _close(names, name, chapter)
    chapter.text(unescape(page[position:]))


def _close(names: list[str], name: str, chapter: Chapter) -> None:
    """Close the last open element of a name, and those in it."""
    while names:
        last = names.pop()
        chapter.end(last)
        if last == name:
            return


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): unescape(match[2] or match[3] or match[4] or "")
        for match in _ATTRIBUTE.finditer(text)
    }
