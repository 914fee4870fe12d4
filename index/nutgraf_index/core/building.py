"""Loops that build a segment: lines, traits and chunks of texts, postings, and merged segments.

Texts are cut into chunks, and each distinct chunk is numbered by a hash table. A text is given as
bytes: 0 ends the text, 0x20 is a blank, 0x27 to 0x2F are the marks from `'` to `/`, and bytes from
0x30 on are letters. A chunk begins and ends with a letter; between are letters and marks, but no
two hyphens in a row.

The tokens of a field are inverted by a counting sort: one pass counts the postings of each term, a
second writes them to their final index. Postings of segments are merged in the same two passes;
only live documents are copied, with their new doc ids.

The traits of texts are numbers by which a splitter tells most blocks of an article. It tells the
blocks by measures of the lines of a text, and by what the runs between blank lines are. Such a text
is UTF-8 whose only line break is the byte 0x0A.
"""

from __future__ import annotations

import cython

__all__ = [
    "count_live",
    "count_postings",
    "describe_texts",
    "expand_chunks",
    "fill_live",
    "fill_postings",
    "judge_runs",
    "mark_likely",
    "measure_lines",
    "measure_texts",
    "number_chunks",
]

_OPENS = cython.declare(cython.uint, 1 << 31)
_CLOSES = cython.declare(cython.uint, 1 << 30)
_RARE = cython.declare(cython.uint, 1 << 29)
_INITIAL = cython.declare(cython.uint, 1 << 28)
_CLOSER = cython.declare(cython.uint, 1 << 27)
_BREAK = cython.declare(cython.uint, 1 << 26)
_ALNUM = cython.declare(cython.uint, 1 << 3)
_FACTOR = cython.declare(cython.ulonglong, 0x9E37_79B9_7F4A_7C15)
_LOW = cython.declare(cython.ulonglong, 0xFFFF_FFFF)
_SPACE = cython.declare(cython.uint, 1)
_SMALL = cython.declare(cython.uint, 2)
_CAPITAL = cython.declare(cython.uint, 4)
_DIGIT = cython.declare(cython.uint, 8)
_CASED = cython.declare(cython.uint, 16)  # small letters, and those in title case
_OPEN = cython.declare(cython.uint, 32)
_COLON = cython.declare(cython.uint, 64)
_TELLING = cython.declare(cython.uint, 1 << 15)
_LINE_BLANK = cython.declare(cython.uint, 1 << 27)
_CELLS = cython.declare(cython.uint, 1 << 28)
_FIELD = cython.declare(cython.uint, 1 << 29)
_ADDRESS = cython.declare(cython.uint, 1 << 30)
_CAPITALS = cython.declare(cython.uint, 1 << 31)
_END = cython.declare(cython.uchar, 0x00)
_BLANK = cython.declare(cython.uchar, 0x20)
_HYPHEN = cython.declare(cython.uchar, 0x2D)
_LETTER = cython.declare(cython.uchar, 0x30)  # the first letter


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _character_size(byte: cython.size_t) -> cython.size_t:
    """Return the number of bytes of the UTF-8 character whose first byte is given."""
    if byte < 0x80:
        return 1
    if byte < 0xE0:
        return 2
    return 3 if byte < 0xF0 else 4


@cython.cfunc
@cython.nogil
def _hash(
    data: cython.const[cython.uchar][::1],
    start: cython.size_t,
    end: cython.size_t,
    last: cython.size_t,
) -> cython.longlong:
    """Return a number below 2**18 for at most eight bytes, which end before `last`."""
    packed: cython.ulonglong = 0
    place: cython.size_t
    for place in range(start, end if end < last else last):
        packed = (packed << 8) | data[place]
    return cython.cast(cython.ulonglong, packed * _FACTOR) >> 46


@cython.cfunc
@cython.nogil
def _code_point(data: cython.const[cython.uchar][::1], cursor: cython.size_t) -> cython.longlong:
    """Return the code point of a character of several bytes, the first of which is before."""
    width: cython.longlong = _character_size(data[cursor - 1]) - 1
    code: cython.longlong = data[cursor - 1] & (0x3F >> width)
    byte: cython.longlong
    for byte in range(width):
        code = (code << 6) | (data[cursor + byte] & 0x3F)
    return code


@cython.cfunc
@cython.nogil
def _code_at(data: cython.const[cython.uchar][::1], cursor: cython.size_t) -> cython.longlong:
    """Return the code point of the character that begins at an offset."""
    if data[cursor] < 0x80:
        return data[cursor]
    return _code_point(data, cursor + 1)


@cython.cfunc
@cython.nogil
def _after(
    data: cython.const[cython.uchar][::1], cursor: cython.size_t, count: cython.longlong
) -> cython.longlong:
    """Return the offset after so many characters, from an offset on."""
    while count > 0:
        cursor += _character_size(data[cursor])
        count -= 1
    return cursor


@cython.cfunc
@cython.nogil
def _start_before(
    data: cython.const[cython.uchar][::1], start: cython.size_t, cursor: cython.size_t
) -> cython.longlong:
    """Return the offset of the character before an offset beyond `start`."""
    cursor -= 1
    while cursor > start and data[cursor] & 0xC0 == 0x80:
        cursor -= 1
    return cursor


@cython.cfunc
@cython.inline
@cython.nogil
@cython.exceptval(check=False)
def _is_stop(code: cython.size_t) -> cython.bint:
    """Return whether a character is one of the marks that end a sentence: a full stop, ? or !."""
    return code == 0x2E or code == 0x3F or code == 0x21


@cython.cfunc
@cython.nogil
@cython.exceptval(check=True)
def _names(
    data: cython.const[cython.uchar][::1],
    table: cython.const[cython.uint][::1],
    cursor: cython.size_t,
    limit: cython.longlong,
) -> cython.uint:
    """Return the bit of initials if the second or third word of a text begins as a name."""
    beyond: cython.size_t = table.shape[0] - 1
    code: cython.size_t
    bits: cython.uint
    words: cython.int = 0
    before: cython.uint = 1  # 1 if white space, or nothing, stands before
    while limit > 0 and words < 3:
        code = _code_at(data, cursor)
        cursor += _character_size(data[cursor])
        bits = table[code if code < beyond else beyond]
        if before & ~bits:
            words += 1
            if words > 1 and bits & _INITIAL:
                return _INITIAL
        before = bits & 1
        limit -= 1
    return 0


@cython.cfunc
@cython.nogil
def _ends_sentence(
    data: cython.const[cython.uchar][::1],
    table: cython.const[cython.uint][::1],
    start: cython.size_t,
    cursor: cython.size_t,
) -> cython.int:
    """Return whether a sentence ends before an offset, by the last word of a text from `start` on.

    The word has five characters at least, or no capital in it, and is not "vs". Of characters
    beyond the table nothing is known: it may end one.
    """
    place: cython.size_t = cursor
    code: cython.size_t = 0
    beyond: cython.size_t = table.shape[0] - 1
    count: cython.int = 0
    is_word: cython.bint
    is_apostrophe: cython.bint
    is_small: cython.bint = True  # no capital and no apostrophe is in the word so far
    while place > start:
        place = _start_before(data, start, place)
        code = _code_at(data, place)
        if not (code == 0x22 or code == 0x27 or code == 0x29 or code == 0x2019 or code == 0x201D):
            break
    if not _is_stop(code):
        return False
    while place > start:
        place = _start_before(data, start, place)
        code = _code_at(data, place)
        if code >= beyond:
            return True
        is_apostrophe = code == 0x27 or code == 0x2019
        is_word = table[code] & _ALNUM != 0 or code == 0x5F
        if not (is_word or is_apostrophe):
            if code == 0x2E:
                return False
            place += _character_size(data[place])
            break
        if is_apostrophe or code == 0x5F or 0x41 <= code <= 0x5A:
            is_small = False
        count += 1
        if count == 5:
            return True
    if not is_small or count == 0:
        return False
    return not (data[place] == 0x76 and (count == 1 or (count == 2 and data[place + 1] == 0x73)))


def describe_texts(
    data: cython.const[cython.uchar][::1],
    sizes: cython.const[cython.uint][::1],
    table: cython.const[cython.uint][::1],
    likely: cython.const[cython.uchar][::1],
    rules: cython.const[cython.uint][::1],
    seen: cython.longlong,
    rows: cython.uint[::1],
) -> None:
    """Write the traits of each text: what its characters are, how many words it has, its classes.

    Raises `IndexError` if the texts have more characters than `data`.

    Args:
        data: the texts one after the other, in UTF-8; surrogates are encoded like other characters
        sizes: the number of characters of each text
        table: the bits of each character by its code point; the last is that of all beyond. The
            lowest bit means white space, the next one a small letter, the fourth one a letter or
            number. The third highest means a rare character, the fourth highest one that a name
            begins with, the fifth highest one that closes what stands before it, such as a
            quotation mark, the sixth highest one that may end a sentence, or close it
        likely: a table of `mark_likely`. Of the bits of the characters seen, the highest is set if
            the first 7, 4 or 3 bytes of a text are marked there with bit 0, 1 or 2; the second
            highest if its last 5 bytes are marked with bit 3; the third highest if 5 bytes that end
            with a rare character are marked with bit 4. Of a shorter text all bytes count. The
            fourth highest is set if the second or third word begins as a name, the sixth highest if
            a sentence ends within: a word of five characters or without a capital, a mark, and
            white space before a character that a name begins with
        rules: 14 numbers per rule. The first one has the bits of a class, which a text has if all
            other numbers hold: the least and the greatest size, the least numbers of words and of
            words with a small first letter, bits of which the first character has one and bits of
            which it has none, bits of which the last character has one, the same two of the last
            one that closes nothing, and of the characters seen, the greatest number of words with
            a small first letter, and one by the least share of these. Of no bits every text has
            one, and 0 is no share
        seen: the number of characters at the beginning of a text that are described
        rows: six rows one after the other, with a number per text: the bits of its first character,
            of its last character, and of any of the characters seen, the numbers of words and of
            words with a small first letter that begin among these, and its classes; 0 in all for an
            empty text. A last number in each row has the bits, or the sum, of all texts. Output
    """
    index: cython.Py_ssize_t
    rule: cython.Py_ssize_t
    size: cython.longlong
    limit: cython.longlong
    cursor: cython.size_t = 0
    start: cython.size_t
    stop: cython.size_t
    end: cython.size_t
    last: cython.size_t
    total: cython.longlong = 0
    code: cython.size_t
    bits: cython.uint
    first: cython.uint
    closed: cython.uint  # the bits of the last character that closes nothing
    found: cython.uint
    signs: cython.uint
    words: cython.uint
    small_words: cython.uint
    classes: cython.uint
    # The loop is fast if few numbers change in it, so that they stay in registers, and if it has no
    # branch that depends on where words end, which no processor foresees.
    counts: cython.ulonglong  # words, and above 32 bits those that begin with a small letter
    begins: cython.ulonglong
    # The bits of space and break of the character before; 2 if a sentence ends where a name begins,
    # 4 if a quotation mark stands between.
    state: cython.uint
    is_next: cython.bint
    is_opening: cython.bint
    is_ended: cython.bint  # whether a sentence ends within
    is_spaced: cython.bint  # whether a mark stands before a blank or at the end of a line
    beyond: cython.size_t = table.shape[0] - 1
    union: cython.Py_ssize_t = sizes.shape[0]
    count: cython.Py_ssize_t = union + 1
    with cython.nogil:
        for index in range(sizes.shape[0]):
            total += sizes[index]
        plain: cython.bint = total == data.shape[0]  # a byte a character
        for index in range(sizes.shape[0]):
            size = sizes[index]
            limit = size if size < seen else seen
            start = cursor
            signs = bits = first = found = closed = classes = 0
            counts = 0
            state = 1
            is_spaced = is_ended = False
            if size > 0:
                code = _code_at(data, cursor)
                first = table[code if code < beyond else beyond]
                found = _names(data, table, cursor, limit)
            stop = start + limit if plain else _after(data, start, limit)
            while cursor < stop:
                code = data[cursor]
                cursor += 1
                if code >= 0x80:
                    code = _code_point(data, cursor)
                    cursor += _character_size(data[cursor - 1]) - 1
                    if code > beyond:
                        code = beyond
                bits = table[code]
                signs |= bits
                begins = state & ~bits & 1
                counts += begins | ((begins & (bits >> 1)) << 32)
                if state > 1:
                    if state & _BREAK and bits & 1:
                        code = data[cursor - 2]
                        if data[cursor - 1] == 0x20:
                            is_spaced = is_spaced or code != 0x29
                        elif data[cursor - 1] == 0x0A:
                            is_spaced = is_spaced or _is_stop(code)
                        is_next = not is_ended and _ends_sentence(data, table, start, cursor - 1)
                        state = 2 if is_next else 0
                    elif bits & 1:
                        state &= 2
                    elif state & 6 and bits & _INITIAL:
                        is_ended = True
                        state = 0
                    else:
                        is_opening = code == 0x22 or code == 0x27 or code == 0x28
                        is_opening = is_opening or code == 0x2018 or code == 0x201C
                        state = 4 if is_opening and state & 2 else 0
                    state |= bits & (_BREAK | 1)
                else:
                    state = bits & (_BREAK | 1)
                if (
                    bits & _RARE
                    and cursor - start > 4
                    and likely[_hash(data, cursor - 5, cursor, cursor)] & 16
                ):
                    found |= _RARE
            words = counts & _LOW
            small_words = counts >> 32
            if is_ended and is_spaced:
                found |= _BREAK
            cursor = start + size if plain else _after(data, cursor, size - limit)
            end = cursor
            closed = _CLOSER if size > 0 else 0
            while end > start and closed & _CLOSER:
                last = end
                end -= 1
                while not plain and end > start and data[end] & 0xC0 == 0x80:
                    end -= 1
                code = data[end]
                if code >= 0x80 and not plain:
                    code = _code_point(data, end + 1)
                closed = table[code if code < beyond else beyond]
                if last == cursor:
                    bits = closed
            signs = (signs & ~(_RARE | _INITIAL | _BREAK)) | found
            if size > 0:
                if (
                    likely[_hash(data, start, start + 7, cursor)] & 1
                    or likely[_hash(data, start, start + 4, cursor)] & 2
                    or likely[_hash(data, start, start + 3, cursor)] & 4
                ):
                    signs |= _OPENS
                end = cursor - 5 if cursor - start > 5 else start
                if likely[_hash(data, end, cursor, cursor)] & 8:
                    signs |= _CLOSES
                for rule in range(0, rules.shape[0] - 13, 14):
                    if (
                        rules[rule] & ~classes
                        and rules[rule + 1] <= size <= rules[rule + 2]
                        and (rules[rule + 7] == 0 or bits & rules[rule + 7])
                        and (rules[rule + 8] == 0 or closed & rules[rule + 8])
                        and words >= rules[rule + 3]
                        and small_words >= rules[rule + 4]
                        and (rules[rule + 5] == 0 or first & rules[rule + 5])
                        and not first & rules[rule + 6]
                        and not closed & rules[rule + 9]
                        and (rules[rule + 10] == 0 or signs & rules[rule + 10])
                        and not signs & rules[rule + 11]
                        and small_words <= rules[rule + 12]
                        and (rules[rule + 13] == 0 or small_words * rules[rule + 13] >= words)
                    ):
                        classes |= rules[rule]
            rows[index] = first
            rows[count + index] = bits
            rows[2 * count + index] = signs
            rows[3 * count + index] = words
            rows[4 * count + index] = small_words
            rows[5 * count + index] = classes
            rows[union] |= first
            rows[count + union] |= bits
            rows[2 * count + union] |= signs
            rows[3 * count + union] += words
            rows[4 * count + union] += small_words
            rows[5 * count + union] |= classes


def mark_likely(
    data: cython.const[cython.uchar][::1],
    offsets: cython.const[cython.uint][::1],
    bit: cython.uchar,
    likely: cython.uchar[::1],
) -> None:
    """Set a bit for the hash of each of some pieces of text; see `describe_texts`.

    Args:
        data: the pieces, of at most eight bytes each
        offsets: where each begins, and the end of the last
        bit: the bit
        likely: 2**18 bytes; in and out
    """
    index: cython.Py_ssize_t
    with cython.nogil:
        for index in range(offsets.shape[0] - 1):
            likely[_hash(data, offsets[index], offsets[index + 1], offsets[index + 1])] |= bit


@cython.cfunc
@cython.nogil
@cython.exceptval(check=True)
def _details(
    data: cython.const[cython.uchar][::1],
    start: cython.size_t,
    end: cython.size_t,
    longest_field: cython.longlong,
    blanks: cython.longlong,
) -> cython.uint:
    """Return the bits of a text with so many blanks that has cells or a field, or is an address."""
    place: cython.size_t
    byte: cython.uchar
    before: cython.uchar = 0
    last_but_one: cython.uchar = 0
    column: cython.longlong = 0
    row: cython.int = 0  # blanks one after the other
    letters: cython.int = 0  # of "www."
    may_have_field: cython.bint = True
    found: cython.uint = 0
    for place in range(start, end):
        byte = data[place]
        if byte == 0x20:
            row += 1
            if row == 3:
                found |= _CELLS
            if before == 0x3A and may_have_field:
                may_have_field = False
                if 1 < column < longest_field:
                    found |= _FIELD
        else:
            row = 0
            if byte == 0x09:
                found |= _CELLS
            elif blanks == 0:
                if byte == 0x40:
                    if place > start and place + 1 < end:
                        found |= _ADDRESS
                elif byte == 0x2F:
                    if before == 0x2F and last_but_one == 0x3A:
                        found |= _ADDRESS
                elif column == letters and byte == (0x77 if letters < 3 else 0x2E):
                    letters += 1
                    if letters == 4:
                        found |= _ADDRESS
        last_but_one = before
        before = byte
        if byte & 0xC0 != 0x80:
            column += 1
    return found


def measure_lines(
    data: cython.const[cython.uchar][::1],
    table: cython.const[cython.uint][::1],
    longest_field: cython.longlong,
    rows: cython.uint[::1],
) -> bool:
    """Write the measures of each line of a text; return whether a character is beyond the table.

    The text of a line is what is left of it without white space at both ends. Raises `IndexError`
    if `rows` has no room.

    Args:
        data: the text
        table: the bits of each character by its code point; the last is that of all beyond. Bits 0
            to 6 mean white space, a small letter, a capital, a digit, a letter that no word in
            capitals has, a mark that no entry of a menu ends with, and a colon, bit 15 a tab or a
            mark of fields and addresses
        longest_field: characters of the text of a line in which the name of a field and ": " stand
        rows: eight rows one after the other with a number per line: its offset in characters; the
            number of characters before its text; of these and its text; of its text before its
            first blank, or of all without one; the bits of its first and of its last character, and
            of all its characters but white space, and the number of blanks in it. 0 but for the
            first one if it has no text. Of the bits of all, the highest is set if the text has
            capitals, and no other letters with case; the second highest if it is an address; the
            third highest if it begins with a field; the fourth highest if a tab or three blanks are
            in it, the fifth highest if a blank is. Output
    """
    size: cython.size_t = data.shape[0]
    cursor: cython.size_t = 0
    start: cython.size_t = 0  # of the line
    first: cython.size_t  # of the text
    end: cython.size_t  # of the text
    last: cython.size_t
    beyond: cython.longlong = table.shape[0] - 1
    count: cython.Py_ssize_t = rows.shape[0] // 8
    line: cython.Py_ssize_t = 0
    byte: cython.uchar
    code: cython.longlong
    bits: cython.uint
    offset: cython.longlong = 0
    column: cython.longlong
    indent: cython.longlong
    width: cython.longlong
    opening: cython.longlong
    head: cython.uint
    tail: cython.uint
    signs: cython.uint
    blanks: cython.longlong
    more: cython.longlong
    is_blank: cython.uint
    row: cython.uint  # a bit for each of the last characters, if it is a blank
    wide: cython.uint  # whether there may be cells: a tab, or three blanks one after the other
    is_plain: cython.bint
    has_unknown: cython.bint = False
    with cython.nogil:
        while start <= size:
            signs = head = tail = row = wide = 0
            indent = width = opening = blanks = more = 0
            cursor = start
            while cursor < size:
                byte = data[cursor]
                if byte == 0x0A or byte >= 0x80:
                    break
                signs |= table[byte]
                is_blank = byte == 0x20
                blanks += is_blank
                row = (row << 1 | is_blank) & 7
                wide |= row == 7
                cursor += 1
            is_plain = cursor >= size or data[cursor] == 0x0A
            first = start
            end = cursor
            column = cursor - start
            if is_plain:  # a byte a character
                while first < end and table[data[first]] & _SPACE:
                    blanks -= data[first] == 0x20
                    first += 1
                while end > first and table[data[end - 1]] & _SPACE:
                    blanks -= data[end - 1] == 0x20
                    end -= 1
                if first < end:
                    indent = first - start
                    width = end - start
                    head = table[data[first]]
                    tail = table[data[end - 1]]
                    opening = end - first
                    if blanks > 0:
                        last = first
                        while data[last] != 0x20:
                            last += 1
                        opening = last - first
            else:
                signs = 0
                blanks = column = 0
                cursor = start
                row = wide = 0
                while cursor < size and data[cursor] != 0x0A:
                    last = cursor
                    code = _code_at(data, cursor)
                    cursor += _character_size(data[cursor])
                    if code >= beyond:
                        code = beyond
                        has_unknown = True
                    bits = table[code]
                    is_blank = code == 0x20
                    row = (row << 1 | is_blank) & 7
                    wide |= row == 7
                    if not bits & _SPACE:
                        if width == 0:
                            indent = column
                            first = last
                            head = bits
                        blanks += more
                        more = 0
                        signs |= bits
                        tail = bits
                        end = cursor
                        width = column + 1
                        if blanks == 0:
                            opening = width - indent
                    elif width > 0:
                        more += is_blank
                        wide |= code == 0x09
                    column += 1
            if width > 0:
                signs &= ~_SPACE
                if signs & _CAPITAL and not signs & _CASED:
                    signs |= _CAPITALS
                if wide or signs & _TELLING or data[first] == 0x77:
                    signs |= _details(data, first, end, longest_field, blanks)
                if blanks > 0:
                    signs |= _LINE_BLANK
            else:
                signs = 0
            rows[line] = offset
            rows[count + line] = indent
            rows[2 * count + line] = width
            rows[3 * count + line] = opening
            rows[4 * count + line] = head
            rows[5 * count + line] = tail
            rows[6 * count + line] = signs
            rows[7 * count + line] = blanks if width > 0 else 0
            line += 1
            offset += column + 1
            start = cursor + 1
    return has_unknown


def judge_runs(
    firsts: cython.const[cython.uint][::1],
    lasts: cython.const[cython.uint][::1],
    rows: cython.const[cython.uint][::1],
    short: cython.longlong,
    short_line: cython.longlong,
    has_width: cython.bint,
    words_in_entry: cython.longlong,
    share: cython.double,
    tables: cython.uchar[::1],
    headed: cython.uchar[::1],
) -> None:
    """Write for each run of lines whether it is a table, and which lines may be headings in it.

    Each of three or more lines of a table is an entry of a menu, a list or a table. Verse has marks
    at the ends of its lines, or more words in them. Lines that wrap have more words in them, too.
    Raises `IndexError` for lines that `rows` does not have.

    Args:
        firsts, lasts: the first and the last line of each run
        rows: those of `measure_lines`
        short: the greatest width of a line that was not filled
        short_line: the greatest width of the line above two lines that differ in their first case
        has_width: whether wrapped lines have a common width
        words_in_entry: mean of the lines of a menu
        share: least share of lines with cells, fields or figures in a table of these
        tables: 1 for each run that is a table; output
        headed: zeros, one for each line; 1 for each line, but the last of its run, that may be a
            heading: it ends with a colon, is in capitals, or has a common width to be shorter than,
            and the line below begins with no small letter. Output
    """
    count: cython.Py_ssize_t = rows.shape[0] // 8
    run: cython.Py_ssize_t
    line: cython.Py_ssize_t
    first: cython.Py_ssize_t
    last: cython.Py_ssize_t
    size: cython.longlong
    small: cython.longlong
    words: cython.longlong
    opened: cython.longlong
    cells: cython.longlong
    fields: cython.longlong
    figures: cython.longlong
    least: cython.double
    signs: cython.uint
    second: cython.uint
    third: cython.uint
    is_short: cython.bint
    is_alike: cython.bint
    has_cells: cython.bint
    has_fields: cython.bint
    with cython.nogil:
        for run in range(firsts.shape[0]):
            first = firsts[run]
            last = lasts[run]
            tables[run] = 0
            if last <= first:
                continue
            small = rows[7 * count + last]  # raises where there is no such line
            for line in range(first, last):
                if not rows[4 * count + line + 1] & _SMALL and (
                    has_width
                    or rows[6 * count + line] & _CAPITALS
                    or rows[5 * count + line] & _COLON
                ):
                    headed[line] = 1
            if last <= first + 1:
                continue
            second = rows[6 * count + first + 1]
            third = rows[6 * count + first + 2]
            if rows[2 * count + first] > short_line and (
                (rows[4 * count + first + 1] ^ rows[4 * count + first + 2]) & _SMALL
            ):
                continue
            has_cells = (second | third) & _CELLS != 0
            has_fields = second & third & _FIELD != 0
            size = last - first + 1
            least = share * size
            is_short = True
            small = words = opened = cells = fields = figures = 0
            for line in range(first, last + 1):
                signs = rows[6 * count + line]
                if rows[2 * count + line] > short:
                    is_short = False
                    if not (has_cells or has_fields):
                        break
                if rows[4 * count + line] & _SMALL and not signs & _ADDRESS:
                    small += 1
                words += rows[7 * count + line] + 1
                if rows[5 * count + line] & _OPEN:
                    opened += 1
                if signs & _CELLS:
                    cells += 1
                if signs & _FIELD:
                    fields += 1
                if signs & _DIGIT:
                    figures += 1
            if (has_cells and cells >= least) or (has_fields and fields >= least):
                tables[run] = 1
            elif is_short:
                is_alike = small == 0 or small == size
                if (
                    (is_alike or has_width)
                    and (is_alike or words < 2 * size)
                    and 5 * opened <= size
                    and (words <= words_in_entry * size or figures >= least)
                ):
                    tables[run] = 1


def number_chunks(
    data: cython.const[cython.uchar][::1],
    state: cython.longlong[::1],
    totals: cython.longlong[::1],
    seed: cython.ulonglong,
    slots: cython.uint[::1],
    distinct: cython.uchar[::1],
    chunks: cython.uint[::1],
    counts: cython.longlong[::1],
) -> None:
    """Number the chunks of texts from 1 in order of first use; count the chunks of each text.

    If half of the hash table's slots are in use, the call ends before the next new chunk. The
    caller makes a larger table, and calls again.

    Args:
        data: the texts, an end after each; the last byte is a blank or an end
        state: the byte of `data` to begin with, the numbers of chunks and of texts written, and the
            number of chunks of the unfinished text; in and out
        totals: the number of distinct chunks, and their bytes in `distinct`; in and out
        seed: the secret seed of the hash, so that no text can be made whose chunks all collide
        slots: the hash table, with linear probing: two numbers per slot, a chunk's number, or 0,
            and its offset in `distinct`; the number of slots is a power of 2; in and out
        distinct: the distinct chunks, a blank after each, and room for the bytes of `data`; in and
            out
        chunks: room for the number of each chunk; output
        counts: room for the number of chunks of each text; output
    """
    size: cython.size_t = data.shape[0]
    offset: cython.size_t = state[0]
    chunk: cython.size_t = state[1]
    text: cython.size_t = state[2]
    count: cython.longlong = state[3]
    distinct_count: cython.uint = totals[0]
    distinct_size: cython.size_t = totals[1]
    limit: cython.uint = slots.shape[0] // 4
    mask: cython.size_t = slots.shape[0] - 1
    factor: cython.ulonglong = seed | 1
    start: cython.size_t
    end: cython.size_t
    running_hash: cython.ulonglong
    chunk_hash: cython.ulonglong
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
            running_hash = chunk_hash = seed
            while byte > _BLANK:
                offset += 1
                running_hash = cython.cast(cython.ulonglong, (running_hash ^ byte) * factor)
                if byte >= _LETTER:
                    end = offset
                    chunk_hash = running_hash
                elif byte == _HYPHEN and data[offset] == _HYPHEN:
                    break
                byte = data[offset]
            slot: cython.size_t = (chunk_hash >> 31) & mask & ~1
            while slots[slot] != 0:
                distinct_offset: cython.size_t = slots[slot + 1]
                index: cython.size_t = start
                while index < end and distinct[distinct_offset] == data[index]:
                    distinct_offset += 1
                    index += 1
                if index == end and distinct[distinct_offset] == _BLANK:
                    break
                slot = (slot + 2) & mask
            if slots[slot] == 0:
                if distinct_count == limit:
                    offset = start
                    break
                distinct_count += 1
                slots[slot] = distinct_count
                slots[slot + 1] = distinct_size
                for index in range(start, end):
                    distinct[distinct_size] = data[index]
                    distinct_size += 1
                distinct[distinct_size] = _BLANK
                distinct_size += 1
            chunks[chunk] = slots[slot]
            chunk += 1
            count += 1
    state[0] = offset
    state[1] = chunk
    state[2] = text
    state[3] = count
    totals[0] = distinct_count
    totals[1] = distinct_size


def measure_texts(
    chunks: cython.const[cython.uint][::1],
    counts: cython.const[cython.longlong][::1],
    ends: cython.const[cython.uint][::1],
    tokens: cython.longlong[::1],
    compounds: cython.longlong[::1],
) -> None:
    """Write the numbers of tokens and of compounds of each text.

    Args:
        chunks: the number of each chunk
        counts: the number of chunks of each text
        ends: two offsets per chunk number into its words: the tokens of chunk c are the words
            `[ends[2 * c - 1], ends[2 * c])`, its compounds `[ends[2 * c], ends[2 * c + 1])`
        tokens, compounds: room for the numbers of each text; output
    """
    text: cython.Py_ssize_t
    index: cython.size_t = 0
    end: cython.size_t = 0
    with cython.nogil:
        for text in range(counts.shape[0]):
            end += counts[text]
            tokens[text] = compounds[text] = 0
            while index < end:
                entry: cython.size_t = 2 * chunks[index]
                tokens[text] += ends[entry] - ends[entry - 1]
                compounds[text] += ends[entry + 1] - ends[entry]
                index += 1


def expand_chunks(
    chunks: cython.const[cython.uint][::1],
    ends: cython.const[cython.uint][::1],
    words: cython.const[cython.uint][::1],
    new_of: cython.uint[::1],
    old_of: cython.uint[::1],
    count: cython.longlong,
    tokens: cython.uint[::1],
    compounds: cython.uint[::1],
) -> int:
    """Replace chunks by their tokens and compounds; return the number of distinct tokens so far.

    Tokens are renumbered from 1 in order of first use. 0, a gap, stays 0.

    Args:
        chunks: the number of each chunk
        ends, words: the words of each chunk; see `measure_texts`
        new_of: the new number of each word, or 0; in and out
        old_of: the word of each new number; in and out
        count: the number of distinct tokens before the call
        tokens: room for the new number of each token; output
        compounds: room for the word of each compound; output
    """
    index: cython.Py_ssize_t
    i: cython.size_t
    token: cython.size_t = 0
    compound: cython.size_t = 0
    with cython.nogil:
        for index in range(chunks.shape[0]):
            entry: cython.size_t = 2 * chunks[index]
            for i in range(ends[entry - 1], ends[entry]):
                word: cython.uint = words[i]
                if word != 0 and new_of[word] == 0:
                    count += 1
                    new_of[word] = count
                    old_of[count] = word
                tokens[token] = new_of[word]
                token += 1
            for i in range(ends[entry], ends[entry + 1]):
                compounds[compound] = words[i]
                compound += 1
    return count


def count_postings(
    tokens: cython.const[cython.uint][::1],
    sizes: cython.const[cython.longlong][::1],
    doc: cython.longlong,
    term_of: cython.const[cython.uint][::1],
    word_counts: cython.longlong[::1],
    last_docs: cython.longlong[::1],
    doc_freqs: cython.longlong[::1],
    lengths: cython.uint[::1],
) -> None:
    """Count the occurrences of words and the postings of terms in consecutive documents.

    Args:
        tokens: the word of each token, 0 for a gap
        sizes: the number of tokens of each document, gaps included
        doc: the first doc id
        term_of: the term of each word
        word_counts: the number of occurrences of each word, added to; in and out
        last_docs: the last doc id of each term, or -1; in and out
        doc_freqs: the number of documents with each term, added to; in and out
        lengths: room for the number of tokens of each document, without gaps; output
    """
    i: cython.longlong
    token: cython.longlong
    start: cython.longlong = 0
    with cython.nogil:
        for i in range(sizes.shape[0]):
            lengths[i] = 0
            for token in range(start, start + sizes[i]):
                word: cython.longlong = tokens[token]
                if word:
                    term: cython.longlong = term_of[word]
                    word_counts[word] += 1
                    lengths[i] += 1
                    if last_docs[term] != doc + i:
                        last_docs[term] = doc + i
                        doc_freqs[term] += 1
            start += sizes[i]


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
    """Write the postings and occurrences of a range of terms in the next tokens of a field.

    Args:
        tokens: the word of each token, 0 for a gap
        sizes: the number of tokens of each document of the segment, gaps included
        cursor: the doc id and the position of the first token; after the call, of the token after
            the last; in and out
        row_of: the row of each word's term; the number of rows if the term is not in the range
        form_of: the form of each word
        rows: for each term its last doc id, or -1, the index of its next posting, and of its next
            occurrence; in and out
        docs, freqs: room for the doc id and the frequency of each posting; output
        positions, forms: room for the position and the form of each occurrence; output
    """
    i: cython.longlong
    doc: cython.longlong = cursor[0]
    position: cython.longlong = cursor[1]
    row_count: cython.longlong = rows.shape[0]
    with cython.nogil:
        for i in range(tokens.shape[0]):
            while position >= sizes[doc]:
                doc += 1
                position = 0
            row: cython.longlong = row_of[tokens[i]]
            if row != row_count:
                index: cython.longlong = rows[row, 1]
                if rows[row, 0] == doc:
                    freqs[index - 1] += 1
                else:
                    rows[row, 0] = doc
                    docs[index] = doc
                    freqs[index] = 1
                    rows[row, 1] = index + 1
                index = rows[row, 2]
                positions[index] = position
                forms[index] = form_of[tokens[i]]
                rows[row, 2] = index + 1
            position += 1
    cursor[0] = doc
    cursor[1] = position


def count_live(
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    new_doc_ids: cython.const[cython.longlong][::1],
    rows: cython.const[cython.longlong][::1],
    postings: cython.longlong[::1],
    occurrences: cython.longlong[::1],
) -> None:
    """Count the live postings and occurrences of consecutive terms of a segment.

    Args:
        counts: the number of postings of each term
        docs: the doc id of each posting
        freqs: the frequency of each posting; empty for a field without occurrences
        new_doc_ids: the new doc id of each document, -1 if it is deleted
        rows: the row of each term in the merged segment
        postings: the number of live postings of each row, added to; in and out
        occurrences: the number of occurrences of each row, added to; in and out
    """
    term: cython.longlong
    i: cython.longlong
    first: cython.longlong = 0
    analysed: cython.bint = freqs.shape[0] > 0
    with cython.nogil:
        for term in range(counts.shape[0]):
            for i in range(first, first + counts[term]):
                if new_doc_ids[docs[i]] >= 0:
                    postings[rows[term]] += 1
                    if analysed:
                        occurrences[rows[term]] += freqs[i]
            first += counts[term]


def fill_live(
    counts: cython.const[cython.longlong][::1],
    docs: cython.const[cython.uint][::1],
    freqs: cython.const[cython.uint][::1],
    positions: cython.const[cython.uint][::1],
    forms: cython.const[cython.ushort][::1],
    new_doc_ids: cython.const[cython.longlong][::1],
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
    """Write the live postings of consecutive terms of a segment to the merged postings.

    Args:
        counts, docs, freqs: as in `count_live`
        positions, forms: the position and the form of each occurrence
        new_doc_ids, rows: as in `count_live`
        first_form: the index in `new_form` of each term's first form
        new_form: the new number of each form
        posting: the index of the next posting of each row; in and out
        occurrence: the index of the next occurrence of each row; in and out
        new_docs, new_freqs: the doc id and the frequency of each merged posting; output
        new_positions, new_forms: the position and the form of each merged occurrence; output
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
                doc: cython.longlong = new_doc_ids[docs[i]]
                start: cython.longlong = end
                if analysed:
                    end += freqs[i]
                if doc < 0:
                    continue
                new_docs[posting[row]] = doc
                if analysed:
                    new_freqs[posting[row]] = freqs[i]
                    index: cython.longlong = occurrence[row]
                    for k in range(start, end):
                        new_positions[index] = positions[k]
                        new_forms[index] = new_form[first_form[term] + forms[k]]
                        index += 1
                    occurrence[row] = index
                posting[row] += 1
            first += counts[term]
