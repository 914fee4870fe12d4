"""Terms found among sorted ones, and their words numbered."""

import contextlib
import random
from array import array
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf_index import core
from nutgraf_index.core.buffers import uints, zeros

TERMS = st.sets(st.binary(max_size=4) | st.text("ab", max_size=3).map(str.encode), max_size=20)


@given(TERMS, TERMS)
def test_terms_are_found_where_they_are(terms: set[bytes], others: set[bytes]) -> None:
    known = sorted(terms)
    ends = [0]
    for term in known:
        ends.append(ends[-1] + len(term))
    text = memoryview(b"".join(known))
    for term in terms | others:
        at_least = sum(one < term for one in known)
        assert core.terms.at_least(text, uints(ends), memoryview(term)) == at_least
        found = core.terms.find(text, uints(ends), memoryview(term))
        assert found == (at_least if term in terms else -1)


@given(
    st.lists(st.integers(0, (1 << 32) - 1) | st.integers(0, 9), max_size=9), st.binary(max_size=3)
)
def test_impossible_ends_are_errors_or_no_terms(ends: list[int], term: bytes) -> None:
    with contextlib.suppress(IndexError):
        assert -1 <= core.terms.find(memoryview(b"some text"), uints(ends), memoryview(term)) < 9


@given(st.lists(TERMS, max_size=4), TERMS)
def test_a_term_is_found_in_each_of_several_dictionaries(
    dictionaries: list[set[bytes]], others: set[bytes]
) -> None:
    file, layouts = b"", list[int]()
    for terms in dictionaries:
        start = len(file)
        file += b"".join(sorted(terms))
        stop = len(file)
        file += bytes(-stop % 4)
        ends = uints(accumulate(map(len, sorted(terms)), initial=0))
        layouts += (start, stop, len(file) // 4, len(file) // 4 + len(ends))
        file += ends.tobytes()
    words = memoryview(file).cast("I")
    several = core.terms.Dictionaries(memoryview(file), words, array("q", layouts))
    assert len(layouts) == core.terms.DICTIONARY * len(dictionaries)
    for term in others.union(*dictionaries):
        found = zeros("q", len(dictionaries))
        core.terms.find_each(several, memoryview(term), found)
        expected = [
            sum(one < term for one in terms) if term in terms else -1 for terms in dictionaries
        ]
        assert found.tolist() == expected


@given(st.binary(max_size=40), st.lists(st.integers(-9, 60), min_size=4, max_size=4))
def test_impossible_dictionaries_are_errors_or_have_no_terms(
    file: bytes, layout: list[int]
) -> None:
    words, found = memoryview(file[: len(file) & ~3]).cast("I"), zeros("q", 1)
    dictionaries = core.terms.Dictionaries(memoryview(file), words, array("q", layout))
    with contextlib.suppress(IndexError):
        core.terms.find_each(dictionaries, memoryview(b"a"), found)
        assert -1 <= found[0] < 10


def test_words_are_numbered_by_their_terms() -> None:
    counts, forms = zeros("I", 3), zeros("I", 6)
    core.terms.number_forms(uints([2, 0, 2, 2, 1, 0]), counts, forms)
    assert (forms.tolist(), counts.tolist()) == ([0, 0, 1, 2, 0, 1], [2, 1, 3])
    with pytest.raises(IndexError):
        core.terms.number_forms(uints([3]), counts, forms)


@pytest.mark.parametrize("seed", range(20))
def test_documents_of_a_form_are_those_where_it_stands(seed: int) -> None:
    chance = random.Random(seed)
    docs = sorted(chance.sample(range(1000), 60))
    standing = {doc: chance.choices(range(3), k=chance.randint(1, 5)) for doc in docs}
    flat = [form for doc in docs for form in standing[doc]]
    forms = memoryview(b"".join(form.to_bytes(2, "little") for form in flat)).cast("H")
    freqs = uints([len(standing[doc]) for doc in docs])
    for form in range(4):
        made = zeros("I", len(docs))
        found = core.terms.docs_of_form(uints(docs), freqs, forms, form, made)
        assert made[:found].tolist() == [doc for doc in docs if form in standing[doc]]


def test_a_document_of_more_occurrences_than_there_are_is_an_index_error() -> None:
    with pytest.raises(IndexError):
        core.terms.docs_of_form(
            uints([1]), uints([9]), memoryview(bytes(4)).cast("H"), 7, zeros("I", 1)
        )
