"""A language that is not known: words as they are written, without stemmer and stop words."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

LANGUAGE = Language(code="und", name="undetermined")
