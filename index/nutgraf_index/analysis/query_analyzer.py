"""TEMP"""

from nutgraf_index.analysis.analyzer import Analyzer, analyzer_of


def query_analyzer(languages: tuple[str, ...]) -> Analyzer:
    return analyzer_of(languages[0])
