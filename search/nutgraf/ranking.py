"""The scoring model: the only place with its constants.

A passage's score is the sum, over the query's words, of BM25 of the word in the passage's text,
and with a lower weight in its article's title and its heading. Robertson and Zaragoza, The
Probabilistic Relevance Framework: BM25 and Beyond (2009), sections 3.3 to 3.6; the inverse
document frequency is Lucene's, which is never negative. What is counted is what is live.
"""

import math

import numpy as np
import numpy.typing as npt

__all__ = ["FIELD_WEIGHTS", "bound", "damping", "rarity"]

# Term saturation and length normalisation as in the literature and in Lucene.
_K1 = 1.2
# Titles and headings are short whatever they say: their length tells little.
_B = {"text": 0.75, "title": 0.3, "heading": 0.3}
# Context tells two equal passages apart; it must not lift one above another that says more.
FIELD_WEIGHTS = {"title": 0.3, "heading": 0.2}


def rarity(matching: int, units: int) -> float:
    """Return the inverse document frequency of what stands in `matching` of so many units.

    Passages for the text, articles for titles, sections for headings. It is also what a prefix is
    worth in each passage it matches.
    """
    return math.log(1 + (units - matching + 0.5) / (matching + 0.5)) if matching else 0.0


def damping(field: str, lengths: npt.NDArray[np.int64], average: float) -> npt.NDArray[np.float64]:
    """Return what a word's frequency is weighed against, for units of some lengths in words.

    A word that stands `f` times in a unit adds its rarity times `f / (f + damping)`.
    """
    b = _B[field]
    damped: npt.NDArray[np.float64] = _K1 * (1 - b + b * (lengths / average))
    return damped


def bound(
    most: npt.NDArray[np.uint32], least: npt.NDArray[np.uint32], average: float
) -> npt.NDArray[np.float64]:
    """Return what no `f / (f + damping)` in the text exceeds.

    `most` is the greatest frequency among some passages, `least` the least whole part of length
    by frequency: with both at once it would be this.
    """
    b = _B["text"]
    bounds: npt.NDArray[np.float64] = 1 / (1 + _K1 * ((1 - b) / most + b / average * least))
    return bounds
