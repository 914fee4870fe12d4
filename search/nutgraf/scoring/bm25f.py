"""The scoring model: the only place with its constants. docs/ranking.md tells what each has earned.

A passage's score is the sum, over the query's words, of BM25F of the word: how often it stands in
the passage's text, title and heading, each damped by its length, is added up and then saturated.
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.6.
The inverse document frequency is Lucene's, which is never negative. What is counted is what is
live.

The best of them are then refined by what is dearer to find out: whether the query's words stand
together, what stands around it, and the words that have no weight.
"""

import math
from array import array

from nutgraf_index.core.buffers import Numbers

__all__ = [
    "CONTEXT",
    "CONTEXT_REACH",
    "FEEDBACK_COMMONEST",
    "FEEDBACK_PASSAGES",
    "FEEDBACK_SHARE",
    "FEEDBACK_WORDS",
    "GRID",
    "LIGHT",
    "MAX_DISTANCE",
    "OPENING",
    "OTHER_FIELDS",
    "PROXIMITY",
    "SYNONYM",
    "WINDOW",
    "idf",
    "length_norm",
    "model",
    "on_grid",
    "repetition_boost",
]

# Scores are whole multiples of this, so that sums up to 2,000 are exact, in whichever order they
# are made: what is equal by the formula is equal. Beside `_COARSE` a number has no finer part.
GRID = 2.0**-42
_COARSE = 1.5 * GRID * 2.0**52

# Saturation, and how much of a unit's length counts, by cross-validation over five collections.
_K1 = 1.3
_B = {"text": 0.65, "title": 0.75, "heading": 0.75}
# A word in the title or heading over a passage counts as one in its text.
OTHER_FIELDS = ("title", "heading")
# A title says what its article is about, and one passage answers for it.
OPENING = 3.0
# A word said again is meant, but not twice as much: "the man who shot the man".
_AGAIN = 0.5

WINDOW = 20  # passages that are refined, so that every page is a part of the same order
PROXIMITY = 0.25  # of its idf is what a word among its neighbours in the query may gain at most
MAX_DISTANCE = 2  # words on, with one other between them, in the passage as in the query
LIGHT = 0.1  # of its weight has a stop word where passages are rescored
CONTEXT = 0.1  # of the best score of a match around it a passage has besides its own
CONTEXT_REACH = 3  # passages on either side, of the same article: few, however long it is

# A synonym counts for less than the word that was asked for: of two as rare, the word asked for
# comes first. A choice, not measured: what is best depends on the user's file.
SYNONYM = 0.7

# Words of the best passages that are added to a query, where that is asked for. The share is the
# smallest of those tried: larger ones gain more where feedback helps and lose more where it harms.
# With 5 passages or 40 words, means over the collections differ by less than half a percent.
FEEDBACK_PASSAGES = 10
FEEDBACK_WORDS = 20
FEEDBACK_SHARE = 0.2  # of the weight of all; the query's own words keep the rest
FEEDBACK_COMMONEST = 0.1  # of all passages have a word at most


def idf(matching: int, units: int) -> float:
    """Return the inverse document frequency of what stands in `matching` of so many passages.

    It is also the score of a prefix in each passage it matches.
    """
    return math.log(1 + (units - matching + 0.5) / (matching + 0.5)) if matching else 0.0


def repetition_boost(times: int) -> float:
    """Return what a word weighs that stands in the query so many times."""
    return 1 + _AGAIN * (times - 1) if times else 0.0


def length_norm(field: str, length: int, average: float) -> float:
    """Return the length norm of a text, title or heading of `length` words.

    It is 1 at the average length of the field, below 1 for shorter texts, never below 1 - b.
    """
    b = _B[field]
    return 1 - b + b * (length / average)


def model(field: str, average: float) -> Numbers:
    """Return the constants by which the core scores: k1, 1 - b, b, the average length, rounding."""
    b = _B[field]
    return memoryview(array("d", [_K1, 1 - b, b, average, _COARSE]))


def on_grid(score: float) -> float:
    """Round a score to a whole multiple of `GRID`."""
    return (score + _COARSE) - _COARSE
