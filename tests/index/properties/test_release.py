"""What must not be shown, and when it may be."""

import datetime

import pytest

from nutgraf_index.errors import ArticleError
from nutgraf_index.properties.keys import article_of
from nutgraf_index.properties.release import STATUSES, WITHHELD, NotYetReleased

UNTIL = "embargoed until 2026-12-01T09:00Z"
NOW = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)


def reason(now: datetime.datetime = NOW, /, **values: object) -> str:
    """Return why an article is left out; empty if it is not."""
    try:
        article_of({"text": "The pier closed.", **values}, path="a", now=now)
    except ArticleError as error:
        return f"{error} (again)" if isinstance(error, NotYetReleased) else str(error)
    return ""


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("pubstatus", "canceled", "canceled"),
        ("pubStatus", "stat:canceled", "canceled"),
        ("pubstatus", "http://cv.iptc.org/newscodes/pubstatusg2/withheld", "withheld"),
        ("pub_status", {"code": "Cancelled"}, "canceled"),
        ("status", "KILL", "killed"),
        ("status", "auto-draft", "auto-draft"),
        ("status", "pending_review", "pending review"),
        ("Status", "trash", "trash"),
        ("post_status", "private", "private"),
        ("status", "future", "future"),
        ("status", "embargoed", "embargoed"),
        ("draft", True, "draft"),
        ("draft", "yes", "draft"),
        ("draft", 1, "draft"),
        ("is_draft", "true", "draft"),
        ("killed", True, "killed"),
        ("published", False, "not published"),
        ("published", "false", "not published"),
        ("is_published", 0, "not published"),
        ("embargoed", True, "embargoed"),
        (
            "embargo",
            "until the speech",
            "embargoed: 'until the speech' is no time that can be read",
        ),
        ("embargoed", "2026-12-01T09:00:00Z", "embargoed until 2026-12-01T09:00Z (again)"),
        ("embargoedUntil", "2026-12-01T09:00:07Z", "embargoed until 2026-12-01T09:00:07Z (again)"),
        (
            "embargo",
            {"until": "Dec. 1, 2026 9:00 am EST"},
            "embargoed until 2026-12-01T14:00Z (again)",
        ),
        # Without a zone, the last place on earth decides; without a time, its midnight.
        (
            "embargoedUntil",
            {"$date": "2026-12-01T09:00:00Z"},
            "embargoed until 2026-12-01T09:00Z (again)",
        ),
        (
            "embargoedUntil",
            [{"$date": {"$numberLong": "1796115600000"}}],
            "embargoed until 2026-12-01T09:00Z (again)",
        ),
        (
            "publishDate",
            {"$date": "2026-12-01T09:00:00Z"},
            "to be published at 2026-12-01T09:00Z (again)",
        ),
        (
            "embargo",
            {"reason": "trial"},
            "embargoed: \"{'reason': 'trial'}\" is no time that can be read",
        ),
        # An object that holds properties, though it names no property of an article.
        ("metadata", {"pubstatus": "canceled"}, "canceled"),
        ("meta", {"draft": True}, "draft"),
        (
            "_source",
            {"embargoedUntil": "2026-12-01T09:00Z"},
            "embargoed until 2026-12-01T09:00Z (again)",
        ),
        ("embargo_until", "2026-11-28T09:00", "embargoed until 2026-11-28T21:00Z (again)"),
        ("embargo", "Under embargo until 9:00 GMT, 1 December 2026", f"{UNTIL} (again)"),
        ("status", "Embargoed until 2026-12-01T09:00:00Z", f"{UNTIL} (again)"),
        (
            "status",
            "embargoed until further notice",
            "embargoed: 'further notice' is no time that can be read",
        ),
        ("embargo", "Embargoed", "embargoed"),
        ("embargo", "2026-12-01", "embargoed until 2026-12-01T12:00Z (again)"),
        ("embargo", "03/12/2026", "embargoed until 2026-12-03T12:00Z (again)"),
        ("embargo", "12/03/2026", "embargoed until 2026-12-03T12:00Z (again)"),
        ("embargo", 1796115600, "embargoed until 2026-12-01T09:00Z (again)"),
        ("publishDate", "2026-12-01", "to be published at 2026-12-01T12:00Z (again)"),
        ("publish_at", "2026-12-01T09:00+01:00", "to be published at 2026-12-01T08:00Z (again)"),
    ],
)
def test_articles_that_are_left_out(key: str, value: object, said: str) -> None:
    assert reason(**{key: value}) == said


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("pubstatus", "usable"),
        ("pubstatus", "stat:usable"),
        ("status", "publish"),
        ("status", "published"),
        ("status", 200),
        ("status", None),
        ("status", "ok"),
        ("status", False),
        ("state", "CA"),
        ("draft", False),
        ("draft", ""),
        ("draft", "false"),
        ("draft", "A draft of the law"),
        ("published", True),
        ("published", "2030-01-01"),
        ("published", 1614848400),
        ("date", "2030-01-01"),
        ("publishedAt", "2030-01-01"),
        ("embargoed", None),
        ("embargoed", ""),
        ("embargoed", False),
        ("embargoed", "no"),
        ("embargoed", 0),
        ("embargoed", "none"),
        ("embargo", "lifted"),
        ("status", "embargo lifted"),
        ("embargoed", []),
        ("embargoed", {}),
        ("embargoed", "2026-11-28T09:00:00Z"),
        ("embargoed", ["2026-11-01"]),
        ("publishDate", "2021-03-04"),
        ("publish_date", "unknown time"),
        ("publish_date", "2026-11-28"),
    ],
)
def test_articles_that_are_shown(key: str, value: object) -> None:
    assert reason(**{key: value}) == ""


def test_one_status_of_several_is_enough() -> None:
    assert reason(status="published", metadata={"status": "killed"}) == "killed"
    assert reason(pubstatus="usable", workflow_state="spiked") == "spiked"
    assert reason(draft=False, meta={"draft": True}) == "draft"
    assert reason(status="published", pubstatus="usable", metadata={"draft": False}) == ""


def test_every_status_that_is_listed() -> None:
    for key in STATUSES:
        for word in WITHHELD:
            assert reason(**{key: word}), (key, word)


def test_the_clock_decides() -> None:
    lifted = datetime.datetime(2026, 12, 1, 9, tzinfo=datetime.UTC)
    second = datetime.timedelta(seconds=1)
    for values in (
        {"embargoed": "2026-12-01T09:00:00Z"},
        {"embargoed": True, "embargoedUntil": "2026-12-01T09:00:00Z"},
        {"status": "embargoed", "embargo_date": "2026-12-01T09:00:00Z"},
        {"embargo": "2026-12-01T09:00:00Z", "publish_at": "2026-11-30"},
        {"status": "future", "date": "2026-12-01T09:00:00Z"},
        {"status": "scheduled", "publishAt": "2026-12-01T09:00:00Z"},
    ):
        assert reason(lifted - second, **values).endswith("(again)")
        assert reason(lifted, **values) == ""
    assert reason(lifted, embargo="2026-12-01T09:00:00Z", status="killed") == "killed"


def test_the_clock_of_the_machine_is_the_default() -> None:
    with pytest.raises(NotYetReleased, match=r"^embargoed until 9000-01-01T00:00Z$"):
        article_of({"text": "a", "embargoed": "9000-01-01T00:00Z"}, path="a")
    assert article_of({"text": "a", "embargoed": "2000-01-01T00:00Z"}, path="a").text == "a"
