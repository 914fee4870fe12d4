"""Imprints: the lines around a headline that say who wrote and published an article, and when."""

import re
from functools import lru_cache
from string import digits

from nutgraf_index.analysis.languages.newsroom import NewsroomWords
from nutgraf_index.passages.bylines import PARTICLES, Bylines
from nutgraf_index.passages.completion.imprint import Imprint, is_sentence, may_be_left
from nutgraf_index.properties.header_block import field_of
from nutgraf_index.properties.keys import property_of
from nutgraf_index.properties.written_dates import read_moment

__all__ = ["Imprints"]

_LONGEST_IMPRINT = 300  # characters
_LONGEST_LINKED = 1000  # characters of an imprint with links
_LONGEST_LINE = 120
_MOST_LINES = 8
_MOST_UNKNOWN = 2  # lines in an imprint
_WORDS_IN_A_PLACE = 3
_WORDS_IN_A_NAME = (2, 4)
_EMPHASIS = "*_ \t\\"
_SEPARATORS = " \t,;|·•∙/()[]–—:-"
_PIECES = re.compile(r"\s*\n\s*|\s+[|·•∙]\s+")
_BARS = "|•·∙"
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\d\d\d\d")
# A pattern whose first character is of one kind is found ten times as fast as another one.
_YEAR_OR_BAR = re.compile(r"[\d|•·∙](?:(?<=[|•·∙])|\d\d\d)")
_BAR = re.compile(r"[|·•∙]")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# A day and a year stand beside each other in every date, with a month between them at most, and
# a word such as "de" before each.
_DAY_HINT = re.compile(
    r"\d/\d\d(?!\d)|\d{4}[-/]\d|[./]\d{4}|\d(?:st|nd|rd|th|er|[.º])?,?\s+(?:[^\W\d]\S*\s+){0,3}\d{4}|\d{4}\s?[年년]",
    re.I,
)
_ADDRESS = re.compile(r"\S+@\S+|@\w+|https?://\S+|www\.\S+")
_BRACKET = re.compile(r"\s*\([^()]*\)?$")
_LAST_LETTERS = re.compile(r"\w+$")
# "Apr. 26, 2022Apr. 26, 2022", "Apr. 26, 20229:30 AM"
_RUN_TOGETHER = re.compile(r"(?<=[ ,]\d{4})(?=[A-Z][a-z]{2}|\d{1,2}:\d\d)")
_BETWEEN_PAGES = 200  # characters
_ENDS_OF_YEAR = frozenset("0123456789. \t")
_ORDINAL = re.compile(r"(\d)\s*(?:st|nd|rd|th)\s*")
_SHORT_WORD = 5  # letters; a wrapped line often ends before a date with "on" or "until"


_NOTHING = Imprint()


class Imprints:
    """Recognises and reads the imprints of a language, in a block of lines or in one line."""

    def __init__(self, words: NewsroomWords, bylines: Bylines) -> None:
        def pattern(expression: str) -> re.Pattern[str]:
            return re.compile(expression, re.IGNORECASE)

        month = words.dateline_month
        weekday = rf"(?:{words.weekday}|(?:{words.short_weekday})),?\s+"
        tail = f"(?:{words.day_tail})?"
        of = rf"(?:(?:{words.date_joiner})\s+)?" if words.date_joiner else ""
        year_tail = rf"(?:\s*(?:{words.year_tail}))?" if words.year_tail else ""
        by = f"(?:{words.by})"
        self._date = pattern(
            rf"(?P<label>(?<!\w)(?:{words.published}|(?P<updated>{words.updated})))?"
            r"(?:\d{1,2}[:.]\d\d\s*(?:[ap]\.?m\.?)?\s*(?:\w{2,5}\b)?,?\s*)??"
            rf"(?:{weekday})?"
            rf"(?P<date>{month}\s+\d{{1,2}}{tail},?\s+\d{{4}}|"
            rf"\d{{1,2}}{tail}\s+{of}{month},?\s+{of}\d{{4}}{year_tail}|"
            r"\d{4}\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]|"
            r"\d{4}-\d\d-\d\d(?=T\d\d:|\b)|\d{4}\.\d\d\.\d\d|\d{4}/\d{1,2}/\d{1,2}|\d{1,2}[./]\d{1,2}[./]\d{4}|"
            r"(?P<short>\d{1,2}/\d{1,2}/\d\d))(?:(?=T\d\d:)|(?![\w-]))"
        )
        # "18 / th / Parliament" is broken so, too, in texts of PDFs.
        self._line_of_day = re.compile(
            rf"^[ \t]*(?:[^\Wa-z][^a-z\n]{{3,60}}[ ,.])?(?i:{weekday})?"
            rf"(?P<date>(?i:{month})[ \t]+\d{{1,2}},?[ \t]+\d{{4}}|"
            rf"\d{{1,2}}(?:\s{{0,2}}(?:{words.day_tail})\n?)?[ \t]*{of}(?i:{month}),?[ \t]+{of}"
            rf"\d{{4}}{year_tail})[ \t.]*$",
            re.MULTILINE,
        )
        self._time = pattern(
            rf"(?:\b(?:{words.at})\s+)?\b\d{{1,2}}(?:[:.]\d\d(?:[:.]\d\d)?(?:\s*(?:{words.half}))?|"
            rf"\s*(?:{words.half}))(?:\s*\(?(?-i:[A-Z]{{2,5}}|[A-Z][a-z]+ time)\b\)?)?"
        )
        self._at_time = pattern(rf"(?:{words.at})\s+(?=\d)|{words.updated}.*")
        self._published = pattern(rf"[(\[]?(?:{words.published})")
        self._label = pattern(rf"(?<!\w)(?:{words.published}|{words.updated})$")
        self._wrote = pattern(rf"(?:{words.wrote})\s+(?={by}\b)")
        self._capital_by = tuple(f"{word} " for word in bylines.capital_by)
        self._signs = (*_BARS, *self._capital_by)
        self._by = pattern(rf"{by}\b")
        self._unfinished = re.compile(words.unfinished)
        self._job = pattern(rf"\b(?:{words.job})\b")
        self._bylines = bylines
        self._joiners = bylines.joiners
        self._day_order = words.day_order
        # "12 Ocak 2020, Pazar"; exports in English print the day beside the edition.
        self._weekday = pattern(words.weekday if words.day_order else "(?!)")
        # The roles and the properties of an article are read one after the other, and archives
        # repeat the names of their authors.
        self._of_piece = lru_cache(maxsize=1 << 10)(self._piece)
        opening = "|".join(map(re.escape, self._capital_by))
        self._opening = re.compile(rf"\d{{4}}|[|•·∙]|{opening}|(?i:{words.wrote}) {by}\b")
        self._wrote_by = tuple(f" {word}" for word in words.by.split("|"))
        # Every imprint has a year, a bar, or a line that begins as a byline or field.
        hint = rf"[*_\s]*(?:(?:{words.wrote})\s+)?(?:{by}\b|\w+[*_]*:)"
        self._hint, self._hint_below = pattern(hint), pattern(rf"\n{hint}")

    def read(
        self, text: str, *, opens: bool = False, above: Imprint | None = None, named: bool = False
    ) -> Imprint | None:
        """Read an imprint; None for any other text.

        A line that is not understood, beside a byline or date, costs neither.

        Args:
            text: a block.
            opens: whether the block opens the article: it may be a headline with a date. Then
                nothing may be left over.
            above: the imprint above the block: then a job, a newspaper or a time alone is one, too.
            named: whether a name alone is a byline.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> imprint = newsroom_of("en").imprints.read("By Jane Roe | The Post | May 4, 2021, 9 am")
        >>> imprint.authors, imprint.source, imprint.date
        (('Jane Roe',), 'The Post', '2021-05-04')
        """
        sign = _YEAR_OR_BAR.search(text)
        if sign and len(text) <= _LONGEST_LINE and _YEAR.search(text):
            text = _RUN_TOGETHER.sub(" ", text)
        if "](" in text and len(text) <= _LONGEST_LINKED:
            text = _LINK.sub(r"\1", text.replace(")[", ") | ["))
            sign = _YEAR_OR_BAR.search(text)
        size = len(text)
        if size > _LONGEST_LINE and (
            size > _LONGEST_IMPRINT or not ("\n" in text or _BAR.search(text))
        ):
            return None
        if not (above or named or sign or self._has_hint(text)):
            return None
        pieces = [line.strip(_EMPHASIS) for line in _PIECES.split(text)]
        pieces = list(filter(None, pieces))
        if not 0 < len(pieces) <= _MOST_LINES:
            return None
        imprint = Imprint()
        unknown: list[str] = []
        for piece in pieces:
            said, left = self._of_piece(piece)
            imprint = imprint.joined(said) if imprint != _NOTHING else said
            unknown += left
        is_dated = bool(imprint.date or imprint.updated)
        if not (imprint.is_byline or is_dated) and not unknown:
            if above:
                return imprint._replace(is_byline=above.is_byline)
            return imprint if imprint.source and field_of(pieces[0]) else None
        names = [] if imprint.is_byline else [piece for piece in unknown if self.is_name(piece)]
        is_beside = not opens and len(pieces) > 1 and (is_dated or imprint.source)
        if len(names) == len(unknown) == 1 and (named or is_beside):
            return imprint._replace(authors=(names[0],), is_byline=True)
        if not (imprint.is_byline or is_dated) or len(unknown) > _MOST_UNKNOWN:
            return None
        if any(map(self._by.match, unknown)):
            return imprint._replace(is_byline=True)
        if unknown and (opens or not all(map(may_be_left, unknown))):
            return None
        is_apart = len(pieces) > 1 or all(_is_apart(words, text) for words in unknown)
        return imprint if is_apart else None

    def read_date(self, text: str) -> str:
        """Return the day of publication that a line begins with; empty if it has none.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").imprints.read_date("March 4, 2021, Thursday, Home Edition")
        '2021-03-04'
        """
        if not _DIGIT.search(text):
            return ""
        text = " ".join(text.strip(_EMPHASIS + "([").split())
        match = self._date.match(text) if len(text) <= _LONGEST_LINE else None
        if match is None or match["updated"] or match["short"]:
            return ""
        rest = text[match.end() :].lstrip(" ,")
        rest = self._at_time.sub("", rest)
        is_line = (
            bool(match["label"])
            or not rest
            or rest[0] in "|-–—•·(/"
            or rest[0].isdigit()
            or rest[0].isupper()
        )
        return _day(match["date"]) if is_line and not is_sentence(rest) else ""

    def day_of_lines(self, text: str) -> str:
        r"""Return the day of the lines that are a date alone; empty if they name several days.

        Minutes and debates print it on each page; newspapers print it in capitals below their name.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").imprints.day_of_lines("We agree.\n4\nMonday, 3 May 2021\nYes.")
        '2021-05-03'
        """
        if not _may_have_digits(text):
            return ""
        lines = text.split("\n")
        likely = [
            number
            for number, line in enumerate(lines)
            if line and line[-1] in _ENDS_OF_YEAR and not line[-2:-1].isalpha()
        ]
        days: set[str] = set()
        start = above = 0  # the offset of a line, and its number
        end = -_BETWEEN_PAGES
        for number in likely:
            if not lines[number].rstrip(" \t.")[-4:].isdigit():
                continue
            # A broken ordinal stands on the two lines above.
            dates = ("\n".join(lines[max(0, number - more) : number + 1]) for more in range(3))
            match = next(filter(None, map(self._line_of_day.fullmatch, dates)), None)
            if match is None:
                continue
            days.add(_day(_ORDINAL.sub(r"\1 ", match["date"])))
            start += sum(map(len, lines[above:number])) + number - above
            above = number
            if len(days) > 1 or start + 1 < end + _BETWEEN_PAGES:
                return ""  # a row of other stories
            end = start + len(lines[number]) + 1
        return days.pop() if days else ""

    def is_dated(self, text: str) -> bool:
        """Return whether a line begins with the label of a date of publication."""
        return (
            len(text) <= _LONGEST_LINE and self._published.match(text.strip(_EMPHASIS)) is not None
        )

    def _has_hint(self, text: str) -> bool:
        return self._hint.match(text) is not None or (
            "\n" in text and self._hint_below.search(text) is not None
        )

    def _piece(self, piece: str) -> tuple[Imprint, tuple[str, ...]]:
        """Return what a piece of a line says, and what is left of it that is not understood."""
        if len(piece) > _LONGEST_LINE:
            return _NOTHING, (piece,)
        field = field_of(piece)
        if field and (given := self._of_field(property_of(field.key), field.value)):
            return given, ()
        is_unknown = field and not property_of(field.key)
        if is_unknown and not (self._date.match(piece) or self._bylines.read(piece)):
            return _NOTHING, (piece,)  # "LOAD-DATE: May 4, 2021"
        imprint, rest = _NOTHING, [piece]
        if _DAY_HINT.search(piece):
            imprint, rest = self.dates(piece)
        unknown: list[str] = []
        for part in rest:
            for left in self._time.split(part):
                words = self._label.sub("", f"{left.strip(_SEPARATORS)} ").strip(_SEPARATORS)
                if words and not (
                    _ADDRESS.fullmatch(words)
                    or words in self._joiners
                    or self._weekday.fullmatch(words)
                ):
                    said = self._of_words(words)
                    if said is None:
                        unknown.append(words)
                    else:
                        imprint = imprint.joined(said)
        return imprint, tuple(unknown)

    def _of_field(self, known: str, value: str) -> Imprint | None:
        """Return what a line such as "Source: The Post" says; None if it is none."""
        if known == "date" and (date := _day(value)):
            return Imprint(date=date)
        if known == "source" and value:
            return Imprint(source=value)
        is_byline = self._bylines.is_byline(value)  # "BYLINE: By Maja Orlo"
        byline = self._bylines.read(value) if is_byline else self._bylines.read_names(value)
        if known == "authors" and byline:
            return Imprint(byline.authors, byline.source, is_byline=True)
        return None

    def dates(self, piece: str) -> tuple[Imprint, list[str]]:
        """Return the dates of publication in a line, and what stands around them."""
        imprint = Imprint()
        rest: list[str] = []
        end = 0
        for match in self._date.finditer(piece):
            day = match["date"]
            moment = read_moment(
                f"{day[:-2]}20{day[-2:]}" if match["short"] else day, self._day_order
            )
            if moment and (moment.other or len(moment.date) == len("2020-01-08")):
                day = moment.date
                dated = Imprint(updated=day) if match["updated"] else Imprint(date=day)
                imprint = imprint.joined(dated)
                rest.append(piece[end : match.start()])
                end = match.end()
        return imprint, [*rest, piece[end:]]

    def _of_words(self, words: str) -> Imprint | None:
        """Return what words without date say; None if they are not understood."""
        if byline := self._bylines.read(self._wrote.sub("", words), lenient=True):
            return Imprint(byline.authors, byline.source, is_byline=True)
        if named := self.house(words):
            return Imprint(source=named)
        house = self._bylines.houses.second_line(words) if may_be_left(words) else None
        return None if house is None else Imprint(source=house)

    def house(self, words: str) -> str:
        """Return the house that is named, without its place in brackets; empty if it is none."""
        # "The Lindholm Post (Sweden)"
        bare = _BRACKET.sub("", words) if "(" in words else words
        return bare if self._bylines.houses.is_house(bare) else ""

    def is_below_house(self, above: str, line: str) -> bool:
        """Return whether a line is a date of publication below the name of a house."""
        if len(line) > _LONGEST_LINE or not _YEAR_OR_BAR.search(line):
            return False
        return bool(self.house(above)) and not self.is_name(line) and self.read(line) is not None

    def is_name(self, words: str) -> bool:
        """Return whether words can be the name of an author, and nothing else."""
        least, most = _WORDS_IN_A_NAME
        parts = words.split()
        return (
            least <= len(parts) <= most
            and all(part in PARTICLES or part[:1].isupper() for part in parts)
            and not any(character.isdigit() or character in ",@" for character in words)
            and not (
                self._bylines.houses.is_house(words) or self._job.search(words) or words.isupper()
            )
            and self._bylines.read_names(words) is not None
        )

    def may_start(self, text: str) -> bool:
        """Return whether a line of a block may begin an imprint: few blocks have one."""
        # An imprint has one of these signs; `in` is far faster than a pattern.
        if any(map(text.__contains__, self._signs)):
            return True
        if _may_have_digits(text) and _YEAR.search(text):
            return True
        may_have = any(map(text.__contains__, self._wrote_by))
        lines = map(str.strip, text.split("\n")) if may_have else ()
        return any(map(self._wrote.match, lines))

    def starts(self, lines: list[str], *, opens: bool) -> list[int]:
        """Return the indexes of the lines of a block where an imprint begins or has ended.

        Lines of a headline may stand above it, and lines of the story below. `opens` is whether the
        block opens the article.
        """
        found: set[int] = set()
        count = next((i for i, line in enumerate(lines) if not may_be_left(line)), len(lines))
        lines = lines[: count + 1]
        imprints = [self._line(lines, index) for index in range(count)]
        index = 0
        while index < count:
            first = next((i for i in range(index, count) if imprints[i]), count)
            end = first
            while end < count and self.read(lines[end], above=Imprint()):
                end += 1
            if end == first:
                break
            while first > index and self._is_beside(lines, first - 1, opens=opens):
                first -= 1
            found |= {first, end} - {0, len(lines)}
            index = end
        return sorted(found)

    def _line(self, lines: list[str], index: int) -> Imprint | None:
        """Return the imprint that a line of a block is by itself; None if it is none.

        A paragraph may be wrapped before a date, or before a name.
        """
        above, line, below = lines[max(index - 1, 0)], lines[index], lines[index + 1 : index + 2]
        last = _LAST_LETTERS.search(above) if index else None
        if last and self._unfinished.fullmatch(last[0]):
            return None
        is_cut = last and last[0].islower() and len(last[0]) <= _SHORT_WORD
        # A paragraph goes on below the date, or ends with a full stop.
        goes_on = is_sentence(line) or not all(map(self._opening.search, below))
        if any(one[:1].islower() for one in below) or (is_cut and goes_on):
            return None
        may_open = self._wrote.match(line) or line.startswith(self._capital_by)
        is_likely = may_open or _YEAR_OR_BAR.search(line)
        return self.read(line, opens=index == 0) if is_likely else None

    def _is_beside(self, lines: list[str], index: int, *, opens: bool) -> bool:
        """Return whether a line above an imprint is part of it and not of a headline."""
        line = lines[index]
        if index == 0:
            return self._bylines.houses.is_house(line) or (not opens and self.is_name(line))
        is_headline_above = len(lines[index - 1].split()) > _WORDS_IN_A_NAME[1] - 1
        return (
            self.read(line, above=Imprint()) is not None
            or self._by.match(line) is not None
            or (is_headline_above and self.is_name(line))
        )


def _may_have_digits(text: str) -> bool:
    """Return whether a text has a digit of ASCII or any character beyond it; `in` is fast."""
    return not text.isascii() or any(map(text.__contains__, digits))


def _day(text: str) -> str:
    """Return the day that a text states, as ISO 8601 text; empty if it states none."""
    moment = read_moment(text)
    return moment.date if moment and len(moment.date) == len("2020-01-08") else ""


def _is_apart(words: str, line: str) -> bool:
    """Return whether a mark stands between a place or house and the rest of a line."""
    parts = words.split()
    after = line[line.find(words) + len(words) :].lstrip(" \t*_")
    return (
        len(parts) <= _WORDS_IN_A_PLACE
        and all(part[0].isupper() for part in parts)
        and after[:1] in tuple(",;|/()–—-·•")
    )
