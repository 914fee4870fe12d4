"""Sesotho."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="st",
    name="Sesotho",
    stemmer="sesotho",
    # After Snowball's list (BSD 3-clause), with the words of questions.
    stop_words=spaced("""
        le ka ho ba ke sa a e o ha ya wa na se mo re la li bo me ma be ne ea oa tsa ena eona bona
        rona lona yona teng hape empa kapa esita feela jwale kahoo hobane haeba hore mme ntle kamora
        pele hona tseo seo eo yeo bao
    """),
    keeps_accents=True,
)
