"""Full-text passage search for archives of articles.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()  # or Index.open("archive.nutgraf", create=True)
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> for hit in search("otter", index):
    ...     print(hit.citation, hit.text)
    memo#1 Otters are back in the river.

The public names; `help(nutgraf.Index)`, for example, explains one:

    search, Searcher, SearchOptions     find passages, once or many times
    Results, Hit, Suggestion            what a search returns
    NearDuplicates, Explanation         annotations of a hit
    Diagnostic                          a part of a query that was not taken as syntax
    suggest, Completion                 complete a query while it is typed
    Index, SyncReport, Skip, Guess      make an index, keep it up to date
    Stats                               what an index contains
    Article, Passage, Role, split       what an index holds
    NutgrafError                        the base of all errors:
        ArgumentError, ArticleError, QueryError, SourceError, NotIndexedError,
        IndexUnusable (IndexNotFound, IndexFormatError, IndexDamaged, IndexWriteError,
        IndexLocked)
    compiled                            whether the inner loops are compiled

Everything else in this package may change without notice. Names are imported on first use, so
that `import nutgraf` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.options import SearchOptions as SearchOptions
    from nutgraf.query.lexer import Diagnostic as Diagnostic
    from nutgraf.ranking.annotations import Explanation as Explanation
    from nutgraf.ranking.annotations import NearDuplicates as NearDuplicates
    from nutgraf.results.hits import Hit as Hit
    from nutgraf.results.hits import Results as Results
    from nutgraf.results.hits import Suggestion as Suggestion
    from nutgraf.searcher import Searcher as Searcher
    from nutgraf.searcher import search as search
    from nutgraf.searcher import suggest as suggest
    from nutgraf.suggestions.completion import Completion as Completion
    from nutgraf_index.core import compiled as compiled
    from nutgraf_index.errors import *  # noqa: F403
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
    "nutgraf.ranking.annotations": "Explanation NearDuplicates",
    "nutgraf.results.hits": "Hit Results Suggestion",
    "nutgraf.searcher": "Searcher search suggest",
    "nutgraf.suggestions.completion": "Completion",
    "nutgraf_index.core": "compiled",
    "nutgraf_index.errors": "ArgumentError ArticleError IndexDamaged IndexFormatError IndexLocked "
    "IndexNotFound IndexUnusable IndexWriteError NotIndexedError NutgrafError QueryError "
    "SourceError",
    "nutgraf_index.index": "Index",
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
