"""The layout digest: a checksum of all constants that decide how the bytes of an index are read.

Marks and commits state it next to the format number. `CURRENT` is the pair of this version of
nutgraf; `PREVIOUS` is the pair that `nutgraf rebuild` converts.
"""

import zlib

from nutgraf_index.fields import (
    ARTICLE_PROPERTIES,
    FORMAT,
    NUMBERS,
    PROPERTIES,
    RECORDS,
    TEXT_COLUMNS,
)
from nutgraf_index.model import Role
from nutgraf_index.segment.file import CHECK_BLOCK
from nutgraf_index.segment.postings_reader import BLOCK, ROW

__all__ = ["CURRENT", "LAYOUT", "PREVIOUS"]

_LAYOUT_CONSTANTS = (
    [(field.name, field.level.value, field.kind.value, field.attribute) for field in PROPERTIES],
    list(ARTICLE_PROPERTIES),
    [(name, level.value) for name, level in TEXT_COLUMNS.items()],
    [(name, level.value, kind) for name, (level, kind) in NUMBERS.items()],
    [(name, level.value) for name, level in RECORDS.items()],
    [role.value for role in Role],  # a role is stored as its number in this order
    (CHECK_BLOCK, BLOCK, ROW),
)
LAYOUT = f"{zlib.crc32(repr(_LAYOUT_CONSTANTS).encode()):08x}"
CURRENT = (FORMAT, LAYOUT)
PREVIOUS = (13, "269836dd")
