"""What the modules of the core need of Cython where they run uncompiled.

The types are for the compiler; a type checker takes them for anything.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeAlias, TypeVar

__all__ = [
    "Py_ssize_t",
    "bint",
    "cast",
    "cclass",
    "cfunc",
    "const",
    "declare",
    "double",
    "exceptval",
    "gil",
    "inline",
    "int",
    "longlong",
    "nogil",
    "size_t",
    "uchar",
    "uint",
    "ulonglong",
    "ushort",
]

_Any = TypeVar("_Any")

bint: TypeAlias = Any
int: TypeAlias = Any
double: TypeAlias = Any
uchar: TypeAlias = Any
ushort: TypeAlias = Any
uint: TypeAlias = Any
longlong: TypeAlias = Any
ulonglong: TypeAlias = Any
Py_ssize_t: TypeAlias = Any
size_t: TypeAlias = Any
const = dict  # subscripted by a type, as in const[uint]


class _NoGil(nullcontext[None]):
    """`with nogil:` and `@nogil`."""

    def __call__(self, function: _Any) -> _Any:
        return function


nogil = gil = _NoGil()


def cclass(made: _Any) -> _Any:
    """Return a class."""
    return made


def cfunc(function: _Any) -> _Any:
    """Return a function that only the module's own functions call."""
    return function


inline = cfunc


def exceptval(*_: Any, check: bool = True) -> Callable[[_Any], _Any]:
    """Return a decorator for the value that tells of an error."""
    return cfunc


def declare(type: Any, value: _Any) -> _Any:
    """Return a constant of the module."""
    return value


def cast(type: Any, value: Any) -> Any:
    """Return a number as one of 64 bits without a sign: the one type that is cast to."""
    return value & 0xFFFF_FFFF_FFFF_FFFF
