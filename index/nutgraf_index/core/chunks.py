"""Texts cut into chunks, and each distinct chunk numbered: a hash table over bytes.

Texts are bytes in this order: the end of a text, a blank, the marks of `'` to `/`, letters. A chunk
goes from a letter to a letter; within are letters and marks, but no two hyphens in a row.
"""

from __future__ import annotations

import cython

__all__ = ["expand", "measure", "number"]

_END = cython.declare(cython.uchar, 0x00)
_BLANK = cython.declare(cython.uchar, 0x20)
_HYPHEN = cython.declare(cython.uchar, 0x2D)
_LETTER = cython.declare(cython.uchar, 0x30)  # the first


def number(
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
    stored: cython.size_t
    index: cython.size_t
    slot: cython.size_t
    byte: cython.uchar
    mixed: cython.ulonglong
    hashed: cython.ulonglong
    with cython.nogil:
        while offset < size:
            byte = data[offset]
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
            slot = (hashed >> 31) & mask & ~1
            while slots[slot] != 0:
                stored = slots[slot + 1]
                index = start
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


def measure(
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
    entry: cython.size_t
    with cython.nogil:
        for text in range(counts.shape[0]):
            end += counts[text]
            tokens[text] = compounds[text] = 0
            while at < end:
                entry = 2 * chunks[at]
                tokens[text] += ends[entry] - ends[entry - 1]
                compounds[text] += ends[entry + 1] - ends[entry]
                at += 1


def expand(
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
        ends, numbers: what each chunk stands for, as in `measure`
        new_of: the new number of each number, 0 for none yet; changed
        old_of: the number of each new number; changed
        count: how many numbers were used before
        tokens: to take the new number of each token
        compounds: to take the number of each compound
    """
    at: cython.Py_ssize_t
    entry: cython.size_t
    place: cython.size_t
    token: cython.size_t = 0
    compound: cython.size_t = 0
    number: cython.uint
    with cython.nogil:
        for at in range(chunks.shape[0]):
            entry = 2 * chunks[at]
            for place in range(ends[entry - 1], ends[entry]):
                number = numbers[place]
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
