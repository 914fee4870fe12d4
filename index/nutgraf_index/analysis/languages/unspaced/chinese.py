"""Chinese: of its questions, the grams that say what is asked."""

from nutgraf_index.analysis.languages.language import Language, spaced

__all__ = ["LANGUAGE"]

LANGUAGE = Language(
    code="zh",
    name="Chinese",
    stop_words=spaced("""
        什么 甚么 什麼 甚麼 哪些 哪个 哪個 哪里 哪裡 哪裏 哪儿 多少 为什 為什 如何 怎么 怎麼 怎样
        怎樣 何时 何時 哪种 哪種 哪一 哪位 几个 幾個 谁是 誰是 是谁 是誰 么是 麼是 是什 的什
    """),
)
