"""The analyser of a query to an index of several languages.

Each segment has one language. A query is analysed in all languages of the index. Its words are
those of its own language. A term of the query is its terms in each language, joined; a segment
looks up the part of its language.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from nutgraf_index.analysis.analyzer import Analyzer, Token, analyzer_of
from nutgraf_index.analysis.languages.registry import code_of

__all__ = ["QueryAnalyzer", "part_of", "query_analyzer_of", "term_in"]

_BETWEEN = "\x1f"  # no word has it


def query_analyzer_of(language: str, languages: tuple[str, ...]) -> Analyzer:
    """Return the analyser of queries in `language` to an index of `languages`, given by codes."""
    codes = tuple(dict.fromkeys(map(code_of, languages)))
    code = code_of(language)
    return analyzer_of(code) if codes in ((), (code,)) else _query_analyzer_of(code, codes)


@cache
def _query_analyzer_of(code: str, codes: tuple[str, ...]) -> "QueryAnalyzer":
    return QueryAnalyzer(code, codes)


def term_in(term: str, number: int) -> str:
    """Return the part of a query term for the language of a number; any other term as it is.

    The number is the index of the language in `QueryAnalyzer.languages`.

    >>> [term_in(term, 1) for term in query_analyzer_of("en", ("en", "de")).terms("houses")]
    ['hous']
    """
    return term.split(_BETWEEN)[number] if _BETWEEN in term else term


def part_of(analyzer: Analyzer, query_analyzer: Analyzer) -> int:
    """Return the number of the part of query terms for texts of an analyser; see `term_in`."""
    languages = query_analyzer.languages if isinstance(query_analyzer, QueryAnalyzer) else ()
    code = analyzer.language.code
    return languages.index(code) if code in languages else 0


class QueryAnalyzer(Analyzer):
    """Analyses queries in several languages; `language` is the query's own.

    Attributes:
        languages: the codes of the languages, in the order of the parts of a term.
    """

    def __init__(self, language: str, languages: tuple[str, ...]) -> None:
        super().__init__(language)
        self.languages = languages
        self._analyzers = tuple(map(analyzer_of, languages))
        self._has_letters |= any(one._has_letters for one in self._analyzers)

    def __reduce__(self) -> tuple[Any, ...]:
        return query_analyzer_of, (self.language.code, self.languages)

    def tokens_as_read(self, plain: str) -> list[Token]:
        """Return the tokens of a text that was read already, with query terms."""
        tokens = super().tokens_as_read(plain)
        terms = zip(
            *([token.term for token in one.tokens_as_read(plain)] for one in self._analyzers),
            strict=True,
        )
        return [
            token._replace(term=_BETWEEN.join(parts))
            for token, parts in zip(tokens, terms, strict=True)
        ]

    def stems(self, words: list[str]) -> list[str]:
        """Return the query term of each word; see `Analyzer.stems`."""
        terms: Iterable[tuple[str, ...]] = zip(
            *(one.stems(words) for one in self._analyzers), strict=True
        )
        return list(map(_BETWEEN.join, terms))
