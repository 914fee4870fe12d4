"""What is stored beside the inverted lists, and its form as bytes and numbers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import ArticleError
from nutgraf_index.fields import TEXTS
from nutgraf_index.model import HIDDEN_ROLES, Article, Passage, Role
from nutgraf_index.names import printable

__all__ = [
    "PASSAGE_NUMBERS",
    "ROLES",
    "StoredArticle",
    "StoredFile",
    "check_article",
    "dump_file",
    "dump_metadata",
    "dump_passages",
    "file_key",
    "load_file",
    "load_metadata",
    "load_text",
    "opening",
]


class StoredArticle(NamedTuple):
    """An article as stored: all but its text, which its passages hold.

    `root` is the folder its path is relative to, empty for articles made by a program;
    `digest` is that of the whole article, to tell a changed one; `passages` counts them.
    """

    article: Article
    root: str = ""
    digest: str = ""
    passages: int = 0


class StoredFile(NamedTuple):
    """What `sync` remembers of a file.

    `digest` is that of its bytes, empty to have it read again; `faults` are (reason, line);
    `refused` are ids it has that another source had first.
    """

    root: str
    path: str
    digest: str
    faults: tuple[tuple[str, int], ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is looked up by."""
        return file_key(self.root, self.path)


ROLES = tuple(Role)  # by the number that is stored
_ROLE_NUMBERS = {role: number for number, role in enumerate(ROLES)}


# What is stored of a passage beside its record; `fields.NUMBERS` says what each is.
PASSAGE_NUMBERS = ("passage.role", "passage.line", "passage.gap", "passage.wide")


def dump_passages(
    article: Article,
    passages: Iterable[Passage],
    records: list[bytes],
    numbers: tuple[list[int], ...],
) -> str:
    """Append the records and `PASSAGE_NUMBERS` of passages; return the text after the last.

    The record of a passage is the text from the end of the one before to its own end.
    """
    roles, lines, gaps, wides = numbers
    text, line = article.text, article.line or 1
    end = size = 0  # of the records, in characters and in bytes
    for passage in passages:
        start, before = passage.start, text[end : passage.start]
        gap = start - end if before.isascii() else len(before.encode("utf-8", "surrogatepass"))
        record = (before + passage.text).encode("utf-8", "surrogatepass")
        records.append(record)
        roles.append(_ROLE_NUMBERS[passage.role])
        lines.append(passage.line - line)
        gaps.append(gap)
        wides.append(size + gap - start)
        end, size = passage.end, size + len(record)
    return text[end:]


def load_text(record: bytes, gap: int) -> str:
    """Return the text of a passage. Raises `ValueError` for other bytes."""
    if gap >= len(record):
        raise ValueError("less than a passage")
    return str(record[gap:], "utf-8", "surrogatepass")


def check_article(article: Article) -> None:
    """Raise `ArticleError` if an article cannot be indexed as it is."""
    if not isinstance(article, Article):
        raise ArticleError(f"only articles can be added, not {article!r}")
    for name in ("text", *TEXTS):
        if not isinstance(value := getattr(article, name), str):
            raise ArticleError(f"the article {article.id!r}: {name} must be a text, not {value!r}")
    named = isinstance(article.authors, tuple | list) and all(
        isinstance(name, str) for name in article.authors
    )
    if not named or not isinstance(article.metadata, Mapping):
        raise ArticleError(
            f"the article {article.id!r}: authors must be a tuple of texts, and metadata a mapping"
        )
    if type(article.line) is not int or not 0 <= article.line < 1 << 31:
        raise ArticleError(
            f"the article {article.id!r}: line must be a whole number, 0 or more, "
            f"not {article.line!r}"
        )
    if not article.id or article.id != printable(article.id.strip()):
        raise ArticleError(
            "an article's id must be a text without white space at its ends or lone surrogates, "
            f"not {article.id!r}"
        )
    if article.date and article.date != iso_date(article.date):
        raise ArticleError(
            f"the article {article.id!r} has the date {article.date!r}; "
            "write it as 2020-01-12, 2020-01 or 2020"
        )
    if not article.text.strip():
        raise ArticleError(f"the article {article.id!r} has no text")
    dump_metadata(article)


def dump_metadata(article: Article) -> bytes:
    """Return an article's metadata as bytes, none if there is none. Raises `ArticleError`."""
    if not article.metadata:
        return b""
    try:
        return json.dumps(dict(article.metadata), allow_nan=False).encode()
    except (TypeError, ValueError, RecursionError) as error:
        raise ArticleError(
            f"article {article.id!r}: its metadata cannot be kept as JSON ({error})"
        ) from error


def load_metadata(data: bytes) -> dict[str, Any]:
    """Return an article's metadata. Raises `ValueError` for other bytes."""
    metadata = json.loads(data)
    if type(metadata) is not dict:
        raise ValueError("the metadata is no mapping")
    return metadata


def dump_file(record: StoredFile) -> bytes:
    """Return what is remembered of a file as bytes."""
    return json.dumps(record._asdict()).encode()


def load_file(data: bytes) -> StoredFile:
    """Return what is remembered of a file. Raises `ValueError`, `TypeError`, `KeyError`."""
    record = json.loads(data)
    faults = tuple((reason, line) for reason, line in record["faults"])
    file = StoredFile(**record | {"faults": faults, "refused": tuple(record["refused"])})
    texts = [file.root, file.path, file.digest, *file.refused, *(reason for reason, _ in faults)]
    if {*map(type, texts)} - {str} or {type(line) for _, line in faults} - {int}:
        raise TypeError("a value is of another type")
    return file


def file_key(root: str, path: str) -> str:
    """Return what a file is looked up by."""
    return f"{root}\n{printable(path)}"


def opening(article: Article, passages: Sequence[Passage]) -> int:
    """Return the number of the passage that answers for a title standing nowhere in the text."""
    firsts = {passage.role: passage.number for passage in reversed(passages)}
    if not article.title or Role.HEADLINE in firsts:
        return 0
    told = [number for role, number in firsts.items() if role not in HIDDEN_ROLES]
    return firsts.get(Role.LEAD) or min(told, default=0)
