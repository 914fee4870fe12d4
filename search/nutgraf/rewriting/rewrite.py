"""Rewrites the tree of a parsed query into the tree that is searched."""

from itertools import chain

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.parser import Query
from nutgraf.query.tree import Filter, MultiTerm, Node
from nutgraf.ranking.rank import rank
from nutgraf.scoring.bm25f import FEEDBACK_PASSAGES
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import QueryError
from nutgraf_index.model import Subtree

__all__ = ["MOST_WORDS", "rewritten"]

MOST_WORDS = 10_000  # the most words to which the patterns and fuzzy words of a query may expand


def rewritten(
    query: Query,
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
) -> Node:
    """Return the tree of a query with the synonyms and relevance feedback that `options` ask for.

    `within` are the files and folders whose passages relevance feedback may use; None for all.

    Raises:
        QueryError: the patterns and fuzzy words expand to more than 10,000 words, the query has
            more than 1,000 synonyms, or `article:` has a name of articles of several files
    """
    _check_names(query, tree, postings)
    if query.spans:
        _check_expansions(query, tree, postings)
    # Imported on first use: most searches need neither module, and commands must start fast.
    if options.rules:
        from nutgraf.rewriting.synonyms import with_synonyms

        tree = with_synonyms(tree, options.rules, query.text, postings.analyzer)
    if options.expand:
        from nutgraf.rewriting.relevance_feedback import with_feedback

        first = SearchOptions(limit=FEEDBACK_PASSAGES, scope=options.scope, collapse=False)
        best = rank(tree, postings, within, first).matches
        tree = with_feedback(tree, best, postings, options.require)
    return tree


def _check_names(query: Query, tree: Node, postings: SnapshotPostings) -> None:
    """Raise `QueryError` for a filter whose value is a name of articles of several files."""
    for node in tree.walk(excluded=True):
        if isinstance(node, Filter) and node.field == "article":
            found = postings.articles_named(node.value)
            if len(found) > 1:
                from nutgraf_index.sync.citations import describe_several, is_of_one_file

                if not is_of_one_file(found):
                    start = max(query.text.find(node.value), 0)
                    message = describe_several(node.value, found)
                    raise QueryError(message, start, start + len(node.value))


def _check_expansions(query: Query, tree: Node, postings: SnapshotPostings) -> None:
    """Raise `QueryError` for the pattern whose words bring the query to more than `MOST_WORDS`."""
    expansions = {
        leaf: [segment.positions.words("text", leaf) for segment in postings.segments]
        for leaf in tree.walk(excluded=True)
        if isinstance(leaf, MultiTerm)
    }
    if sum(len(words) for lists in expansions.values() for words in chain(*lists)) <= MOST_WORDS:
        return
    count = 0
    for leaf, lists in expansions.items():
        count += len(_distinct(postings, lists))
        if count > MOST_WORDS:
            start, end = query.spans[leaf]
            raise QueryError(
                f"{query.text[start:end]!r} expands to too many words of the archive: "
                f"at most {MOST_WORDS:,} are allowed in a query; write more letters of it",
                start,
                end,
            )


def _distinct(postings: SnapshotPostings, lists: list[list[Numbers]]) -> set[tuple[int, bytes]]:
    """Return the distinct pairs (index of a word of the leaf, word that matches it).

    `lists` has, for each segment and each word of the leaf, the numbers of the matching words.
    """
    return {
        (i, segment.reader.field("text").words[number])
        for segment, expansions in zip(postings.segments, lists, strict=True)
        for i, numbers in enumerate(expansions)
        for number in numbers.tolist()
    }
