"""A toy output: a module like this one, and a row in the registry, are a new output."""

from collections.abc import Iterable, Iterator

from nutgraf.output.style import Answer, Style


def answer_lines(answers: Iterable[Answer], style: Style) -> Iterator[str]:
    """Yield a line of citations for each query."""
    for query, _, hits in answers:
        yield f"{query}: {' '.join(group.hit.citation for group in hits)}"
