"""The README and the pages of docs/: their fenced blocks, sentences, headings and links."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from places import TOP

__all__ = ["PAGES", "Block", "anchors", "blocks", "links", "sentences", "title"]

PAGES = [TOP / "README.md", *sorted(TOP.glob("docs/*.md"))]
_BLOCK = re.compile(
    r"^(?:<!-- (?P<mark>file|terminal[ \w]*): (?P<argument>.*?) -->\n)?"
    r"(?P<fence>`{3,})(?P<language>.*)\n(?P<text>(?:.*\n)*?)(?P=fence)\n",
    re.MULTILINE,
)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)\)")
_HEADING = re.compile(r"^#{1,6} (.*?) *#*$", re.MULTILINE)
_ITEM = re.compile(r"(?:[-*+]|\d+\.) +")
# A full stop that ends a sentence has space and no small letter after it.
_END = re.compile(r"(?<=[.!?])[)\"'”*]* +(?=[^a-z])")


class Block(NamedTuple):
    """A fenced block: its language, its text and the number of the line the text starts on.

    `mark` is "file" or "terminal" where a comment stands before the block, and `argument` the
    rest of the comment. A mark such as "terminal 120 color" names a width and colours.
    """

    language: str
    text: str
    line: int
    mark: str = ""
    argument: str = ""


def title(page: Path) -> str:
    """Return the name of a page relative to the top of the checkout."""
    return page.relative_to(TOP).as_posix()


def blocks(page: Path) -> Iterator[Block]:
    """Yield the fenced blocks of a page in order."""
    content = page.read_text("utf-8")
    for match in _BLOCK.finditer(content):
        line = content.count("\n", 0, match.start("text")) + 1
        yield Block(
            match["language"], match["text"], line, match["mark"] or "", match["argument"] or ""
        )


def _prose(page: Path) -> str:
    """Return a page without its blocks and comments."""
    return _COMMENT.sub("", _BLOCK.sub("\n", page.read_text("utf-8")))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub and Python-Markdown both make them."""
    found: set[str] = set()
    for heading in _HEADING.findall(_prose(page)):
        words = re.sub(r"[^\w\s-]", "", _LINK.sub(r"\g<text>", heading)).strip().lower()
        found.add(re.sub(r"\s", "-", words))
    return found


def links(page: Path) -> list[str]:
    """Return the targets of a page's links."""
    return [match["target"] for match in _LINK.finditer(_prose(page))]


def sentences(page: Path) -> list[str]:
    """Return the sentences of a page, without blocks, tables and headings.

    An item of a list ends its sentence. A link is its text, and code in a line is one word.
    """
    paragraphs: list[str] = [""]
    for line in _prose(page).splitlines():
        text = line.strip()
        if not text or text.startswith(("|", "#", ">")) or line.startswith("    "):
            paragraphs.append("")
        elif _ITEM.match(text):
            paragraphs.append(_ITEM.sub("", text, count=1))
        else:
            paragraphs[-1] += f" {text}"
    found: list[str] = []
    for paragraph in paragraphs:
        plain = re.sub(r"`+[^`]+`+", "Code", _LINK.sub(r"\g<text>", paragraph))
        found += [part for part in _END.split(plain.strip()) if re.search(r"\w", part)]
    return found
