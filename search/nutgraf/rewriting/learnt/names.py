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

from nutgraf.matching.postings import SnapshotPostings
from nutgraf.rewriting.learnt.usage import Lists, Usage, first_passages, passages_with
from nutgraf_index.fields import Level

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
    usage = Usage(word, first_passages(lists, _SAMPLE), postings)
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


class _Comparison:
    """Compares the usage of a word with that of the words that sound alike."""

    def __init__(self, usage: Usage, lists: Lists, postings: SnapshotPostings) -> None:
        self._usage = usage
        self._lists = lists
        self._postings = postings
        self._passages = max(2, postings.snapshot.count(Level.PASSAGE))
        self._idfs: dict[str, float] = {}

    def spellings(self, others: set[str]) -> tuple[str, ...]:
        """Return the words that are used like the name, as written, most frequent first.

        `others` are words that sound like the name.
        """
        found: list[tuple[int, str]] = []
        compared = {self._usage.word}
        while others:
            counted = []
            for other in others - compared:
                lists = passages_with(other, self._postings)
                counted.append((-_count(lists), other, lists))
            # A spelling of a spelling may be too far from the word itself: Muhammad, Mohammad,
            # Mohamed.
            others = set()
            for count, other, lists in sorted(counted, key=lambda entry: entry[:2]):
                if count and len(compared) <= _MOST_COMPARED:
                    compared.add(other)
                    form = self._form(other, lists)
                    if form is not None:
                        found.append((count, form))
                        others |= _sounding_alike(other, self._postings)
            others -= compared
            if len(compared) > _MOST_COMPARED:
                break
        return tuple(form for _, form in sorted(found))

    def _form(self, other: str, lists: Lists) -> str | None:
        """Return a word as written if it is used like the name; None if it is not."""
        if self._share_together(lists) > _TOGETHER:
            return None
        usage = Usage(other, first_passages(lists, _SAMPLE_OF_OTHERS), self._postings)
        if not usage.is_name:
            return None
        agreement = self._agreement(usage)
        if agreement == 0:
            return None
        least = _ALIKE
        if agreement is not None and agreement >= _AGREES:
            least = _ALIKE_BESIDE
        elif len(name_key(other).strip("a0")) <= _FEW_CONSONANTS:
            least = _ALIKE_SHORT
        return usage.form if self._similarity(usage) >= least else None

    def _share_together(self, lists: Lists) -> float:
        """Return the share of the articles with the rarer word that have both words."""
        rarer, other = sorted((lists, self._lists), key=_count)
        others = dict(other)
        articles = both = 0
        for segment, doc_ids in rarer:
            firsts = segment.reader.first_passages(Level.ARTICLE)
            index = 0
            while index < len(doc_ids):
                article = segment.reader.doc_at(Level.ARTICLE, doc_ids[index])
                articles += 1
                if segment in others:
                    at = bisect_left(others[segment], firsts[article])
                    both += at < bisect_left(others[segment], firsts[article + 1])
                index = bisect_left(doc_ids, firsts[article + 1])
        return both / articles

    def _agreement(self, usage: Usage) -> float | None:
        """Return the overlap of the names right beside both words, from 0 to 1.

        Titles and other words that stand in many passages do not count. None if one of the words
        has no name beside it.
        """
        own, other = (self._names_beside(one.beside) for one in (self._usage, usage))
        if not own or not other or len(own) + len(other) < 3:
            return None
        totals = sum(own.values()), sum(other.values())
        return sum(min(own[name] / totals[0], other[name] / totals[1]) for name in own)

    def _names_beside(self, beside: Mapping[str, int]) -> Counter[str]:
        least = math.log(self._passages) / _TITLES
        names: Counter[str] = Counter()
        for word, count in beside.items():
            if self._idf(word[1:]) >= least:
                names[word[0] + name_key(word[1:])] += count
        return names

    def _similarity(self, usage: Usage) -> float:
        """Return the cosine of the words around both words, weighted by their idfs."""
        own, other = (self._weighted(one) for one in (self._usage, usage))
        product = sum(weight * other[word] for word, weight in own.items() if word in other)
        norms = [math.sqrt(sum(weight**2 for weight in one.values())) for one in (own, other)]
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
                number = field.words.find(word.encode("utf-8", "surrogatepass"))
                doc_freq += field.doc_freq(field.stems[number]) if number >= 0 else 0
            is_stop_word = self._postings.analyzer.is_stop_word(word)
            self._idfs[word] = 0.0 if is_stop_word else math.log(self._passages / max(doc_freq, 1))
        return self._idfs[word]


def _count(lists: Lists) -> int:
    return sum(len(doc_ids) for _, doc_ids in lists)
