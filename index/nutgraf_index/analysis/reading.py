"""A text as it is read, before it is cut into words.

Entities are decoded. Emphasis and tags within a word are left out. An address of a picture or
a shortened address becomes one word, and so does the tracking part of an address. Digits that
belong to one number or time stand together.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from nutgraf_index.analysis.folding import Edges

__all__ = [
    "THOUSANDS",
    "TIME",
    "bare_address",
    "is_address",
    "is_plain",
    "may_change",
    "read",
    "read_with_edges",
]

TIME, THOUSANDS = "\u2236", "\u066c"  # the sign within a time, and between digits of a number
_Change = tuple[int, int, str]  # the span of characters that a text replaces

# The word of an address. It begins as no other word does, and no stemmer changes its end.
_ADDRESS, _ADDRESS_END = "0http", "0"
_SCHEMES = frozenset(("http", "https", "www"))

_NAME = r"[^\s\0-\x1f\x7f<>\"'()\[\]{}|\\^`“”’&#;]"  # a character of an address, except its joints
# The keys with which publishers and networks follow their readers.
_KEYS = (
    r"(?:utm_\w+|(?:fb|g|d|ms|y|tw|tt)cl(?:id|src)|[gw]braid|igsh(?:id)?|mc_[ce]id|mkt_tok"
    r"|_hs(?:enc|mi)|_g[al]|vero_id|oly_(?:anon|enc)_id|s_cid|ns_(?:source|mchannel|campaign"
    r"|linkname|fee)|at_(?:medium|campaign|custom\d|link_\w+|format|ptr_name|bbc_team)"
    r"|ref_(?:src|url)|smid|smtyp|xtor|i?cmpid?|[nioc]cid|wt\.mc_\w+|__twitter_impression"
    r"|guc(?:counter|e_referrer(?:_sig)?)|spref|soc_(?:src|trk)|tpcc|srnd|ito|intcmp)="
)
_TAIL = rf"{_KEYS}{_NAME}*(?:&{_KEYS}{_NAME}*)*(?<![.,:!?])"
# The hosts of pictures in posts, and of shortened addresses: their paths are ids.
_PICTURES = r"pic\.(?:twitter|x)\.com"  # often written right after a word
_SHORTENERS = (
    r"t\.co|j\.mp|bit\.ly|ow\.ly|goo\.gl|is\.gd|fb\.me|wp\.me|adf\.ly|po\.st|ift\.tt|buff\.ly"
    r"|dlvr\.it|trib\.al|lnkd\.in|cutt\.ly|tiny\.cc|shar\.es|tinyurl\.com|rebrand\.ly|amzn\.to"
    r"|nyti\.ms|reut\.rs|bbc\.in|wapo\.st|cnn\.it|bloom\.bg|econ\.st|es\.pn|politi\.co|huff\.to"
    r"|ti\.me|str\.sg|aje\.io|f24\.my|on\.(?:wsj|ft)\.com|cnb\.cx|yhoo\.it|n\.pr|cbsn\.ws"
    r"|abcn\.ws|fxn\.ws|apne\.ws|usat\.ly|lat\.ms|thebea\.st|nyp\.st|dailym\.ai|ind\.pn|zurl\.co"
    r"|tmblr\.co|snip\.ly|soc\.cr|hubs\.l[ay]|spr\.ly|shorturl\.at"
)
_HOST = (
    r"(?:https?://)?(?:www\.)?"
    rf"(?:{_PICTURES}|(?:(?<=//)|(?<=www\.)|(?<![^\W_])(?<![/@.-]))(?:{_SHORTENERS}))\Z"
)
_LONGEST_HOST = 32  # characters, with its scheme
_PATH = rf"(?:/(?:(?!https?:)[\w-])+)+/?(?:\?{_NAME}*(?:&{_NAME}*)*)?"
_INLINE = (
    "(?:abbr|acronym|a|big|bdi|bdo|b|cite|code|del|dfn|em|font|ins|i|kbd|mark|q|small|span"
    "|strike|strong|sub|s|tt|u|var)"
)
_TAG = rf"<{_INLINE}(?:[ \t][^<>\0-\x1f\x7f]*)?>"
_BLANKS = "\u00a0\u202f\u2009"  # which keep the digits of a number together


class _Step(NamedTuple):
    """A step of reading.

    Attributes:
        signs: the signs of which a text has all if the step changes it. The pattern begins with
            the first of them: to look for a character takes a tenth of a search for the pattern.
        pattern: a regular expression that ignores case.
        changed: returns the change of a match, or None for no change.
    """

    signs: str
    pattern: str
    changed: Callable[[re.Match[str]], _Change | None]


def is_plain(text: str) -> bool:
    """Return whether a text has letters and digits of ASCII and blanks alone: it is read as it is.

    That is the usual word or phrase of a query.
    """
    return text.isascii() and (text.isalnum() or text.replace(" ", "").isalnum())


def read(text: str) -> str:
    """Return a text as it is read.

    >>> read("The caf&eacute; inter*nal*ly: https://t.co/Ab")
    'The café internally:  0httptcoAb0 '
    """
    for step in _STEPS:
        if step.signs[0] in text and all(map(text.__contains__, step.signs)):
            pieces: list[str] = []
            end = 0
            for start, stop, replacement in _changes(step, text):
                pieces += text[end:start], replacement
                end = stop
            if pieces:
                text = "".join([*pieces, text[end:]])
    return text


def read_with_edges(text: str) -> tuple[str, Edges | None]:
    """Return a text as it is read, and for each of its characters the span in the original text.

    The spans are None if nothing is changed.
    """
    edges: Edges | None = None
    if is_plain(text):
        return text, edges
    for step in _STEPS:
        if step.signs[0] in text and all(map(text.__contains__, step.signs)):
            pieces: list[str] = []
            spans: Edges = []
            end = 0
            for start, stop, replacement in _changes(step, text):
                edges = edges or [(at, at + 1) for at in range(len(text))]
                pieces += text[end:start], replacement
                spans += edges[end:start]
                spans += [(edges[start][0], edges[stop - 1][1])] * len(replacement)
                end = stop
            if pieces and edges:
                text, edges = "".join([*pieces, text[end:]]), spans + edges[end:]
    return text, edges


def may_change(data: bytes) -> bool:
    """Return whether words of a text may be read otherwise than they stand in its bytes.

    `data` are the bytes of the text, or a part of them. Addresses, times and numbers with blanks do
    not count: as they are read, they have characters that no text needs to have.
    """
    return any(mark in data for mark in (b"&", b"*", b"~~", b"</", b"<w", b"<W", b"\xc2\xad"))


def is_address(word: str) -> bool:
    """Return whether a folded word is the word of an address, or one with which addresses begin."""
    return word in _SCHEMES or (word.startswith(_ADDRESS) and word.endswith(_ADDRESS_END))


def bare_address(text: str) -> str:
    """Return an address without its scheme, `www.` and tracking part; any other text as it is.

    So are slashes before it and brackets around it. An address without a path, and an
    address with signs of the query syntax, are left as they are.

    >>> bare_address("https://www.bbc.co.uk/news?utm_source=x"), bare_address("www.bbc.co.uk")
    ('bbc.co.uk/news', 'www.bbc.co.uk')
    """
    address = r"(?i)(?:https?://)?(?:www\.)?(\w[\w-]*(?:\.[\w-]+)+/\S*)"
    match = re.fullmatch(address, text.lstrip("/[<{").rstrip("]>}")) if "/" in text else None
    if match is None:
        return text
    bare = match[1]
    if "=" in bare:
        bare = re.sub(rf"(?i)([?&#]){_TAIL}(?:&|(?=#)|\Z)", r"\1", bare)
        bare = re.sub(r"[?&]+(#|\Z)", r"\1", bare).removesuffix("#")
    # Without its scheme, an address with another sign could be syntax.
    is_plain = re.fullmatch(r"[^/]+/[\w./?=&%,;#+-]*\w[/.]*", bare)
    return bare if is_plain and ("?" not in bare or "=" in bare) else text


def _changes(step: _Step, text: str) -> Iterator[_Change]:
    """Yield the changes of a step in order; none overlaps another."""
    sign, match = step.signs[0], _compiled(step.pattern).match
    end = 0
    at = text.find(sign)
    while at >= 0:
        found = match(text, at)
        change = None if found is None else step.changed(found)
        if change is not None and change[0] >= end:
            end = change[1]
            yield change
        at = text.find(sign, max(at + 1, end))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _by(replacement: str) -> Callable[[re.Match[str]], _Change]:
    return lambda match: (*match.span(), replacement)


def _entity(match: re.Match[str]) -> _Change | None:
    import html  # few texts have entities
    from html.entities import html5

    name = f"{match[1]};"
    if name[0] == "#":
        return (*match.span(), html.unescape(f"&{name}"))
    character = html5.get(name)
    if character is None:
        character = f"&{name}"
    return None if character == match[0] else (*match.span(), character)


def _address(match: re.Match[str]) -> _Change | None:
    """Return the change of the address whose path begins where the pattern matches."""
    text, slash = match.string, match.start()
    host = _compiled(_HOST).search(text, max(slash - _LONGEST_HOST, 0), slash)
    path = host and _compiled(_PATH).match(text, slash)
    if host is None or path is None:
        return None
    return host.start(), path.end(), _word_of(text[host.start() : path.end()])


def _tail(match: re.Match[str]) -> _Change:
    return (*match.span(), _word_of(match[0]))


def _word_of(address: str) -> str:
    name = re.sub(r"(?i)\A(?:https?://)?(?:www\.)?|[\W_]", "", address)
    return f" {_ADDRESS}{name}{_ADDRESS_END} "


def _marked(match: re.Match[str]) -> _Change | None:
    """Return the change of letters between marks to the letters, if they are within a word."""
    text, (start, end) = match.string, match.span()
    if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum():
        return start, end, match["letters"]
    return None


def _unbroken(match: re.Match[str]) -> _Change | None:
    start, end = match.span()
    return (start, end, "") if match.string[end].islower() else None


_MARKED = r"(?P<letters>[^\W_]*[^\W\d_][^\W_]*)"
_STEPS = (
    _Step("&;", r"&(?:amp;)*(#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});", _entity),
    _Step("/.", r"/(?:(?<=\...[/])|(?<=\....[/]))(?=[\w-])", _address),
    *(_Step(f"{sign}=", rf"\{sign}{_TAIL}", _tail) for sign in "?&#"),
    # Between the keys of an address, & is no word.
    _Step("&=", r"&(?=[\w%.-]{1,40}=)", _by("/")),
    _Step("*", rf"\*(?<!\*\*)(?P<more>\*{{0,2}}){_MARKED}\*(?P=more)(?!\*)", _marked),
    _Step("~", rf"~(?<!~~)~{_MARKED}~~(?!~)", _marked),
    _Step(
        "</>", rf"{_TAG}(?:{_TAG}){{0,4}}(?P<letters>[^\W_]+)(?:</{_INLINE}[ \t]*>){{1,5}}", _marked
    ),
    _Step("<>", r"<wbr[ \t]*/?>(?P<letters>)", _marked),
    # Digits of a time are one word: 30pm is not 6:30pm.
    _Step(
        ":",
        r":(?:(?<=(?<![^\W_])(?<![:.,])\d:)|(?<=(?<![^\W_])(?<![:.,])[012]\d:))"
        r"(?=[0-5]\d(?!\d|[:.,]\d))",
        _by(TIME),
    ),
    # A soft hyphen at the end of a line is followed by the rest of its word.
    _Step(
        "\u00ad",
        "\u00ad(?<=[^\\W\\d_]\u00ad)[ \\t]*(?:\\r\\n?|\\n)[ \\t>]*(?=[^\\W\\d_])",
        _unbroken,
    ),
    *(
        _Step(
            blank,
            rf"{blank}(?:(?<=(?<![^\W_])(?<![.,])\d{blank})"
            rf"|(?<=(?<![^\W_])(?<![.,])\d\d{blank})|(?<=(?<![^\W_])(?<![.,])\d\d\d{blank}))"
            r"(?=\d{3}(?!\d))",
            _by(THOUSANDS),
        )
        for blank in _BLANKS
    ),
)
