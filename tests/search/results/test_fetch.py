"""What is told of a hit: the words of the query that it lacks."""

import pytest

from nutgraf import Article, Index, search


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("port storm", ()),
        ("ferry port zebra ferry", ("ferry", "zebra")),
        ('"the port" "zebra crossing"', ('"zebra crossing"',)),
        ('"shut zebra" "port storm"', ("zebra",)),
        ("+port -zebra ferr* prot~ =Port", ("ferr*", "=Port")),
        ("port OR (ferry AND storm)", ("ferry",)),
        ("storm OR (port NEAR/2 ferry)", ("ferry",)),
        ("port date:..2030 harbour^2", ("harbour",)),
        ("news port", ()),  # what the title says is not missing
    ],
)
def test_missing(query: str, missing: tuple[str, ...]) -> None:
    with Index.in_memory() as index:
        article = Article(id="a", title="News", date="2020", text="A storm shut the port.")
        index.add([article])
        (hit,) = search(query, index)
        assert hit.missing == missing
        assert hit.to_dict()["missing"] == list(missing)


def test_missing_in_a_wider_scope() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="A storm came.\nThe port was shut.")])
        results = search("port AND storm", index, scope="article")
        assert {hit.citation: hit.missing for hit in results} == {
            "a#1": ("port",),
            "a#2": ("storm",),
        }
