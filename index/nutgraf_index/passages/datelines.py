"""Datelines: the place, date and agency of a report, at the head of its lead."""

import re
from functools import lru_cache
from typing import NamedTuple

from nutgraf_index.analysis.languages.newsroom import NewsroomWords
from nutgraf_index.dates import iso_date
from nutgraf_index.passages.bylines import AGENCIES, Bylines
from nutgraf_index.passages.completion.places import (
    WORDS_IN_A_CITY,
    Places,
    folded,
    goes_on,
    is_capitals,
    opens,
)
from nutgraf_index.properties.written_dates import read_moment

__all__ = ["Dateline", "Datelines"]

_LONGEST_DATELINE = 200  # characters
_LONGEST_LINE_ABOVE = 160  # a headline or a byline in the block of the lead
_LINES_ABOVE = 3
_LONGEST_HEAD = 1000  # characters of a block that are read
_WORDS_IN_MIXED_CASE = 4
_WORDS_BEFORE_HYPHEN = 2  # of a city that is not known
_WORDS_IN_A_SOURCE = 4
_SHORTEST_TEXT = 12  # characters after a colon
_TEXT_SEEN = 60  # characters after a dateline: a headline goes on in capitals

_WORD = r"[^\W\d_a-z](?:[\w.'’`´‘]|-(?=\w))*"
_SMALL = r"(?:de|do|da|du|di|del|des|la|las|le|les|los|al|el|en|of|the|on|sur|am|an|der|e|y)"
_NAME = rf"{_WORD}(?: +(?:{_SMALL} +){{0,2}}{_WORD}){{0,5}}?"
_JOINER = r"(?: and | & |/)"
# "CA-The": a hyphen after two letters of a state parts the dateline from the text.
_PLACES = (
    rf"{_NAME}(?:{_JOINER}{_NAME}){{0,2}}?"
    rf"(?: ?[,،] ?(?:[A-Z]{{2}}(?=-[A-Z][a-z])|{_NAME})(?:{_JOINER}{_NAME})?){{0,3}}?"
)
_PLACE = re.compile(_PLACES)
_SPACED = re.compile(r"\s+")
# A saved web page breaks a line at a link, before a sign; a wrapped line ends with a comma.
_BROKEN = (re.compile(r"\n[ \t]*(?=[:,(/–—])"), re.compile(r",[ \t]*\n[ \t]*"))
_EMPHASISED = re.compile(r"([*_]{1,3})(?=\S)([^*_\n]{2,120}?)(?<=\S)\1")
_NO_OPENING = frozenset("\"'“‘«#-–—")
_STORY = "The"  # in place of the text, where a dateline stands alone
# Patterns that begin with one of a few characters are found fast.
_HYPHEN = re.compile(r"-[-A-Z\"“'‘]").search
_MARK_ALONE = re.compile(r"[-_~](?<=[\s.].)(?:\s|$)").search
_DAY_AND_STOP = re.compile(r"\.(?<=\d\.)\s").search
_YEAR = re.compile(r"\d{4}")
_BRACKETS = re.compile(r"[(\[](?P<place>[^()\[\]\n]{2,60})[)\]]\s*(?P<close>--?\s|[–—―]\s*|:\s)")
# After a slug stands a place with a dash: "PIER _ LINDHOLM, Maine _ The board".
_SLUG = re.compile(r"[^\W\d_a-z][^a-z\n,]{2,30}(?:, ?[A-Z][\w.]+){0,2},? [-_] ")
_SOURCE_SHAPE = re.compile(r"[A-Z]{2,6}|[A-Z\d][\w-]*[a-z]\w*[A-Z]\w*|\w+\.\w{2,3}")
# Without a bracket only agencies in capitals, or with a name that is no word, are read.
_LONG_NAMES = "|".join(re.escape(name) for name in sorted(AGENCIES) if len(name) > 4)
_AGENCY_NAMES = rf"(?i:{_LONG_NAMES})|AFP|AP|UPI|CNN|BBC|DPA|dpa|PTI|IANS|TASS|EFE|ANSA|ТАСС"


class Dateline(NamedTuple):
    """The parts of a dateline; a part that is missing is empty.

    Attributes:
        place: the place where the report was filed, with its state or country.
        date: ISO 8601; empty also if the dateline has no year.
        source: the agency.
        end: the offset of the first character after the dateline.
    """

    place: str
    date: str
    source: str
    end: int


class Datelines:
    """Reads the datelines of a language, and places that stand alone above a lead."""

    none = Dateline("", "", "", 0)

    def __init__(self, words: NewsroomWords, bylines: Bylines) -> None:
        weekday = rf"(?:{words.weekday},?\s+)?"
        month = rf"(?i:{words.dateline_month})"
        tail = f"(?:{words.day_tail})?"
        of = rf"(?:(?:{words.date_joiner})\s+)?" if words.date_joiner else ""
        year_tail = rf"(?:\s*(?:{words.year_tail}))?" if words.year_tail else ""
        month_day = rf"(?:{month}\s+\d{{1,2}}{tail}|\d{{1,2}}{tail}\s+{of}{month})"
        year = rf"(?:,?\s+{of}\d{{4}}{year_tail})?"
        day = rf"{weekday}{month_day}{year}"
        dash = (
            r"(?:[^\S\n]*(?:-?[–—―−]|--+)\s*|[^\S\n]+[-_~](?:\s+|$)|-(?=[A-Z\"“'‘])|"
            r"\.?\s*[-–—]{1,2}\s+)"
        )
        agency = (
            r"(?:\s*(?:--?)?\s*\((?P<source>[^()\n]{2,60})\)"
            rf"(?:,?\s+(?P<after>{day}))?\.?|,?\s*/(?P<slashed>[^/()\n]{{2,40}})/(?P<full>\.(?=\s))?|"
            rf"(?:,\s*|/)(?P<named>{_AGENCY_NAMES})\b)"
        )
        self._dateline = re.compile(
            rf"(?P<before>{day}[,.]?\s+)??(?:(?P<place>{_PLACES})(?!\w))??"
            rf"(?:(?P<comma>,?)\s*(?P<date>{day}))??(?P<stop>\.?),?"
            rf"(?:{agency}(?P<close>{dash}|:\s+|\s*)|(?P<end>{dash}|\s*:\s+|"
            r"(?(date)(?<=\.)\s+(?=[\"'“‘]?[A-Z])|(?!))))"
        )
        # Releases print date and agency after the dash: "LINDHOLM - May 4, 2021 (Newswire) -".
        self._more = re.compile(
            rf"(?:(?P<date>{day}),?\s*)?(?:\(\[?(?P<source>[^()\[\]\n]{{2,40}})\]?(?:\([^()\s]*\))?\)|"
            rf"/ ?(?P<slashed>[^/\n]{{2,40}}) ?/)?(?:{dash}|(?P<alone>\s*\Z))"
        )
        # "LINDHOLM, Sweden (Port.Wire) Monday, May 4, 2021 @ 8:00 AM Europe/Stockholm —"
        self._moment = re.compile(
            rf"(?P<place>{_PLACES}) \((?P<source>[^()\n]{{2,40}})\),? "
            rf"(?P<date>[^\n]{{6,60}}?){dash}"
        )
        # "(ANSA) - ROMA, 12 GEN - ", and "МОСКВА, 12 янв — РИА Новости. "
        self._place_below = re.compile(
            rf"(?P<place>{_PLACES})(?:,? ?\(?[A-Z]{{2}}\)?)?,? (?P<date>{day})(?:{dash})"
        )
        self._agency_below = re.compile(rf"(?P<source>{_AGENCY_NAMES})(?:\.\s+|{dash})")
        self._day_only = re.compile(day)
        short = rf"(?:(?:{words.weekday}|(?i:{words.short_weekday})),?\s+)?"
        self._day_with_short = re.compile(rf"{short}(?P<day>{month_day}{year})\b")
        self._weekday = re.compile(words.weekday)
        self._month = re.compile(month)
        self._by = re.compile(rf"(?i:{words.by})\s+(?:\S+\s+){{2,8}}?(?={_PLACES}[^\n]{{0,30}}\()")
        self._places = Places(words)
        self._bylines = bylines
        # The roles and the properties of an article are read one after the other.
        self._read = lru_cache(maxsize=1 << 5)(self._first)

    def read(self, text: str) -> Dateline | None:
        """Read the dateline at the head of a lead; None if it has none.

        A headline or byline in the block of the lead may stand above it, on lines of their own.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").datelines.read("LONDON, Feb 1 (Reuters) - Shares rose.")
        Dateline(place='LONDON', date='', source='Reuters', end=26)
        """
        return self._read(text)

    def _first(self, text: str) -> Dateline | None:
        """Read the dateline of the first characters of a block."""
        text = text[:_LONGEST_HEAD]
        if dateline := self._at(text, 0):
            return dateline
        start = 0
        for _ in range(_LINES_ABOVE):
            end = text.find("\n", start, start + _LONGEST_LINE_ABOVE)
            if end < 0 or text[start:end].rstrip()[-1:] in ".?!,;":
                break
            line = text[start:end].strip()
            is_by = self._bylines.opens(line)
            is_byline = is_by and self._bylines.read(line) is not None
            start = end + 1
            dateline = self._at(text, start)
            if dateline and (is_byline or is_capitals(dateline.place.partition(",")[0])):
                return dateline if dateline.place or is_byline else None
        if self._bylines.opens(text) and (match := self._by.match(text[:200])):
            dateline = self._at(text, match.end())
            if dateline and dateline.source and self._bylines.read(text[: match.end()]):
                return dateline
        return None

    def _at(self, text: str, start: int) -> Dateline | None:
        """Read the dateline that begins at an offset."""
        head = text[start : start + _LONGEST_DATELINE + _TEXT_SEEN]
        if head[:1].islower() or head[:1] in _NO_OPENING:
            return None
        if not _may_end(head):
            return None
        spaces = len(head) - len(head.lstrip())
        head = head[spaces:]
        if not head:
            return None
        if "\n" in head:
            before_sign, after_comma = _BROKEN
            head = after_comma.sub(lambda match: "," + " " * (len(match[0]) - 1), head)
            head = before_sign.sub(lambda match: " " * len(match[0]), head)
        marks = 0  # characters of emphasis that are taken out
        if head[0] in "*_" and (match := _EMPHASISED.match(head)):
            marks = 2 * len(match[1])
            head = match[2] + head[match.end() :]
        elif head[0] in "([" and (match := _BRACKETS.match(head)):
            place = " ".join(match["place"].split())
            rest = head[match.end() :]
            if self._places.is_known(place) and goes_on(rest):
                return Dateline(place, "", "", start + spaces + match.end())
        match = self._dateline.match(head)
        if match is None or match.end() > _LONGEST_DATELINE - spaces:
            return None
        is_alone = match.end() + marks + spaces + start >= len(text)
        is_closed = (match["close"] or match["end"] or "").strip()
        if is_alone and not (
            is_closed
            and match["place"]
            and (match["date"] or match["source"] or self._places.is_known(match["place"]))
        ):
            return None
        rest = head[match.end() : match.end() + _TEXT_SEEN].rstrip()
        dateline = self._checked(match, rest or _STORY)
        if dateline is None:
            dateline = self._with_moment(head) if ") " in head else None
            return dateline and dateline._replace(end=start + spaces + marks + dateline.end)
        end = match.end()
        if dateline.source and not dateline.place:
            below = self._place_below.match(head, end)
            if below and is_capitals(below["place"]):
                date = dateline.date or self._iso(below["date"])
                dateline = dateline._replace(place=_SPACED.sub(" ", below["place"]), date=date)
                end = below.end()
        elif (
            match["date"] and not dateline.source and (below := self._agency_below.match(head, end))
        ):
            dateline = dateline._replace(source=below["source"])
            end = below.end()
        while dateline.place and (more := self._more.match(head, end)) and more.end() > end + 4:
            dateline = self._with_more(dateline, more)
            end = more.end()
        return dateline._replace(end=start + spaces + marks + end)

    def _with_moment(self, head: str) -> Dateline | None:
        """Read a dateline with a house in brackets, and a day and time before the dash."""
        match = self._moment.match(head)
        day = self._day_with_short.match(match["date"]) if match else None
        if match is None or day is None:
            return None
        source = match["source"]
        is_house = _SOURCE_SHAPE.fullmatch(source) or self._bylines.houses.is_house(source)
        place = _SPACED.sub(" ", match["place"])
        if not is_house or self._places.is_no_place(place):
            return None
        return Dateline(place, "", source, match.end())  # as all dates in running text

    def _with_more(self, dateline: Dateline, more: re.Match[str]) -> Dateline:
        """Return a dateline with the date and agency that stand after its dash."""
        source = " ".join((more["source"] or more["slashed"] or "").split())
        return dateline._replace(
            source=dateline.source or source, date=dateline.date or self._iso(more["date"] or "")
        )

    def _iso(self, date: str) -> str:
        """Return the ISO date of a dateline's date; empty if it has no year."""
        if not _YEAR.search(date):
            return ""
        date = re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", self._weekday.sub("", date))
        words = " ".join(date.split()).strip(" ,.")
        day = iso_date(re.sub(r"[^\W\d_]+", lambda match: match[0].capitalize(), words)) or ""
        if not day and (moment := read_moment(words)):
            day = moment.date
        return day if len(day) == len("2020-01-08") else ""

    def _checked(self, match: re.Match[str], rest: str) -> Dateline | None:
        """Return the dateline of a match, if it is one; `rest` is the text after it."""
        place = _SPACED.sub(" ", match["place"] or "").strip()
        source, dated = self._source(match)
        date = next(filter(None, (match["date"], match["after"], match["before"], dated)), "")
        close = match["close"] or match["end"] or ""
        is_dash, is_colon = bool(match["full"] or close.strip(" :\n\t")), ":" in close
        is_agency = bool(source) and self._is_agency(source)
        is_whole = bool(self._bylines.houses.agency(source))  # no name beside it, as of a picture
        if (match["slashed"] or match["named"]) and not (is_dash and is_capitals(place)):
            return None
        if match["slashed"] and not (is_agency or _SOURCE_SHAPE.fullmatch(source.split()[0])):
            return None
        if place and self._places.is_no_place(place):
            return None
        if not place:
            is_dateline = is_agency and (is_dash or opens(rest))
        elif is_agency or match["slashed"]:
            is_closed = is_dash or is_colon or (is_whole and opens(rest))
            is_dateline = is_closed and self._is_filed(place)
        elif source:
            is_dateline = (is_dash or is_colon) and self._is_by_house(place, source, date, rest)
        elif date:
            is_dateline = self._is_dated(place, match, close, rest)
        elif is_colon:
            is_printed = is_capitals(place) or self._places.has_long_region(place)
            is_dateline = is_printed and self._places.is_known(place) and goes_on(rest)
            is_dateline = is_dateline and len(rest) >= _SHORTEST_TEXT
        else:
            is_dateline = is_dash and self._is_bare(place, close, rest)
        if not is_dateline:
            return None
        return Dateline(place, self._iso(date), source, 0)

    def _source(self, match: re.Match[str]) -> tuple[str, str]:
        """Return the agency of a match, and the date in its bracket: "(Newsfile - May 4, 2021)"."""
        source = " ".join((match["source"] or match["slashed"] or match["named"] or "").split())
        if self._day_only.fullmatch(source):
            return "", source
        for separator in (" - ", ", "):
            head, found, tail = source.partition(separator)
            if found and self._month.search(tail):
                return head.strip(), tail.strip()
        return source, ""

    def _is_agency(self, source: str) -> bool:
        names = re.split(r"\s*[/&]\s*|\s+and\s+", source.casefold())
        return source.casefold() in AGENCIES or any(name in AGENCIES for name in names)

    def _is_filed(self, place: str) -> bool:
        """Return whether a place before an agency may be one: then any case will do."""
        city = place.partition(",")[0]
        longest = WORDS_IN_A_CITY + 2 if city.isupper() else _WORDS_IN_MIXED_CASE
        is_stop = city.split()[0].casefold() in self._places.stop_words
        is_city = not is_stop or folded(city) in self._places.cities
        return is_city and folded(city) not in AGENCIES and len(city.split()) <= longest

    def _is_by_house(self, place: str, source: str, date: str, rest: str) -> bool:
        """Return whether a place before a bracket with an unknown house begins a report."""
        city = place.partition(",")[0]
        if (
            ":" in source
            or len(source.split()) > _WORDS_IN_A_SOURCE
            or self._places.is_known(source)
        ):
            return False
        if folded(source) in self._places.regions or rest[:1].islower():
            return False
        if "-" in city and not (self._places.is_known(place) or "," in place):
            return False  # a slug: "PIER-CLOSES (Lindholm) _ The board"
        is_house = _SOURCE_SHAPE.fullmatch(source) or self._bylines.houses.is_house(source)
        if self._places.is_known(place):
            return bool(is_house) or source[0].isupper()
        if not is_capitals(city):
            return bool(is_house) and bool(date)
        return bool(is_house or date or "," in place) and self._places.is_city(place)

    def _is_dated(self, place: str, match: re.Match[str], close: str, rest: str) -> bool:
        """Return whether a place before a date begins a report."""
        city = place.partition(",")[0]
        if ":" in close or not (match["date"] or match["source"]):
            return False
        if not goes_on(rest):
            return False  # the name line of a newspaper, or a headline
        if not self._places.small_words.isdisjoint(city.casefold().split()):
            return False
        if is_capitals(city):
            return len(city.split()) <= WORDS_IN_A_CITY
        is_named = len(city.split()) <= _WORDS_IN_MIXED_CASE and (
            match["comma"] == "," or self._places.is_known(place)
        )
        is_first = city.split()[0].casefold() in self._places.stop_words
        return is_named and not is_first and opens(rest)

    def _is_bare(self, place: str, close: str, rest: str) -> bool:
        """Return whether a place alone before a dash begins a report."""
        city, comma, _ = place.partition(",")
        if not goes_on(rest):
            return False
        is_known = self._places.is_known(place)
        if close.strip() == "-" and close[0] in "-.":
            return is_known and (self._places.has_short_region(place) or close[-1] == " ")
        if is_capitals(city):
            is_hyphen = close.strip(" \xa0\n") in ("-", "_", "--")
            is_slug = _SLUG.match(rest) or ("-" in city and is_hyphen)
            is_long = is_hyphen and len(city.split()) > _WORDS_BEFORE_HYPHEN
            is_city = self._places.is_city(place) and not (is_slug or is_long)
            return (bool(is_known or comma) and self._places.is_city(place)) or is_city
        return is_known and (bool(close.strip(" -")) or close.strip() in ("-", "--"))

    def read_place(self, line: str) -> str:
        """Return the place that a line above a lead names, and nothing else; empty if none.

        >>> from nutgraf_index.passages.newsroom import newsroom_of
        >>> newsroom_of("en").datelines.read_place("RANDBURG, South Africa")
        'RANDBURG, South Africa'
        """
        line = " ".join(line.strip("*_ \t\n:-–—").split())
        if not 2 < len(line) <= 60 or not _PLACE.fullmatch(line):
            return ""
        return line if self._places.is_known(line) and folded(line) not in AGENCIES else ""


def _may_end(head: str) -> bool:
    """Return whether a text has a mark that every dateline ends with; few paragraphs have one."""
    return (
        ":" in head
        or "(" in head
        or "[" in head
        or "/" in head
        or (not head.isascii() and any(map(head.__contains__, "–—―−")))
        or ("-" in head and _HYPHEN(head) is not None)
        or _DAY_AND_STOP(head) is not None
        or (("-" in head or "_" in head or "~" in head) and _MARK_ALONE(head) is not None)
    )
