"""Thai: the grams of the words of questions."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_QUESTIONS = """
    อะไร ที่ไหน เมื่อไหร่ เมื่อไร เมื่อใด ใคร กี่ อย่างไร ยังไง ทำไม เท่าไหร่ เท่าไร เท่าใด
    """
_GRAM = 3  # characters
_STOP_WORDS = frozenset(
    word[start : start + _GRAM]
    for word in _QUESTIONS.split()
    for start in range(len(word) - _GRAM + 1)
)


LANGUAGE = Language(
    code="th",
    name="Thai",
    stop_words=_STOP_WORDS,
)
