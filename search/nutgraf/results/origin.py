"""What hits are computed from on first access: their properties, and their highlights.

It holds no file: what may be damaged was read and checked when the hits were made.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nutgraf.query.tree import Filter, Leaf, Node, marked_leaves
from nutgraf_index.core.buffers import Bitmap
from nutgraf_index.store.segment_reader import StoredPassages

if TYPE_CHECKING:  # imported on first use: many hits are shown without highlights
    from nutgraf.results.highlight import Highlighted
    from nutgraf_index.analysis.analyzer import Analyzer

__all__ = ["NO_EVIDENCE", "Columns", "Evidence", "Origin"]

Columns = dict[str, Sequence[Any]]  # the values of fields, one for each hit
Evidence = tuple[Node | None, Collection[Filter]]  # see `SegmentSearcher.evidence`
NO_EVIDENCE: Evidence = (None, ())  # of a passage that was not searched for
_NO_WEIGHTS: Mapping[Leaf, float] = {}
_NO_COMPOUNDS: Mapping[str, frozenset[str]] = {}


class Origin:
    """What the hits of a segment that are shown together are computed from.

    Args:
        stored: the stored fields of their passages
        columns: the columns of other fields, and of stored fields with other values, by name
        folders: the full path of each root, ending in a separator
        headed: the sections whose heading is shown; None for all
        evidence: why each passage matches
        query: the tree that was asked; None if the passages were not searched for
        analyzer: English by default
        compounds: for each term the folded words that are compounds with the term as a part
        leaf_weights: the weight of each leaf, for the snippets of long passages
    """

    def __init__(
        self,
        stored: StoredPassages,
        columns: Columns,
        folders: Mapping[str, str],
        headed: Bitmap | None,
        evidence: Sequence[Evidence],
        query: Node | None = None,
        analyzer: "Analyzer | None" = None,
        compounds: Mapping[str, frozenset[str]] = _NO_COMPOUNDS,
        leaf_weights: Mapping[Leaf, float] = _NO_WEIGHTS,
    ) -> None:
        self._stored = stored
        self._columns = columns
        self._folders = folders
        self._headed = headed
        self._evidence = evidence
        self._query = query
        self._analyzer = analyzer
        self._compounds = compounds
        self._leaf_weights = leaf_weights
        self._highlighted: dict[int, Highlighted] = {}

    def column(self, name: str) -> Sequence[Any]:
        """Return the values of a field; it is decoded when it is asked for first."""
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = self._decoded(name)
        return column

    def _decoded(self, name: str) -> Sequence[Any]:
        column = self._stored[name]
        if name == "role":
            column = [role._value_ for role in column]
        elif name == "heading" and (headed := self._headed) is not None:
            pairs = zip(column, self._stored["section_number"], strict=True)
            column = [heading if section in headed else "" for heading, section in pairs]
        elif name == "path":
            pairs = zip(self._stored["root"], column, strict=True)
            column = [self._folders[root] + path for root, path in pairs]
        return column

    def highlighted(self, index: int) -> "Highlighted":
        """Return the highlights of a hit."""
        highlighted = self._highlighted.get(index)
        if highlighted is None:
            from nutgraf.results.highlight import Highlighted

            tree, filters = self._evidence[index]
            # The words of a title are marked in the passage that represents it.
            is_titled = self.column("opening")[index] == self.column("number")[index]
            highlighted = self._highlighted[index] = Highlighted(
                tree,
                self._stored["text"][index],
                self.column("title")[index] if is_titled else "",
                filters,
                self._query,
                self._analyzer,
                self._compounds,
            )
        return highlighted

    def weights(self, index: int) -> list[float]:
        """Return the weight of each leaf of the tree that is true of a hit."""
        tree, _ = self._evidence[index]
        leaves = () if tree is None else marked_leaves(tree)
        return [self._leaf_weights.get(leaf, 0.0) for leaf in leaves]
