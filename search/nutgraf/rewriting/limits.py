"""How many words of the archive a query may stand for."""

from itertools import chain

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.positions.phrase import DocIds
from nutgraf.query.parser import Query
from nutgraf.query.tree import MultiTerm
from nutgraf_index.errors import QueryError

__all__ = ["MOST_WORDS", "check_expansions"]

MOST_WORDS = 10_000  # for all of a query


def check_expansions(query: Query, postings: SnapshotPostings) -> None:
    """Raise `QueryError` at the pattern or fuzzy word with which it stands for too many words."""
    if query.tree is None:
        return
    found = {
        leaf: [segment.occurrences.words("text", leaf) for segment in postings.segments]
        for leaf in query.tree.walk(excluded=True)
        if isinstance(leaf, MultiTerm)
    }
    if sum(len(words) for one in found.values() for words in chain(*one)) <= MOST_WORDS:
        return
    count = 0
    for leaf, choices in found.items():
        count += len(_distinct(postings, choices))
        if count > MOST_WORDS:
            start, end = query.places[leaf]
            raise QueryError(
                f"{query.text[start:end]!r} stands for too many words of the archive: "
                f"a query may for {MOST_WORDS:,}; write more of it",
                start,
                end,
            )


def _distinct(postings: SnapshotPostings, choices: list[list[DocIds]]) -> set[tuple[int, bytes]]:
    """Return each once the words for each of a leaf's, which segments have in common."""
    return {
        (at, segment.reader.field("text").words[number])
        for segment, of_segment in zip(postings.segments, choices, strict=True)
        for at, words in enumerate(of_segment)
        for number in words.tolist()
    }
