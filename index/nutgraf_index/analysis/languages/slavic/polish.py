"""Polish."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="pl",
    name="Polish",
    stemmer="polish",
    stop_words=spaced("""
        a aby ale ani az bardzo bez bo bowiem by byc byl byla bylo byly bedzie beda co czego czemu
        czy czyli czym dla dlaczego do gdy gdyby gdyz gdzie go i ich ile im innych ja jak jaka jaki
        jakie jakich jakim jako je jeden jedna jednak jedno jego jej jemu jest jestem jeszcze jesli
        jezeli juz kazdy kiedy kilka kim kogo komu kto ktora ktore ktorego ktorej ktory ktorych
        ktorym ktorymi ktorzy lecz lub ma maja mi mnie moze mozna mu my na nad nam nas nasz nasza
        nasze nie nich niej nim nimi nia niz o od on ona one oni ono oraz po pod poniewaz poza przed
        przez przy sa sam sie swoje swoja swoj swojego ta tak taka taki takie takze tam te tego tej
        ten tez to tu ty tych tylko tym u w was we wy wiec wszystkie z za zostal zostala zostalo
        zostaly ze zeby
    """),
    request_words=spaced("""
        znajdz pokaz podaj lista artykul artykuly tekst teksty dokument dokumenty informacje prosze
    """),
    question_words=spaced("""
        kto kogo komu co czego kiedy gdzie dlaczego jak ile jaki jaka jakie ktory ktora ktore
    """),
    keeps_accents=True,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.eastern.polish",
)
