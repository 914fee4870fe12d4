"""How many examples a test tries: few in every run, many when asked for by NUTGRAF_EXAMPLES."""

import os

from hypothesis import settings

__all__ = ["examples", "rounds"]

_ASKED = os.environ.get("NUTGRAF_EXAMPLES")


def rounds(ordinary: int) -> int:
    """Return how often to do something: so often, or as often as asked for."""
    return int(_ASKED) if _ASKED else ordinary


def examples(ordinary: int) -> settings:
    """Return the settings for a property test that is slow: fewer examples than others have."""
    return settings(max_examples=rounds(ordinary))
