"""What a call takes: by the clock on the wall, and of processor time in all threads."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

__all__ = ["Taken", "percentiles", "taken", "without_collector"]

Taken = tuple[float, float]  # seconds on the wall, seconds of processor time


@contextmanager
def without_collector() -> Iterator[None]:
    """Keep Python's garbage collector from running, for every engine alike."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def taken(call: Callable[..., object], *arguments: object) -> Taken:
    """Return what a call takes."""
    cpu, wall = time.process_time(), time.perf_counter()
    call(*arguments)
    return time.perf_counter() - wall, time.process_time() - cpu


def percentiles(name: str, times: list[Taken]) -> dict[str, float]:
    """Return the 50th and the 99th percentile in ms; `cpu_` begins the names of processor time."""
    figures = {}
    for clock, column in zip(("", "cpu_"), zip(*times, strict=True), strict=True):
        figures[f"{clock}{name}_p50"] = 1000 * statistics.median(column)
        figures[f"{clock}{name}_p99"] = 1000 * sorted(column)[math.ceil(0.99 * len(column)) - 1]
    return figures
