"""Nepali."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    छ र पनि छन् लागि भएको गरेको भने गर्न गर्ने हो तथा यो रहेको उनले थियो हुने गरेका थिए गर्दै तर
    नै को मा हुन् भन्ने हुन गरी त हुन्छ अब के रहेका गरेर छैन भए यस ले त्यो कि जुन यी का ती न छु
    लाई नि आदि कसरी अनुसार अन्य अर्को आफू आफ्नो उनको एक कुन कुनै कहाँ कहिले कति किन किनभने कसले
    कसको कुरा केही कोही जब जसको जसले जस्तै जहाँ जे जो तिनी देखि पछि अघि बीच भन्दा म मेरो मात्र
    यदि यसको यसरी यहाँ त्यहाँ वा सँग संग सबै सम्म हामी उनी उनीहरू द्वारा बाट
    """
LANGUAGE = Language(
    code="ne",
    name="Nepali",
    stemmer="nepali",
    stop_words=frozenset(_STOP_WORDS.split()),
    keeps_accents=True,
)
