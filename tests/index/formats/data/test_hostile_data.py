"""Damaged and hostile data: an article or a reason, never an error, in bounded time and memory."""

import json
import random
import string
import tracemalloc
from typing import Any

import pytest

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.properties.authors import names_of
from nutgraf_index.properties.keys import KEYS, LISTS, NO_TEXT, article_of
from nutgraf_index.properties.release import DATES, FLAGS, STATUSES
from nutgraf_index.properties.written_dates import read_moment
from quick import within
from scale import chances, rounds, size

SLOW = 5.0  # seconds of processor time
ALL_KEYS = [*{key for keys in (*KEYS.values(), *LISTS.values()) for key in keys}]
ALL_KEYS += [*STATUSES, *FLAGS, *DATES, "articles", "items", "data", "hits", "_source", "fields"]
WORDS = [
    "04/03/2021",
    "2026-12-01",
    "draft",
    "By Ann Lee",
    "Ann, Lee; ",
    "[]",
    "{",
    "\\",
    '"',
    "\n",
]
WORDS += ["Ä", "\ud800", "\0", "nan", "1614848400", "a text of words", "&amp;", "<b>", ",", "\t;|"]


def seeds() -> list[tuple[str, bytes]]:
    """Return sound files of all shapes."""
    one = {"id": 1, "title": "Pier", "author": "Ann Lee, Bo Ek", "date": "04/03/2021"}
    text = "The pier closed.\n\nBoats left."
    many: list[Any] = [{**one, "content": text}, {**one, "body": [text], "embargoed": "2020-01-01"}]
    table = 'id,title,date,text\n1,"A, ""b""",04/03/2021,"x\ny"\n2,B,25/12/2020,z\n'
    return [
        ("a.json", json.dumps(many[0]).encode()),
        ("a.json", json.dumps(many, indent=1).encode()),
        ("a.json", json.dumps({"status": "ok", "response": {"docs": many}}).encode()),
        ("a.json", json.dumps({"a": many[0], "b": many[1]}, indent=1).encode("utf-16")),
        ("a.jsonl", "\n".join(map(json.dumps, many)).encode()),
        ("a.csv", table.encode()),
        ("a.tsv", table.replace(",", "\t").encode("cp1252")),
        ("a.csv", table.replace(",", ";").encode("utf-8-sig")),
    ]


def mutated(data: bytes, random: random.Random) -> bytes:
    """Return bytes with a few changes."""
    changed = bytearray(data)
    for _ in range(random.randint(1, 6)):
        start = random.randrange(len(changed) + 1)
        end = min(len(changed), start + random.choice((0, 1, 2, 20, 200)))
        piece = random.choice(
            (
                b"",
                bytes([random.randrange(256)]),
                random.choice(
                    [b'"', b"{", b"[", b"]", b"}", b",", b":", b"\\", b"\n", b"\r", b"1e9"]
                ),
                bytes(changed[start:end]) * random.choice((1, 2, 50)),
                random.choice(WORDS).encode("utf-8", "surrogatepass"),
            )
        )
        changed[start:end] = piece
    return bytes(changed)


@pytest.mark.parametrize("seed", range(8))
def test_damaged_files_give_articles_or_reasons(seed: int) -> None:
    chance = chances(seed)
    path, data = seeds()[seed]
    for _ in range(rounds(80)):
        damaged = mutated(data, chance)
        with within(SLOW, damaged):
            entries = [*read_articles(path, damaged)]
        assert entries, damaged
        for entry in entries:
            assert isinstance(entry, Article | Fault)
            if isinstance(entry, Article):
                assert entry.text.strip()
                json.dumps(entry.metadata, allow_nan=False)


def value(random: random.Random, levels: int = 3) -> object:
    """Return a value of any type that JSON has."""
    choice = random.randrange(9 if levels else 6)
    if choice < 3:
        return "".join(random.choices(WORDS, k=random.randint(0, 3)))
    if choice < 5:
        return random.choice([None, True, False, 0, -1, 1614848400, 1e300, float("nan"), 10**40])
    if choice == 5:
        return "".join(random.choices(string.printable, k=random.randint(0, 30)))
    if choice < 8:
        return [value(random, levels - 1) for _ in range(random.randint(0, 3))]
    return {key: value(random, levels - 1) for key in random.choices(ALL_KEYS, k=3)}


def test_values_of_any_type_cost_no_article() -> None:
    chance = chances(9)
    left_out = 0
    for _ in range(rounds(400)):
        values: dict[str, object] = {key: value(chance) for key in chance.choices(ALL_KEYS, k=6)}
        values["text"] = "The pier."
        try:
            article = article_of(values, path="a", line=3)
        except ArticleError as error:
            reason = str(error)
            left_out += 1
        else:
            reason = ""
            assert article.text == "The pier."
            json.dumps(article.metadata, allow_nan=False)
            assert article.id
        assert reason != NO_TEXT
    assert left_out < rounds(400) / 2  # by their status alone


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.json", b"[" * 2_000_000),
        ("a.json", b'{"a":' * 400_000),
        ("a.json", b'{"articles":[' * 200_000),
        ("a.json", b'["' + b"x" * 5_000_000),
        ("a.json", b"[" + b'{"a":1},' * size(30_000, 100_000)),
        ("a.json", b"1 " * size(30_000, 100_000)),
        ("a.json", b"\\" * 2_000_000),
        ("a.json", b'{"text":"a","n":' + b"9" * 1_000_000 + b"}"),
        ("a.json", b'{"text":"a b","authors":"' + b"Ann Lee, and " * 200_000 + b'"}'),
        ("a.json", b'{"text":"a b","date":"' + b"1 March " * 200_000 + b'"}'),
        ("a.json", b'{"text":"a b","tags":"' + b"['a'," * 200_000 + b'"}'),
        ("a.jsonl", b"{\n" * 300_000),
        ("a.csv", b"," * 1_000_000),
        ("a.csv", b"text\n" + b'"' * 1_000_001),
        ("a.csv", b"text\n" + b"a,b\n" * size(15_000, 50_000)),
        ("a.csv", (b"text," * 100_000)[:-1] + b"\n1,2\n"),
    ],
    ids=range(16),
)
def test_hostile_files_take_little_time_and_memory(path: str, data: bytes) -> None:
    with within(SLOW):
        assert sum(1 for _ in read_articles(path, data))
    tracemalloc.start()  # which makes it many times as slow
    try:
        for _ in read_articles(path, data[: size(15_000, 50_000)]):
            pass
        assert tracemalloc.get_traced_memory()[1] < size(6, 20) << 20
    finally:
        tracemalloc.stop()


@within(SLOW)
def test_hostile_dates_and_names_take_no_time() -> None:
    for text in ("1 " * 60, "posted " * 17, "at " * 40, "1:" * 60, "," * 120, "(" * 120, "9" * 119):
        read_moment(text)
        read_moment(text, "dmy")
    for text in ("By " * 600, "and " * 500, ", " * 1000, "A, " * 600, "( " * 1000, "<a" * 1000):
        names_of(text)
