"""How the archive uses a word: how it is written, and between which other words.

Only the first passages of the first articles by id are read, so the answer does not depend on how
articles are divided into segments.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import nsmallest

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.folding import fold
from nutgraf_index.core.buffers import Numbers, uints
from nutgraf_index.fields import Level

__all__ = [
    "Lists",
    "Usage",
    "documents_with",
    "first_passages",
    "first_titles",
    "passages_with",
    "phrase_passages",
    "usage_in_few",
]

_WORD = r"[^\W\d_]+(?:['’][^\W\d_]+)*"
_AROUND = 8  # words to each side of an occurrence
_CHARACTERS = 80  # to each side that have about as many words
_PER_ARTICLE = 4  # passages looked through for the first passage of one more article
# Before a word within a sentence: a word, or a sign that ends no sentence, and a blank.
_WITHIN = r"[^\W_][,;]?[ \n][\"'“‘(]?\Z|[^\W_]-\Z"
_NAME = 0.8  # the least share of occurrences with a capital
_FEW = 4  # passages that show whether a word may be a name or an acronym at all

Lists = list[tuple[SegmentPostings, Numbers]]  # segments, each with doc ids


def passages_with(word: str, postings: SnapshotPostings) -> Lists:
    """Return the segments that have a folded word in texts, with the doc ids of its passages.

    Passages that are deleted or hidden are left out.
    """
    return documents_with(word, postings, "text")


def documents_with(word: str, postings: SnapshotPostings, field: str) -> Lists:
    """Return the segments that have a folded word in texts or titles, with the documents.

    Documents that are deleted, and passages that are hidden, are left out.
    """
    lists = ((one, one.docs_of_word(field, word)) for one in postings.segments)
    return _visible(lists, field)


def phrase_passages(phrase: str, postings: SnapshotPostings) -> Lists:
    """Return the segments that have a phrase in texts, as `passages_with` does for a word."""
    return _visible((one, one.phrase("text", phrase)) for one in postings.segments)


def _visible(lists: Iterable[tuple[SegmentPostings, Numbers]], field: str = "text") -> Lists:
    """Return the lists with the documents that are not hidden, without empty ones."""
    visible = ((segment, segment.visible_among(doc_ids, field)) for segment, doc_ids in lists)
    return [(segment, doc_ids) for segment, doc_ids in visible if len(doc_ids)]


def first_passages(lists: Lists, most: int) -> Iterator[tuple[str, Analyzer]]:
    """Yield the text of the first passage of each article, for the first `most` articles by id.

    The analyser of the text comes with it.

    An article's first passage with a name or an acronym most often has it in full.
    """
    firsts: dict[tuple[str, int], tuple[SegmentPostings, int]] = {}
    for index, (segment, doc_ids) in enumerate(lists):
        reader = segment.reader
        articles: dict[int, int] = {}
        for doc_id in segment.first_cited(doc_ids, most * _PER_ARTICLE):
            articles.setdefault(reader.doc_at(Level.ARTICLE, doc_id), doc_id)
            if len(articles) == most:
                break
        for article, doc_id in articles.items():
            firsts[reader.id_of(article), index] = segment, doc_id
    for key in sorted(firsts)[:most]:
        segment, doc_id = firsts[key]
        yield segment.reader.text(doc_id), segment.analyzer


def first_titles(lists: Lists, most: int) -> Iterator[tuple[str, Analyzer]]:
    """Yield the titles of the first `most` articles by id, each with its analyser.

    `lists` has articles.
    """
    firsts: list[tuple[str, int, int]] = []
    for index, (segment, articles) in enumerate(lists):
        rank = segment.rank
        best = nsmallest(most, articles, key=rank.__getitem__ if len(rank) else None)
        firsts += [(segment.reader.id_of(article), index, article) for article in best]
    for _, index, article in sorted(firsts)[:most]:
        segment = lists[index][0]
        (title,) = segment.reader.texts_of("title", uints([article]))
        yield title, segment.analyzer


def usage_in_few(word: str, postings: SnapshotPostings) -> "Usage":
    """Return the usage of a folded word in its first four passages, of four articles."""
    return Usage(word, first_passages(passages_with(word, postings), _FEW))


class Usage:
    """The occurrences of a folded word in some passages.

    Attributes:
        forms: How it is written, with the number of times. Passages in capitals do not count.
        within: How often it is written with a first capital within a sentence.
    """

    def __init__(self, word: str, texts: Iterable[tuple[str, Analyzer]]) -> None:
        self.word = word
        self.forms: Counter[str] = Counter()
        self.within = 0
        # For each passage with the word, the texts before and after its occurrences.
        self._contexts: list[list[tuple[str, str]]] = []
        pattern = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", re.IGNORECASE)
        for text, analyzer in texts:
            if text.isupper():
                continue
            spans = [match.span() for match in pattern.finditer(text)]
            if not spans:  # it is written with accents or apostrophes
                tokens = analyzer.tokens(text)
                spans = [(token.start, token.end) for token in tokens if token.word == word]
            if spans:
                self._contexts.append([self._add(text, start, end) for start, end in spans])

    def _add(self, text: str, start: int, end: int) -> tuple[str, str]:
        """Count an occurrence; return the texts before and after it."""
        form = text[start:end]
        self.forms[form] += 1
        before, after = text[max(0, start - _CHARACTERS) : start], text[end : end + _CHARACTERS]
        self.within += _is_title_case(form) and re.search(_WITHIN, before) is not None
        return before, after

    @property
    def passages(self) -> int:
        """The number of passages that were read and have the word."""
        return len(self._contexts)

    @property
    def around(self) -> Counter[str]:
        """Other folded words near it, each with the number of these passages."""
        return self._neighbours[0]

    @property
    def beside(self) -> Counter[str]:
        """Words with a capital right before (`<word`) and after (`>word`), as `around` has them."""
        return self._neighbours[1]

    @cached_property
    def _neighbours(self) -> tuple[Counter[str], Counter[str]]:
        around_all: Counter[str] = Counter()
        beside_all: Counter[str] = Counter()
        for contexts in self._contexts:
            around: set[str] = set()
            beside: set[str] = set()
            for before, after in contexts:
                _add_neighbours(before, after, around, beside)
            around_all.update(around - {self.word})
            beside_all.update(beside)
        return around_all, beside_all

    @property
    def is_name(self) -> bool:
        """Whether the word has a first capital nearly everywhere, also within a sentence.

        Words in capitals, as in datelines, do not count.
        """
        names = sum(count for form, count in self.forms.items() if _is_title_case(form))
        others = sum(count for form, count in self.forms.items() if not form[:1].isupper())
        return self.within > 0 and names >= _NAME * (names + others)

    @property
    def may_be_name(self) -> bool:
        """Whether the word has a first capital as often as not."""
        capitals = sum(count for form, count in self.forms.items() if form[:1].isupper())
        return 2 * capitals >= self.forms.total()

    @property
    def form(self) -> str:
        """How the word is written most often; in capitals only if it is never written otherwise."""
        return min(self.forms, key=lambda form: (form.isupper(), -self.forms[form], form))


def _add_neighbours(before: str, after: str, around: set[str], beside: set[str]) -> None:
    """Add the words near an occurrence, from the texts before and after it."""
    left = [*re.finditer(_WORD, before)][-_AROUND:]
    right = [*re.finditer(_WORD, after)][:_AROUND]
    if len(before) == _CHARACTERS and left and left[0].start() == 0:
        del left[0]  # it is cut
    if len(after) == _CHARACTERS and right and right[-1].end() == _CHARACTERS:
        del right[-1]
    around.update(fold(match[0]) for match in (*left, *right))
    if left and left[-1][0][0].isupper() and before[left[-1].end() :] in (" ", "-", ". "):
        beside.add(f"<{fold(left[-1][0])}")
    if right and right[0][0][0].isupper() and after[: right[0].start()] in (" ", "-"):
        beside.add(f">{fold(right[0][0])}")


def _is_title_case(form: str) -> bool:
    """Return whether a word has a first capital and is not in capitals."""
    return form[:1].isupper() and not form.isupper()
