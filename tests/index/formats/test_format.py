"""Reasons: what they are counted by, also after they were stored."""

import pickle
from pathlib import Path

import pytest

from command import Run
from nutgraf import Index
from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.sync.report import Skip


@pytest.mark.parametrize(
    ("reason", "text", "kind"),
    [
        (Reason("no text in it"), "no text in it", "no text in it"),
        (Reason("damaged zip data: at 7"), "damaged zip data: at 7", "damaged zip data"),
        (Reason("unknown extension .psd"), "unknown extension .psd", ".psd"),
        (Reason("embargoed until 2999-01-01"), "embargoed until 2999-01-01", "embargoed"),
        (Reason("no text", of="'Otters: a memoir'"), "'Otters: a memoir': no text", "no text"),
        (Reason("3 files not read: a (b)", of="c", kind="files not read"),
         "c: 3 files not read: a (b)", "files not read"),
        (Reason(Reason("no text", of="a: b"), of="c"), "c: a: b: no text", "no text"),
        (Reason("a\x1fb"), "a\x1fb", "a\x1fb"),
    ],
)  # fmt: skip
def test_a_reason_keeps_its_kind(reason: Reason, text: str, kind: str) -> None:
    assert (str(reason), reason.kind) == (text, kind)
    error = ArticleError(reason)
    assert Fault.of(error, 3) == Fault(text, 3)
    again = Skip.of_stored("a.txt", reason.stored, 1)
    assert (again.reason, again.line) == (text, 1)
    if "\x1f" not in text:
        assert again.kind == kind
    for kept in (Reason.of_error(error), Fault.of(error).reason):
        assert isinstance(kept, Reason)
        assert kept.kind == kind
    assert pickle.loads(pickle.dumps(Skip("a", reason))).kind == kind


def test_a_plain_reason_is_stored_as_it_is() -> None:
    assert Reason("damaged zip data: at 7").stored == "damaged zip data: at 7"
    assert Skip("a", "damaged zip data: at 7").kind == "damaged zip data"


MESSAGE = "From a@varn.example Mon Jan  6 10:00:00 2020\nFrom: a@varn.example\nSubject: {}\n\n"


def test_messages_are_counted_by_kind_and_not_by_title(tmp_path: Path, run: Run) -> None:
    part = "-----BEGIN PGP MESSAGE-----\nhQEM\n-----END PGP MESSAGE-----\n\n"
    titles = ["Otters: a memoir", "Gulls (part 2)", "Weirs until 1999"]
    mails = "".join(MESSAGE.format(title) + part for title in titles)
    (tmp_path / "a.mbox").write_text(mails, "utf-8")
    (tmp_path / "b.psd").write_bytes(b"x")
    told = "skipped 5: 3 encrypted, 1 no article in it, 1 .psd; nutgraf index -v lists them"
    for _ in range(2):  # from the files, then from the index
        assert told in run("index", str(tmp_path)).stderr
    assert f"'{titles[0]}': encrypted (PGP): decrypt it" in run("index", str(tmp_path), "-v").stderr


def test_a_message_that_was_too_large_is_read_with_another_limit(tmp_path: Path) -> None:
    (tmp_path / "a.mbox").write_text(MESSAGE.format("Otters") + "Otters are back. " * 99, "utf-8")
    with Index.in_memory() as index:
        (skip, _) = index.sync([tmp_path], max_bytes=500).skipped
        assert skip.kind == "larger than the limit"
        assert index.sync([tmp_path], max_bytes=500).added == ()
        assert len(index.sync([tmp_path]).added) == 1
