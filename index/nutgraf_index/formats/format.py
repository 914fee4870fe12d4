"""What a file format consists of, and what its reader yields."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, NamedTuple

from nutgraf_index.model import Article

__all__ = ["Fault", "Format"]


class Fault(NamedTuple):
    """Why a line of a file gave no article; the whole file where `line` is 0."""

    reason: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: how its files are told, described and read.

    `name` is used in sentences; `about` is one line for the help and the README. `extensions` are
    in lower case with their dot, the most usual one first. `extra` is the extra of nutgraf that
    installs the module `requires`, without which `read` cannot work; both are empty for none.

    `read` takes the path of a file relative to its root, and its bytes, or a `LargeFile` if it can
    read one `in_chunks`. It yields the articles of the file, and a fault for each line that gives
    none. It raises `ArticleError` for a file that gives none at all, before yielding. It imports
    slow packages when it is called.
    """

    name: str
    extensions: tuple[str, ...]
    about: str
    read: Callable[[str, Any], Iterator[Article | Fault]]
    extra: str = ""
    requires: str = ""
    in_chunks: bool = False

    def remedy(self) -> str:
        """Return what to install before files of this format can be read; empty if nothing."""
        if not self.requires or find_spec(self.requires):
            return ""
        return f"reading {self.name} needs pip install 'nutgraf[{self.extra}]'"
