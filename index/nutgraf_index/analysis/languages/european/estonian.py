"""Estonian."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="et",
    name="Estonian",
    stemmer="estonian",
    stop_words=spaced("""
        ja ei on oli ole olid olema olla olen oleks oleme pole et ka kui kas kes mis mida mille
        millal milline millise kus kuhu kuidas miks kelle keda kellele see seda selle sellest selles
        sel need neid nende nendel ta tema teda talle ma mina mind mu minu sa sina sind su sinu me
        meie meid te teie teid nad nemad aga voi ning vaid kuid sest siis nii nagu juba veel ainult
        vaga mitte uks oma enda ise koik kogu moni moned iga muu ule alla alt all peale parast enne
        ilma koos vastu labi poolt juures vahel kohta jargi saab voib sai said tuleb peab
    """),
    keeps_accents=True,
)
