"""LexisNexis and Nexis Uni: documents with labelled fields, in several languages of the labels.

In files of LexisNexis each document begins with a line such as "3 of 161 DOCUMENTS". In those of
Nexis Uni each ends with "End of Document".
"""

import re
from collections.abc import Iterator
from typing import Any

from nutgraf_index.formats.exports.sheet import (
    TOP,
    Origin,
    Sheet,
    article_of_rows,
    edge_words,
    runs,
)
from nutgraf_index.formats.exports.values import (
    COPYRIGHT,
    authors_of,
    has_date,
    place_of,
    source_name,
)
from nutgraf_index.formats.format import Fault, Reason
from nutgraf_index.model import Article, Role

__all__ = ["articles", "recognises"]

_COUNT = (
    r"(?:(?P<number>\d{1,6}) (?:of|von|de|sur|di|van) (?P<total>\d{1,6}) "
    r"(?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTOS?|DOCUMENTI|DOCUMENTEN)"
    r"|(?:Dokument (?P<number_de>\d{1,6}) von (?P<total_de>\d{1,6})"
    r"|Documento? (?P<number_fr>\d{1,6}) (?:de|di|sur|van) (?P<total_fr>\d{1,6})))"
)
_NUMBER_LINE = re.compile(_COUNT)
_ENDS = (
    "end of document|ende des dokuments|fin du document|fin del documento|fine del documento"
    "|einde van document|einde van het document"
)
# Of the number of a document, of a cover, or of the fields of Nexis Uni.
_LABELS_AT_TOP = frozenset(
    "DOCUMENTS DOCUMENT DOKUMENTE DOCUMENTOS DOCUMENTI DOCUMENTEN Dokument Document Documento "
    "Download Time Job Documents Dokumente Length: Section: Länge: Longueur: Body Byline:".split()
)
_IN_LABELS = ("document", "dokument")  # one of these is in each number and end of a document
_END_LINE = re.compile(_ENDS, re.IGNORECASE)
_SNIFF_NUMBER = re.compile(rf"(?:^|(?<=[\n\ufeff]))[ \t]*(?=[\dD]){_COUNT}[ \t]*(?=[\r\n]|\Z)")
_SNIFF_END = re.compile(rf"(?<=\n)[ \t]*(?:{_ENDS})[ \t]*(?=[\r\n]|\Z)", re.IGNORECASE)
_ERROR = re.compile(r"We are sorry but there is an error in this document", re.IGNORECASE)

# Labels in English, German, French, Spanish, Italian and Dutch by what they label. Before the
# text stand the fields of the first list, after it those of the second.
_HEAD = {
    "headline": "HEADLINE|ÜBERSCHRIFT|SCHLAGZEILE|TITEL|TITRE|TITULAR|TÍTULO|TITOLO|KOP",
    "byline": "BYLINE|AUTOR|AUTOREN|VON|AUTEUR|AUTEURS|AUTORE|AUTHOR",
    "section": "SECTION|RUBRIK|RUBRIQUE|SECCIÓN|SECCION|SEZIONE|SECTIE|RESSORT",
    "length": "LENGTH|LÄNGE|LONGUEUR|LONGITUD|LUNGHEZZA|LENGTE",
    "dateline": "DATELINE|DATUMSZEILE|DATELIGNE|ORT",
    "highlight": "HIGHLIGHT|ENCART|INSERT|HERVORHEBUNG|DESTACADO",
    "series": "SERIES|SERIE|SÉRIE",
    "show": "SHOW|ANCHORS?|GUESTS?|HOSTS?|REPORTERS?|TIME|STATION|NETWORK|PROGRAM",
    "body": "BODY|TEXT|TEXTE|CUERPO|HAUPTTEIL|CORPO",
}
_TAIL = {
    "load-date": "LOAD-DATE|UPDATE|DATE-CHARGEMENT|CHARGEMENT|FECHA-CARGA|DATA-CARICAMENTO",
    "language": "LANGUAGE|SPRACHE|LANGUE|IDIOMA|LINGUA|TAAL",
    "publication-type": "PUBLICATION-TYPE|TYPE-PUBLICATION|PUBLIKATIONSTYP|TIPO-PUBLICACIÓN",
    "subject": "SUBJECT|SUJET|THEMA|THEMEN|TEMA|ARGOMENTO|ONDERWERP",
    "graphic": "GRAPHIC|GRAPHICS|GRAFIK|GRAPHIQUE|ILLUSTRATION|GRÁFICO|GRAFICO",
    "correction": "CORRECTION",
    "correction-date": "CORRECTION-DATE",
    "geographic": "GEOGRAPHIC|GEO-LOCALIZATION|LOCALISATION-GEO|GEOGRAPHY|REGION",
    "company": "COMPANY|SOCIETE|SOCIÉTÉ|FIRMA|UNTERNEHMEN",
    "organization": "ORGANIZATION|ORGANISATION|ORGANIZACIÓN",
    "person": "PERSON|PERSONNE|PERSONEN|PERSONA",
    "industry": "INDUSTRY|ACTIVITY-SECTOR|SECTEUR-ACTIVITE|BRANCHE|SECTOR",
    "ticker": "TICKER|STOCK-SYMBOL|SYMBOLE-BOURSIER|BÖRSENTICKER",
    "journal-code": "JOURNAL-CODE|JOURNAL CODE|ZEITUNGS-CODE|CODE-JOURNAL|CODE-PUBLICATION",
    "document-type": "DOCUMENT-TYPE|TYPE|ACC-NO|DISTRIBUTION|COUNTRY|STATE|CITY|NAME|PRODUCT",
    "url": "URL",
    "notes": "NOTES|NOTE DE LA RÉDACTION|ANMERKUNGEN?",
    "classification": "CLASSIFICATION|KLASSIFIZIERUNG|KLASSIFIKATION|CLASIFICACIÓN",
}
_KEYS = {
    label: (key, table is _HEAD)
    for table in (_HEAD, _TAIL)
    for key, labels in table.items()
    for label in labels.replace("S?", "|").replace("||", "|").split("|")
    if label
}
_KEYS.update({"ANCHOR": ("show", True), "ANCHORS": ("show", True), "TEXTKÖRPER": ("body", True)})
_LABEL = re.compile(r"([^\W\d_][^\W\d_]+(?:[- ][^\W\d_]+){0,3}) ?: ?[\xa0 ]*(.*)", re.DOTALL)
_ALONE = frozenset({"BODY", "CLASSIFICATION", "GRAPHIC", "NOTES", "HIGHLIGHT", "TEXTKÖRPER"})
_UNMISTAKABLE = frozenset(("load-date", "language", "publication-type", "journal-code"))
_ONE_LINE = frozenset({"length", "load-date", "language", "body", "publication-type", "url"})
_KEPT = (
    "section length series language publication-type subject geographic company organization "
    "person industry ticker load-date correction-date"
).split()
_EDITION = re.compile(
    r"\b(?:edition|ausgabe|édition|edición|edizione|editie|appended|cycle)\b|^(?:final|late|first)$",
    re.IGNORECASE,
)
_TEXT_LABEL = re.compile(r"(?:ABSTRACT|FULL TEXT)", re.IGNORECASE)
_BLOCKS_BEFORE_FIELDS = 8


def recognises(head: str, within: int = TOP) -> bool:
    """Return whether a text begins as an export of LexisNexis or Nexis Uni does.

    A label must stand `within` the first characters.
    """
    if _LABELS_AT_TOP.isdisjoint(edge_words(head, within)):
        return False
    lowered = head.lower()
    if not any(map(lowered.__contains__, _IN_LABELS)):
        return False
    if any(number <= total for number, total in map(_counted, _SNIFF_NUMBER.finditer(head))):
        return True
    return _SNIFF_END.search(head) is not None


def _counted(match: re.Match[str]) -> tuple[int, int]:
    """Return the number of a document and the number of all, as the line before it says."""
    number, total = filter(None, match.groups())
    return int(number), int(total)


def articles(sheet: Sheet, origin: Origin) -> Iterator[Article | Fault]:
    """Yield the articles of an export, and faults where it differs from what it says of itself.

    An export without the fields of any known variant yields nothing.
    """
    rows = sheet.rows
    firsts: list[tuple[int, int, int]] = []  # row, number, total
    for row, text in enumerate(rows):
        match = _NUMBER_LINE.fullmatch(text) if "o" in text[:2] or text[:1].isdecimal() else None
        if match:
            number, total = _counted(match)
            if number <= total:
                firsts.append((row, number, total))
    if firsts:
        stops = [row for row, _, _ in firsts[1:]] + [len(rows)]
        documents = [
            (range(first, stop), number)
            for (first, number, _), stop in zip(firsts, stops, strict=True)
        ]
    else:
        documents = _uni_documents(rows)
    read = [(document, number, _Document(sheet, document)) for document, number in documents]
    if not read or sum(bool(entry.labels) for _, _, entry in read) * 2 < len(read):
        return
    for document, number, entry in read:
        line = sheet.lines[next((row for row in document if rows[row]), document.start)]
        if any(_ERROR.search(rows[row]) for row in document[:12]):
            yield Fault(Reason("the database could not display it", of=f"document {number}"), line)
            continue
        article = article_of_rows(
            sheet, document, entry.marks(), {"id": str(number), **entry.properties(number)}, origin
        )
        if article is not None:
            yield article
    if firsts:
        yield from _missing(sheet, firsts)


def _missing(sheet: Sheet, firsts: list[tuple[int, int, int]]) -> Iterator[Fault]:
    """Yield a fault where documents are missing, by the numbers that an export gives them."""
    before, total = 0, 0
    for row, number, of in firsts:
        if number != before + 1 and (before and of == total):
            problem = f"document {number} of {of} follows document {before}: some are missing"
            yield Fault(Reason(problem, kind="documents are missing"), sheet.lines[row])
        elif total and of != total and before < total:
            yield Fault(_end(before, total), sheet.lines[row])
        before, total = number, of
    if before < total:
        yield Fault(_end(before, total))


def _end(last: int, total: int) -> Reason:
    return Reason(f"it ends after document {last} of {total}", kind="documents are missing")


def _uni_documents(rows: list[str]) -> list[tuple[range, int]]:
    """Return the documents of an export of Nexis Uni, without the cover in front of the first."""
    documents: list[tuple[range, int]] = []
    start = 0
    for row, text in enumerate(rows):
        if _END_LINE.fullmatch(text):
            documents.append((range(start, row + 1), len(documents) + 1))
            start = row + 1
    if documents:
        first, number = documents[0]
        documents[0] = (range(_after_cover(rows, first), first.stop), number)
    return documents


def _after_cover(rows: list[str], document: range) -> int:
    """Return the row after the cover of an export: the list of its documents."""
    body = next((row for row in document if _label(rows[row])[0] in ("body", "length")), None)
    if body is None:
        return document.start
    for run in reversed(runs(rows, range(document.start, body))):
        if any(has_date(rows[row]) for row in run[1:]) and not _label(rows[run.start])[0]:
            return run.start
    return document.start


def _label(text: str) -> tuple[str, str, bool]:
    """Return the key of the label that a row begins with, its value, and whether it stands before.

    The key is empty for a row without a known label.
    """
    if text.upper() in _ALONE and text[:1].isupper():
        key, before = _KEYS[text.upper()]
        return key, "", before
    match = _LABEL.match(text)
    if match is None or not match[1][0].isupper():
        return "", "", False
    words = match[1]
    if not words.isupper() and not all(word[0].isupper() for word in re.split("[- ]", words)):
        return "", "", False
    if (known := _KEYS.get(words.upper())) is None:
        return "", "", False
    return known[0], match[2], known[1]


class _Document:
    """A document of an export: its fields, each a run of rows, and its text between them.

    Attributes:
        labels: the key, the first row, the row after the last and the value of each field.
        body: the rows of the text.
    """

    def __init__(self, sheet: Sheet, document: range) -> None:
        self.sheet = sheet
        self.document = document
        rows = sheet.rows
        self.labels: list[tuple[str, int, int, str]] = []
        row = next((row for row in document if _label(rows[row])[0]), document.stop)
        self.first_label = row
        has_body = any(_label(rows[row])[0] == "body" for row in document)
        while row < document.stop:  # the fields before the text
            if not rows[row]:
                row += 1
                continue
            key, value, before = _label(rows[row])
            if not key and COPYRIGHT.match(rows[row]):
                key, value, before = "copyright", rows[row], True
            if key and (before or (has_body and key != "body") or key == "copyright"):
                end = self._end_of_field(key, row, document.stop)
                self.labels.append((key, row, end, self._value(value, row, end)))
                row = end
                if key == "body":
                    break
            elif has_body and row > self.first_label:
                self.labels.append(("", row, row + 1, rows[row]))
                row += 1
            else:
                break
        start = row
        stop = document.stop
        blank = True
        for row in range(start, document.stop):
            key, _, before = _label(rows[row])
            if key and not before and (blank or (key in _UNMISTAKABLE and rows[row][:4].isupper())):
                stop = row
                break
            if blank and COPYRIGHT.match(rows[row]) and self._only_ends(row):
                stop = row
                break
            if _END_LINE.fullmatch(rows[row]):
                stop = row
                break
            blank = not rows[row] or self.document_has_paragraphs
        self.body = range(start, stop)
        row = stop
        while row < document.stop:  # the fields after the text
            if not rows[row]:
                row += 1
                continue
            key, value, _ = _label(rows[row])
            if not key and COPYRIGHT.match(rows[row]):
                key, value = "copyright", rows[row]
            end = self._end_of_field(key, row, document.stop)
            if not key and self.labels and self.labels[-1][0] in ("correction", "graphic"):
                key = self.labels[-1][0]  # its further paragraphs
            self.labels.append((key, row, end, self._value(value, row, end)))
            row = end

    @property
    def document_has_paragraphs(self) -> bool:
        """Whether each row is a paragraph."""
        return len(self.sheet.rows) > 1 and self.sheet.lines[-1] != len(self.sheet.rows)

    def _only_ends(self, row: int) -> bool:
        """Return whether only fields follow a row."""
        rows = self.sheet.rows
        return all(
            len(rows[later]) < 200 for later in range(row, min(row + 12, self.document.stop))
        ) and not any(len(rows[later]) > 400 for later in range(row, self.document.stop))

    def _end_of_field(self, key: str, row: int, stop: int) -> int:
        """Return the row after a field: it goes on until a blank row or another label."""
        rows = self.sheet.rows
        end = row + 1
        if key in _ONE_LINE or self.document_has_paragraphs:
            return end
        while end < stop and rows[end] and not _label(rows[end])[0]:
            if key != "copyright" and COPYRIGHT.match(rows[end]):
                break
            if _END_LINE.fullmatch(rows[end]):
                break
            end += 1
        return end

    def _value(self, value: str, row: int, end: int) -> str:
        return " ".join(" ".join([value, *self.sheet.rows[row + 1 : end]]).split())

    def _head(self) -> list[tuple[str, range]]:
        """Return the runs of rows before the fields, each with what it is."""
        rows = self.sheet.rows
        start = self.document.start + bool(_NUMBER_LINE.fullmatch(rows[self.document.start]))
        found = runs(rows, range(start, self.first_label))
        if self.document_has_paragraphs or start == self.document.start:
            # Title, paper and date are three rows of one run.
            found = [range(row, row + 1) for run in found for row in run]
        found = [part for run in found for part in self._without_copyright(run)]
        kinds: list[tuple[str, range]] = []
        dated = next(
            (
                index
                for index, run in enumerate(found[:_BLOCKS_BEFORE_FIELDS])
                if has_date(rows[run.start][:60]) and not COPYRIGHT.match(rows[run.start])
            ),
            None,
        )
        title_first = start == self.document.start
        for index, run in enumerate(found):
            text = rows[run.start]
            if COPYRIGHT.match(text):
                kind = "copyright"
            elif dated is None:
                kind = "headline" if index == (0 if title_first else len(found) - 1) else "note"
            elif index == dated:
                kind = "date"
            elif index == dated - 1:
                kind = "source"
            elif title_first:
                kind = "headline" if index < dated else "note"
            elif index < dated:
                kind = "note"
            else:
                is_last = index == len(found) - 1
                kind = "note" if _EDITION.search(text) and not is_last else "headline"
                if _EDITION.fullmatch(text) or (
                    is_last and _EDITION.search(text) and len(text) < 20
                ):
                    kind = "note"
            kinds.append((kind, run))
        if any(key == "headline" for key, *_ in self.labels):
            kinds = [("note" if kind == "headline" else kind, run) for kind, run in kinds]
        return kinds

    def _without_copyright(self, run: range) -> list[range]:
        """Return a run, or the lines of copyright at its top and what follows them."""
        rows = self.sheet.rows
        end = next((row for row in run if not COPYRIGHT.match(rows[row])), run.stop)
        return [part for part in (range(run.start, end), range(end, run.stop)) if part]

    def marks(self) -> list[tuple[int, int, Role]]:
        """Return the marks of the article: offsets in the text of the sheet, and roles."""
        sheet = self.sheet
        roles = {
            "headline": Role.HEADLINE,
            "highlight": Role.HEADLINE,
            "byline": Role.BYLINE,
            "graphic": Role.NOTE,
            "correction": Role.CORRECTION,
            "copyright": Role.CREDIT,
        }
        marked: list[tuple[int, int, Role]] = []
        if self.document and _NUMBER_LINE.fullmatch(sheet.rows[self.document.start]):
            marked.append((self.document.start, self.document.start + 1, Role.NOTE))
        marked += [(run.start, run.stop, roles.get(kind, Role.NOTE)) for kind, run in self._head()]
        marked += [(first, end, roles.get(key, Role.NOTE)) for key, first, end, _ in self.labels]
        marked += [
            (row, row + 1, Role.NOTE) for row in self.body if _TEXT_LABEL.fullmatch(sheet.rows[row])
        ]
        return [
            (sheet.starts[first], sheet.end(end - 1), role) for first, end, role in sorted(marked)
        ]

    def properties(self, number: int) -> dict[str, Any]:
        """Return the properties of the article."""
        rows = self.sheet.rows
        head = {
            kind: " ".join(" ".join(rows[row] for row in run).split())
            for kind, run in reversed(self._head())
        }
        fields: dict[str, str] = {}
        for key, _, _, value in self.labels:
            if key and value:
                fields.setdefault(key, value)
        dateline = fields.get("dateline", "")
        metadata: dict[str, Any] = {"number": number}
        metadata.update({key: fields[key] for key in _KEPT if key in fields})
        return {
            "title": fields.get("headline") or head.get("headline", ""),
            "authors": authors_of(fields.get("byline", ""), inverted=True),
            "date": head.get("date", "")[:80],
            "place": place_of(dateline),
            "source": source_name(head.get("source", "")),
            "url": fields.get("url", "").split(" ")[0],
            "metadata": metadata,
        }
