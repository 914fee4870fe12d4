"""Thai: the grams of questions that stand in hardly another word."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    ะไร ไหน ใคร ำไม ไหร หร่
    """
LANGUAGE = Language(
    code="th",
    name="Thai",
    stop_words=frozenset(_STOP_WORDS.split()),
)
