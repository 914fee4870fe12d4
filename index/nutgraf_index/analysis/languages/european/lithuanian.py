"""Lithuanian."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="lt",
    name="Lithuanian",
    stemmer="lithuanian",
    stop_words=spaced("""
        ir i is su be bei ar arba bet o kad kaip kai kas ka kam kuo kur kada kodel kiek kuris kuri
        kurie kuriu kurio kurios kuriame kuriuo koks kokia kokie kokios kokio koki jis ji jie jos jo
        ju jam jai jiems mes jus as tu mano tavo savo musu jusu tai tas ta tie tos to tuo sis si sie
        sios sio sia yra buvo buti bus nera esu esame per po prie pro pries del iki nuo apie tarp
        ant uz pagal taip pat ne ni nei jei jeigu tik jau dar labai daug visi visos visu viso vienas
        viena kiti kita kitu kuria kurioje nes todel taciau
    """),
    keeps_accents=True,
)
