"""Words of two parts with a hyphen between."""

from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH, analyse
from nutgraf_index.analysis.compounds import compound_terms, compounds
from test_properties import TEXTS

HYPHENED = st.lists(
    st.sampled_from(
        [*"-\u2010\u2011-- \n'\".,_é½1", "e-mail", "10-12", "U.S.", "'s", "—", "Anti", "war", "2.5"]
    ),
    max_size=12,
).map("".join)


@given(st.lists(st.one_of(TEXTS, HYPHENED), max_size=6).map(" ".join))
def test_compounds_are_those_of_the_whole_text(text: str) -> None:
    found = compounds(text, analyse(text), ENGLISH)
    assert compound_terms(text, ENGLISH) == {term for _, term in found}
