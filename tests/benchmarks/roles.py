"""Measure how articles are read: F1 of each role, boundaries and properties. See README.md.

`judged_articles.jsonl` has what was judged of real articles, without their texts: the origin of
each, a digest of its text, its passages as (start, end, role), and digests of its properties. The
texts are given in files of JSON Lines with `text` and `given_title`.
"""

import argparse
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nutgraf import Article, Passage, split
from nutgraf_index.passages.split import complete

__all__ = ["PROPERTIES", "Judged", "Score", "digest", "judged_articles", "judgements", "mean_f1"]

JUDGED = Path(__file__).with_name("judged_articles.jsonl")
PROPERTIES = ("title", "authors", "place", "source", "date")
LEAST = 10  # passages of a role; the F1 of a rarer one says little
KEPT_OUT = frozenset(("furniture", "note", "related", "credit"))


class Judged(NamedTuple):
    """An article with the passages and the digests of the properties that it should have."""

    source: str
    text: str
    given_title: str
    markdown: bool
    passages: list[tuple[int, int, str]]
    properties: dict[str, str]
    language: str = ""  # that of its text, if empty

    def read(self) -> tuple[list[Passage], Article]:
        """Return the passages and the completed article that the product reads."""
        format = "markdown" if self.markdown else "text"
        article = Article(
            id="a",
            text=self.text,
            title=self.given_title,
            format=format,
            language=self.language,
        )
        passages = split(article)
        return passages, complete(article, passages)


class Score:
    """Counts over articles: each role, boundaries, properties."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.judged: Counter[str] = Counter()
        self.given: Counter[str] = Counter()
        self.confused: Counter[tuple[str, str]] = Counter()
        self.kept_out = self.boundaries = self.hidden_prose = 0
        # Right ones, those there are, those given.
        self.properties = {name: [0, 0, 0] for name in PROPERTIES}

    def add(self, judged: Judged) -> None:
        passages, article = judged.read()
        given = {passage.start: (passage.end, passage.role.value) for passage in passages}
        self.given.update(role for _, role in given.values())
        for start, end, role in judged.passages:
            given_end, given_role = given.get(start, (0, "no boundary"))
            self.judged[role] += 1
            self.right[role] += role == given_role
            self.boundaries += given_end == end
            self.kept_out += role == "furniture" and given_role in KEPT_OUT
            self.hidden_prose += role in ("lead", "body") and given_role in KEPT_OUT
            if role != given_role:
                self.confused[role, given_role] += 1
        for name, counts in self.properties.items():
            if name == "title" and judged.given_title:
                continue
            wanted, value = judged.properties[name], digest(getattr(article, name))
            counts[0] += bool(wanted) and wanted == value
            counts[1] += bool(wanted)
            counts[2] += bool(value)

    def f1(self) -> dict[str, float]:
        """Return the F1 of each role that was judged."""
        return {
            role: 2 * self.right[role] / (count + self.given[role])
            for role, count in self.judged.most_common()
        }

    def boundary_f1(self) -> float:
        return 2 * self.boundaries / (self.judged.total() + self.given.total())

    def other_than_body(self) -> float:
        """Return the share of the passages other than body whose start and role are right."""
        count = self.judged.total() - self.judged["body"]
        return (self.right.total() - self.right["body"]) / count if count else 1.0


def mean_f1(score: Score) -> float:
    """Return the mean F1 of the roles with ten passages or more."""
    figures = [figure for role, figure in score.f1().items() if score.judged[role] >= LEAST]
    return sum(figures) / len(figures)


def digest(value: str | Iterable[str]) -> str:
    """Return a digest of a property, blind for case, full stops and space; empty for none."""
    values = [value] if isinstance(value, str) else list(value)
    folded = [" ".join(one.casefold().replace(".", "").split()) for one in values]
    return hashlib.sha256("\n".join(folded).encode()).hexdigest()[:16] if any(folded) else ""


def text_digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def judged_articles(files: Iterable[Path]) -> Iterator[Judged]:
    """Yield the judged articles whose texts the files have."""
    told = {row["sha256"]: row for row in _rows(JUDGED)}
    for file in files:
        for given in _rows(file):
            row = told.get(text_digest(given["text"]))
            if row is None:  # the file itself has the judgements, as ../shared/articles
                row = judgements(given)
            yield Judged(
                row["source"],
                given["text"],
                given["given_title"],
                row["format"] == "markdown",
                [(start, end, role) for start, end, role in row["passages"]],
                row["properties"],
                row.get("language", ""),
            )


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def judgements(given: dict[str, Any]) -> dict[str, Any]:
    """Return the row of `judged_articles.jsonl` for an article that was judged."""
    return {
        "source": given["corpus"],
        "origin": given.get("origin", ""),
        "sha256": text_digest(given["text"]),
        "format": given["format"],
        "language": given.get("language", ""),
        "passages": given["passages"],
        "properties": {name: digest(given[name]) for name in PROPERTIES},
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+", help="JSON Lines with text and given_title")
    parser.add_argument("--confused", type=int, default=12, help="print so many confusions")
    options = parser.parse_args()
    total = Score()
    sources: dict[str, Score] = defaultdict(Score)
    for judged in judged_articles(options.texts):
        total.add(judged)
        sources[judged.source].add(judged)
    for source, score in sources.items():
        print(
            f"{source:10} mean F1 {mean_f1(score):.3f}  "
            f"other than body {score.other_than_body():.3f}  "
            f"boundaries {score.boundary_f1():.3f}  prose hidden {score.hidden_prose}"
        )
    for role, figure in total.f1().items():
        print(f"  {role:10} of {total.judged[role]:5}  F1 {figure:.3f}")
    for name, (right, there, given) in total.properties.items():
        print(f"  {name:10} right {right}, there are {there}, given {given}")
    print("  confused:", total.confused.most_common(options.confused))
    shares = [score.other_than_body() for score in sources.values()]
    means = [mean_f1(score) for score in sources.values()]
    print(f"furniture kept out {total.kept_out} of {total.judged['furniture']}")
    print(f"prose hidden {total.hidden_prose} of {total.judged['lead'] + total.judged['body']}")
    print(f"boundaries {total.boundary_f1():.3f}")
    print(f"other than body, mean of {len(shares)} sources {sum(shares) / len(shares):.3f}")
    print(f"mean F1 of sources {sum(means) / len(means):.3f}")
    print(f"mean F1 of roles {mean_f1(total):.3f}")


if __name__ == "__main__":
    main()
