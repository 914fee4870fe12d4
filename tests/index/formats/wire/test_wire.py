"""Wire text: envelopes, advisories, and what must not be shown."""

import datetime

import pytest

from nutgraf_index.formats.format import Fault, ReadOptions
from nutgraf_index.formats.registry import format_of, read_articles
from nutgraf_index.formats.wire import anpa, iptc7901
from nutgraf_index.formats.wire.envelope import decode_wire
from nutgraf_index.model import Article
from nutgraf_index.passages.split import split
from places import TESTS

CASES = TESTS / "cases" / "exports"


def read(path: str, data: bytes) -> tuple[list[Article], list[Fault]]:
    entries = list(read_articles(path, data))
    articles = [entry for entry in entries if isinstance(entry, Article)]
    faults = [entry for entry in entries if isinstance(entry, Fault)]
    return articles, [fault for fault in faults if fault.line or len(faults) == 1]


def story(*head: str, text: str = "\t   LINDHOLM (AP) _ The board voted.", sent: str = "") -> bytes:
    sent = sent or "AP-NY-01-03-21 1200EST"
    lines = ["\x16\x16\x01W2870\x1f_europ", "r i\x13\x11 BC-Pier   01-03 0123", "\x02^BC-Pier,123<"]
    return "\n".join([*lines, *head, text, f"\x03{sent}<", "\x04"]).encode()


def iptc(*head: str, text: str = "Lindholm (dpa) - The board voted.") -> bytes:
    lines = [
        "\x01eca062 4 i 211 ccccb   dpa 061",
        "",
        "ports/",
        "\x02" + "\n".join(head) + " =",
        "",
    ]
    return "\n".join([*lines, text, "dpa mo be", "\x03031137 GMT Jan 21"]).encode()


def passages(data: bytes) -> list[str]:
    ((article,), _) = read("a.txt", data)
    return [f"{passage.role.value}: {passage.text}" for passage in split(article)]


@pytest.mark.parametrize("name", ["port.anpa", "port.iptc"])
def test_no_control_character_is_in_any_article(name: str) -> None:
    articles, _ = read(name, (CASES / name).read_bytes())
    for article in articles:
        assert all(sign >= " " or sign == "\n" for sign in article.text)
        for passage in split(article):
            assert article.text[passage.start : passage.end] == passage.text
            assert not passage.text.startswith("^")


@pytest.mark.parametrize("name", ["port.anpa", "port.iptc"])
def test_the_lines_of_passages_are_those_of_the_file(name: str) -> None:
    data = (CASES / name).read_bytes()
    lines = data.decode("cp1252").split("\r\n")
    articles, _ = read(name, data)
    for article in articles:
        for passage in split(article):
            assert passage.text.split()[0] in lines[passage.line - 1]


def test_a_wire_is_recognised_by_its_first_bytes() -> None:
    for name, format, reader in (
        ("port.anpa", "ANPA-1312", anpa),
        ("port.iptc", "IPTC 7901", iptc7901),
    ):
        head = (CASES / name).read_bytes().decode("latin-1")
        assert [reader.recognises(head), reader.recognises("The board " + head)] == [True, False]
        for path in ("a.txt", "a.tst", "a", f"a{name[4:]}"):
            assert format_of(path, head).name == format


def test_control_characters_as_carets_are_read_too() -> None:
    data = (CASES / "port.anpa").read_bytes()
    carets = "".join(
        f"^{chr(ord(sign) + 64)}" if sign < " " and sign not in "\r\n" else sign
        for sign in data.decode()
    ).encode()
    expected, faults = read("a.txt", data)
    articles, others = read("a.txt", carets)
    assert [(a.id, a.title, a.authors, a.date) for a in articles] == [
        (a.id, a.title, a.authors, a.date) for a in expected
    ]
    assert others == faults


def test_many_control_characters_in_an_old_encoding_are_no_reason_to_refuse() -> None:
    rows = "\n".join(f"\x08Café {n}\x1f\x1e {n}\x1f\x1e .5{n}\x1f\x1e" for n in range(30))
    data = story(text=rows).decode().encode("cp1252")
    text, encoding = decode_wire(data, "")
    assert (text.encode("cp1252"), encoding) == (data, "cp1252")
    (article,), _ = read("a.txt", data)
    assert (article.encoding, "Café 7  7  .57" in article.text) == ("cp1252", True)


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (["^BULLETIN KILL<"], "killed or withheld: BULLETIN KILL"),
        (["^BC-Pier, MANDATORY KILL<"], "killed or withheld: MANDATORY KILL"),
        (["^BC-Pier, KILL<"], "killed or withheld: KILL"),
        (
            ["^Eds: The story is withheld; a new one will move.<"],
            "killed or withheld: story is withheld",
        ),
        (["^Eds: EMBARGOED until Friday.<"], ""),
        (["^Eds: EMBARGOED until 6 p.m. Jan. 4.<"], ""),
        (
            ["^Eds: EMBARGOED until January 4, 2101.<"],
            "under embargo: EMBARGOED until January 4, 2101.",
        ),
        (["^Storm kills 12, board says<"], ""),
        (["^KILL BILL LEADS BOX OFFICE<"], ""),
        (["^Eds: ADDS that oil is under an embargo.<"], ""),
        (["^BOMBS KILL 12 IN LINDHOLM<"], ""),
        (["^Eds: ADDS that 12 were killed.<"], ""),
    ],
)
def test_what_must_not_be_shown(head: list[str], reason: str) -> None:
    articles, faults = read("a.txt", story(*head))
    again = reason.startswith("under")
    assert faults == ([Fault(reason, 1, again)] if reason else [])
    assert len(articles) == (not reason)


def test_an_embargo_without_a_day_holds_if_the_story_has_no_date() -> None:
    data = story("^Eds: EMBARGOED until Friday.<", sent="the wire")
    reason = "under embargo: EMBARGOED until Friday."
    assert read("a.txt", data) == ([], [Fault(reason, 1, again=True)])


@pytest.mark.parametrize(
    ("now", "is_shown"),
    [
        ("2101-01-04T23:59+00:00", False),
        ("2101-01-05T11:59+00:00", False),  # it is still the 4th at UTC-12
        ("2101-01-05T12:00+00:00", True),
        ("2101-01-06T00:30+14:00", False),
    ],
)
def test_a_given_time_decides_on_an_embargo(now: str, is_shown: bool) -> None:
    options = ReadOptions(now=datetime.datetime.fromisoformat(now))
    for data in (
        story("^Eds: EMBARGOED until January 4, 2101.<"),
        iptc("Sperrfrist: 4. Januar 2101", "Pier closes"),
    ):
        entry, *_ = read_articles("a.txt", data, options)
        assert isinstance(entry, Article) == is_shown


def test_embargoes_and_kills_of_iptc() -> None:
    for head, reason, again in (
        ("Sperrfrist: 4. Januar 2101", "under embargo: Sperrfrist: 4. Januar 2101", True),
        ("KILL", "killed or withheld: KILL", False),
    ):
        assert read("a.txt", iptc(head, "Pier closes")) == ([], [Fault(reason, 1, again)])
    assert len(read("a.txt", iptc("Storm kills 12"))[0]) == 1


def test_roles_of_the_lines_of_anpa() -> None:
    data = story(
        "^Pier closes<",
        "^Ferries will call at Brunnvik until June, the board said on Tuesday<",
        "^AP Photo LIN101<",
        "^By MAJA ORLO and BO EK=",
        "^Associated Press Writers=",
        text="\t   LINDHOLM (AP) _ The board voted and\nwent home.\n\t   It rained.\n"
        "^THE FERRIES=\n\t   They call.\n-0-",
    )
    assert passages(data) == [
        "note: BC-Pier,123",
        "headline: Pier closes",
        "headline: Ferries will call at Brunnvik until June, the board said on Tuesday",
        "note: AP Photo LIN101",
        "byline: By MAJA ORLO and BO EK",
        "byline: Associated Press Writers",
        "lead: LINDHOLM (AP) _ The board voted and\nwent home.",
        "body: It rained.",
        "subhead: THE FERRIES",
        "body: They call.",
    ]


def test_an_alert_and_a_list_of_headlines() -> None:
    assert passages(story()) == ["note: BC-Pier,123", "lead: LINDHOLM (AP) _ The board voted."]
    (article,), _ = read("a.txt", story("^Top news<", "^Pier closes", "^Ferries call", text=""))
    assert article.title == "Top news"
    roles = [passage.role.value for passage in split(article)]
    assert roles[:3] == ["note", "headline", "lead"]


def test_what_is_not_for_publication_is_left_out() -> None:
    data = iptc(
        "Pier closes",
        text="Lindholm (dpa) - The board voted.\n\nThe following information is not intended for "
        "publication\n\nCall Bo Ek.",
    )
    assert passages(data) == ["headline: Pier closes", "lead: Lindholm (dpa) - The board voted."]
    data = story("^Pier closes<", "^NOT FOR PUBLICATION<", "^The mayor is at home.<")
    assert passages(data) == [
        "note: BC-Pier,123",
        "headline: Pier closes",
        "lead: LINDHOLM (AP) _ The board voted.",
    ]


def test_a_wire_without_stories_says_so() -> None:
    assert read("a.anpa", b" \n ") == ([], [Fault("empty")])
    assert read("a.anpa", b"The board voted.") == ([], [Fault("no article in it")])
    assert read("a.anpa", b"\x01W2870\x1f_europ\n\x02\n\x03") == (
        [],
        [Fault("a story without text", 1)],
    )
