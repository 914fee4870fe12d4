"""Small archives that use what large ones do: constants set for a while, and crowds of passages."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nutgraf import Article

SMALL = {"_DENSE_FREQ": 2, "_DENSE_SHARE": 1000}  # then nearly every term is a dense one

OTTERS = [
    Article(id="a", title="Otter fences", text="An otter.\nThe otter-fence and the US fence."),
    Article(id="b", text="The fence is of wood.\nNo river here."),
    Article(id="c", text="Nothing of it."),
]


@contextmanager
def changed(module: Any, **values: Any) -> Iterator[None]:
    """Set constants of a module for a while, so that small archives use what large ones do."""
    before = {name: getattr(module, name) for name in values}
    try:
        for name, value in values.items():
            setattr(module, name, value)
        yield
    finally:
        for name, value in before.items():
            setattr(module, name, value)


def crowd(seed: int, passages: int) -> list[Article]:
    """Articles of short passages in words of very different frequency."""
    chance = random.Random(seed)
    vocabulary = [f"w{number}x" for number in range(60)]
    weights = [1 / (number + 1) for number in range(60)]
    lines = [
        " ".join(chance.choices(vocabulary, weights, k=chance.randint(1, 12)))
        for _ in range(passages)
    ]
    return [
        Article(id=f"a{at:05}", text="\n\n".join(lines[at : at + 7]), title=lines[at])
        for at in range(0, passages, 7)
    ]
