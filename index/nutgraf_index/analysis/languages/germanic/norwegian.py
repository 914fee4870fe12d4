"""Norwegian, in which aa is å."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]


LANGUAGE = Language(
    code="no",
    name="Norwegian",
    stemmer="norwegian",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        og i jeg det at en et den til er som pa de med han av ikke ikkje der sa var meg seg men ett
        har om vi min mitt ha hadde hun na over da ved fra du ut sin dem oss opp man kan hans hvor
        eller hva skal selv sjol her alle vil bli ble blei blitt kunne inn nar vaere kom noen noe
        ville dere deres kun ja etter ned skulle denne for deg si sine sitt mot a meget hvorfor
        dette disse uten hvordan ingen din ditt blir samme hvilken hvilke sann inni mellom hver hvem
        vors hvis bade bare enn fordi mange ogsa slik vaert bae begge siden dykk dykkar dei deira
        deires deim di eg ein eit eitt elles honom hja ho hoe henne hennar hennes hoss hossen ingi
        inkje korleis korso kva kvar kvarhelst kven kvi kvifor me medan mi mine mykje no nokon noka
        nokor noko nokre sia sidan so somt somme um upp vere vore verte vort varte vart hvilket
        under
    """),
    request_words=spaced("""
        finn sok vis gi liste artikkel artikler tekst tekster dokument dokumenter informasjon
    """),
    question_words=spaced("hvem hva nar hvor hvorfor hvordan hvilken hvilket hvilke"),
    keeps_accents=True,
    spelling=lambda word: word.replace("aa", "å"),
    after_hyphens=frozenset(("og", "eller", "samt")),
    compounding=Compounding(links=("s", "e", "er")),
)
