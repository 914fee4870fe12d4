"""Languages of South and Southeast Asia that put spaces between words, and Sesotho.

Each file has the rules of a language and its words.
The registry names the files.
"""
