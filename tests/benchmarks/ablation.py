"""Rank the judged collections with each part of the ranking switched off: see README.md."""

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from judged import Collection
from nutgraf.matching import postings, segment_searcher
from nutgraf.matching.doc_id_sets import NO_POSTINGS
from nutgraf.ranking import proximity, rescore
from nutgraf.scoring import bm25f
from nutgraf_index.analysis import analyzer
from nutgraf_index.analysis.languages.english import ENGLISH
from nutgraf_index.analysis.languages.registry import LANGUAGES
from quality import measure, nutgraf_run

_NONE: frozenset[str] = frozenset()
# By the name of a change: module attributes, each with the value that makes the change.
SWITCHES: dict[str, dict[tuple[Any, str], Any]] = {
    "the whole": {},
    "without proximity": {(proximity, "PROXIMITY"): 0.0},
    "proximity of adjacent words": {(proximity, "MAX_DISTANCE"): 1},
    "near-equals by their scores": {(rescore, "NEAR_EQUAL"): 2.0},
    "without context": {(rescore, "CONTEXT"): 0.0},
    "stop and request words give nothing": {(segment_searcher, "STOP_WORD_BOOST"): 0.0},
    "stop and request words have boost 1": {
        (ENGLISH, "stop_words"): _NONE,
        (ENGLISH, "request_words"): _NONE,
    },
    "request words have boost 1": {(ENGLISH, "request_words"): _NONE},
    "words said again count once": {(bm25f, "_REPETITION"): 0.0},
    "no titles and headings": {(postings.SegmentPostings, "ranges"): lambda *_: NO_POSTINGS},
    "a title has lift 1": {(postings, "TITLE_LIFT"): 1.0},
    "k1 1.2, b 0.75": {
        (bm25f, "_K1"): 1.2,
        (bm25f, "_B"): 0.75,
    },
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="+", type=Path, help="folders of collections")
    parser.add_argument("--split", action="store_true", help="documents of several passages")
    options = parser.parse_args()
    collections = [Collection.read(folder) for folder in options.collections]
    print("nDCG@10 and MAP, means;", *(collection.name for collection in collections))
    for name, changes in SWITCHES.items():
        analyzer.analyzer_of.cache_clear()
        analyzer._analyzer_of.cache_clear()
        with ExitStack() as stack:
            spoken = {}
            for (module, attribute), value in changes.items():
                if module is ENGLISH:
                    spoken[attribute] = value
                else:
                    stack.enter_context(patch.object(module, attribute, value))
            stack.enter_context(patch.dict(LANGUAGES, en=ENGLISH._replace(**spoken)))
            found = [measure(one, nutgraf_run(one, split=options.split)) for one in collections]
        each = " ".join(f"{one['nDCG@10']:.4f}" for one in found)
        means = (sum(one[kind] for one in found) / len(found) for kind in ("nDCG@10", "MAP"))
        print(f"{name:36s}", *(f"{mean:.4f}" for mean in means), f"({each})", flush=True)


if __name__ == "__main__":
    main()
