"""The lines of a PDF: words become lines, lines columns.

White between columns is found by where several lines begin below each other.
Large first letters go back to their words, and titles above columns stay above them.
"""
