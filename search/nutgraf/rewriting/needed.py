"""Which words of a query are needed: a query that requires all its words is searched first."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import Require, SearchOptions
from nutgraf.query.leaves import has_grams
from nutgraf.query.lexer import Diagnostic
from nutgraf.query.parser import Query
from nutgraf.query.tree import Group, Node, as_group, is_word
from nutgraf.ranking.rank import Page, continued, count, rank
from nutgraf.rewriting.languages import absent_languages
from nutgraf.rewriting.learnt.newest import newest_diagnostics
from nutgraf.rewriting.rewrite import Rewritten, rewritten
from nutgraf.rewriting.stop_words import StopWords, without_stop_words
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.model import Subtree

__all__ = ["Answer", "answered", "as_typed", "matched", "text_of"]

# Words, phrases and patterns of a query that are all required. Requiring all of more, or most of
# their weight, lowers the quality of ranking; see docs/ranking-evidence.md.
_MOST_NEEDED = 3


class Answer(NamedTuple):
    """A page of matches, and the query that it answers.

    Args:
        shown: returns the query as understood, in the query syntax
    """

    page: Page
    searched: Rewritten
    shown: Callable[[], str]
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
    of_query = (
        *query.diagnostics,
        *(absent_languages(query, postings.snapshot) if "language" in query.fields else ()),
        *(_variants_diagnostics(query, postings) if options.variants else ()),
        *newest_diagnostics(query, postings, options),
    )
    trees = _alternatives(query, postings, within, options)
    searched, shown = next(trees)
    # A function that reranks decides what comes first, whatever the titles.
    title = query.text if options.rerank is None else ""
    page = rank(searched.tree, postings, within, options, title)
    is_short = options.limit is not None and len(page.matches) < options.limit
    wider = next(trees, None) if is_short or not page.total else None
    diagnostics = (*of_query, *searched.diagnostics)
    if wider is None:
        return Answer(page, searched, shown, diagnostics)
    found, page = page.total, continued(page, wider[0].tree, postings, within, options, title)
    if found or not page.total:
        return Answer(page, searched, shown, diagnostics)
    needed = len(as_group(searched.asked).must)
    words, some = ("both words", "one of them") if needed == 2 else (f"all {needed} words", "some")
    if has_grams(query.text, postings.analyzer):  # the user typed no words that can be counted
        words, some = "the whole query", "parts of it"
    passages = f"{page.total:,} passage{' has' if page.total == 1 else 's have'}"
    message = f"No passage has {words}; {passages} {some}."
    not_all = Diagnostic("not-all", message, 0, len(query.text))
    searched, shown = wider
    return Answer(page, searched, shown, (*of_query, *searched.diagnostics, not_all))


def _variants_diagnostics(query: Query, postings: SnapshotPostings) -> Iterator[Diagnostic]:
    """Yield a diagnostic that names the variants that are searched."""
    if query.tree is not None:
        from nutgraf.rewriting.learnt.variants import variants_of

        variants = [
            f"{words[0]} also as {', '.join(one.lstrip('=') for one in forms)}"
            for words, forms in variants_of(query.tree, postings).rules
        ]
        said = "; ".join(variants) or "the archive has none for this query"
        yield Diagnostic("variants", f"Variants: {said}.", 0, len(query.text))


def matched(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> tuple[Node, int]:
    """Return the tree whose matches answer a query that has a tree, and the number of passages.

    See `answered`.
    """
    for searched, _ in _alternatives(query, postings, within, options):
        if total := count(searched.tree, postings, within, options.window):
            break
    return searched.tree, total


def _alternatives(
    query: Query, postings: SnapshotPostings, within: list[Subtree] | None, options: SearchOptions
) -> Iterator[tuple[Rewritten, Callable[[], str]]]:
    """Yield the rewritten trees of a query, each wider than the tree before.

    Each comes with a function that returns its text.

    With `require="auto"`, the first tree requires all of two or three operands that stand side by
    side, unless the query is a question, and the second tree requires any of them. A tree is
    rewritten when it is asked for.
    """
    tree, any_word = query.tree, None
    needed: Node | None = query.needed
    assert tree is not None
    required, are_needed = options.require == "all", False
    if needed is None and options.require == "auto" and query.spans:
        any_word = rewritten(query, tree, postings, within, options, required=required)
        needed = tree if any_word.diagnostics else None  # the words of an absent phrase
    if needed is not None and not _is_question(query, postings.analyzer):
        searched = rewritten(query, needed, postings, within, options, required=True)
        is_wider = any_word is None or any_word.tree != searched.tree
        if is_wider and 1 < len(as_group(searched.asked).must) <= _MOST_NEEDED:
            if as_group(tree).must:  # AND joins them
                yield searched, partial(_printed, searched.shown, "auto", postings.analyzer)
            else:
                yield searched, partial(_side_by_side, searched.shown, postings.analyzer)
            are_needed = True
    searched = any_word or rewritten(query, tree, postings, within, options, required=required)
    require = "any" if are_needed else options.require
    yield searched, partial(_printed, searched.shown, require, postings.analyzer)


def as_typed(query: Query, analyzer: Analyzer) -> Group | None:
    """Return the operands that stand side by side, if all are needed: a choice is one of them."""
    needed = query.needed
    if needed is None or _is_question(query, analyzer):
        return None
    return needed.replaced(must=(), should=needed.must)


def text_of(query: Query, require: Require, analyzer: Analyzer) -> str:
    """Return a query in the syntax, as a text that is read in the same way."""
    if typed := as_typed(query, analyzer):
        return str(typed)
    if query.tree is None:
        return ""
    return _printed(query.tree, require, analyzer)


def _printed(tree: Node, require: Require, analyzer: Analyzer) -> str:
    """Return a tree of which any operand is enough, as a text that is read in the same way."""
    return as_group(tree).printed(explicit=_needs_or(tree, require, analyzer))


def _side_by_side(tree: Node, analyzer: Analyzer) -> str:
    """Return a query with its required operands side by side, if all are needed there, too."""
    group = as_group(tree)
    if group.should:  # synonyms of all the words, or words that are required or not
        return group.printed(explicit=True)
    beside = group.replaced(must=(), should=group.must)
    return str(tree if _asks(beside, analyzer) else beside)


def _needs_or(tree: Node, require: Require, analyzer: Analyzer) -> bool:
    """Whether operands of which any is enough would all be needed if they stood side by side."""
    if require == "any":
        return False
    group = as_group(without_stop_words(tree, analyzer))
    count = 0 if group.must else len(set(group.should))
    return count > 1 and (require == "all" or (count <= _MOST_NEEDED and not _asks(tree, analyzer)))


def _is_question(query: Query, analyzer: Analyzer) -> bool:
    """Whether a query is a question, or begins with a request: its words are not keywords."""
    text = query.text.strip()
    if text.endswith(("?", "？")):
        return True
    return query.tree is not None and _asks(query.tree, analyzer)


def _asks(tree: Node, analyzer: Analyzer) -> bool:
    """Whether a query begins as a question or a request."""
    if not isinstance(tree, Group) or not tree.should:
        return False
    words = [analyzer.asked(node.text).lone_word if is_word(node) else "" for node in tree.should]
    asks = words[0] in analyzer.language.question_words
    if not asks and analyzer.language.request_words.isdisjoint(words):
        return False
    stop_words = StopWords(tree, analyzer)
    return (asks and stop_words.is_stop(tree.should[0])) or stop_words.has_request
