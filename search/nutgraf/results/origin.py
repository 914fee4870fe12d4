"""The highlights of a hit, computed on first access."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from nutgraf.query.tree import Filter, Leaf, Node, marked_leaves

if TYPE_CHECKING:  # imported on first use: many hits are shown without highlights
    from nutgraf.results.highlight import Highlighted
    from nutgraf.results.snippet import Span, Word
    from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["NO_MARKS", "Marks"]

_NO_WEIGHTS: Mapping[Leaf, float] = {}
_NO_COMPOUNDS: Mapping[str, frozenset[str]] = {}


class Marks:
    """The highlights of a passage for a query; see `Highlighted`.

    Args:
        leaf_weights: the weight of each leaf, for the snippet of a long passage
    """

    __slots__ = ("_arguments", "_computed", "_leaf_weights")

    def __init__(
        self,
        tree: Node | None,
        text: str,
        title: str,
        filters: Collection[Filter],
        query: Node | None = None,
        analyzer: "Analyzer | None" = None,
        leaf_weights: Mapping[Leaf, float] = _NO_WEIGHTS,
        compounds: Mapping[str, frozenset[str]] = _NO_COMPOUNDS,
    ) -> None:
        self._arguments = tree, text, title, filters, query, analyzer, compounds
        self._leaf_weights = leaf_weights
        self._computed: Highlighted | None = None

    @property
    def spans(self) -> "tuple[tuple[Span, ...], tuple[Span, ...]]":
        """The highlighted spans of the text, and of the title."""
        return self._highlighted.spans

    @property
    def words(self) -> "tuple[Word, ...]":
        """The highlighted words of the text, once for each leaf of the query that they match."""
        return self._highlighted.words

    @property
    def weights(self) -> list[float]:
        """The weight of each leaf, by its number in `words`."""
        tree = self._arguments[0]
        leaves = () if tree is None else marked_leaves(tree)
        return [self._leaf_weights.get(leaf, 0.0) for leaf in leaves]

    @property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that the passage does not have."""
        return self._highlighted.missing

    @property
    def _highlighted(self) -> "Highlighted":
        if self._computed is None:
            from nutgraf.results.highlight import Highlighted

            self._computed = Highlighted(*self._arguments)
        return self._computed

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marks) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)


NO_MARKS = Marks(None, "", "", ())
