"""IPTC 7901: the wire format of European agencies."""

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

_HEADER = re.compile(r"\x01([A-Za-z]{1,8})(\d{1,6})\s+(\d)\s+([A-Za-z]{1,3})\s+(\d{1,6})\b\s*(.*)")
_SNIFF = re.compile(
    r"[\s\x16\x00]*\x01[A-Za-z]{1,8}\d{1,6}\s+\d\s+[A-Za-z]{1,3}\s+\d|(?:\^V)*\^A[A-Za-z]{1,8}\d{1,6}\s+\d\s+[A-Za-z]"
)
_SENT = re.compile(r"(\d\d)(\d\d)(\d\d)\s+([A-Z]{2,4})\s+([A-Za-z]{3,4})\.?\s+(\d\d(?:\d\d)?)")
_BY = re.compile(r"(?:by|von|par|por|di)\s", re.IGNORECASE)
_VERSION = re.compile(
    r"\(?(?:\d+(?:ST|ND|RD|TH) (?:LEAD|ADD|TAKE|ROUNDUP|UPDATE)|REFILE|LEAD|URGENT|CORRECTION|FLASH"
    r"|ADVISORY|KILL|WITHDRAWN|WITHHELD|EMBARGOED|SPERRFRIST|EDS?:.*|Attn.*|ROUNDUP|EXTRA"
    r"|NEWS ALERT|(?:\d\. )?(?:ZF|Zusammenfassung)|achtung)\b.*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(r"(?:[a-zA-Z]{2,4}(?:[/ -][a-z]{2,4}){0,5}|[#*= -]{3,}|#+ ?\w+ NOTEBOOK)\s*")
# What follows is for editors: links, contacts, changes.
_NOTEBOOK = re.compile(
    r"#+ ?(?:\w+ )?(?:notebook|note to editors|editorial note|notizblock)\b.*", re.I
)
_LINES_IN_HEAD = 8


def _story(raw: list[str], line: int, origin: Origin) -> Article | Fault:
    """Return the article of the lines of a message."""
    metadata: dict[str, Any] = {}
    number = source = ""
    if header := _HEADER.search(raw[0]):
        service, sequence, priority, category, words, rest = header.groups()
        number = metadata["number"] = service + sequence
        metadata.update(priority=priority, category=category.lower(), words=words)
        agency = next((word for word in cleaned(rest).split() if word in _AGENCIES), "")
        source = _AGENCIES.get(agency, "")
    start = next((row for row, text in enumerate(raw) if "\x02" in text), 1)
    keyword = " ".join(filter(None, (cleaned(text).strip(" /") for text in raw[1:start])))
    if keyword:
        metadata["keyword"] = keyword
    lines: list[Line] = [Line("")] * start
    bodies: list[str] = []
    trailer = ""
    for row in range(start, len(raw)):
        text = raw[row].partition("\x02")[2] if row == start and "\x02" in raw[row] else raw[row]
        text, control, after = text.partition("\x03")
        bodies.append(cleaned(text))
        if control:
            trailer = " ".join([cleaned(after), *map(cleaned, raw[row + 1 : row + 4])])
            break
    head_end = next(
        (
            row + 1
            for row, text in enumerate(bodies[:_LINES_IN_HEAD])
            if text.rstrip().endswith("=")
        ),
        next((row for row, text in enumerate(bodies) if not text.strip()), 0),
    )
    title = ""
    authors: tuple[str, ...] = ()
    desk: list[str] = [keyword]
    for text in bodies[:head_end]:
        text = text.strip().rstrip("= ").strip()
        role = Role.HEADLINE
        if not text or is_unpublished(text):
            text = ""
        elif _BY.match(text) and (title or len(bodies[:head_end]) > 1):
            role = Role.BYLINE
            authors += authors_of(text)
        elif _VERSION.fullmatch(text):
            role = Role.NOTE
            metadata["take"] = text
            desk.append(text)
        else:
            title = f"{title} {text}".strip()
        lines.append(Line(text, role))
    hidden = next(
        (row for row, text in enumerate(bodies) if row >= head_end and is_unpublished(text)),
        len(bodies),
    )
    story = bodies[head_end:hidden]
    last = next(
        (row for row, text in enumerate(story) if _NOTEBOOK.match(text.strip())), len(story)
    )
    while last and (not story[last - 1].strip() or _SIGN_OFF.fullmatch(story[last - 1].strip())):
        last -= 1
    for row, text in enumerate(story):
        is_sign = row >= last and bool(re.search(r"[^\W\d_]", text))
        lines.append(Line(text, Role.NOTE if is_sign else None))
    date = ""
    if sent := _SENT.search(trailer):
        year = sent[6] if len(sent[6]) == 4 else f"{'19' if int(sent[6]) >= 70 else '20'}{sent[6]}"
        date = date_in(f"{sent[1]} {sent[5]} {year}")
        metadata["sent"] = sent[0]
    reason, again = unshown(
        "\n".join(desk), "\n".join([title, *story[:6]]), date, origin.options.now
    )
    if reason:
        return Fault(reason, line, again)
    properties = {
        "id": number,
        "title": title,
        "authors": tuple(dict.fromkeys(name for name in authors if name.lower() not in _AGENCIES)),
        "date": date,
        "source": source,
        "metadata": metadata,
    }
    return article_of_lines(lines, line, properties, origin)


_NAMES = "dpa AFP ANSA APA EFE TT NTB PAP ANP Belga sda STA ČTK CTK AAP PA Reuters AP"
_AGENCIES = {name.lower(): name for name in _NAMES.split()}

# As `Format` has them.
recognises = partial(opens, _SNIFF)
read = partial(read_stories, _story)
