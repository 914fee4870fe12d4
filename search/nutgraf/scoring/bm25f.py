"""BM25F and the constants of scoring; no other module has constants of scoring.

The score of a passage is the sum over the query's terms of

    weight × F / (F + k1),  weight = boost × idf

where F is the sum of lift × freq / length norm over text, title and heading (Robertson and
Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond, 2009, section 3.6). The idf is
Lucene's, which is never negative. Statistics count only live passages.

A stop word of the query is a term of the passages in which it stands beside its word.

The best passages are then rescored by proximity, context, and stop and request words, which take
longer to compute. docs/ranking.md has the whole formula.
"""

import math
from array import array

from nutgraf_index.core.buffers import Numbers

__all__ = [
    "ARTICLE",
    "ARTICLE_K1",
    "CHARACTERS",
    "CONTEXT",
    "CONTEXT_REACH",
    "FEEDBACK_COMMONEST",
    "FEEDBACK_PASSAGES",
    "FEEDBACK_SHARE",
    "FEEDBACK_WORDS",
    "FIRST_WORD",
    "FIRST_WORDS",
    "GRID",
    "MAX_DISTANCE",
    "NEAR_EQUAL",
    "OPENING",
    "OTHER_FIELDS",
    "OTHER_LANGUAGE",
    "PART_OF_COMPOUND",
    "PROXIMITY",
    "RERANKED",
    "STOP_WORD_BESIDE",
    "STOP_WORD_BESIDE_MOST",
    "STOP_WORD_BOOST",
    "SYNONYM",
    "TITLE_LIFT",
    "TOGETHER",
    "WINDOW",
    "collection_size",
    "idf",
    "is_rare_beside",
    "length_norm",
    "model",
    "on_grid",
    "once",
    "repetition_boost",
    "saturated",
]

# Every part of a score is a multiple of `GRID`, so that sums up to 2,000 are exact in any order:
# scores equal by the formula are equal as numbers. Adding `_COARSE` to a number and subtracting it
# rounds the number to a multiple.
GRID = 2.0**-42
_COARSE = 1.5 * GRID * 2.0**52

# k1 sets the saturation, b the effect of length. They are chosen for the average length over words
# (see `Snapshot.average_length`) on eight judged collections, and four of them split into passages.
_K1 = 1.5
_B = 0.7
# The fields, besides the text, whose terms count for a passage.
OTHER_FIELDS = ("title", "heading")
# The lift of a title in the passage that represents it, which is most often the first of prose.
TITLE_LIFT = 2.0
# Added to the boost for each repetition: a word that occurs twice counts less than double.
_REPETITION = 0.75

_FEWEST = 256  # passages of a language, if the archive has so many: see `collection_size`

# The boost of passages in another language than the query, if its words tell its language. In an
# index of XQuAD in four languages and SQuAD, German questions lose .021 of nDCG@10 to names in
# passages of other languages without it, .011 with 0.9, .006 with 0.8.
OTHER_LANGUAGE = 0.8

# What a compound of a text adds to the freq of its part, as Dampfschiff to that of Schiff. By the
# German questions of XQuAD: nDCG@10 is .956 without or with 1, .957 with 0.5.
PART_OF_COMPOUND = 0.5

WINDOW = 20  # passages that are rescored; a fixed number, so that all pages have one order
RERANKED = 100  # passages that a caller's function reranks, so that all pages have one order
PROXIMITY = 0.25  # × idf: the maximum that proximity adds to the score of a term
MAX_DISTANCE = 2  # maximum distance of neighbours in positions, in passage and query
# Passages with at least this share of the score of the best of them are near-equals. With 0.99, med
# loses .005 of nDCG@10; with 0.995, split documents lose .0007.
NEAR_EQUAL = 0.998
STOP_WORD_BOOST = 0.1  # the boost of stop and request words in rescoring
# The boost of a stop word where it stands beside its word as in the query, and the doc_freq that
# the rarest of these words may have: a share of the passages, or a number. Without the limit,
# cacm and scifact lose to words such as "in" and "of", and the rows take longer to find.
STOP_WORD_BESIDE = 2.0
_COMMONEST_BESIDE = 0.01
_FEWEST_BESIDE = 32
# Words that count in a query with a name. In questions the rows of "the" and "of" are many: in
# 170,000 passages they would take a third of the time of a search.
STOP_WORD_BESIDE_MOST = 3
# × idf: the maximum that a character of a gram adds, and that all pieces of a word add. By XQuAD's
# Chinese questions: nDCG@10 is .958 without, .961 with 0.1, .965 with 0.5, .966 with 1, .963 with
# 2. Without, with 0.5 and 1: German .944, .953, .958, Russian .956, .962, .963, Turkish .955, .960,
# .961.
CHARACTERS = 1.0
CONTEXT = 0.1  # × the best score of a matching neighbour: added to the score of a passage
CONTEXT_REACH = 3  # neighbours of a passage before and after it, in the same article

# Grouped by article and sorted by score, the score of an article is that of its best passage, a
# share of the score of its opening, and its score as one text. The best articles get more for the
# words of their titles, or without a title for the words that they begin with, and for words that
# stand together. These were chosen with the titles of collections as queries, and hold on the
# others: docs/ranking-evidence.md.
ARTICLE = 1.5  # the boost of a term in the whole article
OPENING = 0.5  # × the score of the opening of an article, if it matches
ARTICLE_K1 = 0.8
FIRST_WORDS = 25  # of a title, or of the text of an article without a title
TOGETHER = 0.25  # × idf: the maximum for a term that stands near its neighbours in any passage
FIRST_WORD = 2 * TOGETHER  # × idf: for a term that is one of the first words

# The boost of a synonym: of two words with the same idf, the word of the query ranks first. It is
# not measured, because the best value depends on the file of synonyms.
SYNONYM = 0.7

# Relevance feedback. The share is the smallest value tried: larger shares gain more where feedback
# helps and lose more where it harms. With 5 passages or 40 words, the means over the collections
# differ by less than half a percent.
FEEDBACK_PASSAGES = 10
FEEDBACK_WORDS = 20
FEEDBACK_SHARE = 0.2  # of all boosts go to the added words
FEEDBACK_COMMONEST = 0.1  # of all passages: the highest document frequency of an added word


def collection_size(of_language: int, of_all: int) -> int:
    """Return the N of the idf of a language: the number of its passages, or at least a few.

    The terms of a handful of articles in another language would weigh next to nothing otherwise.
    """
    return max(of_language, min(of_all, _FEWEST))


def idf(doc_freq: int, doc_count: int) -> float:
    """Return the inverse document frequency of a term in `doc_freq` of `doc_count` passages.

    The idf is 0 for a term that no passage has.
    """
    return math.log(1 + (doc_count - doc_freq + 0.5) / (doc_freq + 0.5)) if doc_freq else 0.0


def is_rare_beside(doc_freq: int, doc_count: int) -> bool:
    """Whether words are so rare that a stop word beside them counts: common words make no names.

    Args:
        doc_freq: of the rarest of the words
    """
    return doc_freq <= max(_FEWEST_BESIDE, _COMMONEST_BESIDE * doc_count)


def repetition_boost(times: int) -> float:
    """Return the boost of a word that the query has `times` times: 1, 1.75, 2.5 and so on."""
    return 1 + _REPETITION * (times - 1)


def saturated(freq: float) -> float:
    """Return the share, below 1, of a weight that a freq / length norm is worth."""
    return freq / (freq + _K1)


def once(weight: float, length: int, model: Numbers) -> float:
    """Return the score of a term that stands once in a text of `length` words; see `model`.

    These are the steps of `core.scoring.rescoring_scores`, so the bits are the same.
    """
    k1, base, b, average, _ = model
    freq = 1 / (k1 * (base + b * (length / average)))
    return on_grid(freq / (freq + 1) * weight)


def length_norm(length: int, average: float) -> float:
    """Return the length norm of a text, title, heading or article of `length` words.

    The norm is 1 at the average length, below 1 for shorter texts, and never below 1 - b.
    """
    return 1 - _B + _B * (length / average)


def model(average: float, k1: float | None = None) -> Numbers:
    """Return the core's model of a field: k1, 1 - b, b, average length, and the rounding number.

    Without a `k1`, it is that of passages.
    """
    k1 = _K1 if k1 is None else k1
    return memoryview(array("d", [k1, 1 - _B, _B, average, _COARSE]))


def on_grid(score: float) -> float:
    """Return a score rounded to a multiple of `GRID`."""
    return (score + _COARSE) - _COARSE
