"""Hungarian."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="hu",
    name="Hungarian",
    stemmer="hungarian",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        a ahogy ahol aki akik akkor alatt altal altalaban amely amelyek amelyekben amelyeket amelyet
        amelynek ami amit amolyan amig amikor at abban ahhoz annak arra arrol az azok azon azt azzal
        azert aztan azutan azonban bar be belul benne cikk cikkek cikkeket csak de e eddig egesz egy
        egyes egyetlen egyeb egyik egyre ekkor el eleg ellen elo eloszor elott elso en eppen ebben
        ehhez emilyen ennek erre ez ezt ezek ezen ezzel ezert es fel fele hanem hiszen hogy hogyan
        igen igy illetve ill. ill ilyen ilyenkor ison ismet itt jo jol jobban kell kellett keresztul
        keressunk ki kivul kozott kozul legalabb lehet lehetett legyen lenne lenni lesz lett maga
        magat majd mar mas masik meg mellett mert mely melyek mi mit mig miert milyen mikor minden
        mindent mindenki mindig mint mintha mivel most nagy nagyobb nagyon ne neha nekem neki nem
        nehany nelkul nincs olyan ott ossze o ok oket pedig persze ra s sajat sem semmi sok sokat
        sokkal szamara szemben szerint szinte talan tehat teljes tovabb tovabba tobb ugy ugyanis uj
        ujabb ujra utan utana utolso vagy vagyis valaki valami valamint valo vagyok van vannak volt
        voltam voltak voltunk vissza vele viszont volna mik melyik hol mennyi hany kik kinek kit
        honnan hova
    """),
    question_words=spaced("ki kik mi mit mikor hol hova honnan miert hogyan mennyi hany melyik"),
    keeps_accents=True,
    compounding=Compounding(),
)
