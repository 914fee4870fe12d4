"""Control characters are shown as signs."""

from nutgraf.output.control_characters import visible


def test_control_characters_of_both_kinds_are_shown_as_signs() -> None:
    assert visible("a\x1b\n\x7f\x9b") == "a\u241b\u240a\u2421\ufffd"
