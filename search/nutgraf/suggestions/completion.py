"""Completing the last word of a query with the archive's words and names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.fields import FILTERS
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.folding import fold
from nutgraf_index.fields import FIELDS
from nutgraf_index.model import HIDDEN_ROLES, Role

if TYPE_CHECKING:
    from nutgraf.suggestions.field_values import Values

__all__ = ["Completer", "Completion"]

_NAMES = [name for name, field in FIELDS.items() if field.completed]
_FIELD = re.compile(rf'(?<!\w)({"|".join(FILTERS)}):("[^"]*|[^\s"]*)$')


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole query text completed.

    `field` is "text", of whose word `count` passages are found, or "by", "place", "source" with
    as many articles, or "role" with as many passages.

    >>> from nutgraf import Article, Index, suggest
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> suggest("otters riv", index)
    (Completion(text='otters river', field='text', count=1),)
    """

    text: str
    field: str
    count: int


_Found = tuple[int, str, str, str]  # count, negative; as it is ordered; field; what completes


class Completer:
    """Completes queries with what is in a snapshot; a field's values are gathered once."""

    def __init__(self, postings: SnapshotPostings) -> None:
        self.postings = postings
        self._vocabulary = Vocabulary(postings, "text", HIDDEN_ROLES)
        self._values: dict[str, Values] = {}

    def complete(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Return completions of a text, most frequent first, then alphabetical."""
        asked = _FIELD.search(text)
        found: list[_Found] = []
        if asked is not None:
            name, value, start = asked[1], asked[2].lstrip('"'), asked.start()
            if name == "role":
                found += _roles(self.postings, value)
            elif name in _NAMES:
                found += self._names(name, value, limit)
        else:
            tokens = self.postings.analyzer.tokens(text)
            if not tokens or tokens[-1].end != len(text):
                return ()
            start = tokens[-1].start
            found += self._words(tokens[-1].word, limit)
            # A field inside a quoted phrase would be words of it.
            if text.count('"') % 2 == 0:
                for name in _NAMES:
                    found += self._names(name, text[start:], limit)
        written = self._vocabulary.written
        return tuple(
            Completion(text[:start] + (written(what) if field == "text" else what), field, -count)
            for count, _, field, what in sorted(found)[:limit]
        )

    def _words(self, prefix: str, limit: int) -> list[_Found]:
        """Return the most frequent words, counting only those that can be among them."""
        found: list[_Found] = []
        for word, most in sorted(
            self._vocabulary.beginning(prefix).items(), key=lambda one: (-one[1], one[0])
        ):
            if len(found) == limit and (not limit or -found[-1][0] > most):
                break
            count = self._vocabulary.count(word)
            if count:
                found = sorted([*found, (-count, word, "text", word)])[:limit]
        return found

    def _names(self, name: str, begun: str, limit: int) -> Iterator[_Found]:
        """Yield the most frequent values of a field with words that begin so."""
        if name not in self._values:
            from nutgraf.suggestions.field_values import Values  # by numpy, which is slow to import

            self._values[name] = Values(
                self.postings.snapshot.readers, name, self.postings.analyzer
            )
        for folded, value, count in self._values[name].beginning(begun, limit):
            clean = value.replace('"', " ")
            quoted = clean if re.fullmatch(r"\w+", clean) else f'"{clean}"'
            yield -count, folded, name, f"{name}:{quoted}"


def _roles(postings: SnapshotPostings, prefix: str) -> Iterator[_Found]:
    for role in Role:
        if role.value.startswith(fold(prefix)):
            count = 0
            for segment in postings.segments:
                count += len(segment.reader.find_units("role", role.value))
            if count:
                yield -count, role.value, "role", f"role:{role.value}"
