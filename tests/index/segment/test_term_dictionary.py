"""A dictionary finds its terms by Python's own where it has few, in place where it has more."""

import pytest

from nutgraf import Article, Index
from nutgraf_index.segment import term_dictionary
from nutgraf_index.segment.term_dictionary import TermDictionaries
from small import changed

WORDS = [f"w{number * 7919 % 3001}x" for number in range(2000)]


@pytest.mark.parametrize("few", [0, 1 << 10, 1 << 20])
def test_terms_are_found_however_many_there_are(few: int) -> None:
    with changed(term_dictionary, _SMALL=few), Index.in_memory() as index:
        index.add([Article(id="a", title="The Otter", text=" ".join(WORDS))])
        (reader,) = index.snapshot().readers
        for field, count in (("text", len(WORDS)), ("title", 2), ("place", 0)):
            terms = reader.field(field).terms
            assert len(terms) == count
            assert [terms.find(term) for term in terms] == [*range(count)]
            assert {terms.find(term) for term in (b"", b"w", b"w1", b"zebra", b"otters")} == {-1}
            assert [terms.all_of(term) for term in terms] == [range(n, n + 1) for n in range(count)]
            assert not any(map(terms.all_of, (b"", b"w", b"w1", b"zebra", b"otters")))


def test_a_term_is_found_in_the_dictionaries_of_several_fields_at_once() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", title="The Otter", text="An otter swims. Beavers do not.")])
        (reader,) = index.snapshot().readers
        fields = [reader.field(name).terms for name in ("text", "title", "heading")]
        dictionaries = TermDictionaries(reader.file, fields)
        for term in (b"otter", b"swim", b"beaver", b"the", b"zebra", b""):
            assert dictionaries.find(term) == [one.find(term) for one in fields]
        assert [number >= 0 for number in dictionaries.find(b"otter")] == [True, True, False]
        assert TermDictionaries(reader.file, []).find(b"otter") == []


@pytest.mark.parametrize("few", [0, 1 << 10])
def test_a_word_of_several_terms_is_found_with_all(few: int) -> None:
    with changed(term_dictionary, _SMALL=few), Index.in_memory(language="vi") as index:
        index.add([Article(id="a", text="đá đa đà dạ"), Article(id="b", text="da")])
        (reader,) = index.snapshot().readers
        field = reader.field("text")
        numbers = field.words.all_of(b"da")
        terms = [field.terms[field.stems[number]].decode() for number in numbers]
        assert terms == sorted(["đá", "đa", "đà", "dạ", "da"])
        assert [[*field.docs_of_word(number)] for number in numbers] == [
            [1] if term == "da" else [0] for term in terms
        ]
