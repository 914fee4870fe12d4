"""Words: documents by form, and the first by citation, against brute force."""

import random

import pytest

from nutgraf_index import core
from nutgraf_index.core.buffers import room, uints


@pytest.mark.parametrize("seed", range(20))
def test_documents_of_a_form_are_those_where_it_stands(seed: int) -> None:
    chance = random.Random(seed)
    docs = sorted(chance.sample(range(1000), 60))
    standing = {doc: chance.choices(range(3), k=chance.randint(1, 5)) for doc in docs}
    flat = [form for doc in docs for form in standing[doc]]
    forms = memoryview(b"".join(form.to_bytes(2, "little") for form in flat)).cast("H")
    freqs = uints([len(standing[doc]) for doc in docs])
    for form in range(4):
        made = room("I", len(docs))
        found = core.words.docs_of_form(uints(docs), freqs, forms, form, made)
        assert made[:found].tolist() == [doc for doc in docs if form in standing[doc]]


@pytest.mark.parametrize("seed", range(20))
def test_the_first_documents_by_citation_are_those_of_a_sort(seed: int) -> None:
    chance = random.Random(seed)
    counts = [chance.choice([0, 1, 2, 5]) for _ in range(50)]
    article_of = [article for article, count in enumerate(counts) for _ in range(count)]
    firsts = [sum(counts[:article]) for article in range(len(counts) + 1)]
    rank = chance.sample(range(len(counts)), len(counts))
    docs = sorted(chance.sample(range(len(article_of)), chance.randint(0, len(article_of))))
    ordered = sorted(docs, key=lambda doc: (rank[article_of[doc]], doc))
    for wanted in (0, 1, 8):
        made = room("I", wanted)
        found = core.words.first_cited(
            uints(docs), uints(firsts), uints(rank), room("I", wanted), made
        )
        assert made[:found].tolist() == ordered[:wanted]


def test_numbers_that_fit_nothing_are_index_errors() -> None:
    with pytest.raises(IndexError):
        core.words.docs_of_form(
            uints([1]), uints([9]), memoryview(bytes(4)).cast("H"), 7, room("I", 1)
        )
    with pytest.raises(IndexError):
        core.words.first_cited(uints([9]), uints([0, 5]), uints([0]), room("I", 1), room("I", 1))
