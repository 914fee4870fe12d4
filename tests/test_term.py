"""Where words stand in titles: the passages under many of them are marked as those under few."""

import random

import numpy as np

from nutgraf.term import Over


def test_passages_under_many_titles_are_marked() -> None:
    chance = random.Random(1)
    ends = np.cumsum([chance.randint(1, 3) for _ in range(2000)])
    starts = np.concatenate([[0], ends[:-1]])
    for many in (1, 40, 600, 2000):
        chosen = np.sort(np.array(chance.sample(range(2000), many)))
        nothing = np.zeros(0)
        over = Over(np.zeros(0, np.int64), nothing, chosen, (starts[chosen], ends[chosen]))
        marked = np.zeros(ends[-1] + 5, bool)
        marked[-1] = True  # what is marked stays so
        over.mark(marked)
        owners = np.arange(2000).repeat(ends - starts)
        assert marked.tolist() == [*np.isin(owners, chosen).tolist(), *[False] * 4, True]
