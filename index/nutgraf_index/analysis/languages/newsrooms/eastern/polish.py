"""The words of Polish newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "na zdjęciu|zdjęcie ilustracyjne|zdjęcie archiwalne|wideo|na fotografii|zobacz zdjęcia",
        "Na zdjęciu: stare molo",
    ),
    captioned_within=("fot.|foto|zdjęcie|il.", "Statki przy molo (fot. Maja Orło)"),
    picture=(
        "fot.|foto|zdjęcie|zdjęcia|źródło|źródło zdjęcia|autor zdjęcia|ilustracja|grafika|"
        "źródło zdjęć|fot|źródła|rys.|infografika",
        "Źródło: Kurier Portowy/PAP",
    ),
    picture_by=("fot.|foto|fot|zdjęcie|rys.|il.", "fot. Maja Orło/PAP"),
    work=(
        "oprac.|opracowanie|opracował|opracowała|tłumaczenie|tłum.|tłumaczył|tłumaczyła|rozmawiał|"
        "rozmawiała|redakcja|red.|przygotował|przygotowała|notował|notowała|zebrała|zebrał|korekta",
        "Rozmawiała Maja Orło",
    ),
    material=("na podstawie|z wykorzystaniem materiałów|źródło|źródła", "Źródło: PAP"),
    rights=(
        "wszelkie prawa zastrzeżone|wszystkie prawa zastrzeżone|prawa zastrzeżone|"
        "kopiowanie zabronione|przedruk|materiał chroniony prawem autorskim|"
        "dalsze rozpowszechnianie|treści zabronione",
        "Wszelkie prawa zastrzeżone. Kurier Portowy",
    ),
    rights_at_end=(
        "wszelkie prawa zastrzeżone|prawa zastrzeżone",
        "Kurier, 2021. Wszelkie prawa zastrzeżone.",
    ),
    correction=(
        "sprostowanie|korekta|errata|poprawka",
        "Sprostowanie: molo zamknięto w marcu, a nie w maju.",
    ),
    related=(
        "ostatnie wiadomości|czytaj także|czytaj też|czytaj również|czytaj więcej|czytaj dalej|"
        "czytaj|zobacz także|zobacz też|zobacz również|zobacz więcej|zobacz|przeczytaj także|"
        "przeczytaj też|przeczytaj również|przeczytaj|polecamy|polecamy również|polecane|"
        "polecane artykuły|powiązane artykuły|powiązane|podobne artykuły|podobne tematy|więcej|"
        "więcej na ten temat|więcej na temat|najczęściej czytane|najpopularniejsze|najnowsze|"
        "ostatnie wpisy|może cię zainteresować|może cię także zainteresować|inne artykuły|"
        "zobacz wideo|dowiedz się więcej|sprawdź|sprawdź także|pozostałe|w temacie|"
        "z tej kategorii|inne z kategorii|artykuły powiązane|posłuchaj|obejrzyj|warto przeczytać|"
        "najnowsze artykuły|czytaj więcej na|czytaj także na",
        "Czytaj także: Kto płaci za molo",
    ),
    related_words=(
        "czytaj więcej o|więcej o|kliknij tutaj|kliknij, aby|pełny tekst|cały artykuł|"
        "zobacz wszystkie",
        "Kliknij tutaj, aby przeczytać rozmowę",
    ),
    note=(
        "od redakcji|przyp. red.|nota redakcyjna|o autorze|o autorce|autor|przypis redakcji",
        "Od redakcji: tekst ukazał się w maju.",
    ),
    note_words=(
        "artykuł ukazał się|tekst ukazał się|artykuł pochodzi|tekst pochodzi|artykuł opublikowany|"
        "opublikowano|data publikacji|aktualizacja|ostatnia aktualizacja|zaktualizowano|"
        "data dodania|dodano|publikacja|utworzono|pierwotnie opublikowano|wyświetleń|odsłon",
        "Artykuł ukazał się w Kurierze Portowym.",
    ),
    reading_time=("czas czytania|przeczytasz w|czas lektury", "Czas czytania: 4 minuty"),
    reading_time_at_end=(
        "min czytania|min. czytania|minuty czytania|minut czytania",
        "4 min czytania",
    ),
    advert=(
        "reklama|reklamy|ogłoszenie|materiał sponsorowany|artykuł sponsorowany|materiał partnera|"
        "materiał promocyjny|tekst sponsorowany|dalszy ciąg materiału pod wideo|"
        "dalsza część tekstu pod reklamą|koniec reklamy|dalsza część artykułu pod",
        "Reklama",
    ),
    sign_up=(
        "zapisz się|zaprenumeruj|zasubskrybuj|subskrybuj|prenumerata|newsletter|zaloguj się|"
        "zarejestruj się|masz już konto|nie masz konta|kup dostęp|kup subskrypcję|dołącz do|"
        "wesprzyj|wspieraj|pobierz aplikację|otrzymuj|bądź na bieżąco|aby czytać dalej|"
        "aby przeczytać|dostęp dla|tylko dla prenumeratorów|już teraz|chcesz wiedzieć więcej|"
        "podoba ci się|masz dla nas|podaj adres|wyrażam zgodę|pozostało|artykuł dostępny",
        "Zapisz się na list z portu",
    ),
    share=(
        "udostępnij|udostępnij na|podziel się|podziel się na|poleć|poleć znajomemu|wyślij|"
        "wyślij mailem|drukuj|wydrukuj|zapisz|skopiuj link|kopiuj link|tweetnij|tweet|lubię to|"
        "polub|odsłuchaj|wyślij znajomemu|udostępnij artykuł|udostępnij na facebooku|"
        "udostępnij na twitterze",
        "Udostępnij na Facebooku",
    ),
    follow=(
        "obserwuj nas|śledź nas|polub nas|znajdź nas|obserwuj|śledź|dołącz",
        "Obserwuj nas na Instagram",
    ),
    comments=(
        "pokaż odpowiedzi|kliknij tutaj, aby anulować odpowiadanie|pokaż wszystkie komentarze|"
        "imię|nick|skomentuj lub udostępnij|komentarze|komentarz|skomentuj|dodaj komentarz|"
        "napisz komentarz|zostaw komentarz|odpowiedz|pokaż komentarze|zobacz komentarze|"
        "wszystkie komentarze|komentuj|twój komentarz|dyskusja|anuluj pisanie odpowiedzi|"
        "opublikuj komentarz|zostaw odpowiedź|brak komentarzy|opinie",
        "Komentarze (12)",
    ),
    comments_at_end=("komentarzy|komentarze|komentarz|udostępnień", "12 komentarzy"),
    cookies=(
        "ta strona używa|strona używa|ta strona korzysta|strona korzysta|używamy plików|"
        "serwis używa|nasza strona używa|w ramach naszej witryny|korzystamy z plików|"
        "ta witryna wykorzystuje|serwis wykorzystuje|szanowny użytkowniku",
        "Ta strona używa plików cookie.",
    ),
    tags=(
        "tagi|zobacz więcej na temat|więcej o|tematy|słowa kluczowe|kategoria|kategorie|dział|"
        "etykiety|powiązane tematy|tag|hasła",
        "Tagi: port, molo",
    ),
    label=(
        "zobacz zdjęcia|zobacz galerię|loading|strona główna|kontakt|o nas|redakcja|"
        "polityka prywatności|regulamin|reklama w serwisie|zaloguj|wyloguj|rejestracja|szukaj|"
        "wyszukaj|menu|przejdź do treści|przejdź do głównej treści|do góry|powrót|wróć|następny|"
        "poprzedni|następna|poprzednia|zamknij|archiwum|pokaż więcej|załaduj więcej|mapa strony|"
        "następny artykuł|poprzedni artykuł|moje konto|polityka cookies|wstecz|dalej|"
        "następny wpis|poprzedni wpis",
        "Przejdź do treści",
    ),
    player=(
        "twoja przeglądarka|to wideo|włącz javascript|ten materiał|javascript",
        "Twoja przeglądarka nie obsługuje wideo.",
    ),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("pl"),
    weekday=(
        "(?:[Pp]oniedziałek|[Ww]torek|[Śś]rod[aę]|[Cc]zwartek|[Pp]iątek|[Ss]obot[aę]|"
        "[Nn]iedziel[aę])"
    ),
    short_weekday=r"(?:pon|wt|śr|czw|pt|sob|niedz|nd)\.?",
    dateline_month=(
        r"(?:stycznia|styczeń|sty|lutego|luty|lut|marca|marzec|mar|kwietnia|kwiecień|kwi|maja|maj|"
        r"czerwca|czerwiec|cze|lipca|lipiec|lip|sierpnia|sierpień|sie|września|wrzesień|wrz|"
        r"października|październik|paź|listopada|listopad|lis|grudnia|grudzień|gru)\b\.?"
    ),
    day_tail=r"\.",
    year_tail=r"r\b\.?|roku",
    half=r"godz\b\.?",
    by="autor|autorka|autorzy|tekst|napisał|napisała|opracował|opracowała",
    byline_label="autor|autorka|autorzy|tekst|redakcja|opracowanie|napisał|napisała|oprac.",
    joiner="i|oraz",
    name_joiner="z",
    others=r"(?:i inni|inni)",
    name_tail="w|z|dla",
    unfinished=(
        "a|aby|bez|dla|do|i|jak|jako|lub|na|nad|o|od|oraz|po|pod|przed|przez|przy|się|u|w|we|z|za|"
        "ze|że"
    ),
    job=(
        r"dziennikar(?:z|ka|ze)|redaktor(?:ka|zy)?|reporter(?:ka|zy)?|koresponden(?:t|tka)|"
        r"redakcja|publicyst(?:a|ka)|komentator(?:ka)?|redaktor naczeln[ya]|fotograf|"
        r"felietonist(?:a|ka)|autor(?:ka)?|analityk|ekspert(?:ka)?|współpracowni(?:k|czka)"
    ),
    writer=(
        "(?:dziennikarz|dziennikarka|redaktor|redaktorka|reporter|reporterka|korespondent|"
        "korespondentka|publicysta|publicystka|felietonista)"
    ),
    for_house="dla|specjalnie dla",
    not_names=words("książki|nieznany|projektu|artykułu|piosenki|ustawy|wpisu"),
    published=(
        r"(?:opublikowano|data publikacji|data dodania|dodano|publikacja|data|utworzono|"
        r"opublikowany|opublikowane|wysłano|dodane)(?: (?:o|dnia|w dniu)\b)?:?\s+|z dnia\s+|"
        r"dnia\s+"
    ),
    updated=r"(?:ostatnia )?(?:aktualizacja|modyfikacja|zmiana)(?: (?:o|dnia)\b)?:?\s+|"
    r"(?:zaktualizowano|aktualizowano|zmodyfikowano):?\s+",
    at="o|godz\\.?|o godz\\.?|godzina",
    age=r"\d+\s+(?:minut\w*|godzin\w*|dni|dzień|tygodni\w*|miesi\w+)\s+temu",
    wrote="opublikował|opublikowała|wywiad|reportaż|felieton|komentarz|analiza",
    paper=(
        r"gazeta|dziennik|kurier|głos|wiadomości|rzeczpospolita|wyborcza|fakt|newsweek|polityka|"
        r"wprost|radio|telewizja|agencja|tygodnik|portal|express|echo|życie|prasa|prasowa|press|"
        r"news|media|\w+\.pl|super|onet|interia|nowiny|przegląd|magazyn|tvn\w*|tvp\w*|rmf\w*|pap"
    ),
    house=(
        r"gazeta|dziennik|kurier|wiadomości|radio|telewizja|agencja|tygodnik|portal|press|news|"
        r"media|magazyn|\w+\.pl"
    ),
    house_words=frozenset(("i", "w", "na", "dla", "z")),
    office=(
        "ministerstwo|urząd|związek|stowarzyszenie|fundacja|instytut|uniwersytet|spółka|rada|"
        "komisja"
    ),
    labels=words(
        "aktualizacja|analiza|artykuł|felieton|foto|galeria|komentarz|komunikat|korekta|live|"
        "na żywo|news|nowe|opinia|opinie|pilne|podcast|poradnik|raport|recenzja|reklama|"
        "relacja|reportaż|rozmowa|sondaż|sprostowanie|wideo|wywiad|zdjęcia|zapowiedź|film|"
        "filmy|quiz|uwaga"
    ),
    cities=words(
        "warszawa|kraków|łódź|wrocław|poznań|gdańsk|szczecin|bydgoszcz|lublin|białystok|"
        "katowice|gdynia|częstochowa|radom|sosnowiec|toruń|kielce|rzeszów|gliwice|zabrze|"
        "olsztyn|bielsko-biała|bytom|zielona góra|rybnik|opole|tychy|gorzów wielkopolski|"
        "elbląg|płock|wałbrzych|włocławek|tarnów|chorzów|koszalin|kalisz|legnica|grudziądz|"
        "słupsk|jaworzno|nowy sącz|siedlce|zakopane|sopot|londyn|paryż|berlin|bruksela|"
        "waszyngton|nowy jork|moskwa|kijów|lwów|mińsk|wilno|ryga|praga|bratysława|budapeszt|"
        "wiedeń|rzym|watykan|madryt|ateny|pekin|tokio|jerozolima|tel awiw|stambuł|ankara|"
        "genewa|haga|strasburg|luksemburg|sztokholm|kopenhaga|oslo|helsinki|kair|teheran|"
        "lizbona"
    ),
    regions=words(
        "polska|niemcy|francja|rosja|ukraina|usa|wielka brytania|włochy|hiszpania|czechy|"
        "słowacja|litwa|białoruś|chiny|japonia|izrael|turcja|mazowieckie|małopolskie|śląskie|"
        "pomorskie|wielkopolskie"
    ),
    not_places=words(
        "ue|onz|nato|pis|po|psl|nfz|zus|covid|co|kto|jak|gdzie|kiedy|dlaczego|info|usa"
    ),
    shapes=_SHAPES,
    labels_below=words("czytaj więcej|czytaj dalej|więcej|zobacz więcej|czytaj"),
    page_words=words(
        "strona główna|wiadomości|polityka|gospodarka|biznes|sport|kultura|świat|kraj|polska|"
        "regiony|nauka|technologie|zdrowie|edukacja|społeczeństwo|opinie|publicystyka|"
        "felietony|wywiady|rozrywka|gwiazdy|film|muzyka|książki|podróże|motoryzacja|moto|"
        "nieruchomości|praca|finanse|pogoda|horoskop|program tv|wideo|zdjęcia|galerie|"
        "podcasty|newsletter|prenumerata|kontakt|redakcja|reklama|szukaj|menu|zaloguj się|"
        "archiwum|o nas|ogłoszenia|sklep|gry|historia|styl życia|kuchnia|dom|rodzina|kobieta|"
        "piłka nożna|prawo|religia|wydarzenia|aktualności|lokalne|quizy|forum|blogi|magazyn|"
        "e-wydanie|seriale|telewizja|militaria|koronawirus"
    ),
)

_SMALL_WORDS = spaced("""
    i a ale lub oraz w we na z ze do od po o u za dla bez przez przy pod nad przed że jak nie się
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        r w ul al pl os nr tel godz min sek tys mln mld zł gr ok np itd itp tzn tzw m.in ds im
        św ks o dr prof mgr inż hab gen płk mjr kpt por ppor p pt s str rys tab zob wg ws woj
        pow gm sp z.o.o s.a n.e p.n.e stycz lut kwiec czerw lip sierp wrześ paźdz list grudz red
        fot oprac tłum wyd
    """),
    unfinished=_SMALL_WORDS
    | spaced("""
        albo między żeby jeśli gdy to jest są był była który która jego jej ich
    """),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
