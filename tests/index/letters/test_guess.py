"""The encoding of a text, guessed by its letters: pages, sentences, words of many languages."""

import pytest

from nutgraf_index.formats.decoding.encodings import decode

WESTERN = ("cp1252", "iso8859-15", "mac-roman", "cp850", "cp437")
CENTRAL = ("cp1250", "iso8859-2", "cp852")
CYRILLIC = ("cp1251", "koi8-r", "iso8859-5", "cp866", "mac-cyrillic")
SENTENCES = {
    "Der Fluss führte so viel Wasser, dass die Fähre für größere Schiffe gesperrt wurde.": WESTERN,
    "L'été dernier, la préfète a déclaré que la rivière était polluée près de l'écluse.": WESTERN,
    "El año pasado la policía encontró más árboles caídos en la montaña que nunca.": WESTERN,
    "La città è più pulita, perché la società ha ripulito il fiume nell'età moderna.": WESTERN,
    "A população não viu a decisão como solução; também há três razões para isso.": WESTERN[:4],
    "Älven svämmade över och många hus på södra sidan blev förstörda under våren.": WESTERN,
    "Bærerne så på øen, hvor åen løber ud, og gik så hjem over træbroen.": WESTERN[:4],
    "Pääministeri kertoi tänään, että päätös syntyi yöllä pitkän työn jälkeen.": WESTERN,
    "Źródła podały, że rozmowa dotyczyła przyszłości żołnierzy i ich rodzin.": CENTRAL,
    "Příliš žluťoučký kůň běžel přes řeku, zatímco děti křičely štěstím.": CENTRAL,
    "Szép jó hétfőn az árvíztűrő tükörfúrógép újra működött a gyárban.": CENTRAL,
    "Ştirile spun că preşedinţii s-au întâlnit în capitală şi au hotărât încă o şedinţă.": CENTRAL,
    "Ľudia v meste môžu opäť piť vodu, pretože čistička už funguje.": CENTRAL,
    "Na tržnici so včeraj prodajali češnje, slive in še več domačega sadja.": CENTRAL,
    "Işıklar söndü; şoför, köprüden geçen yaşlı kadını görünce hemen durdu.": (
        "cp1254",
        "iso8859-9",
        "cp857",
    ),
    "Žvejai šįryt pagavo daugiau žuvų nei praėjusią savaitę, nors ėjo lietus.": (
        "cp1257",
        "iso8859-13",
        "cp775",
    ),
    "Upē šovasar atkal dzīvo ūdri, un zvejnieki par to ir ļoti priecīgi.": (
        "cp1257",
        "iso8859-13",
    ),
    "Выдры снова живут в реке, и рыбаки говорят, что рыбы стало меньше.": CYRILLIC,
    "Видрите отново живеят в реката и рибарите казват, че рибата намаля.": CYRILLIC[:4],
    "Видри знову живуть у річці, й рибалки кажуть, що її води чисті.": (
        "cp1251",
        "koi8-u",
        "iso8859-5",
    ),
    "Οι βίδρες ζουν πάλι στο ποτάμι και οι ψαράδες λένε ότι τα ψάρια λιγοστεύουν.": (
        "cp1253",
        "iso8859-7",
        "cp737",
    ),
    "הלוטרות חזרו לנהר, והדייגים אומרים שיש פחות דגים.": ("cp1255",),
    "عادت ثعالب الماء إلى النهر، ويقول الصيادون إن الأسماك أقل.": ("cp1256",),
    "水獭又回到了这条河里，渔民们说鱼比以前少了。": ("gb18030",),
    "水獺又回到了這條河裡，漁民們說魚比以前少了。": ("big5",),
    "カワウソが川に戻り、漁師たちは魚が減ったと言っている。": ("shift_jis", "euc_jp"),
    "수달이 강으로 돌아왔고 어부들은 물고기가 줄었다고 말한다.": ("euc_kr",),
}
CASES = [(text, encoding) for text, encodings in SENTENCES.items() for encoding in encodings]


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_sentence_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


@pytest.mark.parametrize(("text", "encoding"), CASES)
def test_a_page_is_read_in_its_encoding_whatever_stands_between(text: str, encoding: str) -> None:
    page = "\r\n".join([f"Memo {i}, 2020-01-{i:02}\r\n\r\n{text}" for i in range(1, 30)])
    assert decode(page.encode(encoding))[0] == page


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("café", "cp1252"),
        ("café", "mac-roman"),
        ("café", "cp850"),
        ("führte", "cp437"),
        ("Işık", "iso8859-9"),
        ("İstanbul", "cp1254"),
        ("Łódź", "cp1250"),
        ("Łódź", "iso8859-2"),
        ("życie", "cp852"),
        ("időjárás", "cp1250"),
        ("mişcare", "iso8859-2"),
        ("něco", "cp1250"),
        ("мир", "cp1251"),
        ("Москва", "koi8-r"),
        ("выдра", "cp866"),
        ("ποτάμι", "iso8859-7"),
    ],
)
def test_a_word(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding))[0] == text


ENGLISH = (
    "The ferry, she said, “was late”, and the captain’s report – all of it – is lost. The harbour "
    "master said that it had been seen off the point in the morning, and that they would ask."
)


@pytest.mark.parametrize("encoding", ["cp1252", "cp1250", "cp1254", "mac-roman"])
def test_english_with_curly_quotes(encoding: str) -> None:
    assert decode(ENGLISH.encode(encoding))[0] == ENGLISH


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("Lech Wałęsa", "cp1250"),
        ("the road from Diyarbakır to Şırnak and Kırşehir", "cp1254"),
        ("François Hollande", "cp850"),
        ("Wałęsa", "iso8859-2"),
        ("£25 to €30", "cp1252"),
        ("€30", "iso8859-15"),
        ("© 2020", "cp1252"),
        ("20°", "cp1252"),
        ("it—he said—was", "cp1252"),
        ("curaçao", "cp1252"),
        ("tête-à-tête, à la carte,", "cp1252"),
    ],
)
def test_a_name_or_a_sign_in_english(name: str, encoding: str) -> None:
    text = f"The ferry was late for the third time that week, and {name} was not on it at all."
    assert decode(text.encode(encoding))[0] == text


def test_letters_far_into_a_large_file_count() -> None:
    line = "The ferry was late.\n"
    text = line * 60_000 + "Wałęsa and Mazowiecki said that it was not: „źle”.\n" + line * 60_000
    assert decode(text.encode("cp1250")) == (text, "cp1250")
    text = "a " * 500_000 + "żółw jaźń" + " b" * 500_000
    assert decode(text.encode("cp1250")) == (text, "cp1250")


def test_a_language_that_the_table_lacks_is_western() -> None:
    albanian = "Lumi është më i pastër dhe njerëzit thonë se ka më pak peshq në të këtë vit."
    assert decode(albanian.encode("cp1252"))[0] == albanian
