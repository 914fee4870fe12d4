"""The lines of a message's text parts: plain text, flowed text and HTML."""

import email.message
import re

from nutgraf_index.formats.mail.headers import decoded
from nutgraf_index.formats.mail.quotations import Line
from nutgraf_index.formats.mail.repair import content_of
from nutgraf_index.names import printable

__all__ = ["html_lines", "invitation_lines", "part_text", "plain_lines"]

_OPEN, _CLOSE = "\ue0f0", "\ue0f1"  # private characters that stand around a quotation in a page
_BLOCKQUOTE = re.compile(r"<(/?)blockquote\b[^>]*>", re.IGNORECASE)
_QUOTES = (
    "//blockquote | //*[contains(concat(' ', @class, ' '), ' gmail_quote ')"
    " or contains(@class, 'yahoo_quoted') or contains(@class, 'moz-cite-prefix')"
    " or contains(@class, 'gmail_attr') or contains(@class, 'protonmail_quote')]"
)
_SIGNED = re.compile(
    r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:[A-Za-z]+:[^\n]*+\n)*+[^\S\n]*+\n\n*+"
)
_SIGNATURE = "\n-----BEGIN PGP SIGNATURE-----"
_TOLD = re.compile(r"^(?:SUMMARY|LOCATION|DESCRIPTION)(?:;[^\n:]*)?:([^\n]*)", re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_CODES = re.compile(r"<(?:param>[^<]*</param|/?[a-z-]{1,60})>", re.IGNORECASE)


def part_text(part: email.message.Message, given: str = "") -> str:
    """Return the decoded text of a part, with line feeds at the ends of its lines."""
    text = decoded(content_of(part), str(part.get_content_charset("") or ""), given)
    return printable(text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", ""))


def plain_lines(part: email.message.Message, text: str) -> list[Line]:
    """Return the lines of a plain part; those of flowed text are joined (RFC 3676)."""
    if part.get_content_subtype() in ("enriched", "richtext"):
        text = _CODES.sub("", text.replace("<<", "&lt;")).replace("&lt;", "<")
    lines = _unsigned(text).strip("\n").split("\n")
    if str(part.get_param("format", "")).lower() == "flowed":
        is_deleted = str(part.get_param("delsp", "")).lower() == "yes"
        lines = _joined(lines, is_deleted=is_deleted)
    return [Line(line.rstrip(), quoted=line.lstrip(" ").startswith(">")) for line in lines]


def _unsigned(text: str) -> str:
    """Return a text without the lines above what is signed in it (PGP)."""
    pieces = []
    position = 0
    while match := _SIGNED.search(text, position):
        end = text.find(_SIGNATURE, match.end())
        end = len(text) if end < 0 else end  # the signature was cut off
        pieces += [
            text[position : match.start()],
            re.sub(r"(?m)^- ", "", text[match.end() : end]),
        ]
        position = end
    return "".join([*pieces, text[position:]])


def _joined(lines: list[str], *, is_deleted: bool) -> list[str]:
    """Return the lines of a flowed text, joined where they end with a space."""
    joined: list[list[str]] = []  # the pieces of each line
    depth_before = -1  # of the line that goes on; -1 for none
    for line in lines:
        body = line.lstrip(">")
        depth = len(line) - len(body)
        body = body.removeprefix(" ")
        is_flowed = body.endswith(" ") and body != "-- "
        own = body[:-1] if is_flowed and is_deleted else body
        if depth == depth_before and body != "-- ":
            joined[-1].append(own)
        else:
            joined.append([">" * depth + " " if depth else "", own])
        depth_before = depth if is_flowed else -1
    return ["".join(pieces) for pieces in joined]


def invitation_lines(text: str) -> list[Line]:
    """Return what an invitation (iCalendar) tells its readers: summary, place and description."""
    lines: list[Line] = []
    unfolded = re.sub(r"\n[ \t]", "", text)
    for match in _TOLD.finditer(unfolded):
        value = _ESCAPE.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], match[1]).strip()
        if value and all(line.text != value for line in lines):
            lines += [Line("")] * bool(lines) + [Line(piece) for piece in value.split("\n")]
    return lines


def html_lines(markup: str) -> list[Line]:
    """Return the blocks of an HTML part, with blank lines between them.

    Without the packages of the extra `html`, its tags are taken out by the standard library.
    """
    try:
        from nutgraf_index.formats.html.page import parse  # lxml is of an extra
    except ImportError:
        return _stripped(markup)
    from nutgraf_index.errors import ArticleError
    from nutgraf_index.formats.html.blocks import blocks_of

    try:
        root = parse(markup).root
    except ArticleError:  # more elements than pages have
        return _stripped(markup)
    for element in root.xpath(_QUOTES):
        if element.getparent() is None:
            continue
        for sign, place in ((_OPEN, 0), (_CLOSE, 1)):
            border = element.makeelement("p")
            border.text = sign
            if place:
                border.tail, element.tail = element.tail, None
                element.addnext(border)
            else:
                element.addprevious(border)
    lines: list[Line] = []
    depth = 0
    before = ""
    for block in blocks_of(root):
        if block.text in (_OPEN, _CLOSE):
            depth = max(depth + (1 if block.text == _OPEN else -1), 0)
            continue
        if lines and not (block.is_break or (block.tag == before and before in ("li", "tr"))):
            lines.append(Line(""))
        before = block.tag
        if block.tag == "pre":
            pieces = block.text.split("\n")
            lines += [Line(piece, bool(depth) or piece.startswith(">")) for piece in pieces]
            continue
        level = int(block.tag[1]) if re.fullmatch("h[1-6]", block.tag) else 0
        quoted = bool(depth) or block.text.startswith(">")
        lines.append(Line(block.text, quoted, True, level, block.tag == "li"))
    return lines


def _stripped(markup: str) -> list[Line]:
    """Return the paragraphs of a page, by the standard library."""
    from nutgraf_index.formats.decoding.web_page import paragraphs_of_page  # slow to import

    def border(match: re.Match[str]) -> str:
        return f"<p>{_CLOSE if match[1] else _OPEN}</p>"

    lines: list[Line] = []
    depth = 0
    for paragraph in paragraphs_of_page(_BLOCKQUOTE.sub(border, markup))[0]:
        if paragraph in (_OPEN, _CLOSE):
            depth = max(depth + (1 if paragraph == _OPEN else -1), 0)
            continue
        for piece in paragraph.split("\n"):
            lines.append(Line(piece, bool(depth) or piece.startswith(">"), bool(piece.strip())))
    return lines
