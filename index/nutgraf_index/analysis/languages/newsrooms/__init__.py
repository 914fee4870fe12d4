"""The words of newsrooms in languages other than English, a file each.

A file says who writes, where and when; the tables of shapes are rows of its words.
The kinds of rows are the same in all languages; the names of months have a file of their own.
"""
