"""Terms as Whoosh reads them, against Whoosh's own storage."""

from hypothesis import given
from hypothesis import strategies as st
from whoosh.query.compound import AndNot, Require
from whoosh.query.terms import Prefix, Term

from generated import ARTICLES
from nutgraf import Article, Index
from scale import examples
from stock import found_by, stock_searcher


@examples(4)
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


def test_a_list_that_is_read_beyond_its_end() -> None:
    articles = [
        Article(id="1", title="Iran missiles", text="Missile.\nUS missile.\nWe don't."),
        Article(id="3", text="Missile.\nUS missile Abdul-Mahdi.\nMissile again."),
    ]
    query = Require(
        Term("text", "abdul"), AndNot(Prefix("title", "ir"), Prefix("words", "missile"))
    )
    with Index.in_memory() as index:
        index.add(articles)
        with stock_searcher(articles) as stock, index.as_whoosh().searcher() as searcher:
            assert found_by(query, searcher) == found_by(query, stock) == set()
