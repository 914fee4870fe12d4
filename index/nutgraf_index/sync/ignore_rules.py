"""Ignore rules: the patterns of files that a sync leaves out, in the syntax of gitignore."""

import os
import reprlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from nutgraf_index.arguments import is_single
from nutgraf_index.errors import ArgumentError, SourceError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

__all__ = ["IGNORE_FILE", "NO_RULES", "IgnoreRules"]

IGNORE_FILE = ".nutgrafignore"


class IgnoreRules:
    """The ignore rules that apply to the entries of a folder. A value: it never changes.

    As in git, the last pattern of a file that matches decides, a file in an inner folder comes
    before those of outer folders, and nothing below an ignored folder can be included again.
    Excluded patterns, which a caller gives, come before all files.
    """

    def __init__(
        self,
        excluded: "GitIgnoreSpec | None" = None,
        files: "tuple[tuple[str, GitIgnoreSpec], ...]" = (),
    ) -> None:
        self._excluded = excluded
        self._files = files  # each with the prefix of its folder; the innermost first

    @classmethod
    def excluding(cls, patterns: Iterable[str]) -> "IgnoreRules":
        """Return rules with patterns relative to the root. Raises `ArgumentError`."""
        if is_single(patterns):
            kind = "the text " * isinstance(patterns, str)
            shown = reprlib.repr(patterns)
            raise ArgumentError(f"exclude must be a list of patterns, not {kind}{shown}")
        patterns = list(patterns)
        for pattern in patterns:
            try:
                rules = _spec_of(pattern).patterns if isinstance(pattern, str) else []
            except ValueError:
                rules = []
            if all(rule.include is None for rule in rules):
                raise ArgumentError(
                    "exclude must be patterns of a gitignore file, such as '*.log' or 'drafts/', "
                    f"not {reprlib.repr(pattern)}"
                )
        return cls(_spec_of(*patterns)) if patterns else NO_RULES

    def within(self, prefix: str, folder: str) -> "IgnoreRules":
        """Return the rules for the entries of a folder, which may have an ignore file.

        `prefix` is the folder's path relative to the root, with a slash at its end; "" for the
        root. Raises `SourceError` for a file that cannot be read or has an invalid line.
        """
        location = os.path.join(folder, IGNORE_FILE)
        try:
            with open(location, encoding="utf-8-sig", errors="surrogateescape") as file:
                lines = file.read().split("\n")
        except FileNotFoundError:
            return self
        except OSError as error:
            raise SourceError(
                f"{location} cannot be read ({error.strerror or error}), so it is not known what "
                "to leave out: make it readable, or remove it"
            ) from error
        for number, line in enumerate(lines, 1):
            try:
                _spec_of(line)
            except ValueError:
                raise SourceError(
                    f"{location}:{number}: {line!r} is no pattern of a gitignore file: write "
                    "`\\` before a first ! that is part of a name, or remove the line"
                ) from None
        return IgnoreRules(self._excluded, ((prefix, _spec_of(*lines)), *self._files))

    def ignores(self, path: str) -> bool:
        """Return whether to leave out an entry; the path of a folder must end with a slash."""
        if self._excluded is not None:
            included = self._excluded.check_file(path).include
            if included is not None:
                return included
        for prefix, spec in self._files:
            included = spec.check_file(path[len(prefix) :]).include
            if included is not None:
                return included
        return False


def _spec_of(*lines: str) -> "GitIgnoreSpec":
    from pathspec import GitIgnoreSpec  # imported only where there is a pattern

    return GitIgnoreSpec.from_lines(lines)


NO_RULES = IgnoreRules()
