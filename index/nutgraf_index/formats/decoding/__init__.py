"""From the bytes of a file to its text, whole or in pieces.

Byte order marks, UTF-8, given and guessed encodings, and files
too large to be in memory as a whole.
"""
