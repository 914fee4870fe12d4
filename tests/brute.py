"""BM25F over passages, as plainly as it can be written: what scores must be."""

import math
from collections import defaultdict
from itertools import pairwise

from nutgraf import Article, split
from nutgraf.query import parse
from nutgraf.tree import Filter, Group, Node, Prefix, Word
from nutgraf.weighting import Weighting, parts_of
from nutgraf_index.analysis import analyse
from nutgraf_index.passages import complete
from test_evaluate import Facts, facts_of, is_true

K1 = 1.3
B = {"text": 0.65, "title": 0.75, "heading": 0.75}
OPENING = 3
NEAR = 0.25
LIGHT = 0.1


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

    def often(self, field: str, term: str, words: list[str]) -> float:
        """Return how often a term stands among some words, by their length."""
        return words.count(term) / self.normal(field, words) if words else 0.0

    def normal(self, field: str, words: list[str]) -> float:
        lengths = [len(unit) for unit in self.units[field] if unit]
        return 1 - B[field] + B[field] * len(words) / (sum(lengths) / len(lengths))

    def rarity(self, term: str) -> float:
        found = sum(term in unit for unit in self.units["text"])
        found = found or sum(term in unit for unit in self.units["title"])
        return idf(found, len(self.facts))

    def bm25f(self, term: str, facts: Facts) -> float:
        told = complete(facts.article, split(facts.article))
        often = (
            self.often("text", term, stems(facts.passage.text))
            + self.often("title", term, stems(told.title)) * (OPENING if facts.opening else 1)
            + self.often("heading", term, stems(facts.passage.heading))
        )
        return self.rarity(term) * often / (often + K1)

    def scores(self, query: str) -> dict[str, float]:
        """Return the score of every passage, were it found and among those that are refined."""
        tree = parse(query).tree
        assert tree is not None
        group = tree if isinstance(tree, Group) else Group(should=(tree,))
        self.weighting = Weighting(group)
        return {one.citation: self._of(group, one) + self.refinement(one) for one in self.facts}

    def refinement(self, facts: Facts) -> float:
        row, light = self.weighting.row()
        added = sum(LIGHT * self.bm25f(term, facts) for term in light)
        words = stems(facts.passage.text)
        places = [at for at, word in enumerate(words) if word in row]
        gathered: defaultdict[str, float] = defaultdict(float)
        for one, other in pairwise(places):
            pair = {words[one], words[other]}
            if len(pair) == 2 and other - one <= 2 and pair in [{*two} for two in pairwise(row)]:
                for word in pair:
                    gathered[word] += 1 / (other - one)
        for word, often in gathered.items():
            often /= self.normal("text", words)
            added += NEAR * self.rarity(word) * often / (often + K1)
        return added

    def _of(self, node: Node, facts: Facts) -> float:
        if isinstance(node, Word):
            # Titles and headings, and the parts of a word, count whether it matches or not.
            return sum(self.bm25f(term, facts) for term in parts_of(node.text))
        if isinstance(node, Filter) or not is_true(node, facts):
            return 0.0
        if isinstance(node, Group):
            return sum(
                weight * self._of(part, facts) if weight else 0.0
                for parts in (node.must, node.should)
                for part, weight in self.weighting.weigh(parts)
            )
        if isinstance(node, Prefix):
            alone = (Facts(one.article, one.passage, opening=False) for one in self.facts)
            return idf(sum(is_true(node, one) for one in alone), len(self.facts))
        return sum(self.bm25f(term, facts) for term in stems(node.text))
