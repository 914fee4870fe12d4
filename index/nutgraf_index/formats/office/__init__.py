"""Documents of word processors, and books: DOCX, ODT, EPUB and RTF, by the standard library.

A reader turns a document into paragraphs with their kinds, and these become an article.
Hidden and deleted text, headers and footers are left out; notes stand below their paragraph.
"""
