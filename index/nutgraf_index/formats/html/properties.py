"""The properties of the article of a web page: title, date, authors, source, address and more."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from nutgraf_index.analysis.languages.registry import month_numbers
from nutgraf_index.formats.html.json_ld import article_data
from nutgraf_index.formats.html.page import MOST_ELEMENTS, Element, Page
from nutgraf_index.properties.authors import names_of
from nutgraf_index.properties.keys import plain_key
from nutgraf_index.properties.release import RELEASE_KEYS
from nutgraf_index.properties.values import is_none, list_of, name_of, plain_name
from nutgraf_index.properties.written_dates import read_moment

__all__ = ["Stated", "stated_in"]

# The names of meta tags, in lower case, the surest first.
_TITLES = ("dc:title", "dc.title", "dcterms.title", "og:title", "twitter:title", "citation_title",
           "parsely-title", "sailthru.title", "headline", "title")  # fmt: skip
_DATES = ("article:published_time", "og:article:published_time", "og:published_time",
          "datepublished", "rnews:datepublished", "parsely-pub-date", "sailthru.date",
          "dcterms.issued", "dc.date.issued", "dcterms.created", "dc.date.created",
          "citation_publication_date", "citation_date", "dcterms.date", "dc.date", "dc:date",
          "cxenseparse:recs:publishtime", "article.published", "publication_date",
          "publication-date", "publishdate", "publish-date", "publish_date", "published-date",
          "pubdate", "article_date_original", "originalpublicationdate", "bt:pubdate",
          "date.release", "release_date", "date", "datecreated")  # fmt: skip
_AUTHORS = ("author", "article:author", "article:author_name", "parsely-author", "sailthru.author",
            "dc.creator", "dc:creator", "dcterms.creator", "dc.creator.author", "citation_author",
            "byl", "byline", "og:article:author", "authors")  # fmt: skip
_SOURCES = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher",
            "citation_journal_title")  # fmt: skip
_UPDATES = ("article:modified_time", "og:updated_time", "datemodified", "dcterms.modified",
            "last-modified", "lastmod")  # fmt: skip
_DESCRIPTIONS = ("og:description", "description", "twitter:description", "dc.description")
_LANGUAGES = ("content-language", "dc.language", "og:locale")
_KEYWORDS = ("article:tag", "news_keywords", "keywords", "parsely-tags")
_SECTIONS = ("article:section", "parsely-section")
# Between a title and the name of its site.
_SEPARATOR = re.compile(r"\s+[|\-–—\\/>»·•:]+\s+|\s*[|»]\s*")
_NO_NAME = re.compile(r"\d|\b(?:https?|published|updated|user\s?name|posted|edited)\b|[@/|]", re.I)
_BESIDE = re.compile(r"comment|related|promo|sidebar|teaser|recommend|widget", re.IGNORECASE)
_LONGEST_BYLINE = 100  # characters
_LONGEST_TITLE = 400
_LONGEST_VALUE = 2_000
_MOST_DESCRIPTIONS = 20  # of a page; more of them only take time
# Browsers and other tools write the address into a comment of the page they save.
_SAVED_FROM = re.compile(
    r"<!--\s*(?:saved from url=\(\d+\)|page saved with singlefile\s+url:\s*)(https?://[^\s<>]+)",
    re.IGNORECASE,
)
_TOP = 20_000  # characters of the markup searched for that
_WHITE = re.compile(r"\s+")


class Stated(NamedTuple):
    """What a page states of its article.

    Attributes:
        values: its properties, by keys of `KEYS`.
        body: the `articleBody` of JSON-LD.
        descriptions: the summaries of the article in meta tags and JSON-LD.
    """

    values: dict[str, object]
    body: object
    descriptions: list[str]


def stated_in(page: Page, markup: str) -> Stated:
    """Return what a page states of its article.

    JSON-LD goes before meta tags, these before elements of the page, and these before what
    trafilatura finds.
    """
    data = article_data(page.scripts)
    metas = _metas(page.root)
    heads = [text for text in map(_text, page.root.iter("h1")) if text]
    site = _first(metas, _SOURCES) or name_of([data.get("publisher"), data.get("isPartOf")])
    date, authors = _date(page.root, data, metas), _authors(page.root, data, metas)
    descriptions = [text for name in _DESCRIPTIONS for text in metas.get(name, ())]
    descriptions = [*descriptions[:_MOST_DESCRIPTIONS], name_of(data.get("description"))]
    if not (date and authors) and page.elements <= MOST_ELEMENTS:
        found_date, found_authors = _found(page.root)
        date, authors = date or found_date, authors or found_authors
    values: dict[str, object] = {
        "title": _title(page.root, data, metas, heads, site),
        "date_published": date,
        "authors": authors,
        "source": site,
        "url": _address(page.root, data, metas, markup),
        "language": _language(page.root, data, metas),
        "dateModified": data.get("dateModified") or _first(metas, _UPDATES),
        "section": data.get("articleSection") or _all(metas, _SECTIONS),
        "keywords": data.get("keywords") or _all(metas, _KEYWORDS),
        "description": next((text for text in descriptions if not is_none(text)), ""),
        "isAccessibleForFree": _flag(data.get("isAccessibleForFree")),
    }
    stated = {name: texts[0] for name, texts in metas.items() if plain_key(name) in RELEASE_KEYS}
    if status := name_of(data.get("creativeWorkStatus")):
        stated.setdefault("status", status)
    known = {key: value for key, value in (stated | values).items() if not is_none(value)}
    return Stated(known, data.get("articleBody"), descriptions)


def _found(root: Element) -> tuple[str, list[object]]:
    """Return the date and the authors that trafilatura finds in a page."""
    from trafilatura.metadata import extract_metadata  # an extra

    try:
        found = extract_metadata(root, None, {"original_date": True, "extensive_search": False})
    except Exception:  # of any kind, on odd pages
        return "", []
    names = (_without_month(name.strip()) for name in (found.author or "").split(";"))
    return found.date or "", [name for name in names if " " in name and not _NO_NAME.search(name)]


def _without_month(name: str) -> str:
    """Return a name without the date that followed it."""
    months = {month for month, _ in month_numbers()}
    words = name.split()
    while len(words) > 2 and words[-1].lower() in months:
        words.pop()
    return " ".join(words)


def _metas(root: Element) -> dict[str, list[str]]:
    """Return the contents of the meta tags of a page, by their names in lower case."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        content = _WHITE.sub(" ", element.get("content") or "").strip()
        if content:
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                for name in (element.get(attribute) or "").lower().split():
                    metas.setdefault(name, []).append(content[:_LONGEST_VALUE])
    return metas


def _first(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((text for name in names for text in metas.get(name, ()) if not is_none(text)), "")


def _all(metas: Mapping[str, list[str]], names: tuple[str, ...]) -> list[Any]:
    """Return all contents of the first of some names that a page has."""
    texts = next((metas[name] for name in names if name in metas), [])
    return [one for text in texts for one in list_of(text)]


def _text(element: Element) -> str:
    return _WHITE.sub(" ", "".join(element.itertext())).strip()


def _title(
    root: Element,
    data: Mapping[str, object],
    metas: Mapping[str, list[str]],
    heads: list[str],
    site: str,
) -> str:
    """Return the title, without the name of the site where a heading of the page lacks it."""
    named = next(filter(None, map(_text, root.iter("title"))), "")
    stated = [_plain(name_of(data.get(key))) for key in ("headline", "name")]
    # Of an encyclopedia, the headline is a description, and its name the title.
    shown = _WHITE.sub("", "\n".join((named, *_titles(metas), *heads)))
    title = next((one for one in stated if one and _WHITE.sub("", one) in shown), "")
    title = title or next(_titles(metas), "") or next(filter(None, stated), "")
    title = _without_end(title, heads, site)
    title = title or _without_site(named, heads, site) or next(iter(heads), "")
    return title if len(title) <= _LONGEST_TITLE else ""


def _titles(metas: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the titles in meta tags."""
    return (_plain(text) for name in _TITLES for text in metas.get(name, ())[:1])


def _plain(text: str) -> str:
    return _WHITE.sub(" ", plain_name(text)).strip()


def _without_end(title: str, heads: list[str], site: str) -> str:
    """Return a title without the name of the site, or whatever else no heading has, at its end."""
    if len(title) > _LONGEST_VALUE:
        return title  # it is none
    for separator in _SEPARATOR.finditer(title):
        rest, end = title[: separator.start()], title[separator.end() :]
        is_heading = rest in heads and len(rest) > len(end)
        if is_heading or (rest and site and end.casefold() == site.casefold()):
            return rest
    return title


def _without_site(title: str, heads: list[str], site: str) -> str:
    """Return the title of a page without the name of its site, before or after a separator."""
    for head in sorted(heads, key=len, reverse=True):
        # A heading with the name of the site ends the title, and is shorter than the rest of it.
        is_most = title.startswith(head) or 2 * len(head) > len(title)
        if head != site and is_most and _is_apart(title, head):
            return head
    ends = list(_SEPARATOR.finditer(title))
    if not ends:
        return title
    first, last = title[: ends[0].start()], title[ends[-1].end() :]
    if site and site.casefold() == first.casefold():
        return title[ends[0].end() :].strip()
    # The site comes last, and is short; else it comes first.
    if last.casefold() == site.casefold() or len(title) > 2 * len(last):
        return title[: ends[-1].start()].strip()
    return title


def _is_apart(title: str, head: str) -> bool:
    """Return whether separators, or the ends of a title, are on both sides of a heading in it."""
    before, _, after = title.partition(head)
    is_begun = not before or any(m.end() == len(before) for m in _SEPARATOR.finditer(before))
    return is_begun and bool(not after or _SEPARATOR.match(after))


def _date(root: Element, data: Mapping[str, object], metas: Mapping[str, list[str]]) -> str:
    """Return the first date of publication that can be read, as the page states it."""
    for text in _dates(root, data, metas):
        moment = read_moment(text)
        if moment and moment.date:
            return text
    return ""


def _dates(
    root: Element, data: Mapping[str, object], metas: Mapping[str, list[str]]
) -> Iterator[str]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield name_of(data.get(key))
    for name in _DATES:
        yield from metas.get(name, ())
    for element in root.iter("time", "span", "abbr", "p", "div"):
        is_published = "datePublished" in (element.get("itemprop") or "").split()
        if is_published or element.get("pubdate") is not None:
            yield from (element.get(name) or "" for name in ("content", "datetime", "title"))
            yield _text(element)
    for element in root.iter("time"):
        yield element.get("datetime") or ""


def _authors(
    root: Element, data: Mapping[str, object], metas: Mapping[str, list[str]]
) -> list[object]:
    stated = data.get("author") or data.get("creator")
    if not is_none(stated):
        named = stated if isinstance(stated, list) else [stated]
        names = names_of(named)
        if names.authors or names.source:
            return named
    for name in _AUTHORS:
        texts = [text for text in metas.get(name, ()) if "://" not in text]
        if any(map(str.isalpha, "".join(texts))):
            return [*dict.fromkeys(texts)]
    return _bylines(root)


def _bylines(root: Element) -> list[object]:
    """Return the names of authors in the elements of a page that say so."""
    found: dict[str, None] = {}
    for element in root.iter("a", "span", "div", "p", "address", "cite", "li"):
        is_author = "author" in (element.get("itemprop") or "").split()
        is_author = is_author or "author" in (element.get("rel") or "").split()
        if is_author and not any(map(_is_beside, element.iterancestors())):
            name = next((one for one in element.iter() if one.get("itemprop") == "name"), element)
            text = _text(name)
            if 0 < len(text) <= _LONGEST_BYLINE:
                found[text] = None
    return [*found]


def _is_beside(element: Element) -> bool:
    """Return whether an element has comments, or teasers of other articles."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return element.tag in ("aside", "nav", "footer") or _BESIDE.search(names) is not None


def _address(
    root: Element, data: Mapping[str, object], metas: Mapping[str, list[str]], markup: str
) -> str:
    """Return the canonical address; else that which the page was saved from."""
    saved = _SAVED_FROM.search(markup, 0, _TOP)
    base = saved[1] if saved else ""
    links = [link.get("href") or "" for link in root.iter("link") if "canonical" in _rel(link)]
    stated = data.get("mainEntityOfPage")
    stated = stated.get("@id") or stated.get("url") if isinstance(stated, Mapping) else stated
    others = (*metas.get("og:url", ()), name_of(data.get("url")), name_of(stated), base)
    for address in (*links, *others):
        with_host = _absolute(address, base)
        if with_host:
            return with_host
    return ""


def _rel(link: Element) -> list[str]:
    return (link.get("rel") or "").lower().split()


def _absolute(address: str, base: str) -> str:
    """Return an address on the web, relative to a base; empty if it is none."""
    try:
        address = urljoin(base, address.strip())
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.netloc else ""


def _language(root: Element, data: Mapping[str, object], metas: Mapping[str, list[str]]) -> str:
    body = next(root.iter("body"), root)
    stated = (root.get("lang"), root.get("xml:lang"), body.get("lang"), data.get("inLanguage"))
    language = next(filter(None, map(name_of, stated)), "") or _first(metas, _LANGUAGES)
    return language.replace("_", "-")


def _flag(value: object) -> bool | None:
    """Return a value that is true or false, also as text."""
    word = str(value).rpartition("/")[2].lower()
    return {"true": True, "false": False}.get(word)
