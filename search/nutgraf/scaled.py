"""A part of which every score counts some times as much."""

from nutgraf.parts import Part, Scores
from nutgraf.rows import Documents, Mask

__all__ = ["Scaled"]


class Scaled:
    """Another part, its scores times a factor; it is read no further than the other."""

    def __init__(self, part: Part, factor: float) -> None:
        self._part = part
        self._factor = factor
        self.worth = part.worth * factor
        self.bound = part.bound * factor

    @property
    def count(self) -> int:
        """How many passages it has, deleted ones included."""
        return self._part.count

    @property
    def documents(self) -> Documents:
        """Its passages."""
        return self._part.documents

    def scores_at(self, documents: Documents) -> Scores:
        """Return the scores of some passages, 0 for those that it does not have."""
        return self._part.scores_at(documents) * self._factor

    def has(self, documents: Documents) -> Mask:
        """Return which of some passages it has."""
        return self._part.has(documents)

    def mark(self, mask: Mask) -> None:
        """Set a mask for all its passages."""
        self._part.mark(mask)

    def reaching(self, limit: float) -> Documents | None:
        """Return the places in its list of all whose score may reach a limit; None for all."""
        return self._part.reaching(limit / self._factor) if self._factor else None

    def scores(self, places: Documents | None) -> Scores:
        """Return the scores of its passages at some places in its list; with None of all."""
        return self._part.scores(places) * self._factor
