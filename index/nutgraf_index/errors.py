"""Every exception nutgraf raises on purpose, drawn once.

    NutgrafError
    ├── ArgumentError (ValueError)    a value a parameter does not take
    ├── ArticleError (ValueError)     articles that cannot be indexed as they are
    ├── QueryError (ValueError)       a query with no meaning to give it; carries start and end
    ├── SourceError                   a file or folder given that is missing or unreadable
    ├── NotIndexedError (LookupError) a citation or article the index does not hold
    └── IndexUnusable
        ├── IndexNotFound             no index there
        ├── IndexFormatError          an index of another format number
        ├── IndexDamaged              an index whose files are not what was written
        ├── IndexWriteError           the system refused to write (disk full, read-only)
        └── IndexLocked               another process is writing

Messages name the thing, the value and the way out.
"""

__all__ = [
    "ArgumentError",
    "ArticleError",
    "IndexDamaged",
    "IndexFormatError",
    "IndexLocked",
    "IndexNotFound",
    "IndexUnusable",
    "IndexWriteError",
    "NotIndexedError",
    "NutgrafError",
    "QueryError",
    "SourceError",
]


class NutgrafError(Exception):
    """Base of all errors raised by nutgraf."""


class ArgumentError(NutgrafError, ValueError):
    """A parameter was given a value it does not take."""


class ArticleError(NutgrafError, ValueError):
    """Articles cannot be indexed as they are."""


class QueryError(NutgrafError, ValueError):
    """A query that cannot be given a meaning.

    `start` and `end` are the half-open character range of the query text at fault.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class SourceError(NutgrafError):
    """A path given to be indexed, or a file of synonyms, is missing or cannot be read."""


class NotIndexedError(NutgrafError, LookupError):
    """A citation or an article is not in the index."""


class IndexUnusable(NutgrafError):
    """Base of what keeps an index from being used."""


class IndexNotFound(IndexUnusable):
    """There is no index at that place."""


class IndexFormatError(IndexUnusable):
    """The index has a format number this version does not read."""


class IndexDamaged(IndexUnusable):
    """The files of the index are not what was written.

    `file` is the name of the file at fault, empty where it cannot be told.
    """

    def __init__(self, message: str, file: str = "") -> None:
        super().__init__(message)
        self.file = file

    @classmethod
    def of(cls, where: str, file: str, problem: str) -> "IndexDamaged":
        """Return the error for a problem of a file of the index at `where`, "" for no one file."""
        place = f"{where}: {file}" if file else where
        return cls(
            f"the index is damaged: {place}: {problem}. `nutgraf verify --rollback` returns to the "
            "commit before; or remove the folder and index the articles again.",
            file,
        )


class IndexWriteError(IndexUnusable):
    """The system refused to write the index."""


class IndexLocked(IndexUnusable):
    """Another process holds the index's write lock."""
