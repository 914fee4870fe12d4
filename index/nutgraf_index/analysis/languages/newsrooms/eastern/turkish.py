"""The words of Turkish newsrooms."""

from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM, SentenceWords
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.newsrooms.months import months_of

__all__ = ["NEWSROOM", "SENTENCES"]

_SHAPES = shape_table(
    caption=(
        "fotoğrafta|arşiv fotoğrafı|temsili fotoğraf|temsili görsel|video|videolar",
        "Arşiv fotoğrafı: eski iskele",
    ),
    captioned_within=("fotoğraf|foto|arşiv|görsel", "İskeledeki gemiler (Fotoğraf: Maya Orlu)"),
    picture=(
        "fotoğraf|foto|fotoğraflar|görsel|kaynak|görsel kaynağı|fotoğraf kaynağı|grafik|çizim|"
        "illüstrasyon|kamera",
        "Fotoğraf: Maya Orlu/AA",
    ),
    picture_by=("fotoğraf|foto|kaynak", "Fotoğraf Maya Orlu"),
    work=(
        "derleyen|hazırlayan|çeviren|çeviri|editör|röportaj|söyleşi|haber|yayına hazırlayan|"
        "haber merkezi|muhabir|haber-kamera|haber kamera",
        "Çeviren: Maya Orlu",
    ),
    material=("kaynak|kaynaklar", "Kaynak: Anadolu"),
    rights=(
        "tüm hakları saklıdır|her hakkı saklıdır|tüm hakları|izinsiz kopyalanamaz|"
        "kaynak gösterilmeden|bu haberin tüm hakları|yayınlanan yazı|sitemizde yayınlanan",
        "Tüm hakları saklıdır. Liman Postası",
    ),
    rights_at_end=(
        "tüm hakları saklıdır|hakları saklıdır|her hakkı saklıdır",
        "Liman Postası, 2021. Tüm hakları saklıdır.",
    ),
    correction=(
        "düzeltme|tekzip|düzeltme ve özür|özür",
        "Düzeltme: iskele mayısta değil martta kapandı.",
    ),
    related=(
        "ayrıca okuyun|ilgili haber|ilgili haberler|haberin devamı|devamını oku|devamı için|"
        "devamı|bunlar da ilginizi çekebilir|ilginizi çekebilir|ilginizi çekebilecek haberler|"
        "diğer haberler|benzer haberler|benzer yazılar|benzer içerikler|ilgili yazılar|"
        "ilgili içerikler|daha fazla oku|daha fazlası|son haberler|çok okunanlar|en çok okunanlar|"
        "önerilen haberler|önerilenler|bunları da okuyun|okumadan geçmeyin|ayrıca bakınız|bkz|"
        "sonraki haber|önceki haber|sıradaki haber|editörün seçtikleri|öne çıkanlar|"
        "son dakika haberleri|oku|tıkla oku|bunlara da bakın|yazarın diğer yazıları",
        "İlgili haber: İskeleyi kim ödüyor",
    ),
    related_words=(
        "haberin devamı için|detaylar için|tüm haberler|haberi okumak için|devamını okumak için|"
        "ayrıntılar için",
        "Haberin devamı için tıklayın",
    ),
    note=(
        "editörün notu|editör notu|yazar hakkında|yayın notu",
        "Editörün notu: yazı mayısta yayımlandı.",
    ),
    note_words=(
        "bu yazı ilk olarak|bu haber ilk|bu makale|yayınlanma|yayınlanma tarihi|yayın tarihi|"
        "yayımlanma|güncelleme|güncelleme tarihi|son güncelleme|güncellendi|giriş tarihi|giriş|"
        "eklenme|oluşturulma|tarih:|haber girişi|ilk yayın|oluşturma tarihi|güncellenme",
        "Bu yazı ilk olarak Liman Postası'nda yayımlandı.",
    ),
    reading_time=("okuma süresi|tahmini okuma süresi", "Okuma süresi: 4 dakika"),
    reading_time_at_end=(
        "dk okuma|dakika okuma|dk. okuma|dk okuma süresi|kez okundu",
        "4 dk okuma",
    ),
    advert=(
        "reklam|reklamlar|ilan|advertorial|sponsorlu içerik|reklamı kapat|sponsorlu|"
        "haberin devamı reklamın altında",
        "Reklam",
    ),
    sign_up=(
        "abone ol|abone olun|bültene|e-bülten|bülten|üye ol|üye olun|üye girişi|kayıt ol|"
        "giriş yapın|giriş yap|uygulamayı indirin|uygulamamızı indirin|haberdar olun|bizi takip|"
        "kaçırmayın|ücretsiz üye|okumaya devam etmek için|destek olun|bize destek|"
        "yorum yapabilmek için|haber bültenimize|bildirimleri açın|son dakika haberlerinden",
        "Abone olun: limandan mektuplar",
    ),
    share=(
        "paylaş|paylaşın|facebook'ta paylaş|twitter'da paylaş|whatsapp'ta paylaş|haberi paylaş|"
        "bu haberi paylaş|yazdır|gönder|e-posta gönder|arkadaşına gönder|kaydet|favorilere ekle|"
        "linki kopyala|bağlantıyı kopyala|tweetle|beğen|dinle|haberi dinle|yazı boyutu|"
        "metin boyutu|paylaşım|a+ a-",
        "Facebook'ta paylaş",
    ),
    follow=("takip edin|bizi takip edin|takip et|bizi", "Takip edin: Liman Instagram hesabı"),
    comments=(
        "yorumlar|yorum|yorum yap|yorum yaz|yorum ekle|yorumunuzu yazın|yorum gönder|"
        "yorumları gör|yanıtla|cevapla|tüm yorumlar|bir yorum yazın|bir cevap yazın|yorum yapın|"
        "yorumlarınız|henüz yorum yapılmamış|yanıtı iptal et|okur yorumları|cevabı iptal et|"
        "yorumları göster",
        "Yorumlar (12)",
    ),
    comments_at_end=("yorum|yorumlar|paylaşım", "12 yorum"),
    cookies=(
        "bu site çerez|sitemizde çerez|web sitemizde|çerezleri|çerez politikası|sitemizden en iyi|"
        "size daha iyi",
        "Bu site çerez kullanır.",
    ),
    tags=(
        "etiketler|konular|kategori|kategoriler|anahtar kelimeler|haber etiketleri|etiket|"
        "i̇lgili konular|ilgili konular",
        "Etiketler: liman, iskele",
    ),
    label=(
        "ana sayfa|anasayfa|iletişim|hakkımızda|künye|gizlilik politikası|kullanım şartları|kvkk|"
        "giriş yap|çıkış|ara|arama|menü|içeriğe geç|içeriğe atla|yukarı çık|başa dön|geri|ileri|"
        "önceki|sonraki|kapat|arşiv|daha fazla göster|daha fazla yükle|site haritası|tümü|"
        "tümünü gör|sonraki yazı|önceki yazı|gizlilik|yayın ilkeleri|reklam verin|foto galeri|"
        "video galeri",
        "İçeriğe geç",
    ),
    player=("tarayıcınız|bu video|javascript", "Tarayıcınız bu videoyu desteklemiyor."),
)

NEWSROOM = NO_NEWSROOM._replace(
    months=months_of("tr"),
    weekday="(?:Pazartesi|Salı|Çarşamba|Perşembe|Cumartesi|Cuma|Pazar)",
    short_weekday=r"(?:pzt|sal|çar|per|cum|cmt|paz)\.?",
    dateline_month=(
        r"(?:Ocak|Oca|Şubat|Şub|Mart|Mar|Nisan|Nis|Mayıs|May|Haziran|Haz|Temmuz|Tem|Ağustos|Ağu|"
        r"Eylül|Eyl|Ekim|Eki|Kasım|Kas|Aralık|Ara|OCAK|ŞUBAT|MART|NİSAN|MAYIS|HAZİRAN|TEMMUZ|"
        r"AĞUSTOS|EYLÜL|EKİM|KASIM|ARALIK)\b\.?"
    ),
    day_tail=r"\.",
    year_tail="tarihinde|tarihli",
    half="(?!)",
    by="yazan|haber|hazırlayan|derleyen",
    byline_label=(
        "yazar|yazan|haber|hazırlayan|muhabir|editör|derleyen|haber - foto|haber-foto|haber/foto|"
        "röportaj|kaynak"
    ),
    joiner="ve",
    name_joiner="ile",
    others=r"(?:ve diğerleri|diğerleri)",
    unfinished="bir|bu|da|de|en|gibi|her|için|ile|ki|o|olarak|şu|ve|veya|ya",
    job=(
        r"muhabir\w*|edit[öo]r\w*|yazar\w*|köşe yazarı|gazeteci\w*|temsilci\w*|haber merkezi|"
        r"dış haberler|ekonomi servisi|spor servisi|fotoğrafçı|genel yayın yönetmeni|haber müdürü|"
        r"servisi"
    ),
    writer="(?:muhabiri|muhabir|editörü|editör|yazarı|yazar|gazeteci|temsilcisi)",
    not_names=words("merkezi|yorum|bülteni|ver|ajansı|programı|kanalı|sitesi"),
    published=(
        r"(?:yay[ıi]nlanma|yay[ıi]mlanma|yay[ıi]n|giriş|eklenme|oluşturulma|oluşturma|haber giriş)"
        r"(?: tarihi)?\s?:?\s+|tarih\s?:\s+"
    ),
    updated=(
        r"(?:son )?güncell?enme(?: tarihi)?\s?:?\s+|(?:son )?güncelleme(?: tarihi)?\s?:?\s+|"
        r"güncellendi\s?:?\s+"
    ),
    at="saat",
    age=r"\d+\s+(?:dakika|saat|gün|hafta|ay)\s+önce",
    wrote="yazı|röportaj|söyleşi|analiz",
    paper=(
        r"gazetesi|haber|haberler|ajansı?|post|postası|hürriyet|milliyet|sabah|cumhuriyet|sözcü|"
        r"zaman|yeniçağ|akşam|star|takvim|habertürk|ntv|trt\w*|radyo|tv|televizyonu|dergisi|medya|"
        r"evrensel|birgün|türkiye|güneş|vatan|radikal|taraf|karar|duvar|diken|t24|bianet|ekspres|"
        r"dünya"
    ),
    house="gazetesi|haber|haberler|ajansı|radyo|tv|televizyonu|dergisi|medya",
    house_words=frozenset(("ve", "ile")),
    office=(
        "bakanlığı|belediyesi|derneği|vakfı|üniversitesi|sendikası|başkanlığı|müdürlüğü|odası|"
        "holding"
    ),
    labels=words(
        "analiz|canlı|düzeltme|foto|fotoğraf|galeri|görüş|güncelleme|haber|inceleme|köşe|"
        "makale|özel|podcast|reklam|röportaj|söyleşi|son dakika|video|yorum|duyuru|flaş|özet|"
        "anket"
    ),
    cities=frozenset(
        name
        for city in words(
            "istanbul|ankara|izmir|bursa|antalya|adana|konya|şanlıurfa|gaziantep|kocaeli|mersin|"
            "diyarbakır|hatay|manisa|kayseri|samsun|balıkesir|kahramanmaraş|van|aydın|tekirdağ|"
            "sakarya|denizli|muğla|eskişehir|mardin|trabzon|malatya|erzurum|ordu|elazığ|zonguldak|"
            "sivas|batman|adıyaman|tokat|edirne|rize|çanakkale|afyonkarahisar|afyon|ısparta|"
            "isparta|bolu|düzce|kars|ağrı|iğdır|hakkari|şırnak|siirt|bitlis|muş|bingöl|tunceli|"
            "erzincan|artvin|giresun|sinop|kastamonu|çorum|amasya|yozgat|kırşehir|nevşehir|niğde|"
            "aksaray|karaman|osmaniye|kilis|uşak|kütahya|bilecik|yalova|kırklareli|bartın|karabük|"
            "çankırı|kırıkkale|gümüşhane|bayburt|ardahan|burdur|lefkoşa|washington|new york|"
            "londra|paris|berlin|brüksel|moskova|pekin|tokyo|atina|roma|madrid|viyana|cenevre|"
            "kahire|tahran|bağdat|şam|kudüs|gazze|tel aviv|bakü|erivan|tiflis|kiev|sofya|bükreş|"
            "belgrad|saraybosna|üsküp|tiran|priştine|doha|riyad|dubai|islamabad|strazburg|lahey|"
            "reyhanlı|bodrum|alanya|cizre|nusaybin|kobani"
        )
        for name in (city, city.replace("i", "i̇", 1) if city.startswith("i") else city)
    ),
    regions=words(
        "türkiye|almanya|fransa|ingiltere|abd|rusya|çin|japonya|suriye|irak|iran|israil|"
        "yunanistan|kktc|azerbaycan"
    ),
    not_places=words(
        "ab|bm|nato|abd|akp|ak parti|chp|mhp|hdp|tbmm|covid|kim|ne|nasıl|nerede|neden|info|tsk|mit"
    ),
    shapes=_SHAPES,
    labels_below=words("devamını oku|haberin devamı|devamı|oku|daha fazla oku"),
    page_words=words(
        "ana sayfa|anasayfa|gündem|politika|siyaset|ekonomi|spor|kültür|kültür sanat|"
        "kültür-sanat|dünya|türkiye|yaşam|sağlık|teknoloji|bilim|eğitim|magazin|yazarlar|"
        "yazılar|köşe yazıları|video|videolar|galeri|foto galeri|podcast|finans|otomobil|"
        "emlak|seyahat|turizm|hava durumu|astroloji|burçlar|iletişim|künye|hakkımızda|reklam|"
        "ara|menü|giriş|üye ol|abone ol|arşiv|son dakika|tüm haberler|yerel|asayiş|çevre|"
        "kadın|televizyon|sinema|müzik|kitap|futbol|basketbol|canlı borsa|borsa|rss|"
        "resmi ilanlar|seçim|genel|güncel|röportaj|özel haber|bölge|şirket haberleri"
    ),
    small_letters="a-zçğıöşü",
)

_SMALL_WORDS = spaced("""
    ve veya ya da de ki bir bu için ile gibi kadar
""")
SENTENCES = SentenceWords(
    abbreviations=spaced("""
        dr prof doç av op uzm yrd öğr gör sn bkz vb vs vd no nr cad sok mah apt tel sf s ör örn
        yy a.ş ltd şti t.c m.ö m.s alb gen tğm yzb bnb oca şub mar nis may haz tem ağu eyl eki
        kas ara
    """),
    unfinished=_SMALL_WORDS
    | spaced("""
        şu o göre daha en çok her ne ama fakat ancak olarak olan olduğu
    """),
    small_words=_SMALL_WORDS,
    speech_dashes="-–",
)
