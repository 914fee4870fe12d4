"""A bounded cache that threads may share."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Cache"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Cache(Generic[_Key, _Value]):
    """At most `most` values by their keys; those go first that were not used for long.

    The oldest is dropped unless it was used since it came or was last looked at to be dropped
    (Corbato, A Paging Experiment with the Multics System, 1968): to get a value takes no lock.

    With `weight`, which tells what a value weighs, `most` is the total weight, and the `least`
    values used last are kept whatever they weigh. Each call takes the time of a few steps of a
    dictionary, however many values there are.

    >>> cache = Cache(2)
    >>> cache.put("a", 1), cache.put("b", 2), cache.get("a"), cache.put("c", 3)
    (1, 2, 1, 3)
    >>> cache.get("b"), cache.get("a"), len(cache)
    (None, 1, 2)
    """

    def __init__(
        self, most: int, weight: Callable[[_Value], int] = lambda _: 1, *, least: int = 0
    ) -> None:
        self._most = most
        self._least = least
        self._weight_of = weight
        self._total = 0
        self._values: dict[_Key, _Value] = {}
        self._used: set[_Key] = set()  # since they were last looked at to be dropped
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key; None if there is none."""
        value = self._values.get(key)
        if value is not None:
            self._used.add(key)
        return value

    def put(self, key: _Key, value: _Value) -> _Value:
        """Keep a value, in place of another of its key, and return it."""
        weight, values, used = self._weight_of(value), self._values, self._used
        room = self._most - weight
        with self._lock:
            if key in values:
                self._total -= self._weight_of(values.pop(key))
            while self._total > room and values and len(values) >= self._least:
                oldest = next(iter(values))
                last = values.pop(oldest)
                if oldest in used:
                    used.discard(oldest)
                    values[oldest] = last
                else:
                    self._total -= self._weight_of(last)
            if self._total <= room or len(values) < self._least:
                values[key] = value
                self._total += weight
        return value

    def __len__(self) -> int:
        return len(self._values)
