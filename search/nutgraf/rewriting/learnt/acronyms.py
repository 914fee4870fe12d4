"""Acronyms and their long forms, from the definitions in the texts of the archive.

A definition has the long form before the acronym in brackets, or after it: "Islamic Revolutionary
Guard Corps (IRGC)", "IRGC (Islamic Revolutionary Guard Corps)". After Schwartz and Hearst, A simple
algorithm for identifying abbreviation definitions in biomedical text (2003), with one more
condition: each word of a long form, except stop words, gives its first letter. So a long form
begins where it should.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.rewriting.learnt.usage import Usage, first_passages, passages_with, phrase_passages
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.folding import fold

__all__ = ["Definition", "acronyms_of", "definitions", "long_forms", "may_be_acronym"]

_LONGEST = 10  # letters of an acronym
_SAMPLE, _SAMPLE_OF_STOP_WORD = 64, 256  # passages read
_MOST = 3  # long forms of an acronym, or acronyms of a long form
_BRACKETS = re.compile(r"\(([^()\n]{2,120})\)")
_ACRONYM = re.compile(r"[^\W\d_](?:[&/-]?[^\W\d_])+|(?:[^\W\d_]\.){2,}")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_BEFORE = 160  # characters before a bracket in which a long form is looked for
# The signs between the words of a long form. A dash between blanks is none of them.
_JOINED = re.compile(r"[-‐‑/]|[\s\"“”'’]*[,&.]?[\s\"“”'’]*")


class Definition(NamedTuple):
    """An acronym and a long form, both as the text has them."""

    acronym: str
    long_form: str


def may_be_acronym(word: str, typed: str, few: Usage) -> bool:
    """Return whether a folded word is typed or, in a few passages, written in capitals."""
    if not 2 <= len(word) <= _LONGEST or not word.isalpha():
        return False
    return any(_acronym(form) is not None for form in (typed, *few.forms))


def long_forms(word: str, postings: SnapshotPostings) -> tuple[str, ...]:
    """Return at most three long forms of an acronym, the most often defined first.

    `word` is the folded acronym. More passages are read for an acronym that is a stop word (WHO).
    """
    most = _SAMPLE_OF_STOP_WORD if postings.analyzer.is_stop_word(word) else _SAMPLE
    texts = first_passages(phrase_passages(word, postings), most)  # also of the plural
    found = (
        one.long_form
        for one, analyzer in _defined(texts)
        if analyzer.terms(one.acronym) == analyzer.terms(word)
    )
    return _most_frequent(found, postings.analyzer)


def acronyms_of(phrase: str, postings: SnapshotPostings) -> tuple[str, ...]:
    """Return at most three acronyms of a long form, the most often defined first.

    An acronym that is a word in small letters too, as WHO is, has a "=" before it: it is searched
    as written.
    """
    texts = first_passages(phrase_passages(phrase, postings), _SAMPLE)
    found = (
        one.acronym
        for one, analyzer in _defined(texts)
        if analyzer.terms(one.long_form) == analyzer.terms(phrase)
    )
    acronyms = _most_frequent(found, postings.analyzer)
    return tuple(f"={one}" if _is_word(one, postings) else one for one in acronyms)


def _is_word(acronym: str, postings: SnapshotPostings) -> bool:
    """Return whether an acronym is also written in small letters, or with a first capital alone."""
    words = postings.analyzer.words(acronym)
    if len(words) != 1:
        return False
    texts = first_passages(passages_with(words[0], postings), _SAMPLE)
    forms = Usage(words[0], texts).forms
    return any(sum(map(str.isupper, form)) < 2 for form in forms)


def _defined(texts: Iterable[tuple[str, Analyzer]]) -> Iterator[tuple[Definition, Analyzer]]:
    for text, analyzer in texts:
        if "(" in text:
            for definition in definitions(text, analyzer):
                yield definition, analyzer


def _most_frequent(texts: Iterable[str], analyzer: Analyzer) -> tuple[str, ...]:
    """Return the most frequent texts, each in its most frequent form, without other inflections."""
    forms: dict[tuple[str, ...], Counter[str]] = {}
    for text in texts:
        forms.setdefault(analyzer.terms(text), Counter())[text] += 1
    best = sorted(
        (-sum(counts.values()), min(counts, key=lambda form: (-counts[form], form)))
        for counts in forms.values()
    )
    return tuple(form for _, form in best[:_MOST])


def definitions(text: str, analyzer: Analyzer) -> Iterator[Definition]:
    """Yield the definitions of acronyms in a text.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> text = "the Federal Bureau of Investigation (FBI), and XML (extensible markup language)"
    >>> [*definitions(text, analyzer_of("en"))]  # doctest: +NORMALIZE_WHITESPACE
    [Definition(acronym='FBI', long_form='Federal Bureau of Investigation'),
     Definition(acronym='XML', long_form='extensible markup language')]
    """
    for bracket in _BRACKETS.finditer(text):
        before = text[max(0, bracket.start() - _BEFORE) : bracket.start()].rstrip()
        inside = bracket[1].strip(" \"'“”‘’")
        acronym = _acronym(inside)
        if acronym is not None:
            long_form = _ending(before, acronym, analyzer)
            if long_form is not None:
                yield Definition(acronym, long_form)
            continue
        last = re.search(r"\S+\Z", before)
        acronym = _acronym(last[0].strip("\"'“”‘’")) if last is not None else None
        if acronym is not None:
            inside = re.split(r"[;:]|, or |, also ", inside, maxsplit=1)[0]
            inside = re.sub(r"(?i)\A(?:the|or|formerly|short for) ", "", inside)
            words = [*_WORD.finditer(inside)]
            if _fits(acronym, inside, words, analyzer):
                yield Definition(acronym, _plain(inside[words[0].start() : words[-1].end()]))


def _acronym(text: str) -> str | None:
    """Return an acronym without the s of its plural; None if a text is no acronym.

    It has two capitals or more, and at most as many other letters: PhD, MoD.
    """
    match = _ACRONYM.fullmatch(text)
    if match is None:
        return None
    acronym = re.sub(r"(?<=[^\W\d_a-z])['’]?s\Z", "", text)
    letters = [letter for letter in acronym if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    if not 2 <= len(letters) <= _LONGEST or capitals < 2 or 2 * capitals < len(letters):
        return None
    return acronym


def _ending(before: str, acronym: str, analyzer: Analyzer) -> str | None:
    """Return the end of a text that is a long form of an acronym; None without one.

    The shortest end whose words begin with the letters goes before ends that give inner letters:
    (PPC) after "plain paper copier" is not "paper copier".
    """
    words = [*_WORD.finditer(before)]
    if not words or words[-1].end() < len(before.rstrip("\"'“”‘’.")):
        return None
    letters = sum(letter.isalpha() for letter in acronym)
    for inner in (False, True):
        for count in range(2, min(letters + 5, 2 * letters, len(words)) + 1):
            if _fits(acronym, before, words[-count:], analyzer, inner=inner):
                return _plain(before[words[-count].start() : words[-1].end()])
    return None


def _plain(long_form: str) -> str:
    """Return a long form with single blanks, and without the 's of its last word."""
    return re.sub(r"['’]s\Z", "", " ".join(long_form.split()))


def _fits(
    acronym: str,
    text: str,
    words: Sequence[re.Match[str]],
    analyzer: Analyzer,
    *,
    inner: bool = True,
) -> bool:
    """Return whether words of a text are the long form of an acronym.

    `inner` is whether a word may give other letters after its first.
    """
    if len(words) < 2:
        return False
    gaps = [text[left.end() : right.start()] for left, right in pairwise(words)]
    if not all(map(_JOINED.fullmatch, gaps)):
        return False
    folded = [fold(word[0]) for word in words]
    if analyzer.is_stop_word(folded[0]) or analyzer.is_stop_word(folded[-1]):
        return False
    letters = "".join(letter for letter in fold(acronym) if letter.isalpha())
    if len("".join(folded)) <= len(letters) or letters in folded:
        return False
    # The second part of a hyphenated word may give no letter: "anti-doping agency".
    may_skip = [False, *("-" in gap for gap in gaps)]
    may_skip = [
        skip or analyzer.is_stop_word(word) for skip, word in zip(may_skip, folded, strict=True)
    ]
    return _spells(letters, folded, may_skip, inner=inner)


def _spells(letters: str, words: Sequence[str], may_skip: Sequence[bool], *, inner: bool) -> bool:
    """Return whether words give letters in order: each its first and, if `inner`, any others."""
    if not words:
        return not letters
    if may_skip[0] and _spells(letters, words[1:], may_skip[1:], inner=inner):
        return True
    word = words[0]
    at = 1 if word.startswith("ex") and letters[:1] == "x" else 0  # extensible: X
    if not letters or word[at : at + 1] != letters[0]:
        return False
    taken = 1
    while True:
        if _spells(letters[taken:], words[1:], may_skip[1:], inner=inner):
            return True
        at = word.find(letters[taken], at + 1) if inner and taken < len(letters) else -1
        if at < 0:
            return False
        taken += 1
