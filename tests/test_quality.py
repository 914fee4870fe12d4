"""Retrieval quality does not fall: floors on judged collections, where these are at hand."""

import math
import os
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from judged import Collection, among_books, plain_words
from nutgraf import Index, Searcher, search
from quality import indexed
from quality import ranked as ranked_documents
from roles import LEAST, Score, judged_articles, mean_f1
from scale import IS_LONG, size
from xquad import ranked, read

HERE = Path(__file__).parent
COLLECTIONS = Path(
    os.environ.get("NUTGRAF_COLLECTIONS") or HERE.parents[1] / "shared" / "collections"
)
BOOKS = COLLECTIONS.parent / "corpora" / "books.jsonl.gz"
ARTICLES = Path(os.environ.get("NUTGRAF_ARTICLES") or HERE.parents[1] / "shared" / "articles")
FLOORS = tomllib.loads((HERE / "quality.toml").read_text("utf-8"))
OWN = FLOORS.pop("data")  # of the sample articles, which are always here
ROLES = FLOORS.pop("articles")
WHOLE, THIRD = FLOORS.pop("xquad"), FLOORS.pop("xquad-third")
XQUAD = WHOLE if IS_LONG else THIRD
PASSAGES = FLOORS.pop("passages")
JUDGED = tomllib.loads((HERE / "judged.toml").read_text("utf-8"))["query"]


def gain(grades: list[int]) -> float:
    """Return the discounted cumulative gain of the first ten."""
    return sum(grade / math.log2(at + 2) for at, grade in enumerate(grades[:10]))


@pytest.fixture(scope="module", params=FLOORS)
def judged(request: pytest.FixtureRequest) -> Iterator[tuple[str, Collection, Index]]:
    """A judged collection by its name, and an index of it."""
    name = request.param
    folder = COLLECTIONS / name
    if not folder.is_dir():
        pytest.skip("needs the judged collections: NUTGRAF_COLLECTIONS names their folder")
    collection = Collection.read(folder)
    assert collection.digest == FLOORS[name]["digest"], "other data: its floor is another one"
    with indexed(collection) as index:
        yield name, collection, index


def quality(collection: Collection, index: Index) -> float:
    """Return nDCG@10 of plain words."""
    total = 0.0
    run = ranked_documents(index, collection, depth=10, require="auto")
    for id, documents in run.items():
        grades = collection.qrels[id]
        best = sorted(grades.values(), reverse=True)
        total += gain([grades.get(one, 0) for one in documents]) / gain(best)
    return total / len(run)


def test_quality_is_not_below_its_floor(judged: tuple[str, Collection, Index]) -> None:
    name, collection, index = judged
    assert quality(collection, index) >= FLOORS[name]["ndcg"]


def test_passages_of_mixed_length_are_found() -> None:
    folder = COLLECTIONS / "squad2-dev"
    if not (folder.is_dir() and BOOKS.is_file()):
        pytest.skip("needs the judged collections: NUTGRAF_COLLECTIONS names their folder")
    collection = Collection.read(folder)
    assert collection.digest == FLOORS["squad2-dev"]["digest"], "other data: its floor is another"
    among = among_books(collection, BOOKS, every=8)
    with indexed(among) as index:
        assert quality(among, index) >= PASSAGES["ndcg"]


@pytest.mark.parametrize("language", XQUAD)
def test_questions_in_other_languages_find_their_paragraphs(language: str) -> None:
    file = COLLECTIONS / "xquad" / f"xquad.{language}.json"
    if not file.is_file():
        pytest.skip("needs the judged collections: NUTGRAF_COLLECTIONS names their folder")
    asked = read(file)
    asked = asked._replace(questions=dict([*asked.questions.items()][:: size(3, 1)]))
    total = 0.0
    for question, best in ranked(asked, language, depth=10).items():
        if asked.answers[question] in best:
            total += 1 / math.log2(best.index(asked.answers[question]) + 2)
    assert total / len(asked.questions) >= XQUAD[language]


def test_articles_are_read_as_judged() -> None:
    """The roles and the borders of passages, and the properties of articles."""
    file = ARTICLES / "open.jsonl"
    if not file.is_file():
        pytest.skip("needs the judged articles: NUTGRAF_ARTICLES names their folder")
    score = Score()
    for article in judged_articles([file]):
        score.add(article)
    figures = [figure for role, figure in score.f1().items() if score.judged[role] >= LEAST]
    properties = score.properties.values()
    assert mean_f1(score) >= ROLES["mean_f1"]
    assert min(figures) >= ROLES["worst_f1"]
    assert score.boundary_f1() >= ROLES["boundaries"]
    assert score.kept_out >= ROLES["kept_out"] * score.judged["furniture"]
    assert score.hidden_prose <= ROLES["hidden_prose"]
    assert min(right / there for right, there, _ in properties) >= ROLES["properties"]


def test_mistyped_words_are_told_and_others_seldom(judged: tuple[str, Collection, Index]) -> None:
    """Most of the words told in the queries as they stand are mistyped there."""
    name, collection, index = judged
    rng = random.Random(18)
    queries = sorted(collection.queries.values())
    queries = [plain_words(query) for query in rng.sample(queries, min(len(queries), 300))]
    told = planted = right = 0
    with Searcher(index) as searcher:
        for query in queries:
            told += bool(searcher.search(query, limit=0).spellings)
            words = [word for word in query.split() if len(word) > 5 and word.isalpha()]
            word = rng.choice(words or [""])
            typed = mistyped(word, rng)
            counts = [searcher.search(one, limit=0).total for one in (word, typed)] if word else []
            if counts and counts[0] > 2 and not counts[1]:
                planted += 1
                found = searcher.search(query.replace(word, typed, 1), limit=0).spellings
                right += bool(found) and searcher.search(word, limit=0).query.lower() in {
                    one.lower() for one in found[0].query.split()
                }
    assert told / len(queries) <= FLOORS[name]["told"]
    assert right / planted >= 0.9


def mistyped(word: str, rng: random.Random) -> str:
    """Return a word with a letter dropped, added, changed, or swapped with the next."""
    at, letter = rng.randrange(len(word) - 1) if word else 0, rng.choice("etaoinshrdlu")
    before, one, after = word[:at], word[at : at + 1], word[at + 1 :]
    made = [before + after, before + letter + one + after, before + letter + after]
    return rng.choice([*made, before + after[:1] + one + after[1:]])


def test_quality_on_the_sample_articles(sample: Index) -> None:
    total = 0.0
    for query in JUDGED:
        grades = {citation: said[0] for citation, said in query.items() if citation != "text"}
        found = [hit.citation for hit in search(query["text"], sample)]
        best = sorted(grades.values(), reverse=True)
        total += gain([grades.get(one, 0) for one in found]) / gain(best)
    assert total / len(JUDGED) >= OWN["ndcg"]


def test_what_is_judged_is_there(sample: Index) -> None:
    with Searcher(sample) as searcher:
        for query in JUDGED:
            for citation in query.keys() - {"text"}:
                assert searcher.passage(citation).citation == citation
