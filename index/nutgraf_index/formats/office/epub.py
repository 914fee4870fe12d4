"""Books (EPUB 2 and 3): each file of the spine is a chapter, and each chapter an article."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import unquote

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions, Reason
from nutgraf_index.formats.office.chapter import Chapter, chapter_of
from nutgraf_index.formats.office.flow import (
    Document,
    NoTextError,
    Paragraph,
    article_of_document,
)
from nutgraf_index.formats.office.package import Handler, Names, Package, Values, read_xml
from nutgraf_index.formats.sane import sane_authors, sane_date, sane_title
from nutgraf_index.model import Article, Role
from nutgraf_index.names import printable
from nutgraf_index.properties.release import NotYetReleased

__all__ = ["read"]

_NAMES = Names(
    {
        "urn:oasis:names:tc:opendocument:xmlns:container": "",
        "http://www.idpf.org/2007/opf": "",
        "http://openebook.org/namespaces/oeb-package/1.0/": "",
        "http://www.w3.org/2001/04/xmlenc#": "",
        "http://www.w3.org/1999/xhtml": "",
        "http://www.idpf.org/2007/ops": "epub",
        "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    }
)
# What only disguises fonts, and is no protection of the text.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PROTECTED = "it is protected by DRM: only the programs of its seller can open it"
_PAGES = frozenset(
    ("application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document")
)
_CONTENTS = frozenset(("toc", "loi", "lot", "index"))
_COVERS = frozenset(("cover", "title-page", "titlepage"))
_MOSTLY = 0.5  # share of the characters of a table of contents that are in links
_LONGEST_COVER = 1000  # characters
_NO_AUTHORS = frozenset("trl edt ill cov bkp pbl nrt ctb col mfr".split())
_FIRST_YEAR = 1000  # programs state 0101-01-01 for a date that is not known


class _Item(NamedTuple):
    """A file of a book.

    Attributes:
        name: the name of its part.
        kind: its media type.
        properties: words such as "nav".
    """

    name: str
    kind: str
    properties: frozenset[str]


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the chapters of a book in the order of its spine, and a fault for each unread file.

    The id of a chapter is the name of its file in the book. Lines are those of the texts of all
    chapters, one below the other. Raises `ArticleError` for a file that
    is no book, or that is protected, damaged or without text.
    """
    package = Package(data, options.max_bytes)
    del data
    book = _Book(package)
    if not book.protected.isdisjoint(item.name for item in book.spine):
        raise ArticleError(_PROTECTED)
    count, line = 0, 1
    before = ""
    for item in book.spine:
        if item.name not in package:
            yield Fault(
                Reason(f"{printable(item.name)} is missing in the book", kind="a file is missing")
            )
            count += 1
            continue
        try:
            chapter = chapter_of(package.part(item.name))
            title = _title(book, item, chapter, before)
            before = title if item.name in book.labels else before
            article = _article(book, item, chapter, title, path, options)
        except NotYetReleased:
            raise
        except NoTextError:  # a picture, such as the cover
            continue
        except ArticleError as error:
            yield Fault(Reason(Reason.of_error(error), of=printable(item.name)))
            count += 1
            continue
        count += 1
        yield replace(article, line=line)
        line += article.text.count("\n") + 2
    if not count:
        raise NoTextError


def _article(
    book: "_Book", item: _Item, chapter: Chapter, title: str, path: str, options: ReadOptions
) -> Article:
    """Return the article that a chapter of a title is."""
    paragraphs = [
        replace(one, element=f"{item.name}#{one.element}" if one.element else item.name)
        for one in chapter.paragraphs
    ]
    if _is_furniture(book, item, chapter):
        paragraphs = [replace(one, role=Role.FURNITURE, level=0) for one in paragraphs]
    else:
        paragraphs = _with_levels_from_one(paragraphs)
    values = {
        **book.values,
        "language": chapter.language or book.values.get("language", ""),
        "book": book.title,
        "chapter": title,
    }
    is_same = title.casefold() == book.title.casefold()
    whole = ": ".join(filter(None, (book.title, "" if is_same else title)))
    return article_of_document(
        Document(paragraphs, values),
        path,
        options,
        id=printable(item.name),
        title=whole,
    )


def _title(book: "_Book", item: _Item, chapter: Chapter, before: str) -> str:
    """Return the title of a chapter.

    It is that in the table of contents, else its first heading, else that of its page. A file with
    none of these goes on with the chapter `before`, if the table of contents does not have it.
    """
    if label := book.labels.get(item.name):
        return label
    highest = min((one.level for one in chapter.paragraphs if one.level), default=0)
    heading = next((one.text for one in chapter.paragraphs if highest == one.level > 0), "")
    if heading:
        return " ".join(heading.split())
    is_own = chapter.title.casefold() != book.title.casefold()
    own = sane_title(chapter.title) if is_own else ""
    return own if item.name in book.labels or not before else before


def _is_furniture(book: "_Book", item: _Item, chapter: Chapter) -> bool:
    """Return whether a file is a table of contents, a cover or a title page."""
    if "nav" in item.properties:
        return True
    kind = book.guide.get(item.name, "")
    size = sum(len(one.text) for one in chapter.paragraphs)
    return (kind in _CONTENTS and chapter.linked > _MOSTLY) or (
        kind in _COVERS and size < _LONGEST_COVER
    )


def _with_levels_from_one(paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return paragraphs whose highest headings are of the first level."""
    highest = min((one.level for one in paragraphs if one.level), default=1)
    return [replace(one, level=one.level and one.level - highest + 1) for one in paragraphs]


class _Book:
    """What the files about a book say of it.

    Attributes:
        title: the title of the book.
        values: its properties by key.
        spine: the files with text in their order.
        labels: the titles of chapters in the table of contents, by file.
        guide: the kind of some files, such as "cover".
        protected: the files that only the programs of a seller can open.
    """

    def __init__(self, package: Package) -> None:
        """Read these files. Raises `ArticleError` if the first one or the second is missing."""
        main = _Elements(package.part("META-INF/container.xml"), "rootfile").first("full-path")
        if not main:
            raise ArticleError("no book: META-INF/container.xml names no file")
        opf = package.part(main)
        folder = posixpath.dirname(main)
        elements = _Elements(opf, "item", "itemref", "spine", "reference")
        items = {
            item.get("id", ""): _Item(
                _joined(folder, item.get("href", "")),
                item.get("media-type", ""),
                frozenset(item.get("properties", "").split()),
            )
            for item in elements.of("item")
        }
        references = [items.get(one.get("idref", "")) for one in elements.of("itemref")]
        self.spine = [item for item in references if item and item.kind in _PAGES]
        self.guide = {
            _joined(folder, one.get("href", "")): one.get("type", "").casefold()
            for one in elements.of("reference")
            if "#" not in one.get("href", "")
        }
        contents = [item for item in items.values() if "nav" in item.properties]
        ncx = items.get(elements.first("toc")) or next(
            (item for item in items.values() if item.kind == "application/x-dtbncx+xml"), None
        )
        self.labels = _labels(package, [*contents, *filter(None, [ncx])])
        self.protected = _protected(package.optional("META-INF/encryption.xml"))
        self.title, self.values = _values(Values(opf))


def _joined(folder: str, href: str) -> str:
    """Return the name of the part that an address in a file of a folder leads to."""
    return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))


class _Elements(Handler):
    """The attributes of some elements of a file, in order."""

    def __init__(self, xml: bytes, *names: str) -> None:
        self._found: dict[str, list[Mapping[str, str]]] = {name: [] for name in names}
        read_xml(xml, self, _NAMES, is_page=True)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in self._found:
            self._found[name].append(attributes)

    def of(self, name: str) -> list[Mapping[str, str]]:
        """Return those of the elements of a name."""
        return self._found[name]

    def first(self, attribute: str) -> str:
        """Return the first value of an attribute; empty if there is none."""
        values = (one.get(attribute, "") for found in self._found.values() for one in found)
        return next(filter(None, values), "")


class _Contents(Handler):
    """Reads a table of contents of EPUB 3 (XHTML) or of EPUB 2 (NCX)."""

    def __init__(self, folder: str) -> None:
        self.of_files: dict[str, str] = {}
        self.of_places: dict[str, list[str]] = {}  # of places in files
        self._folder = folder
        self._pieces: list[str] = []
        self._href = ""
        self._is_contents = [False]  # of open `nav` and `navMap`

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "nav":
            self._is_contents.append("toc" in attributes.get("epub:type", "").split())
        elif name == "ncx:navMap":
            self._is_contents.append(True)
        elif name == "a":
            self._pieces.clear()
            self._href = attributes.get("href", "")
        elif name == "ncx:text":
            self._pieces.clear()
        elif name == "ncx:content":
            self._put(attributes.get("src", ""))

    def end(self, name: str) -> None:
        if name in ("nav", "ncx:navMap") and len(self._is_contents) > 1:
            self._is_contents.pop()
        elif name == "a":
            self._put(self._href)

    def text(self, text: str) -> None:
        self._pieces.append(text)

    def _put(self, href: str) -> None:
        label = " ".join("".join(self._pieces).split())
        self._pieces.clear()
        if label and href and self._is_contents[-1]:
            name = _joined(self._folder, href)
            if "#" in href:
                self.of_places.setdefault(name, []).append(label)
            else:
                self.of_files.setdefault(name, label)


def _labels(package: Package, contents: list[_Item]) -> dict[str, str]:
    """Return the titles of chapters by file, from the first table of contents that can be read.

    A file of several chapters has an empty one.
    """
    for item in contents:
        reader = _Contents(posixpath.dirname(item.name))
        try:
            read_xml(package.part(item.name), reader, _NAMES, is_page=True)
        except ArticleError:  # the book can be read without it
            continue
        of_places = reader.of_places.items()
        alone = {name: labels[0] if len(labels) == 1 else "" for name, labels in of_places}
        if labels := {**alone, **reader.of_files}:
            return labels
    return {}


class _Encryption(Handler):
    """Reads which files are encrypted, but for fonts in disguise."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self._method = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "EncryptedData":
            self._method = ""
        elif name == "EncryptionMethod":
            self._method = self._method or attributes.get("Algorithm", "")
        elif name == "CipherReference" and self._method not in _FONTS:
            self.names.add(_joined("", attributes.get("URI", "")))


def _protected(xml: bytes) -> set[str]:
    encryption = _Encryption()
    if xml:
        read_xml(xml, encryption, _NAMES)
    return encryption.names


def _values(values: Values) -> tuple[str, dict[str, object]]:
    """Return the title of a book, and its properties by key."""
    refined: dict[tuple[str, str], str] = {}
    modified = ""
    for text, meta in values.texts.get("meta", ()):
        refined[meta.get("refines", "").lstrip("#"), meta.get("property", "")] = text
        if meta.get("property") == "dcterms:modified":
            modified = text

    def refinement(attributes: Mapping[str, str], attribute: str, property: str) -> str:
        own = attributes.get(attribute, "")
        return own or refined.get((attributes.get("id", ""), property), "")

    titles = values.texts.get("dc:title", [])
    main = [text for text, found in titles if refinement(found, "", "title-type") == "main"]
    creators = values.texts.get("dc:creator", [])
    authors = [
        name for name, found in creators if refinement(found, "role", "role") not in _NO_AUTHORS
    ]
    dates = {found.get("event", ""): text for text, found in values.texts.get("dc:date", [])[::-1]}
    published = dates.get("publication") or dates.get("original-publication") or dates.get("", "")
    title = sane_title(next(iter([*main, *(text for text, _ in titles)]), ""))
    return title, {
        "authors": sane_authors(authors or [name for name, _ in creators]),
        "date": sane_date(published, first_year=_FIRST_YEAR),
        "source": values.first("dc:publisher"),
        "language": values.first("dc:language"),
        "keywords": values.all("dc:subject"),
        "modified": sane_date(modified or dates.get("modification", "")),
    }
