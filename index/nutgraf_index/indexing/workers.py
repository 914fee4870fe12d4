"""Articles made ready in batches, here and in other processes beside: the outcome is the same."""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing import get_context
from typing import Any, TypeVar

from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.batch_tokenizer import Tokenizer
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.indexing.batch import Batch, prepare
from nutgraf_index.model import Article, Passage

__all__ = ["Articles", "Workers"]

_Done = TypeVar("_Done")
# With their root and digest, and their passages if they are not to be split.
Articles = list[tuple[Article, str, str, Sequence[Passage]]]
_AHEAD = 1  # batches that wait for a process to be free, lest it waits for us
_KEPT = 2  # batches for each process that may wait for one before them


@cache
def tokenizer_of(language: str) -> Tokenizer:
    """Return this process's tokenizer of a language: small commits find most words known."""
    return Tokenizer(analyzer_of(language))


class Workers:
    """Makes batches ready in so many processes, this one among them.

    What the others have no time for is done here. `where` is the index's directory, for messages;
    `language` is the code of the articles' language.
    """

    def __init__(self, processes: int, where: str, language: str) -> None:
        self._processes = processes
        self._where = where
        self._language = language
        self._dictionary: bytes | None = None  # made for the first batch, used for all
        self._coming: deque[Batch | Future[Batch]] = deque()
        self._pool: ProcessPoolExecutor | None = None

    def add(self, articles: Articles, *, more: bool) -> Iterator[Batch]:
        """Take a batch, and yield those that are ready, in their order.

        With `more`, others are likely to follow.
        """
        if self._dictionary is None:
            # It has what the others need. They start meanwhile, but not for one batch.
            for _ in range(1, self._processes if more else 1):
                self._submitted(_start, self._language)
            first = _prepare(articles, self._language)
            self._dictionary = first.records["passages"].dictionary
            yield first
            return
        if self._processes == 1:
            yield _prepare(articles, self._language, self._dictionary)
            return
        busy = sum(not _is_ready(one) for one in self._coming)
        if busy >= self._processes - 1 + _AHEAD:
            self._coming.append(_prepare(articles, self._language, self._dictionary))
        else:
            given = articles, self._language, self._dictionary
            self._coming.append(self._submitted(_prepare, *given))
        while self._coming and (
            _is_ready(self._coming[0]) or len(self._coming) > _KEPT * self._processes
        ):
            yield self._next()

    def rest(self) -> Iterator[Batch]:
        """Yield the batches that are still to come."""
        while self._coming:
            yield self._next()

    def close(self) -> None:
        """End the processes; what was to come is lost."""
        self._coming.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _submitted(self, work: Callable[..., _Done], *given: Any) -> Future[_Done]:
        if self._pool is None:
            # Forked, a process would hold what the program around us has open.
            self._pool = ProcessPoolExecutor(self._processes - 1, get_context("spawn"))
        try:
            return self._pool.submit(work, *given)
        except BrokenProcessPool as error:
            raise self._died() from error

    def _next(self) -> Batch:
        one = self._coming.popleft()
        try:
            return one.result() if isinstance(one, Future) else one
        except BrokenProcessPool as error:
            raise self._died() from error

    def _died(self) -> IndexWriteError:
        return IndexWriteError(
            f"cannot write the index {self._where}: a process that built a part of it "
            "died, perhaps for want of memory; try with processes=1"
        )


def _is_ready(one: "Batch | Future[Batch]") -> bool:
    return not isinstance(one, Future) or one.done()


def _start(language: str) -> None:
    """Import and make what `_prepare` needs."""
    tokenizer_of(language)


def _prepare(articles: Articles, language: str, dictionary: bytes | None = None) -> Batch:
    """Make a batch ready, in whichever process."""
    return prepare(articles, tokenizer_of(language), dictionary)
