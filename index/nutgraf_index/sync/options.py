"""The options of a sync that decide what is read, and what the path of a file says of it."""

import re
from typing import NamedTuple

from nutgraf_index.errors import ArgumentError
from nutgraf_index.sync.ignore_rules import IgnoreRules

__all__ = ["SyncOptions", "source_pattern"]


class SyncOptions(NamedTuple):
    """The options of a sync that decide what is read; see `Index.sync`."""

    max_bytes: int
    rules: IgnoreRules
    source_from: re.Pattern[str] | None = None
    prune: bool = False

    def source_of(self, name: str, digest: str) -> str:
        """Return the source that the path of a file gives to its articles; empty for none.

        `name` is the file's path relative to the folder of the index. Without `source_from` it is
        the source that the file had from its path before, which its stored digest names.
        """
        if self.source_from is None:
            return digest.partition(" ")[2]
        match = self.source_from.search(name)
        if match is None:
            return ""
        source = match["source"] if "source" in match.re.groupindex else match[1]
        return " ".join((source or "").split())


def source_pattern(text: str | None) -> re.Pattern[str] | None:
    """Compile the pattern of `source_from`. Raises `ArgumentError` if it has no group."""
    if text is None:
        return None
    try:
        pattern = re.compile(text)
        problem = "" if pattern.groups else "it has no group"
    except (re.error, TypeError) as error:
        problem = str(error)
    if problem:
        raise ArgumentError(
            "source_from must be a regular expression with a group for the source, such as "
            f"'archive/([^/]+)/', not {text!r}: {problem}"
        )
    return pattern
