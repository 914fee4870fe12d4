"""English names of cities that stand alone in datelines, and of states, provinces and countries.

Agencies print the names of well-known cities without a state or country. Where neither capitals
nor an agency tell a dateline from a headline, such a name or region does.
"""

__all__ = ["CITIES", "REGIONS"]

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


def _names(table: str) -> frozenset[str]:
    return frozenset(name for name in map(str.strip, table.replace("\n", "|").split("|")) if name)


CITIES = _names(_CITIES)
REGIONS = _names(_REGIONS)
