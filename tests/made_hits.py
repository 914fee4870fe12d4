"""Hits of made-up articles, for the tests of outputs."""

from nutgraf import Article, Hit, Index, search
from nutgraf.output.style import HitWithContext, Style

PIPE = Style(terminal=False, color=False, width=80, folder="/")


def hit_of(text: str, query: str = "otter", **properties: object) -> Hit:
    """Return the hit of a query in an article of one passage."""
    index = Index.in_memory()
    index.add([Article(id="memo", text=text, **properties)])  # type: ignore[arg-type]
    return search(query, index)[0]


def alone(hit: Hit) -> list[HitWithContext]:
    return [HitWithContext(hit)]
