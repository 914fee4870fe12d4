"""What each word of a query weighs in the ranking. It matches and is marked whatever it weighs."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TypeGuard

from nutgraf.query.tree import Group, Node, Words, leaves
from nutgraf.scoring.bm25f import repetition_boost
from nutgraf_index.analysis.analyzer import analyse
from nutgraf_index.analysis.compounds import HYPHENS, as_one

__all__ = ["QueryWeights", "is_stop_word", "joined_of", "parts_of", "terms_of"]

# Articles, pronouns, prepositions, conjunctions, auxiliaries and question words. As words, not by
# their stems; "us" is the United States as well, and is left out.
_STOP_WORDS = frozenset(
    """
    a an the this that these those
    i me my mine myself we our ours ourselves you your yours yourself yourselves
    he him his himself she her hers herself it its itself they them their theirs themselves
    who whom whose which what when where why how
    whatever whichever whoever whomever whenever wherever however
    am is are was were be been being have has had having do does did doing done
    can could may might must shall should will would ought
    and or but nor if then else than because as until while although though whether unless since so
    of at by for with about against between into through during before after above below to from up
    down in out on off over under upon within without toward towards onto among amongst per via
    here there again further once not no
    all any both each few more most other some such only own same too very just also
    i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he'd he'll she'd she'll
    it'd it'll they're they've they'd they'll that'd that'll who'd who'll who're who've what're
    what'll where're how're there'd there'll
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't
    shouldn't can't cannot couldn't mustn't mightn't needn't
    """.split()
)
# With these people ask for something: "find articles about", "I am interested in".
_REQUEST_WORDS = frozenset(
    """
    find finding list give get show tell describe describes describing described
    discuss discusses discussing discussed discussion discussions description descriptions
    article articles paper papers document documents report reports reference references
    publication publications abstract abstracts text texts story stories information
    anything something everything interested interest particular particularly especially
    concern concerns concerning concerned regarding relating relation related relevant
    deal deals dealing treat treating topic topics subject subjects exist exists available
    please want like need look looking search searching question questions
    consider considered know see many much
    """.split()
)


class QueryWeights:
    """What the words of a query weigh.

    Stop words weigh nothing unless quoted, and neither does how a query begins to ask: a run of
    stop words and words of request that ends in a stop word. Where nothing else is asked for,
    these weigh as any other. A word said more than once weighs more.
    """

    def __init__(self, tree: Group) -> None:
        self._tree = tree
        found = list(leaves(tree))
        words = [node for node in found if _is_word(node)]
        # In a query all in capitals they say nothing; in another IT is no pronoun.
        self._shouted = all(word.text.isupper() for word in words)
        self._stops = len(found) > len(words) or not all(map(self._is_stop, words))
        head = 0 if tree.must else self._asking(tree.should)
        self._head = head if any(map(self._asks, tree.should[head:])) else 0

    def weigh(self, nodes: Sequence[Node]) -> list[tuple[Node, float]]:
        """Return some nodes that stand side by side, each once, with their weights.

        Words of the same stem are one.
        """
        chosen: dict[object, Node] = {}
        times: dict[object, int] = {}
        for node, weighs in zip(nodes, self._weighs(nodes), strict=True):
            key = terms_of(node.text) if _is_word(node) else node
            chosen.setdefault(key, node)
            times[key] = times.get(key, 0) + weighs
        return [(node, repetition_boost(times[key])) for key, node in chosen.items()]

    def row(self) -> tuple[list[str | None], list[str]]:
        """Return the terms of the query's words in their order, and those without weight.

        In the order None stands for what is no word. What is in parentheses is left out.
        """
        row: list[str | None] = []
        light: dict[str, None] = {}
        for nodes in (self._tree.must, self._tree.should):
            for node, weighs in zip(nodes, self._weighs(nodes), strict=True):
                if not _is_word(node):
                    row.append(None)
                elif weighs:
                    row.extend(parts_of(node.text))
                else:
                    light.update(dict.fromkeys(parts_of(node.text)))
        return row, [term for term in light if term not in row]

    def _weighs(self, nodes: Sequence[Node]) -> list[bool]:
        """Return which of some nodes that stand side by side weigh anything."""
        head = self._head if nodes is self._tree.should else 0
        return [
            at >= head and not (self._stops and self._is_stop(node))
            for at, node in enumerate(nodes)
        ]

    def _is_stop(self, node: Node) -> bool:
        if not _is_word(node):
            return False
        acronym = len(node.text) > 1 and node.text.isupper() and not self._shouted
        return not acronym and _is_among(node.text, _STOP_WORDS)

    def _asks(self, node: Node) -> bool:
        """Whether a node asks for something: a word that is no stop word, or a phrase."""
        return any(not self._is_stop(leaf) for leaf in leaves(node))

    def _asking(self, nodes: Sequence[Node]) -> int:
        """Return how many nodes at the beginning only ask."""
        end = 0
        for at, node in enumerate(nodes):
            if self._is_stop(node):
                end = at + 1
            elif not (_is_word(node) and _is_among(node.text, _REQUEST_WORDS)):
                break
        return end


def _is_word(node: Node) -> TypeGuard[Words]:
    """Whether a node is a word that no quotes say is meant."""
    return isinstance(node, Words) and not node.quoted


def is_stop_word(word: str) -> bool:
    """Whether a folded word weighs nothing in a query unless quoted."""
    return word in _STOP_WORDS


@lru_cache(maxsize=1024)  # one query asks for a word's terms a few times in each segment
def terms_of(text: str) -> tuple[str, ...]:
    """Return the terms of a word or phrase."""
    return tuple(token.term for token in analyse(text))


@lru_cache(maxsize=1024)
def parts_of(text: str) -> tuple[str, ...]:
    """Return the terms of a word that count: of state-of-the-art those that are no stop words."""
    tokens = analyse(text)
    return tuple(one.term for one in tokens if one.word not in _STOP_WORDS) or terms_of(text)


@lru_cache(maxsize=1024)
def joined_of(text: str) -> tuple[str, str] | None:
    """Return a hyphenated word written as one, folded, and its term; None for other words.

    >>> joined_of("E-mails"), joined_of("10-12"), joined_of("email")
    (('emails', 'email'), None, None)
    """
    tokens = analyse(text)
    gaps = {text[one.end : other.start] for one, other in pairwise(tokens)}
    return as_one(token.word for token in tokens) if gaps and gaps <= HYPHENS else None


@lru_cache(maxsize=1024)
def _is_among(text: str, words: frozenset[str]) -> bool:
    """Whether a text is one of some words; U.S. and I.T. are none."""
    tokens = analyse(text)
    one = tokens[0] if len(tokens) == 1 else None
    return one is not None and one.word in words and "." not in text[one.start : one.end]
