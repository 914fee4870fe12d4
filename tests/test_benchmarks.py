"""The benchmarks draw, compare and tell what their page says; nothing is timed to pass or fail."""

import gc
import json
import random
import re
import string
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import parts
import worker
from corpus import KINDS, QUERIES, make_queries, passages, read_queries
from game import Played, agreement_of, game_table, play, read_game
from nutgraf import Index, Searcher
from ours import Nutgraf, NutgrafPlain
from pages import links, sentences
from places import TESTS, TOP
from report import BARS, Bar, Runs, bars_table, column_of

BENCHMARKS = TESTS / "benchmarks"
PAGE = (BENCHMARKS / "README.md").read_text("utf-8")
RUNS: Runs = {
    "nutgraf": [{"or_p50": 4.0, "cpu_or_p50": 2.0}, {"or_p50": 3.0}, {"or_p50": 9.0}],
    "tantivy": [{"or_p50": 2.0, "cpu_or_p50": 4.0}, {"or_p50": 1.0}, {"or_p50": 9.0}],
}


@pytest.fixture(scope="module", autouse=True)
def _no_garbage_of_other_tests() -> None:
    """Before each measuring Python looks for garbage: then not among what the tests before made."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return 2,000 passages of made-up words, of which some are rare."""
    chance = random.Random("corpus")
    words = ["".join(chance.choices(string.ascii_lowercase, k=7)) for _ in range(3000)]
    path = tmp_path_factory.mktemp("corpus") / "corpus.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(100):
            texts = (
                " ".join(words[int(chance.paretovariate(0.5)) % 3000] for _ in range(40))
                for _ in range(20)
            )
            article = {
                "id": f"a{number}",
                "title": f"Titled {number}",
                "date": f"18{number:02}-05-01",
                "text": "\n\n".join(texts),
            }
            lines.write(json.dumps(article) + "\n")
    return path


@pytest.fixture(scope="module")
def queries(corpus: Path) -> Path:
    path = corpus.with_name("queries.json")
    make_queries(corpus, path)
    return path


@pytest.fixture(scope="module")
def index(corpus: Path) -> Path:
    folder = corpus.with_name("index")
    Nutgraf().build(corpus, folder)
    return folder


def test_rarer_words_are_in_few_passages(corpus: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        make_queries(corpus, tmp_path / name, rare=True)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    texts = [passage.text for passage in passages(corpus)]
    words_of = [{*text.split()} for text in texts]
    count = Counter(word for words in words_of for word in words)
    drawn = read_queries(tmp_path / "one")
    for kind in KINDS:
        assert len(drawn[kind]) == QUERIES
        for query in drawn[kind]:
            assert all(5 <= count[word] <= 200 for word in query.words)
            # Each query has an answer: a passage with all its words, in a row for a phrase.
            if kind == "phrase":
                assert any(" ".join(query.words) in text for text in texts)
            else:
                assert any({*query.words} <= words for words in words_of)
    assert max(count.values()) > 200


def test_a_search_is_measured_by_both_clocks(index: Path, queries: Path) -> None:
    figures = worker.search(Nutgraf(), read_queries(queries), index)
    expected = {"load", "open_ms", "passages"}
    for kind in KINDS:
        expected |= {f"{clock}{kind}_{p}" for clock in ("", "cpu_") for p in ("p50", "p99")}
        expected.add(f"{kind}_hits")
        assert figures[f"{kind}_hits"] >= QUERIES
        assert 0 < figures[f"{kind}_p50"] <= figures[f"{kind}_p99"]
    assert {*figures} == expected
    assert figures["passages"] == 2000


def test_the_parts_of_a_search_are_measured(index: Path, queries: Path) -> None:
    asked = read_queries(queries)["or"][:16]
    texts = [Nutgraf().text(query) for query in asked]
    with Index.open(index) as opened, Searcher(opened) as searcher:
        words = sum(len(query.words) for query in asked)
        assert len(parts.parsing(opened, asked)) == pytest.approx(words / 4, abs=1)
        found = sum(searcher.search(text, require="any").total > 10 for text in texts)
        assert found > 8
        assert len(parts.ten_hits(searcher, texts)) == found
        assert parts.two_threads(searcher, texts[:8], shortest=0) > 0


def test_plain_ranking_counts_the_words_of_the_text_alone(tmp_path: Path) -> None:
    articles = [
        {"id": "titled", "title": "Otters", "text": "Said of otters.\n\nOtters near the weir."},
        {"id": "near", "text": "Otters of the weir and a long row of other words beside."},
        {"id": "apart", "text": "Weir of the otters and a long row of other words beside."},
        {"id": "named", "title": "Harbour", "text": "The pier is closed."},
    ]
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(article) + "\n" for article in articles), "utf-8")
    whole, plain = Nutgraf(), NutgrafPlain()
    whole.build(corpus, tmp_path / "index")
    scores, named = [], []
    for engine in (whole, plain, whole):
        engine.open(tmp_path / "index")
        named.append(engine.searcher.search("harbour").total)
        hits = engine.searcher.search('otters weir "row of other words"', collapse=False)
        scores.append({hit.citation.partition("!")[2]: hit.score for hit in hits})
        engine.close()
    own, bm25, again = scores
    assert named == [1, 0, 1]
    assert own == again
    assert bm25["near#1"] == bm25["apart#1"]
    assert own["titled#1"] > bm25["titled#1"]
    assert own["titled#2"] > bm25["titled#2"]  # for what stands before it


def test_bars_compare_within_a_repetition() -> None:
    bar = Bar("OR", (None, 2.0, 1.9, None), "or_p50", "tantivy")
    assert bar.measured(RUNS) == 2.0  # of 2, 3 and 1
    assert bar.measured(RUNS, "cpu_") == 0.5
    assert [bar.reached(limit, 2.0) for limit in bar.limits] == ["-", "yes", "no", "-"]
    assert bar.reached(2.0, None) == "-"
    least = Bar("two threads", (None, None, 1.7, None), "two_threads", least=True)
    assert [least.reached(1.7, measured) for measured in (1.6, 1.7)] == ["no", "yes"]
    assert least.measured(RUNS) is None


def test_the_bars_of_a_size() -> None:
    sizes = (1000, 200_000, 1_000_000, 10_000_000)
    assert [column_of(size, rare=False) for size in sizes] == [1, 1, 2, 3]
    assert column_of(60_000, rare=True) == 0
    shown = bars_table(RUNS, 2).splitlines()
    assert shown[0].split() == "at most, for 1,000,000 bar measured CPU reached".split()
    assert shown[1].split() == "OR p50 / tantivy 0.8 2.00 0.50 no".split()
    assert len(shown) == 1 + len(BARS)


def test_the_game_is_told_by_tag(index: Path, queries: Path, tmp_path: Path) -> None:
    lines = (
        {"query": "aaa", "tags": ["term"]},
        {"query": "+aaa +bbb", "tags": ["intersection", "global", "intersection:num_tokens_2"]},
        {"query": "aaa bbb", "tags": ["global", "union", "union:num_tokens_2"]},
        {"query": "ccc bbb", "tags": ["union", "global"]},
    )
    path = tmp_path / "queries.txt"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    game = read_game(path)
    assert game[1] == Played("intersection", "+aaa +bbb")
    assert [one.tag for one in game] == ["term", "intersection", "union", "union"]
    played = play("nutgraf", game, read_queries(queries)["warm"], index)
    assert played.pop("counts") == [0, 0, 0, 0]
    agreement = agreement_of(game, {"nutgraf": [5, 1, 99, 3], "tantivy": [5, 0, 100, 3]})
    assert agreement == {"term": (1, 1), "intersection": (0, 0), "union": (0.5, 1)}
    table = game_table(game, {"nutgraf": [played], "tantivy": [played]}, agreement).splitlines()
    tag, number, _, _, top, *_, equal, near = table[-1].strip("| ").split(" | ")
    assert (tag, number, top, equal, near) == ("union", "2", "1.00, 1.00", "50%", "100%")


@pytest.mark.parametrize("name", ["speed.py", "game.py", "parts.py"])
def test_the_page_tells_every_option(name: str) -> None:
    command = [sys.executable, str(BENCHMARKS / name), "--help"]
    help = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    options = {*re.findall(r"--\w+", help)} - {"--help"}
    assert not [option for option in options if f"`{option}" not in PAGE]
    assert f"python tests/benchmarks/{name}" in PAGE


def test_the_page_names_no_file_outside_the_checkout() -> None:
    for link in links(BENCHMARKS / "README.md"):
        if not link.startswith(("https://", "http://")):
            target = (BENCHMARKS / link).resolve()
            assert target.exists(), link
            assert target.is_relative_to(TOP)
    # Commands run at the top of the checkout: a path that begins with ../ leaves it.
    assert not re.findall(r"(?<![\w/(.])(?:\.\./|/)[a-z]+/\S*", PAGE)


def test_the_sentences_of_the_page_are_short() -> None:
    lengths = [len(sentence.split()) for sentence in sentences(BENCHMARKS / "README.md")]
    assert sum(lengths) / len(lengths) <= 16


def test_the_constants_that_are_switched_off_and_tried_exist() -> None:
    from ablation import SWITCHES
    from constants import TRIED

    switched = {place for changes in SWITCHES.values() for place in changes}
    tried = {place for places, _ in TRIED.values() for place in places}
    for module, name in switched | tried:
        assert hasattr(module, name), name
