"""The definition of a file format, and the faults that its reader yields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

from nutgraf_index.model import Article

__all__ = ["Fault", "Format"]


class Fault(NamedTuple):
    """The reason why a line of a file, or the whole file if `line` is 0, gave no article."""

    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its files are recognised, described and read.

    Attributes:
        name: the name in sentences.
        extensions: in lower case with the dot, the most usual first.
        about: a description of one line, for the help and the README.
        read: takes the path of a file relative to its root, its bytes, and the encoding that the
            caller gives, or "". It yields the articles of the file, and a fault for each line that
            gives none. It raises `ArticleError`, before it yields, for binary and for empty files.
            It imports slow packages when it is called.
        extra: the extra of nutgraf that installs `requires`; empty for none.
        requires: the module that `read` needs; empty for none.
        in_chunks: whether `read` takes a `LargeFile` in place of the bytes.
        several: whether a file may have several articles. Then `read` gives each article the id
            that the file states for it or, without one, its number in the file. Else the id that
            `read` gives does not count: it is the file's.
    """

    name: str
    extensions: tuple[str, ...]
    about: str
    read: Callable[[str, Any, str], Iterator[Article | Fault]]
    extra: str = ""
    requires: str = ""
    in_chunks: bool = False
    several: bool = False

    def remedy(self) -> str:
        """Return a message that names the extra to install; empty if the format can be read."""
        if not self.requires or find_spec(self.requires):
            return ""
        return f"reading {self.name} needs pip install 'nutgraf[{self.extra}]'"
