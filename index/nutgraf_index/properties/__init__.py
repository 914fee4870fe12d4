"""From the key names of data to the properties of articles.

One table of key names serves all formats: front matter, header blocks,
JSON, tables and exports. The splitter reads the head of a text with it, too.
"""
