"""Hits and reports to text: a file for each form.

Nothing is printed here.
"""
