"""A bounded cache, safe to share between threads."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

__all__ = ["Cache"]

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Cache(Generic[_Key, _Value]):
    """At most `capacity` values by key; the values that were not used recently are evicted first.

    The oldest value is evicted unless it was used since it was added or last passed over (CLOCK;
    Corbato, A Paging Experiment with the Multics System, 1968). A use only marks the key, so `get`
    takes no lock. Each call takes constant time, amortised.

    Args:
        capacity: the largest number of values; with `weight`, their largest total weight.
        weight: returns the weight of a value.
        min_values: the number of values that are kept whatever their weight.

    >>> cache = Cache(2)
    >>> cache.put("a", 1), cache.put("b", 2), cache.get("a"), cache.put("c", 3)
    (1, 2, 1, 3)
    >>> cache.get("b"), cache.get("a"), len(cache)
    (None, 1, 2)
    """

    def __init__(
        self, capacity: int, weight: Callable[[_Value], int] = lambda _: 1, *, min_values: int = 0
    ) -> None:
        self._capacity = capacity
        self._min_values = min_values
        self._weight_of = weight
        self._total = 0
        self._values: dict[_Key, _Value] = {}
        self._used: set[_Key] = set()  # keys used since they were added or last passed over
        self._lock = Lock()

    def get(self, key: _Key) -> _Value | None:
        """Return the value of a key, or None."""
        value = self._values.get(key)
        if value is not None:
            self._used.add(key)
        return value

    def put(self, key: _Key, value: _Value) -> _Value:
        """Store a value under a key, in place of any former value, and return the value."""
        weight, values, used = self._weight_of(value), self._values, self._used
        limit = self._capacity - weight
        with self._lock:
            if key in values:
                self._total -= self._weight_of(values.pop(key))
            while self._total > limit and values and len(values) >= self._min_values:
                oldest_key = next(iter(values))
                oldest_value = values.pop(oldest_key)
                if oldest_key in used:
                    used.discard(oldest_key)
                    values[oldest_key] = oldest_value
                else:
                    self._total -= self._weight_of(oldest_value)
            if self._total <= limit or len(values) < self._min_values:
                values[key] = value
                self._total += weight
        return value

    def __len__(self) -> int:
        return len(self._values)
