"""What newsrooms write around a story: notes, corrections, credits and links to others."""

import re

from nutgraf_index.analysis.languages.language import NewsroomWords
from nutgraf_index.passages.bylines import PARTICLES

__all__ = ["Furniture"]

_EMPHASIS = "*_ \t"
_PEOPLE = r"(?-i:[^\W\d_a-z])"
_LOWER_WORD = re.compile(r"(?<![\w'’\-])[^\W\d_A-Z][^\W\d_]*(?![\w\-])")
_LONGEST = 400


class Furniture:
    """Tells what newsrooms write around a story, in a language."""

    def __init__(self, words: NewsroomWords) -> None:
        def pattern(expression: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
            return re.compile(expression, re.IGNORECASE | flags)

        credit = words.credit.format(work=words.work, people=_PEOPLE)
        self._credit = pattern(rf"[(\[]?\s*(?:{credit})")
        self._contributed = pattern(rf".{{2,300}}?{words.contributed}[.)\]]*$", re.DOTALL)
        self._contributed_hint = words.contributed_hint
        self._work = pattern(words.work)
        self._correction = pattern(words.correction)
        self._note = pattern(words.note, re.DOTALL)
        self._related = pattern(words.related)
        # What begins like none of these, after a bracket or not, is at most a contribution: nearly
        # all passages.
        self._openings = pattern(rf"[\s(\[©]|{words.openings}")
        # A credit is names and these words; another word makes it a sentence that begins like one.
        self._credit_words = PARTICLES | words.credit_words

    def role(self, text: str) -> str | None:
        """Return "correction", "note", "credit" or "related" for a block outside the story.

        None for all other blocks, and for long ones: a paragraph may begin like one of these.
        """
        text = text.strip(_EMPHASIS)
        if len(text) > _LONGEST:
            return None
        if not self._openings.match(text):
            return "credit" if self._ends_in_credit(text) and self._only_names(text) else None
        if self._correction.match(text):
            return "correction"
        if self._note.match(text):
            return "note"
        if (self._credit.match(text) or self._ends_in_credit(text)) and self._only_names(text):
            return "credit"
        return "related" if self._related.match(text) else None

    def _ends_in_credit(self, text: str) -> bool:
        # The pattern tries every place, so part of it is sought first.
        hinted = self._contributed_hint in text.lower()
        return hinted and self._contributed.match(text) is not None

    def _only_names(self, text: str) -> bool:
        """Whether a credit's words are names, jobs and what joins them."""
        return all(
            word in self._credit_words or self._work.fullmatch(word) is not None
            for word in _LOWER_WORD.findall(text)
            if word.islower()
        )
