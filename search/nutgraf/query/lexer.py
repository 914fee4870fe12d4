"""The tokens of a query text, and diagnostics of text that is not valid syntax."""

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.model import Value, value_class

if TYPE_CHECKING:
    from nutgraf.query.other_syntax.register import Register

__all__ = [
    "BEGINS",
    "ENDS",
    "EXCLUDES",
    "Diagnostic",
    "Diagnostics",
    "Lexeme",
    "has_signed_number",
    "is_operator",
    "is_year",
    "may_have_other_syntax",
    "may_have_own_sign",
    "scan",
    "with_operators",
    "without_suffix",
]

_MAX_DEPTH = 50
_BOOST = r"\^\d+(?:\.\d+)?"
# A quote is closed by its own kind, and a whole quote of the other English kind may be within.
# Other languages have quotes of their own.
_ENGLISH = (r'"(?:[^"“”]|“[^"“”]*”)*"', r'“(?:[^"“”]|"[^"“”]*")*”')
_PAIRS = (
    "””",
    "„“",
    "„”",
    '„"',
    "‟”",
    "«»",
    "»«",
    "‹›",
    "›‹",
    "「」",
    "『』",
    "《》",
    "〝〞",
    "＂＂",
)
_QUOTES = '"“”„‟«»‹›「」『』《》〝〞＂'
_QUOTED = "|".join((*_ENGLISH, *(f"{pair[0]}[^{pair}]*{pair[1]}" for pair in _PAIRS)))
_ENDS_TOKEN = rf"(?![^\s(){_QUOTES}])"
# Compiled on first use: a query of plain words does not need it. English quotes that no quote of
# their kind closes are closed by one of another kind, or reported.
_TOKEN = rf"""
    (?P<open>\()
    |(?P<close>\)(?:{_BOOST}{_ENDS_TOKEN})?)
    |(?P<inch>(?<=\d)["”](?![^\s,;.)-]))
    |(?P<phrase>=?(?:{_QUOTED}|["“”][^"“”]*["“”])(?:(?:~\d*)?(?:{_BOOST})?{_ENDS_TOKEN})?)
    |(?P<quote>["“”])
    |(?P<field>(?:(?P<name>[A-Za-z][\w-]*):|(?P<date>(?i:date|year)(?:[<>]=?|=)(?=\d{{4}})))
        (?:["“”](?P<quoted>[^"“”]*)["“”](?P<tail>[^\s"“”()]*)
          |(?P<bare>[\[{{][^\s\[\]{{}}"“”()]+\s+(?i:TO)\s+[^\s\[\]{{}}"“”()]+[\]}}][^\s"“”()]*|[^\s"“”()]+)))
    |(?P<sign>[+-]+(?=[^\s+\-)]))
    |(?P<word>[^\s(){_QUOTES}]+)
    """
# The sign of a Hebrew abbreviation (gershayim) is typed as a quote between two letters.
_HEBREW_ABBREVIATION = r'(?<=[\u0590-\u05ff])"(?=[\u05d0-\u05ea])'
# Signs of other products that exclude. The minus of other keyboards and languages is among them.
EXCLUDES = "!¬‐‑‒–—―−﹘﹣－"
_EXCLUDING = frozenset(EXCLUDES)
_EXCLUDED = rf"(?P<excluded>(?<![^\s(])[{EXCLUDES}](?=[^\W\d_]|[(={_QUOTES}]))"
_EXCLUDED_OR_TOKEN = f"{_EXCLUDED}|{_TOKEN}"
# Signs that a blank may separate from their number; see `analysis/signs.py`.
_NUMBER_SIGNS = frozenset("%‰°§$€£¥¢")
_DEGREES = "°"  # also with a letter: 20 °C
_NUMBER = r"[$£€¥₹]?\.?\d"  # its beginning
_YEAR = r"[12]\d{3}[.,;:!?]*"
_SUFFIX = rf"(?:~(?P<tilde>\d*(?:\.\d+)?))?(?P<boost>{_BOOST})?\Z"
_OPERATORS = ("AND", "OR", "NOT", "NEAR", "ADJ")
_INITIALS = frozenset(operator[0] for operator in _OPERATORS)  # which few words have
# The kinds of tokens with which an operand can begin or end.
BEGINS = ("open", "phrase", "field", "word", "sign", "exact")
ENDS = ("close", "phrase", "field", "word", "exact")
# What a text has, if it has syntax of other products: one of the words, or a match of the pattern.
_OTHER_WORDS = frozenset(
    "and or not within WITHIN ANDNOT BUT XOR SAME SENTENCE PARAGRAPH MAYBE ANDMAYBE".split()
)
_OTHER_SIGNS = (
    rf"[{EXCLUDES}|<>\[{{$%#\\^]|(?<!\w)[&/]|&&|\s[-+]\s|/[\dpPsS]|@\d|[\w:]\(|\.[*+]|~\d*\."
    # near5, 2019..2020, by=lee, otter.ti.
    r"|\b[A-Za-z]+\d|(?i:near|within|adj|pre):\d|(?<!\S)\d[\d-]*\.\.|[A-Za-z]=|\.[a-z]{2,4}\."
)


@value_class()
class Diagnostic(Value):
    """A part of a query that is not searched as it was typed.

    `kind` is a fixed name for programs, `message` a sentence for people. `[start, end)` are the
    characters of that part in the query. `suggestion` is a text to type instead, or empty.

    >>> from nutgraf import Index, search
    >>> query = 'otters "river'
    >>> for diagnostic in search(query, Index.in_memory()).diagnostics:
    ...     print(diagnostic.kind, query[diagnostic.start : diagnostic.end])
    unclosed-quote "
    """

    kind: str
    message: str
    start: int
    end: int
    suggestion: str = ""


class Lexeme(NamedTuple):
    """A token of a query: its `kind`, see `tokenize`, and the characters `[start, end)`.

    `text` is the token without quotes, `=` and suffixes; for NEAR and ADJ it is the distance.
    `name` is the name of a field, or `date` or `year` and a sign that compares. `tilde` is the
    digits after a final `~`, as in `~2`; None without `~`. `boost` is the number after a final
    `^`, as in `^2`; empty without `^`.
    """

    kind: str
    text: str
    start: int
    end: int
    name: str = ""
    tilde: str | None = None
    boost: str = ""


class Diagnostics:
    """Collects the diagnostics of one query; `require` is whether all its words are required."""

    def __init__(self, text: str, require: str, analyzer: Analyzer) -> None:
        self.text = text
        self.require = require
        self.all: list[Diagnostic] = []
        self.analyzer = analyzer

    @cached_property
    def register(self) -> "Register":
        """Whether the text is keywords or prose."""
        from nutgraf.query.other_syntax.register import register_of  # few queries need it

        return register_of(self.text, self.analyzer.language.stop_words)

    def typed(self, token: Lexeme) -> str:
        """Return the text of a token as it was typed."""
        return self.text[token.start : token.end]

    def is_reported(self, token: Lexeme) -> bool:
        """Whether a diagnostic begins where a token begins."""
        return any(diagnostic.start == token.start for diagnostic in self.all)

    def report(self, kind: str, message: str, token: Lexeme, suggestion: str = "") -> None:
        """Add a diagnostic of a token; `{}` in the message becomes the token as typed."""
        self._add(kind, message.format(self.typed(token)), token, suggestion)

    def read_as(self, token: Lexeme, form: str) -> None:
        """Add a diagnostic of a token of another product's syntax, and the form here."""
        self._add("other-syntax", f"{self.typed(token)} is read as {form} here.", token, form)

    def _add(self, kind: str, message: str, token: Lexeme, suggestion: str) -> None:
        self.all.append(Diagnostic(kind, message, token.start, token.end, suggestion))


_END = Lexeme("", "", 0, 0)


def scan(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens of a query: open, close, phrase, exact, field, sign and word.

    Parentheses are balanced; signs stand before an operand. Operators are words.
    """
    words, end = text.split(), 0
    if "".join(words).isalnum():
        return [
            Lexeme("word", word, start := text.index(word, end), end := start + len(word))
            for word in words
        ]
    if '"' in text:
        text = re.sub(_HEBREW_ABBREVIATION, "\u05f4", text)
    tokens = _scan(text, diagnostics)
    if not _NUMBER_SIGNS.isdisjoint(text):
        tokens = _with_number_signs(tokens)
    kinds = {token.kind for token in tokens}
    if not kinds.isdisjoint(("open", "close", "sign")):
        tokens = _balanced(tokens, diagnostics)
    return tokens


def _with_number_signs(tokens: list[Lexeme]) -> list[Lexeme]:
    """Return the tokens with signs joined to the number beside them, as in `50 %` and `€ 50`."""
    result: list[Lexeme] = []
    for token in tokens:
        before = result[-1] if result else _END
        if before.kind == token.kind == "word" and before.end + 1 == token.start:
            is_sign = token.text in _NUMBER_SIGNS or token.text[0] == _DEGREES
            is_after = is_sign and before.text[-1].isdecimal()
            is_before = before.text in _NUMBER_SIGNS and token.text[0].isdecimal()
            bare = before.tilde is None and not before.boost
            if (is_after or is_before) and bare:
                result[-1] = token._replace(text=before.text + token.text, start=before.start)
                continue
        result.append(token)
    return result


def may_have_other_syntax(text: str) -> bool:
    """Whether a text has a word or a sign without which it has no syntax of other products."""
    words = text.split()
    return not _OTHER_WORDS.isdisjoint(words) or (
        not "".join(words).replace('"', "").isalpha() and re.search(_OTHER_SIGNS, text) is not None
    )


def has_signed_number(text: str) -> bool:
    """Whether a text has a number right after a plus or minus that is no hyphen."""
    return re.search(rf"(?<!\w)[+-]{_NUMBER}", text) is not None


def may_have_own_sign(text: str) -> bool:
    """Whether a plus or minus before a word may be the sign of a number."""
    return re.match(_NUMBER, text) is not None and not is_year(text)


def is_year(text: str) -> bool:
    """Whether a word is written like a year, which has no sign of its own."""
    return re.fullmatch(_YEAR, text) is not None


def without_suffix(text: str) -> str:
    """Return a text without a final `~`, `~2` or `^2`."""
    suffix = re.search(_SUFFIX, text)
    return text if suffix is None else text[: suffix.start()]


def _scan(text: str, diagnostics: Diagnostics) -> list[Lexeme]:
    tokens: list[Lexeme] = []
    excludes = not _EXCLUDING.isdisjoint(text) and diagnostics.register == "keywords"
    pattern = _EXCLUDED_OR_TOKEN if excludes else _TOKEN
    for match in re.finditer(pattern, text, re.VERBOSE):
        kind = str(match.lastgroup)
        start, end = match.span()
        if kind in ("word", "phrase") and _is_hyphen(tokens):
            tokens.pop()
        if kind == "excluded":
            tokens.append(Lexeme("sign", "-", start, end))
        elif kind == "word":
            tokens.append(_word(match[0], start, end))
        elif kind == "phrase":
            tokens.append(_phrase(match[0], start, end))
        elif kind == "field":
            value = match["bare"] or match["quoted"] + match["tail"]
            tokens.append(Lexeme(kind, value, start, end, match["name"] or match["date"]))
        elif kind == "quote":
            message = "This quote is never closed; it is ignored."
            diagnostics.report("unclosed-quote", message, Lexeme(kind, match[0], start, end))
        elif kind != "inch":
            boost = match[0][2:] if kind == "close" else ""
            tokens.append(Lexeme(kind, match[0], start, end, boost=boost))
    return tokens


def _is_hyphen(tokens: list[Lexeme]) -> bool:
    """Whether the last token is a sign within a compound, as in "Spiegel"-Redakteur."""
    if len(tokens) < 2 or tokens[-1].kind != "sign":
        return False
    return tokens[-2].kind in ENDS and tokens[-2].end == tokens[-1].start


def _word(text: str, start: int, end: int) -> Lexeme:
    tilde, boost = None, ""
    if "~" in text or "^" in text:
        suffix = re.search(_SUFFIX, text)
        if suffix is not None and text[: suffix.start()].strip("="):
            tilde, boost = suffix["tilde"], (suffix["boost"] or "")[1:]
            text = text[: suffix.start()]
    if text[0] == "=" and len(text) > 1:
        return Lexeme("exact", text[1:], start, end, "", tilde, boost)
    return Lexeme("word", text, start, end, "", tilde, boost)


def _phrase(text: str, start: int, end: int) -> Lexeme:
    suffix = re.search(_SUFFIX, text)
    assert suffix is not None  # every part of the pattern is optional
    kind, first = ("exact", 2) if text[0] == "=" else ("phrase", 1)
    boost = (suffix["boost"] or "")[1:]
    words = re.sub('["“”]', " ", text[first : suffix.start() - 1])  # other kinds within
    return Lexeme(kind, words, start, end, "", suffix["tilde"], boost)


def _balanced(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens without unbalanced or too deeply nested parentheses."""
    opened: list[int] = []
    dropped: dict[int, tuple[str, str]] = {}
    unbalanced = ("unbalanced-parenthesis", "This parenthesis has no partner; it is ignored.")
    too_deep = ("too-deep", f"Parentheses nest at most {_MAX_DEPTH} deep; this one is ignored.")
    for i, token in enumerate(tokens):
        if token.kind == "open":
            opened.append(i)
        elif token.kind == "close" and not opened:
            dropped[i] = unbalanced
        elif token.kind == "close":
            partner = opened.pop()
            if len(opened) >= _MAX_DEPTH:
                dropped[i] = dropped[partner] = too_deep
    dropped.update(dict.fromkeys(opened, unbalanced))
    for i, (kind, message) in dropped.items():
        diagnostics.report(kind, message, tokens[i])
    balanced: list[Lexeme] = []
    for i, token in reversed(list(enumerate(tokens))):
        # A sign has no operand if its parenthesis or quote was dropped.
        dangling = token.kind == "sign" and (not balanced or balanced[-1].kind not in BEGINS)
        if i not in dropped and not dangling:
            balanced.append(token)
    return balanced[::-1]


def is_operator(token: Lexeme) -> bool:
    """Whether a token is written like an operator."""
    name = token.text in _OPERATORS or token.text.startswith(("NEAR/", "ADJ/"))
    return name and token.kind == "word" and token.tilde is None and not token.boost


def with_operators(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens with each operator as its own kind, or as a word if it joins nothing.

    Kinds of operators are AND, OR, NOT, NEAR and ADJ. NOT needs an operand after it; every other
    operator needs one on both sides.
    """
    operators = [token.text[:1] in _INITIALS and is_operator(token) for token in (*tokens, _END)]
    if not any(operators):
        return tokens
    result: list[Lexeme] = []
    for i, token in enumerate(tokens):
        if operators[i]:
            name, slash, distance = token.text.partition("/")
            before = result[-1].kind if result else ""
            after = tokens[i + 1] if i + 1 < len(tokens) else _END
            joins = name == "NOT" or before in ENDS
            if operators[i + 1]:
                # The next token becomes a word, or is the NOT of the right operand.
                joins = joins and (name == "NOT" or (after.text == "NOT" and not slash))
            else:
                joins = joins and after.kind in BEGINS
            if name in ("NEAR", "ADJ"):
                joins = joins and after.kind != "sign"
                if joins and not (distance.isascii() and distance.isdigit()):
                    message = f"{name} needs a distance, as in {name}/5; it is taken as a word."
                    diagnostics.report("no-distance", message, token, f"{name}/5")
                    result.append(token._replace(kind="phrase"))
                    continue
            if joins:
                token = Lexeme(name, distance, token.start, token.end)
            else:
                message = "{} has nothing to join here; it is taken as a word."
                word = token.text.lower()
                diagnostics.report("dangling-operator", message, token, word)
                # AND, OR and NOT are stop words then, as they would be in lower case.
                token = token._replace(kind="phrase") if slash else token._replace(text=word)
        result.append(token)
    return result
