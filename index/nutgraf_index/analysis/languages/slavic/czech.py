"""Czech."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="cs",
    name="Czech",
    stemmer="czech",
    stop_words=spaced("""
        a aby ale ani ano asi az bez by byl byla byli bylo byly byt behem co coz ci dalsi do dnes
        jak jaka jake jaky jako jakou je jeho jehoz jej jeji jejich jejichz jen jenz jeste jestli
        jestlize ji jich jim jiz jsem jsme jsou jste ja k kazdy kam kde kdo kdy kdyz ke kolik ktera
        ktere kterem kteri ktereho kterou ktery kterych kterym ku ma maji mezi mi me mne mnou muze
        muzou my na nad nam nas nase ne nebo neni nez nic nich nim o od on ona oni ono po pod podle
        pokud pouze pro proc proto protoze pred pres pri s se si sve svuj svych svym ta tak take
        takze tam te ten tento teto tim timto to tohoto tom tomto tomu toto tu tuto ty tyto u uz v
        ve vam vas vice vsak vsechny z za zda ze bude budou budu i ceho cem cim
    """),
    question_words=spaced("""
        kdo koho komu co ceho kdy kde kam proc jak kolik ktery ktera ktere jaky jaka jake
    """),
    keeps_accents=True,
)
