"""Other spellings of a name: words of the archive that sound and are used like it.

Names of other alphabets are spelled in many ways (Gaddafi, Qaddafi, Gadhafi). Words that sound
alike are mostly different names (Khan, Kahn), so a spelling needs evidence: the words around it are
those around the name, and both seldom stand in one article.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.rewriting.learnt.usage import Lists, Usage, first_passages, passages_with
from nutgraf_index.fields import Level
from nutgraf_index.segment.term_dictionary import encoded

__all__ = ["name_key", "other_spellings"]

_SHORTEST = 4  # letters of a name
_EDITS = 2  # between a spelling and the name, or a spelling of it that was found before
_MOST_COMPARED = 8  # words that sound alike, the most frequent
_SAMPLE, _SAMPLE_OF_OTHERS = 32, 24  # passages read
# Measured on newswire, encyclopedia articles and novels; see docs/ranking-evidence.md.
_ALIKE = 0.14  # the least similarity of the words around two spellings
_ALIKE_BESIDE = 0.08  # the same, if the names right beside them agree
_ALIKE_SHORT = 0.25  # the same, for names with fewer than three consonants: Mann, Menn
_FEW_CONSONANTS = 2
_FEW_BESIDE = 3  # names beside both words together that can disagree
_AGREES = 0.25  # the least overlap of names beside two spellings that agree
_TOGETHER = 0.25  # the greatest share of the rarer spelling's articles that have the other too
_COMMON = 6  # words in more than N ** (1 - 1 / 6) of N passages do not count
_TITLES = 3  # words before or after a name in more than N ** (1 - 1 / 3) passages are no names

# Spellings in Latin letters of names in other alphabets, after the romanisations that newspapers
# use of Arabic, Persian, Russian, Ukrainian, Greek and Hebrew. Only the first and the last vowel
# count, the last as a vowel: Kuwait is not Kuwaiti.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:ye|je|ie)(?=[lkv])", "e"),  # Yeltsin, Eltsin
        (r"tsch|tch|cz|ch", "1"),
        (r"kh|gh(?=[aeiouy])|q|^g(?=[aouhr])", "k"),
        (r"dzh|dj|zh|g(?=[eiy])", "j"),
        (r"sch|sh", "2"),
        (r"ph", "f"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"tz|ts", "3"),
        (r"w", "v"),
        (r"(?:ff|v|f)$", "v"),
        (r"(?<=.)h", ""),
        (r"([^aeiouy])\1+", r"\1"),
        (r"(?<=[^aeiouy])e$", ""),
        (r"(?<=.)[aeiouy]+$", "0"),
        (r"^[aeiouy]+", "a"),
        (r"(?<=.)[aeiouy]", ""),
    )
)


def name_key(word: str) -> str:
    """Return a key that is the same for folded words which may spell one name.

    >>> name_key("gaddafi") == name_key("qadhafi") == name_key("khadafy")
    True
    >>> name_key("iraq") == name_key("iraqi"), name_key("iraq") == name_key("iran")
    (False, False)
    """
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def other_spellings(word: str, postings: SnapshotPostings) -> tuple[str, ...]:
    """Return other spellings of a folded word as the archive writes them, most frequent first.

    The result is empty unless the word is a name.
    """
    if len(word) < _SHORTEST or not word.isalpha() or postings.analyzer.is_stop_word(word):
        return ()
    others = _sounding_alike(word, postings)
    lists = passages_with(word, postings) if others else []
    usage = Usage(word, first_passages(lists, _SAMPLE))
    return _Comparison(usage, lists, postings).spellings(others) if usage.is_name else ()


def _sounding_alike(word: str, postings: SnapshotPostings) -> set[str]:
    """Return the words of texts that sound like a word and have another term."""
    key, terms = name_key(word), postings.analyzer.terms(word)
    near: set[str] = set()
    for segment in postings.segments:
        words = segment.reader.field("text").words
        for number in segment.positions.dictionary("text").within(word, _EDITS):
            near.add(segment.reader.decode(words[number]))
    return {
        other
        for other in near - {word}
        if len(other) >= _SHORTEST
        and other.isalpha()
        and name_key(other) == key
        and not postings.analyzer.is_stop_word(other)
        and postings.analyzer.terms(other) != terms
    }


class _Spelling(NamedTuple):
    """A word with its passages and its usage."""

    word: str
    lists: Lists
    usage: Usage


class _Comparison:
    """Compares the usage of a name with that of words that sound alike."""

    def __init__(self, usage: Usage, lists: Lists, postings: SnapshotPostings) -> None:
        self._known = [_Spelling(usage.word, lists, usage)]
        self._postings = postings
        self._passages = max(2, postings.snapshot.count(Level.PASSAGE))
        self._idfs: dict[str, float] = {}

    def spellings(self, others: set[str]) -> tuple[str, ...]:
        """Return the words that are used like the name, as written, most frequent first.

        `others` are words that sound like the name. A word may also be used like a spelling that
        was found before, and sound like it: Muhammad, Mohammad, Mohamed.
        """
        compared: set[str] = {self._known[0].word}
        candidates: list[_Spelling] = []
        while True:
            candidates += self._names(others - compared, _MOST_COMPARED + 1 - len(compared))
            compared |= others
            found = [one for one in candidates if self._is_known(one)]
            if not found:
                break
            self._known += found
            candidates = [one for one in candidates if one not in found]
            others = set().union(*(_sounding_alike(one.word, self._postings) for one in found))
        counted = sorted((-_count(one.lists), one.usage.form) for one in self._known[1:])
        return tuple(form for _, form in counted)

    def _names(self, words: set[str], most: int) -> list[_Spelling]:
        """Return the most frequent of some words, if they are names."""
        lists = ((word, passages_with(word, self._postings)) for word in words)
        counted = sorted((-_count(found), word, found) for word, found in lists if found)
        names = []
        for _, word, found in counted[: max(most, 0)]:
            usage = Usage(word, first_passages(found, _SAMPLE_OF_OTHERS))
            if usage.is_name:
                names.append(_Spelling(word, found, usage))
        return names

    def _is_known(self, other: _Spelling) -> bool:
        """Return whether a word is used like the name, or like a spelling of it."""
        if not any(self._are_alike(known.usage, other.usage) for known in self._known):
            return False
        shares = (_share_together(known.lists, other.lists) for known in self._known)
        return max(shares) <= _TOGETHER

    def _are_alike(self, usage: Usage, other: Usage) -> bool:
        agreement = self._agreement(usage, other)
        if agreement == 0:
            return False
        least = _ALIKE
        if agreement is not None and agreement >= _AGREES:
            least = _ALIKE_BESIDE
        elif len(name_key(other.word).strip("a0")) <= _FEW_CONSONANTS:
            least = _ALIKE_SHORT
        return self._similarity(usage, other) >= least

    def _agreement(self, usage: Usage, other: Usage) -> float | None:
        """Return the overlap of the names right beside two words, from 0 to 1.

        Titles and other words that stand in many passages do not count. None if one of the words
        has no name beside it, or if each has only one.
        """
        names, others = (self._names_beside(one.beside) for one in (usage, other))
        if not names or not others or names.total() + others.total() < _FEW_BESIDE:
            return None
        totals = names.total(), others.total()
        return sum(min(names[name] / totals[0], others[name] / totals[1]) for name in names)

    def _names_beside(self, beside: Mapping[str, int]) -> Counter[str]:
        least = math.log(self._passages) / _TITLES
        names: Counter[str] = Counter()
        for word, count in beside.items():
            if self._idf(word[1:]) >= least:
                names[word[0] + name_key(word[1:])] += count
        return names

    def _similarity(self, usage: Usage, other: Usage) -> float:
        """Return the cosine of the words around two words, weighted by their idfs."""
        weights, others = (self._weighted(one) for one in (usage, other))
        product = sum(weight * others[word] for word, weight in weights.items() if word in others)
        norms = [math.sqrt(sum(weight**2 for weight in one.values())) for one in (weights, others)]
        return product / (norms[0] * norms[1]) if all(norms) else 0.0

    def _weighted(self, usage: Usage) -> dict[str, float]:
        common = math.log(self._passages) / _COMMON
        return {
            word: count / usage.passages * (idf - common) ** 1.5
            for word, count in usage.around.items()
            if (idf := self._idf(word)) > common
        }

    def _idf(self, word: str) -> float:
        """Return the idf of a folded word, by the doc_freq of its stem; 0 for a stop word."""
        if word not in self._idfs:
            doc_freq = 0
            for segment in self._postings.segments:
                field = segment.reader.field("text")
                for number in field.words.all_of(encoded(word)):
                    doc_freq += segment.reader.live_doc_freq(field.stems[number])
            is_stop_word = self._postings.analyzer.is_stop_word(word)
            self._idfs[word] = 0.0 if is_stop_word else math.log(self._passages / max(doc_freq, 1))
        return self._idfs[word]


def _share_together(lists: Lists, others: Lists) -> float:
    """Return the share of the articles with the rarer of two words that have both."""
    rarer, other = sorted((lists, others), key=_count)
    doc_ids_of = dict(other)
    articles = both = 0
    for segment, doc_ids in rarer:
        firsts = segment.reader.first_passages(Level.ARTICLE)
        index = 0
        while index < len(doc_ids):
            article = segment.reader.doc_at(Level.ARTICLE, doc_ids[index])
            articles += 1
            if segment in doc_ids_of:
                at = bisect_left(doc_ids_of[segment], firsts[article])
                both += at < bisect_left(doc_ids_of[segment], firsts[article + 1])
            index = bisect_left(doc_ids, firsts[article + 1])
    return both / articles


def _count(lists: Lists) -> int:
    return sum(len(doc_ids) for _, doc_ids in lists)
