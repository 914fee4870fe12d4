"""The tree of a web page, without its scripts, comments and hidden elements."""

import re
from typing import Any, NamedTuple

from lxml import etree, html

from nutgraf_index.errors import ArticleError

__all__ = ["MOST_ELEMENTS", "Element", "Page", "parse"]

Element = Any  # of lxml, which comes without types

MOST_ELEMENTS = 50_000  # of a page that is looked through for an article; a larger one is a book
_UNREAD = frozenset(
    "applet audio button canvas embed frameset iframe math noembed noframes noscript object rp rt"
    " script select style svg template textarea video".split()
)
_JSON_LD = re.compile(r"\s*application/ld\+json", re.IGNORECASE)
_MOST = 1_000_000  # elements of a page; the longest books have a tenth of them
_DEEPEST = 200  # of elements; in pages for people they are seldom nested deeper than 60
_LONGEST_VALUE = 4_000  # characters of an attribute; only pictures within pages are longer
_LONGEST_DATA = 1 << 22  # characters of JSON-LD
_PIECE = 1 << 14  # characters parsed before the depth is looked at
_MOST_HIDDEN = 0.5  # share of the text of a page; more of it is hidden until a script shows it
_NAME = re.compile(r"[a-z][a-z0-9-]{0,40}")
_ATTRIBUTE = re.compile(r"[a-zA-Z_][a-zA-Z0-9_.-]{0,60}")
# No tree of lxml can have these.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_NO_DISPLAY = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE
)
# In XHTML an empty element may end itself; in HTML it would have all that follows.
_EMPTY = re.compile(
    r"<(a|b|div|em|i|iframe|li|p|script|span|strong|style|td|textarea|title)\b([^<>]*)/>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    r"</?(?:a|abbr|acronym|b|bdi|bdo|big|center|cite|code|dfn|em|font|i|ins|kbd|label|mark|nobr|q|s"
    r"|samp|small|span|strike|strong|sub|sup|tt|u|var)\b[^<>]*>",
    re.IGNORECASE,
)
_NOT_PARAGRAPHS = re.compile(
    r"<(?!/?(?:html|head|title|meta|link|body|script|style|br|p)\b)/?[a-z][^<>]*>", re.IGNORECASE
)
# What goes into what, to flatten elements that are nested too deeply: first those within lines.
_FLATTENED = ((_INLINE, ""), (_NOT_PARAGRAPHS, "<p>"))


class Page(NamedTuple):
    """A page as a tree.

    Attributes:
        root: its element `html`.
        scripts: the texts of its scripts in JSON-LD.
        elements: the number of its elements.
    """

    root: Element
    scripts: list[str]
    elements: int


class _TooDeepError(Exception):
    """The elements of a page are nested too deeply."""


def parse(markup: str, *, is_xml: bool = False) -> Page:
    """Return the tree of a page. Broken markup is repaired, and too deep markup is flattened.

    Time and memory are linear in the length of the markup. Raises `ArticleError` for a page of more
    than a million elements.
    """
    if is_xml:
        markup = _EMPTY.sub(r"<\1\2></\1>", markup)
    for pattern, replacement in (*_FLATTENED, (None, "")):
        try:
            return _parsed(markup)
        except _TooDeepError:
            if pattern is not None:
                markup = pattern.sub(replacement, markup)
    raise ArticleError("its elements are nested too deeply")


def _parsed(markup: str) -> Page:
    builder = _Builder()
    parser = etree.HTMLParser(target=builder, huge_tree=True, recover=True)
    try:
        for start in range(0, len(markup), _PIECE):
            parser.feed(markup[start : start + _PIECE])
        parser.close()
    except etree.LxmlError as error:
        raise ArticleError("not a web page that can be read") from error
    builder.flush()
    _drop_hidden(builder.root, builder.hidden)
    return Page(builder.root, builder.scripts, builder.elements)


class _Builder:
    """Makes a tree of the events of the parser."""

    def __init__(self) -> None:
        self.root: Element = html.html_parser.makeelement("html")
        self.scripts: list[str] = []
        self.hidden: list[Element] = []
        self.elements = 0
        self._open: list[Element] = []
        self._last: Element = None  # the last element in the innermost open one; see `flush`
        self._depth = 0
        self._unread = 0  # the depth of the element that is not read; 0 for none
        self._is_data = False  # whether that is JSON-LD
        self._pieces: list[str] = []  # of the text since the last tag
        self._length = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Start an element."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _TooDeepError
        if self._unread:
            return
        self.flush()
        if tag in _UNREAD:
            self._unread = self._depth
            self._is_data = tag == "script" and bool(_JSON_LD.match(attributes.get("type") or ""))
            return
        values = {
            name: _ILLEGAL.sub(_blank, value or "")
            for name, value in attributes.items()
            if len(value or "") <= _LONGEST_VALUE and _ATTRIBUTE.fullmatch(name)
        }
        if not self._open:
            self.root.attrib.update(values if tag == "html" else {})
            element = self.root
        else:
            name = tag if _NAME.fullmatch(tag) else "span"
            element = etree.SubElement(self._open[-1], name, values)
        self._open.append(element)
        self._last = None
        self.elements += 1
        if self.elements > _MOST:
            raise ArticleError(f"more than {_MOST:,} elements, which no page for readers has")
        if _is_hidden(tag, values):
            self.hidden.append(element)

    def end(self, tag: str) -> None:
        """End an element."""
        if self._unread == self._depth:
            if self._is_data:
                self.scripts.append("".join(self._pieces))
            self._pieces.clear()
            self._length = self._unread = 0
            self._is_data = False
        elif not self._unread:
            self.flush()
            self._last = self._open.pop()
        self._depth -= 1

    def data(self, text: str) -> None:
        """Add text."""
        if not self._unread:
            self._pieces.append(text)
        elif self._is_data and self._length < _LONGEST_DATA:
            self._length += len(text)
            self._pieces.append(text)

    def close(self) -> None:
        """End the page."""

    def flush(self) -> None:
        """Put the text since the last tag into the tree."""
        if not self._pieces or self._unread:
            return
        text = _ILLEGAL.sub(_blank, "".join(self._pieces))
        self._pieces.clear()
        # To ask an element for its last child takes as long as it has children.
        if self._last is not None and self._open:
            self._last.tail = (self._last.tail or "") + text
        elif self._open:
            self._open[-1].text = (self._open[-1].text or "") + text


def _blank(illegal: re.Match[str]) -> str:
    """Return a blank for white space such as a form feed, else nothing."""
    return " " if illegal[0].isspace() else ""


def _is_hidden(tag: str, attributes: dict[str, str]) -> bool:
    """Return whether a browser shows nothing of an element."""
    hidden = attributes.get("hidden")
    return (
        (hidden is not None and hidden.lower() != "until-found")
        or attributes.get("aria-hidden", "").lower() == "true"
        or (tag == "dialog" and "open" not in attributes)
        or ("style" in attributes and _NO_DISPLAY.search(attributes["style"]) is not None)
    )


def _drop_hidden(root: Element, hidden: list[Element]) -> None:
    """Remove the hidden elements of a page, but for those with most of its text."""
    if not hidden:
        return
    most = _MOST_HIDDEN * _length_of(root)
    for element in hidden:
        parent = element.getparent()
        if parent is not None and _length_of(element) <= most:
            element.drop_tree()


def _length_of(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
