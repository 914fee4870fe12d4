"""What is stored beside the inverted lists, and its form as bytes.

An article and a file are JSON; a passage is three numbers and its text.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from nutgraf_index.dates import iso_date
from nutgraf_index.errors import ArticleError
from nutgraf_index.fields import ARTICLE_PROPERTIES, TEXTS
from nutgraf_index.model import HIDDEN_ROLES, Article, Passage, Role
from nutgraf_index.names import printable

__all__ = [
    "PASSAGE",
    "StoredArticle",
    "StoredFile",
    "check_article",
    "check_metadata",
    "dump_article",
    "dump_file",
    "dump_passage",
    "file_key",
    "load_article",
    "load_file",
    "load_passage",
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


PASSAGE = struct.Struct("<IIB")  # start, line, role
_ROLES = tuple(Role)
_ROLE_NUMBERS = {role: number for number, role in enumerate(_ROLES)}
_PROPERTIES = tuple(ARTICLE_PROPERTIES)
_AUTHORS = _PROPERTIES.index("authors")


def dump_passage(passage: Passage) -> bytes:
    """Return a passage as bytes, without what its place in the segment tells."""
    head = PASSAGE.pack(passage.start, passage.line, _ROLE_NUMBERS[passage.role])
    return head + passage.text.encode("utf-8", "surrogatepass")


def load_passage(data: bytes, number: int, heading: bytes) -> Passage:
    """Return a passage. Raises `ValueError`, `struct.error`, `IndexError` for other bytes."""
    start, line, role = PASSAGE.unpack_from(data)
    text = load_text(data)
    return Passage(
        number=number,
        role=_ROLES[role],
        heading=str(heading, "utf-8", "surrogatepass") if heading else "",
        start=start,
        end=start + len(text),
        line=line,
        text=text,
    )


def load_text(data: bytes) -> str:
    """Return the text of a passage alone. Raises `ValueError` for other bytes."""
    if len(data) < PASSAGE.size:
        raise ValueError("less than a passage")
    return str(data[PASSAGE.size :], "utf-8", "surrogatepass")


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
    check_metadata(article)


def check_metadata(article: Article) -> None:
    """Raise `ArticleError` if an article's metadata cannot be kept."""
    if article.metadata:
        _dump_metadata(article.id, article.metadata)


def _dump_metadata(id: str, metadata: Mapping[str, Any]) -> str:
    try:
        return json.dumps(dict(metadata), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise ArticleError(
            f"article {id!r}: its metadata cannot be kept as JSON ({error})"
        ) from error


def dump_article(record: StoredArticle) -> bytes:
    """Return an article as bytes."""
    article = record.article
    values = [getattr(article, name) for name in _PROPERTIES]
    # The one mapping that need not be a dict is the metadata.
    return json.dumps([values, *record[1:]], default=dict).encode()


def load_article(data: bytes) -> StoredArticle:
    """Return an article. Raises `ValueError`, `TypeError` for other bytes."""
    # What json.loads does beside, to guess at encodings and skip white space, takes longer.
    (values, *rest), end = _DECODER.raw_decode(data.decode())
    if end != len(data):
        raise ValueError("more than an article")
    values[_AUTHORS] = tuple(values[_AUTHORS])
    article = object.__new__(Article)
    # As its own `__init__` does, which with a dozen keywords takes twice as long.
    for name, value in zip(_PROPERTIES, values, strict=True):
        object.__setattr__(article, name, value)
    object.__setattr__(article, "text", "")
    return StoredArticle(article, *rest)


_DECODER = json.JSONDecoder()


def dump_file(record: StoredFile) -> bytes:
    """Return what is remembered of a file as bytes."""
    return json.dumps(record._asdict()).encode()


def load_file(data: bytes) -> StoredFile:
    """Return what is remembered of a file. Raises `ValueError`, `TypeError`, `KeyError`."""
    record = json.loads(data)
    faults = tuple((reason, line) for reason, line in record["faults"])
    return StoredFile(**record | {"faults": faults, "refused": tuple(record["refused"])})


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
