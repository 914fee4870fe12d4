"""What the wires share: decoding, stories of a file, cleaned lines, and advisories."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.decoding.encodings import decode
from nutgraf_index.formats.exports.sheet import Origin, article_of_rows, sheet_of_text
from nutgraf_index.formats.exports.values import date_in
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.model import Article, Role

__all__ = [
    "Line",
    "article_of_lines",
    "cleaned",
    "decode_wire",
    "is_unpublished",
    "opens",
    "read_stories",
    "unshown",
]

_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED = re.compile(r"\x0b([?-_])")
# Control characters as a terminal prints them. A caret with a letter may also begin a line of
# text; so only whole sequences of an envelope are taken.
_CARETS = (
    (re.compile(r"(?:^|(?<=\^D))(?:\^V)*\^A(?=[A-Za-z]+\d)", re.MULTILINE), "\x01"),
    (re.compile(r"\^S\^Q|\^T\^R|\^S\^R|\^T\^Q"), "\x13\x11"),
    (re.compile(r"(?<=\d)\^_(?=[\w-]{3,12}(?:\^M)?\s)"), "\x1f"),
    (re.compile(r"^\^B(?=[\^(A-Z0-9])", re.MULTILINE), "\x02"),
    (re.compile(r"\^C(?=[A-Z]{2}-[A-Z]{2}-\d\d|\d{6} )"), "\x03"),
    (re.compile(r"^\^L(?:\^M)?$|^(?:\^\?)*\^D(?=\x01|(?:\^M)?$)", re.MULTILINE), "\x04"),
    (re.compile(r"^\^I", re.MULTILINE), "\t"),
    (re.compile(r"\^M$", re.MULTILINE), ""),
)
_CARET_ENVELOPE = re.compile(r"(?:\^V)*\^A[A-Za-z]+\d")
_SPACES = re.compile(r"\^?[\x08\x10\x1c-\x1f\t]+\^?")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# In the keyword, the version or a note to editors; headlines tell of people who were killed.
_KILL = re.compile(
    r"\b(?:BULLETIN|MANDATORY|URGENT|Bulletin|Mandatory)[ -](?:KILL|Kill|WITHHOLD|Withhold)\b"
    r"|^\W*(?:KILL|WITHHELD|WITHHOLD|WITHDRAWN)\b|[,-] ?(?:KILL|Kill|WITHHELD|WITHDRAWN)\W*$"
    r"|\b(?:story|item|article|report|take) (?:is|was|has been|should be) "
    r"(?:killed|withdrawn|withheld)\b|\b(?:Meldung|Beitrag) (?:ist|wird|wurde) zurückgezogen\b"
    r"|^ADVISORY\b.{0,100}\b(?:killed|withdrawn|withheld)\b",
    re.MULTILINE,
)
_KILL_NOTICE = re.compile(
    r"\W*(?:BULLETIN|MANDATORY) KILL\b"
    r"|\W*(?:EDITORS|Editors|Eds)\b.{0,120}\b(?:KILL|kill) (?:the|this|BC)"
)
_EMBARGO = re.compile(
    r"\b(?:EMBARGOED|(?i:embargoed (?:until|till|for|to)|hold for release|under embargo|sperrfrist"
    r"|sous embargo))\b[^\n]{0,120}"
)
_DAY = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})\b(?!:)|\b(\d{1,2})\.? ([A-Z][a-z]{2,8})\b")
_WEEKS_OF_EMBARGO = 4  # of an embargo that names no date, such as "until Friday"
_LAST_ZONE = datetime.timezone(datetime.timedelta(hours=-12))
_UNPUBLISHED = re.compile(
    r"\bnot (?:intended )?for publication\b|\bnicht zur ver(?:ö|oe)ffentlichung\b"
    r"|\bnon destin(?:é|e)e?s? (?:à|a) la publication\b|\btransmission note\b",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """A line of a story without control characters, and its role; an empty role for story text."""

    text: str
    role: Role | None = None


def opens(first_line: re.Pattern[str], head: str) -> bool:
    """Return whether a text begins as a wire file whose first line matches a pattern."""
    if "\x01" not in head[:64] and "^A" not in head[:64]:
        return False
    return first_line.match(head) is not None and ("\x02" in head or "^B" in head)


def read_stories(
    story: Callable[[list[str], int, Origin], Article | Fault],
    path: str,
    data: bytes,
    options: ReadOptions = AS_FOUND,
) -> Iterator[Article | Fault]:
    """Yield the articles of a file, and a fault for each story that must not be shown.

    `story` returns one of them for the lines of a story, the number of the first, and the origin.
    Raises `ArticleError` for binary data.
    """
    text, encoding = decode_wire(data, options.encoding)
    del data
    origin = Origin(path, encoding, options)
    for line, lines in _stories(text):
        yield story(lines, line, origin)


def decode_wire(data: bytes, given: str) -> tuple[str, str]:
    """Return the text of a wire file with its control characters, and its encoding.

    So many control characters make other files binary. Raises `ArticleError`.
    """
    escaped = _CONTROLS.sub(lambda match: b"\x0b" + bytes([(match[0][0] + 64) & 127]), data)
    text, encoding = decode(escaped, given)
    text = _ESCAPED.sub(lambda match: chr((ord(match[1]) - 64) & 127), text)
    if _CARET_ENVELOPE.search(text[:4096]) and "\x01" not in text[:4096]:
        for pattern, control in _CARETS:
            text = pattern.sub(control, text)
    if not text.strip():
        raise ArticleError("empty")
    return text, encoding


def _stories(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the stories of a file: the line of each, from 1, and its lines with the first byte."""
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    start: int | None = None
    for number, line in enumerate(lines):
        if "\x01" in line:
            if start is not None:
                yield start + 1, lines[start:number]
            start = number
    if start is not None:
        yield start + 1, lines[start:]


def cleaned(text: str) -> str:
    """Return a line without control characters; those that space words become spaces."""
    return _NO_TEXT.sub("", _SPACES.sub(" ", text)).rstrip()


def unshown(desk: str, story: str, sent: str, now: datetime.datetime | None) -> tuple[str, bool]:
    """Return why a story must not be shown, and whether that may end; no reason if it may.

    Args:
        desk: what is for editors: keyword, version and notes.
        story: the beginning of the story.
        sent: the day on which it was sent, `YYYY-MM-DD`; empty if it is unknown.
        now: the time that embargoes are judged by, with a time zone; None for the present.
    """
    if kill := _KILL.search(desk):
        return f"killed or withheld: {kill[0].strip(' -^,')}", False
    if _KILL_NOTICE.match(story.strip()):
        return "killed or withheld: it tells editors to kill a story", False
    embargo = _EMBARGO.search(desk)
    if embargo and _is_under(embargo[0], sent, now):
        return f"under embargo: {embargo[0].strip()}", True
    return "", False


def _is_under(embargo: str, sent: str, now: datetime.datetime | None) -> bool:
    """Return whether an embargo holds; it ends when the day that it names is over everywhere."""
    today = (now or datetime.datetime.now(datetime.UTC)).astimezone(_LAST_ZONE).date()
    until = date_in(embargo)
    if not until and sent and (day := _DAY.search(embargo)):
        until = date_in(f"{day[1] or day[4]} {day[2] or day[3]} {sent[:4]}")
    if not until and sent:
        last = datetime.date.fromisoformat(sent) + datetime.timedelta(weeks=_WEEKS_OF_EMBARGO)
        until = last.isoformat()
    return not until or until >= today.isoformat()


def is_unpublished(text: str) -> bool:
    """Return whether a line says that what follows is not for publication."""
    return _UNPUBLISHED.search(text) is not None


def article_of_lines(
    lines: list[Line], line: int, properties: dict[str, Any], origin: Origin
) -> Article | Fault:
    """Return the article of cleaned lines, the first of which is `line` of the file.

    Each line with a role is a passage.
    """
    sheet = sheet_of_text("\n".join(entry.text for entry in lines))
    marks: list[tuple[int, int, Role]] = []
    for row, entry in enumerate(lines):
        if entry.role is not None and sheet.rows[row]:
            marks.append((sheet.starts[row], sheet.end(row), entry.role))
    article = article_of_rows(sheet, range(len(lines)), marks, properties, origin)
    if article is None:
        return Fault("a story without text", line)
    return replace(article, line=line + article.line - 1)
