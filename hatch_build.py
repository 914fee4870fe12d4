"""Compiles the core where there is a compiler; where there is none, it is installed as source."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CORE = Path("index/nutgraf_index/core")
PACKAGE = "nutgraf_index/core"
UNCOMPILED = ("__init__", "buffers")
ABI = (3, 11)  # the oldest Python that the stable ABI is taken of


class CompileCore(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled modules of the core to a wheel, or beside the source if it is editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all modules of the core, or none."""
        root = Path(self.root)
        if version == "editable":  # none that is older than the source
            for module in (*(root / CORE).glob("*.so"), *(root / CORE).glob("*.pyd")):
                module.unlink()
        if os.environ.get("NUTGRAF_PURE"):
            return
        self._built = tempfile.TemporaryDirectory()
        try:
            made = compiled(root, Path(self._built.name))
            if version == "editable":
                for module in made:
                    shutil.copyfile(module, root / CORE / module.name)
                return
        except (Exception, SystemExit) as error:  # whatever setuptools and compilers raise
            self.app.display_warning(f"the core is not compiled and will be slow: {error}")
            return
        build_data["force_include"] |= {str(one): f"{PACKAGE}/{one.name}" for one in made}
        build_data["pure_python"] = False
        build_data["tag"] = tag()


def compiled(root: Path, out: Path) -> list[Path]:
    """Compile the modules of the core into a folder; return their files."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    extensions = [
        Extension(
            f"nutgraf_index.core.{source.stem}",
            [str(source)],
            # Equal floats on every machine: no multiplication and addition in one.
            extra_compile_args=["-O3", "-g0", "-ffp-contract=off"] if os.name != "nt" else [],
            define_macros=[("Py_LIMITED_API", f"0x{ABI[0]:02x}{ABI[1]:02x}0000")],
            py_limited_api=True,
        )
        for source in sorted((root / CORE).glob("*.py"))
        if source.stem not in UNCOMPILED
    ]
    modules = cythonize(
        extensions,
        build_dir=str(out / "c"),
        force=True,
        language_level=3,
        compiler_directives={
            "boundscheck": True,  # a hostile index gives an error, never a crash
            "wraparound": False,
            "show_performance_hints": False,
        },
    )
    command = build_ext(Distribution({"ext_modules": modules}))
    command.build_lib, command.build_temp = str(out / "lib"), str(out / "temp")
    command.ensure_finalized()
    command.run()
    return [Path(name) for name in command.get_outputs()]


def tag() -> str:
    """Return the tag of a wheel for any Python from `ABI` on, on this platform."""
    from packaging.tags import platform_tags

    every = platform_tags()
    platform = next(tag for tag in every if not tag.startswith(("manylinux", "musllinux")))
    return f"cp{ABI[0]}{ABI[1]}-abi3-{platform}"
