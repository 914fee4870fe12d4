"""Hindi, in which the dot of borrowed letters and two signs of nasals are no difference."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

_SIGNS = str.maketrans({"\u093c": None, "ँ": "ं", "ऩ": "न", "ऱ": "र", "ऴ": "ळ"})


LANGUAGE = Language(
    code="hi",
    name="Hindi",
    stemmer="hindi",
    stop_words=spaced("""
        का के की को में से है हैं था थी थे और या एक यह ये वह वे इस इन उस उन पर ने कि जो जिस जिसे
        जिसका जिसकी जिसके जिन जिन्हें तो ही भी नहीं न ना कर करने करना करता करते करती किया किए गया गई
        गए हो होता होती होते हुआ हुई हुए होने होना रहा रही रहे लिए साथ अपने अपना अपनी तक तथा एवं
        द्वारा बाद जब तब कब क्या कौन कौनसा कौनसे कौनसी किस किसने किसे किसका किसकी किसके कहाँ कहां
        क्यों कैसे कैसा कैसी कितना कितने कितनी किन मैं हम तुम आप मेरा हमारा उसका उसकी उसके इसका इसकी
        इसके उनका उनकी उनके इनका इनकी इनके उसे इसे उन्हें इन्हें उन्होंने इन्होंने उसने इसने सकता
        सकते सकती जा जाता जाती जाते दिया लेकिन परन्तु किंतु यदि अगर वाला वाली वाले कुछ कोई सभी सब
        बहुत फिर अब यहाँ वहाँ जहाँ बारे
    """),
    question_words=spaced("कौन क्या कब कहाँ क्यों कैसे कितना कितने कितनी किसने किस"),
    keeps_accents=True,
    spelling=lambda word: word.translate(_SIGNS),
)
