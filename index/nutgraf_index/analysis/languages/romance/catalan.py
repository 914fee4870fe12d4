"""Catalan, whose elided articles and pronouns are not part of words."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="ca",
    name="Catalan",
    stemmer="catalan",
    stop_words=spaced("""
        a al als amb aquell aquella aquelles aquells aquest aquesta aquestes aquests aqui aixo allo
        aixi aci on com quan quin quina quines quins que qui quant quants quanta quantes per perque
        pero de del dels des d doncs el la els les lo l en n ens entre era eren es s esta estan
        estar estat estava estaven et fins fou ha han has havia havien haver hem heu he hi ho i jo
        ja li mhe ma mes meu meva meus meves mi molt molta moltes molts ni no nosaltres nostra
        nostre nostres o pel pels se sense ser sent seu seva seus seves si sobre soc som son sota t
        tambe tan tant te tenen teu teva ton tot tota tots totes un una uns unes us va van vaig vam
        vau vosaltres vostra vostre durant mentre segons cap cada altre altra altres algun alguna
        alguns algunes mateix mateixa
    """),
    article=r"[dlmnst]'(?=[aeiouh])",
    suffix=r"'(?:[lmnt]|ls|ns|hi|ho)",
    keeps_accents=True,
)
