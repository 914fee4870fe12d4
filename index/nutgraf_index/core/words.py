"""What is told of a word: the documents that have one form of a term, and the first by citation."""

from __future__ import annotations

import cython

__all__ = ["docs_of_form", "first_cited"]


def docs_of_form(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    form: cython.longlong,
    made: cython.uint[::1],
) -> int:
    """Find the documents in which a term stands in one of its forms; return how many there are.

    Args:
        docs: the documents of the term
        freqs: how often it stands in each
        forms: the form of each occurrence, document by document
        form: the form that is wanted
        made: to take the documents, with room for all
    """
    found: cython.longlong = 0
    at: cython.longlong = 0
    end: cython.longlong
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            end = at + freqs[i]
            while at < end and forms[at] != form:
                at += 1
            if at < end:
                made[found] = docs[i]
                found += 1
                at = end
    return found


def first_cited(
    docs: cython.const[cython.uint][::1],
    firsts: cython.const[cython.uint][::1],
    rank: cython.const[cython.uint][::1],
    ranks: cython.uint[::1],
    made: cython.uint[::1],
) -> int:
    """Find the first documents by citation, in that order; return how many there are.

    Args:
        docs: ascending documents
        firsts: the first document of each article, and how many documents there are
        rank: the place of each article by its id
        ranks: room for as many as are wanted
        made: to take the documents, of the same length
    """
    found: cython.longlong = 0
    article: cython.longlong = 0
    place: cython.longlong
    own: cython.uint
    i: cython.longlong
    with cython.nogil:
        for i in range(docs.shape[0]):
            while firsts[article + 1] <= docs[i]:
                article += 1
            own = rank[article]
            # Of one article the earlier stay before: documents ascend.
            place = found
            while place > 0 and ranks[place - 1] > own:
                place -= 1
            if place < made.shape[0]:
                found = min(found + 1, made.shape[0])
                _make_room(ranks, place, found)
                _make_room(made, place, found)
                ranks[place] = own
                made[place] = docs[i]
    return found


@cython.cfunc
@cython.nogil
@cython.exceptval(-1)
def _make_room(
    numbers: cython.uint[::1], place: cython.longlong, count: cython.longlong
) -> cython.int:
    """Move numbers from a place on by one, within the first `count`; the last of them is lost."""
    at: cython.longlong = count - 1
    while at > place:
        numbers[at] = numbers[at - 1]
        at -= 1
    return 0
