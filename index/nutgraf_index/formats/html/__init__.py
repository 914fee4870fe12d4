"""Web pages: the article of a page, without what stands around it.

trafilatura says which blocks of a page are its main text; their text, order
and borders are those of the page. The properties are what the page states.
"""
