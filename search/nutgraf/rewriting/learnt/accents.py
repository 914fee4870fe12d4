"""Words typed without the accents by which a stemmer tells endings: elysee for Élysée."""

from collections import Counter
from itertools import islice

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.tree import Node, is_word
from nutgraf.rewriting.learnt.usage import Usage, documents_with, first_passages, first_titles
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.synonym_rules import SynonymRules

__all__ = ["with_accents"]

_MOST_WORDS = 32  # of a query
_MOST_FORMS = 3  # of a word
_MOST_READ = 4  # passages that show how a word is written, of as many articles


def with_accents(tree: Node, postings: SnapshotPostings) -> SynonymRules | None:
    """Return the words of a query as the archive writes them with accents, as synonyms.

    A word is looked up in the languages of which no passage has it without the accents. Returns
    None if there are no such words.
    """
    words = dict.fromkeys(leaf.text for leaf in tree.leaves() if is_word(leaf))

    def accented(word: str) -> tuple[str, ...]:
        return _forms(word, postings)

    found = [
        ([word], [*forms])
        for word in islice(words, _MOST_WORDS)
        if word.isascii() and word.isalpha() and (forms := postings.learnt(accented, word))
    ]
    return SynonymRules(tuple(found)) if found else None


def _forms(word: str, postings: SnapshotPostings) -> tuple[str, ...]:
    """Return how the archive writes a word with accents, the most frequent form first."""
    terms = postings.analyzer.terms(word)
    absent = {
        language
        for language, statistics in postings.statistics.items()
        if analyzer_of(language).language.keeps_accents
        and not any(any(statistics.counts(term)) for term in terms)
    }
    counts: Counter[str] = Counter()
    for field in ("text", "title") if absent else ():
        lists = documents_with(word.lower(), postings, field)
        lists = [one for one in lists if one[0].reader.language in absent]
        texts = (
            first_passages(lists, _MOST_READ)
            if field == "text"
            else first_titles(lists, _MOST_READ)
        )
        for form, count in Usage(word.lower(), texts).forms.items():
            if postings.analyzer.terms(form) != terms:
                counts[form.lower()] += count
        if counts:  # titles show how a word is written that no text has
            break
    best = sorted(counts, key=lambda form: (-counts[form], form))
    return tuple(best[:_MOST_FORMS])
