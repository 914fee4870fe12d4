"""The words of a query that can be corrected, and which of them are rare in the archive."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import SearchOptions
from nutgraf.query.tree import Filter, Fuzzy, Node, Words, Written
from nutgraf.results.hits import FEW_RESULTS
from nutgraf.rewriting.rewrite import synonyms_of
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.fields import FIELDS, Takes

__all__ = ["QueryWord", "doc_freq", "query_words", "rare_words"]

_MOST_READ = 32  # leaves and filters of a query
_SHORTEST = 4  # letters of a word that may be taken as mistyped where many passages are found


class QueryWord(NamedTuple):
    """A word of a query: the field in which it is searched, its folded form, and as typed.

    A word of a filter is typed with the name of the filter, as in `by:okuducu`.
    """

    field: str
    word: str
    typed: str


def query_words(tree: Node, analyzer: Analyzer) -> dict[QueryWord, None]:
    """Return the words of a query that are not excluded, in the order of the query."""
    return dict.fromkeys(chain.from_iterable(_words(node, analyzer) for node in _nodes(tree)))


def rare_words(
    tree: Node, postings: SnapshotPostings, options: SearchOptions
) -> dict[QueryWord, int]:
    """Return the words that fewer than three passages have, each with the number of passages.

    Excluded words are among them. Of the words of filters, only words that no article has are
    returned. Stop words, words with digits, words of fewer than four letters, fuzzy words, and
    words that have synonyms are left out.
    """
    analyzer = postings.analyzer
    rules = synonyms_of(tree, postings, options)
    known = {analyzer.terms(word) for one in rules for words, _ in one.rules for word in words}
    rare: dict[QueryWord, int] = {}
    for node in _nodes(tree, excluded=True):
        compound = analyzer.compound(node.text) if isinstance(node, Words) else None
        if isinstance(node, Fuzzy) or (compound and postings.doc_freq(compound[1])):
            continue
        for word in _words(node, analyzer):
            if len(word.word) >= _SHORTEST and word.word.isalpha() and word not in rare:
                count = doc_freq(word, postings)
                most = 0 if isinstance(node, Filter) else FEW_RESULTS - 1
                stop_word = analyzer.is_stop_word(word.word)
                if count <= most and not (stop_word or analyzer.terms(word.word) in known):
                    rare[word] = count
    return rare


def doc_freq(word: QueryWord, postings: SnapshotPostings) -> int:
    """Return the number of passages that a word finds; for a filter, the number of articles."""
    if word.field == "text":
        row = postings.analyzer.row(word.typed)
        if any(look.begins for look in row):
            return postings.leaf_doc_freq(Words(word.typed))
        return max(postings.doc_freq(look.term) for look in row)
    from nutgraf.suggestions.vocabulary import Vocabulary  # few queries have filters

    return Vocabulary(postings, word.field).count(word.word)


def _nodes(tree: Node, *, excluded: bool = False) -> Iterator[Words | Written | Fuzzy | Filter]:
    """Yield the first 32 leaves and filters of a query that have words."""
    nodes = (
        node
        for node in tree.walk(excluded=excluded)
        if isinstance(node, Words | Written | Fuzzy)
        or (isinstance(node, Filter) and FIELDS[node.field].takes is Takes.WORDS)
    )
    return islice(dict.fromkeys(nodes), _MOST_READ)


def _words(node: Words | Written | Fuzzy | Filter, analyzer: Analyzer) -> Iterator[QueryWord]:
    name, text, prefix = "text", "", ""
    if isinstance(node, Filter):
        name, text, prefix = node.field, node.value, f"{node.field}:"
    else:
        text = node.text
    tokens = analyzer.tokens(text)
    for look in analyzer.row(text):
        start, end = tokens[look.distance].start, tokens[look.distance + look.length - 1].end
        yield QueryWord(name, look.word, prefix + text[start:end])
