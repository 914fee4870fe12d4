"""Hints: forms of other products that are not read as syntax, and what to write instead."""

import re
from collections.abc import Callable
from typing import NamedTuple

from nutgraf.query.lexer import BEGINS, ENDS, EXCLUDES, Diagnostics, Lexeme, is_operator
from nutgraf.query.other_syntax.fields import CALLED, EQUATED, TAGS, date_form
from nutgraf.query.other_syntax.register import function_words

__all__ = ["give_hints"]

_Suggest = Callable[[re.Match[str]], str]
_MOST_WORDS = 6  # of a query whose and, or, not may be meant as operators
_UNITS = (
    "seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|miles?|kilomet(?:er|re)s?|km|"
    "met(?:er|re)s?|feet|points?|percent(?:age)?|yards?|inches"
)
_TAGS = "|".join(TAGS)
_WILDCARDS = str.maketrans("!$%#", "***?")
_LOWER_CASE = {
    "and": "{} is taken as a word; AND in capitals requires both.",
    "or": "{} is taken as a word; OR in capitals finds either.",
    "not": "{} is taken as words; NOT in capitals, or a - before the word, excludes.",
}
_JOINS = {"&": "AND", "+": "AND", "|": "OR"}
_LONE_SIGNS = f"&+|-{EXCLUDES}"


def _pattern_of_regex(match: re.Match[str]) -> str:
    """Return a regular expression as a pattern or a choice of words; "" if it is more than that."""
    regex = re.sub(r"^/|/\w*$", "", match[0]).strip("^$")
    choice = re.fullmatch(r"(\w*)(?:\((\w+(?:\|\w+)+)\)|\[(\w{2,4})\])(\w*)", regex)
    if choice:
        letters = choice[2].split("|") if choice[2] else choice[3]
        return f"({' OR '.join(f'{choice[1]}{letter}{choice[4]}' for letter in letters)})"
    pattern = re.sub(r"(?:\.|\\w|\[[^\]]*\])[*+]", "*", regex)
    pattern = re.sub(r"\.|\\w|\[[^\]]*\]", "?", pattern)
    pattern = re.sub(r"\?$", "*", pattern)  # a ? that ends a word is a question mark
    return pattern if re.fullmatch(r"[\w*?-]*\w[\w*?-]*", pattern) else ""


def _filter_of_call(match: re.Match[str]) -> str:
    """Return `headline(otter)` as a filter."""
    value = match["inner"].strip()
    is_one = re.fullmatch(r'[^\s"]+|"[^"]*"', value)
    return f"{CALLED[match['name'].lower()]}:{value if is_one else f'({value})'}"


def _filter_of_tag(match: re.Match[str]) -> str:
    """Return `otter[ti]` as a filter."""
    value = match["value"] or match["named"]
    field = TAGS[(match["tag"] or match["suffix"] or match["name"]).lower()]
    return date_form(value) if field == "date" else f"{field}:{value}"


class _Form(NamedTuple):
    """A form of another product in the text of a query, what is said of it, and what to write.

    `needs` has texts of which one is in any match: most queries need no search for the pattern.
    """

    needs: tuple[str, ...]
    pattern: str
    message: str
    suggest: _Suggest = lambda _: ""
    registers: tuple[str, ...] = ("keywords", "uncertain")


_IS_REGEX = "{} looks like a regular expression, and there are none here."
_IS_EXCLUDED = "{} is searched as a word; to exclude it, write - before it."
_IS_NEAR = "{} is taken as words; for words near each other write NEAR and a distance."
_SIGNS = tuple(EXCLUDES)
# Forms are looked for in this order; what one form matches is not looked at again.
_FORMS = (
    # /ira[qn]/
    _Form(
        ("/",),
        r"(?<!\S)/(?=[^/\s]*[\[\](){}.*+?|\\^$])[^/\s]+/[a-z]*(?!\S)",
        _IS_REGEX,
        _pattern_of_regex,
    ),
    # [2019 TO 2020]
    _Form(
        ("[", "{"),
        r"(?<!\S)[\[{]\s*(?P<first>[^\s\[\]{}]+)\s+(?i:TO)\s+(?P<last>[^\s\[\]{}]+)\s*[\]}]",
        "{} is no range here; it is taken as words.",
        lambda match: date_form(f"[{match['first']} TO {match['last']}]"),
    ),
    # >2019, date > 2019
    _Form(
        ("<", ">"),
        r"(?<!\S)(?:(?i:date|year)\s+)?(?P<compared>[<>]=?\s*\d{4}(?:-\d\d?){0,2})(?!\S)",
        "{} is no comparison of dates here; it is taken as words.",
        lambda match: date_form(match["compared"]),
    ),
    # 2019..2020
    _Form(
        ("..",),
        r"(?<!\S)(?P<range>\d{4}(?:-\d\d?){0,2}\.\.(?:\d{4}(?:-\d\d?){0,2})?)(?!\S)",
        "{} is a range only after date: here; it is taken as words.",
        lambda match: date_form(match["range"]),
    ),
    # otter[ti], otter.ti., TI=otter
    _Form(
        ("[", ".", "="),
        rf"(?<![^\s(])(?:(?P<value>\w+)(?:\[(?P<tag>(?i:{_TAGS}))\]|\.(?P<suffix>{_TAGS})\.)"
        rf"|(?P<name>{_TAGS.upper()})=(?P<named>\w+))(?![^\s)])",
        "{} is no filter here; it is taken as words.",
        _filter_of_tag,
    ),
    # by=lee
    _Form(
        ("=",),
        rf"(?<![^\s(])(?P<name>(?i:{'|'.join(EQUATED)}))=(?P<value>[\w-]+(?![^\s)])|(?=[\"“]))",
        "{} is no filter here; it is taken as words.",
        lambda match: f"{EQUATED[match['name'].lower()]}:{match['value']}",
    ),
    # headline(otter)
    _Form(
        ("(",),
        rf"(?<![^\s(])(?P<name>(?i:{'|'.join(CALLED)}))\((?P<inner>[^()]+)\)",
        "{} is no filter here; it is taken as words.",
        _filter_of_call,
    ),
    # atleast3(otter), ALLCAPS(who)
    _Form(
        ("(",),
        r"(?<![^\s(])(?i:atleast|atl)\d+\((?P<inner>[^()]+)\)",
        "{} asks for a number of occurrences, which cannot be asked for here.",
        lambda match: match["inner"].strip(),
    ),
    _Form(
        ("(",),
        r"(?<![^\s(])(?i:all|no)?(?i:caps)\((?P<inner>[^\s()]+)\)",
        "{} asks for capitals; write = and the word as it is written.",
        lambda match: f"={match['inner']}",
    ),
    # WITHIN 3
    _Form(
        ("WITHIN ", "within "),
        rf"(?<=\S\s)(?:WITHIN|within)\s+(?P<distance>\d+)(?!\s+(?i:{_UNITS})\b)(?=\s+\w)",
        _IS_NEAR,
        lambda match: f"NEAR/{match['distance']}",
        ("keywords",),
    ),
    # of one paragraph, of one sentence
    _Form(
        ("/p", "/P", "PARAGRAPH"),
        r"(?<=\S\s)(?:(?i:w?/p(?:ara)?)|PARAGRAPH)(?=\s+\S)",
        "{} is taken as words; AND holds within one paragraph.",
        lambda _: "AND",
    ),
    _Form(
        ("/s", "/S", "SAME", "SENTENCE"),
        r"(?<=\S\s)(?:(?i:w?/s(?:ent)?)|SAME|SENTENCE)(?=\s+\S)",
        _IS_NEAR,
        lambda _: "NEAR/20",
        ("keywords",),
    ),
    # N5 and W5 of EBSCO
    _Form(
        ("N", "W"),
        r"(?<=\w\s)(?P<sign>[NW])(?P<distance>\d|[12][05])(?=\s+\w)",
        _IS_NEAR,
        lambda match: f"{'NEAR' if match['sign'] == 'N' else 'ADJ'}/{match['distance']}",
        ("keywords",),
    ),
    _Form(
        ("XOR", "MAYBE"),
        r"(?<=\S\s)(?:XOR|(?:AND)?MAYBE)(?=\s+\S)",
        "There is no operator {}; it is taken as a word.",
        registers=("keywords",),
    ),
    # !x and –x that were not read as -x; – before a number may be a minus or a range.
    _Form(
        _SIGNS,
        rf"(?<![^\s(])[{EXCLUDES}](?P<word>(?:\d{{3}}|(?<=!)\d)[\w.-]*|[^\W\d_][^\s()]*)",
        _IS_EXCLUDED,
        lambda match: f"-{match['word']}",
    ),
    _Form(
        ("!",),
        r"(?<!\S)!(?P<word>[^\W\d_][^\s()]*)",
        _IS_EXCLUDED,
        lambda match: f"-{match['word']}",
        ("prose",),
    ),
    # ira.*n, x{2}, ira[qn], iraq|iran, ^iraq
    _Form(
        (".*", ".+", "{", "[", "\\", "|", "^"),
        r"(?<![^\s(])(?=[^\s()]{1,80}(?![^\s()]))(?:\^[^\W\d_]|[^\s()]*?(?:"
        r"(?<!\.\w)\.[*+](?!\*)|\w\{\d+,?\d*\}|[^\W\d_]\[[^\s()\]]*[^\W\d][^\s()\]]*\]"
        r"|\[[^\s()\]]*[^\W\d][^\s()\]]*\][^\W\d_]|\\[wdsbWDSB]))[^\s()]*",
        _IS_REGEX,
        _pattern_of_regex,
    ),
    # iraq|iran
    _Form(
        ("|",),
        r"(?<![^\s(])\w+(?:\|\|?\w+)+(?![^\s)])",
        "| does not join words here; {} is taken as words in a row.",
        lambda match: f"({re.sub(r'[|]+', ' OR ', match[0])})",
    ),
    # librar!, librar$, %librar%, wom#n
    _Form(
        ("!", "$", "%", "#"),
        r"(?<!\S)(?=%?[a-z]{2})%?[a-z]+(?:[!$%]|#[a-z]*|%[a-z]+%?)(?!\S)",
        "The sign in {} stands for no letters here; write *, or ? for one letter.",
        lambda match: match[0].translate(_WILDCARDS),
        ("keywords",),
    ),
)


def give_hints(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Report forms of other products; return the tokens without lone signs, which have no words.

    Nothing is reported within quotes, and no form that was read as syntax.
    """
    tokens = _report_forms(tokens, diagnostics)
    if diagnostics.register == "keywords":
        _report_lower_case(tokens, diagnostics)
    return _without_lone_signs(tokens, diagnostics)


def _report_forms(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Report the forms of a query; return the tokens without signs that belong to a form."""
    text, register = diagnostics.text, diagnostics.register
    forms = [
        form
        for form in _FORMS
        if register in form.registers and any(map(text.__contains__, form.needs))
    ]
    if not forms:
        return tokens
    taken = bytearray(len(text))  # 1 for each character that has a meaning already
    for token in tokens:
        if token.kind in ("phrase", "exact", "field"):
            taken[token.start : token.end] = b"\1" * (token.end - token.start)
    for one in diagnostics.all:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    in_forms: set[int] = set()
    for form in forms:
        for match in re.finditer(form.pattern, text):
            start, end = match.span()
            if not any(taken[start:end]) and "://" not in match[0]:
                taken[start:end] = b"\1" * (end - start)
                in_forms.update(range(start, end))
                whole = Lexeme("", "", start, end)
                diagnostics.report("no-operator", form.message, whole, form.suggest(match))
    return [
        token
        for token in tokens
        if token.kind != "word" or token.start not in in_forms or any(map(str.isalnum, token.text))
    ]


def _report_lower_case(tokens: list[Lexeme], diagnostics: Diagnostics) -> None:
    """Report the first and, or, not that may be meant as an operator, and would make a difference.

    Beside words that are all required, or is reported; beside words that are not, and is.
    """
    words = [token.text if token.kind == "word" else "" for token in tokens]
    stop_words = diagnostics.analyzer.language.stop_words
    if len(words) > _MOST_WORDS or function_words(words, stop_words) or diagnostics.text.isupper():
        return
    reported = {"not", "and" if diagnostics.require == "any" else "or"}
    for i, word in enumerate(words[1:-1], start=1):
        beside = {words[i - 1], words[i + 1]}
        joins = tokens[i - 1].kind in ENDS and tokens[i + 1].kind in BEGINS
        joins = joins and not any(
            is_operator(token) or diagnostics.is_reported(token)
            for token in (tokens[i - 1], tokens[i + 1])
        )
        if word == "and" and words[i - 1][:1].isupper() and words[i + 1][:1].isupper():
            continue  # a title
        if words[i - 1][-1:] in (",", ";", ":", "!"):
            continue  # a clause
        start = tokens[i].start
        if word == "not" and words[i - 1] in ("and", "or") and i > 1:
            beside.remove(words[i - 1])
            start = tokens[i - 1].start
        if word in reported and joins and beside.isdisjoint(_LOWER_CASE):
            reported.remove(word)
            whole, suggestion = tokens[i], word.upper()
            if word == "not":
                operand = tokens[i + 1]
                whole = whole._replace(start=start, end=operand.end)
                suggestion = f"-{diagnostics.typed(operand)}"
            diagnostics.report("lower-case", _LOWER_CASE[word], whole, suggestion)


def _without_lone_signs(tokens: list[Lexeme], diagnostics: Diagnostics) -> list[Lexeme]:
    """Return the tokens without `&`, `|` and dashes between operands, and report them.

    Prose, names and numbers have such signs, as in Smith & Wesson: there they are not reported, and
    `&` is the word "and".
    """
    result: list[Lexeme] = []
    for i, token in enumerate(tokens):
        sign = diagnostics.typed(token)
        between = result and i + 1 < len(tokens) and tokens[i + 1].kind in BEGINS
        between = between and (
            tokens[i + 1].kind != "word" or any(map(str.isalnum, tokens[i + 1].text))
        )
        if token.kind != "word" or len(sign) != 1 or sign not in _LONE_SIGNS or not between:
            result.append(token)
            continue
        before, after = diagnostics.typed(result[-1]), diagnostics.typed(tokens[i + 1])
        is_name = before[0].isupper() and after[0].isupper()
        is_number = before[-1].isdecimal() or after[0].isdecimal()
        if diagnostics.register == "prose" or is_name or is_number:
            if sign == "&":
                result.append(token)  # the word "and"
            continue
        if sign in _JOINS:
            message = f"{{}} is ignored; write {_JOINS[sign]} in its place."
            diagnostics.report("no-words", message, token, _JOINS[sign])
        elif diagnostics.register == "keywords" and (sign in "-!" or len(tokens) == 3):
            message = "{} is ignored; to exclude, write - right before a word."
            whole = token._replace(end=tokens[i + 1].end)
            diagnostics.report("no-words", message, whole, f"-{after}")
    return result
