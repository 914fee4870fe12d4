"""PDF: characters and their places become paragraphs, headings and notes.

A process of its own reads the file, so that a crash of the C library costs one file only.
The characters come from pypdfium2; lines, columns and paragraphs are told by geometry.
"""
