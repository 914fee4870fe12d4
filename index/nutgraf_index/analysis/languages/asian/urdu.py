"""Urdu, which has no stemmer."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    كا كے كي كو ميں سے هے هيں تھا تھي تھے اور يا ايك يه وه اس ان پر نے كه جو جس جسے جن تو هي بھي
    نهيں نه كر كرنے كرتے كرتا كرتي كيا كيے گيا گيي گيے هو هوتا هوتي هوتے هوا هويي هويے هونے رها
    رهي رهے ليے ساتھ اپنے اپنا اپني تك بعد جب تب كب كون كس كسي كهاں كيوں كيسے كتنا كتنے كتني
    ميرا هم تم اپ اسے انهيں انهوں سكتا سكتے سكتي جا جاتا جاتي جاتے ديا ليكن اگر والا والي والے
    كچھ كويي تمام سب بهت پھر اب يهاں وهاں جهاں بارے
    """
LANGUAGE = Language(
    code="ur",
    name="Urdu",
    stop_words=frozenset(_STOP_WORDS.split()),
)
