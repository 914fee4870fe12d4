"""The tree of the exceptions that nutgraf raises.

    NutgrafError
    ├── ArgumentError (ValueError)    a parameter does not accept the value
    ├── ArticleError (ValueError)     an article cannot be indexed as it is
    ├── QueryError (ValueError)       the query has no meaning; carries the offsets of the fault
    ├── SourceError                   a file or folder to be read is missing or unreadable
    ├── NotIndexedError (LookupError) the index has no such citation or article
    └── IndexUnusable
        ├── IndexNotFound             the folder has no index
        ├── IndexFormatError          the index has another format number
        ├── IndexDamaged              the index's files are not as nutgraf wrote them
        ├── IndexWriteError           the system refused to write (disk full, read-only)
        └── IndexLocked               another process is writing

A message names the thing, its value and the way out.
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
    """The base of all exceptions of nutgraf.

    >>> from nutgraf import NutgrafError, search
    >>> try:
    ...     search("otters", "no/such/folder")
    ... except NutgrafError as error:
    ...     print(type(error).__name__)
    IndexNotFound
    """


class ArgumentError(NutgrafError, ValueError):
    """A parameter does not accept the value it was given.

    >>> from nutgraf import ArgumentError, Index, search
    >>> try:
    ...     search("otters", Index.in_memory(), limit=-1)
    ... except ArgumentError as error:
    ...     print(error)
    limit must be a whole number, 0 or more, not -1
    """


class ArticleError(NutgrafError, ValueError):
    """An article cannot be indexed as it is: it has no text, say, or its date is not ISO 8601.

    >>> from nutgraf import Article, ArticleError, Index
    >>> try:
    ...     Index.in_memory().add([Article(id="", text="Otters are back.")])
    ... except ArticleError as error:
    ...     print(error)
    an article's id must be a text without white space at its ends or lone surrogates, not ''
    """


class QueryError(NutgrafError, ValueError):
    """A query has no meaning: a filter has an invalid value, or a pattern matches too many terms.

    Attributes:
        start: the offset of the first character at fault in the query text.
        end: the offset after the last character at fault.

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
    """A file or folder to be indexed, or a file of synonyms, is missing or cannot be read.

    >>> from nutgraf import Index, SourceError
    >>> try:
    ...     Index.in_memory().sync(["no/such/folder"])
    ... except SourceError as error:
    ...     print(type(error).__name__)
    SourceError
    """


class NotIndexedError(NutgrafError, LookupError):
    """The index has no passage or article of that name, or several articles have the name.

    >>> from nutgraf import Index, NotIndexedError
    >>> try:
    ...     Index.in_memory().remove(["memo"])
    ... except NotIndexedError as error:
    ...     print(error)
    there is no article 'memo' in memory
    """


class IndexUnusable(NutgrafError):
    """The base of the exceptions about an index that cannot be read or written.

    >>> from nutgraf import IndexLocked, IndexNotFound, IndexUnusable
    >>> issubclass(IndexLocked, IndexUnusable), issubclass(IndexNotFound, IndexUnusable)
    (True, True)
    """


class IndexNotFound(IndexUnusable):
    """The folder has no index.

    >>> from nutgraf import Index, IndexNotFound
    >>> try:
    ...     Index.open("no/such/folder")
    ... except IndexNotFound as error:
    ...     print(type(error).__name__)
    IndexNotFound
    """


class IndexFormatError(IndexUnusable):
    """The index has a format number that this version does not read.

    >>> from nutgraf import IndexFormatError, IndexUnusable
    >>> issubclass(IndexFormatError, IndexUnusable)
    True
    """


class IndexDamaged(IndexUnusable):
    """The files of the index are not as nutgraf wrote them.

    Attributes:
        file: the name of the damaged file; empty if the damage is not in one file.

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
        """Return the error for a problem, with a message that says how to recover.

        Args:
            where: the folder of the index.
            file: the name of the damaged file; empty if the problem is not in one file.
            problem: a clause that completes the message.
        """
        location = f"{where}: {file}" if file else where
        return cls(
            f"the index is damaged: {location}: {problem}. `nutgraf verify --rollback` returns to "
            "the previous commit; otherwise remove the folder and index the articles again.",
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
