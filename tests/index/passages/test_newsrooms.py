"""The newsrooms of other languages: rows, bylines, datelines and dates; and text without words."""

import subprocess
import sys

import pytest

from nutgraf import Article, split
from nutgraf_index.analysis.languages.newsroom import Shape
from nutgraf_index.analysis.languages.newsrooms.kinds import shape_table
from nutgraf_index.analysis.languages.registry import LANGUAGES
from nutgraf_index.dates import iso_date
from nutgraf_index.passages.newsroom import newsroom_of
from nutgraf_index.passages.split import complete
from nutgraf_index.properties.written_dates import read_moment

CODES = ("de", "nl", "fr", "es", "pt", "it", "ru", "pl", "tr", "ar")
ROWS = [
    (code, shape)
    for code in CODES
    for shape in LANGUAGES[code].newsroom.shapes
    if shape not in shape_table()  # the rows of all languages
]


@pytest.mark.parametrize(
    ("code", "shape"), ROWS, ids=lambda value: value if isinstance(value, str) else value.example
)
def test_each_row_has_its_example(code: str, shape: Shape) -> None:
    found = newsroom_of(code).shapes.of(shape.example)
    assert found
    assert found[0].role is shape.role
    assert len(shape.example) <= shape.longest


@pytest.mark.parametrize("code", CODES)
def test_the_words_are_plain(code: str) -> None:
    words = LANGUAGES[code].newsroom
    for shape in words.shapes:
        for plain in (shape.begins, shape.ends, shape.within):
            assert plain == plain.lower()
            assert not plain or all(plain.split("|")), shape.example
    for names in (words.cities, words.regions, words.labels, words.page_words, words.not_places):
        assert all(name == name.casefold() for name in names)
        assert all(name == " ".join(name.split()) for name in names)
    examples = [shape.example for shape in words.shapes]
    assert len(examples) == len(set(examples))


@pytest.mark.parametrize(
    ("code", "story"),
    [
        ("de", "Anzeigen lohnen sich für den Hafen, sagte der Sprecher am Dienstag."),
        ("de", "Foto und Film seien verboten, hieß es im Rathaus."),
        ("de", "Video-Player der Stadt zeigen den Hafen, sagte der Sprecher."),
        ("de", "Anzeigen-Blätter gibt es am Hafen nicht, sagte der Rat."),
        ("de", "Mehr zum Geld der Stadt weiß der Rat erst im Mai."),
        ("nl", "Deel twee van het plan kost meer, zei de wethouder."),
        ("nl", "Bron van de brand was een kabel op de pier."),
        ("fr", "Lire reste le premier plaisir des enfants du port."),
        ("fr", "Avec le vent, les bateaux sont restés au port mardi."),
        ("es", "Compartir el muelle fue la decisión de la junta el martes."),
        ("es", "Con información falsa vendieron el barco, dijo la policía."),
        ("pt", "Veja como o porto mudou em dez anos, disse o prefeito."),
        ("pt", "Siga o caminho do cais até a praia, disse a guia."),
        ("it", "Leggi e regolamenti del porto sono cambiati martedì."),
        ("it", "Stampa e televisione erano al molo martedì."),
        ("ru", "Реклама на причале запрещена, сообщил совет порта."),
        ("ru", "По данным порта, причал закрыли во вторник."),
        ("pl", "Więcej pieniędzy na molo da miasto, powiedział rzecznik."),
        ("pl", "Reklama na molo jest zakazana, podała rada portu."),
        ("tr", "Haber ajansları iskelenin kapandığını salı günü yazdı."),
        ("tr", "Reklam iskelede yasaklandı, dedi belediye sözcüsü."),
        ("ar", "شارك مجلس الميناء في الاجتماع يوم الثلاثاء."),
        ("ar", "صورة الرصيف القديم معروفة في المدينة كلها."),
    ],
)
def test_sentences_of_a_story_have_no_shape(code: str, story: str) -> None:
    assert newsroom_of(code).shapes.of(story) == ()


# An article of each language, with its authors, date, place and source. All roles are:
ROLES = ["headline", "byline", "note", "lead", "body", "related"]
ARTICLES = {
    "de": (
        "Alte Brücke am Hafen gesperrt\n\nVon Anna Weber\n\n12. Januar 2020, 10:30 Uhr\n\n"
        "Berlin (dpa) - Der Hafenrat hat am Dienstag die Brücke gesperrt. Sie ist zu alt.\n\n"
        "Die Stadt will im Mai neu bauen, sagte der Sprecher am Montag.\n\n"
        "Lesen Sie auch: Wer die Brücke bezahlt",
        ("Anna Weber", "Berlin", "dpa"),
    ),
    "nl": (
        "Oude pier gesloten\n\nDoor Jan de Vries\n\n12 januari 2020 om 10.30 uur\n\n"
        "AMSTERDAM (ANP) - Het havenbestuur heeft dinsdag de pier gesloten. Die is te oud.\n\n"
        "De gemeente wil in mei een nieuwe bouwen.\n\nLees ook: Wie de pier betaalt",
        ("Jan de Vries", "AMSTERDAM", "ANP"),
    ),
    "fr": (
        "Le vieux ponton est fermé\n\nPar Anne Dupont\n\nPublié le 12 janvier 2020 à 10h30\n\n"
        "PARIS (AFP) – Le conseil du port a fermé mardi le ponton. Il est trop vieux.\n\n"
        "La ville veut en construire un autre en mai.\n\nLire aussi : Qui paie le ponton",
        ("Anne Dupont", "PARIS", "AFP"),
    ),
    "es": (
        "El puerto cierra el muelle viejo\n\nPor Ana Pérez\n\n12 de enero de 2020\n\n"
        "MADRID, 12 ene. (EFE).- La junta del puerto cerró el martes el muelle. Es muy viejo.\n\n"
        "El ayuntamiento quiere construir otro en mayo.\n\nLea también: Quién paga el muelle",
        ("Ana Pérez", "MADRID", "EFE"),
    ),
    "pt": (
        "Porto fecha o cais velho\n\nPor Ana Souza\n\n12/01/2020 às 20h36\n\n"
        "SÃO PAULO (Reuters) - A junta do porto fechou na terça o cais. É muito velho.\n\n"
        "A prefeitura quer construir outro em maio.\n\nLeia também: Quem paga o cais",
        ("Ana Souza", "SÃO PAULO", "Reuters"),
    ),
    "it": (
        "Chiuso il vecchio molo\n\ndi Anna Rossi\n\n12 gennaio 2020\n\n"
        "(ANSA) - ROMA, 12 GEN - Il consiglio del porto ha chiuso martedì il molo. È vecchio.\n\n"
        "Il comune vuole costruirne un altro a maggio.\n\nLeggi anche: Chi paga il molo",
        ("Anna Rossi", "ROMA", "ANSA"),
    ),
    "ru": (
        "Старый причал закрыли\n\nАвтор: Анна Иванова\n\n12 января 2020 г.\n\n"
        "МОСКВА, 12 янв — РИА Новости. Совет порта закрыл во вторник причал. Он слишком старый.\n\n"
        "Город хочет построить новый в мае.\n\nЧитайте также: Кто платит за причал",
        ("Анна Иванова", "МОСКВА", "РИА Новости"),
    ),
    "pl": (
        "Zamknięto stare molo\n\nAutor: Anna Kowalska\n\n12 stycznia 2020 r.\n\n"
        "WARSZAWA (PAP) – Rada portu zamknęła we wtorek molo. Jest za stare.\n\n"
        "Miasto chce zbudować nowe w maju.\n\nCzytaj także: Kto płaci za molo",
        ("Anna Kowalska", "WARSZAWA", "PAP"),
    ),
    "tr": (
        "Eski iskele kapatıldı\n\nHaber: Ayşe Yılmaz\n\n12 Ocak 2020, Pazar\n\n"
        "ANKARA (AA) - Liman kurulu salı günü iskeleyi kapattı. Çok eski.\n\n"
        "Belediye mayısta yenisini yapmak istiyor.\n\nİlgili haber: İskeleyi kim ödüyor",
        ("Ayşe Yılmaz", "ANKARA", "AA"),
    ),
    "ar": (
        "إغلاق الرصيف القديم\n\nكتب: محمد علي\n\n١٢ يناير ٢٠٢٠\n\n"
        "القاهرة (رويترز) - أغلق مجلس الميناء الرصيف يوم الثلاثاء. إنه قديم جدا.\n\n"
        "تريد المدينة بناء رصيف جديد في مايو.\n\nاقرأ أيضا: من يدفع ثمن الرصيف",
        ("محمد علي", "القاهرة", "رويترز"),
    ),
}


@pytest.mark.parametrize("code", CODES)
def test_an_article_is_read_in_its_language(code: str) -> None:
    text, (author, place, source) = ARTICLES[code]
    article = Article(id="a", text=text, language=code)
    passages = split(article)
    read = complete(article, passages)
    assert [passage.role.value for passage in passages] == ROLES
    assert read.title == text.partition("\n")[0]
    assert (read.authors, read.date) == ((author,), "2020-01-12")
    assert (read.place, read.source) == (place, source)


@pytest.mark.parametrize(
    ("code", "text", "roles"),
    [
        (
            "zh",
            "旧码头关闭\n\n2020年1月12日\n\n港务委员会周二关闭了旧码头。它太旧了。\n\n"
            "市政府计划五月修建新码头,发言人说。\n\n• 第一项\n• 第二项\n\n© 2020 港口日报",
            ["headline", "note", "lead", "body", "list", "list", "credit"],
        ),
        (
            "hi",
            "पुराना घाट बंद\n\nबंदरगाह बोर्ड ने मंगलवार को घाट बंद कर दिया। वह पुराना है।\n\n"
            "नगर मई में नया घाट बनाना चाहता है।\n\nFacebook Twitter WhatsApp",
            ["headline", "lead", "body", "furniture"],
        ),
        (
            "sv",
            "Gamla bryggan stängs\n\nAv Anna Ek\n\n12 januari 2020\n\n"
            "Hamnstyrelsen stängde på tisdagen den gamla bryggan. Den är för gammal.\n\n"
            "Staden vill bygga en ny i maj.\n\n© 2020 Hamnposten",
            ["headline", "byline", "note", "lead", "body", "credit"],
        ),
        (
            "el",
            "Έκλεισε η προβλήτα\n\nΤο συμβούλιο έκλεισε την Τρίτη τη λωρίδα. Είναι παλιά.\n\n"
            "Ο δήμος θέλει να χτίσει νέα τον Μάιο.\n\n© 2020 Λιμάνι",
            ["headline", "lead", "body", "credit"],
        ),
    ],
)
def test_form_alone_tells_roles_without_newsroom_words(
    code: str, text: str, roles: list[str]
) -> None:
    passages = split(Article(id="a", text=text, language=code))
    assert [passage.role.value for passage in passages] == roles


@pytest.mark.parametrize("dash", ["–", "-", "—"])
def test_a_dash_opens_speech_where_the_language_writes_it_so(dash: str) -> None:
    text = (
        "Rada zamknęła molo\n\nRada portu zamknęła we wtorek molo. Jest za stare.\n\n"
        f"{dash} Nie możemy na to pozwolić – powiedział rzecznik.\n\n"
        "Miasto chce trzech rzeczy.\n\n- nowego molo\n- nowej plaży\n\nTak podano w środę."
    )
    passages = split(Article(id="a", text=text, language="pl"))
    assert [passage.role.value for passage in passages] == [
        "headline", "lead", "body", "body", "list", "list", "body",
    ]  # fmt: skip
    assert passages[2].text.startswith(dash)
    english = split(Article(id="a", text=text, language="en"))[2]
    assert english.role.value == ("body" if dash == "—" else "list")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 января 2020", "2020-01-12"),
        ("12 января 2020 г.", "2020-01-12"),
        ("3 mars 2021", "2021-03-03"),
        ("1er avril 2021", "2021-04-01"),
        ("3. März 2021", "2021-03-03"),
        ("12 de enero de 2020", "2020-01-12"),
        ("1º de maio de 2021", "2021-05-01"),
        ("12 stycznia 2020 r.", "2020-01-12"),
        ("5 września 2021", "2021-09-05"),
        ("12 Şubat 2020", "2020-02-12"),
        ("4 ağustos 2021", "2021-08-04"),
        ("13 settembre 2023", "2023-09-13"),
        ("3 mrt 2021", "2021-03-03"),
        ("12 يناير 2020", "2020-01-12"),
        ("١٢ يناير ٢٠٢٠", "2020-01-12"),
        ("12 mar 2020", "2020-03-12"),
    ],
)
def test_months_of_all_languages_are_read(text: str, date: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.date == date
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("12 كانون الثاني 2020", "2020-01-12"),
        ("12 كانون الثاني/يناير 2020", "2020-01-12"),
        ("пятница, 3 января 2020 года, 10:30", "2020-01-03"),
        ("Sonntag, 12. Januar 2020, 10:30 Uhr", "2020-01-12"),
        ("domingo, 12 de janeiro de 2020", "2020-01-12"),
        ("12 Ocak 2020 Pazar", "2020-01-12"),
        ("niedziela, 12 stycznia 2020", "2020-01-12"),
        ("2020年1月12日", "2020-01-12"),
    ],
)
def test_days_of_the_week_and_double_names_are_read(text: str, date: str) -> None:
    moment = read_moment(text)
    assert moment is not None
    assert moment.date == date


def test_months_that_begin_alike_are_told_by_the_first_language() -> None:
    """The Finnish March and November begin as the English March does."""
    assert read_moment("Mar 17, 2026") == read_moment("2026-03-17")
    assert read_moment("12 jui 2020") is None


def test_a_kind_that_is_not_known_is_told() -> None:
    with pytest.raises(ValueError, match=r"^no kind of row is named advrt$"):
        shape_table(advrt=("anzeige", "Anzeige"))


def test_reading_dates_and_english_imports_no_other_language() -> None:
    code = (
        "import sys; from nutgraf import Article, split\n"
        "from nutgraf_index.dates import iso_date\n"
        "split(Article(id='a', text='Pier closes\\n\\nBy Jane Roe\\n\\nIt is old.', "
        "language='en'))\n"
        "assert iso_date('12 января 2020') == '2020-01-12'\n"
        "print(*sorted(m for m in sys.modules if '.languages.' in m), sep='\\n')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = {module.rpartition("languages.")[2] for module in done.stdout.split()}
    assert not {name for name in modules if name.startswith(("germanic", "romance", "slavic"))}
    assert {name for name in modules if name.startswith("newsrooms")} == {
        "newsrooms",
        "newsrooms.months",
    }


@pytest.mark.parametrize(
    ("line", "is_writer"),
    [
        ("واس (جدة)", True),
        ("محمد علي من الرياض", True),
        ('"بريد الميناء" من الرياض', True),
        ("بريد الميناء - وكالات :", True),
        ("محمد علي", False),
        ("وزير الموانئ يصل من الرياض", False),
        ("محمد علي (مدير الميناء)", False),
    ],
)
def test_a_city_tells_a_writer_in_a_script_without_capitals(line: str, is_writer: bool) -> None:
    assert newsroom_of("ar").bylines.names_writer(line) is is_writer
    article = Article(
        id="a",
        text=f"إغلاق الرصيف القديم\n\n{line}\n\nأغلق مجلس الميناء الرصيف أمس.",
        language="ar",
    )
    first, second, last = (passage.role.value for passage in split(article))
    assert (first, second == "byline", last) == ("headline", is_writer, "lead")


@pytest.mark.parametrize(
    ("code", "line", "dateline"),
    [
        ("ar", "دمشق، سوريا (CNN) -- أغلق مجلس الميناء", ("دمشق، سوريا", "", "CNN")),
        ("ru", "МОСКВА, 12 января. /ТАСС/. Совет порта закрыл", ("МОСКВА", "", "ТАСС")),
        ("de", "Wien/Berlin (APA/dpa) – Der Rat hat das Geld", ("Wien/Berlin", "", "APA/dpa")),
        ("tr", "Ankara, 12 Ocak 2020 (DHA) - Liman kurulu", ("Ankara", "2020-01-12", "DHA")),
        ("es", "Quito, 1 de mayo de 2021 (EFE).- La junta", ("Quito", "2021-05-01", "EFE")),
        ("pl", "Kraków, 12 stycznia 2020 r. – Rada portu", ("Kraków", "2020-01-12", "")),
        ("fr", "MONTRÉAL — Le conseil du port a fermé", ("MONTRÉAL", "", "")),
        ("nl", "Den Haag - Het bestuur heeft de pier", ("Den Haag", "", "")),
    ],
)
def test_datelines(code: str, line: str, dateline: tuple[str, str, str]) -> None:
    found = newsroom_of(code).datelines.read(line)
    assert found is not None
    assert (found.place, found.date, found.source) == dateline


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("de", "Berlin – die Hauptstadt – hat keinen Hafen am Meer."),
        ("ru", "Москва — столица России и порт пяти морей."),
        ("es", "Madrid - capital del país - no tiene puerto de mar."),
        ("pl", "Warszawa – stolica kraju – leży nad Wisłą."),
    ],
)
def test_a_city_that_a_sentence_explains_is_no_dateline(code: str, line: str) -> None:
    assert newsroom_of(code).datelines.read(line) is None
