"""Irish, whose elided particles are not part of words."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="ga",
    name="Irish",
    stemmer="irish",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        a ach ag agus an aon ar arna as b ba beirt bhur caoga ceathair ceathrar chomh chto chuig
        chun cois cead cuig cuigear d daichead dar de deich deichniur den dha do don dti da faoi
        faoin faoina faoinar fara fiche gach gan go gur haon hocht i iad idir in ina ins inar is le
        leis lena lenar m mar mo me na nach naoi naonur ni nior no nocha ocht ochtar os roimh sa
        seacht seachtar seachto seasca seisear siad sibh sinn sna se si tar thar thu triur tri trina
        trinar triocha tu um e eis o on ona onar
    """),
    article=r"[bdm]'(?=[aeiouf])",
    keeps_accents=True,
)
