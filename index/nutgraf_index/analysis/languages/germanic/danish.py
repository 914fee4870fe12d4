"""Danish, in which aa is å."""

from nutgraf_index.analysis.languages.language import Compounding, Language, spaced

__all__ = ["LANGUAGE"]


LANGUAGE = Language(
    code="da",
    name="Danish",
    stemmer="danish",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        og i jeg det at en den til er som pa de med han af for ikke der var mig sig men et har om vi
        min havde ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her
        alle vil blev kunne ind nar vaere dog noget ville jo deres efter ned skulle denne end dette
        mit ogsa under have dig anden hende mine alt meget sit sine vor mod disse hvis din nogle hos
        blive mange ad bliver hendes vaeret thi jer sadan hvem hvornar hvorfor hvordan hvilken
        hvilket hvilke mellem
    """),
    request_words=spaced("""
        find sog vis giv liste artikel artikler tekst tekster dokument dokumenter information
    """),
    question_words=spaced("hvem hvad hvornar hvor hvorfor hvordan hvilken hvilket hvilke"),
    keeps_accents=True,
    spelling=lambda word: word.replace("aa", "å"),
    after_hyphens=frozenset(("og", "eller", "samt")),
    compounding=Compounding(links=("s", "e", "er")),
)
