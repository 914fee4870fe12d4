"""Styles: what they are called in many languages, and what they say of a paragraph."""

import re
import unicodedata
from collections.abc import Mapping
from typing import NamedTuple

from nutgraf_index.model import Role

__all__ = ["Kind", "Style", "Styles", "kind_of_name"]

_MOST_PARENTS = 50
_HEADINGS = """
    heading überschrift titre título titulo titolo kop rubrik overskrift otsikko nagłówek nadpis
    címsor naslov antraštė virsraksts pealkiri titlu επικεφαλίδα заголовок başlık
    encabezado intestazione 标题 標題 見出し 제목 כותרת عنوان
""".split()
_TITLES = """
    title titel titre título titulo titolo tytuł tittel rubrik název cím naslov titlu τίτλος
    название заголовок konubaşlığı 标题 標題 表題 제목 العنوان maintitle documenttitle
""".split()
_SUBTITLES = """
    subtitle untertitel soustitre subtítulo subtitulo sottotitolo ondertitel underrubrik
    undertitel undertittel podtytuł podnázev подзаголовок altyazı 副标题 副標題 副題
""".split()
_CAPTIONS = """
    caption imagecaption tablecaption figurecaption beschriftung légende legende legenda leyenda
    epígrafe didascalia bijschrift beskrivning billedtekst bildetekst kuvaotsikko titulek подпись
    названиеобъекта resimyazısı 题注 題注 図表番号 illustration figure drawing abbildung
""".split()
_CONTENTS = re.compile(
    r"(?:toc|contents|inhaltsverzeichnis|verzeichnis|tm|tdc|índice|sommario|inhopg|innehåll|"
    r"indholdsfortegnelse|inhhv|spistreści|目录|目錄|目次|оглавление)(?:heading|\d)|"
    r"tableoffigures|tableofauthorities|tocheading|abbildungsverzeichnis|inhaltsverzeichnisüberschrift|"
    r"contentsheading|index(?:\d|heading)|(?:illustration|table|object|user)?index\d"
)


class Kind(NamedTuple):
    """What a style says of its paragraphs, and of its text.

    Attributes:
        role: their role; None if it says none.
        level: the level of a heading, from 1; 0 for any other paragraph.
        item: whether they are items of a list.
        hidden: whether the text is hidden; None if it does not say so.
    """

    role: Role | None = None
    level: int = 0
    item: bool = False
    hidden: bool | None = None


def _by_name() -> dict[str, Kind]:
    kinds: dict[str, Kind] = {"author": Kind(Role.BYLINE), "byline": Kind(Role.BYLINE)}
    for words, kind in (
        (_SUBTITLES, Kind(Role.HEADLINE)),
        (_CAPTIONS, Kind(Role.CAPTION)),
        (_TITLES, Kind(Role.HEADLINE)),
    ):
        for word in words:
            kinds.setdefault(word, kind)
            kinds.setdefault(_ascii(word), kind)
    for level in range(1, 10):
        for word in _HEADINGS:
            kinds.setdefault(f"{word}{level}", Kind(level=level))
            kinds.setdefault(f"{_ascii(word)}{level}", Kind(level=level))
    for word in ("", *map(str, range(10))):  # an id of nothing but lost letters
        kinds.pop(word, None)
    return kinds


def _ascii(word: str) -> str:
    """Return a name as Word makes an id of it: "berschrift" of "Überschrift"."""
    return word.encode("ascii", "ignore").decode()


def kind_of_name(name: str) -> Kind | None:
    """Return what the name or the id of a style says; None if it says nothing.

    >>> kind_of_name("heading 2").level, kind_of_name("berschrift1").level
    (2, 1)
    >>> kind_of_name("Titel").role, kind_of_name("Body Text")
    (<Role.HEADLINE: 'headline'>, None)
    """
    word = re.sub(r"[\s_-]+|[,;].*", "", unicodedata.normalize("NFC", name[:200]).casefold())
    if _CONTENTS.fullmatch(word):
        return Kind(Role.FURNITURE)
    return _KINDS.get(word)


_KINDS = _by_name()


class Style:
    """A style as a document defines it; None stands for what it does not say.

    Attributes:
        names: its name and its id.
        parent: the id of the style that it is based on.
        level: the level of outlines from 1; 0 for body text.
        item: whether its paragraphs are items of a list.
        hidden: whether its text is hidden.
    """

    __slots__ = ("hidden", "item", "level", "names", "parent")

    def __init__(self, *names: str) -> None:
        self.names = names
        self.parent = ""
        self.level: int | None = None
        self.item: bool | None = None
        self.hidden: bool | None = None


class Styles:
    """The styles of a document by id, each with what it has from those it is based on."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._kinds: dict[str, Kind] = {}

    def _chain(self, id: str) -> list[Style]:
        """Return a style and those that it is based on, the nearest first."""
        chain, seen = [], set()
        while (style := self._styles.get(id)) is not None and id not in seen:
            seen.add(id)
            chain.append(style)
            id = style.parent
            if len(chain) == _MOST_PARENTS:
                break
        return chain

    def of(self, id: str) -> Kind:
        """Return what a style says; the name of one that is not defined may say something, too."""
        kind = self._kinds.get(id)
        if kind is None:
            kind = self._kinds[id] = self._resolved(id)
        return kind

    def _resolved(self, id: str) -> Kind:
        chain = self._chain(id)
        if not chain:
            return kind_of_name(id) or Kind()
        kind = next(filter(None, map(_own_kind, chain)), Kind())
        item = next((one.item for one in chain if one.item is not None), False)
        hidden = next((one.hidden for one in chain if one.hidden is not None), None)
        return kind._replace(item=item, hidden=hidden)


def _own_kind(style: Style) -> Kind | None:
    """Return what a style says of its paragraphs by its names or its level."""
    named = next(filter(None, map(kind_of_name, style.names)), None)
    if named is None and style.level is not None:
        return Kind(level=style.level)
    return named
