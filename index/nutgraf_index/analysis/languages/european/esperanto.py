"""Esperanto."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="eo",
    name="Esperanto",
    stemmer="esperanto",
    stop_words=spaced("""
        la de en kaj estas estis al por kun el ne ke kiel pro ili li si gi mi vi ni oni pri per je
        au sed do cu se tiu tio tie tiuj kiu kio kie kiam kial kiuj kiun kion kies kiom ci ciu ciuj
        cio iu io unu post antau sur sub inter gis dum tra ce sen kontrau lau ankau nur pli plej tre
        jam ankorau tamen estos estus esti havas havis povas povis lia sia gia ilia mia via nia lin
        sin gin ilin min vin nin tiel tiam da
    """),
    keeps_accents=True,
)
