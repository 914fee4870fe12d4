"""How much the tests try, and which examples.

An ordinary run tries few examples, the same in each run. `NUTGRAF_EXAMPLES` is the number of
examples of a property test, and all other numbers of the tests grow with it. `NUTGRAF_SEED` asks
for other examples.
"""

import os
import random

from hypothesis import settings

__all__ = ["EXAMPLES", "IS_LONG", "SEED", "chances", "examples", "rounds", "size"]

_ORDINARY = 20
EXAMPLES = max(_ORDINARY, int(os.environ.get("NUTGRAF_EXAMPLES", _ORDINARY)))
IS_LONG = EXAMPLES > _ORDINARY
SEED = int(os.environ.get("NUTGRAF_SEED", "0"))


def rounds(ordinary: int) -> int:
    """Return how often to do something: so often in an ordinary run."""
    return max(1, ordinary * EXAMPLES // _ORDINARY)


def size(ordinary: int, long: int) -> int:
    """Return how large to make something: as large as `long` in a long run."""
    return long if IS_LONG else ordinary


def chances(seed: int) -> random.Random:
    """Return chances, the same in each run; others with another `NUTGRAF_SEED`."""
    return random.Random(seed + SEED)


def examples(ordinary: int) -> settings:
    """Return the settings for a property test that is slow: fewer examples than others have."""
    return settings(max_examples=rounds(ordinary))
