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
        weight = self._weight_of(value)
        with self._lock:
            self._drop(key)
            while self._values and not self._fits(weight):
                oldest = next(iter(self._values))
                if oldest in self._used:
                    self._used.discard(oldest)
                    self._values[oldest] = self._values.pop(oldest)
                else:
                    self._drop(oldest)
            if self._fits(weight):
                self._values[key] = value
                self._total += weight
        return value

    def _fits(self, weight: int) -> bool:
        return self._total + weight <= self._most or len(self._values) < self._least

    def _drop(self, key: _Key) -> None:
        if key in self._values:
            self._total -= self._weight_of(self._values.pop(key))
            self._used.discard(key)

    def __len__(self) -> int:
        return len(self._values)
