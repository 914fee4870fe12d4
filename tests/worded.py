"""The tree that is searched for a query, as plainly as docs/query-language.md says it.

Phrases that stand in no passage are searched as their words. Nothing here is shared with what it
judges but the parser and the analyser.
"""

import re
from collections.abc import Callable
from functools import cache

from english import ENGLISH
from nutgraf.query.parser import Query
from nutgraf.query.tree import Boost, Fuzzy, Group, Leaf, Near, Node, Pattern, Signed, Words

analyse = cache(ENGLISH.tokens)


def worded(query: Query, finds: Callable[[Node], bool], *, required: bool) -> Node | None:
    """Return the tree with the words of each phrase that finds nothing in its place.

    `finds` tells whether a node finds a passage with the filters of the query.
    """
    if query.tree is None:
        return None

    def instead(node: Node) -> list[Node]:
        """Return what a node becomes: itself, changed within, or several words."""
        if isinstance(node, Group):
            return [group(node)]
        if isinstance(node, Boost):
            found = instead(node.node)
            boosted = [one if is_stop_word(one) else Boost(one, node.factor) for one in found]
            return boosted if len(found) > 1 else [Boost(found[0], node.factor)]
        if isinstance(node, Near) and not node.quoted:
            return [node.replaced(parts=tuple(tuple(map(part, one)) for one in node.parts))]
        return words(node) if node in query.spans else [node]

    def part(leaf: Leaf) -> Leaf:
        return Words(bare(leaf)) if may_lose_its_sign(leaf) and not finds(leaf) else leaf

    def words(node: Node) -> list[Node]:
        if may_lose_its_sign(node):
            return [node] if finds(node) else words(Words(bare(node)))
        parts = words_of(node)
        if len(parts) < 2 or all(map(is_stop_word, parts)) or finds(node):
            return [node]
        parts = [smaller for part in parts for smaller in words(part)]
        content = tuple(part for part in parts if not is_stop_word(part))
        return parts if finds(Group(should=content)) else [node]

    def group(node: Group) -> Group:
        must = [one for part in node.must for one in instead(part)]
        should: list[Node] = []
        for part in node.should:
            found = instead(part)
            if len(found) > 1 and required and not node.must and len(node.should) == 1:
                must += found
            elif len(found) > 1 and required:
                should.append(Group(must=tuple(dict.fromkeys(found))))
            else:
                should += found
        # A node that is required twice counts once, as the parser has it.
        return Group(tuple(dict.fromkeys(must)), tuple(should), node.exclude, node.filters)

    return group(query.tree if isinstance(query.tree, Group) else Group(should=(query.tree,)))


def may_lose_its_sign(node: Node) -> bool:
    """Whether a word is searched without its sign if no passage has it with the sign."""
    if not isinstance(node, Signed) or node.quoted:
        return False
    is_tag = node.text[0] in "#@" and not node.text[1:].split("_")[0].isdigit()
    return not is_tag


def bare(node: Node) -> str:
    """Return a word, or a number with its unit, without its sign."""
    assert isinstance(node, Signed)
    tokens = analyse(node.text)
    return node.text[tokens[0].start : tokens[-1].end]


def words_of(node: Node) -> list[Node]:
    if isinstance(node, Near):
        return [one for part in node.parts for one in part]
    if isinstance(node, Fuzzy):
        return [Fuzzy(word, node.edits) for word in node.text.split("-")]
    if isinstance(node, Pattern):
        words = node.text.split("-")
        return [Pattern(word) if "*" in word or "?" in word else Words(word) for word in words]
    is_one = isinstance(node, Signed) and " " not in node.text
    if is_one or not isinstance(node, Words | Signed) or is_address(node.text):
        return [node]
    texts = node.text.split()
    if len(texts) == 1:
        texts = parts_of(node.text)
    texts = with_units(texts)
    found = []
    for text in texts:
        if isinstance(node, Signed) and (signed := words_with_sign(text)):
            found.append(signed)
        elif analyse(text):
            found.append(Words(word_of(text)))
    return found


def parts_of(text: str) -> list[str]:
    """Return the words of a text; of a script without spaces its whole grams."""
    tokens = analyse(text)
    parts: list[str] = []
    for at, token in enumerate(tokens):
        size = len(token.word) if is_spaceless(token.word) else 1
        covered = at and is_spaceless(tokens[at - 1].word) and len(tokens[at - 1].word) > 1
        if not (is_spaceless(token.word) and size == 1 and covered):
            parts.append(text[token.start : tokens[at + size - 1].end])
    return parts


def is_spaceless(word: str) -> bool:
    return re.match("[\u0e01-\u0e7f\u3005-\u30ff\u3400-\u9fff\uac00-\ud7ff]", word) is not None


def with_units(texts: list[str]) -> list[str]:
    """Join each number with the unit after it: they are searched together."""
    joined: list[str] = []
    for text in texts:
        digits = re.search(r"\d+\Z", joined[-1]) if joined else None
        if digits and text.isalpha() and len(analyse(digits[0] + text)) == 2:
            joined[-1] += text
        else:
            joined.append(text)
    return joined


def words_with_sign(text: str) -> Node | None:
    """Return a text as a word with a sign, if it has one that generated texts have."""
    text = text.rstrip(".")
    is_signed = len(analyse(text)) in (1, 2) and (text[0] in "#@.€$" or text[-1] in "+#%")
    return Signed(text) if is_signed else None


def is_address(text: str) -> bool:
    if " " in text:
        return False
    host, slash, _ = text.partition("/")
    names = re.split(r"\.", host)
    has_path = bool(slash) and len(names) > 1 and all(re.fullmatch(r"[\w-]+", n) for n in names)
    return "@" in text or ":" in text or text.lower().startswith("www.") or has_path


def word_of(text: str) -> str:
    """Return a text from its first word to its last, and an operator in lower case.

    An address with a path is without its scheme and the part that tracks readers; & is "and".
    """
    if text == "&":
        return "and"
    if re.match(r"(https?://)?(\w+\.)+\w+/\w", text):
        text = re.sub(r"^https?://(www\.)?|\?utm_\w+=\w+$", "", text)
    tokens = analyse(text)
    text = text[tokens[0].start : tokens[-1].end]
    return text.lower() if text in ("AND", "OR", "NOT", "NEAR", "ADJ") else text


def is_stop_word(node: Node) -> bool:
    if not isinstance(node, Words):
        return False
    words = [token.word for token in analyse(node.text)]
    if len(words) != 1 or not ENGLISH.is_stop_word(words[0]):
        return False
    return "." not in node.text or words[0].startswith("0http")
