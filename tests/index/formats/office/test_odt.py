"""OpenDocument texts: what LibreOffice shows, and what it is."""

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.passages.split import split
from office_files import fodt, odt, packed


def read(data: bytes, name: str = "a.odt") -> Article:
    (article,) = read_articles(name, data)
    assert isinstance(article, Article), article
    return article


def told(data: bytes) -> list[tuple[str, str]]:
    """Return the role and the text of each passage."""
    return [(passage.role.value, passage.text) for passage in split(read(data))]


HIDDEN = (
    '<style:style style:name="{}" style:family="{}">'
    '<style:text-properties text:display="none"/></style:style>'
)


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("  a \n\t b  ", "a b"),
        ("a<text:s/>b<text:s text:c='3'/>c", "a b   c"),
        ("a <text:s/>b", "a  b"),
        ("a<text:tab/>b<text:line-break/>c<text:soft-page-break/>d", "a\tb\ncd"),
        ("<text:span>a </text:span><text:span> b</text:span>", "a b"),
        ("<text:a>a link</text:a> <text:bookmark text:name='x'/>b", "a link b"),
        ("<text:ruby><text:ruby-base>東</text:ruby-base><text:ruby-text>とう</text:ruby-text>"
         "</text:ruby>", "東"),
        ("<text:change-start/>new<text:change-end/><text:change/>", "new"),
        ("seen <text:hidden-text>x</text:hidden-text><text:span text:style-name='T1'>hidden"
         "<text:line-break/></text:span>too", "seen too"),
        ("shown <text:date>1 May</text:date>", "shown 1 May"),
        ("har\xadbour", "harbour"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inner: str, text: str) -> None:
    data = odt(f"<text:p>{inner}</text:p>", styles=HIDDEN.format("T1", "text"))
    assert read(data).text == text


def test_hidden_and_deleted_text_is_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>deleted</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p text:style-name='P1'>by its style</text:p>"
        "<text:p>by a field <text:hidden-paragraph text:is-hidden='true'/>here</text:p>"
        "<text:section text:display='none'><text:p>in a section</text:p></text:section>"
        "<text:section text:display='condition' text:is-hidden='true'><text:p>x</text:p>"
        "</text:section><text:section><text:p>shown</text:p></text:section>"
    )
    assert read(odt(body, styles=HIDDEN.format("P1", "paragraph"))).text == "shown"


def test_notes_text_boxes_and_comments_stand_below_their_paragraph() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>As seen in 2020.</text:p></text:note-body></text:note>"
    )
    comment = (
        "<office:annotation><dc:creator>Ann Lee</dc:creator><dc:date>2020-01-01</dc:date>"
        "<text:p>Really?</text:p><text:p>Ask.</text:p></office:annotation>"
    )
    box = "<draw:frame><draw:text-box><text:p>An otter.</text:p></draw:text-box></draw:frame>"
    body = (
        f"<text:p>Otters are {note}back.{comment}</text:p><text:p>They {box}swim.</text:p>"
        "<text:p>And they dive, the survey says.</text:p>"
    )
    assert told(odt(body)) == [
        ("lead", "Otters are back."),
        ("note", "As seen in 2020."),
        ("note", "Ann Lee: Really?"),
        ("note", "Ask."),
        ("body", "They swim."),
        ("body", "An otter."),
        ("body", "And they dive, the survey says."),
    ]


def test_roles_come_from_structure_and_from_styles() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Own"/>'
    )
    common = (
        '<style:style style:name="Title" style:family="paragraph"/>'
        '<style:style style:name="Own" style:display-name="Own" style:family="paragraph" '
        'style:parent-style-name="Illustration"/>'
        '<style:style style:name="Illustration" style:family="paragraph"/>'
        '<style:style style:name="Heading_20_2" style:display-name="Heading 2" '
        'style:family="paragraph"/>'
    )
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    body = (
        "<text:p text:style-name='P1'>Otters are back</text:p>"
        "<text:table-of-content><text:index-body><text:p>1 Rivers ... 3</text:p></text:index-body>"
        "</text:table-of-content>"
        "<text:p>The survey found otters on all nine rivers.</text:p>"
        "<text:h text:outline-level='1'>Rivers</text:h>"
        "<text:list><text:list-header><text:p>These are the rivers that were seen.</text:p>"
        "</text:list-header><text:list-item><text:p>The Varn</text:p><text:list><text:list-item>"
        "<text:p>The Ell</text:p></text:list-item></text:list></text:list-item></text:list>"
        f"<table:table><table:table-row>{cell.format('Nine rivers in all.')}"
        f"<table:covered-table-cell><text:p>x</text:p></table:covered-table-cell>"
        f"{cell.format('Ten otters in all.')}</table:table-row></table:table>"
        "<text:p text:style-name='Heading_20_2'>Ponds</text:p>"
        "<text:p text:style-name='P2'>An otter at night</text:p>"
        "<text:p>That is all they found in the year of the survey.</text:p>"
    )
    assert told(odt(body, styles=styles, common=common)) == [
        ("headline", "Otters are back"),
        ("furniture", "1 Rivers ... 3"),
        ("lead", "The survey found otters on all nine rivers."),
        ("subhead", "Rivers"),
        ("body", "These are the rivers that were seen."),
        ("list", "The Varn"),
        ("list", "The Ell"),
        ("body", "Nine rivers in all."),
        ("body", "Ten otters in all."),
        ("subhead", "Ponds"),
        ("caption", "An otter at night"),
        ("body", "That is all they found in the year of the survey."),
    ]


META = (
    "<dc:title>The survey</dc:title><meta:initial-creator>Ann Lee</meta:initial-creator>"
    "<dc:creator>Bo Ek</dc:creator><meta:creation-date>2020-01-10T09:00:00</meta:creation-date>"
    "<dc:date>2020-02-11T09:00:00</dc:date><meta:keyword>otters</meta:keyword>"
    "<meta:keyword>rivers</meta:keyword>"
)


@pytest.mark.parametrize("name", ["a.odt", "a.fodt"])
def test_properties(name: str) -> None:
    body = "<text:p>Otters are back.</text:p>"
    common = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        'fo:language="sv" fo:country="SE"/></style:default-style>'
    )
    data = fodt(body, meta=META) if name == "a.fodt" else odt(body, meta=META, common=common)
    article = read(data, name)
    assert (article.title, article.authors, article.date, article.text) == (
        "The survey",
        ("Ann Lee",),
        "2020-01-10",
        "Otters are back.",
    )
    assert article.metadata["keywords"] == ["otters", "rivers"]
    assert article.metadata["modified"] == "2020-02-11T09:00:00"
    assert article.language == ""  # that of a style is the language of the program


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (odt(""), "no text in it"),
        (b"<?xml version='1.0'?><a>", "damaged XML: no element found: line 1, column 24"),
        (packed({"a": ""}), "it has no content.xml: it is damaged, or of another kind"),
        (
            packed({"content.xml": "<a/>", "META-INF/manifest.xml": "<encryption-data/>"}),
            "it is encrypted: save it without a password",
        ),
        (packed({"encrypted-package": "x"}), "it is encrypted: save it without a password"),
        (
            packed({"content.xml": "<a/>"}),
            "it has no text document in it: it is a table, a drawing or slides",
        ),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    assert list(read_articles("a.odt", data)) == [Fault(reason)]
