"""How much the tests try, and which examples.

An ordinary run tries few examples, the same in each run. `NUTGRAF_EXAMPLES` is the number of
examples of a property test, and all other numbers of the tests grow with it. `NUTGRAF_SEED` asks
for other examples.
"""

import os
import random
from typing import TypeVar

from hypothesis import settings

__all__ = ["EXAMPLES", "IS_LONG", "SEED", "chances", "examples", "rounds", "size"]

Number = TypeVar("Number", int, float)

_ORDINARY, _LONG = 20, 100  # examples
EXAMPLES = max(_ORDINARY, int(os.environ.get("NUTGRAF_EXAMPLES", _ORDINARY)))
IS_LONG = EXAMPLES > _ORDINARY
SEED = int(os.environ.get("NUTGRAF_SEED", "0"))


def rounds(ordinary: int, long: int = 0) -> int:
    """Return how often to do something: so often in an ordinary run.

    In a run of 100 examples it is `long` times, or five times as often.
    """
    if not IS_LONG:
        return ordinary
    return max(ordinary, (long or ordinary * _LONG // _ORDINARY) * EXAMPLES // _LONG)


def size(ordinary: Number, long: Number) -> Number:
    """Return how large to make something: as large as `long` in a long run."""
    return long if IS_LONG else ordinary


def chances(seed: int) -> random.Random:
    """Return chances, the same in each run; others with another `NUTGRAF_SEED`."""
    return random.Random(seed + SEED)


def examples(ordinary: int, long: int = 0) -> settings:
    """Return the settings for a property test with other numbers of examples, as `rounds` has."""
    return settings(max_examples=rounds(ordinary, long))
