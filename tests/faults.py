"""Calls of the system that go wrong: refused, or the process is gone."""

import builtins
import os
from collections.abc import Callable
from typing import Any

import pytest

__all__ = ["Fault", "refuse"]


class Fault:
    """Counts some calls of the system, and lets one of them go wrong."""

    def __init__(self, act: Callable[[], Any]) -> None:
        self.act = act
        self.calls = 0
        self.wrong = -1

    def put(self, patch: pytest.MonkeyPatch, name: str) -> None:
        if name == "open":
            real_open = builtins.open

            def opened(file: Any, mode: str = "r", *rest: Any, **more: Any) -> Any:
                if "w" in mode and str(file).endswith((".seg", ".del", ".syn", ".new")):
                    self.count()
                return real_open(file, mode, *rest, **more)

            patch.setattr(builtins, "open", opened)
            return
        real = getattr(os, name)

        def called(*values: Any, **more: Any) -> Any:
            self.count()
            return real(*values, **more)

        patch.setattr(os, name, called)

    def count(self) -> None:
        self.calls += 1
        if self.calls == self.wrong:
            self.act()


def refuse() -> None:
    raise OSError(28, "No space left on device")
