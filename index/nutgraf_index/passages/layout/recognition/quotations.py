"""Paragraphs that are told by their signs: what mails quote with ">", and the parties of a case.

The line breaks of a quotation are those of the message that it is from. A line with nothing but
marks parts two paragraphs of it, and so does a change in their number, which tells who is quoted.
The parties of a case stand around a line with "v." alone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from nutgraf_index.passages.layout.blocks import Lines

__all__ = ["QUOTE", "VERSUS", "is_party", "parties_in", "quotations_in", "with_quotations"]

QUOTE = ">"
# Lines between the parties of a case.
VERSUS = frozenset(("v.", "v", "vs.", "vs", "VS.", "-v-", "-v.-", "- v. -", "-- v. --"))
_PARTIES = frozenset(
    "plaintiff plaintiffs defendant defendants petitioner petitioners respondent respondents "
    "appellant appellants appellee appellees".split()
)
_LINES_OF_PARTIES = 6  # above and below it
_MARKS = "> \t"
_SHORTEST_WRAP = 30  # characters of a line above a small letter
_SMALL = 0.2  # share of lines in them that begin with a small letter, if their lines are wrapped


def quotations_in(lines: Lines) -> tuple[Lines, Sequence[tuple[int, int]]]:
    """Return the lines of a text, and the first and last line of each paragraph that it quotes.

    Lines with nothing but marks are blank in what is returned. If no quoted line is wrapped,
    nothing is quoted: the links of a page may have marks, and each has a line of its own.
    """
    texts = lines.texts
    quoted = [number for number, text in enumerate(texts) if text[:1] == QUOTE]
    bare = [number for number in quoted if not texts[number].strip(_MARKS)]
    depths = {number: _depth(texts[number]) for number in quoted if texts[number].strip(_MARKS)}
    within = [
        below for below in depths if below - 1 in depths and depths[below - 1] == depths[below]
    ]
    small = [
        below
        for below in within
        if len(texts[below - 1]) >= _SHORTEST_WRAP and texts[below].lstrip(_MARKS)[0].islower()
    ]
    if not small or len(small) < _SMALL * len(within):
        return lines, ()
    goes_on = set(within)
    firsts = [number for number in depths if number not in goes_on]
    lasts = [number for number in depths if number + 1 not in goes_on]
    return lines.blanked(bare), list(zip(firsts, lasts, strict=True))


def parties_in(lines: Lines) -> Sequence[tuple[int, int]]:
    """Return the first and the last line of the parties of each case: "BO EK, v. THE BOARD."."""
    texts = lines.texts
    found: list[tuple[int, int]] = []
    for number, text in enumerate(texts):
        if text in VERSUS and 0 < number < len(texts) - 1 and is_party(texts[number - 1]):
            first, last = number - 1, number
            while number - first < _LINES_OF_PARTIES and first and texts[first - 1][-1:] == ",":
                first -= 1
            while (
                last - number < _LINES_OF_PARTIES
                and last + 1 < len(texts)
                and texts[last + 1]
                and (last == number or texts[last][-1] != ".")
            ):
                last += 1
            if last > number and (not found or found[-1][1] < first):
                found.append((first, last))
    return found


def is_party(line: str) -> bool:
    """Return whether a line may stand above "v.": "BO EK, Plaintiff,", and no club of a match."""
    return line[-1:] == "," or line[line.rfind(" ") + 1 :].rstrip(".").casefold() in _PARTIES


def with_quotations(
    quotations: Sequence[tuple[int, int]], firsts: Sequence[int], written: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Return the first and the last line of each paragraph, with those of quotations.

    `firsts` are those of all paragraphs, as if nothing were quoted; `written` are all lines of
    paragraphs.
    """
    opening = set(firsts)
    for first, last in quotations:
        opening.difference_update(range(first, last + 1))
        opening.add(first)
        below = bisect_right(written, last)
        opening.update(written[below : below + 1])
    ordered = sorted(opening)
    ends = [*ordered[1:], written[-1] + 1]
    return ordered, [written[bisect_left(written, end) - 1] for end in ends]


def _depth(line: str) -> int:
    """Return how many marks a line begins with."""
    return line[: len(line) - len(line.lstrip(_MARKS))].count(QUOTE)
