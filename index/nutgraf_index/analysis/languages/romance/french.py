"""French, whose elided articles and pronouns are not part of words."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

_ARTICLE = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)'(?=[^\W\d_])"


LANGUAGE = Language(
    code="fr",
    name="French",
    stemmer="french",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        au aux avec ce ces dans de des du elle en et eux il je la le leur lui ma mais me meme mes
        moi mon ne nos notre nous on ou par pas pour qu que qui sa se ses sur ta te tes toi ton tu
        un une vos votre vous c d j l a m n s t y etant suis es etes sont serai seras sera serons
        serez seront serais serait serions seriez seraient etais etait etions etiez etaient fus fut
        fumes futes furent sois soit soyons soyez soient fusse fusses fussions fussiez fussent ayant
        eus ai avons avez ont aurai aurons aurez auront aurais aurait aurions auriez auraient avais
        avait aviez avaient eut eumes eutes eurent aie aies ait ayons ayez aient eusse eusses
        eussions eussiez eussent ceci cela cet cette ici ils les leurs quel quels quelle quelles
        sans soi quoi quand comment pourquoi combien dont lequel laquelle lesquels lesquelles si
        plus comme aussi ainsi entre sous chez vers tres etre avoir fait elles depuis selon
    """),
    request_words=spaced("""
        trouve trouver trouvez cherche chercher montre montrer montrez donne donner donnez liste
        article articles texte textes document documents information informations rapport rapports
        svp veuillez voudrais sujet
    """),
    question_words=spaced("""
        qui que quoi quand ou comment pourquoi combien quel quelle quels quelles
    """),
    newest_words=spaced("""
        dernieres recent recente recents recentes recemment actualite actualites nouvelles
        aujourd'hui hier
    """),
    article=_ARTICLE,
    keeps_accents=True,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.french",
)
