"""Hebrew, whose prepositions, article and conjunction are letters before a word."""

import re

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

# And, that; the article; in, to, from, as. What is left is a word of three letters or more, after a
# preposition of four: many words begin with its letter. Such a letter is cut behind the article
# too, so that a word has one stem.
_PREFIX = re.compile(r"(?:(?:[והש]|כש)(?=...)|[בלמכ](?=....))*")
_SUFFIX = re.compile(r"(?<=...)(?:יות|ים|ות|ית|יה)\Z")


def _stem(word: str) -> str:
    prefix = _PREFIX.match(word)
    return _SUFFIX.sub("", word[prefix.end() :] if prefix else word)


LANGUAGE = Language(
    code="he",
    name="Hebrew",
    stop_words=spaced("""
        של על את לא זה זו זאת הוא היא הם הן אני אתה אנחנו אתם כי אם גם או אבל אך עם אל מן עד לפי אשר
        ש ה ו ב ל מ כ מה מי איך איפה מתי למה מדוע כמה איזה איזו אילו כן יש אין היה היתה הייתה היו
        יהיה תהיה יהיו להיות כל כמו רק עוד כבר אז כאן שם לו לה להם להן לי לך לנו אותו אותה אותם אותי
        שלו שלה שלהם שלי שלך שלנו בין אחרי לפני תחת מול בגלל למרות כדי בו בה בהם בהן ממנו ממנה אלה
        אלו הזה הזאת האלה יותר פחות מאוד ביותר כאשר לאחר ידי עצמו עצמה שהוא שהיא שהם וכן ואת ולא
    """),
    question_words=spaced("מי מה מתי איפה היכן למה מדוע איך כיצד כמה איזה איזו"),
    spelling=_stem,
)
