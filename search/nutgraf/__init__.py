"""Full-text passage search for archives of articles.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()  # or Index.open("archive.nutgraf", create=True)
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> for hit in search("otter", index):
    ...     print(hit.citation, hit.text)
    memo#1 Otters are back in the river.

The public names, each with an example; `help(nutgraf.Index)`, for example, explains one.

Make an index, keep it up to date, look after it: Index, Batch, SyncReport, Skip, Guess, Stats

    >>> from nutgraf import Batch, Guess, Skip, Stats, SyncReport
    >>> index.add(Article(id=7, text="The river rose.", authors="Ann Lee", date="Jan. 9, 2020"))
    >>> with index.batch() as batch:  # a Batch
    ...     batch.add(Article(id="note", text="No otters here."))
    >>> len(index), "memo" in index, index.article(7).date
    (3, True, '2020-01-09')
    >>> report = index.sync([])  # a SyncReport; its `skipped` are Skips, its `guessed` are Guesses
    >>> report.found, report.skipped, report.guessed
    (0, (), ())
    >>> index.stats().passages  # of the Stats
    3

What an index holds: Article, Passage, Role, split

    >>> from nutgraf import Passage, Role, split
    >>> passage = split(index.article("memo"))[0]  # a Passage
    >>> passage.number, passage.role is Role.LEAD
    (1, True)

Search once or many times: search, Searcher, SearchOptions

    >>> from nutgraf import Searcher, SearchOptions
    >>> options = SearchOptions(by="Ann Lee", after=2020, limit=None)
    >>> search("river", index, **options.keywords()).total
    1
    >>> with Searcher(index) as searcher:  # also Searcher("archive.nutgraf"), Searcher([a, b])
    ...     [searcher.search(query).total for query in ("otter", "river")]
    [2, 2]

What a search returns: Results, Hit, Suggestion, NearDuplicates, Explanation, Diagnostic

    >>> from nutgraf import Diagnostic, Explanation, Hit, NearDuplicates, Results, Suggestion
    >>> results = search('rivr "lake', index, explain=True)  # Results
    >>> [diagnostic.kind for diagnostic in results.diagnostics]  # each a Diagnostic
    ['unclosed-quote']
    >>> [(suggestion.query, suggestion.total) for suggestion in results.suggestions]
    [('river lake', 2)]
    >>> hit = search("otter", index, explain=True)[0]  # a Hit
    >>> hit.html(), hit.near_duplicates.count, hit.explanation.label
    ('No <mark>otters</mark> here.', 0, 'score')

Complete a query while it is typed: suggest, Completion

    >>> from nutgraf import Completion, suggest
    >>> suggest("otter ri", index)
    (Completion(text='otter river', field='text', count=2),)

Errors, all of them a NutgrafError: ArgumentError, ArticleError, QueryError, SourceError,
NotIndexedError, and IndexUnusable with IndexNotFound, IndexFormatError, IndexDamaged,
IndexWriteError and IndexLocked

    >>> from nutgraf import ArgumentError, ArticleError, IndexDamaged, IndexFormatError, IndexLocked
    >>> from nutgraf import IndexNotFound, IndexUnusable, IndexWriteError, NotIndexedError
    >>> from nutgraf import NutgrafError, QueryError, SourceError
    >>> try:
    ...     search("river date:soon", index)
    ... except QueryError as error:
    ...     print(error.start, error.end)
    6 15
    >>> for error in (IndexNotFound, IndexFormatError, IndexDamaged, IndexWriteError, IndexLocked):
    ...     assert issubclass(error, IndexUnusable)
    >>> for error in (ArgumentError, ArticleError, QueryError):
    ...     assert issubclass(error, NutgrafError) and issubclass(error, ValueError)

Whether the inner loops are compiled: compiled

    >>> from nutgraf import compiled
    >>> compiled in (True, False)
    True

Everything else in this package may change without notice. Names are imported on first use, so
that `import nutgraf` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.options import SearchOptions as SearchOptions
    from nutgraf.query.lexer import Diagnostic as Diagnostic
    from nutgraf.ranking.annotations import NearDuplicates as NearDuplicates
    from nutgraf.ranking.explanation import Explanation as Explanation
    from nutgraf.results.hits import Hit as Hit
    from nutgraf.results.hits import Results as Results
    from nutgraf.results.hits import Suggestion as Suggestion
    from nutgraf.searcher import Searcher as Searcher
    from nutgraf.searcher import search as search
    from nutgraf.searcher import suggest as suggest
    from nutgraf.suggestions.completion import Completion as Completion
    from nutgraf_index.core import compiled as compiled
    from nutgraf_index.errors import *  # noqa: F403
    from nutgraf_index.index import Batch as Batch
    from nutgraf_index.index import Index as Index
    from nutgraf_index.model import Article as Article
    from nutgraf_index.model import Passage as Passage
    from nutgraf_index.model import Role as Role
    from nutgraf_index.passages.split import split as split
    from nutgraf_index.sync.report import Guess as Guess
    from nutgraf_index.sync.report import Skip as Skip
    from nutgraf_index.sync.report import Stats as Stats
    from nutgraf_index.sync.report import SyncReport as SyncReport

__version__ = "0.1.0"

_HOMES = {
    "nutgraf.options": "SearchOptions",
    "nutgraf.query.lexer": "Diagnostic",
    "nutgraf.ranking.annotations": "NearDuplicates",
    "nutgraf.ranking.explanation": "Explanation",
    "nutgraf.results.hits": "Hit Results Suggestion",
    "nutgraf.searcher": "Searcher search suggest",
    "nutgraf.suggestions.completion": "Completion",
    "nutgraf_index.core": "compiled",
    "nutgraf_index.errors": "ArgumentError ArticleError IndexDamaged IndexFormatError IndexLocked "
    "IndexNotFound IndexUnusable IndexWriteError NotIndexedError NutgrafError QueryError "
    "SourceError",
    "nutgraf_index.index": "Batch Index",
    "nutgraf_index.model": "Article Passage Role",
    "nutgraf_index.passages.split": "split",
    "nutgraf_index.sync.report": "Guess Skip Stats SyncReport",
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names.split()}

__all__ = ["__version__", *_HOME_OF]


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
