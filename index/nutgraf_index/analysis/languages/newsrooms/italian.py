"""The words of Italian newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "nella foto|nell'immagine|immagine d'archivio|foto d'archivio|foto di repertorio|"
        "immagine di repertorio|video|in foto|didascalia",
        "Foto d'archivio: il vecchio molo",
    ),
    captioned_within=("foto|credit|crediti|immagine|fonte", "Barche al molo (foto: Maja Orlo)"),
    picture=(
        "foto|immagine|immagini|fotografia|credit|crediti|credits|fonte|fonti|illustrazione|"
        "infografica|foto e testo|credito fotografico|fonte foto",
        "Foto: Maja Orlo/ANSA",
    ),
    picture_by=(
        "foto di|fotografia di|immagine di|illustrazione di|fotografie di|foto",
        "Foto di Maja Orlo",
    ),
    work=(
        "a cura di|traduzione di|traduzione|ha collaborato|hanno collaborato|testo di|redazione|"
        "montaggio di|intervista di|testi di|revisione",
        "A cura di Maja Orlo",
    ),
    material=("con informazioni di|fonte|con il contributo di", "Con informazioni di ANSA"),
    rights=(
        "tutti i diritti riservati|riproduzione riservata|diritti riservati|"
        "è vietata la riproduzione|vietata la riproduzione",
        "Riproduzione riservata",
    ),
    rights_at_end=(
        "riproduzione riservata|tutti i diritti riservati",
        "Il Porto, 2021. Tutti i diritti riservati.",
    ),
    correction=(
        "correzione|errata corrige|rettifica|precisazione",
        "Errata corrige: il molo è chiuso da marzo, non da maggio.",
    ),
    related=(
        "leggi anche|leggi tutto|leggi di più|leggi ancora|leggi l'articolo|leggi|guarda anche|"
        "vedi anche|ti potrebbe interessare|potrebbe interessarti|ti potrebbero interessare|"
        "potrebbero interessarti|potrebbe interessarti anche|approfondisci|per approfondire|"
        "approfondimenti|articoli correlati|notizie correlate|contenuti correlati|correlati|"
        "altri articoli|i più letti|più letti|le più lette|ultime notizie|dello stesso autore|"
        "scopri di più|continua a leggere|da non perdere|consigliati|consigliati per te|"
        "ascolta anche|altre notizie|sullo stesso argomento|leggi pure|articoli recenti|"
        "potrebbe anche interessarti|guarda il video|guarda le foto|su questo argomento",
        "Leggi anche: Chi paga il molo",
    ),
    related_words=(
        "clicca qui per|leggi qui|leggi l'intervista|tutte le notizie|vai alla",
        "Clicca qui per leggere l'intervista",
    ),
    note=(
        "nota dell'editore|nota della redazione|ndr|n.d.r.|nota del redattore|sull'autore|l'autore",
        "Nota della redazione: il testo è uscito a maggio.",
    ),
    note_words=(
        "questo articolo è stato pubblicato|questo articolo è apparso|pubblicato il|pubblicato da|"
        "pubblicato:|pubblicato in|aggiornato|ultimo aggiornamento|ultima modifica|modificato il|"
        "data pubblicazione|creato il|postato il|articolo pubblicato",
        "Questo articolo è stato pubblicato da Il Porto.",
    ),
    reading_time=(
        "tempo di lettura|lettura|tempo di lettura stimato",
        "Tempo di lettura: 4 minuti",
    ),
    reading_time_at_end=("min di lettura|minuti di lettura|min. di lettura", "4 minuti di lettura"),
    advert=(
        "pubblicità|annuncio|annunci|sponsorizzato|contenuto sponsorizzato|adv|"
        "informazione pubblicitaria|continua a leggere dopo la pubblicità|messaggio pubblicitario",
        "Pubblicità",
    ),
    sign_up=(
        "abbonati|iscriviti|registrati|newsletter|abbonamenti|sei già abbonato|hai già un account|"
        "accedi|accedi o|ricevi|resta aggiornato|rimani aggiornato|per continuare a leggere|"
        "sostieni|sostienici|scarica l'app|contenuto riservato|articolo riservato|"
        "questo contenuto è riservato|attiva le notifiche|entra nella|unisciti|dona|vuoi ricevere|"
        "iscrivendoti|inserisci la tua",
        "Iscriviti alla lettera del porto",
    ),
    share=(
        "condividi|condividi su|condivisioni|condividi l'articolo|condividi questo articolo|"
        "condividere|stampa|invia|invia per email|invia per e-mail|salva|copia link|copia il link|"
        "twitta|tweet|ascolta|ascolta l'articolo|mi piace|condividi su facebook|condividi via|"
        "invia ad un amico",
        "Condividi su Facebook",
    ),
    follow=("seguici|seguici su|segui|seguici anche su", "Seguici su Instagram"),
    comments=(
        "commenti|commento|commenta|lascia un commento|scrivi un commento|vedi i commenti|rispondi|"
        "aggiungi un commento|i commenti|annulla risposta|pubblica commento|tutti i commenti|"
        "invia commento|i commenti dei lettori",
        "Commenti (12)",
    ),
    comments_at_end=("commenti|commento|condivisioni|risposte", "12 commenti"),
    cookies=(
        "utilizziamo i cookie|questo sito utilizza|questo sito usa|usiamo i cookie|"
        "noi e terze parti|proseguendo la navigazione|utilizziamo cookie|il sito utilizza",
        "Utilizziamo i cookie per migliorare il sito.",
    ),
    tags=(
        "tag|tags|argomenti|temi|parole chiave|categoria|categorie|etichette|argomenti correlati|"
        "sezione",
        "Argomenti: porto, molo",
    ),
    label=(
        "home|homepage|contatti|contattaci|chi siamo|privacy|privacy policy|cookie policy|"
        "note legali|termini e condizioni|condizioni d'uso|redazione|mappa del sito|login|"
        "registrazione|cerca|menu|vai al contenuto|vai al contenuto principale|salta al contenuto|"
        "torna su|torna indietro|indietro|avanti|successivo|precedente|chiudi|archivio|"
        "carica altro|mostra altro|articolo precedente|articolo successivo|il mio account|"
        "informativa privacy|gerenza|scrivici",
        "Vai al contenuto",
    ),
    player=(
        "il tuo browser|questo video|javascript|attiva javascript",
        "Il tuo browser non può mostrare il video.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("it"),
    weekday="(?:[Ll]unedì|[Mm]artedì|[Mm]ercoledì|[Gg]iovedì|[Vv]enerdì|[Ss]abato|[Dd]omenica)",
    short_weekday=r"(?:lun|mar|mer|gio|ven|sab|dom)\.?",
    dateline_month=(
        r"(?:gennaio|genn|gen|febbraio|febbr|feb|marzo|mar|aprile|apr|maggio|mag|giugno|giu|"
        r"luglio|lug|agosto|ago|settembre|sett|set|ottobre|ott|novembre|nov|dicembre|dic)\b\.?"
    ),
    day_tail="[º°]",
    half=r"ore\b|h\b",
    by="di|da|a cura di",
    byline_label="autore|autrice|autori|di|testo|redazione|a cura di",
    joiner="e|ed",
    name_joiner="con",
    others=r"(?:altri|altre) (?:\d+|due|tre)",
    name_tail="a|per|inviat[oa] a|dall'inviat[oa] a",
    unfinished=(
        "a|ad|agli|ai|al|alla|alle|allo|con|da|dai|dal|dalla|dalle|degli|dei|del|della|delle|"
        "dello|di|e|ed|fra|gli|i|il|in|la|le|lo|nei|nel|nella|nelle|o|per|su|sul|sulla|tra|un|una|"
        "uno"
    ),
    job=(
        r"redazione|redattor[ei]|redattrice|giornalist[ai]|corrispondent[ei]|inviat[oaie]|"
        r"cronist[ai]|direttor[ei]|direttrice|editorialist[ai]|reporter|collaborator[ei]|"
        r"collaboratrice|fotograf[oi]|dal nostro inviato|dalla nostra inviata|dal corrispondente"
    ),
    writer="(?:redattore|redattrice|giornalista|corrispondente|inviat[oa]|cronista|editorialista)",
    for_house="per|de|del|della",
    not_names=words(
        "più|meno|nuovo|solito|conseguenza|fatto|fronte|notte|giorno|ieri|oggi|qui|lì|tutto|"
        "questo|sempre"
    ),
    published=(
        r"(?:(?:pubblicat[oa]|creat[oa]|data|postat[oa]|scritto|pubblicazione))(?: (?:il|alle|"
        r"in data)\b)?:?\s+|il\s+"
    ),
    updated=r"(?:(?:ultimo )?aggiornat[oa]|(?:ultimo )?aggiornamento|(?:ultima )?modific(?:a|ato))"
    r"(?: (?:il|alle)\b)?:?\s+",
    at="alle|ore|alle ore",
    age=r"\d+\s+(?:minut[oi]|or[ae]|giorn[oi]|settiman[ae]|mes[ei])\s+fa",
    wrote=(
        "testo|scritto|pubblicato|analisi|commento|editoriale|intervista|reportage|articolo|postato"
    ),
    paper=(
        r"agenzia|agenzie|giornale|quotidiano|corriere|repubblica|stampa|messaggero|gazzetta|"
        r"mattino|sole|nazione|tempo|resto|carlino|secolo|manifesto|avvenire|foglio|fatto|unità|"
        r"notizie|news|radio|tv|tg\w*|rai|mediaset|rivista|settimanale|espresso|panorama|online|"
        r"media|press|eco|provincia|giorno"
    ),
    house=(
        "agenzia|agenzie|giornale|quotidiano|notizie|news|radio|tv|rivista|settimanale|online|"
        "media|press"
    ),
    house_words=frozenset(("il", "la", "lo", "i", "le", "di", "del", "della", "e")),
    office=(
        "ministero|comune|associazione|federazione|sindacato|università|istituto|fondazione|"
        "regione|spa|srl"
    ),
    labels=words(
        "analisi|articolo|commento|comunicato|correzione|cronaca|diretta|editoriale|esclusiva|"
        "esclusivo|foto|fotogallery|gallery|immagini|inchiesta|intervista|live|nota|notizia|"
        "opinione|podcast|pubblicità|recensione|reportage|sondaggio|video|ultima|ultim'ora|"
        "aggiornamento|retroscena"
    ),
    cities=words(
        "roma|milano|napoli|torino|palermo|genova|bologna|firenze|bari|catania|venezia|verona|"
        "messina|padova|trieste|brescia|parma|taranto|prato|modena|reggio calabria|"
        "reggio emilia|perugia|livorno|ravenna|cagliari|foggia|rimini|salerno|ferrara|sassari|"
        "siracusa|pescara|monza|bergamo|trento|bolzano|vicenza|udine|ancona|lecce|aosta|"
        "potenza|campobasso|catanzaro|cosenza|l'aquila|pisa|lucca|siena|arezzo|novara|como|"
        "varese|lugano|città del vaticano|bruxelles|parigi|londra|berlino|madrid|atene|mosca|"
        "kiev|pechino|tokyo|new york|washington|gerusalemme|tel aviv|il cairo|istanbul|"
        "ginevra|vienna|zurigo|strasburgo|barcellona|lisbona|varsavia|budapest|teheran|"
        "baghdad|damasco|tripoli"
    ),
    regions=words(
        "italia|francia|germania|spagna|svizzera|austria|stati uniti|usa|regno unito|cina|"
        "giappone|russia|ucraina|israele|lombardia|lazio|sicilia|sardegna|toscana|piemonte|"
        "veneto|puglia|campania|liguria|calabria|umbria|marche|abruzzo|molise|basilicata|"
        "emilia-romagna|friuli venezia giulia|mi|rm|na|to"
    ),
    not_places=words(
        "ue|onu|nato|usa|pd|m5s|lega|covid|oms|inps|istat|chi|che|come|dove|quando|perché|info|ansa"
    ),
    shapes=_SHAPES,
    labels_below=words("leggi tutto|leggi di più|leggi|continua a leggere|scopri di più"),
    page_words=words(
        "home|politica|economia|sport|cultura|cronaca|esteri|mondo|italia|europa|scienza|"
        "scienze|salute|tecnologia|tech|opinioni|editoriali|spettacoli|tv|cinema|musica|libri|"
        "viaggi|motori|moda|lavoro|scuola|università|ambiente|società|calcio|video|foto|"
        "podcast|newsletter|abbonati|abbonamenti|contatti|chi siamo|privacy|pubblicità|cerca|"
        "menu|login|accedi|registrati|archivio|meteo|oroscopo|giochi|annunci|servizi|speciali|"
        "blog|rubriche|redazione|locale|regioni|animali|cucina|ricette|finanza|casa|donna|"
        "benessere|giustizia|attualità|eventi|necrologie|altro"
    ),
)

_SMALL_WORDS = spaced("""
    il lo la i gli le un uno una e ed o di del dello della dei degli delle a al alla ai alle da dal
    dalla in nel nella con su sul sulla per tra fra che è non più si
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        sig sigg dott prof avv ing arch rag geom on sen gen col cap s ss p pp pag pagg art tel
        ecc es p.es a.c d.c s.p.a s.r.l n nr fig vol cfr ed gennaio feb mar apr mag giu lug ago
        set sett ott nov dic lun mart merc giov ven sab dom min max circa
    """),
    unfinished=_SMALL_WORDS | spaced("ma allo agli chi cui se come sono era ha hanno suo sua"),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
