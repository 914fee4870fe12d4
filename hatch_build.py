"""Compiles the core if there is a C compiler; otherwise the core is installed as source."""

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CORE = Path("index/nutgraf_index/core")
PACKAGE = "nutgraf_index/core"
UNCOMPILED = ("__init__", "buffers")
ABI = (3, 11)  # the oldest Python whose stable ABI the modules use


class CompileCore(BuildHookInterface):  # type: ignore[type-arg]
    """Adds the compiled core to a wheel; for an editable install, puts it beside the source."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all modules of the core; if that fails, warn and install them as source."""
        root = Path(self.root)
        if version == "editable":  # else a module could be older than its source
            for module in (*(root / CORE).glob("*.so"), *(root / CORE).glob("*.pyd")):
                module.unlink()
        if os.environ.get("NUTGRAF_PURE"):
            return
        self._built = tempfile.TemporaryDirectory()
        try:
            modules = compile_core(root, Path(self._built.name))
            if version == "editable":
                for module in modules:
                    shutil.copyfile(module, root / CORE / module.name)
                return
        except (Exception, SystemExit) as error:  # setuptools and compilers may raise anything
            self.app.display_warning(f"the core is not compiled and will be slow: {error}")
            return
        build_data["force_include"] |= {str(path): f"{PACKAGE}/{path.name}" for path in modules}
        build_data["pure_python"] = False
        build_data["tag"] = tag()


def compile_core(root: Path, out: Path) -> list[Path]:
    """Compile the modules of the core into the folder `out`; return the paths of the results."""
    from Cython.Build import cythonize
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    extensions = [
        Extension(
            f"nutgraf_index.core.{source.stem}",
            [str(source)],
            # The same floats on every machine: no fused multiply-add.
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
    """Return the tag of a wheel for this platform and any Python from `ABI` on."""
    from packaging.tags import platform_tags

    tags = platform_tags()
    platform = next(tag for tag in tags if not tag.startswith(("manylinux", "musllinux")))
    return f"cp{ABI[0]}{ABI[1]}-abi3-{platform}"
