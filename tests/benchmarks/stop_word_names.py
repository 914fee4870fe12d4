"""How often a name with a stop word is found first: see README.md.

A hit is right if the words of the query stand in a row in it. Queries that stand nowhere are left
out. The stop words are also tried without what they add beside their words.

    python stop_word_names.py INDEX
"""

import argparse
from pathlib import Path
from unittest.mock import patch

from nutgraf import Index, Searcher
from nutgraf.matching import segment_searcher

NAMES = """
will hurd, will smith, will young, will greenwood, theresa may, brian may, liu he, he jiankui,
laura he, all blacks, all england, all ordinaries, under secretary, doctors without borders,
reporters without borders, knives out, drive through, most wanted, being julia, his holiness,
tilden mine, not guilty, me too movement, may election, the us army, after hours, the other side,
who killed, the who tour, under armour, great again, take that, this morning, super size me,
bend it like beckham, no labels, the hague, video on demand, no way out, doing business report,
house that jack built, my left foot, his dark materials, violence against women, down under,
out of office, all shook up, no deal, off season, per capita, not spam, once upon a time,
off the record, gone with the wind, the sun, the independent, the wall street, on the road,
end of the year, state of the union, war on terror, united we dance, no child left behind, own goal,
all star, mine blast, own label, further notice, no confidence, in-house counsel, over the counter,
before christmas, up front, what happened, so called, after tax profit, same sex marriage,
most favored nation, very high, off shore, down payment, above average, be evil, it happened
"""


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("index", type=Path, help="folder of an index")
    options = parser.parse_args(arguments)
    queries = [name.strip() for name in NAMES.replace("\n", " ").split(",")]
    with Index.open(options.index) as index, Searcher(index) as searcher:
        rows = {query: found for query in queries if (found := right(searcher, query))}
        print(f"with {told(searcher, rows)}")
        with patch.object(segment_searcher, "STOP_WORD_BESIDE_MOST", -1):
            print(f"without {told(searcher, rows)}")


def right(searcher: Searcher, query: str) -> set[str]:
    """Return the citations of the passages with the words of a query in a row."""
    results = searcher.search(f'"{query}"', limit=None, collapse=False)
    if any(diagnostic.kind == "no-phrase" for diagnostic in results.diagnostics):
        return set()
    return {hit.citation for hit in results}


def told(searcher: Searcher, rows: dict[str, set[str]]) -> str:
    """Return how many queries have a right first hit, and the mean reciprocal rank in the ten."""
    first, reciprocal = 0, 0.0
    for query, found in rows.items():
        hits = searcher.search(query, collapse=False)
        ranks = [rank for rank, hit in enumerate(hits, 1) if hit.citation in found]
        first += ranks[:1] == [1]
        reciprocal += 1 / ranks[0] if ranks else 0
    return f"{first} of {len(rows)} first, mean reciprocal rank {reciprocal / len(rows):.3f}"


if __name__ == "__main__":
    main()
