"""The paragraphs of a saved web page, by the standard library."""

import re
from html.parser import HTMLParser

__all__ = ["paragraphs_of_page"]

_BLOCKS = frozenset(
    "address article blockquote body dd div dl dt form h1 h2 h3 h4 h5 h6 head header hr html li"
    " main nav ol p pre section table tbody td text th thead title tr ul".split()
)
_UNREAD = frozenset(("script", "style", "noscript", "template", "title"))
_HEADLINE = re.compile(r"[a-z]{2}(?:-\w+)?Headline")
_LONGEST_LABEL = 3
_MOST_PIECES = 4  # of text and space around a label
_SPACE = re.compile(r"[ \t\r\n\f]+")


def paragraphs_of_page(page: str) -> tuple[list[str], dict[int, str]]:
    """Return the paragraphs of a page, blank ones where blocks are empty, and kinds of some.

    A cell of at most three characters is one paragraph with the next cell, with a tab between them.
    The kinds are those of Factiva, words by the number of a paragraph: "headline", "author", and
    "start" for the first of an article.
    """
    reader = _Reader()
    try:
        reader.feed(page)
        reader.close()
    except (AssertionError, ValueError):  # of marked sections that are none
        pass
    reader.end_paragraph()
    return reader.paragraphs, reader.kinds


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.kinds: dict[int, str] = {}
        self._pieces: list[str] = []
        self._kind = ""
        self._unread = 0
        self._in_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self._unread += 1
        if tag == "br":
            self._pieces.append("\n")
        elif tag in ("td", "th") and self._is_label():
            self._pieces.append("\t")
        elif tag in _BLOCKS and not self._is_label():
            self.end_paragraph()
        self._in_cell = self._in_cell or tag in ("td", "th")
        names = (dict(attrs).get("class") or "").split()
        if any(map(_HEADLINE.fullmatch, names)):
            self._kind += " headline"
        elif "author" in names:
            self._kind += " author"
        elif "article" in names:
            self._kind = "start"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _UNREAD:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self._unread = max(0, self._unread - 1)
        elif tag in ("tr", "table") or (tag in _BLOCKS and not self._is_label()):
            self._in_cell = self._in_cell and tag not in ("tr", "table")
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        if not self._unread:
            self._pieces.append(_SPACE.sub(" ", data))

    def _is_label(self) -> bool:
        """Return whether only a label has been read of a cell."""
        return (
            self._in_cell
            and 0 < len("".join(self._pieces[-4:]).strip()) <= _LONGEST_LABEL
            and (len(self._pieces) <= _MOST_PIECES)
        )

    def end_paragraph(self) -> None:
        """Add what was read since the last paragraph as one."""
        text = re.sub(r" *\n *", "\n", re.sub(r"[ \xa0]+", " ", "".join(self._pieces)))
        text = "\t".join(cell.strip(" \n") for cell in text.split("\t")).strip()
        self._pieces.clear()
        if text and self._kind:
            self.kinds[len(self.paragraphs)] = self._kind.strip()
            self._kind = ""
        if text or (self.paragraphs and self.paragraphs[-1]):
            self.paragraphs.append(text)
