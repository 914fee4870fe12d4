"""What matches and how it ranks, against an evaluator so plain that it is surely right."""

import fnmatch
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index, Passage, Role, Searcher, search, split
from nutgraf.dates import date_range
from nutgraf.query import parse
from nutgraf.tree import Filter, Group, Node, Phrase, Prefix, Word
from nutgraf_index.analysis import analyse
from nutgraf_index.model import SILENT_ROLES
from nutgraf_index.passages import complete


@dataclass
class Facts:
    """What the plain evaluator knows of one passage."""

    article: Article
    passage: Passage
    opening: bool

    @property
    def citation(self) -> str:
        return f"{self.article.id}#{self.passage.number}"


def in_a_row(wanted: list[str], words: list[str]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def is_true(node: Node, facts: Facts) -> bool:
    if isinstance(node, Group):
        required = [is_true(part, facts) for part in (*node.must, *node.filters)]
        chosen = [is_true(part, facts) for part in node.should]
        refused = [is_true(part, facts) for part in node.exclude]
        return all(required) and not any(refused) and (bool(node.must) or not chosen or any(chosen))
    if isinstance(node, Filter):
        return holds(node, facts)
    texts = [facts.passage.text] + ([facts.article.title] if facts.opening else [])
    if isinstance(node, Word | Phrase):
        wanted = [token.term for token in analyse(node.text)]
        return any(in_a_row(wanted, [token.term for token in analyse(text)]) for text in texts)
    words = [token.word for token in analyse(node.text)]
    for text in texts:
        found = [token.word for token in analyse(text)]
        for at in range(len(found) - len(words) + 1):
            before, last = found[at : at + len(words) - 1], found[at + len(words) - 1]
            if before == words[:-1] and last.startswith(words[-1]):
                return True
    return False


def holds(node: Filter, facts: Facts) -> bool:
    article, value = facts.article, node.value
    if node.field == "role":
        return facts.passage.role.value == value
    if node.field == "article":
        return article.id == value
    if node.field == "path":
        return fnmatch.fnmatchcase(article.path, value) or article.path.startswith(f"{value}/")
    if node.field == "date":
        bounds = date_range(value)
        assert bounds is not None
        day = article.date + "-01-01"[len(article.date) - 4 :] if article.date else ""
        return bool(day) and (bounds[0] or day) <= day <= (bounds[1] or day)
    known = "\n".join(article.authors) if node.field == "by" else getattr(article, node.field)
    return in_a_row(
        [token.term for token in analyse(value)], [token.term for token in analyse(known)]
    )


def named_roles(node: Node) -> set[str]:
    if isinstance(node, Filter):
        return {node.value} if node.field == "role" else set()
    if isinstance(node, Group):
        return {
            role for part in (*node.must, *node.should, *node.filters) for role in named_roles(part)
        }
    return set()


def expected(query: str, everything: list[Facts]) -> set[str]:
    tree = parse(query).tree
    if tree is None:
        return set()
    silent = {role.value for role in SILENT_ROLES} - named_roles(tree)
    return {
        facts.citation
        for facts in everything
        if facts.passage.role.value not in silent and is_true(tree, facts)
    }


def facts_of(articles: list[Article]) -> list[Facts]:
    everything = []
    for article in articles:
        passages = split(article)
        told = complete(article, passages)
        headed = any(one.role is Role.HEADLINE for one in passages)
        open_ones = [one for one in passages if one.role is Role.LEAD] or [
            one for one in passages if one.role not in SILENT_ROLES
        ]
        for one in passages:
            opening = bool(told.title) and not headed and one in open_ones[:1]
            everything.append(Facts(told, one, opening))
    return everything


WORDS = [
    "missile",
    "missiles",
    "iran",
    "iraq",
    "U.S.",
    "us",
    "the",
    "Abdul-Mahdi",
    "mahdi",
    "don't",
]
LINES = st.one_of(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(
        lambda words: " ".join(words) + "."
    ),
    st.sampled_from(
        ["By Ann Lee", "ISTANBUL (AA) - Iran met Iraq.", "- Iran, Iraq", "* Writing by Bo Ek"]
    ),
)
ARTICLES = st.lists(
    st.builds(
        lambda lines, title, date, authors: Article(
            id="", text="\n".join(lines), title=title, date=date, authors=authors
        ),
        st.lists(LINES, min_size=1, max_size=4),
        st.sampled_from(["", "Iran missiles", "The Mahdi"]),
        st.sampled_from(["", "2019", "2020-01", "2020-01-10"]),
        st.sampled_from([(), ("Ann Lee",), ("Bo Ek", "Ann Lee")]),
    ),
    min_size=1,
    max_size=5,
).map(
    lambda articles: [
        Article(
            id=f"{number}",
            path=f"d{number % 2}/{number}.txt",
            text=one.text,
            title=one.title,
            date=one.date,
            authors=one.authors,
        )
        for number, one in enumerate(articles)
    ]
)
LEAVES = st.sampled_from(
    [
        *WORDS,
        "mis*",
        "miss*",
        "abdul-ma*",
        '"the us"',
        '"iran iraq"',
        '"us us"',
        "by:lee",
        'by:"ann lee"',
        "date:2020",
        "date:2019..",
        "date:2020-01-01..2020-01-09",
        "role:credit",
        "role:byline",
        "role:lead",
        "place:istanbul",
        "source:aa",
        "title:iran",
        "article:1",
        "path:d0",
        "path:d?/1.*",
    ]
)
QUERIES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(" ".join),
        st.builds("{} AND {}".format, inner, inner),
        st.builds("{} OR {}".format, inner, inner),
        st.builds("({})".format, inner),
        st.builds("-{}".format, inner),
        st.builds("+{}".format, inner),
    ),
    max_leaves=6,
)


@given(ARTICLES, st.lists(QUERIES, min_size=1, max_size=10))
def test_the_matches_are_those_of_the_plain_evaluator(
    articles: list[Article], queries: list[str]
) -> None:
    everything = facts_of(articles)
    with Index.in_memory() as index:
        index.add(articles)
        with Searcher(index) as searcher:
            for query in queries:
                results = searcher.search(query, limit=1000)
                found = [hit.citation for hit in results]
                assert set(found) == expected(query, everything), query
                assert len(found) == len(set(found)) == results.total
                order = [(-hit.score, hit.article, hit.number) for hit in results]
                assert order == sorted(order)
                for hit in results:
                    tree = parse(query).tree
                    assert tree is not None
                    if all(isinstance(leaf, Filter) for leaf in leaves_of(tree)):
                        assert hit.spans == ()


def leaves_of(node: Node) -> list[Word | Phrase | Prefix | Filter]:
    if isinstance(node, Group):
        return [
            leaf for part in (*node.must, *node.should, *node.filters) for leaf in leaves_of(part)
        ]
    return [node]


@given(ARTICLES, QUERIES, st.integers(0, 6), st.integers(0, 6))
def test_a_page_is_a_part_of_the_whole(
    articles: list[Article], query: str, limit: int, offset: int
) -> None:
    with Index.in_memory() as index:
        index.add(articles)
        whole = search(query, index, limit=1000)
        page = search(query, index, limit=limit, offset=offset)
        assert page.total == whole.total
        assert list(page) == list(whole)[offset : offset + limit]


def citations(query: str, *articles: Article) -> list[str]:
    with Index.in_memory() as index:
        index.add(articles)
        return [hit.citation for hit in search(query, index)]


def test_more_and_rarer_words_rank_first() -> None:
    filler = [Article(id=f"f{n}", text="A common word stands here too.") for n in range(5)]
    found = citations(
        "common rare",
        Article(id="both", text="A common and a rare word."),
        Article(id="rare", text="A rare word stands here too."),
        *filler,
    )
    assert found[:2] == ["both#1", "rare#1"]
    assert found[2:] == [f"f{n}#1" for n in range(5)]  # equal scores, by citation


SAME = "One otter was seen at a bridge."


def test_a_title_lifts_a_passage_but_makes_no_other_match() -> None:
    found = citations(
        "otter",
        Article(id="a", text=SAME),
        Article(id="b", title="Otter news", text=f"Nothing is said here.\n{SAME}\nNor here."),
        Article(id="c", text="One otter, two otters, three otters."),
    )
    # b#1 opens the article and answers for its title; b#3 only stands under it.
    assert found == ["b#1", "c#1", "b#2", "a#1"]


def test_a_heading_lifts_a_passage() -> None:
    text = f"Nothing is said in the lead of this.\n- {{}}\n{SAME}"
    plain = Article(id="a", text=text.format("On the river"))
    headed = Article(id="b", text=text.format("On the otter"))
    found = citations('"otter was seen"', plain, headed)
    assert found == ["b#3", "a#3"]


@pytest.mark.parametrize("query", ["article:a", "-zebra", "role:lead"])
def test_without_words_the_order_is_that_of_citations(query: str) -> None:
    articles = [Article(id=id, text="Some words.") for id in ("b", "a", "c")]
    found = citations(query, *articles)
    assert found == sorted(found)
    assert found
