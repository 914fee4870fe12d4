"""Checks of the arguments of public functions, whose values may be of any type, and their types."""

import operator
import os
import reprlib
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from nutgraf_index.errors import ArgumentError

__all__ = [
    "LazyModule",
    "check_callback",
    "check_flags",
    "check_min",
    "check_seconds",
    "check_wait",
    "is_single",
    "listed",
    "path_text",
    "whole_number",
]


def is_single(value: Any) -> bool:
    """Return whether an argument is one value, and not several values of an iterable.

    A text, bytes, a mapping, a path, and all that cannot be iterated are one value.

    >>> is_single("otters"), is_single(5), is_single(["otters"])
    (True, True, False)
    """
    if isinstance(value, str | bytes | bytearray | Mapping | os.PathLike):
        return True
    try:
        iter(value)
    except TypeError:
        return True
    return False


def listed(value: Any) -> list[Any]:
    """Return the values of an argument that may be one value or several.

    >>> listed("otters"), listed(word for word in ("otters", "lake"))
    (['otters'], ['otters', 'lake'])
    """
    return [value] if is_single(value) else list(value)


def whole_number(value: Any) -> int | None:
    """Return a whole number, of NumPy too, as an `int`; None for any other value, also a `bool`."""
    if isinstance(value, bool):
        return None
    try:
        return operator.index(value)
    except TypeError:
        return None


def path_text(value: object) -> str | None:
    """Return the text of a path that a system can have, or None for any other value."""
    path = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(path, str) or "\0" in path:
        return None
    try:
        os.fsencode(path)
    except UnicodeEncodeError:
        return None
    return path


def check_min(**arguments: tuple[Any, int]) -> None:
    """Raise `ArgumentError` unless each value is an integer of at least its minimum.

    `arguments` maps the name of an argument to its value and minimum.
    """
    for name, (value, minimum) in arguments.items():
        if isinstance(value, bool) or not isinstance(value, int) or value < minimum:
            raise ArgumentError(f"{name} must be {minimum} or more, not {reprlib.repr(value)}")


def check_flags(**arguments: object) -> None:
    """Raise `ArgumentError` unless each value is True or False."""
    for name, value in arguments.items():
        if not isinstance(value, bool):
            raise ArgumentError(f"{name} must be True or False, not {reprlib.repr(value)}")


def check_wait(wait: object) -> None:
    """Raise `ArgumentError` unless a time to wait is a number of seconds, 0 or more."""
    if isinstance(wait, bool) or not isinstance(wait, int | float) or not wait >= 0:
        raise ArgumentError(f"wait must be 0 or more seconds, not {reprlib.repr(wait)}")


def check_seconds(name: str, seconds: object) -> None:
    """Raise `ArgumentError` unless an argument is None or a number of seconds, more than 0."""
    if seconds is None:
        return
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not seconds > 0:
        raise ArgumentError(f"{name} must be more than 0, not {reprlib.repr(seconds)}")


def check_callback(progress: "Callable[..., Any] | None") -> None:
    """Raise `ArgumentError` unless `progress` is None or can be called."""
    if progress is not None and not callable(progress):
        raise ArgumentError(
            "progress must be a function of the work done, all work and what follows, "
            f"not {reprlib.repr(progress)}"
        )


class LazyModule:
    """A module that is imported when one of its names is asked for.

    Annotations of public functions name types of modules that few programs need, as in
    `"report.Stats"`. So `typing.get_type_hints` finds the types, and annotations cost no import.

    >>> LazyModule("nutgraf_index.sync.report").Skip.__name__
    'Skip'
    """

    __slots__ = ("_module",)

    def __init__(self, module: str) -> None:
        self._module = module

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._module), name)
