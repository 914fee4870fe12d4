"""The other forms in which the archive writes parts of a query, as synonyms."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
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
from nutgraf_index.analysis.languages.registry import code_of
from nutgraf_index.analysis.synonym_rules import SynonymRules

if TYPE_CHECKING:
    from nutgraf.rewriting.synonyms import OtherForms

__all__ = ["written_otherwise"]

_MOST_LEAVES = 32  # of a query
# Passages with a number whose texts are read for its sign, which takes some 30 ms at most. In a
# large archive nearly each is in another stored block.
_MOST_READ = 600
_MOST_READ_OF_FEW = 3_000
_FEW_PASSAGES = 50_000
_DESIGNATION = r"([A-Za-z]{1,12})(\d{1,4})"  # F35, Covid19


def written_otherwise(
    tree: Node, postings: SnapshotPostings, finds: Callable[[Node], bool] | None
) -> list[SynonymRules]:
    """Return the other forms that the archive has of parts of a query, as synonyms.

    They are forms of names (J.P. Morgan, JPMorgan), of numbers with a unit ($1.5 billion, $1.5bn),
    of designations (F-35, F35), and of abbreviations beside a word (St Louis, Saint Louis). Parts
    in quotes have no forms, except names. Forms that a search with filters does not find are left
    out: `finds` returns whether it finds a node; it is None without filters.
    """
    names = Names(postings)
    of_names: dict[str, Sequence[str]] = {}
    forms: _Forms | None = None
    for nodes in _clauses(tree) or [(tree,)]:
        for start, node in enumerate(nodes[:_MOST_LEAVES]):
            if not isinstance(node, Words):
                if isinstance(node, Signed) and not node.quoted:
                    forms = forms or _Forms(tree, postings, finds)
                    forms.add(nodes, start)
                continue
            text, word = node.text, node.text.lower()
            is_plain = text.isascii() and text.isalpha()
            if len(text) <= MOST_INITIALS or not is_plain:
                found = names.beginning(nodes[start:])
                of_names.update(found)
            # It is too long for initials, but it can be a name in one word.
            elif not (text == word and postings.analyzer.asked(text).is_stop_word) and (
                others := names.of_one_word(text, word)
            ):
                of_names[text] = others
            if not (node.quoted or (is_plain and word not in ABBREVIATED)):
                forms = forms or _Forms(tree, postings, finds)
                forms.add(nodes, start)
    pairs = [(typed, _found(others, postings, finds)) for typed, others in of_names.items()]
    of_forms = tuple(([typed], others) for typed, others in pairs if others)
    rules = [SynonymRules(of_forms)] if of_forms else []
    return [*rules, *forms.rules()] if forms else rules


def _clauses(node: Node) -> list[Sequence[Node]]:
    """Return the clauses of all groups of a tree."""
    clauses: list[Sequence[Node]] = [node.must, node.should] if isinstance(node, Group) else []
    for child in node.children():
        if not isinstance(child, Leaf):
            clauses += _clauses(child)
    return clauses


def _found(
    forms: Iterable[str], postings: SnapshotPostings, finds: Callable[[Node], bool] | None
) -> list[str]:
    """Return those of some forms that a search finds; see `written_otherwise`."""
    if finds is None:
        return [*forms]
    phrases = {form: words_of(form, postings.analyzer, quoted=True) for form in forms}
    return [form for form, phrase in phrases.items() if phrase is not None and finds(phrase)]


class _Forms:
    """Collects the forms of numbers with a unit, of designations, and of abbreviations."""

    def __init__(
        self, tree: Node, postings: SnapshotPostings, finds: Callable[[Node], bool] | None
    ) -> None:
        self._postings = postings
        self._finds = finds
        self._analyzer = postings.analyzer
        of_languages = postings.statistics
        asked = {code_of(one.value) for one in tree.conditions() if one.field == "language"}
        self._languages = frozenset(asked.intersection(of_languages) if asked else of_languages)
        code = self._analyzer.language.code
        self._statistics = of_languages.get(code) or next(iter(of_languages.values()), None)
        self._found: dict[str, list[str]] = {}
        self._weights: dict[str, float] = {}
        self._left_out: dict[str, str] = {}

    def rules(self) -> "list[OtherForms]":
        """Return the forms that were found."""
        from nutgraf.rewriting.synonyms import OtherForms  # most searches have no synonyms

        rules = tuple(([text], forms) for text, forms in self._found.items())
        left_out = tuple(self._left_out.items())
        return [OtherForms(rules, self._weights, left_out)] if rules or left_out else []

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

        before = "" if before == "us" else before  # it gave us $5
        for first, least in ((start - 1, len(before)), (start, 0)) if before else ((start, 0),):
            amount = amount_of(nodes[first:], self._analyzer, self._languages)
            if len(amount) > least:  # else the word before is an amount of its own
                self._keep(amount, forms_of(amount, self._analyzer, self._languages))
                return True
        if designation := re.fullmatch(_DESIGNATION, text):
            self._keep(text, [" ".join(designation.groups())])
        elif text.isdecimal() and before.isalpha():
            self._keep(f"{before} {text}", [f"{before}{text}"])
        return False

    def _keep(self, text: str, forms: Iterable[str]) -> None:
        """Keep those forms of a text that the archive has, and the text if it stands in a row."""
        words = words_of(text, self._analyzer)
        assert words is not None
        forms = [*forms]
        frequent = self._postings.learnt(self._frequent, *forms)
        if frequent:
            self._left_out[text] = frequent[0]
        standing = self._standing([form for form in forms if form not in frequent])
        for form in standing:
            leaf = words_of(form, self._analyzer, quoted=True)
            assert leaf is not None
            self._found.setdefault(text, []).append(form)
            typed, weight = self._weight(words), self._weight(leaf)
            self._weights[form] = round(typed / weight, 3) if typed and weight else 1.0
        if standing and " " in text and self._standing([text]):
            self._weights.setdefault(text, 1.0)

    def _word(self, nodes: Sequence[Node], index: int) -> str:
        """Return the word of a node without quotes; "" for any other node and for a stop word."""
        node = nodes[index] if 0 <= index < len(nodes) else None
        if node is None or not is_word(node):
            return ""
        is_stop_word = node.text.islower() and self._analyzer.asked(node.text).is_stop_word
        return "" if is_stop_word else node.text

    def _standing(self, forms: Sequence[str]) -> list[str]:
        """Return those of some forms that stand in a passage or a title that is shown."""
        learnt = self._postings.learnt
        found = {one for code in self._languages for one in learnt(self._standing_in, code, *forms)}
        return _found((form for form in forms if form in found), self._postings, self._finds)

    def _standing_in(self, language: str, *forms: str) -> tuple[str, ...]:
        """Return those of some forms that stand so in a language."""
        segments = [one for one in self._postings.segments if one.reader.language == language]
        return tuple(form for form in forms if self._stands(form, segments))

    def _frequent(self, *forms: str) -> tuple[str, ...]:
        """Return those forms with a sign of which too many passages have the words."""
        return tuple(filter(self._is_frequent, forms))

    def _is_frequent(self, form: str) -> bool:
        leaf = words_of(form, self._analyzer, quoted=True)
        if not isinstance(leaf, Signed):
            return False
        segments, terms = self._postings.segments, self._analyzer.terms(leaf.text)
        is_large = sum(segment.reader.passages for segment in segments) > _FEW_PASSAGES
        most = _MOST_READ if is_large else _MOST_READ_OF_FEW
        return sum(len(segment.in_a_row("text", terms)) for segment in segments) > most

    def _weight(self, leaf: Words | Signed) -> float:
        """Return the idf of the words of a leaf together, of stop words only in quotes."""
        asked = self._analyzer.asked(leaf.text)
        assert self._statistics is not None  # else no passage would have the leaf
        terms = asked.terms if leaf.quoted else asked.weighted_terms
        return sum(self._statistics.term_idfs(leaf, terms))

    def _stands(self, form: str, segments: Iterable[SegmentPostings]) -> bool:
        leaf = words_of(form, self._analyzer, quoted=True)
        return leaf is not None and any(
            len(segment.visible_among(segment.positions.doc_ids(field, leaf), field))
            for segment in segments
            for field in ("text", "title")
        )
