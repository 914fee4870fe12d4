"""Korean: the grams of questions and of endings of politeness that say little."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="ko",
    name="Korean",
    stop_words=spaced("""
        무엇 엇을 엇이 언제 어디 누가 누구 어떤 어떻 떻게 얼마 입니 니까 습니 합니 니다 는가
    """),
)
