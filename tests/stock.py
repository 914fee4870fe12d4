"""The passages of articles in Whoosh's own storage, which nutgraf's must agree with."""

from collections.abc import Iterable
from itertools import product

from whoosh.filedb.filestore import RamStorage
from whoosh.matching.binary import AndNotMatcher
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.terms import Term, Wildcard
from whoosh.query.wrappers import Not
from whoosh.searching import Searcher

from brute import further
from english import ENGLISH, analyse
from nutgraf import Article, split
from nutgraf.query.tree import Boost, Filter, Fuzzy, Group, Near, Node, Pattern, Words, Written
from nutgraf_index.passages.split import complete
from nutgraf_index.whoosh_adapter.schema import schema

NAMES = ("role", "article")  # filters for one whole value
WORDS = {"by": "by", "place": "place", "source": "source", "title": "title"}


def _find_first(self: AndNotMatcher) -> None:
    """Begin at a document that the second matcher does not have.

    Whoosh's own does not let the second catch up with the first: whether a document that both have
    is found depends on the order of the documents.
    """
    if self.a.is_active() and self.b.is_active():
        self._find_next()


AndNotMatcher._find_first = _find_first  # type: ignore[method-assign]


def stock_searcher(articles: Iterable[Article]) -> Searcher:
    """Return a searcher of a stock index of all passages of some articles."""
    index = RamStorage().create_index(schema(ENGLISH))
    writer = index.writer()
    for article in articles:
        passages = split(article)
        told = complete(article, passages)
        of_article = {
            "article": told.id,
            "title": told.title,
            "by": "\n".join(told.authors),
            "place": told.place,
            "source": told.source,
            "date": told.date,
            "path": told.path,
            "compound_title": " ".join(term for _, term in further(told.title)),
        }
        for one in passages:
            fields = of_article | {
                "text": one.text,
                "words": one.text,
                "compound": " ".join(term for _, term in further(one.text)),
                "heading": one.heading,
                "role": one.role.value,
            }
            kept = {name: value for name, value in fields.items() if value}
            writer.add_document(number=one.number, **kept)
    writer.commit()
    searcher: Searcher = index.searcher()
    return searcher


def found_by(query: Query, searcher: Searcher) -> set[str]:
    """Return the citations of all that a Whoosh query matches."""
    fields = (searcher.reader().stored_fields(number) for number in query.docs(searcher))
    return {f"{one['article']}#{one['number']}" for one in fields}


def can_translate(node: Node) -> bool:
    if isinstance(node, Group):
        return all(map(can_translate, (*node.must, *node.should, *node.exclude, *node.filters)))
    if isinstance(node, Boost):
        return can_translate(node.node)
    if isinstance(node, Written | Near | Fuzzy):
        return False  # Whoosh has no words as written, and counts distances and edits otherwise
    return not isinstance(node, Filter) or node.field in (*NAMES, *WORDS)


def translate(node: Node, searcher: Searcher) -> Query:
    """Return a query tree of nutgraf's as a query of Whoosh's."""
    if isinstance(node, Group):
        parts = [translate(part, searcher) for part in (*node.must, *node.filters)]
        if node.should and not node.must:
            parts.append(Or([translate(part, searcher) for part in node.should]))
        refused = [Not(translate(part, searcher)) for part in node.exclude]
        return And([*(parts or [Every()]), *refused])
    if isinstance(node, Boost):
        return translate(node.node, searcher)
    if isinstance(node, Filter):
        if node.field in NAMES:
            return Term(node.field, node.value)
        return _row(WORDS[node.field], [token.term for token in analyse(node.value)])
    if isinstance(node, Pattern):
        return _like(node.words, searcher)
    assert isinstance(node, Words)
    row = _row("text", [token.term for token in analyse(node.text)])
    if node.quoted:
        return row
    if isinstance(row, Term):
        return Or([row, Term("compound", row.text)])
    if "-" not in node.text:
        return row
    (joined,) = analyse("".join(token.word for token in analyse(node.text)))
    return Or([row, Term("text", joined.term)])


def _row(field: str, terms: list[str]) -> Query:
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, terms)


def _like(words: list[str], searcher: Searcher) -> Query:
    if len(words) == 1:
        return Wildcard("words", words[0])
    reader = searcher.reader()
    known = [
        [found.decode() for _, found in Wildcard("words", word).expanded_terms(reader)]
        for word in words
    ]
    rows = [_row("words", list(row)) for row in product(*known)]
    return Or(rows) if rows else Term("words", "")
