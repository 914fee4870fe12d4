"""Which words of a query are needed: a query that requires all its words is searched first."""

from collections.abc import Iterator
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.lexer import Diagnostic
from nutgraf.query.parser import Query
from nutgraf.query.tree import Group, Node
from nutgraf.ranking.rank import Page, continued, count, rank
from nutgraf.rewriting.rewrite import Rewritten, rewritten
from nutgraf.rewriting.stop_words import StopWords
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.model import Subtree

__all__ = ["Answer", "answered", "matched_tree", "matches"]

# Words, phrases and patterns of a query that are all required. Requiring all of more, or most of
# their weight, lowers the quality of ranking; see docs/ranking-evidence.md.
_MOST_NEEDED = 3


class Answer(NamedTuple):
    """A page of matches, the rewritten query that it answers, and the diagnostics of the query."""

    page: Page
    searched: Rewritten
    diagnostics: tuple[Diagnostic, ...]


def answered(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Answer:
    """Return the answer to a query that has a tree.

    Args:
        within: files and folders to which the search is restricted; None for all

    Raises:
        QueryError: see `rewritten`
    """
    trees = _alternatives(query, postings, within, options)
    searched = next(trees)
    page = rank(searched.tree, postings, within, options)
    is_short = options.limit is not None and len(page.matches) < options.limit
    wider = next(trees, None) if is_short or not page.total else None
    diagnostics = (*query.diagnostics, *searched.diagnostics)
    if wider is None:
        return Answer(page, searched, diagnostics)
    found, page = page.total, continued(page, wider.tree, postings, within, options)
    if found or not page.total:
        return Answer(page, searched, diagnostics)
    needed = _operands(searched.tree)
    words, some = ("both", "one of them") if needed == 2 else (f"all {needed}", "some")
    passages = f"{page.total:,} passage{' has' if page.total == 1 else 's have'}"
    message = f"No passage has {words} words; {passages} {some}."
    not_all = Diagnostic("not-all", message, 0, len(query.text))
    return Answer(page, wider, (*query.diagnostics, *wider.diagnostics, not_all))


def matches(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> int:
    """Return the number of passages that match a query that has a tree; see `answered`."""
    for searched in _alternatives(query, postings, within, options):
        if total := count(searched.tree, postings, within, options.window):
            return total
    return 0


def matched_tree(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Node:
    """Return the tree whose matches answer a query that has a tree; see `answered`."""
    trees = [*_alternatives(query, postings, within, options)]
    found = (one for one in trees if count(one.tree, postings, within, options.window))
    return next(found, trees[-1]).tree


def _alternatives(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Iterator[Rewritten]:
    """Yield the rewritten trees of a query, each wider than the tree before.

    With `require="auto"`, the first tree requires all of two or three operands that stand side by
    side, unless the query is a question, and the second tree requires any of them. A tree is
    rewritten when it is asked for.
    """
    tree, any_word = query.tree, None
    needed: Node | None = query.needed
    assert tree is not None
    required = options.require == "all"
    if needed is None and options.require == "auto" and query.spans:
        any_word = rewritten(query, tree, postings, within, options, required=required)
        needed = tree if any_word.diagnostics else None  # the words of an absent phrase
    if needed is not None and not _is_question(query, postings.analyzer):
        searched = rewritten(query, needed, postings, within, options, required=True)
        if 1 < _operands(searched.tree) <= _MOST_NEEDED:
            if searched.query == str(needed):  # nothing was added to the query as typed
                searched = searched._replace(query=str(tree))
            yield searched
    yield any_word or rewritten(query, tree, postings, within, options, required=required)


def _operands(tree: Node) -> int:
    """Return the number of operands that a tree requires."""
    return len(tree.must) if isinstance(tree, Group) else 0


def _is_question(query: Query, analyzer: Analyzer) -> bool:
    """Whether a query is a question, or begins with a request: its words are not keywords."""
    text = query.text.strip()
    if text.endswith(("?", "？")):
        return True
    group = query.tree
    if not isinstance(group, Group) or not group.should:
        return False
    stop_words, first = StopWords(group, analyzer), group.should[0]
    asks = analyzer.lone_word(str(first)) in analyzer.language.question_words
    return (asks and stop_words.is_stop(first)) or stop_words.has_request
