"""Articles that must not be shown: killed, withheld, under an embargo, drafts, not yet published.

A data set says so under keys of its own; `check_release` reads them all.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence

from nutgraf_index.errors import ArticleError
from nutgraf_index.properties.values import date_of_object, is_none, name_of
from nutgraf_index.properties.written_dates import Moment, read_moment

__all__ = [
    "DATES",
    "EMBARGOES",
    "FLAGS",
    "PUBLISH",
    "RELEASE_KEYS",
    "STATUSES",
    "WITHHELD",
    "NotYetReleased",
    "check_release",
]

STATUSES = (
    "pubstatus", "status", "publishstatus", "publicationstatus", "publishingstatus", "poststatus",
    "articlestatus", "storystatus", "workflowstatus", "workflowstate", "state",
)  # fmt: skip
# What these keys say of an article that is left out; prefixes such as `stat:` do not count.
WITHHELD = (
    "killed", "kill", "canceled", "cancelled", "withheld", "withhold", "withdrawn", "spiked",
    "recalled", "deleted", "trash", "trashed", "draft", "auto-draft", "pending", "pending review",
    "in review", "private", "hidden", "unpublished", "not published", "on hold", "hold",
    "embargoed", "embargo",
)  # fmt: skip
_LATER = ("future", "scheduled")  # until its date of publication
# By key, whether it is true of an article that is left out.
FLAGS = {
    "draft": True, "isdraft": True, "killed": True, "iskilled": True, "withheld": True,
    "withhold": True, "canceled": True, "cancelled": True, "spiked": True, "deleted": True,
    "isdeleted": True, "published": False, "ispublished": False, "publish": False,
}  # fmt: skip
EMBARGOES = (
    "embargoeduntil", "embargountil", "embargo", "embargoed", "isembargoed", "underembargo",
    "embargodate", "embargodatetime", "embargotime", "embargoend", "embargoends", "embargoexpires",
    "embargolift", "embargoliftdate", "holduntil", "notbefore", "donotpublishbefore",
)  # fmt: skip
PUBLISH = (
    "publishdate", "publishat", "publishon", "publishafter", "publishtime", "publishdatetime",
    "publishschedule", "publishingschedule", "scheduledat", "scheduledfor", "scheduleddate",
    "releaseat",
)  # fmt: skip
DATES = (*EMBARGOES, *PUBLISH)
_TRUE = frozenset("true yes y on 1".split())
_FALSE = frozenset("false no n off 0".split())
_PREFIX = re.compile(r"^.*[:/#](?=[a-z -]+$)")  # of `stat:canceled` and of the address of a code
# Before the end of an embargo: "Under embargo until".
_EMBARGO = re.compile(
    r"^\W*(?:(?:strictly|under|embargo(?:ed)?|until|till|for|release|not|before)\b\W*)+", re.I
)
_LIFTED = ("lifted", "expired", "ended", "over", "released")
_INNER = ("until", "end", "ends", "endsat", "date", "time", "value", "name")


class NotYetReleased(ArticleError):
    """The article may not be shown yet: the clock decides when."""


def check_release(
    values: Mapping[str, Sequence[object]],
    published: Iterable[object],
    now: datetime.datetime | None,
) -> None:
    """Raise `ArticleError` with the reason if an article must not be shown.

    It is `NotYetReleased` if the clock alone decides. A time without a zone is the latest that it
    can be, that of UTC-12: an article is rather shown half a day late than an hour too early.

    Args:
        values: all values by key, also those of objects within; keys in lower case, without blanks,
            `-` and `_`.
        published: the dates of publication, in case that the status says "scheduled".
        now: the time to judge by, with a time zone; None for the present.
    """
    if RELEASE_KEYS.isdisjoint(values):  # mostly
        return
    said = {key: values[key] for key in values.keys() & RELEASE_KEYS}
    statuses = [
        (name_of(value), _word(name_of(value)))
        for key in STATUSES
        for value in said.get(key, ())
        if not isinstance(value, bool) and not is_none(value)
    ]
    words = {word for _, word in statuses} | {word.replace("-", " ") for _, word in statuses}
    for _, word in statuses:
        if not _WITHHELD.isdisjoint((word, word.replace("-", " "))) and word[:7] != "embargo":
            raise ArticleError(_REASONS.get(word, word))
    for key, forbidden in FLAGS.items():
        if any(_flag(value) is forbidden for value in said.get(key, ())):
            raise ArticleError(
                "draft" if key == "isdraft" else key if forbidden else "not published"
            )
    until = [_embargo_end(value) for key in EMBARGOES for value in said.get(key, ())]
    for status, word in statuses:
        if word.startswith("embargo"):
            until.append(_embargo_end(_EMBARGO.sub("", status) or True))
    now = now or datetime.datetime.now(datetime.UTC)
    ends = [end for end in until if isinstance(end, datetime.datetime)]
    if ends:
        _check_time("embargoed until", max(ends), now)
    for problem in until:
        if isinstance(problem, str) and problem:
            raise ArticleError(f"embargoed: {problem!r} is no time that can be read")
    if None in until and not ends:
        raise ArticleError("embargoed")
    dates = [value for key in PUBLISH for value in said.get(key, ())]
    is_later = words & set(_LATER)
    if is_later:
        dates += published
    moments = [moment.latest() for moment in map(_moment, dates) if moment]
    if is_later and not moments:
        raise ArticleError(min(is_later))
    for moment in moments:
        _check_time("to be published at", moment, now)


def _moment(value: object) -> Moment | None:
    """Return the time that a value states, also as an object or as the first of a list."""
    if isinstance(value, list | tuple):
        value = next((one for one in value if not is_none(one)), None)
    return read_moment(date_of_object(value) if isinstance(value, Mapping) else value)


def _word(status: str) -> str:
    """Return a status in lower case, without the prefix of a vocabulary."""
    return _PREFIX.sub("", status.strip().lower()).replace("_", " ").strip()


def _check_time(what: str, until: datetime.datetime, now: datetime.datetime) -> None:
    if until > now:
        form = "%Y-%m-%dT%H:%MZ" if until.second == 0 else "%Y-%m-%dT%H:%M:%SZ"
        raise NotYetReleased(f"{what} {until.strftime(form)}")


_WITHHELD = frozenset((*WITHHELD, *(word.replace("-", " ") for word in WITHHELD)))
_REASONS = {"kill": "killed", "withhold": "withheld", "cancelled": "canceled", "trashed": "trash"}
RELEASE_KEYS = frozenset((*STATUSES, *FLAGS, *DATES))


def _flag(value: object) -> bool | None:
    """Return what a value says of a flag; None if it says neither yes nor no."""
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower() if isinstance(value, str | int | float) else ""
    return True if word in _TRUE else False if word in _FALSE else None


def _embargo_end(value: object) -> datetime.datetime | str | None:
    """Return when an embargo ends; None if it has no end, a text that is no time, "" for none."""
    if isinstance(value, Mapping):
        inner = {str(key).lower(): one for key, one in value.items()}
        stated = (inner[key] for key in _INNER if not is_none(inner.get(key)))
        value = next(stated, date_of_object(value) or value)
    if isinstance(value, list | tuple):
        value = next((one for one in value if not is_none(one)), None)
    flag = _flag(value)
    if flag is not None:
        return None if flag else ""
    if is_none(value) or (isinstance(value, str) and value.strip().lower() in _LIFTED):
        return ""
    moment = _moment(value)
    if moment is None and isinstance(value, str):
        rest = _EMBARGO.sub("", value)
        if not rest:
            return None
        moment = read_moment(rest)
    return moment.latest() if moment else str(value).strip()
