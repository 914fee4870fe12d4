"""Makes operands of a tree from the tokens of a query: leaves, phrases with `~`, filters."""

import datetime
import re
from collections.abc import Callable
from typing import NoReturn

from nutgraf.query.fields import FILTERS
from nutgraf.query.leaves import (
    exact_of,
    fuzzy_of,
    has_grams,
    has_signs,
    operands_in,
    pattern_of,
    words_of,
)
from nutgraf.query.lexer import Diagnostics, Lexeme, without_suffix
from nutgraf.query.tree import Filter, Leaf, Near
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.errors import QueryError
from nutgraf_index.fields import Takes
from nutgraf_index.model import Role
from nutgraf_index.names import printable

__all__ = ["MOST_IN_ORDER", "Operands", "read_distance"]

MOST_IN_ORDER = 32  # words of a phrase with ~, parts of an ADJ
_MOST_EDITS = 2
_PATTERN = r"[\w'’-]+[*?][\w'’*?-]*|[*?]+[\w'’-]+"  # in quotes; *word* is emphasis there
_MOST_SLOP = 9_999  # words; about the length of the longest passages


def read_distance(digits: str, token: Lexeme, diagnostics: Diagnostics) -> int:
    """Return the distance in words that the digits of a token give, at most 9,999."""
    if len(digits) > len(str(_MOST_SLOP)):
        message = f"A distance is at most {_MOST_SLOP}; {{}} is taken as that."
        diagnostics.report("too-much", message, token)
        return _MOST_SLOP
    return int(digits)


class Operands:
    """Makes operands from the tokens of one query, and reports invalid syntax."""

    def __init__(
        self,
        diagnostics: Diagnostics,
        clock: Callable[[], datetime.date],
        analyzer: Analyzer,
    ) -> None:
        self._diagnostics = diagnostics
        self._clock = clock
        self._analyzer = analyzer
        #: The names of the fields of the filters that were made.
        self.fields: set[str] = set()

    def node(self, token: Lexeme) -> Leaf | Near | Filter | None:
        """Return the operand of a token; None, with a diagnostic, if the token has no words.

        Raises:
            QueryError: the value of a filter has no meaning, as in `date:yesterdayish`
        """
        if token.kind == "field":
            return self._filter(token)
        text, tilde = token.text, token.tilde
        node: Leaf | Near | None
        if token.kind == "exact":
            node = exact_of(text, self._analyzer)
            if tilde is not None or "*" in text:
                message = "After = a word is taken as written; the ~ or * of {} is ignored."
                self._diagnostics.report("no-pattern", message, token)
        elif token.kind == "phrase":
            if "*" in text or "?" in text:
                self._report_quoted_pattern(token)
            node = (
                words_of(text, self._analyzer, quoted=True)
                if tilde is None
                else self._sloppy(token, tilde)
            )
        elif not text.isascii() and has_grams(text, self._analyzer):
            (node,) = self._unspaced(token, [(0, len(text))])
        elif "*" in text or "?" in text:
            node = self._pattern(token)
        elif tilde is not None:
            node = self._fuzzy(token, tilde)
        else:
            node = words_of(text, self._analyzer)
            if text[-1] == ":" and text[:-1].lower() in FILTERS:
                self._report_no_value(text[:-1].lower(), token, "it is searched as a word")
        if node is None:
            self._diagnostics.report("no-words", "There is no word in {!r}; it is ignored.", token)
        return node

    def side_by_side(self, token: Lexeme) -> list[tuple[Leaf, tuple[int, int]]]:
        """Return the operands that a word without spaces is read as, each with its span.

        Return an empty list for any other word; see `node`.
        """
        spans = operands_in(token.text, self._analyzer)
        if len(spans) < 2:
            return []
        leaves = zip(self._unspaced(token, spans), spans, strict=True)
        return [
            (leaf, (token.start + start, token.start + end))
            for leaf, (start, end) in leaves
            if leaf is not None
        ]

    def _unspaced(self, token: Lexeme, spans: list[tuple[int, int]]) -> list[Leaf | None]:
        """Return leaves of spans of a word in a script without spaces.

        More than a gram of it becomes a phrase.
        """
        text = token.text
        if token.tilde is not None or "*" in text or "?" in text.rstrip("?"):
            message = "Scripts without spaces have no patterns or fuzzy words; {} is read as words."
            self._diagnostics.report("no-pattern", message, token)
        return [
            words_of(part, self._analyzer, quoted=len(operands_in(part, self._analyzer)) > 1)
            for part in (text[start:end] for start, end in spans)
        ]

    def _pattern(self, token: Lexeme) -> Leaf | None:
        node = pattern_of(token.text, self._analyzer)
        if node is None:
            words = words_of(token.text, self._analyzer)
            if "*" in token.text and words is not None and not self._diagnostics.is_reported(token):
                message = "The * has no meaning in {}, which is searched as words."
                self._diagnostics.report("no-pattern", message, token)
            return words
        if token.tilde is not None:
            self._diagnostics.report(
                "no-pattern", "A pattern cannot be fuzzy; the ~ of {} is ignored.", token
            )
        elif has_signs(token.text, self._analyzer):
            message = "A pattern has no signs; {} is searched without them."
            self._diagnostics.report("no-pattern", message, token, str(node))
        return node

    def _report_quoted_pattern(self, token: Lexeme) -> None:
        """Report a phrase that has a pattern, as `"one fiv*"`: in quotes it is words."""
        from nutgraf.query.other_syntax.register import register_of

        words = token.text.split()
        patterns = [
            pattern_of(word, self._analyzer) for word in words if re.fullmatch(_PATTERN, word)
        ]
        parts = [
            part
            for word in words
            if (part := pattern_of(word, self._analyzer) or words_of(word, self._analyzer))
        ]
        if any(patterns) and register_of(token.text, self._analyzer.language.stop_words) != "prose":
            suggestion = f" ADJ/{token.tilde or 0} ".join(map(str, parts))
            message = "In quotes * and ? are no patterns; {} is searched as words."
            self._diagnostics.report("no-pattern", message, token, suggestion)

    def _fuzzy(self, token: Lexeme, digits: str) -> Leaf | None:
        if has_signs(token.text, self._analyzer):
            message = "A word with a sign cannot be fuzzy; the ~ of {} is ignored."
            self._diagnostics.report("no-pattern", message, token)
            return words_of(token.text, self._analyzer)
        if "." in digits:  # a similarity up to 1, as in Lucene before 4.0
            share = min(float(digits), 1.0)
            edits = min(max(round((1 - share) * len(token.text)), 1), _MOST_EDITS)
            node = fuzzy_of(token.text, edits, self._analyzer)
            if node is not None:
                self._diagnostics.read_as(token, str(node))
                return node
            return words_of(token.text, self._analyzer)
        edits = 1 if digits in ("", "1", "0") else _MOST_EDITS
        if digits not in ("", "1", "2"):
            message = f"~ allows for 1 or {_MOST_EDITS} edits; {{}} is taken as ~{edits}."
            self._diagnostics.report("too-much", message, token)
        return fuzzy_of(token.text, edits, self._analyzer) or words_of(token.text, self._analyzer)

    def _sloppy(self, token: Lexeme, digits: str) -> Leaf | Near | None:
        parts = [
            part
            for word in token.text.split()
            if (part := words_of(word, self._analyzer)) is not None
        ]
        if digits and 1 < len(parts) <= MOST_IN_ORDER:
            slop = read_distance(digits, token, self._diagnostics)
            return Near(tuple((part,) for part in parts), slop, ordered=True, quoted=True)
        words = words_of(token.text, self._analyzer, quoted=len(parts) > 1)
        if words is None:
            return None
        if len(parts) == 1:
            message = "There is only one word in {}; to find similar words, leave out the quotes."
            self._diagnostics.report("no-distance", message, token, f"{words.text}~{digits[:1]}")
        elif not digits:
            message = "The ~ after a phrase needs a number, as in {}3; it is ignored."
            self._diagnostics.report("no-distance", message, token, f'"{token.text}"~3')
        else:
            message = f"A phrase with ~ has at most {MOST_IN_ORDER} words; the ~ is ignored."
            self._diagnostics.report("too-much", message, token)
        return words

    def _filter(self, token: Lexeme) -> Leaf | Filter | None:
        """Return the filter of a `name:value` token, or its words if no field has that name."""
        name = token.name.lower()
        if name not in FILTERS:
            return self._other_field(token, name)
        value = " ".join(token.text.split())
        takes = FILTERS[name].takes
        if takes in (Takes.NAME, Takes.PATH):
            value = printable(token.text) if value else ""
        elif takes is Takes.DATE:
            from nutgraf.query.date_ranges import DATE_FORMS, absolute, date_range

            compared = value[:1] in ("<", ">", "=", "[", "{")
            value = absolute(value, self._clock)
            if date_range(value) is None:
                self._fail(f"names no date or range of dates; write {DATE_FORMS}", token)
            if compared:
                self._diagnostics.read_as(token, f"date:{value}")
        elif takes is Takes.LANGUAGE:
            from nutgraf.query.language_tags import tag_of

            tag = tag_of(value)
            if value.lower() not in (tag.lower(), tag.lower().replace("-", "_"), ""):
                self._diagnostics.read_as(token, f"{name}:{tag}")
            value = tag
        elif takes is Takes.ROLE:
            value = value.lower()
            roles = [role.value for role in Role]
            if value not in roles:
                self._fail(f"names no role; the roles are {', '.join(roles)}", token)
        else:
            value = self._words(token, value)
        if not value:
            self._report_no_value(name, token, "it is ignored")
            return None
        self.fields.add(name)
        return Filter(name, value)

    def _words(self, token: Lexeme, value: str) -> str:
        """Return the words of a filter's value, and report signs that have no meaning there."""
        if self._diagnostics.typed(token)[-1] not in '"“”':
            plain = without_suffix(value)
            if plain != value or pattern_of(value, self._analyzer):
                message = "A filter takes only words; the *, ?, ~ or ^ of {} is ignored."
                self._diagnostics.report("no-pattern", message, token)
            value = plain
        elif any(pattern_of(word, self._analyzer) for word in value.split()):
            message = "In quotes * and ? are no patterns; {} is searched as words."
            self._diagnostics.report("no-pattern", message, token)
        if value[:1] in ("[", "{", "<", ">"):
            message = "A filter of words has no ranges; {} is taken as words."
            self._diagnostics.report("no-operator", message, token)
        words = words_of(value, self._analyzer)
        return "" if words is None else words.text

    def _other_field(self, token: Lexeme, name: str) -> Leaf | Filter | None:
        """Return the filter of a field of another product, or the words of an unknown field."""
        if token.text.startswith("//") or not any(map(str.isalnum, token.text)):
            # A web address is not a mistyped field, nor is a word before ":–".
            return words_of(f"{token.name}:{token.text}", self._analyzer)
        from nutgraf.query.other_syntax.fields import COMPARED, read_filter, unknown_field

        read = read_filter(name, token.text, self._clock)
        if read is not None and self._diagnostics.register == "keywords":
            node = self._filter(token._replace(name=read.field, text=read.value))
            if node is not None:
                self._diagnostics.read_as(token, str(node))
            return node
        if name[-1] in COMPARED:  # year=2019
            return words_of(token.name + token.text, self._analyzer)
        message, suggestion = unknown_field(token.name, token.text)
        suggestion = suggestion if read is None else str(read)
        self._diagnostics.report("unknown-field", message, token, suggestion)
        return words_of(f"{token.name}:{token.text}", self._analyzer)

    def _report_no_value(self, name: str, token: Lexeme, outcome: str) -> None:
        message = f"{name}: needs a value, as in {FILTERS[name].example}; {outcome}."
        self._diagnostics.report("empty-filter", message, token)

    def _fail(self, reason: str, token: Lexeme) -> NoReturn:
        raise QueryError(f"{self._diagnostics.typed(token)} {reason}", token.start, token.end)
