"""What a web page says of its article in JSON-LD, in the words of schema.org."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping

__all__ = ["article_data"]

# Types of articles, the surest first; a page may also describe itself or its video.
_ARTICLES = re.compile(r"(?:\w*Article|\w*Posting|Report|Review|ClaimReview)$")
_PAGES = re.compile(r"(?:\w*Page|CreativeWork|Recipe|PodcastEpisode|Book|Chapter|VideoObject)$")
# A script may be within a comment or a section of XML.
_AROUND = re.compile(
    r"^\s*(?:<!--|(?://\s*|/\*\s*)?<!\[CDATA\[(?:\s*\*/)?)"
    r"|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?|;)\s*$"
)
# Half a character, which has no other half beside it.
_HALF = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)
_MOST = 20_000  # objects and lists of a page that are looked at
_VALUES = ("author", "creator", "publisher", "isPartOf", "mainEntityOfPage")


def article_data(scripts: Iterable[str]) -> dict[str, object]:
    """Return the properties of the article of a page; of the page, where it has no article.

    A property that refers to another object of the page by its `@id` is that object. What is no
    JSON is left out.
    """
    objects: list[Mapping[str, object]] = []
    for script in scripts:
        objects += _objects(_loaded(script))
    by_id: dict[str, Mapping[str, object]] = {}
    for one in objects:
        id = one.get("@id")
        if isinstance(id, str) and len(one) > len(by_id.get(id, ())):
            by_id[id] = one
    for pattern in (_ARTICLES, _PAGES):
        found = [one for one in objects if any(map(pattern.match, _types(one)))]
        # A list of other articles beside the article says less of each of them.
        best = max(found, key=_fullness, default=None)
        if best is not None:
            return {str(key): _resolved(key, value, by_id) for key, value in best.items()}
    return {}


def _loaded(script: str) -> object:
    """Return the value of a script; None if it is no JSON."""
    script = _HALF.sub("\ufffd", script)
    for text in (script, _AROUND.sub("", script)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects in a value, the outer ones first."""
    waiting = deque([value])
    for _ in range(_MOST):
        if not waiting:
            return
        one = waiting.popleft()
        if isinstance(one, Mapping):
            yield one
            waiting.extend(inner for inner in one.values() if isinstance(inner, Mapping | list))
        elif isinstance(one, list):
            waiting.extend(one)


def _types(value: Mapping[str, object]) -> list[str]:
    types = value.get("@type")
    types = types if isinstance(types, list) else [types]
    return [one.rpartition("/")[2] for one in types if isinstance(one, str)]


def _fullness(value: Mapping[str, object]) -> int:
    return sum(key in value for key in ("headline", "datePublished", "author", "articleBody"))


def _resolved(key: object, value: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    """Return a value with the objects that it names by their ids."""
    if key not in _VALUES:
        return value
    if isinstance(value, list):
        return [_resolved(key, one, by_id) for one in value]
    if isinstance(value, Mapping) and "name" not in value and isinstance(value.get("@id"), str):
        return by_id.get(str(value["@id"]), value)
    return value
