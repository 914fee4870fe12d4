"""Small messages, mailboxes and WARC files made by hand."""

from collections.abc import Iterable
from email.message import EmailMessage

__all__ = ["mailbox", "message", "page", "warc"]

DATE = "Mon, 06 Jan 2020 10:00:00 +0100"


def message(text: str, subject: str = "Otters", own: str = "m1@varn.example") -> EmailMessage:
    """Return a message of Zoë Lee to Bo."""
    made = EmailMessage()
    made["From"] = "Zoë Lee <zoe@varn.example>"
    made["To"] = "Bo <bo@varn.example>"
    made["Date"] = DATE
    made["Subject"] = subject
    made["Message-ID"] = f"<{own}>"
    made.set_content(text)
    return made


def mailbox(messages: Iterable[EmailMessage | bytes]) -> bytes:
    """Return a mailbox."""
    border = b"From zoe@varn.example Mon Jan  6 10:00:00 2020\n"
    made = (one if isinstance(one, bytes) else one.as_bytes() for one in messages)
    return b"".join(border + one + b"\n" for one in made)


def page(title: str, words: str = "The harbour board voted to close the old pier") -> bytes:
    """Return a web page."""
    stories = "".join(
        f"<p>{words} for the winter of {year}, its chairman said on Tuesday at the town hall.</p>"
        for year in range(2016, 2021)
    )
    body = f"<article><h1>{title}</h1>{stories}</article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def warc(
    url: str,
    content: bytes,
    *,
    status: str = "200 OK",
    head: str = "text/html",
    kind: str = "response",
) -> bytes:
    """Return a record of a WARC file."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {head}\r\n\r\n".encode() + content
    fields = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2020-01-06T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return fields.encode() + answer + b"\r\n\r\n"
