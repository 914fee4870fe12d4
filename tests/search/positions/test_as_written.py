"""Words as they are written, against the analysed text."""

from hypothesis import given
from hypothesis import strategies as st

from english import ENGLISH
from nutgraf import Article, Index
from nutgraf.positions.as_written import AsWritten, WrittenText, as_written
from nutgraf.positions.leaf_positions import LeafPositions
from nutgraf.query.leaves import words_of, written
from nutgraf.query.tree import Exact, Near, Signed, Words
from nutgraf_index.analysis.analyzer import analyzer_of


def stands(row: list[str], words: list[str]) -> list[int]:
    """Return where a row begins in some words."""
    return [at for at in range(len(words)) if words[at : at + len(row)] == row]


@given(
    st.lists(
        st.sampled_from(
            [
                *("US", "us", "Us", "U.S.", "10", "10,000", "a", "A.", "a.b", "10.5", "don't"),
                *("Don’t", "kin", "Kin", "\u212ain", "é", "\x1c", "\x85", ". ", ", ", " '", " ‘"),
                *" \n.,;:!?()[]\"'-_/=“”‘’—–…  ",
            ]
        ),
        max_size=12,
    ).map("".join),
    st.sampled_from(["US", "us", "10", "a", "A", "10,000", "don't", "Kin", "US US", "a don't a"]),
)
def test_words_as_written_are_those_of_the_analysed_text(text: str, word: str) -> None:
    with Index.in_memory() as index:
        index.add([Article(id="1", text=f"Begin {text} end")])
        reader = index.snapshot().readers[0]
        passages = [reader.passage(at).text for at in range(reader.passages)]
        forms = written(word, ENGLISH)
        wanted = [stands(forms, written(passage, ENGLISH)) for passage in passages]
        folded = [stands(ENGLISH.words(word), ENGLISH.words(passage)) for passage in passages]
        spelled = AsWritten(Exact(word), ENGLISH)
        found = [spelled.among(text, at) for text, at in zip(passages, folded, strict=True)]
        assert found == wanted
        units = [number for number, at in enumerate(wanted) if at]
        leaves = LeafPositions(reader, ENGLISH)
        assert leaves.doc_ids("text", Exact(word)).tolist() == units
        near = Near(((Exact(word),),), 0, ordered=True)
        assert leaves.doc_ids("text", near).tolist() == units
        after = Near(((Words("begin"),), (Exact(word),)), 1, ordered=True)
        soon = [number for number, at in enumerate(wanted) if number == 0 and {1, 2} & {*at}]
        assert leaves.doc_ids("text", after).tolist() == soon


def test_finders_of_leaves_are_kept_until_their_texts_are_long() -> None:
    finder = as_written(Exact("US"), ENGLISH)
    assert as_written(Exact("US"), ENGLISH) is finder
    assert as_written(Exact("us"), ENGLISH) is not finder
    assert as_written(Exact("US"), analyzer_of("de")) is not finder
    for number in range(16):  # a regular expression of a long text takes megabytes
        as_written(Exact(f"{number}{'x' * 3000}"), ENGLISH)
    assert as_written(Exact("US"), ENGLISH) is not finder


SIGNED = [
    *("5%", "$1", "10%", "$1 billion", "$1.5", "C++", "C#", "#a", "€5", "1 %", "$1bn", "5 %"),
    *("a+", "5 °C", "1℃", "§5", "5€", "5% a", "$12"),
]
SIGNED_PIECES = [
    *("5", "1", "%", "$", ".", ",", "000", " ", "\u00a0", "m", "a", "-", "(", "“", "€", "é", "１"),
    *(
        "٥",
        "٪",
        "％",
        "＄",
        "\u200b",
        "#",
        "+",
        "C",
        "billion",
        "p.m.",
        "2",
        "\n",
        "&#37;",
        "*",
        "_",
    ),
    *SIGNED,
]


@given(st.sampled_from(SIGNED), st.lists(st.sampled_from(SIGNED_PIECES), max_size=8))
def test_expressions_find_a_word_with_a_sign_where_its_tokens_are(
    word: str, pieces: list[str]
) -> None:
    """Texts of which an expression decides are not tokenized."""
    leaf = words_of(word, ENGLISH, quoted=True)
    assert isinstance(leaf, Signed)
    finder, text = AsWritten(leaf, ENGLISH), "".join(pieces)
    assert finder.stands_in(text) == (WrittenText(text, ENGLISH).starts(finder.words) != 0), text
