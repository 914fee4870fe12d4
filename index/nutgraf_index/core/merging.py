"""Merges the postings lists of segments: live documents only, under their new doc ids."""

from __future__ import annotations

import cython

__all__ = ["count_live", "place"]


def count_live(
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    renumbered: cython.const[cython.longlong][::1],
    rows: cython.const[cython.longlong][::1],
    postings: cython.longlong[::1],
    occurrences: cython.longlong[::1],
) -> None:
    """Count the live postings and occurrences of consecutive terms of a segment.

    Args:
        counts: how many postings each term has
        docs: the documents of all terms
        freqs: their frequencies; empty for a field without occurrences
        renumbered: the new number of each document, -1 if it is deleted
        rows: the new number of each term
        postings: to add how many live postings each new term has
        occurrences: to add how many occurrences these have
    """
    term: cython.longlong
    i: cython.longlong
    first: cython.longlong = 0
    analysed: cython.bint = freqs.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            for i in range(first, first + counts[term]):
                if renumbered[docs[i]] >= 0:
                    postings[rows[term]] += 1
                    if analysed:
                        occurrences[rows[term]] += freqs[i]
            first += counts[term]


def place(
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    positions: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    renumbered: cython.const[cython.longlong][::1],
    rows: cython.const[cython.longlong][::1],
    first_form: cython.const[cython.longlong][::1],
    new_form: cython.const[cython.ushort][::1],
    posting: cython.longlong[::1],
    occurrence: cython.longlong[::1],
    new_docs: cython.uint[::1],
    new_freqs: cython.uint[::1],
    new_positions: cython.uint[::1],
    new_forms: cython.ushort[::1],
) -> None:
    """Write the live postings of consecutive terms of a segment to their places.

    Args:
        counts, docs, freqs: as in `count_live`
        positions, forms: of each occurrence
        renumbered: the new number of each document, -1 if it is deleted
        rows: the row of each term in the arrays below
        first_form: the index in `new_form` of each term's first form
        new_form: the new number of each form
        posting: where the next posting of each row is to be written; changed
        occurrence: where its next occurrence is; changed
        new_docs, new_freqs: to take the document and the frequency of each posting
        new_positions, new_forms: to take those of each occurrence
    """
    term: cython.longlong
    row: cython.longlong
    i: cython.longlong
    k: cython.longlong
    at: cython.longlong
    first: cython.longlong = 0
    end: cython.longlong = 0
    start: cython.longlong
    doc: cython.longlong
    analysed: cython.bint = freqs.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            row = rows[term]
            for i in range(first, first + counts[term]):
                doc = renumbered[docs[i]]
                start = end
                if analysed:
                    end += freqs[i]
                if doc < 0:
                    continue
                new_docs[posting[row]] = doc
                if analysed:
                    new_freqs[posting[row]] = freqs[i]
                    at = occurrence[row]
                    for k in range(start, end):
                        new_positions[at] = positions[k]
                        new_forms[at] = new_form[first_form[term] + forms[k]]
                        at += 1
                    occurrence[row] = at
                posting[row] += 1
            first += counts[term]
