"""The time of a search grows with the words of its query, not with their square."""

from collections.abc import Iterator

import pytest

from linear import is_linear
from nutgraf import Article, Index, Searcher

WORDS = [f"w{number}x" for number in range(1000)]
MOST = len(WORDS)
FEW = 64  # of a query that reads texts or looks through the dictionary
PAIRS = [*zip(WORDS[::4], WORDS[2::4], strict=True)]
# What stands before the first word and after the last one, for what stands between.
_EDGES = {
    " =": ("=", ""),
    "~ ": ("", "~"),
    "* ": ("", "*"),
    "^2 ": ("", "^2"),
    '" "': ('"', '"'),
    " -": (f"{WORDS[-1]} -", ""),
    ") AND (": ("(", ")"),
}


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    """Search 400 passages, each with half of the words."""
    texts = [" ".join(WORDS[start % 2 :: 2]) for start in range(400)]
    with Index.in_memory(language="en") as index:
        index.add(
            Article(id=str(first), text="\n\n".join(texts[first : first + 8]), language="en")
            for first in range(0, len(texts), 8)
        )
        with Searcher(index) as searcher:
            yield searcher


@pytest.mark.parametrize(
    ("count", "between", "options"),
    [
        (MOST, " ", {}),
        (MOST, " ", {"scope": "window:3"}),
        (MOST, " ", {"scope": "article"}),
        (MOST, " ", {"group": True}),
        (MOST, " ", {"per_article": 1}),
        (MOST, " ", {"expand": True}),
        (MOST, " ", {"explain": True}),
        (MOST, " ", {"sort": "date"}),
        (FEW, " =", {}),
        (FEW, "~ ", {}),
        (MOST, "* ", {}),
        (MOST, "^2 ", {}),
        (MOST, '" "', {}),
        (MOST, " OR ", {}),
        (MOST, " AND ", {}),
        (MOST, " AND ", {"scope": "window:3"}),
        (MOST, " -", {}),
        (600, " NEAR/9 ", {}),
        (MOST, ") AND (", {"scope": "article"}),
    ],
)
def test_time_is_linear_in_the_words(
    searcher: Searcher, count: int, between: str, options: dict[str, object]
) -> None:
    before, after = _EDGES.get(between, ("", ""))

    def find(count: int) -> None:
        pairs = [" ".join(pair) for pair in PAIRS[: count // 2]]
        words = pairs if "(" in between or '"' in between else WORDS[:count]
        query = before + between.join(words) + after
        for hit in searcher.search(query, **options):  # type: ignore[arg-type]
            assert hit.spans is not None

    find(8)
    assert is_linear(find, count)
