"""Completion of the last word of a query with words and names of the archive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.query.fields import FILTERS
from nutgraf.suggestions.vocabulary import Vocabulary
from nutgraf_index.analysis.folding import fold
from nutgraf_index.fields import FIELDS
from nutgraf_index.model import Role

if TYPE_CHECKING:
    from nutgraf.suggestions.field_values import Values

__all__ = ["Completer", "Completion"]

_NAMES = [name for name, field in FIELDS.items() if field.completed]
_FIELD = re.compile(rf'(?<!\w)({"|".join(FILTERS)}):("[^"]*|[^\s"]*)$')


@dataclass(frozen=True, slots=True)
class Completion:
    """A completed query text.

    `field` is the field of the added word or name: "text", "role", "by", "place" or "source".
    `count` is the number of passages ("text", "role") or articles (other fields) that have it.

    >>> from nutgraf import Article, Index, suggest
    >>> index = Index.in_memory()
    >>> index.add([Article(id="memo", text="Otters are back in the river.")])
    >>> suggest("otters riv", index)
    (Completion(text='otters river', field='text', count=1),)
    """

    text: str
    field: str
    count: int


_Candidate = tuple[int, str, str, str]  # negative count, sort key, field, completion


class Completer:
    """Completes queries from the words and names of a snapshot.

    With the code of a `language`, words come from articles in it alone.

    The values of a field are read when the field is first completed, and kept.
    """

    def __init__(self, postings: SnapshotPostings, language: str | None = None) -> None:
        self.postings = postings
        self.language = language
        self._vocabulary = Vocabulary(postings, "text", visible=True, language=language)
        self._values: dict[str, Values] = {}

    def complete(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Return at most `limit` completions, most frequent first, then alphabetically."""
        condition = _FIELD.search(text)
        candidates: list[_Candidate] = []
        if condition is not None:
            name, value, start = condition[1], condition[2].lstrip('"'), condition.start()
            if name == "role":
                candidates += _roles(self.postings, value)
            elif name in _NAMES:
                candidates += self._names(name, value, limit)
        else:
            tokens = self.postings.analyzer.tokens(text)
            if not tokens or tokens[-1].end != len(text):
                return ()
            start = tokens[-1].start
            candidates += self._words(tokens[-1].word, limit)
            # Inside an open quote, `by:` would be a word of the phrase.
            if text.count('"') % 2 == 0:
                for name in _NAMES:
                    candidates += self._names(name, text[start:], limit)
        written = self._vocabulary.written
        return tuple(
            Completion(text[:start] + (written(word) if field == "text" else word), field, -count)
            for count, _, field, word in sorted(candidates)[:limit]
        )

    def _words(self, prefix: str, limit: int) -> list[_Candidate]:
        """Return the most frequent words with a prefix."""
        best: list[_Candidate] = []
        for word, upper_bound in sorted(
            self._vocabulary.beginning(prefix).items(), key=lambda item: (-item[1], item[0])
        ):
            # The later words have no higher counts than `upper_bound`, so none is among the best.
            if len(best) == limit and (not limit or -best[-1][0] > upper_bound):
                break
            count = self._vocabulary.count(word)
            if count:
                best = sorted([*best, (-count, word, "text", word)])[:limit]
        return best

    def _names(self, name: str, prefix: str, limit: int) -> Iterator[_Candidate]:
        """Yield the most frequent values of a field that have `prefix` at the start of a word."""
        if name not in self._values:
            from nutgraf.suggestions.field_values import Values  # imports numpy, which is slow

            self._values[name] = Values(
                self.postings.snapshot.readers, name, self.postings.analyzer
            )
        for folded, value, count in self._values[name].beginning(prefix, limit):
            clean = value.replace('"', " ")
            quoted = clean if re.fullmatch(r"\w+", clean) else f'"{clean}"'
            yield -count, folded, name, f"{name}:{quoted}"


def _roles(postings: SnapshotPostings, prefix: str) -> Iterator[_Candidate]:
    for role in Role:
        if role.value.startswith(fold(prefix)):
            count = 0
            for segment in postings.segments:
                count += len(segment.reader.find_docs("role", role.value))
            if count:
                yield -count, role.value, "role", f"role:{role.value}"
