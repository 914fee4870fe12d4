"""The parts of a document that is a zip archive, and its XML, both within limits."""

import io
from collections.abc import Mapping
from typing import Any

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.containers.members import REPLACED, Member
from nutgraf_index.formats.format import Reason

__all__ = [
    "ENCRYPTED",
    "DeclaresError",
    "Handler",
    "Names",
    "Package",
    "Values",
    "is_on",
    "number_in",
    "read_xml",
]

ENCRYPTED = "it is encrypted: save it without a password"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # the container of old files, and of encrypted ones
_OFF = frozenset(("0", "false", "off", "none"))
_SEPARATOR = " "  # between namespace and name; no namespace has it


class DeclaresError(ArticleError):
    """XML declares entities, which could be nested to fill a memory."""

    def __init__(self) -> None:
        super().__init__(
            "it declares a document type with entities of its own: not read, as that is a trick"
        )


class Package:
    """The parts of a document by name. They are unpacked when they are asked for."""

    def __init__(self, data: bytes, max_bytes: int) -> None:
        """Open the archive. Raises `ArticleError` for data that is none, with its reason."""
        from nutgraf_index.formats.containers.zip_archive import zip_members  # slow to import

        if not data:
            raise ArticleError("empty")
        if data.startswith(_OLE):
            raise ArticleError(_old_file(data))
        self._parts: dict[str, Member] = {}
        # The members of a zip archive can be read at any time, unlike those of a stream.
        for member in zip_members(io.BytesIO(data), Budget(len(data), max_bytes)):
            if member.fault != REPLACED:
                self._parts[member.name] = member
        # Names of parts are the same in small and in capital letters.
        self._folded = {name.casefold(): name for name in self._parts}

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._folded

    def part(self, name: str) -> bytes:
        """Return the bytes of a part. Raises `ArticleError` if it is missing or damaged."""
        member = self._parts.get(name) or self._parts.get(self._folded.get(name.casefold(), ""))
        if member is None:
            raise ArticleError(f"it has no {name}: it is damaged, or of another kind")
        if member.fault:
            raise ArticleError(Reason(member.fault, of=name))
        return member.read()

    def optional(self, name: str) -> bytes:
        """Return the bytes of a part; none if it is missing."""
        return self.part(name) if name in self else b""


def _old_file(data: bytes) -> str:
    """Return why a file in the container of old Office files is not read."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return ENCRYPTED
    if "WordDocument".encode("utf-16-le") in data:
        return "a document of Word 97-2003: save it as .docx"
    return "an old Office file: save it in a newer format"


class Handler:
    """Takes the elements and the text of XML in their order; a subclass uses some of them."""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start an element."""

    def end(self, name: str) -> None:
        """End an element."""

    def text(self, text: str) -> None:
        """Take text, or a part of it."""


class Names(dict[str, str]):
    """The names of elements and attributes, with the short prefix of their namespace: `w:p`.

    Names without a namespace, and those of a namespace whose prefix is empty, have no prefix. Names
    of an unknown namespace have `?`.
    """

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        super().__init__()
        self._prefixes = {"": "", "http://www.w3.org/XML/1998/namespace": "xml", **prefixes}

    def __missing__(self, name: str) -> str:
        namespace, _, local = name.rpartition(_SEPARATOR)
        prefix = self._prefixes.get(namespace, "?")
        short = self[name] = f"{prefix}:{local}" if prefix else local
        return short


def read_xml(xml: bytes, handler: Handler, names: Names, *, is_page: bool = False) -> None:
    """Pass the elements and the text of XML to a handler, in linear time and without recursion.

    A document type that declares anything is refused, since entities can be nested to fill a
    memory. So is any document type, unless the XML `is_page`: then it may name that of XHTML, and
    entities have the meaning that they have there. Raises `ArticleError`, also for damaged XML.
    """
    from xml.parsers import expat  # slow to import

    parser: Any = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.buffer_text = True
    parser.buffer_size = 1 << 16
    start, end = handler.start, handler.end

    def doctype(_name: str, _system: str, _public: str, has_subset: int) -> None:
        if has_subset or not is_page:
            raise DeclaresError

    def start_element(name: str, attributes: dict[str, str]) -> None:
        if attributes:
            attributes = {names[key]: value for key, value in attributes.items()}
        start(names[name], attributes)

    def end_element(name: str) -> None:
        end(names[name])

    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start_element
    parser.EndElementHandler = end_element
    parser.CharacterDataHandler = handler.text
    if is_page:
        from html import unescape

        parser.UseForeignDTD(True)  # else an entity without a document type is an error
        parser.SkippedEntityHandler = lambda name, is_parameter: (
            None if is_parameter else handler.text(unescape(f"&{name};"))
        )
    try:
        parser.Parse(xml, True)
    except ArticleError:
        raise
    except expat.ExpatError as error:
        raise ArticleError(f"damaged XML: {error}") from None
    except (LookupError, UnicodeError, ValueError) as error:  # an encoding that is not known
        raise ArticleError(f"XML that cannot be decoded: {error}") from None


_PROPERTIES = Names(
    {
        "http://purl.org/dc/elements/1.1/": "dc",
        "http://purl.org/dc/terms/": "dcterms",
        "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
        "http://purl.oclc.org/ooxml/package/metadata/core-properties": "cp",
        "http://www.idpf.org/2007/opf": "",
        "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
        "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    }
)


class Values(Handler):
    """The properties in a part: texts by the names of their elements, in order.

    Attributes:
        texts: by name, such as `dc:title`; each with the attributes of its element.
    """

    def __init__(self, xml: bytes) -> None:
        """Read a part. Raises `ArticleError` if it is damaged."""
        self.texts: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
        self._pieces: list[str] = []
        self._attributes: Mapping[str, str] = {}
        if xml:
            read_xml(xml, self, _PROPERTIES)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start an element."""
        self._pieces.clear()
        self._attributes = attributes

    def end(self, name: str) -> None:
        """End an element."""
        if text := " ".join("".join(self._pieces).split()):
            self.texts.setdefault(name, []).append((text, self._attributes))
        self._pieces.clear()
        self._attributes = {}

    def text(self, text: str) -> None:
        """Take text."""
        self._pieces.append(text)

    def all(self, name: str) -> list[str]:
        """Return the texts of a name."""
        return [text for text, _ in self.texts.get(name, ())]

    def first(self, *names: str) -> str:
        """Return the first text of the first of some names that has any; else an empty one."""
        return next((text for name in names for text in self.all(name)), "")


def is_on(value: str | None) -> bool:
    """Return whether a switch is on: it is unless its value says that it is off."""
    return value is None or value.lower() not in _OFF


def number_in(value: str | None, default: int) -> int:
    """Return the whole number that a value is; else the default."""
    try:
        return int(value or "")
    except ValueError:
        return default
