"""Words in a row."""

from nutgraf import Article, Index, search


def test_a_phrase_of_one_word_over_and_over_takes_no_time() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="a " * 9000)])
    assert search('"' + "a " * 100 + '"', index).total == 1
