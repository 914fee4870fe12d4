"""Corrections of the mistyped words of a query tree."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.leaves import exact_of, words_of
from nutgraf.query.tree import Exact, Filter, Fuzzy, Leaf, Near, Node, Signed, Words, Written
from nutgraf.suggestions.did_you_mean import corrections, divided, likely_correction
from nutgraf.suggestions.query_words import QueryWord
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.fields import FIELDS, Takes

__all__ = ["Corrected", "Corrector"]

_MOST_CORRECTED = 8  # words of a query that are corrected
_MOST_SPELLINGS = 3  # corrections of a word


class Corrected(NamedTuple):
    """A query tree with other words in the places of the words `replaced`."""

    tree: Node
    replaced: tuple[QueryWord, ...]


class Corrector:
    """Corrects words of a query tree to words of the archive."""

    def __init__(self, tree: Node, postings: SnapshotPostings) -> None:
        self._tree = tree
        self._postings = postings

    def likely(self, words: Mapping[QueryWord, int]) -> list[Corrected]:
        """Return the query with the words corrected that are surely mistyped, if there are any.

        `words` are rare words of the query with their document frequencies.
        """
        spellings: dict[QueryWord, str] = {}
        for word, doc_freq in words.items():
            spelling = likely_correction(word.word, self._vocabularies(word.field), doc_freq)
            if spelling is not None and len(spellings) < _MOST_CORRECTED:
                spellings[word] = self._written(word.field, spelling)
        return [self._corrected(spellings)] if spellings else []

    def possible(self, words: Iterable[QueryWord]) -> list[Corrected]:
        """Return the query with words corrected to similar, more frequent words, likeliest first.

        If a single word has corrections, the query is returned with each of them.
        """
        spellings: dict[QueryWord, list[str]] = {}
        for word in words:
            if len(spellings) < _MOST_CORRECTED:
                found = self._spellings(word)
                if found:
                    spellings[word] = found
        if len(spellings) == 1:
            ((word, found),) = spellings.items()
            return [self._corrected({word: spelling}) for spelling in found]
        likeliest = {word: found[0] for word, found in spellings.items()}
        return [self._corrected(likeliest)] if likeliest else []

    def _corrected(self, spellings: Mapping[QueryWord, str]) -> Corrected:
        change = _Correction(spellings, self._postings.analyzer)
        return Corrected(self._tree.map(change, excluded=True), tuple(spellings))

    def _spellings(self, word: QueryWord) -> list[str]:
        """Return the likeliest corrections of a word in its field, as the archive writes them."""
        vocabularies = self._vocabularies(word.field)
        words = corrections(word.word, vocabularies, _MOST_SPELLINGS)
        parts = divided(word.word, vocabularies[0]) if word.field == "text" else None
        spellings = ["-".join(parts), *words] if parts else words
        return [self._written(word.field, one) for one in spellings[:_MOST_SPELLINGS]]

    def _vocabularies(self, field: str) -> list[Vocabulary]:
        fields = ("text", "title") if field == "text" else (field,)
        return [Vocabulary(self._postings, name) for name in fields]

    def _written(self, field: str, spelling: str) -> str:
        """Return a word, or two words with a hyphen, as the texts of the archive write it."""
        if field != "text":
            return spelling
        return "-".join(map(self._vocabularies(field)[0].written, spelling.split("-")))


class _Correction:
    """Replaces words in leaves and filters."""

    def __init__(self, spellings: Mapping[QueryWord, str], analyzer: Analyzer) -> None:
        self._spellings = {(word.field, word.word): new for word, new in spellings.items()}
        self._analyzer = analyzer

    def __call__(self, node: Node) -> Node:
        if isinstance(node, Filter):
            if FIELDS[node.field].takes is not Takes.WORDS:
                return node
            return Filter(node.field, self._text(node.field, node.value))
        if isinstance(node, Near):
            parts = tuple(tuple(self._leaf(leaf) for leaf in part) for part in node.parts)
            return node.replaced(parts=parts)
        return self._leaf(node) if isinstance(node, Leaf) else node

    def _leaf(self, leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Words | Written | Fuzzy):
            return leaf
        text = self._text("text", leaf.text)
        if text == leaf.text:
            return leaf
        if isinstance(leaf, Exact):
            return exact_of(text, self._analyzer) or leaf
        return (
            words_of(
                text,
                self._analyzer,
                quoted=isinstance(leaf, Words | Signed) and leaf.quoted,
            )
            or leaf
        )

    def _text(self, name: str, text: str) -> str:
        for token in reversed(self._analyzer.tokens(text)):
            spelling = self._spellings.get((name, token.word))
            if spelling is not None:
                text = text[: token.start] + spelling + text[token.end :]
        return text
