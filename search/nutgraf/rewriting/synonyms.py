"""A query with synonyms of its words: read from a file or a mapping, and added to the tree.

The file's format is that of Solr and Lucene: a group a line, `car, automobile, motor car`, or one
way, `ny, nyc => new york`. What is on the left of an arrow is still sought itself.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nutgraf.query.leaves import words_of
from nutgraf.query.tree import Boost, Group, Node, Words
from nutgraf.scoring.bm25f import SYNONYM
from nutgraf.scoring.query_weights import QueryWeights, terms_of
from nutgraf_index.errors import ArgumentError, QueryError, SourceError

__all__ = ["SynonymSource", "Synonyms", "read_synonyms", "with_synonyms"]

_MOST_BYTES = 4 << 20  # of a file: about 100,000 groups
_MOST_ADDED = 1_000  # synonyms in one query
_FORM = "write words that mean the same as in: car, automobile; or one way as in: car => automobile"


@dataclass(frozen=True, slots=True)
class Synonyms:
    """The synonyms of what has some terms, as read."""

    of: Mapping[tuple[str, ...], list[str]]

    def __bool__(self) -> bool:
        return bool(self.of)


SynonymSource = Synonyms | str | os.PathLike[str] | Mapping[str, Iterable[str]]
_Entries = tuple[list[str], list[str]]  # what is widened, and by what


def read_synonyms(source: SynonymSource) -> Synonyms:
    """Return the synonyms of a file, or of a mapping of words to their synonyms; as read, if read.

    Raises `SourceError` for a file that cannot be read as text of at most 4 MiB, `ArgumentError`
    for what is not in the form.
    """
    if isinstance(source, Synonyms):
        return source
    found: dict[tuple[str, ...], list[str]] = {}
    for left, right in _mapped(source) if isinstance(source, Mapping) else _lines(source):
        for word in left:
            terms = terms_of(word)
            known = found.setdefault(terms, [])
            known += [one for one in right if terms_of(one) != terms]
    return Synonyms(found)


def with_synonyms(tree: Node, synonyms: Synonyms, text: str) -> Node:
    """Return a query in which any synonym of a word or phrase will do for it, at less weight.

    Widened are plain words, rows of them, and phrases, of rows the longest that has synonyms.
    Words in quotes alone, words as written, patterns, fuzzy words, parts of NEAR and ADJ, filters
    and what is excluded stay as they are; so do words without weight. Synonyms are not widened in
    turn. `text` is what was typed. Raises `QueryError` for more than 1,000 synonyms.

    >>> from nutgraf.query.parser import parse
    >>> known = read_synonyms({"car": ["automobile"]})
    >>> str(with_synonyms(parse("+car -race").tree, known, "+car -race"))
    'car "automobile"^0.7 -race'
    """
    widening = _Widening(synonyms)
    result = widening.node(tree)
    if widening.added > _MOST_ADDED:
        raise QueryError(
            f"the words of the query have {widening.added:,} synonyms, {_MOST_ADDED:,} allowed; "
            "write fewer words, or leave synonyms out",
            0,
            len(text),
        )
    return result


class _Widening:
    """One query's widening; `added` counts the synonyms."""

    def __init__(self, synonyms: Synonyms) -> None:
        self._synonyms = synonyms.of
        self._longest = max(map(len, synonyms.of), default=0)
        self.added = 0

    def node(self, node: Node) -> Node:
        if isinstance(node, Boost):
            return Boost(self.node(node.node), node.factor)
        if isinstance(node, Words):
            node = Group(should=(node,))
            with_synonyms = self._group(node)
            return with_synonyms if len(with_synonyms.should) > 1 else with_synonyms.should[0]
        return self._group(node) if isinstance(node, Group) else node

    def _group(self, group: Group) -> Group:
        query_weights = QueryWeights(group)
        must: dict[Node, None] = {}
        for run, row, terms in self._runs(group.must, query_weights):
            whole = row[0] if len(row) == 1 else Group(must=row)
            added = self._added(terms, {terms}) if run else ()
            must[Group(should=(whole, *added)) if added else self.node(whole)] = None
        should: list[Node] = []
        more: list[Node] = []
        said = {terms_of(node.text) for node in group.should if isinstance(node, Words)}
        for run, row, terms in self._runs(group.should, query_weights):
            if run:
                should += row
                more += self._added(terms, said)
                continue
            part = row[0] if isinstance(row[0], Words) else self.node(row[0])
            # As where it is read: (a OR b) beside c is a OR b OR c.
            choice = isinstance(part, Group) and part.is_choice
            should += part.should if choice and isinstance(part, Group) else (part,)
        # What was asked stays a row without them, in which words are near each other.
        should += more
        if len(must) == 1 and not should:
            (only,) = must
            chosen = only.should if isinstance(only, Group) and only.is_choice else (only,)
            return replace(group, must=(), should=chosen)
        return replace(group, must=tuple(must), should=tuple(should))

    def _runs(
        self, nodes: Sequence[Node], query_weights: QueryWeights
    ) -> Iterator[tuple[bool, tuple[Node, ...], tuple[str, ...]]]:
        """Yield the nodes in order: rows that have synonyms, with their terms, and others."""
        light = {
            terms_of(node.text)
            for node, weight in query_weights.weigh(nodes)
            if isinstance(node, Words) and not weight
        }
        at = 0
        while at < len(nodes):
            end, terms = self._run(nodes, at, light)
            row = nodes[at : max(end, at + 1)]
            if end and len(row) == 1 and isinstance(row[0], Words):
                # Beside others a word such as WHO has no weight unless quoted.
                row = (_weighty(row[0]),)
            yield end > 0, tuple(row), terms
            at += len(row)

    def _run(
        self, nodes: Sequence[Node], at: int, light: set[tuple[str, ...]]
    ) -> tuple[int, tuple[str, ...]]:
        """Return the end of the longest row from `at` on that has synonyms, and its terms.

        The end is 0 where there is none.
        """
        found: tuple[int, tuple[str, ...]] = (0, ())
        terms: tuple[str, ...] = ()
        weighs = False
        for end in range(at, len(nodes)):
            node = nodes[end]
            if not isinstance(node, Words) or (node.quoted and end > at):
                break
            own = terms_of(node.text)
            if node.quoted and len(own) == 1:
                break
            terms += own
            weighs = weighs or own not in light
            if len(terms) > self._longest:
                break
            if weighs and self._synonyms.get(terms):
                found = end + 1, terms
            if node.quoted:
                break
        return found

    def _added(self, terms: tuple[str, ...], said: set[tuple[str, ...]]) -> tuple[Node, ...]:
        """Return the synonyms of some terms that were not `said`, which they then are."""
        added: list[Node] = []
        for text in self._synonyms[terms]:
            key = terms_of(text)
            words = words_of(text, quoted=True)
            if key not in said and words is not None:
                said.add(key)
                added.append(Boost(words, SYNONYM))
        self.added += len(added)
        return tuple(added)


def _weighty(word: Words) -> Words:
    """Return a word that keeps its weight beside others."""
    beside = Group(should=(word, Words("x", quoted=True)))
    return word if QueryWeights(beside).weigh(beside.should)[0][1] else replace(word, quoted=True)


def _mapped(mapping: Mapping[str, Iterable[str]]) -> Iterator[_Entries]:
    for word, others in mapping.items():
        where = f"synonyms of {word!r}"
        if isinstance(others, str) or not isinstance(others, Iterable):
            raise ArgumentError(f"{where} must be a list of words, not {others!r}")
        yield _entries([word], where), _entries(others, where)


def _lines(path: str | os.PathLike[str]) -> Iterator[_Entries]:
    if not isinstance(path, str | os.PathLike):
        raise ArgumentError(f"synonyms must be a file or a mapping of words, not {path!r}")
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{os.fspath(path)}, line {number}"
        left, *right = (_entries(side.split(","), where) for side in line.split("=>"))
        if len(right) > 1:
            raise ArgumentError(f"{where}: there is more than one =>; {_FORM}")
        if not right and len(left) == 1:
            raise ArgumentError(f"{where}: {left[0]!r} stands alone; {_FORM}")
        yield left, right[0] if right else left


def _entries(texts: Iterable[str], where: str) -> list[str]:
    entries = []
    for text in texts:
        if not isinstance(text, str) or not terms_of(text):
            said = text.strip() if isinstance(text, str) else text
            raise ArgumentError(f"{where}: there is no word in {said!r}; {_FORM}")
        entries.append(text.strip())
    return entries


def _text(path: str | os.PathLike[str]) -> str:
    try:
        with Path(path).open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(
            f"cannot read the synonyms of {os.fspath(path)}: {reason}; name a text file"
        ) from None
    if len(data) > _MOST_BYTES:
        raise SourceError(
            f"{os.fspath(path)} has more than {_MOST_BYTES >> 20} MiB of synonyms; make it smaller"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{os.fspath(path)}, line {line}: this is not UTF-8; save the file as UTF-8"
        ) from None
