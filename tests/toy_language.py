"""A toy language: a file like this one, and a row in the registry, are a new language."""

from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.language import Language

# In a module of its own, the words of newsrooms are imported when an article is read.
SENTENCES = ENGLISH.sentences
NEWSROOM = ENGLISH.newsroom._replace(
    months=tuple(
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()
    ),
    by="von",
    joiner=r"\s+und\s+",
)
GERMAN = Language(
    code="gsw",
    name="Swiss German",
    stemmer="german",
    stop_words=frozenset({"der", "die", "und", "in"}),
    request_words=frozenset({"finde"}),
    newsroom_module=__name__,
    spelling=lambda word: word.replace("oe", "o"),
    sounds=(("v", "f"),),
)
