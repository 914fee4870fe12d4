"""British spellings as the American ones, so that either finds the other.

Only for the stem under which a word is kept: what a reader sees stays as it was written.
"""

import re

__all__ = ["american"]

# What no rule tells. Words that are also others (cheque, tyre, storey, draught) are left alone.
_WORDS = dict(
    pair.split(":")
    for pair in """
    centre:center centres:centers centred:centered theatre:theater theatres:theaters metre:meter
    metres:meters litre:liter litres:liters fibre:fiber fibres:fibers calibre:caliber sabre:saber
    sabres:sabers spectre:specter spectres:specters lustre:luster meagre:meager sombre:somber
    kilometre:kilometer kilometres:kilometers centimetre:centimeter centimetres:centimeters
    millimetre:millimeter millimetres:millimeters defence:defense defences:defenses
    offence:offense offences:offenses licence:license licences:licenses pretence:pretense
    pretences:pretenses practise:practice practises:practices practised:practiced
    practising:practicing programme:program programmes:programs catalogue:catalog
    catalogues:catalogs catalogued:cataloged cataloguing:cataloging dialogue:dialog
    dialogues:dialogs analogue:analog analogues:analogs plough:plow ploughs:plows ploughed:plowed
    ploughing:plowing grey:gray greys:grays mould:mold moulds:molds moulded:molded
    moulding:molding mouldings:moldings sceptic:skeptic sceptics:skeptics sceptical:skeptical
    sceptically:skeptically scepticism:skepticism jewellery:jewelry aluminium:aluminum
    pyjamas:pajamas cosy:cozy manoeuvre:maneuver manoeuvres:maneuvers manoeuvred:maneuvered
    manoeuvring:maneuvering aeroplane:airplane aeroplanes:airplanes moustache:mustache
    moustaches:mustaches artefact:artifact artefacts:artifacts enrol:enroll fulfil:fulfill
    instalment:installment skilful:skillful skilfully:skillfully wilful:willful wilfully:willfully
    sulphur:sulfur sulphate:sulfate sulphide:sulfide sulphuric:sulfuric judgement:judgment
    judgements:judgments ageing:aging acknowledgement:acknowledgment anaemia:anemia anaemic:anemic
    anaesthesia:anesthesia anaesthetic:anesthetic caesarean:cesarean diarrhoea:diarrhea
    encyclopaedia:encyclopedia foetus:fetus foetuses:fetuses foetal:fetal gynaecology:gynecology
    haemorrhage:hemorrhage haemorrhages:hemorrhages haemoglobin:hemoglobin leukaemia:leukemia
    leukaemic:leukemic mediaeval:medieval oesophagus:esophagus oestrogen:estrogen
    oestrogens:estrogens orthopaedic:orthopedic paediatric:pediatric paediatrics:pediatrics
    paediatrician:pediatrician palaeolithic:paleolithic haemophilia:hemophilia ischaemia:ischemia
    ischaemic:ischemic oedema:edema septicaemia:septicemia hypoglycaemia:hypoglycemia
    coeliac:celiac faeces:feces homoeopathy:homeopathy anaesthetist:anesthetist
    haematology:hematology haemodialysis:hemodialysis aetiology:etiology tumourigenic:tumorigenic
    """.split()
)
# Words in -our whose American form has -or, before the endings they take: hour and four have not.
_OUR = re.compile(
    r"^(?:dis|mis|un|be)?(?:arb|ard|arm|behavi|cand|clam|clang|col|demean|endeav|fav|ferv|flav|glam"
    r"|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum|sav|savi|splend|succ|tum|val|vap|vig)o(u)r"
    r"(?:s|ed|ing|ings|ers?|able|ably|al|ally|ful|fully|less|is[mt]|ists|ites?|hoods?|y|ly|ation"
    r"|i[sz]ed?|ative)?$"
)
_ISE = re.compile(r"^(.{3,}?)is(e|es|ed|ing|ings|er|ers|ation|ations|ational|able)$")
_YSE = re.compile(r"^(.*(?:anal|paral|catal|electrol|dial|hydrol))ys(e|ed|er|ers|ing|ings)$")
# These end so in America, too, and so does what ends in -wise.
_ISE_EVERYWHERE = frozenset(
    """
    advertise advise anise appraise apprise arise braise bruise cerise chaise chastise circumcise
    comprise compromise concise counterpoise cruise demise despise devise disenfranchise
    disfranchise disguise dispraise enfranchise enterprise equipoise excise exercise
    expertise franchise fundraise guise imprecise improvise incise liaise malaise marquise
    mayonnaise merchandise moonrise mortise noise paradise poise porpoise praise precise premise
    previse prise promise raise reprise revise rise sunrise supervise surmise surprise televise
    tortoise treatise turquoise upraise uprise valise
    """.split()
)
_BEFORE = re.compile(r"^(?:re|un|over|pre|mis)(?=.{4})")


def american(word: str) -> str:
    """Return a folded word as it is spelt in America.

    >>> [american(word) for word in ("colours", "organised", "centre", "promise", "hour")]
    ['colors', 'organized', 'center', 'promise', 'hour']
    """
    known = _WORDS.get(word)
    if known is not None:
        return known
    if found := _OUR.match(word):
        at = found.start(1)
        word = word[:at] + word[at + 1 :]
    if (found := _ISE.match(word)) and not _ends_so_everywhere(f"{found[1]}ise"):
        return f"{found[1]}iz{found[2]}"
    if found := _YSE.match(word):
        return f"{found[1]}yz{found[2]}"
    return word


def _ends_so_everywhere(word: str) -> bool:
    return word.endswith("wise") or not _ISE_EVERYWHERE.isdisjoint({word, _BEFORE.sub("", word)})
