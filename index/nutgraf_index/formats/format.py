"""The definition of a file format, and the faults that its reader yields."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.model import Article
from nutgraf_index.properties.release import NotYetReleased

__all__ = ["AS_FOUND", "MISSING", "Fault", "Format", "ReadOptions", "Reason"]


_MARK = "\x1f"  # between the kind of a stored reason and its text
_DETAIL = re.compile(r": | until | at \d| \(| '(?!nutgraf\[)")
# A message of `Format.remedy`: the name of the format, and the command.
MISSING = re.compile(r"reading (.+) needs (pip install 'nutgraf\[.+\]')\Z")


class Reason(str):
    """Why a file, or a line of it, gave no article.

    Attributes:
        kind: what reasons are counted by: the words that it shares with those of other files.

    >>> Reason("damaged zip data: at byte 7", of="Otters: a memoir").kind
    'damaged zip data'
    """

    kind: str

    def __new__(cls, text: str, *, of: str = "", kind: str = "") -> "Reason":
        """Return a reason.

        Args:
            text: the reason. It begins with its kind, unless another kind is given.
            of: the name, or what else is in the file, that it is about. It begins the reason.
            kind: the kind; empty for that of the text.
        """
        reason = super().__new__(cls, f"{of}: {text}" if of else text)
        reason.kind = kind or (text.kind if isinstance(text, Reason) else _beginning(text))
        return reason

    @classmethod
    def of_error(cls, error: ArticleError) -> "Reason":
        """Return the reason that an error was raised with."""
        return cls(error.args[0] if len(error.args) == 1 else str(error))

    @classmethod
    def of_stored(cls, stored: str) -> "Reason":
        """Return a reason from what `stored` was."""
        kind, mark, text = stored.partition(_MARK)
        return cls(text, kind=kind) if mark else cls(stored)

    @property
    def stored(self) -> str:
        """The text by which it is stored, with its kind in front unless the text begins with it."""
        is_plain = self.kind == _beginning(self) and _MARK not in self
        return str(self) if is_plain else f"{self.kind.replace(_MARK, ' ')}{_MARK}{self}"


def _beginning(text: str) -> str:
    """Return what a reason begins with, up to what differs from file to file."""
    return _DETAIL.split(text.removeprefix("unknown extension "), maxsplit=1)[0]


class Fault(NamedTuple):
    """The reason why a line of a file, or the whole file if `line` is 0, gave no article.

    `again` means that the same bytes may give the article later, such as one under an embargo: each
    sync reads the file again.
    """

    reason: str
    line: int = 0
    again: bool = False

    @classmethod
    def of(cls, error: ArticleError, line: int = 0) -> "Fault":
        """Return the fault of a line, or of a file, that an error was raised for."""
        return cls(Reason.of_error(error), line, isinstance(error, NotYetReleased))


class ReadOptions(NamedTuple):
    """What a caller says about files, for all formats.

    Attributes:
        encoding: the encoding of files that do not declare theirs; empty to have it guessed.
        date_order: the order of the numbers in dates such as 04/03/2021: "dmy" or "mdy"; empty to
            have it decided by the other dates of the file.
        now: the time that embargoes are judged by, with a time zone; None for the present.
        max_bytes: the limit of the bytes that a compressed file may expand to.
        max_pages: the limit of the pages of a PDF.
    """

    encoding: str = ""
    date_order: str = ""
    now: datetime.datetime | None = None
    max_bytes: int = 1 << 26
    max_pages: int = 10_000


AS_FOUND = ReadOptions()


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its files are recognised, described and read.

    Attributes:
        name: the name in sentences.
        extensions: in lower case with the dot, the most usual first; "" stands for files without
            an extension. Several formats may have an extension: then content decides.
        about: a description of one line, for the help and the README.
        read: takes the path of a file relative to its root, its bytes, and what the caller says
            about it. It yields the articles of the file, and a fault for each line that gives none.
            It raises `ArticleError`, before it yields, for binary and for empty files. It imports
            slow packages when it is called.
        extra: the extra of nutgraf that installs `requires`; empty for none.
        requires: the module that `read` needs; empty for none.
        in_chunks: whether `read` takes a `LargeFile` in place of the bytes.
        in_records: whether `read` takes a file record by record. Then the limit of bytes holds
            for a record, and each record of a compressed file may be a stream of its own.
        several: whether a file may have several articles. Then `read` gives each article the id
            that the file states for it or, without one, its number in the file; an empty id is the
            file's. Else the id that `read` gives does not count: it is the file's.
        recognises: whether a text is of this format, given its beginning: at most 64 KiB, of a web
            page 128 KiB without scripts, decoded as well as that can be done without the rest, with
            the line breaks of the file. It is called for an extension that several formats have. Of
            these, the first in `FORMATS` that recognises the text is taken, else the format without
            `recognises`.
        is_slow: whether it takes many times as long to read a file as to pass its articles from
            one process to another. Then worker processes read the next files of this format ahead.
    """

    name: str
    extensions: tuple[str, ...]
    about: str
    read: Callable[[str, Any, ReadOptions], Iterator[Article | Fault]]
    extra: str = ""
    requires: str = ""
    in_chunks: bool = False
    in_records: bool = False
    several: bool = False
    recognises: Callable[[str], bool] | None = None
    is_slow: bool = False

    def remedy(self) -> str:
        """Return a message that names the extra to install; empty if the format can be read."""
        if not self.requires or find_spec(self.requires):
            return ""
        return f"reading {self.name} needs pip install 'nutgraf[{self.extra}]'"

    @property
    def command(self) -> str:
        """The command that installs the extra."""
        return f"pip install 'nutgraf[{self.extra}]'"
