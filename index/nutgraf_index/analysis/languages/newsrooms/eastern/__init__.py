"""The words of newsrooms in Russian, Polish, Turkish and Arabic.

A file each, as in the folder above.
The kinds of rows and the names of months are there.
"""
