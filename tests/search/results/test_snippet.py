"""The stretch of a long passage that shows most of the match."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from english import analyse
from linear import is_linear
from nutgraf import Article, Index, search
from nutgraf.output.style import HitWithContext, Style
from nutgraf.output.terminal import hit_lines
from nutgraf.results.snippet import WIDTH, Word, snippet

TEXTS = st.lists(
    st.sampled_from(["a", "b", "storm", "of", "x.", "Y!", "東京。", "(port)", "harbour-master"])
).map(" ".join)


def words_of(text: str, leaves: list[str]) -> list[Word]:
    return [
        (token.start, token.end, leaves.index(token.word))
        for token in analyse(text)
        if token.word in leaves
    ]


def shown(
    words: list[Word], start: int, end: int, weights: list[float]
) -> tuple[float, float, int]:
    inside = [leaf for first, last, leaf in words if start <= first and last <= end]
    return (
        sum(weights[leaf] for leaf in set(inside)),
        sum(map(weights.__getitem__, inside)),
        len(inside),
    )


# Of "a" first: as a stop word, as any word, and as a rare one; the sums are exact.
WEIGHTS = st.sampled_from([[0.0, 1.0, 2.5, 4.0], [1.0] * 4, [0.0] * 4, [9.0, 1.0, 2.0, 3.0]])


@given(TEXTS, st.integers(15, 40), WEIGHTS)
def test_no_window_shows_more(text: str, width: int, weights: list[float]) -> None:
    words = words_of(text, ["a", "b", "storm", "port"])
    start, end = snippet(text, words, weights, width)
    assert 0 <= start <= end <= len(text)
    assert end - start <= width
    most = max(
        (shown(words, at, at + width, weights) for at in range(len(text) - width + 1)),
        default=shown(words, 0, len(text), weights),
    )
    assert shown(words, start, end, weights) >= most
    # No word is cut, and none of those shown.
    for first, last, _ in words:
        assert not first < start < last
        assert not first < end < last
    piece = text[start:end]
    assert piece == piece.strip()


@given(st.text(max_size=80), st.integers(1, 40))
def test_any_text_has_a_window(text: str, width: int) -> None:
    words = [(token.start, token.end, 0) for token in analyse(text)][::2]
    start, end = snippet(text, words, [1.0], width)
    longest = max((last - first for first, last, _ in words), default=0)
    assert 0 <= start <= end <= len(text)
    assert end - start <= max(width, longest, len(text) if len(text) <= width else 0)


STORY = "It rained. The port was shut for days. Ships waited outside. A ferry came in. It was late."


@pytest.mark.parametrize(
    ("leaves", "width", "window"),
    [
        (["port"], 200, STORY),
        (["port"], 40, "It rained. The port was shut for days."),
        (["ships"], 40, "Ships waited outside. A ferry came in."),
        (["late"], 40, "A ferry came in. It was late."),
        (["ships", "ferry"], 30, "Ships waited outside. A ferry"),
        (["port", "ferry"], 12, "The port was"),
        (["days", "outside"], 20, "for days."),
        (["zebra"], 15, "It rained."),
    ],
)
def test_windows(leaves: list[str], width: int, window: str) -> None:
    start, end = snippet(STORY, words_of(STORY, leaves), [1.0, 1.0], width)
    assert STORY[start:end] == window


def test_it_takes_linear_time() -> None:
    def shown(count: int) -> None:
        words = [(at, at + 4, at % 7) for at in range(0, 11 * count, 6)]
        snippet("storm port " * count, words, [1.0] * 7)

    assert is_linear(shown, 200_000)


LONG = "Nothing is said of it here at all. " * 20 + "A storm shut the port. " + "More. " * 60


def test_a_long_passage_is_shown_where_it_matches() -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text=LONG)])
        (hit,) = search("port storm ferry", index)
        start, end = hit.snippet
        assert "A storm shut the port." in hit.text[start:end]
        assert end - start <= WIDTH
        style = Style(terminal=True, color=False, width=80, folder="")
        lines = list(hit_lines([HitWithContext(hit)], style))
        body = " ".join(line.strip() for line in lines[1:-2])
        assert body.replace("**", "") == f"… {hit.text[start:end]} …"
        assert "A **storm** shut the **port**." in body
        assert lines[-2:] == [f"  a#1 · score {hit.score:.2f}", "  lacks: ferry"]
        assert hit.to_dict()["snippet"] == [start, end]
        # In colours the marks are those of the window.
        style = Style(terminal=True, color=True, width=80, folder="")
        painted = "\n".join(hit_lines([HitWithContext(hit)], style))
        assert "\x1b[1;31mstorm\x1b[0m" in painted
        assert "\x1b[1;31mport\x1b[0m" in painted
        assert "\x1b[2mlacks: ferry\x1b[0m" in painted


@pytest.mark.parametrize(
    "query",
    [
        *(
            "of the zeppelin",
            "zeppelin",
            "what of the zeppelin",
            "said zeppelin",
            "said^2 zeppelin",
        ),
        *("nothing of it zeppelin~", "said zeppel*", '"a zeppelin" of it', "said +zeppelin"),
    ],
)
def test_the_rarest_words_are_shown_and_not_the_most(query: str) -> None:
    """Of a long passage the stretch with most of the score is shown, not that of most words."""
    text = (
        "It is said of it, of the ship, of the harbour. " * 12 + "A zeppelin came. " + "No. " * 90
    )
    others = [Article(id=str(n), text="It is said that nothing of it is left.") for n in range(9)]
    with Index.in_memory() as index:
        index.add([Article(id="a", text=text), *others])
        hit = next(hit for hit in search(query, index) if hit.article == "a")
        start, end = hit.snippet
        assert "zeppelin" in hit.text[start:end]
        again = pickle.loads(pickle.dumps(hit))
        assert again.snippet == (start, end)


@pytest.mark.parametrize("length", [299, 300, 301])
def test_up_to_300_characters_are_shown_at_once(length: int) -> None:
    with Index.in_memory() as index:
        index.add([Article(id="a", text=f"storm {'x' * (length - 11)} port")])
        (hit,) = search("storm port", index)
    assert len(hit.text) == length
    assert hit.snippet == ((0, length) if length <= 300 else (0, length - 5))


@pytest.mark.parametrize("length", [299, 300, 301])
def test_words_within_300_characters_are_shown_together(length: int) -> None:
    text = f"{'y' * 500} storm {'x' * (length - 11)} port {'y' * 500}"
    with Index.in_memory() as index:
        index.add([Article(id="a", text=text)])
        (hit,) = search("storm port", index)
    start, end = hit.snippet
    if length <= 300:
        assert text[start:end].startswith("storm")
        assert text[start:end].endswith("port")
    else:
        assert end - start <= 300
        assert "port" not in text[start:end]
