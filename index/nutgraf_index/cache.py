"""A bounded cache that threads may share."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

__all__ = ["Cache"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Cache(Generic[_Key, _Value]):
    """At most `most` values by their keys; the least recently used goes first.

    With `weight`, which tells what a value weighs, `most` is the total weight, and the `least`
    values used last are kept whatever they weigh. `get` takes the time of two steps of a
    dictionary; `put` as well, but with weights in proportion to the number of values. Safe to
    share between threads: a value that another thread is just getting may be missed.

    >>> cache = Cache(2)
    >>> cache.put("a", 1), cache.put("b", 2), cache.get("a"), cache.put("c", 3)
    (1, 2, 1, 3)
    >>> cache.get("b"), cache.get("a"), len(cache)
    (None, 1, 2)
    """

    def __init__(
        self, most: int, weight: Callable[[_Value], int] | None = None, *, least: int = 0
    ) -> None:
        self._most = most
        self._least = least
        self._values: dict[_Key, _Value] = {}  # the least recently used first
        values = self._values
        self._total: Callable[[], int] = values.__len__
        if weight is not None:
            self._total = lambda: sum(map(weight, list(values.values())))

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key, which is now the one used last; None if there is none."""
        value = self._values.pop(key, None)
        if value is not None:
            self._values[key] = value
        return value

    def put(self, key: _Key, value: _Value) -> _Value:
        """Keep a value, in place of another of its key, and return it."""
        values = self._values
        values.pop(key, None)
        values[key] = value
        while len(values) > self._least and self._total() > self._most:
            try:
                values.pop(next(iter(values)), None)
            except (RuntimeError, StopIteration):  # another thread came between; look again
                continue
        return value

    def __len__(self) -> int:
        return len(self._values)
