"""How well nutgraf finds the paragraph that answers a question, in several languages (XQuAD).

Each language has the same 240 paragraphs and 1,190 questions. A paragraph is an article of one
passage; a question is a query whose one relevant document is its paragraph.
"""

import argparse
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

__all__ = ["Xquad", "ranked", "read"]

DEPTH = 100


class Xquad(NamedTuple):
    """The paragraphs and questions of a language, by their ids.

    `answers` has the id of the paragraph of each question.
    """

    language: str
    paragraphs: dict[str, str]
    questions: dict[str, str]
    answers: dict[str, str]


def read(path: Path) -> Xquad:
    """Read a file of XQuAD, as xquad.de.json, or of SQuAD."""
    data = json.loads(path.read_text("utf-8"))["data"]
    paragraphs: dict[str, str] = {}
    questions: dict[str, str] = {}
    answers: dict[str, str] = {}
    for article in data:
        for paragraph in article["paragraphs"]:
            number = str(len(paragraphs))
            paragraphs[number] = paragraph["context"]
            for question in paragraph["qas"]:
                questions[question["id"]] = question["question"]
                answers[question["id"]] = number
    return Xquad(path.stem.rpartition(".")[2], paragraphs, questions, answers)


def ranked(collection: Xquad, language: str, *, depth: int = DEPTH) -> dict[str, list[str]]:
    """Return the ids of the best paragraphs for each question."""
    from nutgraf import Article, Index, Searcher

    with Index.in_memory(language=language) as index:
        index.add(
            Article(id=number, text=re.sub(r"\s+", " ", text))
            for number, text in collection.paragraphs.items()
        )
        with Searcher(index) as searcher:
            return {
                id: [
                    hit.article
                    for hit in searcher.search(plain(question), limit=depth, require="any")
                ]
                for id, question in collection.questions.items()
            }


def plain(question: str) -> str:
    """Return the words of a question, without what is query syntax."""
    words = re.sub(r"[^\w\s'’\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff-]+", " ", question)
    return re.sub(r"(?<!\S)-+", "", words).strip()  # -artigen, after a word in quotes


def measured(run: dict[str, list[str]], answers: dict[str, str]) -> dict[str, float]:
    """Return the measures of a run."""
    import ir_measures  # the tests, which use the rest, do without it
    from ir_measures import RR, R, nDCG

    measures = {"nDCG@10": nDCG @ 10, "MRR@10": RR @ 10, "Recall@100": R @ 100}
    qrels = {id: {answer: 1} for id, answer in answers.items()}
    scores = {
        id: {number: float(-rank) for rank, number in enumerate(numbers)}
        for id, numbers in run.items()
    }
    values = ir_measures.calc_aggregate([*measures.values()], qrels, scores)
    return {name: values[measure] for name, measure in measures.items()}


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the measures of each file of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="a folder with xquad.LANGUAGE.json files")
    parser.add_argument("--language", help="the analyser of all; by default the file's")
    options = parser.parse_args(None if arguments is None else [*arguments])
    for path in sorted(options.folder.glob("xquad.*.json")):
        collection = read(path)
        run = ranked(collection, options.language or collection.language)
        values = measured(run, collection.answers)
        found = sum(map(bool, run.values()))
        print(
            collection.language,
            *(f"{name} {value:.4f}" for name, value in values.items()),
            f"questions with hits {found} of {len(run)}",
            sep="  ",
        )


if __name__ == "__main__":
    main()
