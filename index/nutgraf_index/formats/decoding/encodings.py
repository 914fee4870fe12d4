"""Decodes text files: byte order marks, UTF-8, given and guessed encodings; refuses binary data."""

import codecs
import contextlib
import re
import reprlib
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, partial

from nutgraf_index.errors import ArgumentError, ArticleError, SourceError
from nutgraf_index.formats.decoding.large_file import DamagedError, LargeFile, pieces_of
from nutgraf_index.letters.guess import guesses

__all__ = ["checked_encoding", "decode", "decode_in_pieces", "extends_ascii", "is_guess"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKS = tuple(mark for mark, _ in _BOMS)
_HEAD = 8192  # bytes searched for NUL, as in git and grep
_LEAST_UTF_16 = 8  # characters; in fewer, NUL as every second byte may be chance
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UNLIKELY = -9.0  # mean log probability of a character, below which no listed language fits
_SHORT = 20  # bytes beyond ASCII, below which the mean says little
_LEAST_VALID = 4  # characters of UTF-8 in a text that is mixed half and half
_ONE_SCRIPT = 0.9  # least share of the letters of one script in a text that the detector decoded
_DECLARED = ("", "utf-8", "utf-8-sig", "utf-16", "utf-32")  # by a mark, or certain
# Codecs of Python that decode text but are no encodings of files.
_ESCAPES = bytes(range(128)) + b" +AOk- ~{VPND~} \x1b$B8e"  # of UTF-7, HZ and ISO 2022
_NO_ENCODINGS = {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}


def checked_encoding(name: str) -> str:
    """Return the usual name of an encoding. Raises `ArgumentError` for an unknown encoding."""
    try:
        codec = codecs.lookup(name)
        codec.decode(b"a" * 8)[0].encode("utf-16", "surrogatepass")
        if codec.name.replace("_", "-") in _NO_ENCODINGS:
            raise LookupError
    except (AttributeError, LookupError, TypeError, UnicodeError, ValueError):
        from difflib import get_close_matches  # slow to import
        from encodings.aliases import aliases

        names = {*aliases, *aliases.values()} - {str(name)}
        close = get_close_matches(str(name).lower(), names, 1)
        raise ArgumentError(
            f"there is no encoding {reprlib.repr(name)}: write a name such as "
            f"{', '.join(map(repr, close or ('cp1254', 'iso8859-2', 'shift_jis')))}, "
            "or leave it out to have the encoding guessed"
        ) from None
    return codec.name


def extends_ascii(encoding: str) -> bool:
    """Return whether all texts in ASCII are the same in an encoding."""
    try:
        return _ESCAPES.decode(encoding) == _ESCAPES.decode()
    except UnicodeDecodeError:
        return False


def is_guess(encoding: str, given: str = "") -> bool:
    """Return whether an encoding, as `decode` returned it, was neither declared nor given."""
    return encoding not in (*_DECLARED, given)


def decode(data: bytes, given: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding.

    A byte order mark decides first, then valid UTF-8 with characters beyond ASCII, then the `given`
    encoding; without one it is guessed. No byte is replaced: the text has U+FFFD only where the
    file has it. Raises `ArticleError` for binary data, and for data that is not valid in the given
    encoding.
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
    if given and (b"\0" in head or data.isascii() or not _is_utf_8(data)):
        return _decode_given(data, given)
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


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_given(data: bytes, given: str) -> tuple[str, str]:
    """Decode data that the caller named the encoding of; ASCII counts as UTF-8."""
    try:
        text = _legible(data.decode(given))
        return text, "utf-8" if data.isascii() and text == data.decode() else given
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"not valid in the given encoding {given}: byte {error.start} is "
            f"0x{data[error.start]:02x}; leave it out to have the encoding guessed"
        ) from None


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-8 with a few bytes of another encoding, or with a truncated end.

    None for data that is not mostly UTF-8.
    """
    valid = data.decode("utf-8", "ignore")
    stray = len(data) - len(valid.encode("utf-8"))
    characters = len(re.findall(r"[^\x00-\x7f]", valid))
    # Some pairs of bytes of East Asian texts are UTF-8 by chance, but of all scripts.
    is_half = characters >= _LEAST_VALID and 2 * characters > stray and _in_one_script(valid)
    if characters <= 2 * stray and not is_half:
        return None
    rest = re.sub(rb"[^\x00-\x7f]+", _invalid, data)
    for encoding, _ in guesses(rest):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("utf-8", _stray_bytes(encoding)), f"utf-8 with {encoding}"
    return data.decode("utf-8", _stray_bytes("latin-1")), "utf-8 with latin-1"


def _invalid(match: re.Match[bytes]) -> bytes:
    """Return the bytes of a run that are not UTF-8; of a run that is UTF-8 nothing."""
    return match[0].decode("utf-8", "surrogateescape").encode("ascii", _SURROGATES)


def _keep_surrogates(error: UnicodeError) -> tuple[bytes, int]:
    """Encode escaped bytes as these bytes and leave out any character."""
    assert isinstance(error, UnicodeEncodeError)
    escaped = error.object[error.start : error.end]
    kept = [ord(sign) - 0xDC00 for sign in escaped if "\udc80" <= sign <= "\udcff"]
    return bytes(kept), error.end


_SURROGATES = "nutgraf-surrogates"
codecs.register_error(_SURROGATES, _keep_surrogates)


@cache
def _stray_bytes(encoding: str) -> str:
    """Return the name of a handler of errors that decodes invalid bytes by another encoding."""

    def decode_byte(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        return error.object[error.start : error.end].decode(encoding), error.end

    name = f"nutgraf-{encoding}"
    codecs.register_error(name, decode_byte)
    return name


def _detect(data: bytes) -> tuple[str, str]:
    """Decode 8-bit or East Asian data by the letters and words of the languages."""
    few = len(data) - len(data.decode("ascii", "ignore")) < _SHORT
    for encoding, mean in guesses(data):
        if mean < _UNLIKELY and not few:
            break
        with contextlib.suppress(UnicodeDecodeError):
            return _legible(data.decode(encoding)), encoding
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(data).best()
    if best is not None and _in_one_script(text := data.decode(best.encoding)):
        return _legible(text), best.encoding
    raise ArticleError(
        "binary, or in an unknown encoding; if it is text, name it (--encoding NAME)"
    )


def _in_one_script(text: str) -> bool:
    """Return whether nearly all letters beyond ASCII are of one script, and none are odd."""
    scripts = Counter(
        unicodedata.name(sign, "?").partition(" ")[0] for sign in re.findall(r"[^\x00-\xbf]", text)
    )
    most = max(scripts.values(), default=0)
    return bool(most) and most >= _ONE_SCRIPT * scripts.total()


def _legible(text: str) -> str:
    """Return the text. Raises `ArticleError` if more than 1 % of it is control characters."""
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise ArticleError("binary: it has control characters throughout")
    return text


def decode_in_pieces(data: bytes | LargeFile, given: str = "") -> tuple[Iterator[str], str]:
    """Return the text of a file in pieces, and its encoding; see `decode`.

    The pieces are the text, cut anywhere. UTF-8 is decoded piece by piece; any other text is one
    piece. Raises `ArticleError` for binary data.
    """
    chunks = partial(pieces_of, data)
    head = next(chunks(), b"")[:_HEAD]
    mark = codecs.BOM_UTF8
    is_other = given and not extends_ascii(given)
    if head.startswith(mark) or not (
        is_other or head.startswith(_MARKS) or b"\0" in head or b"\x1b$" in head
    ):
        encoding = "utf-8-sig" if head.startswith(mark) else "utf-8"
        with contextlib.suppress(UnicodeDecodeError):
            # Validates the file before any article is read; what is damaged is told by then.
            with contextlib.suppress(DamagedError):
                for _ in _pieces(chunks(), encoding):
                    pass
            if isinstance(data, bytes):
                return _pieces(chunks(), encoding), encoding
            return _decode_again(data, encoding), encoding
    whole, damage = _until_damage(chunks())
    if damage:
        for size in range(len(whole), max(len(whole) - 3, 0), -1):  # within a character
            with contextlib.suppress(ArticleError):
                text, encoding = decode(whole[:size], given)
                return _with_damage(text, damage), encoding
    text, encoding = decode(whole, given)
    return iter([text]), encoding


def _until_damage(chunks: Iterator[bytes]) -> tuple[bytes, DamagedError | None]:
    """Return the bytes of chunks, up to the damage if they are damaged; and the error of it."""
    pieces: list[bytes] = []
    try:
        pieces.extend(chunks)
    except DamagedError as error:
        return b"".join(pieces), error
    return b"".join(pieces), None


def _with_damage(text: str, damage: DamagedError) -> Iterator[str]:
    yield text
    raise damage


def _pieces(chunks: Iterator[bytes], encoding: str) -> Iterator[str]:
    """Decode UTF-8 chunk by chunk."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def _decode_again(file: LargeFile, encoding: str) -> Iterator[str]:
    """Decode a large file that was valid UTF-8. Raises `SourceError` if it has changed."""
    try:
        yield from _pieces(file.chunks(hashed=True), encoding)
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{file.location} changed while it was read: try again") from error
