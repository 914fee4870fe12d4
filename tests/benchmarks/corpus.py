"""The corpus and the queries of the benchmark: made once, seeded, kept as files."""

import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TextIO

__all__ = ["KINDS", "Passage", "Query", "passages", "read_queries"]

KINDS = ("or", "and", "phrase", "filtered")
QUERIES = 200  # of each kind
WARM_UPS = 5  # of each kind
_SEED = "nutgraf"
_ARTICLE = 20  # paragraphs
_MOST_SENTENCES = 8  # in a paragraph made of sampled sentences
_COMMONEST = 25
_RARE = range(5, 201)  # passages of those read that have a rarer word
_DRAWS = 100_000  # of passages for queries; a corpus that needs more has not the words
_READ_FOR_QUERIES = 50_000  # passages, evenly over the corpus
_FIRST_DAY = date(1800, 1, 1)
_DAYS = (date(1899, 12, 31) - _FIRST_DAY).days + 1
_SENTENCE_GAP = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"'”’)])\s+")
# Words that every engine's tokeniser takes alike: no part of "don't", "well-known" or "_so_".
_WORD = r"(?<![\w'’\-])[A-Za-z]+(?![\w'’\-])"
_WORDS = re.compile(_WORD)
_PAIR_OR_MORE = re.compile(rf"{_WORD}(?: {_WORD})+")


class Passage(NamedTuple):
    """One document of the peers: `citation` is `ARTICLE#N` with N from 1."""

    citation: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """Words in no engine's syntax; `decade` is the first of ten years to filter by, or None."""

    kind: str
    words: tuple[str, ...]
    decade: int | None = None


def passages(corpus: Path) -> Iterator[Passage]:
    """Read a JSON Lines corpus: every paragraph of every article is a passage."""
    for article in _articles(corpus):
        for number, text in enumerate(article["text"].split("\n\n"), start=1):
            yield Passage(
                f"{article['id']}#{number}", article.get("title", ""), article.get("date", ""), text
            )


def read_queries(path: Path) -> dict[str, list[Query]]:
    """Read the queries of each kind, and those under "warm"."""
    stored = json.loads(path.read_text("utf-8"))["queries"]
    return {
        kind: [Query(item["kind"], tuple(item["words"]), item["decade"]) for item in items]
        for kind, items in stored.items()
    }


def _articles(corpus: Path) -> Iterator[dict[str, Any]]:
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


@contextmanager
def _writing(path: Path) -> Iterator[TextIO]:
    """Write a file that is there whole or not at all."""
    part = path.with_name(f"{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        yield file
    part.replace(path)


def make_corpus(books: Path, count: int, path: Path) -> None:
    """Write exactly `count` paragraphs of books as articles; more than there are by sampling.

    Articles are chosen at random and stand in the order of the books. What is missing is made
    of the books' sentences, as many a paragraph as a random real one has.
    """
    chance = random.Random(_SEED)
    real = list(_of_books(books))
    order = list(range(len(real)))
    chance.shuffle(order)
    chosen: dict[int, int] = {}  # article → how many of its paragraphs
    left = count
    for number in order:
        if left:
            chosen[number] = min(left, len(real[number]["paragraphs"]))
            left -= chosen[number]
    with _writing(path) as out:
        for number, taken in sorted(chosen.items()):
            _write(out, {**real[number], "paragraphs": real[number]["paragraphs"][:taken]})
        for article in _sampled(real, left, chance) if left else ():
            _write(out, article)


def _of_books(books: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(books, "rt", encoding="utf-8") as lines:
        for book in map(json.loads, lines):
            blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", book["text"]))
            kept = [block for block in blocks if block[:1] != "#" and re.search(r"[^\W_]", block)]
            for number, at in enumerate(range(0, len(kept), _ARTICLE), start=1):
                yield {
                    "id": f"{book['id']}-{number:04}",
                    "title": book["title"],
                    "source": book["id"],
                    "paragraphs": kept[at : at + _ARTICLE],
                }


def _sampled(
    real: list[dict[str, Any]], count: int, chance: random.Random
) -> Iterator[dict[str, Any]]:
    split = [_SENTENCE_GAP.split(text) for article in real for text in article["paragraphs"]]
    lengths = [min(len(sentences), _MOST_SENTENCES) for sentences in split]
    # What the longest lose is spread over all, so that the mean length stays the real one.
    lost = sum(map(len, split)) / len(split) - sum(lengths) / len(lengths)
    pool = [sentence for sentences in split for sentence in sentences]
    for number, at in enumerate(range(0, count, _ARTICLE), start=1):
        like = chance.choice(real)
        yield {
            "id": f"sampled-{number:06}",
            "title": like["title"],
            "source": like["source"],
            "paragraphs": [
                " ".join(chance.choices(pool, k=min(length, _MOST_SENTENCES)))
                for length in (
                    chance.choice(lengths) + (chance.random() < lost)
                    for _ in range(min(_ARTICLE, count - at))
                )
            ],
        }


def _write(out: TextIO, article: dict[str, Any]) -> None:
    day = _FIRST_DAY + timedelta(days=random.Random(article["id"]).randrange(_DAYS))
    line = {
        "id": article["id"],
        "title": article["title"],
        "date": day.isoformat(),
        "source": article["source"],
        "text": "\n\n".join(article["paragraphs"]),
    }
    out.write(json.dumps(line, ensure_ascii=False) + "\n")


def make_queries(corpus: Path, path: Path, *, rare: bool = False) -> None:
    """Write the queries, drawn from the corpus's own passages, with the corpus's size.

    `rare` draws words alone that few passages have.
    """
    count = size = 0
    for passage in passages(corpus):
        count += 1
        size += len(passage.text.encode())
    step = max(1, count // _READ_FOR_QUERIES)
    read = [passage for number, passage in enumerate(passages(corpus)) if number % step == 0]
    drawing = _DrawingOfRare(read) if rare else _Drawing(read)
    asked: set[tuple[str, ...]] = set()
    queries: dict[str, list[Query]] = {"warm": []}
    for kind in KINDS:
        drawn: list[Query] = []
        while len(drawn) < QUERIES + WARM_UPS:
            query = drawing.draw(kind, len(drawn))
            if query.words not in asked:
                asked.add(query.words)
                drawn.append(query)
        queries[kind], warm = drawn[:QUERIES], drawn[QUERIES:]
        queries["warm"] += warm
    with _writing(path) as out:
        items = {kind: [asdict(query) for query in drawn] for kind, drawn in queries.items()}
        json.dump({"passages": count, "text_bytes": size, "queries": items}, out, indent=0)


class _Drawing:
    """Draws queries: each from one random passage that has the words for it."""

    def __init__(self, read: list[Passage]) -> None:
        frequency = Counter(word for passage in read for word in _words_of(passage))
        self.read = read
        self.common = [word for word, _ in frequency.most_common(_COMMONEST)]
        self.chance = random.Random(_SEED)
        self.left = _DRAWS

    def draw(self, kind: str, number: int) -> Query:
        """Draw the query of a kind; every fourth OR query gets a common word as well."""
        if kind == "phrase":
            return Query(kind, self._phrase())
        if kind == "and":
            return Query(kind, self._words(self.chance.randint(2, 3))[1])
        passage, words = self._words(self.chance.randint(2, 4))
        if number % 4 == 3:
            words = (*words, self.chance.choice(self.common))
        if kind == "or":
            return Query(kind, words)
        return Query(kind, words, int(passage.date[:4] or 1850) // 10 * 10)

    def _passage(self) -> Passage:
        self.left -= 1
        if self.left < 0:
            sys.exit(f"corpus.py: too few words in the corpus for {QUERIES} queries of each kind")
        return self.chance.choice(self.read)

    def _words(self, count: int) -> tuple[Passage, tuple[str, ...]]:
        while True:
            passage = self._passage()
            found = set(_words_of(passage)) - set(self.common)
            fit = sorted(word for word in found if len(word) >= 3)
            if len(fit) >= count:
                return passage, tuple(self.chance.sample(fit, count))

    def _phrase(self) -> tuple[str, ...]:
        while True:
            rows = _PAIR_OR_MORE.findall(self._passage().text.lower())
            if rows:
                row = self.chance.choice(rows).split()
                count = min(self.chance.randint(2, 3), len(row))
                at = self.chance.randint(0, len(row) - count)
                return tuple(row[at : at + count])


class _DrawingOfRare(_Drawing):
    """Draws queries of words that few passages have: the same kinds, and no common words."""

    def __init__(self, read: list[Passage]) -> None:
        super().__init__(read)
        passages_with = Counter(word for passage in read for word in {*_words_of(passage)})
        self.rare = {word for word, count in passages_with.items() if count in _RARE}
        self.common = [word for word in passages_with if word not in self.rare]

    def draw(self, kind: str, number: int) -> Query:
        return super().draw(kind, 0)

    def _phrase(self) -> tuple[str, ...]:
        while True:
            count = self.chance.randint(2, 3)
            rows = map(str.split, _PAIR_OR_MORE.findall(self._passage().text.lower()))
            fit = [
                row[at : at + count]
                for row in rows
                for at in range(len(row) - count + 1)
                if self.rare.issuperset(row[at : at + count])
            ]
            if fit:
                return tuple(self.chance.choice(fit))


def _words_of(passage: Passage) -> list[str]:
    return _WORDS.findall(passage.text.lower())


if __name__ == "__main__":  # a process of its own: speed.py must stay small, see there
    match sys.argv[1:]:
        case ["corpus", books, count, path]:
            make_corpus(Path(books), int(count), Path(path))
        case ["queries", corpus, path]:
            make_queries(Path(corpus), Path(path))
        case ["rare-queries", corpus, path]:
            make_queries(Path(corpus), Path(path), rare=True)
        case _:
            sys.exit("usage: corpus.py corpus BOOKS COUNT OUT | [rare-]queries CORPUS OUT")
