"""The tokenizer of batches: the words of `analyse`, whoever uses it and whatever interrupts it."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nutgraf import Article, Index, search
from nutgraf_index import tokens
from nutgraf_index.analysis import analyse
from nutgraf_index.segment import Array
from nutgraf_index.tokens import GAP, Tokenizer
from test_properties import TEXTS


@given(st.lists(TEXTS.filter(lambda text: GAP not in text), max_size=6))
def test_the_words_are_those_of_the_whole_texts(texts: list[str]) -> None:
    tokenizer = Tokenizer()
    with tokenizer.alone():
        for _ in ("new", "known"):
            numbers, lengths = tokenizer.tokens(texts)
            assert lengths.tolist() == [len(analyse(text)) for text in texts]
            assert [tokenizer.words[number] for number in numbers.tolist()] == [
                (token.word, token.term) for text in texts for token in analyse(text)
            ]


def test_an_interruption_leaves_no_words_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    # The tokenizer outlives a write. Numbers given by halves made later indexes wrong.
    class Interrupted(tokens._Table):
        def add(self, keys: list[Array], values: Array) -> None:
            if len(self) > 1:
                raise KeyboardInterrupt
            super().add(keys, values)

    monkeypatch.setattr(tokens, "_Table", Interrupted)
    tokenizer = Tokenizer()
    monkeypatch.undo()
    monkeypatch.setattr("nutgraf_index.writer._tokenizer", tokenizer)
    index = Index.in_memory()
    with pytest.raises(KeyboardInterrupt):
        index.add([Article(id="a", text="One otter swims.", title="An otter")])
    words = ["two", "heron", "stand", "by"]
    index.add(Article(id=word, text=word) for word in words)
    for word in words:
        assert [hit.article for hit in search(word, index)] == [word]


def test_threads_write_to_indexes_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    # They mixed up each other's words: a search found other articles, or none.
    monkeypatch.setattr("nutgraf_index.tokens._KEPT", 50)
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
