"""What is stored of each block of a long list bounds what its passages have, and no more."""

import random

import pytest

from english import analyse
from nutgraf import Article, Index, split
from nutgraf_index.segment.postings_reader import BLOCK, ROW


@pytest.mark.parametrize("passages", [BLOCK, BLOCK + 1, 8 * BLOCK, 8 * BLOCK + 3])
def test_bounds_are_the_greatest_frequency_and_the_least_length_by_frequency(passages: int) -> None:
    chance = random.Random(passages)
    lines = [
        " ".join(chance.choices(["otter", "heron", "newt"], [9, 3, 1], k=chance.randint(1, 40)))
        for _ in range(passages)
    ]
    article = Article(id="a", text="\n".join(f"otter {line}." for line in lines))
    texts = [[token.term for token in analyse(one.text)] for one in split(article)]
    assert len(texts) == passages
    with Index.in_memory() as index:
        index.add([article])
        field = index.snapshot().readers[0].field("text")
        most, least = (field.block_rows[at::ROW].tolist() for at in (3, 4))
        blocks = 0
        for term in ("heron", "newt", "otter"):
            number = field.terms.find(term.encode())
            listed = [text for text in texts if term in text]
            *_, first, of_term = field.row(number)
            assert of_term == (-(-len(listed) // BLOCK) if len(listed) > BLOCK else 0)
            blocks += of_term
            for at, block in enumerate(range(first, first + of_term)):
                held = listed[BLOCK * at : BLOCK * (at + 1)]
                assert most[block] == max(text.count(term) for text in held)
                assert least[block] == min(len(text) // text.count(term) for text in held)
        assert len(most) == len(least) == blocks
        assert (blocks > 0) == (passages > BLOCK)
