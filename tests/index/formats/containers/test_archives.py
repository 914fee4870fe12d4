"""The members of archives: their paths, what is skipped, and whatever is done to the bytes."""

import gzip
import io
import lzma
import random
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping

import pytest

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers import archives, members, tar_archive, zip_archive
from nutgraf_index.formats.containers.archives import archive_members
from nutgraf_index.formats.containers.members import Member
from quick import within

Contents = Mapping[str, bytes]
MIB = 1 << 20
TEXT = b"The otters are back in the river.\n" * 40


def zipped(contents: Contents, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in contents.items():
            archive.writestr(name, data)
    return file.getvalue()


def tarred(contents: Contents, format: int = tarfile.PAX_FORMAT) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=format) as archive:
        for name, data in contents.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return file.getvalue()


def read(path: str, data: bytes, max_bytes: int = MIB, skipped: str = "") -> dict[str, object]:
    """Return the bytes of each member, or the reason that it has none."""
    found: dict[str, object] = {}
    for member in archive_members(path, data, max_bytes, lambda name: skipped):
        found[member.name] = member.fault or content(member)
    return found


def content(member: Member) -> object:
    try:
        return member.read()
    except ArticleError as error:
        return str(error)


KINDS: dict[str, Callable[[Contents], bytes]] = {
    "a.zip": zipped,
    "stored.ZIP": lambda contents: zipped(contents, zipfile.ZIP_STORED),
    "bzip2.zip": lambda contents: zipped(contents, zipfile.ZIP_BZIP2),
    "pax.tar": tarred,
    "gnu.tar": lambda contents: tarred(contents, tarfile.GNU_FORMAT),
    "a.tar.gz": lambda contents: gzip.compress(tarred(contents)),
    "a.TXZ": lambda contents: lzma.compress(tarred(contents)),
}


@pytest.mark.parametrize("path", KINDS)
def test_members_are_read_in_order_with_their_paths(path: str) -> None:
    contents = {
        "2020/memo.txt": TEXT,
        "./größe.txt": b"1",
        "a//b/./c.txt": b"2",
        "wow!/d.jsonl!3": b"3",
        "e.txt": b"",
        "f" * 200 + "/" + "g" * 90: b"5",
    }
    found = read(path, KINDS[path](contents))
    assert [*found.items()] == [
        ("2020/memo.txt", TEXT),
        ("größe.txt", b"1"),
        ("a/b/c.txt", b"2"),
        ("wow!/d.jsonl!3", b"3"),
        ("e.txt", b""),
        ("f" * 200 + "/" + "g" * 90, b"5"),
    ]
    assert read(path, KINDS[path]({})) == {"": "no file in it"}
    assert read(path, KINDS[path]({"a.txt": TEXT}), skipped="hidden") == {"a.txt": "hidden"}


@pytest.mark.parametrize("path", KINDS)
def test_paths_that_lead_elsewhere_are_skipped(path: str) -> None:
    leads = "its path leads out of the archive"
    found = read(path, KINDS[path](dict.fromkeys(("../a", "/b", "c/../../d", "C:/e", "f/g"), TEXT)))
    assert found == {"../a": leads, "/b": leads, "c/../../d": leads, "C:/e": leads, "f/g": TEXT}
    like = "its path looks like that of a member of an archive"
    assert read(path, KINDS[path]({"a.zip!b.txt": TEXT})) == {"a.zip!b.txt": like}


@pytest.mark.parametrize("path", KINDS)
def test_archives_in_archives_are_read_once(path: str) -> None:
    inner = KINDS[path]({"memo.txt": TEXT, path: b"", "x.txt.gz": gzip.compress(TEXT)})
    assert read(path, KINDS[path]({f"b/{path}": inner, "c.zip": b"PK"})) == {
        f"b/{path}!memo.txt": TEXT,
        f"b/{path}!{path}": "an archive in an archive in an archive: unpack it",
        f"b/{path}!x.txt.gz": TEXT,
        "c.zip": "damaged zip archive: File is not a zip file",
    }


def test_names_of_zip_members() -> None:
    """Programs write UTF-8 without a flag, code page 437, and backslashes."""
    data = zipped({"2020/xxxxxx.txt": TEXT, "xxxxx.txt": TEXT})
    data = data.replace(b"2020/xxxxxx", "2020\\größ".encode()).replace(b"xxxxx", b"gr\x94\xe1e")
    assert read("a.zip", data) == {"2020/größ.txt": TEXT, "größe.txt": TEXT}
    data = zipped({"a.txt~.txt": TEXT}).replace(b"a.txt~", b"a.txt\0")
    assert read("a.zip", data) == {"a.txt\0.txt": "its path has a NUL character"}


def test_zip_members_that_cannot_be_read() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.mkdir("folder")
        archive.writestr("plain.txt", TEXT)
        archive.writestr("secret.txt", TEXT)
        archive.writestr("method.txt", TEXT)
        archive.writestr("crc.txt", TEXT)
    data = bytearray(file.getvalue())
    directory = {
        name: data.rindex(name.encode()) - 46 for name in ("secret.txt", "method.txt", "crc.txt")
    }
    data[directory["secret.txt"] + 8] |= 1
    data[directory["method.txt"] + 10] = 9
    data[directory["crc.txt"] + 16] ^= 1
    assert read("a.zip", bytes(data)) == {
        "link.txt": "not a regular file",
        "plain.txt": TEXT,
        "secret.txt": "encrypted: unpack it with its password",
        "method.txt": "compressed by Deflate64 (method 9), which is not read: "
        "unpack it, or pack it by Deflate",
        "crc.txt": "damaged zip member: Bad CRC-32 for file 'crc.txt'",
    }


def test_tar_members_that_are_no_files() -> None:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("folder")
        info.type = tarfile.DIRTYPE
        archive.addfile(info)
    names = ("2.txt", "1.txt", "3.txt", "6.txt")
    assert read("a.tar", file.getvalue()) == dict.fromkeys(names, "not a regular file")


@pytest.mark.parametrize("path", ["a.zip", "a.tar", "a.tar.gz"])
def test_the_last_of_two_members_of_one_path_counts(path: str) -> None:
    file = io.BytesIO()
    if path == "a.zip":
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", b"old")
            with pytest.warns(UserWarning, match="Duplicate"):
                archive.writestr("a.txt", b"new")
    else:
        with tarfile.open(fileobj=file, mode="w:gz" if path[-1] == "z" else "w") as tar:
            for data in (b"old", b"new"):
                info = tarfile.TarInfo("a.txt")
                info.size = 3
                tar.addfile(info, io.BytesIO(data))
    found = [
        (member.name, member.fault or content(member))
        for member in archive_members(path, file.getvalue(), MIB, lambda name: "")
    ]
    assert found == [("a.txt", "a later member has the same path"), ("a.txt", b"new")]


def test_damage_costs_only_what_is_damaged() -> None:
    contents = {f"{n}.txt": TEXT for n in range(5)}
    whole = tarred(contents)
    header = whole.index(b"3.txt")
    for damaged in (
        whole[: header - 100],
        whole[:header] + b"~" + whole[header + 1 :],
        gzip.compress(whole)[:-9],
    ):
        path = "a.tar" if damaged[:1] != b"\x1f" else "a.tgz"
        found = read(path, damaged)
        assert [found[f"{n}.txt"] for n in range(2)] == [TEXT, TEXT]
        fault = str(found[""])
        assert fault.startswith(("damaged or cut off after ", "damaged gzip data: its end is"))
    at = whole.index(b"2.txt") + 700  # in the text of it
    assert "damaged or cut off" in str(read("a.tar", whole[:at])["2.txt"])
    data = bytearray(zipped(contents))
    data[data.index(b"2.txt") + 9] ^= 0xFF
    found = read("a.zip", bytes(data))
    assert str(found.pop("2.txt")).startswith("damaged zip member: ")
    assert found == {name: TEXT for name in contents if name != "2.txt"}
    assert read("a.zip", bytes(data[:-9])) == {"": "damaged zip archive: File is not a zip file"}
    assert read("a.tar", TEXT) == {"": "damaged tar archive: invalid header"}
    assert read("a.tar", b"") == {"": "damaged tar archive: empty file"}
    assert read("a.tar.gz", TEXT) == {"": "no gzip data, as its name says"}


@within(20)
def test_a_bomb_is_stopped_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten megabytes could expand to ten gigabytes, in one member or in many, or by overlapping."""
    zeros = bytes(30 * MIB)
    large = "larger than the limit: 31,457,280 bytes, 1,048,576 allowed (--max-bytes)"
    assert read("a.zip", zipped({"a.txt": zeros})) == {"a.txt": large}
    assert read("a.tgz", gzip.compress(tarred({"a.txt": zeros})))["a.txt"] == large
    many = {f"{n}.txt": bytes(MIB) for n in range(30)}
    expands = "it expands to more than 200 times its size, as files do that are made to fill"
    for path in ("a.zip", "a.tgz", "b.zip"):
        data = KINDS["a.tar.gz" if path == "a.tgz" else "a.zip"](many)
        if path == "b.zip":
            data = zipped({"a.zip": data})
        found = [*read(path, data).values()]
        assert found[0] == bytes(MIB)
        assert expands in str(found[15:])
    honest = zipped({"a.txt": zeros})
    lying = honest.replace(struct.pack("<L", len(zeros)), struct.pack("<L", 5))
    (reason,) = read("a.zip", lying).values()
    assert isinstance(reason, str) or len(reason) <= 5  # type: ignore[arg-type]
    for module in (archives, zip_archive, tar_archive, members):
        if hasattr(module, "MEMBERS"):
            monkeypatch.setattr(module, "MEMBERS", 3)
    too_many = "more than 100,000 members: the others are not read"
    for path in ("a.zip", "a.tgz"):
        data = KINDS["a.tar.gz" if path == "a.tgz" else path]({f"{n}.txt": TEXT for n in range(9)})
        assert read(path, data) == {**{f"{n}.txt": TEXT for n in range(3)}, "": too_many}
    inner = zipped({f"{n}.txt": TEXT for n in range(2)})
    assert read("a.zip", zipped({"b.zip": inner, "c.zip": inner}))[""] == too_many


@within(5)
def test_a_header_that_asks_for_much_is_refused() -> None:
    info = tarfile.TarInfo("a.txt")
    info.size = 1 << 62
    huge = info.tobuf(tarfile.GNU_FORMAT)
    found = read("a.tar", huge + bytes(2048))
    assert found["a.txt"] == (
        "larger than the limit: 4,611,686,018,427,387,904 bytes, 1,048,576 allowed (--max-bytes)"
    )
    assert found[""] == "damaged or cut off after 1 member: unexpected end of data"
    for kind in (tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE):
        info.type, info.size = kind, 1 << 33
        data = info.tobuf(tarfile.GNU_FORMAT)
        found = read("a.tar", data + TEXT)
        assert found == {"": "damaged tar archive: names of 8,589,934,592 bytes"}
    info.type, info.size = tarfile.GNUTYPE_LONGNAME, 0
    (reason,) = read("a.tar", info.tobuf() * 5_000).values()
    assert str(reason).startswith("damaged tar archive: maximum recursion depth")


@pytest.mark.parametrize("path", KINDS)
@within(60)
def test_any_change_of_an_archive_gives_members_or_a_reason(path: str) -> None:
    """And those members that are not touched, mostly; never another error, and in bounded time."""
    contents = {
        "a.txt": TEXT,
        "b.txt.gz": gzip.compress(TEXT),
        "c.zip": zipped({"d.txt": TEXT}),
        "größe.txt": TEXT,
    }
    whole = KINDS[path](contents)
    chance = random.Random(path)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 5)):
            at = chance.randrange(len(data))
            change = chance.randrange(4)
            if change == 0:
                del data[at : at + chance.randrange(1, 600)]
            elif change == 1:
                data[at:at] = chance.randbytes(chance.randrange(1, 600))
            elif change == 2:
                data[at : at + 4] = chance.choice((b"\xff" * 4, bytes(4), b"7777"))
            else:
                data[at] = chance.randrange(256)
            data = data or bytearray(whole)
        for found in read(path, bytes(data)).values():
            assert isinstance(found, bytes | str)
