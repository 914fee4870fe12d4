"""The words of a query in a passage that matched, found when they are first asked for."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from nutgraf.query.tree import Filter, Node

if TYPE_CHECKING:  # most hits are shown without
    from nutgraf.results.highlight import Highlighted
    from nutgraf.results.snippet import Span, Word
    from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["NO_MARKS", "Marks"]


class Marks:
    """What a passage that matched has of a query; see `Highlighted`."""

    __slots__ = ("_asked", "_found")

    def __init__(
        self,
        tree: Node | None,
        text: str,
        title: str,
        filters: Collection[Filter],
        query: Node | None = None,
        analyzer: "Analyzer | None" = None,
    ) -> None:
        self._asked = tree, text, title, filters, query, analyzer
        self._found: Highlighted | None = None

    @property
    def spans(self) -> "tuple[tuple[Span, ...], tuple[Span, ...]]":
        """The spans of the text, and those of the title."""
        return self._highlighted.spans

    @property
    def words(self) -> "tuple[Word, ...]":
        """The words of the text that are marked, for each leaf that they are of."""
        return self._highlighted.words

    @property
    def missing(self) -> tuple[str, ...]:
        """The words, phrases and patterns of the query that stand nowhere in the passage."""
        return self._highlighted.missing

    @property
    def _highlighted(self) -> "Highlighted":
        if self._found is None:
            from nutgraf.results.highlight import Highlighted

            self._found = Highlighted(*self._asked)
        return self._found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Marks) and self.spans == other.spans

    def __hash__(self) -> int:
        return hash(self.spans)


NO_MARKS = Marks(None, "", "", ())
