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
from nutgraf.rows import POSITION_BITS, Documents, Mask
from nutgraf_index.levels import Level

__all__ = ["nearness", "nearness_by_term"]


def nearness(lists: Lists, row: Sequence[str | None], documents: Documents) -> Scores:
    """Return what is added to the scores of some passages of a segment; see `nearness_by_term`."""
    added = np.zeros(len(documents))
    for scores in nearness_by_term(lists, row, documents).values():
        added += scores
    return added


def nearness_by_term(
    lists: Lists, row: Sequence[str | None], documents: Documents
) -> dict[str, Scores]:
    """Return what each term adds to the scores of some passages of a segment, which are sorted.

    What stands together in a title counts for the passage that answers for it.
    `row` has the terms of the query in their order, with None between those that are no
    neighbours.
    """
    terms = list(dict.fromkeys(term for term in row if term is not None))
    near = np.zeros((len(terms), len(terms)), bool)
    for one, other in pairwise(row):
        if one is not None and other is not None and one != other:
            pair = terms.index(one), terms.index(other)
            near[pair] = near[pair[::-1]] = True
    gathered = _gathered(lists, "text", terms, near, documents)
    titles = lists.view.unit_of(Level.ARTICLE, documents)
    over = _gathered(lists, "title", terms, near, titles)
    if over is not None:
        over *= lists.answering(documents, titles)
        gathered = over if gathered is None else gathered + over
    if gathered is None:
        return {}
    damping = lists.damping[documents]
    return {
        term: NEAR * lists.rarity(term) * (often / (often + damping))
        for term, often in zip(terms, gathered, strict=True)
    }


def _gathered(
    lists: Lists, field: str, terms: list[str], near: Mask, units: Documents
) -> Scores | None:
    """Return what each term gathers from its neighbours in some units of a field, a row a term.

    None if no terms that are neighbours stand in the field.
    """
    numbers = [lists.number(field, term) for term in terms]
    there = np.array([number >= 0 for number in numbers], bool)
    if not (near & there & there[:, None]).any():
        return None
    places, owners = [], []
    for at in np.flatnonzero(there).tolist():  # one that is nobody's neighbour may be between
        counts, positions = lists.view.field(field).positions_in(numbers[at], units)
        places.append((np.arange(len(units)).repeat(counts) << POSITION_BITS) + positions)
        owners.append(np.full(len(positions), at))
    place, owner = np.concatenate(places), np.concatenate(owners)
    order = place.argsort()
    place, owner = place[order], owner[order]
    gaps = np.diff(place)
    met = np.flatnonzero((gaps <= FARTHEST) & near[owner[:-1], owner[1:]])
    if not len(met):
        return None
    gathered = np.zeros((len(terms), len(units)))
    unit = place[met] >> POSITION_BITS
    for side in (owner[met], owner[met + 1]):
        np.add.at(gathered, (side, unit), 1 / gaps[met])
    return gathered
