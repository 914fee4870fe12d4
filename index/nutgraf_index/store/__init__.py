"""The files of an index: directory, lock, commits, snapshots, segment readers, verification.

A commit is published all or nothing, and a snapshot never changes.
Also reads the articles of an index of the previous format.
"""
