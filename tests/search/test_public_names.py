"""`help(nutgraf)` and `dir(nutgraf)` show the public names."""

import doctest
import pydoc
import re

import nutgraf


def test_dir_shows_the_public_names() -> None:
    assert dir(nutgraf) == sorted(nutgraf.__all__)


def test_help_begins_with_a_map_of_the_public_names() -> None:
    shown = pydoc.plain(pydoc.render_doc(nutgraf))
    first = shown.partition("PACKAGE CONTENTS")[0]
    assert {*nutgraf.__all__} - {"__version__"} <= {*re.findall(r"\w+", first)}
    assert len(first.splitlines()) < 110


def test_the_map_has_an_example_of_each_name() -> None:
    examples = doctest.DocTestParser().get_examples(nutgraf.__doc__ or "")
    code = "".join(example.source for example in examples)
    assert {*nutgraf.__all__} - {"__version__"} <= {*re.findall(r"\w+", code)}
    assert doctest.testmod(nutgraf).failed == 0


def test_help_describes_nothing_else() -> None:
    shown = pydoc.plain(pydoc.render_doc(nutgraf))
    classes = re.findall(r"^    class (\w+)", shown, re.MULTILINE)
    assert {*classes} < {*nutgraf.__all__}
    (contents,) = re.findall(r"^PACKAGE CONTENTS\n(.*?)\n\n", shown, re.DOTALL | re.MULTILINE)
    assert len(contents.splitlines()) <= 15  # the rooms, which pydoc finds by itself
