import pytest

from nutgraf_index.wire import read_byline, read_dateline


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
        ("UNITED NATIONS, 3 March 2020 (AFP) - A", "UNITED NATIONS", "AFP", "2020-03-03"),
    ],
)
def test_datelines(text: str, place: str, source: str, date: str) -> None:
    dateline = read_dateline(text)
    assert dateline is not None
    assert (dateline.place, dateline.source, dateline.date) == (place, source, date)


@pytest.mark.parametrize(
    "text",
    [
        "The president (left) - who spoke",
        "Iran's IRGC launched more",
        "On Jan. 10, the minister",
        "U.S. officials said (on Monday) - again",
        "",
    ],
)
def test_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "authors", "source"),
    [
        ("By Idris Okuducu", ("Idris Okuducu",), ""),
        (
            "BY JANE ROE and JOHN DOE, Associated Press",
            ("JANE ROE", "JOHN DOE"),
            "Associated Press",
        ),
        ("By Reuters", (), "Reuters"),
        ("By Jane Roe, Staff Writer", ("Jane Roe",), ""),
        ("By Ludwig van Beethoven in Vienna", ("Ludwig van Beethoven",), ""),
        ("**By Adel Abdul-Mahdi**", ("Adel Abdul-Mahdi",), ""),
    ],
)
def test_bylines(text: str, authors: tuple[str, ...], source: str) -> None:
    assert read_byline(text) == (authors, source)


@pytest.mark.parametrize(
    "text", ["By the time he came", "By now.", "Bystanders Said So", "By 2030", "by", ""]
)
def test_no_bylines(text: str) -> None:
    assert read_byline(text) is None
