"""Completing queries with the archive's words and names, against plain counting."""

import random
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from command import environment, run_here
from english import analyse
from nutgraf import Article, Index, split, suggest
from nutgraf_index.errors import ArgumentError
from nutgraf_index.model import HIDDEN_ROLES

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


@pytest.mark.parametrize("seed", range(10))
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


BREAKS = " \t\n\"'><=;|&(:"  # what bash has unless told otherwise


def complete(text: str, folder: Path) -> list[str]:
    line = {"COMP_LINE": f"nutgraf search {text}", "COMP_WORDBREAKS": BREAKS}
    ran = run_here(cwd=folder, env={"_NUTGRAF_COMPLETE": "bash_complete", **line})
    assert ran.stderr == ""
    return [one.removeprefix("plain,") for one in ran.stdout.splitlines()]


def test_the_shell_completes(indexed: Path, tmp_path: Path) -> None:
    assert "missiles" in complete("missil", indexed.parent)
    assert complete("missil", tmp_path) == [""]  # nothing, and no complaint
    assert complete("--format js", indexed.parent) == ["jsonl"]
    assert complete("x --sort=pa", indexed.parent) == ["path"]
    assert complete("x --so", indexed.parent) == ["--sort"]
    for line in ("'", '"', "\\", "a\\", '"a\\', "by:'", 'by:"', "=", "é:", "a 'b' \"c\" d"):
        complete(line, indexed.parent)


@pytest.mark.parametrize(
    ("text", "completed"),
    [
        ("by:Okud", r"\"Idris\ Okuducu\""),
        ('by:"Idris O', r"\"Idris Okuducu\""),
        ("'iran by:Okud", """iran by:"Idris Okuducu\""""),
        ('"iran by:Okud', r"iran by:\"Idris Okuducu\""),
        ('"iran by:\\"Idris O', r"iran by:\"Idris Okuducu\""),
        (r"iran\ by:Okud", r"\"Idris\ Okuducu\""),
        ("role:cred", "credit"),
    ],
)
def test_bash_puts_in_what_stands_after_its_last_break(
    text: str, completed: str, indexed: Path
) -> None:
    assert complete(text, indexed.parent) == [completed]


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_complete_whole_words(shell: str, indexed: Path) -> None:
    line = {
        "COMP_WORDS": "nutgraf search by:Okud",
        "COMP_CWORD": "2" if shell == "zsh" else "by:Okud",
    }
    env = {"_NUTGRAF_COMPLETE": f"{shell}_complete", **line}
    ran = run_here(cwd=indexed.parent, env=env)
    assert 'by:"Idris Okuducu"' in ran.stdout


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(
    ("kept", "replaced", "closing", "query"),
    [
        ("by:", "Okud", "", 'by:"Idris Okuducu"'),
        ('by:"', "Idris O", '"', 'by:"Idris Okuducu"'),
        ("'", "iran by:Okud", "'", 'iran by:"Idris Okuducu"'),
        ('"', "iran by:Okud", '"', 'iran by:"Idris Okuducu"'),
        ("role:", "cred", "", "role:credit"),
    ],
)
def test_a_real_bash_makes_the_query_of_it(
    kept: str, replaced: str, closing: str, query: str, indexed: Path, tmp_path: Path
) -> None:
    program = tmp_path / "nutgraf"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m nutgraf "$@"\n')
    program.chmod(0o755)
    script = """
        PATH="$1:$PATH"; eval "$(_NUTGRAF_COMPLETE=bash_source nutgraf)"
        compopt() { :; }
        complete -p nutgraf | grep -q -e '-F _nutgraf_completion' || exit 9
        COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDBREAKS=$5
        _nutgraf_completion nutgraf search
        [ ${#COMPREPLY[@]} = 1 ] || exit 8
        # What bash keeps of the word, what it puts after that, and the quote that it closes.
        eval "printf '%s\\n' $3${COMPREPLY[0]}$4"
    """
    typed = f"nutgraf search {kept}{replaced}"
    ran = subprocess.run(
        ["bash", "--norc", "-c", script, "bash", str(tmp_path), typed, kept, closing, BREAKS],
        cwd=indexed.parent,
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, f"{query}\n", "")
