"""Dates as files state them: in any form that states a day without doubt, with times and zones.

`dates.iso_date` reads the few forms that queries take. The reader here takes a date apart into
words and numbers instead of comparing it with a list of forms.
"""

import datetime
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from nutgraf_index.analysis.languages.newsrooms.months import PAIRS
from nutgraf_index.analysis.languages.registry import months_by_language
from nutgraf_index.arguments import whole_number
from nutgraf_index.dates import iso_date

__all__ = ["DMY", "MDY", "Moment", "majority_order", "read_moment"]

DMY, MDY = "dmy", "mdy"  # day or month first, in dates such as 04/03/2021


class Moment(NamedTuple):
    """A date, and the time of day if the text states one.

    Attributes:
        date: ISO 8601: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, of the clock that the time was read from;
            empty if the order of day and month is in doubt.
        time: the time of day; None if the text states none.
        zone: minutes from UTC; None if the text states no zone, or one that is not known.
        other: the date in the other order of day and month, if the order is in doubt; else empty.
    """

    date: str
    time: datetime.time | None = None
    zone: int | None = None
    other: str = ""

    def latest(self) -> datetime.datetime:
        """Return the moment in UTC, the latest one that the text can mean.

        Without a zone it is read from the last clock on earth, that of UTC-12. A date without a
        time begins at midnight; a month or a year begins with its first day.
        """
        date = self.date or max(self.other.split())
        year, month, day = (int(part) for part in f"{date}-01-01".split("-")[:3])
        local = datetime.datetime.combine(datetime.date(year, month, day), self.time or _MIDNIGHT)
        minutes = _LAST_ZONE if self.zone is None else self.zone
        try:
            return (local - datetime.timedelta(minutes=minutes)).replace(tzinfo=datetime.UTC)
        except OverflowError:
            return local.replace(tzinfo=datetime.UTC)


_MIDNIGHT = datetime.time()
_LAST_ZONE = -12 * 60
_LONGEST = 120  # characters
_EPOCH_YEARS = range(1973, 2100)  # of seconds since 1970, in nine digits and more
_FIRST_YEAR = 1000  # of four digits
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    segunda terça quarta quinta sexta sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    понедельник вторник среда четверг пятница суббота воскресенье
    poniedziałek wtorek środa czwartek piątek sobota niedziela
    pazartesi salı çarşamba perşembe cuma cumartesi pazar
    الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد
"""
_SHORT_WEEKDAYS = "mon tue tues wed weds thu thur thurs fri sat sun".split()
_FILLERS = set(
    "the of de del den le el il em op am on st nd rd th er º ª feira г года год r roku tarihinde "
    "يوم في م го".split()
)
# Before a date: "Published: ", "Last updated on ".
_LABEL = re.compile(
    r"(?:(?:first|last|originally|date|article)\s+)*"
    r"(?:date|dated|posted|published|updated|modified|edited|created|released|issued|filed|added|"
    r"written|submitted|veröffentlicht|aktualisiert|erstellt|stand|publiée?|mise? à jour|"
    r"publicado|actualizado|publicada|atualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|"
    r"опубликовано|обновлено|opublikowano|aktualizacja|güncelleme|نشر)\b\s*(?:(?:on|am|le|el|at|date)\b)?\s*:?\s*",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?<=\d)\W*\b(?:last\s+)?(?:updated|modified|edited|aktualisiert)\b.*", re.IGNORECASE
)
# Of time zones that have one meaning in newsrooms, the hours from UTC; in doubt the later clock.
_ZONES = {
    "Z": 0, "UTC": 0, "GMT": 0, "UT": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "CEST": 2,
    "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3, "SAST": 2, "CAT": 2, "EAT": 3, "MSK": 3, "PKT": 5,
    "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12,
    "NZDT": 13, "EDT": -4, "EST": -5, "ET": -5, "CDT": -5, "CT": -6, "MDT": -6, "MST": -7,
    "MT": -7, "PDT": -7, "PST": -8, "PT": -8, "AKDT": -8, "AKST": -9, "HST": -10, "ADT": -3,
    "AST": -4,
}  # fmt: skip
_UNKNOWN_ZONES = ("IST", "CST", "ACST", "ACDT", "NST", "NDT", "BRT", "ART", "WIB", "WITA", "WAT")
_NAMES = "|".join(sorted((*_ZONES, *_UNKNOWN_ZONES), key=len, reverse=True))
_ZONE = (
    rf"(?:\s*(?P<name>\b(?:{_NAMES})\b|(?<=\d)Z\b)|\s*(?i:(?:eastern|central|mountain|pacific|local)"
    r"(?:\s+(?:standard|daylight|summer))?(?:\s+time)?))?"
    r"(?:\s*(?P<sign>[+\-−])(?P<hours>\d{1,2}):?(?P<minutes>\d\d)?(?!\d))?"
    r"(?:\s*[(\[][^()\[\]\d]*[)\]])?"
)
_CLOCK = re.compile(
    r"(?:(?:,|\bat|\bum|\bà|[@|·•–—-])\s*)*(?:(?<![\d:])(?P<hour>\d{1,2})(?!\d)"
    r"(?:(?P<sign_between>[:h.])(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d+)?)?(?![:\d]))?"
    r"(?P<mark>\s*(?P<half>[apAP])\.?\s?[mM]\b\.?|\s*Uhr\b|h\b)?|(?i:(?P<word>\bnoon|\bmidnight)\b))"
    rf"{_ZONE}"
)
_ISO = re.compile(
    r"(?P<date>\d{4}-\d\d?-\d\d?|\d{8})"
    r"(?:[Tt ]\s*(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?)?)?"
    r"\s*(?P<name>Z|z|UTC|GMT)?(?:(?P<sign>[+\-])(?P<hours>\d\d):?(?P<minutes>\d\d)?)?(?:\[[^\]]*\])?"
)
_DIGITS = re.compile(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(?:(\d\d)(?:\.\d+)?)?")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_EAST_ASIAN = re.compile(r"(\d{4})\s?[年년]\s?(\d\d?)\s?[月월]\s?(\d\d?)\s?[日일]")
_NUMBER = re.compile(r"-?\d{9,13}(?:\.\d+)?")
_PART = re.compile(r"\d+|[^\W\d_]+")
_BETWEEN = re.compile(r"[\s,./\-–()|·•:'’º ª]*")
_SLASHED = re.compile(r"(?<!\d)(\d\d?)([/\-])(\d\d?)\2\d{4}(?!\d)")


def read_moment(value: object, order: str = "") -> Moment | None:
    """Read a date, and the time of day beside it; return None for what states no date.

    `value` is a text, a date, a datetime, or a number: a year, the digits of a day such as
    20210304, or seconds or milliseconds since 1970. `order` is "dmy", "mdy" or, if it is not known,
    empty. Two-digit years are not read, except beside the day of the week that tells the century.

    >>> read_moment("Thu, March 4th, 2021 at 9:05 am ET")
    Moment(date='2021-03-04', time=datetime.time(9, 5), zone=-300, other='')
    >>> read_moment("04/03/2021").other, read_moment("04/03/2021", "dmy").date
    ('2021-04-03 2021-03-04', '2021-03-04')
    """
    if isinstance(value, datetime.datetime):
        return _of_datetime(value)
    if isinstance(value, datetime.date):
        return Moment(value.isoformat()) if value == value else None
    if not isinstance(value, str):
        if (isinstance(value, float) and 1e8 <= value < 1e14) or whole_number(value) is not None:
            value = str(int(value))  # type: ignore[call-overload]
        else:
            return None
    return _read(value, order) if len(value) <= _LONGEST else None


def majority_order(texts: Iterable[str]) -> str:
    """Return the order of day and month that most dates in some texts show; "" for no majority.

    A date shows it by a number above 12: 25/12/2020 has the day first, 12/25/2020 the month.
    """
    shown = {DMY: 0, MDY: 0}
    for text in texts:
        for match in _SLASHED.finditer(text):
            first, second = int(match[1]), int(match[3])
            shown[DMY] += 12 < first <= 31 and 0 < second <= 12
            shown[MDY] += 12 < second <= 31 and 0 < first <= 12
    if shown[DMY] == shown[MDY]:
        return ""
    return DMY if shown[DMY] > shown[MDY] else MDY


def _of_datetime(value: datetime.datetime) -> Moment | None:
    if value != value:  # the NaT of pandas
        return None
    offset = value.utcoffset()
    zone = None if offset is None else int(offset.total_seconds() // 60)
    return Moment(value.date().isoformat(), value.time().replace(tzinfo=None), zone)


@lru_cache(maxsize=1 << 12)  # a file often has one date many times
def _read(text: str, order: str) -> Moment | None:
    text = _CONTROL.split(text, maxsplit=1)[0]  # what a wire adds after the time
    text = unicodedata.normalize("NFC", " ".join(text.split())).strip(" .,;|[]\"'")
    text = _EAST_ASIAN.sub(r"\1-\2-\3", text)
    if not text.isascii():
        for months, month in PAIRS.items():
            text = text.replace(months, month)
    if match := _ISO.fullmatch(text):
        return _with_time(iso_date(match["date"]), match)
    if match := _NUMBER.fullmatch(text):
        return _of_digits(text)
    if match := _DIGITS.fullmatch(text):  # with the seconds: 14 digits
        return _of_digits(text)
    text = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    text = _CHANGED.sub("", text)
    clock = next(filter(_is_clock, _CLOCK.finditer(text)), None)
    rest = f"{text[: clock.start()]} {text[clock.end() :]}" if clock else text
    date, other = _date(rest, order)
    if other:
        moment = _with_time("2000-01-01", clock)
        return moment and moment._replace(date="", other=other)
    return _with_time(date, clock)


def _of_digits(text: str) -> Moment | None:
    """Read the digits of a day with its time, or seconds or milliseconds since 1970."""
    if match := _DIGITS.fullmatch(text):
        year, month, day, hour, minute, second = (int(part or 0) for part in match.groups())
        try:
            moment = datetime.datetime(year, month, day, hour, minute, second)
        except ValueError:
            pass
        else:
            if year >= 1600:
                return Moment(moment.date().isoformat(), moment.time())
    whole = text.partition(".")[0]
    if len(whole.lstrip("-")) in (9, 10, 12, 13) and not whole.startswith("-"):
        seconds = int(whole) // (1000 if len(whole) > 10 else 1)
        moment = datetime.datetime(1970, 1, 1) + datetime.timedelta(seconds=seconds)
        if moment.year in _EPOCH_YEARS:
            return Moment(moment.date().isoformat(), moment.time(), 0)
    return None


def _with_time(date: str | None, match: re.Match[str] | None) -> Moment | None:
    """Return the moment of a date and of the time that a match has, if any."""
    if not date:
        return None
    if match is None:
        return Moment(date)
    parts = match.groupdict()
    zone = _zone(parts)
    if parts.get("word"):
        return Moment(date, datetime.time(12 if parts["word"].lower() == "noon" else 0), zone)
    if parts["hour"] is None:
        return Moment(date, None, zone)
    hour = int(parts["hour"])
    if half := parts.get("half"):
        hour = hour % 12 + (12 if half in "pP" else 0)
    minute, second = int(parts["minute"] or 0), int(parts["second"] or 0)
    if hour > 24 or minute > 59:
        return None
    return Moment(date, datetime.time(hour % 24, minute, min(second, 59)), zone)


def _zone(parts: dict[str, str | None]) -> int | None:
    """Return minutes from UTC of the zone that a match states; None if it states none."""
    if parts["sign"] is not None:
        minutes = int(parts["hours"] or 0) * 60 + int(parts["minutes"] or 0)
        return minutes if parts["sign"] == "+" else -minutes
    hours = _ZONES.get((parts["name"] or "").upper())
    return None if hours is None else hours * 60


def _is_clock(match: re.Match[str]) -> bool:
    """Return whether numbers are a time of day: 9:05, 9 am, 9.05 pm, 21.05 GMT, and not 4.3."""
    if match["word"]:
        return True
    if match["sign_between"] in (None, "."):
        return bool(match["mark"] or (match["sign_between"] and match["name"]))
    return True


def _date(text: str, order: str) -> tuple[str, str]:
    """Return the date that words and numbers state, and if that is in doubt, both readings."""
    weekday = ""
    parts: list[str] = []
    separators: list[str] = []
    end = 0
    for match in _PART.finditer(text):
        between, part = text[end : match.start()], match[0].lower()
        end = match.end()
        if not _BETWEEN.fullmatch(between):
            return "", ""
        if _is_weekday(part) and not weekday:
            weekday = part
        elif parts and _month(part) and _month(part) == _month(parts[-1]):
            continue  # "كانون الثاني/يناير"
        elif part not in _FILLERS:
            separators.append(between.strip())
            parts.append(part)
    if not _BETWEEN.fullmatch(text[end:]) or not 1 <= len(parts) <= 3:
        return "", ""
    kinds = "".join(_kind(part) for part in parts)
    if kinds in ("DDY", "YDD"):
        return _numeric(parts, separators, kinds, order)
    if kinds == "DMD" and weekday:
        return _of_century(parts, weekday), ""
    if kinds not in ("DMY", "MDY", "YMD", "MY", "YM", "Y", "YD", "DY"):
        return "", ""
    if kinds in ("YD", "DY"):  # a year and the number of a month, as in 2021-03
        kinds = kinds.replace("D", "M")
        if separators[1] not in ("-", "/", "."):
            return "", ""
    stated = dict(zip(kinds, parts, strict=True))
    month = stated.get("M", "")
    if month and not month.isdigit():
        month = str(_month(month))
    return _iso(stated["Y"], month, stated.get("D", "")), ""


def _kind(part: str) -> str:
    """Return Y for a year, D for a number of one or two digits, M for a month, else a question."""
    if part.isdecimal():
        return "Y" if len(part) == 4 else "D" if len(part) <= 2 else "?"
    return "M" if _month(part) else "?"


def _numeric(parts: list[str], separators: list[str], kinds: str, order: str) -> tuple[str, str]:
    """Read three numbers, of which the year is the first or the last."""
    first, second = separators[1:]
    if first != second or first not in ("/", "-", ".", ""):
        return "", ""
    if kinds == "YDD":
        return _iso(*parts), ""
    one, two, year = parts
    day_first, month_first = _iso(year, two, one), _iso(year, one, two)
    if not (day_first and month_first) or day_first == month_first or first == "":
        return ("", "") if first == "" else (day_first or month_first, "")
    if first == ".":
        return day_first, ""
    if order:
        return day_first if order == DMY else month_first, ""
    return "", f"{month_first} {day_first}"


def _of_century(parts: list[str], weekday: str) -> str:
    """Return the day of a year of two digits, in the century that the day of the week tells."""
    day, month, short = int(parts[0]), _month(parts[1]), int(parts[2])
    number = _weekday_number(weekday)
    if len(parts[2]) != 2:
        return ""
    for century in (1900, 2000):
        date = _iso(str(century + short), str(month), str(day))
        if date and datetime.date.fromisoformat(date).weekday() == number:
            return date
    return ""


def _iso(year: str, month: str, day: str) -> str:
    """Return the date as precise as its parts; empty if the calendar has no such date."""
    if int(year) < _FIRST_YEAR:
        return ""
    try:
        date = datetime.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return ""
    return date.isoformat()[: 10 if day else 7 if month else 4]


def _plain(word: str) -> str:
    """Return a word in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", word.lower().replace("ı", "i"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@lru_cache(maxsize=1 << 10)
def _month(word: str) -> int:
    """Return the number of the month that a word, or its first letters, names; 0 for none.

    The first language counts in which the letters begin one month, and not two.
    """
    word = _plain(word)
    if len(word) < 3:
        return 0
    for names in months_by_language():
        found = {number for name, number in names if _plain(name).startswith(word)}
        if len(found) == 1:
            return found.pop()
    return 0


def _is_weekday(word: str) -> bool:
    return _weekday_number(word) >= 0


@lru_cache(maxsize=1 << 8)
def _weekday_number(word: str) -> int:
    """Return the number of a day of the week, Monday being 0; -1 for another word."""
    words = _WEEKDAYS.split()
    if word in words:
        return words.index(word) % 7
    if word in _SHORT_WEEKDAYS:
        return next(number for number, day in enumerate(words) if day.startswith(word[:3]))
    return -1
