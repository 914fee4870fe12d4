"""Names that are written in several ways: J.P. Morgan, JPMorgan, O'Brien, Mc Donald."""

import re
from collections.abc import Iterator, Sequence

from nutgraf.matching.postings import SegmentPostings, SnapshotPostings
from nutgraf.query.tree import Node, Words
from nutgraf_index.analysis.analyzer import PLAIN
from nutgraf_index.fields import Level

__all__ = ["MOST_INITIALS", "Names"]

MOST_INITIALS = 3
_SHORTEST = 3  # letters of the word after the initials
_MOST_READ = 8  # passages of a segment that may show how a name is written
_CAMEL = r"([A-Z]?[a-z]+)([A-Z][a-z]{2,})"  # a name with a capital within: McDonald, deBlasio
_VOWELS = frozenset("aeiouy")


class Names:
    """Finds how the archive writes names that begin with initials or with a short word.

    A name is one to three initials and a word of three letters or more: J.P. Morgan, JP Morgan,
    J. P. Morgan, JPMorgan, O'Brien, O Brien; or two words that are also one, with a capital within:
    Mc Donald, McDonald. A way of writing is a form if the archive has it in such capitals. So "car
    pet" is no way to write "carpet".
    """

    def __init__(self, postings: SnapshotPostings) -> None:
        self._postings = postings
        self._segments = postings.segments
        self._analyzer = postings.analyzer

    def beginning(self, nodes: Sequence[Node]) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield the names that begin with the first of some nodes, each with its other forms."""
        nodes = nodes[: MOST_INITIALS + 1]
        typed, initials = "", ""
        for node in nodes:
            if not isinstance(node, Words) or (node.quoted and typed):
                return
            words = self._words_of(node.text)
            # A stop word in small letters is no part of a name: "of morgan".
            if not words or (self._analyzer.is_stop_word(words[-1]) and node.text.islower()):
                return
            *before, last = words
            if not (typed or before) and len(last) > _SHORTEST:
                yield node.text, self.of_one_word(node.text, last)
            typed = f"{typed} {node.text}".lstrip()
            initials += "".join(before)
            is_name = initials and len(initials) <= MOST_INITIALS and len(last) >= _SHORTEST
            # Initials in small letters need a name that the archive also has in one word.
            if is_name and (typed[: -len(last)].isupper() or self._has(f"{initials}{last}")):
                forms = [f"{initials}{last}", *(f"{one} {last}" for one in _forms(initials))]
                typed_terms = self._analyzer.terms(typed)
                others = [form for form in forms if self._analyzer.terms(form) != typed_terms]
                yield typed, [form for form in others if self._writes(form, initials, last)]
            initials += last
            if node.quoted or len(initials) > MOST_INITIALS:
                return

    def of_one_word(self, typed: str, word: str) -> tuple[str, ...]:
        """Return the other forms of a name in one word, as typed and folded; cached.

        Most words are dismissed before: see `_apart_in`.
        """
        if (word[0] in _VOWELS or word[1] in _VOWELS) and self._is_known(typed):
            return ()
        return self._postings.learnt(self._apart_in, typed, word)

    def _apart_in(self, typed: str, word: str) -> tuple[str, ...]:
        """Return the forms in several words of a name in one word.

        In letters of one case, a word of the archive is a name if the archive writes it so, and if
        its initials are consonants: for speed, since most words of two others have a vowel there.
        """
        typed = re.sub("['’]", "", typed)
        if camel := re.fullmatch(_CAMEL, typed):
            initials, last = camel[1].lower(), camel[2].lower()
            form = f"{initials} {last}"
            return (form,) if self._writes(form, initials, last) else ()
        most = min(MOST_INITIALS, len(word) - _SHORTEST)
        in_one_case, is_known = typed.islower() or typed.isupper(), self._is_known(typed)
        found: tuple[str, ...] = ()
        for length in range(2 if is_known else 1, most + 1):
            initials, last = word[:length], word[length:]
            if is_known and not _VOWELS.isdisjoint(initials):
                break
            is_written_so = in_one_case or (
                typed[: length + 1].isupper() and typed[length + 1 :].islower()
            )
            if not (is_written_so and self._has(last)):
                continue
            beginnings = self._postings.learnt(self._beginnings, initials)
            forms = [f"{beginning} {last}" for beginning in beginnings]
            others = [form for form in forms if self._writes(form, initials, last)]
            if others and not (is_known and not self._writes(word, initials, last)):
                found = tuple(others)
        return found

    def _is_known(self, typed: str) -> bool:
        """Whether a word in letters of one case is a word of the archive."""
        if not (typed.islower() or typed.isupper()):
            return False
        term = self._analyzer.asked(typed).terms[0]
        return any(segment.term(term).numbers.text >= 0 for segment in self._segments)

    def _beginnings(self, initials: str) -> tuple[str, ...]:
        """Return the forms of initials that stand in a text, as a word and apart."""
        return tuple(filter(self._stands, _forms(initials)))

    def _words_of(self, text: str) -> list[str]:
        """Return the folded words of a leaf; an empty list if any is not of ASCII letters."""
        if text.isascii() and text.isalpha():
            return [text.lower()]
        words = [look.word for look in self._analyzer.row(text)]
        return words if all(word.isascii() and word.isalpha() for word in words) else []

    def _has(self, word: str) -> bool:
        """Whether a text has the term of a word."""
        (term,) = self._analyzer.stems([word[:PLAIN]])
        return any(segment.number("text", term) >= 0 for segment in self._segments)

    def _stands(self, form: str) -> bool:
        """Whether a text, also a deleted one, has the words of a form in a row."""
        terms = self._terms_of(form)
        return any(len(segment.in_a_row("text", terms)) for segment in self._segments)

    def _terms_of(self, form: str) -> list[str]:
        return self._analyzer.stems([word[:PLAIN] for word in form.split()])

    def _writes(self, form: str, initials: str, last: str) -> bool:
        """Whether a text has a form of a name in capitals."""
        terms = self._terms_of(form)
        passages = [
            (segment, doc_id)
            for segment in self._segments
            for doc_id in _first_passages(segment, terms)
        ]
        if not passages:
            return False
        letters, end = initials.upper(), rf"{last[0].upper()}(?i:{last[1:]})(?!\w)"
        if " " not in form:  # in small letters, else IRAN would be a name of "I ran"
            letters = rf"(?:{letters}['’]?|{_titled(initials)})"
            end = rf"{last.capitalize()}(?!\w)"
        elif form == f"{initials} {last}" and len(initials) > 1:
            letters = rf"(?:{_apart(letters)}|{_titled(initials)}\s)"
        else:
            letters = _apart(letters)
        written = re.compile(rf"(?<!\w){letters}{end}")
        return any(written.search(segment.reader.text(doc_id)) for segment, doc_id in passages)


def _apart(letters: str) -> str:
    """Return a pattern of initials with a dot or a blank after each, and one after the last."""
    return "".join(rf"{letter}\.?\s?" for letter in letters) + r"(?<=[\s.])"


def _titled(initials: str) -> str:
    """Return a pattern of a short word whose first letter alone may be a capital: Mc, de, De."""
    return rf"[{initials[0].upper()}{initials[0]}]{initials[1:]}"


def _forms(initials: str) -> tuple[str, ...]:
    """Return the forms of initials: JP, J. P."""
    return (initials, " ".join(initials)) if len(initials) > 1 else (initials,)


def _first_passages(segment: SegmentPostings, terms: Sequence[str]) -> list[int]:
    """Return the first passages of a segment that have terms in a row."""
    doc_ids = segment.reader.live_among(Level.PASSAGE, segment.in_a_row("text", terms))
    return list(doc_ids[:_MOST_READ])
