"""Word documents (DOCX): their parts, styles and properties."""

import posixpath
from collections.abc import Iterator, Mapping

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.office.docx_body import NAMES, NOTES, Body
from nutgraf_index.formats.office.flow import Document, Paragraph, articles_of_document
from nutgraf_index.formats.office.package import (
    Handler,
    Package,
    Values,
    is_on,
    number_in,
    read_xml,
)
from nutgraf_index.formats.office.styles import Style, Styles
from nutgraf_index.formats.sane import sane_authors, sane_date, sane_title
from nutgraf_index.model import Article
from nutgraf_index.names import counted

__all__ = ["read"]

_MAIN = "word/document.xml"
_CORE = "core-properties"
_USUAL = {"styles": "styles.xml", **{kind: f"{kind}.xml" for kind in NOTES.values()}}
_LEVELS = 9  # of outlines


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the article that a Word document is, or those of an export of a news database.

    Raises `ArticleError` for a file that is none, or that is encrypted, damaged or without text.
    """
    document = _document(Package(data, options.max_bytes))
    del data
    yield from articles_of_document(document, path, options)


def _document(package: Package) -> Document:
    main = _targets(package, "_rels/.rels", "").get("officeDocument", _MAIN)
    parts = _related(package, main)
    styles = _StyleReader()
    if xml := package.optional(parts.get("styles", "")):
        read_xml(xml, styles, NAMES)
    known = Styles(styles.styles)
    notes: dict[str, dict[str, list[Paragraph]]] = {}
    for element, kind in NOTES.items():
        body = Body(known, {}, unit=element)
        if xml := package.optional(parts.get(kind, "")):
            read_xml(xml, body, NAMES)
        notes[element] = body.notes
    body = Body(known, notes)
    read_xml(package.part(main), body, NAMES)
    if body.root != "w:document":
        raise ArticleError(f"{main} is no text of Word: it is a file of another program")
    values = _values(package.optional(parts[_CORE]))
    unread = counted(body.embedded, "embedded document") if body.embedded else ""
    return Document(body.paragraphs, values, unread)


def _related(package: Package, main: str) -> dict[str, str]:
    """Return the names of the parts of a document by the last word of their type."""
    folder, name = posixpath.split(main)
    parts = {kind: posixpath.join(folder, part) for kind, part in _USUAL.items()}
    parts[_CORE] = "docProps/core.xml"
    parts.update(_targets(package, "_rels/.rels", ""))
    parts.update(_targets(package, posixpath.join(folder, "_rels", f"{name}.rels"), folder))
    return parts


def _targets(package: Package, part: str, folder: str) -> dict[str, str]:
    """Return the targets in a part of relationships by the last word of their type."""
    relations = _Relations()
    if xml := package.optional(part):
        read_xml(xml, relations, NAMES)
    return {
        kind: posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        for kind, target in relations.targets.items()
    }


class _Relations(Handler):
    def __init__(self) -> None:
        self.targets: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "rel:Relationship" and attributes.get("TargetMode") != "External":
            kind = attributes.get("Type", "").rpartition("/")[2]
            kind = _CORE if kind == "coreProperties" else kind
            self.targets.setdefault(kind, attributes.get("Target", ""))


class _StyleReader(Handler):
    """Reads the part of styles."""

    def __init__(self) -> None:
        self.styles: dict[str, Style] = {}
        self._style = Style()
        self._changed = 0  # depth within properties before a tracked change

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        value = attributes.get("w:val")
        if self._changed or name in ("w:pPrChange", "w:rPrChange", "w:tblStylePr"):
            self._changed += 1
        elif name == "w:style":
            id = attributes.get("w:styleId", "")
            self._style = self.styles[id] = Style(id)
        elif name == "w:name":
            self._style.names = (value or "", *self._style.names)
        elif name == "w:basedOn":
            self._style.parent = value or ""
        elif name == "w:outlineLvl":
            level = number_in(value, _LEVELS)
            self._style.level = level + 1 if 0 <= level < _LEVELS else 0
        elif name == "w:numId":
            self._style.item = value != "0"
        elif name == "w:vanish":
            self._style.hidden = is_on(value)

    def end(self, name: str) -> None:
        if self._changed:
            self._changed -= 1
        elif name == "w:style":
            self._style = Style()


def _values(xml: bytes) -> dict[str, object]:
    """Return the properties of a document by key.

    The language of its styles is not among them: it is that of the program, and seldom changed.
    """
    try:
        values = Values(xml)
    except ArticleError:  # its text can be read
        values = Values(b"")
    creator = values.first("dc:creator")
    # A library copies the dates of its template.
    is_copied = "python-docx" in f"{creator} {values.first('dc:description')}"
    return {
        "title": sane_title(values.first("dc:title")),
        "authors": sane_authors(creator),
        "created": "" if is_copied else sane_date(values.first("dcterms:created")),
        "modified": "" if is_copied else sane_date(values.first("dcterms:modified")),
        "language": values.first("dc:language"),
        "keywords": values.first("cp:keywords"),
        "category": values.first("cp:category"),
    }
