"""The words of English newsrooms, and those by which layout tells where sentences end.

Agencies print the names of well-known cities without a state or country. Where neither capitals
nor an agency tell a dateline from a headline, such a name or region does.
"""

from nutgraf_index.analysis.languages.english_shapes.credits import CREDIT_WORDS
from nutgraf_index.analysis.languages.english_shapes.furniture import PAGE_WORDS
from nutgraf_index.analysis.languages.english_shapes.table import ENGLISH_SHAPES
from nutgraf_index.analysis.languages.language import spaced, words
from nutgraf_index.analysis.languages.newsroom import NewsroomWords, SentenceWords

__all__ = ["NEWSROOM", "SENTENCES"]

_CITIES = """
    abidjan|abu dhabi|abuja|accra|addis ababa|aden|algiers|almaty|amman|amsterdam|anchorage|ankara|
    antananarivo|ashgabat|asmara|astana|asuncion|asunción|athens|atlanta|auckland|austin|baghdad|
    baku|baltimore|bamako|bandar seri begawan|bangalore|bengaluru|bangkok|bangui|banjul|barcelona|
    basel|basra|bogota|bogotá|beijing|beirut|belfast|belgrade|berlin|bern|bhopal|bhubaneswar|
    birmingham|bishkek|bissau|bonn|boston|brasilia|brasília|bratislava|brazzaville|brisbane|
    brussels|bucharest|budapest|buenos aires|bujumbura|cairo|calcutta|calgary|canberra|
    cape canaveral|cape town|caracas|cardiff|casablanca|chandigarh|chennai|chicago|chisinau|
    cincinnati|cleveland|cologne|colombo|conakry|copenhagen|cotonou|dakar|dallas|damascus|
    dar es salaam|davos|delhi|denver|des moines|detroit|dhaka|djibouti|doha|donetsk|dresden|dubai|
    dublin|durban|dushanbe|edinburgh|edmonton|fallujah|faisalabad|frankfurt|freetown|gaborone|gaza|
    gaza city|geneva|georgetown|glasgow|guangzhou|guantanamo bay|guatemala city|guwahati|hamburg|
    hanoi|harare|havana|hebron|helsinki|ho chi minh city|hobart|hong kong|honolulu|houston|
    hyderabad|indianapolis|islamabad|istanbul|i̇stanbul|izmir|jaipur|jakarta|jeddah|jerusalem|
    johannesburg|juba|kabul|kampala|kandahar|karachi|kathmandu|khartoum|kharkiv|kiev|kigali|
    kingston|kinshasa|kochi|kolkata|kuala lumpur|kuwait|kuwait city|kyiv|la paz|lagos|lahore|
    las vegas|leeds|lhasa|libreville|lilongwe|lima|lisbon|liverpool|ljubljana|lome|london|
    los angeles|lucknow|luanda|lusaka|luxembourg|lviv|lyon|macau|madrid|malabo|male|managua|manama|
    manchester|manila|maputo|mariupol|marrakech|marseille|maseru|mbabane|mecca|melbourne|
    mexico city|miami|milan|milwaukee|minneapolis|minsk|mogadishu|mombasa|monaco|monrovia|
    montevideo|montreal|moscow|mosul|multan|mumbai|munich|muscat|n'djamena|n’djamena|nagasaki|
    nairobi|naples|nashville|nassau|naypyitaw|new delhi|new orleans|new york|niamey|nicosia|
    nouakchott|odesa|odessa|oklahoma city|osaka|oslo|ottawa|ouagadougou|panama city|paris|patna|
    perth|peshawar|philadelphia|phnom penh|phoenix|pittsburgh|podgorica|port-au-prince|port louis|
    port moresby|portland|prague|pretoria|pristina|providence|pune|pyongyang|quebec city|quetta|
    quezon city|quito|rabat|raleigh|ramallah|rangoon|rawalpindi|reykjavik|riga|rio de janeiro|
    riyadh|rome|sacramento|san`a|sanaa|sana'a|salt lake city|san antonio|san diego|san francisco|
    san jose|san juan|san salvador|santiago|santo domingo|sao paulo|são paulo|sarajevo|seattle|
    seoul|sevastopol|shanghai|sharjah|shenzhen|singapore|skopje|sofia|srinagar|st. louis|
    st. petersburg|stockholm|strasbourg|stuttgart|suva|sydney|taipei|tallinn|tampa|tashkent|
    tbilisi|tegucigalpa|tehran|tel aviv|the hague|tianjin|tirana|tokyo|toronto|tripoli|tunis|turin|
    ulan bator|ulaanbaatar|united nations|valletta|vancouver|vatican city|venice|victoria|vienna|
    vientiane|vilnius|warsaw|washington|washington dc|washington d.c.|wellington|windhoek|winnipeg|
    wuhan|yangon|yaounde|yerevan|zagreb|zurich
"""
_REGIONS = """
    alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|
    hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|
    michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|new hampshire|new jersey|
    new mexico|new york|north carolina|north dakota|ohio|oklahoma|oregon|pennsylvania|rhode island|
    south carolina|south dakota|tennessee|texas|utah|vermont|virginia|washington|west virginia|
    wisconsin|wyoming|puerto rico|district of columbia|ala|ariz|ark|calif|colo|conn|del|d.c|fla|ga|
    ill|ind|kan|kans|ky|la|mass|md|mich|minn|miss|mo|mont|n.c|n.d|n.h|n.j|n.m|n.y|neb|nebr|nev|
    okla|ore|pa|penn|r.i|s.c|s.d|tenn|tex|va|vt|w.va|wash|wis|wyo|al|ak|az|ar|ca|co|ct|dc|de|fl|hi|
    ia|id|il|in|ks|ma|me|mi|mn|ms|mt|nc|nd|ne|nh|nj|nm|nv|ny|oh|ok|or|ri|sc|sd|tn|tx|ut|wa|wi|wv|
    wy|pr|alberta|british columbia|manitoba|new brunswick|newfoundland|nova scotia|ontario|
    prince edward island|quebec|saskatchewan|yukon|ab|bc|mb|nb|ns|on|qc|sk|alta|b.c|man|ont|que|
    new south wales|queensland|south australia|tasmania|western australia|nsw|qld|vic|england|
    scotland|wales|northern ireland|uk|u.k|usa|u.s|u.s.a|us|united states|united kingdom|
    great britain|britain|afghanistan|albania|algeria|andorra|angola|antigua|argentina|armenia|
    australia|austria|azerbaijan|bahamas|bahrain|bangladesh|barbados|belarus|belgium|belize|benin|
    bermuda|bhutan|bolivia|bosnia|bosnia-herzegovina|bosnia and herzegovina|botswana|brazil|brunei|
    bulgaria|burkina faso|burma|burundi|cambodia|cameroon|canada|cape verde|cayman islands|
    central african republic|chad|chile|china|colombia|congo|costa rica|croatia|cuba|cyprus|
    czech republic|czechia|denmark|djibouti|dominica|dominican republic|east timor|ecuador|egypt|
    el salvador|equatorial guinea|eritrea|estonia|eswatini|ethiopia|fiji|finland|france|gabon|
    gambia|gaza strip|germany|east germany|west germany|ghana|greece|greenland|grenada|guatemala|
    guinea|guinea-bissau|guyana|haiti|honduras|hungary|iceland|india|indonesia|iran|iraq|ireland|
    israel|italy|ivory coast|jamaica|japan|jordan|kazakhstan|kenya|kosovo|kuwait|kyrgyzstan|laos|
    latvia|lebanon|lesotho|liberia|libya|liechtenstein|lithuania|luxembourg|macedonia|
    north macedonia|madagascar|malawi|malaysia|maldives|mali|malta|mauritania|mauritius|mexico|
    moldova|monaco|mongolia|montenegro|morocco|mozambique|myanmar|namibia|nepal|netherlands|
    the netherlands|new zealand|nicaragua|niger|nigeria|north korea|norway|oman|pakistan|palestine|
    panama|papua new guinea|paraguay|peru|philippines|poland|portugal|qatar|romania|russia|rwanda|
    samoa|saudi arabia|senegal|serbia|seychelles|sierra leone|singapore|slovakia|slovenia|
    solomon islands|somalia|south africa|south korea|south sudan|south vietnam|soviet union|spain|
    sri lanka|sudan|suriname|swaziland|sweden|switzerland|syria|taiwan|tajikistan|tanzania|
    thailand|tibet|togo|tonga|trinidad|trinidad and tobago|tunisia|turkey|türkiye|turkmenistan|
    u.s.s.r|ussr|uae|uganda|ukraine|crimea|united arab emirates|uruguay|uzbekistan|vanuatu|
    venezuela|vietnam|west bank|yemen|yugoslavia|zaire|zambia|zimbabwe
"""
SENTENCES = SentenceWords(
    abbreviations=spaced("""
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
    """),
    unfinished=spaced("""
        a an the and or nor but of to in on at by for from with without into onto upon over under
        between among against about after before during since until through throughout toward
        towards within per via than that which who whom whose if as because while although is are
        was were be been has have had will would can could may might must shall should do does did
        his her its their our my your this these those such some any each every no not including
        regarding concerning following
    """),
    small_words=spaced("""
        a an the and or nor but as at by en for from if in into is of off on onto out over per so
        than that the then to up upon via vs with yet de la le du da di van von der den al el
    """),
)
NEWSROOM = NewsroomWords(
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
    byline_label="(?:author/)?by-?line|words|author",
    joiner="and",
    name_joiner="with",
    others=r"(?:\d+|two|three|four|five|several|many) (?:others?|more)",
    name_tail="in|for|at|of",
    unfinished="a|after|an|and|at|before|by|during|for|from|in|of|on|or|since|than|the|this|"
    "through|till|to|until|with",
    job=(
        r"writers?|correspondents?|editors?|reporters?|staff|special to|contribut\w+|bureau|"
        r"columnists?|analysts?|chief|newsroom|freelancers?|critics?|photographers?|producers?|"
        r"commentators?|researchers?|fellow|intern|desk|editorial board|journalists?"
    ),
    writer=r"(?:writer|correspondent|editor|reporter|columnist|critic)",
    for_house="(?:special )?(?:to|for|of|with|from)",
    not_names=frozenset(
        "a accident age air all an any appointment choice contrast county dear default definition "
        "design district far from hand heart hello hi land law mail name nature night now our "
        "party phone post project request road sea special state the train water way".split()
    )
    | words(
        "any measure|popular demand|the numbers|land and sea|all means|all accounts|read more|"
        "end advance|end of story|the end|more soon"
    ),
    published=(
        r"(?:(?:first|originally|article|story|date|page|press|news) ){0,2}(?:published|posted|"
        r"filed|issued|released|created|dated)(?: (?:on|at)\b)?:?\s+|"
        r"(?:(?:publication|publish(?:ed)?|release|posting) )?date(?:line)?(?: posted)?:\s+|on\s+|"
        r"for immediate release\s*[:–—-]?\s+"
    ),
    updated=r"(?:last )?(?:updated|modified|revised|edited)(?: (?:on|at)\b)?:?\s+",
    at="at",
    age=(
        r"(?:send an email\s+)?\d+\s+(?:min(?:ute)?|hr|hour|day|week|month)s?"
        r"(?:\s+ago|(?=\s*(?:\n|$)))"
    ),
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
    cities=words(_CITIES),
    regions=words(_REGIONS),
    shapes=ENGLISH_SHAPES,
    credit_words=CREDIT_WORDS,
    comments=(
        r"(?:(?:see|view|show|read|load|post|leave|add|write) )?(?:all |more |an? |your )?"
        r"(?:[\d,]+ |reader |readers' |top |facebook )?(?:comments?|reply|replies|responses)"
        r"(?: ?\(\+?[\d,]*\))?"
    ),
    labels_below=words("read more|read article|read story|read full story|read now"),
    page_words=PAGE_WORDS,
)
