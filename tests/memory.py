"""Indexes in memory whose ids do not depend on the folder that a test runs in."""

from pathlib import Path

from nutgraf import Index

__all__ = ["index_at"]


def index_at(home: Path, *, language: str | None = None) -> Index:
    """Return an empty index in memory. Ids of files are paths from `home`, as on disk."""
    return Index.in_memory(language=language, at=home / ".nutgraf")
