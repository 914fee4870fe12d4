"""What a segment is built of: chunks of texts, lists of postings made of tokens, lists merged.

Texts are cut into chunks, and each distinct chunk numbered by a hash table over bytes: they are
bytes in this order: the end of a text, a blank, the marks of `'` to `/`, letters. A chunk goes from
a letter to a letter; within are letters and marks, but no two hyphens in a row.

The tokens of a field become postings lists by counting: first how many, then in place. So are the
lists of segments merged: live documents only, under their new doc ids.
"""

from __future__ import annotations

import cython

__all__ = [
    "count_live",
    "count_postings",
    "expand_chunks",
    "fill_postings",
    "measure_texts",
    "number_chunks",
    "place_live",
]

_END = cython.declare(cython.uchar, 0x00)
_BLANK = cython.declare(cython.uchar, 0x20)
_HYPHEN = cython.declare(cython.uchar, 0x2D)
_LETTER = cython.declare(cython.uchar, 0x30)  # the first


def number_chunks(
    data: cython.const[cython.uchar][::1],
    state: cython.longlong[::1],
    table: cython.longlong[::1],
    seed: cython.ulonglong,
    slots: cython.uint[::1],
    known: cython.uchar[::1],
    chunks: cython.uint[::1],
    counts: cython.longlong[::1],
) -> None:
    """Number the chunks of a piece of texts, and count the chunks of each text.

    Chunks are numbered from 1 as they come. Where half of the slots are taken, reading stops before
    the next new chunk, and goes on from there with more slots.

    Args:
        data: the texts, an end after each; a blank or an end comes last
        state: the byte of `data` to go on from, how many chunks and texts are written, and how many
            chunks of a text that has not ended; changed
        table: how many distinct chunks there are, and how many bytes `known` has of them; changed
        seed: of the hash; a secret, lest texts be made whose chunks all meet in one slot
        slots: a hash table of open addressing: a chunk's number, 0 for none, and where it is in
            `known`, two numbers a slot; of a length that is a power of 2; changed
        known: the distinct chunks, a blank after each, and room for as much as `data`; changed
        chunks: to take the number of each chunk
        counts: to take how many chunks each text has
    """
    size: cython.size_t = data.shape[0]
    offset: cython.size_t = state[0]
    written: cython.size_t = state[1]
    text: cython.size_t = state[2]
    count: cython.longlong = state[3]
    distinct: cython.uint = table[0]
    used: cython.size_t = table[1]
    limit: cython.uint = slots.shape[0] // 4
    mask: cython.size_t = slots.shape[0] - 1
    factor: cython.ulonglong = seed | 1
    start: cython.size_t
    end: cython.size_t
    mixed: cython.ulonglong
    hashed: cython.ulonglong
    with cython.nogil:
        while offset < size:
            byte: cython.uchar = data[offset]
            if byte < _LETTER:
                offset += 1
                if byte == _END:
                    counts[text] = count
                    text += 1
                    count = 0
                continue
            start = end = offset
            mixed = hashed = seed
            while byte > _BLANK:
                offset += 1
                mixed = cython.cast(cython.ulonglong, (mixed ^ byte) * factor)
                if byte >= _LETTER:
                    end = offset
                    hashed = mixed
                elif byte == _HYPHEN and data[offset] == _HYPHEN:
                    break
                byte = data[offset]
            slot: cython.size_t = (hashed >> 31) & mask & ~1
            while slots[slot] != 0:
                stored: cython.size_t = slots[slot + 1]
                index: cython.size_t = start
                while index < end and known[stored] == data[index]:
                    stored += 1
                    index += 1
                if index == end and known[stored] == _BLANK:
                    break
                slot = (slot + 2) & mask
            if slots[slot] == 0:
                if distinct == limit:
                    offset = start
                    break
                distinct += 1
                slots[slot] = distinct
                slots[slot + 1] = used
                for index in range(start, end):
                    known[used] = data[index]
                    used += 1
                known[used] = _BLANK
                used += 1
            chunks[written] = slots[slot]
            written += 1
            count += 1
    state[0] = offset
    state[1] = written
    state[2] = text
    state[3] = count
    table[0] = distinct
    table[1] = used


def measure_texts(
    chunks: cython.const[cython.uint][::1],
    counts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.uint][::1],
    tokens: cython.longlong[::1],
    compounds: cython.longlong[::1],
) -> None:
    """Write how many tokens and compounds each text has.

    Args:
        chunks: the number of each chunk
        counts: how many chunks each text has
        ends: of what chunks stand for, one after the other; for chunk i they are tokens from
            `ends[2 * i - 1]` to `ends[2 * i]`, and compounds from there to `ends[2 * i + 1]`
        tokens, compounds: to take how many each text has
    """
    text: cython.Py_ssize_t
    at: cython.size_t = 0
    end: cython.size_t = 0
    with cython.nogil:
        for text in range(counts.shape[0]):
            end += counts[text]
            tokens[text] = compounds[text] = 0
            while at < end:
                entry: cython.size_t = 2 * chunks[at]
                tokens[text] += ends[entry] - ends[entry - 1]
                compounds[text] += ends[entry + 1] - ends[entry]
                at += 1


def expand_chunks(
    chunks: cython.const[cython.uint][::1],
    ends: cython.const[cython.uint][::1],
    numbers: cython.const[cython.uint][::1],
    new_of: cython.uint[::1],
    old_of: cython.uint[::1],
    count: cython.longlong,
    tokens: cython.uint[::1],
    compounds: cython.uint[::1],
) -> int:
    """Replace chunks by tokens and compounds; return the highest number of a token.

    Tokens are renumbered from 1 in order of first use; 0 stays 0.

    Args:
        chunks: the number of each chunk
        ends, numbers: what each chunk stands for, as in `measure_texts`
        new_of: the new number of each number, 0 for none yet; changed
        old_of: the number of each new number; changed
        count: how many numbers were used before
        tokens: to take the new number of each token
        compounds: to take the number of each compound
    """
    at: cython.Py_ssize_t
    place: cython.size_t
    token: cython.size_t = 0
    compound: cython.size_t = 0
    with cython.nogil:
        for at in range(chunks.shape[0]):
            entry: cython.size_t = 2 * chunks[at]
            for place in range(ends[entry - 1], ends[entry]):
                number: cython.uint = numbers[place]
                if number != 0 and new_of[number] == 0:
                    count += 1
                    new_of[number] = count
                    old_of[count] = number
                tokens[token] = new_of[number]
                token += 1
            for place in range(ends[entry], ends[entry + 1]):
                compounds[compound] = numbers[place]
                compound += 1
    return count


def count_postings(
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
    with cython.nogil:
        for i in range(sizes.shape[0]):
            lengths[i] = 0
            for k in range(at, at + sizes[i]):
                word: cython.longlong = tokens[k]
                if word:
                    term: cython.longlong = term_of[word]
                    words[word] += 1
                    lengths[i] += 1
                    if last[term] != doc + i:
                        last[term] = doc + i
                        postings[term] += 1
            at += sizes[i]


def fill_postings(
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
    none: cython.longlong = rows.shape[0]
    with cython.nogil:
        for i in range(tokens.shape[0]):
            while position >= sizes[doc]:
                doc += 1
                position = 0
            row: cython.longlong = row_of[tokens[i]]
            if row != none:
                at: cython.longlong = rows[row, 1]
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


def place_live(
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
    i: cython.longlong
    k: cython.longlong
    first: cython.longlong = 0
    end: cython.longlong = 0
    analysed: cython.bint = freqs.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            row: cython.longlong = rows[term]
            for i in range(first, first + counts[term]):
                doc: cython.longlong = renumbered[docs[i]]
                start: cython.longlong = end
                if analysed:
                    end += freqs[i]
                if doc < 0:
                    continue
                new_docs[posting[row]] = doc
                if analysed:
                    new_freqs[posting[row]] = freqs[i]
                    at: cython.longlong = occurrence[row]
                    for k in range(start, end):
                        new_positions[at] = positions[k]
                        new_forms[at] = new_form[first_form[term] + forms[k]]
                        at += 1
                    occurrence[row] = at
                posting[row] += 1
            first += counts[term]
