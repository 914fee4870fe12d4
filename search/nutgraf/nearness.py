"""What is added to the best passages where words that are neighbours in the query stand together.

A word gathers 1 / distance from each neighbour that stands near it with none of the words between,
and what it has gathered is saturated as its frequency is (Büttcher, Clarke and Lushman, Term
Proximity Scoring for Ad-Hoc Retrieval on Very Large Text Collections, 2006, there for all pairs).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nutgraf.parts import Scores
from nutgraf.postings import Lists
from nutgraf.ranking import FARTHEST, NEAR
from nutgraf.rows import Documents

__all__ = ["nearness"]

_POSITION_BITS = 32


def nearness(lists: Lists, row: Sequence[str | None], documents: Documents) -> Scores:
    """Return what is added to the scores of some passages of a segment, which are sorted.

    `row` has the terms of the query in their order, with None between those that are no
    neighbours.
    """
    terms = list(dict.fromkeys(term for term in row if term is not None))
    near = np.zeros((len(terms), len(terms)), bool)
    for one, other in pairwise(row):
        if one is not None and other is not None and one != other:
            pair = terms.index(one), terms.index(other)
            near[pair] = near[pair[::-1]] = True
    there = np.array([lists.number("text", term) >= 0 for term in terms], bool)
    near &= there & there[:, None]
    met = np.flatnonzero(near.any(axis=0))
    added = np.zeros(len(documents))
    if not len(met):
        return added
    places, owners = [], []
    field = lists.view.field("text")
    for at in met.tolist():
        counts, positions = field.positions_in(lists.number("text", terms[at]), documents)
        places.append((np.arange(len(documents)).repeat(counts) << _POSITION_BITS) + positions)
        owners.append(np.full(len(positions), at))
    place, owner = np.concatenate(places), np.concatenate(owners)
    order = place.argsort()
    place, owner = place[order], owner[order]
    gaps = np.diff(place)
    met = np.flatnonzero((gaps <= FARTHEST) & near[owner[:-1], owner[1:]])
    if not len(met):
        return added
    gathered = np.zeros((len(terms), len(documents)))
    document = place[met] >> _POSITION_BITS
    for side in (owner[met], owner[met + 1]):
        np.add.at(gathered, (side, document), 1 / gaps[met])
    damping = lists.damping[documents]
    for term, often in zip(terms, gathered, strict=True):
        added += NEAR * lists.rarity(term) * (often / (often + damping))
    return added
