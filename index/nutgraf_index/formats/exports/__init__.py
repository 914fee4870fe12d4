"""Exports of news databases: one file of many articles, with the database's fields around them.

A layout recognises the beginning of a text and yields its articles from
rows; text files, Word documents, RTF and web pages have the same layouts.
"""
