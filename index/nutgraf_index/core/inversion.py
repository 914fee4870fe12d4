"""The tokens of a field turned into postings lists by counting: first how many, then in place."""

from __future__ import annotations

import cython

__all__ = ["count", "fill"]


def count(
    tokens: cython.const[cython.uint][::1],
    sizes: cython.const[cython.longlong][::1],
    doc: cython.longlong,
    term_of: cython.const[cython.uint][::1],
    words: cython.longlong[::1],
    last: cython.longlong[::1],
    postings: cython.longlong[::1],
    lengths: cython.uint[::1],
) -> None:
    """Count the occurrences of words and the postings of terms in consecutive documents.

    Args:
        tokens: the word of each token, 0 for a gap
        sizes: how many tokens each document has, gaps included
        doc: the doc id of the first document
        term_of: the term of each word
        words: to add how often each word occurs
        last: the last document of each term so far, -1 for none; changed
        postings: to add how many documents have each term
        lengths: output; tokens of each document without gaps
    """
    i: cython.longlong
    k: cython.longlong
    at: cython.longlong = 0
    word: cython.longlong
    term: cython.longlong
    with cython.nogil:
        for i in range(sizes.shape[0]):
            lengths[i] = 0
            for k in range(at, at + sizes[i]):
                word = tokens[k]
                if word:
                    term = term_of[word]
                    words[word] += 1
                    lengths[i] += 1
                    if last[term] != doc + i:
                        last[term] = doc + i
                        postings[term] += 1
            at += sizes[i]


def fill(
    tokens: cython.const[cython.uint][::1],
    sizes: cython.const[cython.uint][::1],
    cursor: cython.longlong[::1],
    row_of: cython.const[cython.uint][::1],
    form_of: cython.const[cython.ushort][::1],
    rows: cython.longlong[:, ::1],
    docs: cython.uint[::1],
    freqs: cython.uint[::1],
    positions: cython.uint[::1],
    forms: cython.ushort[::1],
) -> None:
    """Write the postings and occurrences of a range of terms for the next tokens of the field.

    Args:
        tokens: the word of each token, 0 for a gap
        sizes: how many tokens each document of the segment has, gaps included
        cursor: the document and the position of the first token; moved to those after the last
        row_of: the row of each word's term; as many as there are rows if it is not in the range
        form_of: the form of each word
        rows: of each term its last document, -1 for none, and where its next posting and its next
            occurrence are to be written; changed
        docs, freqs: to take the document and the frequency of each posting
        positions, forms: to take those of each occurrence
    """
    i: cython.longlong
    doc: cython.longlong = cursor[0]
    position: cython.longlong = cursor[1]
    row: cython.longlong
    at: cython.longlong
    none: cython.longlong = rows.shape[0]
    with cython.nogil:
        for i in range(tokens.shape[0]):
            while position >= sizes[doc]:
                doc += 1
                position = 0
            row = row_of[tokens[i]]
            if row != none:
                at = rows[row, 1]
                if rows[row, 0] == doc:
                    freqs[at - 1] += 1
                else:
                    rows[row, 0] = doc
                    docs[at] = doc
                    freqs[at] = 1
                    rows[row, 1] = at + 1
                at = rows[row, 2]
                positions[at] = position
                forms[at] = form_of[tokens[i]]
                rows[row, 2] = at + 1
            position += 1
    cursor[0] = doc
    cursor[1] = position
