"""A query as it was typed to the tree that is searched."""

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.parser import Query
from nutgraf.query.tree import Node
from nutgraf.rewriting.limits import check_expansions
from nutgraf_index.model import Subtree

__all__ = ["rewritten"]


def rewritten(
    query: Query,
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
) -> Node:
    """Return what is searched for the tree of a query: with synonyms and relevance feedback.

    Raises `QueryError` where its patterns or synonyms are too many.
    """
    # What most searches do not need is imported when one does: a command starts the sooner.
    if options.rules:
        from nutgraf.rewriting.synonyms import with_synonyms

        tree = with_synonyms(tree, options.rules, query.text, postings.analyzer)
    check_expansions(query, postings)
    if options.expand:
        from nutgraf.rewriting.relevance_feedback import with_feedback

        tree = with_feedback(tree, postings, within, options)
    return tree
