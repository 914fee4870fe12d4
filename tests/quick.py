"""Whether work takes no more time than it should, on a machine of any speed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["within"]

_STEPS = 4_000_000
_SECONDS = 0.2  # of the steps, on the machine for which the tests state their seconds


@contextmanager
def within(seconds: float, what: object = "") -> Iterator[None]:
    """Assert that a block takes less than so many seconds of processor time.

    Where a plain loop takes longer than usual, since the machine is slow or busy, so may the block.
    """
    started = time.process_time()
    yield
    taken = time.process_time() - started
    if taken >= seconds:
        assert taken < seconds * _slowness(), what


def _slowness() -> float:
    """Return how many times as long as usual a loop takes on this machine now; at least 1."""
    started = time.process_time()
    value = 0
    for step in range(_STEPS):
        value = (value * 31 + step) & 0xFFFF
    return max(1.0, (time.process_time() - started) / _SECONDS)
