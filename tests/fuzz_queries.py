"""A long run of queries by coverage, beside test_grammar.py: `python tests/fuzz_queries.py`.

Needs the extra `fuzz`. Takes libFuzzer's options, such as `-max_total_time=600`, and a folder to
keep what it found in.
"""

import datetime
import sys
import time

import atheris

with atheris.instrument_imports(include=["nutgraf", "nutgraf_index"]):
    from nutgraf.query.parser import MAX_LENGTH, parse
    from nutgraf.results.highlight import highlight
    from nutgraf_index.errors import QueryError

SLOW = 1.0  # seconds of processor time


def one_query(data: bytes) -> None:
    """Understand a text, print and read it again, and mark a passage by it."""
    first, _, second = data.decode("utf-8", "replace").partition("\n")
    text = (first * (1 + len(data) % 3))[:MAX_LENGTH]
    started = time.process_time()
    try:
        query = parse(text, clock=lambda: datetime.date(2020, 1, 10))
    except QueryError as error:
        if "names no" not in str(error):
            raise
        return
    assert parse(str(query)).tree == query.tree, text
    assert query.tree is not None or query.diagnostics, text
    if query.tree is not None:
        spans, _ = highlight(query.tree, second or first)
        assert list(spans) == sorted(spans), text
    assert time.process_time() - started < SLOW, text


def main() -> None:
    """Run until stopped."""
    atheris.Setup(sys.argv, one_query)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
