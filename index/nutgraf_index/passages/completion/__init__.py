"""What passages say of their article: title, authors, place, source and date.

Imprints are the lines around a headline; houses are the newspapers and agencies they name.
The rooms around them read one line each; `completion` reads the passages of an article.
"""
