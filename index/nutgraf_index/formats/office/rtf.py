r"""RTF files, by striprtf.

striprtf decodes the text of groups, and leaves out headers, footers and pictures. It knows no
paragraphs: what a file says of these is put into the text as marks before, and read from it after.
Hidden and deleted text is taken out before, and so are the numbers of lists; notes and text boxes,
which striprtf leaves out, are decoded apart. Left out are alternatives for old programs (``\upr``),
formulas and embedded objects.
"""

import re
from collections.abc import Iterator

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import AS_FOUND, Fault, ReadOptions
from nutgraf_index.formats.office.flow import Document, Paragraph, articles_of_document
from nutgraf_index.formats.office.package import number_in
from nutgraf_index.formats.office.styles import Kind, kind_of_name
from nutgraf_index.formats.sane import sane_authors, sane_date, sane_title
from nutgraf_index.model import Article, Role

__all__ = ["read"]

_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|(\\'[0-9a-fA-F]{2}|\\[^a-zA-Z])|([{}])|([^\\{}]+)|\\"
)
_HIGH = re.compile(r"[\x80-\xff]")
# Marks in the text, of the private use area: each number before `_END` is that of a group that is
# decoded apart, or of what a paragraph is; the others are a bar, a line break, an end of groups.
_GROUP, _KIND, _END, _BAR, _LINE, _NEXT = "\ue07d\ue07f\ue07e\ue07c\ue080\ue081"
_MARK = re.compile(f"([{_GROUP}{_KIND}])([0-9]{{1,9}}){_END}")
_APART = {"footnote": Role.NOTE, "annotation": Role.NOTE, "shptxt": None, "dptxbxtext": None}
_SHAPES = frozenset("shp shpgrp do object".split())  # groups that striprtf leaves out
_LEFT_OUT = frozenset("fldinst listtext pntext shprslt nonshppict".split())
_TAKEN = frozenset((*_APART, *_LEFT_OUT, "atnauthor", "info", "stylesheet", "fonttbl"))
_ENDS = frozenset("par sect page row cell nestcell nestrow".split())
_SIGNS = frozenset("tab line u emdash endash bullet lquote rquote ldblquote rdblquote".split())
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, UnicodeError, ValueError)
_CODE_PAGE = re.compile(r"\\ansicpg\d{1,5}")
_STYLE = re.compile(r"\{((?:\\[a-zA-Z]+-?\d* ?|\\\*)*+)([^{}\\;]{0,200});\}")
_NUMBER = re.compile(r"\\s(\d{1,5})\b")
_LEVEL = re.compile(r"\\outlinelevel([0-8])\b")
_MOMENT = re.compile(r"\\(yr|mo|dy)(\d{1,4})")


def read(path: str, data: bytes, options: ReadOptions = AS_FOUND) -> Iterator[Article | Fault]:
    """Yield the article that an RTF file is, or those of an export of a news database.

    Raises `ArticleError` for a file that is none, or that is damaged or without text.
    """
    text = data.decode("latin-1")
    del data
    if not text[:16].lstrip("\xef\xbb\xbf \r\n\t").startswith("{\\rtf"):
        raise ArticleError("not RTF, which begins with {\\rtf" if text.strip() else "empty")
    try:
        document = _document(text)
    except _FAULTS:
        raise ArticleError("RTF that is damaged") from None
    yield from articles_of_document(document, path, options)


def _document(text: str) -> Document:
    reader = _Reader(text)
    code_page = _CODE_PAGE.search(text, 0, 4096)
    opening = f"{{\\rtf1\\ansi{code_page[0] if code_page else ''} {reader.fonts}\\pard "
    separator = f"\\par {_char(_NEXT)}\\par "
    apart = separator.join(f"{{{group}}}" for _, group in reader.groups)
    groups = _decoded(f"{opening}{apart}}}").split(_NEXT)
    lines = _decoded(reader.text).split("\n")
    paragraphs = [one for line in lines for one in _paragraphs(line, reader, groups)]
    return Document(paragraphs, _values(reader.info, opening))


class _State:
    """What holds until the end of a group.

    Attributes:
        target: the pieces that the group is a part of.
        apart: the control word of a group whose pieces are collected apart.
        hidden: whether its text is hidden or deleted, by the control words that say so.
        kind: what the paragraph is.
        marks: those of groups in a shape, which stand after the shape; None outside of shapes.
        is_shape: whether the group is a shape, and is in none.
    """

    __slots__ = ("apart", "hidden", "is_shape", "kind", "marks", "target")

    def __init__(self, target: list[str]) -> None:
        self.target = target
        self.hidden: frozenset[str] = frozenset()
        self.kind = Kind()
        self.marks: list[str] | None = None
        self.apart, self.is_shape = "", False

    def within(self) -> "_State":
        """Return the state at the beginning of a group in this one."""
        state = _State(self.target)
        state.hidden, state.kind, state.marks = self.hidden, self.kind, self.marks
        return state


class _Reader:
    """Makes RTF ready for striprtf.

    Attributes:
        text: the RTF, with marks.
        kinds: what paragraphs are, in the order of the numbers in their marks.
        groups: those that are decoded apart, in the order of their numbers: role and RTF.
        fonts: the group of fonts, which the encodings of texts are told by.
        info: the group of properties.
    """

    def __init__(self, text: str) -> None:
        self.kinds: dict[Kind, int] = {}
        self.groups: list[tuple[Role | None, str]] = []
        self.fonts = self.info = ""
        self._styles: dict[int, Kind] = {}
        pieces: list[str] = []
        self._state = _State(pieces)
        self._stack: list[_State] = []
        self._is_item = False
        self._author = ""
        position = 0
        while token := _TOKEN.match(text, position):
            position = token.end()
            word, number, sign, brace, plain = token.groups()
            if word == "bin":
                position += max(number_in(number, 0), 0)
            elif word:
                self._word(word, number, token[0])
            elif brace == "{":
                self._stack.append(self._state)
                self._state.target.append("{")
                self._state = self._state.within()
            elif brace:
                self._close()
                if not self._stack:
                    break
            elif not self._state.hidden:
                self._state.target.append(sign or _escaped(plain or ""))
        while self._stack:  # it is cut off
            self._close()
        self.text = "".join(pieces)

    def _word(self, word: str, number: str | None, written: str) -> None:
        state = self._state
        if word in _TAKEN:
            if self._stack and not state.apart:
                state.target, state.apart = [], word
            return
        if word in _SHAPES and state.marks is None:
            state.marks, state.is_shape = [], True
        elif word in ("v", "deleted"):
            is_on = number is None or int(number) != 0
            state.hidden = state.hidden | {word} if is_on else state.hidden - {word}
        elif word == "plain":
            state.hidden = frozenset()
        elif word == "pard":
            state.kind = Kind()
        elif word == "s":
            state.kind = self._styles.get(number_in(number, -1), Kind())
        elif word == "ls":
            state.kind = state.kind._replace(item=number != "0")
        elif word == "outlinelevel":
            level = number_in(number, 9)
            state.kind = Kind(level=level + 1 if 0 <= level < 9 else 0)
        elif word in _ENDS and not state.hidden:
            self._end_paragraph(is_cell=word.endswith("cell"))
        if word == "line" and not state.hidden:
            state.target.append(_char(_LINE))
        elif not (state.hidden and word in _SIGNS):
            state.target.append(written)

    def _end_paragraph(self, *, is_cell: bool) -> None:
        kind = self._state.kind
        if self._is_item:
            kind = kind._replace(item=True)
        self._is_item = False
        if kind != Kind() and not is_cell:
            code = self.kinds.setdefault(kind, len(self.kinds))
            self._state.target.append(_mark(_KIND, code))

    def _close(self) -> None:
        """Close a group; in the place of one that is decoded apart stands a mark."""
        closed = self._state
        if not self._stack:
            return
        self._state = outer = self._stack.pop()
        if closed.apart:
            self._put_apart(closed.apart, "".join(closed.target), outer)
        else:
            outer.target.append("}")
        if closed.is_shape:
            outer.target.extend(closed.marks or ())

    def _put_apart(self, word: str, group: str, outer: _State) -> None:
        if word == "fonttbl":
            self.fonts = f"{{\\fonttbl{group}}}"
            outer.target.append(f"\\fonttbl{group}}}")  # its brace is there
            return
        outer.target.append("}")
        if word == "info":
            self.info = group
        elif word == "stylesheet":
            self._styles = _styles(group)
        elif word in ("listtext", "pntext"):
            self._is_item = True
        elif word == "atnauthor":
            self._author = group
        elif word in _APART and not outer.hidden:
            if word == "annotation" and self._author.strip():
                group, self._author = f"{{{self._author}: }}{group}", ""
            marks = outer.target if outer.marks is None else outer.marks
            marks.append(_mark(_GROUP, len(self.groups)))
            self.groups.append((_APART[word], group))


def _styles(group: str) -> dict[int, Kind]:
    """Return what the styles of paragraphs say by number, from the group that defines them."""
    styles = {}
    for style in _STYLE.finditer(group):
        number, level = _NUMBER.search(style[1]), _LEVEL.search(style[1])
        kind = kind_of_name(style[2]) or (Kind(level=int(level[1]) + 1) if level else None)
        if kind:
            styles[int(number[1]) if number else 0] = kind
    return styles


def _paragraphs(line: str, reader: _Reader, groups: list[str]) -> Iterator[Paragraph]:
    """Yield the paragraph that a line is, and the notes and text boxes in it."""
    kinds = list(reader.kinds)
    kind = Kind()
    apart: list[int] = []
    for sign, digits in _MARK.findall(line):
        number = int(digits)
        if sign == _GROUP and number < len(reader.groups):
            apart.append(number)
        elif sign == _KIND and number < len(kinds):
            kind = kinds[number]
    text = _MARK.sub("", line)
    is_row = "|" in text
    text = text.rstrip("|").replace("|", "\t")
    text = text.replace(_BAR, "|").replace(_LINE, "\n").strip()
    yield Paragraph(text, kind.role, kind.level, kind.item, cell=is_row)
    for number in apart:
        role = reader.groups[number][0]
        for inner in groups[number].split("\n") if number < len(groups) else ():
            for paragraph in _paragraphs(inner, reader, []):  # a note has no notes
                paragraph.role = role or paragraph.role
                if paragraph.text:
                    yield paragraph


def _values(info: str, opening: str) -> dict[str, object]:
    """Return the properties in the group that has them."""
    texts: dict[str, str] = {}
    depth = start = 0
    for brace in re.finditer(r"[{}]", info):
        if brace[0] == "{":
            start = start if depth else brace.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth and (word := re.match(r"\{(?:\\\*)?\\([a-z]{1,20}) ?", info[start:])):
                texts.setdefault(word[1], info[start + word.end() : brace.start()])
    decoded: dict[str, object] = {
        key: _decoded(f"{opening}{texts[key]}}}").strip()
        for key in ("title", "author", "keywords", "category")
        if key in texts
    }
    return {
        **decoded,
        "title": sane_title(str(decoded.get("title", ""))),
        "author": sane_authors(str(decoded.get("author", ""))),
        "created": _date(texts.get("creatim", "")),
        "modified": _date(texts.get("revtim", "")),
    }


def _date(group: str) -> str:
    r"""Return the day in a group: ``\yr2020\mo1\dy10``."""
    parts = {word: int(number) for word, number in _MOMENT.findall(group)}
    if len(parts) < 3:
        return ""
    return sane_date(f"{parts['yr']:04}-{parts['mo']:02}-{parts['dy']:02}")


def _decoded(text: str) -> str:
    r"""Return the text of RTF. Bytes that are not valid in its encoding stand as ``\x81``."""
    from striprtf.striprtf import rtf_to_text

    # striprtf separates cells by bars, so those of the text are hidden from it.
    text = rtf_to_text(text.replace("|", _char(_BAR)), errors="backslashreplace")
    # It gives the two halves of a character beyond 16 bits.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")


def _escaped(plain: str) -> str:
    """Return text in which bytes beyond ASCII are escaped, so that they are decoded as others."""
    return plain if plain.isascii() else _HIGH.sub(lambda byte: f"\\'{ord(byte[0]):02x}", plain)


def _char(character: str) -> str:
    """Return a character in RTF."""
    return f"{{\\uc1\\u{ord(character) - (1 << 16)}?}}"


def _mark(sign: str, number: int) -> str:
    return f"{_char(sign)}{number}{_char(_END)}"
