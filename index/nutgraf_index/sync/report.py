"""Reports of a sync and of an index: progress, skipped entries, changes, statistics."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["Guess", "Progress", "Skip", "Stats", "SyncReport"]

# The work done and all work, in bytes; and the path of the file that is read, or what is done else.
Progress = Callable[[int, int, str], None]


class Skip(NamedTuple):
    """A file, a folder or a line of a file that was not indexed, and the reason.

    `line` counts from 1; it is 0 if the whole file or folder was skipped.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "photo.jpeg").write_bytes(b"")
    ...     (skip,) = Index.in_memory().sync([folder]).skipped
    >>> pathlib.Path(skip.path).name, skip.line
    ('photo.jpeg', 0)
    """

    path: str
    reason: str
    line: int = 0

    @classmethod
    def of_stored(cls, path: str, reason: str, line: int) -> "Skip":
        """Return a skip from a stored fault of a file."""
        from nutgraf_index.formats.format import Reason  # slow to import

        return cls(path, Reason.of_stored(reason), line)

    @property
    def kind(self) -> str:
        """The words that the reason shares with those of other files: reports count by them."""
        from nutgraf_index.formats.format import Reason  # slow to import

        return Reason(self.reason).kind


class Guess(NamedTuple):
    """A file whose encoding was guessed, and the encoding, as Python names it.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "not.txt").write_bytes("Işık söndü.".encode("cp1254"))
    ...     (guess,) = Index.in_memory().sync([folder]).guessed
    >>> pathlib.Path(guess.path).name, guess.encoding
    ('not.txt', 'cp1254')
    """

    path: str
    encoding: str


@dataclass(frozen=True, slots=True)
class SyncReport:
    """The result of a sync.

    `found` counts the files found and the folders skipped. `indexed` counts the files that gave at
    least one article; every other file or folder is in `skipped`, with line 0. `added`, `updated`,
    `unchanged` and `removed` are sorted ids of articles. `renamed` has the old and the new id of
    each article whose id differs by today's rule; see `Index.sync`. `excluded` are the ids in
    `removed` whose files ignore rules leave out now.

    `ignored` counts the files and folders that ignore rules leave out, which are not in `found`.
    `emptied` has the full path of each folder that had articles and now has no file, with the
    number of its articles, which stay in the index. `without_date`, `without_title` and
    `without_author` count the articles of the files found that lack this property, and `hidden`
    those whose passages all have a hidden role, so that a query finds them only if it names the
    role; except articles that a dry run would add or update. `guessed` has each file whose encoding
    was guessed when it was last read. `doubtful` has each file with dates such as 04/03/2021 whose
    order nothing tells, and how many of its articles have no date for that reason; see `date_order`
    of `Index.sync`. `formats` has the number of articles of the files found by the name of their
    format, the highest first. `recognised` has the path and the format of each file whose content
    told another format than its extension.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "memo.txt").write_text("Otters are back.")
    ...     with Index.open(f"{folder}/index", create=True) as index:
    ...         report = index.sync([folder])
    >>> report.found, report.indexed, report.added
    (1, 1, ('memo.txt',))
    """

    found: int = 0
    indexed: int = 0
    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    skipped: tuple[Skip, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    excluded: tuple[str, ...] = ()
    ignored: int = 0
    emptied: tuple[tuple[str, int], ...] = ()
    without_date: int = 0
    without_title: int = 0
    without_author: int = 0
    hidden: int = 0
    guessed: tuple[Guess, ...] = ()
    doubtful: tuple[tuple[str, int], ...] = ()
    formats: Mapping[str, int] = field(default_factory=dict, hash=False)
    recognised: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Stats:
    """Statistics of an index.

    `files` counts the files that the index was last synced with, those without an article
    included. `bytes` is the size of the current commit's files. `roots` are the full paths of the
    synced folders, sorted. `synonyms` is the number of rules of synonyms that are kept with the
    index. `compiled` is `nutgraf.compiled`: whether the core of this installation is compiled.
    `formats` has the number of articles of files by the name of their format, the highest first.
    `languages` has the number of articles by the code of the language they are analysed in, "und"
    for any that has no rules here, the highest first.

    >>> from nutgraf import Index
    >>> stats = Index.in_memory().stats()
    >>> stats.location, stats.articles, stats.roots
    ('memory', 0, ())
    """

    location: str
    format: int
    files: int
    articles: int
    passages: int
    bytes: int
    roots: tuple[str, ...]
    synonyms: int
    compiled: bool
    formats: Mapping[str, int] = field(default_factory=dict, hash=False)
    languages: Mapping[str, int] = field(default_factory=dict, hash=False)

    def to_dict(self) -> dict[str, Any]:
        """Return the statistics as a dictionary of JSON-ready values."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return values | {
            "roots": list(self.roots),
            "formats": dict(self.formats),
            "languages": dict(self.languages),
        }
