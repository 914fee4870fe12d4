"""Completing the last word of a query with the archive's words and names."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nutgraf.fields import FIELDS
from nutgraf.postings import Postings
from nutgraf.rows import Documents
from nutgraf.vocabulary import Vocabulary
from nutgraf_index.analysis import analyse, fold
from nutgraf_index.model import SILENT_ROLES, Article, Role

__all__ = ["Completion", "completions"]

_NAMES = ("by", "place", "source")
_FIELD = re.compile(rf'(?<!\w)({"|".join(FIELDS)}):("[^"]*|[^\s"]*)$')


@dataclass(frozen=True, slots=True)
class Completion:
    """A whole query text completed.

    `field` is "text", of whose word `count` passages are found, or "by", "place", "source" with
    as many articles, or "role" with as many passages.
    """

    text: str
    field: str
    count: int


_Found = tuple[int, str, str, str]  # count, negative; as it is ordered; field; what completes


def completions(text: str, postings: Postings, limit: int) -> tuple[Completion, ...]:
    """Return completions of a text, most frequent first, then alphabetical."""
    asked = _FIELD.search(text)
    found: list[_Found] = []
    if asked is not None:
        name, value, start = asked[1], asked[2].lstrip('"'), asked.start()
        if name == "role":
            found += _roles(postings, value)
        elif name in _NAMES:
            found += _names(postings, name, value)
    else:
        tokens = analyse(text)
        if not tokens or tokens[-1].end != len(text):
            return ()
        start = tokens[-1].start
        found += _words(postings, tokens[-1].word, limit)
        # A field inside a quoted phrase would be words of it.
        if text.count('"') % 2 == 0:
            for name in _NAMES:
                found += _names(postings, name, text[start:])
    written = Vocabulary(postings, "text", SILENT_ROLES).written
    return tuple(
        Completion(text[:start] + (written(what) if field == "text" else what), field, -count)
        for count, _, field, what in sorted(found)[:limit]
    )


def _words(postings: Postings, prefix: str, limit: int) -> list[_Found]:
    """Return the most frequent words, counting only those that can be among them."""
    vocabulary = Vocabulary(postings, "text", SILENT_ROLES)
    found: list[_Found] = []
    for word, most in sorted(
        vocabulary.beginning(prefix).items(), key=lambda one: (-one[1], one[0])
    ):
        if len(found) == limit and (not limit or -found[-1][0] > most):
            break
        count = vocabulary.count(word)
        if count:
            found = sorted([*found, (-count, word, "text", word)])[:limit]
    return found


def _names(postings: Postings, name: str, prefix: str) -> Iterator[_Found]:
    """Yield the values of a field of which any word begins so."""
    tokens = analyse(prefix)
    vocabulary = Vocabulary(postings, name)
    first = tokens[0].word if tokens else ""
    begun = fold(prefix[tokens[0].start :]) if tokens else ""
    articles: dict[int, list[Documents]] = defaultdict(list)
    views = [lists.view for lists in postings.lists]
    for word in vocabulary.beginning(first):
        for lists, units in vocabulary.units(word):
            articles[views.index(lists.view)].append(units)
    counts: dict[str, int] = defaultdict(int)
    for at, several in articles.items():
        for unit in np.unique(np.concatenate(several)).tolist():
            for value in set(_values(views[at].article(unit).article, name)):
                if any(fold(value[one.start :]).startswith(begun) for one in analyse(value)):
                    counts[value] += 1
    for value, count in counts.items():
        clean = value.replace('"', " ")
        quoted = clean if re.fullmatch(r"\w+", clean) else f'"{clean}"'
        yield -count, fold(value), name, f"{name}:{quoted}"


def _values(article: Article, name: str) -> tuple[str, ...]:
    if name == "by":
        return article.authors
    return (article.place if name == "place" else article.source,)


def _roles(postings: Postings, prefix: str) -> Iterator[_Found]:
    for role in Role:
        if role.value.startswith(fold(prefix)):
            count = 0
            for lists in postings.lists:
                units, live = lists.role(role), lists.view.live
                count += len(units) if live is None else int(np.count_nonzero(live[units]))
            if count:
                yield -count, role.value, "role", f"role:{role.value}"
