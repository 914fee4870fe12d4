"""What is added to the best passages where words that are neighbours in the query stand together.

A word gathers 1 / distance from each neighbour that stands near it with none of the words between,
and what it has gathered is saturated as its frequency is (Büttcher, Clarke and Lushman, Term
Proximity Scoring for Ad-Hoc Retrieval on Very Large Text Collections, 2006, there for all pairs).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nutgraf.parts import Scores
from nutgraf.postings import Lists
from nutgraf.ranking import FARTHEST, NEAR
from nutgraf.rows import POSITION_BITS, Documents, Mask, Places
from nutgraf_index.levels import Level

__all__ = ["nearness", "nearness_by_term"]

Numbers = npt.NDArray[np.int64]

_NOWHERE = np.zeros(0, np.int64)


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
    numbers = {term: number for number, term in enumerate(terms)}
    near = np.zeros((len(terms), len(terms)), bool)
    for one, other in pairwise(row):
        if one is not None and other is not None and one != other:
            pair = numbers[one], numbers[other]
            near[pair] = near[pair[::-1]] = True
    count = len(documents)
    found = [_standing(lists, "text", terms, near, documents, np.arange(count))]
    # A title is a text more, for the passage that answers for it.
    articles = lists.view.unit_of(Level.ARTICLE, documents)
    opening = np.flatnonzero(lists.answering(documents, articles))
    if len(opening):
        found.append(_standing(lists, "title", terms, near, articles[opening], count + opening))
    places, owners = map(np.concatenate, zip(*found, strict=True))
    gathered = _gathered(places, owners, near, 2 * count)
    if gathered is None:
        return {}
    often = gathered[:, :count] + gathered[:, count:]
    parts = often / (often + lists.damping[documents])
    return {
        term: NEAR * lists.rarity(term) * part for term, part in zip(terms, parts, strict=True)
    }


def _standing(
    lists: Lists, field: str, terms: list[str], near: Mask, units: Documents, texts: Numbers
) -> tuple[Places, Numbers]:
    """Return where terms stand in those units of a field that have two neighbours.

    And which term each is. `texts` are the numbers that the units have in the places.
    """
    numbers = [lists.number(field, term) for term in terms]
    there = [at for at, number in enumerate(numbers) if number >= 0]
    if len(there) < 2:
        return _NOWHERE, _NOWHERE
    inverted = lists.view.field(field)
    found = [inverted.frequencies_in(numbers[at], units) for at in there]
    held = np.array([counts for counts, _ in found]) != 0
    # One that is nobody's neighbour may stand between others.
    held &= (held & (near[np.ix_(there, there)] @ held)).any(0)
    stretches, places, owners = [], [], []
    for at, has, (counts, own) in zip(there, held, found, strict=True):
        some = np.flatnonzero(has)
        if len(some):
            often = counts[some]
            stretches.append((numbers[at], own[some], often))
            places.append(texts[some].repeat(often))
            owners.append(np.full(len(places[-1]), at))
    if not stretches:
        return _NOWHERE, _NOWHERE
    positions = inverted.positions_at(stretches)
    return (np.concatenate(places) << POSITION_BITS) + positions, np.concatenate(owners)


def _gathered(places: Places, owners: Numbers, near: Mask, texts: int) -> Scores | None:
    """Return what each term gathers from its neighbours in each text, a row a term.

    None if it is nothing.
    """
    order = places.argsort()
    places = places[order]
    gaps = np.diff(places)
    close = np.flatnonzero(gaps <= FARTHEST)
    one, other = owners[order[close]], owners[order[close + 1]]
    shares = near[one, other] / gaps[close]
    if not shares.any():
        return None
    text = places[close] >> POSITION_BITS
    cells = np.concatenate([one * texts + text, other * texts + text])
    both = np.concatenate([shares, shares])
    gathered: Scores = np.bincount(cells, both, len(near) * texts)
    return gathered.reshape(len(near), texts)
