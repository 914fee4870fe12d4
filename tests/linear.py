"""Whether time is linear in the size of what is read."""

import gc
import time
from collections.abc import Callable

__all__ = ["is_linear"]

_SLACK = 0.02  # seconds, for what else the process does
_TRIES = 5


def is_linear(work: Callable[[int], object], count: int) -> bool:
    """Return whether `work` takes at most 10 times as long for `count` units as for a quarter.

    It were 16 times if the time were quadratic. What the machine does beside may take longer once,
    so it is tried several times. Python looks for no garbage meanwhile.
    """

    def seconds(count: int) -> float:
        start = time.process_time()
        work(count)
        return time.process_time() - start

    was_enabled = gc.isenabled()
    gc.disable()
    try:
        return any(10 * seconds(count // 4) + _SLACK > seconds(count) for _ in range(_TRIES))
    finally:
        if was_enabled:
            gc.enable()
