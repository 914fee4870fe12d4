"""Persian."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    و در به از که این را با است برای ان یک خود تا کرد بر هم نیز گفت می شود وی شد دارد ما اما یا
    شده باید هر انها بود او دیگر دو مورد کند چه چرا کجا کی چگونه چند کدام من تو شما ایشان ایا
    هستند نیست بودند اند ها های ی ای تر ترین نمی همین همه هیچ بین پس پیش روی زیر بدون سپس همچنین
    چون اگر ولی مگر فقط بسیار کرده کنند کنید کنم شوند باشد باشند بوده خواهد داد دهد داشت دارند
    توسط طی درباره وقتی جایی همان چنین انان اینکه انکه طور برخی بعضی
    """
LANGUAGE = Language(
    code="fa",
    name="Persian",
    stemmer="persian",
    stop_words=frozenset(_STOP_WORDS.split()),
    keeps_accents=True,
)
