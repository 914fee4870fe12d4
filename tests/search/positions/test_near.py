"""Words near each other."""

from nutgraf import Article, Index, search
from quick import within


def test_near_in_long_passages_and_of_many_parts_takes_no_time() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text="a b " * 4000), Article(id="b", text="a c d e f g h b.")])
        with within(5):
            assert search("a NEAR/9 b", index).total == 2
            assert search("a ADJ/5 b", index).total == 1
            assert search(" NEAR/100 ".join("aaaabbbb"), index).total == 1
            assert search(" NEAR/9 ".join("hgfedcba"), index).total == 1
