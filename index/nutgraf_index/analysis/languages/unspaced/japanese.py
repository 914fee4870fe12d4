"""Japanese: of its questions and verbs, the grams that say little."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    いつ どこ なぜ どう どの どれ どん 何が 何を 何で 何の 誰が 誰の 誰に です すか ます ませ した
    まし して てい いる ある ない この その する れる った とは いう
    """
LANGUAGE = Language(
    code="ja",
    name="Japanese",
    stop_words=frozenset(_STOP_WORDS.split()),
)
