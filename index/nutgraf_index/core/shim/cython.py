"""The names of Cython that the modules of the core use when they run uncompiled.

The types matter to the compiler only; for a type checker each is `Any`.
"""

from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, TypeAlias, TypeVar

__all__ = [
    "Py_ssize_t",
    "bint",
    "cast",
    "ccall",
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
    "void",
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
void: TypeAlias = Any
const = dict  # subscripted by a type, as in const[uint]


class _NoGil(nullcontext[None]):
    """A context manager and decorator that does nothing, for `with nogil:` and `@nogil`."""

    def __call__(self, function: _Any) -> _Any:
        return function


nogil = gil = _NoGil()


def cclass(cls: _Any) -> _Any:
    """Return a class unchanged."""
    return cls


def cfunc(function: _Any) -> _Any:
    """Return a function unchanged; compiled, only functions of modules of the core can call it."""
    return function


ccall = inline = cfunc


def exceptval(*_: Any, check: bool = True) -> Callable[[_Any], _Any]:
    """Return `cfunc`; compiled, the argument is the return value that signals an exception."""
    return cfunc


def declare(type: Any, value: _Any) -> _Any:
    """Return `value`, a constant of a module; compiled, `type` is its C type."""
    return value


def cast(type: Any, value: Any) -> Any:
    """Return a number as an unsigned 64-bit integer, the only type that the core casts to."""
    return value & 0xFFFF_FFFF_FFFF_FFFF
