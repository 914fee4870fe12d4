"""A bounded cache that threads may share."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Cache"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Cache(Generic[_Key, _Value]):
    """At most `most` values by their keys; the least recently used goes first.

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
        self._weight = weight
        self._total = 0
        self._values: dict[_Key, _Value] = {}  # the least recently used first
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key, which is now the one used last; None if there is none."""
        with self._lock:
            value = self._values.pop(key, None)
            if value is not None:
                self._values[key] = value
        return value

    def put(self, key: _Key, value: _Value) -> _Value:
        """Keep a value, in place of another of its key, and return it."""
        with self._lock:
            if key in self._values:
                self._total -= self._weight(self._values.pop(key))
            self._values[key] = value
            self._total += self._weight(value)
            while len(self._values) > self._least and self._total > self._most:
                self._total -= self._weight(self._values.pop(next(iter(self._values))))
        return value

    def __len__(self) -> int:
        return len(self._values)
