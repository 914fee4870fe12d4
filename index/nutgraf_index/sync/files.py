"""Walk a folder: list the files to read, in a fixed order, and the skipped entries with reasons."""

import os
import stat
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from nutgraf_index.errors import ArticleError
from nutgraf_index.formats.containers.compression import compression_of
from nutgraf_index.formats.containers.limits import LARGER, describe_limit
from nutgraf_index.formats.registry import extension_of, format_of, is_slow, remedy_for
from nutgraf_index.names import archive_of, is_archive, pages_of_folder, printable
from nutgraf_index.sync.ignore_rules import IGNORE_FILE, NO_RULES, IgnoreRules

__all__ = [
    "ArticleFile",
    "FileState",
    "Kinds",
    "Listing",
    "SkippedEntry",
    "describe_os_error",
    "list_files",
]

# Size in bytes, times of modification and of status change in nanoseconds, and inode. A file whose
# state is the same has the same bytes, except for changes within the resolution of the clock.
FileState = tuple[int, int, int, int]
_INODE = (1 << 63) - 1  # the bits of an inode that are kept
_LIKE_MEMBER = "its name looks like that of a member of an archive: rename it"


class ArticleFile(NamedTuple):
    """A file to read.

    `path` is relative to the root, with forward slashes; `location` is the full path.
    """

    path: str
    location: str
    state: FileState

    @property
    def size(self) -> int:
        """The size in bytes."""
        return self.state[0]


class SkippedEntry(NamedTuple):
    """A file or folder that is not read, and the reason.

    `failed` is true if the system refused to read the entry or the reader of its format is not
    installed: the next sync may be able to read it.
    """

    path: str
    reason: str
    failed: bool = False


class Listing:
    """What a walk of a file or folder found.

    Attributes:
        entries: every file to read and every skipped entry, once, in walking order.
        ignored: the paths of the entries that ignore rules leave out; that of a folder ends with a
            slash, and its files are not listed.
        mounts: the paths of the folders that are on another device than the folder they are in.
        rules: the ignore rules that hold for the members of an archive, by its path, if there are
            any.
        empty: whether there is no file at all, neither read nor skipped nor ignored.
    """

    def __init__(self) -> None:
        self.entries: list[ArticleFile | SkippedEntry] = []
        self.ignored: list[str] = []
        self.mounts: list[str] = []
        self.rules: dict[str, IgnoreRules] = {}
        self.empty = True


def list_files(
    root: str | os.PathLike[str],
    target: str | os.PathLike[str],
    *,
    max_bytes: int,
    index_folder: str | None = None,
    rules: IgnoreRules = NO_RULES,
) -> Listing:
    """Walk `target`, a file or folder within `root`, in the order of names.

    Hidden entries, links to folders or out of the root, entries that are not regular files, files
    with unknown extensions and files of more than `max_bytes` bytes are skipped with a reason. The
    target itself was named on purpose, so it is read even if it is hidden or a link, and a file
    even if an ignore file names it. The `index_folder` is neither walked nor listed. Raises
    `SourceError` for an ignore file that cannot be read.
    """
    return _Walk(os.fspath(root), max_bytes, index_folder).walk(os.fspath(target), rules)


def describe_os_error(error: OSError) -> str:
    """Return the system's error as a reason to skip an entry."""
    return f"cannot be read: {error.strerror or error}"


class _Walk:
    """One walk within a root; see `list_files`."""

    def __init__(self, root: str, max_bytes: int, index_folder: str | None) -> None:
        self.root = root
        self.max_bytes = max_bytes
        self.index_folder = index_folder
        self.listing = Listing()
        self.kinds = Kinds()
        self.plain: set[str] = set()  # extensions of files that can be read
        self.rules = NO_RULES  # of the file that is added

    def walk(self, target: str, rules: IgnoreRules) -> Listing:
        path = os.path.relpath(target, self.root).replace(os.sep, "/")
        if not os.path.isdir(target):
            self.add_target(path, target, rules)
            return self.listing
        prefix = ancestor = ""
        if path != ".":
            prefix = f"{path}/"
            for name in path.split("/"):  # of the folders from the root to the target
                rules = rules.within(ancestor, os.path.join(self.root, ancestor))
                ancestor += f"{name}/"
                if rules.ignores(ancestor):  # a sync of the root would leave it out, too
                    self.listing.ignored.append(ancestor)
                    self.listing.empty = False
                    return self.listing
        if target != self.index_folder:
            self.walk_folder(prefix, target, rules)
        return self.listing

    def walk_folder(self, prefix: str, target: str, rules: IgnoreRules) -> None:
        """Walk a folder whose path, with a slash at its end, is `prefix`; "" for the root."""
        listing = self.listing
        plain, max_bytes, append = self.plain, self.max_bytes, listing.entries.append
        new_tuple = tuple.__new__  # as a NamedTuple is made, without its function
        pending: list[tuple[str, Iterator[os.DirEntry[str]], int, IgnoreRules]] = []

        def enter(prefix: str, folder: str, device: int, rules: IgnoreRules) -> None:
            try:
                with os.scandir(folder) as scan:
                    entries = sorted(scan, key=_NAME)
            except OSError as error:
                self.skip(prefix[:-1] or ".", describe_os_error(error), failed=True)
                return
            if IGNORE_FILE in map(_NAME, entries):
                rules = rules.within(prefix, folder)
            pending.append((prefix, iter(entries), device, rules))

        enter(prefix, target, _device(target), rules)
        while pending:
            prefix, entries, device, rules = pending[-1]
            ignores = rules is not NO_RULES
            for entry in entries:
                name = entry.name
                path = prefix + name
                extension = name[name.rfind(".") :]
                if (
                    extension in plain
                    and name[0] != "."
                    and "!" not in name
                    and not ignores
                    and entry.is_file(follow_symlinks=False)
                ):
                    # Nearly all files of an archive come this way, which is all that they cost.
                    try:
                        status = entry.stat(follow_symlinks=False)
                    except OSError as error:
                        self.skip(path, describe_os_error(error), failed=True)
                        continue
                    listing.empty = False
                    if status.st_size <= max_bytes:
                        state = (
                            status.st_size,
                            status.st_mtime_ns,
                            status.st_ctime_ns,
                            status.st_ino & _INODE,
                        )
                        append(new_tuple(ArticleFile, (path, entry.path, state)))
                        continue
                if entry.is_dir(follow_symlinks=False):
                    if entry.path == self.index_folder:
                        continue
                    if ignores and rules.ignores(f"{path}/"):
                        listing.ignored.append(f"{path}/")
                        listing.empty = False
                    elif name.startswith("."):
                        self.skip(path, "hidden")
                    elif archive_of(path):
                        self.skip(path, _LIKE_MEMBER)
                    elif page := _page_of(entry.path):
                        self.skip(path, f"parts of a saved page: {printable(page)}")
                    else:
                        inner = _device(entry.path, device)
                        if inner != device:
                            listing.mounts.append(path)
                        enter(f"{path}/", entry.path, inner, rules)
                        break
                    continue
                listing.empty = False
                if ignores and rules.ignores(path):
                    listing.ignored.append(path)
                elif name == IGNORE_FILE:  # it was read by `enter`
                    pass
                elif name.startswith("."):
                    self.skip(path, "hidden")
                else:
                    self.rules = rules
                    self.add_entry(path, entry, is_link=entry.is_symlink())
            else:
                pending.pop()

    def fault_of_link(self, location: str) -> str | None:
        """Return the reason to skip a link, or None for a link to a file within the root."""
        try:
            link_target = os.path.realpath(location, strict=True)
        except OSError:
            return "a link that leads nowhere"
        if os.path.commonpath((self.root, link_target)) != self.root:
            return "a link that leaves the folder"
        if os.path.isdir(link_target):
            return "a link to a folder that is read itself"
        return None

    def add_target(self, path: str, location: str, rules: IgnoreRules) -> None:
        """List a file that is a target."""
        self.listing.empty = False
        if rules.ignores(path):
            self.listing.ignored.append(path)
            return
        self.rules = rules
        try:
            self.add(path, location, os.stat(location))
        except OSError as error:
            self.skip(path, describe_os_error(error), failed=True)

    def add_entry(self, path: str, entry: "os.DirEntry[str]", *, is_link: bool) -> None:
        """List a file of a folder."""
        if is_link and (reason := self.fault_of_link(entry.path)):
            self.skip(path, reason)
            return
        try:
            if _ENTRIES_HAVE_STATUS and not is_link:
                status = entry.stat(follow_symlinks=False)
            else:
                status = os.stat(entry.path)
        except OSError as error:
            self.skip(path, describe_os_error(error), failed=True)
        else:
            self.add(path, entry.path, status)

    def add(self, path: str, location: str, status: os.stat_result) -> None:
        """List a file as one to read, or as skipped if it may not be read."""
        size = status.st_size
        kind = self.kinds.of(path)
        if not stat.S_ISREG(status.st_mode):
            self.skip(path, "not a regular file")
        elif archive_of(path):
            self.skip(path, _LIKE_MEMBER)
        elif kind.reason:
            self.skip(path, kind.reason, kind.failed)
        elif size > self.max_bytes and not kind.in_records:
            limit = describe_limit(self.max_bytes)
            self.skip(path, f"{LARGER}{size:,} bytes, {limit}")
        else:
            ending = path[path.rfind(".") :]
            if _ENTRIES_HAVE_STATUS and ending.lower() == kind.extension:
                self.plain.add(ending)
            if self.rules is not NO_RULES and is_archive(path):
                self.listing.rules[path] = self.rules
            inode = status.st_ino & _INODE
            state = (size, status.st_mtime_ns, status.st_ctime_ns, inode)
            self.listing.entries.append(ArticleFile(path, location, state))

    def skip(self, path: str, reason: str, failed: bool = False) -> None:
        self.listing.entries.append(SkippedEntry(path, reason, failed))


_NAME = attrgetter("name")
# On Windows an entry has no inode, and the times of a file that is still open may be old.
_ENTRIES_HAVE_STATUS = os.name != "nt"


def _device(folder: str, default: int = 0) -> int:
    try:
        return os.stat(folder).st_dev
    except OSError:
        return default


class Kind(NamedTuple):
    """What the extension of a file says.

    Attributes:
        extension: the extension, in lower case; of a compressed file both, as in `.txt.gz`.
        format: the name of the format; empty if there is none.
        reason: why the file cannot be read; empty if it can be.
        failed: whether it could be read if a package was installed.
        archive: whether it is an archive.
        in_records: whether the limit of bytes is that of each record in it.
        slow: whether its format is slow to read; see `Format.is_slow`.
    """

    extension: str
    format: str = ""
    reason: str = ""
    failed: bool = False
    archive: bool = False
    in_records: bool = False
    slow: bool = False


class Kinds:
    """The kinds of files, by their extensions."""

    def __init__(self) -> None:
        self._known: dict[str, Kind] = {}
        self._by_ending: dict[str, Kind] = {}  # where the last extension, as it stands, says all

    def of(self, path: str) -> Kind:
        """Return the kind of a file."""
        ending = path[path.rfind(".") :]
        kind = self._by_ending.get(ending)
        if kind is None:
            stem, compression = compression_of(path)
            extension = extension_of(stem) + compression
            kind = self._known.get(extension)
            if kind is None:
                kind = self._known[extension] = _kind(extension, path)
            # A file of a Maildir may end like one of an unknown extension.
            plain = not (compression or kind.archive or kind.reason)
            if plain and ending.lower() == extension:
                self._by_ending[ending] = kind
        return kind


def _kind(extension: str, path: str) -> Kind:
    if is_archive(path):
        return Kind(extension, archive=True)
    try:
        format, remedy = format_of(path), remedy_for(path)
    except ArticleError as error:
        return Kind(extension, reason=str(error))
    return Kind(
        extension,
        format.name,
        remedy,
        bool(remedy),
        in_records=format.in_records,
        slow=is_slow(path),
    )


def _page_of(folder: str) -> str:
    """Return the name of the web page that a browser saved with a folder; empty if it saved none.

    The folder has the pictures, scripts and frames of the page.
    """
    pages = pages_of_folder(folder)
    return next((os.path.basename(page) for page in pages if os.path.isfile(page)), "")
