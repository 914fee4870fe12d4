"""Words in titles, with the most these add, and words that are written in two parts or as one."""

import random

import numpy as np

from nutgraf import Article, Index, search
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.matching.scorer import Scores
from nutgraf.matching.term_scorer import documents_under_fields
from nutgraf.scoring.bm25f import OPENING


def test_passages_under_titles_are_found_with_the_most_that_these_add() -> None:
    chance = random.Random(1)
    articles = [
        Article(
            id=f"{at:03}",
            title=" ".join(
                chance.sample(["otter", "fence", "river", "mill"], chance.randint(0, 3))
            ),
            text="\n\n".join("## otter" if chance.random() < 0.2 else "A fence." for _ in range(5)),
            format="markdown",
        )
        for at in range(60)
    ]
    with Index.in_memory() as index:
        index.add(articles)
        lists = SnapshotPostings(index.snapshot()).segments[0]
        everything = np.arange(lists.reader.passages)
        assert lists.term("otter").other_fields.keys() == {"title", "heading"}
        for words in (["mill"], ["otter", "river"], ["fence", "mill", "otter"], ["boat"], []):
            terms = [lists.term(word) for word in words]
            bits = np.array([chance.random() < 0.7 for _ in everything], np.uint8)
            documents, most = documents_under_fields(
                [field for term in terms for field in term.over], bits
            )
            added = sum(
                (term.weight * _scorer(over.freqs_at(everything)))
                for term in terms
                for over in term.other_fields.values()
            ) + np.zeros(len(everything))
            assert documents.tolist() == np.flatnonzero((added > 0) & (bits > 0)).tolist()
            assert (most >= added[documents] - 1e-9).all()
            lifted = sum(
                term.weight
                * _scorer((OPENING if name == "title" else 1) * over.freqs_at(everything))
                for term in terms
                for name, over in term.other_fields.items()
            ) + np.zeros(len(everything))
            assert (most <= lifted[documents] + 1e-9).all()


def _scorer(freqs: Scores) -> Scores:
    scorer: Scores = freqs / (freqs + 1)
    return scorer


def citations(query: str, *articles: Article) -> list[str]:
    with Index.in_memory() as index:
        index.add(articles)
        return [hit.citation for hit in search(query, index)]


def test_the_parts_of_a_word_count_where_it_does_not_stand() -> None:
    found = citations(
        "quasi-conical flow",
        Article(id="one", text="The flow is steady."),
        Article(id="parts", text="The flow is conical."),
    )
    assert found == ["parts#1", "one#1"]


def test_a_word_is_found_in_two_parts_with_a_hyphen_between() -> None:
    articles = [
        Article(id="a", text="The E-mails, the (re-election) and state-of-the-art news."),
        Article(id="b", text="An e mail, an e--mail; reelection of theart."),
        Article(
            id="c", title="E-mail", text="Some e-mail\u2014an email; 10-12 of re\u2011election."
        ),
    ]
    with Index.in_memory() as index:
        index.add(articles)
        marked = {
            hit.article: [hit.text[start:end] for start, end in hit.spans]
            for hit in search("email", index)
        }
        assert marked == {"a": ["E", "mails"], "c": ["e", "mail", "email"]}
        assert {hit.article for hit in search("reelections", index)} == {"a", "b", "c"}
        assert not search("1012", index)
        assert [hit.article for hit in search("theart", index)] == ["b"]
        # As it is written: in quotes, beside others, and with =.
        for query in ('"email"', "=email", "email NEAR/9 some", "emai*", "emial~"):
            assert [hit.article for hit in search(query, index)] == ["c"], query
        (first, second) = search("email", index, explain=True)
        assert "text: frequency 2, length" in str(first.explanation)
        assert "text: frequency 1, length" in str(second.explanation)
        assert first.score > second.score
        assert [hit.article for hit in search("news -email", index)] == []


def test_a_hyphenated_word_is_found_where_it_is_written_as_one() -> None:
    articles = [
        Article(id="two", text="An e-mail of health\u2011care."),
        Article(id="one", text="Some emails; she healthcares."),
        Article(id="title", title="Email", text="A letter."),
        Article(id="apart", text="An e came by mail, 1012 of them."),
    ]
    with Index.in_memory() as index:
        index.add(articles)
        marked = {
            hit.citation: [hit.text[start:end] for start, end in hit.spans]
            for hit in search("E-mail", index)
        }
        assert marked == {"two#1": ["e", "mail"], "one#1": ["emails"], "title#1": []}
        assert {hit.article for hit in search("health\u2010care", index)} == {"two", "one"}
        # What is quoted or has its distance told is as it is written; numbers are no words.
        assert [hit.article for hit in search('"e-mail"', index)] == ["two"]
        assert [hit.article for hit in search("e-mail NEAR/9 of", index)] == ["two"]
        assert not search("10-12", index)
        told = [str(hit.explanation) for hit in search("e-mail", index, explain=True)]
        assert sum(" email: weight 1" in one for one in told) == 2
