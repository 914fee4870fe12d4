"""The annotation of a match that has near-duplicates."""

from nutgraf_index.model import Value, value_class

__all__ = ["NO_NEAR_DUPLICATES", "NearDuplicates"]


@value_class()
class NearDuplicates(Value):
    """The near-duplicates of a hit: their number, and the citations of the first 100.

    They are ordered by the dates of their articles, the earliest first; articles without a date
    come last.

    >>> from nutgraf import Article, Index, search
    >>> index = Index.in_memory()
    >>> index.add([Article(id=id, text="Otters are back in the river.") for id in ("a", "b")])
    >>> (hit,) = search("otters", index)
    >>> hit.citation, hit.near_duplicates.count, hit.near_duplicates.citations
    ('a#1', 1, ('b#1',))
    """

    count: int = 0
    citations: tuple[str, ...] = ()


NO_NEAR_DUPLICATES = NearDuplicates()
