"""What a query asks of a snapshot: as typed, or with synonyms and words of the best passages."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.scope import read_scope
from nutgraf.query.parser import Query, Require, parse
from nutgraf.query.tree import Node
from nutgraf.ranking.rank import evaluate
from nutgraf.rewriting.limits import check_expansions
from nutgraf.scoring.bm25f import FEEDBACK_PASSAGES
from nutgraf_index.store.soundness import checked
from nutgraf_index.sync.roots import Subtree

if TYPE_CHECKING:
    from nutgraf.rewriting.synonyms import Synonyms

__all__ = ["asked", "count"]


def asked(
    query: Query,
    tree: Node,
    postings: SnapshotPostings,
    *,
    within: list[Subtree] | None,
    size: int,
    require: Require,
    expand: bool,
    synonyms: "Synonyms | None",
) -> Node:
    """Return what is evaluated for the tree of a query.

    Raises `QueryError` where its patterns or synonyms are too many.
    """
    # What most searches do not need is imported when one does: a command starts the sooner.
    if synonyms:
        from nutgraf.rewriting.synonyms import with_synonyms

        tree = with_synonyms(tree, synonyms, query.text)
    check_expansions(query, postings)
    if expand:
        from nutgraf.rewriting.relevance_feedback import expanded

        _, best = evaluate(tree, postings, within=within, first=FEEDBACK_PASSAGES, size=size)
        tree = expanded(tree, best, postings, require)
    return tree


def count(
    postings: SnapshotPostings, within: list[Subtree] | None, text: str, options: Mapping[str, Any]
) -> int:
    """Return how many passages a query finds, with these options of `search`."""
    size = read_scope(options["scope"])
    query = parse(text, require=options["require"])
    if query.tree is None:
        return 0
    with checked(postings.snapshot.readers):
        tree = asked(
            query,
            query.tree,
            postings,
            within=within,
            size=size,
            require=options["require"],
            expand=options["expand"],
            synonyms=options["synonyms"],
        )
        return evaluate(tree, postings, within=within, first=0, size=size)[0]
