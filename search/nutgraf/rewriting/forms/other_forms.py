"""The other forms in which the archive writes parts of a query, as synonyms."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.query.leaves import words_of
from nutgraf.query.tree import Group, Leaf, Node, Signed, Words, is_word
from nutgraf.rewriting.forms.abbreviations import (
    ABBREVIATED,
    ALONE,
    SPELLED,
    WITH_NEXT,
    WITH_NUMBER,
    WITH_PREVIOUS,
    others_of,
)
from nutgraf.rewriting.forms.initials import MOST_INITIALS, Names
from nutgraf_index.analysis.synonym_rules import SynonymRules
from nutgraf_index.core.buffers import Numbers

if TYPE_CHECKING:
    from nutgraf.rewriting.synonyms import OtherForms

__all__ = ["written_otherwise"]

_MOST_LEAVES = 32  # of a query
_MOST_READ = 20_000  # passages with a number whose texts are read for its sign
_DESIGNATION = r"([A-Za-z]{1,12})(\d{1,4})"  # F35, Covid19


def written_otherwise(tree: Node, postings: SnapshotPostings) -> list[SynonymRules]:
    """Return the other forms that the archive has of parts of a query, as synonyms.

    They are forms of names (J.P. Morgan, JPMorgan), of numbers with a unit ($1.5 billion, $1.5bn),
    of designations (F-35, F35), and of abbreviations beside a word (St Louis, Saint Louis). Parts
    in quotes have no forms, except names.
    """
    names = Names(postings)
    of_names: dict[str, Sequence[str]] = {}
    forms: _Forms | None = None
    for nodes in _clauses(tree) or [(tree,)]:
        for start, node in enumerate(nodes[:_MOST_LEAVES]):
            if not isinstance(node, Words):
                if isinstance(node, Signed) and not node.quoted:
                    forms = forms or _Forms(postings)
                    forms.add(nodes, start)
                continue
            text, word = node.text, node.text.lower()
            is_plain = text.isascii() and text.isalpha()
            if len(text) <= MOST_INITIALS or not is_plain:
                found = names.beginning(nodes[start:])
                of_names.update((typed, others) for typed, others in found if others)
            # It is too long for initials, but it can be a name in one word.
            elif not (text == word and postings.analyzer.asked(text).is_stop_word) and (
                others := names.of_one_word(text, word)
            ):
                of_names[text] = others
            if not (node.quoted or (is_plain and word not in ABBREVIATED)):
                forms = forms or _Forms(postings)
                forms.add(nodes, start)
    rules = [SynonymRules(tuple(([key], [*of_names[key]]) for key in of_names))] if of_names else []
    return [*rules, *forms.rules()] if forms else rules


def _clauses(node: Node) -> list[Sequence[Node]]:
    """Return the clauses of all groups of a tree."""
    clauses: list[Sequence[Node]] = [node.must, node.should] if isinstance(node, Group) else []
    for child in node.children():
        if not isinstance(child, Leaf):
            clauses += _clauses(child)
    return clauses


class _Forms:
    """Collects the forms of numbers with a unit, of designations, and of abbreviations."""

    def __init__(self, postings: SnapshotPostings) -> None:
        self._postings = postings
        self._analyzer = postings.analyzer
        self._languages = frozenset(postings.statistics)
        of_languages = postings.statistics
        code = self._analyzer.language.code
        self._statistics = of_languages.get(code) or next(iter(of_languages.values()), None)
        self._found: dict[str, list[str]] = {}
        self._weights: dict[str, float] = {}

    def rules(self) -> "list[OtherForms]":
        """Return the forms that were found."""
        from nutgraf.rewriting.synonyms import OtherForms  # most searches have no synonyms

        rules = tuple(([text], forms) for text, forms in self._found.items())
        return [OtherForms(rules, self._weights)] if rules else []

    def add(self, nodes: Sequence[Node], start: int) -> None:
        """Add the other forms of the rows around a node that is not in quotes."""
        node = nodes[start]
        assert isinstance(node, Leaf)
        text, word = node.text, node.text.lower()
        before, after = self._word(nodes, start - 1), self._word(nodes, start + 1)
        spelled = chain.from_iterable(SPELLED.get(code, ()) for code in self._languages)
        has_number = any(map(str.isdecimal, text)) or word in spelled
        if has_number and self._add_number(nodes, start, text, before):
            return
        if word in ABBREVIATED:
            self._keep(text, self._others(word, ALONE))
            beside_number = self._others(word, WITH_NUMBER)
            if after:
                others = beside_number if after.isdecimal() else self._others(word, WITH_NEXT)
                self._keep(f"{text} {after}", [f"{other} {after}" for other in others])
            if before:
                others = beside_number if before.isdecimal() else self._others(word, WITH_PREVIOUS)
                self._keep(f"{before} {text}", [f"{before} {other}" for other in others])

    def _others(self, word: str, table: Mapping[str, tuple[str, ...]]) -> list[str]:
        return others_of(word, table, self._languages)

    def _add_number(self, nodes: Sequence[Node], start: int, text: str, before: str) -> bool:
        """Add the forms of a number with its unit, or of a designation; return whether it is one.

        The code of a currency may stand before the number.
        """
        from nutgraf.rewriting.forms.amounts import amount_of, forms_of  # few queries have numbers

        for first in (start - 1, start) if before else (start,):
            if amount := amount_of(nodes[first:], self._analyzer, self._languages):
                self._keep(amount, forms_of(amount, self._analyzer, self._languages))
                return True
        if designation := re.fullmatch(_DESIGNATION, text):
            self._keep(text, [" ".join(designation.groups())])
        elif text.isdecimal() and before.isalpha():
            self._keep(f"{before} {text}", [f"{before}{text}"])
        return False

    def _keep(self, text: str, forms: Iterable[str]) -> None:
        """Keep those forms of a text that the archive has."""
        words = words_of(text, self._analyzer)
        assert words is not None
        for form in self._postings.learnt(self._standing, *forms):
            leaf = words_of(form, self._analyzer, quoted=True)
            assert leaf is not None
            self._found.setdefault(text, []).append(form)
            typed, weight = self._weight(words), self._weight(leaf)
            self._weights[form] = round(typed / weight, 3) if typed and weight else 1.0

    def _word(self, nodes: Sequence[Node], index: int) -> str:
        """Return the word of a node without quotes; "" for any other node and for a stop word."""
        node = nodes[index] if 0 <= index < len(nodes) else None
        if node is None or not is_word(node):
            return ""
        is_stop_word = node.text.islower() and self._analyzer.asked(node.text).is_stop_word
        return "" if is_stop_word else node.text

    def _standing(self, *forms: str) -> tuple[str, ...]:
        """Return those of some forms that stand in a passage or a title that is shown."""
        return tuple(filter(self._stands, forms))

    def _weight(self, leaf: Words | Signed) -> float:
        """Return the idf of the words of a leaf together, of stop words only in quotes."""
        asked = self._analyzer.asked(leaf.text)
        assert self._statistics is not None  # else no passage would have the leaf
        terms = asked.terms if leaf.quoted else asked.weighted_terms
        return sum(self._statistics.term_idfs(leaf, terms))

    def _stands(self, form: str) -> bool:
        leaf = words_of(form, self._analyzer, quoted=True)
        return leaf is not None and any(
            len(segment.visible_among(self._doc_ids(segment, field, leaf), field))
            for segment in self._postings.segments
            for field in ("text", "title")
        )

    def _doc_ids(self, segment: SegmentPostings, field: str, leaf: Leaf) -> Numbers:
        """Return the documents of a field that have a form; none if too many have its number."""
        doc_ids = segment.in_a_row(field, self._analyzer.terms(leaf.text))
        if isinstance(leaf, Signed) and len(doc_ids):
            most = _MOST_READ if field == "text" else len(doc_ids)
            return segment.positions.doc_ids(field, leaf) if len(doc_ids) <= most else doc_ids[:0]
        return doc_ids
