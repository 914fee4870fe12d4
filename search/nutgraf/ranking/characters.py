"""Characters: the score of characters of Chinese, Japanese and Korean in the best passages.

Such scripts are searched by grams of two characters. A word may be cut otherwise in the passage, or
have one of two characters there. So the characters count as well. They are read from the texts, so
only the best passages get the score.
"""

from collections.abc import Sequence

from nutgraf.matching.segment_searcher import SegmentSearcher
from nutgraf.query.tree import Words
from nutgraf.scoring.bm25f import CHARACTERS, length_norm, on_grid, saturated
from nutgraf_index.analysis.folding import folded
from nutgraf_index.analysis.reading import read
from nutgraf_index.analysis.words import gram_size

__all__ = ["Characters"]

_PAIR = 2  # characters of a gram whose characters mean something by themselves


class Characters:
    """The characters of the grams of a query.

    Args:
        row: the terms of the query in order; None for what is no word
    """

    def __init__(self, row: Sequence[str | None]) -> None:
        grams = [
            term
            for term in row
            if term and len(term) == _PAIR and not term.isascii() and gram_size(term[0]) == _PAIR
        ]
        #: The distinct characters, in the order of the query.
        self.characters = tuple(dict.fromkeys("".join(grams)))

    def by_passage(
        self, searcher: SegmentSearcher, doc_ids: Sequence[int]
    ) -> list[dict[str, float]]:
        """Return for each of the ascending passages the score of each character that it has."""
        segment, statistics = searcher.segment, searcher.statistics
        boost = searcher.boost * CHARACTERS
        weights = {
            character: boost * statistics.idf_of_any(Words(character, quoted=True))
            for character in self.characters
        }
        average = statistics.average_length("text")
        scores = []
        for doc_id, text in zip(doc_ids, segment.reader.texts(doc_ids), strict=True):
            plain, _ = folded(read(text))
            freqs = {character: plain.count(character) for character in weights}
            norm = length_norm("text", segment.lengths[doc_id], average)
            scores.append(
                {
                    character: on_grid(weight * saturated(freqs[character] / norm))
                    for character, weight in weights.items()
                    if freqs[character]
                }
            )
        return scores
