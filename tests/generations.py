"""An index whose commits are told apart by what they hold, for crashes and races."""

from pathlib import Path

from nutgraf import Article, Index, Searcher

__all__ = [
    "IN_A_COMMIT",
    "SMALL_BATCH",
    "WORK",
    "articles",
    "files_needed",
    "generation_of",
    "work",
]

WORK = """
import sys
sys.path.insert(0, {tests!r})
from generations import work
work({folder!r}, {start})
"""
IN_A_COMMIT = 40  # articles, each with the number of the commit that wrote it
SMALL_BATCH = 12  # articles to a segment


def articles(generation: int) -> list[Article]:
    return [
        Article(id=f"a{number:03}", text=f"g{generation}x " + "otter river " * 30)
        for number in range(IN_A_COMMIT)
    ]


def work(folder: str, start: int) -> None:
    """Commit one generation after the other, each as several segments, and compact now and then."""
    from nutgraf_index.indexing import writer

    writer._BYTES_PER_CHARACTER = (256 << 20) // (SMALL_BATCH * 860)
    with Index.open(folder) as index:
        print("ready", flush=True)
        for generation in range(start, start + 1000):
            index.add(articles(generation))
            if generation % 3 == 0:
                index.compact()


def generation_of(index: Index) -> int:
    """Return the generation that an index holds, all of it and nothing else."""
    with Searcher(index) as searcher:
        results = searcher.search("otter", limit=1)
        if not results:
            return -1
        number = int(results[0].text.split()[0][1:-1])
        assert results.total == IN_A_COMMIT
        assert searcher.search(f"g{number}x", limit=1).total == IN_A_COMMIT
        return number


def files_needed(index: Index, folder: Path) -> set[str]:
    from nutgraf_index.store import commit as commits
    from nutgraf_index.store.directory import DiskDirectory

    number = index.snapshot().commit.number
    before = commits.read_commit(DiskDirectory(folder), number - 1)
    return index.snapshot().commit.files() | before.files() | {"nutgraf.json", "write.lock"}
