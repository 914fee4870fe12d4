"""The order of day and month in the dates of a file of data."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache

from nutgraf_index.formats.decoding.large_file import DamagedError, LargeFile, pieces_of
from nutgraf_index.properties.written_dates import majority_order

__all__ = ["file_date_order"]

# A date at the beginning of a value.
_DATE = re.compile(r"(?:^|[\"'>,;|\t])[ ]*(\d\d?([/-])\d\d?\2\d{4})(?!\d)", re.MULTILINE)


def file_date_order(data: bytes | LargeFile, encoding: str) -> Callable[[], str]:
    """Return a function that returns the order that most dates of a file show: "dmy", "mdy" or "".

    The function reads the file when it is first called, which is for a date that needs it.
    """

    @cache
    def order() -> str:
        return majority_order(match[1] for text in _texts() for match in _DATE.finditer(text))

    def _texts() -> Iterator[str]:
        if isinstance(data, bytes) and encoding.startswith(("utf-16", "utf-32")):
            yield data.decode(encoding, "ignore")
            return
        # Digits and signs are the same in all other encodings. A date may be cut: others are not.
        with suppress(DamagedError):
            for chunk in pieces_of(data):
                yield chunk.decode("latin-1")

    return order
