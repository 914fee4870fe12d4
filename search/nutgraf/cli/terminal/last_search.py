"""The numbered hits of the last search in each terminal, kept in the user's folder of states."""

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from typing import Any, NamedTuple

from nutgraf.output.style import HitWithContext
from nutgraf.results.hits import Hit
from nutgraf_index.errors import NutgrafError

__all__ = ["Place", "folder", "recall", "remember"]


class Place(NamedTuple):
    """Where a passage stands: a line or page of a file, or a URL; either may be empty."""

    citation: str
    path: str
    line: int
    url: str
    page: int = 0

    @classmethod
    def of(cls, hit: Hit) -> "Place":
        """Return the place of a hit."""
        return cls(hit.citation, hit.path, hit.line, hit.url, hit.page)


def folder() -> str:
    """Return the folder of states: `nutgraf` in $XDG_STATE_HOME, else in ~/.local/state."""
    home = os.environ.get("XDG_STATE_HOME", "")
    if not os.path.isabs(home):  # the specification has relative ones ignored
        home = os.path.join(os.path.expanduser("~"), ".local", "state")
    return os.path.join(home, "nutgraf")


def remember(query: str, hits: Iterable[HitWithContext]) -> None:
    """Keep the hits that a search printed in this terminal; nothing if that is impossible.

    Each terminal has one file, which the next search in it replaces.
    """
    record = {
        "query": query,
        "folder": os.getcwd(),
        "session": _session(),
        "hits": {str(group.number): Place.of(group.hit) for group in hits},
    }
    # Only `nutgraf open` suffers where the file cannot be written.
    with contextlib.suppress(OSError):
        os.makedirs(folder(), mode=0o700, exist_ok=True)
        path = os.path.join(folder(), _file_of(_terminal()))
        part = f"{path}.{os.getpid()}"
        with open(
            os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(record, file)  # ASCII, so that any file name can be written
        os.replace(part, path)


def recall(number: int) -> Place:
    """Return the place of a hit of the last search in this terminal, or else in this folder.

    Raises `NutgrafError` if there was none, or none with this number.
    """
    record = _read(_file_of(_terminal()))
    if record is None or record["session"] != _session():
        record = _newest_of_folder()
    if record is None:
        raise NutgrafError(
            "no search was printed in this terminal or folder: `nutgraf search WORDS` numbers its "
            "hits, and `nutgraf open CITATION` needs no search"
        )
    hits, query = record["hits"], record["query"]
    if str(number) in hits:
        return Place(*hits[str(number)])
    numbers = [*hits]
    printed = f"printed hits {numbers[0]} to {numbers[-1]}" if hits else "printed no hit"
    raise NutgrafError(f"there is no hit {number}: the last search here, {query!r}, {printed}")


def _newest_of_folder() -> dict[str, Any] | None:
    """Return the newest record of a search in the working folder, in any terminal."""
    try:
        names = [entry for entry in os.scandir(folder()) if entry.name.endswith(".json")]
        names.sort(key=lambda entry: entry.stat().st_mtime_ns, reverse=True)
    except OSError:
        return None
    records = (_read(entry.name) for entry in names)
    return next((one for one in records if one and one["folder"] == os.getcwd()), None)


def _read(name: str) -> dict[str, Any] | None:
    """Return a record; None if there is none that can be used."""
    try:
        with open(os.path.join(folder(), name), encoding="utf-8") as file:
            record: dict[str, Any] = json.load(file)
        if all(isinstance(record["hits"][key], list) for key in record["hits"]):
            return {key: record[key] for key in ("query", "folder", "session", "hits")}
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return None


def _terminal() -> str:
    """Return the name of the terminal, such as /dev/pts/3; empty if there is none."""
    for stream in (sys.__stdout__, sys.__stdin__, sys.__stderr__):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            return os.ttyname(stream.fileno())  # type: ignore[union-attr]
    return ""


def _session() -> int:
    """Return the session of the shell, since the names of closed terminals are used again."""
    return os.getsid(0) if hasattr(os, "getsid") else 0


def _file_of(terminal: str) -> str:
    return f"{terminal.strip('/').replace('/', '-') or 'terminal'}.json"
