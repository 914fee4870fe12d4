"""The words of the pages of a PDF, with their places and fonts, by pypdfium2."""

import ctypes
import math
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

__all__ = ["HYPHEN", "SOFT_HYPHEN", "Page", "PdfError", "Word", "open_pdf", "read_pages"]

HYPHEN = "\x02"  # at the end of a word: a hyphen at the end of a line, before a letter
SOFT_HYPHEN = "\xad"  # at the end of a word: a hyphen that the PDF marks as one of a broken word
_MOST_CHARACTERS = 200_000  # of a page; a page of a newspaper has 40,000
_MOST_OBJECTS = 5_000  # of a page that are searched for pictures
_SMALL_PICTURE = 30  # points: smaller ones are rules and bullets
_BLANKS = frozenset("\t\n\r \xa0\u202f\u3000").union(map(chr, range(0x2000, 0x200B)))
_LEFT_OUT = frozenset({0, 0xFEFF, 0xFFFD, *range(1, 32), *range(0x7F, 0xA0)}) - {2}
_LIGATURES = dict(enumerate(["ff", "fi", "fl", "ffi", "ffl", "st", "st"], 0xFB00))
_SOFT = {0xAD: SOFT_HYPHEN, 0xFFFE: SOFT_HYPHEN, 2: HYPHEN}
_BOLD = re.compile(
    r"bold|black|heavy|demi|(?<=l-)medi(?!um)|^(?:\w{6}\+)?(?:cm|sf|ec|lm)?s?s?bx|[-,](?:bd|b|bi)(?:mt)?\b"
)  # "medi" is the bold of free copies of Times and Helvetica, "bx" that of Computer Modern
_BOLD_WEIGHT = 600
_TWICE = 0.25  # of the font size: the same words so near each other are drawn twice
_AFTER_WORD = ".,;:!?\"'”’»)]"
_RAISED = 0.85  # of the size of a font: raised numbers are smaller
_WIDE_GAP = 0.6  # of the font size, between two characters of a word: they are two words


class PdfError(Exception):
    """A PDF that cannot be read, with the reason for a user."""


class Word(NamedTuple):
    """A run of characters without blanks. Lengths are in points, heights grow downward.

    Attributes:
        text: its characters; `HYPHEN` or `SOFT_HYPHEN` may end it.
        left, right: its horizontal ends.
        base: its baseline.
        size: the size of its font as shown.
        bold: whether its font is bold.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class Page:
    """A page of a PDF: its words in the order of the file, turned so that most of them are upright.

    Attributes:
        number: from 1.
        top, bottom: the heights of its edges.
        words: the words that are upright.
        turned: the texts that run in other directions.
        pictures: the boxes of its pictures: left, top, right, bottom.
    """

    number: int
    top: float
    bottom: float
    words: list[Word] = field(default_factory=list)
    turned: list[str] = field(default_factory=list)
    pictures: list[tuple[float, float, float, float]] = field(default_factory=list)


def open_pdf(data: bytes) -> Any:
    """Return an open document of pypdfium2. Raises `PdfError` with the reason if it cannot be."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        # PDFium leaves the code of the file before where it sets none: for no pages, for example.
        for content in (b"no PDF", data):
            pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        code = pdfium.FPDF_GetLastError()
        if code == pdfium.FPDF_ERR_PASSWORD:
            raise PdfError("encrypted: it opens with a password only") from None
        if code == pdfium.FPDF_ERR_SECURITY:
            raise PdfError("encrypted in a way that cannot be read") from None
        raise PdfError("a damaged PDF, or none") from None


def read_pages(document: Any) -> Iterator[Page]:
    """Yield the pages of a document. A page that cannot be loaded has no words."""
    import pypdfium2.raw as pdfium

    for index in range(len(document)):
        raw = pdfium.FPDF_LoadPage(document.raw, index)
        if not raw:
            yield Page(index + 1, 0, 0)
            continue
        try:
            yield _read_page(pdfium, raw, index + 1)
        finally:
            pdfium.FPDF_ClosePage(raw)


def _read_page(pdfium: Any, raw: Any, number: int) -> Page:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(raw, box)
    runs: list[tuple[float, Word]] = []
    text_page = pdfium.FPDFText_LoadPage(raw)
    if text_page:
        try:
            runs = [*_words(pdfium, text_page)]
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    angles: Counter[int] = Counter()
    for angle, word in runs:
        angles[_quarter(angle)] += len(word.text)
    main = angles.most_common(1)[0][0] if angles else 0
    turn = (-main % 4 if main >= 0 else 0) * math.pi / 2  # pdfium counts clockwise
    left, top, right, bottom = _turned_box((box.left, box.top, box.right, box.bottom), turn)
    page = Page(number, top, bottom)
    sideways: list[tuple[float, str]] = []
    drawn: dict[str, list[tuple[float, float]]] = {}
    for angle, word in runs:
        if _quarter(angle) != main:
            sideways.append((angle, word.text))
            continue
        x, y = _turned(word.left, word.base, turn)
        width = word.right - word.left
        if x < right and x + width > left and top - word.size < y < bottom + word.size:
            places = drawn.setdefault(word.text, [])
            near = _TWICE * word.size
            if any(abs(x - other) < near and abs(y - base) < near for other, base in places):
                continue  # a shadow, or a letter drawn twice to be bold
            places.append((x, y))
            page.words.append(word._replace(left=x, right=x + width, base=y))
    page.turned = _texts_of(sideways)
    page.pictures = [_turned_box(picture, turn) for picture in _pictures(pdfium, raw)]
    return page


def _quarter(angle: float) -> int:
    """Return the direction of a text in quarters of a turn; -1 if it is aslant."""
    quarters = angle / (math.pi / 2)
    return round(quarters) % 4 if abs(quarters - round(quarters)) < 0.05 else -1


def _turned(x: float, y: float, turn: float) -> tuple[float, float]:
    """Return a point after the page is turned back, with the height growing downward."""
    cos, sin = math.cos(turn), math.sin(turn)
    return x * cos + y * sin, x * sin - y * cos


def _turned_box(
    box: tuple[float, float, float, float], turn: float
) -> tuple[float, float, float, float]:
    corners = [_turned(x, y, turn) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = zip(*corners, strict=True)
    return min(across), min(down), max(across), max(down)


def _texts_of(sideways: list[tuple[float, str]]) -> list[str]:
    """Return the words that run in other directions as a text for each run of one direction."""
    texts: list[str] = []
    last = None
    for angle, word in sideways:
        if last is not None and abs(angle - last) < 0.01:
            texts[-1] += f" {word}"
        else:
            texts.append(word)
        last = angle
    return texts


def _words(pdfium: Any, text_page: Any) -> Iterator[tuple[float, Word]]:
    """Yield the words of a page in the order of the file, each with its angle.

    The places are those of the page as it is stored; `base` is the height of an upright page.
    """
    x, y = ctypes.c_double(), ctypes.c_double()
    box, matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    origin, loose = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetLooseCharBox
    unicode_of, object_of = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_GetTextObject
    matrix_of, size_of = pdfium.FPDFText_GetMatrix, pdfium.FPDFText_GetFontSize
    angle_of, address_of = pdfium.FPDFText_GetCharAngle, ctypes.addressof
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)
    last_object, size, bold, angle = None, 0.0, False, 0.0
    fonts: dict[int, bool] = {}
    text = ""
    start_x = start_y = end_x = end_y = 0.0
    word_style = (0.0, False, 0.0)
    last_index = -1
    high = 0

    def finish() -> tuple[float, Word]:
        style_size, style_bold, style_angle = word_style
        loose(text_page, last_index, box)
        if style_angle:
            width = max(abs(end_x - start_x), abs(end_y - start_y)) + style_size / 2
        else:
            width = max(box.right - start_x, end_x - start_x)
        word = Word(text, start_x, start_x + width, start_y, style_size, style_bold)
        return style_angle, word

    for index in range(min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)):
        code = unicode_of(text_page, index)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        if code > sys.maxunicode:  # a file may give any number
            continue
        character = _SOFT.get(code) or _LIGATURES.get(code) or chr(code)
        if character in _BLANKS:
            if text:
                yield finish()
                text = ""
            continue
        if code in _LEFT_OUT:
            continue
        if character in (HYPHEN, SOFT_HYPHEN):
            if text:
                last_index = index
                if character is SOFT_HYPHEN and not _ends_line(pdfium, text_page, index):
                    continue  # it is invisible within a line
                text += character
                yield finish()
                text = ""
            continue
        origin(text_page, index, at_x, at_y)
        here_x, here_y = x.value, y.value
        text_object = object_of(text_page, index)
        address = address_of(text_object.contents) if text_object else None
        if address != last_object:
            last_object = address
            matrix_of(text_page, index, matrix)
            size = size_of(text_page, index)
            size *= math.hypot(matrix.c, matrix.d) or 1
            angle = angle_of(text_page, index)
            bold = _is_bold(pdfium, text_page, index, text_object, fonts)
        if text and not angle:
            moved = here_y != end_y
            is_apart = (here_y - end_y) ** 2 > (size / 2) ** 2
            is_apart = is_apart or not -3 * size < here_x - end_x < (2 + _WIDE_GAP) * size
            # A number that refers to a note, or that begins one, is raised.
            if is_apart or (moved and _is_raised(text, character, word_style[0], size)):
                yield finish()
                text = ""
        if not text:
            start_x, start_y = here_x, here_y
            word_style = size, bold, angle
        text += character
        end_x, end_y, last_index = here_x, here_y, index
    if text:
        yield finish()


def _is_raised(text: str, character: str, size: float, after: float) -> bool:
    """Return whether a raised number stands between a word and the character after it.

    `size` is that of the font of the word, `after` that of the character.
    """
    if after < _RAISED * size:
        return character.isdigit() and text.rstrip(_AFTER_WORD)[-3:].isalpha() and len(text) > 2
    return size < _RAISED * after and text.isdigit() and character.isalpha()


def _ends_line(pdfium: Any, text_page: Any, index: int) -> bool:
    """Return whether the character after a soft hyphen begins another line."""
    x, y, after_y = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(text_page, index - 1, x, y)
    for later in (index + 1, index + 2, index + 3):
        code = pdfium.FPDFText_GetUnicode(text_page, later)
        if code and chr(code) not in _BLANKS:
            pdfium.FPDFText_GetCharOrigin(text_page, later, x, after_y)
            return bool(abs(after_y.value - y.value) > 1)
    return True


def _is_bold(
    pdfium: Any, text_page: Any, index: int, text_object: Any, fonts: dict[int, bool]
) -> bool:
    """Return whether the font of a character is bold, by its name or its weight."""
    font = pdfium.FPDFTextObj_GetFont(text_object) if text_object else None
    address = ctypes.addressof(font.contents) if font else None
    if address is None:
        return False
    if address not in fonts:
        buffer, flags = ctypes.create_string_buffer(256), ctypes.c_int()
        pdfium.FPDFText_GetFontInfo(text_page, index, buffer, len(buffer), flags)
        name = buffer.value.decode("utf-8", "replace").lower()
        heavy = pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
        fonts[address] = bool(_BOLD.search(name)) or (not name and heavy)
    return fonts[address]


def _pictures(pdfium: Any, raw: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the boxes of the pictures of a page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(pdfium.FPDFPage_CountObjects(raw), _MOST_OBJECTS)):
        shape = pdfium.FPDFPage_GetObject(raw, index)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_IMAGE:
            continue
        if pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top):
            box = left.value, top.value, right.value, bottom.value
            if min(box[2] - box[0], box[1] - box[3]) >= _SMALL_PICTURE:
                yield box
