"""Whoosh's schema of the index, and its analysers: the fields as Whoosh's queries see them.

A document is a passage, and has the fields of its article and its section too. `words` has the
words of `text` as they are written, not stemmed: what prefixes and wildcards are about.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh.analysis.acore import Token as WhooshToken
from whoosh.analysis.analyzers import Analyzer as WhooshAnalyzer
from whoosh.fields import ID, KEYWORD, STORED, TEXT, Schema

from nutgraf_index.analysis.analyzer import Analyzer, Token
from nutgraf_index.fields import PROPERTIES, Kind, Level

__all__ = ["NamesAnalyzer", "StemAnalyzer", "WordAnalyzer", "schema"]


def schema(language: Analyzer) -> Schema:
    """Return the schema of an index in a language."""
    fields: dict[str, Any] = {"words": TEXT(analyzer=WordAnalyzer(language))}
    for name, level, kind, *_ in PROPERTIES:
        if kind is Kind.STORED:
            fields[name] = STORED
        elif kind is Kind.COMPOUNDS:
            fields[name] = KEYWORD(stored=True)
        elif kind in (Kind.TERMS, Kind.MULTI_VALUED):
            analyzer = (StemAnalyzer if kind is Kind.TERMS else NamesAnalyzer)(language)
            fields[name] = TEXT(analyzer=analyzer, stored=True)
        elif level is not Level.FILE:
            fields[name] = ID(stored=True, unique=name == "article")
    return Schema(**fields)


# Whoosh has each of a text's fields analysed in turn: stems, then words.
@lru_cache(maxsize=8)
def _tokens(language: Analyzer, text: str) -> list[Token]:
    return language.tokens(text)


class _TokenAnalyzer(WhooshAnalyzer):
    """An `Analyzer` as Whoosh calls it; subclasses say which form is indexed."""

    def __init__(self, language: Analyzer) -> None:
        self._language = language

    def _form(self, token: Token) -> str:
        raise NotImplementedError

    def _placed(self, value: str) -> Iterator[tuple[int, Token]]:
        return enumerate(_tokens(self._language, value))

    def __call__(
        self, value: str, positions: bool = False, chars: bool = False, **_: Any
    ) -> Iterator[WhooshToken]:
        """Yield Whoosh's one token object, changed for each word."""
        out = WhooshToken(positions, chars)
        out.boost = 1.0
        out.stopped = False
        for position, token in self._placed(value):
            out.text = self._form(token)
            out.pos = position
            out.startchar, out.endchar = token.start, token.end
            yield out


class StemAnalyzer(_TokenAnalyzer):
    """Indexes stems: what plain query words match."""

    def _form(self, token: Token) -> str:
        return token.term


class WordAnalyzer(_TokenAnalyzer):
    """Indexes folded words: what prefixes match, since a stem may not begin as its word does."""

    def _form(self, token: Token) -> str:
        return token.word


class NamesAnalyzer(StemAnalyzer):
    """Indexes a name a line, and no phrase goes from one name into the next."""

    def _placed(self, value: str) -> Iterator[tuple[int, Token]]:
        position = 0
        for line in value.split("\n"):
            for token in self._language.tokens(line):
                yield position, token
                position += 1
            position += 1
