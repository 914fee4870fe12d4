"""What an `Article` takes, and what it refuses instead of guessing."""

import copy
import datetime
import inspect
import pickle
import uuid
from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nutgraf import Article, ArticleError, Index, Role, search
from nutgraf_index.model import Anchor, Mark, MarkedArticle, Value, value_class, with_values

EAST = datetime.timezone(datetime.timedelta(hours=9))


@pytest.mark.parametrize(
    ("values", "attribute"),
    [
        ({"id": 7}, "7"),
        ({"id": np.int64(7)}, "7"),
        ({"id": uuid.UUID(int=5)}, "00000000-0000-0000-0000-000000000005"),
        ({"title": None}, ""),
        ({"authors": None}, ()),
        ({"authors": "Ann Lee"}, ("Ann Lee",)),
        ({"authors": ""}, ()),
        ({"authors": ["Ann Lee", " ", "Ray"]}, ("Ann Lee", "Ray")),
        ({"authors": iter(["Ann Lee", "Ray"])}, ("Ann Lee", "Ray")),
        ({"date": None}, ""),
        ({"date": datetime.date(2020, 1, 2)}, "2020-01-02"),
        ({"date": datetime.datetime(2020, 1, 2, 23, 59)}, "2020-01-02"),
        # The day is that of the clock the time was read from.
        ({"date": datetime.datetime(2020, 1, 2, 0, 1, tzinfo=EAST)}, "2020-01-02"),
        ({"date": "2020-01-02T00:01:00+09:00"}, "2020-01-02"),
        ({"date": "2020-01-02t00:01:00z"}, "2020-01-02"),
        ({"date": "2020-01-02Z"}, "2020-01-02"),
        ({"date": "2020-01-02+09:00"}, "2020-01-02"),
        ({"date": "2020-01-02 10:00"}, "2020-01-02"),
        ({"date": "Jan. 2, 2020"}, "2020-01-02"),
        ({"date": "Thu, 02 Jan 2020 10:00:00 +0900"}, "2020-01-02"),
        ({"date": 2020}, "2020"),
        ({"date": np.int64(2020)}, "2020"),
        ({"place": None}, ""),
        ({"source": None}, ""),
        ({"url": None}, ""),
        ({"path": None}, ""),
        ({"path": Path("wire") / "a.txt"}, "wire/a.txt"),
        ({"line": None}, 0),
        ({"format": None}, "text"),
        ({"encoding": None}, ""),
        ({"metadata": None}, {}),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_can_be_read_in_one_way_only_is_taken(
    values: dict[str, Any], attribute: object
) -> None:
    article = Article(**{"id": "memo", "text": "An otter."} | values)
    (name,) = values
    assert getattr(article, name) == attribute
    assert type(getattr(article, name)) is type(attribute)
    with Index.in_memory() as index:
        index.add(article)
        (hit,) = search("otter", index)
        if name not in ("id", "line", "format", "encoding"):
            assert getattr(hit, name) == attribute
        assert hit.article == article.id


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"id": None}, "the article None: id must be a text, a whole number or a UUID, not None"),
        ({"id": True}, "id must be a text, a whole number or a UUID, not True"),
        ({"id": 1.0}, "id must be a text, a whole number or a UUID, not 1.0"),
        ({"text": None}, "the article 'memo': text must be a text, not None"),
        ({"text": b"otter"}, "text must be a text: decode it first, not b'otter'"),
        ({"title": 5}, "title must be a text or None, not 5"),
        ({"title": float("nan")}, "title must be a text or None, not nan"),
        ({"authors": [1]}, r"authors must be a name or a list of names, not \[1\]"),
        ({"authors": 1}, "authors must be a name or a list of names, not 1"),
        ({"authors": [None]}, r"authors must be a name or a list of names, not \[None\]"),
        ({"authors": {"Ann"}}, "authors must be a name or a list of names, not {"),
        ({"authors": {"Ann": 1}}, "authors must be a name or a list of names, not {"),
        ({"authors": b"Ann"}, "authors must be a name or a list of names, not b'Ann'"),
        ({"date": "10/01/2020"}, "a text such as 2020-01-12, 2020-01 or 2020, not '10/01/2020'"),
        ({"date": "Jan 2"}, "date must be a date, a datetime or a text such as .*, not 'Jan 2'"),
        ({"date": "soon"}, "date must be a date, a datetime or a text such as .*, not 'soon'"),
        ({"date": 1_578_787_200}, "date must be a date, .*, not 1578787200"),
        ({"date": True}, "date must be a date, .*, not True"),
        ({"date": np.datetime64("NaT", "D")}, "date must be a date, .*, not "),
        ({"date": np.array(["2020", "2021"])}, "date must be a date, .*, not array"),
        ({"format": np.array(["text"])}, 'format must be "text" or "markdown", not array'),
        ({"authors": np.array(5)}, "authors must be a name or a list of names, not array"),
        ({"url": 5}, "url must be a text or None, not 5"),
        ({"path": b"a.txt"}, "path must be a text or None, not b'a.txt'"),
        ({"line": -1}, "line must be a whole number, 0 or more, not -1"),
        ({"line": 1.0}, "line must be a whole number, 0 or more, not 1.0"),
        ({"line": True}, "line must be a whole number, 0 or more, not True"),
        ({"format": "html"}, 'format must be "text" or "markdown", not \'html\''),
        ({"format": "Markdown"}, 'format must be "text" or "markdown", not \'Markdown\''),
        ({"metadata": [1]}, r"metadata must be a mapping, not \[1\]"),
        ({"metadata": {1: "x"}}, "a key of metadata must be a text, not 1"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_would_be_guessed_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(ArticleError, match=message):
        Article(**{"id": "memo", "text": "An otter."} | values)


def test_a_long_value_is_shown_short() -> None:
    with pytest.raises(ArticleError) as caught:
        Article(id="memo", text=b"otter" * 10_000)  # type: ignore[arg-type]
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize(
    "article",
    [
        Article(id="memo", text="An otter.", authors=["Ann Lee"], metadata={"desk": "city"}),
        MarkedArticle(id="memo", text="An otter.", marks=(Mark(0, 9),), anchors=(Anchor(0, 1),)),
    ],
    ids=["article", "marked article"],
)
def test_a_copy_with_other_values_is_as_if_they_were_checked(article: Article) -> None:
    copy = with_values(article, id="note", language="en")
    assert copy == replace(article, id="note", language="en")
    assert type(copy) is type(article)
    assert (article.id, article.language) == ("memo", "")
    if isinstance(article, MarkedArticle):
        assert isinstance(copy, MarkedArticle)
        assert copy.marks == article.marks  # which is not compared


def test_articles_with_equal_properties_are_equal() -> None:
    article = Article(id="memo", text="Otters.", metadata={"desk": "rivers"})
    again = Article(id="memo", text="Otters.", metadata={"desk": "rivers"})
    assert article == again
    assert hash(article) == hash(again) == hash(replace(article, metadata={}))  # not hashed
    assert article != replace(article, metadata={})
    assert article != replace(article, text="Otter.")
    assert article != "memo"


def test_marks_are_not_compared() -> None:
    marked = MarkedArticle(id="memo", text="Otters.", marks=(Mark(0, 7, Role.LEAD),))
    assert marked == MarkedArticle(id="memo", text="Otters.")
    assert marked != Article(id="memo", text="Otters.")


def test_an_article_is_shown_with_all_its_properties() -> None:
    assert repr(Article(id="memo", text="Otters.")) == (
        "Article(id='memo', text='Otters.', title='', authors=(), date='', place='', source='', "
        "language='', url='', path='', line=0, format='text', encoding='', metadata={})"
    )


@value_class()
class _Note(Value):
    text: str
    page: int = 1
    tags: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _StockNote:
    """What `dataclass` itself makes of the same fields."""

    text: str
    page: int = 1
    tags: list[str] = field(default_factory=list)


def test_a_value_is_made_as_a_dataclass_is() -> None:
    signature, stock = inspect.signature(_Note), inspect.signature(_StockNote)
    kinds, stock_kinds = (
        [(name, one.kind, one.annotation) for name, one in of.parameters.items()]
        for of in (signature, stock)
    )
    assert kinds == stock_kinds
    assert str(signature) == "(text: str, page: int = 1, tags: list[str] = []) -> None"
    for name in ("__match_args__", "__slots__"):
        assert vars(_Note)[name] == vars(_StockNote)[name]
    made: list[tuple[tuple[Any, ...], dict[str, Any]]]
    made = [(("a",), {}), (("a", 2), {}), ((), {"text": "a", "tags": ["b"]})]
    for given, named in made:
        note = _Note(*given, **named)
        assert asdict(note) == asdict(_StockNote(*given, **named))
    assert _Note("a").tags is not _Note("a").tags


@pytest.mark.parametrize(
    ("given", "named", "problem"),
    [
        ((), {}, "missing a required argument: 'text'"),
        (("a", 1, [], 2), {}, "too many positional arguments"),
        (("a",), {"text": "b"}, "multiple values for argument 'text'"),
        (("a",), {"line": 1}, "got an unexpected keyword argument 'line'"),
    ],
)
def test_a_value_takes_the_arguments_of_its_fields_alone(
    given: tuple[Any, ...], named: dict[str, Any], problem: str
) -> None:
    with pytest.raises(TypeError) as raised:
        _Note(*given, **named)
    assert str(raised.value) == f"_Note() cannot be made: {problem}"
    with pytest.raises(TypeError):
        _StockNote(*given, **named)


def test_a_value_cannot_be_changed() -> None:
    note = _Note("a")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'page'"):
        note.page = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'page'"):
        del note.page
    with pytest.raises(FrozenInstanceError):
        note.line = 2  # type: ignore[attr-defined]


@dataclass(frozen=True, kw_only=True)
class _Filed(Article):
    """As a caller may make one."""

    desk: str = ""

    def __post_init__(self) -> None:
        super().__post_init__()
        object.__setattr__(self, "desk", self.desk.upper())


class _Memo(Article):
    def __init__(self, text: str) -> None:
        super().__init__(id=text, text=text)


def test_subclasses_of_callers() -> None:
    """`dataclass` refused to make a frozen one."""
    filed = _Filed(id="7", text="Otters.", authors=None, desk="city")  # type: ignore[arg-type]
    assert (filed.authors, filed.desk) == ((), "CITY")
    assert str(inspect.signature(_Filed)).endswith(", desk: str = '') -> None")
    for same in (replace(filed), copy.copy(filed), pickle.loads(pickle.dumps(filed))):
        assert same == filed
    assert replace(filed, desk="x") != filed != Article(id="7", text="Otters.")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'desk'"):
        filed.desk = "x"  # type: ignore[misc]
    with pytest.raises(TypeError, match="cannot inherit non-frozen dataclass from a frozen one"):
        dataclass(type("_Loose", (Article,), {}))
    assert str(inspect.signature(_Memo)) == "(text: str) -> None"
    assert _Memo("Otters.") == copy.copy(_Memo("Otters."))
    assert str(inspect.signature(Article)).startswith("(*, id: str, text: str, title: str = ''")
