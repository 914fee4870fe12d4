"""Words in a row."""

from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH
from nutgraf import Article, Index, search
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.query.tree import Words
from nutgraf_index.core.buffers import uints


def test_a_phrase_of_one_word_over_and_over_takes_no_time() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="a " * 9000)])
    assert search('"' + "a " * 100 + '"', index).total == 1


@given(st.sets(st.integers(0, 299)), st.sampled_from(["port storm", "the port", "storm the port"]))
def test_a_phrase_is_found_among_some_passages(among: set[int], words: str) -> None:
    texts = ["the port", "a storm", "port storm", "storm the port", "port the storm", "the x port"]
    passages = [texts[number * number % len(texts)] for number in range(300)]
    with Index.in_memory() as index:
        index.add([Article(id="1", text="\n\n".join(passages), language="en")])
        (reader,) = index.snapshot().readers
        leaves, leaf = LeafPositions(reader, ENGLISH), Words(words, quoted=True)
        wanted = [number for number, text in enumerate(passages) if words in text]
        assert leaves.doc_ids("text", leaf).tolist() == wanted
        some = leaves.doc_ids("text", leaf, uints(sorted(among))).tolist()
        assert among.intersection(wanted) <= {*some} <= {*wanted}
        assert some == sorted(some)
        # As few passages as these are looked up: no other is returned.
        few = sorted(among)[:30]
        found = leaves.doc_ids("text", leaf, uints(few)).tolist()
        assert found == [number for number in few if number in wanted]
