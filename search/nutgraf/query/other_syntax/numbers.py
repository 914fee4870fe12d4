"""The sign of a number: in prose a plus or minus before a number is no syntax, as in -0.1%."""

import re

from nutgraf.query.lexer import Diagnostics, Lexeme, is_operator, is_year, may_have_own_sign
from nutgraf.query.other_syntax.register import function_words
from nutgraf_index.analysis.words import MEASURE

__all__ = ["with_own_signs"]

_UNIT = rf"(?i){MEASURE}|10(?:degrees?|points?|per|basis|°.*|%)"  # after a number of two digits
_QUANTITY = r"\W?\d*[.,]?\d[\d.,]*[%‰°].*|[^\w.].*|\d*[.,]\d.*"  # not a plain whole number


def with_own_signs(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens without the signs that belong to a number, and report these.

    A sign belongs to the number after it in prose, after a stop word, before a unit, and where
    the number stands alone in parentheses. Then so do all signs of numbers: between -5 and -10. A
    year is excluded also in prose: no year has a sign.
    """
    result: list[Lexeme] = []
    edge = Lexeme("", "", 0, 0)
    padded = (edge, *tokens, edge, edge)
    signed = {
        i: (before, after)
        for i, (before, token, number, after) in enumerate(
            zip(padded, tokens, padded[2:], padded[3:], strict=False)
        )
        if token.kind == "sign" and _is_number(token, number)
    }
    is_prose = diagnostics.register == "prose" and not _has_operators(tokens, diagnostics.text)
    own = {
        i
        for i, beside in signed.items()
        if _is_own(tokens[i], tokens[i + 1], *beside, diagnostics, is_prose=is_prose)
    }
    if not all(is_year(tokens[i + 1].text) for i in own):
        own.update(i for i in signed if not is_year(tokens[i + 1].text))
    for i, token in enumerate(tokens):
        if i not in signed:
            result.append(token)
            continue
        number = tokens[i + 1]
        whole = number._replace(start=token.start)
        if i in own:
            form = f"NOT {number.text}" if token.text == "-" else f"+({number.text})"
            effect = "exclude" if token.text == "-" else "require"
            message = f"The sign of {{}} is that of a number; to {effect} it, write {form}."
            diagnostics.report("own-sign", message, whole, form)
            continue
        if re.fullmatch(_QUANTITY, number.text) and (token.text == "-" or len(tokens) > 2):
            effect, name = ("excludes", "minus") if token.text == "-" else ("requires", "plus")
            message = f"{{}} {effect} {number.text}; to search for it, leave out the {name}."
            diagnostics.report("number-sign", message, whole, number.text)
        result.append(token)
    return result


def _has_operators(tokens: list[Lexeme], text: str) -> bool:
    """Whether a text has syntax that no prose has; a text in capitals may be a sentence."""
    return any(
        token.kind in ("field", "exact") or (is_operator(token) and not text.isupper())
        for token in tokens
    )


def _is_number(sign: Lexeme, number: Lexeme) -> bool:
    """Whether a token is a number, and one sign stands right before it."""
    is_bare = number.kind == "word" and number.tilde is None and not number.boost
    is_number = may_have_own_sign(number.text) or is_year(number.text)
    return is_bare and is_number and len(sign.text) == 1 and "*" not in number.text


def _is_own(
    sign: Lexeme,
    number: Lexeme,
    before: Lexeme,
    after: Lexeme,
    diagnostics: Diagnostics,
    *,
    is_prose: bool,
) -> bool:
    """Whether the sign before a number is part of the number."""
    unit = after.text.strip(".,;:!?)") if after.kind == "word" else ""
    has_unit = re.fullmatch(_UNIT, f"10{unit}") is not None
    if is_year(number.text):
        return has_unit and sign.text == "-"
    stop_words = diagnostics.analyzer.language.stop_words
    is_after_stop_word = before.kind == "word" and bool(function_words([before.text], stop_words))
    is_alone = before.kind == "open" and after.kind == "close"
    return has_unit or is_after_stop_word or is_alone or is_prose
