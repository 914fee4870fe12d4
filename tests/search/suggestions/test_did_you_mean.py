"""Misspelt words are corrected to those of the archive."""

import random
from collections.abc import Iterator

import pytest

from nutgraf import Article, Index
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.suggestions.did_you_mean import corrections
from nutgraf.suggestions.vocabulary import Vocabulary


@pytest.fixture(scope="module")
def vocabulary() -> Iterator[Vocabulary]:
    """The words of a made-up language, as frequent as those of a real one."""
    rng = random.Random(11)
    begins, ends = "b c ch d f g k l m n p r s t v w".split(), "a e i o u an er in on at".split()
    words = ["".join(rng.choice(begins) + rng.choice(ends) for _ in range(3)) for _ in range(2000)]
    chances = [1 / (at + 10) for at in range(len(words))]
    passages = [" ".join(rng.choices(words, chances, k=40)) for _ in range(1500)]
    with Index.in_memory() as index:
        index.add([Article(id="a", text="\n\n".join(passages))])
        yield Vocabulary(SnapshotPostings(index.snapshot()), "text")


def test_most_planted_misspellings_are_corrected(vocabulary: Vocabulary) -> None:
    """Any slip is as likely here as any other, and words differ by less than in English."""
    rng = random.Random(5)
    words = [word for word, most in sorted(vocabulary.beginning("").items()) if most >= 3]
    words = [word for word in words if len(word) > 5]
    planted = right = 0
    while planted < 200:
        word = rng.choice(words)
        at = rng.randrange(1, len(word))
        letter = rng.choice("abcdefghijklmnopqrstuvwxyz")
        typed = rng.choice(
            [
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at:],
                word[:at] + letter + word[at + 1 :],
                word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            ]
        )
        if not vocabulary.count(typed):
            planted += 1
            right += corrections(typed, [vocabulary], 3)[:1] == [word]
    assert right / planted > 0.85
