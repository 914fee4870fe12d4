"""Vietnamese."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="vi",
    name="Vietnamese",
    keeps_accents=True,
)
