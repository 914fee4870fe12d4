"""Words as they are written, against the analysed text."""

from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH
from nutgraf import Article, Index
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.query.leaves import written
from nutgraf.query.tree import Exact, Near


@given(
    st.lists(
        st.sampled_from(
            [
                *("US", "us", "Us", "U.S.", "10", "10,000", "a", "A.", "a.b", "10.5", "don't"),
                *("Don’t", "kin", "Kin", "\u212ain", "é", "\x1c", "\x85", ". ", ", ", " '", " ‘"),
                *" \n.,;:!?()[]\"'-_/=“”‘’—–…  ",
            ]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["US", "us", "10", "a", "A", "10,000", "don't", "Kin", "US US", "a don't a"]),
)
def test_words_as_written_are_those_of_the_analysed_text(text: str, word: str) -> None:
    with Index.in_memory() as index:
        index.add([Article(id="1", text=f"Begin {text} end")])
        reader = index.snapshot().readers[0]
        passages = [reader.passage(at).text for at in range(reader.passages)]
        forms = written(word, ENGLISH)
        wanted = [
            (number << 32) + at
            for number, passage in enumerate(passages)
            for known in (written(passage, ENGLISH),)
            for at in range(len(known))
            if known[at : at + len(forms)] == forms
        ]
        found = LeafPositions(reader, ENGLISH).units(
            "text", Near(((Exact(word),),), 0, ordered=True)
        )
        assert found.tolist() == sorted({place >> 32 for place in wanted})
        assert LeafPositions(reader, ENGLISH).places("text", Exact(word)).tolist() == wanted
