"""English, in which American and British spellings have the same terms."""

from nutgraf_index.analysis.languages.english_forms import base_form
from nutgraf_index.analysis.languages.english_spelling import american, american_stems
from nutgraf_index.analysis.languages.language import Language

__all__ = ["ENGLISH", "LANGUAGE"]

# Articles, pronouns, prepositions, conjunctions, auxiliaries and question words, not stemmed. Not
# "us", which is also the United States.
_STOP_WORDS = """
    a an the this that these those
    i me my myself we our ours ourselves you your yours yourself yourselves
    he him his himself she her hers herself it its itself they them their theirs themselves
    who whom whose which what when where why how
    whatever whichever whoever whomever whenever wherever however
    am is are was were be been being have has had having do does did doing done
    can could may might must shall should will would ought
    and or but nor if then else than because as until while although though whether unless since so
    of at by for with about against between into through during before after above below to from up
    down in out on off over under upon within without toward towards onto among amongst per via
    here there again further once not no
    all any both each few more most other some such only own same too very just also
    i'm i've i'd i'll we're we've we'd we'll you're you've you'd you'll he'd he'll she'd she'll
    it'd it'll they're they've they'd they'll that'd that'll who'd who'll who're who've what're
    what'll where're how're there'd there'll
    isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't shan't
    shouldn't can't cannot couldn't mustn't mightn't needn't n't
    """
# The ends of contractions in tokenised text, with the words before them.
_CLIPPED = {
    "s": "",
    "t": "don doesn didn isn aren wasn weren hasn haven hadn won wouldn can couldn shouldn mustn "
    "mightn needn shan ain",
    "m": "i",
    "re": "we you they who what",
    "ve": "i we you they could should would might must who",
    "ll": "i you he she it we they that who there",
    "d": "i you he she it we they that who there",
}
# Words of requests: "find articles about", "I am interested in".
_REQUEST_WORDS = """
    find finding list give get show tell describe describes describing described
    discuss discusses discussing discussed discussion discussions description descriptions
    article articles paper papers document documents report reports reference references
    publication publications abstract abstracts text texts story stories information
    anything something everything interested interest particular particularly especially
    concern concerns concerning concerned regarding relating relation related relevant
    deal deals dealing treat treating topic topics subject subjects exist exists available
    please want like need look looking search searching question questions
    consider considered know see many much
    """
# Not "can", "will" and "may", which are also nouns and names.
_QUESTION_WORDS = "who whom whose which what when where why how is are was were do does did"
_NEWEST_WORDS = "latest newest recent recently lately news today tonight yesterday"
_NEWEST_PHRASES = ("breaking news", "last night", "this morning", "up to date", "right now")
# The elided articles and pronouns of French and Italian, in names and loanwords. Names have D' also
# before consonants, as D'Souza; in "d'you" it is none.
_ELISION = (
    r"(?:d'(?!y(?:a|e|ou|all)\b)|(?:l|qu|c|j|m|n|s|un|dell|all|dall|nell|sull|sant|grand)'"
    r"(?=[aeiouyh]))(?=[^\W\d_])"
)
# After Philips, Hanging on the Metaphone (1990). Vowels count only at the beginning of a word.
_SOUNDS = (
    (r"^(?:kn|gn|pn)", "n"),
    (r"^wr", "r"),
    (r"^ps", "s"),
    (r"^x", "s"),
    (r"^wh", "w"),
    (r"mb$", "m"),
    (r"sch", "sk"),
    (r"[ts]i(?=on|a)|ci(?=an|ous|al)|sh|ssi(?=on)", "x"),
    (r"t?ch", "x"),
    (r"ph", "f"),
    (r"dg(?=[eiy])", "j"),
    (r"g(?=[eiy])", "j"),
    (r"gh(?=[^aeiouy]|$)", ""),
    (r"gh", "g"),
    (r"sc(?=[eiy])", "s"),
    (r"c(?=[eiy])", "s"),
    (r"ck|[cq]u?", "k"),
    (r"x", "ks"),
    (r"z", "s"),
    (r"v", "f"),
    (r"d", "t"),
    (r"(?<=.)[hw]", ""),
    (r"^[aeiouy]+", "a"),
    (r"(?<=.)[aeiouy]+", ""),
    (r"(.)\1+", r"\1"),
)


ENGLISH = LANGUAGE = Language(
    code="en",
    name="English",
    stemmer="english",
    stop_words=frozenset(_STOP_WORDS.split()),
    request_words=frozenset(_REQUEST_WORDS.split()),
    question_words=frozenset(_QUESTION_WORDS.split()),
    newest_words=frozenset((*_NEWEST_WORDS.split(), *_NEWEST_PHRASES)),
    after_hyphens=frozenset(("and", "or", "nor", "to")),
    newsroom_module=f"{__package__}.english_newsroom",
    spelling=lambda word: american(base_form(word)),
    stem_variants=american_stems,
    clipped={end: frozenset(words.split()) for end, words in _CLIPPED.items()},
    elision=_ELISION,
    has_pieces=False,
    sounds=_SOUNDS,
)
