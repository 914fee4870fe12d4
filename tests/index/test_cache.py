"""The one cache: how much it keeps, what goes first, and that threads may share it."""

import asyncio
import random
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from nutgraf_index.cache import Cache, handlers_delayed


def test_it_keeps_as_many_as_it_may() -> None:
    cache: Cache[int, int] = Cache(3)
    for key in range(10):
        assert cache.put(key, key * key) == key * key
        assert len(cache) == min(key + 1, 3)
    assert [cache.get(key) for key in range(10)] == [None] * 7 + [49, 64, 81]


def test_what_was_not_used_longest_goes_first() -> None:
    cache: Cache[str, str] = Cache(3)
    for key in "abc":
        cache.put(key, key)
    assert cache.get("a") == "a"
    cache.put("d", "d")  # the oldest was used and stays, the next goes
    cache.put("c", "C")  # now the newest, and another value
    cache.put("e", "e")
    assert [cache.get(key) for key in "abcde"] == [None, None, "C", "d", "e"]
    cache.put("f", "f")  # all were used, so that the oldest are no longer kept for it
    cache.put("g", "g")
    assert [cache.get(key) for key in "acefg"] == [None, None, "e", "f", "g"]


def test_values_that_weigh_differently() -> None:
    cache: Cache[str, bytes] = Cache(10, len)
    cache.put("a", b"1234")
    cache.put("b", b"123456")
    assert len(cache) == 2  # ten is not more than ten
    cache.put("a", b"12")
    cache.put("c", b"12")
    assert len(cache) == 3  # what a value in its place weighed does not count any more
    cache.put("d", b"1")
    assert [cache.get(key) for key in "abcd"] == [b"12", None, b"12", b"1"]
    cache.put("e", b"12345678901")
    assert len(cache) == 0  # more than all that may be


def test_some_are_kept_whatever_they_weigh() -> None:
    cache: Cache[int, bytes] = Cache(10, len, min_values=2)
    for key in range(5):
        cache.put(key, b"x" * 100)
    assert [cache.get(key) is not None for key in range(5)] == [False, False, False, True, True]
    for key in range(20):
        cache.put(key, b"x")
    assert len(cache) == 10


@pytest.fixture
def switching() -> Iterator[None]:
    """Have threads take turns as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("switching")
def test_threads_put_and_drop_at_once() -> None:
    cache: Cache[int, int] = Cache(3)

    def use(seed: int) -> None:
        for number in range(20_000):
            key = (7 * seed + number) % 23
            assert cache.get(key) in (None, key)
            cache.put(key, key)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(use, range(8)))
    assert len(cache) == 3


@pytest.mark.usefixtures("switching")
def test_threads_share_what_weighs_differently() -> None:
    cache: Cache[int, bytes] = Cache(200, len, min_values=2)

    def use(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(3000):
            key = chance.randrange(60)
            found = cache.get(key)
            assert found is None or set(found) == {key}
            if found is None or chance.random() < 0.2:
                cache.put(key, bytes([key]) * chance.randint(1, 30))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(use, range(8)))
    left = [found for key in range(60) if (found := cache.get(key)) is not None]
    assert len(cache) == len(left)
    assert 0 < sum(map(len, left)) <= 200
    for key in range(100, 400):
        cache.put(key, b"x")
    assert len(cache) == 200  # no weight was lost, and none counted twice


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="needs signals that kill")
def test_no_handler_stays_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signal while the handlers were restored left those of other signals replaced."""

    def interrupt(number: int, _: object) -> None:
        raise KeyboardInterrupt(number)

    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    set_handler, before = signal.signal, {number: signal.getsignal(number) for number in numbers}
    restored: list[int] = []

    def set_and_signal(number: int, handler: Any) -> Any:
        result = set_handler(number, handler)
        if handler is interrupt:
            restored.append(number)
            if len(restored) == 1:
                signal.raise_signal(signal.SIGHUP)
        return result

    try:
        for number in numbers:
            signal.signal(number, interrupt)
        with monkeypatch.context() as patch:
            patch.setattr(signal, "signal", set_and_signal)
            with pytest.raises(KeyboardInterrupt) as raised, handlers_delayed():
                pass
        assert raised.value.args == (signal.SIGHUP,)
        assert {signal.getsignal(number) for number in numbers} == {interrupt}
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@pytest.mark.skipif(sys.platform == "win32", reason="needs signals that kill")
def test_an_event_loop_gets_a_signal_once() -> None:
    """It got one twice, and many servers end at once at the second."""

    async def signals() -> list[str]:
        got: list[str] = []
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGTERM, got.append, "SIGTERM")
        with handlers_delayed(), handlers_delayed():
            signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGTERM)
        while len(got) < 2:
            await asyncio.sleep(0)
        await asyncio.sleep(0.01)
        loop.remove_signal_handler(signal.SIGTERM)
        return got

    assert asyncio.run(signals()) == ["SIGTERM"] * 2


def test_a_delayed_handler_gets_a_frame() -> None:
    names: list[str] = []

    def handle(_: int, frame: Any) -> None:
        while frame:
            names.append(frame.f_code.co_name)
            frame = frame.f_back

    before = signal.signal(signal.SIGINT, handle)
    try:
        with handlers_delayed():
            signal.raise_signal(signal.SIGINT)
            assert names == []
    finally:
        signal.signal(signal.SIGINT, before)
    assert "test_a_delayed_handler_gets_a_frame" in names
