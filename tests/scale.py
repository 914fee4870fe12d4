"""How many examples a test tries, and which.

Few and the same in every run; NUTGRAF_EXAMPLES asks for so many, NUTGRAF_SEED for others.
"""

import os
import random

from hypothesis import settings

__all__ = ["SEED", "chances", "examples", "rounds"]

SEED = int(os.environ.get("NUTGRAF_SEED", "0"))
_ASKED = os.environ.get("NUTGRAF_EXAMPLES")


def rounds(ordinary: int) -> int:
    """Return how often to do something: so often, or as often as asked for."""
    return int(_ASKED) if _ASKED else ordinary


def chances(seed: int) -> random.Random:
    """Return chances, the same in each run; others with another `NUTGRAF_SEED`."""
    return random.Random(seed + SEED)


def examples(ordinary: int) -> settings:
    """Return the settings for a property test that is slow: fewer examples than others have."""
    return settings(max_examples=rounds(ordinary))
