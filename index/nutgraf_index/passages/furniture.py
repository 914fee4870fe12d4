"""Furniture, the blocks around a story: notes, corrections, credits, links to other articles."""

import re
from collections.abc import Sequence

from nutgraf_index.analysis.languages.language import NewsroomWords
from nutgraf_index.model import Role
from nutgraf_index.passages.bylines import PARTICLES

__all__ = ["Furniture"]

_EMPHASIS = "*_ \t"
_QUOTES = "\"'“‘«"  # furniture never begins with a quotation mark; many paragraphs do
_PEOPLE = r"(?-i:[^\W\d_a-z])"
_LOWER_WORD = re.compile(r"(?<![\w'’\-])[^\W\d_A-Z][^\W\d_]*(?![\w\-])")
_LONGEST = 400  # characters


class Furniture:
    """Recognises the furniture of a language."""

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
        # How furniture begins, with or without a bracket. Nearly all passages begin otherwise; such
        # a passage can only be a contribution: "Jane Roe contributed to this report".
        self._openings = pattern(rf"[{_EMPHASIS}]*(?:[\s(\[©]|{words.openings})")
        # A credit has names and these words only; with any other word it is a sentence.
        self._credit_words = PARTICLES | words.credit_words

    def roles(self, texts: Sequence[str]) -> dict[int, Role]:
        """Return the roles of the blocks that are furniture, by the index of their text.

        A long block is never furniture: a paragraph may begin like a note or a credit.
        """
        opens, hint = self._openings.match, self._contributed_hint
        likely = [
            index
            for index, text in enumerate(texts)
            if text[0] not in _QUOTES and opens(text) is not None
        ]
        short = [
            text
            for text in texts
            if len(text) <= _LONGEST or text[0] in _EMPHASIS or text[-1] in _EMPHASIS
        ]
        if hint in "\n".join(short).lower():
            likely += [index for index, text in enumerate(texts) if hint in text.lower()]
        return {index: role for index in likely if (role := self._role(texts[index]))}

    def _role(self, text: str) -> Role | None:
        text = text.strip(_EMPHASIS)
        if len(text) > _LONGEST:
            return None
        if not self._openings.match(text):
            return Role.CREDIT if self._ends_in_credit(text) and self._only_names(text) else None
        if self._correction.match(text):
            return Role.CORRECTION
        if self._note.match(text):
            return Role.NOTE
        if (self._credit.match(text) or self._ends_in_credit(text)) and self._only_names(text):
            return Role.CREDIT
        return Role.RELATED if self._related.match(text) else None

    def _ends_in_credit(self, text: str) -> bool:
        # The pattern is slow, since it is tried at every offset; so part of it is searched first.
        hinted = self._contributed_hint in text.lower()
        return hinted and self._contributed.match(text) is not None

    def _only_names(self, text: str) -> bool:
        """Return whether a text has only capitalised words and the words of a credit."""
        return all(
            word in self._credit_words or self._work.fullmatch(word) is not None
            for word in _LOWER_WORD.findall(text)
            if word.islower()
        )
