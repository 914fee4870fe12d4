"""The stored fields of passages, articles and files, and their encoding as bytes and numbers."""

import json
import re
import reprlib
from bisect import bisect_right
from collections.abc import Sequence
from enum import IntEnum
from itertools import accumulate, chain, pairwise
from operator import itemgetter, sub
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.model import HIDDEN_ROLES, Anchor, Article, MarkedArticle, Passage, Role
from nutgraf_index.names import printable

__all__ = [
    "LONGEST_SHORT",
    "PASSAGE_NUMBERS",
    "ROLES",
    "Short",
    "StoredArticle",
    "StoredFile",
    "check_article",
    "dump_anchors",
    "dump_file",
    "dump_metadata",
    "dump_passages",
    "file_key",
    "load_anchors",
    "load_file",
    "load_metadata",
    "load_text",
    "opening",
    "place_of",
    "shortness",
]

_WORD = r"\w+"
LONGEST_SHORT = 15  # words of a short line at most
_SENTENCE = 3  # words of a sentence at least
_STORY = (Role.LEAD, Role.BODY)
_PROSE = 8  # words of prose at least
_SENTENCE_ENDS = (*".!?…。！？।؟۔",)
_CLOSING = "\"'”’»›)]*_ "  # signs that may follow the end of a sentence


class StoredArticle(NamedTuple):
    """A stored article without its text, which is stored with its passages.

    Attributes:
        article: the article, with an empty text.
        root: the root that its path is relative to; empty if a program made the article.
        digest: the digest of the whole article, to find whether it changed.
        passages: the number of its passages.
    """

    article: Article
    root: str = ""
    digest: str = ""
    passages: int = 0


class StoredFile(NamedTuple):
    """The record that `sync` keeps of a file.

    Attributes:
        root: the root that its path is relative to.
        path: its path.
        digest: the digest of its bytes, and how they were read; see `sync.options.Reading`. If it
            is empty, the next sync reads the file again.
        faults: the lines that gave no article, as (reason, line); line 0 is the whole file.
        refused: the ids of its articles that were not indexed, since a program had added an article
            of that id before.
        id: its id when its articles were indexed; see `names.file_id`. It is empty in an index made
            before ids were paths from the folder of the index.
    """

    root: str
    path: str
    digest: str
    faults: tuple[tuple[str, int], ...] = ()
    refused: tuple[str, ...] = ()
    id: str = ""

    @property
    def key(self) -> str:
        """The term by which the record is found; see `file_key`."""
        return file_key(self.root, self.path)


ROLES = tuple(Role)  # by stored number
_ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}


# The stored numbers of a passage; `fields.NUMBERS` describes them.
PASSAGE_NUMBERS = ("passage.role", "passage.line", "passage.gap", "passage.wide")


def dump_passages(
    article: Article,
    passages: Sequence[Passage],
    records: list[bytes],
    numbers: tuple[list[int], ...],
) -> str:
    """Encode the passages of an article; return the article's text after the last passage.

    The record of a passage is the article's text from the end of the passage before to its own end.

    Args:
        article: the article of the passages.
        passages: all its passages, in order.
        records: receives the record of each passage.
        numbers: a list for each of `PASSAGE_NUMBERS`; each receives a number for each passage.
    """
    if not passages:
        return article.text
    roles, lines, gaps, extra_bytes = numbers
    text, line = article.text, article.line or 1
    data = text.encode("utf-8", "surrogatepass")
    _, own_roles, _, starts, ends, own_lines, _ = zip(*passages, strict=True)
    bounds = [0, *chain.from_iterable(zip(starts, ends, strict=True))]
    if len(data) > len(text):
        pieces = (text[start:end] for start, end in pairwise(bounds))
        sizes = (len(piece.encode("utf-8", "surrogatepass")) for piece in pieces)
        bounds = [*accumulate(sizes, initial=0)]
    before, byte_starts, byte_ends = bounds[:-1:2], bounds[1::2], bounds[2::2]
    records += [data[start:end] for start, end in zip(before, byte_ends, strict=True)]
    roles += [_ROLE_NUMBERS[role] for role in own_roles]
    lines += [own_line - line for own_line in own_lines]
    gaps += map(sub, byte_starts, before)
    extra_bytes += map(sub, byte_starts, starts)
    return text[ends[-1] :]


def load_text(record: bytes, gap: int) -> str:
    """Decode the text of a passage: its record after `gap` bytes. Raises `ValueError`."""
    if gap >= len(record):
        raise ValueError("a passage has no text")
    return str(record[gap:], "utf-8", "surrogatepass")


def check_article(article: Article) -> None:
    """Raise `ArticleError` if an article cannot be indexed: for its id, text or metadata."""
    if not isinstance(article, Article):
        raise ArticleError(
            f"only an Article can be added, not {reprlib.repr(article)}: "
            "write Article(id=…, text=…)"
        )
    if not article.id or article.id != printable(article.id.strip()):
        raise ArticleError(
            "an article's id must be a text without white space at its ends or lone surrogates, "
            f"not {article.id!r}"
        )
    if not article.text.strip():
        raise ArticleError(f"the article {article.id!r} has no text")
    dump_metadata(article)


def dump_metadata(article: Article) -> bytes:
    """Encode an article's metadata as JSON, or b"" if empty. Raises `ArticleError`."""
    if not article.metadata:
        return b""
    try:
        return json.dumps(dict(article.metadata), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ArticleError(
            f"the article {article.id!r}: its metadata cannot be stored as JSON ({error})"
        ) from error


def load_metadata(data: bytes) -> dict[str, Any]:
    """Decode an article's metadata. Raises `ValueError` if the bytes are not a JSON object."""
    metadata = json.loads(data)
    if type(metadata) is not dict:
        raise ValueError("the metadata is not a JSON object")
    return metadata


def dump_anchors(article: Article) -> bytes:
    """Encode an article's anchors as JSON, or b"" if it has none.

    Raises `ArticleError` for anchors that are out of order, and for impossible values.
    """
    if not isinstance(article, MarkedArticle) or not article.anchors:
        return b""
    anchors = article.anchors
    # Most anchors are of pages only, or of elements only.
    data = json.dumps([a if a.element else a[:2] for a in anchors], separators=(",", ":")).encode()
    try:
        load_anchors(data)
    except (TypeError, ValueError) as error:
        raise ArticleError(f"the article {article.id!r}: {error}") from error
    if anchors[-1].start >= len(article.text):
        raise ArticleError(f"the article {article.id!r}: an anchor lies behind its text")
    return data


def load_anchors(data: bytes) -> tuple[Anchor, ...]:
    """Decode an article's anchors. Raises `ValueError` or `TypeError` for impossible ones."""
    anchors = tuple(Anchor(*row) for row in json.loads(data))
    numbers = [number for anchor in anchors for number in anchor[:2]]
    if {*map(type, numbers)} - {int} or {type(anchor.element) for anchor in anchors} - {str}:
        raise TypeError("a value of its anchors has the wrong type")
    if not anchors or min(numbers) < 0 or max(numbers) >= 1 << 31:
        raise ValueError("its anchors have numbers out of bounds")
    if any(first.start >= after.start for first, after in pairwise(anchors)):
        raise ValueError("its anchors are not in order")
    return anchors


_NOWHERE = Anchor(0)
_START = itemgetter(0)


def place_of(anchors: Sequence[Anchor], start: int, end: int) -> tuple[int, int, str]:
    """Return where in its file the span of an article's text stands.

    The values are the page of its first and of its last character, 0 if unknown, and the id of the
    element that it begins in, empty if unknown.
    """
    begins, ends = (
        anchors[index - 1] if (index := bisect_right(anchors, offset, key=_START)) else _NOWHERE
        for offset in (start, max(start, end - 1))
    )
    return begins.page, ends.page, begins.element


def dump_file(record: StoredFile) -> bytes:
    """Encode the record of a file."""
    return json.dumps(record._asdict()).encode()


def load_file(data: bytes) -> StoredFile:
    """Decode the record of a file. Raises `ValueError`, `TypeError` or `KeyError`."""
    record = json.loads(data)
    faults = tuple((reason, line) for reason, line in record["faults"])
    file = StoredFile(**record | {"faults": faults, "refused": tuple(record["refused"])})
    texts = [
        file.root,
        file.path,
        file.digest,
        file.id,
        *file.refused,
        *(reason for reason, _ in faults),
    ]
    if {*map(type, texts)} - {str} or {type(line) for _, line in faults} - {int}:
        raise TypeError("a value has the wrong type")
    return file


def file_key(root: str, path: str) -> str:
    """Return the term of the field `file` by which the record of a file is found."""
    return f"{root}\n{printable(path)}"


def opening(
    article: Article, passages: Sequence[Passage], lengths: Sequence[int], lines: Sequence[int]
) -> int:
    """Return the number of the opening: the passage that represents the title.

    It is the first passage of prose: a lead or body of eight words or more that is no short line
    without a sentence. Without prose it is the lead, else the first passage whose role is not
    hidden; a caption only if there is no other. Return 0 if the article has no title, if a headline
    has all words of the title, or if its only passage is the title.

    Args:
        lengths: the number of words of each passage
        lines: whether each passage is a short line, see `Short`
    """
    if not article.title:
        return 0
    title = _words(article.title)
    said = set(title)
    headlines = [passage.text for passage in passages if passage.role is Role.HEADLINE]
    if any(said.issubset(_words(headline)) for headline in headlines):
        return 0
    if len(passages) == 1 and _words(passages[0].text) == title:
        return 0
    for passage, length, line in zip(passages, lengths, lines, strict=True):
        if passage.role in _STORY and length >= _PROSE and line != Short.NO_SENTENCE:
            return passage.number
    firsts = {passage.role: passage.number for passage in reversed(passages)}
    captions = firsts.pop(Role.CAPTION, 0)
    visible = [number for role, number in firsts.items() if role not in HIDDEN_ROLES]
    return firsts.get(Role.LEAD) or min(visible, default=captions)


def _words(text: str) -> list[str]:
    return re.findall(_WORD, text.casefold())


class Short(IntEnum):
    """Whether a passage is a short line: one of 1 to 15 words.

    A line carries a sentence if it has three words or more and ends as a sentence does.
    """

    NO = 0
    SENTENCE = 1
    NO_SENTENCE = 2


def shortness(text: str, words: int) -> Short:
    """Return whether the text of a passage, of so many words, is a short line.

    >>> shortness("Sign up!", 2), shortness("Nobody was hurt.", 3)
    (<Short.NO_SENTENCE: 2>, <Short.SENTENCE: 1>)
    """
    if not 0 < words <= LONGEST_SHORT:
        return Short.NO
    is_sentence = words >= _SENTENCE and text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS)
    return Short.SENTENCE if is_sentence else Short.NO_SENTENCE
