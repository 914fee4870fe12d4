"""Yiddish."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="yi",
    name="Yiddish",
    stemmer="yiddish",
    stop_words=spaced("""
        און אין די דער דאס דעם דעמ צו פון מיט איז אז אויף אויפ עס ער זי זיי מיר איר איך דו זיך נישט
        ניט האט האבן זענען זיינען ווי וואס ווער ווען וואו ווו פאר פארוואס אבער אדער נאך פונעם ביי
        ביז אויך א אן זיין איינע אלע דורך געווען ווערט ווערן קען קענען וועט וועלכע וועלכער יענע דאן
        נאר אויב ווייל
    """),
)
