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
    """Base of all errors raised by nutgraf.

    >>> from nutgraf import NutgrafError, search
    >>> try:
    ...     search("otters", "no/such/folder")
    ... except NutgrafError as error:
    ...     print(type(error).__name__)
    IndexNotFound
    """


class ArgumentError(NutgrafError, ValueError):
    """A parameter was given a value it does not take.

    >>> from nutgraf import ArgumentError, Index, search
    >>> try:
    ...     search("otters", Index.in_memory(), limit=-1)
    ... except ArgumentError as error:
    ...     print(error)
    limit must be a whole number, 0 or more, not -1
    """


class ArticleError(NutgrafError, ValueError):
    """Articles cannot be indexed as they are.

    >>> from nutgraf import Article, ArticleError, Index
    >>> try:
    ...     Index.in_memory().add([Article(id="", text="Otters are back.")])
    ... except ArticleError as error:
    ...     print(error)
    an article's id must be a text without white space at its ends or lone surrogates, not ''
    """


class QueryError(NutgrafError, ValueError):
    """A query that cannot be given a meaning.

    `start` and `end` are the half-open character range of the query text at fault.

    >>> from nutgraf import Index, QueryError, search
    >>> query = "otters date:soon"
    >>> try:
    ...     search(query, Index.in_memory())
    ... except QueryError as error:
    ...     print(query[error.start : error.end])
    date:soon
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.start = start
        self.end = end


class SourceError(NutgrafError):
    """A path given to be indexed, or a file of synonyms, is missing or cannot be read.

    >>> from nutgraf import Index, SourceError
    >>> try:
    ...     Index.in_memory().sync(["no/such/folder"])
    ... except SourceError as error:
    ...     print(type(error).__name__)
    SourceError
    """


class NotIndexedError(NutgrafError, LookupError):
    """A citation or an article is not in the index.

    >>> from nutgraf import Index, NotIndexedError
    >>> try:
    ...     Index.in_memory().remove(["memo"])
    ... except NotIndexedError as error:
    ...     print(error)
    there is no article 'memo' in memory
    """


class IndexUnusable(NutgrafError):
    """Base of what keeps an index from being used.

    >>> from nutgraf import IndexLocked, IndexNotFound, IndexUnusable
    >>> issubclass(IndexLocked, IndexUnusable), issubclass(IndexNotFound, IndexUnusable)
    (True, True)
    """


class IndexNotFound(IndexUnusable):
    """There is no index at that place.

    >>> from nutgraf import Index, IndexNotFound
    >>> try:
    ...     Index.open("no/such/folder")
    ... except IndexNotFound as error:
    ...     print(type(error).__name__)
    IndexNotFound
    """


class IndexFormatError(IndexUnusable):
    """The index has a format number this version does not read.

    >>> from nutgraf import IndexFormatError, IndexUnusable
    >>> issubclass(IndexFormatError, IndexUnusable)
    True
    """


class IndexDamaged(IndexUnusable):
    """The files of the index are not what was written.

    `file` is the name of the file at fault, empty where it cannot be told.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index, IndexDamaged
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     Index.open(folder, create=True).close()
    ...     _ = pathlib.Path(folder, "nutgraf.json").write_text("{")
    ...     try:
    ...         Index.open(folder)
    ...     except IndexDamaged as error:
    ...         print(error.file)
    nutgraf.json
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
    """The system refused to write the index.

    >>> import pathlib, tempfile
    >>> from nutgraf import Index, IndexWriteError
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     try:
    ...         Index.open(pathlib.Path(file.name, "index"), create=True)
    ...     except IndexWriteError as error:
    ...         print(type(error).__name__)
    IndexWriteError
    """


class IndexLocked(IndexUnusable):
    """Another process holds the index's write lock.

    >>> import tempfile
    >>> from nutgraf import Article, Index, IndexLocked
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     index = Index.open(folder, create=True, wait=0)
    ...     writer = index.as_whoosh().writer()  # holds the lock
    ...     try:
    ...         index.add([Article(id="memo", text="Otters are back.")])
    ...     except IndexLocked as error:
    ...         print(type(error).__name__)
    ...     writer.cancel()
    IndexLocked
    """
