"""A query as it was typed to the tree that is searched."""

from itertools import chain

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.parser import Query
from nutgraf.query.tree import MultiTerm, Node
from nutgraf.ranking.rank import rank
from nutgraf.scoring.bm25f import FEEDBACK_PASSAGES
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import QueryError
from nutgraf_index.model import Subtree

__all__ = ["MOST_WORDS", "rewritten"]

MOST_WORDS = 10_000  # of the archive, for which the patterns and fuzzy words of a query stand


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
    if query.places:
        _check_expansions(query, tree, postings)
    # What most searches do not need is imported when one does: a command starts the sooner.
    if options.rules:
        from nutgraf.rewriting.synonyms import with_synonyms

        tree = with_synonyms(tree, options.rules, query.text, postings.analyzer)
    if options.expand:
        from nutgraf.rewriting.relevance_feedback import with_feedback

        first = SearchOptions(limit=FEEDBACK_PASSAGES, scope=options.scope, collapse=False)
        best = rank(tree, postings, within, first).matches
        tree = with_feedback(tree, best, postings, options.require)
    return tree


def _check_expansions(query: Query, tree: Node, postings: SnapshotPostings) -> None:
    """Raise `QueryError` at the pattern or fuzzy word with which it stands for too many words."""
    found = {
        leaf: [segment.occurrences.words("text", leaf) for segment in postings.segments]
        for leaf in tree.walk(excluded=True)
        if isinstance(leaf, MultiTerm)
    }
    if sum(len(words) for one in found.values() for words in chain(*one)) <= MOST_WORDS:
        return
    count = 0
    for leaf, choices in found.items():
        count += len(_distinct(postings, choices))
        if count > MOST_WORDS:
            start, end = query.places[leaf]
            raise QueryError(
                f"{query.text[start:end]!r} stands for too many words of the archive: "
                f"a query may for {MOST_WORDS:,}; write more of it",
                start,
                end,
            )


def _distinct(postings: SnapshotPostings, choices: list[list[Numbers]]) -> set[tuple[int, bytes]]:
    """Return each once the words for each of a leaf's, which segments have in common."""
    return {
        (at, segment.reader.field("text").words[number])
        for segment, of_segment in zip(postings.segments, choices, strict=True)
        for at, words in enumerate(of_segment)
        for number in words.tolist()
    }
