"""The table of languages: each paragraph is whole, and is made by tests/letters.py."""

import codecs
import math

from letters import paragraph
from nutgraf_index.letters.languages import LanguageLetters, languages
from places import TOP

WORDS = (("één", 6.0), ("een", 3.0), ("ee", 1.0), ("x2", 9.0))


def test_each_language_is_whole_and_its_letters_are_in_each_of_its_encodings() -> None:
    codes = [language.code for language in languages()]
    assert len(set(codes)) == len(codes)
    assert {*"en de fr es it pt pl cs hu ro tr ru uk el lt zh zh-Hant ja ko xx".split()} <= {*codes}
    for language in languages():
        assert language.name
        for encoding in language.encodings:
            assert codecs.lookup(encoding).name == encoding
        for word in language.words:
            assert word == word.lower()
            word.encode(language.encodings[0])


def test_of_a_language_of_many_characters_the_most_frequent_letters_are_kept() -> None:
    words = [(chr(0x4E00 + i), 400.0 - i) for i in range(400)]
    text = paragraph("zh", "Chinese", "gb18030", words)
    language = LanguageLetters(text)
    assert (len(text.split("letters ")[1].split()), language.words) == (300, {})
    assert language.letter(chr(0x4E00)) > language.letter(chr(0x4E00 + 299))
    assert language.letter(chr(0x4E00 + 350)) > language.letter("я")


def test_the_page_tells_how_many_languages_there_are() -> None:
    named = {language.code.partition("-")[0] for language in languages()} - {"xx"}
    page = (TOP / "docs" / "formats.md").read_text("utf-8")
    assert f"compares {len(named)} languages" in page


def test_a_paragraph_of_a_list_of_words() -> None:
    text = paragraph("nl", "Dutch", "cp1252 cp850", WORDS)
    assert text.splitlines()[:3] == [
        "[nl] Dutch",
        "encodings cp1252 cp850",
        "letters é41379 n31034 e27586",
    ]
    assert text.splitlines()[-1] == "words één een ee"
    language = LanguageLetters(text)
    assert (language.code, language.name) == ("nl", "Dutch")
    assert language.encodings == ("cp1252", "cp850")
    assert math.isclose(language.letter("n"), math.log(0.31034 + 1e-6))
    # é follows é in half of the cases, n in the other half.
    assert math.isclose(language.of_pairs(["éé"]), math.log(0.85 * 0.5 + 0.15 * 0.41379 + 1e-6))
    assert math.isclose(language.of_pairs(["éé", "n_"]), language.of_pairs(["éé"]) + math.log(0.88))
