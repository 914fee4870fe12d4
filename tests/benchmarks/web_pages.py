"""How much of the main text and of the properties of web pages is read. See README.md."""

import argparse
import gzip
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from nutgraf import Article, Passage, split
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import MarkedArticle

__all__ = ["Extraction", "Properties", "Standfirsts", "extraction", "properties", "standfirsts"]

_SHINGLE = 4  # words
_LONG = 40  # characters of a stretch that may stand as often as in the page


class Extraction(NamedTuple):
    """What is read of the pages of article-extraction-benchmark, beside their gold texts.

    Attributes:
        text: the F of runs of four words, as that benchmark computes it.
        paragraphs: the F of whole paragraphs over all pages; white space does not count.
        mean_paragraphs: the mean of that F of each page.
        with_id: the share of passages that the id of an element leads to.
        doubled: the number of passages that stand more often in an article than in its page.
        megabytes: read and split in a second.
    """

    text: float
    paragraphs: float
    mean_paragraphs: float
    with_id: float
    doubled: int
    megabytes: float


class Properties(NamedTuple):
    """How many of the titles and dates of readability's test pages are read, and of how many."""

    titles: int
    of_titles: int
    dates: int
    of_dates: int


class Standfirsts(NamedTuple):
    """How many of the standfirsts of Fundus's test pages are in the text that is read."""

    read: int
    of: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--extraction", type=Path, help="article-extraction-benchmark, checked out")
    parser.add_argument("--readability", type=Path, help="mozilla/readability, checked out")
    parser.add_argument("--standfirsts", type=Path, help="flairNLP/fundus, checked out")
    options = parser.parse_args()
    if options.extraction:
        print(json.dumps(extraction(options.extraction)._asdict()))
    if options.readability:
        print(json.dumps(properties(options.readability)._asdict()))
    if options.standfirsts:
        print(json.dumps(standfirsts(options.standfirsts)._asdict()))


def extraction(folder: Path) -> Extraction:
    """Return the figures of the pages of a checkout of article-extraction-benchmark."""
    gold: dict[str, Any] = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    precisions: list[float] = []
    recalls: list[float] = []
    means: list[float] = []
    right = wanted = given = with_id = doubled = size = 0
    seconds = 0.0
    for key, expected in gold.items():
        data = gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes())
        size += len(data)
        started = time.perf_counter()
        article, passages = _read(f"{key}.html", data)
        seconds += time.perf_counter() - started
        true, found = expected.get("articleBody", ""), article.text if article else ""
        _rate(_shingles(true), _shingles(found), precisions, recalls)
        true_lines = Counter(_lines(true))
        lines = Counter(line for passage in passages for line in _lines(passage.text))
        common = (true_lines & lines).total()
        either = true_lines.total() + lines.total()
        means.append(2 * common / either if either else 1.0)
        right += common
        wanted += true_lines.total()
        given += lines.total()
        if isinstance(article, MarkedArticle):
            with_id += sum(bool(_element(article, passage.start)) for passage in passages)
            page = _bare(data.decode("utf-8", "replace"))
            doubled += sum(
                count > 1 and len(line) > _LONG and page.count(line) == 1
                for line, count in lines.items()
            )
    precision, recall = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return Extraction(
        text=round(2 * precision * recall / (precision + recall), 4),
        paragraphs=round(2 * right / (wanted + given), 4),
        mean_paragraphs=round(sum(means) / len(means), 4),
        with_id=round(with_id / given, 4),
        doubled=doubled,
        megabytes=round(size / seconds / 1e6, 2),
    )


def properties(folder: Path) -> Properties:
    """Return the figures of the test pages of a checkout of mozilla/readability."""
    titles = of_titles = dates = of_dates = 0
    for page in sorted((folder / "test" / "test-pages").iterdir()):
        expected = json.loads((page / "expected-metadata.json").read_text("utf-8"))
        article, _ = _read(f"{page.name}.html", (page / "source.html").read_bytes())
        if title := " ".join((expected.get("title") or "").split()):
            of_titles += 1
            titles += article is not None and _is_title(" ".join(article.title.split()), title)
        if date := expected.get("publishedTime"):
            of_dates += 1
            dates += article is not None and article.date == date[:10]
    return Properties(titles, of_titles, dates, of_dates)


def _is_title(title: str, expected: str) -> bool:
    """Return whether a title is as expected, but for the name of the site at its end."""
    return title == expected or re.match(r" [|—–·-] ", expected.removeprefix(title)) is not None


def standfirsts(folder: Path) -> Standfirsts:
    """Return the figures of the test pages of a checkout of flairNLP/fundus."""
    read = of = 0
    for gold in sorted((folder / "tests/resources/parser/test_data").glob("*/*.json")):
        versions = sorted(json.loads(gold.read_text("utf-8")).items())
        pages = sorted(gold.parent.glob(f"{gold.stem}_*.html.gz"))
        for page, (_, expected) in zip(pages, versions, strict=False):
            if summary := _bare("".join((expected.get("body") or {}).get("summary") or ())):
                of += 1
                article, _ = _read(page.name[:-3], gzip.decompress(page.read_bytes()))
                read += article is not None and summary in _bare(article.text)
    return Standfirsts(read, of)


def _read(path: str, data: bytes) -> tuple[Article | None, list[Passage]]:
    entry = next(read_articles(path, data))
    return (entry, split(entry)) if isinstance(entry, Article) else (None, [])


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


def _lines(text: str) -> Iterator[str]:
    return filter(None, map(_bare, text.split("\n")))


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _words(text)
    ends = range(max(1, len(words) - _SHINGLE + 1)) if words else ()
    return Counter(tuple(words[start : start + _SHINGLE]) for start in ends)


def _words(text: str) -> list[str]:
    signs = (sign if sign.isalnum() or sign == "_" else " " for sign in text)
    return "".join(signs).split()


def _rate(
    true: Counter[tuple[str, ...]],
    found: Counter[tuple[str, ...]],
    precisions: list[float],
    recalls: list[float],
) -> None:
    """Add the precision and the recall of a page, where it has any."""
    right = (true & found).total()
    if found:
        precisions.append(right / found.total())
    if true:
        recalls.append(right / true.total())


def _element(article: MarkedArticle, start: int) -> str:
    before = [anchor.element for anchor in article.anchors if anchor.start <= start]
    return before[-1] if before else ""


if __name__ == "__main__":
    main()
