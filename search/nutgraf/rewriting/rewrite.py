"""Rewrites the tree of a parsed query into the tree that is searched."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.segment_searcher import segment_searchers
from nutgraf.options import SearchOptions
from nutgraf.query.lexer import Diagnostic
from nutgraf.query.parser import Query
from nutgraf.query.tree import Filter, Group, MultiTerm, Node
from nutgraf.ranking.rank import rank
from nutgraf.rewriting.forms.other_forms import written_otherwise
from nutgraf.rewriting.stop_words import without_stop_words
from nutgraf.scoring.bm25f import FEEDBACK_PASSAGES
from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.core.buffers import Numbers
from nutgraf_index.errors import QueryError
from nutgraf_index.model import Subtree

__all__ = ["MOST_WORDS", "Rewritten", "rewritten", "synonyms_of"]

MOST_WORDS = 10_000  # the most words to which the patterns and fuzzy words of a query may expand


class Rewritten(NamedTuple):
    """The tree that is searched.

    Args:
        asked: the tree without synonyms and relevance feedback
        shown: the tree with words that do not count, for the query as understood
        diagnostics: the parts of the query that the search replaces by others
    """

    tree: Node
    asked: Node
    shown: Node
    diagnostics: tuple[Diagnostic, ...]


def rewritten(
    query: Query,
    tree: Node,
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
    *,
    required: bool,
) -> Rewritten:
    """Return the tree of a query with the synonyms and relevance feedback that `options` ask for.

    Names, numbers with a unit and abbreviations are also searched as the archive writes them, see
    `written_otherwise`, and so are words that it has with accents alone, see `with_accents`.
    Phrases that stand in no passage are replaced by their words, see `AbsentPhrases`; words that
    neither match nor count are left out, see `StopWords`.

    Args:
        within: files and folders to which the search is restricted; None for all
        required: whether the words of a phrase that is replaced are required

    Raises:
        QueryError: the patterns and fuzzy words expand to more than 10,000 words, the query has
            more than 1,000 synonyms, or `article:` has a name of articles of several files
    """
    if "article" in query.fields:
        _check_names(query, tree, postings)
    diagnostics: tuple[Diagnostic, ...] = ()
    conditions = tree.filters if isinstance(tree, Group) else ()
    is_restricted = bool(conditions) or within is not None
    # Modules are imported on first use: most searches need none, and commands must start fast.
    if query.spans:
        from nutgraf.rewriting.phrases import AbsentPhrases

        _check_expansions(query, tree, postings)
        phrases = AbsentPhrases(
            query,
            _finder(query, conditions, postings, within, options),
            postings.analyzer,
            required=required,
            restricted=is_restricted,
        )
        tree = phrases.replaced(tree)
        diagnostics = tuple(phrases.diagnostics)
    asked = searched = without_stop_words(tree, postings.analyzer)
    # A form that the filters leave no passage would be replaced by its words, if it were typed.
    finds = partial(_matches, conditions, postings, within) if is_restricted else None
    if synonyms := synonyms_of(tree, postings, options, finds):
        from nutgraf.rewriting.synonyms import with_synonyms

        diagnostics += tuple(_left_out(query, synonyms))
        tree = with_synonyms(tree, synonyms, query.text, postings.analyzer)
        searched = without_stop_words(tree, postings.analyzer)
    if options.expand:
        from nutgraf.rewriting.relevance_feedback import with_feedback

        first = SearchOptions(limit=FEEDBACK_PASSAGES, scope=options.scope, collapse=False)
        best = rank(searched, postings, within, first).matches
        tree = searched = with_feedback(searched, best, postings, options.require)
    return Rewritten(searched, asked, tree, diagnostics)


def synonyms_of(
    tree: Node,
    postings: SnapshotPostings,
    options: SearchOptions,
    finds: Callable[[Node], bool] | None = None,
) -> tuple[SynonymRules, ...]:
    """Return the synonyms of a search: given, kept with the index, and learnt for the words.

    The other forms in which the archive writes names and numbers are among them, and accents that
    were not typed. If `finds` is given, forms for which it is false are left out.
    """
    rules = [options.rules] if options.rules else []
    if options.kept_synonyms and (kept := postings.snapshot.synonyms):
        rules.append(kept)
    if options.variants:
        from nutgraf.rewriting.learnt.variants import variants_of

        if learnt := variants_of(tree, postings):
            rules.append(learnt)
    rules += written_otherwise(tree, postings, finds)
    if any(segment.analyzer.language.keeps_accents for segment in postings.segments):
        from nutgraf.rewriting.learnt.accents import with_accents

        if accents := with_accents(tree, postings):
            rules.append(accents)
    return tuple(rules)


def _left_out(query: Query, synonyms: Iterable[SynonymRules]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each amount of which a form is not looked up."""
    from nutgraf.rewriting.synonyms import OtherForms

    for rules in synonyms:
        for text, form in rules.left_out if isinstance(rules, OtherForms) else ():
            start = query.text.find(text)
            span = (start, start + len(text)) if start >= 0 else (0, len(query.text))
            typed = f'"{text}"' if " " in text else text
            message = (
                f"{form} is not searched for {text}, since many passages have the number; "
                f"to search it, write {typed} OR {form}."
            )
            yield Diagnostic("left-out", message, *span, f"{typed} OR {form}")


def _finder(
    query: Query,
    conditions: tuple[Filter | Group, ...],
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    options: SearchOptions,
) -> Callable[[Node], bool]:
    """Return a function that tells whether a node, or a synonym of it, finds a passage."""

    def finds(node: Node) -> bool:
        if _matches(conditions, postings, within, node):
            return True
        synonyms = synonyms_of(node, postings, options)
        if not synonyms:
            return False
        from nutgraf.rewriting.synonyms import with_synonyms

        node = with_synonyms(node, synonyms, query.text, postings.analyzer)
        return _matches(conditions, postings, within, node)

    return finds


def _matches(
    conditions: tuple[Filter | Group, ...],
    postings: SnapshotPostings,
    within: list[Subtree] | None,
    node: Node,
) -> bool:
    """Whether a node finds a passage, under conditions and within files and folders."""
    tree = Group(should=(node,), filters=conditions)
    return any(searcher.total for searcher in segment_searchers(tree, postings, within, 1))


def _check_names(query: Query, tree: Node, postings: SnapshotPostings) -> None:
    """Raise `QueryError` for a filter whose value is a name of articles of several files."""
    for node in tree.walk(excluded=True):
        if isinstance(node, Filter) and node.field == "article":
            found = postings.articles_named(node.value)
            if len(found) > 1:
                from nutgraf_index.sync.citations import describe_several, is_of_one_file

                if not is_of_one_file(found):
                    start = max(query.text.find(node.value), 0)
                    message = describe_several(node.value, found, postings.snapshot)
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
