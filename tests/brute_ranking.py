"""How well passages answer a query, as plainly as docs/ranking.md says it.

Nothing here is shared with what it judges but the parser, the analyser, the splitting of articles
and the lists of stop words and of words with which people ask; the rules for these are its own.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from brute import Facts, analyse, facts_of, hyphenated, is_true, joined_term, named_roles, stems
from nutgraf import Article, split
from nutgraf.query.parser import parse
from nutgraf.query.tree import Boost, Filter, Fuzzy, Group, Leaf, Near, Node, Pattern, Words
from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.model import HIDDEN_ROLES
from nutgraf_index.passages.split import complete

STOP_WORDS, REQUEST_WORDS = ENGLISH.stop_words, ENGLISH.request_words

# What the words of a query weigh

AGAIN = 0.5  # more for each time a word is said again


def asked(node: Node) -> Iterator[Leaf]:
    """Yield the leaves of a query but for those of what is excluded."""
    if isinstance(node, Boost):
        yield from asked(node.node)
    elif isinstance(node, Group):
        for part in (*node.must, *node.should):
            yield from asked(part)
    elif isinstance(node, Near):
        for leaves in node.parts:
            yield from leaves
    elif isinstance(node, Leaf):
        yield node


def is_plain(node: Node) -> bool:
    return isinstance(node, Words) and not node.quoted


def stands_in(node: Node, listed: Iterable[str]) -> bool:
    """Whether a node is a plain word of a list, and no abbreviation with dots."""
    if not isinstance(node, Words) or node.quoted:
        return False
    words = [token.word for token in analyse(node.text)]
    return len(words) == 1 and words[0] in listed and "." not in node.text


def parts_that_count(text: str) -> list[str]:
    """Return the stems of a word's parts; of state-of-the-art those of state and art."""
    parts = [token.term for token in analyse(text) if token.word not in STOP_WORDS]
    return parts or stems(text)


class Weighing:
    """What each word of a query weighs."""

    def __init__(self, query: Group) -> None:
        self.query = query
        everything = list(asked(query))
        self.in_capitals = all(str(leaf).isupper() for leaf in everything if is_plain(leaf))
        self.nothing_else = all(map(self.is_stop_word, everything))
        # The longest run of words that only ask and end in a stop word, if more is asked than it.
        runs = [
            length
            for length in range(1, len(query.should) + 1)
            if self.is_stop_word(query.should[length - 1])
            and all(map(self.only_asks, query.should[:length]))
        ]
        self.asks = max(runs, default=0)
        meant = [leaf for part in query.should[self.asks :] for leaf in asked(part)]
        if query.must or all(map(self.is_stop_word, meant)):
            self.asks = 0

    def only_asks(self, node: Node) -> bool:
        return self.is_stop_word(node) or stands_in(node, REQUEST_WORDS)

    def is_stop_word(self, node: Node) -> bool:
        text = str(node)
        is_name = len(text) > 1 and text.isupper() and not self.in_capitals
        return stands_in(node, STOP_WORDS) and not is_name

    def weigh_anything(self, group: Group, parts: tuple[Node, ...]) -> list[bool]:
        """Return whether each of the required or of the other parts of a group weighs anything."""
        asking = self.asks if group is self.query and parts is group.should else 0
        return [
            at >= asking and (self.nothing_else or not self.is_stop_word(part))
            for at, part in enumerate(parts)
        ]

    def weights(self, group: Group, parts: tuple[Node, ...]) -> list[tuple[Node, float]]:
        """Return each part once with its weight; words are the same by their stems."""
        said: dict[str, list[tuple[Node, bool]]] = {}
        for part, weighs in zip(parts, self.weigh_anything(group, parts), strict=True):
            name = " ".join(stems(str(part))) if is_plain(part) else repr(part)
            said.setdefault(name, []).append((part, weighs))
        found = []
        for times in said.values():
            count = sum(weighs for _, weighs in times)
            found.append((times[0][0], 1 + AGAIN * (count - 1) if count else 0.0))
        return found

    def row(self) -> tuple[list[str | None], list[str]]:
        """Return the stems of the words that weigh, in their order, and those of the others.

        None stands for what is no word; what is in parentheses is none.
        """
        row: list[str | None] = []
        light: list[str] = []
        for parts in (self.query.must, self.query.should):
            for part, weighs in zip(parts, self.weigh_anything(self.query, parts), strict=True):
                if not is_plain(part):
                    row.append(None)
                elif weighs:
                    row += parts_that_count(str(part))
                else:
                    light += parts_that_count(str(part))
        return row, sorted({*light} - {*row})


# BM25F

K1 = 1.3
B = {"text": 0.65, "title": 0.75, "heading": 0.75}
OPENING = 3
NEAR = 0.25
LIGHT = 0.1
CONTEXT = 0.1
AROUND = 3


def idf(found: int, units: int) -> float:
    return math.log(1 + (units - found + 0.5) / (found + 0.5)) if found else 0.0


def closeness(row: list[str | None], pair: set[str]) -> float:
    """Return 1 for words side by side in the query, a half for those with one other between."""
    if pair in [{*two} for two in pairwise(row)]:
        return 1.0
    beside = zip(row, row[1:], row[2:], strict=False)
    return 0.5 if pair in [{one, other} for one, middle, other in beside if middle] else 0.0


class Archive:
    """All passages of some articles, with the titles and headings they stand under."""

    def __init__(self, articles: list[Article]) -> None:
        self.facts = facts_of(articles)
        self.titles = [complete(one, split(one)).title for one in articles]
        self.units: dict[str, list[list[str]]] = {
            "text": [stems(one.passage.text) for one in self.facts],
            "title": [stems(title) for title in self.titles],
            "heading": [],
        }
        for article in articles:
            before = None
            for passage in split(article):
                if passage.heading != before:
                    before = passage.heading
                    self.units["heading"].append(stems(before))
        lengths = {
            name: [len(unit) for unit in units if unit] for name, units in self.units.items()
        }
        self.averages = {name: sum(some) / len(some) for name, some in lengths.items() if some}
        self.known: dict[str, float] = {}

    def often(self, field: str, term: str, words: list[str]) -> float:
        """Return how often a term stands among some words, by their length."""
        return words.count(term) / self.normal(field, words) if words else 0.0

    def normal(self, field: str, words: list[str]) -> float:
        return 1 - B[field] + B[field] * len(words) / self.averages[field]

    def idf(self, term: str) -> float:
        if term not in self.known:
            self.known[term] = self.rarity(term)
        return self.known[term]

    def rarity(self, term: str) -> float:
        found = sum(
            term in stems(one.passage.text) or term in dict(hyphenated(one.passage.text)).values()
            for one in self.facts
        )
        found = found or sum(
            term in stems(title) or term in dict(hyphenated(title)).values()
            for title in self.titles
        )
        return idf(found, len(self.facts))

    def bm25f(self, term: str, facts: Facts, *, joined: bool = False) -> float:
        words = stems(facts.passage.text)
        parts = joined and term in dict(hyphenated(facts.passage.text)).values()
        title = stems(facts.article.title)
        titled = joined and term in dict(hyphenated(facts.article.title)).values()
        in_title = titled / self.normal("title", title) if titled else 0.0
        often = (
            self.often("text", term, words)
            + parts / self.normal("text", words)
            + (self.often("title", term, title) + in_title) * (OPENING if facts.opening else 1)
            + self.often("heading", term, stems(facts.passage.heading))
        )
        return self.idf(term) * often / (often + K1)

    def scores(self, query: str) -> dict[str, float]:
        """Return the score of every passage, were it found and among those that are refined."""
        tree = parse(query).tree
        assert tree is not None
        group = tree if isinstance(tree, Group) else Group(should=(tree,))
        self.weighing = Weighing(group)
        return {
            one.citation: self._sum_of(group, one) + self.refinement(group, one)
            for one in self.facts
        }

    def refinement(self, group: Group, facts: Facts) -> float:
        row, light = self.weighing.row()
        around = (self._of(group, one) for one in self.around(group, facts))
        added = CONTEXT * max(around, default=0)
        added += sum(LIGHT * self.bm25f(term, facts) for term in light)
        words = stems(facts.passage.text)
        gathered: defaultdict[str, float] = defaultdict(float)
        for text in (words, stems(facts.article.title) if facts.opening else []):
            places = [at for at, word in enumerate(text) if word in row]
            for one, other in pairwise(places):
                pair = {text[one], text[other]}
                if len(pair) == 2 and other - one <= 2:
                    for word in pair:
                        gathered[word] += closeness(row, pair) / (other - one)
        for word, often in gathered.items():
            often /= self.normal("text", words)
            added += NEAR * self.idf(word) * often / (often + K1)
        return added

    def around(self, group: Group, facts: Facts) -> Iterator[Facts]:
        """Yield the passages that are at most `AROUND` before one or after it, and may match."""
        silent = {role.value for role in HIDDEN_ROLES} - named_roles(group)
        for one in self.facts:
            apart = abs(one.passage.number - facts.passage.number)
            near = one.article.id == facts.article.id and 1 <= apart <= AROUND
            if near and one.passage.role.value not in silent:
                yield one

    def _sum_of(self, group: Group, facts: Facts) -> float:
        return sum(
            weight * self._of(part, facts) if weight else 0.0
            for parts in (group.must, group.should)
            for part, weight in self.weighing.weights(group, parts)
        )

    def _of(self, node: Node, facts: Facts) -> float:
        if isinstance(node, Boost):
            return node.factor * self._of(node.node, facts)
        # Titles and headings, and the parts of a word, count whether it matches or not.
        if isinstance(node, Words) and len(stems(node.text)) == 1:
            return self.bm25f(stems(node.text)[0], facts, joined=not node.quoted)
        if isinstance(node, Words) and not node.quoted:
            terms = [*parts_that_count(node.text), joined_term(node)]
            return sum(self.bm25f(term, facts) for term in terms)
        if isinstance(node, Filter) or not is_true(node, facts):
            return 0.0
        if isinstance(node, Group):
            return self._sum_of(node, facts)
        if isinstance(node, Near):
            return sum(self._of(leaf, facts) for part in node.parts for leaf in part)
        if isinstance(node, Pattern | Fuzzy):
            alone = (Facts(one.article, one.passage, opening=False) for one in self.facts)
            return idf(sum(is_true(node, one) for one in alone), len(self.facts))
        assert isinstance(node, Leaf)
        return sum(self.bm25f(term, facts) for term in stems(node.text))
