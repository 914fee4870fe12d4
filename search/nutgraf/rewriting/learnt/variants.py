"""The variants of the words and phrases of a query, as rules of synonyms."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.tree import Boost, Group, Node, Words
from nutgraf.rewriting.learnt.usage import Usage, phrase_passages, usage_in_few
from nutgraf_index.analysis.synonym_rules import SynonymRules

__all__ = ["printed", "variants_of"]

_MOST_WORDS = 12  # words and phrases of a query that get variants
_SHORTEST_ROW = 2  # words of a long form, besides stop words
_MOST_PHRASES = 32  # spellings of a phrase that are looked for
_Rule = tuple[list[str], list[str]]


def variants_of(tree: Node, postings: SnapshotPostings) -> SynonymRules:
    """Return the variants of the words and phrases of a query tree.

    Words, hyphenated words, phrases and rows of words have variants. A single word in quotes, words
    as written, patterns, fuzzy words, parts of NEAR and ADJ, filters and excluded nodes have none.
    """
    learner = _Learner(postings)
    rules: dict[str, _Rule] = {}
    for row in islice(_rows(tree), _MOST_WORDS):
        for text, variants in learner.variants_in(row[:_MOST_WORDS]):
            if variants:
                rules.setdefault(text, ([text], [*variants]))
    return SynonymRules(tuple(rules.values()))


def printed(variant: str) -> str:
    """Return a variant in the query syntax: as a phrase or, after "=", as written."""
    return variant if variant.startswith("=") else f'"{variant}"'


def _rows(node: Node) -> Iterator[Sequence[Words]]:
    """Yield the rows of words without quotes that stand side by side, and each phrase."""
    if isinstance(node, Boost):
        yield from _rows(node.node)
    elif isinstance(node, Words):
        yield (node,)
    elif isinstance(node, Group):
        for clause in (node.must, node.should):
            row: list[Words] = []
            for part in clause:
                if isinstance(part, Words) and not part.quoted:
                    row.append(part)
                    continue
                if row:
                    yield row
                    row = []
                yield from _rows(part)
            if row:
                yield row


class _Learner:
    """Learns variants; the answers are cached with the postings."""

    def __init__(self, postings: SnapshotPostings) -> None:
        self._postings, self._learnt = postings, postings.learnt
        self._analyzer = postings.analyzer

    def variants_in(self, row: Sequence[Words]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield the words and phrases of a row, each with its variants."""
        for leaf in row:
            words = self._analyzer.tokens(leaf.text)
            if len(words) > 1:
                phrases = self._learnt(self._phrases, leaf.text)
                yield leaf.text, (*phrases, *self._learnt(self._acronyms, leaf.text))
            elif words and not leaf.quoted:
                yield leaf.text, self._learnt(self._of_word, words[0].word, leaf.text)
        for start in range(len(row)):
            for end in range(start + 2, len(row) + 1):
                text = " ".join(leaf.text for leaf in row[start:end])
                if self._may_be_long_form(text):
                    yield text, self._learnt(self._acronyms, text)

    def _of_word(self, word: str, typed: str) -> tuple[str, ...]:
        is_typed_in_capitals = typed.isupper() and len(typed) > 1
        if self._analyzer.is_stop_word(word) and not is_typed_in_capitals:
            return ()
        few = usage_in_few(word, self._postings)
        names = self._spellings(word) if few.may_be_name else ()
        if not _may_be_acronym(word, typed, few):
            return names
        from nutgraf.rewriting.learnt.acronyms import long_forms

        return (*names, *long_forms(word, self._postings))

    # Most words are neither names nor acronyms, and commands must start fast.

    def _spellings(self, word: str) -> tuple[str, ...]:
        from nutgraf.rewriting.learnt.names import other_spellings

        return other_spellings(word, self._postings)

    def _acronyms(self, text: str) -> tuple[str, ...]:
        from nutgraf.rewriting.learnt.acronyms import acronyms_of

        return acronyms_of(text, self._postings)

    def _phrases(self, text: str) -> tuple[str, ...]:
        """Return a phrase with other spellings of its names that stands in the archive."""
        tokens = self._analyzer.tokens(text)[:_MOST_WORDS]
        choices = [
            (text[token.start : token.end], *self._learnt(self._spellings, token.word))
            for token in tokens
        ]
        found = []
        for words in islice(product(*choices), 1, _MOST_PHRASES):
            phrase = text
            for token, word in reversed([*zip(tokens, words, strict=True)]):
                phrase = phrase[: token.start] + word + phrase[token.end :]
            if phrase_passages(phrase, self._postings):
                found.append(phrase)
        return tuple(found)

    def _may_be_long_form(self, text: str) -> bool:
        """Return whether the archive has an acronym of the first letters of a row of words.

        A row begins and ends with content words.
        """
        words = self._analyzer.words(text)
        content = [word for word in words if not self._analyzer.is_stop_word(word)]
        if len(content) < _SHORTEST_ROW or (words[0], words[-1]) != (content[0], content[-1]):
            return False
        acronyms = {"".join(word[0] for word in some) for some in (words, content)}
        return any(self._learnt(self._in_capitals, acronym) for acronym in acronyms)

    def _in_capitals(self, word: str) -> tuple[str, ...]:
        """Return a folded word if it is a stop word, or is written as an acronym."""
        is_acronym = self._analyzer.is_stop_word(word) or _may_be_acronym(
            word, "", usage_in_few(word, self._postings)
        )
        return (word,) if is_acronym else ()


def _may_be_acronym(word: str, typed: str, few: Usage) -> bool:
    if not any(sum(map(str.isupper, form)) > 1 for form in (typed, *few.forms)):
        return False
    from nutgraf.rewriting.learnt.acronyms import may_be_acronym

    return may_be_acronym(word, typed, few)
