"""What can be written in a query: for the parser, the help, the README and diagnostics."""

from nutgraf_index.fields import FIELDS

__all__ = ["FILTERS", "syntax_help"]

# The fields that a query can filter by.
FILTERS = {name: field for name, field in FIELDS.items() if field.takes is not None}

# The other forms of the syntax, each by an example, and what passages it finds.
_FORMS = {
    "ballistic missiles": "with any of the words; more and rarer ones rank first",
    "+iraq drone": "with iraq; drone lifts them",
    "iraq -drone": "with iraq and without drone",
    "iraq AND (iran OR syria) NOT drone": "as the operators say, which are in capitals",
    "abdul-mahdi": "with the two parts in a row, or as one word; mahdi finds them too",
    '"coalition forces"': "with the words in a row",
    '"forces in iraq"~3': "with the words in this order, at most 3 others among them",
    "iran NEAR/5 iraq": "with both in either order, at most 5 other words between them",
    'iran ADJ/5 (iraq OR "united states")': "with one after the other, at most 5 between them",
    "missil* wom?n": "with words like these: * is any characters, ? is one",
    "missle~ misles~2": "with words that differ by 1 character, by 2 at most",
    "=US": "with the word as written: its case, accents and ending",
    "iraq^2 drone": "as without it, but iraq counts twice in the ranking",
}


def syntax_help() -> list[tuple[str, str]]:
    """Return examples of the forms and the fields with what they do, for tables of help."""
    return [*_FORMS.items(), *((field.example, field.about) for field in FILTERS.values())]
