"""nutgraf finds the graf: full-text passage search for archives of articles.

    from nutgraf import Index, search

    with Index.open("archive.nutgraf", create=True) as index:
        index.sync(["articles"])
        for hit in search("ballistic missiles", index):
            print(hit.citation, hit.text)

Names are imported on first use, so that `import nutgraf` itself costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutgraf.query.parser import Diagnostic
    from nutgraf.results.hits import Explanation, Hit, NearDuplicates, Results
    from nutgraf.searcher import Searcher, search, suggest
    from nutgraf.suggestions.completion import Completion
    from nutgraf.suggestions.help import Suggestion
    from nutgraf_index.errors import (
        ArgumentError,
        ArticleError,
        IndexDamaged,
        IndexFormatError,
        IndexLocked,
        IndexNotFound,
        IndexUnusable,
        IndexWriteError,
        NotIndexedError,
        NutgrafError,
        QueryError,
        SourceError,
    )
    from nutgraf_index.index import Index, Stats
    from nutgraf_index.model import Article, Passage, Role
    from nutgraf_index.passages.split import split
    from nutgraf_index.sync.report import Skip, SyncReport

__version__ = "0.1.0"

_HOMES = {
    "nutgraf.suggestions.completion": ["Completion"],
    "nutgraf.results.hits": ["NearDuplicates", "Explanation", "Hit", "Results"],
    "nutgraf.query.parser": ["Diagnostic"],
    "nutgraf.searcher": ["Searcher", "search", "suggest"],
    "nutgraf.suggestions.help": ["Suggestion"],
    "nutgraf_index.errors": [
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
    ],
    "nutgraf_index.index": ["Index", "Stats"],
    "nutgraf_index.model": ["Article", "Passage", "Role"],
    "nutgraf_index.passages.split": ["split"],
    "nutgraf_index.sync.report": ["Skip", "SyncReport"],
}

__all__ = [
    "ArgumentError",
    "Article",
    "ArticleError",
    "Completion",
    "Diagnostic",
    "Explanation",
    "Hit",
    "Index",
    "IndexDamaged",
    "IndexFormatError",
    "IndexLocked",
    "IndexNotFound",
    "IndexUnusable",
    "IndexWriteError",
    "NearDuplicates",
    "NotIndexedError",
    "NutgrafError",
    "Passage",
    "QueryError",
    "Results",
    "Role",
    "Searcher",
    "Skip",
    "SourceError",
    "Stats",
    "Suggestion",
    "SyncReport",
    "__version__",
    "search",
    "split",
    "suggest",
]


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            value = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
