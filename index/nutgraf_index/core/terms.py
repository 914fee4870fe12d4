"""Sorted terms in one UTF-8 buffer: binary search, wildcard patterns and edit distance.

Term `i` is `text[offsets[i]:offsets[i + 1]]`; n terms have n + 1 offsets in bytes. Surrogates are
encoded like other characters.
"""

from __future__ import annotations

import cython

__all__ = [
    "DICTIONARY",
    "Dictionaries",
    "at_least",
    "docs_of_form",
    "find",
    "find_each",
    "like",
    "number_forms",
    "within",
]

DICTIONARY = 4  # numbers per dictionary: see `Dictionaries`

_DICTIONARY = cython.declare(cython.longlong, DICTIONARY)

_STAR = cython.declare(cython.uchar, 0x2A)
_QUESTION_MARK = cython.declare(cython.uchar, 0x3F)
_FAR = cython.declare(cython.longlong, 1 << 30)  # more than any number of edits


@cython.cclass
class Dictionaries:
    """Several term dictionaries of a file.

    Args:
        file: the bytes of the file
        words: the same as 32-bit words
        layouts: `DICTIONARY` numbers each: the bytes `[start, stop)` of `file` that are the `text`,
            and the words `[start, stop)` of `words` that are the `offsets`, as in `at_least`
    """

    file: cython.const[cython.uchar][::1]
    words: cython.const[cython.uint][::1]
    layouts: cython.const[cython.longlong][::1]

    def __init__(
        self,
        file: cython.const[cython.uchar][::1],
        words: cython.const[cython.uint][::1],
        layouts: cython.const[cython.longlong][::1],
    ) -> None:
        self.file = file
        self.words = words
        self.layouts = layouts


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _character_size(byte: cython.uchar) -> cython.longlong:
    """Return the number of bytes of the UTF-8 character whose first byte is given."""
    if byte < 0x80:
        return 1
    if byte < 0xE0:
        return 2
    return 3 if byte < 0xF0 else 4


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _compare(
    text: cython.const[cython.uchar][::1],
    start: cython.size_t,
    stop: cython.size_t,
    term: cython.const[cython.uchar][::1],
) -> cython.int:
    """Return -1, 0 or 1 if `text[start:stop]` is less than, equal to or greater than `term`.

    The comparison is by bytes.
    """
    i: cython.size_t = 0
    length: cython.size_t = term.shape[0]
    while i < length and start < stop:
        if text[start] != term[i]:
            return 1 if text[start] > term[i] else -1
        i += 1
        start += 1
    if i < length:
        return -1
    return 1 if start < stop else 0


@cython.cfunc
@cython.nogil
def _lower_bound(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> cython.longlong:
    """Return the index of the first term that is not less than `term`, by binary search."""
    low: cython.longlong = 0
    high: cython.longlong = offsets.shape[0] - 1
    while low < high:
        middle: cython.longlong = (low + high) >> 1
        if _compare(text, offsets[middle], offsets[middle + 1], term) < 0:
            low = middle + 1
        else:
            high = middle
    return low


@cython.cfunc
@cython.nogil
@cython.exceptval(-2)
def _find(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> cython.longlong:
    """Return the index of a term, or -1 if it is not there."""
    low: cython.longlong = _lower_bound(text, offsets, term)
    if low + 1 >= offsets.shape[0] or _compare(text, offsets[low], offsets[low + 1], term):
        return -1
    return low


@cython.ccall
@cython.nogil
def at_least(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> cython.longlong:
    """Return the index of the first term that is not less than `term`, or the number of terms.

    Args:
        text, offsets: the terms, sorted by their bytes; see the module
        term: a term in UTF-8
    """
    index: cython.longlong = _lower_bound(text, offsets, term)
    return index


@cython.ccall
@cython.nogil
def find(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    term: cython.const[cython.uchar][::1],
) -> cython.longlong:
    """Return the index of a term, or -1 if it is not there.

    Args:
        text, offsets, term: as in `at_least`
    """
    index: cython.longlong = _find(text, offsets, term)
    return index


@cython.ccall
@cython.nogil
def find_each(
    dictionaries: Dictionaries,
    term: cython.const[cython.uchar][::1],
    indexes: cython.longlong[::1],
) -> cython.void:
    """Write the index of a term in each of several dictionaries of a file, -1 where it is not.

    Args:
        dictionaries: the dictionaries
        term: a term in UTF-8
        indexes: room for one index per dictionary; output
    """
    i: cython.longlong
    layouts: cython.const[cython.longlong][::1] = dictionaries.layouts
    for i in range(indexes.shape[0]):
        at: cython.longlong = i * _DICTIONARY
        text: cython.const[cython.uchar][::1] = dictionaries.file[layouts[at] : layouts[at + 1]]
        offsets: cython.const[cython.uint][::1]
        offsets = dictionaries.words[layouts[at + 2] : layouts[at + 3]]
        indexes[i] = _find(text, offsets, term)


def number_forms(
    stems: cython.const[cython.uint][::1],
    counts: cython.uint[::1],
    forms: cython.uint[::1],
) -> None:
    """Number the forms of each term from 0, in the order of the words.

    The forms of a term are the words that are stemmed to it.

    Args:
        stems: the term number of each word
        counts: zeros, one for each term; then the number of forms of each term; output
        forms: room for the form number of each word; output
    """
    word: cython.longlong
    with cython.nogil:
        for word in range(stems.shape[0]):
            forms[word] = counts[stems[word]]
            counts[stems[word]] += 1


@cython.ccall
@cython.nogil
def docs_of_form(
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    form: cython.longlong,
    out: cython.uint[::1],
) -> cython.longlong:
    """Write the documents in which a term occurs in a given form; return their number.

    Args:
        docs: the doc ids of the term
        freqs: the frequency of the term in each document
        forms: the form number of each occurrence, document by document
        form: a form number
        out: room for len(docs) numbers; output
    """
    written: cython.longlong = 0
    occurrence: cython.longlong = 0
    i: cython.longlong
    for i in range(docs.shape[0]):
        end: cython.longlong = occurrence + freqs[i]
        while occurrence < end and forms[occurrence] != form:
            occurrence += 1
        if occurrence < end:
            out[written] = docs[i]
            written += 1
            occurrence = end
    return written


def like(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    first: cython.longlong,
    last: cython.longlong,
    pattern: cython.const[cython.uchar][::1],
    out: cython.uint[::1],
) -> int:
    """Write the indexes of the terms that match a wildcard pattern; return their number.

    In the pattern `*` stands for any number of characters and `?` for one character. Matching is
    greedy: the pattern between two `*` matches where it first occurs, and on a mismatch only the
    last `*` is extended, by a character.

    Args:
        text, offsets: the terms; see the module
        first, last: the range `[first, last)` of terms to match
        pattern: the pattern in UTF-8
        out: room for last - first numbers; output
    """
    length: cython.longlong = pattern.shape[0]
    term: cython.longlong
    offset: cython.longlong
    stop: cython.longlong
    index: cython.longlong
    after_star: cython.longlong
    resume: cython.longlong
    written: cython.longlong = 0
    with cython.nogil:
        for term in range(first, last):
            offset, stop = offsets[term], offsets[term + 1]
            index, after_star, resume = 0, -1, offset
            while True:
                if index < length and pattern[index] == _STAR:
                    index += 1
                    after_star, resume = index, offset
                elif offset >= stop or after_star == length:
                    break
                elif index < length and pattern[index] == _QUESTION_MARK:
                    index += 1
                    offset += _character_size(text[offset])
                elif index < length and pattern[index] == text[offset]:
                    index += 1
                    offset += 1
                elif after_star < 0:
                    index = -1
                    break
                else:
                    resume += _character_size(text[resume])
                    index, offset = after_star, resume
            if index == length:
                out[written] = term
                written += 1
    return written


def within(
    text: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    first: cython.longlong,
    last: cython.longlong,
    word: cython.const[cython.uint][::1],
    edits: cython.longlong,
    out: cython.uint[::1],
) -> int:
    """Write the indexes of the terms within an edit distance of a word; return their number.

    An edit inserts, deletes or replaces a character, or transposes two adjacent characters, and no
    character is edited twice (optimal string alignment). The distance is computed in a band of the
    dynamic programming table, `edits` to each side of the diagonal (Ukkonen, Algorithms for
    Approximate String Matching, 1985). Rows of the table for the prefix that a term shares with the
    term before it are not computed again.

    Args:
        text, offsets: the terms; see the module
        first, last: the range `[first, last)` of terms to compare
        word: the code points of the word
        edits: the greatest edit distance, from 0
        out: room for last - first numbers; output
    """
    length: cython.longlong = word.shape[0]
    width: cython.longlong = 2 * edits + 3
    # Row d has the distances from the first d characters of a term to the prefixes of the word of
    # d - edits to d + edits characters, and a cell of _FAR at each end.
    rows: cython.longlong[::1] = memoryview(bytearray(8 * (length + edits + 1) * width)).cast("q")
    characters: cython.uint[::1] = memoryview(bytearray(4 * (length + edits + 1))).cast("I")
    term: cython.longlong
    i: cython.longlong
    offset: cython.longlong
    stop: cython.longlong
    row_min: cython.longlong
    previous_min: cython.longlong
    valid_depth: cython.longlong = 0
    dead_depth: cython.longlong = _FAR
    written: cython.longlong = 0
    with cython.nogil:
        for i in range(rows.shape[0]):
            rows[i] = _FAR
        for i in range(min(edits, length) + 1):
            rows[1 + edits + i] = i
        for term in range(first, last):
            offset, stop = offsets[term], offsets[term + 1]
            possible: cython.bint = stop - offset >= length - edits
            depth: cython.longlong = 0
            while possible and offset < stop:
                if depth >= length + edits:
                    possible = False
                    break
                character: cython.uint = text[offset]
                i = _character_size(text[offset])
                if i > 1:
                    character &= 0xFF >> (i + 1)
                offset += 1
                while i > 1:
                    character = (character << 6) | (text[offset] & 0x3F)
                    offset += 1
                    i -= 1
                depth += 1
                if depth <= valid_depth and characters[depth - 1] == character:
                    possible = depth < dead_depth
                    continue
                characters[depth - 1] = character
                valid_depth, dead_depth = depth, _FAR
                row_min = previous_min = _FAR
                for i in range(max(0, edits - depth), min(2 * edits, length - depth + edits) + 1):
                    column: cython.longlong = depth - edits + i
                    cell: cython.longlong = depth * width + 1 + i
                    cost: cython.longlong = rows[cell - width + 1] + 1
                    cost = min(cost, rows[cell - 1] + 1)
                    if column:
                        cost = min(cost, rows[cell - width] + (word[column - 1] != character))
                    if (
                        depth > 1
                        and column > 1
                        and word[column - 2] == character
                        and word[column - 1] == characters[depth - 2]
                    ):
                        cost = min(cost, rows[cell - 2 * width] + 1)
                    rows[cell] = cost
                    row_min = min(row_min, cost)
                for i in range(1, width - 1):
                    previous_min = min(previous_min, rows[(depth - 1) * width + i])
                if row_min > edits and previous_min >= edits:
                    dead_depth = depth
                    possible = False
            column = length - depth + edits
            if possible and 0 <= column <= 2 * edits and rows[depth * width + 1 + column] <= edits:
                out[written] = term
                written += 1
    return written
