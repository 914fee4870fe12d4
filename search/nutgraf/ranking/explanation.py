"""The explanation of a score, which few searches ask for."""

from collections.abc import Iterator
from typing import Any

from nutgraf_index.model import Value, value_class

__all__ = ["Explanation"]

# The operators after factors of a product or quotient; a comma follows any other factor.
_OPERATORS = {"weight": " = ", "boost": " × ", "lift": " × ", "freq": " / ", "share": " × "}


@value_class()
class Explanation(Value):
    """One part of a passage's score, as a tree.

    `label` names the part: a word, phrase, pattern or group of the query as printed, a field,
    `proximity`, its `cap`, `context`, `recency`, `rerank`, or the citation of a neighbouring
    passage. `value` is the score of the part, and the sum of the values of its `parts` if there are
    any. Parts whose value is zero are left out, except three: a heading that does not count since
    many articles have it, that the query is the title, so that the passage comes first, and that
    the passage lacks less of the query than others of nearly its score. `str()` draws the tree.

    `factors` are the numbers that the value is computed from by the formula in docs/ranking.md,
    in the order of the drawing. A term or pattern has `weight`, `boost`, `idf`, `n` (document
    frequency) and `N` (passages of the index). A field has `lift` (only the title of the passage
    that represents it), `freq`, `length_norm`, `length` and `average_length` (both in words). A
    neighbouring passage has `share` and `score`. A missing part of the query has `missing_weight`
    and `length_norm`; a cap is below 0. Recency has `decay`, `age_in_days` and
    `half_life`, which is in days; its value is below 0. The part `rerank` has `rerank_score`, its
    `z_score`, `own_z_score` of the search, `rerank_weight` and `deviation`; its value is weight ×
    deviation × the difference of the z-scores. With `group`, `opening` and `article` are
    parts too: an opening passage has `share` and `score`, and the `n` and `N` of an article are of
    articles.

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
        """Yield the lines of the drawn tree, each level indented by two more blanks."""
        factors = "".join(
            f"{name.replace('_', ' ')} {_short(number)}{_OPERATORS.get(name, ', ')}"
            for name, number in self.factors
        )
        colon = ": " if factors else ""
        yield f"{indent}{self.value:.4f} {self.label}{colon}{factors.removesuffix(', ')}"
        for part in self.parts:
            yield from part.lines(indent + "  ")

    def to_dict(self) -> dict[str, Any]:
        """Return the tree as a JSON-ready dict: label, value, factors by name, and parts."""
        return {
            "label": self.label,
            "value": self.value,
            "factors": dict(self.factors),
            "parts": [part.to_dict() for part in self.parts],
        }


def _short(number: float) -> str:
    return f"{number:.4f}".rstrip("0").rstrip(".")
