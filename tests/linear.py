"""Whether time is linear in the size of what is read."""

import time
from collections.abc import Callable

__all__ = ["is_linear"]

_SLACK = 0.2  # seconds, for what else the process does


def is_linear(work: Callable[[int], object], count: int) -> bool:
    """Return whether `work` takes at most 10 times as long for `count` units as for a quarter.

    It were 16 times if the time were quadratic. What the process does beside may take longer once,
    such as collecting garbage, so it is tried three times.
    """

    def seconds(count: int) -> float:
        start = time.process_time()
        work(count)
        return time.process_time() - start

    return any(10 * seconds(count // 4) + _SLACK > seconds(count) for _ in range(3))
