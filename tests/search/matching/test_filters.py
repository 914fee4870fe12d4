"""What filters let through."""

from nutgraf import Article, Index, search


def test_a_bracket_in_a_path_is_no_sign() -> None:
    with Index.in_memory() as index:
        index.add([Article(id=path, path=path, text="Otter.") for path in ("a[1].txt", "a1.txt")])
        assert [hit.article for hit in search("path:a[1]*", index)] == ["a[1].txt"]
        assert search("path:a*", index).total == 2


def test_names_do_not_run_into_each_other() -> None:
    index = Index.in_memory()
    index.add([Article(id="a", text="x", authors=("Anna Smith", "John Doe"))])
    assert search('by:"john doe"', index).total == 1
    assert search('by:"smith john"', index).total == 0


def test_a_bracket_in_a_path_is_a_bracket() -> None:
    index = Index.in_memory()
    index.add([Article(id=name, path=name, text="x") for name in ("x[1].txt", "x1.txt")])
    assert [hit.article for hit in search("path:x[1]*", index)] == ["x[1].txt"]
