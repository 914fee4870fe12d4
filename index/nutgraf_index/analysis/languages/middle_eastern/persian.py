"""Persian, also written with the letters of Arabic."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

_LETTERS = str.maketrans("يكىةأإۀ", "یکیهااه")


LANGUAGE = Language(
    code="fa",
    name="Persian",
    stemmer="persian",
    stop_words=spaced("""
        و در به از كه اين را با است براي ان يك خود تا كرد بر هم نيز گفت مي شود وي شد دارد ما اما يا
        شده بايد هر انها بود او ديگر دو مورد كند چه چرا كجا كي چگونه چند كدام من تو شما ايشان ايا
        هستند نيست بودند اند ها هاي ي اي تر ترين نمي همين همه هيچ بين پس پيش روي زير بدون سپس همچنين
        چون اگر ولي مگر فقط بسيار كرده كنند كنيد كنم شوند باشد باشند بوده خواهد داد دهد داشت دارند
        توسط طي درباره وقتي جايي همان چنين انان اينكه انكه طور برخي بعضي
    """),
    keeps_accents=True,
    spelling=lambda word: word.translate(_LETTERS),
)
