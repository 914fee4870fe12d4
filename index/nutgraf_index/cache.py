"""A bounded cache for threads, properties computed once, and work that nothing disturbs."""

import gc
import signal
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from threading import Lock
from types import FrameType
from typing import Any, Generic, TypeVar, overload

__all__ = ["Cache", "handlers_delayed", "lazy", "without_collections"]

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


class lazy(Generic[_Value]):  # noqa: N801
    """A property that is computed when it is first read, without a lock.

    Threads that read it at once may each compute it; all get equal values.
    `functools.cached_property` takes a lock in Python 3.11, and five times as long.

    >>> class Text:
    ...     @lazy
    ...     def words(self):
    ...         print("read")
    ...         return ["Otters", "swim"]
    >>> text = Text()
    >>> text.words, text.words
    read
    (['Otters', 'swim'], ['Otters', 'swim'])
    """

    def __init__(self, compute: Callable[[Any], _Value]) -> None:
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> "lazy[_Value]": ...

    @overload
    def __get__(self, owner: object, kind: type) -> _Value: ...

    def __get__(self, owner: object, kind: type) -> "lazy[_Value] | _Value":
        if owner is None:
            return self
        value = owner.__dict__[self._name] = self._compute(owner)
        return value


@contextmanager
def without_collections() -> Iterator[None]:
    """Stop the collection of reference cycles meanwhile.

    It is for work that makes many objects and no cycles, which a collection would look through
    again and again to free nothing.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@contextmanager
def handlers_delayed() -> Iterator[None]:
    """Call the handlers of signals that end a process afterwards.

    It is for work that an error in its midst would break, or that drops such an error. A signal
    mask does not delay them: another thread gets the signal, and Python calls the handler in the
    main thread all the same.
    """
    delayed: list[int] = []
    is_over = False

    def delay(number: int, frame: FrameType | None) -> None:
        if is_over:
            handlers[number](number, frame)
        delayed.append(number)

    numbers = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    handlers = {
        number: handler
        for number in numbers
        if number is not None and callable(handler := signal.getsignal(number))
    }
    # Only the main thread sets handlers, and runs them.
    may_not = suppress(ValueError)
    try:
        with may_not:
            for number in handlers:
                signal.signal(number, delay)
        yield
    finally:
        with may_not:
            for number, handler in handlers.items():
                signal.signal(number, handler)
        is_over = True  # if anybody has kept `delay` as the handler before another one
        # Signals are not raised again: event loops have seen them, besides their handlers.
        for number in delayed:
            handlers[number](number, sys._getframe())
