"""CONTRIBUTING.md names everything that is skipped, and where."""

import ast
import re
from collections.abc import Iterator

from places import TESTS, TOP

SKIPS = ("skip", "skipif", "importorskip")


def reasons() -> Iterator[tuple[str, object]]:
    """Yield where a test may be skipped, and the reason that it gives; None if it is no literal."""
    for path in sorted(TESTS.glob("**/*.py")):
        text = path.read_text("utf-8")
        if not any(name in text for name in SKIPS):
            continue
        for node in ast.walk(ast.parse(text)):
            name = getattr(getattr(node, "func", None), "attr", "")
            if not isinstance(node, ast.Call) or name not in SKIPS:
                continue
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            first = node.args[0] if node.args and name == "skip" else None
            told = named.get("reason", first)
            value = told.value if isinstance(told, ast.Constant) else None
            yield f"{path.relative_to(TOP)}:{node.lineno}", value


def test_every_reason_to_skip_is_listed() -> None:
    text = (TOP / "CONTRIBUTING.md").read_text("utf-8")
    listed = set(re.findall(r"^\| (needs [^|]*?) \|", text, re.MULTILINE))
    found = list(reasons())
    assert len(found) > 5
    assert not [where for where, reason in found if reason not in listed]
    assert listed == {reason for _, reason in found}
