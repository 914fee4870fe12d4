"""Japanese: the grams of questions that say little."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="ja",
    name="Japanese",
    stop_words=spaced("なぜ 何が 何を 何で 何の 誰が 誰の 誰に です すか"),
)
