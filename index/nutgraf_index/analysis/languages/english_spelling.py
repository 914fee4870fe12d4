"""Converts British spellings to American ones, so that each finds the other.

The spelling is changed for terms only; the text that readers see is not.
"""

import re
from collections.abc import Callable
from functools import cache

from nutgraf_index.analysis.languages.language import spaced

__all__ = ["american", "american_stems", "pairs"]


def pairs(text: str) -> dict[str, str]:
    """Return the words of a text, each written `from:to`, as a dict.

    >>> pairs("grey:gray mould:mold")
    {'grey': 'gray', 'mould': 'mold'}
    """
    return dict(pair.split(":") for pair in text.split())


# Words that no rule covers, each for all words of its stem. Not cheque, storey, kerb and draught:
# their American spellings are also other words, and more often. Tyre is: "tire" is seldom a verb in
# the news, and "tired" shared its stem before.
_WORDS = pairs(
    """
    centre:center theatre:theater metre:meter litre:liter sabre:saber spectre:specter lustre:luster
    meagre:meager sombre:somber kilometre:kilometer centimetre:centimeter millimetre:millimeter
    defence:defense offence:offense licence:license pretence:pretense practise:practice
    catalogue:catalog dialogue:dialog analogue:analog plough:plow grey:gray mould:mold
    sceptic:skeptic jewellery:jewelry aluminium:aluminum pyjamas:pajamas cosy:cozy
    manoeuvre:maneuver aeroplane:airplane moustache:mustache artefact:artifact skilful:skillful
    judgement:judgment caesarean:cesarean coeliac:celiac aetiology:etiology tumourigenic:tumorigenic
    focussed:focused biassed:biased yoghurt:yogurt yoghourt:yogurt tyre:tire advisor:adviser
    protestor:protester impostor:imposter convenor:convener conjuror:conjurer propellor:propeller
    enquiry:inquiry enquire:inquire doughnut:donut disc:disk gaol:jail gaoler:jailer gipsy:gypsy
    dyke:dike tsar:czar tzar:czar whisky:whiskey cypher:cipher despatch:dispatch
    fledgeling:fledgling hiccough:hiccup liquorice:licorice mollusc:mollusk moult:molt
    smoulder:smolder pedlar:peddler phoney:phony waggon:wagon titbit:tidbit matzoh:matzo
    furore:furor glycerine:glycerin gramme:gram kilogramme:kilogram gelatine:gelatin
    barbeque:barbecue caviare:caviar kerosine:kerosene sceptre:scepter mitre:miter ochre:ocher
    goitre:goiter titre:titer sepulchre:sepulcher lacklustre:lackluster amphitheatre:amphitheater
    epicentre:epicenter reconnoitre:reconnoiter millilitre:milliliter decilitre:deciliter
    nanometre:nanometer micrometre:micrometer accoutrement:accouterment draughtsman:draftsman
    defenceless:defenseless fuelled:fueled dialled:dialed trialled:trialed initialled:initialed
    councillor:councilor counsellor:counselor woollen:woolen woolly:wooly carburettor:carburetor
    medallist:medalist panellist:panelist duellist:duelist worshipper:worshiper lodgement:lodgment
    likeable:likable sizeable:sizable useable:usable moveable:movable saleable:salable
    loveable:lovable liveable:livable mouldy:moldy greyish:grayish cosily:cozily learnt:learned
    burnt:burned dreamt:dreamed spoilt:spoiled spilt:spilled breathalyser:breathalyzer
    leapt:leaped leant:leaned knelt:kneeled maths:math
    aesthetic:esthetic haem:heme fibre:fiber multicentre:multicenter centrepiece:centerpiece
    centreline:centerline microlitre:microliter hectolitre:hectoliter leucopenia:leukopenia
    """
)
# Words that share a stem with a word of only one spelling: programmer, calibrate, Wil, special.
_ALONE = pairs(
    """
    programme:program programmes:programs calibre:caliber calibres:calibers wilful:willful
    wilfully:willfully wilfulness:willfulness chilli:chili chillies:chilies chillis:chilies
    speciality:specialty specialities:specialties manoeuvrable:maneuver maneuverable:maneuver
    maneuverability:maneuver chequered:checkered
    """
)
_EXCEPTIONS = _WORDS | _ALONE
# The beginnings of the words in -our that Americans spell with -or, unlike hour and four.
_OUR = """
    arb ard arm behavi cand clam clang col demean enam endeav fav ferv flav glam harb hon hum lab
    neighb od parl ranc rig rum sav savi splend succ tum val vap vig
""".split()
# Words that end in -ise also in America, like all words in -wise.
_ISE_EVERYWHERE = spaced("""
    advertise advise anise appraise apprise arise braise bruise cerise chaise chastise circumcise
    comprise compromise concise counterpoise cruise demise despise devise disfranchise disguise
    enfranchise enterprise equipoise excise exercise expertise franchise fundraise guise imprecise
    improvise incise liaise malaise marquise mayonnaise merchandise moonrise mortise noise paradise
    poise porpoise practise praise precise premise previse prise promise raise reprise revise rise
    sunrise supervise surmise surprise televise tortoise treatise turquoise upraise uprise valise
""")
# Where the endings of the patterns below begin at least, and the length of words with no ligature.
_OUR_FROM, _IS_FROM = 2, 3
_DOES = 4
_NO_LIGATURES = ("does", "whoe")  # the beginnings of "doesn't" and "whoever"


@cache  # slow to compile, and few words need it
def _our_word() -> re.Pattern[str]:
    return re.compile(
        rf"^(?:be|dis|mis|multi|pseudo|un|water)?(?:{'|'.join(_OUR)})o(u)r"
        r"(?:s|ed|ing|ings|ers?|able|ably|al|ally|ful|fully|less|is[mt]|ists|ites?|itism|hoods?|y|ly"
        r"|ation|ations|i[sz]ed?|ative)?$"
    )


@cache
def _ise() -> re.Pattern[str]:
    return re.compile(
        r"^(.{3,}?)is(e|es|ed|ing|ings|ingly|er|ers|ation|ations|ational|able|ably|ability|ements?)$"
    )


@cache
def _yse() -> re.Pattern[str]:
    return re.compile(r"^(.*(?:anal|paral|catal|electrol|dial|hydrol))ys(e|ed|er|ers|ing)$")


@cache
def _ligature() -> re.Pattern[str]:
    """Return the parts of words, from Greek and Latin, whose ae or oe Americans spell with e."""
    return re.compile(
        r"haem(?=a|o(?!n$)|ic)|(?<=.)aemi(?=as?$|cs?$)|gynaec|[nrs]aesth|(?:^|cyclo|ortho)paed"
        r"|^naev|^phaeo|archaeo|palaeo|(?:medi|prim)aeval|caec(?=um|al)|^faec(?=al|es)|^hyaen"
        r"|oedema|oestr|oesoph|^oecumen|^foet(?=al|id|us)|amoeb|homoeo|rrhoe(?=a|ic)|pnoe(?=a|ic)"
    )


@cache
def _prefix() -> re.Pattern[str]:
    return re.compile(r"^(?:re|un|over|pre|mis|dis)(?=.{4})")


def american(word: str) -> str:
    """Return a folded word in its American spelling.

    >>> [american(word) for word in ("colours", "organised", "centre", "promise", "hour")]
    ['colors', 'organized', 'center', 'promise', 'hour']
    """
    exception = _EXCEPTIONS.get(word)
    if exception is not None:
        return exception
    # Not for stop words: compiling a pattern takes longer than a search does.
    if "ae" in word or ("oe" in word and len(word) > _DOES and not word.startswith(_NO_LIGATURES)):
        word = _ligature().sub(lambda part: re.sub("[ao]e", "e", part[0]), word)
    if "sulph" in word or ("fibre" in word and word != "fibred") or "leucoc" in word:
        word = word.replace("sulph", "sulf").replace("fibre", "fiber").replace("leucoc", "leukoc")
    if word.find("our", _OUR_FROM) > 0 and (match := _our_word().match(word)):
        u = match.start(1)
        word = word[:u] + word[u + 1 :]
    if (
        word.find("is", _IS_FROM) > 0
        and (match := _ise().match(word))
        and not _ends_so_everywhere(f"{match[1]}ise")
    ):
        return f"{match[1]}iz{match[2]}"
    if ("lyse" in word or "lysi" in word) and (match := _yse().match(word)):
        return f"{match[1]}yz{match[2]}"
    return word


def american_stems(stem: Callable[[str], str]) -> dict[str, str]:
    """Return the American stem of each stem of a British spelling, so that moulded finds mold.

    `stem` is the stemmer.
    """
    spellings = {**_WORDS, **{f"{beginning}our": f"{beginning}or" for beginning in _OUR}}
    stems = {stem(british): stem(us) for british, us in spellings.items()}
    return {british: us for british, us in stems.items() if british != us}


def _ends_so_everywhere(word: str) -> bool:
    return word.endswith("wise") or not _ISE_EVERYWHERE.isdisjoint({word, _prefix().sub("", word)})
