"""Broken mail of real mailboxes: the text is read, and nothing is lost in silence."""

import base64
import binascii
import struct
from email.message import Message

import pytest

from nutgraf import Article
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.mail.headers import codec_name, decoded
from nutgraf_index.formats.mail.repair import content_of, without_files
from nutgraf_index.formats.mail.tnef import tnef_body, tnef_files
from nutgraf_index.formats.registry import read_articles
from quick import within
from scale import size

HEADER = (
    b"From: Zoe Lee <zoe@varn.example>\nSubject: Otters\n"
    b"Date: Mon, 6 Jan 2020 10:00:00 +0100\nMessage-ID: <m1@varn.example>\nMIME-Version: 1.0\n"
)
BODY = b"The otters are back.\n\nThey eat fish."
TEXT = BODY.decode()
PART = b"--b\nContent-Type: text/plain\n\n" + BODY + b"\n"
BORDER = b"From zoe@varn.example Mon Jan  6 10:00:00 2020\n"


def mixed(parts: bytes, kind: bytes = b"mixed") -> bytes:
    return HEADER + b"Content-Type: multipart/" + kind + b"; boundary=b\n\n" + parts


def typed(header: bytes, body: bytes = BODY) -> bytes:
    return HEADER + header + b"\n\n" + body


def read(data: bytes, path: str = "a.eml") -> tuple[list[tuple[str, str]], list[str]]:
    entries = [*read_articles(path, data)]
    articles = [(one.id, one.text) for one in entries if isinstance(one, Article)]
    return articles, [one.reason for one in entries if isinstance(one, Fault)]


NO_BOUNDARY = HEADER + b"Content-Type: multipart/mixed\n\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (NO_BOUNDARY + PART + b"--b--\n", TEXT),
        (NO_BOUNDARY + BODY, TEXT),
        (NO_BOUNDARY + b"<p>The otters are back.</p>", "The otters are back."),
        (mixed(PART.replace(b"--b", b"--other") + b"--other--\n"), TEXT),
        (mixed(BODY), TEXT),
        (NO_BOUNDARY + "Café".encode(), "Café"),
        (NO_BOUNDARY.replace(b"mixed", b"mixed; charset=a\0b") + b"Caf\xe9", "Café"),
        (mixed(PART), TEXT),
        (mixed(BODY + b"\n--b--\n"), TEXT),
        (mixed(b"This is a multi-part message in MIME format.\n" + PART + b"--b--\n"), TEXT),
        (mixed(PART + b"--b--\nTold by Bo.\n"), TEXT + "\n\nTold by Bo."),
        (mixed(b"--b--\nTold by Bo.\n" + PART + b"--b--\n"), "Told by Bo.\n\n" + TEXT),
        (mixed(PART + b"--b--\n--b\n\nTold by Bo.\n--b--\n"), TEXT + "\n\nTold by Bo."),
        (mixed(b"--b\n" + mixed(PART)[len(HEADER) :] + b"--b--\n--b--\n"), TEXT),
        (mixed(PART + PART.replace(b"back", b"gone") + b"--b--", b"alternative"),
         f"{TEXT}\n\n{TEXT.replace('back', 'gone')}"),
        (HEADER.replace(b"MIME-Version: 1.0\n", b"\n") + PART + b"--b--\n", TEXT),
    ],
)  # fmt: skip
def test_text_is_found_whatever_the_boundaries_are(data: bytes, text: str) -> None:
    assert read(data) == ([("", text)], [])


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ((HEADER + b"\n" + BODY).replace(b"\n", b"\r"), TEXT),
        ((HEADER + b"\n" + BODY).replace(b"\n", b"\r\r\n"), TEXT),
        (b"\0\0\n\n" + HEADER + b"\n" + BODY, TEXT),
        (HEADER + BODY, TEXT),
        (HEADER + b"a line of a field\nX-Mailer: Varn\n\n" + BODY, TEXT),
        (HEADER + b"Odd Field: x\nContent-Type: text/plain\n\n" + BODY, TEXT),
        (HEADER + b"  \n" + BODY, TEXT),
        (HEADER + b"\n" + BODY.replace(b"back", b"\0back") + b"\0" * 400, TEXT),
        (HEADER + b"\nCaf\xe9 \0otters", "Café otters"),
        (typed(b"Content-Type: text"), TEXT),
        (typed(b"Content-Type: text/plain text"), TEXT),
        (typed(b"Content-Type: text/x-markdown"), TEXT),
        (typed(b"Content-Type: application/octet-stream"), TEXT),
        (typed(b"Content-Type: text/plain; name=a.txt"), TEXT),
        (typed(b"Content-Type: text/plain\nContent-Disposition: attachment"), TEXT),
        (typed(b"Content-Type: text/enriched", b"<bold>Otters</bold> << badgers"),
         "Otters < badgers"),
        (typed(b"Content-Transfer-Encoding: base64"), TEXT),
        (typed(b"Content-Transfer-Encoding: base64",
               base64.encodebytes(BODY) + b"\n--\nThe list of Varn\n"),
         TEXT + "\n\n--\nThe list of Varn"),
        (typed(b"Content-Transfer-Encoding: base64",
               base64.b64encode(b"The o") + b"\n" + base64.b64encode(b"tters.")), "The otters."),
        (typed(b"Content-Transfer-Encoding: quoted printable (as ever)", b"Caf=C3=A9"), "Café"),
        (typed(b"Content-Transfer-Encoding: 8-bit"), TEXT),
        (typed(b"Content-Type: text/plain; charset=x-cp-850", b"Caf\x82"), "Café"),
        (typed(b"Content-Type: text/plain; charset=utf8mb4", b"Caf\xc3\xa9"), "Café"),
        (typed(b"Content-Type: text/plain; charset=iso-8859-1", b"Caf\xc3\xa9"), "Café"),
        (typed(b"Content-Type: text/plain; charset=utf-16", b"Cafe"), "Cafe"),
        (typed(b"Content-Type: text/calendar", b"BEGIN:VEVENT\nSUMMARY:Vote\\, at last\n"
               b"DESCRIPTION;LANGUAGE=en:On the\n  pier.\\nAt nine.\nEND:VEVENT\n"),
         "Vote, at last\n\nOn the pier.\nAt nine."),
        (typed(b"", b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + BODY), TEXT),
    ],
)  # fmt: skip
def test_text_is_read_whatever_the_header_says(data: bytes, text: str) -> None:
    articles, faults = read(data)
    assert (faults, [(id, text.strip()) for id, text in articles]) == ([], [("", text)])


@pytest.mark.parametrize(
    ("charset", "name"),
    [
        ("WINDOWS1252", "cp1252"),
        ("win-1251", "cp1251"),
        ("cp-850", "cp850"),
        ("iso_8859_15", "iso8859-15"),
        ("iso88591", "cp1252"),
        ("iso-8859-8-i", "iso8859-8"),
        ("x-mac-roman", "mac-roman"),
        ("'utf-8';", "utf-8"),
        ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("unknown-8bit", "unknown-8bit"),
    ],
)
def test_wrong_names_of_encodings_are_known(charset: str, name: str) -> None:
    assert codec_name(charset) == name


def test_a_text_without_any_encoding_is_kept() -> None:
    assert decoded(b"otters\x01\x02\0 back", "hex") == "otters\x01\x02 back"


def test_a_message_in_a_message_may_be_encoded() -> None:
    inner = base64.encodebytes(b"From: bo@varn.example\nSubject: Badgers\n\nThey dig.\n")
    part = b"--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
    articles, faults = read(mixed(PART + part + inner + b"\n--b--\n"))
    assert (articles, faults) == ([("", TEXT), ("1", "They dig.")], [])


def test_a_file_kept_elsewhere_is_told() -> None:
    part = b"--b\nContent-Type: message/external-body; access-type=url\n\nContent-Type: a/b\n\n"
    told = "'Otters': a file that is kept elsewhere: get it by the address in the message"
    assert read(mixed(PART + part + b"--b--\n")) == ([("", TEXT)], [told])


def test_a_text_file_among_alternatives_is_an_attachment() -> None:
    file = b"--b\nContent-Type: text/plain; name=a.txt\n\nBadgers dig.\n"
    articles, _ = read(mixed(PART + file + b"--b--\n", b"alternative"))
    assert articles == [("", TEXT), ("a.txt", "Badgers dig.")]


def uuencoded(data: bytes) -> bytes:
    lines = [binascii.b2a_uu(data[start : start + 45]) for start in range(0, len(data), 45)]
    return b"begin 644 badgers.txt\n" + b"".join(lines) + b"`\nend\n"


def test_files_within_a_text_are_attachments() -> None:
    data = HEADER + b"\nSee below.\n\n" + uuencoded(b"Badgers dig. " * 20) + b"\nBo\n"
    articles, faults = read(data)
    assert [id for id, _ in articles] == ["", "badgers.txt"]
    assert articles[0][1].split() == ["See", "below.", "Bo"]
    assert (articles[1][1].strip(), faults) == (("Badgers dig. " * 20).strip(), [])
    assert without_files("begin 644 a\nMno code\nend\n")[1] == []


def outlook(*attributes: tuple[int, bytes]) -> bytes:
    pieces = [b"\x78\x9f\x3e\x22\0\0"]
    for id, value in attributes:
        pieces += [struct.pack("<BII", 2, id, len(value)), value, b"\0\0"]
    return b"".join(pieces)


def test_what_outlook_packs_is_read() -> None:
    packed = outlook(
        (0x0002800C, b"Told by Bo.\0"),
        (0x00069002, b""),
        (0x00018010, b"C:\\badgers.txt\0"),
        (0x0006800F, b"Badgers dig."),
    )
    head = b"--b\nContent-Type: application/ms-tnef; name=winmail.dat\n"
    part = head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(packed)
    articles, faults = read(mixed(PART + part + b"--b--\n"))
    assert (articles, faults) == ([("", TEXT), ("badgers.txt", "Badgers dig.")], [])
    assert read(mixed(part + b"--b--\n"))[0][0] == ("", "Told by Bo.")
    empty = head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(outlook())
    told = "winmail.dat (a message in the format of Outlook, without files that can be read)"
    assert read(mixed(PART + empty + b"--b--\n"))[1] == [f"'Otters': {told}"]
    for end in range(len(packed)):
        assert all(name in ("", "C:\\badgers.txt") for name, _ in tnef_files(packed[:end]))
        assert "Told by Bo.".startswith(tnef_body(packed[:end]))


@pytest.mark.parametrize("path", ["a.mbox", "a.txt", "a"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n", b"\r"])
@pytest.mark.parametrize(("above", "between"), [(b"", b"\n\n"), (b"\0" * 300, b"\n" + b"\0" * 300)])
def test_broken_mailboxes_are_read(path: str, end: bytes, above: bytes, between: bytes) -> None:
    first = BORDER + HEADER + b"\n" + BODY
    second = BORDER + HEADER.replace(b"m1", b"m2") + b"\n" + BODY + b"\n"
    articles, faults = read((above + first + between + second).replace(b"\n", end), path)
    assert (articles, faults) == ([("m1@varn.example", TEXT), ("m2@varn.example", TEXT)], [])


def test_content_of_cut_base64_is_what_stands_before() -> None:
    part = Message()
    part["Content-Transfer-Encoding"] = "base64"
    code = base64.b64encode(BODY).decode()
    for end in range(len(code)):
        part.set_payload(code[:end])
        assert BODY.startswith(content_of(part))


@pytest.mark.parametrize(
    "body",
    [
        b"--b\n" * size(10_000, 30_000),
        b"--b--\n" * size(10_000, 30_000),
        b"begin 644 a\nM!!!!\n" * size(7_000, 20_000),
        b"".join(b"--%d\n" % number for number in range(size(17_000, 50_000))),
    ],
)
def test_broken_messages_take_linear_time(body: bytes) -> None:
    with within(size(3, 10)):
        read(NO_BOUNDARY + body)
        read(mixed(body))
        read(HEADER + b"\n" + body)
