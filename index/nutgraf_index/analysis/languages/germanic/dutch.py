"""Dutch."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="nl",
    name="Dutch",
    stemmer="dutch",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        de en van ik te dat die in een hij het niet zijn is was op aan met als voor had er maar om
        hem dan zou of wat mijn men dit zo door over ze zich bij ook tot je mij uit der daar haar
        naar heb hoe heeft hebben deze u want nog zal me zij nu ge geen omdat iets worden toch al
        waren veel meer doen toen moet ben zonder kan hun dus alles onder ja eens hier wie werd
        altijd doch wordt wezen kunnen ons zelf tegen na reeds wil kon niets uw iemand geweest
        andere welke welk waar wanneer waarom hoeveel waarin waarmee waarvan waarop tussen tijdens
        volgens sinds
    """),
    request_words=spaced("""
        vind vinden zoek zoeken toon tonen laat zien geef lijst artikel artikelen tekst teksten
        document documenten informatie alstublieft
    """),
    question_words=spaced("wie wat wanneer waar waarom hoe hoeveel welk welke"),
    newest_words=spaced("laatste nieuwste recent recente actueel actuele nieuws vandaag gisteren"),
    after_hyphens=frozenset(("en", "of", "tot")),
    keeps_accents=True,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.dutch",
    compounding=Compounding(links=("s", "en", "e", "er", "n")),
)
