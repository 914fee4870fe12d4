"""Brings together the forms of English words that Snowball leaves apart, above all plurals.

A form is changed for terms only; the text that readers see is not.
"""

from nutgraf_index.analysis.languages.english_spelling import pairs
from nutgraf_index.analysis.languages.language import spaced

__all__ = ["base_form"]

# Forms, mostly plurals, with the form that replaces them. Left out, because the two mean different
# things to a reader: axes (also of axe), bases (of base), ellipses (of ellipse), dice (die), pence
# (penny), media (medium), opera (opus), stamina, stigmata, staves, brethren, insignia, calculi;
# people, since person has the stem of personal; and matrices, since judged passages rank worse.
# "Leaves" and "lives" are nouns in nine of ten passages of books, encyclopaedias and abstracts.
_IRREGULAR = """
    children:child men:man women:woman childrens:child mens:man womens:woman feet:foot teeth:tooth
    geese:goose mice:mouse lice:louse oxen:ox dormice:dormouse titmice:titmouse woodlice:woodlouse
    forefeet:forefoot eyeteeth:eyetooth passersby:passerby monies:money lire:lira kronor:krona
    kibbutzim:kibbutz cherubim:cherub cherubims:cherub seraphim:seraph seraphims:seraph goes:go
    twos:two pros:pro exes:ex spas:spa bras:bra quizzes:quiz quizzed:quiz quizzing:quiz whizzes:whiz
    fezzes:fez yeses:yes pluses:plus plusses:plus summonses:summons

    wives:wife knives:knife wolves:wolf shelves:shelf scarves:scarf lives:life afterlives:afterlife
    lowlives:lowlife leaves:leaf flyleaves:flyleaf halves:half calves:calf thieves:thief loaves:loaf
    meatloaves:meatloaf elves:elf selves:self dwarves:dwarf wharves:wharf hooves:hoof sheaves:sheaf
    turves:turf rooves:roof beeves:beef handkerchieves:handkerchief

    crises:crisis basis:base theses:thesis oases:oasis neuroses:neurosis psychoses:psychosis
    prognoses:prognosis nemeses:nemesis synopses:synopsis exegeses:exegesis geneses:genesis
    catharses:catharsis apotheoses:apotheosis symbioses:symbiosis hypnoses:hypnosis
    narcoses:narcosis mitoses:mitosis meioses:meiosis necroses:necrosis thromboses:thrombosis
    fibroses:fibrosis scleroses:sclerosis stenoses:stenosis cirrhoses:cirrhosis zoonoses:zoonosis
    anastomoses:anastomosis keratoses:keratosis arthroses:arthrosis exostoses:exostosis
    homeostases:homeostasis metropolises:metropolis necropolises:necropolis
    megalopolises:megalopolis testes:testis

    criteria:criterion phenomena:phenomenon automata:automaton ganglia:ganglion
    mitochondria:mitochondrion polyhedra:polyhedron tetrahedra:tetrahedron spermatozoa:spermatozoon
    protozoa:protozoon data:datum bacteria:bacterium mycobacteria:mycobacterium curricula:curriculum
    memoranda:memorandum referenda:referendum stadia:stadium millennia:millennium symposia:symposium
    consortia:consortium moratoria:moratorium sanatoria:sanatorium sanitaria:sanitarium
    auditoria:auditorium crematoria:crematorium emporia:emporium honoraria:honorarium
    compendia:compendium gymnasia:gymnasium aquaria:aquarium terraria:terrarium solaria:solarium
    herbaria:herbarium colloquia:colloquium podia:podium equilibria:equilibrium crania:cranium
    mausolea:mausoleum ultimata:ultimatum addenda:addendum errata:erratum corrigenda:corrigendum
    desiderata:desideratum strata:stratum substrata:substratum spectra:spectrum ova:ovum
    quanta:quantum momenta:momentum maxima:maximum minima:minimum optima:optimum continua:continuum
    candelabra:candelabrum candelabras:candelabrum dicta:dictum phyla:phylum septa:septum
    atria:atrium cilia:cilium flagella:flagellum sera:serum sputa:sputum epithelia:epithelium
    mycelia:mycelium recta:rectum rostra:rostrum cerebella:cerebellum arboreta:arboretum
    simulacra:simulacrum paramecia:paramecium fora:forum vacua:vacuum genera:genus corpora:corpus
    schemata:schema stomata:stoma lemmata:lemma dogmata:dogma traumata:trauma sarcomata:sarcoma

    alumni:alumnus cacti:cactus fungi:fungus nuclei:nucleus radii:radius stimuli:stimulus
    syllabi:syllabus foci:focus loci:locus bacilli:bacillus termini:terminus uteri:uterus
    octopi:octopus hippopotami:hippopotamus moduli:modulus papyri:papyrus sarcophagi:sarcophagus
    bronchi:bronchus gladioli:gladiolus narcissi:narcissus eucalypti:eucalyptus thrombi:thrombus
    emboli:embolus villi:villus menisci:meniscus humeri:humerus styli:stylus thesauri:thesaurus
    streptococci:streptococcus staphylococci:staphylococcus cocci:coccus colossi:colossus
    incubi:incubus abaci:abacus hypothalami:hypothalamus magi:magus graffiti:graffito
    paparazzi:paparazzo libretti:libretto concerti:concerto tempi:tempo celli:cello
    virtuosi:virtuoso intermezzi:intermezzo castrati:castrato mafiosi:mafioso literati:literatus

    indices:index appendices:appendix vertices:vertex vortices:vortex apices:apex cortices:cortex
    codices:codex helices:helix cervices:cervix dominatrices:dominatrix phalanges:phalanx
    larynges:larynx pharynges:pharynx
    cruces:crux bureaux:bureau plateaux:plateau chateaux:chateau tableaux:tableau gateaux:gateau
    trousseaux:trousseau portmanteaux:portmanteau nouveaux:nouveau beaux:beau milieux:milieu
    adieux:adieu bijoux:bijou messieurs:monsieur
    """
# Singulars in -s, of which Snowball removes the s, by their plurals. Their verbs come along:
# diagnosed. Gas, bus and plus are not among them: their plurals are changed.
_IN_S = """
    lens:lenses alias:aliases canvas:canvases christmas:christmases pancreas:pancreases
    trellis:trellises iris:irises pelvis:pelvises mantis:mantises ibis:ibises penis:penises
    clitoris:clitorises rhinoceros:rhinoceroses thermos:thermoses diagnosis:diagnoses
    misdiagnosis:misdiagnoses emphasis:emphases metastasis:metastases metamorphosis:metamorphoses
    """
_GAS_AND_BUS = """
    gases:gas gasses:gas gassed:gas gassing:gas biogases:biogas
    buses:bus busses:bus bused:bus bussed:bus busing:bus bussing:bus minibusses:minibus
    """
# Snowball takes the s of -us for a part of the word.
_IN_U = """
    bayous beaus bureaus caribous chateaus ecus emus flus gnus gurus haikus hindus hutus manchus
    menus milieus adieus plateaus portmanteaus sadhus snafus subarus tableaus tutus zebus zulus apus
    btus cpus dmus gpus hbcus icus imus ious mous npus psus tpus
    """
# Initialisms of news copy whose s Snowball leaves, because no vowel is far enough before it. Left
# out, because other things are called so: gps, cvs, pms, lps, cms, sms, mms, nhs, cbs, pbs, rbs,
# dns, css, cps, mds, gis, das.
_INITIALISMS = """
    bbqs bffs bmps bmws brts bscs cbos ccgs cctvs cdnas cdos cdrs cds cfcs cfds cfls cfos cfps cnns
    cnvs cpas cpcs cpls cpms crts csos csvs ctas ctos dbas dcs ddgs dfis djs dlcs dlls dnas dpms
    dslrs dvds dvrs fpgas fpos fpvs ftas ftms gcses gdps ghgs gmbhs gmos gpas gpcrs gpts hcfcs hcps
    hdds hdls hdtvs hfcs hgvs hmgs hmos hncs hnds hnwis hqs ieds jpgs jvs kcs kpis kpos lbos lcds
    ldcs ldls lgbts lgvs llcs llms llps lmgs lngs lrts lstms mbas mbts mcqs mdbs mdgs mfis mlas mlcs
    mmos mnas mncs mpas mpps mps mpvs mris mrls mrnas msas mscs msmes msps mtbs mvps nbfcs ncds ncos
    ndas nfts ngos npas npcs nris nvgs nvqs pcbs pccs pcps pcs pcsos pdas pdfs pfcs pgces phds pmcs
    pmqs pms pngs ppas ppos ppps ppvs prts psas psbs psvs pvcs pwrs qbs qcs qtls rbcs rbis rcts rfcs
    rfps rnas rnns rpgs rpms rrnas rsvps rvs sdgs sdks sdrs shgs sjws slbms smbs smes smgs smrs snps
    sprs spvs ssbns ssds ssns ssris stds stis svgs tbis tbms tcrs tds tgvs tlds trnas tvs vcrs vpns
    vps vws wbcs wmds xmls
    """
_FORMS = pairs(_IRREGULAR + _IN_S + _GAS_AND_BUS) | {
    plural: plural[:-1] for plural in (_IN_U + _INITIALISMS).split()
}
# The endings of longer words, compounds above all; each with what replaces it.
_ENDINGS = {
    "children": "child",
    "people": "person",
    "wives": "wife",
    "knives": "knife",
    "wolves": "wolf",
    "shelves": "shelf",
    "scarves": "scarf",
    "lyses": "lysis",
    "thesis": "theses",  # as hypothesized
}
# Policemen, but not specimen. Shorter words are more often something else: omen, semen, Carmen.
_MEN = 7
_SHORT_MEN = spaced("""
    admen airmen axemen bagmen barmen batmen binmen bowmen cabmen conmen cowmen foemen gunmen hitmen
    icemen lawmen laymen madmen mermen oilmen penmen pitmen seamen taxmen yeomen
""")
_NO_MEN = spaced("""
    abdomen albumen bitumen catechumen cerumen cognomen cyclamen drammen duramen foramen gravamen
    newcomen praenomen putamen regimen specimen tiananmen tienanmen turkmen tutankhamen
""")
_TAIL = 3
_TAILS = frozenset(ending[-_TAIL:] for ending in ("men", *_ENDINGS))  # one test, for speed


def _is_designation(word: str) -> bool:
    """Return whether a word in -s is a designation in the plural: F16s and 737s.

    H2S, 1990s and 500s are none.
    """
    if len(word) == 4 and word[:3].isdigit():
        return word[1:3] != "00"
    return word[0].isalpha() and len(word) >= 4 and not (word[-2] == "2" and word[-3].isalpha())


def base_form(word: str) -> str:
    """Return the form of a folded word that has the stem of all its forms; often the singular.

    >>> [base_form(word) for word in ("crises", "policemen", "mps", "lens", "his")]
    ['crisis', 'policeman', 'mp', 'lenses', 'his']
    """
    form = _FORMS.get(word)
    if form is not None:
        return form
    if word[-1] == "s" and word[-2:-1].isdigit() and _is_designation(word):
        return word[:-1]
    if word[-_TAIL:] in _TAILS:
        if word.endswith("men"):
            is_plural = word in _SHORT_MEN or (len(word) >= _MEN and word not in _NO_MEN)
            return f"{word[:-2]}an" if is_plural else word
        for ending, replacement in _ENDINGS.items():
            if word.endswith(ending) and len(word) > len(ending):
                return word.removesuffix(ending) + replacement
    return word
