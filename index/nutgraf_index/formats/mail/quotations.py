"""Tells which lines of a message are quotations, signatures and footers."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from nutgraf_index.model import Mark, Role

__all__ = ["Line", "text_and_marks"]

_ORIGINAL = re.compile(
    r"[-_*>\s]{2,}\s*(?:Original (?:Message|Appointment)|Ursprüngliche Nachricht|Message d'origine"
    r"|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Mensagem original|Reply message"
    r"|Originalmeddelande|Oprindelig meddelelse)\s*[-_*\s]*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(
    r"(?:[-_*\s]{2,}\s*)?(?:Begin forwarded message:?"
    r"|Anfang der weitergeleiteten (?:Nachricht|E-Mail):?"
    r"|Début du message transféré ?:?)"
    r"|[-_*\s]{2,}\s*(?:Forwarded (?:message|by\b.*)|Weitergeleitete Nachricht|Message transféré"
    r"|Mensaje reenviado|Messaggio inoltrato|Doorgestuurd bericht)\s*[-_*\s]*",
    re.IGNORECASE,
)
_FORWARD_TITLE = re.compile(r"\s*(?:fwd?|wg|tr|rv|enc|doorst|vs)\s*:", re.IGNORECASE)
_LABEL = re.compile(
    r"[*_]{0,2}(?P<from>From|Von|De|Da|Van|Från|Fra)[*_]{0,2} ?:[*_]{0,2}(?: |\xa0|$)"
    r"|[*_]{0,2}(?:Sent|Date|To|Cc|Subject|Gesendet|Datum|An|Betreff|Envoyé|À|Objet|Enviado|Fecha"
    r"|Para|Asunto|Inviato|Data|A|Oggetto|Verzonden|Aan|Onderwerp|Reply-To|Importance|Attachments"
    r"|Skickat|Till|Ämne|Sendt|Til|Emne)[*_]{0,2} ?:",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(
    r"(?:(?:On|Am|Le|El|Il|Op|Em|Den|På)\b.{6,250}?\b(?:wrote|schrieb|a écrit|escribió|"
    r"ha scritto|schreef|escreveu|skrev)\b.{0,100}?|\S.{2,150}?\b(?:wrote|writes|schrieb|a écrit"
    r"|escribió)(?: on .{4,60}| in message .{3,120})?) ?:",
    re.DOTALL,
)
_MOBILE = re.compile(
    r"(?:Sent (?:from|via|with) (?:my |an? )?(?:\S+ ?){1,6}|Get Outlook for \S+.*"
    r"|Von meinem \S+(?: \S+)? gesendet|Gesendet von \S+(?: \S+){0,4}"
    r"|Envoyé de(?:puis)? mon .{2,40}"
    r"|Enviado desde mi .{2,40}|Inviato da(?:l mio)? .{2,40}|Verstuurd vanaf mijn .{2,40})\.?",
    re.IGNORECASE,
)
_RULE = re.compile(r"[_=-]{8,}\s*|-- ?")
_LIST = re.compile(
    r"mailing list\b|unsubscribe|listinfo|list-unsubscribe"
    r"|You received this message because you are"
    r"|To post to this group|list archives?:|For additional commands, e-mail",
    re.IGNORECASE,
)
_CONFIDENTIAL = re.compile(
    r"(?:(?:IMPORTANT|CONFIDENTIALITY|LEGAL|PRIVACY)[\w ]{0,20}(?:NOTICE|DISCLAIMER)"
    r"|This (?:e-?mail|message|communication)(?: \S+){0,12} (?:confidential|privileged"
    r"|intended))\b",
    re.IGNORECASE,
)
_SIGNATURE_LINES = 15
_FOOTER_LINES = 8
_QUOTE, _END = 1, 2  # of a quotation; of a signature or footer


class Line(NamedTuple):
    """A line of a message.

    Attributes:
        text: its characters.
        quoted: whether the message says that it is quoted.
        block: whether it is a whole block of an HTML part.
        level, item: as in `Mark`.
    """

    text: str
    quoted: bool = False
    block: bool = False
    level: int = 0
    item: bool = False


def text_and_marks(lines: Sequence[Line], title: str) -> tuple[str, tuple[Mark, ...]]:
    """Return the text of a message, and marks of its notes and of the blocks of HTML.

    What is forwarded is part of the message. So is a quotation in a message of nothing else.
    """
    kinds = _kinds(lines, is_forward=bool(_FORWARD_TITLE.match(title)))
    if not any(line.text.strip() and not kind for line, kind in zip(lines, kinds, strict=True)):
        kinds = [0 if kind == _QUOTE else kind for kind in kinds]
    marks: list[Mark] = []
    offset = 0
    start = end = -1  # of the note that is open

    def close() -> None:
        if start >= 0:
            marks.append(Mark(start, end, Role.NOTE))

    for line, kind in zip(lines, kinds, strict=True):
        written = line.text.strip()
        is_blank = not written.strip("> \t")
        first = offset + len(line.text) - len(line.text.lstrip())
        if start >= 0 and (not kind or is_blank or line.block):
            close()
            start = -1
        if kind and not is_blank:
            start = first if start < 0 else start
            end = first + len(written)
        elif line.block and written:
            marks.append(Mark(first, first + len(written), None, line.level, line.item))
        offset += len(line.text) + 1
    close()
    return "\n".join(line.text for line in lines), tuple(marks)


def _kinds(lines: Sequence[Line], *, is_forward: bool) -> list[int]:
    """Return for each line whether it is of a quotation, of a footer, or 0."""
    count = len(lines)
    kinds = [0] * count
    number = 0
    is_empty = True  # whether nothing of the message's own was before
    while number < count:
        line = lines[number]
        text = line.text.strip()
        stop = number + 1
        kind = 0
        if line.quoted:
            kind = _QUOTE
        elif not text:
            pass
        elif text == "--":
            stop, kind = _signature_end(lines, number), _END
        elif _FORWARDED.fullmatch(text):
            stop, kind = _labels_end(lines, number + 1), _QUOTE
            is_forward = True
        elif _ORIGINAL.fullmatch(text) or _labels_end(lines, number) > number + 2:
            kind = _QUOTE
            stop = _labels_end(lines, number + bool(_ORIGINAL.fullmatch(text)))
            stop = stop if is_forward or is_empty else count
        elif span := _attribution(lines, number):
            kind = _QUOTE
            stop = number + span
            after = next((one for one in lines[stop:] if one.text.strip()), None)
            if after is not None and not after.quoted and not is_empty:
                stop = count
        elif len(text) < 80 and _MOBILE.fullmatch(text) and _is_near_end(lines, stop):
            kind = _END
        elif _is_footer(lines, number):
            stop, kind = count, _END
        elif _CONFIDENTIAL.match(text):
            stop = next((n for n in range(stop, count) if not lines[n].text.strip()), count)
            kind = _END
        elif text.startswith("-----BEGIN PGP SIGNATURE"):
            is_end = (n for n in range(number, count) if "-----END PGP" in lines[n].text)
            stop, kind = next(is_end, count - 1) + 1, _END
        is_empty = is_empty and not (text and not kind)
        kinds[number:stop] = [kind] * (stop - number)
        number = stop
    return kinds


def _signature_end(lines: Sequence[Line], start: int) -> int:
    """Return the number of the line after a signature."""
    written = 0
    blank = 0
    for number in range(start + 1, len(lines)):
        if lines[number].quoted:
            return number
        if lines[number].text.strip():
            written += 1
        elif not blank and written:
            blank = number
        if written > _SIGNATURE_LINES:  # the message goes on, as in a digest
            return blank or start + 1
    return len(lines)


_MOST_LABELS = 100  # lines of a block of labels


def _labels_end(lines: Sequence[Line], start: int) -> int:
    """Return the number of the line after a block of labels such as From:, Sent: and To:."""
    number = start
    while number < len(lines) and number < start + 2 and not lines[number].text.strip():
        number += 1
    labels = 0
    has_sender = False
    end = start
    rest = 0
    last = min(len(lines), start + _MOST_LABELS)
    while number < last and rest < 3:
        text = lines[number].text.strip().lstrip("> ")
        match = _LABEL.match(text)
        if match:
            labels += 1
            has_sender = has_sender or match["from"] is not None
            rest = 0
            end = number + 1
        elif text and labels and not lines[number].block:
            rest += 1  # a long list of addresses
        elif not (lines[number].text.strip() == "" and labels and _next_is_label(lines, number)):
            break
        number += 1
    return end if labels >= 3 and has_sender else start


def _next_is_label(lines: Sequence[Line], number: int) -> bool:
    """Return whether the line after a blank one, between two blocks of HTML, is a label."""
    after = lines[number + 1] if number + 1 < len(lines) else None
    return after is not None and after.block and _LABEL.match(after.text.strip()) is not None


def _attribution(lines: Sequence[Line], start: int) -> int:
    """Return the number of lines of a sentence such as "On Monday, Ann Lee wrote:"; or 0."""
    text = ""
    for count, line in enumerate(lines[start : start + 3], 1):
        part = line.text.strip()
        if not part or line.quoted or len(part) > 300:
            return 0
        text = f"{text} {part}".strip()
        if part.endswith(":"):
            if not _ATTRIBUTION.fullmatch(text):
                return 0
            after = next((one for one in lines[start + count :] if one.text.strip()), None)
            is_dated = any(sign.isdigit() for sign in text) and not text.startswith(">")
            return count if (after is not None and after.quoted) or is_dated else 0
    return 0


def _is_near_end(lines: Sequence[Line], start: int) -> bool:
    """Return whether nothing follows but quotations, or lines that are few."""
    own = [line for line in lines[start:] if line.text.strip() and not line.quoted]
    return len(own) < 3 or any(
        _attribution(lines, number) or _ORIGINAL.fullmatch(lines[number].text.strip())
        or _labels_end(lines, number) > number + 2
        for number in range(start, min(start + 4, len(lines)))
    )  # fmt: skip


def _is_footer(lines: Sequence[Line], start: int) -> bool:
    """Return whether the footer of a mailing list begins with a line, and ends the message."""
    if not _RULE.fullmatch(lines[start].text.strip() + " "):
        return False
    rest = [line.text for line in lines[start + 1 : start + 2 + 2 * _FOOTER_LINES]]
    written = [text for text in rest if text.strip()]
    return len(written) <= _FOOTER_LINES and any(map(_LIST.search, written))
