"""Datelines."""

import pytest

from nutgraf_index.passages.newsroom import newsroom_of

ENGLISH = newsroom_of("en")


@pytest.mark.parametrize(
    ("text", "place", "source", "date"),
    [
        ("ISTANBUL (AA) - Talks", "ISTANBUL", "AA", ""),
        ("LONDON, Feb 1 (Reuters) - Shares", "LONDON", "Reuters", ""),
        ("BEIRUT, Lebanon, June 2. The army", "BEIRUT, Lebanon", "", ""),
        ("WASHINGTON — The president", "WASHINGTON", "", ""),
        ("WASHINGTON, Jan. 3, 2020 (AP) — A", "WASHINGTON", "AP", "2020-01-03"),
        ("Paris (AFP) – Le", "Paris", "AFP", ""),
        ("SÃO PAULO, Brazil (AP) -- A", "SÃO PAULO, Brazil", "AP", ""),
        ("KHAN YOUNIS, Gaza Strip (AP) — A", "KHAN YOUNIS, Gaza Strip", "AP", ""),
        ("ST. PETERSBURG, Russia (Reuters) - A", "ST. PETERSBURG, Russia", "Reuters", ""),
        ("PORT-AU-PRINCE, Haiti — A", "PORT-AU-PRINCE, Haiti", "", ""),
        ("N'DJAMENA, Chad — A", "N'DJAMENA, Chad", "", ""),
        ("COEUR D'ALENE, Idaho — A", "COEUR D'ALENE, Idaho", "", ""),
        ("ST. LOUIS — A", "ST. LOUIS", "", ""),
        ("WASHINGTON, Jan. 8 (AP)—A", "WASHINGTON", "AP", ""),
        ("WASHINGTON, Jan. 8 (UPI).—A", "WASHINGTON", "UPI", ""),
        ("WASHINGTON, Wednesday, Jan. 8, 1947 — A", "WASHINGTON", "", "1947-01-08"),
        ("UNITED NATIONS, 3 March 2020 (AFP) - A", "UNITED NATIONS", "AFP", "2020-03-03"),
    ],
)
def test_datelines(text: str, place: str, source: str, date: str) -> None:
    dateline = ENGLISH.datelines.read(text)
    assert dateline is not None
    assert (dateline.place, dateline.source, dateline.date) == (place, source, date)


@pytest.mark.parametrize(
    "text",
    [
        "The president (left) - who spoke",
        "Iran's IRGC launched more",
        "On Jan. 10, the minister",
        "NATO — the alliance founded in 1949 — will send troops",
        "ISIS — the group that held Mosul — has said so",
        "BREAKING — Missiles hit",
        "IBM (NYSE: IBM) - Shares rose",
        "NATO (North Atlantic Treaty Organization) - the alliance",
        "U.S. officials said (on Monday) - again",
        "",
    ],
)
def test_no_datelines(text: str) -> None:
    assert ENGLISH.datelines.read(text) is None


@pytest.mark.parametrize("end", [199, 200, 201])
def test_a_dateline_stands_within_200_characters(end: int) -> None:
    head = f"{'A' * (end - len(' (AA) - '))} (AA) - "
    dateline = ENGLISH.datelines.read(f"{head}Talks began.")
    assert len(head) == end
    assert (dateline is not None) == (end <= 200)
    assert dateline is None or dateline.end == end
