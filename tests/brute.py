"""BM25F over passages, as plainly as it can be written: what scores must be."""

import math
from collections import Counter

from nutgraf import Article, split
from nutgraf.query import parse
from nutgraf.tree import Filter, Group, Node, Phrase, Prefix, Word, leaves
from nutgraf_index.analysis import analyse
from nutgraf_index.passages import complete
from test_evaluate import Facts, facts_of, in_a_row, is_true

K1 = 1.2
B = {"text": 0.75, "title": 0.3, "heading": 0.3}
WEIGHTS = {"title": 0.3, "heading": 0.2}


def stems(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


def idf(found: int, units: int) -> float:
    return math.log(1 + (units - found + 0.5) / (found + 0.5)) if found else 0.0


class Archive:
    """All passages of some articles, with the titles and headings they stand under."""

    def __init__(self, articles: list[Article]) -> None:
        self.facts = facts_of(articles)
        self.units: dict[str, list[list[str]]] = {
            "text": [stems(one.passage.text) for one in self.facts],
            "title": [stems(complete(one, split(one)).title) for one in articles],
            "heading": [],
        }
        for article in articles:
            before = None
            for passage in split(article):
                if passage.heading != before:
                    before = passage.heading
                    self.units["heading"].append(stems(before))

    def bm25(self, field: str, term: str, words: list[str]) -> float:
        often = Counter(words)[term]
        if not often:
            return 0.0
        units = self.units[field]
        lengths = [len(unit) for unit in units if unit]
        average = sum(lengths) / len(lengths)
        b = B[field]
        damped = K1 * (1 - b + b * len(words) / average)
        found = sum(term in unit for unit in units)
        return idf(found, len(units)) * often / (often + damped)

    def score(self, query: str, facts: Facts) -> float:
        tree = parse(query).tree
        assert tree is not None
        total = self._of(tree, facts)
        told = complete(facts.article, split(facts.article))
        under = {"title": stems(told.title), "heading": stems(facts.passage.heading)}
        words = dict.fromkeys(term for leaf in leaves(tree) for term in stems(leaf.text))
        for field, weight in WEIGHTS.items():
            total += sum(weight * self.bm25(field, word, under[field]) for word in words)
        return total

    def _of(self, node: Node, facts: Facts) -> float:
        if isinstance(node, Filter) or not is_true(node, facts):
            return 0.0
        if isinstance(node, Group):
            return sum(self._of(part, facts) for part in (*node.must, *node.should))
        words = stems(facts.passage.text)
        if isinstance(node, Prefix):
            alone = Facts(facts.article, facts.passage, opening=False)
            matching = sum(
                is_true(node, Facts(one.article, one.passage, opening=False)) for one in self.facts
            )
            return idf(matching, len(self.facts)) if is_true(node, alone) else 0.0
        assert isinstance(node, Word | Phrase)
        wanted = stems(node.text)
        if not in_a_row(wanted, words):
            return 0.0
        return sum(self.bm25("text", term, words) for term in wanted)
