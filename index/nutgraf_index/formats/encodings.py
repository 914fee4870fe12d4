"""The bytes of a file to articles: encodings and formats."""

import codecs
import contextlib
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any, NamedTuple

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import ArticleError
from nutgraf_index.model import Article
from nutgraf_index.names import printable

__all__ = ["EXTENSIONS", "Fault", "decode", "parse", "read_articles"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SNIFFED = 8192  # bytes looked at for NUL, as git and grep do
_PIECE = 1 << 20  # bytes decoded at once
_UTF_16_TOLD = 8  # characters from which NUL bytes in every second place are no accident
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# What Western European text uses beyond ASCII. A detector needs paragraphs to tell cp1252 from
# its neighbours (of nine short texts it got two right); a few such letters leave no doubt.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜŒ‘’“”„‚–—…•«»¡¿£€©®™°§·½¼¾ªº\xa0\xad"
)
_WESTERN_SHARE = 0.3  # of a text's characters; Greek or Cyrillic has more
_DETECTED = (
    "cp1252 cp1250 cp1251 cp1253 cp1254 cp1255 cp1256 cp1257 koi8_r "
    "shift_jis euc_jp gb18030 big5 euc_kr"
).split()


class Fault(NamedTuple):
    """Why something was not indexed: a line of the file, or all of it where `line` is 0."""

    reason: str
    line: int = 0


def decode(data: bytes) -> tuple[str, str]:
    """Return a file's text and the encoding it was in.

    A byte order mark decides, then UTF-8 if it is valid, then a detector. Nothing is replaced:
    a text holds U+FFFD only if the file did. Raises `ArticleError` for binary data.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            try:
                return data.decode(encoding), encoding
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"its byte order mark says {encoding}, but byte {error.start} is not"
                ) from None
    head = data[:_SNIFFED]
    if b"\0" in head:
        return _unmarked_utf_16(head, data)
    if b"\x1b$" in head:  # the shifts of Japanese mail
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode("iso2022_jp"), "iso2022_jp"
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _mixed(data) or _detect(data)


def _unmarked_utf_16(head: bytes, data: bytes) -> tuple[str, str]:
    """Read UTF-16 without its mark: Western text has a NUL in every second place."""
    low, high = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    for encoding, zeros, others in (("utf-16-le", high, low), ("utf-16-be", low, high)):
        if half >= _UTF_16_TOLD and zeros > half * 0.4 and others < half * 0.02:
            with contextlib.suppress(UnicodeDecodeError):
                return data.decode(encoding), encoding
    raise ArticleError("binary: it has NUL bytes")


def _mixed(data: bytes) -> tuple[str, str] | None:
    """Read UTF-8 into which single bytes of cp1252 were pasted, or whose end is cut off."""
    text = data.decode("utf-8", _CP1252_BYTES)
    stray = len(data) - len(data.decode("utf-8", "ignore").encode("utf-8"))
    whole = len(re.findall(r"[^\x00-\x7f]", data.decode("utf-8", "ignore")))
    return (text, "utf-8 with cp1252") if stray and whole > 2 * stray else None


def _one_byte(error: UnicodeError) -> tuple[str, int]:
    """Decode a byte that is no UTF-8 by itself, for `codecs.register_error`."""
    assert isinstance(error, UnicodeDecodeError)
    byte = error.object[error.start : error.start + 1]
    try:
        return byte.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:
        return byte.decode("latin-1"), error.start + 1


_CP1252_BYTES = "nutgraf-cp1252-bytes"
codecs.register_error(_CP1252_BYTES, _one_byte)


def _detect(data: bytes) -> tuple[str, str]:
    try:
        western = data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    else:
        letters = re.sub(r"[\x00-\x7f]+", "", western)
        beyond = set(letters)
        few = len(letters) <= _WESTERN_SHARE * len(western)
        # Without their neighbours õ and û are ő and ű of Hungarian.
        if few and beyond <= _WESTERN and (beyond.isdisjoint("õûÕÛ") or beyond & set("ãçàèêâî")):
            return _legible(western), "cp1252"
    from charset_normalizer import from_bytes  # slow to import and seldom needed

    best = from_bytes(data, cp_isolation=_DETECTED).best()
    if best is None:
        raise ArticleError("binary, or in an encoding that cannot be told")
    return _legible(data.decode(best.encoding)), best.encoding


def _legible(text: str) -> str:
    if len(_CONTROL.findall(text)) > len(text) // 100:
        raise ArticleError("binary: it has control characters throughout")
    return text


def parse(path: str, data: bytes) -> tuple[list[Article], list[Fault]]:
    """Read the articles of a file, and the faults of those that could not be read."""
    articles: list[Article] = []
    faults: list[Fault] = []
    for found in read_articles(path, data):
        if isinstance(found, Fault):
            faults.append(found)
        else:
            articles.append(found)
    return articles, faults


def read_articles(path: str, data: bytes) -> Iterator[Article | Fault]:
    """Yield the articles of a file one by one, and the faults of others.

    `path` is relative to the root; its extension, one of `EXTENSIONS`, tells the format. A large
    file of many articles is decoded as they are read, if it is UTF-8 without a mark.
    """
    read = _FORMATS[posixpath.splitext(path)[1].lower()]
    if read is _read_json_lines and _is_utf_8(data):
        pieces, encoding = _pieces(data), "utf-8"
    else:
        try:
            text, encoding = decode(data)
        except ArticleError as error:
            yield Fault(str(error))
            return
        pieces = iter([text])
    del data  # of a text that is decoded
    seen: list[str] = []
    for piece in pieces:
        seen.append(piece)
        if piece and not piece.isspace():
            break
    else:
        yield Fault("empty")
        return
    none = True
    for found in read(path, chain(seen, pieces), encoding):
        none = none and isinstance(found, Fault)
        yield found
    if none:
        yield Fault("no article in it")


def _is_utf_8(data: bytes) -> bool:
    """Whether `decode` finds UTF-8, told in the memory of a piece; False where it has to look."""
    head = data[:_SNIFFED]
    marked = data.startswith(tuple(mark for mark, _ in _BOMS))
    if marked or b"\0" in head or b"\x1b$" in head:
        return False
    try:
        for _ in _pieces(data):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _pieces(data: bytes) -> Iterator[str]:
    """Decode UTF-8 in pieces of whole lines, without the break between one and the next."""
    start = 0
    while (end := data.find(b"\n", start + _PIECE)) >= 0:
        yield data[start:end].decode("utf-8")
        start = end + 1
    yield data[start:].decode("utf-8")


def _read_text(path: str, pieces: Iterable[str], encoding: str) -> Iterator[Article]:
    text = "".join(pieces)
    yield Article(id=printable(path), path=path, text=text, encoding=encoding)


def _read_markdown(path: str, pieces: Iterable[str], encoding: str) -> Iterator[Article]:
    text = "".join(pieces)
    yield Article(id=printable(path), path=path, text=text, encoding=encoding, format="markdown")


def _read_json_lines(path: str, pieces: Iterable[str], encoding: str) -> Iterator[Article | Fault]:
    """Read one article a line. An item without id is named by its line."""
    for number, line in enumerate(chain.from_iterable(map(_lines, pieces)), start=1):
        if not line.strip():
            continue
        try:
            item = _DECODER.decode(line)
        except RecursionError:
            yield Fault("not JSON that can be read: nested too deeply", number)
        except ValueError as error:
            at = f" (column {error.colno})" if isinstance(error, json.JSONDecodeError) else ""
            yield Fault(f"not JSON: {getattr(error, 'msg', error)}{at}", number)
        else:
            try:
                yield _article(item, path, number, encoding)
            except ArticleError as error:
                yield Fault(str(error), number)


def _lines(text: str) -> Iterator[str]:
    """Yield the lines of a text that may be too long to have them all at once."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON value")


_DECODER = json.JSONDecoder(parse_constant=_refuse)


def _article(item: object, path: str, line: int, encoding: str) -> Article:
    if not isinstance(item, dict):
        raise ArticleError(f"an article must be a JSON object, not {_kind(item)}")
    rest = dict(item)
    title = _text(rest, "title")
    # A newsflash may be all headline: then that is its text.
    text = _text(rest, "text") or title
    if not text.strip():
        raise ArticleError('no "text" in it')
    if any(type(value) is not str for value in rest.values()):
        try:
            json.dumps(rest, allow_nan=False)
        except ValueError:
            raise ArticleError("a number in it is too large to be kept") from None
    given = _text(rest, "date")
    date = iso_date(given) or ""
    if given and not date:
        rest["date"] = given
    return Article(
        id=printable(_text(rest, "id")) or f"{printable(path)}:{line}",
        text=text,
        title="" if title == text else title,
        authors=_names(rest.pop("authors", None)),
        date=date,
        place=_text(rest, "place"),
        source=_text(rest, "source"),
        url=_text(rest, "url"),
        path=path,
        line=line,
        encoding=encoding,
        metadata=rest,
    )


def _text(item: dict[str, Any], key: str) -> str:
    """Take a text out of an item; a number is taken for its digits."""
    value = item.pop(key, None)
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    raise ArticleError(f'"{key}" must be a text, not {_kind(value)}')


def _names(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return tuple(name for name in names if name.strip())
    raise ArticleError(f'"authors" must be a text or a list of texts, not {_kind(value)}')


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "null" if value is None else "a number")


_FORMATS: dict[str, Callable[[str, Iterable[str], str], Iterator[Article | Fault]]] = {
    ".txt": _read_text,
    ".text": _read_text,
    ".md": _read_markdown,
    ".markdown": _read_markdown,
    ".jsonl": _read_json_lines,
    ".ndjson": _read_json_lines,
}
EXTENSIONS = tuple(_FORMATS)
