"""The generated parts of the pages are up to date, and every public name is explained."""

import inspect
from pathlib import Path

import pytest

import nutgraf
from nutgraf.cli.main import cli
from pages import title
from reference import GENERATED, regenerated

# Public names whose docstrings get their example with the rest of their module.
PUBLIC = sorted({*nutgraf.__all__} - {"__version__", "compiled"})


@pytest.mark.parametrize("page", GENERATED, ids=title)
def test_the_generated_part_is_up_to_date(page: Path) -> None:
    assert page.read_text("utf-8") == regenerated(page), "run `python tests/reference.py`"


def test_every_option_is_described() -> None:
    for command in cli.all().values():
        for parameter in command.params:
            assert parameter.param_type_name == "argument" or parameter.help


@pytest.mark.parametrize("name", PUBLIC)
def test_every_public_name_has_an_example(name: str) -> None:
    document = inspect.getdoc(getattr(nutgraf, name)) or ""
    assert ">>> " in document
