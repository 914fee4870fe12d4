"""Characters: the score of characters of the query's words in the best passages.

Chinese, Japanese and Korean are searched by grams of two characters. A word may be cut otherwise in
the passage, or have one of two characters there. So the characters count as well.

In languages other than English, a word of the passage may be related to a word of the query in ways
that no stemmer knows: it is part of a compound, has a compound's other part, or is another form of
a verb. So each piece of four letters in a row counts as well, as a share of its word (McNamee and
Mayfield, Character N-Gram Tokenization for European Language Text Retrieval, 2004).

Both are read from the texts, so only the best passages get the score.
"""

from collections.abc import Sequence

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Words
from nutgraf.scoring.bm25f import CHARACTERS, idf, length_norm, on_grid, saturated
from nutgraf_index.analysis.folding import folded
from nutgraf_index.analysis.reading import read
from nutgraf_index.analysis.words import gram_size

__all__ = ["Characters"]

_PAIR = 2  # characters of a gram whose characters mean something by themselves
_PIECE = 4  # letters


class Characters:
    """The characters of the grams of a query, and the pieces of its words.

    Args:
        searcher: of the query in a segment; the words are read in the language of the segment
    """

    def __init__(self, searcher: SegmentSearcher) -> None:
        self._searcher = searcher
        statistics = searcher.statistics
        boost = searcher.boost * CHARACTERS
        # The weight of each distinct character, in the order of the query.
        self._characters: dict[str, float] = {}
        for term in searcher.row[0]:
            if term and not term.isascii() and len(term) == gram_size(term[0]) == _PAIR:
                for character in term:
                    found = statistics.idf_of_any(Words(character, quoted=True))
                    self._characters[character] = boost * found
        # The pieces of each distinct word, and the weight of each piece.
        self._pieces: dict[str, tuple[list[str], float]] = {}
        for word, term in searcher.words if searcher.has_pieces else ():
            count = len(word) - _PIECE + 1
            if count > 0 and word.isalpha() and not gram_size(word[0]):
                found = idf(max(1, statistics.doc_freq(term)), statistics.passages)
                pieces = [word[i : i + _PIECE] for i in range(count)]
                self._pieces[word] = pieces, boost * found / count

    def __bool__(self) -> bool:
        return bool(self._characters or self._pieces)

    def by_passage(self, doc_ids: Sequence[int]) -> list[dict[str, float]]:
        """Return for each of the ascending passages the scores of the characters and words.

        Characters and words that score nothing are left out.
        """
        segment = self._searcher.segment
        average = self._searcher.statistics.average_length("text")
        scores = []
        for doc_id, text in zip(doc_ids, segment.reader.texts(doc_ids), strict=True):
            norm = length_norm(segment.lengths[doc_id], average)
            parts = {**self._of_characters(text, norm), **self._of_words(text, norm)}
            scores.append({name: on_grid(score) for name, score in parts.items() if score})
        return scores

    def _of_characters(self, text: str, norm: float) -> dict[str, float]:
        """Return the score of each character in a text of a length norm."""
        if not self._characters:
            return {}
        plain, _ = folded(read(text))
        return {
            character: weight * saturated(plain.count(character) / norm)
            for character, weight in self._characters.items()
        }

    def _of_words(self, text: str, norm: float) -> dict[str, float]:
        """Return the score of each word, by its pieces, in a text of a length norm."""
        if not self._pieces:
            return {}
        words = " ".join(self._searcher.analyzer.words(text))
        return {
            word: weight * sum(saturated(words.count(one) / norm) for one in pieces if one in words)
            for word, (pieces, weight) in self._pieces.items()
        }
