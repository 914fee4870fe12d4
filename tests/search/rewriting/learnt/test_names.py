"""Spellings of a name: words that sound alike and are used alike, and no others."""

import pytest

from nutgraf import Article, Index
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.rewriting.learnt.names import name_key, other_spellings

SAME_KEY = """
    gaddafi qaddafi gadhafi kadafi kadhafi qadhdhafi khadafy
    mohammed muhammad mohamed mohammad muhammed mohamad
    hezbollah hizbullah hizballah hizbollah
    qaeda qaida
    kiev kyiv
    tchaikovsky chaikovsky tschaikowsky
    zelensky zelenskyy zelenskiy
    yanukovich yanukovych
    netanyahu netanyahou
    osama usama
    kathmandu katmandu
    gorbachev gorbacheff
    yeltsin eltsin
    sheikh shaykh sheik
    sergei sergey
    muammar moammar
"""
OTHER_KEY = """
    iran iraq
    austria australia
    germany german
    israel israeli
    kuwait kuwaiti
    serb serbia
    beijing peking
    bombay mumbai
    argentina argentine
    bosnia bosnian
"""


@pytest.mark.parametrize("line", SAME_KEY.strip().splitlines())
def test_spellings_of_a_name_have_one_key(line: str) -> None:
    assert len({name_key(word) for word in line.split()}) == 1


@pytest.mark.parametrize("line", OTHER_KEY.strip().splitlines())
def test_other_names_have_other_keys(line: str) -> None:
    one, other = line.split()
    assert name_key(one) != name_key(other)


def spellings(word: str, texts: list[str]) -> tuple[str, ...]:
    filling = [f"Otters number {number} swam in the river of the town." for number in range(20)]
    with Index.in_memory() as index:
        # Each in a commit of its own: the answer does not depend on segments.
        index.add([Article(id=f"a{number:02}", text=text) for number, text in enumerate(texts)])
        index.add([Article(id=f"b{number:02}", text=text) for number, text in enumerate(filling)])
        several = other_spellings(word, SnapshotPostings(index.snapshot()))
        index.compact()
        assert other_spellings(word, SnapshotPostings(index.snapshot())) == several
    return several


ONE = "The Ukrainian president Viktor Yanukovych fled Kyiv for Rostov."
TWO = "In Rostov the fled Ukrainian president Viktor Yanukovich spoke."


def test_a_name_has_its_spellings() -> None:
    assert spellings("yanukovich", [ONE, TWO]) == ("Yanukovych",)
    assert spellings("yanukovych", [ONE, TWO]) == ("Yanukovich",)
    accents = TWO.replace("Yanukovich", "Yanukóvich")
    assert spellings("yanukovych", [ONE, accents]) == ("Yanukóvich",)


def test_a_spelling_may_be_found_through_another() -> None:
    third = "Yanukovitch, the Ukrainian president Viktor Yanukovitch, fled for Rostov."
    texts = [ONE, TWO, TWO, third]
    assert spellings("yanukovych", texts) == ("Yanukovich", "Yanukovitch")


@pytest.mark.parametrize(
    ("word", "texts"),
    [
        # Other persons, of whom other things are told.
        ("kahn", ["Oliver Kahn saved a penalty in Munich.", "Imran Khan voted in Lahore."]),
        # The same is told of both, and they have other first names.
        (
            "clarke",
            [
                "The Australian bowler Stuart Clark took wickets in Sydney.",
                "The Australian bowler Stuart Clark took wickets in Perth.",
                "The Australian bowler Michael Clarke took wickets in Sydney.",
                "The Australian bowler Michael Clarke took wickets in Perth.",
            ],
        ),
        # Both stand in the same articles.
        (
            "shanxi",
            [
                "Rain fell in the Chinese provinces of Henan, Shanxi and Shaanxi.",
                "Rain fell in the Chinese provinces of Henan, Shaanxi and Shanxi.",
            ],
        ),
        # No names, or names in capitals alone.
        ("color", ["The wall had a color of lime.", "The wall had a colour of lime."]),
        ("keener", ["A keener wind from the Arctic.", "A kenner wind from the Arctic."]),
        ("aapl", ["Shares of AAPL in Cupertino rose.", "Shares of AAPEL in Cupertino rose."]),
        # Nothing is told of one of them but what is told of everybody.
        ("gadhafi", ["Muammar Gaddafi flew to Tripoli.", "We saw the river with Mr Gadhafi."]),
        # Forms of a word, which a search finds anyway.
        ("kennedy", ["The Kennedy home in Hyannis.", "The Kennedys home in Hyannis."]),
        ("", []),
        ("who", ["Somebody who came."]),
        ("f16s", ["The F16s flew."]),
    ],
)
def test_what_is_no_spelling(word: str, texts: list[str]) -> None:
    assert spellings(word, texts) == ()


def test_deleted_passages_and_notes_do_not_count() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text=ONE), Article(id="b", text=TWO)])
        index.add([Article(id=f"c{n}", text=f"Otters swam {n} times.") for n in range(20)])
        index.remove("b")
        assert other_spellings("yanukovych", SnapshotPostings(index.snapshot())) == ()
