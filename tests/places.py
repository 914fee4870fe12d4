"""Where the tests find things."""

from pathlib import Path

__all__ = ["DATA", "MODULES", "TESTS", "TOP"]

TESTS = Path(__file__).parent
TOP = TESTS.parent
DATA = TOP / "data"
MODULES = sorted([*TOP.glob("index/nutgraf_index/**/*.py"), *TOP.glob("search/nutgraf/**/*.py")])
