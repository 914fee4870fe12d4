"""Numbers with a unit, which are written in several ways: $1.5 billion, $1.5bn, 5%, 5 per cent."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse, product
from typing import NamedTuple

from nutgraf.query.tree import Node, Signed, Words
from nutgraf.rewriting.forms.abbreviations import SPELLED
from nutgraf.rewriting.forms.units import Unit, units_of
from nutgraf_index.analysis.analyzer import Analyzer
from nutgraf_index.analysis.signs import signs_of

__all__ = ["amount_of", "forms_of"]

_GLUED = 4  # letters that no form has which is written right after a number, as in 5km
_LONGEST = 5  # words of an amount that stand side by side in a query


class _Item(NamedTuple):
    """A word or a sign of a text: `text` is its term or the sign, `[start, end)` its characters."""

    text: str
    start: int
    end: int
    is_number: bool = False


class _Amount(NamedTuple):
    """A number with the units that it may have; `scales` are those as billion.

    `numbers` are the number as written, and in letters or in digits; `after` is the text after it.
    """

    numbers: tuple[str, ...]
    after: str
    scales: tuple[Unit, ...]
    units: tuple[Unit, ...]


def amount_of(nodes: Sequence[Node], analyzer: Analyzer, languages: frozenset[str]) -> str:
    """Return the longest text of the first of some nodes that is an amount; "" if there is none.

    Its words are not quoted. `languages` are the codes of the languages of its units.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> words = [Words("1.5"), Words("billion"), Words("dollars"), Words("lost")]
    >>> amount_of(words, analyzer_of("en"), frozenset(("en",)))
    '1.5 billion dollars'
    """
    text, longest = "", ""
    for node in nodes[:_LONGEST]:
        if not isinstance(node, Words | Signed) or node.quoted:
            break
        text = f"{text} {node.text}".lstrip()
        if _readings(text, analyzer, languages):
            longest = text
    return longest


def forms_of(text: str, analyzer: Analyzer, languages: frozenset[str]) -> list[str]:
    """Return the other forms of an amount, those with the usual words first.

    >>> from nutgraf_index.analysis.analyzer import analyzer_of
    >>> forms_of("5 percent", analyzer_of("en"), frozenset(("en",)))[:3]
    ['five percent', '5%', '5 per cent']
    """
    seen = {_key(text, analyzer)}
    forms: list[str] = []
    for amount in _readings(text, analyzer, languages):
        for form in _written(amount):
            if (key := _key(form, analyzer)) not in seen:
                seen.add(key)
                forms.append(form)
    return forms


def _written(amount: _Amount) -> Iterator[str]:
    """Yield all forms of an amount."""
    if amount.after[:1] == " ":
        yield from (f"{number}{amount.after}" for number in amount.numbers)
    for number in amount.numbers:
        short = _GLUED if number[-1].isdecimal() else 0
        scaled = [f"{number} {form}" for scale in amount.scales for form in scale.after]
        scaled += [
            f"{number}{form}"
            for scale in amount.scales
            for form in scale.after
            if len(form) < short
        ]
        if not amount.units:
            yield from scaled
        for unit, text in product(amount.units, scaled or [number]):
            for sign in unit.signs if short else "":
                if unit.before:  # a currency
                    yield f"{sign}{text}"
                if text == number:
                    yield f"{text}{sign}"
            yield from (f"{code} {text}" for code in unit.before)
            yield from (f"{text} {form}" for form in unit.after)
            if not (scaled or unit.before):
                yield from (f"{text}{form}" for form in unit.after if len(form) < short)


def _readings(text: str, analyzer: Analyzer, languages: frozenset[str]) -> list[_Amount]:
    """Return the amounts that a whole text can be: 5m is five million, and five metres."""
    items = _items(text, analyzer, languages)
    places = [i for i, item in enumerate(items) if item.is_number]
    if not places:
        return []
    first, last = places[0], places[-1]
    number = text[items[first].start : items[last].end]
    ahead = tuple(item.text for item in items[:first])
    rest = tuple(item.text for item in items[last + 1 :])
    currencies = _currencies(analyzer, languages).get(ahead, ()) if ahead else ()
    if " " in number or len(places) <= last - first or (ahead and not currencies):
        return []
    amounts: list[_Amount] = []
    for end in range(len(rest) + 1):  # of the scale, if there is any
        scales = tuple(filter(_is_scale, _units(rest[:end], analyzer, languages)))
        units = tuple(filterfalse(_is_scale, _units(rest[end:], analyzer, languages)))
        if ahead:
            units = tuple(filter(units.__contains__, currencies)) if rest[end:] else currencies
        if scales:
            units = tuple(unit for unit in units if unit.before)
        is_whole = bool(units) or not rest[end:]
        if is_whole and (units or scales) and (scales or not end):
            tail = "" if ahead else text[items[last].end :]
            numbers = (number, *_spelled(number.lower(), languages))
            amounts.append(_Amount(numbers, tail, scales, units))
    return amounts


def _spelled(number: str, languages: frozenset[str]) -> Iterator[str]:
    """Yield a small number in digits in letters, and one in letters in digits."""
    for language in sorted(languages.intersection(SPELLED)):
        for value, word in enumerate(SPELLED[language], 1):
            if number == str(value):
                yield word
            elif number == word:
                yield str(value)


_Table = dict[tuple[str, ...], tuple[Unit, ...]]


def _units(
    items: tuple[str, ...], analyzer: Analyzer, languages: frozenset[str]
) -> tuple[Unit, ...]:
    """Return the units that items after a number can be."""
    return _table(items[0][0], analyzer, languages).get(items, ()) if items else ()


@lru_cache(maxsize=256)
def _table(initial: str, analyzer: Analyzer, languages: frozenset[str]) -> _Table:
    """Return the units by the items of their forms after a number, of forms with an initial.

    A query has few units, and to analyse all forms takes milliseconds. A term has the initial of
    its word.
    """
    table: _Table = {}
    for unit in units_of(languages):
        for form in (*unit.after, *unit.signs):
            if form[0].lower() == initial:
                key = _key_of_form(form, analyzer)
                table[key] = (*table.get(key, ()), *({unit} - {*table.get(key, ())}))
    return table


@lru_cache(maxsize=16)
def _currencies(analyzer: Analyzer, languages: frozenset[str]) -> _Table:
    """Return the currencies by the items of their signs and codes before a number."""
    table: _Table = {}
    for unit in units_of(languages):
        for form in (*unit.before, *unit.signs) if unit.before else ():
            table[_key_of_form(form, analyzer)] = (unit,)
            if form == "$":
                table[*_key_of_form("US", analyzer), form] = (unit,)
    return table


def _is_scale(unit: Unit) -> bool:
    return unit.is_scale


def _key_of_form(form: str, analyzer: Analyzer) -> tuple[str, ...]:
    """Return the items of a form of a unit: a sign, if it begins with one, and terms."""
    sign = () if form[0].isalnum() else (form[0],)
    return (*sign, *(analyzer.terms(form[len(sign) :]) if form[len(sign) :] else ()))


def _items(text: str, analyzer: Analyzer, languages: frozenset[str] = frozenset()) -> list[_Item]:
    """Return the words and signs of a text in order; numbers in letters are of some languages."""
    tokens = analyzer.tokens(text)
    signs = signs_of(text, tokens)
    items: list[_Item] = []
    for position, token in enumerate(tokens):
        before, after, start, end = signs.get(position, ("", "", token.start, token.end))
        if before:
            items.append(_Item(before, start, token.start))
        is_number = token.word[0].isdecimal() and token.word[-1].isdecimal()
        is_number = is_number or any(token.word in SPELLED.get(code, ()) for code in languages)
        items.append(_Item(token.term, token.start, token.end, is_number))
        if after:
            items.append(_Item(after, token.end, end))
    return items


def _key(text: str, analyzer: Analyzer) -> tuple[str, ...]:
    return tuple(item.text for item in _items(text, analyzer))
