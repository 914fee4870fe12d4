"""The compiled core: loops over texts, postings, scores, terms, tokens and fingerprints.

Cython in pure Python mode, compiled to C; with NUTGRAF_PURE=1 or no compiler it runs as Python.
Callers allocate most buffers, which are inputs unless marked output, in and out, or scratch.
"""

import os
import sys
import threading
from array import array
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

from nutgraf_index.cache import handlers_delayed

if TYPE_CHECKING:
    from nutgraf_index.core import bitmaps as bitmaps
    from nutgraf_index.core import building as building
    from nutgraf_index.core import fingerprints as fingerprints
    from nutgraf_index.core import positions as positions
    from nutgraf_index.core import postings as postings
    from nutgraf_index.core import scoring as scoring
    from nutgraf_index.core import stored as stored
    from nutgraf_index.core import terms as terms

__all__ = [
    "bitmaps",
    "building",
    "compiled",
    "fingerprints",
    "positions",
    "postings",
    "scoring",
    "stored",
    "terms",
]

_HERE = os.path.dirname(__file__)
_lock = threading.RLock()
# The module from which others cimport functions, and its name there.
_SHARED = "postings"
_CIMPORTS = f"cython.cimports.{__name__}.{_SHARED}"

if sys.byteorder != "little":
    raise ImportError("nutgraf needs a little-endian machine, since it reads index files in place")

_binaries = {name.partition(".")[0] for name in os.listdir(_HERE) if name.endswith((".so", ".pyd"))}
#: Whether the compiled modules are used.
compiled = not os.environ.get("NUTGRAF_PURE") and _binaries.issuperset({*__all__} - {"compiled"})


def __getattr__(name: str) -> ModuleType:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    full = f"{__name__}.{name}"
    if compiled:
        # While a module is initialised, Cython turns an interrupt into a warning.
        with handlers_delayed():
            return import_module(full)
    with _lock:
        if full not in sys.modules:
            shared = {} if name == _SHARED else {_CIMPORTS: __getattr__(_SHARED)}
            _run_source(full, os.path.join(_HERE, f"{name}.py"), shared)
        return sys.modules[full]


def _run_source(name: str, path: str, shared: dict[str, ModuleType]) -> None:
    """Import a module of the core from its source, with the shim in place of Cython.

    Args:
        name: the name of the module
        path: its file
        shared: the modules that it cimports, by the name of that import
    """
    from importlib.util import module_from_spec, spec_from_file_location

    stand_ins = {"cython": import_module(f"{__name__}.shim.cython"), **shared}
    installed = {key: sys.modules[key] for key in stand_ins if key in sys.modules}
    sys.modules.update(stand_ins)
    try:
        spec = spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
        for public in module.__all__:
            if isinstance(value := getattr(module, public), type):
                value.__init__ = _viewing(value.__init__)  # type: ignore[misc]
            elif callable(value):
                setattr(module, public, _viewing(value))
        sys.modules[name] = module
    finally:
        for key in stand_ins:
            del sys.modules[key]
        sys.modules.update(installed)


def _viewing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a wrapper that converts arrays to memoryviews, as compiled functions do."""

    @wraps(function)
    def viewing(*args: Any) -> Any:
        viewed = array, bytearray
        return function(*[memoryview(arg) if isinstance(arg, viewed) else arg for arg in args])

    return viewing
