"""Terms in texts, titles and headings, and words that are written in two parts or as one."""

import random
import tracemalloc
from collections import Counter
from collections.abc import Iterator

import pytest

from nutgraf import Article, Index, search
from nutgraf.matching import postings
from nutgraf.matching.postings import SnapshotPostings, weight_of
from nutgraf.scoring.bm25f import TITLE_LIFT, length_norm
from nutgraf_index.core.buffers import Bitmap, Numbers, uints
from nutgraf_index.fields import Level
from small import changed

WORDS = ["otter", "river", "mill", "e-mail", "email"]


@pytest.fixture(scope="module")
def titled() -> Iterator[Index]:
    """An index of 60 articles of 5 passages, under titles and headings of a few words."""
    chance = random.Random(1)
    articles = [
        Article(
            id=f"{at:03}",
            title=" ".join(chance.choices(WORDS, k=chance.randint(0, 4))),
            text="\n\n".join(
                f"## {chance.choice(WORDS)} {chance.choice(WORDS)}"
                if chance.random() < 0.2
                else f"A {chance.choice(['otter otter', 'boat', 'e-mail', 'email e-mail'])}."
                for _ in range(5)
            ),
            format="markdown",
        )
        for at in range(60)
    ]
    with Index.in_memory() as index:
        index.add(articles)
        yield index


def written(text: str, word: str, *, joined: bool) -> int:
    """Return how often a word stands in a text; with `joined` once more if also in two parts."""
    words = Counter(text.strip("# .").split())
    return words[word] + (joined and word == "email" and "e-mail" in words)


def over(ranges: tuple[Numbers, Numbers], passages: int) -> list[float]:
    """Return what a term has for each passage by its ranges, which ascend and do not overlap."""
    edges, values = ranges[0].tolist(), [*ranges[1]]
    assert edges == sorted(edges)
    assert len(edges) == 2 * len(values)
    found = [0.0] * passages
    for start, stop, value in zip(edges[::2], edges[1::2], values, strict=True):
        assert start < stop
        found[start:stop] = [value] * (stop - start)
    return found


@pytest.mark.parametrize("joined", [False, True])
@pytest.mark.parametrize("word", ["otter", "river", "mill", "email", "boat", "zebra"])
def test_terms_have_what_stands_in_and_over_each_passage(
    titled: Index, word: str, joined: bool
) -> None:
    snapshot = titled.snapshot()
    (segment,) = SnapshotPostings(snapshot).segments
    reader, term = segment.reader, segment.term(word, joined=joined)

    def value(field: str, text: str, unit: int, *, joined: bool) -> float:
        length = reader.field(field).lengths[unit]
        norm = 1.5 * length_norm(length, snapshot.average_length(field, "en"))  # k1 is 1.5
        return written(text, word, joined=joined) / norm if length else 0.0

    in_texts: dict[int, float] = {}
    in_titles, in_headings = list[float](), list[float]()
    matching = set()
    for document in range(reader.passages):
        article, passage = snapshot.passage(document)
        title = article.article.title
        unit = reader.doc_at(Level.ARTICLE, document)
        opening = segment.is_opening(document)
        lift = TITLE_LIFT if opening else 1.0
        in_titles.append(value("title", title, unit, joined=joined) * lift)
        unit = reader.doc_at(Level.SECTION, document)
        in_headings.append(value("heading", passage.heading, unit, joined=False))
        freq = written(passage.text, word, joined=joined)
        if freq:
            in_texts[document] = freq
        if freq or (opening and in_titles[-1]):
            matching.add(document)
    # To the bit: a core that scores and an explanation by the formula are to agree.
    assert over(segment.ranges("title", *term.titles), reader.passages) == in_titles
    headings = segment.postings("heading", word)
    assert over(segment.ranges("heading", *headings), reader.passages) == in_headings
    if word in WORDS:
        assert any(in_titles)
        assert any(in_headings)
    docs, freqs = term.text_postings()
    assert dict(zip(docs.tolist(), freqs, strict=True)) == in_texts
    assert term.count == len(in_texts)
    # The documents are the same, however they are asked for.
    doc_ids = term.doc_ids
    assert doc_ids.doc_ids().tolist() == sorted(matching)
    either = doc_ids.either()
    ascending = either.numbers() if isinstance(either, Bitmap) else either
    assert ascending.tolist() == sorted(matching)
    assert doc_ids.count >= len(matching)
    some = [*range(1, reader.passages, 3)]
    assert doc_ids.intersect(uints(some)).tolist() == [one for one in some if one in matching]
    bits = Bitmap.of(reader.passages, [0])
    doc_ids.mark(bits)
    assert bits.numbers().tolist() == sorted(matching | {0})


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
        assert "text: freq 2 / length norm" in str(first.explanation)
        assert "text: freq 1 / length norm" in str(second.explanation)
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
        assert sum(" email: weight " in one for one in told) == 2


def test_the_weight_of_a_cached_term_is_the_memory_that_it_takes(titled: Index) -> None:
    """Terms without postings weighed nothing: a long-lived searcher kept 3 KB for each word."""
    (segment,) = SnapshotPostings(titled.snapshot()).segments
    segment.term("otter")
    tracemalloc.start()
    try:
        terms = [segment.term(f"absent{number}") for number in range(200)]
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.5 < 12 * sum(map(weight_of, terms)) / taken < 2


def test_many_small_segments_keep_no_more_terms_than_a_large_one() -> None:
    """Each segment kept as many: words that no article has filled 100 MB for every segment."""
    texts = {"en": "An otter.", "de": "Der Otter.", "fr": "La loutre.", "it": "La lontra."}
    with Index.in_memory() as index, changed(postings, _CACHED_POSTINGS=9_000, _LEAST_CACHED=600):
        index.add(
            Article(id=f"{code}-{number}", text=text, language=code)
            for code, text in texts.items()
            for number in range(97 if code == "en" else 1)
        )
        segments = SnapshotPostings(index.snapshot()).segments
        assert len(segments) == 4
        for segment in segments:
            for number in range(100):
                segment.term(f"absent{number}")
        assert sorted(len(segment._terms) for segment in segments) == [2, 2, 2, 34]
