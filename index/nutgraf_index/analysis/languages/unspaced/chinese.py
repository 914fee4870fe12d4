"""Chinese."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="zh",
    name="Chinese",
)
