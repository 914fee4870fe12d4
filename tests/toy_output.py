"""A toy output: a module like this one, and a row in the registry, are a new output."""

from collections.abc import Iterable, Iterator

from nutgraf.output.style import Style
from nutgraf.results.hits import Results


def answer_lines(answers: Iterable[tuple[str, int, Results]], style: Style) -> Iterator[str]:
    """Yield a line of citations for each query."""
    for query, _, results in answers:
        yield f"{query}: {' '.join(hit.citation for hit in results.hits)}"
