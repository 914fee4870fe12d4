"""The words of Dutch newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "op de foto|archieffoto|archiefbeeld|ter illustratie|video",
        "Archieffoto: de oude pier",
    ),
    captioned_within=("foto|beeld|archieffoto|bron", "Boten bij de pier (foto: Maja Orlo)"),
    picture=(
        "foto|foto's|beeld|bron|fotograaf|illustratie|grafiek|fotobron|bron foto",
        "Beeld: Maja Orlo/ANP",
    ),
    picture_by=("foto van|foto door|beeld van|illustratie van", "Foto van Maja Orlo"),
    work=(
        "redactie|eindredactie|vertaling|met medewerking van|samenstelling",
        "Vertaling: Maja Orlo",
    ),
    material=(
        "met informatie van|met dank aan|dit bericht is afkomstig van",
        "Met informatie van ANP",
    ),
    rights=(
        "alle rechten voorbehouden|niets uit deze uitgave|overname van artikelen|auteursrecht",
        "Alle rechten voorbehouden. De Havenbode",
    ),
    rights_at_end=("alle rechten voorbehouden", "De Havenbode. Alle rechten voorbehouden."),
    correction=(
        "correctie|rectificatie|verbetering|correcties en aanvullingen|in een eerdere versie",
        "Rectificatie: de pier is in maart gesloten, niet in mei.",
    ),
    related=(
        "lees ook|lees verder|lees meer|lees hier|zie ook|bekijk ook|luister ook|meer over|"
        "meer lezen|gerelateerd|gerelateerde artikelen|gerelateerde berichten|ook interessant|"
        "meer nieuws|meest gelezen|aanbevolen|aanbevolen artikelen|misschien vind je dit ook leuk|"
        "dit vind je misschien ook leuk|meer artikelen|verder lezen|laatste nieuws|"
        "lees alles over|eerder|kijk ook",
        "Lees ook: Wie de pier betaalt",
    ),
    related_words=(
        "lees hier|klik hier voor|lees alles over|bekijk hier",
        "Lees hier het hele gesprek",
    ),
    note=(
        "noot van de redactie|redactionele noot|naschrift|opmerking van de redactie|over de auteur",
        "Noot van de redactie: dit stuk stond eerder in de krant.",
    ),
    note_words=(
        "dit artikel verscheen eerder|dit artikel is eerder|dit bericht is|dit stuk verscheen|"
        "laatst bijgewerkt|laatst gewijzigd|gepubliceerd op|gepubliceerd:|bijgewerkt|aangepast op|"
        "geplaatst op|een versie van dit artikel",
        "Dit artikel verscheen eerder in de Havenbode.",
    ),
    reading_time=("leestijd|leesduur", "Leestijd: 4 minuten"),
    reading_time_at_end=("min leestijd|minuten leestijd|min. leestijd|min lezen", "4 min leestijd"),
    advert=(
        "advertentie|advertenties|reclame|gesponsord|ingezonden mededeling|adverteren",
        "Advertentie",
    ),
    sign_up=(
        "nieuwsbrief|schrijf je in|schrijf u in|meld je aan|meld u aan|abonneer je|abonneer u|"
        "word abonnee|word lid|al abonnee|nog geen abonnee|ontvang|blijf op de hoogte|log in om|"
        "inloggen om|neem een abonnement|start met lezen|mis niets|download de app|aanmelden voor",
        "Schrijf je in voor de brief uit de haven",
    ),
    share=(
        "deel|delen|deel dit|deel dit artikel|deel dit bericht|deel op facebook|deel op twitter|"
        "deel via whatsapp|deel via e-mail|print|printen|afdrukken|bewaar|bewaren|kopieer link|"
        "stuur door|luister naar dit artikel|tweet",
        "Deel op Facebook",
    ),
    follow=("volg|volg ons|volg ons op", "Volg de haven op Instagram"),
    comments=(
        "reacties|reactie|reageer|reageren|plaats een reactie|geef een reactie|"
        "laat een reactie achter|bekijk reacties|alle reacties|reactie plaatsen|reacties bekijken",
        "Reacties (12)",
    ),
    comments_at_end=("reacties|reactie", "12 reacties"),
    cookies=(
        "wij gebruiken cookies|deze website gebruikt cookies|deze site gebruikt|"
        "we gebruiken cookies|om deze inhoud|met jouw toestemming",
        "Wij gebruiken cookies om de site te verbeteren.",
    ),
    tags=("tags|trefwoorden|onderwerpen|categorie|categorieën|rubriek|labels", "Tags: haven, pier"),
    label=(
        "home|contact|over ons|privacy|privacybeleid|cookiebeleid|colofon|disclaimer|inloggen|"
        "uitloggen|registreren|zoeken|zoek|menu|naar de inhoud|naar boven|terug|volgende|vorige|"
        "sluiten|abonneren|archief|meer laden|toon meer|algemene voorwaarden|klantenservice|"
        "vorig bericht|volgend bericht|ga naar de inhoud|terug naar boven",
        "Naar de inhoud",
    ),
    player=(
        "deze video|uw browser|je browser|javascript|video laden",
        "Je browser kan geen video tonen.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("nl"),
    weekday="(?:[Mm]aandag|[Dd]insdag|[Ww]oensdag|[Dd]onderdag|[Vv]rijdag|[Zz]aterdag|[Zz]ondag)",
    short_weekday=r"(?:ma|di|wo|do|vr|za|zo)\.?",
    dateline_month=(
        r"(?:januari|jan|februari|feb|maart|mrt|april|apr|mei|juni|jun|juli|jul|augustus|aug|"
        r"september|sept|sep|oktober|okt|november|nov|december|dec)\b\.?"
    ),
    day_tail="e",
    half=r"uur\b|u\b",
    by="door|van",
    byline_label="auteur|auteurs|door|tekst|redactie|geschreven door",
    joiner="en",
    name_joiner="met",
    others=r"(?:\d+|twee|drie|vier|meer) (?:anderen|andere)",
    name_tail="in|uit|voor",
    unfinished=(
        "aan|als|bij|dat|de|deze|door|een|en|het|in|met|na|naar|of|om|op|over|sinds|te|tot|uit|"
        "van|voor"
    ),
    job=(
        r"redacteur|redactrice|verslaggever|verslaggeefster|correspondent|columnist|redactie|"
        r"journalist|hoofdredacteur|medewerker|fotograaf|commentator|politiek redacteur"
    ),
    writer="redacteur|verslaggever|correspondent|columnist|journalist",
    for_house="voor|van onze",
    not_names=words("de|het|een|hier|vandaag|harte|tevoren"),
    published=(
        r"(?:(?:eerst )?(?:gepubliceerd|geplaatst|verschenen|geschreven|datum|gepost))(?: (?:op|"
        r"om)\b)?:?\s+|op\s+"
    ),
    updated=(
        r"(?:laatst |voor het laatst )?(?:bijgewerkt|gewijzigd|aangepast|geüpdatet)(?: (?:op|"
        r"om)\b)?:?\s+|(?:laatste )?update:?\s+"
    ),
    at="om",
    age=r"\d+\s+(?:minuten|minuut|uur|dag(?:en)?|weken|week|maand(?:en)?)\s+geleden",
    wrote="tekst|geschreven|analyse|column|opinie|interview|verslag|reportage",
    paper=(
        r"\w*(?:krant|dagblad|courant|nieuws|nieuwsblad|bode|telegraaf|volkskrant|trouw|parool|"
        r"omroep|radio|journaal|weekblad|magazine|pers|post|persbureau|news|online|media)"
    ),
    house=(
        r"\w*(?:krant|dagblad|courant|nieuws|nieuwsblad|omroep|journaal|weekblad|persbureau|media)"
    ),
    house_words=frozenset(("de", "het", "van", "voor", "en")),
    office="gemeente|ministerie|bond|vereniging|bv|nv|stichting|instituut|universiteit|raad",
    labels=words(
        "advertentie|analyse|achtergrond|column|commentaar|correctie|exclusief|foto|foto's|"
        "interview|live|liveblog|nieuws|nieuwsbrief|opinie|podcast|recensie|reportage|"
        "update|video|video's|weer"
    ),
    cities=words(
        "amsterdam|rotterdam|den haag|utrecht|eindhoven|groningen|tilburg|almere|breda|"
        "nijmegen|apeldoorn|haarlem|arnhem|enschede|amersfoort|zwolle|leiden|maastricht|"
        "dordrecht|delft|hilversum|leeuwarden|assen|middelburg|brussel|antwerpen|gent|brugge|"
        "leuven|luik|hasselt|mechelen|oostende|parijs|londen|berlijn|madrid|rome|moskou|kiev|"
        "kyiv|new york|washington|peking|tokio|genève|zürich|wenen|warschau|praag|boedapest|"
        "athene|istanbul|ankara|caïro|jeruzalem|tel aviv|luxemburg|straatsburg|kopenhagen|"
        "stockholm|oslo|lissabon|jakarta|paramaribo|willemstad|dublin|frankfurt|milaan|"
        "barcelona|keulen|düsseldorf"
    ),
    regions=words(
        "nederland|belgië|duitsland|frankrijk|spanje|italië|vlaanderen|friesland|drenthe|"
        "overijssel|gelderland|limburg|zeeland|noord-holland|zuid-holland|noord-brabant|"
        "flevoland"
    ),
    not_places=words(
        "eu|navo|vn|vvd|pvda|pvv|cda|d66|rivm|corona|covid|wat|wie|waar|waarom|hoe|feiten|info"
    ),
    shapes=_SHAPES,
    labels_below=words("lees meer|lees verder|meer lezen|lees het artikel"),
    page_words=words(
        "home|nieuws|politiek|economie|sport|cultuur|binnenland|buitenland|regio|tech|"
        "wetenschap|gezondheid|opinie|achterpagina|muziek|film|boeken|media|reizen|lifestyle|"
        "auto|geld|wonen|weer|contact|privacy|colofon|abonneren|nieuwsbrief|podcast|podcasts|"
        "video|video's|zoeken|menu|inloggen|archief|over ons|adverteren|vacatures|puzzels|"
        "meer|service|voetbal|achterklap|mediahuis|entertainment|shop|help|disclaimer|"
        "onderwijs|algemeen"
    ),
)

_SMALL_WORDS = spaced("""
    de het een en of in op aan bij met na naar om over uit van voor tot te ten ter tegen door onder
    tussen dat die als is zijn niet
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        dr drs mr ir ing prof mevr dhr hr st nr bijv bv o.a m.n d.w.z enz etc i.p.v i.v.m m.b.t
        n.a.v t.a.v t.o.v t/m z.s.m ca blz afb art jl a.s p.d vgl resp max min mln mld jan feb
        mrt apr jun jul aug sept sep okt nov dec ma di wo do vr za zo v.chr n.chr b.v n.v
    """),
    unfinished=_SMALL_WORDS | spaced("maar was waren wordt werd heeft hebben zal hun haar"),
    small_words=_SMALL_WORDS,
)
