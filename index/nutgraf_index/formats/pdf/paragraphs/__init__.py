"""The paragraphs of a PDF: lines become paragraphs, each of a kind.

Gaps, indents and short last lines part them, as measured in the column and the document.
Fonts, signs, places and pictures tell headings, items, captions, notes and tables.
"""
