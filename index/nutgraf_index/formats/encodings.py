"""Decodes text files: byte order marks, UTF-8, older encodings; refuses binary data."""

import codecs
import contextlib
import re
from collections.abc import Iterator
from functools import partial

from nutgraf_index.errors import ArticleError, SourceError
from nutgraf_index.formats.large_file import LargeFile

__all__ = ["decode", "decode_in_pieces"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
_HEAD = 8192  # bytes searched for NUL, as in git and grep
_PIECE = 1 << 20  # bytes decoded at once
_LEAST_UTF_16 = 8  # characters; in fewer, NUL as every second byte may be chance
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# The characters of Western European texts beyond ASCII. A detector needs paragraphs to distinguish
# cp1252 from similar encodings: of nine short texts it got two right. Here a few letters decide.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ‘’“”„‚–—…•«»¡¿£€©®™°§·½¼¾ªº\xa0\xad"
)
_WESTERN_SHARE = 0.3  # greatest share of such letters in a text; Greek or Cyrillic has more
_DETECTED = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r "
    "shift_jis euc_jp gb18030 big5 euc_kr"
).split()


def decode(data: bytes) -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte order mark decides first, then valid UTF-8, then a detector. No byte is replaced: the
    text has U+FFFD only where the file has it. Raises `ArticleError` for binary data.
    """
    for mark, encoding in _BOMS if data.startswith(_MARKS) else ():
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"its byte order mark says {encoding}, but byte {error.start} is not valid"
                ) from None
    head = data[:_HEAD]
    if b"\0" in head:
        return _unmarked_utf_16(head, data)
    # The escape sequences of ISO-2022-JP; finding one byte is twenty times as fast as two.
    if b"\x1b" in head and b"\x1b$" in head:
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp"), "iso2022_jp"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _mixed(data) or _detect(data)


def _unmarked_utf_16(head: bytes, data: bytes) -> tuple[str, str]:
    """Decode UTF-16 without a byte order mark: every second byte of Western text is NUL."""
    low, high = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    for encoding, zeros, other_zeros in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if half >= _LEAST_UTF_16 and zeros > half * 0.4 and other_zeros < half * 0.02:
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode(encoding), encoding
    raise ArticleError("binary: it has NUL bytes")


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 with a few bytes of cp1252 or a truncated end; None for other data."""
    text = data.decode("utf-8", _CP1252_BYTES)
    stray = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    valid = len(re.findall(r"[^\x00-\x7f]", data.decode("utf-8", "ignore")))
    return (text, "utf-8 with cp1252") if stray and valid > 2 * stray else None


def _decode_byte(error: UnicodeError) -> tuple[str, int]:
    """Decode one invalid byte by cp1252 or else Latin-1, for `codecs.register_error`."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


_CP1252_BYTES = "nutgraf-cp1252-bytes"
codecs.register_error(_CP1252_BYTES, _decode_byte)


def _detect(data: bytes) -> tuple[str, str]:
    """Decode 8-bit or East Asian data; the letters of the text decide the encoding."""
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    else:
        non_ascii = re.sub(r"[\x00-\x7f]+", "", western)
        letters = set(non_ascii)
        few = len(non_ascii) <= _WESTERN_SHARE * len(western)
        # õ and û alone may be Hungarian ő and ű of cp1250.
        if few and letters <= _WESTERN and (letters.isdisjoint("õûÕÛ") or letters & set("ãçàèêâî")):
            return _legible(western), "cp1252"
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(data, cp_isolation=_DETECTED).best()
    if best is None:
        raise ArticleError("binary, or in an unknown encoding")
    return _legible(data.decode(best.encoding)), best.encoding


def _legible(text: str) -> str:
    """Return the text. Raises `ArticleError` if more than 1 % of it is control characters."""
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise ArticleError("binary: it has control characters throughout")
    return text


def decode_in_pieces(data: bytes | LargeFile) -> tuple[Iterator[str], str]:
    """Return the text of a file in pieces, and its encoding.

    A piece is a run of whole lines without the last line break. UTF-8 without a byte order mark is
    decoded piece by piece; any other text is one piece. Raises `ArticleError` for binary data.
    """
    chunks = partial(_chunks, data) if isinstance(data, bytes) else data.chunks
    head = next(chunks(), b"")[:_HEAD]
    if not (head.startswith(_MARKS) or b"\0" in head or b"\x1b$" in head):
        with contextlib.suppress(UnicodeDecodeError):
            for _ in _pieces(chunks()):  # validates the whole file before any article is read
                pass
            return (_pieces(chunks()) if isinstance(data, bytes) else _decode_again(data)), "utf-8"
    text, encoding = decode(b"".join(chunks()))
    return iter([text]), encoding


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + _PIECE] for start in range(0, len(data), _PIECE))


def _pieces(chunks: Iterator[bytes]) -> Iterator[str]:
    """Decode UTF-8 in pieces that end before the last line break of a chunk."""
    unfinished: list[bytes] = []
    for chunk in chunks:
        end = chunk.rfind(b"\n")
        if end >= 0:
            yield b"".join([*unfinished, chunk[:end]]).decode("utf-8")
            unfinished = []
        unfinished.append(chunk[end + 1 :])
    yield b"".join(unfinished).decode("utf-8")


def _decode_again(file: LargeFile) -> Iterator[str]:
    """Decode a large file that was valid UTF-8. Raises `SourceError` if it has changed."""
    try:
        yield from _pieces(file.chunks(hashed=True))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file.location} changed while it was read: try again") from error
