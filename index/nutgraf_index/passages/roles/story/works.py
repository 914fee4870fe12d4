"""Tells the works that an article cites, below its last heading."""

import re

from nutgraf_index.model import Role
from nutgraf_index.passages.roles.draft import Draft
from nutgraf_index.passages.roles.forms import Form
from nutgraf_index.passages.roles.zones import Zones

__all__ = ["mark_works"]

_MOST_LINES = 0.8
_WORDS_IN_LABEL = 5
_YEAR = re.compile(r"(?<!\d)(?:1[789]|20)\d\d(?!\d)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SITES_NAMED = ("http:", "https:", "www.", ".com", ".org", ".net", ".gov", ".edu", ".co.", "doi")
_LEAST_WORKS = 2
_LONGEST_WORK = 400  # characters of a reference, with authors, title and address
_MOST_WORKS = 200
_SITES = 0.3  # the share of works with an address
_DATED = 0.5  # the share of works with a year; other addresses are links


def mark_works(draft: Draft, zones: Zones) -> None:
    """Decide that the works under a last short heading, with years and addresses, are notes.

    Addresses without years are links, which are a list.
    """
    if Role.SUBHEAD not in draft.roles:
        return
    last = len(draft) - 1 - draft.roles[::-1].index(Role.SUBHEAD)
    works = range(last + 1, zones.tail)
    if (
        not _LEAST_WORKS <= len(works) <= _MOST_WORKS
        or len(draft.texts[last].split()) > _WORDS_IN_LABEL
    ):
        return
    texts = [draft.texts[index] for index in works]
    if max(map(len, texts)) > _LONGEST_WORK:  # a paragraph about a house, or of the story
        return
    if not any(map("\n".join(texts).__contains__, _SITES_NAMED)):
        return
    sites = [any(map(text.__contains__, _SITES_NAMED)) for text in texts]
    years = [_YEAR.search(_ADDRESS.sub("", text)) is not None for text in texts]
    others = [i for i, *cites in zip(works, sites, years, strict=True) if not any(cites)]
    if any(draft.forms[index] is Form.PROSE for index in others):
        return  # a sentence of the story
    cited = len(works) - len(others)
    size = len(works)
    if sum(sites) < _SITES * size or cited < _MOST_LINES * size:
        return
    role = Role.NOTE if sum(years) >= _DATED * size else Role.LIST
    for index in works:
        if draft.roles[index] in (Role.BODY, Role.LIST):
            draft.set(index, role)
