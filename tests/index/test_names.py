"""Names of files that can always be printed."""

from nutgraf_index.names import printable


def test_names_that_cannot_be_encoded_are_written_out() -> None:
    assert printable("caf\udce9.txt") == r"caf\xe9.txt"
