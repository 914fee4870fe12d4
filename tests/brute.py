"""Queries over passages as plainly as they can be answered: what matches, and by which words.

Nothing here is shared with what it judges but the parser, the analyser and the splitting of
articles. Phrases that stand in no passage become words in worded.py. How well a passage matches is
told by brute_ranking.py.
"""

import fnmatch
import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise, product, repeat

from english import ENGLISH
from nutgraf import Article, Passage, split
from nutgraf.query.date_ranges import date_range
from nutgraf.query.parser import Require, parse
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
from nutgraf_index.analysis.analyzer import Token
from nutgraf_index.model import HIDDEN_ROLES, Role
from nutgraf_index.passages.split import complete
from worded import worded


@dataclass
class Facts:
    """What the plain evaluator knows of one passage."""

    article: Article
    passage: Passage
    opening: bool
    heading: str = ""
    is_shared: bool = False  # a line of many articles, and no sentence

    @property
    def citation(self) -> str:
        return f"{self.article.id}#{self.passage.number}"

    @property
    def texts(self) -> list[str]:
        return [self.passage.text, self.article.title if self.opening else ""]


MANY = 25  # articles


def facts_of(articles: list[Article]) -> list[Facts]:
    everything = []
    of_many = lines_of_many(articles)
    for article in articles:
        passages = split(article)
        told = complete(article, passages)
        headlines = [one.text for one in passages if one.role is Role.HEADLINE]
        words = _words(told.title)
        headed = any(set(words) <= set(_words(headline)) for headline in headlines)
        headed = headed or (len(passages) == 1 and _words(passages[0].text) == words)
        visible = [one for one in passages if one.role not in HIDDEN_ROLES]
        shared = [
            one
            for one in visible
            if one.role is not Role.HEADLINE
            and words_of_line(one.text) in of_many
            and not is_sentence(one.text)
        ]
        if len(shared) == len(visible):
            shared = []
        rest = [one for one in visible if one not in shared]
        leads = [one for one in rest if one.role is Role.LEAD]
        uncaptioned = [one for one in rest if one.role is not Role.CAPTION]
        open_ones = prose_that_opens(passages) or leads or uncaptioned or rest
        for one in passages:
            opening = bool(told.title) and not headed and one in open_ones[:1]
            heading = "" if words_of_line(one.heading) in of_many else one.heading
            everything.append(Facts(told, one, opening, heading, one in shared))
    return everything


def prose_that_opens(passages: Iterable[Passage]) -> list[Passage]:
    """Return the passage of prose that represents a title; none where there is no prose."""
    return [
        one
        for one in passages
        if one.role in (Role.LEAD, Role.BODY)
        and len(analyse(one.text)) >= 8
        and (len(analyse(one.text)) > 15 or is_sentence(one.text))
    ][:1]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def words_of_line(text: str) -> tuple[str, ...]:
    """Return the words of a short line; none for what is no short line."""
    words = tuple(token.word for token in analyse(text))
    return words if len(words) <= 15 else ()


def lines_of_many(articles: list[Article]) -> set[tuple[str, ...]]:
    """Return the words of each short line that stands in many articles."""
    having: Counter[tuple[str, ...]] = Counter()
    for article in articles:
        having.update({words_of_line(passage.text) for passage in split(article)})
    return {words for words, count in having.items() if words and count >= MANY}


def is_sentence(text: str) -> bool:
    ended = re.search("[.!?…。！？।؟۔][\"'”’»›)\\]*_ ]*$", text) is not None
    return ended and len(analyse(text)) >= 3


def is_hidden(facts: Facts, named: set[str]) -> bool:
    """Whether a passage is found only by a query that names its role, and this one does not."""
    role = facts.passage.role
    return role.value not in named and (role in HIDDEN_ROLES or facts.is_shared)


analyse = cache(ENGLISH.tokens)


def stems(text: str) -> list[str]:
    return [token.term for token in analyse(text)]


# Which words of a query count

STOP_WORDS = ENGLISH.language.stop_words | {"http", "https", "www"}
REQUEST_WORDS = ENGLISH.language.request_words


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
    if len(words) != 1:
        return False
    is_address = words[0].startswith("0http") and listed is STOP_WORDS
    return is_address or (words[0] in listed and "." not in node.text)


@dataclass(frozen=True)
class Beside:
    """A stop word of a query, and the words from it to a word that counts."""

    stop_word: str
    row: Words
    leads: bool  # whether the stop word is the first of the row


def meant(tree: Node) -> tuple[Group, list[Words], list[Beside]]:
    """Return a query without the words that only ask, those of its outermost group, and their rows.

    A row is one or two stop words and the word that they stand before or after.
    """
    query = tree if isinstance(tree, Group) else Group(should=(tree,))
    everything = list(asked(query))
    in_capitals = all(str(leaf).isupper() for leaf in everything if is_plain(leaf))

    def is_stop_word(node: Node) -> bool:
        text = str(node)
        is_name = len(text) > 1 and text.isupper() and not in_capitals
        return stands_in(node, STOP_WORDS) and not is_name

    def is_light(node: Node) -> bool:
        """Whether a node has nothing but stop words."""
        if isinstance(node, Group):
            parts = (*node.must, *node.should)
            return bool(parts) and all(map(is_light, parts))
        return is_stop_word(node)

    def without(group: Group) -> Group:
        must, should = (
            tuple(
                alone(without(part)) if isinstance(part, Group) else part
                for part in parts
                if not is_light(part)
            )
            for parts in (group.must, group.should)
        )
        return Group(must, should, group.exclude, group.filters)

    def alone(group: Group) -> Node:
        """Return the only node of a group, so that a word in it counts as one beside it does."""
        nodes = (*group.must, *group.should)
        return nodes[0] if len(nodes) == 1 and group == Group(group.must, group.should) else group

    # The longest run of words that only ask and end in a stop word, if more is asked than it.
    runs = [
        length
        for length in range(1, len(query.should) + 1)
        if is_stop_word(query.should[length - 1])
        and all(is_stop_word(one) or stands_in(one, REQUEST_WORDS) for one in query.should[:length])
    ]
    length = 0 if query.must else max(runs, default=0)
    if all(is_stop_word(leaf) for part in query.should[length:] for leaf in asked(part)):
        length = 0
    request, rest = query.should[:length], query.should[length:]
    if all(map(is_stop_word, everything)):
        return query, [], []
    asks = not all(map(is_stop_word, request))
    beside = [
        Beside(str(row[0 if leads else -1]), Words(" ".join(map(str, row)), quoted=True), leads)
        for parts in (query.must, rest if asks else query.should)
        for size in (2, 3)
        for row in (parts[at : at + size] for at in range(len(parts) - size + 1))
        for leads in (True, False)
        if all(is_plain(one) and not is_gram(str(one)) for one in row)
        and all(map(is_stop_word, row[:-1] if leads else row[1:]))
        and not is_stop_word(row[-1 if leads else 0])
    ]
    light = [one for one in (*request, *query.must, *rest) if one in request or is_stop_word(one)]
    counting = without(Group(query.must, rest, query.exclude, query.filters))
    return counting, light, beside  # type: ignore[return-value]


# Which words make a query true

# Of which text, and which word of it; a quarter less is the sign before a word, a quarter more the
# sign after it.
Marked = set[tuple[int, float]]


def marked(node: Node, texts: list[str], holding: Callable[[Filter], bool]) -> Marked | None:
    """Return the words that make a node true, None where it is false."""
    if isinstance(node, Boost):
        return marked(node.node, texts, holding)
    if isinstance(node, Filter):
        return set() if holding(node) else None
    if isinstance(node, Group):
        required = [marked(part, texts, holding) for part in (*node.must, *node.filters)]
        chosen = [marked(part, texts, holding) for part in node.should]
        if any(marked(part, texts, holding) is not None for part in node.exclude):
            return None
        if any(found is None for found in required):
            return None
        if not node.must and chosen and all(found is None for found in chosen):
            return None
        return {word for found in required + chosen if found is not None for word in found}
    rows = rows_of_near if isinstance(node, Near) else rows_of_one
    words: Marked = set()
    for number, text in enumerate(texts):
        found = {at for row in rows(node, text) for at in row}  # type: ignore[arg-type]
        leaves = [one for part in node.parts for one in part] if isinstance(node, Near) else [node]
        words |= {(number, at) for at in found}
        words |= {(number, at) for leaf in leaves for at in sign_places(leaf, text, found)}  # type: ignore[arg-type]
    return words or None


# Words with signs

CURRENCIES = "$€£¥"


def signs_of(text: str, at: int) -> tuple[str, str]:
    """Return the signs before and after a word of a text."""
    tokens = analyse(text)
    token = tokens[at]
    before, after = text[: token.start], text[token.end :]
    left = right = ""
    if before.endswith(("#", "@")) and not before[-2:-1].isalnum():
        left = before[-1]
    elif token.word[0].isdigit() and before.rstrip(" ").endswith(tuple(CURRENCIES)):
        left = before.rstrip(" ")[-1]
    elif token.word[0].isalpha() and before[-1:] == "." and before[-2:-1] in ("", " ", "\n"):
        left = "."
    elif at and text[tokens[at - 1].end : token.start] == "_":
        left = "_" * (signs_of(text, at - 1)[0] in ("#", "@", "_"))
    if left in ("#", "@", "_") and left and after.startswith("_"):
        right = "_"
    elif token.word[-1].isdigit() and after.lstrip(" ").startswith("%"):
        right = "%"
    elif after.startswith("+"):
        right = "+" * (len(after) - len(after.lstrip("+")))
    elif after.startswith("#") and len(token.word) == 1:
        right = "#"
    return left, right


def is_written_with(asked: tuple[str, str], text: str, at: int) -> bool:
    """Whether a word of a text has the signs that are asked for, and does not go on with others."""
    left, right = signs_of(text, at)
    goes_on = ("+", "#", "_") if asked[0] in ("#", "@", "_") and asked[0] else ("+", "#")
    return asked[0] in ("", left) and (
        asked[1] == right if asked[1] else not right.startswith(goes_on)
    )


def sign_places(leaf: Leaf, text: str, among: set[int]) -> set[float]:
    """Return the places of the signs of a leaf where all its words are among the given ones."""
    if not isinstance(leaf, Exact | Signed):
        return set()
    return {
        at + (0.25 if number else -0.25)
        for row in rows_of(leaf, text)
        if among.issuperset(row)
        for n, at in enumerate(row)
        for number, sign in enumerate(signs_of(leaf.text, n))
        if sign
    }


def rows_of(leaf: Leaf, text: str) -> list[list[int]]:
    """Return the places of the words of each occurrence of a leaf."""
    tokens = analyse(text)
    wanted = wanted_by(leaf)
    asked = [
        signs_of(leaf.text, n) if isinstance(leaf, Exact | Signed) else ("", "")
        for n in range(len(wanted))
    ]

    def stands_at(n: int, at: int) -> bool:
        if isinstance(leaf, Signed) and any(asked[n]):
            word, its = analyse(leaf.text)[n].word, tokens[at].word
            same = its.startswith(word) if is_gram(word) else its == word
            return same and is_written_with(asked[n], text, at)
        if isinstance(leaf, Exact) and not is_written_with(asked[n], text, at):
            return False
        gram = analyse(leaf.text)[n].word if isinstance(leaf, Exact) else ""
        if is_gram(gram) and not tokens[at].word.startswith(gram):
            return False
        return fits(leaf, wanted[n], tokens[at], text)

    return [
        list(range(at, at + len(wanted)))
        for at in range(len(tokens) - len(wanted) + 1)
        if all(stands_at(n, at + n) for n in range(len(wanted)))
    ]


def rows_of_one(leaf: Leaf, text: str) -> list[list[int]]:
    """Return the same for a leaf by itself: a word of two parts may be written as one, or not."""
    joined = joined_term(leaf)
    whole = [[at] for at, token in enumerate(analyse(text)) if token.term == joined]
    if isinstance(leaf, Words) and not leaf.quoted:
        whole += [places for places, term in further(text) if [term] == stems(leaf.text)]
    return rows_of(leaf, text) + whole


def further(text: str) -> list[tuple[list[int], str]]:
    """Return the places of the words that are another word too, and its stem."""
    return hyphenated(text) + elided(text)


@cache
def elided(text: str) -> list[tuple[list[int], str]]:
    """Return the place of each word with an elided article, and the stem of the rest."""
    found = []
    for at, token in enumerate(analyse(text)):
        written = re.sub("[’‘‛ʼʻʾʿ′ʹ＇´]", "'", text[token.start : token.end]).lower()
        article, _, rest = written.partition("'")
        rest = rest.replace("'", "")
        before = unicodedata.normalize("NFD", rest)[:1]
        in_names = article == "d" and rest not in ("you", "ye", "ya", "yall")
        if len(rest) >= 3 and (in_names or (article in ELIDED and before in "aeiouyh")):
            found += [([at], term) for term in stems(rest)]
    return found


ELIDED = "l qu c j m n s un dell all dall nell sull sant grand".split()


# The end of a line within a word: after a hyphen, and before a small letter.
BROKEN = re.compile(r"[-\u2010\u2011][ \t]*(\r\n|\r|\n)[ \t>]*")


@cache
def hyphenated(text: str) -> list[tuple[list[int], str]]:
    """Return the places of the parts of each word of two parts, and its stem written as one.

    Parts that the end of a line parts are one part, and one word by themselves.
    """
    tokens = analyse(text)
    signs = "".join(map(sign_between, repeat(text), tokens, tokens[1:]))
    found = []
    for run in re.finditer(r"[-/+]+", signs):
        if "+" in run[0]:
            continue
        wholes = [
            (run.start() + broken.start(), run.start() + broken.end())
            for broken in re.finditer("/+", run[0])
        ]
        if run[0].count("-") == 1:
            wholes.append(run.span())
        for first, last in wholes:
            places = list(range(first, last + 1))
            whole = "".join(tokens[place].word for place in places)
            if not whole.isdigit() and len(stems(whole)) == 1:
                found += [(places, term) for term in stems(whole)]
    return found


def sign_between(text: str, one: Token, other: Token) -> str:
    """Return `-` between parts of a word, `/` where a line ends within, `+` where nothing is."""
    between = text[one.end : other.start]
    if "&" in (text[one.start], text[other.start]):
        return " "
    if between in ("-", "\u2010", "\u2011"):
        return "-"
    small = text[other.start].islower() and text[one.end - 1].isalpha()
    if BROKEN.fullmatch(between) and small and other.word not in ("and", "or", "nor", "to"):
        return "/"
    return " " if between else "+"


def joined_term(leaf: Leaf) -> str:
    """Return the term of a hyphenated word written as one; empty for other leaves."""
    if not isinstance(leaf, Words) or leaf.quoted or "-" not in leaf.text:
        return ""
    tokens = analyse(leaf.text)
    if {sign_between(leaf.text, *pair) for pair in pairwise(tokens)} != {"-"}:
        return ""
    terms = stems("".join(token.word for token in tokens))
    return terms[0] if len(terms) == 1 else ""


# Scripts without spaces: a word is a gram, which begins with the character that it stands at.
TRIPLES = "[\u0e01-\u0fff\u1000-\u109f\u1780-\u17ff]"
UNSPACED = (
    f"{TRIPLES}|[\u1100-\u11ff\u3005-\u30ff\u3105-\u31ff\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff]"
)
UNSPACED += "|[\U00020000-\U0003ffff]"


def is_gram(word: str) -> bool:
    return re.match(UNSPACED, word) is not None


def is_whole(word: str) -> bool:
    """Whether a word is no gram that the end of its run cuts."""
    return not is_gram(word) or len(word) == (3 if re.match(TRIPLES, word) else 2)


def looked_up(text: str) -> list[Token]:
    """Return the words of a leaf: but for grams whose characters the words before have."""
    tokens = analyse(text)
    return [
        token
        for at, token in enumerate(tokens)
        if is_whole(token.word)
        or not any(
            is_gram(one.word) and before + len(one.word) > at
            for before, one in enumerate(tokens[:at])
        )
    ]


def is_short(leaf: Node) -> bool:
    """Whether a leaf is shorter than a gram: it is found as a pattern is."""
    return isinstance(leaf, Words) and not any(is_whole(one.word) for one in looked_up(leaf.text))


def wanted_by(leaf: Leaf) -> list[str]:
    if isinstance(leaf, Words | Signed):
        return stems(leaf.text)
    if isinstance(leaf, Exact):
        return [as_written(token, leaf.text) for token in analyse(leaf.text)]
    return leaf.text.split("-")


def fits(leaf: Leaf, wanted: str, token: Token, text: str) -> bool:
    if isinstance(leaf, Words | Signed):
        return token.term == wanted or (is_gram(wanted) and token.term.startswith(wanted))
    if isinstance(leaf, Exact):
        return as_written(token, text) == wanted
    if isinstance(leaf, Pattern):
        return is_like(wanted, token.word)
    assert isinstance(leaf, Fuzzy)
    return edits(wanted, token.word) <= leaf.edits


def as_written(token: Token, text: str) -> str:
    form = html.unescape(text[token.start : token.end])
    if token.word.startswith("0http"):  # an address is its letters and digits
        return re.sub(r"^(https?://)?(www\.)?|[\W_]", "", form)
    form = re.sub(r"[*~]|</?\w+>|\u00ad[ \t]*[\r\n]+[ \t>]*", "", form)
    return unicodedata.normalize("NFC", form.replace("’", "'"))


@cache
def is_like(pattern: str, word: str) -> bool:
    if not pattern:
        return not word
    if pattern[0] == "*":
        return is_like(pattern[1:], word) or (bool(word) and is_like(pattern, word[1:]))
    return bool(word) and pattern[0] in ("?", word[0]) and is_like(pattern[1:], word[1:])


@cache
def edits(one: str, other: str) -> int:
    """Return how many edits it takes, the last characters last."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        edits(one[:-1], other) + 1,
        edits(one, other[:-1]) + 1,
        edits(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if one[-2:] == other[-2:][::-1] and len(one) > 1 and len(other) > 1:
        ways.append(edits(one[:-2], other[:-2]) + 1)
    return min(ways)


def rows_of_near(near: Near, text: str) -> Iterable[list[int]]:
    """Return the words of each way to take an occurrence of each part."""
    found = [[row for leaf in part for row in rows_of(leaf, text)] for part in near.parts]
    for rows in product(*found):
        if any(set(one) & set(other) for one, other in combinations(rows, 2)):
            continue
        words = [at for row in rows for at in row]
        if near.ordered and words != sorted(words):
            continue
        if max(words) - min(words) + 1 - len(words) <= near.slop:
            yield words


def marked_beside(tree: Node, texts: list[str], holding: Callable[[Filter], bool]) -> Marked | None:
    """Return the words that make a query true, and the stop words that stand beside one of them."""
    group, _, beside = meant(tree)
    words = marked(group, texts, holding)
    for one in beside if words is not None else ():
        for number, text in enumerate(texts):
            words |= {(number, at) for row in rows_of(one.row, text) for at in row}  # type: ignore[operator]
    return words


def spans(tree: Node, text: str, filters: Iterable[Filter] = ()) -> list[tuple[int, int]]:
    """Return the characters of the words that make a query true, as highlights are given."""
    words = marked(tree, [text], lambda node: node in filters)
    return lit_up(text, {at for _, at in words or ()})


def lit_up(text: str, words: set[float]) -> list[tuple[int, int]]:
    """Return the characters of some words and signs of a text, as highlights are given."""
    lit = [False] * (len(text) + 1)
    tokens = analyse(text)
    for at in words:
        token = tokens[round(at)]
        start, end = token.start, token.end
        left, right = signs_of(text, round(at))
        if at < round(at) and left != "_":
            start, end = text.rindex(left, 0, token.start), token.start
        elif at > round(at):
            start, end = token.end, text.index(right, token.end) + len(right)
        elif at - 1 in words and sign_between(text, tokens[round(at) - 1], token) == "/":
            start = tokens[round(at) - 1].end
        lit[start:end] = [True] * (end - start)
    edges = [at for at in range(len(lit)) if lit[at] != (at > 0 and lit[at - 1])]
    return list(zip(edges[::2], edges[1::2], strict=True))


# Which passages match


def is_true(node: Node, facts: Facts) -> bool:
    return marked(node, facts.texts, lambda condition: holds(condition, facts)) is not None


def holds(node: Filter, facts: Facts) -> bool:
    article, value = facts.article, node.value
    if node.field == "role":
        return facts.passage.role.value == value
    if node.field == "article":
        return article.id == value
    if node.field == "path":
        return fnmatch.fnmatchcase(article.path, value) or article.path.startswith(f"{value}/")
    if node.field == "date":
        bounds = date_range(value)
        assert bounds is not None
        day = article.date + "-01-01"[len(article.date) - 4 :] if article.date else ""
        return bool(day) and (bounds[0] or day) <= day <= (bounds[1] or day)
    if node.field == "heading":
        known = facts.heading
    else:
        known = "\n".join(article.authors) if node.field == "by" else getattr(article, node.field)
    if any(any(signs_of(value, n)) for n in range(len(stems(value)))):
        return bool(rows_of(Signed(value), known))
    return bool(rows_of(Words(value, quoted=True), known))


def named_roles(node: Node) -> set[str]:
    if isinstance(node, Filter):
        return {node.value} if node.field == "role" else set()
    if isinstance(node, Boost):
        return named_roles(node.node)
    if isinstance(node, Group):
        return {
            role for part in (*node.must, *node.should, *node.filters) for role in named_roles(part)
        }
    return set()


def searched(query: str, everything: list[Facts], require: Require = "any") -> Node | None:
    """Return the tree of a query, with words in the places of phrases that stand in no passage."""
    parsed = parse(query, require=require)
    filters = parsed.tree.filters if isinstance(parsed.tree, Group) else ()

    def finds(node: Node) -> bool:
        tree = Group(should=(node,), filters=filters)
        named = named_roles(tree)
        return any(not is_hidden(facts, named) and is_true(tree, facts) for facts in everything)

    return worded(parsed, finds, required=require == "all")


def expected(query: str, everything: list[Facts], require: Require = "any") -> set[str]:
    """Return the citations of all passages that match."""
    tree = searched(query, everything, require)
    if tree is None:
        return set()
    named = named_roles(tree)
    return {
        facts.citation
        for facts in everything
        if not is_hidden(facts, named) and is_true(meant(tree)[0], facts)
    }


# Where neighbouring passages answer together

Placed = set[tuple[str, int, float]]  # of which passage, which of its texts, which word of it


def told_together(node: Node, unit: list[Facts]) -> tuple[Placed, set[str]] | None:
    """Return the words that make a node true in a unit, and the passages that meet conditions.

    None where it is false.
    """
    if isinstance(node, Boost):
        return told_together(node.node, unit)
    if isinstance(node, Filter):
        meeting = {facts.citation for facts in unit if holds(node, facts)}
        return (set(), meeting) if meeting else None
    if isinstance(node, Group):
        unit = [facts for facts in unit if all(is_true(one, facts) for one in node.filters)]
        required = [told_together(part, unit) for part in node.must]
        chosen = [told_together(part, unit) for part in node.should]
        if not unit or any(told_together(part, unit) is not None for part in node.exclude):
            return None
        if None in required or (not required and chosen and not any(chosen)):
            return None
        if not required and not chosen:
            return set(), {facts.citation for facts in unit}
        found = [one for one in required + chosen if one is not None]
        return {w for words, _ in found for w in words}, {c for _, met in found for c in met}
    words = {
        (facts.citation, number, at)
        for facts in unit
        for number, at in marked(node, facts.texts, lambda _: False) or ()
    }
    return (words, set()) if words else None


def beside_words(words: Placed, unit: list[Facts], tree: Node) -> Placed:
    """Return the words of the rows of stop words whose word that counts is among the given ones."""
    return {
        (facts.citation, number, at)
        for one in meant(tree)[2]
        for facts in unit
        for number, text in enumerate(facts.texts)
        for row in rows_of(one.row, text)
        if (facts.citation, number, row[-1 if one.leads else 0]) in words
        for at in row
    }


def expected_together(
    query: str, everything: list[Facts], size: int, require: Require = "any"
) -> dict[str, set[tuple[int, float]]]:
    """Return the citations of all hits, each with its words, where so many passages answer."""
    tree = searched(query, everything, require)
    hits: defaultdict[str, set[tuple[int, float]]] = defaultdict(set)
    articles: defaultdict[str, list[Facts]] = defaultdict(list)
    for facts in everything:
        articles[facts.article.id].append(facts)
    if tree is None:
        return {}
    named = named_roles(tree)
    for passages in articles.values():
        for start in range(max(1, len(passages) - size + 1)):
            unit = passages[start : start + size]
            told = told_together(
                meant(tree)[0], [facts for facts in unit if not is_hidden(facts, named)]
            )
            if told is None:
                continue
            words, met = told
            words |= beside_words(words, unit, tree)
            for citation, number, at in words:
                hits[citation].add((number, at))
            for citation in met if not words else ():
                hits[citation] |= set()
    return dict(hits)
