"""Completing queries with the archive's words and names, against plain counting."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from english import analyse
from nutgraf import Article, Index, split, suggest
from nutgraf_index.errors import ArgumentError
from nutgraf_index.model import HIDDEN_ROLES
from scale import size

WORDS = ["mission", "missions", "missile", "missiles", "mist", "misty", "otter"]
AUTHORS = ["Jane Doe", "Jan Misk", "Ann Jansen", "Doe Jane-Ann", "Janet O'Misk"]


def articles(seed: int) -> list[Article]:
    chance = random.Random(seed)
    return [
        Article(
            id=f"{at}",
            text="\n\n".join(
                " ".join(chance.choices(WORDS, k=4)) + "." for _ in range(chance.randint(1, 4))
            ),
            title="A title",
            authors=tuple(chance.choices(AUTHORS, k=chance.randint(1, 3))),
        )
        for at in range(20)
    ]


def folded(name: str) -> str:
    return " ".join(token.word for token in analyse(name))


@pytest.mark.parametrize("seed", range(size(3, 10)))
def test_as_plain_counting_says_whatever_the_history(seed: int) -> None:
    live = articles(seed)
    words: Counter[str] = Counter()
    for article in live:
        for passage in split(article):
            if passage.role not in HIDDEN_ROLES:
                words.update({one.word for one in analyse(passage.text)})
    names = Counter(name for one in live for name in set(one.authors))
    found = [(-n, w, "text", f"otter {w}") for w, n in words.items() if w.startswith("mis")]
    found += [
        (-n, folded(v), "by", f'otter by:"{v}"') for v, n in names.items() if " mis" in folded(v)
    ]
    wanted = [(text, field, -n) for n, _, field, text in sorted(found)]
    authors = [
        (f'by:"{value}"', n)
        for value, n in sorted(names.items(), key=lambda one: (-one[1], folded(one[0])))
    ]
    with Index.in_memory() as one, Index.in_memory() as other:
        one.add(live)
        other.add([Article(id="gone", text="Misers miss.", authors=("Jane Gone",))])
        for article in reversed(live):
            other.add([article])
        other.remove(["gone"])
        chance = random.Random(seed)
        for article in chance.sample(live, 8):
            before = replace(article, text="Mistral misfits.", authors=("Jane Gone", "Ann Misk"))
            other.add([before])
            if chance.random() < 0.3:
                other.compact()
            if chance.random() < 0.5:
                other.remove([article.id])
            other.add([article])
        if seed % 2:
            other.compact()
        for limit in (0, 1, 3, 50):
            answer = suggest("otter mis", one, limit=limit)
            assert [(each.text, each.field, each.count) for each in answer] == wanted[:limit]
            assert suggest("otter mis", other, limit=limit) == answer
        assert [(each.text, each.count) for each in suggest("by:ja", other)] == authors


def test_names_that_differ_in_case_and_accents_are_one() -> None:
    named = [("René Ek",), ("RENE EK", "rené ek"), ("Rene Ekman", "Anna Rene"), ("Ek Rene", "—")]
    with Index.in_memory() as index:
        for at, authors in reversed([*enumerate(named)]):
            index.add([Article(id=str(at), text="A text.", authors=authors)])
        for text, found in {
            "by:rene": ["René Ek 2", "Anna Rene 1", "Ek Rene 1", "Rene Ekman 1"],
            'by:"rene e': ["René Ek 2", "Rene Ekman 1"],
            'by:"rene ': ["René Ek 2", "Rene Ekman 1"],
            'by:"ek ': ["Ek Rene 1"],
            'by:"anna re': ["Anna Rene 1"],
            'by:"ek anna': [],
            'by:"nobody e': [],
            "by:rene ": [],
        }.items():
            names = [f"{one.text[4:-1]} {one.count}" for one in suggest(text, index)]
            assert names == found, text


def test_fields_complete_their_values(sample: Index) -> None:
    assert [one.text for one in suggest("iran by:Okud", sample)] == ['iran by:"Idris Okuducu"']
    assert [one.text for one in suggest('iran by:"Idris O', sample)] == ['iran by:"Idris Okuducu"']
    assert [one.text for one in suggest("role:cred", sample)] == ["role:credit"]
    assert suggest("iran ", sample) == suggest("", sample) == ()
    with pytest.raises(ArgumentError, match="limit must be a whole number, 0 or more, not -1"):
        suggest("a", sample, limit=-1)


def test_words_that_are_whole_passages() -> None:
    with Index.in_memory() as index:
        texts = ["Run."] * 1000 + ["Running."]
        index.add(Article(id=str(at), text=text) for at, text in enumerate(texts))
        found = [(one.text, one.count) for one in suggest("run", index)]
        assert found == [("Run", 1000), ("Running", 1)]
