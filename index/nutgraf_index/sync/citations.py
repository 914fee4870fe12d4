"""Finds the articles and passages that a user names: by id, by citation, by path, by `path:line`.

A path may be relative to the folder that holds the index, to the current folder or to a root, or
absolute. All commands, filters and methods that take the name of an article use this module.
"""

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from nutgraf_index.errors import IndexDamaged, NotIndexedError, NutgrafError
from nutgraf_index.fields import Level
from nutgraf_index.model import Passage, Subtree
from nutgraf_index.names import is_archive, member_path, printable, root_folder, unprinted
from nutgraf_index.segment.term_dictionary import close_texts, encoded
from nutgraf_index.store.segment_reader import SegmentReader
from nutgraf_index.store.snapshot import Snapshot

if TYPE_CHECKING:  # slow to import and seldom needed
    from uuid import UUID

    Name = str | int | UUID | os.PathLike[str]  # of an article, as a caller gives it

__all__ = [
    "Cited",
    "Name",
    "articles_named",
    "describe_several",
    "find_article",
    "find_cited",
    "find_passage",
    "is_of_one_file",
    "patterns_named",
    "subtrees_named",
]

Location = tuple[SegmentReader, int]  # a segment, and the number of an article in it
_LISTED = 5  # ids that a message lists
_MOST_SUGGESTED = 3  # ids in a did-you-mean
_MOST_COMPARED = 200  # ids that are compared for a did-you-mean
_SHORT = 4  # characters: names up to this length get one edit, longer names up to two
_AT_LINE = re.compile(r"(.+):(\d{1,9}):?", re.DOTALL)
_CITATION = re.compile(r"[#:][0-9]+:?\Z")
_BEFORE_PART = re.compile(r"/|\.\w+!")  # a folder, or a file of several articles


def __getattr__(name: str) -> Any:
    if name != "Name":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from uuid import UUID

    return str | int | UUID | os.PathLike[str]


class Cited(NamedTuple):
    """An article that a name denotes, and the number of the passage in it; 0 for the article."""

    reader: SegmentReader
    article: int
    passage: int = 0


def find_cited(name: str, snapshot: Snapshot) -> Cited:
    """Return the article that a name denotes, as in `find_article`, or the passage of a citation.

    Raises `NotIndexedError`.
    """
    if found := articles_named(name, snapshot):
        return Cited(*_sole(name, found, snapshot))
    return _passage(name, snapshot)


def find_passage(citation: str, snapshot: Snapshot) -> Cited:
    """Return the passage of a citation or at a line: `id#n` or `path:line`.

    Raises `NotIndexedError`, also for the name of an article.
    """
    if not _CITATION.search(citation):
        raise NotIndexedError(
            f"{citation!r} is no citation: write an article's id, # and a passage's number"
        )
    cited = _passage(citation, snapshot)
    if not cited.passage:
        raise NotIndexedError(
            f"{citation!r} is the whole article {cited.reader.id_of(cited.article)!r}; "
            "write its id, # and a passage's number"
        )
    return cited


def _passage(name: str, snapshot: Snapshot) -> Cited:
    """Return the passage of a citation, or the passage or article at a line."""
    id, _, digits = name.rpartition("#")
    if id and digits.isascii() and digits.isdigit():
        if found := articles_named(id, snapshot):
            reader, article = _sole(id, found, snapshot)
            passages = len(reader.passages_of(article))
            if not 1 <= int(digits[:12]) <= passages:
                raise NotIndexedError(
                    f"the article {reader.id_of(article)!r} has no passage {digits}; "
                    f"its last passage is {passages}"
                )
            return Cited(reader, article, int(digits[:12]))
        raise _unknown(id, snapshot)
    at_line = _AT_LINE.fullmatch(name)
    if at_line and (found := articles_named(at_line[1], snapshot)):
        return _at_line(name, int(at_line[2]), found, snapshot)
    raise _unknown(name, snapshot)


def find_article(name: str, snapshot: Snapshot) -> Location:
    """Return the article that a name denotes; see `articles_named`. Raises `NotIndexedError`.

    `path:line` denotes the article at that line.
    """
    if found := articles_named(name, snapshot):
        return _sole(name, found, snapshot)
    at_line = _AT_LINE.fullmatch(name)
    if at_line and (found := articles_named(at_line[1], snapshot)):
        return _at_line(name, int(at_line[2]), found, snapshot)[:2]
    raise _unknown(name, snapshot)


def articles_named(name: str, snapshot: Snapshot) -> list[Location]:
    """Return the articles that a name denotes; [] if there is none.

    An id comes before all else, in any Unicode normalisation. Then the name is the path of a file,
    all of whose articles are returned: from the folder that holds the index, from the current
    folder, or absolute. Last, it is the id that files give articles, or a path in a root; articles
    of several files may have it.
    """
    if (exact := snapshot.find(name)) is not None:
        return [exact]
    if not name:
        return []
    found = [found for part in snapshot.parts for found in _named_in(name, part)]
    if not found and (typed := unprinted(name)) != name:
        return articles_named(typed, snapshot)
    return list(dict.fromkeys(found))


def _named_in(name: str, snapshot: Snapshot) -> list[Location]:
    """Return the articles of one index that a name denotes; the name as it stands is no id."""
    forms = _normal_forms(name)
    for form in forms[1:]:
        if (exact := snapshot.find(form)) is not None:
            return [exact]
    for form in forms:
        for location in _locations(form, snapshot.home):
            if found := _at(location, snapshot):
                return found
    found = [found for form in forms for found in _by_own_id(form, snapshot)]
    if not found and not name.isascii():
        found = [*_in_other_form(forms[0], snapshot)]
    return found


def is_of_one_file(found: Iterable[Location]) -> bool:
    """Return whether articles are one article, or all of one file."""
    files = set()
    for reader, article in found:
        file = _file_of(reader, article)
        files.add((reader, article) if file is None else (reader.file.where, *file))
    return len(files) == 1


def subtrees_named(path: str, snapshot: Snapshot) -> list[Subtree]:
    """Return the subtrees of the roots that are at a path or under it.

    The path is relative to the folder that holds the index or to the current folder, or absolute.
    """
    subtrees = []
    for form in _normal_forms(path):
        for location in _locations(form, snapshot.home):
            within = _with_slash(location)
            for root in snapshot.roots():
                folder = _folder(root, snapshot.home)
                if folder == location or folder.startswith(within):
                    subtrees.append(Subtree(snapshot.where, root, ""))
                elif location.startswith(_with_slash(folder)):
                    rest = printable(location[len(_with_slash(folder)) :])
                    subtrees.append(Subtree(snapshot.where, root, rest))
    return list(dict.fromkeys(subtrees))


def patterns_named(pattern: str, snapshot: Snapshot) -> list[tuple[str, str, str]]:
    """Return the roots that a pattern of paths may match, with their full paths and the pattern's.

    Each entry is (name of a root, its full path with a slash, full pattern). The pattern has * or
    ?, and is relative to the folder that holds the index or to the current folder, or absolute. If
    it is not ASCII, the full path and pattern are in the Unicode normalisation C.
    """

    def normal(path: str) -> str:
        return path if pattern.isascii() else unicodedata.normalize("NFC", path)

    match = re.match(r"[^*?]*/", pattern)
    folder = match[0] if match else "."
    rest = pattern[match.end() if match else 0 :]
    found = []
    for form in _normal_forms(folder):
        for location in map(_with_slash, _locations(form, snapshot.home)):
            start = normal(location)
            for root in snapshot.roots():
                full = normal(_with_slash(_folder(root, snapshot.home)))
                if full.startswith(start) or start.startswith(full):
                    found.append((root, full, start + normal(rest)))
    return list(dict.fromkeys(found))


def describe_several(name: str, found: Iterable[Location], snapshot: Snapshot) -> str:
    """Return the message for a name that denotes several articles."""
    ids = sorted(_ids(found, snapshot))
    shown = ", ".join(map(repr, ids[:_LISTED]))
    more = f" and {len(ids) - _LISTED:,} more" if len(ids) > _LISTED else ""
    return f"{name!r} is the name of {len(ids):,} articles: {shown}{more}; write the id of one"


def _ids(articles: Iterable[Location], snapshot: Snapshot) -> Iterator[str]:
    """Yield the ids by which articles are found in the whole snapshot."""
    return (snapshot.qualified(reader, reader.id_of(article)) for reader, article in articles)


def _sole(name: str, found: list[Location], snapshot: Snapshot) -> Location:
    if len(found) > 1:
        raise NotIndexedError(describe_several(name, found, snapshot))
    return found[0]


def _at_line(name: str, line: int, found: list[Location], snapshot: Snapshot) -> Cited:
    """Return the passage at a line of the file of some articles, or the article that is the line.

    Raises `NotIndexedError`.
    """
    if not is_of_one_file(found):
        raise NotIndexedError(describe_several(name, found, snapshot))
    before: list[tuple[int, Cited, Passage]] = []
    for reader, article in found:
        for _, passage in reader.passages_at(reader.passages_of(article)):
            if passage.line <= line:
                before.append((passage.line, Cited(reader, article, passage.number), passage))
    start = max((entry[0] for entry in before), default=0)
    at_start = [(cited, passage) for first, cited, passage in before if first == start]
    ends = [start + passage.text.count("\n") for _, passage in at_start]
    is_last = len(before) == sum(len(reader.passages_of(article)) for reader, article in found)
    one_line = bool(before) and _is_one_line(*at_start[0][0][:2])
    if not before or (start != line and one_line) or (is_last and line > max(ends) > 0):
        path = name.removesuffix(":").rpartition(":")[0]
        raise NotIndexedError(f"there is no passage at line {line} of {path!r}")
    cited = at_start[0][0]
    return cited if len(at_start) == 1 else cited._replace(passage=0)


def _is_one_line(reader: SegmentReader, article: int) -> bool:
    """Return whether a line of its file is the whole article."""
    numbers = reader.passages_of(article)
    lines = {passage.line for _, passage in reader.passages_at(numbers)}
    return bool(reader.article(article).article.line) and len(lines) == 1


def _file_of(reader: SegmentReader, article: int) -> tuple[str, str] | None:
    """Return the root and path of the file of an article; None if a program added the article."""
    root = reader.text_column("root").text(article)
    return (root, reader.text_column("article.path").text(article)) if root else None


def _normal_forms(name: str) -> list[str]:
    """Return a name, and the name in the Unicode normalisations C and D where they differ."""
    if name.isascii():
        return [name]
    normalize = unicodedata.normalize
    return list(dict.fromkeys([name, normalize("NFC", name), normalize("NFD", name)]))


def _locations(path: str, home: str | None) -> Iterator[str]:
    """Yield the full paths that a path may mean, with forward slashes: from `home`, from here.

    For each, yield the path as it is written, then with links to folders followed, then with all
    links followed.
    """
    bases = [] if home is None else [home]
    with contextlib.suppress(OSError):  # the current folder may be gone
        bases.append(os.getcwd())
    seen = set()
    for base in bases:
        try:
            full = os.path.normpath(os.path.join(base, path))
            folder, name = os.path.split(full)
            forms = (full, os.path.join(os.path.realpath(folder), name), os.path.realpath(full))
        except (OSError, ValueError):  # ValueError: a NUL in the name
            continue
        for form in forms:
            location = form.replace(os.sep, "/")
            if location not in seen:
                seen.add(location)
                yield location


def _folder(root: str, home: str | None) -> str:
    return root_folder(root, home).replace(os.sep, "/")


def _with_slash(folder: str) -> str:
    return folder.rstrip("/") + "/"


def _at(location: str, snapshot: Snapshot) -> list[Location]:
    """Return the articles of the file at a full path."""
    found: list[Location] = []
    for root in snapshot.roots():
        prefix = _with_slash(_folder(root, snapshot.home))
        if location.startswith(prefix):
            found += _in_root(root, location[len(prefix) :], snapshot)
    return found


def _in_root(root: str, path: str, snapshot: Snapshot) -> Iterator[Location]:
    """Yield the articles of a file, those of an archive in the order of their paths."""
    path = printable(path)
    for reader in snapshot.readers:
        roots = reader.text_column("root")
        paths = [path]
        if is_archive(path):
            terms = reader.field("path").terms
            prefix = encoded(member_path(path, ""))
            paths += [reader.decode(terms[number]) for number in terms.beginning(prefix)]
        for file in paths:
            for article in reader.find_docs("path", file):
                if roots.text(article) == root:
                    yield reader, article


def _by_own_id(name: str, snapshot: Snapshot) -> Iterator[Location]:
    """Yield the articles whose files give them an id, and the articles of a path in a root.

    A path of a file that exists here is of that file, and of none of the same name in a root.
    """
    ending = encoded(f"!{name}")
    for reader in snapshot.readers:
        for id in reader.field("article").terms:
            if id.endswith(ending):
                article = reader.find_article(reader.decode(id))
                if article >= 0 and _file_of(reader, article):
                    yield reader, article
        for article in () if os.path.lexists(name) else reader.find_docs("path", printable(name)):
            if _file_of(reader, article):
                yield reader, article


def _in_other_form(name: str, snapshot: Snapshot) -> Iterator[Location]:
    """Yield the articles whose id or full path is a name in a mixture of normalisations."""

    def normal(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    names = {normal(name)}
    paths = {normal(location) for location in _locations(name, snapshot.home)}
    for reader in snapshot.readers:
        for article in reader.live_numbers(Level.ARTICLE):
            id = reader.id_of(article)
            if id.isascii():
                continue
            own_path = _file_of(reader, article)
            full = "" if own_path is None else _with_slash(_folder(own_path[0], snapshot.home))
            if normal(id) in names or (own_path and normal(full + own_path[1]) in paths):
                yield reader, article


def _unknown(name: str, snapshot: Snapshot) -> NutgrafError:
    """Return the error for a name of no article or passage; its message names similar ids."""
    ids = []
    for reader in snapshot.readers:
        field = reader.field("article")
        of_segment = [*map(reader.decode, field.terms)]
        if name in of_segment:  # it is that of a deleted article, or the terms are out of order
            articles = field.doc_ids(of_segment.index(name))
            if len(reader.live_among(Level.ARTICLE, articles)):
                problem = f"the article {name!r} is stored, but not found by its id"
                return IndexDamaged.of(snapshot.where, "", problem)
        ids += of_segment
    similar = _similar(_CITATION.sub("", name), ids, snapshot)
    hint = f"; did you mean {' or '.join(map(repr, similar))}?" if similar else ""
    return NotIndexedError(f"there is no article {name!r} in {snapshot.where}{hint}")


def _similar(name: str, ids: list[str], snapshot: Snapshot) -> list[str]:
    """Return a few live ids whose last parts are a few edits from that of a name, best first.

    Extensions are left out if no last part is similar otherwise.
    """
    word, parts = _last_part(name), [_last_part(id) for id in ids]
    close = _close(word, parts) or _close(_stem(word), [_stem(part) for part in parts])
    if not close:
        return []
    import difflib  # slow to import and seldom needed

    def likeness(id: str) -> float:
        return difflib.SequenceMatcher(None, name, id).ratio()

    candidates = dict.fromkeys(ids[number] for number in close[:_MOST_COMPARED])
    found = (part.find(id) for id in candidates for part in snapshot.parts)
    similar = _ids(filter(None, found), snapshot)
    return sorted(similar, key=lambda id: (-likeness(id), id))[:_MOST_SUGGESTED]


def _close(word: str, parts: list[str]) -> list[int]:
    edits = min(1 if len(word) <= _SHORT else 2, len(word) - 1)
    return close_texts(parts, word, edits) if word else []


def _last_part(id: str) -> str:
    return _BEFORE_PART.split(id)[-1]


def _stem(part: str) -> str:
    return part.rpartition(".")[0] or part
