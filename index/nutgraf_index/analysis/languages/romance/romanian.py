"""Romanian, in which a comma below and a cedilla are the same."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

_COMMAS = str.maketrans("şţ", "șț")


LANGUAGE = Language(
    code="ro",
    name="Romanian",
    stemmer="romanian",
    stop_words=spaced("""
        a acea acest aceasta aceste acestea acestei acestor acestui acesti acestia acel acela acele
        acelea acelor ai aia al ale alt alta alte altul am ar are au as ati avea avem avut azi ca
        caci cand care carei carora carui ce cea ceea cei cel cele celor cine cineva cat cate cati
        cata catre cu cum da daca dar de deci deja deoarece desi despre din dintre doar dupa ea ei
        el ele era erau este eu face fara fi fie fiind fost i iar ii il imi in intr intre isi iti la
        le li lor lui mai ma meu mea mei mele mi mult multe multi ne nici nimic niste noastre
        noastra noi nostru nu o ori orice pe pentru peste poate pot prea prin pana sa sale sau sai
        se si sunt suntem sunteti spre sub ta te ti toata toate toti tot tu un una unde unei unele
        unii unor unui unul va voi vom vor vostru vreo
    """),
    question_words=spaced("cine ce cand unde cum care cat cata cati cate"),
    keeps_accents=True,
    spelling=lambda word: word.translate(_COMMAS),
)
