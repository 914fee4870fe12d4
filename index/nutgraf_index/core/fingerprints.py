"""The fingerprints of texts: the least hashes of their runs of words, and a hash of the whole."""

from __future__ import annotations

import cython

__all__ = ["fingerprints"]

_FACTOR = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)  # odd, without a pattern
_MIXER = cython.declare(cython.ulonglong, 0xD6E8_FEB8_6659_FD93)
_LOW = cython.declare(cython.ulonglong, 0xFFFF_FFFF)


def fingerprints(
    tokens: cython.const[cython.uint][::1],
    lengths: cython.const[cython.longlong][::1],
    hashes: cython.const[cython.uint][::1],
    run: cython.longlong,
    bits: cython.longlong,
    prints: cython.ulonglong[::1],
) -> None:
    """Compute one 64-bit MinHash fingerprint per text; 0 for a text without words.

    From the highest: the low bits of the least of two hashes of all runs of words, then bits of the
    sum of all. A text of fewer words than a run has is one run.

    Args:
        tokens: the word of each token
        lengths: how many tokens each text has
        hashes: the hash of each word
        run: how many words are hashed together
        bits: how many there are of each least hash
        prints: to take the fingerprint of each text
    """
    text: cython.Py_ssize_t
    at: cython.Py_ssize_t
    _at: cython.Py_ssize_t
    first: cython.Py_ssize_t = 0
    end: cython.Py_ssize_t
    leaving: cython.ulonglong = 1  # the factor of the word that leaves a run
    words: cython.ulonglong
    mixed: cython.ulonglong
    least: cython.ulonglong
    other: cython.ulonglong
    whole: cython.ulonglong
    mask: cython.ulonglong = (cython.cast(cython.ulonglong, 1) << bits) - 1
    with cython.nogil:
        for _at in range(run):
            leaving = cython.cast(cython.ulonglong, leaving * _FACTOR)
        for text in range(lengths.shape[0]):
            end = first + lengths[text]
            words = whole = 0
            least = other = _LOW
            for at in range(first, end):
                words = cython.cast(cython.ulonglong, words * _FACTOR + hashes[tokens[at]])
                if at >= first + run:
                    mixed = hashes[tokens[at - run]]
                    words = cython.cast(cython.ulonglong, words - mixed * leaving)
                elif at + 1 < first + run and at + 1 < end:
                    continue
                mixed = words ^ (words >> 32)
                mixed = cython.cast(cython.ulonglong, mixed * _MIXER)
                mixed ^= mixed >> 32
                least = min(least, mixed >> 32)
                other = min(other, mixed & _LOW)
                whole = cython.cast(cython.ulonglong, whole + mixed)
            if first < end:
                # The low bits of the least hashes: the high ones are small for all.
                whole = cython.cast(cython.ulonglong, whole * _MIXER)
                least = ((least & mask) << bits) | (other & mask)
                least = cython.cast(cython.ulonglong, least << (64 - 2 * bits))
                prints[text] = least | (whole >> (2 * bits))
            else:
                prints[text] = 0
            first = end
