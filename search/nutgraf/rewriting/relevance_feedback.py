"""Pseudo-relevance feedback by RM3: words of the best passages are added to the query.

Lavrenko and Croft, Relevance-Based Language Models (2001), interpolated with the query as in
Abdul-Jaleel et al., UMass at TREC 2004: Novelty and HARD.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.options import Require
from nutgraf.query.tree import Boost, Group, Node, Words, as_group
from nutgraf.ranking.ranked import Match
from nutgraf.rewriting.stop_words import StopWords
from nutgraf.scoring.bm25f import (
    FEEDBACK_COMMONEST,
    FEEDBACK_SHARE,
    FEEDBACK_WORDS,
)
from nutgraf.scoring.query_boosts import QueryBoosts
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.fields import Level

__all__ = ["with_feedback"]

_Term = tuple[str, str]  # a term, and the code of its language
_DECIMALS = 3  # of a boost, as many as the query syntax reads


def with_feedback(
    tree: Node, best: Sequence[Match], postings: SnapshotPostings, require: Require
) -> Node:
    """Return a query tree with words of the best passages added as optional nodes.

    Each word is boosted by its likelihood in the best passages; together the added words have
    `FEEDBACK_SHARE` of the boosts of the tree. Required and excluded nodes and filters stay as they
    are. With "all" as `require`, the nodes of the query become required, so that no passage matches
    by added words alone. A query of stop words alone is returned unchanged: beside other words,
    they would not count.
    """
    group = as_group(tree)
    if require == "all" and group.should and not group.must:
        # The parser makes a single required node optional, because both match the same passages.
        only = group.should[0] if len(group.should) == 1 else Group(should=group.should)
        group = group.replaced(must=(only,), should=())
    if StopWords(group, postings.analyzer).has_nothing_else:
        return tree
    likelihoods = _likelihoods(best)
    words = tuple(Words(word, quoted=True) for word in likelihoods)
    query_boosts = QueryBoosts(group, postings.analyzer)
    boosts = sum(
        boost for nodes in (group.must, group.should) for _, boost in query_boosts.boosts(nodes)
    )
    total = sum(likelihoods.values())  # 0 if no passage has a score
    if not (boosts and total):
        return tree
    scale = boosts * FEEDBACK_SHARE / (1 - FEEDBACK_SHARE) / total
    rounded = [round(scale * likelihood, _DECIMALS) for likelihood in likelihoods.values()]
    added = [
        word if boost == 1 else Boost(word, boost)
        for word, boost in zip(words, rounded, strict=True)
        if boost
    ]
    return group.replaced(should=(*group.should, *added))


def _likelihoods(best: Sequence[Match]) -> dict[str, float]:
    """Return the words with the highest likelihood × idf, each with its likelihood.

    The likelihood of a term is the sum over the best passages of score × freq / length. Each term
    is represented by its most frequent word.
    """
    likelihoods: defaultdict[_Term, float] = defaultdict(float)
    forms: defaultdict[_Term, Counter[str]] = defaultdict(Counter)
    segments: dict[str, SegmentPostings] = {}  # one of each language
    for match in best:
        reader, analyzer = match.searcher.reader, match.searcher.analyzer
        segments.setdefault(reader.language, match.searcher.segment)
        texts = [reader.text(match.doc_id)]
        if match.searcher.segment.is_opening(match.doc_id):
            article = reader.doc_at(Level.ARTICLE, match.doc_id)
            texts.append(reader.text_column("article.title").text(article))
        tokens = [(token, text) for text in texts for token in analyzer.tokens(text)]
        for token, text in tokens:
            term = token.term, reader.language
            likelihoods[term] += match.score / len(tokens)
            forms[term][analyzer.form(text, token)] += 1
    weights: dict[_Term, float] = {}
    for term, likelihood in likelihoods.items():
        statistics = segments[term[1]].statistics
        if statistics.doc_freq(term[0]) <= FEEDBACK_COMMONEST * statistics.passages:
            weights[term] = likelihood * statistics.idf(term[0])
    words: dict[str, float] = {}
    for term in sorted(weights, key=lambda term: (-weights[term], term)):
        word = min(forms[term], key=lambda form: (-forms[term][form], form))
        if word not in words and _is_content_word(word, term[0], segments[term[1]].analyzer):
            words[word] = likelihoods[term]
        if len(words) == FEEDBACK_WORDS:
            break
    return words


def _is_content_word(word: str, term: str, analyzer: Analyzer) -> bool:
    """Whether a word that a query reads as `term` is not a stop word, number or single letter."""
    content = len(word) > 1 and not word.isdigit() and not analyzer.is_stop_word(word)
    return content and analyzer.terms(word) == (term,)
