"""The rows of the registry, and what each language makes of its words."""

import subprocess
import sys

import pytest
import Stemmer

from nutgraf import Article, Index, search
from nutgraf_index.analysis.analyzer import analyzer_of
from nutgraf_index.analysis.folding import fold
from nutgraf_index.analysis.languages.newsroom import NO_NEWSROOM
from nutgraf_index.analysis.languages.registry import (
    LANGUAGES,
    code_of,
    month_numbers,
    row_of,
)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_is_whole(code: str) -> None:
    language = LANGUAGES[code]
    assert language.code == code
    assert language.name == ("undetermined" if code == "und" else language.name.capitalize())
    assert language.stemmer in ("", *Stemmer.algorithms())
    for words in (
        language.stop_words,
        language.request_words,
        language.question_words,
        frozenset(" ".join(language.newest_words).split()),
    ):
        assert [word for word in words if fold(word) != word or len(word.split()) != 1] == []
    assert language.newsroom is NO_NEWSROOM or len(language.newsroom.months) % 12 == 0
    text = "Ann Roe, 1921 (U.S.) – 水污染"
    assert [token.word for token in analyzer_of(code).tokens(text)][:4] == [
        "ann",
        "roe",
        "1921",
        "us",
    ]


def test_all_of_snowball_is_used() -> None:
    used = {language.stemmer for language in LANGUAGES.values()}
    # Two are older English and Dutch ones; Arabic has rules of its own, which find more.
    assert set(Stemmer.algorithms()) - used == {"porter", "dutch_porter", "arabic"}


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        *(("de", "de"), ("de-AT", "de"), ("DE_at", "de"), ("pt_BR", "pt"), ("zh-Hant", "zh")),
        *(("zh_CN.UTF-8", "zh"), ("nb", "no"), ("nn-NO", "no"), ("iw", "he"), ("ger", "de")),
        *(("German", "de"), ("Deutsch", "de"), ("FRANÇAIS", "fr"), ("english (US)", "en")),
        *(("eng", "en"), ("cmn-Hans", "zh"), ("in", "id"), ("", "und"), ("tlh", "und")),
        *(("x", "und"), ("und", "und"), ("Unknown", "und"), (" fr ", "fr"), ("日本語", "ja")),
    ],
)
def test_tags_and_names(tag: str, code: str) -> None:
    assert (code_of(tag), row_of(tag).code, analyzer_of(tag).language.code) == (code, code, code)


@pytest.mark.parametrize(
    ("code", "text", "tokens"),
    [
        # The word, its term, and where it stands: an elided article and a suffix are no part of it.
        ("fr", "L’avion d'Artagnan", "avion:avion:avion artagnan:artagnan:Artagnan"),
        ("fr", "aujourd'hui", "aujourdhui:aujourdhui:aujourd'hui"),
        ("fr", "été étés", "ete:ete·:été etes:ete:étés"),
        ("it", "dell’arte un'altra", "arte:arte:arte altra:altra:altra"),
        ("ca", "l'home dona'm", "home:hom:home dona:don:dona"),
        ("ga", "d'fhear", "fhear:fear:fhear"),
        ("tr", "Ankara'dan 1990'da", "ankara:ankar:Ankara 1990:1990:1990"),
        ("tr", "Kur'an'da", "kuran:kura:Kur'an"),
        ("tr", "ILIK ılık İLİK", "ilik:ilik:ILIK ilik:ilik:ılık ilik:ilik:İLİK"),
        ("tr", "kitaplarımızdan kitap", "kitaplarimizdan:kitap:kitaplarımızdan kitap:kitap:kitap"),
        ("de", "Häuser Haeuser", "hauser:haus:Häuser haeuser:haus:Haeuser"),
        ("de", "Straße", "strasse:strass:Straße"),
        ("ro", "ştiinţă știință", "stiinta:stiint:ştiinţă stiinta:stiint:știință"),
        ("sr", "љубави ljubavi", "љубави:ljubav:љубави ljubavi:ljubav:ljubavi"),
        ("da", "Aarhus Århus", "aarhus:arhus:Aarhus arhus:arhus:Århus"),
        ("ru", "ёлки елка", "елки:елк:ёлки елка:елк:елка"),
        ("uk", "роботи робота", "роботи:робот:роботи робота:робот:робота"),
        ("bg", "книгите книга", "книгите:книг:книгите книга:книг:книга"),
        ("el", "ΟΔΟΣ οδός οδού", "οδοσ:οδ:ΟΔΟΣ οδοσ:οδ:οδός οδου:οδ:οδού"),
        ("vi", "đá đa hòa hoà", "da:đá:đá da:đa:đa hoa:hoà:hòa hoa:hoà:hoà"),
        ("ar", "والكتاب كِتَابٌ", "والكتاب:كتاب:والكتاب كتاب:كتاب:كِتَابٌ"),
        ("ar", "أحمد احمد", "احمد:احمد:أحمد احمد:احمد:احمد"),
        ("ar", "مدرسة المدرسه", "مدرسه:مدرس:مدرسة المدرسه:مدرس:المدرسه"),
        ("ar", "٢٠٢٤ هـــذا ٣٫٥", "2024:2024:٢٠٢٤ هذا:هذا:هـــذا 3.5:3.5:٣٫٥"),
        ("fa", "كتاب\u200cها کتابها", "كتابها:كتاب:كتاب\u200cها كتابها:كتاب:کتابها"),
        ("he", 'צה"ל צה״ל והבית', 'צהל:צהל:צה"ל צהל:צהל:צה״ל והבית:בית:והבית'),
        ("hi", "ज़मीन जमीन", "ज़मीन:जमीन:ज़मीन जमीन:जमीन:जमीन"),
        ("und", "Žluťoučký kůň", "zlutoucky:zlutoucky:Žluťoučký kun:kun:kůň"),
    ],
)  # fmt: skip
def test_words_and_terms(code: str, text: str, tokens: str) -> None:
    found = [
        f"{token.word}:{token.term}:{text[token.start : token.end]}"
        for token in analyzer_of(code).tokens(text)
    ]
    assert " ".join(found) == tokens


@pytest.mark.parametrize(
    ("code", "word", "forms"),
    [
        # The first letter of the word is one of those that are cut before words.
        ("ar", "وزير", "الوزير والوزير للوزير ولوزير"),
        ("ar", "لجنة", "اللجنة للجنة واللجنة"),
        ("ar", "فيلم", "الفيلم وفيلم بالفيلم"),
        ("ar", "لبنان", "ولبنان بلبنان وبلبنان"),
        ("he", "ממשלה", "הממשלה בממשלה ושהממשלה"),
        ("he", "שלום", "השלום ושלום שהשלום"),
        ("he", "לבנון", "בלבנון מלבנון ולבנון"),
        ("he", "ועדה", "הוועדה הועדה בוועדה"),
    ],
)
def test_a_word_has_one_stem_with_and_without_letters_before_it(
    code: str, word: str, forms: str
) -> None:
    terms = {token.term for token in analyzer_of(code).tokens(f"{word} {forms}")}
    assert len(terms) == 1, terms


def test_an_english_index_imports_english_alone() -> None:
    code = (
        "import sys; from nutgraf import Article, Index, search\n"
        "index = Index.in_memory()\n"
        "text = 'An otter swims by the bank of the river and sleeps in the reeds.'\n"
        "index.add(Article(id='a', text=text))\n"
        "assert search('otters', index)\n"
        "print(*(name for name in sys.modules if '.analysis.languages.' in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = [name.partition(".languages.")[2] for name in done.stdout.split()]
    others = [name for name in modules if "." in name and "english" not in name]
    assert others == ["newsrooms.months"]  # of dates in all languages
    assert "english" in modules
    assert "undetermined" not in modules


def test_the_months_of_many_languages_have_numbers() -> None:
    assert {("january", 1), ("mars", 3), ("января", 1), ("aralık", 12)} <= {*month_numbers()}


def test_an_index_of_words_with_two_terms_finds_each() -> None:
    # Of one folded word: they were taken for one, and the second was found by the first.
    with Index.in_memory(language="vi") as index:
        index.add([Article(id="1", text="đá ở sông"), Article(id="2", text="đa")])
        index.add([Article(id="3", text="đá to"), Article(id="4", text="đà đa")])
        for _ in ("segments", "merged"):
            assert [hit.article for hit in search("đá", index)] == ["3", "1"]
            assert sorted(hit.article for hit in search("đa", index)) == ["2", "4"]
            assert sorted(hit.article for hit in search("d*", index)) == ["1", "2", "3", "4"]
            assert index.verify() == ()
            index.compact()
