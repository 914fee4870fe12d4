"""Word documents: the text that a reader of the printed document sees, and what it is."""

import io
import zipfile

import pytest

from nutgraf_index.formats.format import Fault
from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article
from nutgraf_index.passages.split import complete, split
from office_files import STRICT, docx, packed


def read(data: bytes, name: str = "a.docx") -> Article:
    (article,) = read_articles(name, data)
    assert isinstance(article, Article), article
    return article


def told(data: bytes) -> list[tuple[str, str]]:
    """Return the role and the text of each passage."""
    return [(passage.role.value, passage.text) for passage in split(read(data))]


def texts(body: str, **parts: str) -> list[str]:
    return read(docx(body, **parts)).text.split("\n\n")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, properties: str = "") -> str:
    inner = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a\tb\nc"),
        ('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>', "a\nb\nc"),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>stop</w:t></w:r>", "non\u2011stop"),
        ("<w:r><w:t>har</w:t><w:softHyphen/><w:t>bo\xadur</w:t></w:r>", "harbour"),
        ("<w:r><w:t>a\n   b</w:t></w:r>", "a b"),
        ("<w:hyperlink><w:r><w:t>a link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:smartTag><w:r><w:t>a tag</w:t></w:r></w:smartTag>", "a tag"),
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r>"
         "</w:del>", "new"),
        ("<w:del><w:r><w:t>old</w:t></w:r></w:del>" + run("new"), "new"),
        ("<w:moveFrom><w:r><w:t>from</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>to</w:t></w:r>"
         "</w:moveTo>", "to"),
        (run("seen ") + run("hidden", "<w:vanish/>") + run("too", '<w:vanish w:val="0"/>'),
         "seen too"),
        ("<w:fldSimple w:instr='PAGE'><w:r><w:t>7</w:t></w:r></w:fldSimple>", "7"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>the pier</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "the pier"),
        ('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>x</w:instrText></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>code</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
         '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>result</w:t></w:r>'
         '<w:r><w:fldChar w:fldCharType="end"/></w:r>', "result"),
        ("<w:sdt><w:sdtContent><w:r><w:t>filled in</w:t></w:r></w:sdtContent></w:sdt>",
         "filled in"),
        (run("a") + "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
         "<w:r><w:t>Click here</w:t></w:r></w:sdtContent></w:sdt>", "a"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>とう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東</w:t></w:r>"
         "</w:rubyBase></w:ruby></w:r>", "東"),
        ('<w:r><w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/>'
         '<w:sym w:font="Arial" w:char="20AC"/><w:sym w:font="Other" w:char="F041"/>'
         '<w:sym w:char="zz"/></w:r>', "α✓€"),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", "x+1"),
        ("<w:proofErr/><w:bookmarkStart/><w:r><w:lastRenderedPageBreak/><w:t>a</w:t></w:r>", "a"),
    ],
)  # fmt: skip
def test_what_stands_in_a_paragraph(inner: str, text: str) -> None:
    assert texts(f"<w:p>{inner}</w:p>") == [text]
    assert read(docx(f"<w:p>{inner}</w:p>", namespace=STRICT)).text == text


def test_cells_of_tables_are_paragraphs_in_reading_order() -> None:
    def table(*cells: str) -> str:
        inner = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
        return f"<w:tbl><w:tblPr/><w:tr><w:trPr/>{inner}</w:tr></w:tbl>"

    inner = table(paragraph("c"), paragraph("d"))
    body = paragraph("a") + table(paragraph("b") + inner, paragraph("e")) + paragraph("f")
    assert texts(body) == ["a", "b", "c", "d", "e", "f"]
    row = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr>".format(paragraph("gone"))
    cell = "<w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    cells = cell.format(paragraph("gone"), paragraph("b"))
    assert texts(f"{paragraph('a')}<w:tbl>{row}{cells}</w:tbl>{paragraph('c')}") == ["a", "b", "c"]


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph('in the box')}{paragraph('and more')}</w:txbxContent>"
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    expected = ["before after", "in the box", "and more", "next"]
    assert texts(paragraph("before ", drawn, "after") + paragraph("next")) == expected
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    assert texts(paragraph("before ", old, "after") + paragraph("next")) == expected


def test_a_deleted_end_of_a_paragraph_joins_the_next_one() -> None:
    deleted = "<w:rPr><w:del/></w:rPr>"
    body = paragraph("The pier ", properties=deleted) + paragraph("is closed.")
    assert texts(body) == ["The pier is closed."]
    assert texts(paragraph("The pier", properties=deleted)) == ["The pier"]
    run_in = paragraph("Piers. ", properties="<w:rPr><w:vanish/><w:specVanish/></w:rPr>")
    assert texts(run_in + paragraph("Some are closed.")) == ["Piers. Some are closed."]
    mark = paragraph("shown", properties="<w:rPr><w:vanish/></w:rPr>")
    assert texts(mark + paragraph("b")) == ["shown", "b"]


NOTE = '<w:footnote w:type="separator" w:id="0">{}</w:footnote><w:footnote w:id="2">{}</w:footnote>'


def test_notes_stand_below_the_paragraph_that_refers_to_them() -> None:
    body = paragraph("Otters are back.", '<w:r><w:footnoteReference w:id="2"/></w:r>', " All swim.")
    body += paragraph("They swim.", '<w:r><w:endnoteReference w:id="1"/></w:r>')
    commented = '<w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>'
    body += paragraph("They dive.", commented)
    data = docx(
        body,
        footnotes=NOTE.format(paragraph("___"), paragraph("As seen in 2020.") + paragraph("Too.")),
        endnotes=f'<w:endnote w:id="1">{paragraph("In rivers.")}</w:endnote>',
        comments=f'<w:comment w:id="3" w:author="Ann Lee">{paragraph("")}{paragraph("Really?")}'
        f'{paragraph("Ask.")}</w:comment><w:comment w:id="4">{paragraph("no")}</w:comment>',
    )
    assert told(data) == [
        ("lead", "Otters are back. All swim."),
        ("note", "As seen in 2020."),
        ("note", "Too."),
        ("body", "They swim."),
        ("note", "In rivers."),
        ("body", "They dive."),
        ("note", "Ann Lee: Really?"),
        ("note", "Ask."),
    ]


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{rest}</w:style>'
    for id, name, rest in (
        ("Titel", "Title", ""),
        ("berschrift1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>'),
        ("Own", "Chapter head", '<w:basedOn w:val="berschrift1"/>'),
        ("Outlined", "Numbered head", '<w:pPr><w:outlineLvl w:val="1"/></w:pPr>'),
        ("Beschriftung", "caption", ""),
        ("Liste", "List Bullet", '<w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'),
        ("Verzeichnis1", "toc 1", ""),
        ("Secret", "Secret", "<w:rPr><w:vanish/></w:rPr>"),
        ("Loop", "Loop", '<w:basedOn w:val="Loop2"/>'),
        ("Loop2", "Loop2", '<w:basedOn w:val="Loop"/>'),
    )
)


def styled(style: str, text: str, properties: str = "") -> str:
    return paragraph(text, properties=f'<w:pStyle w:val="{style}"/>{properties}')


def test_roles_come_from_styles_in_any_language() -> None:
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'
    body = (
        styled("Titel", "Otters are back")
        + styled("Verzeichnis1", "1 Rivers ... 3")
        + paragraph("The survey found otters on all nine rivers.")
        + styled("berschrift1", "Rivers")
        + styled("Liste", "The Varn")
        + paragraph("The Ell", properties=number.format(3))
        + styled("Liste", "No item here, by its own properties.", number.format(0))
        + styled("Own", "Streams")
        + styled("Beschriftung", "An otter at night")
        + styled("Secret", "Nobody may read this.")
        + styled("Loop", "A style that goes round in circles is a plain one.")
        + styled("Outlined", "Ponds")
        + styled("Titre2", "Étangs")
        + paragraph("Lakes", properties='<w:outlineLvl w:val="1"/>')
        + paragraph("That is all they found in the year of the survey.")
    )
    assert told(docx(body, styles=STYLES)) == [
        ("headline", "Otters are back"),
        ("furniture", "1 Rivers ... 3"),
        ("lead", "The survey found otters on all nine rivers."),
        ("subhead", "Rivers"),
        ("list", "The Varn"),
        ("list", "The Ell"),
        ("body", "No item here, by its own properties."),
        ("subhead", "Streams"),
        ("caption", "An otter at night"),
        ("body", "A style that goes round in circles is a plain one."),
        ("subhead", "Ponds"),
        ("subhead", "Étangs"),
        ("subhead", "Lakes"),
        ("body", "That is all they found in the year of the survey."),
    ]


CORE = (
    "<dc:title>{}</dc:title><dc:creator>{}</dc:creator>"
    "<dcterms:created>2020-01-10T09:00:00Z</dcterms:created>"
    "<dcterms:modified>2020-02-11T09:00:00Z</dcterms:modified>"
    "<cp:keywords>otters, rivers</cp:keywords>"
)


def test_properties() -> None:
    language = '<w:docDefaults><w:rPr><w:lang w:val="sv-SE"/></w:rPr></w:docDefaults>'
    core = CORE.format("The survey", "Ann Lee;Bo Ek")
    body = paragraph("Otters are back on all nine rivers.")
    article = read(docx(body, core=core, styles=language + STYLES))
    assert (article.title, article.authors, article.date, article.line) == (
        "The survey",
        ("Ann Lee", "Bo Ek"),
        "2020-01-10",
        0,
    )
    assert article.metadata == {
        "created": "2020-01-10T09:00:00Z",
        "modified": "2020-02-11T09:00:00Z",
        "keywords": ["otters", "rivers"],
    }
    assert article.language == ""  # that of the styles is the language of the program
    made_up = read(docx(body, core=CORE.format("Document1", "user")))
    assert (made_up.title, made_up.authors, made_up.id) == ("", (), "")
    template = read(docx(body, core=CORE.format("", "python-docx")))
    assert (template.authors, template.date) == ((), "")
    damaged = read(docx(body, core="<dc:title>"))
    assert damaged.text == "Otters are back on all nine rivers."


def test_authors_in_the_text_go_before_those_of_the_properties() -> None:
    body = styled("Title", "Otters") + styled("Author", "Ann Lee") + styled("Author", "By Bo Ek")
    article = read(docx(body + paragraph("They are back."), core=CORE.format("", "The desk")))
    assert (article.title, article.authors) == ("Otters", ("Ann Lee", "Bo Ek"))
    assert [passage.role.value for passage in split(article)][:3] == [
        "headline",
        "byline",
        "byline",
    ]


@pytest.mark.parametrize(
    ("body", "core", "title"),
    [
        (styled("Title", "Otters"), "The survey", "Otters"),
        (styled("Heading1", "Otters"), "", "Otters"),
        (styled("Heading1", "Otters"), "The survey", "The survey"),
        (paragraph("The survey") + styled("Heading1", "Otters"), "The Survey", "The survey"),
        (paragraph("It is long. " * 9) * 7 + styled("Heading1", "Otters"), "", ""),
    ],
)
def test_the_title(body: str, core: str, title: str) -> None:
    data = docx(
        body + paragraph("A plain paragraph, which says a lot."), core=CORE.format(core, "x")
    )
    article = read(data)
    assert complete(article, split(article)).title == title


def test_the_main_part_may_have_another_name() -> None:
    assert read(docx(paragraph("a"), main="word/document2.xml"), "b.DOTX").text == "a"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04 no archive", "damaged zip archive: File is not a zip file"),
        (docx(paragraph("")), "no text in it"),
        (docx("<w:p>"), "damaged XML: mismatched tag: line 1, column 356"),
        (packed({"a.txt": "x"}), "it has no word/document.xml: it is damaged, or of another kind"),
        (
            packed({"word/document.xml": "<sheet/>"}),
            "word/document.xml is no text of Word: it is a file of another program",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"),
            "it is encrypted: save it without a password",
        ),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"),
            "a document of Word 97-2003: save it as .docx",
        ),
        (bytes.fromhex("d0cf11e0a1b11ae1"), "an old Office file: save it in a newer format"),
    ],
)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    assert list(read_articles("a.docx", data)) == [Fault(reason)]


def test_a_damaged_part_is_told() -> None:
    data = bytearray(docx(paragraph("Otters are back. " * 30)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.getinfo("word/document.xml").header_offset + 60
    data[start : start + 8] = b"\xff" * 8
    (fault,) = read_articles("a.docx", bytes(data))
    assert isinstance(fault, Fault)
    assert fault.reason.startswith("damaged zip member: ")


def test_short_cells_of_a_table_are_no_subheads() -> None:
    cells = "".join(
        f"<w:tc>{paragraph(text)}</w:tc>"
        for text in ("River", "Otters", "The Varn", "Twelve", "A cell may have a sentence " * 4)
    )
    body = paragraph("The survey found otters on all nine rivers.") + f"<w:tbl><w:tr>{cells}</w:tr>"
    data = docx(body + "</w:tbl>" + paragraph("That is all they found in the year."))
    assert [role for role, _ in told(data)] == ["lead", *["body"] * 6]


def test_embedded_documents_are_told() -> None:
    data = docx(paragraph("Otters are back.") + '<w:altChunk r="a"/><w:altChunk r="b"/>')
    article, fault = read_articles("a.docx", data)
    assert isinstance(article, Article)
    assert (article.text, fault) == (
        "Otters are back.",
        Fault("not read: 2 embedded documents"),
    )


def test_a_document_with_a_label_of_an_export_is_none() -> None:
    body = (
        styled("Title", "Design") + paragraph("The pier is closed.") + paragraph("End of Document")
    )
    article = read(docx(body))
    assert (article.id, article.title) == ("", "Design")
