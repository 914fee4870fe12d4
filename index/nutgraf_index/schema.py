"""What the index holds: Whoosh's schema, and the number that tells formats apart.

Three kinds of documents. A *passage* carries the fields that queries match, among them those of
its article that filters ask for; an *article* what is known of it, once; a *file* what `sync`
must remember of a source. `record` is JSON.
"""

from whoosh.fields import ID, NUMERIC, STORED, TEXT, Schema

from nutgraf_index.analysis import NamesAnalyzer, StemAnalyzer, WordAnalyzer

__all__ = ["FORMAT", "schema"]

# Raised whenever an index written before would be read wrongly, analysis included.
FORMAT = 1


def schema() -> Schema:
    """Return the schema of a new index."""
    stems, words = StemAnalyzer(), WordAnalyzer()
    return Schema(
        kind=ID,  # passage, article or file
        record=STORED,
        # of passages
        article=ID(stored=True),
        number=NUMERIC(stored=True),
        role=ID,
        text=TEXT(analyzer=stems),
        words=TEXT(analyzer=words),
        heading=TEXT(analyzer=stems, phrase=False),
        # of passages, from their article
        title=TEXT(analyzer=stems),
        opening=TEXT(analyzer=words),  # the title, where one passage answers for it
        by=TEXT(analyzer=NamesAnalyzer()),
        place=TEXT(analyzer=stems),
        source=TEXT(analyzer=stems),
        date=ID,
        path=ID,
        root=ID,
        # of articles and files
        id=ID,
        file=ID,
    )
