"""The words of German newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "im bild|auf dem bild|symbolbild|archivbild|das bild zeigt|bildunterschrift|bildergalerie|"
        "video",
        "Archivbild: Fähren am alten Hafen",
    ),
    captioned_within=(
        ("foto|fotos|bild|symbolbild|archivbild|quelle|bild:"),
        ("Fähren am Steg (Foto: Maja Orlo)"),
    ),
    picture=(
        "foto|fotos|bild|bilder|bildquelle|fotoquelle|bildnachweis|bildrechte|grafik|quelle|"
        "illustration|titelbild|bild-copyright|fotocredit",
        "Foto: Maja Orlo/dpa",
    ),
    picture_by=("foto von|fotos von|bild von|illustration von", "Foto von Maja Orlo"),
    work=(
        "redaktion|mitarbeit|redaktionelle mitarbeit|übersetzung|bearbeitung|recherche|"
        "aus dem englischen von|aufgezeichnet von|protokoll",
        "Mitarbeit: Maja Orlo",
    ),
    material=(
        "mit material von|mit material der|mit agenturmaterial von|mit informationen von|"
        "mit informationen der",
        "Mit Material von dpa und AFP",
    ),
    rights=(
        "alle rechte vorbehalten|alle inhalte|nachdruck verboten|nachdruck nur|"
        "vervielfältigung nur|alle angaben ohne gewähr|dieser beitrag wird bereitgestellt",
        "Alle Rechte vorbehalten. Hafenbote Lindholm",
    ),
    rights_at_end=("alle rechte vorbehalten", "Der Hafenbote. Alle Rechte vorbehalten."),
    correction=(
        "korrektur|berichtigung|richtigstellung|korrekturhinweis|in einer früheren version|"
        "in einer früheren fassung|in einer ersten version|anmerkung zur korrektur",
        "Korrektur: Der Steg ist seit März geschlossen, nicht seit Mai.",
    ),
    related=(
        "lesen sie auch|lesen sie mehr|lesen sie hier|lesen sie dazu|lesen sie weiter|"
        "mehr zum thema|mehr dazu|mehr lesen|weiterlesen|auch interessant|"
        "das könnte sie auch interessieren|das könnte dich auch interessieren|weitere artikel|"
        "ähnliche artikel|ähnliche beiträge|weitere themen|siehe auch|lesetipp|lesetipps|mehr von|"
        "mehr nachrichten|passend dazu|zum thema|weiterführende links|links zum thema|"
        "verwandte artikel|verwandte beiträge|verwandte themen|meistgelesen|meistgelesene artikel|"
        "empfehlungen|die besten artikel|neueste artikel|aktuelle beiträge|mehr aus",
        "Lesen Sie auch: Wer den Steg bezahlt",
    ),
    related_words=(
        "mehr zum thema|lesen sie hier|hier geht es zum|hier geht's zum|zum artikel|"
        "zur startseite|zurück zur",
        "Hier geht es zum ganzen Gespräch",
    ),
    note=(
        "anmerkung der redaktion|anm. der redaktion|anm. d. red.|hinweis der redaktion|"
        "transparenzhinweis|redaktioneller hinweis|zum autor|zur autorin|über den autor|"
        "über die autorin|der autor|die autorin",
        "Anmerkung der Redaktion: Der Text erschien zuerst im Mai.",
    ),
    note_words=(
        "dieser artikel erschien zuerst|dieser text erschien zuerst|dieser artikel wurde|"
        "dieser beitrag erschien|dieser text ist zuerst|dieser artikel ist zuerst|online seit|"
        "zuletzt aktualisiert|letzte aktualisierung|stand:|erschienen in|veröffentlicht am|"
        "aktualisiert am|erstellt am|publiziert am|artikel vom|ausgabe vom",
        "Dieser Artikel erschien zuerst im Hafenboten.",
    ),
    reading_time=("lesezeit|lesedauer|geschätzte lesezeit", "Lesezeit: 4 Minuten"),
    reading_time_at_end=(
        "min. lesezeit|minuten lesezeit|min lesezeit|min. lesen",
        "4 Min. Lesezeit",
    ),
    advert=(
        "anzeige|anzeigen|werbung|advertorial|gesponsert|sponsored|ad|anzeige schließen|"
        "bezahlte anzeige|advertisement",
        "Anzeige",
    ),
    sign_up=(
        "newsletter|jetzt newsletter|jetzt abonnieren|jetzt anmelden|melden sie sich|"
        "abonnieren sie|hier anmelden|hier abonnieren|jetzt registrieren|jetzt testen|"
        "jetzt weiterlesen|sie haben bereits ein abo|sie sind noch kein|noch kein abonnent|"
        "bereits registriert|bereits abonnent|verpassen sie nicht|immer informiert|"
        "weiterlesen mit|diesen artikel weiterlesen|zum abo|abo testen|e-paper|"
        "unterstützen sie|spenden sie|hat ihnen der artikel gefallen|"
        "hat ihnen dieser artikel gefallen|holen sie sich|laden sie die app|"
        "mit der anmeldung|passwort vergessen|kostenlos registrieren",
        "Melden Sie sich für den Brief vom Hafen an",
    ),
    share=(
        "teilen|artikel teilen|beitrag teilen|per mail|per e-mail|per e-mail teilen|drucken|"
        "artikel drucken|seite drucken|merken|artikel merken|auf facebook teilen|"
        "auf twitter teilen|bei facebook|bei twitter|auf facebook|auf twitter|per whatsapp|"
        "weitersagen|twittern|link kopieren|versenden|empfehlen|artikel versenden|vorlesen|"
        "artikel anhören|beitrag per e-mail",
        "Auf Facebook teilen",
    ),
    follow=(
        "folgen sie|folge|folgen sie uns|besuchen sie uns",
        "Folgen Sie dem Hafen auf Instagram",
    ),
    comments=(
        "name (pflichtfeld)|e-mail (pflichtfeld)|betreff|senden|abbrechen|kommentare|kommentar|"
        "kommentieren|kommentar schreiben|kommentar verfassen|kommentare anzeigen|"
        "kommentar hinzufügen|diskutieren sie mit|alle kommentare|alle kommentare anzeigen|"
        "schreibe einen kommentar|schreiben sie einen kommentar|ihr kommentar|"
        "hinterlasse einen kommentar|antworten|leserkommentare|antwort abbrechen|"
        "kommentar abschicken|kommentar absenden",
        "Kommentare (12)",
    ),
    comments_at_end=("kommentare|kommentar|leserkommentare|antworten", "12 Kommentare"),
    cookies=(
        "wir verwenden cookies|diese website verwendet cookies|diese seite verwendet cookies|"
        "diese webseite verwendet|wir nutzen cookies|wir setzen cookies|diese website benutzt|"
        "um diesen inhalt|bitte aktivieren sie|an dieser stelle finden sie|empfohlener externer",
        "Wir verwenden Cookies, um die Seite zu verbessern.",
    ),
    tags=(
        "schlagwörter|schlagworte|tags|themen|stichworte|kategorien|kategorie|ressort|rubrik|"
        "veröffentlicht in|abgelegt unter|mehr zu|schlagwort",
        "Schlagwörter: Fähren, Hafen",
    ),
    label=(
        "fotostrecke|bildstrecke|zur fotostrecke|zur bildstrecke|startseite|home|impressum|"
        "datenschutz|datenschutzerklärung|agb|kontakt|nutzungsbedingungen|mediadaten|anmelden|"
        "abmelden|einloggen|login|registrieren|suche|suchen|menü|zum inhalt springen|"
        "zum hauptinhalt|nach oben|zurück|weiter|schließen|abo|archiv|mehr anzeigen|mehr laden|"
        "zur übersicht|über uns|feedback|hilfe|barrierefreiheit|cookie-einstellungen|"
        "nächster artikel|vorheriger artikel|nächster beitrag|vorheriger beitrag|seitenanfang|"
        "bildergalerie anzeigen|inhalt|inhaltsverzeichnis|rss-feed",
        "Zum Inhalt springen",
    ),
    player=(
        "dieses video|ihr browser unterstützt|video laden|javascript|zum aktivieren|"
        "bitte javascript|zum vergrößern",
        "Ihr Browser unterstützt keine Videos.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("de"),
    weekday="(?:Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag)s?",
    short_weekday=r"(?:mo|di|mi|do|fr|sa|so)\.?",
    dateline_month=(
        r"(?:Januar|Jänner|Jan|Februar|Feb|März|Mrz|Mär|April|Apr|Mai|Juni|Jun|Juli|Jul|August|Aug|"
        r"September|Sept|Sep|Oktober|Okt|November|Nov|Dezember|Dez)\b\.?"
    ),
    day_tail=r"\.",
    half=r"uhr\b|h\b",
    by="von",
    byline_label="author|autor|autorin|autoren|text|von|redaktion|verfasser|verfasserin",
    joiner="und",
    name_joiner="mit|sowie",
    others=r"(?:\d+|zwei|drei|vier|mehrere) (?:weitere|andere)",
    name_tail="in|aus|für",
    unfinished=(
        "am|an|auf|aus|bei|bis|das|dem|den|der|des|die|ein|eine|einem|einer|für|im|in|mit|nach|"
        "oder|seit|um|und|unter|vom|von|vor|zu|zum|zur|über"
    ),
    job=(
        r"redakteur(?:in)?|reporter(?:in)?|korrespondent(?:in)?|autor(?:in)?|redaktion|"
        r"chefredakteur(?:in)?|volontär(?:in)?|kolumnist(?:in)?|journalist(?:in)?|"
        r"gastautor(?:in)?|ressortleiter(?:in)?|freie[r]? mitarbeiter(?:in)?|kommentator(?:in)?|"
        r"fotograf(?:in)?|mitarbeiter(?:in)?"
    ),
    writer=r"(?:redakteur|reporter|korrespondent|autor|kolumnist|journalist)(?:in)?",
    for_house="für|im auftrag der|im auftrag von",
    not_names=words("anfang an|hand|hier|heute|gestern|wegen|vorn|innen|aussen|der stange"),
    published=(
        r"(?:(?:zuerst )?(?:veröffentlicht|erschienen|publiziert|erstellt|geschrieben|gepostet|"
        r"online seit|datum|stand))(?: (?:am|um)\b)?:?\s+|(?:artikel |ausgabe |beitrag )?vom\s+|"
        r"am\s+"
    ),
    updated=r"(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)(?: (?:am|um)\b)?:?\s+|"
    r"letzte (?:aktualisierung|änderung)(?: am)?:?\s+|update:?\s+|stand:?\s+",
    at="um",
    age=r"vor\s+\d+\s+(?:minuten?|stunden?|tag(?:en)?|wochen?|monat(?:en)?)",
    wrote="text|ein kommentar|kommentar|eine analyse|analyse|ein gastbeitrag|gastbeitrag|interview|"
    "geschrieben|verfasst|ein essay|essay|eine kolumne|kolumne|bericht|reportage|veröffentlicht",
    paper=(
        r"\w*(?:zeitung|nachrichten|anzeiger|blatt|bote|tagblatt|tageblatt|kurier|rundschau|post|"
        r"presse|spiegel|stern|focus|bild|welt|zeit|rundfunk|funk|radio|fernsehen|magazin|"
        r"abendblatt|merkur|allgemeine|agentur|news|online|media|verlag|echo|standard)"
    ),
    house=r"\w*(?:zeitung|nachrichten|anzeiger|tagblatt|tageblatt|rundschau|rundfunk|agentur|"
    r"fernsehen|abendblatt|news|online|media|verlag|magazin)",
    house_words=frozenset(("der", "die", "das", "für", "und", "am", "im")),
    office="amt|ministerium|verband|verein|gmbh|ag|institut|universität|stiftung|kammer|rat",
    labels=words(
        "analyse|anzeige|bericht|bilder|eilmeldung|exklusiv|foto|fotos|gastbeitrag|hintergrund|"
        "hinweis|interview|kolumne|kommentar|korrektur|leitartikel|live|liveticker|meinung|"
        "news|newsletter|podcast|porträt|reportage|rezension|thema|ticker|umfrage|update|video|"
        "videos|werbung"
    ),
    cities=words(
        "berlin|hamburg|münchen|köln|frankfurt|frankfurt am main|frankfurt/main|stuttgart|"
        "düsseldorf|leipzig|dortmund|essen|bremen|dresden|hannover|nürnberg|duisburg|bochum|"
        "wuppertal|bielefeld|bonn|münster|karlsruhe|mannheim|augsburg|wiesbaden|mainz|kiel|"
        "lübeck|rostock|erfurt|magdeburg|potsdam|saarbrücken|schwerin|wien|graz|linz|salzburg|"
        "innsbruck|klagenfurt|bregenz|zürich|bern|basel|genf|lausanne|luzern|luxemburg|"
        "brüssel|paris|london|rom|mailand|madrid|lissabon|athen|warschau|prag|budapest|moskau|"
        "kiew|istanbul|ankara|new york|washington|los angeles|peking|tokio|jerusalem|tel aviv|"
        "kairo|teheran|bagdad|damaskus|strassburg|den haag|amsterdam|kopenhagen|stockholm|oslo|"
        "helsinki|karlsruhe|kassel|freiburg|heidelberg|ulm|regensburg|würzburg|aachen|davos|"
        "brasília|rio de janeiro|buenos aires|kabul|islamabad|neu-delhi|sydney|belgrad|"
        "bukarest|sofia|zagreb|dublin|edinburgh|genua|turin|venedig|neapel|barcelona|hongkong|"
        "shanghai|seoul"
    ),
    regions=words(
        "deutschland|österreich|schweiz|frankreich|italien|spanien|polen|usa|grossbritannien|"
        "bayern|hessen|sachsen|thüringen|brandenburg|niedersachsen|schleswig-holstein|saarland|"
        "baden-württemberg|nordrhein-westfalen|rheinland-pfalz|sachsen-anhalt|türkei|russland|"
        "ukraine|griechenland|niederlande|belgien|dänemark|schweden|norwegen|china|japan|israel"
    ),
    not_places=words(
        "eu|uno|un|nato|cdu|csu|spd|fdp|afd|usa|ard|zdf|dfb|bundesliga|corona|covid|was|wer|"
        "wie|wo|warum|fazit|fakten|hintergrund|zahlen|service|termine|info|info-box|kontakt"
    ),
    shapes=_SHAPES,
    labels_below=words("weiterlesen|mehr lesen|mehr|zum artikel|artikel lesen"),
    page_words=words(
        "startseite|home|politik|wirtschaft|sport|kultur|panorama|wissen|wissenschaft|digital|"
        "reise|auto|gesundheit|leben|gesellschaft|lokales|regional|region|ausland|inland|"
        "feuilleton|meinung|debatte|finanzen|karriere|technik|netzwelt|geschichte|bildung|"
        "wetter|kontakt|impressum|datenschutz|agb|abo|e-paper|newsletter|podcast|podcasts|"
        "video|videos|shop|suche|menü|login|anmelden|archiv|über uns|werbung|mediadaten|"
        "stellenmarkt|immobilien|anzeigen|spiele|rätsel|nachrichten|aktuell|themen|mehr|"
        "fussball|bundesliga|unterhaltung|stars|fotos|service|hilfe|jobs|termine"
    ),
)

_SMALL_WORDS = spaced("""
    der die das den dem des ein eine einen einem einer und oder in im an am auf bei mit nach von vom
    zu zum zur aus für um über unter gegen ohne durch vor als wie ist sich nicht
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        dr prof dipl ing hr fr frl st str nr bzw ca evtl ggf inkl usw etc d.h z.b u.a u.ä o.ä
        s.o s.u v.a i.d.r z.t z.zt u.u bspw vgl sog mio mrd tsd tel abs art bd hrsg jh jg kap
        lfd max min mind std stv verf zzgl geb gest gegr red anm ehem jan feb mär apr jun jul
        aug sept sep okt nov dez mo di mi do sa so n.chr v.chr co gmbh e.v a.d i.r a.m d.c
    """),
    unfinished=_SMALL_WORDS
    | spaced("""
        aber seit zwischen dass weil wenn ob sind war waren wird werden wurde hat haben sein seine
        ihr ihre
    """),
    small_words=_SMALL_WORDS,
)
