"""The table of key names, and the article that the values of keys make.

Front matter, header blocks, JSON, tables and exports name the same properties by different keys.
"""

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import Any

from nutgraf_index.errors import ArticleError
from nutgraf_index.model import Article
from nutgraf_index.names import printable
from nutgraf_index.properties.authors import names_of
from nutgraf_index.properties.release import RELEASE_KEYS, check_release
from nutgraf_index.properties.values import (
    as_json,
    date_of_object,
    is_none,
    list_of,
    name_of,
    plain_name,
    text_of,
)
from nutgraf_index.properties.written_dates import read_moment

__all__ = [
    "KEYS",
    "LISTS",
    "NO_TEXT",
    "NoArticleError",
    "article_of",
    "date_of_update",
    "has_doubtful_date",
    "has_text",
    "is_article",
    "kind",
    "property_of",
]

# The keys of each property, the one that goes before the others first. Case, blanks, `-` and `_` do
# not count. A value that a property does not take goes to the metadata, under its own key.
KEYS: dict[str, tuple[str, ...]] = {
    "id": ("id", "uuid", "guid", "article_id", "story_id", "stories_id", "doc_id",
           "document_id", "docno", "item_id", "post_id", "@id"),
    "text": ("text", "full_text", "maintext", "main_text", "plain_text", "content_text",
             "body_text", "article_text", "text_content", "story_text", "clean_text",
             "cleaned_text", "raw_text", "ocr_text", "articleBody", "content_original", "content",
             "contents", "body", "article", "article_content", "article_body", "story",
             "news_content", "paragraphs", "transcript", "texto", "contenido", "texte", "contenu",
             "inhalt", "body_xhtml", "body_html", "content_html"),
    "title": ("title", "headline", "main_headline", "article_title", "news_title", "web_title",
              "title_page", "title_rss", "headline_text", "hed", "titulo", "titre", "titel",
              "subject"),
    "date": ("date", "published", "publishedAt", "published_on", "published_date",
             "published_time", "publish_date", "publish_time", "published_datetime",
             "date_publish", "date_published", "publishing_date", "publication_date", "pub_date",
             "pub_time", "pubdate_time", "first_published", "first_published_at",
             "first_publication_date", "web_publication_date", "versioncreated",
             "firstcreated", "article_date", "news_date", "date_time", "issued", "post_date",
             "posted", "posted_on", "posted_at", "created", "created_at", "creation_date",
             "date_created", "date_text", "time", "seendate", "display_date", "date_gmt",
             "authored_at", "fecha",
             "datum"),
    "authors": ("authors", "author", "byline", "by", "author_name", "author_names", "creator",
                "creators", "written_by", "writer", "writers", "reporter", "journalist",
                "bylines", "article_author", "autor",
                "autores", "autoren", "auteur", "auteurs", "from", "sender"),
    "place": ("place", "dateline", "located", "dateline_place", "location", "city"),
    "source": ("source", "source_name", "publication", "publisher", "publication_name",
               "newspaper", "paper", "outlet", "media_name", "site_name", "news_source", "agency",
               "provider", "source_domain", "domain", "site", "fuente", "quelle"),
    "url": ("canonical", "canonical_url", "canonical_link", "url", "link", "permalink",
            "article_url", "web_url", "page_url", "source_url", "published_url", "uri", "href"),
    "language": ("language", "lang", "xml:lang", "language_code", "lang_code", "in_language",
                 "content_language", "language_iso", "iso_language", "article_language",
                 "detected_language", "source_language", "locale", "sprache", "langue", "idioma"),
}  # fmt: skip
# The weaker texts of an article: they are its text if it has none.
SUMMARIES = ("lead_paragraph", "abstract", "snippet", "description", "description_text", "summary",
             "excerpt", "trail_text", "standfirst")  # fmt: skip
# The keys of lists, which are metadata, under their first name.
LISTS: dict[str, tuple[str, ...]] = {
    "tags": ("tags", "tag", "hashtags", "topics"),
    "categories": ("categories", "category"),
    "section": ("section", "sections", "section_name", "article_section"),
    "keywords": ("keywords", "keyword"),
}
# Of later versions, in the spelling of `plain_key`.
UPDATED = (
    "lastmod", "lastmodified", "lastmodifiedat", "modified", "modifiedat", "modifiedon",
    "datemodified", "modifieddate", "updated", "updatedat", "updatedon", "dateupdated",
    "updateddate", "lastupdated", "lastupdate",
)  # fmt: skip
# Objects that hold the properties of the object that they are in.
_HOLDERS = frozenset(
    ("_source", "fields", "properties", "attributes", "article", "_embedded", "metadata", "meta")
)
# The vocabulary that a key is of, as in `dc:title` and `tika_metadata_dc_title`.
_PREFIX = re.compile(
    r"^(?:tika_metadata_(?:(?:dc|dcterms|meta)_)?|(?:dc|dcterms|og|schema|prism|article)[:.])"
)

NO_TEXT = "no text in it: none of the keys text, content, body and the like"
_EVIDENCE = ("date", "authors", "source", "url")
_LONG = 100  # characters
_LONGEST_LANGUAGE = 35  # characters of a tag or name
_LONGEST_NAME = 1_000  # characters of a place, a source or an address

DateOrder = str | Callable[[], str]


class NoArticleError(ArticleError):
    """Data is no article, and not meant as one: it has no text."""


def article_of(
    values: Mapping[str, object],
    *,
    path: str,
    line: int = 0,
    encoding: str = "",
    text: str | None = None,
    format: str = "text",
    date_order: DateOrder = "",
    number: str | None = None,
    own_id: bool = True,
    now: datetime.datetime | None = None,
) -> Article:
    """Return the article that has the values of some keys.

    Of the keys of a property the first with a usable value counts; every other value is metadata
    under its own key. So is a date that says more than its day, and a value of authors that says
    more than names.

    Args:
        values: the values by key, as JSON or YAML have them.
        path: the file of the article, relative to its root.
        line: the line of the file that the values begin at; 0 if the file is the article.
        encoding: the encoding of the file.
        text: the text of the article, if no key has it.
        format: the format of the text; see `Article`.
        date_order: "dmy", "mdy" or "", as in `ReadOptions`, or a function that returns it, which is
            called for a date that needs it.
        number: the id of an article whose values state none; by default, its line.
        own_id: whether the id that the values state counts; else it is metadata.
        now: the time that embargoes are judged by, with a time zone; None for the present.

    Raises `ArticleError` if there is no text, or if the article must not be shown; it is
    `NotYetReleased` if the clock decides.
    """
    fields = _Fields(values)
    title = plain_name(fields.take("title", name_of))
    if text is None:
        # A newsflash may be a headline only: then the title is its text.
        text = fields.take("text", _text) or (title and (fields.take("summary", _text) or title))
    if not text.strip():
        raise NoArticleError(NO_TEXT)
    check_release(fields.plain, fields.values("date"), now)
    date = fields.date(date_order)
    names = fields.take("authors", names_of, keep=lambda names: names.rest, empty=names_of(None))
    source = fields.take("source", _name) or names.source
    id = printable(fields.take("id", _id)).strip() if own_id else ""
    return Article(
        id=id or (str(line) if number is None else number),
        text=text,
        title="" if title == text else title,
        authors=names.authors,
        date=date,
        place=fields.take("place", _name),
        source=source,
        language=fields.take("language", _language),
        url=fields.take("url", _name),
        path=path,
        line=line,
        format=format,
        encoding=encoding,
        metadata=fields.metadata(),
    )


def has_doubtful_date(metadata: Mapping[str, object]) -> bool:
    """Return whether metadata have a date of publication whose day and month could be either."""
    return any(
        (moment := read_moment(value)) is not None and bool(moment.other)
        for key, value in metadata.items()
        if _place_of(key)[0] == "date"
    )


def date_of_update(metadata: Mapping[str, object]) -> str:
    """Return the day of a later version that metadata state; empty if they state none."""
    for key, value in metadata.items():
        if plain_key(key) in UPDATED and (moment := read_moment(value)):
            return moment.date
    return ""


def has_text(values: Mapping[str, object]) -> bool:
    """Return whether values have the text of an article, or are nothing but its title."""
    if any(_place_of(key)[0] == "text" and _text(value) for key, value in values.items()):
        return True
    fields = _Fields(values)
    if fields.take("text", _text):
        return True
    title = fields.take("title", name_of)
    return bool(title) and (fields.is_known or bool(fields.take("summary", _text)))


def is_article(values: Mapping[str, object], *, alone: bool = True) -> bool:
    """Return whether an object is an article, and no configuration with words in it.

    It has a text or a title, and besides a title, a date, authors, a source or an address. A long
    text needs nothing besides. Neither does, in an object that is `alone` in its file, any text of
    several words, or a title if no key is unknown.
    """
    fields = _Fields(values)
    text, title = fields.take("text", _text), fields.take("title", name_of)
    if not (text or title):
        return False
    if len(text) > _LONG or (text and title):
        return True
    if alone and (fields.is_known or (" " in text and text in values.values())):
        return True
    evidence = (fields.values(name) for name in _EVIDENCE)
    return any(map(name_of, chain.from_iterable(evidence)))


def property_of(key: str) -> str:
    """Return the property that a key names: "title" for "Headline"; empty for an unknown key.

    The properties are those of `KEYS`, those of `LISTS`, and "summary".
    """
    return _place_of(key)[0]


def kind(value: object) -> str:
    """Return the type of a JSON value as messages name it."""
    names = {dict: "an object", list: "a list", str: "a text", bool: "true or false"}
    return names.get(type(value), "null" if value is None else "a number")


class _Fields:
    """The values of an article by property; what no property takes is left for the metadata."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.plain: dict[str, list[object]] = {}  # by plain key, for the status of the article
        self._left: dict[str, object] = {}
        self._found: dict[str, list[tuple[int, str, object]]] = {}
        self.is_known = True
        for key, value in _all_values(values):
            self.plain.setdefault(plain_key(key), []).append(value)
            property, rank = _place_of(key)
            # The key of an object within may be there already: the outer one goes before.
            name = f"{key} (2)" if key in self._left else key
            self._left[name] = value
            if property:
                self._found.setdefault(property, []).append((rank, name, value))
            else:
                self.is_known = False
        for found in self._found.values():
            found.sort(key=lambda one: one[0])

    def values(self, property: str) -> list[object]:
        """Return the values of a property, in the order of the table."""
        return [value for _, _, value in self._found.get(property, ())]

    def take(
        self,
        property: str,
        read: Callable[[Any], Any],
        *,
        keep: Callable[[Any], bool] | None = None,
        empty: Any = "",
    ) -> Any:
        """Return the first value of a property that `read` returns anything for.

        The value is no metadata then, unless `keep` says so.
        """
        for _, key, value in self._found.get(property, ()):
            result = read(value)
            if result and result != empty:
                if keep is None or not keep(result):
                    self._left.pop(key, None)
                return result
        return empty

    def date(self, order: DateOrder) -> str:
        """Return the date of publication; a value that says more than its day is kept."""
        for _, key, value in self._found.get("date", ()):
            if is_none(value):
                continue
            moment = None
            for one in value if isinstance(value, list | tuple) else [value]:
                stated = date_of_object(one) if isinstance(one, Mapping) else one
                if moment := read_moment(stated):
                    break
            if moment and moment.other:
                known = order() if callable(order) else order
                moment = read_moment(stated, known) if known else None
            if moment and moment.date:
                if moment.time is None and moment.zone is None:
                    self._left.pop(key, None)
                return moment.date
        return ""

    def metadata(self) -> dict[str, Any]:
        """Return what no property took, as JSON can store it."""
        made: dict[str, Any] = {}
        for key, value in self._left.items():
            property, _ = _place_of(key)
            if property in LISTS:
                if not is_none(value):
                    made.setdefault(property, []).extend(list_of(value))
            elif value is not None or property not in KEYS:  # `"author": null` says nothing
                made[key] = as_json(value)
        return made


def _all_values(values: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """Yield keys and values, and those of the objects that hold the properties of their object."""
    if _HOLDERS.isdisjoint(values):
        yield from values.items()
        return
    inner: list[Mapping[str, object]] = []
    for key, value in values.items():
        if isinstance(value, Mapping) and key in _HOLDERS and _knows(value):
            inner.append(value)
        else:
            yield str(key), value
    for one in inner:
        yield from _all_values(one)


def _knows(value: Mapping[str, object]) -> bool:
    return any(_place_of(str(key))[0] or plain_key(str(key)) in RELEASE_KEYS for key in value)


@lru_cache(maxsize=1 << 12)
def plain_key(key: str) -> str:
    """Return a key in lower case, without accents, blanks, `-`, `_` and its vocabulary's prefix."""
    decomposed = unicodedata.normalize("NFD", key)
    key = "".join(sign for sign in decomposed if not unicodedata.combining(sign))
    key = _PREFIX.sub("", key.strip().lower())
    return re.sub(r"[-_\s]+", "", key)


@lru_cache(maxsize=1 << 12)
def _place_of(key: str) -> tuple[str, int]:
    """Return the property of a key, and the place of the key among those of the property."""
    return _PLACES.get(plain_key(key), ("", 0))


_PLACES = {
    plain_key(key): (property, rank)
    for property, keys in {**KEYS, "summary": SUMMARIES, **LISTS}.items()
    for rank, key in reversed([*enumerate(keys)])
}


def _text(value: object) -> str:
    text = text_of(value)
    return "" if is_none(text) else text


def _name(value: object) -> str:
    name = name_of(value)
    return name if len(name) <= _LONGEST_NAME else ""


def _language(value: object) -> str:
    tag = _name(value).strip().replace("_", "-")
    return tag if len(tag) <= _LONGEST_LANGUAGE and not tag.isdigit() else ""


def _id(value: object) -> str:
    if isinstance(value, Mapping) and "$oid" in value:  # of MongoDB
        value = value["$oid"]
    return _name(value)
