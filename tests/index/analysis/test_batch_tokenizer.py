"""The tokenizer of batches: the words of `analyse`, whoever uses it and whatever interrupts it."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH, analyse
from nutgraf import Article, Index, search
from nutgraf_index.analysis import batch_tokenizer as tokens
from nutgraf_index.analysis.batch_tokenizer import GAP, Tokenizer
from nutgraf_index.arrays import Array
from test_properties import TEXTS


@given(st.lists(TEXTS.filter(lambda text: GAP not in text), max_size=6))
def test_the_words_are_those_of_the_whole_texts(texts: list[str]) -> None:
    tokenizer = Tokenizer(ENGLISH)
    with tokenizer.alone():
        for _ in ("new", "known"):
            numbers, lengths = tokenizer.tokens(texts)
            assert lengths.tolist() == [len(analyse(text)) for text in texts]
            assert [tokenizer.words[number] for number in numbers.tolist()] == [
                (token.word, token.term) for text in texts for token in analyse(text)
            ]


# What chunks are made of, short and long, in every order: marks within, around and one after
# another, signs that end a word, bytes that stand for something of their own.
PARTS = st.sampled_from(
    [
        *"aZ9'.,’-_ \n\0\x7féß—“”…\u0301½中ก\ud800",
        *("u.s", "U.S.", "'s", "1,000", ".5", "ab\x01"),
        *("abcdefgh", "abcdefghi", "a" * 16, "a" * 17, "b" * 130),
    ]
)


@given(st.lists(st.lists(PARTS, max_size=12).map("".join), max_size=8), st.integers(1, 20))
def test_chunks_of_all_kinds_give_the_words_of_the_whole_texts(
    texts: list[str], piece: int
) -> None:
    tokenizer = Tokenizer(ENGLISH)
    with pytest.MonkeyPatch.context() as patch, tokenizer.alone():
        patch.setattr(tokens, "_PIECE", piece)
        for _ in ("new", "known"):
            numbers, lengths = tokenizer.tokens([f"-{text}-" for text in texts])
            assert lengths.tolist() == [len(analyse(text)) for text in texts]
            assert [tokenizer.words[number] for number in numbers.tolist()] == [
                (token.word, token.term) for text in texts for token in analyse(text)
            ]


def test_keys_that_meet_in_one_slot_are_told_apart() -> None:
    table = tokens._Table(2)
    table._factors = [np.uint64(0), np.uint64(0)]  # then all meet
    keys = [np.repeat(np.arange(1, 71), 2).astype(np.uint64), np.arange(140, dtype=np.uint64)]
    table.add([key[:100] for key in keys], np.arange(100, dtype=np.int32))
    assert table.find(keys).tolist() == [*range(100), *[tokens._NEW] * 40]
    table.add([key[100:] for key in keys], np.arange(100, 140, dtype=np.int32))
    assert table.find(keys).tolist() == list(range(140))


def test_a_table_keeps_its_keys_as_it_grows() -> None:
    table = tokens._Table(1)
    keys = np.arange(1, 20_001, dtype=np.uint64) << np.uint64(20)
    for at in range(0, len(keys), 700):
        table.add([keys[at : at + 700]], np.arange(at, min(at + 700, 20_000), dtype=np.int32))
    assert len(table) == 20_000
    assert table.find([keys]).tolist() == list(range(20_000))


def test_an_interruption_leaves_no_words_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tokenizer outlives a write. Numbers given by halves made later indexes wrong.
    class Interrupted(tokens._Table):
        def add(self, keys: list[Array], values: Array) -> None:
            if len(self) > 1:
                raise KeyboardInterrupt
            super().add(keys, values)

    monkeypatch.setattr(tokens, "_Table", Interrupted)
    tokenizer = Tokenizer(ENGLISH)
    monkeypatch.undo()
    monkeypatch.setattr("nutgraf_index.indexing.workers.tokenizer_of", lambda _: tokenizer)
    index = Index.in_memory()
    with pytest.raises(KeyboardInterrupt):
        index.add([Article(id="a", text="One otter swims.", title="An otter")])
    words = ["two", "heron", "stand", "by"]
    index.add(Article(id=word, text=word) for word in words)
    for word in words:
        assert [hit.article for hit in search(word, index)] == [word]


def test_threads_write_to_indexes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # They mixed up each other's words: a search found other articles, or none.
    monkeypatch.setattr("nutgraf_index.analysis.batch_tokenizer._KEPT", 50)
    wrong: list[object] = []

    def write(thread: int) -> None:
        try:
            for turn in range(8):
                words = [f"t{thread}r{turn}w{number}x" for number in range(400)]
                with Index.in_memory() as index:
                    index.add(Article(id=word, text=word) for word in words)
                    for word in words[::20]:
                        if [hit.article for hit in search(word, index)] != [word]:
                            wrong.append(word)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
