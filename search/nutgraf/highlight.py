"""Which words of a passage make the query true. Pure.

The tree is evaluated anew on the passage's words: a word counts where it matches, a phrase's words
only where they stand in a row, a group's only if the group is true, an excluded word never.
"""

from collections import defaultdict
from collections.abc import Callable, Collection

from nutgraf.tree import Filter, Group, Node, Phrase, Prefix, Word
from nutgraf_index.analysis import Token, analyse

__all__ = ["NO_MARKS", "Marks", "Span", "highlight"]

Span = tuple[int, int]
_BothSpans = tuple[tuple[Span, ...], tuple[Span, ...]]  # of the text, and of the title


def highlight(
    tree: Node, text: str, *, title: str = "", filters: Collection[Filter] = ()
) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of `text` that make the tree true, and those of `title`.

    `title` is given for a passage that answers for its article's title; `filters` are those of
    the tree's filters that hold for the passage. Spans are half-open characters, sorted and
    disjoint; there are none where the tree is false.

    >>> from nutgraf.query import parse
    >>> highlight(parse('"ballistic missiles"').tree, "A ballistic missile; missiles.")
    (((2, 11), (12, 19)), ())
    """
    fields = (_Words(text), _Words(title))
    found = _evaluate(tree, fields, filters)
    if found is None:
        return (), ()
    return fields[0].spans(found[0]), fields[1].spans(found[1])


class Marks:
    """The spans of a passage that matched a query, found when they are first asked for."""

    __slots__ = ("_asked", "_spans")

    def __init__(
        self, tree: Node | None, text: str, title: str, filters: Collection[Filter]
    ) -> None:
        self._asked = (tree, text, title, filters)
        self._spans: _BothSpans | None = None if tree is not None else ((), ())

    @property
    def spans(self) -> _BothSpans:
        """The spans of the text, and those of the title."""
        if self._spans is None:
            tree, text, title, filters = self._asked
            assert tree is not None
            self._spans = highlight(tree, text, title=title, filters=filters)
        return self._spans

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marks) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)


NO_MARKS = Marks(None, "", "", ())


class _Words:
    """The words of a text, with the places of each stem."""

    def __init__(self, text: str) -> None:
        self.tokens = analyse(text)
        self.places: dict[str, list[int]] = defaultdict(list)
        for at, token in enumerate(self.tokens):
            self.places[token.term].append(at)

    def spans(self, places: set[int]) -> tuple[Span, ...]:
        """Return the characters of words, joining those that touch.

        Words touch in unspaced scripts, and share characters where one stands for several words.
        """
        spans: list[Span] = []
        for at in sorted(places):
            _, _, start, end = self.tokens[at]
            if spans and start <= spans[-1][1]:
                start = spans.pop()[0]
            spans.append((start, end))
        return tuple(spans)

    def find(self, node: Word | Phrase | Prefix) -> set[int]:
        """Return the places of all words that take part in an occurrence of a leaf."""
        wanted = analyse(node.text)
        last = len(wanted) - 1
        found: set[int] = set()
        if isinstance(node, Prefix):
            ends = [
                at for at, token in enumerate(self.tokens) if token.word.startswith(wanted[-1].word)
            ]
        else:
            ends = self.places.get(wanted[-1].term, [])
        for end in ends:
            start = end - last
            row = self.tokens[start:end] if start >= 0 else None
            if row is not None and all(map(_comparing(node), row, wanted)):
                found.update(range(start, end + 1))
        return found


_Places = tuple[set[int], set[int]]  # the words of the text, and of the title


def _comparing(node: Word | Phrase | Prefix) -> Callable[[Token, Token], bool]:
    """Return how the words before the last are compared: as words for a prefix, else as stems."""
    if isinstance(node, Prefix):
        return lambda one, other: one.word == other.word
    return lambda one, other: one.term == other.term


def _evaluate(
    node: Node, fields: tuple[_Words, _Words], filters: Collection[Filter]
) -> _Places | None:
    """Return the places that make a node true, or None where it is false."""
    if isinstance(node, Filter):
        return (set(), set()) if node in filters else None
    if not isinstance(node, Group):
        text, title = (words.find(node) for words in fields)
        return (text, title) if text or title else None
    must = [_evaluate(part, fields, filters) for part in (*node.must, *node.filters)]
    should = [_evaluate(part, fields, filters) for part in node.should]
    if None in must or (should and not node.must and not any(should)):
        return None
    if any(_evaluate(part, fields, filters) for part in node.exclude):
        return None
    places: _Places = (set(), set())
    for found in must + should:
        if found is not None:
            places[0].update(found[0])
            places[1].update(found[1])
    return places
