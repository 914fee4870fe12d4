"""Reads files of slow formats ahead: worker processes read the next ones of a sync.

Their order, their number and their bytes in memory are bounded.
"""

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from nutgraf_index.formats.decoding.beginning import BEGINNING, beginning
from nutgraf_index.formats.decoding.large_file import LARGE, digest_of_bytes
from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import format_of
from nutgraf_index.indexing.workers import Processes, Task
from nutgraf_index.sync.file_records import FileKey
from nutgraf_index.sync.files import ArticleFile
from nutgraf_index.sync.options import Reading
from nutgraf_index.sync.reading.contents import Contents, bytes_of, contents_of
from nutgraf_index.sync.survey import Survey

__all__ = ["ReadAhead", "Request", "Result", "read_files"]

_SECONDS = 0.5  # of a sync, after which worker processes start: that takes about as long
_GROUP = 1 << 16  # bytes of small files that are read by one task
_GROUPS = 32  # read ahead, for each worker process
_MOST_GROUPS = 256  # read ahead, for all of them
_AHEAD = (
    1 << 25
)  # bytes or characters read ahead, for each worker process, after which none is added
_MOST = 1 << 25  # characters of a file that a worker process gives
_NONE = "-"  # the digest of no file


class Request(NamedTuple):
    """A file to read ahead.

    Attributes:
        path: relative to its root.
        location: its full path.
        options: for its reader.
        known: the digest of the bytes that need not be read again; empty for none.
        in_doubt: whether the beginning of the file tells if it is of any format.
    """

    path: str
    location: str
    options: ReadOptions
    known: str
    in_doubt: bool


class Result(NamedTuple):
    """What was read of a file: the digest of its bytes, and its contents as a list of entries."""

    digest: str
    characters: int
    contents: Contents


def read_files(requests: Sequence[Request]) -> list[Result | None]:
    """Read files in any process. The result is None for a file that is left to the sync itself."""
    return [_read(request) for request in requests]


def _read(request: Request) -> Result | None:
    path, location, options, known, in_doubt = request
    try:
        if in_doubt:
            with open(location, "rb") as file:
                format_of(path, beginning(file.read(BEGINNING), options.encoding))
        data = bytes_of(location)
        digest = digest_of_bytes(data)
        if digest == known:
            return None
        format, several, lazy = contents_of(path, data, options)
        del data
        entries = []
        characters = 0
        for entry in lazy:
            if isinstance(entry, Fault):
                if entry.again:  # the clock, or something else than the bytes, is the reason
                    return None
            else:
                characters += len(entry.text)
                if characters > _MOST:
                    return None
            entries.append(entry)
    except Exception:  # the sync reads the file again, and tells what is wrong with it
        return None
    return Result(digest, characters, Contents(format, several, entries))


class _Group:
    """Files that one task reads, in the order of the sync."""

    def __init__(self) -> None:
        self.requests: dict[FileKey, Request] = {}
        self.size = 0  # bytes of the files, or characters of the results if these are more
        self._keys: tuple[FileKey, ...] = ()
        self._sizes: dict[FileKey, int] = {}  # bytes of the files that are read or to be read
        self.task: Task[list[Result | None]] | None = None
        self._results: dict[FileKey, Result | None] | None = None

    def add(self, key: FileKey, file: ArticleFile, request: Request) -> None:
        self.requests[key] = request
        self._sizes[key] = file.size
        self.size += file.size

    @property
    def has_results(self) -> bool:
        """Whether the task has no more to do."""
        return self._results is not None

    def put(self, results: Sequence[Result | None]) -> None:
        """Keep the results of the task, in the order of the files; none of those that were left."""
        self._results = dict(zip(self._keys, results, strict=False))
        for key in self._keys:
            if key not in self.requests:
                self._results.pop(key, None)
            elif not self._results.get(key):
                self._sizes.pop(key)
        held = sum(result.characters for result in self._results.values() if result)
        self.size = max(self.size, held)

    def bytes_read(self) -> int:
        """Return the bytes of the files that were read and not left yet."""
        return sum(self._sizes.values()) if self.has_results else 0

    def start(self, processes: Processes) -> None:
        """Give the task to the worker processes."""
        self._keys = tuple(self.requests)
        self.task = processes.submit(read_files, [*self.requests.values()])

    @property
    def is_done(self) -> bool:
        """Whether `collect` would not wait."""
        return self.has_results or (self.task is not None and self.task.is_done)

    def collect(self) -> None:
        """Wait for the task. Without a result, a file is left to the sync."""
        if self._results is None:
            assert self.task is not None
            self.put(self.task.given() or ())

    def withdraw(self) -> bool:
        """Return whether nobody has begun to read the files; then no worker process does."""
        return not self.has_results and self.task is not None and self.task.withdraw()

    def pop(self, key: FileKey) -> Result | None:
        """Return the result of a file, once."""
        return None if self._results is None else self._results.pop(key, None)

    def leave(self, key: FileKey) -> None:
        """Forget a file."""
        del self.requests[key]
        self._sizes.pop(key, None)
        self.pop(key)
        if not self.requests:
            self.withdraw()


class ReadAhead:
    """Reads the files of slow formats of a survey ahead, if reading them takes long.

    A sync goes through the files of the survey in order. For each, it may `take` the contents, and
    it must `leave` the file in the end. While it waits for a file, this process reads later files.
    """

    def __init__(self, survey: Survey, processes: Processes) -> None:
        self._survey = survey
        self._processes = processes
        workers = processes.count - 1
        self._most_groups = min(_GROUPS * workers, _MOST_GROUPS)
        self._most_bytes = _AHEAD * workers
        self._upcoming: Iterator[_Group] = iter(())
        self._ahead: deque[_Group] = deque()  # in the order of the sync
        self._group_of: dict[FileKey, _Group] = {}
        # Before anything is read ahead: the files of slow formats that were left, and their bytes.
        self._left: set[FileKey] = set()
        self._read = 0
        self._is_decided = workers == 0
        self._started = time.monotonic()
        self._decide()

    @property
    def bytes_read(self) -> int:
        """The bytes of the files that were read ahead, and are still to be left."""
        return sum(group.bytes_read() for group in self._ahead)

    def take(
        self, key: FileKey, digest: str, options: ReadOptions, report: Callable[[], None]
    ) -> Contents | None:
        """Return the contents of a file if they were read ahead of these bytes with these options.

        Else return None. `report` is called whenever this process has read other files meanwhile.
        """
        group = self._group_of.get(key)
        if group is None:
            return None
        self._wait(group, report)
        result = group.pop(key)
        if result is None or result.digest != digest or group.requests[key].options != options:
            return None
        return result.contents

    def leave(self, key: FileKey) -> None:
        """Forget a file, and read further files ahead."""
        if not self._is_decided:
            entry = self._survey.entries[key]
            if isinstance(entry, ArticleFile) and self._survey.kinds.of(entry.path).slow:
                self._left.add(key)
                self._read += entry.size
            self._decide()
            return
        group = self._group_of.pop(key, None)
        if group is None:
            return
        group.leave(key)
        if not group.requests:
            self._ahead.remove(group)
        self._fill()

    def _wait(self, group: _Group, report: Callable[[], None]) -> None:
        """Wait for the results of a group, and read later groups meanwhile."""
        if group.withdraw():
            group.put(())  # the sync reads its files itself
        while not group.is_done:
            later = next((one for one in self._ahead if one.withdraw()), None)
            if later is None:
                break
            later.put(read_files([*later.requests.values()]))
            report()
            self._fill()
        group.collect()

    def _fill(self) -> None:
        """Give further groups to the worker processes, as many as there may be."""
        size = 0
        for group in self._ahead:
            if group.is_done:
                group.collect()
            size += group.size
        while len(self._ahead) < self._most_groups and size < self._most_bytes:
            upcoming = next(self._upcoming, None)
            if upcoming is None:
                break
            upcoming.start(self._processes)
            self._group_of.update(dict.fromkeys(upcoming.requests, upcoming))
            self._ahead.append(upcoming)
            size += upcoming.size

    def _decide(self) -> None:
        """Read ahead if the sync takes long, and at least as much is left as was read."""
        if self._is_decided or time.monotonic() - self._started < _SECONDS:
            return
        self._is_decided = True
        sizes = [file.size for _, file in self._files()]
        if len(sizes) > 1 and sum(sizes) >= self._read:
            self._upcoming = self._groups()
            self._fill()
        else:
            self._left.clear()

    def _groups(self) -> Iterator[_Group]:
        group = _Group()
        for key, file in self._files():
            group.add(key, file, self._request(key, file))
            if group.size >= _GROUP:
                yield group
                group = _Group()
        if group.requests:
            yield group

    def _files(self) -> Iterator[tuple[FileKey, ArticleFile]]:
        """Yield the files of slow formats that may have changed, but those read in chunks."""
        survey = self._survey
        for key, file in [*survey.entries.items()]:
            if (
                isinstance(file, ArticleFile)
                and survey.kinds.of(file.path).slow
                and file.size < LARGE
                and key not in self._left
                and not survey.is_unchanged(key, file)
            ):
                yield key, file

    def _request(self, key: FileKey, file: ArticleFile) -> Request:
        survey = self._survey
        number = survey.records.numbers.get(key)
        before, known = Reading(""), ""
        if number is not None:
            before = Reading.of(survey.records.digests[number])
            known = before.digest if survey.is_settled(key) else ""
        options = survey.options.read_options(_NONE, before)
        in_doubt = not survey.kinds.of(file.path).extension
        return Request(file.path, file.location, options, known, in_doubt)
