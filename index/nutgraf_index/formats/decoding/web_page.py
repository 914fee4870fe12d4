"""The paragraphs of a saved web page, and its entities."""

import html
import re

__all__ = ["decode_entities", "paragraphs_of_page"]

_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt form h1 h2 h3 h4 h5 h6 head header hr html li"
    " main nav ol p pre section table tbody td text th thead title tr ul".split()
)
_UNREAD = frozenset(("script", "style", "noscript", "template", "title"))
# The parser of the standard library takes quadratic time for tags that do not end.
_TAG = re.compile(r"<(?:(!--)|(/?)([A-Za-z][A-Za-z0-9]{0,15})\b([^<>]*)>|[!?][A-Za-z\[][^<>]*>)")
_CLASS = re.compile(r"\bclass\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)'|([^\s\"'<>]+))", re.IGNORECASE)
_ENTITY = re.compile(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_HEADLINE = re.compile(r"[a-z]{2}(?:-\w+)?Headline")
_LONGEST_LABEL = 3
_MOST_PIECES = 4  # of text and space around a label


def decode_entities(text: str) -> str:
    """Return a text with its entities decoded, but for unknown ones.

    >>> decode_entities("Smith &amp; Ek &lt;SEK&gt; &UR; &#0;")
    'Smith & Ek <SEK> &UR; &#0;'
    """
    return _ENTITY.sub(_decoded, text) if "&" in text else text


def _decoded(match: re.Match[str]) -> str:
    character = html.unescape(match[0])
    return match[0] if "\ufffd" in character or "\n" in character else character


def paragraphs_of_page(page: str) -> tuple[list[str], dict[int, str]]:
    """Return the paragraphs of a page, blank ones where blocks are empty, and kinds of some.

    A cell of at most three characters is one paragraph with the next cell, with a tab between them.
    The kinds are those of Factiva, words by the number of a paragraph: "headline", "author", and
    "start" for the first of an article.
    """
    reader = _Reader()
    lower = page.lower()
    if len(lower) != len(page):  # few letters have a lower case of another length
        lower = page
    position = 0
    while tag := _TAG.search(page, position):
        reader.add(page[position : tag.start()])
        position = tag.end()
        if tag[1]:  # a comment
            end = page.find("-->", position)
            position = len(page) if end < 0 else end + 3
        elif tag[3]:
            name = tag[3].lower()
            if tag[2]:
                reader.end(name)
            elif name in _UNREAD:
                reader.end_paragraph()
                end = lower.find(f"</{name}", position)
                position = len(page) if end < 0 else end
            else:
                reader.start(name, tag[4])
    reader.add(page[position:])
    reader.end_paragraph()
    return reader.paragraphs, reader.kinds


class _Reader:
    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self.kinds: dict[int, str] = {}
        self._pieces: list[str] = []
        self._kind = ""
        self._in_cell = False

    def add(self, text: str) -> None:
        """Add the text between two tags."""
        if text:
            self._pieces.append(decode_entities(_SPACE.sub(" ", text)))

    def start(self, tag: str, attributes: str) -> None:
        """Start an element."""
        if tag == "br":
            self._pieces.append("\n")
        elif tag in ("td", "th") and self._is_label():
            self._pieces.append("\t")
        elif tag in _BLOCKS and not self._is_label():
            self.end_paragraph()
        self._in_cell = self._in_cell or tag in ("td", "th")
        classes = _CLASS.search(attributes)
        names = next(filter(None, classes.groups()), "").split() if classes else []
        if any(map(_HEADLINE.fullmatch, names)):
            self._kind += " headline"
        elif "author" in names:
            self._kind += " author"
        elif "article" in names:
            self._kind = "start"

    def end(self, tag: str) -> None:
        """End an element."""
        if tag in ("tr", "table") or (tag in _BLOCKS and not self._is_label()):
            self._in_cell = self._in_cell and tag not in ("tr", "table")
            self.end_paragraph()

    def _is_label(self) -> bool:
        """Return whether only a label has been read of a cell."""
        return (
            self._in_cell
            and len(self._pieces) <= _MOST_PIECES
            and 0 < len("".join(self._pieces).strip()) <= _LONGEST_LABEL
        )

    def end_paragraph(self) -> None:
        """Add what was read since the last paragraph as one."""
        text = re.sub(r" ?\n ?", "\n", re.sub(r"[ \xa0]+", " ", "".join(self._pieces)))
        text = "\t".join(cell.strip(" \n") for cell in text.split("\t")).strip()
        self._pieces.clear()
        if text and self._kind:
            self.kinds[len(self.paragraphs)] = self._kind.strip()
            self._kind = ""
        if text or (self.paragraphs and self.paragraphs[-1]):
            self.paragraphs.append(text)
