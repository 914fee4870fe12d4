"""Definitions of acronyms in texts: which are found, with their long forms, and which are none."""

import pytest

from english import ENGLISH
from nutgraf import Article, Index
from nutgraf.matching.postings import SnapshotPostings
from nutgraf.rewriting.learnt.acronyms import acronyms_of, definitions, long_forms

FOUND = {
    "The Islamic Revolutionary Guard Corps (IRGC) said so.": (
        "IRGC Islamic Revolutionary Guard Corps"
    ),
    "IRGC (Islamic Revolutionary Guard Corps) said so.": "IRGC Islamic Revolutionary Guard Corps",
    "the IRGC (the Islamic Revolutionary Guard Corps) said so.": (
        "IRGC Islamic Revolutionary Guard Corps"
    ),
    "the Federal Bureau of Investigation (FBI)": "FBI Federal Bureau of Investigation",
    "its Organization of the Petroleum Exporting Countries (OPEC)": (
        "OPEC Organization of the Petroleum Exporting Countries"
    ),
    "by magnetic resonance images (MRIs)": "MRI magnetic resonance images",
    "a plain paper copier (PPC)": "PPC plain paper copier",
    "the Computer & Communications Industry Association (CCIA)": (
        "CCIA Computer & Communications Industry Association"
    ),
    "in extensible markup language (XML)": "XML extensible markup language",
    "in hypertext markup language (HTML)": "HTML hypertext markup language",
    "with deoxyribonucleic acid analysis (DNAA)": "DNAA deoxyribonucleic acid analysis",
    "the Ministry of Defence (MoD) of Britain": "MoD Ministry of Defence",
    "the Food and Drug\nAdministration's (FDA) rule": "FDA Food and Drug Administration",
    "the Coffee, Sugar and Cocoa Exchange (CSCE)": "CSCE Coffee, Sugar and Cocoa Exchange",
    "the World Anti-Doping Agency (WADA)": "WADA World Anti-Doping Agency",
    "an age-related macular degeneration (AMD)": "AMD age-related macular degeneration",
    "the World Wildlife Fund (“WWF”)": "WWF World Wildlife Fund",
    "the U.N. agency, the World Food Programme (W.F.P.)": "W.F.P. World Food Programme",
    "the Securities & Exchange Commission (SEC)": "SEC Securities & Exchange Commission",
    "an NGO (non-governmental organisation, or charity)": "NGO non-governmental organisation",
    "NGO (non-governmental organisation) staff": "NGO non-governmental organisation",
}
NONE = [
    "Shares of Intel Corp (INTC.O) rose.",
    "The chairman (CEO) left.",
    "He was in Paris (IRGC).",
    "the Canadian Press - Edmonton (CPE)",
    "It is the best (and the worst) of times.",
    "the Republic (R) and the IRGC ()",
    "she said so (Reuters)",
    "the guard corps in the north of the Islamic republic (IRGC)",
    "Apple (AAPL)",
    "World. Health Organization (1)",
    "the (THE) end",
]


@pytest.mark.parametrize("text", FOUND)
def test_a_definition(text: str) -> None:
    found = [f"{acronym} {long_form}" for acronym, long_form in definitions(text, ENGLISH)]
    assert found == list(filter(None, [FOUND[text]]))


@pytest.mark.parametrize("text", NONE)
def test_no_definition(text: str) -> None:
    assert [*definitions(text, ENGLISH)] == []


@pytest.fixture(scope="module")
def postings() -> SnapshotPostings:
    texts = [
        "The Associated Press (AP) has an office.",
        "ASSOCIATED PRESS (AP)",
        "Reporters of the Associated Press (AP) left.",
        "Engineers counted the access points (APs).",
        "The state of Andhra Pradesh (AP) votes, and an access point (AP) is new.",
        "A World Health Organization (WHO) doctor, who knows.",
        "The Cable News Network (CNN) and the Chess News Network (CNN) and CNN.",
    ]
    index = Index.in_memory()
    index.add(Article(id=f"a{number}", text=text) for number, text in enumerate(texts))
    return SnapshotPostings(index.snapshot())


def test_the_long_forms_of_an_acronym(postings: SnapshotPostings) -> None:
    # By the number of definitions, then alphabetically; inflections are one long form.
    assert long_forms("ap", postings) == ("Associated Press", "access point", "Andhra Pradesh")
    assert long_forms("cnn", postings) == ("Cable News Network", "Chess News Network")
    assert long_forms("who", postings) == ("World Health Organization",)
    assert long_forms("fbi", postings) == ()


def test_the_acronyms_of_a_long_form(postings: SnapshotPostings) -> None:
    assert acronyms_of("access points", postings) == ("AP",)
    assert acronyms_of("world health organisation", postings) == ("=WHO",)  # who is a word, too
    assert acronyms_of("health organisation", postings) == ()
    assert acronyms_of("chess news network", postings) == ("CNN",)
