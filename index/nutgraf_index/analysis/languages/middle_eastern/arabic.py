"""Arabic: the article, prefixes of a letter and endings are cut off."""

import re

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

# After Larkey, Ballesteros and Connell, Light stemming for Arabic (2007), and one-letter prefixes.
# Snowball's stemmer leaves them, and finds fewer answers. A letter that begins the word itself is
# cut behind the article too, so that a word has one stem.
_PREFIX = re.compile("(?:[وف]?(?:[بك]?ال|لل)(?=..))?(?:[وفبلك](?=....)|[وفبل](?=...))*")
_SUFFIXES = "هما كما هم هن ها نا ان ات ون ين يه تين ه ي".split()


def _stem(word: str) -> str:
    prefix = _PREFIX.match(word)
    if prefix:
        word = word[prefix.end() :]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) >= len(suffix) + 3:
            word = word[: -len(suffix)]
    return word


LANGUAGE = Language(
    code="ar",
    name="Arabic",
    stop_words=spaced("""
        من في علي الي عن مع هذا هذه ذلك تلك هولاء اوليك الذي التي الذين اللذين اللتين اللاتي اللواتي
        ما ماذا متي اين كيف كم لماذا هل اي ايه هو هي هم هن هما انا نحن انت انتم و ف ب ل ك او ام ثم
        بل لكن لكنه لكنها لكنهم ان انه انها انهم لان لانه لانها كان كانت كانوا يكون تكون يكونوا ليس
        ليست لم لن لا قد لقد سوف كل بعض جميع غير سوي حيث حين حينما عندما عند لدي لديه لديها بين خلال
        بعد قبل منذ حتي اذا اذ لو لولا كما كذلك ايضا فقط فوق تحت امام وراء خلف حول ضد نحو دون بدون
        عبر فيه فيها فيهم منه منها منهم عليه عليها عليهم اليه اليها به بها بهم له لها لهم لنا لك لي
        وهو وهي وهم وقد وكان وكانت ومن وفي وعلي وما ولا ولم وان كذا مثل ذات ذو اما الا هنا هناك بن
        تم يتم
    """),
    question_words=spaced("من ما ماذا متي اين كيف كم لماذا هل اي"),
    spelling=_stem,
    newsroom_module="nutgraf_index.analysis.languages.newsrooms.eastern.arabic",
)
