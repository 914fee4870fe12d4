"""German, whose stemmer takes ä and ae as one."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="de",
    name="German",
    stemmer="german",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        aber alle allem allen aller alles als also am an ander andere anderem anderen anderer
        anderes anderm andern anderr anders auch auf aus bei bin bis bist da damit dann der den des
        dem die das dass derselbe derselben denselben desselben demselben dieselbe dieselben
        dasselbe dazu dein deine deinem deinen deiner deines denn derer dessen dich dir du dies
        diese diesem diesen dieser dieses doch dort durch ein eine einem einen einer eines einig
        einige einigem einigen einiger einiges einmal er ihn ihm es etwas euer eure eurem euren
        eurer eures fur gegen gewesen hab habe haben hat hatte hatten hier hin hinter ich mich mir
        ihr ihre ihrem ihren ihrer ihres euch im in indem ins ist jede jedem jeden jeder jedes jene
        jenem jenen jener jenes jetzt kann kein keine keinem keinen keiner keines konnen konnte
        machen man manche manchem manchen mancher manches mein meine meinem meinen meiner meines mit
        muss musste nach nicht nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner
        seines selbst sich sie ihnen sind so solche solchem solchen solcher solches soll sollte
        sondern sonst uber um und uns unse unsem unsen unser unses unter viel vom von vor wahrend
        war waren warst was weg weil weiter welche welchem welchen welcher welches wenn werde werden
        wie wieder will wir wird wirst wo wollen wollte wurde wurden zu zum zur zwar zwischen worden
        wieviel wieviele viele warum wann wer wen wem wessen woher wohin wofur wodurch womit woruber
        woran beim seit sowie bzw mehr laut
    """),
    request_words=spaced("""
        finde finden suche suchen zeige zeig zeigen gib nenne nennen erklare beschreibe artikel
        bericht berichte texte dokumente bitte mochte uber informationen information etwas alles
        liste
    """),
    question_words=spaced("""
        wer wen wem wessen was wann wo wohin woher warum wieso weshalb wie welche welcher welches
        welchen welchem wieviel wieviele wofur wodurch womit
    """),
    newest_words=spaced("""
        neueste neuester neuestes neuesten neuste neusten jungste jungsten aktuell aktuelle
        aktueller aktuelles aktuellen nachrichten heute gestern kurzlich
    """),
    after_hyphens=frozenset(("und", "oder", "bis", "sowie", "beziehungsweise")),
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.german",
    compounding=Compounding(links=("s", "n", "en", "es", "er", "e", "ns", "ens")),
)
