"""The head of a text: front matter, or a header block, that stands above the story.

The readers of formats take an article's properties from it; the splitter makes it a note. The text
of the article stays whole, so all offsets are those of the file.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from nutgraf_index.properties.front_matter import FENCES, is_front_matter, json_length, parse
from nutgraf_index.properties.header_block import header_block, header_values

__all__ = ["Head", "head_of", "with_plain_breaks"]

# What may stand before front matter: a byte order mark and blank lines.
_TOP = re.compile(r"\ufeff?\s*")
# Most texts begin with none of these: a marker, or "Key:".
_LIKELY = re.compile(r"\ufeff?\s*(?P<top>[-+;{<#%.:*_]|[^\W\d_][^\n:]{0,40}+:|From \S)")
# The line above each mail of a mailbox: "From ann@post.example Thu Mar  4 10:00:00 2021".
_MAILBOX = re.compile(r"From \S+ [^\n]*\d{4}\b[^\n]*\n(?=[A-Za-z-]+:[ \t])")
_OPENING = re.compile(r"(---|\+\+\+|;;;)-*[ \t]*(yaml|toml|json)?[ \t]*\n", re.IGNORECASE)
_CLOSING = {
    "---": re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*$", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*$", re.MULTILINE),
    ";;;": re.compile(r"^;;;[ \t]*$", re.MULTILINE),
}
_COMMENT = re.compile(
    r"<!--.*?-->|\{#.*?#\}|\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL
)
_STORY_BELOW = re.compile(r"[ \t]*\n\s*\S")
_LONGEST_COMMENT = 1 << 12  # characters
_HASHED = re.compile(r"(?:#[^\n]*\n\s*){1,5}")
_MARKER = re.compile(r"(?:[ \t]*#+)?\s*")  # of a comment of YAML or TOML: it is no text
_TITLE = re.compile(r"^[\"']?title[\"']?[ \t]*[:=][ \t]*\S", re.MULTILINE | re.IGNORECASE)


class Head(NamedTuple):
    """The head of a text.

    Attributes:
        syntax: "yaml", "toml", "json" or "lines".
        text: the text of the block, without the lines that enclose it.
        notes: the spans of the block and of a comment before it, without markers; none is empty.
        start: the offset of the block in the text, with its markers.
        end: the offset after the block and its markers, from which the story is read.
    """

    syntax: str
    text: str
    notes: tuple[tuple[int, int], ...]
    start: int
    end: int

    def values(self) -> Mapping[str, Any]:
        """Return the values of the block by key."""
        return _values(self.syntax, self.text)


def head_of(text: str) -> Head | None:
    r"""Return the head of a text; None if it has none. Most texts are looked at for one line.

    >>> text = "---\ntitle: Otters\n---\nA river."
    >>> head = head_of(text)
    >>> head.values(), text[head.end :]
    ({'title': 'Otters'}, '\nA river.')
    """
    likely = _LIKELY.match(text)
    if likely is None:
        return None
    start = likely.start("top")
    text = with_plain_breaks(text)
    return (
        _fenced(text, start)
        or _json(text, start)
        or _after_comment(text, start)
        or _lines(text, start)
    )


def _fenced(text: str, start: int) -> Head | None:
    """Return the front matter between two fences at an offset."""
    opening = _OPENING.match(text, start)
    if opening is None:
        return None
    closing = _CLOSING[opening[1]].search(text, opening.end())
    if closing is None:
        return None
    block = text[opening.end() : closing.start()]
    syntax = (opening[2] or FENCES[opening[1]]).lower()
    if not is_front_matter(syntax, block):
        return None
    marker = _MARKER.match(text, opening.end())
    span = (marker.end() if marker else opening.end(), opening.end() + len(block.rstrip()))
    return Head(syntax, block, (span,), start, closing.end())


def _json(text: str, start: int) -> Head | None:
    """Return a JSON object at an offset, if a text follows it on another line."""
    end = start + (json_length(text, start) if text.startswith("{", start) else 0)
    if end == start or not _STORY_BELOW.match(text, end):
        return None
    return Head("json", text[start:end], ((start, end),), start, end)


def _after_comment(text: str, start: int) -> Head | None:
    """Return front matter that stands below a comment.

    A heading of Markdown looks like a comment of YAML: it is one if the front matter has the title.
    """
    comment = _COMMENT.match(text, start, start + _LONGEST_COMMENT)
    hashed = None if comment else _HASHED.match(text, start, start + _LONGEST_COMMENT)
    match = comment or hashed
    if match is None:
        return None
    below = _TOP.match(text, match.end())
    head = _fenced(text, below.end() if below else match.end())
    if head is None:
        return _within(text, match) if comment else None
    if hashed and not _TITLE.search(head.text):
        return head
    marker = _MARKER.match(text, start)
    written = marker.end() if marker and hashed else start
    note = (written, start + len(match[0].rstrip()))
    return Head(head.syntax, head.text, (note, *head.notes), start, head.end)


def _within(text: str, comment: re.Match[str]) -> Head | None:
    """Return the header block in a comment, as Nikola writes it."""
    start = _TOP.match(text, comment.start() + len("<!--"))
    head = _lines(text[: comment.end() - len("-->")] + "\n-", start.end()) if start else None
    return head and head._replace(start=comment.start(), end=comment.end())


def _lines(text: str, start: int) -> Head | None:
    """Return the header block at an offset."""
    mailbox = _MAILBOX.match(text, start)
    block = header_block(text, mailbox.end() if mailbox else start)
    if block is None:
        return None
    written, end, resume = block
    return Head("lines", text[written:end], ((start, end),), start, resume)


@lru_cache(maxsize=4)  # the splitter, and then `complete`, read one head after the other
def _values(syntax: str, block: str) -> Mapping[str, Any]:
    return header_values(block) if syntax == "lines" else parse(syntax, block)


def with_plain_breaks(text: str) -> str:
    r"""Return a text with ``\n`` as the only line break, and all words at their old offsets.

    The characters of a longer break before its ``\n`` become spaces at the end of the line. A break
    whose carriage return a converter has doubled is one break.

    >>> with_plain_breaks("a\r\nb\rc\r\r\nd")
    'a \nb\nc  \nd'
    """
    if "\r" not in text:
        return text
    return text.replace("\r\r\n", "  \n").replace("\r\n", " \n").replace("\r", "\n")
