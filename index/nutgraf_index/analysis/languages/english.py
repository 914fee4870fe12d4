"""English, in which American and British spellings have the same terms."""

from nutgraf_index.analysis.languages.english_forms import base_form
from nutgraf_index.analysis.languages.english_places import CITIES, REGIONS
from nutgraf_index.analysis.languages.english_shapes.credits import CREDIT_WORDS
from nutgraf_index.analysis.languages.english_shapes.furniture import PAGE_WORDS
from nutgraf_index.analysis.languages.english_shapes.table import ENGLISH_SHAPES
from nutgraf_index.analysis.languages.english_spelling import american, american_stems
from nutgraf_index.analysis.languages.language import Language, NewsroomWords, SentenceWords

__all__ = ["ENGLISH", "LANGUAGE"]

# Articles, pronouns, prepositions, conjunctions, auxiliaries and question words, not stemmed. Not
# "us", which is also the United States.
_STOP_WORDS = """
    a an the this that these those
    i me my mine myself we our ours ourselves you your yours yourself yourselves
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
_SENTENCES = SentenceWords(
    abbreviations=frozenset(
        """
        mr mrs ms messrs mme mlle dr prof rev hon fr sr jr st ste esq
        gen adm col maj capt cmdr lt sgt cpl pvt pfc gov lt.gov sen sens rep reps pres supt atty
        jan feb mar apr jun jul aug sept sep oct nov dec mon tue tues wed thu thur thurs fri sat sun
        u.s u.s.a u.k u.n u.s.s e.u d.c n.y n.j n.h n.m n.c n.d s.c s.d w.va r.i l.a p.o p.s
        a.m p.m b.c a.d i.e e.g ph.d m.d b.a m.a
        ave blvd rd hwy mt ft
        ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont
        neb nev okla ore pa penn tenn tex va vt wash wis wyo
        no nos vol vols pp p pg ch chap fig figs sec art op cit ed eds vs v viz cf ca al
        approx inc co corp ltd bros assn dept dist univ
        """.split()
    ),
    unfinished=frozenset(
        """
        a an the and or nor but of to in on at by for from with without into onto upon over under
        between among against about after before during since until through throughout toward
        towards within per via than that which who whom whose if as because while although is are
        was were be been has have had will would can could may might must shall should do does did
        his her its their our my your this these those such some any each every no not including
        regarding concerning following
        """.split()
    ),
    small_words=frozenset(
        """
        a an the and or nor but as at by en for from if in into is of off on onto out over per so
        than that the then to up upon via vs with yet de la le du da di van von der den al el
        """.split()
    ),
)
_NEWSROOM = NewsroomWords(
    months=tuple(
        "January February March April May June July August September October November "
        "December".split()
    ),
    weekday="(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
    dateline_month=(
        r"(?:Jan|Feb|March|Mar|April|Apr|May|June|Jun|July|Jul|Aug|Sept|Sep|Oct|Nov|Dec)[a-z]{0,6}"
        r"\.?"
    ),
    by="by",
    byline_label="by-?line|words|author",
    joiner="and",
    name_joiner="with",
    others=r"(?:\d+|two|three|four|five|several|many) (?:others?|more)",
    name_tail="in|for|at|of",
    unfinished="a|after|an|and|at|before|by|during|for|from|in|of|on|or|since|than|the|this|"
    "through|till|to|until|with",
    job=(
        r"writers?|correspondents?|editors?|reporters?|staff|special to|contribut\w+|bureau|"
        r"columnists?|analysts?|chief|newsroom|freelancers?|critics?|photographers?|producers?|"
        r"commentators?|researchers?|fellow|intern|desk|editorial board"
    ),
    writer=r"(?:writer|correspondent|editor|reporter|columnist|critic)",
    for_house="(?:special )?(?:to|for|of|with|from)",
    not_names=frozenset(
        "a accident age air all an any appointment choice contrast county default definition "
        "design district far from hand heart land law mail name nature night now our party "
        "phone post project request road sea special state the train water way".split()
    )
    | {
        "any measure",
        "popular demand",
        "the numbers",
        "land and sea",
        "all means",
        "all accounts",
        "read more",
        "end advance",
        "end of story",
        "the end",
        "more soon",
    },
    published=(
        r"(?:(?:first|originally|article|story|date|page|press|news) ){0,2}(?:published|posted|"
        r"filed|issued|released|created|dated)(?: (?:on|at)\b)?:?\s+|"
        r"(?:(?:publication|publish(?:ed)?|release|posting) )?date(?:line)?(?: posted)?:\s+|on\s+|"
        r"for immediate release\s*[:–—-]?\s+"
    ),
    updated=r"(?:last )?(?:updated|modified|revised|edited)(?: (?:on|at)\b)?:?\s+",
    at="at",
    age=r"(?:send an email\s+)?\d+\s+(?:min(?:ute)?|hr|hour|day|week|month)s?\s+ago",
    wrote=r"written|words|story|text|article|analysis|commentary|report|posted|published|submitted|contributed",
    paper=(
        r"advertiser|agency|argus|banner|bee|broadcasting|bulletin|chronicle|courier|daily|"
        r"democrat|dispatch|echo|examiner|express|gazette|globe|guardian|herald|independent|"
        r"inquirer|journal|leader|ledger|magazine|mail|mercury|mirror|network|news|newspapers?|"
        r"observer|post|press|radio|record|register|reporter|republican|review|sentinel|standard|"
        r"service|services|star|sun|telegraph|times|today|tribune|tv|voice|weekly|wire|newswire|"
        r"constitution|media|sentinel|statesman|chronicles?|bloomberg|reuters"
    ),
    house=r"agency|broadcasting|media|network|news|newspapers?|newswire|radio|services?|times|tv|wire",
    house_words=frozenset("of the and for at in on & to de la le wire service services".split()),
    office=(
        "agency|association|attorney|authority|board|bank|blog|center|centre|city|coalition|"
        "college|commission|committee|company|corporation|corp|council|county|department|"
        "foundation|government|group|hospital|inc|institute|library|llc|ltd|ministry|museum|"
        "news[a-z]*|office|organi[sz]ation|parliament|police|school|society|trust|union|university"
    ),
    not_places=frozenset(
        "aids answer asean background brexit citywide conclusion contact context countywide "
        "covid date details dispatch eu fema from hamas hezbollah how icymi imf introduction "
        "isil isis location media nasa nationwide nato news note notes now ok opec preview "
        "profile psa question quote results schedule scoop spoiler sports statewide story "
        "subject summary time tip tips to today topline trump tv u.n u.s uk un undated unesco "
        "unhcr unicef upshot us usa warning what when where who why worldwide wto".split()
    ),
    labels=frozenset(
        "advertisement advisory alert analysis announcement announces breaking clarification "
        "column comment commentary comments conference contact contacts correction developing "
        "editorial embargoed enlarge exclusive explained explainer factbox feature flashback "
        "gallery highlights image images interview investigation just-in live liveblog "
        "newsletter obituary opinion photo photos podcast poll press read release report "
        "reported revealed review share sponsored statement story subscribe takeaways timeline "
        "transcript trending update updated updates urgent video videos watch webcast "
        "webinar note notes v v. vs vs. vol vol. no. methodology".split()
    ),
    cities=CITIES,
    regions=REGIONS,
    shapes=ENGLISH_SHAPES,
    credit_words=CREDIT_WORDS,
    comments=(
        r"(?:(?:see|view|show|read|load|post|leave|add|write) )?(?:all |more |an? |your )?"
        r"(?:[\d,]+ |reader |readers' |top |facebook )?(?:comments?|reply|replies|responses)"
        r"(?: ?\(\+?[\d,]*\))?"
    ),
    labels_below=frozenset(
        ("read more", "read article", "read story", "read full story", "read now")
    ),
    page_words=PAGE_WORDS,
)
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


def _normalised(word: str) -> str:
    return american(base_form(word))


ENGLISH = LANGUAGE = Language(
    code="en",
    name="English",
    stemmer="english",
    stop_words=frozenset(_STOP_WORDS.split()),
    request_words=frozenset(_REQUEST_WORDS.split()),
    question_words=frozenset(_QUESTION_WORDS.split()),
    newest_words=frozenset((*_NEWEST_WORDS.split(), *_NEWEST_PHRASES)),
    after_hyphens=frozenset(("and", "or", "nor", "to")),
    newsroom=_NEWSROOM,
    sentences=_SENTENCES,
    spelling=_normalised,
    stem_variants=american_stems,
    clipped={end: frozenset(words.split()) for end, words in _CLIPPED.items()},
    elision=_ELISION,
    has_pieces=False,
    sounds=_SOUNDS,
)
