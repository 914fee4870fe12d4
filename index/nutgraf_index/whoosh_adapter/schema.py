"""The Whoosh schema of an index, and Whoosh analysers that produce the index's terms.

A document is a passage, with the fields of its section and its article. The field `words` has the
folded words of `text` without stemming; prefix and wildcard queries search it.
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


def schema(index_analyzer: Analyzer) -> Schema:
    """Return the Whoosh schema of an index whose texts are analysed by `index_analyzer`."""
    fields: dict[str, Any] = {"words": TEXT(analyzer=WordAnalyzer(index_analyzer))}
    for name, level, kind, *_ in PROPERTIES:
        if kind is Kind.STORED:
            fields[name] = STORED
        elif kind is Kind.COMPOUNDS:
            fields[name] = KEYWORD(stored=True)
        elif kind in (Kind.TERMS, Kind.MULTI_VALUED):
            analyzer = (StemAnalyzer if kind is Kind.TERMS else NamesAnalyzer)(index_analyzer)
            fields[name] = TEXT(analyzer=analyzer, stored=True)
        elif level is not Level.FILE:
            fields[name] = ID(stored=True, unique=name == "article")
    return Schema(**fields)


# Cached because Whoosh analyses the same text for `text` (stems) and again for `words`.
@lru_cache(maxsize=8)
def _tokens(analyzer: Analyzer, text: str) -> list[Token]:
    return analyzer.tokens(text)


class _TokenAnalyzer(WhooshAnalyzer):
    """Wraps an `Analyzer` as a Whoosh analyser; subclasses choose what is indexed of a token."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    _form: str  # the attribute of a token that is indexed

    def _positioned(self, value: str) -> Iterator[tuple[int, Token]]:
        """Yield the pair (position, token) for each token."""
        return enumerate(_tokens(self._analyzer, value))

    def _looked_up(self, value: str) -> Iterator[tuple[int, Token]]:
        """Yield the pair (position, token) for each token of a query that is looked up.

        The grams of a text are looked up without the shorter ones at the end of a run.
        """
        tokens = _tokens(self._analyzer, value)
        return ((look.distance, tokens[look.distance]) for look in self._analyzer.row(value))

    def __call__(
        self,
        value: str,
        positions: bool = False,
        chars: bool = False,
        mode: str = "",
        **_: Any,
    ) -> Iterator[WhooshToken]:
        """Yield the same Whoosh token object for every token, with changed attributes."""
        out = WhooshToken(positions, chars)
        out.boost = 1.0
        out.stopped = False
        positioned = self._looked_up if mode == "query" else self._positioned
        for position, token in positioned(value):
            out.text = getattr(token, self._form)
            out.pos = position
            out.startchar, out.endchar = token.start, token.end
            yield out


class StemAnalyzer(_TokenAnalyzer):
    """Indexes terms, which the plain words of a query match."""

    _form = "term"


class WordAnalyzer(_TokenAnalyzer):
    """Indexes folded words, for prefix queries: a stem need not begin as its word does."""

    _form = "word"


class NamesAnalyzer(StemAnalyzer):
    """Indexes one name per line, with a gap between names so that no phrase spans two names."""

    def _positioned(self, value: str) -> Iterator[tuple[int, Token]]:
        position = 0
        for line in value.split("\n"):
            for token in self._analyzer.tokens(line):
                yield position, token
                position += 1
            position += 1
