"""Bulgarian, with articles and the endings of plurals cut off."""

import re

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    а ако ала бе без беше би бил била били било бъде бъдат бяха в вас ваш ваша ваше ваши ви вие
    все всеки всички всичко всяка във въпреки върху г ги го да дали до докато докога дори доста
    друг друга други е едва един една едно едни за заради засега затова защо защото и из или им
    има имат каза как каква какво какви както какъв като кога когато което които кои коя която
    къде където към ли м ме между мен ми мога могат може му н на над наи нас не него нея ни ние
    никои нито нищо но някои някоя няколко няма обаче около освен от отново още по повече под
    поне поради после почти пред през при пък с са само се сега си скоро след сме според сред
    срещу сте със също съм т тази така такива такъв там те тези ти то това тогава този тои
    толкова точно тук тъи тя тях у ще щом я
    """
_QUESTION_WORDS = """
    кои коя кое какво кога къде защо как колко
    """
_ARTICLE = re.compile(r"(?<=...)(?:ият|ия|ът|ят|та|то|те)\Z")
_PLURAL = re.compile(r"(?<=...)(?:овци|овце|ища|ове|еве|и)\Z")
_VOWEL = re.compile(r"(?<=...)[аяоеъй]\Z")


def _stem(word: str) -> str:
    for ending in (_ARTICLE, _PLURAL, _VOWEL):
        word = ending.sub("", word)
    return word


LANGUAGE = Language(
    code="bg",
    name="Bulgarian",
    stop_words=frozenset(_STOP_WORDS.split()),
    question_words=frozenset(_QUESTION_WORDS.split()),
    keeps_accents=True,
    spelling=_stem,
)
