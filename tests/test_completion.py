"""Completing queries with the archive's words and names, against plain counting."""

import random
from collections import Counter
from pathlib import Path

import pytest

from command import run_command
from nutgraf import Article, Index, split, suggest
from nutgraf_index.analysis import analyse
from nutgraf_index.errors import ArgumentError
from nutgraf_index.model import SILENT_ROLES

WORDS = ["mission", "missions", "missile", "missiles", "mist", "misty", "otter"]
AUTHORS = ["Jane Doe", "Jan Misk", "Ann Jansen"]


def articles(seed: int) -> list[Article]:
    chance = random.Random(seed)
    return [
        Article(
            id=f"{at}",
            text="\n\n".join(
                " ".join(chance.choices(WORDS, k=4)) + "." for _ in range(chance.randint(1, 4))
            ),
            title="A title",
            authors=(chance.choice(AUTHORS),),
        )
        for at in range(20)
    ]


@pytest.mark.parametrize("seed", range(10))
def test_as_plain_counting_says_whatever_the_history(seed: int) -> None:
    live = articles(seed)
    words: Counter[str] = Counter()
    for article in live:
        for passage in split(article):
            if passage.role not in SILENT_ROLES:
                words.update({one.word for one in analyse(passage.text)})
    names = Counter(one.authors[0] for one in live)
    found = [(-n, w, "text", f"otter {w}") for w, n in words.items() if w.startswith("mis")]
    found += [(-n, v.lower(), "by", f'otter by:"{v}"') for v, n in names.items() if v == "Jan Misk"]
    wanted = [(text, field, -n) for n, _, field, text in sorted(found)]
    authors = [
        (f'by:"{value}"', n)
        for value, n in sorted(names.items(), key=lambda one: (-one[1], one[0].lower()))
    ]
    with Index.in_memory() as one, Index.in_memory() as other:
        one.add(live)
        other.add([Article(id="gone", text="Misers miss.", authors=("Jane Gone",))])
        for article in reversed(live):
            other.add([article])
        other.remove(["gone"])
        for limit in (0, 1, 3, 50):
            answer = suggest("otter mis", one, limit=limit)
            assert [(each.text, each.field, each.count) for each in answer] == wanted[:limit]
            assert suggest("otter mis", other, limit=limit) == answer
        assert [(each.text, each.count) for each in suggest("by:ja", other)] == authors


def test_fields_complete_their_values(sample: Index) -> None:
    assert [one.text for one in suggest("iran by:Okud", sample)] == ['iran by:"Idris Okuducu"']
    assert [one.text for one in suggest('iran by:"Idris O', sample)] == ['iran by:"Idris Okuducu"']
    assert [one.text for one in suggest("role:cred", sample)] == ["role:credit"]
    assert suggest("iran ", sample) == suggest("", sample) == ()
    with pytest.raises(ArgumentError, match="limit must be a whole number, 0 or more, not -1"):
        suggest("a", sample, limit=-1)


def complete(text: str, folder: Path) -> list[str]:
    line = {"COMP_WORDS": f"nutgraf search {text}", "COMP_CWORD": "2"}
    ran = run_command(cwd=folder, env={"_NUTGRAF_COMPLETE": "bash_complete", **line})
    assert ran.stderr == ""
    return ran.stdout.splitlines()


def test_the_shell_completes(indexed: Path, tmp_path: Path) -> None:
    assert "plain,missiles" in complete("missil", indexed.parent)
    assert complete("by:Okud", indexed.parent) == ['plain,by:"Idris Okuducu"']
    assert complete("missil", tmp_path) == [""]  # nothing, and no complaint
