"""What decides how the bytes of an index are read, as one digest beside the format number.

So marks and commits name their format. `nutgraf rebuild` reads the one before as well.
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

_DECIDES = (
    [(field.name, field.level.value, field.kind.value, field.attribute) for field in PROPERTIES],
    list(ARTICLE_PROPERTIES),
    [(name, level.value) for name, level in TEXT_COLUMNS.items()],
    [(name, level.value, kind) for name, (level, kind) in NUMBERS.items()],
    [(name, level.value) for name, level in RECORDS.items()],
    [role.value for role in Role],  # stored by its number among them
    (CHECK_BLOCK, BLOCK, ROW),
)
LAYOUT = f"{zlib.crc32(repr(_DECIDES).encode()):08x}"
CURRENT = (FORMAT, LAYOUT)
PREVIOUS = (8, "0c25d834")
