"""What the lines of a plain text show beside wrapped paragraphs, each kind in a module.

Pieces of sentences, columns of print, quotations, and headings and menus among wrapped lines.
Each reads measures and breaks of lines, and returns where a paragraph begins or goes on.
"""
