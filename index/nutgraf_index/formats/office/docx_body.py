"""The text of a part of a Word document: what a reader of the printed document sees."""

import re
from collections.abc import Callable, Mapping

from nutgraf_index.formats.office.flow import DEEPEST, Paragraph
from nutgraf_index.formats.office.package import Handler, Names, is_on, number_in
from nutgraf_index.formats.office.styles import Styles
from nutgraf_index.model import Role

__all__ = ["NAMES", "NOTES", "Body"]

_OOXML = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
NAMES = Names(
    {
        f"{_OOXML}wordprocessingml/2006/main": "w",
        f"{_STRICT}wordprocessingml/main": "w",
        f"{_OOXML}markup-compatibility/2006": "mc",
        f"{_OOXML}officeDocument/2006/math": "m",
        f"{_STRICT}officeDocument/math": "m",
        f"{_OOXML}package/2006/relationships": "rel",
    }
)
# The elements of notes, and the parts that have them.
NOTES = {"w:footnote": "footnotes", "w:endnote": "endnotes", "w:comment": "comments"}
_REFERENCES = {f"{name}Reference": name for name in NOTES} | {"w:commentRangeEnd": "w:comment"}
# Deleted or moved text, properties before a tracked change, codes of fields, readings of ruby.
_SKIPPED = frozenset(
    "w:del w:moveFrom w:delText w:instrText w:delInstrText w:rt w:pPrChange w:rPrChange"
    " w:sectPrChange w:tblPrChange w:tblGridChange w:trPrChange w:tcPrChange w:tblPrExChange"
    " w:numberingChange w:sectPr w:tblPr w:fldData w:ffData".split()
)
_SIGNS = {
    "w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"
}  # fmt: skip
# Letters of the font Symbol from 41 on, and the signs of Wingdings that say something.
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_ αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_WINGDINGS = {0xFC: "✓", 0xFB: "✗", 0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xE0: "→"}
_PRIVATE = range(0xE000, 0xF900)
_LINE_ENDS = re.compile(r"\s*\n\s*")  # of the XML: they are spaces, and no lines
_LEVELS = 9  # of outlines; the next number stands for body text
_MOST_DIGITS = 6


class _Open:
    """An open paragraph: what has been read of it, and the paragraphs that go after it."""

    __slots__ = ("after", "item", "joins", "level", "pieces", "style")

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.after: list[Paragraph] = []
        self.style = ""
        self.level: int | None = None
        self.item: bool | None = None
        self.joins = False  # whether its end is deleted, so that the next paragraph goes on


class Body(Handler):
    """Reads the text of a part.

    Attributes:
        paragraphs: those read, blank ones too.
        notes: by id, the paragraphs in each `unit`: footnotes, endnotes or comments.
        root: the name of the first element.
        embedded: the number of whole documents that are embedded as files of another format.
    """

    def __init__(
        self,
        styles: Styles,
        notes: Mapping[str, Mapping[str, list[Paragraph]]],
        unit: str = "",
    ) -> None:
        self.paragraphs: list[Paragraph] = []
        self.notes: dict[str, list[Paragraph]] = {}
        self.root = ""
        self.embedded = 0
        self._styles = styles
        self._of_notes = notes
        self._referred: set[tuple[str, str]] = set()
        self._unit = unit
        self._author = ""
        self._depth = 0
        self._skipped = 0  # the depth of the element that is left out with all in it; 0 for none
        self._open: list[_Open] = []
        self._going_on: dict[int, _Open] = {}  # by the number of paragraphs that they are within
        self._collects = False
        self._in_mark = False  # within the properties of a paragraph, which are those of its mark
        self._hidden = False
        self._fields: list[bool] = []  # of each open field, whether its code is being read
        self._codes = 0  # of these, around the innermost one
        self._choices: list[bool] = []  # of each open choice, whether one was taken
        self._controls: list[dict[str, bool]] = []  # open content controls
        self._contents = 0  # of these, those that are tables of contents
        self._rows: list[int] = []  # the depths of open rows and cells of tables
        self._in_row_properties = False
        starts: dict[str, Callable[[Mapping[str, str]], None]] = {
            "w:p": self._start_paragraph,
            "w:pPr": self._start_mark,
            "w:pStyle": self._take_style,
            "w:outlineLvl": self._take_level,
            "w:numId": self._take_number,
            "w:r": lambda _: self._end_run(),
            "w:rStyle": self._take_run_style,
            "w:vanish": self._vanish,
            "w:specVanish": self._join,
            "w:t": self._start_text,
            "m:t": self._start_text,
            "w:sym": self._add_symbol,
            "w:fldChar": self._take_field,
            "w:sdt": lambda _: self._controls.append({}),
            "w:showingPlcHdr": self._take_prompt,
            "w:docPartGallery": self._take_gallery,
            "w:sdtContent": self._start_content,
            "mc:AlternateContent": lambda _: self._choices.append(False),
            "mc:Choice": self._choose,
            "mc:Fallback": self._choose,
            "w:altChunk": self._embed,
            "w:tr": self._start_row,
            "w:tc": self._start_row,
            "w:trPr": self._start_row_properties,
            "w:cellDel": self._delete_row,
        }
        for name, sign in _SIGNS.items():
            starts[name] = lambda _, sign=sign: self._add(sign)  # type: ignore[misc]
        for name, note in _REFERENCES.items():
            starts[name] = lambda attributes, note=note: self._refer(note, attributes)  # type: ignore[misc]
        self._starts = starts
        self._ends: dict[str, Callable[[], None]] = {
            "w:p": self._end_paragraph,
            "w:pPr": self._end_mark,
            "w:r": self._end_run,
            "w:t": self._end_text,
            "m:t": self._end_text,
            "w:sdt": self._end_control,
            "mc:AlternateContent": self._end_choices,
            "w:tr": self._end_row,
            "w:tc": self._end_row,
            "w:trPr": self._end_row_properties,
            "w:txbxContent": self._flush,
            "w:body": self._flush,
        }
        if unit:
            self._starts[unit], self._ends[unit] = self._start_unit, self._end_unit

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Start an element."""
        self._depth += 1
        self.root = self.root or name
        if self._skipped:
            return
        if name in _SKIPPED:
            if name in ("w:del", "w:moveFrom"):
                self._delete_mark(attributes)
            self._skipped = self._skipped or self._depth
            return
        if start := self._starts.get(name):
            start(attributes)

    def end(self, name: str) -> None:
        """End an element."""
        if self._skipped:
            if self._depth == self._skipped:
                self._skipped = 0
                if name in ("w:tr", "w:tc"):
                    self._end_row()
        elif end := self._ends.get(name):
            end()
        self._depth -= 1

    def text(self, text: str) -> None:
        """Take text."""
        if self._collects:
            self._add(_LINE_ENDS.sub(" ", text) if "\n" in text else text)

    def _add(self, text: str) -> None:
        # The result of a field within the code of another one is a part of that code.
        if self._open and not self._hidden and not self._codes and not self._in_mark:
            self._open[-1].pieces.append(text)

    # Paragraphs.

    def _start_paragraph(self, _: Mapping[str, str]) -> None:
        self._open.append(_Open())
        self._hidden = self._in_mark = False

    def _start_mark(self, _: Mapping[str, str]) -> None:
        self._in_mark = True

    def _end_mark(self) -> None:
        self._in_mark = False
        self._end_run()

    def _take_style(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            self._open[-1].style = attributes.get("w:val", "")

    def _take_level(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            level = number_in(attributes.get("w:val"), _LEVELS)
            self._open[-1].level = level + 1 if 0 <= level < _LEVELS else 0

    def _take_number(self, attributes: Mapping[str, str]) -> None:
        if self._open:
            self._open[-1].item = attributes.get("w:val") != "0"

    def _delete_mark(self, _: Mapping[str, str]) -> None:
        """Note that the end of a paragraph is deleted, or delete a row."""
        if self._in_row_properties:
            self._delete_row(_)
        elif self._in_mark and self._open:
            self._open[-1].joins = True

    def _join(self, attributes: Mapping[str, str]) -> None:
        """Note that the end of a paragraph is not shown: a heading runs into its text."""
        if self._in_mark and self._open and is_on(attributes.get("w:val")):
            self._open[-1].joins = True

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        within = len(self._open)
        self._hidden = False
        if (before := self._going_on.pop(within, None)) is not None:
            paragraph.pieces[:0] = before.pieces
            paragraph.after[:0] = before.after
        if paragraph.joins:
            self._going_on[within] = paragraph
        else:
            self._put(paragraph)

    def _put(self, paragraph: _Open) -> None:
        style = self._styles.of(paragraph.style)
        level = style.level if paragraph.level is None else paragraph.level
        item = style.item if paragraph.item is None else paragraph.item
        role = style.role
        if self._contents:
            role = Role.FURNITURE
        made = Paragraph(
            "".join(paragraph.pieces), role, 0 if role else level, item, cell=bool(self._rows)
        )
        # A paragraph of a text box stands after the one that the box is anchored in.
        target = (
            self._open[min(len(self._open), DEEPEST) - 1].after if self._open else self.paragraphs
        )
        target.append(made)
        target.extend(paragraph.after)

    def _flush(self) -> None:
        """End the paragraph that goes on, where no other follows."""
        if (paragraph := self._going_on.pop(len(self._open), None)) is not None:
            self._put(paragraph)

    # Runs of characters, and what stands in them.

    def _end_run(self) -> None:
        """Return to what the style of the paragraph says."""
        if self._open:
            self._hidden = bool(self._styles.of(self._open[-1].style).hidden)

    def _take_run_style(self, attributes: Mapping[str, str]) -> None:
        hidden = self._styles.of(attributes.get("w:val", "")).hidden
        if hidden is not None and not self._in_mark:
            self._hidden = hidden

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if not self._in_mark:
            self._hidden = is_on(attributes.get("w:val"))

    def _start_text(self, _: Mapping[str, str]) -> None:
        self._collects = True

    def _end_text(self) -> None:
        self._collects = False

    def _add_symbol(self, attributes: Mapping[str, str]) -> None:
        """Add a sign of a font of signs, if it is known or stands in Unicode."""
        digits = attributes.get("w:char", "")
        try:
            code = int(digits[:_MOST_DIGITS], 16)
        except ValueError:
            return
        font = attributes.get("w:font", "").casefold()
        if code not in _PRIVATE and code > 0xFF:
            self._add(chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "")
            return
        code &= 0xFF
        if font == "symbol" and 0 <= code - 0x41 < len(_GREEK):
            self._add(_GREEK[code - 0x41])
        elif font.startswith("wingdings"):
            self._add(_WINGDINGS.get(code, ""))

    def _take_field(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("w:fldCharType")
        if kind == "begin":
            self._codes += bool(self._fields and self._fields[-1])
            self._fields.append(True)
        elif self._fields and kind == "separate":
            self._fields[-1] = False
        elif self._fields and kind == "end":
            self._fields.pop()
            self._codes -= bool(self._fields and self._fields[-1])

    # Notes.

    def _start_unit(self, attributes: Mapping[str, str]) -> None:
        """Start a footnote, endnote or comment; its paragraphs are collected apart."""
        self.paragraphs = []
        if attributes.get("w:type", "normal") == "normal":
            self.notes[attributes.get("w:id", "")] = self.paragraphs
        self._author = " ".join(attributes.get("w:author", "").split())

    def _end_unit(self) -> None:
        first = next((one for one in self.paragraphs if one.text.strip()), None)
        if self._author and first is not None:
            first.text = f"{self._author}: {first.text.lstrip()}"

    def _refer(self, note: str, attributes: Mapping[str, str]) -> None:
        """Put a note after the paragraph that refers to it."""
        id = attributes.get("w:id", "")
        if not self._open or self._hidden or (note, id) in self._referred:
            return
        self._referred.add((note, id))
        self._open[-1].after += [
            Paragraph(paragraph.text, Role.NOTE)
            for paragraph in self._of_notes.get(note, {}).get(id, ())
        ]

    # Content controls, choices, embedded documents and tables.

    def _embed(self, _: Mapping[str, str]) -> None:
        self.embedded += 1

    def _take_prompt(self, attributes: Mapping[str, str]) -> None:
        if self._controls:
            self._controls[-1]["prompt"] = is_on(attributes.get("w:val"))

    def _take_gallery(self, attributes: Mapping[str, str]) -> None:
        if self._controls and attributes.get("w:val") == "Table of Contents":
            self._contents += not self._controls[-1].get("contents", False)
            self._controls[-1]["contents"] = True

    def _start_content(self, _: Mapping[str, str]) -> None:
        if self._controls and self._controls[-1].get("prompt"):  # "Click here to enter text"
            self._skipped = self._depth

    def _end_control(self) -> None:
        if self._controls:
            self._contents -= self._controls.pop().get("contents", False)

    def _choose(self, _: Mapping[str, str]) -> None:
        """Take the first of several forms of the same content."""
        if self._choices and self._choices[-1]:
            self._skipped = self._depth
        elif self._choices:
            self._choices[-1] = True

    def _end_choices(self) -> None:
        if self._choices:
            self._choices.pop()

    def _start_row(self, _: Mapping[str, str]) -> None:
        self._rows.append(self._depth)

    def _end_row(self) -> None:
        self._flush()
        if self._rows:
            self._rows.pop()

    def _start_row_properties(self, _: Mapping[str, str]) -> None:
        self._in_row_properties = True

    def _end_row_properties(self) -> None:
        self._in_row_properties = False

    def _delete_row(self, _: Mapping[str, str]) -> None:
        """Leave out the rest of a row, or a cell, that is deleted."""
        if self._rows:
            self._skipped = self._rows[-1]
            self._in_row_properties = False
