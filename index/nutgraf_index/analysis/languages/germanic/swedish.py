"""Swedish."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="sv",
    name="Swedish",
    stemmer="swedish",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        och det att i en jag hon som han pa den med var sig for sa till ar men ett om hade de av
        icke mig du henne da sin nu har inte hans honom skulle hennes dar min man ej vid kunde nagot
        fran ut nar efter upp vi dem vara vad over an dig kan sina ha mot alla under nagon eller
        allt mycket sedan ju denna sjalv detta at utan varit hur ingen mitt ni bli blev oss din
        dessa nagra deras blir mina samma vilken er sadan blivit dess inom mellan sadant varfor
        varje vilka ditt vem vilket sitt sadana vart dina vars ert era vilkas vems enligt manga
    """),
    request_words=spaced("""
        hitta sok visa ge lista artikel artiklar text texter dokument information snalla
    """),
    question_words=spaced("vem vad nar var varfor hur vilken vilket vilka"),
    after_hyphens=frozenset(("och", "eller", "samt")),
    keeps_accents=True,
    compounding=Compounding(links=("s", "e", "u", "o", "a")),
)
