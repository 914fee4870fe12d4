"""Thai: the grams of questions that stand in hardly another word."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="th",
    name="Thai",
    stop_words=spaced("ะไร ไหน ใคร ำไม ไหร หร่"),
)
