"""Operators of other products that are read as operators here, with a diagnostic each."""

import re
from typing import NamedTuple, TypeGuard

from nutgraf.query.lexer import BEGINS, ENDS, EXCLUDES, Diagnostics, Lexeme, is_operator
from nutgraf.query.other_syntax.register import function_words

__all__ = ["as_sentence", "translated"]


class _Infix(NamedTuple):
    """An operator between two operands: the whole of a word, and the operator here."""

    pattern: str
    operator: str
    only_keywords: bool = False  # in prose it may be words, as in "a man w/3 kids"


# Of two rows that match, the first counts. Words that match are printed in quotes; see `tree.py`.
_INFIX = (
    _Infix(r"(?i:near|within|around)/(\d+)|(?i:near|within):(\d+)", "NEAR/{}"),
    _Infix(r"(?i:near)(\d{1,2})", "NEAR/{}"),
    _Infix(r"(?i:adj|pre|onear|next|before)/(\d+)|(?i:adj|pre|onear):(\d+)", "ADJ/{}"),
    _Infix(r"(?i:adj|pre|onear)(\d{1,2})", "ADJ/{}"),
    _Infix(r"(?i:[wn]?)/(\d+)", "NEAR/{}", only_keywords=True),
    _Infix(r"(?i:p)/(\d+)", "ADJ/{}", only_keywords=True),
    _Infix(r"<->", "ADJ/0"),
    _Infix(r"&&", "AND"),
    _Infix(r"\|\|", "OR"),
    _Infix(r"ANDNOT", "NOT"),
)
_ANY_INFIX = rf"(?!(?:NEAR|ADJ)/)(?:{'|'.join(row.pattern for row in _INFIX)})"
_CALLS = ("NEAR", "ONEAR", "AROUND")  # NEAR(a b, 5), a NEAR(5) b, a AROUND(5) b
_DISTANCE = r"[/@](\d+)|~\d*\.\d+"  # after a phrase
_USUAL_DISTANCE = "10"  # of NEAR(a b) in SQLite's FTS5
_OPERATORS = frozenset(("AND", "OR", "NOT", "not"))
_WORDS = frozenset(("AND", "OR", "NOT"))  # operators that a sentence in capitals may have
_OPERATOR_WORDS = frozenset(("ANDNOT", "BUT"))  # of letters alone


def translated(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return tokens with the operators of other products replaced by operators here.

    Parentheses are balanced.
    """
    if any(token.text.upper() in _CALLS and token.kind == "word" for token in tokens):
        tokens = _calls(tokens, diagnostics)
    result: list[Lexeme] = []
    for i, token in enumerate(tokens):
        before = result[-1] if result else None
        after = tokens[i + 1] if i + 1 < len(tokens) else None
        typed = diagnostics.typed(token)
        if typed.isalpha() and typed not in _OPERATOR_WORDS:
            result.append(token)
            continue
        if _is_quoted(before, token) and (distance := re.fullmatch(_DISTANCE, typed)):
            _report_distance(token, before, distance[1] or "1", diagnostics)
            continue
        if token.kind in ("word", "field") and re.fullmatch(_ANY_INFIX, typed):
            token = _infix(token, before, after, diagnostics)
        elif token.kind == "sign" and typed in EXCLUDES and after is not None:
            whole = token if after.kind == "open" else token._replace(end=after.end)
            diagnostics.read_as(whole, f"-{diagnostics.typed(whole)[1:]}")
        elif typed == "BUT" and after is not None and _is_not(after):
            if before is not None:
                diagnostics.read_as(token._replace(end=after.end), "NOT")
            continue
        result.append(token)
    return result


def as_sentence(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens of a text in capitals, with AND, OR and NOT as words if it is a sentence.

    A sentence has two stop words beside no operator. Beside one they may be names, as in US OR WHO.
    Its stop words get small letters too: in capitals beside other words they would be names.
    """
    operators = [False, *map(is_operator, tokens), False]
    alone = [token.text for i, token in enumerate(tokens) if not any(operators[i : i + 3])]
    joining = [token for token in tokens if token.text in _WORDS and is_operator(token)]
    analyzer = diagnostics.analyzer
    if not joining or len(function_words(alone, analyzer.language.stop_words)) < 2:
        return tokens
    message = (
        "{} is taken as a word of a sentence in capitals; for the operator write the other "
        "words in small letters."
    )
    diagnostics.report("in-capitals", message, joining[0])
    return [
        token._replace(text=token.text.lower())
        if token in joining or (token.kind == "word" and analyzer.asked(token.text).is_stop_word)
        else token
        for token in tokens
    ]


def _infix(
    token: Lexeme, before: Lexeme | None, after: Lexeme | None, diagnostics: Diagnostics
) -> Lexeme:
    """Return an operator as the operator here, or unchanged if it joins nothing or is prose."""
    typed = diagnostics.typed(token)
    row, match = next((row, match) for row in _INFIX if (match := re.fullmatch(row.pattern, typed)))
    operator = row.operator.format(next(filter(None, match.groups()), ""))
    joins = _is_operand(before, ENDS, diagnostics) and (
        _is_operand(after, BEGINS, diagnostics) or (operator == "AND" and _is_not(after))
    )
    if joins and "/" in operator:
        joins = after is not None and after.kind != "sign"
    if row.only_keywords and typed[0] == "/":  # 3 /4 of a cup
        joins = joins and not any(one and one.text.isdecimal() for one in (before, after))
    if joins and (not row.only_keywords or diagnostics.register == "keywords"):
        diagnostics.read_as(token, operator)
        return Lexeme("word", operator, token.start, token.end)
    if joins and diagnostics.register == "uncertain":
        message = f"{{}} is taken as words; to join the words beside it, write {operator}."
        diagnostics.report("no-operator", message, token, operator)
    elif not joins and row.operator.isupper() and diagnostics.register == "keywords":
        message = "{} has nothing to join here; it is taken as a word."
        if typed not in ("&&", "||"):  # which have no words
            diagnostics.report("dangling-operator", message, token)
    return token


def _is_operand(token: Lexeme | None, kinds: tuple[str, ...], diagnostics: Diagnostics) -> bool:
    """Whether a token has one of some kinds, and is not an operator."""
    if token is None or token.kind not in kinds:
        return False
    typed = diagnostics.typed(token)
    return typed not in _OPERATORS and not re.fullmatch(_ANY_INFIX, typed)


def _is_not(token: Lexeme | None) -> bool:
    return token is not None and token.kind == "word" and token.text == "NOT"


def _is_quoted(before: Lexeme | None, token: Lexeme) -> TypeGuard[Lexeme]:
    """Whether a phrase stands right before a token."""
    return before is not None and before.kind in ("phrase", "exact") and before.end == token.start


def _report_distance(token: Lexeme, phrase: Lexeme, digits: str, diagnostics: Diagnostics) -> None:
    """Report the distance that follows a phrase, as in `"a b"/3`; it is not searched as a word."""
    whole = phrase._replace(end=token.end)
    suggestion = f"{diagnostics.typed(phrase)}~{digits}"
    message = "The distance in {} is ignored; for words near each other write ~ and a number."
    diagnostics.report("no-operator", message, whole, suggestion)


def _calls(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return tokens with `NEAR(a b, 5)` as `(a NEAR/5 b)`, and `a NEAR(5) b` as `a NEAR/5 b`."""
    result: list[Lexeme] = []
    i = 0
    while i < len(tokens):
        token = tokens[i]
        name = token.text.upper() if token.kind == "word" else ""
        inner = _arguments(tokens, i) if name in _CALLS else []
        operands, digits = _operands(inner)
        end = i + len(inner) + 3
        operator = f"{'ADJ' if name == 'ONEAR' else 'NEAR'}/{digits or _USUAL_DISTANCE}"
        joins = i > 0 and end < len(tokens) and tokens[i - 1].kind in ENDS
        if digits and not operands and joins and tokens[end].kind in BEGINS:
            whole = token._replace(end=tokens[end - 1].end)
            diagnostics.read_as(whole, operator)
            result.append(Lexeme("word", operator, whole.start, whole.end))
            i = end
        elif len(operands) > 1 and name != "AROUND" and (digits or token.text == name):
            whole = token._replace(end=tokens[end - 1].end)
            typed = f" {operator} ".join(map(diagnostics.typed, operands))
            diagnostics.read_as(whole, typed.replace(",", ""))
            joined = Lexeme("word", operator, token.start, token.end)
            result.append(tokens[i + 1])
            for n, operand in enumerate(operands):
                result += [joined, operand] if n else [operand]
            result.append(tokens[end - 1])
            i = end
        else:
            result.append(token)
            i += 1
    return result


def _arguments(tokens: list[Lexeme], i: int) -> list[Lexeme]:
    """Return the tokens in the parentheses right after token `i`; [] if others stand there."""
    start = i + 1
    if start >= len(tokens) or tokens[start].kind != "open" or tokens[start].start != tokens[i].end:
        return []
    end = start + 1
    while end < len(tokens) and tokens[end].kind in ("word", "phrase", "exact"):
        end += 1
    closed = end < len(tokens) and tokens[end].kind == "close"
    return tokens[start + 1 : end] if closed else []


def _operands(arguments: list[Lexeme]) -> tuple[list[Lexeme], str]:
    """Return the operands and the distance in the parentheses of a call; "" without a distance."""
    digits = ""
    last = re.fullmatch(r"(?:[nN]=)?(\d+)", arguments[-1].text) if arguments else None
    if last and (len(arguments) == 1 or arguments[-2].text.endswith(",")):
        arguments, digits = arguments[:-1], last[1]
    return [token for token in arguments if any(map(str.isalnum, token.text))], digits
