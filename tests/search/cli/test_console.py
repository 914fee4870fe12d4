"""What is told on stderr."""

import pytest

from nutgraf import Index, search
from nutgraf.cli.console import tell_count


def test_the_count_tells_of_articles(sample: Index, capsys: pytest.CaptureFixture[str]) -> None:
    for limit, offset in ((1, 1), (9, 0), (2, 9)):
        tell_count(search("otters", sample, group=True, limit=limit, offset=offset), offset, limit)
    assert capsys.readouterr().err.splitlines() == [
        "nutgraf: 2 to 2 of 2 articles, 6 passages",
        "nutgraf: 2 articles, 6 passages",
        "nutgraf: 2 articles, 6 passages, none after --offset 9",
    ]
