"""The fields and the syntax of queries, for the parser, the help, the README and diagnostics."""

from nutgraf_index.fields import FIELDS

__all__ = ["FILTERS", "syntax_help"]

# The fields that a query can filter by.
FILTERS = {name: field for name, field in FIELDS.items() if field.takes is not None}

# An example of each form of the syntax except filters, and the passages that it finds.
_FORMS = {
    "ballistic missiles": "with any of the words; passages with more and rarer words rank first",
    "+iraq drone": "with iraq; passages with drone too rank higher",
    "iraq -drone": "with iraq and without drone",
    "iraq AND (iran OR syria) NOT drone": "as the operators say; write them in capitals",
    "abdul-mahdi": "with the two parts in a row, or as one word; mahdi finds them too",
    '"coalition forces"': "with the words in a row",
    '"forces in iraq"~3': "with the words in this order, at most 3 other words between",
    "iran NEAR/5 iraq": "with both in either order, at most 5 words between",
    'iran ADJ/5 (iraq OR "united states")': "with both in this order, at most 5 words between",
    "missil* wom?n": "with words that match the pattern: * is any characters, ? is one character",
    "missle~ misles~2": "with words that differ by at most 1 character, or by at most 2",
    "=US": "with the word exactly as written: same case, accents and ending",
    "C++ 50% #tag": "with the words and their signs; without the sign if no passage has C++ or 50%",
    "iraq^2 drone": "with any of the words; iraq counts twice in the ranking",
}


def syntax_help() -> list[tuple[str, str]]:
    """Return (example, meaning) for each form of the syntax and each field, for tables of help."""
    return [*_FORMS.items(), *((field.example, field.about) for field in FILTERS.values())]
