"""Datelines."""

import pytest

from nutgraf_index.passages.newsroom import newsroom_of
from quick import within

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


BOARD = "The harbour board voted on Tuesday."


@pytest.mark.parametrize(
    ("head", "place", "source", "date"),
    [
        # an agency and no dash
        ("Lindholm (CNN) ", "Lindholm", "CNN", ""),
        ("Lindholm, Sweden (CNN) ", "Lindholm, Sweden", "CNN", ""),
        ("Hong Kong (CNN Business)\n", "Hong Kong", "CNN Business", ""),
        ("(CNN) ", "", "CNN", ""),
        ("(CNN)", "", "CNN", ""),
        # no place
        ("(Reuters) - ", "", "Reuters", ""),
        ("(CNN) -- ", "", "CNN", ""),
        ("Jan 3 (Reuters) - ", "", "Reuters", ""),
        ("March 16, 2021 (UPI) — ", "", "UPI", "2021-03-16"),
        # a dash of any kind
        ("LINDHOLM - ", "LINDHOLM", "", ""),
        ("LINDHOLM _ ", "LINDHOLM", "", ""),
        ("LINDHOLM—", "LINDHOLM", "", ""),
        ("LINDHOLM, Sweden _ ", "LINDHOLM, Sweden", "", ""),
        ("LINDHOLM, CA--", "LINDHOLM, CA", "", ""),
        ("LINDHOLM, CA-", "LINDHOLM, CA", "", ""),
        ("LINDHOLM, N.Y. _ ", "LINDHOLM, N.Y.", "", ""),
        ("LINDHOLM: ", "", "", None),
        ("NEW DELHI: ", "NEW DELHI", "", ""),
        ("Washington, DC, United States\n: ", "Washington, DC, United States", "", ""),
        # several places
        ("LINDHOLM and BRUNNVIK (Reuters) - ", "LINDHOLM and BRUNNVIK", "Reuters", ""),
        ("LINDHOLM/BRUNNVIK (Reuters) - ", "LINDHOLM/BRUNNVIK", "Reuters", ""),
        ("LINDHOLM, Texas/BRUNNVIK (Reuters) - ", "LINDHOLM, Texas/BRUNNVIK", "Reuters", ""),
        # dates
        ("LINDHOLM, APRIL 7 - ", "LINDHOLM", "", ""),
        ("LINDHOLM, APRIL 7, 2021 - ", "LINDHOLM", "", "2021-04-07"),
        ("LINDHOLM, April 7, 2015 /PRNewswire/ -- ", "LINDHOLM", "PRNewswire", "2015-04-07"),
        ("LINDHOLM, March 4 (Reuters) - ", "LINDHOLM", "Reuters", ""),
        ("LINDHOLM, 3 March 2021 (AFP) - ", "LINDHOLM", "AFP", "2021-03-03"),
        ("LINDHOLM (AP), March 4 - ", "LINDHOLM", "AP", ""),
        ("LINDHOLM (AP) March 4, 2021 — ", "LINDHOLM", "AP", "2021-03-04"),
        ("LINDHOLM, WIS., March 19 - ", "LINDHOLM, WIS.", "", ""),
        ("Lindholm, Jan. 3. ", "Lindholm", "", ""),
        ("LINDHOLM, Jan. 3.-", "LINDHOLM", "", ""),
        ("Lindholm, 4 March 2021 — ", "Lindholm", "", "2021-03-04"),
        # releases
        ("LINDHOLM, TX - May 16, 2025 (NEWSWIRE) - ", "LINDHOLM, TX", "NEWSWIRE", "2025-05-16"),
        ("LINDHOLM, TX - (PortWire) - May 16, 2025 - ", "LINDHOLM, TX", "PortWire", "2025-05-16"),
        ("LINDHOLM, GA — May 13, 2025 — (PORT WIRE) — ", "LINDHOLM, GA", "PORT WIRE", "2025-05-13"),
        ("LONDON--(BUSINESS WIRE)--", "LONDON", "BUSINESS WIRE", ""),
        ("LONDON--(Newsfile Corp. - March 4, 2021) - ", "LONDON", "Newsfile Corp.", "2021-03-04"),
        ("Lindholm, TX (April 23, 2024) – ", "Lindholm, TX", "", "2024-04-23"),
        # brackets and emphasis
        ("(Lindholm, TX) - ", "Lindholm, TX", "", ""),
        ("[LONDON] — ", "LONDON", "", ""),
        ("**LONDON** — ", "LONDON", "", ""),
        ("**LONDON (AP)** — ", "LONDON", "AP", ""),
        ("*LONDON, England* — ", "LONDON, England", "", ""),
        # agencies in any form
        ("LINDHOLM (reuters) - ", "LINDHOLM", "reuters", ""),
        ("Lindholm, Sweden (BBC) - ", "Lindholm, Sweden", "BBC", ""),
        ("LINDHOLM, Xinhua -- ", "LINDHOLM", "Xinhua", ""),
        ("Lindholm (tca/dpa) - ", "Lindholm", "tca/dpa", ""),
        ("LINDHOLM, Sweden (PortNewsNow) - ", "LINDHOLM, Sweden", "PortNewsNow", ""),
        ("LINDHOLM (Port News) - ", "LINDHOLM", "Port News", ""),
        # letters
        ("SAN`A, Yemen (AP) _ ", "SAN`A, Yemen", "AP", ""),
        ("McALLEN, Texas (AP) — ", "McALLEN, Texas", "AP", ""),
        ("İSTANBUL (AA) – ", "İSTANBUL", "AA", ""),
        ("Dekalb, Ill. — ", "Dekalb, Ill.", "", ""),
        ("ABOARD THE USS LINDHOLM (AP) — ", "ABOARD THE USS LINDHOLM", "AP", ""),
        # in the block of a byline or a headline
        ("By Maja Orlo LINDHOLM (Reuters) - ", "LINDHOLM", "Reuters", ""),
        ("By Maja Orlo\nLINDHOLM, Sweden (Reuters) - ", "LINDHOLM, Sweden", "Reuters", ""),
        ("PIER COMPANY SETS DIVIDEND\nLINDHOLM, March 4 - ", "LINDHOLM", "", ""),
        ("LINDHOLM,\nSweden (AP) _ ", "LINDHOLM, Sweden", "AP", ""),
    ],
)  # fmt: skip
def test_datelines_of_all_kinds(head: str, place: str, source: str, date: str | None) -> None:
    dateline = ENGLISH.datelines.read(f"{head}{BOARD}")
    if date is None:
        assert dateline is None
        return
    assert dateline is not None
    assert (dateline.place, dateline.source, dateline.date) == (place, source, date)
    assert dateline.end == len(head)


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
        "PIER-CLOSING (Lindholm) _ The board voted.",
        "PIER-CLOSING _ LINDHOLM _ The board voted.",
        "BC-PIER-CLOSING-ART-(TRIMS)-PNS",
        "MEDIA ADVISORY – People v. Ek",
        "BREAKING NEWS — The board voted.",
        "EXCLUSIVE: The board voted in secret.",
        "NEWS ANALYSIS — The board voted.",
        "PHOTOS: The pier in the winter of 2021",
        "TOP STORY - The board voted.",
        "NATO - The alliance said on Tuesday",
        "COVID-19 — The virus came back.",
        "UNDATED - The board voted.",
        "PIER CLOSES - BOARD SAYS NO",
        "PLEA IN PIER CASE - Port County District Attorney",
        "PIER TO CLOSE ON APRIL 8 - BOARD",
        "The board told (CNN) that it had voted",
        "Recently, Fox News said that the board had voted",
        "Tomas Vik/AP Photo",
        "Tomas Vik/Agence France-Presse — Getty Images",
        "T. VIK/WireImage/Getty Images",
        "MR. EK: Thank you, chair, for all that you have said.",
        "ORLO: Thank you, chair, for all that you have said.",
        "MAJA ORLO, CNN: Well, what do you say to that?",
        "WHO: The harbour board and the mayor",
        "WASHINGTON: 15 months.",
        "Maja Orlo — The new face of the port",
        "Harbour Board - The annual meeting",
        "The Associated Press (AP) - The agency",
        "MAJA ORLO (R) - The senator",
        "Monday, Jan. 3 - The minister",
        "On Jan. 10 - The minister",
        "In London, Jan. 3 - The board",
        "March 4, 2021 - The day the pier closed",
        "LINDHOLM, LA., SATURDAY, MAY 6, 1916. VOL. XLII No. 25",
        "Pier Inc. (NASDAQ: PIER) - The company",
        "Toronto's board said so in a report of\nThe Post (Toronto).",
        "PIER _ LINDHOLM, Maine _ The board voted.",
        "THE PIER - The board voted.",
        "ORLO LEADS THE BOARD - The chair voted.",
        "ORLO V. PORT - The board voted.",
        "EDITOR'S NOTE -- The board voted.",
        "LXXXV— No. 08",
        "Sen. Maja Orlo (Tomas Vik/Reuters)",
        "Sen. Maja Orlo (Tomas Vik/Reuters) The senator",
        "(Port News)",
        "(ABC News)",
        "Maja Orlo, MD: The captains said so at once.",
        "LINDHOLM, May WL—The board voted.",
        "PIER\n _ LD CHRON",
        "LINDHOLM — ",
        "   ",
        "",
    ],
)  # fmt: skip
def test_no_datelines(text: str) -> None:
    assert ENGLISH.datelines.read(text) is None


@pytest.mark.parametrize("end", [199, 200, 201])
def test_a_dateline_stands_within_200_characters(end: int) -> None:
    head = f"{'A' * (end - len(' (AA) - '))} (AA) - "
    dateline = ENGLISH.datelines.read(f"{head}Talks began.")
    assert len(head) == end
    assert (dateline is not None) == (end <= 200)
    assert dateline is None or dateline.end == end


@pytest.mark.parametrize(
    "unit", ["A ", "A, ", "A and ", "A de la ", "Jan. 1 ", "A/", "A-", "A\n", "-- "]
)
def test_hostile_text_takes_no_time(unit: str) -> None:
    with within(1):
        for end in ("", " (", " (AP)", " 2021", "!"):
            ENGLISH.datelines.read(unit * 200 + end)
            ENGLISH.datelines.read(f"LONDON {unit * 30}{end}")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("BRUNNVIK, South Africa", "BRUNNVIK, South Africa"),
        ("LOS ANGELES", "LOS ANGELES"),
        ("**Lindholm, Texas**", "Lindholm, Texas"),
        ("POLITICS", ""),
        ("PIER -- CLOSING", ""),
        ("Reuters", ""),
        ("", ""),
    ],
)
def test_a_place_alone(line: str, place: str) -> None:
    assert ENGLISH.datelines.read_place(line) == place


@pytest.mark.parametrize(
    ("head", "place", "source"),
    [
        ("LINDHOLM, PA, July 19, 2024 /24-7PortRelease/ -- ", "LINDHOLM, PA", "24-7PortRelease"),
        ("LINDHOLM -– ", "LINDHOLM", ""),
        (
            "Lindholm Point, Ontario, Canada (Portworthy.ai) Monday Jul 21, 2025 @ 8:00 AM Etc — ",
            "Lindholm Point, Ontario, Canada",
            "Portworthy.ai",
        ),
    ],
)
def test_datelines_of_releases(head: str, place: str, source: str) -> None:
    dateline = ENGLISH.datelines.read(head + BOARD)
    assert dateline is not None
    assert (dateline.place, dateline.source, dateline.end) == (place, source, len(head))


@pytest.mark.parametrize(
    ("line", "place", "source", "date"),
    [
        ("LINDHOLM -– March 4, 2021", "LINDHOLM", "", "2021-03-04"),
        (
            "LINDHOLM, Sweden - March 4, 2021 / Port Agency /",
            "LINDHOLM, Sweden",
            "Port Agency",
            "2021-03-04",
        ),
        ("LINDHOLM, N.J., March 17 -", "LINDHOLM, N.J.", "", ""),
    ],
)
def test_a_dateline_in_a_line_of_its_own(line: str, place: str, source: str, date: str) -> None:
    assert ENGLISH.datelines.read(line) == (place, date, source, len(line))


@pytest.mark.parametrize(
    "text",
    [
        "Ferry Board (see page 4) Monday, May 3 was the day — the board voted.",
        "Maja Orlo (left) Monday, May 3, 2021 — the day of the vote.",
        "The Pier -– a history of it",
    ],
)
def test_no_datelines_with_a_moment(text: str) -> None:
    assert ENGLISH.datelines.read(text) is None
