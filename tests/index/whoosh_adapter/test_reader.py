"""Terms as Whoosh reads them, against Whoosh's own storage."""

from hypothesis import given
from hypothesis import strategies as st

from generated import ARTICLES
from nutgraf import Article, Index
from scale import examples
from stock import stock_searcher


@examples(15)
@given(ARTICLES, ARTICLES, st.sets(st.sampled_from("01234")))
def test_terms_and_their_numbers_are_those_of_stock_whoosh(
    articles: list[Article], more: list[Article], removed: set[str]
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        index.add(more)
        held = {article.id: article for article in [*articles, *more]}
        index.remove(set(held) & removed)
        left = [article for id, article in held.items() if id not in removed]
        with stock_searcher(left) as stock:
            reader, plain = index.as_whoosh().reader(), stock.reader()
            for name in ("text", "words", "title", "date"):
                assert list(reader.lexicon(name)) == list(plain.lexicon(name))
                for term in plain.lexicon(name):
                    assert (name, term) in reader
                    for number in ("doc_frequency", "frequency"):
                        asked, wanted = getattr(reader, number), getattr(plain, number)
                        assert asked(name, term) == wanted(name, term)
