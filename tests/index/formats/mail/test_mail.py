"""Messages and mailboxes: articles, notes, attachments, and what is not read."""

import gzip
import io
import random
import sys
import zipfile
from pathlib import Path

import pytest

from command import Run
from made_mail import mailbox, message, page
from nutgraf import split
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.mail.mailbox import raw_messages
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.model import Article
from quick import within
from scale import rounds, size

QUOTED = """The otters are back.

On Sun, Jan 5, 2020 at 9:00 AM Bo <bo@varn.example>
wrote:
> Are the badgers gone?

--\x20
Zoë, 123
"""


SAVE = "save its content from a mail program, to have it read"


def entries(path: str, data: bytes) -> tuple[list[Article], list[tuple[str, int]]]:
    articles, faults = [], []
    for entry in read_articles(path, data):
        if isinstance(entry, Fault):
            faults.append((entry.reason, entry.line))
        else:
            articles.append(entry)
    return articles, faults


def roles(article: Article) -> list[tuple[str, str]]:
    return [(passage.role.value, passage.text) for passage in split(article)]


def test_a_message_is_an_article() -> None:
    (article,), faults = entries("a.eml", message(QUOTED, "Øtters").as_bytes())
    assert (article.id, article.title, article.authors) == ("", "Øtters", ("Zoë Lee",))
    assert (article.date, article.line, faults) == ("2020-01-06", 1, [])
    assert article.metadata == {
        "message_id": "m1@varn.example",
        "sent": "2020-01-06T10:00:00+01:00",
        "from": ["zoe@varn.example"],
        "to": ["Bo <bo@varn.example>"],
    }
    assert [role for role, _ in roles(article)] == ["lead", "note", "note"]
    assert roles(article)[2][1].startswith("--")


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Yes.\n\n-----Original Message-----\nFrom: Bo\nSent: x\nTo: y\n\nThe mole.", ["Yes."]),
        ("Yes.\n\nFrom: Bo\nSent: x\nTo: y\nSubject: z\n\nThe mole.", ["Yes."]),
        ("Ja.\n\nAm 5.1.2020 schrieb Bo:\n> Der Maulwurf.", ["Ja."]),
        ("> The mole?\n\nYes.\n\n> The vole?\n\nNo.", ["Yes.", "No."]),
        ("Yes.\n\nSent from my iPhone", ["Yes."]),
        ("Yes.\n\n____________________\nOtters mailing list\nhttp://x.example/listinfo", ["Yes."]),
        ("> The mole?", ["> The mole?"]),
        ("On Monday Bo wrote a letter: no.", ["On Monday Bo wrote a letter: no."]),
    ],
)  # fmt: skip
def test_quotations_and_footers_are_notes(text: str, own: list[str]) -> None:
    (article,), _ = entries("a.eml", message(text).as_bytes())
    assert [text for role, text in roles(article) if role != "note"] == own


def test_what_is_forwarded_is_part_of_the_message() -> None:
    text = "-----Original Message-----\nFrom: Bo\nSent: x\nTo: y\n\nThe mole."
    (article,), _ = entries("a.eml", message(text, "FW: Moles").as_bytes())
    assert [text for role, text in roles(article) if role != "note"] == ["The mole."]


def test_flowed_lines_are_joined() -> None:
    made = message("The otters \nare back.\n")
    made.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    assert entries("a.eml", made.as_bytes())[0][0].text == "The otters are back."


def test_html_is_read_where_there_is_no_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    made = message("x")
    markup = "<p>The <b>otters</b>.</p><blockquote><p>The mole.</p></blockquote><p>So it was.</p>"
    made.set_content(markup, subtype="html")
    for name in ("lxml", "none"):
        if name == "none":
            monkeypatch.setitem(sys.modules, "nutgraf_index.formats.html.page", None)
        (article,), _ = entries("a.eml", made.as_bytes())
        assert roles(article) == [
            ("lead", "The otters."),
            ("note", "The mole."),
            ("body", "So it was."),
        ]
    made = message("The plain one.")
    made.add_alternative("<p>The other one.</p>", subtype="html")
    assert entries("a.eml", made.as_bytes())[0][0].text == "The plain one."


def test_attachments_are_articles() -> None:
    made = message("The survey.")
    made.add_attachment(b"The weasels.", maintype="text", subtype="plain", filename="s\u00fc.txt")
    made.add_attachment(b"\xff", maintype="image", subtype="jpeg", filename="a.jpg")
    made.add_attachment(b"\xff", maintype="application", subtype="pdf", filename="b.pdf")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("memo.txt", "The stoat.")
    made.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="c.zip")
    made.add_attachment(message("The lynx.", "Inner", "in@x"))
    articles, faults = entries("box.mbox", mailbox([made]))
    assert [(one.id, one.text) for one in articles] == [
        ("m1@varn.example", "The survey."),
        ("m1@varn.example/sü.txt", "The weasels."),
        ("m1@varn.example/c.zip/memo.txt", "The stoat."),
        ("m1@varn.example/in@x", "The lynx."),
    ]
    assert articles[1].metadata == {
        "attachment": "sü.txt",
        "message_id": "m1@varn.example",
        "message": "Otters",
        "sent": "2020-01-06T10:00:00+01:00",
    }
    assert faults == [
        (
            "'Otters': 2 attachments not read: a.jpg (unknown extension .jpg); "
            "b.pdf (no PDF: it does not begin as one)",
            1,
        )
    ]


def test_a_mailbox_gives_its_messages() -> None:
    one = message("First.\n\n>From here on.\n\nFrom there on.\n", own="a@x").as_bytes()
    other = message("Second.\n", own="a@x").as_bytes()
    bare = b"Subject: Third\n\nNo date.\n"
    articles, faults = entries("box.mbox", mailbox([one, other, one, bare]))
    assert [(article.id, article.line) for article in articles] == [
        ("a@x", 1),
        ("a@x", 17),
        ("4", 45),
    ]
    assert articles[0].text == "First.\n\nFrom here on.\n\nFrom there on."
    assert (articles[2].date, articles[2].authors) == ("", ())
    told = "message 2: its Message-ID is also that of the message of line 1: both are read"
    assert faults == [(told, 17), ("message 3: the same as that of line 1", 29)]


def test_a_mailbox_is_read_in_chunks() -> None:
    data = mailbox(message(f"Number {n}.\n" * (n % 7), own=f"{n}@x") for n in range(300))
    whole = [*raw_messages(iter([data]), 1 << 20)]
    assert len(whole) == 300
    for length in (1, 100, 4099):
        chunks = (data[start : start + length] for start in range(0, len(data), length))
        assert [*raw_messages(chunks, 1 << 20)] == whole
    lines = data.split(b"\n")
    assert all(lines[raw.line - 1].startswith(b"From zoe") for raw in whole)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_mail_that_an_editor_saved_with_a_mark_is_read(encoding: str) -> None:
    one = "Subject: Möwen\n\nÖtters.\n"
    for path, text in {"a.eml": one, "a.mbox": f"From a Mon Jan  6 10:00:00 2020\n{one}"}.items():
        (article,), faults = entries(path, text.encode(encoding))
        assert (article.title, article.text, faults) == ("Möwen", "Ötters.", [])
    (article,), faults = entries("a.txt", text.encode(encoding))
    assert (article.title, article.text, article.line, faults) == ("Möwen", "Ötters.", 1, [])


def test_the_whole_messages_before_damaged_compression_are_read() -> None:
    data = gzip.compress(mailbox(message(f"Number {n}.", own=f"{n}@x") for n in range(100)))
    articles, faults = entries("a.mbox.gz", data[:-9])
    assert [one.text for one in articles] == [f"Number {n}." for n in range(len(articles))]
    assert len(articles) > 90
    assert faults == [("damaged gzip data: its end is missing", 0)]


def test_a_large_message_is_told() -> None:
    data = mailbox([message("Long. " * 1000, own="a@x"), message("Short.", own="b@x")])
    first, second = read_articles("a.mbox", data, ReadOptions(max_bytes=1000))
    assert isinstance(first, Fault)
    assert first.line == 1
    assert first.reason.startswith("message 1: larger than the limit: 6,")
    assert isinstance(second, Article)
    assert second.text == "Short."


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("multipart/encrypted; boundary=b", "encrypted (PGP/MIME): decrypt it, to have it read"),
        ("application/pkcs7-mime", f"encrypted (S/MIME): {SAVE}"),
        ("application/pkcs7-mime; smime-type=signed-data", f"signed as a whole (S/MIME): {SAVE}"),
    ],
)  # fmt: skip
def test_what_is_encrypted_is_told(kind: str, reason: str) -> None:
    data = f"From: a@x\nSubject: Moles\nContent-Type: {kind}\n\n--b\n\nx\n--b--\n".encode()
    assert entries("a.eml", data) == ([], [(f"'Moles': {reason}", 0)])


def test_encrypted_text_is_told() -> None:
    data = (
        b"From: a@x\nSubject: Moles\n\n-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----\n"
    )
    assert entries("a.eml", data)[1] == [
        ("'Moles': encrypted (PGP): decrypt it, to have it read", 0)
    ]


def test_broken_headers_are_read() -> None:
    data = (
        b"From: Zo\xeb Lee <z@x>\nDate: never\nSubject: =?utf-8?B?w5h0?= =?latin-1?Q?=E9?= =?x\n"
        b"Content-Type: text/plain; charset=nonsense\n\nCaf\xc3\xa9.\n"
    )
    (article,), _ = entries("a.eml", data)
    assert (article.authors, article.title, article.text) == (("Zoë Lee",), "Øté =?x", "Café.")
    assert (article.date, article.metadata["sent"]) == ("", "never")


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b" ", "empty"), (b"\n\nno header", "no message: it does not begin with a header")],
)
def test_what_is_no_message_is_told(data: bytes, reason: str) -> None:
    assert entries("a.eml", data) == ([], [(reason, 0)])


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("Content-Type: text/plain; format=flowed\n", "abc def \n" * 200_000),
        ("", "To: b\n" * size(20_000, 50_000)),
        ("", "-----BEGIN PGP SIGNED MESSAGE-----\n" + "\n" * 100_000 + "Otters. " * 20_000),
        ("", "-----BEGIN PGP SIGNED MESSAGE-----\nHash: x\n\nabc\n" * 10_000),
    ],
)
def test_long_texts_are_read_in_linear_time(header: str, text: str) -> None:
    with within(10):
        (article,), _ = entries("a.eml", f"From: a@x\n{header}\n{text}".encode())
    assert len(article.text) > 100_000


def test_comments_in_comments_cost_no_message() -> None:
    (article,), faults = entries("a.eml", f"Subject: S\nTo: {'(' * 5000}\n\nOtters.".encode())
    assert (article.text, faults) == ("Otters.", [])


def test_mail_is_recognised_by_its_content() -> None:
    text = message("Otters.").as_string()
    received = f"Received: by x; today\n{text}"
    for path in ("cur/1204680122.27c448.host.example", "cur/53:2,RS", "a.b:2,S", "note"):
        assert format_of(path, received).name == "mail"
    archived = f"From a at x  Mon Jan  6 10:00:00 2020\n{text}"
    for path in ("Inbox", "2020-January.txt", "2020-January.txt.gz"):
        assert format_of(path, archived).name == "mailboxes"
    assert format_of("a.txt", text).name == "plain text"


@pytest.mark.parametrize(
    "border",
    [
        "zoe@x.example Mon Jan  6 10:00:00 2020",
        "- Mon Jan 06 10:00:00 +0000 2020\r",
        "a at x.example  Mon, 6 Jan 2020 10:00:00 +0100 (CET)",
        "???@??? Mon Jan  6 10:00 CET 2020",
        '"a b"@x.example Mon Jan  6 10:00:00 2020 remote from varn',
        "MAILER-DAEMON 2020-01-06T10:00:00Z",
    ],
)
def test_the_line_before_a_message_is_known_as_programs_write_it(border: str) -> None:
    assert format_of("2020-January.txt", f"From {border}\nX-Seal: 1\n\nA.").name == "mailboxes"


@pytest.mark.parametrize(
    "sentence",
    [
        "From 9:30 to 11:00 the harbour is open to all.",
        "From The Times of Tuesday, 10:30 edition",
        "From Lindholm on Tue Mar  4 10:00:00 2020",
        "From the harbour, Tuesday Mar  4 10:00:00 2020, the ferry sailed.",
        "From Monday Jan 6 10:00",
        "From a@x.example " + "a " * 20_000,
    ],
)
def test_a_sentence_that_begins_with_from_is_text(sentence: str) -> None:
    text = f"{sentence}\nTickets: five crowns at the door of the town hall.\n\nSeals are fed."
    for path in ("a.txt", "w0042"):
        assert format_of(path, text).name == "plain text"
    (article,), faults = entries("a.txt", text.encode())
    assert (article.text, faults) == (text, [])


def test_apple_mail_and_saved_pages_are_read() -> None:
    data = message("Otters.").as_bytes()
    (article,), _ = entries("1.emlx", b"%d\n" % len(data) + data + b"<?xml?><plist/>")
    assert article.text == "Otters."
    head = b"From: <Saved>\nSnapshot-Content-Location: https://x.example/a\nMIME-Version: 1.0\n"
    saved = head + b"Content-Type: text/html\n\n" + page("Pier closes")
    (article,), _ = entries("a.mhtml", saved)
    assert (article.title, article.url) == ("Pier closes", "https://x.example/a")


def test_any_bytes_are_read_or_refused() -> None:
    made = message(QUOTED)
    made.add_alternative("<p>Otters.</p>", subtype="html")
    made.add_attachment(b"The weasels.", maintype="text", subtype="plain", filename="s.txt")
    data = mailbox([made, message("x")])
    chance = random.Random(23)
    for _ in range(rounds(20)):
        changed = bytearray(data)
        for _ in range(chance.randint(1, 20)):
            at = chance.randrange(len(changed))
            changed[at : at + chance.randint(0, 9)] = chance.randbytes(chance.randint(0, 3))
        for name in ("a.mbox", "a.eml"):
            for entry in read_articles(name, bytes(changed)):
                if isinstance(entry, Article):
                    assert all(entry.text[one.start : one.end] == one.text for one in split(entry))
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=%d\n\n--%d\n" % (n, n) for n in range(5000)
    )
    assert entries("a.eml", b"From: a@x\n" + nested)[1]


def test_mail_is_indexed_by_the_command(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.eml").write_bytes(message(QUOTED).as_bytes())
    (tmp_path / "box.mbox").write_bytes(mailbox([message("The stoat runs.", own="b@x")]))
    done = run("index", ".", cwd=tmp_path)
    assert done.stderr.endswith("2 files found; articles: 2 added\n")
    assert run("search", "stoat", cwd=tmp_path).stdout == "box.mbox:1:The stoat runs.\n"
    assert run("show", "box.mbox!b@x", cwd=tmp_path).stdout == "box.mbox:1:The stoat runs.\n"
