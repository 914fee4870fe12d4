"""Synonyms, read from a file or a mapping.

A file has the format of Solr and Lucene. A line is a group of synonyms, `car, automobile, motor
car`, or a one-way rule, `ny, nyc => new york`. Unlike Solr, a rule adds its right side
to the query and keeps the words of its left side.
"""

import json
import os
import reprlib
from collections.abc import Iterable, Iterator, Mapping

from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.errors import ArgumentError, SourceError

__all__ = ["Rule", "SynonymRules", "SynonymSource", "read_synonyms"]

_MOST_BYTES = 4 << 20  # of a file: about 100,000 groups
_FORM = "write synonyms as in: car, automobile; or one-way synonyms as in: car => automobile"
Rule = tuple[list[str], list[str]]  # words and phrases of the query, and their synonyms


class SynonymRules:
    """Rules of synonyms: each has words or phrases of queries, and their synonyms.

    `len` is the number of rules.

    >>> rules = read_synonyms({"car": ["automobile", "motor car"]})
    >>> [*rules.lines()], len(rules)
    (['car => automobile, motor car'], 1)
    >>> SynonymRules.load(rules.dump()).rules == rules.rules
    True
    """

    __slots__ = ("rules",)

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules = rules

    def __len__(self) -> int:
        return len(self.rules)

    def lines(self) -> Iterator[str]:
        """Yield the rules as lines of a file of synonyms."""
        for left, right in self.rules:
            words = ", ".join(right)
            yield words if left == right else f"{', '.join(left)} => {words}"

    def dump(self) -> bytes:
        """Return the rules as bytes, for the index that keeps them."""
        return json.dumps(self.rules, ensure_ascii=False).encode("utf-8", "surrogatepass")

    @classmethod
    def load(cls, data: bytes) -> "SynonymRules":
        """Return the rules that `dump` made. Raises `ValueError` if the bytes have no rules."""
        try:
            rules = tuple(
                (_texts(left), _texts(right))
                for left, right in json.loads(data.decode("utf-8", "surrogatepass"))
            )
        except (TypeError, RecursionError) as error:
            raise ValueError(str(error)) from error
        return cls(rules)


def _texts(value: object) -> list[str]:
    """Return a list of texts. Raises `ValueError` for anything else."""
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise ValueError("a rule has no list of words")
    return value


SynonymSource = SynonymRules | str | os.PathLike[str] | Mapping[str, Iterable[str]]


def read_synonyms(source: SynonymSource) -> SynonymRules:
    """Return the synonyms of a file, or of a mapping of words to their synonyms.

    `SynonymRules` are returned as they are.

    Raises:
        SourceError: the file cannot be read, is not UTF-8, or has more than 4 MiB
        ArgumentError: a line or a value does not have the form of synonyms
    """
    if isinstance(source, SynonymRules):
        return source
    return SynonymRules(tuple(_mapped(source) if isinstance(source, Mapping) else _lines(source)))


def _mapped(mapping: Mapping[str, Iterable[str]]) -> Iterator[Rule]:
    for word, synonyms in mapping.items():
        where = f"synonyms of {reprlib.repr(word)}"
        if isinstance(synonyms, str) or not isinstance(synonyms, Iterable):
            raise ArgumentError(f"{where} must be a list of words, not {reprlib.repr(synonyms)}")
        yield _entries([word], where), _entries(synonyms, where)


def _lines(path: str | os.PathLike[str]) -> Iterator[Rule]:
    if not isinstance(path, str | os.PathLike):
        raise ArgumentError(
            f"synonyms must be a file or a mapping of words, not {reprlib.repr(path)}"
        )
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"{os.fspath(path)}, line {number}"
        left, *right = (_entries(side.split(","), where) for side in line.split("=>"))
        if len(right) > 1:
            raise ArgumentError(f"{where}: there is more than one =>; {_FORM}")
        if not right and len(left) == 1:
            raise ArgumentError(f"{where}: {reprlib.repr(left[0])} has no synonym; {_FORM}")
        yield left, right[0] if right else left


def _entries(texts: Iterable[str], where: str) -> list[str]:
    entries = []
    for text in texts:
        if not isinstance(text, str) or not analyzer_of().words(text):
            shown = text.strip() if isinstance(text, str) else text
            raise ArgumentError(f"{where}: there is no word in {reprlib.repr(shown)}; {_FORM}")
        entries.append(text.strip())
    return entries


def _text(path: str | os.PathLike[str]) -> str:
    try:
        with open(path, "rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise SourceError(
            f"cannot read the synonyms in {os.fspath(path)}: {reason}; name a text file"
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
