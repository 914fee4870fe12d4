"""Worker processes, and the preparation of batches of articles in them and in this process.

The batches do not depend on the number of processes.
"""

import contextlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from nutgraf_index.analysis.languages.registry import DEFAULT
from nutgraf_index.cache import handlers_delayed
from nutgraf_index.indexing.batch import Batch, prepare, tokenizer_of
from nutgraf_index.model import Article, Passage

__all__ = ["Articles", "Processes", "Task", "Workers"]

_Result = TypeVar("_Result")
# Articles, each with its root and digest, and its passages unless it is still to be split.
Articles = list[tuple[Article, str, str, Sequence[Passage]]]
_QUEUED = 1  # batches queued for the worker processes, so that no process is idle
_MAX_READY = 2  # prepared batches per process that wait for an earlier batch
_SECONDS_TO_END = 2.0  # in which the executor notices that a worker process has died
_MAX_BREAKS = 3  # times that worker processes die before no more are started


@dataclass(eq=False)
class Task(Generic[_Result]):
    """A call of a function that a worker process is to make."""

    _function: Callable[..., _Result]
    _arguments: tuple[Any, ...]
    _future: "Future[_Result] | None"
    _is_broken: Callable[[], bool]

    @property
    def is_done(self) -> bool:
        """Whether there is a result, or no worker process that could give one."""
        return self._future is None or self._future.done()

    def withdraw(self) -> bool:
        """Return whether no worker process has begun the call; then none makes it any more."""
        if self._future is None:
            return True
        is_withdrawn = self._future.cancel()
        if is_withdrawn:
            # Python 3.11 gives the error of a dead worker to withdrawn calls too, which refuse it.
            setattr(self._future, "set_exception", _refuse)  # noqa: B010
        return is_withdrawn

    def given(self) -> _Result | None:
        """Wait for the result of the worker process; None if it has none, or died."""
        if self._future is not None:
            # Whatever the call raised, it raises again where it matters, in this process.
            with contextlib.suppress(Exception):
                while True:
                    with contextlib.suppress(TimeoutError):
                        return self._future.result(_SECONDS_TO_END)
                    if self._future.done() or self._is_broken():
                        return None
        return None

    def result(self) -> _Result:
        """Return the result. This process makes the call if the worker process did not."""
        result = None if self.withdraw() else self.given()
        return self.made() if result is None else result

    def made(self) -> _Result:
        """Return the result of the call that this process makes, whoever else makes it."""
        self.withdraw()
        return self._function(*self._arguments)


class Processes(contextlib.AbstractContextManager["Processes"]):
    """A number of processes: this one, and worker processes that start when there is work for them.

    A worker process that dies, perhaps since the system wanted its memory, costs time only. The
    tasks of all worker processes then have no result, and others are started for later tasks.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self._executor: ProcessPoolExecutor | None = None
        self._futures: set[Future[Any]] = set()  # of tasks that are not done
        self._breaks = 0

    def __exit__(self, *_: object) -> None:
        self.close()

    def submit(self, function: Callable[..., _Result], *arguments: Any) -> Task[_Result]:
        """Give a call to the worker processes, which make calls in the order given."""
        future = None
        while self.count > 1 and self._breaks < _MAX_BREAKS:
            try:
                future = self._submit(function, arguments)
                break
            except (BrokenProcessPool, OSError, NotImplementedError):
                # Worker processes died since the last call, or the system lets none start.
                self._breaks += 1
                self.close()
        return Task(function, arguments, future, self._end_if_broken)

    def _submit(
        self, function: Callable[..., _Result], arguments: tuple[Any, ...]
    ) -> Future[_Result]:
        with _interrupts_blocked():  # either call may start a process
            if self._executor is None:
                # Spawn: a forked process would inherit the open files of the calling program.
                context = get_context("spawn")
                self._executor = ProcessPoolExecutor(self.count - 1, context, _end_with_parent)
            future = self._executor.submit(function, *arguments)
            self._futures.add(future)
        future.add_done_callback(self._futures.discard)
        return future

    def _end_if_broken(self) -> bool:
        """End all worker processes if one has died without the notice of the executor."""
        executor = self._executor
        if executor is not None:
            workers = [*(executor._processes or {}).values()]
            if all(worker.is_alive() for worker in workers):
                return False
            self._breaks += 1
            self.close()
        return True

    def rest(self) -> None:
        """End the worker processes if they have nothing to do; a later task starts them again."""
        if not self._futures:
            self.close()

    def close(self) -> None:
        """End the worker processes at once. The tasks that are not done have no result."""
        # An interrupt would leave semaphores behind, which another process warns of.
        with handlers_delayed():
            self._close()

    def _close(self) -> None:
        executor, self._executor = self._executor, None
        if executor is None:
            return
        workers = [*(executor._processes or {}).values()]
        if self._futures:
            for worker in workers:
                worker.kill()
            for worker in workers:
                wait([worker.sentinel], _SECONDS_TO_END)
            # A worker that ended while it sent a result sent a part of it. The executor would wait
            # for the rest for ever, since this process, too, holds the end that is written to.
            results: Any = executor._result_queue
            results._writer.close()
        executor.shutdown(cancel_futures=True)
        self._futures.clear()


class Workers:
    """Prepares batches of articles in `processes`.

    While all worker processes are busy, this process prepares batches itself. `language` is the
    code of the language of articles that state none, "" if it is detected.
    """

    def __init__(self, processes: Processes, language: str) -> None:
        self._processes = processes
        self._language = language
        self._dictionary: bytes | None = None  # trained with the first batch, used for all
        self._pending: deque[list[Batch] | Task[list[Batch]]] = deque()

    def add(self, articles: Articles, *, more: bool) -> Iterator[Batch]:
        """Prepare articles, and yield the batches that are ready, in the order added.

        `more` is whether more batches are likely to follow.
        """
        count = self._processes.count
        if self._dictionary is None:
            # Every later batch needs the dictionary of the first batch, which is prepared here. The
            # worker processes start meanwhile, unless this is the only batch.
            for _ in range(1, count if more else 1):
                self._processes.submit(_start, self._language)
            batches = prepare(articles, self._language)
            self._dictionary = batches[0].stored_fields["passages"].dictionary
            yield from batches
            return
        if count == 1:
            yield from prepare(articles, self._language, self._dictionary)
            return
        unfinished = sum(not _is_ready(batch) for batch in self._pending)
        arguments = articles, self._language, self._dictionary
        if unfinished >= count - 1 + _QUEUED:
            self._pending.append(prepare(*arguments))
        else:
            self._pending.append(self._processes.submit(prepare, *arguments))
        while self._pending and (
            _is_ready(self._pending[0]) or len(self._pending) > _MAX_READY * count
        ):
            yield from self._next()

    def rest(self) -> Iterator[Batch]:
        """Yield the remaining batches, waiting for each."""
        while self._pending:
            unfinished = [i for i, batch in enumerate(self._pending) if not _is_ready(batch)]
            last = self._pending[unfinished[-1]] if len(unfinished) >= self._processes.count else ()
            if isinstance(last, Task):  # it waits for a process that is busy with another one
                self._pending[unfinished[-1]] = last.made()
            else:
                yield from self._next()

    def close(self) -> None:
        """Discard the remaining batches; end the worker processes if they have nothing to do."""
        self._pending.clear()
        self._processes.rest()

    def cancel(self) -> None:
        """Discard the remaining batches, and end the worker processes at once."""
        self._pending.clear()
        self._processes.close()

    def _next(self) -> list[Batch]:
        batches = self._pending.popleft()
        return batches.result() if isinstance(batches, Task) else batches


def _refuse(_: BaseException | None) -> None:
    """Ignore an error."""


def _end_with_parent() -> None:
    """Let this worker process end when the process that started it ends, even if that is killed."""
    parent = parent_process()
    assert parent is not None

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, daemon=True).start()


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Let no signal disturb the start of processes, and block Ctrl-C and SIGHUP in these.

    A terminal sends both to all its processes, so that this process, which ends them, gets them,
    too. A new process inherits the signal mask. Windows has no signal mask, so nothing is blocked
    there.
    """
    # Between the start of a process and the sending of its task, which that process awaits, the
    # error of an interrupt would make it print a traceback.
    with handlers_delayed():
        if not hasattr(signal, "pthread_sigmask"):
            yield
            return
        from multiprocessing.resource_tracker import ensure_running

        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
        try:
            ensure_running()  # it starts another process, and unblocks Ctrl-C
            signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)


def _is_ready(batches: list[Batch] | Task[list[Batch]]) -> bool:
    return not isinstance(batches, Task) or batches.is_done


def _start(language: str) -> None:
    """Load the modules and tables that `prepare` needs, when a worker process starts."""
    tokenizer_of(language or DEFAULT)
