"""Characters: the score of parts of the query's words in the best passages.

Chinese, Japanese and Korean are searched by grams of two characters. A word may be cut otherwise in
the passage, or have one of two characters there. So the characters count too, at a part of their
weight.

In languages other than English, a word of the passage may be related to a word of the query in ways
that no stemmer knows: it is part of a compound, has a compound's other part, or is a form of the
same verb. So each piece of four letters in a row counts too, as a share of its word
(McNamee and Mayfield, Character N-Gram Tokenization for European Language Text Retrieval, 2004).

Both are read from the texts, so only the best passages get the score.
"""

from collections import Counter
from collections.abc import Sequence

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Words
from nutgraf.scoring.bm25f import CHARACTERS, LETTERS, idf, length_norm, on_grid, saturated
from nutgraf_index.analysis.words import gram_size

__all__ = ["Characters"]

_PAIR = 2  # characters of a gram whose characters mean something by themselves
_PIECE = 4  # letters


class Characters:
    """The characters of the grams of a query, and the pieces of its words.

    Args:
        searcher: of the query in a segment; the query is read in the language of the segment
    """

    def __init__(self, searcher: SegmentSearcher) -> None:
        self._searcher = searcher
        row, _ = searcher.row
        statistics = searcher.statistics
        grams = [term for term in row if term and len(term) == gram_size(term[0]) == _PAIR]
        #: The weight of each distinct character, in the order of the query.
        self._characters = {
            character: searcher.boost
            * CHARACTERS
            * statistics.idf_of_any(Words(character, quoted=True))
            for character in dict.fromkeys("".join(grams))
        }
        #: The pieces of each distinct word, and the weight of each of its pieces.
        self._pieces: dict[str, tuple[list[str], float]] = {}
        for word, term in searcher.words if searcher.has_pieces else ():
            count = len(word) - _PIECE + 1
            if count > 0 and word.isalpha() and not gram_size(word[0]):
                rarity = idf(max(1, statistics.doc_freq(term)), statistics.passages)
                weight = searcher.boost * LETTERS * rarity / count
                self._pieces[word] = [word[i : i + _PIECE] for i in range(count)], weight

    def __bool__(self) -> bool:
        return bool(self._characters or self._pieces)

    def by_passage(self, doc_ids: Sequence[int]) -> list[dict[str, float]]:
        """Return for each of the ascending passages the scores of characters and words.

        Characters and words with a score of 0 are left out.
        """
        segment, statistics = self._searcher.segment, self._searcher.statistics
        average = statistics.average_length("text")
        return [
            self._scores(
                segment.analyzer.words(text),
                length_norm("text", segment.lengths[doc_id], average),
            )
            for doc_id, text in zip(doc_ids, segment.reader.texts(doc_ids), strict=True)
        ]

    def _scores(self, words: list[str], norm: float) -> dict[str, float]:
        """Return the scores in a text of some words and a length norm."""
        scores: dict[str, float] = {}
        if self._characters:
            freqs = Counter(word[0] for word in words)
            for character, weight in self._characters.items():
                scores[character] = weight * saturated(freqs[character] / norm)
        if self._pieces:
            text = " ".join(words)
            for word, (pieces, weight) in self._pieces.items():
                shares = [saturated(text.count(piece) / norm) for piece in pieces if piece in text]
                scores[word] = weight * sum(shares)
        return {name: on_grid(score) for name, score in scores.items() if score}
