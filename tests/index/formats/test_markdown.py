"""Markdown: read as plain text is, and split by its marks."""

from nutgraf_index.formats.registry import read_articles
from nutgraf_index.model import Article, Role
from nutgraf_index.passages.split import split


def test_a_file_is_an_article_in_markdown() -> None:
    text = "# Otters\n\nA river.\n\n## Fences\n\nThey hold."
    for path in ("b/a.md", "b/a.markdown"):
        (article,) = read_articles(path, text.encode())
        assert article == Article(
            id=path, path=path, text=text, encoding="utf-8", format="markdown"
        )
        assert isinstance(article, Article)
        assert [(passage.role, passage.text) for passage in split(article)] == [
            (Role.HEADLINE, "Otters"),
            (Role.LEAD, "A river."),
            (Role.SUBHEAD, "Fences"),
            (Role.BODY, "They hold."),
        ]
