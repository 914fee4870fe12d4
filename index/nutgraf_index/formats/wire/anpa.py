"""ANPA-1312: the wire format of American agencies."""

import re
from functools import partial
from typing import Any

from nutgraf_index.formats.exports.sheet import Origin
from nutgraf_index.formats.exports.values import authors_of, date_in
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.wire.envelope import (
    Line,
    article_of_lines,
    cleaned,
    is_unpublished,
    opens,
    read_stories,
    unshown,
)
from nutgraf_index.model import Article, Role

__all__ = ["read", "recognises"]

_SNIFF = re.compile(
    r"[\s\x16\x00]*\x01[A-Za-z]\d{3,4}(?:[\x1e\x1f ]|\s*$)|(?:\^V)*\^A[A-Za-z]\d{3,4}\^_",
    re.MULTILINE,
)
_FIRST = re.compile(r"\x01([A-Za-z])(\d{3,4})[\x1e\x1f ]?([\w-]*)")
_SECOND = re.compile(
    r"\s*([A-Za-z])\s?([A-Za-z]{1,2})[\x10-\x14 ]+(.*?)"
    r"(?:\s+(\d{1,2}-\d{1,2}))?(?:\s+(\d{2,5}))?\s*$"
)
_TRAILER = re.compile(r"([A-Z]{2})-([A-Z]{2})-(\d\d)-(\d\d)-(\d\d)(?: (\d{4}[A-Z]*))?")
_KEYWORD = re.compile(r"(?:\*?\d+<? ?\^?)?(?:AM|PM|BC|AP)-")
_NOTE = re.compile(
    r"\(?(?:Eds?:|EDITORS?:|Editors?'? [Nn]ote|EDITORS?'?S? NOTES?|ATTN|Attn|ADV|Adv\b|Note "
    r"|BULLETIN\b|MANDATORY\b|KILL(?:\W*$| (?:ADVISORY|NOTICE|STORY))|WITHH(?:OLD|ELD)\b"
    r"|EMBARGOED\b|HOLD FOR RELEASE|AP (?:Photo|Graphic|Video|Audio|News Guide)|With |Moving "
    r"|All [Tt]imes|For use |Ed: )"
)
_HOUSE = re.compile(
    r"(?:the )?associated press(?: writers?)?|reuters|upi|ap(?: \w+)* writers?", re.I
)
_UNDER_BYLINE = re.compile(
    r"\b(?:press|writers?|staff|news|editors?|correspondents?|AP|reuters)\b", re.I
)
_PRIORITIES = {
    "f": "flash", "b": "bulletin", "u": "urgent", "r": "regular", "d": "deferred", "a": "weekday",
    "s": "sunday", "w": "release", "z": "ordinary", "h": "hold",
}  # fmt: skip
_TAKE = re.compile(
    r"\b(?:\d+(?:st|nd|rd|th) (?:Ld|Add|Take|take|Writethru)[\w-]*(?:[ -]Writethru)?"
    r"|\d+(?:st|nd|rd|th)Ld(?:-Writethru)?|Writethru|\d+(?:st|nd|rd|th) take)\b"
)
_END = re.compile(r"(?:-0-|m{3,}|-30-|nnnn)[ <]*", re.IGNORECASE)
_BY = re.compile(r"by\s", re.IGNORECASE)
_LONGEST_BYLINE = 200  # characters


def _story(raw: list[str], line: int, origin: Origin) -> Article | Fault:
    """Return the article of the lines of a story, or a fault if it must not be shown."""
    story = _Story(raw)
    start = next((row for row, text in enumerate(raw) if "\x02" in text), 1)
    story.lines = [Line("")] * start
    for row in range(start, len(raw)):
        text = raw[row].partition("\x02")[2] if "\x02" in raw[row] else raw[row]
        text, control, after = text.partition("\x03")
        story.add(text, is_first=row == start)
        if control:
            story.trailer = cleaned(after)
            break
    date = ""
    if sent := _TRAILER.search(story.trailer):
        century = "19" if int(sent[5]) >= 70 else "20"
        date = date_in(f"{century}{sent[5]}-{sent[3]}-{sent[4]}")
        story.metadata["sent"] = sent[0]
    reason, again = unshown(
        "\n".join(story.desk), "\n".join(story.text[:3]), date, origin.options.now
    )
    if reason:
        return Fault(reason, line, again)
    properties = {
        "id": story.metadata.get("number", ""),
        "title": story.title,
        "authors": tuple(dict.fromkeys(story.authors)),
        "date": date,
        "source": sent[1] if sent else "",
        "metadata": story.metadata,
    }
    return article_of_lines(story.story_lines(), line, properties, origin)


class _Story:
    """A story that is read line by line.

    Attributes:
        metadata: of the two lines of the header.
        lines: the cleaned lines so far, with their roles.
        desk: the lines for editors: keyword and notes.
        text: the lines of the story.
        trailer: the line that says when the story was sent.
    """

    def __init__(self, raw: list[str]) -> None:
        self.metadata: dict[str, Any] = {}
        self.lines: list[Line] = []
        self.text: list[str] = []
        self.authors: list[str] = []
        self.title = self.trailer = ""
        self._has_byline = self._is_hidden = False
        if first := _FIRST.search(raw[0]):
            self.metadata["number"] = first[1] + first[2]
            if first[3].strip("_-"):
                self.metadata["selector"] = first[3].strip("_")
        if len(raw) > 1 and "\x02" not in raw[1] and (second := _SECOND.match(raw[1])):
            priority, category, keyword, _, words = second.groups()
            self.metadata["priority"] = _PRIORITIES.get(priority.lower(), priority)
            self.metadata["category"] = category.lower()
            self.metadata["keyword"] = cleaned(keyword).strip()
            if words:
                self.metadata["words"] = words
            self._note_take(self.metadata["keyword"])
        self.desk = [self.metadata.get("keyword", "")]

    def _note_take(self, text: str) -> None:
        if take := _TAKE.search(text):
            self.metadata.setdefault("take", take[0])

    def add(self, raw: str, *, is_first: bool) -> None:
        """Add a line of the file; a line that is left out becomes a blank one."""
        is_display = raw.startswith("^")
        text = cleaned(raw).strip().lstrip("^").strip()
        if is_display:
            text = re.sub(r"<\s*\^", " ", text).rstrip("<=^ ")
        elif text.endswith("<"):
            text = text.rstrip("< ")
        in_head = not self.text
        if not text or _END.fullmatch(text):
            self.lines.append(Line(""))
        elif _TRAILER.fullmatch(text):
            self.trailer = text
            self.lines.append(Line(""))
        elif is_unpublished(text) or (self._is_hidden and not raw.startswith("\t")):
            # A note says it of itself, any other line of the lines up to the next paragraph.
            self._is_hidden = self._is_hidden or not _NOTE.match(text)
            if in_head:
                self.desk.append(text)
            self.lines.append(Line(""))
        elif is_display:
            role = self._role(text, in_head=in_head, is_first=is_first)
            if in_head and role is Role.NOTE:
                self.desk.append(text)
            self.lines.append(Line(text, role))
        else:
            self._has_byline = self._is_hidden = False
            self.text.append(text)
            # An indent opens a paragraph of wrapped text.
            self.lines.append(Line(f"   {text}" if raw[:1] in ("\t", " ") else text))

    def _role(self, text: str, *, in_head: bool, is_first: bool) -> Role:
        """Return the role of a line that begins with a caret."""
        if is_first or (in_head and _KEYWORD.match(text)):
            self.metadata.setdefault("slug", text)
            self._note_take(text)
            return Role.NOTE
        if _BY.match(text) and len(text) < _LONGEST_BYLINE:
            self._has_byline = True
            names = authors_of(text)
            self.authors += [name for name in names if not _HOUSE.fullmatch(name)]
            return Role.BYLINE
        if self._has_byline and in_head and len(text) < 80 and _UNDER_BYLINE.search(text):
            return Role.BYLINE  # the writer's job or house
        if _NOTE.match(text):
            return Role.NOTE
        if in_head and not self._has_byline:
            self.title = self.title or text
            return Role.HEADLINE
        return Role.SUBHEAD

    def story_lines(self) -> list[Line]:
        """Return the lines; where only headlines stand, all but the first are the text."""
        if self.text:
            return self.lines
        return [
            line._replace(role=None)
            if line.role is Role.HEADLINE and line.text != self.title
            else line
            for line in self.lines
        ]


# As `Format` has them.
recognises = partial(opens, _SNIFF)
read = partial(read_stories, _story)
