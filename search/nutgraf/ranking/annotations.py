"""What ranking tells of a match beside its score."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

__all__ = ["NO_NEAR_DUPLICATES", "Explanation", "NearDuplicates"]


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a part of a query gave to a passage's score, as a tree.

    `label` is the part as the query has it, the field it stands in, or what else is added;
    `value` is what it gave, and the sum of what its `parts` gave, if it has any. `factors` are the
    numbers that it comes from, as docs/ranking.md names them. Parts that gave
    nothing are left out. `str()` draws the tree.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> (hit,) = search("otters river", index, explain=True)
    >>> [part.label for part in hit.explanation.parts]
    ['otters', 'river']
    """

    label: str
    value: float
    parts: "tuple[Explanation, ...]" = ()
    factors: tuple[tuple[str, float], ...] = ()

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, indent: str = "") -> Iterator[str]:
        """Yield the lines of the tree as it is drawn, each further in than what it is a part of."""
        known = [f"{name} {_short(number)}" for name, number in self.factors]
        yield f"{indent}{self.value:.4f} {self.label}{': ' if known else ''}{', '.join(known)}"
        for part in self.parts:
            yield from part.lines(indent + "  ")

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as JSON-ready values."""
        return {
            "label": self.label,
            "value": self.value,
            "factors": dict(self.factors),
            "parts": [part.to_dict() for part in self.parts],
        }


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class NearDuplicates:
    """How many other passages match that say the same, and the first 100 of their citations.

    The earliest by their articles' dates first, those without a date last.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id=id, text="Otters are back in the river.") for id in ("a", "b")])
    >>> (hit,) = search("otters", index)
    >>> hit.citation, hit.near_duplicates.count, hit.near_duplicates.citations
    ('a#1', 1, ('b#1',))
    """

    count: int = 0
    citations: tuple[str, ...] = ()


NO_NEAR_DUPLICATES = NearDuplicates()
