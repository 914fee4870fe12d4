"""A query with words of the best passages it finds: pseudo-relevance feedback by RM3.

Lavrenko and Croft, Relevance-Based Language Models (2001), mixed with the query as by
Abdul-Jaleel et al., UMass at TREC 2004: Novelty and HARD.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.options import Require
from nutgraf.query.tree import Boost, Group, Node, Words
from nutgraf.ranking.ranked import Match
from nutgraf.scoring.bm25f import (
    FEEDBACK_COMMONEST,
    FEEDBACK_SHARE,
    FEEDBACK_WORDS,
)
from nutgraf.scoring.query_weights import QueryWeights
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.fields import Level

__all__ = ["with_feedback"]

_PLACES = 3  # of a weight, as many as the query syntax reads


def with_feedback(
    tree: Node, best: Sequence[Match], postings: SnapshotPostings, require: Require
) -> Node:
    """Return a query that takes words of its best passages as well, each by its weight.

    What must or must not be in a passage stays so, and so do filters; a + before all that is
    asked for is none. With "all" as `require` nothing is found by the words alone. They weigh
    `FEEDBACK_SHARE` of the whole together. A query of stop words alone is returned as it is, for
    beside others they weigh nothing.
    """
    group = tree if isinstance(tree, Group) else Group(should=(tree,))
    if require == "all" and group.should and not group.must:
        # Of one part it is not told that it is required.
        only = group.should[0] if len(group.should) == 1 else Group(should=group.should)
        group = group.replaced(must=(only,), should=())
    likely = _likely(best, postings)
    words = tuple(Words(word, quoted=True) for word in likely)
    widened = group.replaced(should=(*group.should, *words))
    query_weights = QueryWeights(widened, postings.analyzer)
    asked = sum(weight for _, weight in query_weights.weigh(group.must))
    asked += sum(weight for _, weight in query_weights.weigh(widened.should)) - len(words)
    certain = sum(likely.values())  # none where no passage has a score
    if not (asked and certain):
        return tree
    whole = asked * FEEDBACK_SHARE / (1 - FEEDBACK_SHARE) / certain
    weights = [round(whole * share, _PLACES) for share in likely.values()]
    added = [
        word if weight == 1 else Boost(word, weight)
        for word, weight in zip(words, weights, strict=True)
        if weight
    ]
    return group.replaced(should=(*group.should, *added))


def _likely(best: Sequence[Match], postings: SnapshotPostings) -> dict[str, float]:
    """Return the words that tell the best passages from others, with how likely they are in them.

    A passage counts by its score. Of the words of one stem the commonest stands for it.
    """
    likely: defaultdict[str, float] = defaultdict(float)
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for match in best:
        reader = match.searcher.reader
        texts = [reader.text(match.doc_id)]
        if match.searcher.segment.is_opening(match.doc_id):
            article = reader.unit_at(Level.ARTICLE, match.doc_id)
            texts.append(reader.texts_of("article.title").text(article))
        tokens = [token for text in texts for token in postings.analyzer.tokens(text)]
        for token in tokens:
            likely[token.term] += match.score / len(tokens)
            forms[token.term][token.word] += 1
    telling = {
        term: share * postings.idf(term)
        for term, share in likely.items()
        if postings.doc_freq(term) <= FEEDBACK_COMMONEST * postings.snapshot.count(Level.PASSAGE)
    }
    chosen: dict[str, float] = {}
    for term in sorted(telling, key=lambda term: (-telling[term], term)):
        word = min(forms[term], key=lambda form: (-forms[term][form], form))
        if _is_telling(word, term, postings.analyzer):
            chosen[word] = likely[term]
        if len(chosen) == FEEDBACK_WORDS:
            break
    return chosen


def _is_telling(word: str, term: str, analyzer: Analyzer) -> bool:
    """Whether a word says something by itself, and is read as itself in a query."""
    plain = len(word) > 1 and not word.isdigit() and not analyzer.is_stop_word(word)
    return plain and analyzer.terms(word) == (term,)
