"""Words typed without the accents by which a stemmer tells endings: elysee for Élysée."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.tree import Node, is_word
from nutgraf.rewriting.learnt.usage import usage_in_few
from nutgraf_index.analysis.synonym_rules import SynonymRules

__all__ = ["with_accents"]

_MOST_WORDS = 32  # of a query
_MOST_FORMS = 3  # of a word


def with_accents(tree: Node, postings: SnapshotPostings) -> SynonymRules | None:
    """Return the words of a query as the archive writes them with accents, as synonyms.

    Only words that no passage has without the accents are looked up. Returns None if there are no
    such words.
    """
    found = [
        ([word], [*forms]) for word in _absent(tree, postings) if (forms := _forms(word, postings))
    ]
    return SynonymRules(tuple(found)) if found else None


def _absent(tree: Node, postings: SnapshotPostings) -> Iterator[str]:
    """Yield the words of a query that are typed without accents and that no passage has."""
    words = dict.fromkeys(leaf.text for leaf in tree.leaves() if is_word(leaf))
    for word in islice(words, _MOST_WORDS):
        is_plain = word.isascii() and word.isalpha()
        if is_plain and not any(map(postings.doc_freq, postings.analyzer.terms(word))):
            yield word


def _forms(word: str, postings: SnapshotPostings) -> tuple[str, ...]:
    """Return how the archive writes a word with accents, the most frequent form first; cached."""
    analyzer, learnt = postings.analyzer, postings.learnt
    key = "accents", analyzer.language.code, word
    forms = learnt.get(key)
    if forms is None:
        counts: Counter[str] = Counter()
        for form, count in usage_in_few(word.lower(), postings).forms.items():
            if analyzer.terms(form) != analyzer.terms(word):
                counts[form.lower()] += count
        best = sorted(counts, key=lambda form: (-counts[form], form))
        forms = learnt.put(key, tuple(best[:_MOST_FORMS]))
    return forms
