"""Rank the judged collections with other constants, and cross-validate the choice: see README.md.

Each constant is tried by itself. Then each collection is left out in turn: the other collections
choose the constants, which are measured on the one left out. All figures are ratios of nDCG@10 to
that of bm25s, the better of two settings.
"""

import argparse
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest.mock import patch

from judged import Collection, among_books
from nutgraf.matching import postings, scored_terms, segment_searcher
from nutgraf.ranking import proximity, rank, rescore
from nutgraf.scoring import bm25f
from quality import BM25S, bm25s_run, indexed, measure, ranked

# By the constant's name: the module attributes that hold it, and the values tried, today's first.
TRIED: dict[str, tuple[list[tuple[Any, str]], list[Any]]] = {
    "k1": ([(bm25f, "_K1")], [1.5, 1.2, 1.3, 1.8]),
    "b": ([(bm25f, "_B")], [0.7, 0.5, 0.6, 0.65, 0.75, 0.8]),
    "lift of titles": ([(postings, "TITLE_LIFT")], [2.0, 1.0, 1.5, 2.5, 3.0]),
    "said again": ([(bm25f, "_REPETITION")], [0.75, 0.25, 0.5, 1.0]),
    "proximity": ([(proximity, "PROXIMITY")], [0.25, 0.15, 0.2, 0.3, 0.4]),
    "farthest neighbour": ([(proximity, "MAX_DISTANCE")], [2, 1, 3, 4]),
    "stop words beside": ([(segment_searcher, "STOP_WORD_BESIDE")], [2.0, 0.0, 1.0, 3.0]),
    "stop and request words": ([(segment_searcher, "STOP_WORD_BOOST")], [0.1, 0.05, 0.15, 0.2]),
    "rescored": ([(rank, "WINDOW"), (rescore, "WINDOW")], [20, 10, 30, 50]),
    "context": ([(rescore, "CONTEXT")], [0.1, 0.0, 0.05, 0.15, 0.2]),
    "context reach": ([(scored_terms, "CONTEXT_REACH")], [3, 1, 2, 5]),
}


_Choice = dict[str, Any]  # values by the names of constants


class Trial:
    """Judged collections, each indexed once, to be ranked with other constants."""

    def __init__(self, folders: list[Path], *, split: bool, books: Path | None) -> None:
        self._collections = {one.name: one for one in map(Collection.read, folders)}
        if books:
            self._collections["passages"] = among_books(self._collections["squad2-dev"], books)
        self._indexes = {name: indexed(one, split=split) for name, one in self._collections.items()}
        self._peers = {
            name: max(measure(one, bm25s_run(one, *model))["nDCG@10"] for model in BM25S.values())
            for name, one in self._collections.items()
        }

    def ratios(self, choice: _Choice, names: Iterable[str] = ()) -> dict[str, float]:
        """Return the ratio of each collection, or of those in `names`."""
        with ExitStack() as stack:
            for constant, value in choice.items():
                for module, attribute in TRIED[constant][0]:
                    stack.enter_context(patch.object(module, attribute, value))
            return {
                name: measure(one, ranked(self._indexes[name], one, depth=10))["nDCG@10"]
                / self._peers[name]
                for name, one in self._collections.items()
                if not names or name in names
            }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collections", nargs="+", type=Path, help="folders of collections")
    parser.add_argument("--split", action="store_true", help="documents of several passages")
    parser.add_argument("--books", type=Path, help="also squad2-dev among the paragraphs of books")
    options = parser.parse_args()
    trial = Trial(options.collections, split=options.split, books=options.books)
    given = trial.ratios({})
    print("nDCG@10 by that of bm25s, mean;", *given)
    print(_line("as they are", given), flush=True)
    tried: dict[str, list[tuple[Any, dict[str, float]]]] = {}
    for constant, (_, (now, *others)) in TRIED.items():
        tried[constant] = [(now, given)]
        for value in others:
            ratios = trial.ratios({constant: value})
            tried[constant].append((value, ratios))
            print(_line(f"{constant} {value}", ratios), flush=True)
    left: dict[str, float] = {}
    for name in given:
        choice = {
            constant: max(found, key=lambda one: _mean(one[1], name))[0]
            for constant, found in tried.items()
        }
        left |= trial.ratios(choice, [name])
        told = ", ".join(f"{constant} {value}" for constant, value in choice.items())
        print(f"without {name}: {told}")
    print(_line("each left out of the choice", left))


def _mean(ratios: Mapping[str, float], without: str = "") -> float:
    kept = [ratio for name, ratio in ratios.items() if name != without]
    return sum(kept) / len(kept)


def _line(name: str, ratios: Mapping[str, float]) -> str:
    each = " ".join(f"{ratio:.4f}" for ratio in ratios.values())
    return f"{name:28s} {_mean(ratios):.4f} ({each})"


if __name__ == "__main__":
    main()
