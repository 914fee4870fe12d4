"""How many words of the archive the patterns and fuzzy words of a query may stand for."""

from collections.abc import Iterator

from nutgraf.postings import Postings
from nutgraf.query import Query
from nutgraf.tree import Boost, Fuzzy, Group, Near, Node, Pattern
from nutgraf_index.errors import QueryError

__all__ = ["MOST_WORDS", "check_expansions"]

MOST_WORDS = 10_000  # in each segment, for all of a query: about a second of reading lists


def check_expansions(query: Query, postings: Postings) -> None:
    """Raise `QueryError` at the pattern or fuzzy word with which it stands for too many words."""
    if query.tree is None:
        return
    opened = dict.fromkeys(_opened(query.tree))
    for lists in postings.lists if opened else ():
        words = 0
        for leaf in opened:
            words += sum(map(len, lists.occurrences.words("text", leaf)))
            if words > MOST_WORDS:
                start, end = query.places[leaf]
                raise QueryError(
                    f"{query.text[start:end]!r} stands for too many words of the archive: "
                    f"a query may for {MOST_WORDS:,}; write more of it",
                    start,
                    end,
                )


def _opened(node: Node) -> Iterator[Pattern | Fuzzy]:
    """Yield the patterns and fuzzy words anywhere in a query."""
    if isinstance(node, Group):
        for part in (*node.must, *node.should, *node.exclude):
            yield from _opened(part)
    elif isinstance(node, Near):
        for leaf in (leaf for part in node.parts for leaf in part):
            yield from _opened(leaf)
    elif isinstance(node, Boost):
        yield from _opened(node.node)
    elif isinstance(node, Pattern | Fuzzy):
        yield node
