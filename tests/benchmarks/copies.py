"""Measure which planted near-duplicates a search finds, and what that costs: see README.md.

A passage is planted again with a share of its words changed, and searched for by its folder. The
rule of docs/near-duplicates.md is applied to the passage and each planted one, and compared with
the near-duplicates that the search names.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from corpus import KINDS, passages, read_queries
from english import analyse
from nutgraf import Article, Index, Searcher

__all__ = ["SHARES", "Found", "likeness", "planted", "words_of"]

SHARES = tuple(percent / 100 for percent in range(11))  # of the words of a passage


class Found(NamedTuple):
    """Counts of planted passages: near-duplicates by the rule, named by the search, and both."""

    copies: int
    told: int
    right: int


def words_of(text: str) -> list[str]:
    return [token.word for token in analyse(text)]


def likeness(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the Jaccard similarity of the shingles of two texts, with repeats counted."""
    if min(len(one), len(other)) < 3:
        return float(bool(one) and list(one) == list(other))
    runs = [Counter(zip(words, words[1:], words[2:], strict=False)) for words in (one, other)]
    return (runs[0] & runs[1]).total() / (runs[0] | runs[1]).total()


def edited(text: str, share: float, pick: random.Random) -> str:
    """Return a text with a share of its words put for others, left out, put in or moved."""
    words = text.split()
    vocabulary = list(words)
    for _ in range(round(share * len(words))):
        at = pick.randrange(max(len(words), 1))
        change = pick.choice(["other", "out", "in", "moved"])
        if change != "in":
            word = words.pop(at)
        if change == "moved":
            words.insert(pick.randrange(len(words) + 1), word)
        elif change != "out":
            words.insert(at, pick.choice(vocabulary))
    return " ".join(words)


def planted(texts: Sequence[str], each: int, seed: int = 1) -> dict[float, Found]:
    """Return the counts for each share of changed words, with `each` planted for every text."""
    pick = random.Random(seed)
    articles = {}
    for number, text in enumerate(texts):
        articles[f"{number}/a"] = text
        for share in SHARES:
            for one in range(each):
                articles[f"{number}/b{share}-{one}"] = edited(text, share, pick)
    counts: defaultdict[float, Counter[str]] = defaultdict(Counter)
    with Index.in_memory() as index:
        index.add(
            Article(id=id, path=id, text=text.replace("\n", " "))
            for id, text in articles.items()
            if text
        )
        with Searcher(index) as searcher:
            for number in range(len(texts)):
                results = searcher.search(f"path:{number}/*", limit=1000)
                told = set(results[0].near_duplicates.citations)
                own = words_of(articles[f"{number}/a"])
                for hit in searcher.search(f"path:{number}/*", limit=1000, collapse=False)[1:]:
                    share = float(hit.article.rpartition("/b")[2].partition("-")[0])
                    is_copy = likeness(own, words_of(hit.text)) >= 0.9
                    counts[share]["copies"] += is_copy
                    counts[share]["told"] += hit.citation in told
                    counts[share]["right"] += is_copy and hit.citation in told
    return {
        share: Found(**{name: counts[share][name] for name in Found._fields}) for share in SHARES
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path, help="JSON Lines, as speed.py keeps it with --work")
    parser.add_argument("--texts", type=int, default=1000, help="passages planted again (1000)")
    parser.add_argument("--queries", type=Path, help="queries, as speed.py keeps them: tells costs")
    asked = parser.parse_args()
    texts = [one.text for one in passages(asked.corpus) if len(one.text) >= 40]
    report(planted(random.Random(1).sample(texts, min(asked.texts, len(texts))), each=3))
    if asked.queries:
        costs(asked.corpus, asked.queries)


def report(found: dict[float, Found]) -> None:
    print("changed  by rule    found  precision  recall")
    whole = Found(*map(sum, zip(*found.values(), strict=True)))
    for name, one in [*((f"{share:.0%}", one) for share, one in found.items()), ("all", whole)]:
        precision, recall = one.right / max(one.told, 1), one.right / max(one.copies, 1)
        print(f"{name:>7} {one.copies:8,} {one.told:8,} {precision:10.4f} {recall:7.4f}")


def costs(corpus: Path, queries: Path) -> None:
    """Print the time that collapsing adds to queries of each kind, each searched both ways."""
    with Index.in_memory() as index:
        index.sync([corpus], max_bytes=corpus.stat().st_size)
        with Searcher(index) as searcher:
            for kind in KINDS:
                taken = {False: 0.0, True: 0.0}
                for number, query in enumerate(asked := read_queries(queries)[kind]):
                    text = " ".join(query.words)
                    searcher.search(text, require="any")
                    for collapse in (True, False) if number % 2 else (False, True):
                        start = time.process_time()
                        searcher.search(text, require="any", collapse=collapse)
                        taken[collapse] += time.process_time() - start
                without, added = (1000 * taken[False] / len(asked)), taken[True] - taken[False]
                print(f"{kind:8} {without:.3f} ms, collapsing {1000 * added / len(asked):+.3f} ms")


if __name__ == "__main__":
    main()
