"""The options of a sync that decide what is read, and the reading of a file that they decided.

Encodings are imported when they are needed, which a sync of unchanged files seldom does.
"""

import datetime
import re
import reprlib
from typing import TYPE_CHECKING, NamedTuple

from nutgraf_index.errors import ArgumentError
from nutgraf_index.sync.ignore_rules import IgnoreRules

if TYPE_CHECKING:
    from nutgraf_index.formats.format import ReadOptions

__all__ = [
    "Reading",
    "SyncOptions",
    "checked_order",
    "checked_time",
    "given_encoding",
    "source_pattern",
]


_MORE = re.compile(r"(dmy|mdy|)(!?)(\d*)(?:~([a-z]+))?")


class Reading(NamedTuple):
    """How a file was read, as `StoredFile.digest` states it.

    Attributes:
        digest: the digest of its bytes; if empty, the next sync reads the file again.
        encoding: the encoding of its text, if it was given or guessed; else empty.
        guessed: whether the encoding was guessed.
        source: the source that its path gave to its articles; empty for none.
        date_order: the given order of day and month in its dates, "dmy" or "mdy"; else empty.
        again: whether the next sync reads the same bytes again, since the clock decides what of
            them is shown.
        doubtful: how many of its articles have no date because the order of day and month is in
            doubt.
        format: the name of its format, if content told it; empty if the extension did.
        language: the code of the language that was given for its articles; else empty.
    """

    digest: str
    encoding: str = ""
    guessed: bool = False
    source: str = ""
    date_order: str = ""
    again: bool = False
    doubtful: int = 0
    format: str = ""
    language: str = ""

    @classmethod
    def of(cls, text: str) -> "Reading":
        """Return the reading that a text states, the inverse of `str`."""
        state, _, source = text.partition(" ")
        state, _, more = state.partition(";")
        match = _MORE.fullmatch(more)
        order, again, doubtful, language = match.groups("") if match else ("",) * 4
        start, _, encoding = state.partition(":")
        digest, _, format = start.partition("@")
        return cls(
            digest,
            encoding.rstrip("?").replace("+", " with "),
            encoding.endswith("?"),
            source,
            order,
            bool(again),
            int(doubtful or 0),
            format.replace("_", " "),
            language,
        )

    def __str__(self) -> str:
        """Return the reading as a text: `HASH`, `HASH@plain_text:cp1254?;dmy!2~de SOURCE`."""
        format = f"@{self.format.replace(' ', '_')}" if self.format else ""
        encoding = f":{self.encoding.replace(' with ', '+')}" if self.encoding else ""
        source = f" {self.source}" if self.source else ""
        more = f"{self.date_order}{'!' if self.again else ''}{self.doubtful or ''}"
        more += f"~{self.language}" if self.language else ""
        more = more and f";{more}"
        return f"{self.digest}{format}{encoding}{'?' if self.guessed else ''}{more}{source}"

    def is_in(self, given: str) -> bool:
        """Return whether the same bytes would be read in the same way with a given encoding."""
        if not self.encoding:  # UTF-8, or declared
            from nutgraf_index.formats.decoding.encodings import extends_ascii

            return extends_ascii(given)
        return self.encoding == given and not self.guessed


class SyncOptions(NamedTuple):
    """The options of a sync that decide what is read; see `Index.sync`.

    `encoding` is the usual name of the encoding of files that do not declare theirs; "" to have it
    guessed. `date_order` is "dmy", "mdy" or "". `now` is the time that embargoes are judged by;
    None for the present. `language` is the code of the language of articles that state none, "" if
    none was given.
    """

    max_bytes: int
    rules: IgnoreRules
    encoding: str = ""
    source_from: re.Pattern[str] | None = None
    prune: bool = False
    date_order: str = ""
    now: datetime.datetime | None = None
    max_pages: int = 10_000
    language: str = ""

    @property
    def keep_readings(self) -> bool:
        """Whether an unchanged file is never read again, however it was read."""
        return not (self.encoding or self.date_order or self.language) and self.source_from is None

    def holds(self, name: str, reading: Reading, *, skipped: bool) -> bool:
        """Return whether the same bytes of a file would be read in the same way.

        Without a given encoding, a file keeps the encoding that it was read in. A file that was
        `skipped` may be readable in a given encoding. `name` is as in `source_of`.
        """
        if self.encoding and (skipped or not reading.is_in(self.encoding)):
            return False
        if reading.again or self.date_order not in ("", reading.date_order):
            return False
        if self.language not in ("", reading.language):
            return False
        return reading.source == self.source_of(name, reading)

    def encoding_of(self, digest: str, before: Reading) -> str:
        """Return the encoding in which a file is to be read; "" to have it guessed.

        If its bytes, whose digest is given, are those of `before`, a given encoding stays.
        """
        if self.encoding or before.guessed or before.digest != digest:
            return self.encoding
        return before.encoding

    def read_options(self, digest: str, before: Reading) -> "ReadOptions":
        """Return the options for the reader of a file; the arguments are as in `encoding_of`."""
        from nutgraf_index.formats.format import ReadOptions

        encoding = self.encoding_of(digest, before)
        order = self.date_order or before.date_order
        return ReadOptions(encoding, order, self.now, self.max_bytes, self.max_pages)

    def source_of(self, name: str, before: Reading) -> str:
        """Return the source that the path of a file gives to its articles; empty for none.

        `name` is the file's path relative to the folder of the index. Without `source_from` it is
        the source that the file had from its path `before`.
        """
        if self.source_from is None:
            return before.source
        match = self.source_from.search(name)
        if match is None:
            return ""
        source = match["source"] if "source" in match.re.groupindex else match[1]
        return " ".join((source or "").split())


def checked_order(order: str | None) -> str:
    """Return a given order of day and month, or "" for none. Raises `ArgumentError`."""
    if order in (None, "dmy", "mdy"):
        return order or ""
    raise ArgumentError(
        "date_order must be 'dmy' (04/03/2021 is 4 March) or 'mdy' (3 April), "
        f"not {reprlib.repr(order)}"
    )


def checked_time(now: datetime.datetime | None) -> datetime.datetime | None:
    """Return a given time. Raises `ArgumentError` for what is no time with a time zone."""
    if now is None or (isinstance(now, datetime.datetime) and now.tzinfo is not None):
        return now
    raise ArgumentError(f"now must be a datetime with a time zone, not {reprlib.repr(now)}")


def given_encoding(name: str | None) -> str:
    """Return the usual name of a given encoding, or "" for none. Raises `ArgumentError`."""
    if name is None:
        return ""
    from nutgraf_index.formats.decoding.encodings import checked_encoding

    return checked_encoding(name)


def source_pattern(text: str | None) -> re.Pattern[str] | None:
    """Compile the pattern of `source_from`. Raises `ArgumentError` if it has no group."""
    if text is None:
        return None
    try:
        pattern = re.compile(text)
        problem = "" if pattern.groups else "it has no group"
    except (re.error, TypeError) as error:
        problem = str(error)
    if problem:
        raise ArgumentError(
            "source_from must be a regular expression with a group for the source, such as "
            f"'archive/([^/]+)/', not {reprlib.repr(text)}: {problem}"
        )
    return pattern
