"""Front matter: the values of a block of YAML, TOML or JSON above a text.

A block that is not valid is read line by line, since a colon in a title makes YAML invalid. Nothing
in a block is run, and no block takes more than bounded time.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from nutgraf_index.properties.keys import property_of

__all__ = ["FENCES", "is_front_matter", "json_length", "parse"]

# The syntax between lines of each kind, as site generators write it.
FENCES = {"---": "yaml", "+++": "toml", ";;;": "json"}
_LONGEST = 1 << 16  # characters that are parsed; the rest is a note like them
_MOST_LEVELS = 8  # of lists and objects in a value that are searched
_KEY = re.compile(r"""(?P<key>"[^"\n]+"|'[^'\n]+'|[\w@$][\w .@$/-]*?)[ \t]*:(?=\s|$)""")
_ASSIGNED = re.compile(r"""(?:(?P<key>"[^"\n]+"|'[^'\n]+'|[\w.-]+)[ \t]*=|\[)""")
_NO_KEY = re.compile(r"(?:[-#}\])]|$)")  # lists, comments, and the ends of values
_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)")
_ALIAS = re.compile(r"(?:^|[\s\[{,:-])\*[^\s*]")
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,17})(?:\.\d{1,15})?")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}
_NESTED = ("params", "extra", "taxonomies")  # where Hugo and Zola keep the keys of an author


def is_front_matter(syntax: str, block: str) -> bool:
    """Return whether a block between two fences is front matter, and not text between rules.

    Its first line must have a key, and so must most lines at the margin, or a key that is known.
    """
    if syntax == "json":
        return block.lstrip().startswith("{")
    key = _ASSIGNED if syntax == "toml" else _KEY
    lines = [line for line in block[:_LONGEST].split("\n") if not _NO_KEY.match(line.strip())]
    margin = [line for line in lines if not line[0].isspace()]
    if not margin or margin[0] != lines[0] or not key.match(margin[0]):
        return False
    keys = [match["key"] or "" for line in margin if (match := key.match(line))]
    return 2 * len(keys) > len(margin) or any(property_of(_unquoted(name)) for name in keys)


def parse(syntax: str, block: str) -> Mapping[str, Any]:
    """Return the values of a block by key."""
    if len(block) > _LONGEST:
        block = block[: block.rfind("\n", 0, _LONGEST) + 1]
    values = _PARSERS[syntax](block)
    if values is None:
        values = _by_line(block, _ASSIGNED if syntax == "toml" else _KEY)
    for name in _NESTED:
        nested = values.get(name)
        if isinstance(nested, dict):
            values = {**nested, **values}
    plain: dict[str, Any] = _without_links(values)
    return plain


def json_length(text: str, start: int) -> int:
    """Return the length of the JSON object at an offset of a text; 0 if there is none."""
    try:
        value, end = json.JSONDecoder().raw_decode(text[start : start + _LONGEST])
    except (ValueError, RecursionError):
        return 0
    return end if isinstance(value, dict) and any(map(property_of, value)) else 0


def _json_values(block: str) -> dict[str, Any] | None:
    try:
        value = json.loads(block)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _toml_values(block: str) -> dict[str, Any] | None:
    import tomllib  # slow to import and seldom needed

    try:
        return tomllib.loads(block)
    except (ValueError, RecursionError):
        return None


def _yaml_values(block: str) -> dict[str, Any] | None:
    values = _load(block)
    if values is None and "\t" in block:  # YAML refuses a tab that indents or separates
        values = _load(block.replace("\t", "  "))
    return values


_PARSERS = {"yaml": _yaml_values, "toml": _toml_values, "json": _json_values}


def _load(block: str) -> dict[str, Any] | None:
    """Return the mapping of a block of YAML; None if it is not valid, or has an alias."""
    import yaml  # slow to import, and most texts have no front matter

    loader = _loader()
    try:
        if _ALIAS.search(block) and any(
            isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, loader)
        ):
            return None
        value = yaml.load(block, loader)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError, OverflowError, AttributeError):
        return None
    return value if isinstance(value, dict) else None


@cache
def _loader() -> Any:
    """Return a safe loader in which dates and numbers keep their digits, as in YAML 1.2.

    YAML 1.1 reads `no` as false, 010 as 8 and 9:30 as 570, and refuses 2021-02-30.
    """
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("_Loader", (base,), {"yaml_implicit_resolvers": {}})
    for word in ("true", "false"):
        pattern = re.compile(rf"^(?:{word}|{word.title()}|{word.upper()})$")
        loader.add_implicit_resolver("tag:yaml.org,2002:bool", pattern, [word[0], word[0].upper()])
    empty = re.compile(r"^(?:~|null|Null|NULL|)$")
    loader.add_implicit_resolver("tag:yaml.org,2002:null", empty, ["~", "n", "N", ""])
    number = re.compile(rf"^{_NUMBER.pattern}$")
    loader.add_implicit_resolver("!number", number, list("-0123456789"))
    loader.add_constructor("!number", lambda loader, node: _number(node.value))
    return loader


def _number(text: str) -> int | float | str:
    """Return the number of a text, if the number is written in the same way; else the text."""
    number = float(text) if "." in text else int(text)
    return number if str(number) == text else text


def _by_line(block: str, key: re.Pattern[str]) -> dict[str, Any]:
    """Return the values of a block that is not valid, by its lines with a key at the margin."""
    values: dict[str, Any] = {}
    for name, first, below in _entries(block, key):
        items = [match[1] for line in below if (match := _ITEM.match(line))]
        if first in ("", "[") and items:
            values[name] = list(map(_scalar, items))
            continue
        lines = [first.lstrip(">|+-") if first[:1] in "|>" else first, *map(str.strip, below)]
        values[name] = _scalar(" ".join(filter(None, lines)))
    return values


def _entries(block: str, key: re.Pattern[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each key with the rest of its line, and with the lines below it that have no key."""
    entry: tuple[str, str, list[str]] | None = None
    for line in block.split("\n"):
        match = key.match(line)
        if match and match["key"]:
            if entry:
                yield entry
            entry = (_unquoted(match["key"]), line[match.end() :].strip(), [])
        elif entry and line.strip() and not line.startswith("#"):
            entry[2].append(line)
    if entry:
        yield entry


def _scalar(text: str) -> Any:
    """Return the value of a text: without quotation marks, as a list in brackets, or a word."""
    text = text.strip()
    if text[:1] == "[" and text[-1:] == "]" and text[:2] != "[[":
        return [_unquoted(item.strip()) for item in text[1:-1].split(",") if item.strip()]
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    return _number(text) if _NUMBER.fullmatch(text) else _unquoted(text)


def _unquoted(text: str) -> str:
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text


_LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]")


def _without_links(value: Any, levels: int = _MOST_LEVELS) -> Any:
    """Return a value with the text of the links of Obsidian: `[[Target|alias]]` is `alias`."""
    if isinstance(value, str):
        return _LINK.sub(lambda link: link[2] or link[1], value) if "[[" in value else value
    if levels == 0 or not isinstance(value, dict | list):
        return value
    if isinstance(value, dict):
        return {str(key): _without_links(item, levels - 1) for key, item in value.items()}
    if len(value) == 1 and _is_link(value[0]):
        return value[0][0]  # an unquoted link [[Jane Roe]] is a list in a list
    return [_without_links(item, levels - 1) for item in value]


def _is_link(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 1 and isinstance(value[0], str)
