"""How well passages answer a query, as plainly as docs/ranking.md says it, and without rounding.

Nothing here is shared with what it judges but the parser, the analyser and the splitting of
articles.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import reduce
from itertools import groupby, pairwise

from brute import (
    STOP_WORDS,
    Facts,
    analyse,
    facts_of,
    further,
    is_gram,
    is_hidden,
    is_plain,
    is_short,
    is_true,
    is_whole,
    joined_term,
    looked_up,
    meant,
    named_roles,
    rows_of,
    searched,
    stems,
)
from nutgraf import Article, split
from nutgraf.query.tree import (
    Boost,
    Exact,
    Filter,
    Fuzzy,
    Group,
    Leaf,
    Near,
    Node,
    Pattern,
    Signed,
    Words,
)
from nutgraf_index.model import Role
from nutgraf_index.passages.split import complete

# What the words of a query weigh

AGAIN = Fraction(3, 4)  # more for each time a word is said again


def parts_that_count(text: str) -> list[str]:
    """Return the stems of a word's parts; of state-of-the-art those of state and art."""
    tokens = [token for token in looked_up(text) if is_whole(token.word)]
    parts = [token.term for token in tokens if token.word not in STOP_WORDS]
    return parts or [token.term for token in tokens]


class Weighing:
    """What each word of a query weighs; `light` are the words that count for the best alone."""

    def __init__(self, query: Group, light: list[Words]) -> None:
        self.query = query
        self.light = light

    def weights(self, parts: tuple[Node, ...]) -> list[tuple[Node, Fraction]]:
        """Return each part once with its weight; words are the same by their stems."""
        said: dict[str, list[Node]] = {}
        for part in parts:
            name = " ".join(stems(str(part))) if is_plain(part) else repr(part)
            said.setdefault(name, []).append(part)
        return [(times[0], 1 + AGAIN * (len(times) - 1)) for times in said.values()]

    def row(self) -> tuple[list[str | None], list[str]]:
        """Return the stems of the words that weigh, in their order, and those of the others.

        None stands for what is no word; what is in parentheses is none.
        """
        row: list[str | None] = []
        for part in (*self.query.must, *self.query.should):
            row += parts_that_count(str(part)) if is_plain(part) else [None]
        light = {stem for word in self.light for stem in parts_that_count(str(word))}
        return row, sorted(light - {*row})


def words_of_title(text: str) -> list[str]:
    """Return the words of a title, without the name of a house."""
    return [token.word for token in analyse(text.partition(" | ")[0])]


def is_pair(term: str) -> bool:
    """Whether a term is a gram of two characters."""
    return is_gram(term) and len(term) == 2 and is_whole(term)


# BM25F

K1 = Fraction("1.5")
B = Fraction("0.7")
TITLE_LIFT = 2
NEAR = Fraction("0.25")
NEAR_EQUAL = Fraction("0.998")
STOP_WORD_BOOST = Fraction("0.1")
BESIDE = Fraction(2)
FEWEST_BESIDE = 32
MOST_BESIDE = 3  # words that count in the query
COMMONEST_BESIDE = Fraction("0.01")
CONTEXT = Fraction("0.1")
AROUND = 3
CHARACTERS = Fraction(1)
ARTICLE = Fraction("1.5")
ARTICLE_K1 = Fraction("0.8")
OPENING = Fraction("0.5")
FIRST_WORDS = 25
FIRST_WORD = Fraction("0.5")
TOGETHER = Fraction("0.25")
FEWEST = 256  # passages of a language for the idf, if the archive has so many
NONE = Fraction(0)


class Score(dict[int, Fraction]):
    """A sum of idf, each so many times: by the number of passages in which a word is found.

    Two are equal where the formula says that they are.
    """

    def __init__(self, parts: Mapping[int, Fraction] | None = None) -> None:
        super().__init__({found: often for found, often in (parts or {}).items() if found * often})

    def __add__(self, other: "Score") -> "Score":
        every = self.keys() | other.keys()
        return Score({one: self.get(one, NONE) + other.get(one, NONE) for one in every})

    def times(self, factor: Fraction | float) -> "Score":
        return Score({found: often * Fraction(factor) for found, often in self.items()})

    def value(self, passages: int) -> float:
        return math.fsum(often * idf(found, passages) for found, often in self.items())


def added(scores: Iterable[Score]) -> Score:
    return reduce(Score.__add__, scores, Score())


def idf(found: int, passages: int) -> float:
    return math.log(1 + (passages - found + 0.5) / (found + 0.5)) if found else 0.0


def in_order(
    best: list[tuple[str, float]], lacking: Mapping[str, float]
) -> list[tuple[str, float]]:
    """Return citations with their scores, best first, as near-equals stand: what lacks less first.

    Only what lacks something is moved, among those in a row that are close to the first of them.
    """
    rows: list[list[tuple[str, float]]] = []
    for citation, score in best:
        first, least = rows[-1][0] if rows else ("", 0.0)
        near = rows and lacking[first] and score >= least * float(NEAR_EQUAL)
        if not (near and lacking[citation]):
            rows.append([])
        rows[-1].append((citation, score))
    return [one for row in rows for one in sorted(row, key=lambda one: round(lacking[one[0]], 9))]


def closeness(row: list[str | None], pair: set[str]) -> Fraction:
    """Return 1 for words side by side in the query, a half for those with one other between."""
    if pair in [{*two} for two in pairwise(row)]:
        return Fraction(1)
    beside = zip(row, row[1:], row[2:], strict=False)
    skipped = pair in [{one, other} for one, middle, other in beside if middle]
    return Fraction(1, 2) if skipped else NONE


def gathered_in(row: list[str | None], words: list[str]) -> dict[str, Fraction]:
    """Return what each word of a query gathers from its neighbours in a text."""
    gathered: defaultdict[str, Fraction] = defaultdict(Fraction)
    places = [at for at, word in enumerate(words) if word in row]
    for one, other in pairwise(places):
        pair = {words[one], words[other]}
        if len(pair) == 2 and other - one <= 2:
            for word in pair:
                gathered[word] += closeness(row, pair) / (other - one)
    return dict(gathered)


class Archive:
    """All passages of some articles of a language, with the titles and headings they stand under.

    `of_all` is the number of passages in all languages.
    """

    def __init__(self, articles: list[Article], of_all: int = 0) -> None:
        self.facts = facts_of(articles)
        self.passages = max(len(self.facts), min(of_all, FEWEST))
        self.titles = [complete(one, split(one)).title for one in articles]
        units: dict[str, list[list[str]]] = {
            "text": [stems(one.passage.text) for one in self.facts],
            "title": [stems(title) for title in self.titles],
            "heading": [],
        }
        before = None
        for one in self.facts:
            if (place := (one.article.id, one.passage.heading)) != before:
                before = place
                units["heading"].append(stems(one.heading))
        lengths = {name: [len(unit) for unit in some if unit] for name, some in units.items()}
        self.averages = {
            name: Fraction(sum(n * n for n in some), sum(some))
            for name, some in lengths.items()
            if some
        }
        self.known: dict[str, int] = {}
        self.given: dict[tuple[str, str, bool], Score] = {}

    def often(self, field: str, term: str, words: list[str]) -> Fraction:
        """Return how often a term stands among some words, by their length."""
        return words.count(term) / self.normal(field, words) if words else NONE

    def normal(self, field: str, words: list[str]) -> Fraction:
        return 1 - B + B * len(words) / self.averages[field]

    def found(self, term: str) -> int:
        """Return in how many texts a term stands, or in how many titles if in no text."""
        if term not in self.known:
            texts = [one.passage.text for one in self.facts]
            for places in (texts, self.titles):
                having = (
                    term in stems(text) or term in {one for _, one in further(text)}
                    for text in places
                )
                self.known[term] = sum(having)
                if self.known[term]:
                    break
        return self.known[term]

    def bm25f(self, term: str, facts: Facts, *, joined: bool = False) -> Score:
        key = term, facts.citation, joined
        if key not in self.given:
            self.given[key] = self.worked_out(term, facts, joined)
        return self.given[key]

    def worked_out(self, term: str, facts: Facts, joined: bool) -> Score:
        words = stems(facts.passage.text)
        parts = joined and term in {one for _, one in further(facts.passage.text)}
        title = stems(facts.article.title)
        titled = joined and term in {one for _, one in further(facts.article.title)}
        in_title = titled / self.normal("title", title) if titled else 0
        often = (
            self.often("text", term, words)
            + parts / self.normal("text", words)
            + (self.often("title", term, title) + in_title) * (TITLE_LIFT if facts.opening else 1)
            + self.often("heading", term, stems(facts.heading))
        )
        return Score({self.found(term): often / (often + K1)})

    def scores(self, query: str) -> dict[str, float]:
        """Return the score of every passage, were it found and among those that are refined."""
        return {
            citation: (score + more).value(self.passages)
            for citation, (score, more) in self.parts_of_scores(query).items()
        }

    def parts_of_scores(self, query: str) -> dict[str, tuple[Score, Score]]:
        """Return the score of every passage, were it found, and what is added to the best."""
        group = self.asked(query)
        return {
            one.citation: (
                self._sum_of(group, one) + self.beside_words(one),
                self.refinement(group, one),
            )
            for one in self.facts
        }

    def beside_words(self, facts: Facts) -> Score:
        """Return the score of the stop words that stand beside a word of the query as there."""
        counting = [term for term in self.weighing.row()[0] if term]
        terms = set()
        for one in self.beside if len(counting) <= MOST_BESIDE else ():
            (term,) = stems(one.stop_word)
            rarest = min([self.found(stem) for stem in stems(one.row.text)])
            is_rare = rarest <= FEWEST_BESIDE or rarest <= COMMONEST_BESIDE * self.passages
            stands = any(rows_of(one.row, text) for text in facts.texts)
            if term not in counting and is_rare and stands:
                terms.add(term)
        return added(self.bm25f(term, facts) for term in sorted(terms)).times(BESIDE)

    def refinement(self, group: Group, facts: Facts) -> Score:
        row, light = self.weighing.row()
        around = [
            self._of(group, one) + self.beside_words(one)
            for one in self.around(group, facts)
            if is_true(group, one)
        ]
        best = max(around, key=lambda score: score.value(self.passages), default=Score())
        more = best.times(CONTEXT)
        more += added(self.bm25f(term, facts) for term in light).times(STOP_WORD_BOOST)
        words = stems(facts.passage.text)
        gathered = gathered_in(row, words)
        for word, often in gathered_in(row, stems(facts.article.title)).items():
            if facts.opening:
                gathered[word] = gathered.get(word, NONE) + often
        near = Score()
        for word, often in gathered.items():
            often /= self.normal("text", words)
            near += Score({self.found(word): NEAR * often / (often + K1)})
        more += min(near, self.cap(group, facts) or near, key=lambda one: one.value(self.passages))
        for character in dict.fromkeys("".join(term for term in row if term and is_pair(term))):
            times = sum(word[0] == character for word in words if is_gram(word))
            often = times / self.normal("text", words) if times else NONE
            having = sum(
                any(is_gram(word) and word[0] == character for word in stems(one.passage.text))
                for one in self.facts
            )
            more += Score({having: CHARACTERS * often / (often + K1)})
        return more

    def missing(self, group: Group, facts: Facts) -> Iterator[tuple[Node, Fraction]]:
        """Yield the parts that need not be true and give the passage nothing, with their weights.

        Parts that weigh nothing are left out.
        """
        needed = len(group.should) == 1 and not group.must
        for part, weight in self.weighing.weights(() if needed else group.should):
            if not self._of(part, facts).value(self.passages):
                yield part, weight

    def cap(self, group: Group, facts: Facts) -> Score:
        """Return what the missing parts would give if each of their words stood there once."""
        once = 1 / self.normal("text", stems(facts.passage.text))
        return added(
            self.given_by(part, once / (once + K1)).times(weight)
            for part, weight in self.missing(group, facts)
        )

    def caps(self, query: str) -> dict[str, float]:
        """Return for every passage the most that proximity gives it; 0 for no limit."""
        group = self.asked(query)
        return {one.citation: self.cap(group, one).value(self.passages) for one in self.facts}

    def lacking(self, query: str) -> dict[str, float]:
        """Return for every passage what the parts weigh that it lacks."""
        group = self.asked(query)
        return {
            one.citation: added(
                self.given_by(part, Fraction(1)).times(weight)
                for part, weight in self.missing(group, one)
            ).value(self.passages)
            for one in self.facts
        }

    def asked(self, query: str) -> Group:
        """Return the query as it is understood, and weigh by it from now on."""
        tree = searched(query, self.facts)
        assert tree is not None
        group, light, self.beside = meant(tree)
        self.weighing = Weighing(group, light)
        return group

    def given_by(self, node: Node, share: Fraction) -> Score:
        """Return what a part of a query gives if each of its words gives a share of its weight."""
        if isinstance(node, Boost):
            return self.given_by(node.node, share).times(node.factor)
        if isinstance(node, Group):
            return added(
                self.given_by(part, share).times(weight)
                for parts in (node.must, node.should)
                for part, weight in self.weighing.weights(parts)
            )
        if isinstance(node, Near):
            return added(self.given_by(leaf, share) for part in node.parts for leaf in part)
        if isinstance(node, Pattern | Fuzzy) or (isinstance(node, Leaf) and is_short(node)):
            return Score({self.having(node): Fraction(1)})
        if not isinstance(node, Leaf):
            return Score()
        terms = [token.term for token in looked_up(node.text) if is_whole(token.word)]
        if isinstance(node, Exact | Signed):
            whole = idf(written := self.written(node), self.passages)
            if len(terms) == 1:
                return Score({written: share})
            total = sum(idf(self.found(term), self.passages) for term in terms)
            return added(Score({self.found(term): share}) for term in terms).times(
                max(1.0, whole / total) if total else 1.0
            )
        if len(terms) > 1 and not (isinstance(node, Words) and node.quoted):
            terms = [*parts_that_count(node.text), joined_term(node)]
        return added(Score({self.found(term): share}) for term in terms)

    def titled(self, query: str) -> set[str]:
        """Return the passages that stand before all others: the query is the title, word by word.

        They are those that represent the title; else the headline that has it, or all there is.
        """
        wanted, found = words_of_title(query), set()
        for _, facts in groupby(self.facts, lambda one: one.article.id):
            passages = [*facts]
            openings = [one for one in passages if one.opening]
            headlines = [
                one
                for one in passages
                if one.passage.role is Role.HEADLINE and len(stems(one.passage.text)) >= len(wanted)
            ]
            if wanted and words_of_title(passages[0].article.title) == wanted:
                found.add((openings or headlines or passages)[0].citation)
        return found

    def around(self, group: Group, facts: Facts) -> Iterator[Facts]:
        """Yield the passages that are at most `AROUND` before one or after it, and may match."""
        named = named_roles(group)
        for one in self.facts:
            apart = abs(one.passage.number - facts.passage.number)
            near = one.article.id == facts.article.id and 1 <= apart <= AROUND
            if near and not is_hidden(one, named):
                yield one

    def _sum_of(self, group: Group, facts: Facts) -> Score:
        return added(
            self._of(part, facts).times(weight)
            for parts in (group.must, group.should)
            for part, weight in self.weighing.weights(parts)
        )

    def _of(self, node: Node, facts: Facts) -> Score:
        if isinstance(node, Boost):
            return self._of(node.node, facts).times(node.factor)
        # Titles and headings, and the parts of a word, count whether it matches or not.
        if isinstance(node, Words) and len(looked_up(node.text)) == 1 and not is_short(node):
            (token,) = looked_up(node.text)
            return self.bm25f(token.term, facts, joined=not node.quoted)
        if isinstance(node, Words) and not node.quoted and not is_short(node):
            terms = [*parts_that_count(node.text), joined_term(node)]
            return added(self.bm25f(term, facts) for term in terms)
        if isinstance(node, Filter) or not self.is_true(node, facts):
            return Score()
        if isinstance(node, Group):
            return self._sum_of(node, facts)
        if isinstance(node, Near):
            return added(self._of(leaf, facts) for part in node.parts for leaf in part)
        if isinstance(node, Pattern | Fuzzy) or is_short(node):
            return Score({self.having(node): Fraction(1)})
        assert isinstance(node, Leaf)
        terms = [token.term for token in looked_up(node.text) if is_whole(token.word)]
        scores = [self.bm25f(term, facts) for term in terms]
        if isinstance(node, Exact | Signed):
            written, all_passages = self.written(node), self.passages
            if len(scores) == 1:
                return Score({written: sum(scores[0].values(), NONE)})
            whole = idf(written, all_passages)
            total = sum(idf(self.found(term), all_passages) for term in terms)
            return added(scores).times(max(1.0, whole / total) if total else 1.0)
        return added(scores)

    def is_true(self, node: Node, facts: Facts) -> bool:
        return is_true(node, facts)

    def having(self, node: Node) -> int:
        """Return in how many texts a pattern is."""
        alone = (Facts(one.article, one.passage, opening=False) for one in self.facts)
        return sum(is_true(node, one) for one in alone)

    def written(self, leaf: Exact | Signed) -> int:
        """Return in how many texts a leaf stands as written, or in how many titles if in none."""
        texts = [one.passage.text for one in self.facts]
        return next(
            (
                n
                for places in (texts, self.titles)
                if (n := sum(bool(rows_of(leaf, one)) for one in places))
            ),
            0,
        )


class Wholes(Archive):
    """The same articles, each as one text of all passages that a query may find.

    One of an article's facts stands for the article.
    """

    def __init__(self, articles: list[Article], query: str, of_all: int = 0) -> None:
        super().__init__(articles)
        tree = searched(query, self.facts)
        assert tree is not None
        self.query = query
        self.passages = max(len(articles), min(of_all, FEWEST))
        group, light, _ = meant(tree)
        self.weighing = Weighing(group, light)
        named = named_roles(group)
        self.visible: dict[str, list[Facts]] = {one.id: [] for one in articles}
        for one in self.facts:
            if not is_hidden(one, named):
                self.visible[one.article.id].append(one)
        self.words = {
            id: [word for one in some for word in stems(one.passage.text)]
            for id, some in self.visible.items()
        }
        self.title_of = {one.article.id: one.article.title for one in self.facts}
        lengths = [len(words) for words in self.words.values() if words]
        squares = sum(length * length for length in lengths)
        self.averages["text"] = Fraction(squares, sum(lengths)) if lengths else Fraction(1)

    def whole_scores(self) -> dict[str, Score]:
        """Return what each article scores as one text, were it found."""
        group = self.weighing.query
        each = {one.article.id: one for one in self.facts}
        return {id: self._sum_of(group, one).times(ARTICLE) for id, one in each.items()}

    def openings(self) -> dict[str, str]:
        """Return the citation of each article's opening."""
        first = {id: some[0].citation for id, some in self.visible.items() if some}
        return first | {one.article.id: one.citation for one in self.facts if one.opening}

    def standing(self) -> dict[str, Score]:
        """Return what each article gets for where the words stand in it, were it among the best."""
        row, _ = self.weighing.row()
        scores = {}
        for id, passages in self.visible.items():
            gathered: defaultdict[str, Fraction] = defaultdict(Fraction)
            for one in passages:
                for word, often in gathered_in(row, stems(one.passage.text)).items():
                    gathered[word] += often
            begin = stems(self.title_of[id]) or self.words[id]
            first = {*row} & {*begin[:FIRST_WORDS]}
            scores[id] = added(
                [Score({self.found(word): FIRST_WORD}) for word in sorted(filter(None, first))]
                + [
                    Score({self.found(word): TOGETHER * min(often, Fraction(1))})
                    for word, often in sorted(gathered.items())
                ]
            )
        return scores

    def found(self, term: str) -> int:
        joined = {
            one.article.id
            for some in self.visible.values()
            for one in some
            if term in {token for _, token in further(one.passage.text)}
        }
        texts = sum(term in words or id in joined for id, words in self.words.items())
        titles = (
            term in stems(one) or term in {more for _, more in further(one)} for one in self.titles
        )
        return texts or sum(titles)

    def normal(self, field: str, words: list[str]) -> Fraction:
        return 1 - B + B * len(words) / self.averages[field]

    def worked_out(self, term: str, facts: Facts, joined: bool) -> Score:
        words, title = self.words[facts.article.id], stems(facts.article.title)
        times = words.count(term)
        if joined:
            texts = (one.passage.text for one in self.visible[facts.article.id])
            times += sum(term in {one for _, one in further(text)} for text in texts)
        titled = title.count(term)
        titled += joined and term in {one for _, one in further(facts.article.title)}
        often = times / self.normal("text", words) if times else NONE
        often += titled / self.normal("title", title) if titled else NONE
        return Score({self.found(term): often / (often + ARTICLE_K1)})

    def is_true(self, node: Node, facts: Facts) -> bool:
        return any(is_true(node, one) for one in self.visible[facts.article.id])

    def having(self, node: Node) -> int:
        alone = (
            [Facts(one.article, one.passage, opening=False) for one in some]
            for some in self.visible.values()
        )
        return sum(any(is_true(node, one) for one in some) for some in alone)

    def written(self, leaf: Exact | Signed) -> int:
        texts = [[one.passage.text for one in some] for some in self.visible.values()]
        n = sum(any(rows_of(leaf, text) for text in some) for some in texts)
        return n or sum(bool(rows_of(leaf, title)) for title in self.titles)
