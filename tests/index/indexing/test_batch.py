"""How a batch of articles is prepared."""

import gc
from collections.abc import Iterator

import pytest

from nutgraf import Article
from nutgraf_index.analysis.languages.detection import language_of
from nutgraf_index.indexing.batch import prepare

MEMO = Article(id="memo", text="The otters are back in the harbour of the town.")


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    enabled = gc.isenabled()
    yield
    if enabled:
        gc.enable()


@pytest.mark.parametrize("is_enabled", [True, False])
def test_the_collector_rests_while_a_batch_is_prepared(
    monkeypatch: pytest.MonkeyPatch, is_enabled: bool
) -> None:
    states: list[bool] = []

    def spy(text: str, default: str) -> str:
        states.append(gc.isenabled())
        return language_of(text, default)

    monkeypatch.setattr("nutgraf_index.passages.split.language_of", spy)
    (gc.enable if is_enabled else gc.disable)()
    (batch,) = prepare([(MEMO, "", "", ())], "")
    assert batch.language == "en"
    assert states == [False]
    assert gc.isenabled() is is_enabled


def test_the_collector_works_again_after_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(text: str, default: str) -> str:
        raise MemoryError("no memory for the language")

    monkeypatch.setattr("nutgraf_index.passages.split.language_of", fail)
    gc.enable()
    with pytest.raises(MemoryError, match="no memory for the language"):
        prepare([(MEMO, "", "", ())], "")
    assert gc.isenabled()
