"""A toy language: a file like this one, and a row in the registry, are a new language."""

from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.language import Language

GERMAN = Language(
    code="gsw",
    name="Swiss German",
    stemmer="german",
    stop_words=frozenset({"der", "die", "und", "in"}),
    request_words=frozenset({"finde"}),
    newsroom=ENGLISH.newsroom._replace(
        months=tuple(
            "Januar Februar März April Mai Juni Juli August September Oktober November "
            "Dezember".split()
        ),
        by="von",
        joiner=r"\s+und\s+",
    ),
    spelling=lambda word: word.replace("oe", "o"),
    sounds=(("v", "f"),),
)
