"""Hits, answers and reports to text.

A module and a row of the registry for each form, and the messages that all of them share.
Nothing is printed here.
"""
