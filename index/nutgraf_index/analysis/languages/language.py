"""What is known of a language: how its words are reduced to terms, and what its newsrooms write."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

__all__ = ["Language", "NewsroomWords"]


class NewsroomWords(NamedTuple):
    """The words by which bylines, datelines, dates, notes and credits are told.

    `months` are the twelve names. The others but `not_places`, `credit_words` and `head_notes` are
    regular expressions, to be matched whatever the case:

    - `weekday`, and `dateline_month`, a month, as datelines write them: there the case counts;
    - `by`, which opens a byline; `joiner`, between names; `name_tail`, what follows a name and
      its place; `job`, a job or desk in place of a name;
    - `published`, what stands before the date of publication; `at`, before its time;
    - `work`, what a credit says was done; `credit`, how a credit opens, with `{work}` and
      `{people}` in it; `contributed`, how one ends, and `contributed_hint`, letters in lower case
      that are always in it;
    - `correction`, `note`, `related`: how such a passage opens; `openings`: what all of these and
      `credit` open with, for a quick look.

    `not_places` are words in capitals before a dash that are no place, `credit_words` the words of
    a credit beside names and work, `head_notes` how a line of the head that is a note opens: all
    in lower case.
    """

    months: tuple[str, ...]
    weekday: str
    dateline_month: str
    by: str
    joiner: str
    name_tail: str
    job: str
    published: str
    at: str
    work: str
    credit: str
    contributed: str
    contributed_hint: str
    correction: str
    note: str
    related: str
    openings: str
    not_places: frozenset[str]
    credit_words: frozenset[str]
    head_notes: tuple[str, ...]


def _as_written(word: str) -> str:
    return word


class Language(NamedTuple):
    """A language of articles and queries.

    `code` is that of ISO 639-1, `stemmer` the name of a Snowball algorithm. `stop_words` weigh
    nothing in a query unless quoted; `request_words` neither, where a query begins with them.
    `spelling` returns a folded word in the one spelling of its variants, before it is stemmed;
    `stem_variants` are stems, given the stemmer, that stand for another: {stem: that}. `sounds` are
    rules, a regular expression and its replacement, that bring words which sound alike to one
    key, from first to last.
    """

    code: str
    name: str
    stemmer: str
    stop_words: frozenset[str]
    request_words: frozenset[str]
    newsroom: NewsroomWords
    spelling: Callable[[str], str] = _as_written
    stem_variants: Callable[[Callable[[str], str]], Mapping[str, str]] = lambda stem: {}
    sounds: tuple[tuple[str, str], ...] = ()

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)
