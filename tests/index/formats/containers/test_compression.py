"""Compressed files: all their streams, and a reason for what is damaged, cut off or too large."""

import bz2
import gzip
import lzma
import random
import resource
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import zstandard

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers import compression
from nutgraf_index.formats.containers.compression import (
    COMPRESSIONS,
    compression_of,
    decompressed,
    unpack,
)
from nutgraf_index.formats.containers.limits import Budget
from nutgraf_index.formats.decoding.large_file import LargeFile
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from scale import size

TEXT = "".join(f"{n}: the otters are back.\n" for n in range(5_000)).encode()
MIB = 1 << 20
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor(write_content_size=False, write_checksum=True).compress,
}
every = pytest.mark.parametrize("extension", PACK)


def unpacked(data: bytes, extension: str, max_bytes: int = 64 * MIB) -> bytes:
    result = unpack(data, extension, Budget(len(data), max_bytes))
    assert isinstance(result, bytes)
    return result


def test_each_compression_is_tried() -> None:
    assert [*PACK] == [*COMPRESSIONS]


@pytest.mark.parametrize(
    ("path", "stem", "extension"),
    [
        ("a.txt.gz", "a.txt", ".gz"),
        ("b/a.JSON.ZST", "b/a.JSON", ".zst"),
        ("a.tgz", "a.tar", ".gz"),
        ("a.txz", "a.tar", ".xz"),
        ("a.tbz2", "a.tar", ".bz2"),
        ("a.txt", "a.txt", ""),
        (".gz", ".gz", ""),
        ("b/.gz", "b/.gz", ""),
        ("a.gz/b", "a.gz/b", ""),
    ],
)
def test_the_compression_is_told_by_the_extension(path: str, stem: str, extension: str) -> None:
    assert compression_of(path) == (stem, extension)


@every
def test_all_streams_are_unpacked_in_any_chunks(extension: str) -> None:
    data = PACK[extension](TEXT)
    assert unpacked(data, extension) == TEXT
    assert unpacked(data + PACK[extension](b"") + data, extension) == TEXT + TEXT
    assert unpacked(data + bytes(512), extension) == TEXT  # as on a tape
    assert unpacked(data + b"and more", extension) == TEXT  # as gzip does
    for length in (1, 7, 1000):
        both = data + data
        chunks = (both[at : at + length] for at in range(0, len(both), length))
        assert b"".join(decompressed(chunks, extension, Budget(MIB, MIB))) == TEXT + TEXT


@every
def test_what_is_cut_off_has_a_reason(extension: str) -> None:
    data = PACK[extension](TEXT)
    name = COMPRESSIONS[extension].name
    with pytest.raises(ArticleError, match=r"^empty$"):
        unpacked(b"", extension)
    with pytest.raises(ArticleError, match=f"^no {name} data, as its name says$"):
        unpacked(b"Otters are back.", extension)
    for length in (10, len(data) // 2, len(data) - 1):
        with pytest.raises(ArticleError, match=f"^damaged {name} data: its end is missing$"):
            unpacked(data[:length], extension)


@every
def test_what_is_damaged_has_a_reason_or_is_whole(extension: str) -> None:
    data = PACK[extension](TEXT)
    chance = random.Random(extension)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(ArticleError):
            assert unpacked(bytes(damaged), extension) in (TEXT, b"")


def bomb(extension: str) -> bytes:
    """Return what expands to 100 MiB and more, in a long run to 300."""
    zeros = bytes(MIB)
    if extension == ".gz":
        import zlib

        pack = zlib.compressobj(9, zlib.DEFLATED, 31)
        return b"".join(pack.compress(zeros) for _ in range(size(100, 300))) + pack.flush()
    if extension == ".zst":
        zstd = zstandard.ZstdCompressor().compressobj()
        return b"".join(zstd.compress(zeros) for _ in range(size(1_000, 3_000))) + zstd.flush()
    return PACK[extension](bytes(32 * MIB)) * size(4, 10)


@every
def test_a_bomb_is_stopped_early(extension: str) -> None:
    data = bomb(extension)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(ArticleError, match=r"^it expands to more than 200 times its size, "):
        for _ in decompressed(iter([data]), extension, Budget(len(data), 1 << 40)):
            pass
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before  # KiB
    assert used < size(60_000, 200_000)
    with pytest.raises(ArticleError) as raised:
        unpacked(data, extension, 3 * MIB)
    assert str(raised.value) == (
        "larger than the limit: more than 3,145,728 bytes, 3,145,728 allowed (--max-bytes)"
    )


def test_a_huge_dictionary_is_refused() -> None:
    """A file of a few bytes could ask for gigabytes of memory."""
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 30}]
    data = lzma.compress(b"Otters", filters=filters)
    with pytest.raises(ArticleError, match=r"^damaged xz data: Memory usage limit exceeded$"):
        unpacked(data, ".xz")
    window = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    long = zstandard.ZstdCompressor(compression_params=window).compressobj()
    with pytest.raises(ArticleError, match=r"^damaged zstd data: .*too much memory"):
        unpacked(long.compress(TEXT) + long.flush(), ".zst")


@every
def test_a_compressed_file_is_read_as_the_file_in_it(extension: str) -> None:
    data = PACK[extension](b'{"text": "Otters."}\n{"text": 1}\n')
    path = f"wire.jsonl{extension}"
    assert list(read_articles(path, data)) == [
        Article(id="1", text="Otters.", path=path, line=1, encoding="utf-8"),
        Article(id="2", text="1", path=path, line=2, encoding="utf-8"),
    ]
    assert list(read_articles(f"a.psd{extension}", data)) == [Fault("unknown extension .psd")]
    limit = "larger than the limit: more than 9 bytes, 9 allowed (--max-bytes)"
    assert list(read_articles(path, data, ReadOptions(max_bytes=9))) == [Fault(limit)]


@pytest.mark.parametrize("is_large", [False, True])
def test_what_is_large_is_unpacked_in_pieces(
    is_large: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(compression, "LARGE", 1000)
    lines = b"".join(b'{"text": "Otters %d."}\n' % n for n in range(5_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    data: bytes | LargeFile = (tmp_path / "a.jsonl.gz").read_bytes()
    if is_large:
        data = LargeFile(tmp_path / "a.jsonl.gz")
    asked = []

    def pieces(*arguments: object, **options: object) -> Iterator[bytes]:
        asked.append(arguments)
        return decompressed(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(compression, "decompressed", pieces)
    entries = list(read_articles("a.jsonl.gz", data))
    assert [entry.text for entry in entries if isinstance(entry, Article)] == [
        f"Otters {n}." for n in range(5_000)
    ]
    assert len(asked) > 2  # it is never whole in the memory


ROWS = "".join(f'{{"id": "a{n}", "text": "Otters {n}: {n * 7919 % 10007}."}}\n' for n in range(500))
TABLE = "id,text\n" + "".join(f'a{n},"Otters {n}: {n * 7919 % 10007}."\n' for n in range(500))
ARRAY = "[" + ROWS.replace("}\n", "},\n").rstrip(",\n") + "]"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize(("name", "text"), [("a.jsonl", ROWS), ("a.csv", TABLE), ("a.json", ARRAY)])
def test_articles_before_the_cut_of_a_small_file_are_read(
    name: str, text: str, encoding: str
) -> None:
    text = text.replace("Otters", "Ottérs")
    whole = [*read_articles(name, text.encode(encoding))]
    assert len(whole) == 500
    data = gzip.compress(text.encode(encoding))
    for length in (len(data) // 3, len(data) // 2, len(data) - 9, len(data) - 1):
        *articles, fault = read_articles(f"{name}.gz", data[:length])
        assert fault == Fault("damaged gzip data: its end is missing")
        assert len(articles) > 100
        read = [one.text for one in articles if isinstance(one, Article)]
        assert read == [one.text for one in whole[: len(articles)] if isinstance(one, Article)]


def test_the_cut_of_a_text_leaves_no_article() -> None:
    told = Fault("damaged gzip data: its end is missing")
    assert [*read_articles("a.txt.gz", gzip.compress(TEXT)[:-20])] == [told]
