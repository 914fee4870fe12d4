"""Korean: of its questions and endings, the grams that say little."""

from nutgraf_index.analysis.languages.language import Language

__all__ = ["LANGUAGE"]

_STOP_WORDS = """
    무엇 엇을 엇이 언제 어디 디에 디서 누가 누구 어떤 어떻 떻게 얼마 마나 입니 니까 습니 합니 니다
    인가 는가 이란
    """
LANGUAGE = Language(
    code="ko",
    name="Korean",
    stop_words=frozenset(_STOP_WORDS.split()),
)
