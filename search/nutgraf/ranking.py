"""The scoring model: the only place with its constants.

A passage's score is BM25F as Whoosh computes it: the sum, over the query's words, of BM25 of the
word in the passage's text, and with a lower weight in its article's title and its heading.
Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), section 3.
"""

import math

from whoosh.scoring import BM25F, WeightingModel

__all__ = ["FIELD_WEIGHTS", "rarity", "weighting"]

# Term saturation and length normalisation as in the literature and in Lucene.
_K1 = 1.2
_B = 0.75
# Context tells two equal passages apart; it must not lift one above another that says more.
FIELD_WEIGHTS = {"title": 0.3, "heading": 0.2}
# Titles and headings are short whatever they say: their length tells little.
_B_CONTEXT = 0.3


def weighting() -> WeightingModel:
    """Return the model for Whoosh's searcher."""
    return BM25F(B=_B, K1=_K1, title_B=_B_CONTEXT, heading_B=_B_CONTEXT)


def rarity(matching: int, documents: int) -> float:
    """Return what a prefix is worth in each passage it matches.

    The inverse document frequency Whoosh's BM25F gives a word, of the prefix as one word.
    """
    return math.log(documents / (matching + 1)) + 1 if matching else 0.0
