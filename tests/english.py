"""The analyser of English, for tests of what it is handed to."""

from nutgraf_index.analysis.analyzer import analyzer_of

__all__ = ["ENGLISH", "analyse"]

ENGLISH = analyzer_of("en")
analyse = ENGLISH.tokens
