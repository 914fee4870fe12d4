r"""Joins the pieces of sentences and headlines in a text whose lines are paragraphs.

An export that writes each piece of a page on a line of its own, such as `get_text("\n")`, cuts
sentences at links, names and words in bold. Paragraphs and menus stay apart.
"""

import re

from nutgraf_index.passages.layout.blocks import Mark
from nutgraf_index.passages.layout.evidence import Breaks
from nutgraf_index.passages.layout.rows import Rows
from nutgraf_index.passages.layout.sentences import CONTINUING, POSSESSIVES

__all__ = ["joined_breaks"]

# Small letters at the beginning of a line that is not in the middle of a sentence.
_LABEL = re.compile(r"\(?(?:[a-z]|[ivx]{2,5})[.)]\s|[a-z]{1,2}[A-Z]")
_ADDRESS = re.compile(r"\w+://|www\.|\S+@\S")
_ENDING = re.compile(r"['’][a-z]{1,2}\b")  # of a name that has a line of its own: 's
_SHORT_PIECE = re.compile(r"\w{1,2}\b")  # of a number, as in "4th"
_APOSTROPHES = frozenset("'’")
_COPYRIGHT = "©"
_OPEN_MARKS = frozenset("(“‘«")
_CLOSING_BRACKETS = frozenset(")]")
_HYPHENS = frozenset("-\u2010\u2011")
_DASHES = _HYPHENS | {"–", "—"}
_CUT_HEADS = CONTINUING | _APOSTROPHES | _OPEN_MARKS | _DASHES | _CLOSING_BRACKETS
_SMALL, _LETTER, _COLON = int(Mark.SMALL), int(Mark.LETTER), int(Mark.COLON)
_CAPITALS, _GOES_ON = int(Mark.CAPITALS), int(Mark.LETTER | Mark.CUT)
_OPEN_ENDS = _OPEN_MARKS.union(",;-–—&/©\u00ac\u00ad")  # last characters of lines that go on
_LONE_DASHES = frozenset("–—")
_LONGEST_ENTRY = 40  # characters of a line of a menu
_WORDS_IN_ENTRY = 3
_WORDS_IN_PROSE = 4  # of a line that is too long for a menu
_BLANKS_IN_ENTRY = range(1, _WORDS_IN_PROSE - 1)
_LONGEST_DASH = 2  # characters
_SHORTEST_CUT = 60  # characters of a line that a comma leaves unfinished before a capital
_NOT_BEFORE_NAMES = frozenset("this it him her them us me".split())
_PARTICLES = frozenset("by in on up out off over about".split())
_LONG_SENTENCE = 100  # characters of a paragraph
_LONGEST_HEADLINE = 80  # characters of a line of a headline that has several
_WORDS_REPEATED = 3  # of the first line, in a headline that repeats it


def joined_breaks(rows: Rows, breaks: Breaks) -> set[int]:
    """Return the breaks at which a sentence or a headline goes on, in one pass over the lines."""
    return _Pieces(rows, breaks).joined()


class _Pieces:
    def __init__(self, rows: Rows, breaks: Breaks) -> None:
        self.rows, self.breaks = rows, breaks
        self.texts, self.sentences = rows.lines.texts, rows.sentences
        self.ended = frozenset(breaks.ended)

    def joined(self) -> set[int]:
        breaks, tails = self.breaks, self.breaks.lines.tails
        signs, blanks = self.breaks.lines.signs, self.breaks.lines.blanks
        joined = {
            below
            for below, head in zip(breaks.numbers, breaks.heads, strict=True)
            if (head & _SMALL or (not head & _LETTER and self.texts[below][0] in _CUT_HEADS))
            and self._goes_on(below)
        }
        joined.update([n for n in breaks.ended if tails[n - 1] & _COLON and self._is_labelled(n)])
        settled = joined.union(self.ended, self.rows.items)
        for below, tail in zip(breaks.numbers, breaks.tails, strict=True):
            above = below - 1
            if (
                below not in settled
                and tail & _GOES_ON
                and (
                    # Nearly all lines of menus and tables, as `_is_cut` says.
                    not (tail & _LETTER and blanks[above] in _BLANKS_IN_ENTRY)
                    or above in joined
                    or below + 1 in joined
                )
                and self._is_cut(below, joined)
            ) or (
                signs[below] & signs[above] & _CAPITALS
                and below not in settled
                and self._is_headline(below, joined)
            ):
                joined.add(below)
        joined.update(self._repeated_title())
        return joined

    def _goes_on(self, below: int) -> bool:
        """Return whether a line that begins like the middle of a sentence goes on with one."""
        above, text, sentences = self.texts[below - 1], self.texts[below], self.sentences
        if text[0] in _CLOSING_BRACKETS:
            return True
        if below in self.ended:
            return False
        if text[0] in _DASHES:
            return self._goes_on_with_dash(below)
        if text in _OPEN_MARKS:
            return True
        if text[0] in _OPEN_MARKS:
            return False
        if text[0] in _APOSTROPHES and _ENDING.match(text):
            return above[-1].isalnum()
        if text[0] in CONTINUING:
            return text[1:2] not in (text[0], "-", "(")
        if text[0] in _APOSTROPHES or _LABEL.match(text):
            return False
        if _ADDRESS.match(text):
            last = above.rsplit(None, 1)[-1]
            return last.islower() and above.count(" ") + 1 >= _WORDS_IN_ENTRY
        if above[-1] in _OPEN_ENDS or sentences.is_unfinished(above):
            return True
        if max(len(above), len(text)) <= _LONGEST_ENTRY and _first_word(above) == _first_word(text):
            return False
        if self._is_entry(text) and not self._precedes_middle(below):
            return above[-1].isdigit() and _SHORT_PIECE.match(text) is not None
        is_link = (
            below > 1 and self.texts[below - 2] and sentences.is_unfinished(self.texts[below - 2])
        )
        return self.breaks.has_capitals and not (
            self._is_entry(text)
            and (self._is_entry(above) or self._is_title(above))
            and not is_link
            and not self._precedes_prose(below)
        )

    def _is_labelled(self, below: int) -> bool:
        """Return whether the line above is the label of a byline, with a colon: "By:"."""
        above, text = self.texts[below - 1], self.texts[below]
        if above[-1] != ":" or not self.sentences.is_function_word(above[:-1]):
            return False
        line = f"{above[:-1]} {text}"
        return len(text) <= _LONGEST_ENTRY and bool(self.rows.bylines(line, [line]))

    def _goes_on_with_dash(self, below: int) -> bool:
        """Return whether a line with a dash goes on: the rest of a dateline, or of a compound."""
        above, text = self.texts[below - 1], self.texts[below]
        if text in _LONE_DASHES:
            return self._parts_dateline(below)
        if text[1:2].isalpha():
            return text[0] in _HYPHENS and text[1].islower() and above[-1].isalnum()
        rest = text.lstrip("-–—")
        if not (rest[:1] in ("", " ") and above.count(" ") < _WORDS_IN_ENTRY):
            return False
        if above.isupper() and len(text) - len(rest) <= _LONGEST_DASH:
            is_cut = self.sentences.is_unfinished(text) or self._precedes_middle(below)
            return is_cut or len(text) >= _SHORTEST_CUT
        return text[0] not in _HYPHENS and len(text) >= _SHORTEST_CUT

    def _parts_dateline(self, number: int) -> bool:
        """Return whether a dash alone parts an agency or a place from the first sentence."""
        above = self.texts[number - 1]
        text = self.texts[number + 1] if number + 1 < len(self.texts) else ""
        return (
            self._is_entry(above)
            and above[0].isupper()
            and len(text) >= _SHORTEST_CUT
            and self.sentences.ends(text)
        )

    def _precedes_middle(self, number: int) -> bool:
        """Return whether the next line begins in the middle of a sentence."""
        text = self.texts[number + 1] if number + 1 < len(self.texts) else ""
        return bool(text) and (
            text[0] in CONTINUING or (text[0].islower() and not self._is_entry(text))
        )

    def _precedes_prose(self, number: int) -> bool:
        """Return whether the next line begins with a small letter and ends a sentence."""
        text = self.texts[number + 1] if number + 1 < len(self.texts) else ""
        return text[:1].islower() and len(text) >= _SHORTEST_CUT and self.sentences.ends(text)

    def _is_entry(self, text: str) -> bool:
        """Return whether a line may be an entry of a menu or a table: a few words without marks."""
        return (
            len(text) <= _LONGEST_ENTRY
            and text.count(" ") < _WORDS_IN_ENTRY
            and text[-1] not in CONTINUING
            and not self.sentences.is_unfinished(text)
        )

    def _is_title(self, text: str) -> bool:
        """Return whether a line may be an entry of a menu, however many words it has."""
        return text.isupper() or (len(text) <= _LONGEST_ENTRY and self.sentences.is_title(text))

    def _is_complete(self, below: int) -> bool:
        """Return whether a line that ends with a small word is a headline, a deck or a subhead.

        "Mayor Weighs In" has capitals, and no name follows "this" or "her". The deck below the
        headline may end with a particle, too: "The board is barely scraping by".
        """
        last = self.texts[below - 1].rsplit(None, 1)[-1]
        if not self.sentences.ends(self.texts[below]) or last.endswith(POSSESSIVES):
            return False
        return last[0].isupper() or last in _NOT_BEFORE_NAMES or (below == 2 and last in _PARTICLES)

    def _is_cut(self, below: int, joined: set[int]) -> bool:
        """Return whether a line is unfinished, and a name, a link or a date completes it.

        `joined` are the breaks known so far at which a sentence goes on.
        """
        above, text, sentences = self.texts[below - 1], self.texts[below], self.sentences
        # The line below is the middle of a sentence, too, and no agency above a dash.
        goes_on = below + 1 in joined and self.texts[below + 1] not in _LONE_DASHES
        is_unfinished = sentences.is_unfinished(above)
        if (
            not goes_on
            and above[-1].isalnum()
            and below - 1 not in joined
            # A row of a table, a menu or a list has a few words.
            and (not is_unfinished or above.count(" ") in _BLANKS_IN_ENTRY)
        ):
            return False
        if above[-1] == ",":
            return goes_on or len(above) >= _SHORTEST_CUT
        if above[-1] in _OPEN_MARKS or above[-1] == _COPYRIGHT:
            return True
        if above in _LONE_DASHES:
            return below - 1 in joined
        if above.isdigit() and below - 1 in joined and self.texts[below - 2][-1] == _COPYRIGHT:
            return True
        if goes_on and " " not in above and above.endswith(POSSESSIVES):
            return True
        if " " not in above and sentences.is_function_word(above):
            line = f"{above} {text}"
            return above.islower() or goes_on or bool(self.rows.bylines(line, [line]))
        is_prose = above.count(" ") + 1 >= _WORDS_IN_PROSE
        if not (is_prose or goes_on or below - 1 in joined):
            return False
        if is_unfinished:
            is_middle = below - 1 in joined and above[0].islower()
            if is_middle or (goes_on and " " in above):
                return True
            if not joined and len(text) >= _LONG_SENTENCE and self._is_complete(below):
                return False
            return is_prose and not (len(above) < _LONGEST_ENTRY and sentences.is_title(above))
        if below - 1 in joined and self._is_entry(above):  # a name or a link in a sentence
            return (
                len(text) >= _LONGEST_ENTRY
                and sentences.ends(text)
                and not self._is_byline(below - 2, below - 1)
            )
        if not goes_on or sentences.is_function_word(text.split(None, 1)[0]):
            return False
        if above.rsplit(None, 1)[-1].islower():
            return is_prose or below - 1 in joined
        # A link is a name after a title: "the harbour's Captain", "Maja Orlo", "'s ferry".
        following = self.texts[below + 1]
        is_long = len(above) >= _SHORTEST_CUT and any(map(str.islower, above.split()[-4:]))
        return self._is_entry(text) and (following[0] in _CUT_HEADS or is_long)

    def _is_byline(self, first: int, last: int) -> bool:
        """Return whether some lines together are a byline: "By" and "Maja Orlo" below it."""
        line = " ".join(self.texts[first : last + 1])
        return bool(self.rows.bylines(line, [line]))

    def _is_headline(self, below: int, joined: set[int]) -> bool:
        """Return whether a line in capitals completes the line in capitals above it."""
        above = self.texts[below - 1]
        return (
            above.count(" ") + 1 >= _WORDS_IN_PROSE
            and above != self.texts[below]
            and max(len(above), len(self.texts[below])) <= _LONGEST_HEADLINE
            and not {below - 1, below - 2} <= joined  # three lines at most
        )

    def _repeated_title(self) -> list[int]:
        """Return the breaks within lines that together repeat the beginning of the first line."""
        texts = self.texts
        first = " ".join(texts[self.rows.written[0]].split())
        found: list[int] = []
        if first.count(" ") < _WORDS_REPEATED:
            return found
        for below in self.breaks.numbers:
            above = texts[below - 1]
            if first.startswith(above) and len(above) < len(first):
                size, number = len(above), below
                while (
                    number < len(texts)
                    and texts[number]
                    and (first.startswith(texts[number], size + 1))
                ):
                    size += 1 + len(texts[number])
                    number += 1
                if first[:size].count(" ") >= _WORDS_REPEATED:
                    found += range(below, number)
        return found


def _first_word(text: str) -> str:
    return text.split(" ", 1)[0]
