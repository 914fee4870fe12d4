"""Workers: prepare batches of articles, in this process and in worker processes.

The batches do not depend on the number of processes.
"""

import contextlib
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from nutgraf_index.analysis.languages.registry import DEFAULT
from nutgraf_index.errors import IndexWriteError
from nutgraf_index.indexing.batch import Batch, prepare, tokenizer_of
from nutgraf_index.model import Article, Passage

__all__ = ["Articles", "Workers"]

_Result = TypeVar("_Result")
# Articles, each with its root and digest, and its passages unless it is still to be split.
Articles = list[tuple[Article, str, str, Sequence[Passage]]]
_QUEUED = 1  # batches queued for the worker processes, so that no process is idle
_MAX_READY = 2  # prepared batches per process that wait for an earlier batch


class Workers:
    """Prepares batches in a number of processes, this process included.

    While all worker processes are busy, this process prepares batches itself. `where` names the
    index in messages; `language` is the code of the language of articles that state none, "" if it
    is detected.
    """

    def __init__(self, processes: int, where: str, language: str) -> None:
        self._processes = processes
        self._where = where
        self._language = language
        self._dictionary: bytes | None = None  # trained with the first batch, used for all
        self._pending: deque[list[Batch] | Future[list[Batch]]] = deque()
        self._pool: ProcessPoolExecutor | None = None

    def add(self, articles: Articles, *, more: bool) -> Iterator[Batch]:
        """Prepare articles, and yield the batches that are ready, in the order added.

        `more` is whether more batches are likely to follow.
        """
        if self._dictionary is None:
            # Every later batch needs the dictionary of the first batch, which is prepared here. The
            # worker processes start meanwhile, unless this is the only batch.
            for _ in range(1, self._processes if more else 1):
                self._submit(_start, self._language)
            batches = prepare(articles, self._language)
            self._dictionary = batches[0].stored_fields["passages"].dictionary
            yield from batches
            return
        if self._processes == 1:
            yield from prepare(articles, self._language, self._dictionary)
            return
        unfinished = sum(not _is_ready(batch) for batch in self._pending)
        arguments = articles, self._language, self._dictionary
        if unfinished >= self._processes - 1 + _QUEUED:
            self._pending.append(prepare(*arguments))
        else:
            self._pending.append(self._submit(prepare, *arguments))
        while self._pending and (
            _is_ready(self._pending[0]) or len(self._pending) > _MAX_READY * self._processes
        ):
            yield from self._next()

    def rest(self) -> Iterator[Batch]:
        """Yield the remaining batches, waiting for each."""
        while self._pending:
            yield from self._next()

    def close(self) -> None:
        """End the worker processes and discard the remaining batches."""
        self._pending.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _submit(self, function: Callable[..., _Result], *arguments: Any) -> Future[_Result]:
        if self._pool is None:
            # Spawn: a forked process would inherit the open files of the calling program.
            self._pool = ProcessPoolExecutor(self._processes - 1, get_context("spawn"))
        try:
            with _interrupts_blocked():  # the first call starts the processes
                return self._pool.submit(function, *arguments)
        except BrokenProcessPool as error:
            raise self._worker_died() from error

    def _next(self) -> list[Batch]:
        batches = self._pending.popleft()
        try:
            return batches.result() if isinstance(batches, Future) else batches
        except BrokenProcessPool as error:
            raise self._worker_died() from error

    def _worker_died(self) -> IndexWriteError:
        return IndexWriteError(
            f"cannot write the index {self._where}: a process that built a part of it "
            "died, perhaps for lack of memory; try with processes=1"
        )


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C in processes that start meanwhile: this process gets it, too, and ends them.

    A new process inherits the signal mask. Windows has no signal mask, so nothing is blocked there.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing.resource_tracker import ensure_running

    ensure_running()  # it starts another process, and unblocks the signal
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _is_ready(batches: "list[Batch] | Future[list[Batch]]") -> bool:
    return not isinstance(batches, Future) or batches.done()


def _start(language: str) -> None:
    """Load the modules and tables that `prepare` needs, when a worker process starts."""
    tokenizer_of(language or DEFAULT)
